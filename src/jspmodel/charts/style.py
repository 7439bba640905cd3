"""What all charts share: colours that the colour-blind tell apart, fonts, number format, size."""

from __future__ import annotations

from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from jspmodel.scenario import Language

WIDTH = 640
FONT = "sans-serif"
INK = "#1b1f24"
MUTED = "#57606a"
RULE = "#d0d7de"
TRACK = "#d3d8de"
# Okabe and Ito (2008), Color Universal Design.
BLUE = "#0072b2"
VERMILION = "#d55e00"
SKY = "#56b4e9"

validated_whole = debug_mode(False)
"""Decorates what draws a chart: Altair validates it whole when it is shown, and not each part before."""

_NUMBERS: dict[Language, dict[str, Any]] = {
    "id": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp ", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["Rp ", ""]},
}


def config(language: Language) -> alt.Config:
    """Return the look of a chart.

    Parameters
    ----------
    language : {"id", "en"}
        Decides the marks in numbers on axes; d3 has no Indonesian format of its own.

    Returns
    -------
    altair.Config
    """
    axis = alt.AxisConfig(
        labelColor=MUTED,
        labelFontSize=12,
        titleColor=MUTED,
        titleFontSize=12,
        titleFontWeight="normal",
        gridColor=RULE,
        domainColor=RULE,
        tickColor=RULE,
    )
    return alt.Config(
        font=FONT,
        background="white",
        padding=4,
        locale=alt.Locale(number=alt.NumberLocale(**_NUMBERS[language])),
        axis=axis,
        # The chart's description and its table speak for it; a label on each mark would only be noise.
        mark=alt.MarkConfig(aria=False),
        legend=alt.LegendConfig(orient="top", title=None, labelFontSize=12, labelColor=INK, symbolSize=200),
        header=alt.HeaderConfig(
            title=None, labelAnchor="start", labelFontSize=13, labelColor=INK, labelLimit=WIDTH / 2
        ),
        title=alt.TitleConfig(
            anchor="start", color=INK, fontSize=16, subtitleColor=MUTED, subtitleFontSize=12, offset=12
        ),
        view=alt.ViewConfig(stroke=None),
    )
