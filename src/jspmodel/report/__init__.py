"""The report: a decision, and its chapters, each a function of a decision and a language that returns HTML.

After the summary they follow the *telaahan staf*: Persoalan, Praanggapan, Fakta yang memengaruhi, Analisis,
Kesimpulan, Saran; an annex ends it. The charts between them come from ``jspmodel.charts``.
"""

from jspmodel.report.advice import advice as advice
from jspmodel.report.agencies import roles
from jspmodel.report.analysis import analysis, collaboration
from jspmodel.report.annex import annex, audit, terms
from jspmodel.report.annex import inputs_table as inputs_table
from jspmodel.report.annex import proof_table as proof_table
from jspmodel.report.annex import repeat_command as repeat_command
from jspmodel.report.annex import versions_table as versions_table
from jspmodel.report.approval_tables import approval_tables
from jspmodel.report.assumptions import assumption_sentences as assumption_sentences
from jspmodel.report.assumptions import assumptions
from jspmodel.report.budget_changes import budget_changes
from jspmodel.report.cofunding_kept import capacity_name as capacity_name
from jspmodel.report.cofunding_kept import cofunding_kept
from jspmodel.report.conclusion import conclusion
from jspmodel.report.council_matrix import matrix
from jspmodel.report.decision import Decision, decide
from jspmodel.report.decision import assemble as assemble
from jspmodel.report.decision import possible_plan as possible_plan
from jspmodel.report.draw_shares import draws
from jspmodel.report.executive_summary import caution as caution
from jspmodel.report.executive_summary import headline as headline
from jspmodel.report.executive_summary import key_figures as key_figures
from jspmodel.report.executive_summary import provenance as provenance
from jspmodel.report.executive_summary import summary
from jspmodel.report.facts import facts
from jspmodel.report.information_systems import systems
from jspmodel.report.issue_partners import partners
from jspmodel.report.my_region import my_region
from jspmodel.report.participants import joins
from jspmodel.report.problem import problem
from jspmodel.report.program_sheets import program_sheets
from jspmodel.report.recommendations import recommendations
from jspmodel.report.refusals import not_accommodated
from jspmodel.report.rule_costs import rule_prices
from jspmodel.report.shared_wording import case_title as case_title
from jspmodel.report.shared_wording import scenario_title as scenario_title
from jspmodel.report.spending_shares import spending_shares_kept
from jspmodel.report.staff_use import staff_use
from jspmodel.report.unspent_money import unspent_money
from jspmodel.report.who_pays import who_pays
from jspmodel.report.worked_example import worked_example

__all__ = [
    "Decision",
    "analysis",
    "annex",
    "approval_tables",
    "assumptions",
    "audit",
    "budget_changes",
    "cofunding_kept",
    "collaboration",
    "conclusion",
    "decide",
    "draws",
    "facts",
    "joins",
    "matrix",
    "my_region",
    "not_accommodated",
    "partners",
    "problem",
    "program_sheets",
    "recommendations",
    "roles",
    "rule_prices",
    "spending_shares_kept",
    "staff_use",
    "summary",
    "systems",
    "terms",
    "unspent_money",
    "who_pays",
    "worked_example",
]
