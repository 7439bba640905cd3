"""How much of each table was observed, estimated, or is only an illustration."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, SKY, TRACK, validated_whole
from jspmodel.figures import STATUSES, status_counts, table_title
from jspmodel.scenario import Language
from jspmodel.text import Table, number, percent, say

_COLOURS = (BLUE, SKY, TRACK)
_ROW = 38


@validated_whole
def data_status(case: Case, language: Language) -> alt.LayerChart:
    """Draw by table which share of its rows was observed, estimated, or is illustrative.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Tables that say the status of their rows, those with the largest observed share first.
    """
    counts = status_counts(case)
    shares = counts.div(counts.sum(axis=1), axis=0)
    order = shares.sort_values(["observed", "estimated"], ascending=False, kind="stable").index
    message = Message(
        _title(counts, language), say("notebook.status_note", language), _table(counts.loc[order], language)
    )
    return with_message(_draw(counts.loc[order], shares.loc[order], language), message, language)


def _draw(counts: pd.DataFrame, shares: pd.DataFrame, language: Language) -> alt.LayerChart:
    ends = shares.cumsum(axis=1)
    rows = pd.DataFrame(
        {
            "row": range(len(counts)),
            "name": [_label(str(name), row, language) for name, row in counts.iterrows()],
            **{f"{status}_start": (ends[status] - shares[status]).to_numpy() for status in STATUSES},
            **{f"{status}_end": ends[status].to_numpy() for status in STATUSES},
        }
    )
    data = alt.Chart(rows)
    bars = [
        data.mark_bar(color=colour, size=10, yOffset=9).encode(
            x=across(f"{status}_start", 0, 1), x2=f"{status}_end:Q", y=down()
        )
        for status, colour in zip(STATUSES, _COLOURS, strict=True)
    ]
    return stacked([*bars, text(data, "name", dy=-9, size=13, color=INK)], len(rows), _ROW)


def _label(table: str, counts: pd.Series[int], language: Language) -> str:
    """Return the table's name and its counts in words, so that colour need not tell them."""
    parts = [
        f"{number(count, language)} {say(f'choice.status_{status}', language)}"
        for status, count in counts.items()
        if count
    ]
    return f"{table_title(table, language)}: {', '.join(parts)}"


def _title(counts: pd.DataFrame, language: Language) -> str:
    total = int(counts.to_numpy().sum())
    if not total:
        return say("notebook.status_none", language)
    shares = {status: percent(counts[status].sum() / total, language, 0) for status in STATUSES}
    return say("notebook.status_title", language, n=number(total, language), **shares)


def _table(counts: pd.DataFrame, language: Language) -> Table:
    rows = tuple(
        (table_title(str(name), language), *(number(count, language) for count in row))
        for name, row in counts.iterrows()
    )
    heads = (say(f"choice.status_{status}", language) for status in STATUSES)
    return Table((say("notebook.column_table", language), *heads), rows, (False, True, True, True))
