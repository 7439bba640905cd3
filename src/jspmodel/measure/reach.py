"""What programmes do, and where."""

from __future__ import annotations

from collections import defaultdict
from math import isnan, nan

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.once import once
from jspmodel.measure.wide import records, sums, wide
from jspmodel.scenario import Scenario

LEVEL_RANGE = (0.5, 1.5)
"""How far the effect of a level may be from what it stands for, as factors."""


@once
def effects(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return effect[p,i], the share of an issue's gap that a programme closes where it is carried out.

    Returns
    -------
    DataFrame of float in 0-1, programmes by issues
        In table order, 0 where the tables give none; a level stands for the scenario's value.
    """
    levels = scenario.effect_levels
    rows = records(case.program_effects, "program", "issue", "effect", "level")
    together = sums(
        ((program, issue), levels.get(level, nan) if isnan(effect) else effect)
        for program, issue, effect, level in rows
    )
    given = wide(together, case.programs["program"], case.issues["issue"], ("program", "issue"))
    return given.fillna(0.0)


def effect_ranges(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return the low, most likely and high effect of each row of ``program_effects``.

    A level without a range of its own reaches from half to one and a half of what it stands for, a rule of
    thumb of this project; a number without a range counts as certain.

    Returns
    -------
    DataFrame of float in 0-1, rows of program_effects by ``low``, ``mode``, ``high``
    """
    table = case.program_effects
    leveled = table["effect"].isna()
    mode = table["effect"].fillna(table["level"].map(scenario.effect_levels).astype(float)).fillna(0.0)
    low, high = (mode.where(~leveled, mode * factor).clip(upper=1) for factor in LEVEL_RANGE)
    return pd.DataFrame({"low": table["low"].fillna(low), "mode": mode, "high": table["high"].fillna(high)})


@once
def eligible_regions(case: Case) -> dict[str, tuple[str, ...]]:
    """Return which regions may take part in each programme.

    Returns
    -------
    dict of program to tuple of regions
        Every region for scope ``province``, else those of program_regions, in table order of the regions.
    """
    everyone = tuple(case.regions["region"].tolist())
    rows: dict[str, set[str]] = defaultdict(set)
    for program, region in records(case.program_regions, "program", "region"):
        rows[program].add(region)
    return {
        program: everyone if scope == "province" else tuple(r for r in everyone if r in rows.get(program, ()))
        for program, scope in records(case.programs, "program", "scope")
    }
