"""Rules on the futures of a plan in two stages: they are all there is, and mean something in the case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.case_names import CaseNames
from jspmodel.intake.checks.scenario_values import setting_problem
from jspmodel.intake.checks.spelling import spelt_otherwise
from jspmodel.intake.nearest import nearest_code, nearest_word
from jspmodel.objective_kinds import COUNTS
from jspmodel.scenario import MOST_FUTURES, Scenario, TwoStage

SAME = 1e-6
"""By how much probabilities may miss 1: a third has no end in digits, 0.333333 is one."""
OF_DRAWS = ("budget_spread", "seed")
"""Settings that say how futures are drawn."""


def two_stage_problems(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check futures, if there are any: their probabilities, years, funds; and that the rules go with them.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Yields
    ------
    Problem
    """
    asked = scenario.two_stage
    if not asked.asked:
        return
    if asked.futures and asked.draws:
        yield setting_problem(scenario, "futures_twice", "two_stage.draws")
    if len(asked.futures) > MOST_FUTURES:
        told: dict[str, Any] = {"count": len(asked.futures), "limit": MOST_FUTURES}
        yield setting_problem(scenario, "futures_many", "two_stage.futures", **told)
    yield from _probabilities(scenario)
    yield from _years(case, scenario)
    yield from _funds(case, scenario)
    if scenario.equity.mode == "max_min":
        yield setting_problem(scenario, "max_min_one_plan", "equity.mode")
    if not COUNTS[scenario.objective].effects:
        for place, future in enumerate(asked.futures, 1):
            if future.effects != "likely":
                key = f"two_stage.futures[{place}].effects"
                effects: dict[str, Any] = {"objective": scenario.objective}
                yield setting_problem(scenario, "future_effects_count_nothing", key, **effects)


def check_idle_settings(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell of settings that play no part: of draws beside stated futures, and of all where there are none."""
    asked, plain = scenario.two_stage, TwoStage()
    idle: Iterable[str] = OF_DRAWS if asked.futures else () if asked.asked else TwoStage.model_fields
    for name in idle:
        if getattr(asked, name) != getattr(plain, name):
            yield setting_problem(
                scenario,
                "future_not_drawn" if asked.futures else "no_future_to_plan",
                f"two_stage.{name}",
                warning=True,
            )


def _probabilities(scenario: Scenario) -> Iterator[Problem]:
    futures = scenario.two_stage.futures
    total = sum(future.probability for future in futures)
    if futures and abs(total - 1) > SAME:
        parts = " + ".join(f"{future.probability:g}" for future in futures)
        yield setting_problem(scenario, "futures_probability", "two_stage.futures", total=total, parts=parts)
    names = Counter(future.name.strip() for future in futures)
    for place, future in enumerate(futures, 1):
        key = f"two_stage.futures[{place}]"
        if future.probability == 0:
            yield setting_problem(scenario, "future_impossible", f"{key}.probability")
        if not future.name.strip():
            yield setting_problem(scenario, "future_unnamed", f"{key}.name")
        elif names[future.name.strip()] > 1:
            yield setting_problem(scenario, "future_named_twice", f"{key}.name", name=future.name.strip())


def _years(case: Case, scenario: Scenario) -> Iterator[Problem]:
    asked, horizon = scenario.two_stage, measure.horizon(case, scenario)
    ends: dict[str, Any] = {"first": horizon[0], "last": horizon[-1]}
    news = asked.recourse_year
    if news is None:
        yield setting_problem(scenario, "recourse_year_missing", "two_stage.recourse_year", **ends)
        return
    if not horizon[0] <= news <= horizon[-1]:
        yield setting_problem(scenario, "recourse_year_outside", "two_stage.recourse_year", year=news, **ends)
    for place, future in enumerate(asked.futures, 1):
        begins = future.from_year
        if begins is not None and not news <= begins <= horizon[-1]:
            key = f"two_stage.futures[{place}].from_year"
            told: dict[str, Any] = {"year": begins, "first": news, "last": horizon[-1]}
            yield setting_problem(scenario, "future_year_outside", key, **told)


def _funds(case: Case, scenario: Scenario) -> Iterator[Problem]:
    if "funds" in measure.missing_for_plan(case):
        return
    names, by_name = case.names("funds", scenario.language), CaseNames(case)
    kinds = sorted({kind for kind in case.funds["kind"] if kind})
    for place, future in enumerate(scenario.two_stage.futures, 1):
        key = f"two_stage.futures[{place}]"
        for code in future.funds:
            if code in names:
                continue
            if flaw := by_name.doubt("funds", code):
                yield Problem(flaw.code, f"{scenario.name}.yaml", None, f"{key}.funds", flaw.values)
                continue
            told: dict[str, Any] = {"value": code, "table": "funds.csv", "nearest": nearest_code(code, names)}
            yield setting_problem(scenario, "unknown_code", f"{key}.funds", **told)
        for kind in future.kinds:
            if kind in kinds and (alike := spelt_otherwise(kind, kinds)):
                told = {"value": kind, "others": alike, "place": "funds.csv"}
                yield setting_problem(scenario, "spelt_otherwise", f"{key}.kinds", **told)
            elif kind not in kinds:
                told = {"value": kind, "kinds": ", ".join(kinds), "nearest": nearest_word(kind, kinds)}
                yield setting_problem(scenario, "future_fund_kind", f"{key}.kinds", **told)
