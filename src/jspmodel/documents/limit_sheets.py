"""What limits a plan beside money, as sheets: documents still to be completed, spending rules, staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jspmodel.measure import horizon, spending_shares, staff_years
from jspmodel.report import Decision, open_documents
from jspmodel.scenario import Language
from jspmodel.text import all_wording, listed, say
from jspmodel.workbook import Column, Page, Value, dated

_COLUMNS: Mapping[str, tuple[int, str]] = {
    "code": (12, "cell"),
    "program": (42, "cell"),
    "document": (34, "cell"),
    "last_year": (14, "cell_year"),
    "state": (18, "cell"),
    "complete_by": (16, "cell_date"),
    "required_by": (44, "cell"),
    "rule": (42, "cell"),
    "legal_basis": (44, "cell"),
    "bound": (14, "cell"),
    "asked": (12, "cell_share"),
    "year": (10, "cell_year"),
    "counted": (20, "cell_money"),
    "spent": (20, "cell_money"),
    "share": (12, "cell_share"),
    "agency": (34, "cell"),
    "staff_kind": (26, "cell"),
    "people": (14, "cell_number"),
    "trained": (14, "cell_number"),
    "needed": (14, "cell_number"),
    "free": (14, "cell_number"),
    "source": (70, "cell"),
}
"""The columns, with how wide each is and how its values look."""


def limit_pages(decision: Decision, language: Language) -> list[Page]:
    """Return what limits a plan beside its budgets; a page without rows where nothing of its kind does.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    list of Page
    """
    return [_readiness(decision, language), _spending(decision, language), _staff(decision, language)]


def _page(sheet: str, keys: str, rows: Sequence[list[Value]], language: Language) -> Page:
    columns = [Column(say(f"limit_sheets.column_{key}", language), *_COLUMNS[key]) for key in keys.split()]
    return Page(say(f"limit_sheets.{sheet}", language), columns, rows)


def _readiness(decision: Decision, language: Language) -> Page:
    case, words = decision.case, all_wording(language)
    documents, programs, funds = (case.names(name, language) for name in ("documents", "programs", "funds"))
    rows: list[list[Value]] = [
        [
            one.program,
            programs[one.program],
            documents[one.document],
            one.last_year,
            words.get(f"choice.state_{one.state}", one.state),
            dated(one.complete_by),
            listed((funds[fund] for fund in one.funds), language),
            "; ".join(one.sources),
        ]
        for one in open_documents(decision)
    ]
    keys = "code program document last_year state complete_by required_by source"
    return _page("readiness", keys, rows, language)


def _spending(decision: Decision, language: Language) -> Page:
    case, table = decision.case, decision.case.spending_rules
    names = case.names("spending_rules", language)
    told = {
        code: (basis, source)
        for code, basis, source in zip(
            table["spending_rule"], table["legal_basis"], table["source"], strict=True
        )
    }
    rows: list[list[Value]] = [
        [
            one.rule.code,
            names[one.rule.code],
            told[one.rule.code][0],
            say(f"limit_sheets.{'least' if one.rule.least else 'most'}", language),
            one.rule.share,
            one.year,
            one.counted,
            one.spent,
            one.share,
            told[one.rule.code][1],
        ]
        for one in spending_shares(case, decision.scenario, decision.plan.funding)
    ]
    return _page(
        "spending", "code rule legal_basis bound asked year counted spent share source", rows, language
    )


def _staff(decision: Decision, language: Language) -> Page:
    case, scenario = decision.case, decision.scenario
    agencies, kinds = case.names("agencies", language), case.names("staff_kinds", language)
    years = horizon(case, scenario)
    found = staff_years(case, years, decision.plan.choices) if scenario.staff_limits else ()
    rows: list[list[Value]] = [
        [
            agencies[one.agency],
            kinds[one.staff_kind],
            one.year,
            one.people,
            one.trained,
            one.needed,
            one.free,
        ]
        for one in found
    ]
    return _page("staff", "agency staff_kind year people trained needed free", rows, language)
