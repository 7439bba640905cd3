"""The exact frontier: what the best plan known is worth at every budget, and what none exceeds, as steps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import BLUE, INK, MUTED, VERMILION, WIDTH, validated_whole
from jspmodel.figures import ScaleWords
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.text import Table, interval, number, say

if TYPE_CHECKING:  # what finds such a frontier is imported by whoever asks for that
    from jspmodel.selection.postoptimal import ExactFrontier, Explanation

_HEIGHT = 260


@validated_whole
def frontier_steps(plan: Plan, found: Explanation | None, language: Language) -> alt.LayerChart | None:
    """Draw at which budgets the best plan comes to be worth more, and what no plan exceeds.

    Parameters
    ----------
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    LayerChart or None
        Two step functions; where they meet, the best plan is proven. None (a notebook then shows nothing)
        where that was not asked, or no plan is known at any budget.
    """
    if found is None or found.frontier is None or not found.frontier.steps:
        return None
    frontier = found.frontier
    words = ScaleWords(frontier.today, frontier.money, language, frontier.carried)
    ends = {"least": words.up(frontier.steps[0].scale), "most": words.down(frontier.most)}
    key = "chart_title" if frontier.exact else "chart_title_found"
    title = say(f"budget_steps.{key}", language, n=len(frontier.steps) - 1, **ends)
    note = say("budget_steps.chart_note", language)
    message = Message(title, note, _table(frontier, words, language))
    return with_message(_draw(frontier, plan, words, language), message, language)


def _draw(frontier: ExactFrontier, plan: Plan, words: ScaleWords, language: Language) -> alt.LayerChart:
    best, most = (say(f"frontier.{kind}", language) for kind in ("best", "most"))
    data = pd.DataFrame(
        [
            *({"scale": scale, "worth": worth, "kind": best} for scale, worth in _known(frontier)),
            *({"scale": scale, "worth": worth, "kind": most} for scale, worth in _bounds(frontier)),
        ]
    )
    data = data.assign(percent=[words.percent(scale) for scale in data["scale"]])
    first, last = words.percent(frontier.least), words.percent(frontier.most)
    ends = alt.Scale(domain=[first, last], nice=False)
    axis = alt.Axis(tickCount=6, grid=False)
    x = alt.X("percent:Q", title=say("frontier.percent", language), scale=ends, axis=axis)
    low, high = data["worth"].min(), data["worth"].max()
    room = 0.12 * (high - low) or 1.0
    y = alt.Y(
        "worth:Q",
        title=say(f"frontier.worth_{plan.objective_kind}", language),
        scale=alt.Scale(domain=[max(0.0, low - room), high + room], nice=False),
        axis=alt.Axis(tickCount=4, domain=False),
    )
    legend = alt.Legend(columns=1, labelLimit=WIDTH / 2)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=[best, most], range=[BLUE, MUTED]), legend=legend)
    dash = alt.StrokeDash(
        "kind:N", scale=alt.Scale(domain=[best, most], range=[[1, 0], [5, 4]]), legend=legend
    )
    lines = {
        kind: alt.Chart(data[data["kind"] == kind]).encode(x=x, y=y, color=colour, strokeDash=dash)
        for kind in (best, most)
    }
    # What is proven holds up to its budget, what is known from its budget on.
    layers = [
        lines[most].mark_line(strokeWidth=2, interpolate="step-before"),
        lines[best].mark_line(strokeWidth=2.5, interpolate="step-after"),
    ]
    if frontier.least <= frontier.today <= frontier.most:
        here = alt.Chart(pd.DataFrame([{"percent": 100.0, "told": _here(frontier, language)}]))
        layers.append(here.mark_rule(color=VERMILION, size=1.5).encode(x=x))
        layers.append(
            here.mark_text(align="left", dx=6, dy=8, fontSize=13, fontWeight="bold", color=INK).encode(
                x=x, y=alt.value(0), text=alt.Text("told:N")
            )
        )
    return alt.LayerChart(layer=layers).properties(
        width=WIDTH, height=_HEIGHT, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )


def _known(frontier: ExactFrontier) -> Iterator[tuple[float, float]]:
    """Yield where the best plan known comes to be worth more, and the end of the range."""
    yield from ((step.scale, step.objective) for step in frontier.steps)
    yield frontier.most, frontier.steps[-1].objective


def _bounds(frontier: ExactFrontier) -> Iterator[tuple[float, float]]:
    """Yield up to where no plan is worth more; nothing where there is no plan, or nothing is proven."""
    begin = frontier.least
    for before, one in pairwise([None, *frontier.bounds]):
        if one is None or one.bound is None or one.scale < begin:
            continue
        since = begin if before is None else max(begin, before.scale)
        yield since, one.bound
        yield min(one.scale, frontier.most), one.bound


def _here(frontier: ExactFrontier, language: Language) -> str:
    step, bound = frontier.at(frontier.today), frontier.bound(frontier.today)
    if step is None:
        return ""
    return interval(step.objective, None if bound == inf else max(step.objective, bound), language)


def _table(frontier: ExactFrontier, words: ScaleWords, language: Language) -> Table:
    rows = tuple(
        (
            words.up(step.scale),
            words.budget_up(step.scale),
            number(step.objective, language, 2),
            "–" if step.bound is None else interval(step.objective, step.bound, language),
        )
        for step in frontier.steps
    )
    keys = ("percent", "money", "worth", "proven_here")
    columns = tuple(say(f"budget_steps.column_{key}", language) for key in keys)
    return Table(columns, rows, (True,) * len(keys))
