"""Rules on spending rules: that they say something, do not contradict each other, and can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import inf, isnan
from typing import Any

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.checks.cost_bounds import CostBounds
from jspmodel.intake.checks.spelling import spelt_otherwise
from jspmodel.intake.draft import Draft
from jspmodel.intake.nearest import nearest_word
from jspmodel.measure import SELECTED_BY, SpendingRule, plain_rows, unless_blank
from jspmodel.scenario import Scenario

TABLE, FILE = "spending_rules", "spending_rules.csv"
COUNTED = "dimension, urusan, spending_kind, minimum_service"
PAYING = "fund, fund_kind, region"
CLOSE = 1e-6
"""Shares, and Rp billion, that are the same."""


def check_spending_rows(draft: Draft) -> Iterator[Problem]:
    """Check that a rule says what it counts, of which funds, in which years, and both bases or none."""
    for row in plain_rows(draft[TABLE]):
        if not (row.minimum_service or any(getattr(row, column) for column in SELECTED_BY)):
            yield draft.problem("spending_counts_all", TABLE, row.Index, COUNTED)
        if row.from_year > row.to_year:
            years: dict[str, Any] = {"first": int(row.from_year), "last": int(row.to_year)}
            yield draft.problem("spending_years_reversed", TABLE, row.Index, "to_year", **years)
        yield from _base(draft, row)


def _base(draft: Draft, row: Any) -> Iterator[Problem]:
    blank = [column for column in ("base_amount", "base_total") if isnan(getattr(row, column))]
    if len(blank) == 1:
        (given,) = {"base_amount", "base_total"} - set(blank)
        yield draft.problem("spending_base_missing", TABLE, row.Index, blank[0], given=given)
    elif not blank and row.base_amount > row.base_total:
        values = {"part": row.base_amount, "whole": row.base_total}
        yield draft.problem("spending_base_reversed", TABLE, row.Index, "base_amount", **values)


def check_spending_reach(draft: Draft) -> Iterator[Problem]:
    """Check that a rule is about some fund, and counts some programme (else it may be misspelt)."""
    for row in plain_rows(draft[TABLE]):
        otherwise = spelt_otherwise(row.fund_kind, set(draft["funds"]["kind"]))
        if not measure.funds_of(row, draft["funds"]) and not otherwise:
            yield draft.problem("spending_no_fund", TABLE, row.Index, PAYING)
        if not measure.programs_of(row, draft["programs"]):
            yield from _nobody(draft, row)


def _nobody(draft: Draft, row: Any) -> Iterator[Problem]:
    """Yield the warning that no programme is counted, with the nearest value that one has."""
    for column in SELECTED_BY:
        value, known = getattr(row, column), set(draft["programs"][column]) - {""}
        if spelt_otherwise(value, known):
            return  # told by itself
        if value and value not in known and (near := nearest_word(value, sorted(known))):
            told = {"value": value, "nearest": near}
            yield draft.problem("spending_misspelt", TABLE, row.Index, column, warning=True, **told)
            return
    yield draft.problem("spending_no_program", TABLE, row.Index, COUNTED, warning=True)


@dataclass(frozen=True)
class _Asked:
    """A row, and what it is about."""

    row: Any
    programs: frozenset[str]
    funds: frozenset[str]

    @property
    def base(self) -> tuple[float, float]:
        """What is spent outside the plan on what it counts, and on all."""
        return unless_blank(self.row.base_amount, 0.0), unless_blank(self.row.base_total, 0.0)

    def beside(self, other: _Asked) -> bool:
        """Return whether both are shares of the same money in some year."""
        one, two = self.row, other.row
        first = max(unless_blank(one.from_year, -inf), unless_blank(two.from_year, -inf))
        last = min(unless_blank(one.to_year, inf), unless_blank(two.to_year, inf))
        return self.funds == other.funds and self.base[1] == other.base[1] and first <= last


def check_spending_contradictions(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that no rules of a scenario contradict each other whatever is spent.

    What one counts is part of what another counts, and must have more than that may; or several count
    different programmes and together must have more than all there is.
    """
    chosen = scenario.spending_rules
    asked = [
        _Asked(row, measure.programs_of(row, case.programs), measure.funds_of(row, case.funds))
        for row in plain_rows(case.spending_rules)
        if chosen is None or row.spending_rule in chosen
    ]
    for one, two in combinations(asked, 2):
        if one.beside(two) and (_more_than_may(one, two) or _more_than_may(two, one)):
            values: dict[str, Any] = {
                "rule": two.row.spending_rule,
                "own": round(100 * two.row.share, 2),
                "other": one.row.spending_rule,
                "percent": round(100 * one.row.share, 2),
            }
            yield Problem("spending_contradiction", FILE, None, "share", values)
    for together in _more_than_all(asked):
        values = {
            "rules": [one.row.spending_rule for one in together],
            "percent": round(100 * sum(one.row.share for one in together), 2),
        }
        yield Problem("spending_above_all", FILE, None, "share", values)


