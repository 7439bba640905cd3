"""Which programme each row of a first plan is: by its code, else by its name; others are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jspmodel.errors import Problem
from jspmodel.intake import plain_name
from jspmodel.workbook.choice_labels import codes_by_label
from jspmodel.workbook.proposed_rows import Row, new_codes

_NEW = {"baru", "new"}
"""What the column of codes says of a programme that the case does not have, however like another it is."""


@dataclass(frozen=True)
class CodedRow:
    """A row of the sheet with the code of its programme.

    Attributes
    ----------
    line : int
        As a spreadsheet counts.
    texts : mapping of str to str
        By column.
    code : str
    is_asked : bool
        Whether the programme is new to the case, and nobody said that it is.
    """

    line: int
    texts: Row
    code: str
    is_asked: bool


def coded_rows(
    rows: Iterable[tuple[int, Row]], known: Mapping[str, str]
) -> tuple[list[CodedRow], list[Problem]]:
    """Return the rows of a first plan with their codes, and what is wrong with codes and names.

    A row that says a programme again is told, and left out.

    Parameters
    ----------
    rows : iterable of (int, dict of str to str)
        Line and texts by column.
    known : mapping of str to str
        Name by code of the programmes of the case.

    Returns
    -------
    list of CodedRow
    list of Problem
    """
    every = [*rows]
    labels = codes_by_label(known)
    said = {line: _said_code(texts, labels) for line, texts in every}
    by_name: dict[str, list[str]] = {}
    for code, name in known.items():
        by_name.setdefault(plain_name(name), []).append(code)
    fresh = new_codes("P", {**known, **dict.fromkeys(said.values(), "")})
    found: list[CodedRow] = []
    problems: list[Problem] = []
    names: dict[str, int] = {}
    codes: dict[str, int] = {}
    for line, texts in every:
        name, is_new = texts.get("name", ""), said[line] in _NEW
        own = "" if is_new else said[line]
        alike = by_name.get(plain_name(name), []) if name else []
        code = own or (alike[0] if alike else "")
        if first := _first(plain_name(name), line, names) or _first(code, line, codes):
            values = {"value": name, "first": first}
            problems.append(Problem("first_plan_twice", "programs.csv", line, "name_id", values))
            continue
        problems += _in_doubt(name, own, alike, line)
        found.append(CodedRow(line, texts, code or next(fresh), not is_new and code not in known))
    return found, problems


def _said_code(texts: Row, labels: Mapping[str, str]) -> str:
    """Return what the column of codes says: a code, without the name behind it, or that it is new."""
    text = " ".join(texts.get("code", "").split())
    return text.casefold() if text.casefold() in _NEW else labels.get(text, text)


def _first(key: str, line: int, seen: dict[str, int]) -> int:
    """Return the line that said the same before, 0 where none did."""
    earlier = seen.setdefault(key, line) if key else line
    return 0 if earlier == line else earlier


def _in_doubt(name: str, code: str, alike: list[str], line: int) -> Iterator[Problem]:
    """Find a name that several programmes have, or another than the code says."""
    values = {"value": name, "choices": "; ".join(alike)}
    if not code and len(alike) > 1:
        yield Problem("first_plan_which", "programs.csv", line, "name_id", values)
    elif code and alike and code not in alike:
        yield Problem("first_plan_other_code", "programs.csv", line, "program", {**values, "code": code})
