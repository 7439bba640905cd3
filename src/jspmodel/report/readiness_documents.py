"""Documents that have to be complete before the funds of the plan may pay: what is left to do, by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import records
from jspmodel.pages import in_indonesian, table
from jspmodel.report.decision import Decision
from jspmodel.report.shared_wording import due_date
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, all_wording, listed, say


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


def open_documents(decision: Decision) -> list[OpenDocument]:
    """Return what is still to be completed for the plan, what is needed first at the top.

    Parameters
    ----------
    decision : Decision

    Returns
    -------
    list of OpenDocument
        A document of a programme is needed by the end of min over its funds f of (first year in which f pays
        for it - ``lead_years``). None of a fund that requires it and does not pay.
    """
    case, first = decision.case, _first_paid(decision)
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
            complete_by=_expected(by, decision.scenario),
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


def _first_paid(decision: Decision) -> dict[tuple[str, str], int]:
    """Return the first year in which each fund pays for a programme of the plan."""
    first: dict[tuple[str, str], int] = {}
    for payment in decision.plan.funding:
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


def _expected(complete_by: str, scenario: Scenario) -> str:
    """Return when a document is complete, with the delay of the scenario."""
    if not complete_by or not scenario.document_delay:
        return complete_by
    year, day = int(complete_by[:4]) + scenario.document_delay, complete_by[4:]
    return f"{year}{'-02-28' if day == '-02-29' else day}"


def readiness_table(decision: Decision, language: Language) -> Table:
    """Return the documents that are still to be completed for the plan, one a row.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Table
        Without the funds that require them where ``required_by_all`` names them.
    """
    case, words = decision.case, all_wording(language)
    documents, programs, funds = (case.names(name, language) for name in ("documents", "programs", "funds"))
    rows = [
        (
            due_date(f"{one.last_year}-12-31", language),
            documents[one.document],
            f"{one.program} {programs[one.program]}",
            f"{words.get(f'choice.state_{one.state}', one.state)}, {due_date(one.complete_by, language)}",
            listed((funds[fund] for fund in one.funds), language),
        )
        for one in open_documents(decision)
    ]
    keys = ["needed_by", "readiness_document", "program", "expected_by", "required_by"]
    if required_by_all(decision, language):
        return table(keys[:-1], [row[:-1] for row in rows], language)
    return table(keys, rows, language)


def required_by_all(decision: Decision, language: Language) -> str:
    """Return the funds that require every document still to be completed; empty where they differ.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    str
    """
    asking = {one.funds for one in open_documents(decision)}
    if len(asking) != 1:
        return ""
    names = decision.case.names("funds", language)
    return listed((names[fund] for fund in asking.pop()), language)


def requirement_sources(decision: Decision, language: Language) -> list[tuple[str, str]]:
    """Return where it is said that the documents still to be completed are required.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    list of (str, str)
        Documents that have the same source, and that source as a piece of the page.
    """
    names, of = decision.case.names("documents", language), dict[str, list[str]]()
    for one in open_documents(decision):
        said = of.setdefault("; ".join(one.sources), [])
        if names[one.document] not in said:
            said.append(names[one.document])
    return [
        (listed(said, language), in_indonesian(source, language)) for source, said in of.items() if source
    ]


def gates(decision: Decision, program: str, language: Language) -> Iterator[str]:
    """Yield which documents keep which funds from paying for a programme, and until when.

    Parameters
    ----------
    decision : Decision
    program : str
    language : {"id", "en"}

    Yields
    ------
    str
        A sentence for all funds that wait for the same; none where no fund that may pay waits.
    """
    case = decision.case
    complete, payers = measure.completion_years(case, decision.scenario), measure.payers(case)[program]
    waiting: dict[tuple[str, ...], list[str]] = {}
    for (of, fund), documents in measure.required_documents(case).items():
        if of != program or fund not in payers:
            continue
        if open_ := tuple(d for d in documents if complete.get((program, d), inf) > -inf):
            waiting.setdefault(open_, []).append(fund)
    funds, opens = case.names("funds", language), measure.opening_years(case, decision.scenario)
    for open_, waits in waiting.items():
        told = listed((_told(decision, program, document, language) for document in open_), language)
        year = max(opens[program, fund] for fund in waits)
        key = "program_sheet.ready_gate_never" if year == inf else "program_sheet.ready_gate"
        names = listed((funds[fund] for fund in waits), language)
        yield say(key, language, funds=names, documents=told, year="" if year == inf else int(year))


def _told(decision: Decision, program: str, document: str, language: Language) -> str:
    case = decision.case
    name = case.names("documents", language)[document]
    rows = case.program_readiness
    mine = rows[(rows["program"] == program) & (rows["document"] == document)]
    if mine.empty:
        return say("program_sheet.gate_unsaid", language, document=name)
    by = _expected(str(mine.iloc[0]["complete_by"]), decision.scenario)
    if not by:
        return say("program_sheet.gate_undated", language, document=name)
    return say("program_sheet.gate_dated", language, document=name, date=due_date(by, language))
