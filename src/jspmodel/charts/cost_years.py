"""What all proposals together would cost year by year, beside the money there is."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, SKY, VERMILION, validated_whole
from jspmodel.figures import total_costs
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, money, number, percent, say

_ROW = 44
_KINDS = ("build", "run")


@validated_whole
def cost_years(case: Case, scenario: Scenario, language: Language) -> alt.LayerChart:
    """Draw what it would cost by year and kind to carry out every proposal, beside the sum of the budgets.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Each proposal that could start, in its first possible year, in all regions that may take part.
    """
    costs = total_costs(case, scenario).groupby(["kind", "year"])["amount"].sum()
    years = measure.horizon(case, scenario)
    table = pd.DataFrame(
        {kind: [float(costs.get((kind, year), 0.0)) for year in years] for kind in _KINDS}, index=list(years)
    )
    table["ceiling"] = 0.0
    for (_, year), amount in measure.budgets(case, scenario).items():
        table.loc[year, "ceiling"] += amount
    message = Message(_title(table, language), say("notebook.costs_note", language), _table(table, language))
    return with_message(_draw(table, language), message, language)


def _draw(table: pd.DataFrame, language: Language) -> alt.LayerChart:
    whole = table["build"] + table["run"]
    rows = table.assign(
        row=range(len(table)),
        zero=0.0,
        whole=whole,
        name=[_label(int(str(year)), row, language) for year, row in table.iterrows()],
    )
    top = 1.05 * max(float(whole.max()), float(table["ceiling"].max()), 0.1)
    data = alt.Chart(rows)
    layers = [
        data.mark_bar(color=BLUE, size=13, yOffset=10).encode(
            x=across("zero", 0, top), x2=alt.X2("build:Q"), y=down()
        ),
        data.mark_bar(color=SKY, size=13, yOffset=10).encode(
            x=across("build", 0, top), x2=alt.X2("whole:Q"), y=down()
        ),
        data.mark_tick(
            color=VERMILION, orient="vertical", size=24, thickness=3, opacity=1, yOffset=10
        ).encode(x=across("ceiling", 0, top), y=down()),
        text(data, "name", dy=-11, size=13, color=INK),
    ]
    return stacked(layers, len(rows), _ROW)


def _label(year: int, row: pd.Series[float], language: Language) -> str:
    figures = {key: number(float(row[key]), language) for key in (*_KINDS, "ceiling")}
    return say("notebook.costs_row", language, year=year, **figures)


def _title(table: pd.DataFrame, language: Language) -> str:
    whole, ceiling = float(table[list(_KINDS)].to_numpy().sum()), float(table["ceiling"].sum())
    if not whole > 0:
        return say("notebook.costs_none", language)
    places = {"whole": money(whole, language), "ceiling": money(ceiling, language)}
    if ceiling >= whole:
        return say("notebook.costs_enough", language, **places)
    return say("notebook.costs_title", language, share=percent(ceiling / whole, language, 0), **places)


def _table(table: pd.DataFrame, language: Language) -> Table:
    rows = tuple(
        (str(year), *(number(float(row[key]), language, 1) for key in (*_KINDS, "ceiling")))
        for year, row in table.iterrows()
    )
    keys = ("year", *_KINDS, "ceiling")
    return Table(tuple(say(f"notebook.column_{key}", language) for key in keys), rows, (True,) * 4)
