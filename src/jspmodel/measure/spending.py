"""Spending rules: what share of spending goes, or may go, to some programmes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.once import shared_once
from jspmodel.measure.wide import plain_rows, unless_blank
from jspmodel.measure.years import horizon
from jspmodel.plan import Payment
from jspmodel.scenario import Scenario

SELECTED_BY = ("dimension", "urusan", "spending_kind")
"""Columns of programmes and of rules: a rule counts the programmes that have what it names in each."""
NOISE = 1e-9
"""Rp billion that count as nothing."""


@dataclass(frozen=True)
class SpendingRule:
    """A row of ``spending_rules`` that holds.

    Attributes
    ----------
    code : str
    least : bool
        Whether the share is the least (``min``); else it is the most (``max``).
    share : float
        In 0-1.
    programs : frozenset of str
        Whose spending is counted, of the whole case.
    funds : frozenset of str
        In whose spending the share is.
    every_fund : bool
        Whether those are all funds of the case.
    amount, total : float
        What is spent a year outside the plan on the same, and on all (Rp billion); 0 where blank.
    years : tuple of int
        Of the horizon.
    """

    code: str
    least: bool
    share: float
    programs: frozenset[str]
    funds: frozenset[str]
    every_fund: bool
    amount: float
    total: float
    years: tuple[int, ...]

    def short(self, counted: float, spent: float) -> float:
        """Return by how many Rp billion a year misses the share; 0 or less: not at all.

        Parameters
        ----------
        counted, spent : float
            What the plan spends from the funds in a year on the programmes counted, and on all.
        """
        over = self.amount + counted - self.share * (self.total + spent)
        return -over if self.least else over

    @property
    def lacking(self) -> float:
        """What spending outside the plan misses of the share: above 0 the plan has to make up for it."""
        return self.short(0.0, 0.0)


@dataclass(frozen=True)
class SpendingShare:
    """How full a rule is in a year.

    Attributes
    ----------
    rule : SpendingRule
    year : int
    counted, spent : float
        Rp billion, the plan and what is spent outside it.
    """

    rule: SpendingRule
    year: int
    counted: float
    spent: float

    @property
    def share(self) -> float | None:
        """The share in 0-1; None where nothing is spent."""
        return self.counted / self.spent if self.spent > NOISE else None


@shared_once
def spending_rules(case: Case, scenario: Scenario) -> tuple[SpendingRule, ...]:
    """Return the spending rules that hold under a scenario, in table order.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    tuple of SpendingRule
        Those that the scenario names; all where it names none.
    """
    if case.spending_rules.empty:
        return ()
    years, asked = horizon(case, scenario), scenario.spending_rules
    return tuple(
        _rule(row, case, years)
        for row in plain_rows(case.spending_rules)
        if asked is None or row.spending_rule in asked
    )


def _rule(row: Any, case: Case, years: tuple[int, ...]) -> SpendingRule:
    funds = funds_of(row, case.funds)
    return SpendingRule(
        code=row.spending_rule,
        least=row.bound == "min",
        share=row.share,
        programs=programs_of(row, case.programs),
        funds=funds,
        every_fund=len(funds) == len(case.funds),
        amount=unless_blank(row.base_amount, 0.0),
        total=unless_blank(row.base_total, 0.0),
        years=tuple(
            year
            for year in years
            if unless_blank(row.from_year, -inf) <= year <= unless_blank(row.to_year, inf)
        ),
    )


def programs_of(row: Any, programs: pd.DataFrame) -> frozenset[str]:
    """Return the programmes that a row of ``spending_rules`` counts: all of what it names they must have."""
    asked = {column: getattr(row, column) for column in SELECTED_BY if getattr(row, column)}
    return frozenset(
        program.program
        for program in plain_rows(programs)
        if all(getattr(program, column) == value for column, value in asked.items())
        and (program.minimum_service or not row.minimum_service)
    )


def funds_of(row: Any, funds: pd.DataFrame) -> frozenset[str]:
    """Return the funds that a row of ``spending_rules`` is about; all where it names none."""
    return frozenset(
        fund.fund
        for fund in plain_rows(funds)
        if row.fund in ("", fund.fund)
        and row.fund_kind in ("", fund.kind)
        and row.region in ("", fund.holder)
    )


def spending_shares(case: Case, scenario: Scenario, payments: Iterable[Payment]) -> tuple[SpendingShare, ...]:
    """Return how full each rule is in each of its years.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    payments : iterable of Payment
        Of a plan.

    Returns
    -------
    tuple of SpendingShare
        By rule and year.
    """
    paid = list(payments)
    return tuple(
        _share(rule, year, [item for item in paid if item.year == year and item.fund in rule.funds])
        for rule in spending_rules(case, scenario)
        for year in rule.years
    )


def _share(rule: SpendingRule, year: int, paid: list[Payment]) -> SpendingShare:
    counted = sum(item.amount for item in paid if item.program in rule.programs)
    return SpendingShare(rule, year, rule.amount + counted, rule.total + sum(item.amount for item in paid))
