"""An irreducible set of rules that clash, and what to change: the search for both.

Elastic filter, then deletion filter, each first on the linear relaxation and then on the model itself
(Chinneck and Dravnieks, "Locating minimal infeasible constraint sets in linear programs", 1991; Guieu and
Chinneck, "Analyzing infeasible mixed-integer and integer linear programs", 1999). The sets are of the
planner's rules, not of rows: HiGHS finds irreducible sets of rows of a relaxation only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TypeVar

from jspmodel.case import Case
from jspmodel.selection.infeasibility.elastic import SETTINGS, Elastic, Stretch
from jspmodel.selection.infeasibility.without_rules import without_rules
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.rules import RELAXATIONS, Constraint
from jspmodel.solver.effort import Effort

T = TypeVar("T")


@dataclass(frozen=True)
class Way:
    """A rule that gives way.

    Attributes
    ----------
    rule : Constraint
    amount : float
        By how much, in the rule's unit.
    start : int or None
        When the programme that the rule names would start.
    """

    rule: Constraint
    amount: float
    start: int | None


@dataclass(frozen=True)
class Conflict:
    """Rules that clash.

    Attributes
    ----------
    rules : dict of Constraint to float
        No plan keeps them together. The figure: by how much the rule alone would have to give way for the
        rest of them (0: not asked).
    irreducible : bool
        Whether the rest of them can be kept without any one (else the time ran out before this was known).
    whole : bool
        Whether the ways out do with all other rules; else they do with those that were looked at.
    ways : tuple of Way
        Each is enough; the easiest first.
    together : tuple of Way
        Where none is: few changes that are enough together.
    """

    rules: dict[Constraint, float]
    irreducible: bool
    whole: bool
    ways: tuple[Way, ...]
    together: tuple[Way, ...]


class Explainer:
    """Looks for the conflict with one effort.

    Parameters
    ----------
    inputs : Inputs
    floor : float or None
        Impact that the equity rule asks for in each region, in percent, if that was part of the search.
    effort : Effort
    """

    def __init__(self, inputs: Inputs, floor: float | None, effort: Effort) -> None:
        self._inputs, self._floor, self._effort = inputs, floor, effort
        self._wide = without_rules(inputs, with_equity=floor is not None)
        self._elastic: Elastic
        self._sure = True

    def conflict(self) -> Conflict | None:
        """Return what clashes; None if nothing does, or the effort was spent before."""
        for inputs in (*self._single_demands(), self._inputs):
            if not self._effort.over:
                self._elastic = Elastic(self._wide, inputs, self._floor)
                if rules := self._irreducible():
                    return self._explained(rules)
        return None

    def lower_floor(self) -> Way | None:
        """Return an equity floor that a plan with all other rules was found for, if one was found."""
        if self._floor is None:
            return None
        self._elastic = Elastic(self._wide, self._inputs, self._floor)
        floors = [rule for rule in self._elastic.rules if rule.kind == "floor"]
        return self._alone(floors[0]) if floors else None

    def _single_demands(self) -> Iterator[Inputs]:
        """Yield inputs that demand one thing only: most clashes need no more, and these are small."""
        scenario, case = self._inputs.scenario, self._inputs.case
        none: dict[str, object] = {"locked_in": [], "min_quick_wins": 0, "min_programs_per_dimension": 0}
        demands: list[tuple[Case, dict[str, object]]] = []
        demands += ((case, {"locked_in": [lock]}) for lock in scenario.locked_in)
        if wins := scenario.min_quick_wins:
            demands.append((case, {"min_quick_wins": wins}))
        for place in range(len(case.dimensions)) if scenario.min_programs_per_dimension else ():
            alone = replace(case, dimensions=case.dimensions.iloc[[place]])
            demands.append((alone, {"min_programs_per_dimension": scenario.min_programs_per_dimension}))
        if len(demands) > 1 and self._floor is None:
            for part, demand in demands:
                asked = scenario.model_copy(update={**none, **demand})
                yield replace(self._inputs, case=part, scenario=asked)

    def _irreducible(self) -> list[Constraint] | None:
        candidates = self._filter(relaxed=True)
        if candidates is not None:
            candidates = self._reduced(candidates, relaxed=True)
        elif self._floor is None:  # a floor makes the model too large for more
            candidates = self._filter(relaxed=False)
        return candidates and self._reduced(candidates, relaxed=False)

    def _explained(self, rules: Sequence[Constraint]) -> Conflict:
        """Return the rules with the ways out: those that do with all rules, else those out of this clash."""
        asked = {rule: self._short(rule, rules) for rule in rules}
        here = self._ways(rules)
        if not self._effort.over:
            self._elastic = Elastic(self._wide, self._inputs, self._floor)
            ways = self._ways(rules)
            together = () if ways else self._together()
            if ways or together:
                return Conflict(asked, self._sure, True, ways, together)
        return Conflict(asked, self._sure, False, here, ())

    def _ways(self, rules: Sequence[Constraint]) -> tuple[Way, ...]:
        return _easiest_first(_once(way for rule in rules if (way := self._alone(rule))))

    def _filter(self, *, relaxed: bool) -> list[Constraint] | None:
        """Hold what gives way until nothing is left that could: the rules held then clash."""
        held: list[Constraint] = []
        while True:
            stretch = self._elastic.least(held, self._effort, relaxed=relaxed)
            if stretch.status == "infeasible":
                return held
            if not stretch.amounts:
                return None
            held += stretch.amounts

    def _reduced(self, rules: Sequence[Constraint], *, relaxed: bool) -> list[Constraint]:
        """Leave out every rule without which the rest still clash."""
        order = sorted(rules, key=lambda rule: (RELAXATIONS[rule.kind].kept, rule.codes))

        def clashing(kept: Sequence[Constraint]) -> bool | None:
            possible = self._elastic.possible(kept, self._effort, relaxed=relaxed)
            return None if possible is None else not possible

        kept, sure = deletion_filter(order, clashing)
        self._sure = self._sure and (relaxed or sure)
        return kept

    def _alone(self, rule: Constraint) -> Way | None:
        """Return by how much one rule must give way if all others are kept; None: that is not enough."""
        alike = {rule} | {other for other in self._elastic.rules if _same_setting(rule, other)}
        stretch = self._elastic.least(self._but(alike), self._effort)
        if not stretch.found:
            return None
        return self._way(rule, max(stretch.amounts.values(), default=0.0), stretch)

    def _together(self) -> tuple[Way, ...]:
        """Return few rules that can give way together, and the least by which they must."""
        few = self._elastic.least([], self._effort, few=True)
        if not few.found:
            return ()
        least = self._elastic.least(self._but(few.amounts), self._effort)
        return _easiest_first(
            self._way(rule, amount, least) for rule, amount in (least if least.found else few).amounts.items()
        )

    def _short(self, rule: Constraint, rules: Sequence[Constraint]) -> float:
        """Return by how much a rule must give way for the others of the set alone."""
        if rule.kind not in {"budget", "floor"}:
            return 0.0
        others = [other for other in rules if other is not rule]
        stretch = self._elastic.least(others, self._effort, priced=[rule])
        return stretch.amounts.get(rule, 0.0)

    def _but(self, let_go: Collection[Constraint]) -> list[Constraint]:
        return [rule for rule in self._elastic.rules if rule not in let_go]

    def _way(self, rule: Constraint, amount: float, stretch: Stretch) -> Way:
        return Way(rule, amount, stretch.starts.get(rule.codes[0]) if rule.codes else None)


def deletion_filter(
    rules: Sequence[T], clashing: Callable[[Sequence[T]], bool | None]
) -> tuple[list[T], bool]:
    """Leave out, from the last, every rule without which the rest still clash.

    The deletion filter: Chinneck, "Feasibility and Infeasibility in Optimization" (2008).

    Parameters
    ----------
    rules : sequence
        That clash, each once.
    clashing : callable
        Whether some of them clash; None where that is not known.

    Returns
    -------
    list
        Of them, in their order.
    bool
        Whether it is known of each that the rest can be kept without it.
    """
    kept, sure = list(rules), True
    for rule in reversed(rules):
        rest = [other for other in kept if other is not rule]
        clash = clashing(rest)
        sure = sure and clash is not None
        kept = rest if clash else kept
    return kept, sure


def _same_setting(rule: Constraint, other: Constraint) -> bool:
    return rule.kind in SETTINGS and rule.kind == other.kind


def _once(ways: Iterable[Way]) -> list[Way]:
    """Leave out ways that change the same setting again."""
    seen: dict[object, Way] = {}
    for way in ways:
        seen.setdefault(way.rule.kind if way.rule.kind in SETTINGS else way.rule, way)
    return list(seen.values())


def _easiest_first(ways: Iterable[Way]) -> tuple[Way, ...]:
    def effort(way: Way) -> tuple[float, float, tuple[str, ...]]:
        offered = RELAXATIONS[way.rule.kind].offered
        return inf if offered is None else offered, way.amount, way.rule.codes

    return tuple(sorted(ways, key=effort))
