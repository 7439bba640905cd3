"""Charts: one function, one Altair chart, each with its message as title and its data as a table."""

from jspmodel import grammars  # noqa: F401 (before Altair)
from jspmodel.charts.budget_frontier import frontier
from jspmodel.charts.coalition_chances import coalition_chances
from jspmodel.charts.collaboration_map import collaboration_map
from jspmodel.charts.collaboration_matrix import collaboration_matrix
from jspmodel.charts.cost_shares import cost_shares
from jspmodel.charts.cost_shares import shares_data as shares_data
from jspmodel.charts.cost_years import cost_years
from jspmodel.charts.customary_chart import customary_plans
from jspmodel.charts.data_coverage import data_coverage
from jspmodel.charts.data_status import data_status
from jspmodel.charts.effect_ranges import effect_ranges
from jspmodel.charts.expectation_steps import expectation_steps
from jspmodel.charts.first_places import first_places
from jspmodel.charts.fitted import fitted as fitted
from jspmodel.charts.fitted import has_one_width as has_one_width
from jspmodel.charts.frontier_steps_chart import frontier_steps
from jspmodel.charts.funding import funding
from jspmodel.charts.gap_map import gap_map
from jspmodel.charts.gap_matrix import gap_matrix
from jspmodel.charts.indicator_fans import indicator_fans
from jspmodel.charts.indicator_paths import indicator_paths
from jspmodel.charts.issue_network import issue_network
from jspmodel.charts.issue_scores import issue_scores
from jspmodel.charts.nested_chart import nested_plan
from jspmodel.charts.plan_change import plan_change
from jspmodel.charts.prerequisites import prerequisites
from jspmodel.charts.region_benefit import region_benefit
from jspmodel.charts.region_impact import region_impact
from jspmodel.charts.render import MIME as MIME
from jspmodel.charts.render import bundle as bundle
from jspmodel.charts.render import enable
from jspmodel.charts.render import png as png
from jspmodel.charts.render import svg as svg
from jspmodel.charts.roadmap import roadmap
from jspmodel.charts.scenario_impact import scenario_impact
from jspmodel.charts.scenario_regions import scenario_regions
from jspmodel.charts.tradeoff_chart import front, tradeoff
from jspmodel.charts.two_index_map import two_index_map
from jspmodel.charts.two_stage_chart import two_stage

__all__ = [
    "coalition_chances",
    "collaboration_map",
    "collaboration_matrix",
    "cost_shares",
    "cost_years",
    "customary_plans",
    "data_coverage",
    "data_status",
    "effect_ranges",
    "expectation_steps",
    "first_places",
    "front",
    "frontier",
    "frontier_steps",
    "funding",
    "gap_map",
    "gap_matrix",
    "indicator_fans",
    "indicator_paths",
    "issue_network",
    "issue_scores",
    "nested_plan",
    "plan_change",
    "prerequisites",
    "region_benefit",
    "region_impact",
    "roadmap",
    "scenario_impact",
    "scenario_regions",
    "tradeoff",
    "two_index_map",
    "two_stage",
]

enable()
