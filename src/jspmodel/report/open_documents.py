"""Documents that are not complete yet, and that funds of the plan require: which, by when, who says so."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import records
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario


@dataclass(frozen=True)
class OpenDocument:
    """A document of a programme in the plan that is not complete yet.

    Attributes
    ----------
    last_year : int
        The year by whose end it has to be complete, so that all its funds can pay as planned.
    complete_by : str
        ISO date by which it is to be complete: as the table says, or later by the scenario's delay.
    state : str
        As ``program_readiness`` says it.
    funds : tuple of str
        Those that require it and pay in the plan.
    sources : tuple of str
        Where it is said that they require it.
    """

    program: str
    document: str
    last_year: int
    complete_by: str
    state: str
    funds: tuple[str, ...]
    sources: tuple[str, ...]


def open_documents(case: Case, scenario: Scenario, plan: Plan) -> list[OpenDocument]:
    """Return what is still to be completed for the plan, what is needed first at the top.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan

    Returns
    -------
    list of OpenDocument
        A document of a programme is needed by the end of min over its funds f of (first year in which f pays
        for it - ``lead_years``). None of a fund that requires it and does not pay.
    """
    first = _first_paid(plan)
    columns = ("program", "document", "state", "complete_by")
    said = {(p, d): (state, by) for p, d, state, by in records(case.program_readiness, *columns)}
    asked: dict[tuple[str, str], dict[str, int]] = {}
    for (program, fund), documents in measure.required_documents(case).items():
        for document, lead in documents.items() if (program, fund) in first else ():
            asked.setdefault((program, document), {})[fund] = first[program, fund] - lead
    found = [
        OpenDocument(
            program=key[0],
            document=key[1],
            last_year=min(funds.values()),
            complete_by=expected_completion(by, scenario),
            state=state,
            funds=_ordered(case, funds),
            sources=_sources(case, key[1], funds),
        )
        for key, funds in asked.items()
        for state, by in [said.get(key, ("missing", ""))]
        if state not in ("ready", "not_needed")
    ]
    return sorted(found, key=lambda one: (one.last_year, one.complete_by, one.program, one.document))


def _ordered(case: Case, funds: dict[str, int]) -> tuple[str, ...]:
    return tuple(fund for fund in case.funds["fund"] if fund in funds)


def _first_paid(plan: Plan) -> dict[tuple[str, str], int]:
    """Return the first year in which each fund pays for a programme of the plan."""
    first: dict[tuple[str, str], int] = {}
    for payment in plan.funding:
        key = payment.program, payment.fund
        if payment.amount > 0:
            first[key] = min(payment.year, first.get(key, payment.year))
    return first


def _sources(case: Case, document: str, funds: dict[str, int]) -> tuple[str, ...]:
    kinds = dict(zip(case.funds["fund"], case.funds["kind"], strict=True))
    of = {kinds[fund] for fund in funds}
    rows = records(case.required_documents, "document", "fund_kind", "fund", "source")
    found = (
        source
        for named, kind, fund, source in rows
        if named == document and source and (fund in funds or (not fund and (not kind or kind in of)))
    )
    return tuple(dict.fromkeys(found))


def expected_completion(complete_by: str, scenario: Scenario) -> str:
    """Return when a document is complete, with the delay of the scenario."""
    if not complete_by or not scenario.document_delay:
        return complete_by
    year, day = int(complete_by[:4]) + scenario.document_delay, complete_by[4:]
    return f"{year}{'-02-28' if day == '-02-29' else day}"
