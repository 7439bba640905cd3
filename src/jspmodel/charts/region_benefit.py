"""What each region may expect from the plan: the median of many futures, its range, the plan's own figure."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, MUTED, TRACK, VERMILION, validated_whole
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.simulation import Futures
from jspmodel.text import Table, number, say, short_names

_MOST, _ROW, _ABOVE, _BELOW = 25, 34, -7, 8
"""Regions drawn; pixels of a row, and from its middle up to the name and down to the band."""


@validated_whole
def region_benefit(case: Case, plan: Plan, futures: Futures, language: Language) -> alt.LayerChart:
    """Draw which share of its gap each region may expect to see closed (percent, mean over the horizon).

    Parameters
    ----------
    case : Case
    plan : Plan
    futures : Futures
        Of this plan.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        The dot is the median of the futures, the band reaches from their 10th to their 90th percentile, the
        open mark is what the optimiser counts. Least helped first; of many regions the 25 least helped, the
        table has all.
    """
    rows = futures.regions[futures.regions["state"] != "no_need"].sort_values("median", kind="stable")
    note = say("chart.benefit_note", language, n=number(len(futures.impact), language))
    if plan.equity is not None and plan.equity.floor > 0:
        note += " " + say("chart.benefit_floor_note", language)
    if len(rows) > _MOST:
        note += " " + say("chart.impact_part", language, n=_MOST)
    title = _title(case, rows, futures, language)
    message = Message(title, note, _table(case, plan, futures, language))
    return with_message(_draw(case, plan, rows.head(_MOST), language), message, language)


def _draw(case: Case, plan: Plan, rows: pd.DataFrame, language: Language) -> alt.LayerChart:
    names = short_names(case)
    shown = rows.assign(
        row=range(len(rows)),
        name=[names[region] for region in rows["region"]],
        figure=[
            f"{number(row.median, language, 1)} ({number(row.low, language, 1)}–"
            f"{number(row.high, language, 1)})"
            for row in rows.itertuples()
        ],
    )
    floor = plan.equity.floor if plan.equity is not None else 0.0
    top = 1.04 * max([*shown["high"], *shown["promised"], floor, 0.1])
    data = alt.Chart(shown.assign(edge=top))
    layers = [
        *(_floor(floor, top, language) if floor > 0 else []),
        data.mark_bar(color=TRACK, size=10, yOffset=_BELOW).encode(
            x=across("low", 0, top), x2=alt.X2("high:Q"), y=down()
        ),
        data.mark_point(color=INK, shape="diamond", size=55, opacity=1, yOffset=_BELOW).encode(
            x=across("promised", 0, top), y=down()
        ),
        data.mark_circle(color=BLUE, size=80, opacity=1, yOffset=_BELOW).encode(
            x=across("median", 0, top), y=down()
        ),
        text(data, "name", dy=_ABOVE, size=13, color=INK),
        data.mark_text(align="right", dy=_ABOVE, fontSize=12, color=INK).encode(
            x=across("edge", 0, top), y=down(), text=alt.Text("figure:N")
        ),
    ]
    return stacked(layers, len(shown), _ROW)


def _floor(floor: float, top: float, language: Language) -> list[alt.Chart]:
    told = say("chart.benefit_floor", language, value=number(floor, language, 1))
    data = alt.Chart(pd.DataFrame({"floor": [floor], "text": [told]}))
    x, far = across("floor", 0, top), floor > top / 2
    label = data.mark_text(
        align="right" if far else "left", dx=-4 if far else 4, dy=-6, fontSize=12, color=MUTED
    )
    return [
        data.mark_rule(size=1.5, color=VERMILION, strokeDash=[5, 4]).encode(x=x),
        label.encode(x=x, y=alt.value(0), text=alt.Text("text:N")),
    ]


def _title(case: Case, rows: pd.DataFrame, futures: Futures, language: Language) -> str:
    if rows.empty or not rows["promised"].any():
        return say("chart.impact_none", language)
    least = rows.iloc[0]
    return say(
        "chart.benefit_title",
        language,
        region=short_names(case)[least["region"]],
        value=number(least["median"], language, 1),
        province=number(futures.median, language, 1),
    )


def _table(case: Case, plan: Plan, futures: Futures, language: Language) -> Table:
    names, told = case.names("regions", language), {item.region: item for item in plan.regions}
    rows = []
    for row in futures.regions.itertuples():
        item, none = told[str(row.region)], row.state == "no_need"
        range_ = f"{number(row.low, language, 1)}–{number(row.high, language, 1)}"
        effects = (
            ("–",) * 3
            if none
            else (number(row.median, language, 1), range_, number(row.promised, language, 1))
        )
        rows.append(
            (
                names[str(row.region)],
                *effects,
                number(100 * item.need, language, 1),
                number(item.cost, language, 1),
            )
        )
    keys = (
        "chart.region",
        "chart.benefit_expected",
        "chart.benefit_range",
        "chart.benefit_planned",
        "chart.need",
        "chart.own_cost",
    )
    return Table(tuple(say(key, language) for key in keys), tuple(rows), (False, *(True,) * 5))
