"""What rules of a fund take from programmes that they do not name, told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jspmodel.errors import Problem
from jspmodel.intake.checks.paying_funds import (
    RULE_COLUMNS,
    FundRule,
    cost_places,
    rules_by_fund,
    told_programs,
)
from jspmodel.intake.draft import Draft
from jspmodel.measure import records

_FEW = 0.2
"""Below which part of all programmes a fund pays for few."""


def check_few_named(draft: Draft) -> Iterator[Problem]:
    """Tell of funds that pay for few programmes because a row with a share above 0 names those alone.

    "CSR: at most half of P001" is often meant of every programme. A row that names neither programme nor
    dimension says what holds for the others, a ``source`` that the rule was looked up: then nothing is told.
    """
    costly = set(cost_places(draft)) & set(draft["programs"]["program"])
    budgets, rules = records(draft["fund_budgets"], "fund", "amount"), rules_by_fund(draft)
    few: dict[str, list[str]] = {}
    for fund in dict.fromkeys(fund for fund, amount in budgets if amount > 0):
        named = _named_alone(rules.get(fund, ()))
        if named and len(named) < _FEW * len(costly):
            few[fund] = told_programs(draft, named)
    if few:
        told = [f"{fund} ({', '.join(programs)})" for fund, programs in few.items()]
        values = {"funds": told, "fund": next(iter(few))}
        yield Problem("fund_pays_few", "fund_rules.csv", None, RULE_COLUMNS, values, warning=True)


def _named_alone(rules: Iterable[FundRule]) -> list[str]:
    """Return the programmes that a fund pays for where it pays for no other; none where more is said."""
    named = []
    for rule in rules:
        allows = not rule.max_share <= 0  # NaN, no share that is said, does
        wide = rule.program == ""
        if (wide and (allows or rule.dimension == "")) or (allows and rule.source != ""):
            return []
        if allows:
            named.append(rule.program)
    return named
