"""A conflict of rules as problems: what clashes, and the ways out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil

from jspmodel.case import NAMED_IN
from jspmodel.errors import Problem
from jspmodel.selection.infeasibility.irreducible import Conflict, Way
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.rules import RELAXATIONS, Constraint, Values
from jspmodel.selection.rules.rule import STEPS


@dataclass(frozen=True)
class Advice:
    """Puts a conflict into problems, all of them under the scenario's file.

    Attributes
    ----------
    inputs : Inputs
    floor : float
        Impact that the equity rule asks for in each region, in percent.
    """

    inputs: Inputs
    floor: float = 0.0
    _told: set[tuple[str, str]] = field(default_factory=set)

    def problems(self, conflict: Conflict) -> Iterator[Problem]:
        """Yield the rules that clash, then each way out that is enough, or the changes that are together.

        Parameters
        ----------
        conflict : Conflict

        Yields
        ------
        Problem
        """
        told = list(self._rules(conflict.rules))
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

    def _rules(self, rules: Mapping[Constraint, float]) -> Iterator[Problem]:
        dated = {rule.codes[0] for rule in rules if rule.kind == "lock_year"}
        for rule, short in rules.items():
            if not RELAXATIONS[rule.kind].merged or (rule.kind == "lock" and rule.codes[0] not in dated):
                values = {**self._named(rule), **self._asked(rule), "reach": round(self.floor - short, 2)}
                yield self._problem(f"clash_{rule.kind}", values)
        if out := [rule.codes[0] for rule in rules if rule.kind == "locked_out"]:
            yield self._problem("clash_locked_out", {"programs": self._names("programs", out)})
        lacking = ((rule, short) for rule, short in rules.items() if rule.kind == "budget")
        for year, short, funds in _alike(lacking):
            amounts = [self.inputs.budgets.get((fund, int(year)), 0.0) for fund in funds]
            values = {"funds": self._names("funds", funds), "year": int(year), "amount": sum(amounts)}
            code = "clash_budgets" if len(funds) > 1 else "clash_budget"
            yield self._problem(code, {**values, "short": short, "enough": sum(amounts) + short})

    def _ways(self, ways: Iterable[Way], *, either: bool) -> Iterator[Problem]:
        ways = list(ways)
        money = [(way.rule, way.amount) for way in ways if way.rule.kind == "budget"]
        for year, amount, funds in _alike(money) if either else _apart(money):
            values = {"funds": self._names("funds", funds), "year": int(year), "amount": amount}
            yield self._problem("way_budgets" if len(funds) > 1 else "way_budget", values)
        for way in ways:
            if way.rule.kind != "budget":
                values = {**self._named(way.rule), **self._asked(way.rule), **self._given(way)}
                yield self._problem(f"way_{way.rule.kind}", values)

    def _problem(self, code: str, values: Values) -> Problem:
        return Problem(code, f"{self.inputs.scenario.name}.yaml", values=values)

    def _named(self, rule: Constraint) -> Values:
        """Return what a rule's codes are called."""
        values: Values = {}
        for place, code in zip(RELAXATIONS[rule.kind].codes, rule.codes, strict=True):
            values[place] = self._names(NAMED_IN[place], [code])[0] if place in NAMED_IN else int(code)
        return values

    def _names(self, table: str, codes: Iterable[str]) -> list[str]:
        """Return codes, each with its name where it is told for the first time."""
        names = self.inputs.case.names(table, self.inputs.scenario.language)
        return [self._name(table, code, names.get(code, code)) for code in codes]

    def _name(self, table: str, code: str, name: str) -> str:
        if name == code or (table, code) in self._told:
            return code
        self._told.add((table, code))
        return f"{code} ({name})"

    def _asked(self, rule: Constraint) -> Values:
        """Return what a constraint asks for."""
        asked = RELAXATIONS[rule.kind].asks(self.inputs, rule.codes, self.floor)
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
        gives = RELAXATIONS[way.rule.kind].gives
        return {**plain, **gives(self.inputs, way.rule.codes, self.floor, amount)}


def _alike(money: Iterable[tuple[Constraint, float]]) -> Iterator[tuple[str, float, list[str]]]:
    """Yield year, amount and the funds that lack that amount, each on its own; the least first."""
    groups: dict[tuple[float, str], list[str]] = defaultdict(list)
    for rule, amount in money:
        fund, year = rule.codes
        groups[_up(amount), year].append(fund)
    for (amount, year), funds in sorted(groups.items()):
        yield year, amount, funds


def _apart(money: Iterable[tuple[Constraint, float]]) -> Iterator[tuple[str, float, list[str]]]:
    for rule, amount in money:
        fund, year = rule.codes
        yield year, _up(amount), [fund]


def _up(amount: float) -> float:
    return ceil(amount * STEPS - 1e-3) / STEPS
