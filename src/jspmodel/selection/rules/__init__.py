"""The rules of a plan, a module each: rows, audit, what a planner can change of it, reasons."""

from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import PlanView
from jspmodel.selection.rules import (
    closed_years,
    coalition_volume,
    cofunding_shares,
    costs_paid,
    eligible_regions,
    equity,
    excludes,
    fund_budgets,
    fund_rules,
    horizon,
    known_codes,
    locked_in,
    locked_out,
    mandatory_regions,
    maturity,
    max_parallel,
    min_regions,
    new_systems,
    options,
    programs_per_dimension,
    province_scope,
    quick_wins,
    readiness,
    region_funds,
    requires,
    spending_rules,
    staff_limits,
    start_window,
    terms_of_office,
)
from jspmodel.selection.rules.left_out import Part, setting_free
from jspmodel.selection.rules.rule import (
    Constraint,
    Demand,
    LinearSolution,
    Reason,
    Relaxation,
    Rule,
    Shortage,
    Values,
)
from jspmodel.selection.variables import Family, Rows, Variables, label, read_label, times, total

RULES: tuple[Rule, ...] = (
    known_codes.RULE,
    start_window.RULE,
    closed_years.RULE,
    horizon.RULE,
    terms_of_office.RULE,
    eligible_regions.RULE,
    province_scope.RULE,
    mandatory_regions.RULE,
    min_regions.RULE,
    coalition_volume.RULE,
    maturity.RULE,
    locked_in.RULE,
    locked_out.RULE,
    requires.RULE,
    excludes.RULE,
    options.RULE,
    max_parallel.RULE,
    staff_limits.RULE,
    quick_wins.RULE,
    programs_per_dimension.RULE,
    new_systems.RULE,
    costs_paid.RULE,
    fund_budgets.RULE,
    fund_rules.RULE,
    readiness.RULE,
    region_funds.RULE,
    cofunding_shares.RULE,
    spending_rules.RULE,
    equity.RULE,
)
"""All rules, in the order in which the model states them and the audit judges."""

RELAXATIONS = {relaxation.kind: relaxation for rule in RULES for relaxation in rule.relaxations}
"""What a planner can change, by kind of constraint."""
STATED = {relaxation.row: relaxation for relaxation in RELAXATIONS.values() if relaxation.row}
"""The same by the kind of the rows that state it."""


def constraint_of(name: str) -> Constraint | None:
    """Return the constraint that a row states, read from its name; None: no planner can change it."""
    row, codes = read_label(name)
    relaxation = STATED.get(row)
    return None if relaxation is None else Constraint(relaxation.kind, codes[: len(relaxation.codes)])


def rule_parts(case: Case, scenario: Scenario) -> Iterator[tuple[Rule, Part]]:
    """Yield what can be left out: each rule that the scenario has switched on, or each of its parts.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Yields
    ------
    tuple of (Rule, Part)
        In the order of ``RULES``. A rule that names no parts is left out as a whole, by the settings that
        switch it off; one that says nothing among the assumptions has nothing to say of this case.
    """
    for rule in RULES:
        if rule.parts is not None:
            yield from ((rule, part) for part in rule.parts(case, scenario))
            continue
        off = rule.off or (rule.demands.off if rule.demands else {})
        is_on = any(getattr(scenario, key) != value for key, value in off.items())
        if is_on and (rule.assumes is None or any(rule.assumes(case, scenario))):
            yield rule, Part("", "", setting_free(**off))


__all__ = [
    "RELAXATIONS",
    "RULES",
    "STATED",
    "Constraint",
    "Demand",
    "Family",
    "Inputs",
    "LinearSolution",
    "Part",
    "PlanView",
    "Reason",
    "Relaxation",
    "Rows",
    "Rule",
    "Shortage",
    "Values",
    "Variables",
    "constraint_of",
    "label",
    "rule_parts",
    "times",
    "total",
]
