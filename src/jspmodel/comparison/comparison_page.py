"""A comparison as people get it: a page in each language and a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
from markupsafe import Markup

from jspmodel.comparison.attribution_tables import comparison_attribution
from jspmodel.comparison.beside import (
    comparison_impact,
    comparison_reading,
    comparison_regions,
)
from jspmodel.comparison.cause_tables import comparison_causes
from jspmodel.comparison.comparison import Comparison
from jspmodel.comparison.program_tables import program_matrix
from jspmodel.comparison.summary_screen import comparison_summary
from jspmodel.pages import chart_html, fragment, standalone_html
from jspmodel.runs import write_atomically
from jspmodel.scenario import Language
from jspmodel.text import say

_SECTIONS = {
    "worth": "compare",
    "programs": "compare",
    "causes": "compare",
    "parts": "attribution",
    "regions": "compare",
    "reading": "compare",
}
"""Anchors of the page, and the texts that have their headings."""


def write_comparison(comparison: Comparison, out: Path, languages: tuple[Language, ...]) -> tuple[Path, ...]:
    """Write the pages of a comparison.

    Parameters
    ----------
    comparison : Comparison
    out : Path
        Without ending: ``<out>.<language>.html`` are written. Pages of both languages link to each other.
    languages : tuple of {"id", "en"}

    Returns
    -------
    tuple of Path

    Raises
    ------
    RunError
        If a file may not be written.
    """
    files = tuple(out.with_name(f"{out.name}.{language}.html") for language in languages)
    names = {language: file.name for language, file in zip(languages, files, strict=True)}
    for language, file in zip(languages, files, strict=True):
        twin = next((name for spoken, name in names.items() if spoken != language), "")
        write_atomically(file, comparison_page(comparison, language, twin=twin))
    return files


def comparison_page(comparison: Comparison, language: Language, *, twin: str = "") -> str:
    """Return the page of a comparison.

    Parameters
    ----------
    comparison : Comparison
    language : {"id", "en"}
    twin : str
        File name of the page in the other language; empty: none.

    Returns
    -------
    str
    """
    summary, parts = comparison_summary(comparison, language), comparison_attribution(comparison, language)
    body = [
        summary.html,
        _heading("worth", language),
        _drawn(comparison_impact(comparison, language), language),
        program_matrix(comparison, language).html,
        comparison_causes(comparison, language).html,
        *([parts.html] if comparison.asked else []),
        _heading("regions", language),
        _drawn(comparison_regions(comparison, language), language),
        comparison_reading(comparison, language).html,
    ]
    sections = tuple(
        (f"#{anchor}", say(f"{file}.{anchor}", language))
        for anchor, file in _SECTIONS.items()
        if anchor != "parts" or comparison.asked
    )
    return standalone_html(
        summary.title,
        Markup("\n").join(Markup(part) for part in body),  # noqa: S704
        language,
        sections=sections,
        twin=twin,
        footer=say("compare.footer", language),
        live=True,
    )


def _heading(anchor: str, language: Language) -> str:
    title = say(f"compare.{anchor}", language)
    return fragment("compared_reading", title, language, notes=[], anchor=anchor).html


def _drawn(chart: alt.LayerChart, language: Language) -> str:
    spec: dict[str, Any] = chart.to_dict()
    return chart_html(spec, language)
