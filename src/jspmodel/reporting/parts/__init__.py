"""The parts of the report: each a function of a decision and a language that returns HTML.

After the summary they follow the *telaahan staf*: Persoalan, Praanggapan, Fakta yang mempengaruhi, Analisis,
Kesimpulan, Saran; an annex ends it. The charts between them come from ``jspmodel.charts``.
The functions ``*_table`` show one step of the way in a notebook, before there is a decision.
"""

from jspmodel.reporting.parts.analysis import analysis, collaboration, not_accommodated
from jspmodel.reporting.parts.annex import annex
from jspmodel.reporting.parts.assumptions import assumptions
from jspmodel.reporting.parts.burden import burden
from jspmodel.reporting.parts.channels import channel_table
from jspmodel.reporting.parts.coalitions import coalition_table
from jspmodel.reporting.parts.compared import comparison_summary
from jspmodel.reporting.parts.compared_beside import comparison_impact, comparison_reading, comparison_regions
from jspmodel.reporting.parts.compared_causes import comparison_causes
from jspmodel.reporting.parts.compared_programs import program_matrix
from jspmodel.reporting.parts.conclusion import conclusion
from jspmodel.reporting.parts.cuts import budget_changes
from jspmodel.reporting.parts.draws import draws
from jspmodel.reporting.parts.eligibility import eligibility_table
from jspmodel.reporting.parts.facts import facts
from jspmodel.reporting.parts.futures import gain_table, promise_table, regret_table, target_table
from jspmodel.reporting.parts.helpdesk import partner_table
from jspmodel.reporting.parts.joins import joins
from jspmodel.reporting.parts.maturity import maturity_table
from jspmodel.reporting.parts.network import network_table
from jspmodel.reporting.parts.overview import overview
from jspmodel.reporting.parts.partners import partners
from jspmodel.reporting.parts.payers import payer_table
from jspmodel.reporting.parts.pledges import pledge_table
from jspmodel.reporting.parts.portfolio import missed_table, portfolio_table
from jspmodel.reporting.parts.prices import next_table, price_table
from jspmodel.reporting.parts.problem import problem
from jspmodel.reporting.parts.proposals import cost_table, effect_table
from jspmodel.reporting.parts.quality import indicator_table, quality_table, source_table
from jspmodel.reporting.parts.recommendations import recommendations
from jspmodel.reporting.parts.roles import role_table, roles
from jspmodel.reporting.parts.sharing import shares_table, sharing_table
from jspmodel.reporting.parts.summary import summary
from jspmodel.reporting.parts.systems import system_table, systems
from jspmodel.reporting.parts.tables import ranking_table, region_table, tie_table
from jspmodel.reporting.parts.thresholds import threshold_table
from jspmodel.reporting.parts.weights import weights_table, without_table

__all__ = [
    "analysis",
    "annex",
    "assumptions",
    "budget_changes",
    "burden",
    "channel_table",
    "coalition_table",
    "collaboration",
    "comparison_causes",
    "comparison_impact",
    "comparison_reading",
    "comparison_regions",
    "comparison_summary",
    "conclusion",
    "cost_table",
    "draws",
    "effect_table",
    "eligibility_table",
    "facts",
    "gain_table",
    "indicator_table",
    "joins",
    "maturity_table",
    "missed_table",
    "network_table",
    "next_table",
    "not_accommodated",
    "overview",
    "partner_table",
    "partners",
    "payer_table",
    "pledge_table",
    "portfolio_table",
    "price_table",
    "problem",
    "program_matrix",
    "promise_table",
    "quality_table",
    "ranking_table",
    "recommendations",
    "region_table",
    "regret_table",
    "role_table",
    "roles",
    "shares_table",
    "sharing_table",
    "source_table",
    "summary",
    "system_table",
    "systems",
    "target_table",
    "threshold_table",
    "tie_table",
    "weights_table",
    "without_table",
]
