"""The budget frontier: what the best plan is worth as the ceilings fall and rise, with a slider."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import NamedTuple

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, Slider, with_message
from jspmodel.charts.style import BLUE, INK, MUTED, VERMILION, WIDTH, validated_whole
from jspmodel.figures import BudgetStep, budget_steps, program_list, region_changes
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.selection.parametric import Frontier
from jspmodel.text import Table, money, number, say

PARAMETER = "budget"
_HEIGHT = 220


@validated_whole
def frontier(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    found: Frontier | None,
    language: Language,
    *,
    steps: Sequence[BudgetStep] | None = None,
) -> alt.LayerChart | None:
    """Draw what the best plan is worth at each budget, and what no plan exceeds.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        It stands at its own budget.
    found : Frontier or None
        As ``budget_frontier`` returns it.
    language : {"id", "en"}
    steps : sequence of BudgetStep, optional
        What ``budget_steps`` returned for all this, where it is known: its futures take seconds.

    Returns
    -------
    LayerChart or None
        With a slider for the budget; what changes there is told beside it. None (a notebook then shows
        nothing) where there is no frontier.
    """
    if found is None:
        return None
    steps = budget_steps(case, scenario, plan, found) if steps is None else steps
    message = Message(
        _title(steps, plan, language),
        say(f"frontier.note_{plan.objective_kind}", language),
        _table(steps, plan, language),
        _slider(case, steps, plan, language),
    )
    return with_message(_draw(steps, plan, language), message, language)


def _inwards(steps: Sequence[BudgetStep]) -> str:
    """Return how a figure stands at its point: at both ends it must not push the chart's edge."""
    first, last = steps[0].percent, steps[-1].percent
    return f"datum.percent <= {first} ? 'left' : datum.percent >= {last} ? 'right' : 'center'"


class _Line(NamedTuple):
    field: str
    colour: str
    dash: list[int]


_MOST = _Line("bound", MUTED, [5, 4])
_LINES_OF_EFFECTS = {
    "expected": _Line("expected", BLUE, [1, 0]),
    "planned": _Line("objective", INK, [1, 0]),
    "most": _MOST,
}
_LINES_OF_SCORES = {"best": _Line("objective", BLUE, [1, 0]), "most": _MOST}
"""What is to be expected, what the plan counts on, and what no plan exceeds."""


def _draw(steps: Sequence[BudgetStep], plan: Plan, language: Language) -> alt.LayerChart:
    effects = COUNTS[plan.objective_kind].effects
    lines = _LINES_OF_EFFECTS if effects else _LINES_OF_SCORES
    kinds = [say(f"frontier.{kind}", language) for kind in lines]
    rows = [
        {"percent": step.percent, "worth": worth, "kind": kind, "told": number(worth, language, 1)}
        for step in steps
        if step.programs is not None
        for kind, worth in zip(kinds, (getattr(step, look.field) for look in lines.values()), strict=True)
    ]
    data = pd.DataFrame(rows, columns=["percent", "worth", "kind", "told"])
    title = say("frontier.percent", language)
    # Room at both ends, or the plot grows narrower where the slider's mark stands there.
    ends = alt.Scale(domain=[steps[0].percent, steps[-1].percent], nice=False, padding=8)
    x = alt.X("percent:Q", title=title, scale=ends, axis=alt.Axis(tickCount=6, grid=False))
    axis = alt.Axis(tickCount=4, domain=False)
    unit = say("chart.expectation_impact" if effects else f"frontier.worth_{plan.objective_kind}", language)
    low, high = (data["worth"].min(), data["worth"].max()) if len(data) else (0.0, 1.0)
    room = 0.12 * (high - low) or 1.0  # stated, as a budget without a plan leaves the marked point empty
    scale = alt.Scale(domain=[max(0.0, low - room), high + room], nice=False)
    y = alt.Y("worth:Q", title=unit, scale=scale, axis=axis)
    legend = alt.Legend(columns=1, labelLimit=WIDTH / 2)
    colours, dashes = ([getattr(look, part) for look in lines.values()] for part in ("colour", "dash"))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=legend)
    dash = alt.StrokeDash("kind:N", scale=alt.Scale(domain=kinds, range=dashes), legend=legend)
    drawn = alt.Chart(data).mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, strokeDash=dash)
    best = alt.Chart(data[data["kind"] == kinds[0]])
    here = best.transform_filter(f"datum.percent == {PARAMETER}")
    layers = [
        drawn,
        best.mark_point(size=40, filled=True, opacity=1, color=BLUE).encode(x=x, y=y),
        here.mark_rule(color=VERMILION, size=1.5).encode(x=x),
        here.mark_point(size=130, filled=True, opacity=1, color=VERMILION).encode(x=x, y=y),
        here.mark_text(
            dy=-14, fontSize=13, fontWeight="bold", color=INK, align=alt.ExprRef(_inwards(steps))
        ).encode(x=x, y=y, text=alt.Text("told:N")),
    ]
    return (
        alt.LayerChart(layer=layers)
        .properties(
            width=WIDTH, height=_HEIGHT, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
        )
        .add_params(_bound(steps, language))
    )


