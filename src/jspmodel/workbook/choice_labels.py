"""What people choose from in place of bare codes: "34.04 Sleman", "pembangunan", "ya"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from jspmodel.text import LANGUAGES, all_wording

if TYPE_CHECKING:
    from jspmodel.scenario import Language

_LONGEST = 255
"""A spreadsheet's limit for what a list offers."""


def code_labels(names: Mapping[str, str]) -> dict[str, str]:
    """Return each code with its name behind it, where the code can be read back from that.

    Parameters
    ----------
    names : mapping of str to str
        Name by code, ``""`` where it has none.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> code_labels({"34.04": "Sleman", "A": "B C", "A B": "C", "X": ""})
    {'34.04': '34.04 Sleman', 'A': 'A', 'A B': 'A B', 'X': 'X'}
    """
    labels = {code: _label(code, name) for code, name in names.items()}
    counts = Counter(labels.values())
    return {
        code: label if counts[label] == 1 and label not in names and len(label) <= _LONGEST else code
        for code, label in labels.items()
    }


def codes_by_label(*known: Mapping[str, str]) -> dict[str, str]:
    """Return the code that each label stands for, in any of several states of a table.

    Parameters
    ----------
    *known : mapping of str to str
        Name by code; the first counts most.

    Returns
    -------
    dict of str to str
        A code stands for itself, whatever label is the same; a label of several codes is not there.
    """
    found: dict[str, str] = {}
    for names in known:
        for code, label in code_labels(names).items():
            found.setdefault(label, code)
    return found | {code: code for names in known for code in names}


def _label(code: str, name: str) -> str:
    return " ".join(f"{code} {name}".split())


def choice_words(column: str, choices: Iterable[str], language: Language) -> dict[str, str]:
    """Return the word for each choice of a column.

    Parameters
    ----------
    column : str
        Such as ``"kind"``.
    choices : iterable of str
        As the tables have them, such as ``"build"``.
    language : {"id", "en"}

    Returns
    -------
    dict of str to str
    """
    return {choice: all_wording(language).get(f"choice.{column}_{choice}", choice) for choice in choices}


@cache
def choices_by_word(column: str, choices: tuple[str, ...]) -> dict[str, str]:
    """Return the choice that each word stands for, in any language and as the tables have it.

    Parameters
    ----------
    column : str
    choices : tuple of str

    Returns
    -------
    dict of str to str
        By word in small letters.
    """
    found = {choice: choice for choice in choices}
    for language in LANGUAGES:
        words = choice_words(column, choices, language)
        found |= {word.casefold(): choice for choice, word in words.items()}
    return found
