"""Rules on what is valid but futile: where there is nothing to choose, or nothing to gain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.checks.chances import open_starts, possible_starts
from jspmodel.intake.checks.cost_bounds import CostBounds
from jspmodel.intake.checks.scenario_values import setting_problem
from jspmodel.objective_kinds import COUNTS
from jspmodel.reproducible import dot
from jspmodel.scenario import Scenario

FAR = 1e7
"""Figures further apart than this blur in the solver, whose tolerances are 1e-6 to 1e-9."""


def check_choice(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that something is left to choose: not every programme is locked in or out."""
    decided = {lock.program for lock in scenario.locked_in} | set(scenario.locked_out)
    able = {program for program, starts in possible_starts(case, scenario).items() if starts}
    if able and able <= decided:
        yield setting_problem(scenario, "all_locked", "locked_in", warning=True, count=len(able))


def check_budgets(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that budgets are not above the cost of all programmes together in every year."""
    budgets = measure.budgets(case, scenario)
    bills = [bill for bill in CostBounds(case, scenario).most().values() if bill]
    most = sum(max(sum(years.values()) for years in bill) for bill in bills)
    enough = all(
        sum(amount for (_, when), amount in budgets.items() if when == year)
        >= sum(max(years[year] for years in bill) for bill in bills)
        for year in measure.horizon(case, scenario)
    )
    if most > 0 and enough:
        values = {"budget": sum(budgets.values()), "cost": most}
        yield Problem("budgets_above_costs", "fund_budgets.csv", None, "amount", values, warning=True)


def check_effects(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that a programme is worth something, whatever the priorities, or serves one that is.

    One serves that another requires or is complemented by, that raises maturity, trains staff, or
    retires a system.
    """
    links = case.program_links[case.program_links["kind"].isin(["requires", "complements"])]
    retires = case.program_systems[case.program_systems["action"] == "retires"]
    raising = case.programs[case.programs["raises_maturity"] > 0]
    training = case.program_staff[case.program_staff["phase"] == measure.TRAINS]
    serves = {*links["other"], *retires["program"], *raising["program"], *training["program"]}
    counts = COUNTS[scenario.objective]
    if counts.scores and (idle := [p for p in _without_score(case) if p not in serves]):
        yield Problem("no_score", "programs.csv", None, "score", {"programs": idle}, warning=True)
    if counts.effects and (idle := [p for p in _without_effect(case, scenario) if p not in serves]):
        yield Problem("no_effect", "program_effects.csv", None, "effect", {"programs": idle}, warning=True)


def _without_score(case: Case) -> list[str]:
    """Return programmes without a score; where none has one, another rule tells."""
    scored = case.programs["score"] > 0
    return list(case.programs.loc[~scored, "program"]) if scored.any() else []


def _without_effect(case: Case, scenario: Scenario) -> list[str]:
    """Return programmes without an effect where there is a need.

    Where a programme has no region, another rule tells.
    """
    # Where all issues count already, the same settings: their needs are known.
    every = scenario.priority_issues is None
    everything = scenario if every else scenario.model_copy(update={"priority_issues": None})
    needs, eligible = measure.needs(case, everything), measure.eligible_regions(case)
    effects = measure.effects(case, scenario)[needs.index]
    helps = dict(zip(effects.index, dot(effects.to_numpy(), needs.to_numpy()) > 0, strict=True))
    place = {region: column for column, region in enumerate(needs.columns)}
    return [p for p, regions in eligible.items() if regions and not any(helps[p][place[r]] for r in regions)]


def check_funds(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that a fund with a budget may pay for some programme that could start."""
    able = open_starts(case, scenario)
    eligible, held = measure.eligible_regions(case), measure.holders(case)
    used = {
        fund
        for program, funds in measure.payers(case).items()
        if program in able
        for fund in funds
        if fund not in held or held[fund] in eligible[program]
    }
    given = {fund for (fund, _), amount in measure.budgets(case, scenario).items() if amount > 0}
    for fund in case.funds["fund"]:
        if fund in given - used:
            yield Problem("fund_pays_nothing", "fund_rules.csv", None, "fund", {"fund": fund}, warning=True)


def check_scales(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that figures that the solver adds up are not too far apart."""
    money = chain(case.program_costs["amount"], measure.budgets(case, scenario).values())
    columns = {
        ("program_costs.csv", "amount"): money,
        ("program_regions.csv", "volume"): case.program_regions["volume"],
        ("programs.csv", "score"): case.programs["score"],
        ("regions.csv", "population"): case.regions["population"],
        ("program_effects.csv", "effect"): case.program_effects["effect"],
    }
    for (file, column), figures in columns.items():
        known = [float(figure) for figure in figures if figure > 0]
        if known and max(known) > FAR * min(known):
            values = {"smallest": min(known), "largest": max(known)}
            yield Problem("figures_far_apart", file, None, column, values, warning=True)
