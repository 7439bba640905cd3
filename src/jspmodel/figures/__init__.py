"""What is said of a case and a plan: pure functions, below charts and reports."""

from jspmodel.figures.budget_steps import BudgetStep, budget_steps, program_list, region_changes
from jspmodel.figures.carried_words import carried_sentences
from jspmodel.figures.case_readiness import lacking_for_plan, valid_for
from jspmodel.figures.cost_sharing import group, leaves, saving
from jspmodel.figures.customary_order import customary_name, customary_order, customary_word
from jspmodel.figures.data_overview import coverage, data_coverage, missing, statuses
from jspmodel.figures.default_dependence import default_dependence
from jspmodel.figures.exchangeable_payments import exchangeable_payments
from jspmodel.figures.findings import Findings, case_findings
from jspmodel.figures.future_words import future_name
from jspmodel.figures.indicators import (
    default_targets,
    figure,
    format_probability,
    panel_name,
    target_figure,
)
from jspmodel.figures.nested_order import (
    NestedOrder,
    NestedStep,
    budgets_without_plan,
    nested_order,
    nested_title,
    share_of,
)
from jspmodel.figures.objective_words import ObjectiveWords, front_title
from jspmodel.figures.plan_changes import PlanChanges, plan_changes
from jspmodel.figures.plan_figures import Figures, figures
from jspmodel.figures.plan_programs import change_of, joint_programs, programs_by_pair, row_order
from jspmodel.figures.priced_rules import PricedRule, priced_rules
from jspmodel.figures.program_meaning import lost_without, main_issues, supporting_agencies
from jspmodel.figures.project_indices import INDICES, ProjectIndices, project_indices
from jspmodel.figures.proposed_costs import effects_with_range, total_costs
from jspmodel.figures.provincial_impact import province_impact
from jspmodel.figures.realised import (
    Slip,
    absorption,
    realised_amounts,
    realised_outputs,
    region_amounts,
    slips,
)
from jspmodel.figures.row_statuses import STATUSES, rows_without_status, status_counts, table_title
from jspmodel.figures.scale_words import ScaleWords
from jspmodel.figures.unspent_budgets import Unspent, left_of_budgets, unspent_budgets
from jspmodel.figures.volume_chances import format_chance, is_sure, unit_of
from jspmodel.figures.warning_order import by_importance

__all__ = [
    "INDICES",
    "STATUSES",
    "BudgetStep",
    "Figures",
    "Findings",
    "NestedOrder",
    "NestedStep",
    "ObjectiveWords",
    "PlanChanges",
    "PricedRule",
    "ProjectIndices",
    "ScaleWords",
    "Slip",
    "Unspent",
    "absorption",
    "budget_steps",
    "budgets_without_plan",
    "by_importance",
    "carried_sentences",
    "case_findings",
    "change_of",
    "coverage",
    "customary_name",
    "customary_order",
    "customary_word",
    "data_coverage",
    "default_dependence",
    "default_targets",
    "effects_with_range",
    "exchangeable_payments",
    "figure",
    "figures",
    "format_chance",
    "format_probability",
    "front_title",
    "future_name",
    "group",
    "is_sure",
    "joint_programs",
    "lacking_for_plan",
    "leaves",
    "left_of_budgets",
    "lost_without",
    "main_issues",
    "missing",
    "nested_order",
    "nested_title",
    "panel_name",
    "plan_changes",
    "priced_rules",
    "program_list",
    "programs_by_pair",
    "project_indices",
    "province_impact",
    "realised_amounts",
    "realised_outputs",
    "region_amounts",
    "region_changes",
    "row_order",
    "rows_without_status",
    "saving",
    "share_of",
    "slips",
    "status_counts",
    "statuses",
    "supporting_agencies",
    "table_title",
    "target_figure",
    "total_costs",
    "unit_of",
    "unspent_budgets",
    "valid_for",
]
