"""A plan that somebody brings, judged by the same audit and the same measure as ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
import pulp

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Audit, Check, Choice, Payment, Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.formulation import Model
from jspmodel.selection.plan_audit import TOLERANCE, audit
from jspmodel.selection.search import DIGITS, DOUBT
from jspmodel.selection.variables import Pair, Rows, label, total

MISSING = 100.0
"""How much worse a missing rupiah is than one from the most doubtful fund."""
OFF_SHARE = 10.0
"""The same of a rupiah by which a spending rule is missed, or what a region must bear of its own part."""

Key = tuple[str, str, int]
Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a plan that somebody brings is worth.

    Attributes
    ----------
    audit : Audit
        Every rule and the objective, recomputed from the tables; ``costs_paid`` is broken where money is
        missing.
    cost : float
        Rp billion over the horizon.
    missing : dict of (program, year) to float
        Rp billion that no fund may or can pay, when the funds are used in the best way.
    payments : tuple of Payment
        Who pays the rest: as in our plan where it is the same, else agreed money first, pledges last.
    regions : Series of float by region
        Percent of each region's own weighted gap closed; NaN where it has no need.
    behind : float or None
        How much better our plan is (percentage points, or score points); None without a plan of ours.
    """

    audit: Audit
    cost: float
    missing: dict[tuple[str, int], float]
    payments: tuple[Payment, ...]
    regions: pd.Series[float]
    behind: float | None

    @property
    def broken(self) -> tuple[Check, ...]:
        """The rules that the plan breaks."""
        return tuple(check for check in self.audit.checks if check.worst > TOLERANCE)


@computed_once()
def evaluate(
    case: Case, scenario: Scenario, choices: Sequence[Choice], ours: Plan | None = None
) -> Evaluation:
    """Judge a plan that somebody brings: which rules it breaks, its impact, and what the difference is.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    choices : sequence of Choice
        Known programmes and regions, each programme once.
    ours : Plan, optional
        Our answer to the same case and scenario: gives the floor that its equity rule asks for, what the plan
        is compared with, and who pays where the plan is the same.

    Returns
    -------
    Evaluation
    """
    payer = _Payer(case, scenario, choices)
    same = ours is not None and _alike(choices) == _alike(ours.choices)
    payments, missing = (ours.funding, {}) if ours and same else payer.pay()
    floor = ours.equity.floor if ours and ours.equity else 0.0
    verdict = audit(case, scenario, choices, payments, floor=floor)
    return Evaluation(
        audit=verdict,
        cost=payer.cost,
        missing=missing,
        payments=payments,
        regions=measure.measure_of(case, scenario).impact(choices).by_region,
        behind=None if ours is None else ours.objective - verdict.objective,
    )


def _alike(choices: Sequence[Choice]) -> set[tuple[str, int, frozenset[str]]]:
    """Return choices in a form that is the same however programmes and regions are ordered."""
    return {(choice.program, choice.start, frozenset(choice.regions)) for choice in choices}


