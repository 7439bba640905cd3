"""The controls and the one chart that stays."""

from __future__ import annotations

from collections.abc import Callable
from math import isinf
from threading import RLock
from typing import Any

import ipywidgets as widgets

from jspmodel.case import Case
from jspmodel.charts.plan_change import plan_change, row_order
from jspmodel.charts.render import svg
from jspmodel.errors import JspError
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.selection.live import LivePlan
from jspmodel.text.numbers import number
from jspmodel.text.wording import say
from jspmodel.whatif.picker import Picker
from jspmodel.whatif.question import Question, Reply, as_it_stands, reply
from jspmodel.whatif.seeker import Progress, Seeker
from jspmodel.whatif.words import refused, told

_BUDGETS = (50, 150, 5)
"""Percent: least, most, step."""


class Controls:
    """What a planner moves, and what answers.

    Attributes
    ----------
    budget, equity : widgets
    locked_in, locked_out : Picker
    words, chart, progress : widgets
        The answer; the same from first to last, only their contents change.
    box : widget
        All of them.
    seeker : Seeker
    """

    def __init__(self, case: Case, scenario: Scenario, plan: Plan, language: Language) -> None:
        self._case, self._scenario, self._language = case, scenario, language
        self._lock = RLock()
        self._order = row_order(case, plan.choices)
        self._now = self._before = reply(case, scenario, as_it_stands(scenario), plan)
        self._build()
        self._show(None)
        self.seeker = Seeker(
            case, scenario, plan, self._take, self._tell_progress, self._tell_error, self._rest
        )
        self._listen()
        self.seeker.start()

    def _say(self, key: str, **values: object) -> str:
        return say(f"whatif.{key}", self._language, **values)

    def _build(self) -> None:
        asked = self._now.question
        names = self._case.names("programs", self._language)
        named = {code: f"{code} {name}" for code, name in names.items()}
        least, most, step = _BUDGETS
        self.budget = widgets.IntSlider(
            100, least, most, step, continuous_update=False, readout_format="d", layout=_WIDE
        )
        self.locked_in, self.locked_out = (
            Picker(named, codes, self._language) for codes in (asked.locked_in, asked.locked_out)
        )
        score = self._scenario.objective == "score"
        self.equity = widgets.Checkbox(
            asked.equity, description=self._say("equity"), indent=False, disabled=score, layout=_WIDE
        )
        self.words, self.chart = widgets.HTML(), widgets.HTML()
        self._message = widgets.HTML(layout={"min_height": "44px"})
        self.progress = widgets.FloatProgress(layout=_WIDE)
        self.box = self._laid_out()

    def _laid_out(self) -> widgets.Widget:
        named = {
            "budget": self.budget,
            "locked_in": self.locked_in.box,
            "locked_out": self.locked_out.box,
        }
        asked: list[Any] = []
        for key, control in named.items():
            asked += [widgets.Label(self._say(key)), control]
        asked += [self.equity, self.progress, self._message, self.words]
        left = widgets.VBox(asked, layout=widgets.Layout(width="340px", margin="0 16px 0 0"))
        return widgets.HBox([left, self.chart], layout=widgets.Layout(flex_flow="row wrap"))

    def _listen(self) -> None:
        self.progress.layout.visibility = "hidden"
        for one, other in ((self.locked_in, self.locked_out), (self.locked_out, self.locked_in)):
            one.on_change = self._picked_beside(other)
        for control in (self.budget, self.equity):
            control.observe(lambda _change: self._ask(), "value")

    def _picked_beside(self, other: Picker) -> Callable[[tuple[str, ...]], None]:
        """Return what asks again; a programme cannot be on both lists."""

        def ask(picked: tuple[str, ...]) -> None:
            for code in picked:
                other.drop(code)
            self._ask()

        return ask

    def _ask(self) -> None:
        with self._lock:
            self._before = self._now
        self.seeker.ask(
            Question(
                budget=self.budget.value / 100,
                locked_in=self.locked_in.picked,
                locked_out=self.locked_out.picked,
                equity=bool(self.equity.value),
            )
        )

    def _take(self, question: Question, plan: LivePlan) -> None:
        with self._lock:
            self._now = reply(self._case, self._scenario, question, plan)
            self._show(self._before)

    def _show(self, before: Reply | None) -> None:
        now = self._now
        words = told(self._case, self._scenario, now, before, self._language)
        old = now if before is None else before
        chart = plan_change(self._case, self._scenario, now.choices, old.choices, self._order, self._language)
        self.words.value, self.chart.value = words, svg(chart.to_dict())

    def _tell_progress(self, progress: Progress) -> None:
        self.progress.max, self.progress.value = progress.limit, min(progress.seconds, progress.limit)
        self.progress.layout.visibility = "visible"
        known = not isinf(progress.objective) and not isinf(progress.bound)
        key = "searching_known" if known else "searching"
        places = {"objective": progress.objective, "bound": progress.bound} if known else {}
        figures = {name: number(value, self._language, 1) for name, value in places.items()}
        self._message.value = self._say(key, seconds=number(progress.seconds, self._language), **figures)

    def _tell_error(self, error: Exception) -> None:
        known = error if isinstance(error, JspError) else JspError(repr(error))
        self.words.value = refused(known, self._language)

    def _rest(self) -> None:
        self.progress.layout.visibility = "hidden"
        self._message.value = ""


_WIDE = {"width": "98%"}
