"""The parts of the report: each a function of a decision and a language that returns HTML.

After the summary they follow the *telaahan staf*: Persoalan, Praanggapan, Fakta yang mempengaruhi, Analisis,
Kesimpulan, Saran; an annex ends it. The charts between them come from ``jspmodel.charts``.
"""

from jspmodel.reporting.parts.analysis import analysis, collaboration, not_accommodated
from jspmodel.reporting.parts.annex import annex
from jspmodel.reporting.parts.assumptions import assumptions
from jspmodel.reporting.parts.conclusion import conclusion
from jspmodel.reporting.parts.facts import facts
from jspmodel.reporting.parts.problem import problem
from jspmodel.reporting.parts.recommendations import recommendations
from jspmodel.reporting.parts.summary import summary

__all__ = [
    "analysis",
    "annex",
    "assumptions",
    "collaboration",
    "conclusion",
    "facts",
    "not_accommodated",
    "problem",
    "recommendations",
    "summary",
]