class _Payer:
    """Pays for choices that are given, as far as the funds go.

    minimise sum_{p,f,t} doubt[f] pay[p,f,t] + MISSING sum_{p,t} missing[p,t] + OFF_SHARE sum of what spending
    rules, and the shares of regions, are missed by, subject to
    sum_f pay[p,f,t] + missing[p,t] = cost[p,t], sum_p pay[p,f,t] <= B[f,t], pay[p,f,t] <= max_share[p,f]
    cost[p,t], and for the funds of a region r:
    sum_{f of r} pay[p,f,t] <= own and shared cost of what it joins, and
    sum_{f of r} pay[p,f,t] + missed >= least share of its own cost.
    """

    def __init__(self, case: Case, scenario: Scenario, choices: Sequence[Choice]) -> None:
        years = measure.horizon(case, scenario)
        self._case, self._scenario = case, scenario
        self._joined = {choice.program: choice.regions for choice in choices}
        self._costs = {choice.program: measure.yearly_costs(case, choice, years) for choice in choices}
        self._due = {
            (program, int(year)): float(cost)
            for program, table in self._costs.items()
            for year, cost in table.sum().items()
            if cost > 0
        }
        self._budgets = measure.budgets(case, scenario)
        self._holder = dict(zip(case.funds["fund"], case.funds["holder"], strict=True))
        self._problem = pulp.LpProblem("payments", pulp.LpMaximize)
        self._pay = {key: self._variable("pay", key, most) for key, most in self._limits()}
        self._short = {key: self._variable("missing", key, cost) for key, cost in self._due.items()}
        self._rules = [rule for rule in measure.spending_rules(case, scenario) if not rule.every_fund]
        self._off = {
            (rule.code, year): self._problem.add_variable(label("off_share", rule.code, year), 0)
            for rule in self._rules
            for year in rule.years
        }
        found = measure.contributions(case, scenario, choices, ())
        self._least = {(one.program, one.region, one.year): one.least for one in found}
        self._less = {key: self._variable("off_cofunding", key, most) for key, most in self._least.items()}

    @property
    def cost(self) -> float:
        return sum(self._due.values())

    def _variable(self, kind: str, key: tuple[object, ...], most: float) -> pulp.LpVariable:
        return self._problem.add_variable(label(kind, *key), 0, most)

    def pay(self) -> tuple[tuple[Payment, ...], dict[tuple[str, int], float]]:
        certainty = self._case.funds.set_index("fund")["certainty"]
        doubt = [(pay, -DOUBT[certainty[fund]]) for (_, fund, _), pay in self._pay.items()]
        missed = [(short, -MISSING) for short in self._short.values()]
        off = [(amount, -OFF_SHARE) for amount in (*self._off.values(), *self._less.values())]
        self._problem.setObjective(total(doubt, missed, off))
        for name, row in (
            *self._dues(),
            *self._funds(),
            *self._holders(),
            *self._cofunding(),
            *self._shares(),
        ):
            self._problem.addConstraint(row, name)
        model = Model(self._problem, self._scenario.solver)
        values = model.maximise(0.0).solution
        paid = {key: round(value, DIGITS) for key, value in model.read(values, self._pay).items()}
        short = {key: round(value, DIGITS) for key, value in model.read(values, self._short).items()}
        payments = tuple(
            Payment(program=p, fund=f, year=t, amount=amount)
            for (p, f, t), amount in paid.items()
            if amount > 0
        )
        return payments, {key: value for key, value in short.items() if value > 0}

    def _limits(self) -> Iterator[tuple[Key, float]]:
        """Yield what each fund may pay at most for a programme in a year, where it may pay at all."""
        shares, opens = measure.payers(self._case), measure.opening_years(self._case, self._scenario)
        for (program, year), cost in self._due.items():
            for fund, share in shares[program].items():
                most = min(share * cost, self._budgets.get((fund, year), 0.0))
                if most > 0 and year >= opens.get((program, fund), year):
                    yield (program, fund, year), most

    def _dues(self) -> Rows:
        paid = self._sums(lambda program, _, year: (program, year))
        for key, cost in self._due.items():
            yield label("due", *key), total(paid[key], [(self._short[key], 1.0)]) == cost

    def _funds(self) -> Rows:
        for key, paid in self._sums(lambda _, fund, year: (fund, year)).items():
            yield label("fund", *key), total(paid) <= self._budgets[key]

    def _holders(self) -> Rows:
        sums = self._sums(lambda program, fund, year: (program, self._holder[fund], year))
        for (program, region, year), paid in sums.items():
            if region:
                parts, joined = self._costs[program][year], region in self._joined[program]
                own = parts.get(region, 0.0) + parts.get("", 0.0) if joined else 0.0
                yield label("holder", program, region, year), total(paid) <= own

    def _cofunding(self) -> Rows:
        sums = self._sums(lambda program, fund, year: (program, self._holder[fund], year))
        for key, least in self._least.items():
            row = total(sums.get(key, ()), [(self._less[key], 1.0)])
            yield label("cofunding", *key), row >= least

    def _shares(self) -> Rows:
        """Yield what payments make of spending rules: where all funds count, costs alone say it."""
        for rule in self._rules:
            sign = 1.0 if rule.least else -1.0
            for year in rule.years:
                paid = [
                    (pay, sign * ((program in rule.programs) - rule.share))
                    for (program, fund, t), pay in self._pay.items()
                    if t == year and fund in rule.funds
                ]
                row = total(paid, [(self._off[rule.code, year], 1.0)])
                yield label("share", rule.code, year), row >= rule.lacking

    def _sums(self, group: Callable[[str, str, int], Group]) -> dict[Group, list[Pair]]:
        """Return the payments of each group."""
        result: dict[Group, list[Pair]] = defaultdict(list)
        for key, pay in self._pay.items():
            result[group(*key)].append((pay, 1.0))
        return result
