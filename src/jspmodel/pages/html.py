"""HTML for people: every value from the data is escaped, every word comes from ``text/``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from jspmodel.scenario import Language
from jspmodel.text import Table, say, table_word

TEMPLATES = Path(__file__).parent / "template"
NOTEBOOK_STYLE = """<style>
div.scroll[role] table :is(caption, th, td) { text-align: left; vertical-align: top; }
div.scroll[role] table tbody th { font-weight: normal; }
div.scroll[role] table :is(th, td).n { text-align: right; }
</style>
"""
"""What a part says to a notebook beside its HTML: JupyterLab puts every cell of a table at the right, the
first in bold. A page has a style of its own and leaves this out."""


@dataclass(frozen=True)
class Fragment:
    """A part of the report, shown by a notebook as HTML.

    Attributes
    ----------
    title : str
        What it says in plain text; that of the first part is the title of the page.
    html : str
        Safe: made by ``fragment``.
    """

    title: str
    html: str

    def _repr_html_(self) -> str:
        return (NOTEBOOK_STYLE if "<table" in self.html else "") + self.html

    def __repr__(self) -> str:
        return self.title


def fragment(template: str, title: str, language: Language, **values: object) -> Fragment:
    """Fill a template.

    Parameters
    ----------
    template : str
        File name in ``template/parts`` without its ending.
    title : str
        Plain text; also the template's ``title``.
    language : {"id", "en"}
    **values
        What the template asks for; escaped unless Markup.

    Returns
    -------
    Fragment
    """
    page = _environment().get_template(f"{template}.html.j2")
    html = page.render(title=title, language=language, say=partial(say_html, language=language), **values)
    return Fragment(title, html)


def say_html(key: str, language: Language, **values: object) -> Markup:
    """Return a wording of ``text/report.toml`` as HTML, its values escaped.

    Parameters
    ----------
    key : str
        Without ``report.``.
    language : {"id", "en"}
    **values

    Returns
    -------
    Markup
    """
    return Markup(say(f"report.{key}", language, **{name: escape(value) for name, value in values.items()}))  # noqa: S704


def headings(keys: Iterable[str], language: Language) -> tuple[str, ...]:
    """Return column headings.

    Parameters
    ----------
    keys : iterable of str
        Of ``text/report.toml``, without ``column_``.
    language : {"id", "en"}

    Returns
    -------
    tuple of str
    """
    return tuple(say(f"report.column_{key}", language) for key in keys)


def table(
    keys: Sequence[str], rows: Iterable[Sequence[str]], language: Language, numeric: Iterable[str] = ()
) -> Table:
    """Return a table for the template macro ``table``.

    Parameters
    ----------
    keys : sequence of str
        Columns, as for ``headings``.
    rows : iterable of sequences of str
        Formatted; Markup is taken as it is.
    language : {"id", "en"}
    numeric : iterable of str
        Columns to align at the right.

    Returns
    -------
    Table
    """
    right = set(numeric)
    return Table(
        headings(keys, language), tuple(tuple(row) for row in rows), tuple(key in right for key in keys)
    )


def lines(texts: Iterable[str]) -> Markup:
    """Return texts one below the other."""
    return Markup("<br>").join(texts)


def in_indonesian(text: str, language: Language) -> str:
    """Return text that the tables hold in Indonesian only, marked as such for screen readers.

    Words of closed lists (``table_words``) are told in the language itself.
    """
    if (known := table_word(text, language)) is not None:
        return known
    return text if language == "id" or not text else Markup('<span lang="id">{}</span>').format(text)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES / "parts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
