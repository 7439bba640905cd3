"""Coalitions beside the volume that a joint programme needs: how much they bring, how surely it is enough."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, MUTED, TRACK, VERMILION, validated_whole
from jspmodel.collaboration import Threshold
from jspmodel.figures import format_chance, is_sure, unit_of
from jspmodel.scenario import Language
from jspmodel.text import Table, listed, number, say, short_names, who

_MOST, _ROW = 12, 44
_SPELLED_OUT = 4
"""From so many regions on, a coalition that only one is missing from is told by that one."""


@validated_whole
def coalition_chances(case: Case, threshold: Threshold | None, language: Language) -> alt.LayerChart:
    """Draw what each coalition brings, from its lowest to its highest figures, beside the volume needed.

    Parameters
    ----------
    case : Case
    threshold : Threshold or None
        One of ``coalition_thresholds``; None: no programme needs a volume, which the chart then says.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Coalitions that have a chance, the smallest first, at most 12 with that of all; the table has
        every one.
    """
    if threshold is None:
        nothing = say("collaboration.threshold_none", language)
        return with_message(stacked([], 0, _ROW), Message(nothing, "", Table((), (), ())), language)
    able = threshold.coalitions[threshold.coalitions["chance"] > 0]
    shown = able if len(able) else threshold.coalitions.tail(1)
    if len(shown) > _MOST:  # the last is everybody
        shown = pd.concat([shown.head(_MOST - 1), shown.tail(1)])
    note = say("collaboration.chances_note", language)
    if len(shown) < len(threshold.coalitions):
        note += " " + say("collaboration.chances_part", language, n=len(shown))
    message = Message(chance_title(case, threshold, language), note, _table(case, threshold, language))
    return with_message(
        _draw(_rows(case, threshold, shown, language), threshold, language), message, language
    )


def chance_title(case: Case, threshold: Threshold, language: Language) -> str:
    """Return who reaches the volume of a joint programme how surely.

    Parameters
    ----------
    case : Case
    threshold : Threshold
    language : {"id", "en"}

    Returns
    -------
    str
        The smallest coalition that is more likely than not to reach it, else the likeliest, beside all.
    """
    table = threshold.coalitions
    places = {
        "program": case.names("programs", language)[threshold.program],
        "needed": number(threshold.needed, language),
        "unit": unit_of(threshold, language),
    }
    everyone = (
        _chance_text(threshold, table.iloc[-1], language) if len(table) else format_chance(0.0, language)
    )
    part = table[(table["chance"] > 0) & (table["regions"].map(len) < len(threshold.volumes))]
    if (threshold.volumes["role"] == "host").any():
        part = part[part["hosts"].map(bool)]
    if part.empty:
        key = "threshold_all" if table["chance"].tail(1).gt(0).any() else "threshold_never"
        return say(f"collaboration.{key}", language, **places, all=everyone)
    likely = part[part["chance"] >= 0.5]
    best = likely.iloc[0] if len(likely) else part.loc[part["chance"].idxmax()]
    regions = members(case, threshold, best["regions"], language)
    chances = {"chance": _chance_text(threshold, best, language), "all": everyone}
    return say("collaboration.threshold", language, **places, **chances, regions=regions)


def _chance_text(threshold: Threshold, coalition: pd.Series[float], language: Language) -> str:
    sure = is_sure(coalition["low"], coalition["high"], threshold.needed)
    return format_chance(coalition["chance"], language, sure)


def members(case: Case, threshold: Threshold, regions: Sequence[str], language: Language) -> str:
    """Return who is in a coalition, in few words: all, all but one, or their names."""
    missing = [region for region in threshold.volumes["region"] if region not in regions]
    if len(missing) != 1 or len(regions) < _SPELLED_OUT:
        return who(regions, case, language)
    return say("collaboration.all_but", language, region=short_names(case)[missing[0]])


def _rows(case: Case, threshold: Threshold, shown: pd.DataFrame, language: Language) -> pd.DataFrame:
    names = [_name(case, threshold, row.regions, row.hosts, language) for row in shown.itertuples()]
    figures = [_chance_text(threshold, row, language) for _, row in shown.iterrows()]
    return shown[["low", "planned", "high"]].assign(row=range(len(shown)), name=names, figure=figures)


def _name(
    case: Case, threshold: Threshold, regions: tuple[str, ...], hosts: tuple[str, ...], language: Language
) -> str:
    name = members(case, threshold, regions, language)
    hosted = hosts or not (threshold.volumes["role"] == "host").any()
    return name if hosted else f"{name} ({say('collaboration.no_host', language)})"


def _draw(rows: pd.DataFrame, threshold: Threshold, language: Language) -> alt.LayerChart:
    top = 1.12 * max(float(rows["high"].max()), threshold.needed)
    start = 0.85 * min(float(rows["low"].min()), threshold.needed)
    enough = rows.assign(start=rows["low"].clip(lower=threshold.needed))
    enough = enough[enough["high"] > threshold.needed]
    data = alt.Chart(rows)
    whole = data.mark_bar(color=TRACK, size=12, yOffset=11)
    part = alt.Chart(enough).mark_bar(color=BLUE, size=12, yOffset=11)
    layers = [
        whole.encode(x=across("low", start, top), x2=alt.X2("high:Q"), y=down()),
        part.encode(x=across("start", start, top), x2=alt.X2("high:Q"), y=down()),
        *_threshold(threshold, start, top, len(rows), language),
        data.mark_circle(color=INK, size=46, opacity=1, yOffset=11).encode(
            x=across("planned", start, top), y=down()
        ),
        text(data, "name", dy=-9, size=13, color=INK),
        data.mark_text(align="left", dx=6, dy=11, fontSize=12, color=INK, fontWeight="bold").encode(
            x=across("high", start, top), y=down(), text=alt.Text("figure:N")
        ),
    ]
    return stacked(layers, len(rows), _ROW)


def _threshold(
    threshold: Threshold, start: float, top: float, count: int, language: Language
) -> list[alt.Chart]:
    label = f"{number(threshold.needed, language)} {unit_of(threshold, language)}"
    data = alt.Chart(pd.DataFrame({"needed": [threshold.needed], "label": [label]}))
    x = across("needed", start, top)
    name = data.mark_text(dy=-8, fontSize=12, color=MUTED)
    rows = alt.Chart(pd.DataFrame({"row": range(count), "needed": threshold.needed}))
    marks = rows.mark_tick(color=VERMILION, orient="vertical", size=26, thickness=2, yOffset=11)
    return [marks.encode(x=x, y=down()), name.encode(x=x, y=alt.value(0), text=alt.Text("label:N"))]


def _table(case: Case, threshold: Threshold, language: Language) -> Table:
    names, keys = short_names(case), ("regions", "hosts", "low", "planned", "high", "chance")
    rows = tuple(
        (
            listed((names[region] for region in row.regions), language),
            listed((names[region] for region in row.hosts), language) or "–",
            *(number(figure, language) for figure in (row.low, row.planned, row.high)),
            number(100 * row.chance, language, 1),
        )
        for row in threshold.coalitions.itertuples()
    )
    columns = tuple(say(f"collaboration.column_{key}", language) for key in keys)
    return Table(columns, rows, tuple(key not in ("regions", "hosts") for key in keys))
