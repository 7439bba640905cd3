"""A fund pays for a programme only from the year on in which all documents that it requires are complete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import inf

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import records, shared_once
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import SHARED, Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView, place
from jspmodel.selection.rules.left_out import Frees, Part
from jspmodel.selection.rules.rule import (
    Assumption,
    OwnRows,
    Reason,
    Relaxation,
    Rule,
    Shortage,
    Values,
    all_costs,
)
from jspmodel.selection.variables import Pair, Variables, total

ENOUGH = 1e-6
"""Rp billion that may be missing."""


def too_early(variables: Variables, wide: Inputs, inputs: Inputs) -> OwnRows:
    r"""Pay nothing before a document is complete.

    .. math:: \sum_{f \in F_{pd}} \; \sum_{t < y_{pd} + \ell_{df}} \text{pay}_{pft} \le 0
        \qquad \text{for each } p, d

    :math:`F_{pd}` are the funds that require document *d* of *p* (``required_documents``), :math:`y_{pd}` the
    year in which it is complete (``complete_by``, and ``document_delay`` years later),
    :math:`\ell_{df}` the ``lead_years`` from then until it is paid.
    """
    complete = measure.completion_years(inputs.case, inputs.scenario)
    early = defaultdict[tuple[str, str], list[Pair]](list)
    for (program, fund), asked in measure.required_documents(inputs.case).items():
        for document, lead in asked.items() if program in wide.proposals else ():
            opens = complete.get((program, document), inf) + lead
            keys = ((program, fund, t) for t in wide.years if t < opens)
            pays = [(variables.pay[key], 1.0) for key in keys if key in variables.pay]
            early[program, document] += pays
    yield from ((codes, total(pays) <= 0) for codes, pays in early.items() if pays)


def frees(case: Case, scenario: Scenario) -> tuple[Case, Scenario]:
    """Return the case in which no fund requires a document."""
    return replace(case, required_documents=case.required_documents.iloc[:0]), scenario


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    program, document = codes
    asked = measure.required_documents(inputs.case).items()
    return {"funds": [fund for (of, fund), documents in asked if of == program and document in documents]}


def refuses(inputs: Inputs, p: Proposal, chosen: Mapping[str, object]) -> Iterator[Reason]:
    """Yield the documents without which no start can be paid, and when they are complete."""
    if not any((p.code, fund) in inputs.opens for fund in inputs.payers[p.code]):
        return  # nobody waits: spared, as it is asked of every proposal
    waits = [_waits(inputs, p, start) for start in p.starts]
    if not all(waits):
        return
    soonest = min(waits, key=lambda wait: max(wait.values()))
    documents, last = " ".join(sorted(soonest)), max(soonest.values())
    if last == inf:
        undated = " ".join(sorted(d for d, year in soonest.items() if year == inf))
        yield "waits_for_documents", {"documents": undated}
    else:
        yield "waits_for_documents_until", {"documents": documents, "year": int(last)}


def withheld(inputs: Inputs, p: Proposal, shortage: Shortage) -> Iterator[Reason]:
    """Yield the documents for want of which funds may not pay what is missing, though they have it."""
    complete, documents = measure.completion_years(inputs.case, inputs.scenario), set[str]()
    required = measure.required_documents(inputs.case)
    for year, missing in shortage.missing.items():
        idle = 0.0
        for fund, share in inputs.payers[p.code].items():
            able = inputs.holder.get(fund) in {None, *p.regions}
            if able and inputs.opens.get((p.code, fund), -inf) > year:
                idle += min(shortage.left.get((fund, year), 0.0), share * shortage.due[year])
                asked = required[p.code, fund].items()
                documents |= {d for d, lead in asked if complete.get((p.code, d), inf) + lead > year}
        if idle < missing - ENOUGH:
            return
    yield "documents_first", {"documents": " ".join(sorted(documents))}


def _waits(inputs: Inputs, p: Proposal, start: int) -> dict[str, float]:
    """Return the documents, and the years in which they are complete, that keep a start from being paid.

    Of a year that is due whoever takes part, and that some fund with money could pay were it not for them; of
    several such funds that which opens first.
    """
    complete = measure.completion_years(inputs.case, inputs.scenario)
    required = measure.required_documents(inputs.case)
    for year in inputs.years:
        funds = [
            fund
            for fund in inputs.payers[p.code]
            if inputs.holder.get(fund) in {None, *p.regions} and inputs.budgets.get((fund, year), 0) > 0
        ]
        opens = {fund: inputs.opens.get((p.code, fund), -inf) for fund in funds}
        if funds and min(opens.values()) > year and _surely_due(p, start, year):
            asked = required[p.code, min(funds, key=opens.__getitem__)]
            years = {d: complete.get((p.code, d), inf) for d in asked}
            return {d: done for d, done in years.items() if done + asked[d] > year}
    return {}


def _surely_due(p: Proposal, start: int, year: int) -> bool:
    """Return whether something is due in a year whichever regions take part."""
    own = [region for region in p.regions if p.due(region, start, year) > 0]
    every = bool(p.regions) and len(own) == len(p.regions)
    must = p.regions if not p.joint else p.mandatory
    return p.due(SHARED, start, year) > 0 or every or any(region in must for region in own)


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield by how much documents are late."""
    if scenario.document_delay:
        yield "document_delay", {"count": str(scenario.document_delay)}


