"""A conflict of rules as problems: what clashes, and the ways out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil

from jspmodel.case import NAMED_IN
from jspmodel.errors import Problem
from jspmodel.selection.infeasibility.irreducible import Conflict, Way
from jspmodel.selection.infeasibility.soft import Soft
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.rules import Constraint, Values
from jspmodel.selection.rules.rule import STEPS


@dataclass(frozen=True)
class Advice:
    """Puts a conflict into problems, all of them under the scenario's file.

    Attributes
    ----------
    inputs : Inputs
    floor : float
        Impact that the equity rule asks for in each region, in percent.
    soft : Soft
        What could be let go.
    """

    inputs: Inputs
    floor: float = 0.0
    soft: Soft = field(default_factory=Soft)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def problems(self, conflict: Conflict) -> Iterator[Problem]:
        """Yield what clashes, then each way out that is enough, or the changes that are together.

        Parameters
        ----------
        conflict : Conflict

        Yields
        ------
        Problem
        """
        told = list(self._constraints(conflict.constraints))
        whole = "clash" if len(told) > 1 else "clash_of_one"
        yield self._problem(whole if conflict.irreducible else "clash_not_reduced", {"count": len(told)})
        yield from told
        if conflict.ways:
            yield self._problem("ways_alone" if conflict.whole else "ways_here", {})
        elif conflict.together:
            yield self._problem("ways_together", {"count": len(conflict.together)})
        yield from self._ways(conflict.ways or conflict.together, either=bool(conflict.ways))
        if not self.floor and self.inputs.scenario.equity.mode == "floor":
            yield self._problem("floor_comes_after", {})

    def way(self, way: Way) -> Problem:
        """Return one way out."""
        return next(self._ways([way], either=True))

    def _constraints(self, constraints: Mapping[Constraint, float]) -> Iterator[Problem]:
        dated = {one.codes[0] for one in constraints if one.group == ("", "lock_year")}
        for one, short in constraints.items():
            if one.own:
                yield self._problem("clash_own_rule", {"rule": self._own(one)})
            elif not self.soft[one].merged or (one.kind == "lock" and one.codes[0] not in dated):
                values = {**self._code_names(one), **self._asked(one), "reach": round(self.floor - short, 2)}
                yield self._problem(f"clash_{one.kind}", values)
        if out := [one.codes[0] for one in constraints if one.group == ("", "locked_out")]:
            yield self._problem("clash_locked_out", {"programs": self._names("programs", out)})
        lacking = ((one, short) for one, short in constraints.items() if one.group == ("", "budget"))
        for year, short, funds in _alike(lacking):
            amounts = [self.inputs.budgets.get((fund, int(year)), 0.0) for fund in funds]
            values = {"funds": self._names("funds", funds), "year": int(year), "amount": sum(amounts)}
            code = "clash_budgets" if len(funds) > 1 else "clash_budget"
            yield self._problem(code, {**values, "short": short, "enough": sum(amounts) + short})

    def _ways(self, ways: Iterable[Way], *, either: bool) -> Iterator[Problem]:
        ways = list(ways)
        money = [(way.constraint, way.amount) for way in ways if way.constraint.group == ("", "budget")]
        for year, amount, funds in _alike(money) if either else _apart(money):
            values = {"funds": self._names("funds", funds), "year": int(year), "amount": amount}
            yield self._problem("way_budgets" if len(funds) > 1 else "way_budget", values)
        for way in ways:
            one = way.constraint
            if one.own:
                yield self._problem("way_own_rule", {"rule": self._own(one), "amount": _up(way.amount)})
            elif one.kind != "budget":
                values = {**self._code_names(one), **self._asked(one), **self._given(way)}
                yield self._problem(f"way_{one.kind}", values)

    def _own(self, constraint: Constraint) -> str:
        """Return the name of a rule of somebody's own, and what names the constraint that it makes."""
        named = [str(name) for name in self._code_names(constraint).values()]
        return f"{constraint.own} ({', '.join(named)})" if named else constraint.own

    def _problem(self, code: str, values: Values) -> Problem:
        return Problem(code, f"{self.inputs.scenario.name}.yaml", values=values)

    def _code_names(self, constraint: Constraint) -> Values:
        """Return what a constraint's codes are called."""
        values: Values = {}
        for place, code in zip(self.soft[constraint].codes, constraint.codes, strict=True):
            values[place] = self._name_of(place, code)
        return values

    def _name_of(self, place: str, code: str) -> str | int:
        if place in NAMED_IN:
            return self._names(NAMED_IN[place], [code])[0]
        return int(code) if place == "year" else code

    def _names(self, table: str, codes: Iterable[str]) -> list[str]:
        """Return codes, each with its name where it is told for the first time."""
        names = self.inputs.case.names(table, self.inputs.scenario.language)
        return [self._name(table, code, names.get(code, code)) for code in codes]

    def _name(self, table: str, code: str, name: str) -> str:
        if name == code or (table, code) in self._told:
            return code
        self._told.add((table, code))
        return f"{code} ({name})"

    def _asked(self, constraint: Constraint) -> Values:
        """Return what a constraint asks for."""
        asked = self.soft[constraint].asks(self.inputs, constraint.codes, self.floor)
        if "funds" in asked:
            asked["funds"] = self._names("funds", asked["funds"])
        return asked

    def _given(self, way: Way) -> Values:
        """Return what would do instead."""
        amount = way.amount
        plain = {
            "amount": _up(amount),
            "levels": _up(amount),
            "count": ceil(amount - 1e-6),
            "start": way.start,
        }
        gives = self.soft[way.constraint].gives
        return {**plain, **gives(self.inputs, way.constraint.codes, self.floor, amount)}


def _alike(money: Iterable[tuple[Constraint, float]]) -> Iterator[tuple[str, float, list[str]]]:
    """Yield year, amount and the funds that lack that amount, each on its own; the least first."""
    groups: dict[tuple[float, str], list[str]] = defaultdict(list)
    for constraint, amount in money:
        fund, year = constraint.codes
        groups[_up(amount), year].append(fund)
    for (amount, year), funds in sorted(groups.items()):
        yield year, amount, funds


def _apart(money: Iterable[tuple[Constraint, float]]) -> Iterator[tuple[str, float, list[str]]]:
    for constraint, amount in money:
        fund, year = constraint.codes
        yield year, _up(amount), [fund]


def _up(amount: float) -> float:
    return ceil(amount * STEPS - 1e-3) / STEPS