def _more_than_may(one: _Asked, two: _Asked) -> bool:
    """Return whether the least of the one is above the most of the other, of which it is part."""
    part = (
        one.row.bound == "min"
        and two.row.bound == "max"
        and bool(one.programs)
        and one.programs <= two.programs
    )
    return part and one.base[0] <= two.base[0] and one.row.share > two.row.share + CLOSE


def _more_than_all(asked: Iterable[_Asked]) -> Iterator[list[_Asked]]:
    """Yield rules that count different programmes and together must have more than all, each rule once.

    The largest shares first: then no two that are more than all are missed, as each stands by the other or by
    a larger one.
    """
    groups: list[list[_Asked]] = []
    for one in sorted(asked, key=lambda one: -one.row.share):
        if one.row.bound != "min":
            continue
        for group in groups:
            if all(one.beside(other) and not one.programs & other.programs for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    for group in groups:
        if sum(one.row.share for one in group) > 1 + CLOSE:
            yield sorted(group, key=lambda one: one.row.Index)


def check_spending_kept(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that a rule holds in some year of the plan, and can be kept in each: what is outside counts."""
    rules = measure.spending_rules(case, scenario)
    most = _most_costs(case, scenario) if any(rule.lacking > CLOSE for rule in rules) else {}
    for rule in rules:
        if not rule.years:
            yield Problem("spending_never", FILE, None, "from_year", {"rule": rule.code}, warning=True)
        elif rule.least and rule.share > 0 and not rule.programs and not rule.total > 0:
            values = {"rule": rule.code, "funds": sorted(rule.funds)}
            yield Problem("spending_closes_funds", FILE, None, COUNTED, values)
        elif rule.lacking > CLOSE:
            yield _short(rule, {year: _reach(case, scenario, rule, year, most) for year in rule.years})


def _most_costs(case: Case, scenario: Scenario) -> dict[tuple[str, int], float]:
    """Return what each programme can cost in each year at most."""
    return {
        (program, year): max(bill[year] for bill in bills)
        for program, bills in CostBounds(case, scenario).most().items()
        for year in bills[0]
    }


def _reach(
    case: Case, scenario: Scenario, rule: SpendingRule, year: int, most: dict[tuple[str, int], float]
) -> float:
    """Return how much the plan can spend at most on the side that a rule lacks, Rp billion."""
    budgets = measure.budgets(case, scenario)
    helping = (cost for (p, t), cost in most.items() if t == year and (p in rule.programs) == rule.least)
    return min(sum(budgets.get((fund, year), 0.0) for fund in rule.funds), sum(helping))


def _short(rule: SpendingRule, reach: dict[int, float]) -> Problem:
    """Return that the plan has to make up for what is spent outside it, or that it cannot."""
    by = {year: rule.short(most if rule.least else 0.0, most) for year, most in reach.items()}
    values: dict[str, Any] = {
        "rule": rule.code,
        "outside": round(100 * rule.amount / rule.total, 2),
        "percent": round(100 * rule.share, 2),
    }
    if never := [year for year, short in by.items() if short > CLOSE]:
        worst = max(never, key=lambda year: by[year])
        values |= {"years": never, "year": worst, "most": reach[worst], "short": by[worst]}
        return Problem("spending_out_of_reach", FILE, None, "share", values)
    needed = rule.lacking / (1 - rule.share if rule.least else rule.share)
    values |= {"years": list(reach), "needed": needed}
    where = FILE, None, "base_amount", values
    return Problem("spending_less_outside" if rule.least else "spending_more_outside", *where, warning=True)
