"""Between plans of equal worth: the cheaper, then the one of smaller codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from jspmodel.plan import Choice
from jspmodel.selection.formulation import Formulation, Model
from jspmodel.selection.inputs import SHARED
from jspmodel.selection.search.warm_start import kept, marked
from jspmodel.solver import ColumnMap

TRIES = 200
"""Neighbours of equal worth that are looked at, at most."""
EQUAL = 1e-9
"""Points, or Rp billion, that count as none."""

Plan = tuple[Choice, ...]


def settled(
    formulation: Formulation,
    model: Model,
    column_map: ColumnMap,
    choices: Sequence[Choice],
    worth: Callable[[Sequence[Choice]], float],
    tries: int = TRIES,
) -> Plan:
    """Give up what adds nothing, and exchange programmes and regions for like ones, while that is better.

    The price of money in the objective lets a proven optimum be the cheapest, but a search may stop at its
    gap before, and no price is small enough for codes too. So a plan is compared with its neighbours: without
    one programme, or one region that has no need of it; with another programme of the same effects, duration
    and score, at the same time in the same regions; with another region of the same needs. A neighbour of
    equal worth that keeps all rules is taken if it is cheaper, or costs the same and has the smaller code.

    Parameters
    ----------
    formulation : Formulation
    model : Model
        Holds the equity floor, if there is one.
    column_map : ColumnMap
    choices : sequence of Choice
    worth : callable
        The objective of given choices.
    tries : int
        Neighbours of equal worth that are looked at, at most.

    Returns
    -------
    tuple of Choice
        In table order.
    """
    neighbours, variables = _Neighbours(formulation), formulation.variables
    plan, value = tuple(choices), worth(choices)

    looked = count()

    def better() -> Plan | None:
        for other in neighbours.of(plan):
            if abs(worth(other) - value) <= EQUAL:
                if next(looked) >= tries:
                    return None
                values = marked(other, variables.start, variables.join, column_map, len(model.matrix.cost))
                if kept(model.matrix, column_map, values, model.options) is not None:
                    return other
        return None

    while (found := better()) is not None:
        plan = found
    place = {code: k for k, code in enumerate(formulation.inputs.proposals)}
    return tuple(sorted(plan, key=lambda choice: place[choice.program]))


@dataclass(frozen=True)
class _Neighbours:
    """Plans that are cheaper, or cost the same and have a smaller code."""

    formulation: Formulation

    def of(self, plan: Plan) -> Iterator[Plan]:
        taken = {choice.program for choice in plan}
        for place, choice in enumerate(plan):
            rest = (*plan[:place], *plan[place + 1 :])
            here = self._cost(choice)
            if here > EQUAL:
                yield rest
            for other in (*self._like_programs(choice, taken), *self._other_regions(choice)):
                less = here - self._cost(other)
                if less > EQUAL or (abs(less) <= EQUAL and _codes(other) < _codes(choice)):
                    yield (*rest, other)

    def _cost(self, choice: Choice) -> float:
        proposal, years = self.formulation.inputs.proposals[choice.program], self.formulation.inputs.years
        parts = (SHARED, *choice.regions)
        return sum(proposal.due(part, choice.start, year) for part in parts for year in years)

    def _like_programs(self, choice: Choice, taken: set[str]) -> Iterator[Choice]:
        for code in self._alike[self._kind(choice.program)]:
            other = self.formulation.inputs.proposals[code]
            fits = choice.start in other.starts and set(choice.regions) <= set(other.regions)
            if code not in taken and fits:
                yield choice.model_copy(update={"program": code})

    def _other_regions(self, choice: Choice) -> Iterator[Choice]:
        inputs = self.formulation.inputs
        proposal = inputs.proposals[choice.program]
        for region in choice.regions if proposal.joint else ():
            rest = [other for other in choice.regions if other != region]
            if not any((issue, region) in inputs.need for issue in inputs.effects[choice.program]):
                yield choice.model_copy(update={"regions": tuple(rest)})
            for other in self._equals[self._needs[region]]:
                if other in proposal.regions and other not in choice.regions:
                    joined = {*rest, other}
                    regions = tuple(r for r in proposal.regions if r in joined)
                    yield choice.model_copy(update={"regions": regions})

    @cached_property
    def _alike(self) -> dict[Hashable, list[str]]:
        return _grouped(self.formulation.inputs.proposals, self._kind)

    def _kind(self, program: str) -> Hashable:
        inputs = self.formulation.inputs
        proposal = inputs.proposals[program]
        return proposal.duration, proposal.score, frozenset(inputs.effects[program].items())

    @cached_property
    def _equals(self) -> dict[Hashable, list[str]]:
        return _grouped(self.formulation.inputs.shares, self._needs.__getitem__)

    @cached_property
    def _needs(self) -> dict[str, Hashable]:
        inputs = self.formulation.inputs
        needs: dict[str, dict[str, float]] = {region: {} for region in inputs.shares}
        for (issue, region), need in inputs.need.items():
            needs[region][issue] = need
        return {region: frozenset(own.items()) for region, own in needs.items()}


def _grouped(codes: Iterable[str], kind: Callable[[str], Hashable]) -> dict[Hashable, list[str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for code in codes:
        groups[kind(code)].append(code)
    return groups


def _codes(choice: Choice) -> tuple[str, tuple[str, ...]]:
    return choice.program, tuple(sorted(choice.regions))
