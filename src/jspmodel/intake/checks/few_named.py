"""What rules of a fund take from programmes that they do not name, told once."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jspmodel.errors import Problem
from jspmodel.intake.checks.paying_funds import RULE_COLUMNS, cost_places, told_programs
from jspmodel.intake.draft import Draft

_FEW = 0.2
"""Below which part of all programmes a fund pays for few."""


def check_few_named(draft: Draft) -> Iterator[Problem]:
    """Tell of funds that pay for few programmes because a row with a share above 0 names those alone.

    "CSR: at most half of P001" is often meant of every programme. A row that names neither programme nor
    dimension says what holds for the others, a ``source`` that the rule was looked up: then nothing is told.
    """
    costly = set(cost_places(draft)) & set(draft["programs"]["program"])
    funds = draft["fund_budgets"].loc[draft["fund_budgets"]["amount"] > 0, "fund"]
    few: dict[str, list[str]] = {}
    for fund in dict.fromkeys(funds):
        named = _named_alone(draft["fund_rules"][draft["fund_rules"]["fund"] == fund])
        if named and len(named) < _FEW * len(costly):
            few[fund] = told_programs(draft, named)
    if few:
        told = [f"{fund} ({', '.join(programs)})" for fund, programs in few.items()]
        values = {"funds": told, "fund": next(iter(few))}
        yield Problem("fund_pays_few", "fund_rules.csv", None, RULE_COLUMNS, values, warning=True)


def _named_alone(rules: pd.DataFrame) -> list[str]:
    """Return the programmes that a fund pays for where it pays for no other; none where more is said."""
    allows = rules["max_share"].fillna(1.0) > 0
    wide = rules["program"] == ""
    said = (wide & (allows | (rules["dimension"] == ""))) | (allows & (rules["source"] != ""))
    return [] if said.any() else list(rules.loc[allows, "program"])
