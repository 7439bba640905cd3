"""A plan at a glance: what is expected of it, what is proven, four figures, the roadmap and the map."""

from __future__ import annotations

from markupsafe import Markup

from jspmodel.case import Case
from jspmodel.charts import gap_map, roadmap
from jspmodel.pages import chart_html, fragment
from jspmodel.plan import Plan
from jspmodel.report import assemble, caution, headline, key_figures, provenance
from jspmodel.scenario import Language, Scenario
from jspmodel.text import proof_sentence


def plan_glance(case: Case, scenario: Scenario, plan: Plan, language: Language) -> str:
    """Return a plan as HTML, in the words and figures of the report's first screen.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    str
        Everything from the tables escaped.
    """
    decision = assemble(case, scenario, plan)
    charts = (chart(case, scenario, plan, language) for chart in (roadmap, gap_map))
    return fragment(
        "glance",
        headline(decision, language),
        language,
        provenance=provenance(decision, language),
        figures=key_figures(decision, language),
        proof=proof_sentence(plan, language),
        caution=caution(decision, language),
        charts=[Markup(chart_html(chart.to_dict(), language)) for chart in charts],  # noqa: S704
    ).html
