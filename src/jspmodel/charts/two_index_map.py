"""Programmes on two indices, social-environmental and financial-economic, with how far the budget goes."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import BLUE, INK, MUTED, VERMILION, WIDTH, validated_whole
from jspmodel.figures import INDICES, ProjectIndices, project_indices
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, listed, money, number, say

_HEIGHT = 420
_ENDS = [-8, 108]
_CORNERS = (-4, 104)


@validated_whole
def two_index_map(case: Case, scenario: Scenario, plan: Plan, language: Language) -> alt.LayerChart | None:
    """Draw programmes by their two indices, those of the plan filled, and how far the budget goes on each.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    LayerChart or None
        None (a notebook then shows nothing) where programmes are not appraised.
    """
    found = project_indices(case, scenario)
    if found is None:
        return None
    chosen = {item.program for item in plan.selected}
    note = say("two_index.note", language, budget=money(found.budget, language))
    if found.unknown:
        note += " " + say("two_index.unknown", language, programs=listed(found.unknown, language))
    message = Message(_title(found, chosen, language), note, _table(case, found, chosen, language))
    return with_message(_draw(found, chosen, language), message, language)


def _title(found: ProjectIndices, chosen: set[str], language: Language) -> str:
    of = found.table["quadrant"]
    best, least = (list(of.index[of == quadrant]) for quadrant in ("A", "D"))
    inside = [program for program in best if program in chosen]
    places = {
        "n": len(inside),
        "all": len(best),
        "none": len([p for p in least if p in chosen]),
        "others": len(least),
    }
    return say("two_index.title", language, **places)


def _draw(found: ProjectIndices, chosen: set[str], language: Language) -> alt.LayerChart:
    rows = found.table.reset_index()
    plan, rest = say("two_index.in_plan", language), say("two_index.not_in_plan", language)
    rows["state"] = [plan if program in chosen else rest for program in rows["program"]]
    scale = alt.Scale(domain=_ENDS, nice=False)
    x = alt.X(f"{INDICES[1]}:Q", title=say(f"two_index.{INDICES[1]}", language), scale=scale)
    y = alt.Y(f"{INDICES[0]}:Q", title=say(f"two_index.{INDICES[0]}", language), scale=scale)
    colour = alt.Color(
        "state:N", scale=alt.Scale(domain=[plan, rest], range=[BLUE, VERMILION]), legend=alt.Legend()
    )
    data = alt.Chart(rows)
    layers = [
        _line("x", found.lines[INDICES[1]]),
        _line("y", found.lines[INDICES[0]]),
        data.mark_point(filled=True, size=80, opacity=0.9).encode(
            x=x, y=y, color=colour, shape=_shape(plan, rest)
        ),
        data.mark_text(dy=-10, fontSize=11, color=INK).encode(x=x, y=y, text="program:N"),
        _letters(x, y),
    ]
    return alt.LayerChart(layer=layers).properties(width=WIDTH - 60, height=_HEIGHT)


def _shape(plan: str, rest: str) -> alt.Shape:
    """Return shapes that tell programmes apart without their colour."""
    return alt.Shape(
        "state:N", scale=alt.Scale(domain=[plan, rest], range=["circle", "triangle"]), legend=alt.Legend()
    )


def _line(side: str, place: float) -> alt.Chart:
    """Return where the budget ends along an index."""
    rule = alt.Chart(pd.DataFrame({side: [place]})).mark_rule(color=MUTED, strokeDash=[5, 4])
    return rule.encode(**{side: f"{side}:Q"})


def _letters(x: alt.X, y: alt.Y) -> alt.Chart:
    """Return the names of the quadrants, in the corners."""
    low, high = _CORNERS
    places = [("A", high, high), ("B", low, high), ("C", high, low), ("D", low, low)]
    corners = pd.DataFrame(places, columns=["quadrant", INDICES[1], INDICES[0]])
    mark = alt.Chart(corners).mark_text(fontSize=18, fontWeight="bold", color=MUTED)
    return mark.encode(x=x, y=y, text="quadrant:N")


def _table(case: Case, found: ProjectIndices, chosen: set[str], language: Language) -> Table:
    names = case.names("programs", language)
    rows = tuple(
        (
            f"{program} {names[program]}",
            *(number(float(row[index]), language, 1) for index in INDICES),
            row["quadrant"],
            number(float(row["cost"]), language, 1),
            say(f"two_index.{'yes' if program in chosen else 'no'}", language),
        )
        for program, row in found.table.sort_values(
            ["quadrant", INDICES[0]], ascending=[True, False]
        ).iterrows()
    )
    keys = ("program", *INDICES, "quadrant", "cost", "in_plan")
    columns = tuple(say(f"two_index.column_{key}", language) for key in keys)
    return Table(columns, rows, (False, True, True, False, True, False))
