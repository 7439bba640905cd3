"""What is built over several budget years is complete within the head of government's term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.measure import records, shared_once
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import SHARED, Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView, place
from jspmodel.selection.rules.rule import Assumption, Reason, Relaxation, Rule, Values, staying_away
from jspmodel.selection.variables import Rows, Variables, label, total


def term_of_office(variables: Variables, inputs: Inputs) -> Rows:
    r"""Build shared parts of several budget years within the term of the head of the plan's government.

    .. math:: \text{start}_{pt} \le 0 \qquad \text{where } t + o_{p \emptyset} > \text{last}_{\emptyset}

    :math:`o_{p \emptyset}` is the last ``offset`` of the shared build costs of *p*, if they fall in more than
    one year, :math:`\text{last}_{\emptyset}` the ``last_year`` of the row of ``terms_of_office`` without a
    region. Programmes that are ``strategic`` are exempt.
    """
    for p, region, last in _bound(inputs):
        if region == SHARED:
            for t in _late(p, region, last):
                yield label("term_of_office", p.code, t), total([(variables.start[p.code, t], 1.0)]) <= 0


def regional_term(variables: Variables, inputs: Inputs) -> Rows:
    r"""Build a region's part of several budget years within the term of its head.

    .. math:: \text{join}_{prt} \le 0 \qquad \text{where } t + o_{pr} > \text{last}_r

    with the build costs and the row of region *r* in place of the shared ones.
    """
    for p, region, last in _bound(inputs):
        if region != SHARED and region in p.regions:
            for t in _late(p, region, last):
                row = total([(variables.join[p.code, region, t], 1.0)]) <= 0
                yield label("regional_term", p.code, region, t), row


def _bound(inputs: Inputs) -> Iterator[tuple[Proposal, str, int]]:
    """Yield programmes and regions whose building takes several years, with the last year of the term."""
    if not inputs.scenario.terms_of_office:
        return
    terms = {
        region: int(last) for region, last in records(inputs.case.terms_of_office, "region", "last_year")
    }
    strategic = dict(records(inputs.case.programs, "program", "strategic"))
    for p in inputs.proposals.values():
        if not strategic[p.code]:
            for region, last in terms.items():
                if len(_built(p, region)) > 1:
                    yield p, region, last


def _built(p: Proposal, region: str) -> list[int]:
    """Return in which years of its own a region's part, or the shared part, is built."""
    return [offset for offset, amount in p.build.get(region, {}).items() if amount > 0]


def _late(p: Proposal, region: str, last: int) -> Iterator[int]:
    """Yield the starts whose building goes on after a term."""
    return (t for t in p.starts if t + max(_built(p, region)) > last)


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    region = codes[1] if len(codes) > 1 else SHARED
    return {"last": dict(records(inputs.case.terms_of_office, "region", "last_year"))[region]}


def blocks(inputs: Inputs, p: Proposal) -> Iterator[Reason]:
    """Yield the first term that some start, or some region, does not end within."""
    for bound, region, last in _bound(inputs):
        if bound.code == p.code and next(_late(p, region, last), None) is not None:
            yield "beyond_term", {"year": str(last)}
            return


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield that terms count, or that they are known and do not, and where the RPJMD ends before the plan."""
    if case.terms_of_office.empty:
        return
    yield ("terms" if scenario.terms_of_office else "terms_off"), {}
    names, ends = case.names("regions", scenario.language), defaultdict[str, list[str]](list)
    for region, last in records(case.terms_of_office, "region", "rpjmd_last"):
        if last == last and region:  # known
            ends[str(int(last))].append(names.get(region, region))
        elif last == last:
            yield "rpjmd", {"year": str(int(last))}
    for year, regions in sorted(ends.items()):
        yield "rpjmd_of_regions", {"year": year, "regions": regions}


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: what is built in several years is complete within the term of its head (years)."""
    if not plan.scenario.terms_of_office:
        return
    built = _build_years(plan.case)
    for region, last in plan.rows("terms_of_office", "region", "last_year"):
        for choice in plan.choices:
            offsets = built.get((choice.program, region), set())
            if region in ("", *choice.regions) and len(offsets) > 1:
                over = choice.start + max(offsets) - last
                named = {"region": region} if region else {}
                exempt = bool(plan.entries("strategic")[choice.program])
                yield 0 if exempt else over, place(program=choice.program, **named, year=choice.start)


@shared_once
def _build_years(case: Case) -> dict[tuple[str, str], set[float]]:
    """Return the offsets at which something is built, by programme and region."""
    years = defaultdict[tuple[str, str], set[float]](set)
    columns = ("program", "region", "kind", "offset", "amount")
    for program, region, kind, offset, amount in records(case.program_costs, *columns):
        if kind == "build" and amount > 0:
            years[program, region].add(offset)
    return years


RULE = Rule(
    "terms_of_office",
    audit,
    rows=(term_of_office, regional_term),
    relaxations=(
        Relaxation("term", 27, ("program",), row="term_of_office", offered=17, asks=_asks),
        Relaxation(
            "regional_term",
            28,
            ("program", "region"),
            row="regional_term",
            offered=18,
            asks=_asks,
            gain=staying_away,
        ),
    ),
    blocks=blocks,
    assumes=assumes,
    off={"terms_of_office": False},
)
