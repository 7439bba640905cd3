"""A plan as a workbook: its programmes as a Musrenbang list (Permendagri 86/2017, T-D.4), and its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import eligible_regions
from jspmodel.plan import PlannedProgram
from jspmodel.text import describe_proof, format_gap, number, reason_text, say
from jspmodel.workbook.files import new_workbook
from jspmodel.workbook.pages import Column, Page, Value, write_page
from jspmodel.workbook.plan_tables import documents, outputs, participants, payments, regions, sources
from jspmodel.workbook.styles import workbook_styles

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
    "impact": 14,
    "reason": 60,
}
"""The columns, with how wide each is."""
_PROOF = {"item": 34, "value": 80}
_LOOKS = {"volume": "cell_number", "budget": "cell_money", "start": "cell_year", "impact": "cell_number"}


def write_plan(case: Case, plan: Plan, file: Path, language: Language) -> None:
    """Write a plan as a workbook: every proposal, taken or not and why, who pays what, and how good it is.

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
    write_pages([*plan_pages(case, plan, language), _proof(plan, language)], file)


def write_pages(pages: Iterable[Page], file: Path) -> None:
    """Write sheets as a workbook.

    Parameters
    ----------
    pages : iterable of Page
    file : Path
        Ends in ``.xlsx`` and is not there yet.

    Raises
    ------
    DataError
        If the file may not be written.
    """
    with new_workbook(file) as book:
        looks = workbook_styles(book)
        for page in pages:
            write_page(book, looks, page)


def plan_pages(case: Case, plan: Plan, language: Language) -> list[Page]:
    """Return a plan as sheets: programmes, who pays, who takes part, regions, outputs, documents, sources.

    Parameters
    ----------
    case : Case
    plan : Plan
        Of this case.
    language : {"id", "en"}

    Returns
    -------
    list of Page
        Those without rows are left out, but for the programmes and the payments.
    """
    first = [_proposals(case, plan, language), payments(case, plan, language)]
    others = (
        participants(case, plan, language),
        regions(case, plan, language),
        outputs(case, plan, language),
        documents(case, plan, language),
        sources(case, language),
    )
    return [*first, *(page for page in others if page.rows)]


def _proof(plan: Plan, language: Language) -> Page:
    """Return how good the plan is proven to be: a file that is passed on must say so by itself."""
    columns = [Column(say(f"sheets.column_{key}", language), width) for key, width in _PROOF.items()]
    rows = [
        [say("sheets.item_proof", language), describe_proof(plan, language)],
        [say("report.term_objective", language), number(plan.objective, language, 4)],
        [say("report.term_bound", language), number(plan.bound, language, 4)],
        [say("report.term_gap", language), format_gap(plan.gap, language, 2)],
    ]
    return Page(say("workbook.sheet_proof", language), columns, rows)


def _proposals(case: Case, plan: Plan, language: Language) -> Page:
    taken = {item.program for item in plan.selected}
    others = [item for item in plan.programs if item.program not in taken]
    facts = _Facts(case, language)
    rows = [facts.row(item) for item in (*plan.selected, *others)]
    keys = {key: f"impact_{plan.objective_kind}" if key == "impact" else key for key in _WIDTHS}
    columns = [
        Column(say(f"workbook.plan_{keys[key]}", language), width, _LOOKS.get(key, "cell"))
        for key, width in _WIDTHS.items()
    ]
    return Page(say("workbook.sheet_plan", language), columns, rows)


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

    def row(self, item: PlannedProgram) -> list[Value]:
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
            None if isnan(volume) or not regions else volume,
            known["volume_unit"],
            item.cost if item.selected else None,
            self._agencies.get(known["agency"], known["agency"]),
            item.start,
            say(f"workbook.{'true' if item.selected else 'false'}", language),
            item.impact if item.selected else None,
            item.reason and reason_text(item.reason, item.reason_values, language, called),
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