def _bound(steps: Sequence[BudgetStep], language: Language) -> alt.Parameter:
    first, last = steps[0].percent, steps[-1].percent
    step = (last - first) / (len(steps) - 1)
    name = say("frontier.slider", language)
    return alt.param(
        name=PARAMETER, value=100, bind=alt.binding_range(min=first, max=last, step=step, name=name)
    )


def _title(steps: Sequence[BudgetStep], plan: Plan, language: Language) -> str:
    effects = COUNTS[plan.objective_kind].effects
    worth = {
        step.percent: step.expected if effects else step.objective
        for step in steps
        if step.programs is not None
    }
    told = {percent: number(value, language, 1) for percent, value in worth.items()}
    if {80, 100, 120} <= set(told):
        less, now, more = told[80], told[100], told[120]
        return say(f"frontier.title_{plan.objective_kind}", language, less=less, now=now, more=more)
    return say("frontier.title_plain", language)


def _table(steps: Sequence[BudgetStep], plan: Plan, language: Language) -> Table:
    effects = COUNTS[plan.objective_kind].effects
    rows = tuple(
        (
            f"{step.percent}%",
            number(step.budget, language, 1),
            *([_figure(step.expected, language)] if effects else []),
            number(step.objective, language, 1)
            if step.programs is not None
            else say(f"frontier.cell_{step.finding}", language),
            _figure(step.bound, language),
            "–" if step.programs is None else str(len(step.programs)),
        )
        for step in steps
    )
    expected = ["expected"] if effects else []
    keys = ("percent", "money", *expected, f"worth_{plan.objective_kind}", "most", "count")
    return Table(tuple(say(f"frontier.{key}", language) for key in keys), rows, (True,) * len(keys))


def _figure(value: float, language: Language) -> str:
    return number(value, language, 1) if isfinite(value) else "–"


def _slider(case: Case, steps: Sequence[BudgetStep], plan: Plan, language: Language) -> Slider:
    told = tuple((step.percent, tuple(_step_sentences(case, step, plan, language))) for step in steps)
    return Slider(PARAMETER, 100, told)


def _step_sentences(case: Case, step: BudgetStep, plan: Plan, language: Language) -> Iterator[str]:
    """Yield what the best plan at a budget is, and what changes beside the plan."""
    values = {"percent": step.percent, "budget": money(step.budget, language)}
    if step.programs is None:
        yield say(f"frontier.at_{step.finding}", language, **values)
        return
    values.update(worth=number(step.objective, language, 1), expected=_figure(step.expected, language))
    yield say(f"frontier.at_{plan.objective_kind}", language, n=len(step.programs), **values)
    if step.percent == 100:
        yield say("frontier.this_plan", language)
        return
    for key in ("leaves", "enters"):
        if codes := getattr(step, key):
            programs = program_list(case, codes, language)
            yield say(f"frontier.{key}", language, n=len(codes), programs=programs)
    for key, told in region_changes(case, step, language):
        yield say(f"frontier.{key}", language, regions=told)
