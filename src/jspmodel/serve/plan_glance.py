"""A plan at a glance: what is expected of it, what is proven, four figures, the roadmap and the map."""

from __future__ import annotations

from markupsafe import Markup

from jspmodel.case import Case
from jspmodel.charts import gap_map, roadmap
from jspmodel.pages import chart_html, fragment
from jspmodel.plan import Plan
from jspmodel.report import Decision, assemble, caution, headline, key_figures, provenance
from jspmodel.runs import draws_effects
from jspmodel.scenario import Language, Scenario
from jspmodel.text import money, number, proof_sentence, say


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
    levels = draws_effects(case, scenario)
    charts = (chart(case, scenario, plan, language) for chart in (roadmap, gap_map))
    return fragment(
        "glance",
        _headline_of_levels(decision, language) if levels else headline(decision, language),
        language,
        provenance=provenance(decision, language),
        figures=key_figures(decision, language)[1 if levels else 0 :],
        levels=_levels_note(decision, language) if levels else "",
        proof=proof_sentence(plan, language),
        caution=caution(decision, language),
        charts=[Markup(chart_html(chart.to_dict(), language)) for chart in charts],  # noqa: S704
    ).html


def _headline_of_levels(decision: Decision, language: Language) -> str:
    """Return the decision without a percent; how many programmes stay takes too long here."""
    told = decision.figures
    ceiling = money(told.ceiling, language)
    found = say("serve.glance_levels", language, ceiling=ceiling, n=told.selected, all=told.proposed)
    level = decision.plan.level
    return (
        say(f"report.headline_{level}", language, headline=found)
        if level in {"provisional", "open"}
        else found
    )


def _levels_note(decision: Decision, language: Language) -> str:
    figures = {**decision.expected._asdict(), "impact": decision.figures.impact}
    told = {name: number(value, language, 1) for name, value in figures.items()}
    return say("serve.levels_note", language, **told)
