"""A plan as a workbook: its programmes as a Musrenbang list (Permendagri 86/2017, T-D.4), and its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from jspmodel.case import Case
from jspmodel.figures import main_issues, supporting_agencies
from jspmodel.measure import eligible_regions
from jspmodel.plan import PlannedProgram
from jspmodel.text import describe_proof, format_gap, number, reason_names, reason_text, say
from jspmodel.workbook.calculation_sheets import calculation_pages
from jspmodel.workbook.files import new_workbook
from jspmodel.workbook.fund_recap import fund_recap
from jspmodel.workbook.pages import Column, Formula, Page, Value, cells_of, write_page
from jspmodel.workbook.plan_columns import PLAN, heading, sheet_title
from jspmodel.workbook.plan_tables import documents, outputs, participants, payments, regions, sources
from jspmodel.workbook.styles import workbook_styles

if TYPE_CHECKING:
    from jspmodel.plan import Plan
    from jspmodel.scenario import Language, Scenario

_PROOF = {"item": 34, "value": 80}


def write_plan(case: Case, scenario: Scenario, plan: Plan, file: Path, language: Language) -> None:
    """Write a plan as a workbook: every proposal, taken or not and why, who pays what, and how good it is.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        Of this case and scenario.
    file : Path
        Ends in ``.xlsx`` and is not there yet.
    language : {"id", "en"}

    Raises
    ------
    DataError
        If the file may not be written.
    """
    write_pages([*plan_pages(case, scenario, plan, language), _proof(plan, language)], file)


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


def plan_pages(case: Case, scenario: Scenario, plan: Plan, language: Language) -> list[Page]:
    """Return a plan as sheets.

    Programmes, money, who takes part, regions, outputs, documents, what an impact is computed from, sources.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        Of this case and scenario.
    language : {"id", "en"}

    Returns
    -------
    list of Page
        Those without rows are left out, but for the programmes and the payments.
    """
    paid, counted = payments(case, plan, language), calculation_pages(case, scenario, plan, language)
    listed = _proposals(case, scenario, plan, paid, counted[-1] if counted else None, language)
    others = (
        fund_recap(case, scenario, plan, paid, language),
        participants(case, plan, language),
        regions(case, plan, language),
        outputs(case, plan, language),
        documents(case, plan, language),
        *counted,
        sources(case, language),
    )
    return [listed, paid, *(page for page in others if page.rows)]


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


def _proposals(
    case: Case, scenario: Scenario, plan: Plan, paid: Page, lost: Page | None, language: Language
) -> Page:
    """Return the list of proposals; money and impact add up what two other sheets say of each."""
    others = [item for item in plan.programs if not item.selected]
    facts = _Facts(case, scenario, language)
    money, loss = _sum(paid, 6), None if lost is None else _sum(lost, 6)
    rows = [
        facts.row(item, place, money, loss) for place, item in enumerate((*plan.selected, *others), start=2)
    ]
    note = impact_note(plan, language) if lost else ""
    columns = [
        Column(heading(key, language, plan.objective_kind), *shown, note if key == "impact" else "")
        for key, shown in PLAN.items()
    ]
    return Page(sheet_title("plan", language), columns, rows)


def impact_note(plan: Plan, language: Language) -> str:
    """Return what the column of impacts holds, and why it does not add up to what the plan is worth."""
    impact = sum(item.impact for item in plan.selected)
    words = {"total": number(impact, language, 2), "worth": number(plan.objective, language, 2)}
    return say("workbook.plan_impact_note", language, **words)


def _sum(page: Page, place: int) -> str:
    """Return a formula that adds up a column where the first one holds a code; ``{row}`` is that of the code.

    Codes are compared as they are written: SUMIFS would take 34.1 for 34.10, and a star for anything.
    """
    codes, amounts = (cells_of(page.name, column, len(page.rows)) for column in (0, place))
    return f"=SUMPRODUCT(EXACT({codes},$A{{row}})*{amounts})" if page.rows else ""


class _Facts:
    """What the tables of a case say of its programmes, by programme."""

    def __init__(self, case: Case, scenario: Scenario, language: Language) -> None:
        self._language, self._case = language, case
        self._programs = case.programs.set_index("program")
        self._names, self._regions = case.names("programs", language), case.names("regions", language)
        self._agencies = case.names("agencies", language)
        self._eligible = eligible_regions(case)
        self._called = reason_names(case, language)
        self._volumes = case.program_regions.set_index(["program", "region"])["volume"].to_dict()
        self._issues, self._main = case.names("issues", language), main_issues(case, scenario)
        self._objectives = dict(_pairs(case.issues, "issue", "objective"))
        self._targets = _joined(_pairs(case.program_outputs, "program", "indicator"))

    def row(self, item: PlannedProgram, place: int, money: str, lost: str | None) -> list[Value]:
        """Return what stands in a row of the list for a proposal, its sums with the formulas given."""
        case, program, language = self._case, item.program, self._language
        known, issue = self._programs.loc[program], self._main[program]
        regions = item.regions if item.selected else self._eligible[program]
        volume = sum(self._volumes.get((program, region), nan) for region in regions)
        return [
            program,
            self._names[program],
            self._issues.get(issue, ""),
            self._objectives.get(issue, ""),
            known["nomenclature"],
            self._targets.get(program, ""),
            self._location(regions),
            None if isnan(volume) or not regions else volume,
            known["volume_unit"],
            _worth(money, place, item.cost) if item.selected else None,
            self._agencies.get(known["agency"], known["agency"]),
            "; ".join(supporting_agencies(case, program, regions, language)),
            item.start,
            say(f"workbook.{'true' if item.selected else 'false'}", language),
            _worth(lost, place, item.impact) if item.selected else None,
            item.reason and reason_text(item.reason, item.reason_values, language, self._called),
        ]

    def _location(self, regions: Sequence[str]) -> str:
        if len(regions) == len(self._regions):
            return say("workbook.plan_everywhere", self._language)
        return "; ".join(self._regions[region] for region in regions)


def _worth(formula: str | None, place: int, value: float) -> Value:
    return Formula(formula.format(row=place), value) if formula else value


def _pairs(frame: pd.DataFrame, one: str, other: str) -> list[tuple[str, str]]:
    return list(zip(frame[one], frame[other], strict=True))


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the different texts of each programme, joined."""
    found: dict[str, dict[str, None]] = {}
    for program, text in pairs:
        if text:
            found.setdefault(program, {})[text] = None
    return {program: "; ".join(texts) for program, texts in found.items()}
