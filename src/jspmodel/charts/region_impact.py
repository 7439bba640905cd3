"""What the plan means for each region, beside the province and the equity floor."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, MUTED, VERMILION, validated_whole
from jspmodel.figures import province_impact
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, short_names

_MOST, _ROW = 25, 40


@validated_whole
def region_impact(case: Case, plan: Plan, language: Language) -> alt.LayerChart:
    """Draw each region's impact (percent of its own weighted gap closed, averaged over the horizon).

    Parameters
    ----------
    case : Case
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Least helped first; of many regions the 25 least helped, the table has all.
    """
    names = short_names(case)
    impacts = pd.DataFrame(
        [(names[item.region], item.impact) for item in plan.regions if item.impact is not None],
        columns=["name", "impact"],
    ).sort_values("impact", kind="stable")
    shown = impacts.head(_MOST).assign(row=range(min(_MOST, len(impacts))))
    note = say("chart.impact_note", language)
    if len(shown) < len(impacts):
        note += " " + say("chart.impact_part", language, n=len(shown))
    message = Message(_title(impacts, plan, language), note, _table(case, plan, language))
    return with_message(_draw(shown, plan, language), message, language)


def _draw(shown: pd.DataFrame, plan: Plan, language: Language) -> alt.LayerChart:
    rules = _rules(plan, language)
    top = 1.12 * max([*shown["impact"], *rules["impact"], 0.1])
    x = across("impact", 0, top)
    rows = alt.Chart(shown.assign(figure=[number(value, language, 1) for value in shown["impact"]]))
    layers = [
        rows.mark_bar(color=BLUE, size=12, yOffset=9).encode(x=x, x2=alt.datum(0), y=down()),
        text(rows, "name", dy=-9, size=13, color=INK),
    ]
    for k, (kind, rule) in enumerate(rules.groupby("kind")):
        layers += _rule(rule, str(kind), top, dy=-9 - 15 * k)
    for halo in (4, 0):  # a white rim first, so that no rule runs through a figure
        rim = "white" if halo else INK
        figures = rows.mark_text(
            align="left", dx=4, dy=9, fontSize=12, color=INK, stroke=rim, strokeWidth=halo
        )
        layers.append(figures.encode(x=x, y=down(), text=alt.Text("figure:N")))
    return stacked(layers, len(shown), _ROW)


def _rule(rule: pd.DataFrame, kind: str, top: float, dy: int) -> list[alt.Chart]:
    colour, dash = (VERMILION, [5, 4]) if kind == "floor" else (INK, [1, 0])
    x, data = across("impact", 0, top), alt.Chart(rule)
    far = rule["impact"].iloc[0] > top / 2
    label = data.mark_text(align="right" if far else "left", dy=dy, fontSize=12, color=MUTED)
    return [
        data.mark_rule(size=1.5, color=colour, strokeDash=dash).encode(x=x),
        label.encode(x=x, y=alt.value(0), text=alt.Text("text:N")),
    ]


def _rules(plan: Plan, language: Language) -> pd.DataFrame:
    values = {"province": province_impact(plan)}
    if plan.equity is not None and plan.equity.floor > 0:
        values["floor"] = plan.equity.floor
    rows = [
        (kind, value, say(f"chart.rule_{kind}", language, value=number(value, language, 1)))
        for kind, value in values.items()
    ]
    return pd.DataFrame(rows, columns=["kind", "impact", "text"])


def _title(impacts: pd.DataFrame, plan: Plan, language: Language) -> str:
    if impacts.empty:
        return say("chart.impact_none", language)
    least = impacts.iloc[0]
    return say(
        "chart.impact_title",
        language,
        region=least["name"],
        value=number(least["impact"], language, 1),
        province=number(province_impact(plan), language, 1),
    )


def _table(case: Case, plan: Plan, language: Language) -> Table:
    names = case.names("regions", language)
    rows = (
        (
            names[item.region],
            "–" if item.impact is None else number(item.impact, language, 1),
            number(100 * item.need, language, 1),
            number(item.cost, language, 1),
        )
        for item in plan.regions
    )
    headings = ("region", "impact", "need", "own_cost")
    return Table(
        columns=tuple(say(f"chart.{heading}", language) for heading in headings),
        rows=tuple(rows),
        numeric=(False, True, True, True),
    )
