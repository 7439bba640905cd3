"""A plan beside the one before it: what enters, what leaves, what moves; rows that stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import beside, down, lines_of, stacked, year_grid
from jspmodel.charts.style import BLUE, INK, MUTED, TRACK, validated_whole
from jspmodel.figures import change_of
from jspmodel.plan import Choice
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, say

_MOST, _ROW, _LEFT = 60, 22, 320
_WIDTH = 540
"""Pixels that are left beside the controls on a laptop screen."""
_MARKED = ("enters", "leaves", "moves")
_PARTS = ("", "_ready", "_end")

Choices = Sequence[Choice]


@validated_whole
def plan_change(
    case: Case, scenario: Scenario, now: Choices, before: Choices, order: Sequence[str], language: Language
) -> alt.LayerChart:
    """Draw a plan over the years beside the one before it.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    now, before : sequence of Choice
    order : sequence of str
        As ``row_order`` returns it: the rows stay where they are from plan to plan.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        One row a programme, chosen or not, 60 at most; the table has all.
    """
    years = measure.horizon(case, scenario)
    new, old = ({choice.program: choice for choice in plan} for plan in (now, before))
    note = say("whatif.chart_note", language)
    if len(order) > _MOST:
        note += " " + say("whatif.chart_part", language, n=_MOST, all=len(order))
    table = _table(case, new, old, order, language)
    message = Message(_title(case, new, old, language), note, table)
    bars = _bars(case, new, old, order[:_MOST], years[-1] + 1, language)
    return with_message(_draw(bars, years), message, language)


def _bars(
    case: Case,
    new: Mapping[str, Choice],
    old: Mapping[str, Choice],
    order: Sequence[str],
    end: int,
    language: Language,
) -> pd.DataFrame:
    names = case.names("programs", language)
    duration = case.programs.set_index("program")["duration"].astype(int).to_dict()
    rows = []
    for k, program in enumerate(order):
        change = change_of(program, new, old)
        mark = say(f"whatif.mark_{change}", language) if change in _MARKED else ""
        row: dict[str, object] = {"row": k, "name": lines_of(f"{program} {names[program]}"), "mark": mark}
        for kind, plan in (("now", new), ("old", old)):
            start = plan[program].start if program in plan else None
            ready = None if start is None else start + duration[program]
            row |= {kind: start, f"{kind}_ready": ready, f"{kind}_end": None if start is None else end}
        rows.append(row)
    keys = ["row", "name", "mark", *(f"{kind}{part}" for kind in ("now", "old") for part in _PARTS)]
    return pd.DataFrame(rows, columns=keys)


def _draw(bars: pd.DataFrame, years: Sequence[int]) -> alt.LayerChart:
    now, old = (alt.Chart(bars[bars[kind].notna()]) for kind in ("now", "old"))
    place = _place(years)
    layers = [
        *year_grid(years, _place(years)("year")),
        old.mark_bar(color=TRACK, size=13).encode(x=place("old"), x2=alt.X2("old_end:Q"), y=down()),
        now.mark_bar(color=BLUE, size=7).encode(x=place("now"), x2=alt.X2("now_ready:Q"), y=down()),
        now.mark_bar(color=BLUE, size=2).encode(x=place("now_ready"), x2=alt.X2("now_end:Q"), y=down()),
        *beside(bars[bars["now"].notna()], INK, _LEFT - 30),
        *beside(bars[bars["now"].isna()], MUTED, _LEFT - 30),
        alt.Chart(bars[bars["mark"] != ""])
        .mark_text(align="right", fontSize=12, fontWeight="bold", color=INK)
        .encode(x=alt.value(_LEFT - 8), y=down(), text=alt.Text("mark:N")),
    ]
    return stacked(layers, len(bars), _ROW).properties(width=_WIDTH)


def _place(years: Sequence[int]) -> Callable[[str], alt.X]:
    scale = alt.Scale(domain=[years[0], years[-1] + 1], range=[_LEFT, _WIDTH], nice=False, zero=False)
    return lambda field: alt.X(f"{field}:Q", axis=None, scale=scale)


def _title(case: Case, new: Mapping[str, Choice], old: Mapping[str, Choice], language: Language) -> str:
    changes = [change_of(program, new, old) for program in case.programs["program"]]
    places = {change: changes.count(change) for change in _MARKED}
    key = "chart_title" if any(places.values()) else "chart_same"
    return say(f"whatif.{key}", language, n=len(new), all=len(changes), **places)


def _table(
    case: Case,
    new: Mapping[str, Choice],
    old: Mapping[str, Choice],
    order: Sequence[str],
    language: Language,
) -> Table:
    names = case.names("programs", language)
    rows = tuple(
        (
            f"{program} {names[program]}",
            *(str(plan[program].start) if program in plan else "–" for plan in (old, new)),
            say(f"whatif.{change_of(program, new, old)}", language),
        )
        for program in order
    )
    keys = ("program", "before", "now", "change")
    return Table(
        tuple(say(f"whatif.column_{key}", language) for key in keys), rows, (False, True, True, False)
    )
