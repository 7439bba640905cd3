"""What a row of the sheet of a first plan says, as rows of the tables of programmes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jspmodel.errors import Problem
from jspmodel.intake import Flaw, Sheet, plain_name
from jspmodel.workbook.already_there import rows_of
from jspmodel.workbook.amounts import amount_text
from jspmodel.workbook.choice_labels import choices_by_word
from jspmodel.workbook.proposed_rows import Row
from jspmodel.workbook.rules import DEFAULT_LEVELS

_WHOLE_PROVINCE = {"provinsi", "seprovinsi", "province"}
_DETAILS = {
    "program_regions": {"program", "region"},
    "program_costs": {"program", "kind", "offset", "amount", "profile"},
    "program_effects": {"program", "issue", "effect", "level"},
}
"""The columns of a programme's rows that the sheet can say; it says one row of costs and one of effects."""


def only_answers(tables: Mapping[str, Sheet]) -> Row:
    """Return what a blank cell can only mean."""
    found = {}
    for column, table, key in (("regions", "regions", "region"), ("issue", "issues", "issue")):
        codes = {row.get(key, "") for row in rows_of(tables.get(table))}
        if len(codes) == 1:
            found[column] = codes.pop()
    if len({row.get("year", "") for row in rows_of(tables.get("fund_budgets"))}) == 1:
        found["duration"] = "1"
    return found


def plan_rows(code: str, texts: Row, programs: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a programme by table, over what the case says of it among the programmes."""
    old: Row = next((row for row in programs if row.get("program") == code), {"scope": "joint"})
    region = texts.get("regions", "")
    whole = plain_name(region) in _WHOLE_PROVINCE
    yield (
        "programs",
        {
            **old,
            "program": code,
            "name_id": texts.get("name", ""),
            "duration": texts.get("duration", ""),
            "first_start": texts.get("first_start", ""),
            "scope": "province" if whole else "joint",
        },
    )
    for one in [] if whole else [part.strip() for part in re.split("[;\n]", region)]:
        if one or not region:
            yield "program_regions", {"program": code, "region": one}
    cost = {"program": code, "kind": "build", "amount": texts.get("amount", "")}
    years = _years(texts)
    if years == 1:
        yield "program_costs", {**cost, "offset": "0"}
    else:
        yield "program_costs", {**cost, "profile": texts.get("profile") or "merata"}
    level = texts.get("level", "")
    number = amount_text(level, {"type": "number"})
    column = "effect" if _is_number(level) else "level"
    said = level if column == "level" or isinstance(number, Flaw) else number
    yield "program_effects", {"program": code, "issue": texts.get("issue", ""), column: said}


def asked_of(texts: Row, line: int) -> Iterator[Problem]:
    """Find what has several answers, and none that is given."""
    if not texts.get("amount"):
        yield Problem("blank_cell", "program_costs.csv", line, "amount")
    years = _years(texts)
    if years is not None and years > 1 and not texts.get("profile"):
        yield Problem("first_plan_profile", "program_costs.csv", line, "profile", {"years": years})
    level = texts.get("level", "")
    if not level:
        yield Problem("blank_cell", "program_effects.csv", line, "level")
    elif not _is_number(level) and plain_name(level) not in choices_by_word("level", DEFAULT_LEVELS):
        yield Problem("first_plan_level", "program_effects.csv", line, "level", {"value": level})


def details_of(code: str, base: Mapping[str, Sequence[Row]]) -> list[str]:
    """Return the tables in which the case says more of a programme than the sheet can."""
    found = []
    for table, said in _DETAILS.items():
        rows = [row for row in base[table] if row.get("program") == code]
        many = table != "program_regions" and len(rows) > 1
        many |= any(row.get("kind") == "run" for row in rows)
        if many or any(cell and column not in said for row in rows for column, cell in row.items()):
            found.append(table)
    return found


def _years(texts: Row) -> int | None:
    text = texts.get("duration", "")
    return int(text) if re.fullmatch("[0-9]{1,3}", text) else None


def _is_number(text: str) -> bool:
    number = amount_text(text, {"type": "number"})
    return isinstance(number, Flaw) or re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?%?", number) is not None
