"""Second step: the plan of a scenario is sought, until it is found or somebody stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isinf
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from jspmodel.case import Case
from jspmodel.intake import scenario_files
from jspmodel.plan import Plan
from jspmodel.runs import Kept, find_plan, load_recorded
from jspmodel.scenario import Language, Scenario
from jspmodel.serve.menus import offer
from jspmodel.serve.told import beside, heading, line
from jspmodel.text import number, say

if TYPE_CHECKING:
    from jspmodel.selection import Step

_WIDE = {"width": "98%", "max_width": "32rem"}
_QUICK: dict[str, object] = {"solver.effort": "quick"}


@dataclass(frozen=True)
class Planned:
    """A plan that was found, and of what.

    Attributes
    ----------
    file : Path
        Of the scenario.
    changes : dict
        What was asked instead of the scenario's own settings, by dotted key.
    case : Case
    scenario : Scenario
    plan : Plan
    """

    file: Path
    changes: dict[str, object]
    case: Case
    scenario: Scenario
    plan: Plan


class _Stopped(Exception):  # noqa: N818
    """Somebody stopped the search."""


class PlanStep:
    """What seeks a plan and shows it.

    Parameters
    ----------
    language : {"id", "en"}
    on_plan : callable
        Given the plan that is shown, or None where there is none any more.

    Attributes
    ----------
    box : widget
    """

    def __init__(self, language: Language, on_plan: Callable[[Planned | None], None]) -> None:
        self._language, self._on_plan = language, on_plan
        self._folder: Path | None = None
        self._stopping = Event()
        self._scenarios = widgets.Dropdown(description=say("serve.scenario", language), layout=_WIDE)
        self._find, self._quick, self._stop = (
            widgets.Button(description=say(f"serve.{key}", language), layout={"width": "auto"})
            for key in ("find", "quick", "stop")
        )
        self._find.button_style = "primary"
        self._bar = widgets.FloatProgress(max=1.0, layout={**_WIDE, "visibility": "hidden"})
        self._told, self._glance = widgets.HTML(), widgets.HTML()
        head = widgets.HTML(heading(say("serve.step_plan", language), say("serve.plan_below", language)))
        buttons = widgets.HBox([self._find, self._quick, self._stop], layout={"flex_flow": "row wrap"})
        self.box = widgets.VBox([head, self._scenarios, buttons, self._bar, self._told, self._glance])
        self._scenarios.observe(self._other, "value")
        self.look_again()
        self._enable(seeking=False)
        self._find.on_click(lambda _: self._seek({}))
        self._quick.on_click(lambda _: self._seek(_QUICK))
        self._stop.on_click(lambda _: self._stopping.set())

    def open(self, folder: Path) -> None:
        """Offer the scenarios of a case."""
        self._stopping.set()
        self._folder = folder
        self.look_again()
        self._forget()

    def add(self, file: Path) -> None:
        """Offer a scenario that was saved just now, too; the one chosen stays."""
        if self._folder is not None and file.is_relative_to(self._folder):
            self.look_again()

    def look_again(self) -> None:
        """List the scenarios that the case has by now; the one chosen stays."""
        files = [] if self._folder is None else scenario_files(str(self._folder))
        options = [(file.stem, str(file)) for file in files]
        offer(self._scenarios, options, self._scenarios.value, self._other)
        self._scenarios.disabled = not options

    def _other(self, _change: Any) -> None:
        self._stopping.set()
        self._forget()

    def _forget(self) -> None:
        self._told.value = self._glance.value = ""
        self._enable(seeking=False)
        self._on_plan(None)

    def _enable(self, *, seeking: bool) -> None:
        for button in (self._find, self._quick):
            button.disabled = seeking or self._folder is None
        self._stop.disabled = not seeking
        self._bar.layout.visibility = "visible" if seeking else "hidden"
        self._bar.value = 0.0

    def _seek(self, changes: dict[str, object]) -> None:
        self._forget()
        self._stopping = stopping = Event()
        self._enable(seeking=True)
        self._say("searching")
        file = Path(self._scenarios.value)

        def watch(step: Step) -> None:
            if stopping.is_set():
                raise _Stopped
            self._progress(step)

        def work() -> None:
            try:
                case, scenario, record = load_recorded(file, changes)
                plan = find_plan(case, scenario, Kept(record["key"], case.name), watch)
                self._show(Planned(file, changes, case, scenario, plan), stopping)
            except _Stopped:
                if stopping is self._stopping:
                    self._say("stopped")
            finally:
                if stopping is self._stopping:
                    self._enable(seeking=False)

        beside(work, lambda told: self._fail(told, stopping), self._language)

    def _show(self, found: Planned, stopping: Event) -> None:
        from jspmodel.serve.plan_glance import plan_glance  # charts take long to import: a page opens without

        self._say("drawing")
        glance = plan_glance(found.case, found.scenario, found.plan, self._language)
        if stopping is self._stopping and not stopping.is_set():
            self._told.value, self._glance.value = "", glance
            self._on_plan(found)

    def _fail(self, told: str, stopping: Event) -> None:
        if stopping is self._stopping:
            self._told.value = told

    def _say(self, key: str, **values: str) -> None:
        self._told.value = str(line(say(f"serve.{key}", self._language, **values), "note"))

    def _progress(self, step: Step) -> None:
        if step.objective <= 0 or isinf(step.objective) or isinf(step.bound):
            return
        best, bound = (number(value, self._language, 1) for value in (step.objective, step.bound))
        self._bar.value = min(1.0, step.objective / step.bound)
        self._say("found", best=best, bound=bound)
