"""What goes first: a row a programme, a column a budget; the cells that are carried out make a staircase."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import beside, down, lines_of, stacked
from jspmodel.charts.style import BLUE, INK, MUTED, RULE, TRACK, WIDTH, validated_whole
from jspmodel.figures import budgets_without_plan, nested_title, share_of
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.text import Table, money, number, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation, NestedLevel, NestedPlan

_ROW, _LEFT = 21, 290
_GAP = 0.04
"""Of a column, at either side of a cell."""
_YEAR, _ROOM = 28, 40
"""Pixels in which a year can be read; a percentage and an amount of money."""


@validated_whole
def nested_plan(
    case: Case, plan: Plan, found: Explanation | None, language: Language
) -> alt.LayerChart | None:
    """Draw which programmes are carried out with each budget, those that go last at the top.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    LayerChart or None
        In each cell the year in which the programme starts. None (a notebook then shows nothing) where
        nothing is carried out with any budget.
    """
    nested = None if found is None else found.nested
    if nested is None or not nested.order:
        return None
    codes = _ordered(case, nested)
    notes = [say("nested.chart_note", language)]
    if _width(nested.levels) >= _YEAR:
        notes.append(say("nested.chart_years", language))
    notes += budgets_without_plan(nested, language)
    whole = {item.program: item.option_of or item.program for item in plan.programs}
    if left := plan.proposed - len({whole[code] for code in codes}):
        notes.append(say("nested.chart_none", language, n=left))
    table = _table(case, nested, codes, language)
    message = Message(nested_title(case, nested, language), " ".join(notes), table)
    return with_message(_draw(case, nested, codes, language), message, language)


def _ordered(case: Case, nested: NestedPlan) -> list[str]:
    """Return programmes by the smallest budget that carries them out; alike in table order."""
    place = {code: k for k, code in enumerate(case.programs["program"])}
    return [code for code, _ in sorted(nested.order, key=lambda item: (item[1], place[item[0]]))]


def _starts(level: NestedLevel) -> dict[str, int]:
    return {choice.program: choice.start for choice in level.choices or ()}


def _draw(case: Case, nested: NestedPlan, codes: Sequence[str], language: Language) -> alt.LayerChart:
    names, levels = case.names("programs", language), nested.levels
    rows = pd.DataFrame(
        [(k, lines_of(f"{code} {names[code]}")) for k, code in enumerate(codes)], columns=["row", "name"]
    )
    cells = _cells(levels, codes)
    full = cells[cells["year"] != ""]
    layers = [
        _edges(nested, codes),
        _boxes(cells[cells["year"] == ""], TRACK, 3, len(levels)),
        _boxes(full, BLUE, _ROW - 4, len(levels)),
        *beside(rows, INK, _LEFT - 10),
        *_headings(levels, language),
    ]
    if _width(levels) >= _YEAR:
        year = alt.Chart(full).mark_text(fontSize=11, color="white")
        layers.append(year.encode(x=_across("middle", len(levels)), y=down(), text=alt.Text("year:N")))
    return stacked(layers, len(codes), _ROW)


def _width(levels: Sequence[NestedLevel]) -> float:
    """Return the pixels of a column."""
    return (WIDTH - _LEFT) / len(levels)


def _cells(levels: Sequence[NestedLevel], codes: Sequence[str]) -> pd.DataFrame:
    """Return where each cell stands, and the year of its start; budgets without a plan have no cells."""
    rows = [
        (row, k + _GAP, k + 0.5, k + 1 - _GAP, str(starts.get(code, "")))
        for k, level in enumerate(levels)
        if level.choices is not None
        for starts in [_starts(level)]
        for row, code in enumerate(codes)
    ]
    return pd.DataFrame(rows, columns=["row", "from", "middle", "to", "year"])


def _across(field: str, columns: int) -> alt.X:
    scale = alt.Scale(domain=[0, columns], range=[_LEFT, WIDTH], nice=False, zero=False)
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _boxes(cells: pd.DataFrame, colour: str, size: int, columns: int) -> alt.Chart:
    mark = alt.Chart(cells).mark_bar(color=colour, size=size)
    return mark.encode(x=_across("from", columns), x2=alt.X2("to:Q"), y=down())


def _edges(nested: NestedPlan, codes: Sequence[str]) -> alt.Chart:
    """Return a line above each group of programmes that join with the same budget, but the first."""
    joined = dict(nested.order)
    edges = [k for k, code in enumerate(codes) if k and joined[code] != joined[codes[k - 1]]]
    mark = alt.Chart(pd.DataFrame({"row": edges}, dtype=int)).mark_rule(color=MUTED, yOffset=-_ROW / 2)
    return mark.encode(x=alt.value(0), x2=alt.value(WIDTH), y=down())


def _headings(levels: Sequence[NestedLevel], language: Language) -> list[alt.Chart]:
    """Return budgets above the columns, in percent and in rupiah: of many those that can be read."""
    rows = [
        (k + 0.5, share_of(level.level, language), number(level.budget, language, 1))
        for k, level in enumerate(levels)
        if k % ceil(_ROOM / _width(levels)) == 0
    ]
    data = alt.Chart(pd.DataFrame(rows, columns=["middle", "level", "budget"]))
    x, top = _across("middle", len(levels)), alt.value(0)
    layers = [data.mark_rule(color=RULE).encode(y=top)]
    for field, dy, size, colour in (("level", -26, 12, INK), ("budget", -11, 11, MUTED)):
        mark = data.mark_text(fontSize=size, color=colour, dy=dy)
        layers.append(mark.encode(x=x, y=top, text=alt.Text(f"{field}:N")))
        name = alt.Chart(pd.DataFrame({"name": [say(f"nested.column_{field}", language)]}))
        named = name.mark_text(align="left", fontSize=size, color=colour, dy=dy, limit=_LEFT - 10)
        layers.append(named.encode(x=alt.value(0), y=top, text=alt.Text("name:N")))
    return layers


def _table(case: Case, nested: NestedPlan, codes: Sequence[str], language: Language) -> Table:
    names, starts = case.names("programs", language), [_starts(level) for level in nested.levels]
    rows = tuple(
        (f"{code} {names[code]}", *(str(by_code.get(code, "–")) for by_code in starts)) for code in codes
    )
    headings = (
        say(
            "nested.heading",
            language,
            level=share_of(level.level, language),
            budget=money(level.budget, language),
        )
        for level in nested.levels
    )
    columns = (say("nested.column_program", language), *headings)
    return Table(columns, rows, (False, *(True for _ in nested.levels)))
