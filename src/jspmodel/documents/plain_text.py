"""What the parts of a report say in HTML, as text for files that are no HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class Words:
    """Text in one language.

    Attributes
    ----------
    text : str
        A line break where HTML has one.
    language : str
        ``id`` or ``en``; empty: that of the text around it.
    strong : bool
    """

    text: str
    language: str = ""
    strong: bool = False


def words(text: str) -> list[Words]:
    r"""Return what a cell or a sentence of a report says.

    Parameters
    ----------
    text : str
        Markup is read as HTML; any other text is taken as it is, whatever it looks like.

    Returns
    -------
    list of Words

    Examples
    --------
    >>> from markupsafe import Markup
    >>> words(Markup('a &lt; b<br><span lang="id">satu</span>'))
    [Words(text='a < b\n', language='', strong=False), Words(text='satu', language='id', strong=False)]
    >>> words("a &lt; b")
    [Words(text='a &lt; b', language='', strong=False)]
    """
    return list(_read(text)) if hasattr(text, "__html__") else [Words(text)]


def plain(text: str) -> str:
    """Return what a cell or a sentence of a report says as one text."""
    return "".join(part.text for part in words(text))


def _read(html: str) -> Iterator[Words]:
    reader = _TextParser()
    reader.feed(str(html))  # no Markup, which would escape what is joined to it
    reader.close()
    yield from reader.found


class _TextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Words] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        else:
            self._open.append((tag, dict(attrs).get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        language = next((language for _, language in reversed(self._open) if language), "")
        said = Words(data, language, any(tag == "strong" for tag, _ in self._open))
        last = self.found[-1] if self.found else None
        if last and (last.language, last.strong) == (said.language, said.strong):
            self.found[-1] = Words(last.text + data, language, said.strong)
        else:
            self.found.append(said)
