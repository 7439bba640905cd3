"""What each issue scores, from the lowest to the highest of its raters."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, TRACK, validated_whole
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say

_MOST, _ROW = 25, 38


@validated_whole
def issue_scores(case: Case, ranking: pd.DataFrame, language: Language) -> alt.LayerChart:
    """Draw the score of each issue and the spread of its raters.

    Parameters
    ----------
    case : Case
    ranking : DataFrame
        As ``rank_issues`` returns it.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Best first; of many issues the first 25, the table has all.
    """
    names = case.names("issues", language)
    shown = ranking.head(_MOST)
    note = say("notebook.scores_note", language)
    if len(shown) < len(ranking):
        note += " " + say("notebook.issues_part", language, n=_MOST)
    rows = shown[["score", "low", "high"]].assign(
        row=range(len(shown)),
        name=[f"{row.rank}. {names[row.issue]}" for row in shown.itertuples()],
        figure=[number(score, language, 2) for score in shown["score"]],
    )
    message = Message(_title(case, ranking, names, language), note, _table(ranking, names, language))
    return with_message(_draw(rows), message, language)


def _draw(rows: pd.DataFrame) -> alt.LayerChart:
    low, high = float(rows["low"].min()), float(rows["high"].max())
    start, end = low - 0.1 * max(high - low, 0.1), high + 0.25 * max(high - low, 0.1)
    data = alt.Chart(rows)
    layers = [
        data.mark_bar(color=TRACK, size=10, yOffset=9).encode(
            x=across("low", start, end), x2=alt.X2("high:Q"), y=down()
        ),
        data.mark_circle(color=BLUE, size=70, opacity=1, yOffset=9).encode(
            x=across("score", start, end), y=down()
        ),
        text(data, "name", dy=-9, size=13, color=INK),
        data.mark_text(align="left", dx=8, dy=9, fontSize=12, color=INK).encode(
            x=across("high", start, end), y=down(), text=alt.Text("figure:N")
        ),
    ]
    return stacked(layers, len(rows), _ROW)


def _title(case: Case, ranking: pd.DataFrame, names: dict[str, str], language: Language) -> str:
    if case.issue_scores.empty or ranking.empty:
        return say("notebook.scores_none", language)
    first = ranking.iloc[0]
    rivals = int((ranking["high"].iloc[1:] >= first["low"]).sum())
    key = "scores_title" if rivals else "scores_title_alone"
    score = number(first["score"], language, 2)
    return say(f"notebook.{key}", language, issue=names[first["issue"]], score=score, n=rivals)


def _table(ranking: pd.DataFrame, names: dict[str, str], language: Language) -> Table:
    rows = tuple(
        (
            str(row.rank),
            names[row.issue],
            *(number(value, language, 2) for value in (row.score, row.low, row.high)),
        )
        for row in ranking.itertuples()
    )
    keys = ("rank", "issue", "score", "low", "high")
    columns = tuple(say(f"notebook.column_{key}", language) for key in keys)
    return Table(columns, rows, (True, False, True, True, True))