def parts(case: Case, scenario: Scenario) -> Iterator[Part]:
    """Yield each document that is required."""
    for document in dict.fromkeys(case.required_documents["document"]):
        yield Part("document", document, _without(document))


def _without(document: str) -> Frees:
    def frees(case: Case, scenario: Scenario) -> tuple[Case, Scenario]:
        table = case.required_documents
        kept = table[table["document"] != document].reset_index(drop=True)
        return replace(case, required_documents=kept), scenario

    return frees


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: no fund pays before the documents that it requires are complete (Rp billion)."""
    late = plan.scenario.document_delay
    for payment in plan.paying:
        kind = plan.entries("kind")[payment.program]
        for document, program_kind, lead in _asked_by(plan.case).get(payment.fund, ()):
            if not kind or program_kind in ("", kind):
                done = _done(plan.case).get((payment.program, document), inf)
                early = payment.year < done + late + lead
                where = place(
                    program=payment.program, document=document, fund=payment.fund, year=payment.year
                )
                yield payment.amount if early else 0.0, where


@shared_once
def _asked_by(case: Case) -> dict[str, list[tuple[str, str, float]]]:
    """Return what each fund requires: document, kind of programme, years from complete to paid."""
    kinds = dict(zip(case.funds["fund"].tolist(), case.funds["kind"].tolist(), strict=True))
    asked: dict[str, list[tuple[str, str, float]]] = {fund: [] for fund in kinds}
    leads = case.required_documents["lead_years"].fillna(1.0).tolist()
    columns = ("document", "fund_kind", "fund", "program_kind")
    for (document, fund_kind, fund, program_kind), lead in zip(
        records(case.required_documents, *columns), leads, strict=True
    ):
        for code in [fund] if fund else [one for one in kinds if not fund_kind or kinds[one] == fund_kind]:
            asked[code].append((document, program_kind, lead))
    return asked


@shared_once
def _done(case: Case) -> dict[tuple[str, str], float]:
    """Return the year in which each document of a programme is complete; not there: never said."""
    table, done = case.program_readiness, {}
    for program, document, state, by in records(table, "program", "document", "state", "complete_by"):
        settled = state in ("ready", "not_needed")
        done[program, document] = -inf if settled else float(by[:4]) if by else inf
    return done


RULE = Rule(
    "readiness",
    audit,
    relaxations=(
        Relaxation(
            "readiness",
            25,
            ("program", "document"),
            states=too_early,
            frees=frees,
            offered=15,
            asks=_asks,
            most=all_costs,
        ),
    ),
    refuses=refuses,
    withheld=withheld,
    assumes=assumes,
    parts=parts,
)
