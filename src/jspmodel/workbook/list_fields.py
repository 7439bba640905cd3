"""What the columns of a list are called when a person says which of them is what: ``--map pagu="Dana"``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jspmodel.errors import Problem
from jspmodel.intake import nearest_word
from jspmodel.scenario import Language
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook.files import raise_all
from jspmodel.workbook.layout import plain_heading

FIELDS = (
    "activity",
    "location",
    "budget",
    "program",
    "priority",
    "objective",
    "target",
    "volume",
    "unit",
    "agency",
    "indicator",
    "goal",
    "mission",
    "row_year",
)
_YEAR = re.compile(r"20[0-9]{2}")


def field_of(word: str) -> str:
    """Return the column of a list that a word in either language stands for, a year for itself; else ``""``.

    Examples
    --------
    >>> field_of("Pagu"), field_of("location"), field_of("2027"), field_of("paguu")
    ('budget', 'location', '2027', '')
    """
    plain = plain_heading(word)
    if _YEAR.fullmatch(plain):
        return plain
    return next((field for field in FIELDS if plain in {field, *_words_of(field)}), "")


def field_word(field: str, language: Language = "id") -> str:
    """Return what a column of a list is called; a year is called by itself."""
    return field if field.isdigit() else say(f"workbook.field_{field}", language)


def field_choices() -> str:
    """Return what all columns of a list are called, as a message lists them."""
    return ", ".join([*map(field_word, FIELDS), "2027"])


def parsed_map(texts: Sequence[str]) -> dict[str, str]:
    """Return what ``--map`` says.

    Parameters
    ----------
    texts : sequence of str
        Each a field, an equals sign and a heading.

    Returns
    -------
    dict of str to str
        Heading by column of a list.

    Raises
    ------
    DataError
        With every mistake at once.
    """
    parts = ((text, text.partition("=")) for text in texts)
    pairs = [(text, word.strip(), heading.strip()) for text, (word, _, heading) in parts]
    raise_all(*_mistakes(pairs))
    return {field_of(word): heading for _, word, heading in pairs}


def _mistakes(pairs: Sequence[tuple[str, str, str]]) -> Iterator[Problem]:
    headings: dict[str, str] = {}
    fields: dict[str, str] = {}
    for text, word, heading in pairs:
        field = field_of(word)
        if not word or not heading:
            yield Problem("map_no_pair", values={"value": text, "choices": field_choices()})
        elif not field:
            yield unknown_field(word)
        elif field in fields:
            values = {"field": field_word(field), "headings": f"{fields[field]}; {heading}"}
            yield Problem("map_field_twice", values=values)
        elif plain_heading(heading) in headings:
            both = f"{field_word(headings[plain_heading(heading)])}, {field_word(field)}"
            yield Problem("map_heading_twice", values={"heading": heading, "fields": both})
        else:
            fields[field], headings[plain_heading(heading)] = heading, field


def unknown_field(word: str, file: str = "") -> Problem:
    """Return the problem of a word that is no column of a list, with the nearest one that is."""
    words = [name for field in FIELDS for name in _words_of(field)]
    return Problem(
        "map_unknown_field",
        file,
        values={"value": word, "choices": field_choices(), "nearest": nearest_word(word, words)},
    )


def _words_of(field: str) -> list[str]:
    return [plain_heading(say(f"workbook.field_{field}", language)) for language in LANGUAGES]


def map_options(headings: Mapping[str, str]) -> str:
    """Return how a command says which column is what, dots for a heading that is to be filled in."""
    return " ".join(f'--map {field_word(field)}="{heading or "..."}"' for field, heading in headings.items())
