"""Rules on types of area and what each weighs the criteria by."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.checks.scenario_values import setting_problem
from jspmodel.intake.draft import Draft
from jspmodel.intake.nearest import nearest_word
from jspmodel.scenario import Scenario

_KEY = "weights_by_area_type"


def check_type_weights(draft: Draft) -> Iterator[Problem]:
    """Check that a type of area weighs every criterion, some above 0, and that its weights add up."""
    criteria = [criterion for criterion in draft["criteria"]["criterion"] if criterion]
    table = draft["area_type_weights"]
    for kind, rows in table[table["area_type"] != ""].groupby("area_type", sort=False):
        first, total = rows.index[0], float(rows["weight"].sum())
        given = set(rows["criterion"])
        missing = [criterion for criterion in criteria if criterion not in given]
        if missing:
            values = {"area_type": kind, "criteria": missing}
            yield draft.problem("area_type_criteria", "area_type_weights", first, "criterion", **values)
        if rows["weight"].isna().any():
            continue
        if not total > 0:
            yield draft.problem("area_type_zero", "area_type_weights", first, "weight", area_type=kind)
        elif not missing and not measure.adds_up(total):
            told = {"area_type": kind, "total": total}
            yield draft.problem("area_type_sum", "area_type_weights", first, "weight", warning=True, **told)


def check_region_types(draft: Draft) -> Iterator[Problem]:
    """Check that the type of each region has weights where any type has, and that types have regions."""
    regions, table = draft["regions"], draft["area_type_weights"]
    weighed = [kind for kind in dict.fromkeys(table["area_type"]) if kind]
    if not weighed:
        return
    for index, kind in regions["area_type"].items():
        if kind and kind not in weighed:
            told = {"value": kind, "nearest": nearest_word(kind, weighed)}
            yield draft.problem("area_type_unknown", "regions", index, "area_type", **told)
    for kind in weighed:
        if kind not in set(regions["area_type"]):
            first = table.index[table["area_type"] == kind][0]
            yield draft.problem(
                "area_type_unused", "area_type_weights", first, "area_type", warning=True, area_type=kind
            )


def check_weighing(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that weights by type of area mean something where a scenario asks for them."""
    if not scenario.weights_by_area_type:
        return
    typed = case.regions["area_type"] != ""
    if scenario.criteria_weights:
        yield setting_problem(scenario, "area_types_and_criteria", "criteria_weights")
    if case.area_type_weights.empty:
        yield setting_problem(scenario, "area_types_without_weights", _KEY)
    elif not typed.any():
        yield setting_problem(scenario, "area_types_nowhere", _KEY)
    else:
        yield from _odd(case, scenario)


def _odd(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Yield what the weights of types leave out."""
    types = measure.area_types(case, scenario)
    general = [region for region, kind in types.items() if not kind]
    if general:
        yield setting_problem(scenario, "regions_without_area_type", _KEY, warning=True, regions=general)
    if case.issue_scores.empty:
        yield setting_problem(scenario, "area_types_without_scores", _KEY, warning=True)
    known = set(case.issues["issue"])
    if isinstance(scenario.priority_issues, list) and not known.intersection(scenario.priority_issues):
        return  # said of priority_issues already
    for kind in dict.fromkeys(types):
        if kind and measure.weights(case, scenario, kind).isna().any():
            yield setting_problem(scenario, "area_type_scores_zero", _KEY, area_type=kind)
