"""Indicators in many futures: bands with the plan, the median without it, the target."""

from __future__ import annotations

import textwrap

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import BLUE, INK, MUTED, VERMILION, WIDTH, validated_whole
from jspmodel.figures import figure, format_probability, panel_name, target_figure
from jspmodel.scenario import Language
from jspmodel.simulation import ENOUGH, LIKELY, Futures
from jspmodel.text import Table, listed, number, say, short_names

_MOST, _LETTERS = 8, 46
_SERIES = {"without": "without", "median": "with_plan", "target": "target"}
_BANDS = ["low", "lower", "upper", "high"]


@validated_whole
def indicator_fans(case: Case, futures: Futures, language: Language) -> alt.FacetChart:
    """Draw the mean over the regions of each indicator, weighted by population, in many futures.

    Parameters
    ----------
    case : Case
    futures : Futures
    language : {"id", "en"}

    Returns
    -------
    FacetChart
        One panel an indicator, of many the first 8 in table order; the table has every indicator and region.
    """
    means = futures.paths[futures.paths["region"] == ""]
    codes = list(dict.fromkeys(means["indicator"]))
    note = say("chart.fans_note", language, n=number(len(futures.impact), language))
    if len(codes) > _MOST:
        note += " " + say("chart.fans_part", language, n=_MOST)
    if short := _short(case, futures, codes[:_MOST], language):
        note += " " + say("chart.fans_short", language, n=ENOUGH, indicators=listed(short, language))
    message = Message(_title(futures, language), note, _table(case, futures, language))
    chances = futures.targets[futures.targets["region"] == ""].set_index("indicator")
    panels = {code: _panel(case, code, chances.loc[code], language) for code in codes[:_MOST]}
    return with_message(_draw(means, panels, language), message, language)


def _short(case: Case, futures: Futures, codes: list[str], language: Language) -> list[str]:
    """Return the indicators of which no region has years enough for a trend."""
    most, names = futures.series.groupby("indicator")["years"].max(), case.names("indicators", language)
    return [names[code] for code in codes if most[code] < ENOUGH]


def _panel(case: Case, code: str, told: pd.Series[float], language: Language) -> str:
    """Return the lines above a panel, joined by bars: its name, which must not be cut, and its chance."""
    said = say(
        "chart.fans_chance",
        language,
        year=told["year"],
        chance=format_probability(told["probability"], language),
        without=format_probability(told["without"], language),
    )
    name = textwrap.wrap(panel_name(case, code, language).replace("|", "/"), _LETTERS)
    return "|".join([*name, said])


def _draw(means: pd.DataFrame, panels: dict[str, str], language: Language) -> alt.FacetChart:
    names = {column: say(f"chart.{name}", language) for column, name in _SERIES.items()}
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    scale, axis = alt.Scale(zero=False, padding=8), alt.Axis(tickCount=3, domain=False, labelFlush=True)
    domain = list(names.values())
    colour = alt.Color("series:N", scale=alt.Scale(domain=domain, range=[MUTED, BLUE, VERMILION]))
    dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=domain, range=[[6, 3], [1, 0], [2, 3]]))
    bands = [_band(x, scale, axis, names["median"], ends) for ends in (("low", "high"), ("lower", "upper"))]
    y = alt.Y("value:Q", title=None, scale=scale, axis=axis)
    lines = alt.Chart().mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, strokeDash=dash)
    ends = alt.Chart().mark_text(align="left", dx=5, fontSize=12, color=INK)
    header = alt.Header(labelExpr="split(datum.label, '|')", labelLineHeight=16)
    return (
        alt.layer(
            *bands,
            lines,
            ends.encode(x=x, y=y, text=alt.Text("end:N")),
            data=_long(means, panels, names, language),
        )
        .properties(width=WIDTH / 2 - 62, height=120)
        .facet(facet=alt.Facet("panel:N", sort=list(panels.values()), header=header), columns=2, spacing=18)
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )


def _band(x: alt.X, scale: alt.Scale, axis: alt.Axis, series: str, ends: tuple[str, str]) -> alt.Chart:
    area = alt.Chart().mark_area(color=BLUE, opacity=0.22)
    y = alt.Y(f"{ends[0]}:Q", title=None, scale=scale, axis=axis)
    return area.transform_filter(alt.datum.series == series).encode(x=x, y=y, y2=f"{ends[1]}:Q")


def _long(
    means: pd.DataFrame, panels: dict[str, str], names: dict[str, str], language: Language
) -> pd.DataFrame:
    """Return one row a line and year; ``end`` is the figure at the end of the plan's median."""
    shown = means[means["indicator"].isin(list(panels))]
    long = shown.melt(["indicator", "year", *_BANDS], list(names), "series")
    last = (long["year"] == long["year"].max()) & (long["series"] == "median")
    figures = pd.Series([figure(value, language) for value in long["value"]], dtype="str")
    return long.assign(
        panel=long["indicator"].map(panels), series=long["series"].map(names), end=figures.where(last, "")
    )


def _title(futures: Futures, language: Language) -> str:
    means = futures.targets[futures.targets["region"] == ""]
    if means.empty:
        return say("chart.paths_none", language)
    return say(
        "chart.fans_title",
        language,
        reached=int((means["probability"] >= LIKELY).sum()),
        without=int((means["without"] >= LIKELY).sum()),
        all=len(means),
        out=int(means["out_of_reach"].sum()),
    )


def _table(case: Case, futures: Futures, language: Language) -> Table:
    places = {**short_names(case), "": say("chart.mean_of_regions", language)}
    end = futures.paths.merge(
        futures.targets.drop(columns=["issue", "target"]),
        on=["indicator", "region", "year"],
        suffixes=("", "_chance"),
    )
    rows = tuple(
        (
            panel_name(case, row.indicator, language),
            places[row.region],
            str(row.year),
            figure(row.without, language),
            figure(row.median, language),
            f"{figure(row.low, language)} – {figure(row.high, language)}",
            target_figure(case, row.indicator, figure(row.target, language), language),
            format_probability(row.probability, language),
        )
        for row in end.itertuples()
    )
    keys = ("indicator", "region", "year", "without_median", "with_median", "band", "target", "chance")
    return Table(tuple(say(f"chart.{key}", language) for key in keys), rows, (False,) * 2 + (True,) * 6)
