"""What limits a plan beside money, as sheets: open documents, co-funding, spending rules, staff, rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jspmodel.figures import priced_rules
from jspmodel.measure import contributions, horizon, records, spending_shares, staff_years
from jspmodel.report import Decision, capacity_name
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
    "region": (34, "cell"),
    "capacity": (22, "cell"),
    "least_share": (14, "cell_share"),
    "own": (20, "cell_money"),
    "must_bear": (20, "cell_money"),
    "paid": (20, "cell_money"),
    "rule": (42, "cell"),
    "any_rule": (60, "cell"),
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
    **dict.fromkeys(("found", "least", "most"), (18, "cell_number")),
    **dict.fromkeys(("enter", "leave"), (30, "cell")),
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
    kinds = (_readiness, _cofunding, _spending, _staff, _rule_prices)
    return [kind(decision, language) for kind in kinds]


def _page(sheet: str, keys: str, rows: Sequence[list[Value]], language: Language, unit: str = "") -> Page:
    heads = {key: say(f"limit_sheets.column_{key}", language, unit=unit) for key in keys.split()}
    columns = [Column(head, *_COLUMNS[key]) for key, head in heads.items()]
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
        for one in decision.open_documents
    ]
    keys = "code program document last_year state complete_by required_by source"
    return _page("readiness", keys, rows, language)


def _cofunding(decision: Decision, language: Language) -> Page:
    case, plan = decision.case, decision.plan
    programs, regions = case.names("programs", language), case.names("regions", "id")
    classes = dict(records(case.regions, "region", "fiscal_capacity"))
    rows: list[list[Value]] = [
        [
            one.program,
            programs[one.program],
            regions[one.region],
            capacity_name(classes[one.region], language),
            one.year,
            one.share,
            one.own,
            one.least,
            one.paid,
        ]
        for one in contributions(case, decision.scenario, plan.choices, plan.funding)
    ]
    return _page(
        "cofunding", "code program region capacity year least_share own must_bear paid", rows, language
    )


def _spending(decision: Decision, language: Language) -> Page:
    case = decision.case
    names = case.names("spending_rules", language)
    columns = ("spending_rule", "legal_basis", "source")
    told = {code: (basis, source) for code, basis, source in records(case.spending_rules, *columns)}
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


def _rule_prices(decision: Decision, language: Language) -> Page:
    """Return what each rule costs, a rule a row; no rows where nobody asked."""
    found = decision.sensitivity.rules
    rules = () if found is None else priced_rules(decision.case, found, language)
    rows: list[list[Value]] = [
        [one.name, one.basis, one.price, one.least, one.most, " ".join(one.adds), " ".join(one.drops)]
        for one in rules
    ]
    unit = say(f"prices.unit_{decision.scenario.objective}", language)
    return _page("rule_prices", "any_rule legal_basis found least most enter leave", rows, language, unit)
