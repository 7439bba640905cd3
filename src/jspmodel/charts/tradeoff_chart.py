"""The front of two objectives: plans, and where a better one may still lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import BLUE, TRACK, VERMILION, WIDTH, validated_whole
from jspmodel.figures import ObjectiveWords, front_title
from jspmodel.scenario import Language
from jspmodel.text import Table, say

if TYPE_CHECKING:  # what searches by several objectives is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation, ParetoFront

_HEIGHT = 320
_ROOM = 0.08
"""Part of the range of the points that is left free around them."""


def tradeoff(case: Case, found: Explanation | None, language: Language) -> alt.LayerChart | None:
    """Draw the front of two objectives that an explanation has.

    Parameters
    ----------
    case : Case
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    LayerChart or None
        None (a notebook then shows nothing) where that was not asked.
    """
    return None if found is None or found.tradeoff is None else front(case, found.tradeoff, language)


@validated_whole
def front(case: Case, found: ParetoFront, language: Language) -> alt.LayerChart:
    """Draw a front of two objectives.

    Parameters
    ----------
    case : Case
    found : ParetoFront
        As ``pareto_front`` returns it.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Dots are plans, the diamond is the present one; in what is grey a better plan may lie, anywhere else
        it is proven that there is none.
    """
    words = [ObjectiveWords(case, one, language) for one in found.objectives]
    message = Message(
        front_title(case, found, language),
        say("tradeoff.chart_note", language),
        _table(found, words, language),
    )
    return with_message(_draw(found, words), message, language)


def _draw(found: ParetoFront, words: list[ObjectiveWords]) -> alt.LayerChart:
    points = pd.DataFrame([one.values for one in found.points], columns=["x", "y"], dtype=float)
    present = pd.DataFrame([found.present], columns=["x", "y"], dtype=float)
    known = pd.concat([points, present])
    (left, right), (low, high) = (
        _ends(known[name], bound) for name, bound in zip("xy", found.bounds, strict=True)
    )
    boxes = pd.DataFrame(
        [
            (
                *sorted(_within(a, left, right) for a in one.first),
                *sorted(_within(b, low, high) for b in one.second),
            )
            for one in found.boxes
        ],
        columns=["x", "x2", "y", "y2"],
        dtype=float,
    )
    x = alt.X("x:Q", title=words[0].heading, scale=alt.Scale(domain=[left, right], nice=False))
    y = alt.Y(
        "y:Q",
        title=words[1].heading,
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(tickCount=5, domain=False),
    )
    layers = [
        alt.Chart(boxes)
        .mark_rect(color=TRACK, stroke=TRACK, strokeWidth=1)
        .encode(x=x, x2="x2:Q", y=y, y2="y2:Q"),
        alt.Chart(points).mark_point(filled=True, size=60, color=BLUE, opacity=1).encode(x=x, y=y),
        alt.Chart(present)
        .mark_point(filled=True, size=110, shape="diamond", color=VERMILION, opacity=1)
        .encode(x=x, y=y),
    ]
    return alt.LayerChart(layer=layers).properties(
        width=WIDTH, height=_HEIGHT, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )


def _ends(values: pd.Series[float], bound: float) -> tuple[float, float]:
    """Return the ends of an axis: the points, what no plan exceeds, and some room."""
    low, high = min(values.min(), bound), max(values.max(), bound)
    room = _ROOM * (high - low) or 1.0
    return float(low - room), float(high + room)


def _within(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))


def _table(found: ParetoFront, words: list[ObjectiveWords], language: Language) -> Table:
    first, second = words
    rows = tuple(
        (first.value(one.values[0]), second.value(one.values[1]), first.end(one.values[0], one.bound))
        for one in found.points
    )
    columns = (first.heading, second.heading, say("tradeoff.column_proven", language))
    return Table(columns, rows, (True, True, True))
