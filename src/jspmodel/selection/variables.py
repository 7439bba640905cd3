"""The variables of the model, and the names of variables and rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations
from urllib.parse import quote, unquote

import pulp

from jspmodel.objective_kinds import COUNTS
from jspmodel.selection.inputs import SHARED, Inputs, Proposal

Pair = tuple[pulp.LpVariable, float]
Pairs = Iterable[Pair]
Rows = Iterator[tuple[str, pulp.LpConstraint]]


@dataclass(frozen=True)
class Variables:
    """Variables by code; one that could not matter is not there.

    Attributes
    ----------
    start : dict of (program, year)
        1 if the programme starts in the year.
    join : dict of (program, region, start year)
        1 if the region takes part in the programme, which starts in the year.
    together : dict of (program, region, region, start year), in 0-1
        1 if both regions take part.
    both : dict of (program, other, region, year), in 0-1
        1 if both programmes are delivered in the region by the year; where scores count, which have no place
        and time, region ``""`` and year 0.
    pay : dict of (program, fund, year)
        Rp billion.
    piece : dict of (issue, region, year, number of the piece)
        The part of the delivered effect that falls into a piece of phi.
    retired : dict of system, in 0-1
        1 if a programme retires it; only where the rule on new systems is on.
    worst : variable or None
        A lower bound on the impact of every region with a need, in percent; only with an equity rule.
    """

    start: dict[tuple[str, int], pulp.LpVariable]
    join: dict[tuple[str, str, int], pulp.LpVariable]
    together: dict[tuple[str, str, str, int], pulp.LpVariable]
    both: dict[tuple[str, str, str, int], pulp.LpVariable]
    pay: dict[tuple[str, str, int], pulp.LpVariable]
    piece: dict[tuple[str, str, int, int], pulp.LpVariable]
    retired: dict[str, pulp.LpVariable]
    worst: pulp.LpVariable | None

    def started(self, proposal: Proposal) -> list[Pair]:
        """Return what adds up to 1 if the programme is carried out."""
        return [(self.start[proposal.code, year], 1.0) for year in proposal.starts]

    def delivered(self, proposal: Proposal, region: str, year: int) -> list[Pair]:
        """Return what adds up to 1 if the programme is delivered in a region by the end of a year."""
        return [(self.join[proposal.code, region, start], 1.0) for start in proposal.starts_ready_by(year)]

    def beyond_start(self, proposal: Proposal, region: str, start: int) -> list[Pair]:
        """Return what adds up to 0 if a region takes part just as the programme starts."""
        key = (proposal.code, region, start)
        return [(self.join[key], 1.0), (self.start[proposal.code, start], -1.0)]

    def cost(self, proposal: Proposal, year: int) -> list[Pair]:
        """Return what adds up to the cost of a programme in a year, in Rp billion."""
        return list(self._cost(proposal, year))

    def _cost(self, p: Proposal, year: int) -> Iterator[Pair]:
        for s in p.starts:
            if (due := p.due(SHARED, s, year)) > 0:
                yield self.start[p.code, s], due
            for r in p.regions:
                if (due := p.due(r, s, year)) > 0:
                    yield self.join[p.code, r, s], due


Family = Callable[[Variables, Inputs], Rows]
"""States rows of the model, each with its name (see ``label``)."""


def label(kind: str, *codes: object) -> str:
    """Return the name of a variable or row; different codes never share a name.

    PuLP turns hyphens, spaces, slashes and brackets into underscores, so whatever it might touch is escaped.

    Examples
    --------
    >>> label("start", "P-1", 2027), label("start", "P_1", 2027)
    ('start(P%2D1,2027)', 'start(P_1,2027)')
    """
    return f"{kind}({','.join(map(_escaped, codes))})"


@lru_cache(maxsize=100_000)
def _escaped(code: object) -> str:
    return quote(str(code), safe="").replace("-", "%2D")


def read_kind(name: str) -> str:
    """Return the kind that ``label`` put into a name: large models have millions."""
    return name.partition("(")[0]


def read_label(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the kind and the codes that ``label`` put into a name."""
    kind, _, codes = name.removesuffix(")").partition("(")
    return kind, tuple(unquote(code) for code in codes.split(",")) if codes else ()


def total(*sums: Pairs) -> pulp.LpAffineExpression:
    """Return the sum of coefficient times variable over all pairs; a variable may come more than once."""
    pairs = list(chain.from_iterable(sums))
    terms = dict(pairs)
    if len(terms) < len(pairs):
        terms = dict.fromkeys(terms, 0.0)
        for variable, coefficient in pairs:
            terms[variable] += coefficient
    if 0.0 in terms.values():
        terms = {variable: factor for variable, factor in terms.items() if factor}
    # PuLP's variables are hashed in Python: filled from a dict, a row takes over the hashes.
    expression = pulp.LpAffineExpression()
    dict.update(expression, terms)
    return expression


