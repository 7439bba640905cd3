"""How often each issue is at the top, whatever the criteria weigh."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, TRACK, validated_whole
from jspmodel.issues import RankSensitivity
from jspmodel.scenario import Language
from jspmodel.text import Table, number, percent, say

_MOST, _ROW = 25, 38
_SURE = 0.9


@validated_whole
def first_places(
    case: Case, ranking: pd.DataFrame, sensitivity: RankSensitivity, language: Language
) -> alt.LayerChart:
    """Draw how often each issue is among the first ones under random weights of the criteria.

    Parameters
    ----------
    case : Case
    ranking : DataFrame
        As ``rank_issues`` returns it; its order is the order of the rows.
    sensitivity : RankSensitivity
        As ``rank_sensitivity`` returns it.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Of many issues the first 25; the table has all.
    """
    names = case.names("issues", language)
    shares = [float(sensitivity.often[issue]) for issue in ranking["issue"]]
    rows = pd.DataFrame(
        {
            "row": range(len(ranking)),
            "name": [f"{row.rank}. {names[row.issue]}" for row in ranking.itertuples()],
            "share": shares,
            "figure": [percent(share, language, 0) for share in shares],
        }
    )
    places = {"first": sensitivity.first, "draws": number(sensitivity.draws, language)}
    note = say("notebook.places_note", language, **places)
    if len(rows) > _MOST:
        note += " " + say("notebook.issues_part", language, n=_MOST)
    message = Message(_title(ranking, sensitivity, names, language), note, _table(rows, language))
    return with_message(_draw(rows.head(_MOST)), message, language)


def _draw(rows: pd.DataFrame) -> alt.LayerChart:
    data = alt.Chart(rows.assign(whole=1.0))
    share, whole = (across(field, 0, 1.12) for field in ("share", "whole"))
    layers = [
        data.mark_bar(color=TRACK, size=10, yOffset=9).encode(x=whole, x2=alt.datum(0), y=down()),
        data.mark_bar(color=BLUE, size=10, yOffset=9).encode(x=share, x2=alt.datum(0), y=down()),
        text(data, "name", dy=-9, size=13, color=INK),
        data.mark_text(align="left", dx=4, dy=9, fontSize=12, color=INK).encode(
            x=whole, y=down(), text=alt.Text("figure:N")
        ),
    ]
    return stacked(layers, len(rows), _ROW)


def _title(
    ranking: pd.DataFrame, sensitivity: RankSensitivity, names: dict[str, str], language: Language
) -> str:
    if not sensitivity.draws:
        return say("notebook.places_none", language)
    top = list(ranking["issue"].head(sensitivity.first))
    sure = [issue for issue in top if sensitivity.often[issue] >= _SURE]
    least = min(top, key=lambda issue: float(sensitivity.often[issue]))
    return say(
        "notebook.places_title",
        language,
        n=len(sure),
        first=len(top),
        issue=names[least],
        share=percent(float(sensitivity.often[least]), language, 0),
    )


def _table(rows: pd.DataFrame, language: Language) -> Table:
    columns = tuple(say(f"notebook.column_{key}", language) for key in ("issue", "often"))
    return Table(columns, tuple(zip(rows["name"], rows["figure"], strict=True)), (False, True))
