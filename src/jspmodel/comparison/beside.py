"""Runs side by side as charts, and how to read them."""

from __future__ import annotations

import altair as alt

from jspmodel.charts import scenario_impact, scenario_regions
from jspmodel.comparison.comparison import Comparison
from jspmodel.comparison.titles import first_title, region_names, run_titles
from jspmodel.pages import Fragment, fragment
from jspmodel.scenario import Language
from jspmodel.text import say

_NOTES = ("measure", "proof", "regret", "regions", "reason")


def comparison_impact(comparison: Comparison, language: Language) -> alt.LayerChart:
    """Draw what each run is worth, and how much more was still possible.

    Parameters
    ----------
    comparison : Comparison
    language : {"id", "en"}

    Returns
    -------
    LayerChart
    """
    titles = run_titles(comparison, language)
    return scenario_impact(comparison.runs, comparison.differences, titles, language)


def comparison_regions(comparison: Comparison, language: Language) -> alt.LayerChart:
    """Draw what each run means for each region.

    Parameters
    ----------
    comparison : Comparison
    language : {"id", "en"}

    Returns
    -------
    LayerChart
    """
    titles, gains = run_titles(comparison, language), comparison.differences
    alike = list(gains.loc[gains["verdict"] != "other_measure", "run"])
    return scenario_regions(comparison.regions, titles, region_names(comparison), language, alike)


def comparison_reading(comparison: Comparison, language: Language) -> Fragment:
    """Return how to read a comparison, and what it does not say.

    Parameters
    ----------
    comparison : Comparison
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    first = first_title(comparison, language)
    notes = [say(f"compare.note_{note}", language, first=first) for note in _NOTES]
    title = say("compare.reading", language)
    return fragment("compared_reading", title, language, notes=notes, anchor="reading")
