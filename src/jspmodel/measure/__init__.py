"""What is measured: the arithmetic that all stages share, as pure functions.

Symbols are those of docs/model.md: i issues, r and s regions, p and o programmes, f funds, t years.
"""

from jspmodel.measure.area_types import area_types, region_weights, weighed_types
from jspmodel.measure.chains import spillover_chains, spillover_strength
from jspmodel.measure.cofunding import Contribution, cofunding_shares, contributions
from jspmodel.measure.distance import gaps, known_gaps, needs, shares, shares_among
from jspmodel.measure.impact import Impact, Measure, measure_of
from jspmodel.measure.money import budgets, holders, payers, restricted_funds, yearly_costs
from jspmodel.measure.once import computed_once, once, shared_once
from jspmodel.measure.pert import pert
from jspmodel.measure.plan_tables import PLAN_TABLES, missing_for_plan, require_plan_tables
from jspmodel.measure.priorities import (
    adds_up,
    criteria_total,
    criteria_weights,
    issue_scores,
    mean_scores,
    weights,
)
from jspmodel.measure.reach import effect_ranges, effects, eligible_regions
from jspmodel.measure.readiness import completion_years, opening_years, required_documents
from jspmodel.measure.region_ties import edges, joined_by_body, neighbours, similarity, tie_kinds
from jspmodel.measure.sizes import requirements, sized_as, sizes
from jspmodel.measure.spending import (
    SELECTED_BY,
    SpendingRule,
    SpendingShare,
    funds_of,
    programs_of,
    spending_rules,
    spending_shares,
)
from jspmodel.measure.staff import TRAINS, StaffNeed, StaffYear, staff_available, staff_needs, staff_years
from jspmodel.measure.wide import by, plain_rows, records, sums, unless_blank, with_rows
from jspmodel.measure.years import horizon, year_weights

__all__ = [
    "PLAN_TABLES",
    "SELECTED_BY",
    "TRAINS",
    "Contribution",
    "Impact",
    "Measure",
    "SpendingRule",
    "SpendingShare",
    "StaffNeed",
    "StaffYear",
    "adds_up",
    "area_types",
    "budgets",
    "by",
    "cofunding_shares",
    "completion_years",
    "computed_once",
    "contributions",
    "criteria_total",
    "criteria_weights",
    "edges",
    "effect_ranges",
    "effects",
    "eligible_regions",
    "funds_of",
    "gaps",
    "holders",
    "horizon",
    "issue_scores",
    "joined_by_body",
    "known_gaps",
    "mean_scores",
    "measure_of",
    "missing_for_plan",
    "needs",
    "neighbours",
    "once",
    "opening_years",
    "payers",
    "pert",
    "plain_rows",
    "programs_of",
    "records",
    "region_weights",
    "require_plan_tables",
    "required_documents",
    "requirements",
    "restricted_funds",
    "shared_once",
    "shares",
    "shares_among",
    "similarity",
    "sized_as",
    "sizes",
    "spending_rules",
    "spending_shares",
    "spillover_chains",
    "spillover_strength",
    "staff_available",
    "staff_needs",
    "staff_years",
    "sums",
    "tie_kinds",
    "unless_blank",
    "weighed_types",
    "weights",
    "with_rows",
    "year_weights",
    "yearly_costs",
]
