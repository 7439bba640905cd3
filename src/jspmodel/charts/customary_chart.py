"""What the usual ways of making a plan come to, beside the plan, and how much less than the best that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, SKY, TRACK, validated_whole
from jspmodel.figures import customary_name, customary_order
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.text import Table, interval, number, say

if TYPE_CHECKING:  # what makes such plans is imported by whoever asks for that
    from jspmodel.selection.postoptimal import CustomaryPlans, Explanation

_ROW = 42


@validated_whole
def customary_plans(plan: Plan, found: Explanation | None, language: Language) -> alt.LayerChart | None:
    """Draw what the plan and those made in usual ways are worth, and how much more the best plan can be.

    Parameters
    ----------
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    LayerChart or None
        The plan first, then the ways, the nearest first; those that lead to no legal plan have no bar. None
        (a notebook then shows nothing) where that was not asked.
    """
    if found is None or found.customary is None:
        return None
    rows = _rows(found.customary, language)
    unit = say(f"prices.unit_{plan.objective_kind}", language)
    title = _title(found.customary, unit, language)
    message = Message(title, say("usual.chart_note", language), _table(rows, language))
    return with_message(_draw(rows), message, language)


def _rows(found: CustomaryPlans, language: Language) -> pd.DataFrame:
    ways = customary_order(found)
    most = max(0.0, found.bound - found.objective)
    data: dict[str, list[object]] = {
        "name": [say("usual.ours", language), *(customary_name(found, one.custom, language) for one in ways)],
        "worth": [found.objective, *(one.worth for one in ways)],
        "proven": [
            interval(0.0, most, language),
            *(interval(one.least, one.most, language) for one in ways),
        ],
        # Where nothing is proven there is no end of what is possible.
        "bound": [
            found.objective + most,
            *(None if one.worth is None or one.most is None else one.worth + one.most for one in ways),
        ],
    }
    rows = pd.DataFrame({"row": range(len(ways) + 1), **data}).astype({"worth": float, "bound": float})
    figures = [_figure(row.worth, row.proven, language) for row in rows.itertuples()]
    return rows.assign(figure=figures, ours=[True, *(False for _ in ways)], line=found.objective)


def _figure(worth: float, proven: str, language: Language) -> str:
    if worth != worth:
        return say("usual.chart_not_legal", language)
    return say("usual.chart_figure", language, worth=number(worth, language, 2), proven=proven)


def _draw(rows: pd.DataFrame) -> alt.LayerChart:
    known = rows.dropna(subset=["worth"])
    top = 1.02 * max([*rows["bound"].dropna(), *known["worth"], 0.1])
    data = alt.Chart(rows)
    layers = [
        alt.Chart(rows.dropna(subset=["bound"]))
        .mark_bar(color=TRACK, size=12, yOffset=10)
        .encode(x=across("bound", 0, top), x2=alt.datum(0), y=down()),
        *(
            alt.Chart(known[known["ours"] == ours])
            .mark_bar(color=colour, stroke=BLUE, strokeWidth=1, size=12, yOffset=10)
            .encode(x=across("worth", 0, top), x2=alt.datum(0), y=down())
            for ours, colour in ((True, BLUE), (False, SKY))
        ),
        data.mark_tick(color=INK, thickness=2, size=20, yOffset=10).encode(
            x=across("line", 0, top), y=down()
        ),
        text(data, "name", dy=-9, size=13, color=INK),
        data.mark_text(align="right", dy=-9, fontSize=12, color=INK).encode(
            x=alt.value("width"), y=down(), text=alt.Text("figure:N")
        ),
    ]
    return stacked(layers, len(rows), _ROW)


def _title(found: CustomaryPlans, unit: str, language: Language) -> str:
    usual = [one.worth for one in found.plans if one.worth is not None and one.custom != "brought"]
    words = {"ours": number(found.objective, language, 2), "unit": unit}
    if not usual:
        return say("usual.chart_title_none", language, **words)
    least, most = (number(end, language, 2) for end in (min(usual), max(usual)))
    if least == most:
        return say("usual.chart_title_one", language, most=most, **words)
    return say("usual.chart_title", language, least=least, most=most, **words)


def _table(rows: pd.DataFrame, language: Language) -> Table:
    cells = (
        (row.name, "–" if row.worth != row.worth else number(row.worth, language, 2), row.proven)
        for row in rows[["name", "worth", "proven"]].itertuples(index=False)
    )
    keys = ("way", "worth", "proven")
    columns = tuple(say(f"usual.column_{key}", language) for key in keys)
    return Table(columns, tuple(cells), (False, True, True))
