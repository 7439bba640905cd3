"""The roadmap: what is built when, from when it runs, and who takes part."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import across, down, stacked, text, year_grid
from jspmodel.charts.style import BLUE, INK, MUTED, validated_whole
from jspmodel.figures import joint_programs
from jspmodel.plan import Plan, PlannedProgram
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, number, say, who

_MOST, _ROW = 24, 48


@validated_whole
def roadmap(case: Case, scenario: Scenario, plan: Plan, language: Language) -> alt.LayerChart:
    """Draw the selected programmes over the years.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        One row a programme in order of its start; of many the 24 with the largest impact, the table has all.
    """
    years = measure.horizon(case, scenario)
    chosen = plan.selected
    largest = sorted(chosen, key=lambda item: -item.impact)[:_MOST]
    shown = [item for item in chosen if item in largest]
    note = say("chart.roadmap_note", language)
    if len(shown) < len(chosen):
        note += " " + say("chart.roadmap_part", language, n=len(shown))
    message = Message(_title(case, plan, years[-1], language), note, _table(case, chosen, language))
    return with_message(_draw(_bars(case, shown, years[-1] + 1, language), years), message, language)


def _bars(case: Case, shown: Sequence[PlannedProgram], end: int, language: Language) -> pd.DataFrame:
    duration, names = _durations(case), case.names("programs", language)
    rows = [
        {
            "row": k,
            "name": f"{item.program} {names[item.program]}",
            "regions": who(item.regions, case, language),
            "start": item.start,
            "ready": (item.start or 0) + duration[item.program],
            "end": end,
        }
        for k, item in enumerate(shown)
    ]
    return pd.DataFrame(rows, columns=["row", "name", "regions", "start", "ready", "end"])


def _durations(case: Case) -> dict[str, int]:
    return dict(zip(case.programs["program"], case.programs["duration"].astype(int), strict=True))


def _draw(bars: pd.DataFrame, years: Sequence[int]) -> alt.LayerChart:
    first, last, rows = years[0], years[-1] + 1, alt.Chart(bars)
    build = rows.mark_bar(color=BLUE, size=11, yOffset=16)
    run = rows.mark_bar(color=BLUE, size=3, yOffset=16)
    layers = [
        *year_grid(years, across("year", years[0], years[-1] + 1)),
        build.encode(x=across("start", first, last), x2=alt.X2("ready:Q"), y=down()),
        run.encode(x=across("ready", first, last), x2=alt.X2("end:Q"), y=down()),
        text(rows, "name", dy=-13, size=13, color=INK),
        text(rows, "regions", dy=2, color=MUTED),
    ]
    return stacked(layers, len(bars), _ROW)


def _title(case: Case, plan: Plan, last: int, language: Language) -> str:
    chosen = plan.selected
    if not chosen:
        return say("chart.roadmap_none", language)
    first = chosen[0].start
    return say(
        "chart.roadmap_title",
        language,
        n=len(chosen),
        now=sum(item.start == first for item in chosen),
        first=first,
        last=last,
        joint=len(joint_programs(case, plan)),
    )


def _table(case: Case, chosen: Sequence[PlannedProgram], language: Language) -> Table:
    duration, names = _durations(case), case.names("programs", language)
    rows = (
        (
            item.program,
            names[item.program],
            str(item.start),
            str((item.start or 0) + duration[item.program] - 1),
            who(item.regions, case, language),
            number(item.cost, language, 1),
        )
        for item in chosen
    )
    headings = ("code", "program", "start", "ready", "regions", "cost")
    return Table(
        columns=tuple(say(f"chart.{heading}", language) for heading in headings),
        rows=tuple(rows),
        numeric=(False, False, True, True, False, True),
    )