def times(factor: float, pairs: Pairs) -> list[Pair]:
    """Return the pairs with their coefficients multiplied."""
    return [(variable, factor * coefficient) for variable, coefficient in pairs]


def make_variables(problem: pulp.LpProblem, inputs: Inputs) -> Variables:
    """Return the variables that may matter.

    Parameters
    ----------
    problem : LpProblem
    inputs : Inputs

    Returns
    -------
    Variables
    """

    def binary(kind: str, *key: object) -> pulp.LpVariable:
        return problem.add_variable(label(kind, *key), cat=pulp.LpBinary)

    def upto(most: float | None, kind: str, *key: object) -> pulp.LpVariable:
        return problem.add_variable(label(kind, *key), 0, most)

    scenario, proposals = inputs.scenario, inputs.proposals.values()
    pieces = scenario.diminishing_returns
    systems = inputs.retires if scenario.no_new_systems else ()
    return Variables(
        start={key: binary("start", *key) for key in ((p.code, t) for p in proposals for t in p.starts)},
        join={
            key: binary("join", *key)
            for key in ((p.code, r, t) for p in proposals for r in p.regions for t in p.starts)
        },
        together={key: upto(1, "together", *key) for key in _partners(inputs)},
        both={key: upto(1, "both", *key) for key in _pairs(inputs)},
        pay={key: upto(None, "pay", *key) for key in _payments(inputs)},
        piece={key: upto(pieces[key[3]][0], "piece", *key) for key in _pieces(inputs)},
        retired={system: upto(1, "retired", system) for system in systems},
        worst=None if scenario.equity.mode == "off" else upto(100, "worst"),
    )


def _partners(inputs: Inputs) -> Iterator[tuple[str, str, str, int]]:
    if not COUNTS[inputs.scenario.objective].effects:
        return
    for p in inputs.proposals.values():
        useful = {r for r in p.regions if any((issue, r) in inputs.need for issue in inputs.effects[p.code])}
        for r, s in combinations(p.regions, 2) if p.joint and useful else ():
            if (r in useful or s in useful) and (r, s) in inputs.gains:
                yield from ((p.code, r, s, t) for t in p.starts)


def _pairs(inputs: Inputs) -> Iterator[tuple[str, str, str, int]]:
    counts = COUNTS[inputs.scenario.objective]
    for p, o, _ in inputs.complements():
        if counts.scores:
            yield p.code, o.code, "", 0
        elif counts.effects and inputs.effects[p.code]:
            for r in p.regions:
                if not o.regions or r in o.regions:
                    yield from (
                        (p.code, o.code, r, t)
                        for t in inputs.years
                        if p.starts_ready_by(t) and o.starts_ready_by(t)
                    )


def _payments(inputs: Inputs) -> Iterator[tuple[str, str, int]]:
    for p in inputs.proposals.values():
        inside = {None, *p.regions}
        funds = [fund for fund in inputs.payers[p.code] if inputs.holder.get(fund) in inside]
        for t in inputs.years:
            if any(p.due(r, start, t) > 0 for r in (SHARED, *p.regions) for start in p.starts):
                yield from (
                    (p.code, fund, t)
                    for fund in funds
                    if inputs.budgets.get((fund, t), 0) > 0 and t >= inputs.opens.get((p.code, fund), t)
                )


def _pieces(inputs: Inputs) -> Iterator[tuple[str, str, int, int]]:
    if not COUNTS[inputs.scenario.objective].effects:
        return
    reach = _reach(inputs)
    for issue, region in inputs.need:
        for t in inputs.years:
            begins = 0.0
            for number, (width, slope) in enumerate(inputs.scenario.diminishing_returns):
                if inputs.year_weights[t] > 0 and slope > 0 and reach[issue, region, t] > begins:
                    yield issue, region, t, number
                begins += width


def _reach(inputs: Inputs) -> dict[tuple[str, str, int], float]:
    """Return the most effect that could be delivered, by issue, region and year."""
    ties: dict[str, float] = defaultdict(float)
    for pair, gain in inputs.gains.items():
        for region in pair:
            ties[region] += gain
    helped: dict[str, float] = defaultdict(float)
    for p, _, value in inputs.complements():
        helped[p.code] += value
    reach: dict[tuple[str, str, int], float] = defaultdict(float)
    for p in inputs.proposals.values():
        for region in p.regions:
            factor = 1 + helped[p.code] + (ties[region] if p.joint else 0.0)
            for issue, effect in inputs.effects[p.code].items():
                for t in inputs.years:
                    if p.starts_ready_by(t):
                        reach[issue, region, t] += effect * factor
    return reach
