"""A plan in two stages: what the plan for the mean and that for the worst are worth in each future."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, MUTED, TRACK, VERMILION, validated_whole
from jspmodel.figures import future_name
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation, StagedPlan, TwoStagePlan

_ROW, _BELOW = 40, 8
_MOST = 20
"""Futures that a page has room for."""
_ROOM = 0.06
"""Part of the range of what is drawn that is left free beside it."""
_TOLD = 0.005
"""Below this a difference would be told as 0.00."""


@validated_whole
def two_stage(plan: Plan, found: Explanation | None, language: Language) -> alt.LayerChart | None:
    """Draw what both plans are worth in each future, the worst for the mean's plan at the top.

    Parameters
    ----------
    plan : Plan
        Of the same scenario.
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    LayerChart or None
        In the unit of the objective; grey is what a plan for that future alone is worth, from what was found
        to what no plan exceeds. None (a notebook then shows nothing) where no futures were asked about, or
        no plan for all of them is known. Of many futures the 20 that are worst; the table has all.
    """
    staged = None if found is None else found.two_stage
    if staged is None or staged.mean_plan is None or staged.tail_plan is None:
        return None
    unit = say(f"prices.unit_{plan.objective_kind}", language)
    rows = _rows(staged, staged.mean_plan, staged.tail_plan, language)
    note = say("two_stage.chart_note", language)
    if len(rows) > _MOST:
        note += " " + say("two_stage.chart_part", language, n=_MOST, count=len(rows))
    message = Message(_title(rows, unit, language), note, _table(rows, language))
    return with_message(_draw(rows.head(_MOST), language), message, language)


def _rows(staged: TwoStagePlan, mean: StagedPlan, tail: StagedPlan, language: Language) -> pd.DataFrame:
    """Return the futures, a row each, those that are worst for the plan for the mean first."""
    rows = pd.DataFrame(
        [
            (
                future_name(future.name, language),
                number(100 * future.probability, language, 1),
                mean.worths[place],
                tail.worths[place],
                future.objective,
                future.objective if future.bound is None else future.bound,
            )
            for place, future in enumerate(staged.futures)
        ],
        columns=["future", "chance", "mean", "tail", "alone", "most"],
    )
    rows = rows.astype(dict.fromkeys(("mean", "tail", "alone", "most"), float))
    return rows.sort_values("mean", kind="stable", ignore_index=True)


def _draw(rows: pd.DataFrame, language: Language) -> alt.LayerChart:
    values = rows[["mean", "tail", "alone", "most"]]
    low, high = float(values.min().min()), float(values.max().max())
    room = _ROOM * (high - low) or 1.0
    ends = low - room, high + room
    rows = rows.assign(
        row=range(len(rows)),
        name=[
            say("two_stage.chart_row", language, future=future, chance=chance)
            for future, chance in zip(rows["future"], rows["chance"], strict=True)
        ],
        low=rows[["mean", "tail"]].min(axis=1),
        high=rows[["mean", "tail"]].max(axis=1),
    )
    data = alt.Chart(rows)
    known = alt.Chart(rows.dropna(subset=["alone"]))
    layers = [
        known.mark_bar(color=TRACK, stroke=TRACK, strokeWidth=3, size=12, yOffset=_BELOW).encode(
            x=across("alone", *ends), x2=alt.X2("most:Q"), y=down()
        ),
        data.mark_rule(color=MUTED, yOffset=_BELOW).encode(
            x=across("low", *ends), x2=alt.X2("high:Q"), y=down()
        ),
        _points(data, "mean", "circle", BLUE, ends),
        _points(data, "tail", "diamond", VERMILION, ends),
        text(data, "name", dy=-10, color=INK),
    ]
    return stacked(layers, len(rows), _ROW)


def _points(data: alt.Chart, field: str, shape: str, colour: str, ends: Sequence[float]) -> alt.Chart:
    mark = data.mark_point(filled=True, size=90, shape=shape, color=colour, opacity=1, yOffset=_BELOW)
    return mark.encode(x=across(field, *ends), y=down())


def _title(rows: pd.DataFrame, unit: str, language: Language) -> str:
    worst = rows.iloc[0]
    gain = worst["tail"] - worst["mean"]
    values = {
        "future": worst["future"],
        "unit": unit,
        "mean": number(worst["mean"], language, 2),
        "tail": number(worst["tail"], language, 2),
    }
    return say(f"two_stage.chart_title{'' if abs(gain) > _TOLD else '_same'}", language, **values)


def _table(rows: pd.DataFrame, language: Language) -> Table:
    figures = [
        tuple("–" if value != value else number(value, language, 2) for value in values)
        for values in rows[["mean", "tail", "alone", "most"]].to_numpy()
    ]
    named = zip(rows["future"], rows["chance"], figures, strict=True)
    cells = tuple((future, chance, *values) for future, chance, values in named)
    keys = ("future", "chance", "plan_mean", "plan_tail", "alone", "alone_most")
    columns = tuple(say(f"two_stage.column_{key}", language) for key in keys)
    return Table(columns, cells, (False, *(True,) * 5))
