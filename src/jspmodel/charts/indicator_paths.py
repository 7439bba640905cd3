"""Indicators over the years, with the plan and without, beside their targets."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import BLUE, INK, MUTED, VERMILION, WIDTH, validated_whole
from jspmodel.figures import figure, panel_name, target_figure
from jspmodel.scenario import Language
from jspmodel.simulation import Outcome
from jspmodel.text import Table, percent, say, short_names

_MOST = 12
_SERIES = ("without", "with_plan", "target")


@validated_whole
def indicator_paths(case: Case, outcome: Outcome, language: Language) -> alt.FacetChart:
    """Draw the mean over the regions of each indicator, weighted by population, at the end of each year.

    Parameters
    ----------
    case : Case
    outcome : Outcome
    language : {"id", "en"}

    Returns
    -------
    FacetChart
        One panel an indicator, of many the first 12 in table order; the table has every indicator and region.
    """
    means = _means(case, outcome.paths)
    shown = [code for code in case.indicators["indicator"] if code in set(means["indicator"])]
    note = say("chart.paths_note", language)
    if len(shown) > _MOST:
        note += " " + say("chart.paths_part", language, n=_MOST)
    panels = {code: panel_name(case, code, language) for code in shown[:_MOST]}
    message = Message(_title(case, means, language), note, _table(case, outcome.paths, language))
    return with_message(_draw(means, panels, language), message, language)


def _means(case: Case, paths: pd.DataFrame) -> pd.DataFrame:
    people = paths["region"].map(measure.shares(case)).astype(float)
    weighted = paths.assign(people=people, **{name: paths[name] * people for name in _SERIES})
    sums = weighted.groupby(["indicator", "year"])[["people", *_SERIES]].sum()
    return sums[list(_SERIES)].div(sums["people"], axis=0).reset_index()


def _draw(means: pd.DataFrame, panels: dict[str, str], language: Language) -> alt.FacetChart:
    names = [say(f"chart.{name}", language) for name in _SERIES]
    data = _long(means, panels, dict(zip(_SERIES, names, strict=True)), language)
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    axis = alt.Axis(tickCount=3, domain=False)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, padding=12), axis=axis)
    colour = alt.Color("series:N", scale=alt.Scale(domain=names, range=[MUTED, BLUE, VERMILION]))
    dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=names, range=[[6, 3], [1, 0], [2, 3]]))
    lines = alt.Chart().mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, strokeDash=dash)
    ends = alt.Chart().mark_text(align="left", dx=5, fontSize=12, color=INK)
    ends = ends.encode(x=x, y=y, text=alt.Text("end:N"))
    return (
        alt.layer(lines, ends, data=data)
        .properties(width=WIDTH / 2 - 62, height=110)
        .facet(facet=alt.Facet("panel:N", sort=list(panels.values())), columns=2, spacing=18)
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )


def _long(
    means: pd.DataFrame, panels: dict[str, str], names: dict[str, str], language: Language
) -> pd.DataFrame:
    """Return one row a line and year; ``end`` is the figure written at the end of the plan's line."""
    long = means[means["indicator"].isin(list(panels))].melt(["indicator", "year"], list(_SERIES), "series")
    last = (long["year"] == long["year"].max()) & (long["series"] == "with_plan")
    figures = pd.Series([figure(value, language) for value in long["value"]], dtype="str")
    return long.assign(
        panel=long["indicator"].map(panels), series=long["series"].map(names), end=figures.where(last, "")
    )


def _title(case: Case, means: pd.DataFrame, language: Language) -> str:
    if means.empty:
        return say("chart.paths_none", language)
    end = means[means["year"] == means["year"].max()].set_index("indicator")
    better = case.indicators.set_index("indicator")["better"].reindex(end.index)
    short = end.sub(end["target"], axis=0).mul(better.map({"lower": 1.0, "higher": -1.0}), axis=0)
    behind = short[short["without"] > 0]
    closed = 1 - (behind["with_plan"] / behind["without"]).mean() if len(behind) else 0.0
    reached = (short[["with_plan", "without"]] <= 1e-9).sum()
    return say(
        "chart.paths_title",
        language,
        year=int(means["year"].max()),
        share=percent(closed, language, 0),
        reached=int(reached["with_plan"]),
        all=len(end),
        without=int(reached["without"]),
    )


def _table(case: Case, paths: pd.DataFrame, language: Language) -> Table:
    places = short_names(case)
    end = paths[paths["year"] == paths["year"].max()]
    rows = tuple(
        (
            panel_name(case, row.indicator, language),
            places[row.region],
            figure(row.without, language),
            figure(row.with_plan, language),
            target_figure(case, row.indicator, figure(row.target, language), language),
        )
        for row in end.itertuples()
    )
    year = int(paths["year"].max()) if len(paths) else ""
    series = (say(f"chart.{name}", language) for name in _SERIES)
    return Table(
        columns=(
            say("chart.indicator", language),
            say("chart.region", language),
            *(f"{name} ({year})" if k < 2 else name for k, name in enumerate(series)),
        ),
        rows=rows,
        numeric=(False, False, True, True, True),
    )
