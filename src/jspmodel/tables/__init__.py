"""Tables for notebooks and reports: each a function that returns HTML."""

from jspmodel.tables.answers import Answer as Answer
from jspmodel.tables.area_type_tables import area_type_sentences as area_type_sentences
from jspmodel.tables.area_type_tables import area_type_table
from jspmodel.tables.area_type_tables import issue_weights_by_type as issue_weights_by_type
from jspmodel.tables.budget_step_tables import frontier_steps_table
from jspmodel.tables.channel_tables import channel_table
from jspmodel.tables.coalition_tables import coalition_table
from jspmodel.tables.cost_sharing_tables import game_table, shares_table, sharing_table
from jspmodel.tables.criteria_tables import weights_table, without_table
from jspmodel.tables.customary_tables import customary_table
from jspmodel.tables.data_quality_tables import indicator_table, quality_table, source_table
from jspmodel.tables.eligibility_tables import eligibility_table
from jspmodel.tables.explanation_answers import explanation_answers as explanation_answers
from jspmodel.tables.future_tables import gain_table, promise_table, regret_table, target_table
from jspmodel.tables.hedging_tables import hedges_table
from jspmodel.tables.hedging_tables import scenario_name as scenario_name
from jspmodel.tables.importance_tables import alternatives_table, forced_in_table, importance_table
from jspmodel.tables.importance_tables import program_sentences as program_sentences
from jspmodel.tables.issue_and_region_tables import ranked_table as ranked_table
from jspmodel.tables.issue_and_region_tables import ranking_table, region_table, tie_table
from jspmodel.tables.issue_and_region_tables import tie_reason as tie_reason
from jspmodel.tables.maturity_tables import maturity_table
from jspmodel.tables.nested_tables import nested_table
from jspmodel.tables.network_tables import network_table
from jspmodel.tables.partner_tables import partner_table
from jspmodel.tables.payer_tables import payer_table
from jspmodel.tables.pledge_tables import pledge_table
from jspmodel.tables.portfolio_tables import missed_table, portfolio_table
from jspmodel.tables.presence_sentences import presence_sentences as presence_sentences
from jspmodel.tables.price_tables import next_table, price_table
from jspmodel.tables.proposal_tables import cost_table, effect_table
from jspmodel.tables.realisation_tables import CHANGE_COLUMNS as CHANGE_COLUMNS
from jspmodel.tables.realisation_tables import change_rows as change_rows
from jspmodel.tables.realisation_tables import realisation_table, replan_table
from jspmodel.tables.replanning import replan_changes as replan_changes
from jspmodel.tables.replanning import slip_cost as slip_cost
from jspmodel.tables.replanning import years_compared as years_compared
from jspmodel.tables.robust_portfolio_tables import core_table
from jspmodel.tables.robust_portfolio_tables import role_word as role_word
from jspmodel.tables.role_tables import role_overview as role_overview
from jspmodel.tables.role_tables import role_table
from jspmodel.tables.system_tables import fate_table as fate_table
from jspmodel.tables.system_tables import system_sentences as system_sentences
from jspmodel.tables.system_tables import system_table
from jspmodel.tables.system_tables import system_title as system_title
from jspmodel.tables.threshold_tables import threshold_table
from jspmodel.tables.tradeoff_tables import compromise_answer as compromise_answer
from jspmodel.tables.tradeoff_tables import front_answer as front_answer
from jspmodel.tables.tradeoff_tables import payoff_answer as payoff_answer
from jspmodel.tables.tradeoff_tables import tradeoff_table
from jspmodel.tables.two_stage_tables import starts_by_future as starts_by_future
from jspmodel.tables.two_stage_tables import two_stage_table
from jspmodel.tables.uncertain_effect_tables import certainty_table
from jspmodel.tables.why_not_program import why_not_sentences as why_not_sentences
from jspmodel.tables.why_not_tables import why_not_table
from jspmodel.tables.why_not_words import is_felt as is_felt
from jspmodel.tables.why_not_words import obstacles_told as obstacles_told
from jspmodel.tables.why_not_words import state_of as state_of

__all__ = [
    "alternatives_table",
    "area_type_table",
    "certainty_table",
    "channel_table",
    "coalition_table",
    "core_table",
    "cost_table",
    "customary_table",
    "effect_table",
    "eligibility_table",
    "forced_in_table",
    "frontier_steps_table",
    "gain_table",
    "game_table",
    "hedges_table",
    "importance_table",
    "indicator_table",
    "maturity_table",
    "missed_table",
    "nested_table",
    "network_table",
    "next_table",
    "partner_table",
    "payer_table",
    "pledge_table",
    "portfolio_table",
    "price_table",
    "promise_table",
    "quality_table",
    "ranking_table",
    "realisation_table",
    "region_table",
    "regret_table",
    "replan_table",
    "role_table",
    "shares_table",
    "sharing_table",
    "source_table",
    "system_table",
    "target_table",
    "threshold_table",
    "tie_table",
    "tradeoff_table",
    "two_stage_table",
    "weights_table",
    "why_not_table",
    "without_table",
]
