"""An irreducible set of constraints that clash, and what to change: the search for both.

Elastic filter, then deletion filter, each first on the linear relaxation and then on the model itself
(Chinneck and Dravnieks, "Locating minimal infeasible constraint sets in linear programs", 1991; Guieu and
Chinneck, "Analyzing infeasible mixed-integer and integer linear programs", 1999). The sets are of the
planner's rules, not of rows: HiGHS finds irreducible sets of rows of a relaxation only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TypeVar

from jspmodel.selection.infeasibility.elastic import Elastic, Violations
from jspmodel.selection.infeasibility.soft import WHOLE, Soft
from jspmodel.selection.infeasibility.without_rules import single_demands, without_rules
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.rules import Constraint
from jspmodel.selection.rules.left_out import happened
from jspmodel.selection.rules.rule import asking
from jspmodel.solver import Effort

T = TypeVar("T")


@dataclass(frozen=True)
class Way:
    """A constraint that gives way.

    Attributes
    ----------
    constraint : Constraint
    amount : float
        By how much, in the constraint's unit.
    start : int or None
        When the programme that the constraint names would start.
    """

    constraint: Constraint
    amount: float
    start: int | None


@dataclass(frozen=True)
class Conflict:
    """Constraints that clash.

    Attributes
    ----------
    constraints : dict of Constraint to float
        No plan keeps them together. The figure: by how much the constraint alone would have to give way for
        the rest of them (0: not asked).
    irreducible : bool
        Whether the rest of them can be kept without any one (else the time ran out before this was known).
    whole : bool
        Whether the ways out do with all other rules; else they do with those that were looked at.
    ways : tuple of Way
        Each is enough; the easiest first.
    together : tuple of Way
        Where none is: few changes that are enough together.
    """

    constraints: dict[Constraint, float]
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
    soft : Soft, optional
        What can be let go; default: what a planner can change of the rules that every plan keeps.
    """

    def __init__(self, inputs: Inputs, floor: float | None, effort: Effort, soft: Soft | None = None) -> None:
        self._inputs, self._floor, self._effort = inputs, floor, effort
        self._wide = without_rules(inputs, with_equity=floor is not None)
        self._soft = soft or Soft()
        self._elastic: Elastic
        self._sure = True

    def conflict(self) -> Conflict | None:
        """Return what clashes; None if nothing does, or the effort was spent before."""
        for inputs in (*self._single_demands(), self._inputs):
            if not self._effort.over:
                self._elastic = self._made_elastic(inputs)
                if constraints := self._irreducible():
                    return self._explained(constraints)
        return None

    def lower_floor(self) -> Way | None:
        """Return an equity floor that a plan with all other rules was found for, if one was found."""
        if self._floor is None:
            return None
        self._elastic = self._made_elastic(self._inputs)
        floors = [constraint for constraint in self._elastic.constraints if constraint.kind == "floor"]
        return self._alone(floors[0]) if floors else None

    def _made_elastic(self, inputs: Inputs) -> Elastic:
        return Elastic(self._wide, inputs, self._floor, self._soft)

    def _single_demands(self) -> Iterator[Inputs]:
        """Yield inputs that demand one thing only: most clashes need no more, and these are small."""
        found: list[Inputs] = []
        every = single_demands()
        for demand in every:
            off = {key: value for other in every if other is not demand for key, value in other.off.items()}
            found += demand.single(asking(self._inputs, **off)) if demand.single else ()
        if len(found) > 1 and self._floor is None:
            yield from found

    def _irreducible(self) -> list[Constraint] | None:
        candidates = self._filter(relaxed=True)
        if candidates is not None:
            candidates = self._reduced(candidates, relaxed=True)
        elif self._floor is None:  # a floor makes the model too large for more
            candidates = self._filter(relaxed=False)
        return candidates and self._reduced(candidates, relaxed=False)

    def _explained(self, constraints: Sequence[Constraint]) -> Conflict:
        """Return them with the ways out: those that do with all rules, else those out of this clash."""
        asked = {constraint: self._short(constraint, constraints) for constraint in constraints}
        here = self._ways(constraints)
        if not self._effort.over:
            self._elastic = self._made_elastic(self._inputs)
            ways = self._ways(constraints)
            together = () if ways else self._together()
            if ways or together:
                return Conflict(asked, self._sure, True, ways, together)
        return Conflict(asked, self._sure, False, here, ())

    def _ways(self, constraints: Sequence[Constraint]) -> tuple[Way, ...]:
        found = (self._alone(one) for one in constraints if not self._stays(one))
        return self._easiest_first(self._once(way for way in found if way))

    def _filter(self, *, relaxed: bool) -> list[Constraint] | None:
        """Hold what gives way until nothing is left that could: what is held then clashes."""
        held: list[Constraint] = []
        while True:
            broken = self._elastic.least(held, self._effort, relaxed=relaxed)
            if broken.result.status == "infeasible":
                return held
            if not broken.amounts:
                return None
            held += broken.amounts

    def _reduced(self, constraints: Sequence[Constraint], *, relaxed: bool) -> list[Constraint]:
        """Leave out every constraint without which the rest still clash."""
        order = sorted(constraints, key=lambda one: (self._soft[one].kept, one.codes))

        def clashing(kept: Sequence[Constraint]) -> bool | None:
            possible = self._elastic.possible(kept, self._effort, relaxed=relaxed)
            return None if possible is None else not possible

        kept, sure = deletion_filter(order, clashing)
        self._sure = self._sure and (relaxed or sure)
        return kept

    def _alone(self, constraint: Constraint) -> Way | None:
        """Return by how much one must give way if all others are kept; None: that is not enough."""
        alike = {constraint} | {
            one for one in self._elastic.constraints if self._same_setting(constraint, one)
        }
        broken = self._elastic.least(self._but(alike), self._effort)
        if broken.result.values is None:
            return None
        return _way(constraint, max(broken.amounts.values(), default=0.0), broken)

    def _together(self) -> tuple[Way, ...]:
        """Return few constraints that can give way together, and the least by which they must."""
        stays = [one for one in self._elastic.constraints if self._stays(one)]
        few = self._elastic.least(stays, self._effort, few=True)
        if few.result.values is None:
            return ()
        least = self._elastic.least(self._but(few.amounts), self._effort)
        amounts = few.amounts if least.result.values is None else least.amounts
        return self._easiest_first(_way(one, amount, least) for one, amount in amounts.items())

    def _short(self, constraint: Constraint, constraints: Sequence[Constraint]) -> float:
        """Return by how much a constraint must give way for the others of the set alone."""
        if constraint.group not in {("", "budget"), ("", "floor")}:
            return 0.0
        others = [other for other in constraints if other is not constraint]
        broken = self._elastic.least(others, self._effort, priced=[constraint])
        return broken.amounts.get(constraint, 0.0)

    def _but(self, let_go: Collection[Constraint]) -> list[Constraint]:
        return [constraint for constraint in self._elastic.constraints if constraint not in let_go]

    def _stays(self, constraint: Constraint) -> bool:
        """Return whether no way out touches a constraint: a rule as a whole, or what has happened."""
        soft = self._soft[constraint]
        return soft is WHOLE or (soft.happened and constraint.codes[0] in happened(self._inputs.case))

    def _same_setting(self, constraint: Constraint, other: Constraint) -> bool:
        return constraint.group == other.group and self._soft[constraint].setting

    def _once(self, ways: Iterable[Way]) -> list[Way]:
        """Leave out ways that change the same setting again."""
        seen: dict[object, Way] = {}
        for way in ways:
            setting = self._soft[way.constraint].setting
            seen.setdefault(way.constraint.group if setting else way.constraint, way)
        return list(seen.values())

    def _easiest_first(self, ways: Iterable[Way]) -> tuple[Way, ...]:
        def effort(way: Way) -> tuple[float, float, tuple[str, ...]]:
            offered = self._soft[way.constraint].offered
            return inf if offered is None else offered, way.amount, way.constraint.codes

        return tuple(sorted(ways, key=effort))


def _way(constraint: Constraint, amount: float, broken: Violations) -> Way:
    return Way(constraint, amount, broken.starts.get(constraint.codes[0]) if constraint.codes else None)


def deletion_filter(
    items: Sequence[T], clashing: Callable[[Sequence[T]], bool | None]
) -> tuple[list[T], bool]:
    """Leave out, from the last, everything without which the rest still clash.

    The deletion filter: Chinneck, "Feasibility and Infeasibility in Optimization" (2008).

    Parameters
    ----------
    items : sequence
        Rules or constraints that clash, each once.
    clashing : callable
        Whether some of them clash; None where that is not known.

    Returns
    -------
    list
        Of them, in their order.
    bool
        Whether it is known of each that the rest can be kept without it.
    """
    kept, sure = list(items), True
    for item in reversed(items):
        rest = [other for other in kept if other is not item]
        clash = clashing(rest)
        sure = sure and clash is not None
        kept = rest if clash else kept
    return kept, sure
