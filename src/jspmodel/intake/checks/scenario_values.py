"""Rules on a scenario's settings: that they mean something in its case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.case_names import CaseNames
from jspmodel.intake.checks.costs_and_funds import money_limit
from jspmodel.intake.nearest import nearest_code, nearest_word
from jspmodel.measure import plain_rows
from jspmodel.objective_kinds import COUNTS
from jspmodel.scenario import Scenario

LARGE = 10.0
"""Factor from which on percent may be meant."""


def check_years(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that years named are in the horizon; one that has no budget either is an error."""
    horizon, budgeted = measure.horizon(case, scenario), set(case.fund_budgets["year"])
    named: dict[str, Iterable[int]] = {
        "closed_years": scenario.closed_years,
        "budget_scale.years": scenario.budget_scale.years,
        "year_weights": scenario.year_weights or (),
    }
    for key, years in named.items():
        for year in years:
            if year not in horizon:
                values = {"year": year, "first": horizon[0], "last": horizon[-1]}
                yield setting_problem(scenario, "year_outside", key, warning=year in budgeted, **values)
    if scenario.year_weights and not sum(scenario.year_weights.get(year, 0) for year in horizon) > 0:
        yield setting_problem(scenario, "year_weights_zero", "year_weights")


def check_codes(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that codes that settings name stand in the tables."""
    issues, by_name = scenario.priority_issues, CaseNames(case)
    named: dict[str, tuple[str, Iterable[str]]] = {
        "priority_issues": ("issues", issues if isinstance(issues, list) else ()),
        "criteria_weights": ("criteria", scenario.criteria_weights),
        "budget_scale.funds": ("funds", scenario.budget_scale.funds),
        "replan.unspent_funds": ("funds", scenario.replan.unspent_funds),
        "spending_rules": ("spending_rules", scenario.spending_rules or ()),
        "locked_in": ("programs", [lock.program for lock in scenario.locked_in]),
        "locked_in.regions": ("regions", [region for lock in scenario.locked_in for region in lock.regions]),
        "locked_out": ("programs", scenario.locked_out),
    }
    for key, (table, codes) in named.items():
        if table in measure.missing_for_plan(case):
            continue  # what has yet to come knows no code
        names = case.names(table, scenario.language)
        for code in dict.fromkeys(codes):
            if code not in names and (flaw := by_name.doubt(table, code)):
                yield Problem(flaw.code, f"{scenario.name}.yaml", None, key, flaw.values)
            elif code not in names:
                values: dict[str, Any] = {
                    "value": code,
                    "table": f"{table}.csv",
                    "nearest": nearest_code(code, names),
                }
                yield setting_problem(scenario, "unknown_code", key, **values)


def check_priorities(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that some issues count, and not more than there are."""
    chosen, count = scenario.priority_issues, len(case.issues)
    if isinstance(chosen, list) and not chosen:
        yield setting_problem(scenario, "no_priorities", "priority_issues")
    if isinstance(chosen, int) and chosen > count:
        yield setting_problem(
            scenario, "few_issues", "priority_issues", warning=True, value=chosen, count=count
        )


def check_criteria(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that some criterion weighs more than 0, and that the weights that a scenario changes add up."""
    weights = {**case.criteria.set_index("criterion")["weight"], **scenario.criteria_weights}
    total = float(sum(weights.values()))
    if weights and not total > 0:
        yield setting_problem(scenario, "criteria_zero", "criteria_weights")
    elif scenario.criteria_weights and not measure.adds_up(total):
        yield setting_problem(scenario, "weights_sum_scenario", "criteria_weights", warning=True, total=total)


def check_scaled(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that budgets stay within what the tables may hold."""
    limit = money_limit()
    for (fund, year), amount in measure.budgets(case, scenario).items():
        if amount > limit:
            values: dict[str, Any] = {"fund": fund, "year": year, "amount": amount, "limit": limit}
            yield setting_problem(scenario, "scaled_too_large", "budget_scale", **values)


def check_factors(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell which factors are so large that percent may be meant: 90 for 0.9."""
    for key, factor in _factors(scenario):
        if factor >= LARGE:
            values: dict[str, Any] = {"value": factor, "share": f"{factor / 100:g}"}
            yield setting_problem(scenario, "factor_large", key, warning=True, **values)


def _factors(scenario: Scenario) -> Iterator[tuple[str, float]]:
    scale = scenario.budget_scale
    yield "budget_scale.all", scale.all
    yield from ((f"budget_scale.funds.{fund}", factor) for fund, factor in scale.funds.items())
    yield from ((f"budget_scale.years.{year}", factor) for year, factor in scale.years.items())
    for place, future in enumerate(scenario.two_stage.futures, 1):
        key = f"two_stage.futures[{place}]"
        yield f"{key}.budgets", future.budgets
        yield from ((f"{key}.funds.{fund}", factor) for fund, factor in future.funds.items())
        yield from ((f"{key}.kinds.{kind}", factor) for kind, factor in future.kinds.items())
        if not isinstance(future.effects, str):
            yield f"{key}.effects", future.effects


def check_levels(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that the scenario says what effect each level of the table stands for."""
    table = case.program_effects
    unknown = table[(table["level"] != "") & ~table["level"].isin(list(scenario.effect_levels))]
    for level, rows in unknown.groupby("level"):
        values = {
            "value": level,
            "programs": list(dict.fromkeys(rows["program"])),
            "choices": ", ".join(scenario.effect_levels),
            "nearest": nearest_word(level, scenario.effect_levels),
        }
        yield Problem("unknown_level", "program_effects.csv", None, "level", values)


def check_level_ranges(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that what a level stands for lies within the range that its row gives."""
    table = case.program_effects
    value = table["level"].map(scenario.effect_levels).astype(float)
    for row in plain_rows(table[(value < table["low"]) | (value > table["high"])]):
        values = {
            "program": row.program,
            "issue": row.issue,
            "level": row.level,
            "value": scenario.effect_levels[row.level],
        }
        yield Problem("level_outside_range", "program_effects.csv", None, "level", values)


def check_objective(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that the objective can be measured, and goes with the equity that is asked for."""
    counts = COUNTS[scenario.objective]
    if scenario.equity.mode != "off" and not counts.effects:
        told: dict[str, Any] = {"value": scenario.equity.mode, "objective": scenario.objective}
        yield setting_problem(scenario, "equity_with_objective", "equity.mode", **told)
    if counts.scores and not (case.programs["score"] > 0).any():
        yield setting_problem(scenario, "no_scores", "objective", warning=True)


def check_locks(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that a programme is locked in once, is not locked out too, and may have the regions named."""
    eligible, seen = measure.eligible_regions(case), set()
    yield from _locked_sizes(case, scenario)
    for lock in scenario.locked_in:
        if lock.program in seen:
            yield setting_problem(scenario, "locked_twice", "locked_in", program=lock.program)
        if lock.program in scenario.locked_out:
            yield setting_problem(scenario, "locked_in_and_out", "locked_out", program=lock.program)
        seen.add(lock.program)
        possible = eligible.get(lock.program, tuple(lock.regions))
        for region in lock.regions:
            if region not in possible and region in set(case.regions["region"]):
                values: dict[str, Any] = {"program": lock.program, "region": region}
                yield setting_problem(scenario, "locked_elsewhere", "locked_in.regions", **values)


def _locked_sizes(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Find locks of two sizes of one programme, of which a plan has one at most."""
    whole = {program: of or program for program, of in measure.records(case.programs, "program", "option_of")}
    first: dict[str, str] = {}
    for lock in scenario.locked_in:
        other = first.setdefault(whole.get(lock.program, lock.program), lock.program)
        if other != lock.program:
            values: dict[str, Any] = {"program": lock.program, "other": other}
            yield setting_problem(scenario, "locked_sizes", "locked_in", **values)


def setting_problem(
    scenario: Scenario, code: str, key: str, *, warning: bool = False, **values: object
) -> Problem:
    """Return a problem of a setting, by its dotted key."""
    return Problem(code, f"{scenario.name}.yaml", None, key, values, warning)
