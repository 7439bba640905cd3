"""What the plans of several scenarios are worth, and how much more was still possible."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, MUTED, TRACK, validated_whole
from jspmodel.objective_kinds import ObjectiveKind
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, signed

_ROW = 42


@validated_whole
def scenario_impact(
    runs: pd.DataFrame, differences: pd.DataFrame, titles: Mapping[str, str], language: Language
) -> alt.LayerChart:
    """Draw what each scenario's plan is worth by the measure of the first.

    Parameters
    ----------
    runs, differences : DataFrame
        Of a ``Comparison``.
    titles : mapping of str to str
        What to call each run.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        In the order of the runs; those that cannot be measured alike have no bar.
    """
    rows = _rows(runs, differences, titles, language)
    first = titles[runs["run"].iloc[0]]
    kind: ObjectiveKind = runs["kind"].iloc[0]
    note = say(f"compare.worth_note_{kind}", language, first=first)
    message = Message(_title(rows, first, kind, language), note, _table(rows, kind, language))
    return with_message(_draw(rows), message, language)


def _rows(
    runs: pd.DataFrame, differences: pd.DataFrame, titles: Mapping[str, str], language: Language
) -> pd.DataFrame:
    gains = differences.set_index("run")
    sought = [
        run not in gains.index or gains.loc[run, "verdict"] in {"proven", "within", "same"}
        for run in runs["run"]
    ]
    rows = pd.DataFrame(
        {
            "row": range(len(runs)),
            "name": [titles[run] for run in runs["run"]],
            "worth": runs["worth"],
            "bound": runs["bound"].where(sought),
            "gain": runs["run"].map(gains["worth"]),
        }
    )
    pairs = zip(rows["worth"], rows["gain"], strict=True)
    return rows.assign(figure=[_figure(worth, gain, language) for worth, gain in pairs])


def _figure(worth: float, gain: float, language: Language) -> str:
    if worth != worth:
        return "–"
    figure = number(worth, language, 1)
    return figure if gain != gain else f"{figure} ({signed(gain, language)})"


def _draw(rows: pd.DataFrame) -> alt.LayerChart:
    known = rows.dropna(subset=["worth"])
    top = 1.25 * max([*rows["bound"].dropna(), *known["worth"], 0.1])
    data, bars = alt.Chart(rows), alt.Chart(known)
    open_ = alt.Chart(rows.dropna(subset=["bound"]))
    first = alt.Chart(rows[["worth"]].head(1))
    layers = [
        open_.mark_bar(color=TRACK, size=12, yOffset=10).encode(
            x=across("bound", 0, top), x2=alt.datum(0), y=down()
        ),
        bars.mark_bar(color=BLUE, size=12, yOffset=10).encode(
            x=across("worth", 0, top), x2=alt.datum(0), y=down()
        ),
        first.mark_rule(color=MUTED, strokeDash=[4, 3]).encode(x=across("worth", 0, top)),
        text(data, "name", dy=-9, size=13, color=INK),
        data.mark_text(align="right", dy=10, fontSize=12, color=INK).encode(
            x=alt.value("width"), y=down(), text=alt.Text("figure:N")
        ),
    ]
    return stacked(layers, len(rows), _ROW)


def _title(rows: pd.DataFrame, first: str, kind: ObjectiveKind, language: Language) -> str:
    gains = rows.dropna(subset=["gain"])
    gains = gains[gains["bound"].notna()] if gains["bound"].notna().any() else gains
    if gains.empty or gains["gain"].abs().max() < 0.05:
        return say("compare.worth_title_same", language)
    most = gains.loc[gains["gain"].abs().idxmax()]
    change = signed(most["gain"], language)
    return say(f"compare.worth_title_{kind}", language, run=most["name"], first=first, difference=change)


def _table(rows: pd.DataFrame, kind: ObjectiveKind, language: Language) -> Table:
    keys = ("run", f"worth_{kind}", "difference", "bound")
    cells = (
        (row.name, _known(row.worth, language), _signed(row.gain, language), _known(row.bound, language))
        for row in rows.itertuples(index=False)
    )
    return Table(
        columns=tuple(say(f"compare.column_{key}", language) for key in keys),
        rows=tuple(cells),
        numeric=(False, True, True, True),
    )


def _known(value: float, language: Language) -> str:
    return "–" if value != value else number(value, language, 1)


def _signed(value: float, language: Language) -> str:
    return "–" if value != value else signed(value, language)
