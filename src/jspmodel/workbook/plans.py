"""A plan in the columns of the Musrenbang list (Permendagri 86/2017, Tabel T-D.4), with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import eligible_regions
from jspmodel.plan import PlannedProgram
from jspmodel.text.reasons import reason_text
from jspmodel.text.wording import say
from jspmodel.workbook.files import new_workbook
from jspmodel.workbook.styles import styles

if TYPE_CHECKING:
    from jspmodel.plan import Plan
    from jspmodel.scenario import Language

_WIDTHS = {
    "code": 10,
    "priority": 34,
    "objective": 34,
    "program": 34,
    "activity": 42,
    "target": 42,
    "location": 34,
    "volume": 12,
    "volume_unit": 12,
    "budget": 16,
    "agency": 30,
    "start": 10,
    "taken": 15,
    "reason": 60,
}
"""The columns, with how wide each is."""
_FUNDING_WIDTHS = [10, 42, 30, 10, 16]
_LINE = 16
"""Height of a line of text, in points."""
_A3 = 8


def write_plan(case: Case, plan: Plan, file: Path, language: Language) -> None:
    """Write a plan as a workbook: every proposal, taken or not and why, and who pays what.

    Parameters
    ----------
    case : Case
    plan : Plan
        Of this case.
    file : Path
        Ends in ``.xlsx`` and is not there yet.
    language : {"id", "en"}

    Raises
    ------
    DataError
        If the file may not be written.
    """
    with new_workbook(file) as book:
        looks = styles(book)
        heads = [say(f"workbook.plan_{column}", language) for column in _WIDTHS]
        _write(book, looks, say("workbook.sheet_plan", language), heads, _proposals(case, plan, language))
        places = ("code", "activity", "fund", "year", "budget")
        heads = [say(f"workbook.plan_{column}", language) for column in places]
        _write(book, looks, say("workbook.sheet_funding", language), heads, _payments(case, plan, language))


def _write(
    book: Any,
    looks: Mapping[str, Any],
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str | float]],
) -> None:
    page = book.add_worksheet(name)
    widths = list(_WIDTHS.values()) if len(heads) == len(_WIDTHS) else _FUNDING_WIDTHS
    for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, head, looks["heading"])
    page.set_row(0, 2 * _LINE)
    for number, row in enumerate(rows, 1):
        lines = (ceil(len(str(value)) * 1.1 / width) for value, width in zip(row, widths, strict=True))
        page.set_row(number, _LINE * max(1, *lines))
        for place, value in enumerate(row):
            if value == "":
                page.write_blank(number, place, None, looks["cell"])
            elif isinstance(value, str):
                page.write_string(number, place, value, looks["cell"])
            else:
                page.write_number(number, place, value, looks["cell"])
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    page.set_landscape()
    page.set_paper(_A3)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _proposals(case: Case, plan: Plan, language: Language) -> list[list[str | float]]:
    taken = {item.program for item in plan.selected}
    others = [item for item in plan.programs if item.program not in taken]
    facts = _Facts(case, language)
    return [facts.row(item) for item in (*plan.selected, *others)]


class _Facts:
    """What the tables of a case say of its programmes, by programme."""

    def __init__(self, case: Case, language: Language) -> None:
        self._language = language
        self._programs = case.programs.set_index("program")
        self._names, self._regions = case.names("programs", language), case.names("regions", language)
        self._agencies = case.names("agencies", language)
        self._eligible = eligible_regions(case)
        self._volumes = case.program_regions.set_index(["program", "region"])["volume"].to_dict()
        issues, objectives = case.names("issues", language), dict(_pairs(case.issues, "issue", "objective"))
        effects = _pairs(case.program_effects, "program", "issue")
        self._priorities = _joined((program, issues[issue]) for program, issue in effects)
        self._objectives = _joined((program, objectives[issue]) for program, issue in effects)
        self._targets = _joined(_pairs(case.program_outputs, "program", "indicator"))

    def row(self, item: PlannedProgram) -> list[str | float]:
        """Return what stands in the list for a proposal."""
        program, language = item.program, self._language
        known = self._programs.loc[program]
        regions = item.regions if item.selected else self._eligible[program]
        volume = sum(self._volumes.get((program, region), nan) for region in regions)
        called = {**self._agencies, **{code: f"{code} {name}" for code, name in self._names.items()}}
        return [
            program,
            self._priorities.get(program, ""),
            self._objectives.get(program, ""),
            known["nomenclature"],
            self._names[program],
            self._targets.get(program, ""),
            self._location(regions),
            "" if isnan(volume) or not regions else volume,
            known["volume_unit"],
            item.cost if item.selected else "",
            self._agencies.get(known["agency"], known["agency"]),
            item.start if item.start is not None else "",
            say(f"workbook.{'true' if item.selected else 'false'}", language),
            reason_text(item.reason, item.reason_values, language, called),
        ]

    def _location(self, regions: Sequence[str]) -> str:
        if len(regions) == len(self._regions):
            return say("workbook.plan_everywhere", self._language)
        return "; ".join(self._regions[region] for region in regions)


def _pairs(frame: pd.DataFrame, one: str, other: str) -> list[tuple[str, str]]:
    return list(zip(frame[one], frame[other], strict=True))


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the different texts of each programme, joined."""
    found: dict[str, dict[str, None]] = {}
    for program, text in pairs:
        if text:
            found.setdefault(program, {})[text] = None
    return {program: "; ".join(texts) for program, texts in found.items()}


def _payments(case: Case, plan: Plan, language: Language) -> list[list[str | float]]:
    programs, funds = case.names("programs", language), case.names("funds", language)
    return [
        [item.program, programs[item.program], funds[item.fund], item.year, item.amount]
        for item in plan.funding
    ]
