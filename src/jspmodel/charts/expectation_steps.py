"""From what the plan counts on to what is to be expected of it, step by step."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, SKY, VERMILION, validated_whole
from jspmodel.scenario import Language
from jspmodel.simulation import Futures
from jspmodel.text import Table, number, say, signed

_ROW, _ABOVE, _BELOW = 34, -7, 8
"""Pixels of a row, and from its middle up to the name and down to the bar: a name is nearest to its own."""
_TOLD = 0.05
"""Percentage points from which a step has a row: less is told as 0,0."""
_ENDS = ("promised", "expected")


@validated_whole
def expectation_steps(steps: pd.DataFrame, futures: Futures, language: Language) -> alt.LayerChart | None:
    """Draw what lies between the plan's own figure and the median of the futures.

    Parameters
    ----------
    steps : DataFrame
        As ``explain_promise`` returns it.
    futures : Futures
        Of the same plan.
    language : {"id", "en"}

    Returns
    -------
    LayerChart or None
        Percent of the weighted gap. A last step leads from the mean of the futures, which the parts add up
        to, to their median. None (a notebook then shows nothing) for a plan that closes nothing.
    """
    if not futures.promised > 0:
        return None
    rows = _rows(steps, futures.median)
    shown = rows[rows["step"].isin(_ENDS) | (rows["change"].abs() >= _TOLD)]
    note = say("chart.expectation_note", language)
    message = Message(_title(shown, language), note, _table(rows, language))
    return with_message(_draw(shown, language), message, language)


def _rows(steps: pd.DataFrame, median: float) -> pd.DataFrame:
    """Return step, value after it and change; the first and the last row are figures, no steps."""
    parts = steps[~steps["step"].isin(["promised", "simulated"])]
    mean = float(steps["impact"].iloc[-1])
    ends = pd.DataFrame(
        [("median", median, median - mean), ("expected", median, 0.0)], columns=["step", "impact", "change"]
    )
    return pd.concat([steps[steps["step"] == "promised"], parts, ends], ignore_index=True)[
        ["step", "impact", "change"]
    ]


def _draw(rows: pd.DataFrame, language: Language) -> alt.LayerChart:
    whole = rows["step"].isin(_ENDS)
    before = rows["impact"] - rows["change"]
    bars = pd.DataFrame(
        {
            "row": range(len(rows)),
            "name": [_name(step, language) for step in rows["step"]],
            "from": np.where(whole, 0.0, np.minimum(before, rows["impact"])),
            "to": np.where(whole, rows["impact"], np.maximum(before, rows["impact"])),
            "kind": np.select(
                [rows["step"] == "promised", rows["step"] == "expected", rows["change"] < 0],
                ["promised", "expected", "loss"],
                "gain",
            ),
            "figure": [
                number(row.impact, language, 1) if end else signed(row.change, language)
                for row, end in zip(rows.itertuples(), whole, strict=True)
            ],
        }
    )
    top = 1.12 * float(bars["to"].max())
    layers = [
        *(_bars(bars[bars["kind"] == kind], top, fill, line) for kind, fill, line in _LOOKS),
        text(alt.Chart(bars), "name", dy=_ABOVE, size=13, color=INK),
        alt.Chart(bars)
        .mark_text(align="left", dx=6, dy=_BELOW, fontSize=12, color=INK)
        .encode(x=across("to", 0, top), y=down(), text=alt.Text("figure:N")),
    ]
    return stacked(layers, len(bars), _ROW)


_LOOKS = (
    ("promised", "white", INK),
    ("expected", BLUE, BLUE),
    ("loss", VERMILION, VERMILION),
    ("gain", SKY, SKY),
)
"""Kind, fill and line: an outline is what is planned, a full bar what is expected (IBCS, notation)."""


def _bars(bars: pd.DataFrame, top: float, fill: str, line: str) -> alt.Chart:
    mark = alt.Chart(bars).mark_bar(color=fill, stroke=line, strokeWidth=1, size=11, yOffset=_BELOW)
    return mark.encode(x=across("from", 0, top), x2=alt.X2("to:Q"), y=down())


def _name(step: str, language: Language) -> str:
    own = {"median": "chart.expectation_median", "expected": "chart.expectation_expected"}
    return say(own.get(step, f"simulation.step_{step}"), language)


def _title(shown: pd.DataFrame, language: Language) -> str:
    ends = {"planned": shown["impact"].iloc[0], "expected": shown["impact"].iloc[-1]}
    figures = {name: number(value, language, 1) for name, value in ends.items()}
    steps = shown[~shown["step"].isin(_ENDS)]
    worst = None if steps.empty else steps.loc[steps["change"].idxmin()]
    if worst is None or not worst["change"] < 0:
        return say("chart.expectation_title_same", language, **figures)
    return say(
        "chart.expectation_title",
        language,
        **figures,
        step=_name(str(worst["step"]), language)[:1].lower() + _name(str(worst["step"]), language)[1:],
        change=number(-worst["change"], language, 1),
    )


def _table(rows: pd.DataFrame, language: Language) -> Table:
    cells = tuple(
        (
            _name(str(row.step), language),
            "" if row.step in _ENDS else signed(row.change, language),
            number(row.impact, language, 1),
        )
        for row in rows.itertuples()
    )
    heads = tuple(say(f"chart.expectation_{key}", language) for key in ("step", "change", "impact"))
    return Table(heads, cells, (False, True, True))
