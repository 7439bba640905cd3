"""What is known of each issue in each region: measured, judged, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import BLUE, INK, SKY, WIDTH, validated_whole
from jspmodel.measure import known_gaps
from jspmodel.scenario import Language
from jspmodel.text import Table, say, short_names

_LEFT, _TOP, _ROW = 220, 110, 24
_WIDEST, _MOST_ISSUES, _MOST_REGIONS = 84, 30, 38


@validated_whole
def data_coverage(case: Case, language: Language) -> alt.LayerChart:
    """Draw by issue and region how many indicators have a value, where judgement stands in, what is unknown.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        The first 30 issues and 38 regions of the tables; the table has all.
    """
    cells = gap_sources(case)
    issues, regions = list(case.issues["issue"]), list(case.regions["region"])
    message = Message(
        _title(cells, language),
        say("notebook.coverage_note", language, judged=_mark("judged", 0, language)),
        _table(case, cells, language),
    )
    chart = _draw(case, cells, issues[:_MOST_ISSUES], regions[:_MOST_REGIONS], language)
    return with_message(chart, message, language)


def gap_sources(case: Case) -> pd.DataFrame:
    """Return by issue and region what its gap rests on.

    Parameters
    ----------
    case : Case

    Returns
    -------
    DataFrame, one row an issue and region
        ``issue``, ``region``, ``kind`` (measured, judged, unknown), ``indicators`` (how many have a value).
    """
    of = dict(zip(case.indicators["indicator"], case.indicators["issue"], strict=True))
    pairs = case.indicator_values[["indicator", "region"]].drop_duplicates()
    count = pairs.assign(issue=pairs["indicator"].map(of)).groupby(["issue", "region"]).size().to_dict()
    gaps = known_gaps(case).stack(future_stack=True)
    rows = []
    for (issue, region), gap in gaps.items():
        n = count.get((issue, region), 0)
        rows.append((issue, region, "measured" if n else "unknown" if pd.isna(gap) else "judged", n))
    return pd.DataFrame(rows, columns=["issue", "region", "kind", "indicators"])


def _mark(kind: str, count: int, language: Language) -> str:
    return str(count) if kind == "measured" else say(f"notebook.mark_{kind}", language)


def _draw(
    case: Case, cells: pd.DataFrame, issues: Sequence[str], regions: Sequence[str], language: Language
) -> alt.LayerChart:
    shown = cells[cells["issue"].isin(issues) & cells["region"].isin(regions)]
    side = min(_WIDEST, (WIDTH - _LEFT) / max(1, len(regions)))
    places = pd.DataFrame(
        {
            "x": [_LEFT + side * regions.index(region) for region in shown["region"]],
            "y": [_TOP + _ROW * issues.index(issue) for issue in shown["issue"]],
            "kind": shown["kind"].to_numpy(),
            "mark": [_mark(row.kind, row.indicators, language) for row in shown.itertuples()],
        }
    )
    places = places.assign(x2=places["x"] + side - 2, y2=places["y"] + _ROW - 2)
    height = _TOP + _ROW * len(issues)
    layers = [
        *(_cells(places[places["kind"] == kind], kind, height) for kind in ("measured", "judged", "unknown")),
        *_names(case, issues, regions, side, height, language),
    ]
    return alt.LayerChart(layer=layers).properties(width=WIDTH, height=height)


_FILL = {"measured": BLUE, "judged": SKY, "unknown": "white"}
_TEXT = {"measured": "white", "judged": INK, "unknown": INK}


def _cells(places: pd.DataFrame, kind: str, height: float) -> alt.LayerChart:
    data = alt.Chart(places)
    x, y = _across("x"), _down("y", height)
    box = data.mark_rect(color=_FILL[kind]).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    mark = data.mark_text(align="left", dx=6, dy=_ROW / 2 - 1, fontSize=12, color=_TEXT[kind])
    return box + mark.encode(x=x, y=y, text=alt.Text("mark:N"))


def _names(
    case: Case,
    issues: Sequence[str],
    regions: Sequence[str],
    side: float,
    height: float,
    language: Language,
) -> list[alt.Chart]:
    names, places = case.names("issues", language), short_names(case)
    rows = pd.DataFrame(
        {"y": [_TOP + _ROW * k for k in range(len(issues))], "name": [names[i] for i in issues]}
    )
    columns = pd.DataFrame(
        {"x": [_LEFT + side * (k + 0.5) for k in range(len(regions))], "name": [places[r] for r in regions]}
    )
    left = alt.Chart(rows).mark_text(align="left", dy=_ROW / 2 - 1, fontSize=12, color=INK, limit=_LEFT - 8)
    top = alt.Chart(columns).mark_text(
        align="left", angle=270, fontSize=12, color=INK, limit=_TOP - 8, y=_TOP - 6
    )
    return [
        left.encode(x=alt.value(0), y=_down("y", height), text=alt.Text("name:N")),
        top.encode(x=_across("x"), text=alt.Text("name:N")),
    ]


def _across(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False, zero=False))


def _down(field: str, height: float) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False))


def _title(cells: pd.DataFrame, language: Language) -> str:
    if cells.empty:
        return say("notebook.coverage_none", language)
    counts = {kind: int((cells["kind"] == kind).sum()) for kind in _FILL}
    return say("notebook.coverage_title", language, all=len(cells), **counts)


def _table(case: Case, cells: pd.DataFrame, language: Language) -> Table:
    names, places = case.names("issues", language), short_names(case)
    marks = {(row.issue, row.region): _mark(row.kind, row.indicators, language) for row in cells.itertuples()}
    rows = tuple((names[issue], *(marks.get((issue, region), "") for region in places)) for issue in names)
    columns = (say("notebook.column_issue", language), *places.values())
    return Table(columns, rows, (False, *(True for _ in places)))
