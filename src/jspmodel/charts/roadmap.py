"""The roadmap: what is built when, from when it runs, who takes part, and when the first document is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.roadmap_layout import MOST_SQUARES, NARROW, WIDE, Row, draw_roadmap
from jspmodel.charts.style import validated_whole
from jspmodel.figures import joint_programs, main_issues
from jspmodel.plan import Plan, PlannedProgram
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, number, say, short_names, who

_MOST = 40


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
        Programmes by the issue they serve most, issues by weight, then by start; of many the 40 with the
        largest impact, the table has all.
    """
    years = measure.horizon(case, scenario)
    chosen = plan.selected
    largest = sorted(chosen, key=lambda item: -item.impact)[:_MOST]
    shown = [item for item in chosen if item in largest]
    few = len(case.regions) <= MOST_SQUARES
    regions = say("chart.roadmap_squares" if few else "chart.roadmap_counts", language)
    note = say("chart.roadmap_note", language, regions=regions)
    if len(shown) < len(chosen):
        note += " " + say("chart.roadmap_part", language, n=len(shown))
    message = Message(_title(case, plan, years[-1], language), note, _table(case, chosen, language))
    told = (_groups(case, scenario, shown, language), short_names(case), years)
    return with_message(draw_roadmap(*told, WIDE), message, language, draw_roadmap(*told, NARROW))


def _groups(
    case: Case, scenario: Scenario, shown: Sequence[PlannedProgram], language: Language
) -> list[tuple[str, list[Row]]]:
    issue, names = main_issues(case, scenario), case.names("issues", language)
    weight = measure.weights(case, scenario).sort_values(ascending=False, kind="stable")
    order = [*weight.index, *(code for code in case.issues["issue"] if code not in weight.index), ""]
    duration, called, due = _durations(case), case.names("programs", language), _first_due(case)
    groups = []
    for code in order:
        rows = [
            Row(
                f"{item.program} {called[item.program]}",
                item.regions,
                item.start or 0,
                (item.start or 0) + duration[item.program],
                due.get(item.program),
            )
            for item in shown
            if issue[item.program] == code
        ]
        if rows:
            groups.append((names.get(code) or say("chart.roadmap_no_issue", language), rows))
    return groups


def _first_due(case: Case) -> dict[str, float]:
    """Return when the first open document of each programme is due, as a year with its part."""
    papers = case.program_documents
    dated = papers[~papers["done"] & (papers["due"] != "")].groupby("program")["due"].min()
    return {str(program): _part(date.fromisoformat(str(due))) for program, due in dated.items()}


def _part(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _durations(case: Case) -> dict[str, int]:
    return dict(zip(case.programs["program"], case.programs["duration"].astype(int), strict=True))


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
