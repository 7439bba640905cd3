"""What programmes do about an issue, from the lowest to the highest figure."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import stacked, within_ranges
from jspmodel.charts.style import validated_whole
from jspmodel.figures import effects_with_range
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, number, say

_MOST, _ROW = 20, 38


@validated_whole
def effect_ranges(case: Case, scenario: Scenario, language: Language, issue: str = "") -> alt.LayerChart:
    """Draw which share of an issue's gap each programme closes where it is carried out, with its range.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    language : {"id", "en"}
    issue : str
        Code of an issue; empty: the one that weighs most.

    Returns
    -------
    LayerChart
        The strongest first; of many programmes the first 20, the table has all.
    """
    code = issue or str(measure.issue_scores(case, scenario).idxmax())
    rows = effects_with_range(case, scenario)
    rows = rows[rows["issue"] == code].sort_values("effect", ascending=False, kind="stable")
    name = case.names("issues", language)[code]
    note = say("notebook.effects_note", language)
    if len(rows) > _MOST:
        note += " " + say("notebook.effects_part", language, n=_MOST)
    message = Message(_title(rows, name, language), note, _table(case, rows, language))
    return with_message(_draw(case, rows.head(_MOST), language), message, language)


def _draw(case: Case, rows: pd.DataFrame, language: Language) -> alt.LayerChart:
    names = case.names("programs", language)
    shown = 100 * rows[["effect", "low", "high"]]
    shown = shown.assign(
        row=range(len(rows)),
        name=[f"{code} {names[code]}" for code in rows["program"]],
        figure=[_figure(row, language) for row in shown.itertuples()],
    )
    top = 1.2 * max([*shown["high"], 0.1])
    data = alt.Chart(shown)
    layers = within_ranges(data, "low", "effect", "high", top)
    return stacked(layers, len(rows), _ROW)


def _figure(row: object, language: Language) -> str:
    """Return an effect with its range, in percent."""
    effect, low, high = (number(getattr(row, key), language, 1) for key in ("effect", "low", "high"))
    return effect if low == high else f"{effect} ({low}–{high})"


def _title(rows: pd.DataFrame, issue: str, language: Language) -> str:
    if rows.empty:
        return say("notebook.effects_none", language, issue=issue)
    best = rows.iloc[0]
    low, high = (number(100 * float(best[key]), language) for key in ("low", "high"))
    key = "effects_title" if low != high else "effects_title_sure"
    effect = number(100 * float(best["effect"]), language)
    places = {"program": best["program"], "effect": effect, "low": low, "high": high}
    return say(f"notebook.{key}", language, issue=issue, n=len(rows), **places)


def _table(case: Case, rows: pd.DataFrame, language: Language) -> Table:
    names = case.names("programs", language)
    told = tuple(
        (
            f"{row.program} {names[row.program]}",
            *(number(100 * value, language, 1) for value in (row.effect, row.low, row.high)),
        )
        for row in rows.itertuples()
    )
    keys = ("program", "effect", "low", "high")
    return Table(
        tuple(say(f"notebook.column_{key}", language) for key in keys), told, (False, True, True, True)
    )
