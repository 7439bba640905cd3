"""Rows of a first plan that may be programmes of the case under a new name: asked, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from jspmodel.errors import Problem
from jspmodel.intake import Sheet, plain_name
from jspmodel.workbook.already_there import rows_of

_SAID = {
    "programs": ("duration", "first_start", "scope"),
    "program_regions": ("region",),
    "program_costs": ("offset", "amount", "profile"),
    "program_effects": ("issue", "effect", "level"),
}
"""What the sheet says of a programme beside its name."""
_NEAR = 0.7
"""How alike the words are, of 1, in which two names differ, where these differ only slightly."""
_WORD = re.compile(r"\w+")
_SHOWN = 10

QUESTIONS = frozenset({"first_plan_near_name", "first_plan_same_content", "first_plan_same_place"})
"""Problems that a person answers with a code, or that the programme is new."""


def renamed(
    sheets: Mapping[str, Sheet], before: Mapping[str, Sheet], codes: Sequence[str], new: Mapping[str, int]
) -> list[Problem]:
    """Find rows that may be programmes of the case under another name, and programmes that no row names.

    Parameters
    ----------
    sheets, before : mapping of str to Sheet
        The tables of programmes with those of the sheet among them, and as the case has them; in codes.
    codes : sequence of str
        Of the rows of the sheet, in its order.
    new : mapping of str to int
        Line of each row that the case may have under another name, by code.

    Returns
    -------
    list of Problem
        A question for each row: its name is near, it says the same, or it stands at the place of one that is
        no longer named. A warning of all others that no row names, which stay.
    """
    names = {row["program"]: row.get("name_id", "") for row in rows_of(before.get("programs"))}
    left = [code for code in names if code not in codes]
    contents = _contents(sheets)
    own = {row["program"]: row.get("name_id", "") for row in rows_of(sheets.get("programs"))}
    places = _places(codes, [*names], new)
    tests: dict[str, Callable[[str, str], bool]] = {
        "first_plan_near_name": lambda code, old: _near(own[code], names[old]),
        "first_plan_same_content": lambda code, old: contents[code] == contents[old],
        "first_plan_same_place": lambda code, old: places.get(code) == old,
    }
    questions = []
    open_rows = dict(new)
    for kind, is_alike in tests.items():
        for code, line in [*open_rows.items()]:
            alike = [old for old in left if is_alike(code, old)]
            likeness = {old: _likeness(own[code], names[old]) for old in alike}
            if old := max(alike, key=likeness.__getitem__, default=""):
                values = {"value": own[code], "code": old, "name": names[old]}
                questions.append(Problem(kind, "programs.csv", line, "name_id", values))
                left.remove(old)
                del open_rows[code]
    return [*questions, *_stay(left, names)]


def _stay(codes: Sequence[str], names: Mapping[str, str]) -> Iterator[Problem]:
    if codes:
        said = "; ".join(f"{code} {names[code]}".strip() for code in codes[:_SHOWN])
        values = {"count": len(codes), "programs": said + ("; …" if len(codes) > _SHOWN else "")}
        yield Problem("first_plan_stay", "first_plan.csv", values=values, warning=True)


def _near(one: str, other: str) -> bool:
    """Whether two names differ only slightly: by words that one of them adds, or in few letters of a word.

    Names of several works alike differ in a word or a number that says which: these are not near.

    Examples
    --------
    >>> _near("Sumur bor", "Sumur-bor"), _near("Sumur bor bersama", "Sumur bor"), _near("Jalan", "Jalan desa")
    (True, True, False)
    >>> _near("Puskesmas Kedu", "Puskesmas Bedono"), _near("Jalan tahap 1", "Jalan tahap 2")
    (False, False)
    >>> _near("Pelatihan pekerja", "Pelatihan pekrja"), _near("Posyandu", "Posiandu")
    (True, True)
    """
    words = [_WORD.findall(plain_name(name)) for name in (one, other)]
    own, others = ([word for word in words[at] if word not in words[1 - at]] for at in (0, 1))
    if not own or not others:
        return all(len(set(part)) > 1 for part in words) or (bool(words[0]) and not own and not others)
    numbers = [re.findall("[0-9]+", " ".join(part)) for part in (own, others)]
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    return _likeness(" ".join(own), " ".join(others)) >= _NEAR or _begins(own, others)


def _begins(own: Sequence[str], others: Sequence[str]) -> bool:
    short, long = sorted((" ".join(own), " ".join(others)), key=len)
    return long.startswith(short)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, plain_name(one), plain_name(other), autojunk=False).ratio()


def _contents(sheets: Mapping[str, Sheet]) -> dict[str, tuple[frozenset[tuple[str, ...]], ...]]:
    """Return what each programme's rows say that the sheet can say, whatever their order."""
    rows = {table: rows_of(sheets.get(table)) for table in _SAID}
    said: dict[str, dict[str, set[tuple[str, ...]]]] = {
        row["program"]: {table: set() for table in _SAID} for row in rows["programs"]
    }
    for table, columns in _SAID.items():
        for row in rows[table]:
            if row.get("program") in said:
                said[row["program"]][table].add(tuple(_figure(row.get(column, "")) for column in columns))
    return {code: tuple(map(frozenset, tables.values())) for code, tables in said.items()}


def _figure(text: str) -> str:
    """Return a number in one way of writing it; other text as it is."""
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text


def _places(codes: Sequence[str], known: Sequence[str], new: Mapping[str, int]) -> dict[str, str]:
    """Return the programme of the case at whose place each new row stands, by code.

    Where as many new rows stand between two that the case knows (or the end of the sheet) as the case has
    programmes between these, each stands where one stood.
    """
    if not set(codes) & set(known):
        return {}
    place = {code: at for at, code in enumerate(known)}
    found: dict[str, str] = {}
    run: list[str] = []
    last = -1
    for code in (*codes, ""):
        if code in new:
            run.append(code)
        elif code in place or not code:
            between = known[last + 1 : place.get(code, len(known))]
            if len(between) == len(run):
                found |= dict(zip(run, between, strict=True))
            last, run = place.get(code, last), []
    return found
