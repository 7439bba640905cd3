"""The controls and the one chart that stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, cast

import ipywidgets as widgets

from jspmodel.case import Case
from jspmodel.charts import plan_change, svg
from jspmodel.errors import JspError, Problem
from jspmodel.figures import row_order
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Plan
from jspmodel.realisation import standing_of
from jspmodel.scenario import Language, Scenario
from jspmodel.text import say, words
from jspmodel.whatif.background_solver import Progress, Seeker
from jspmodel.whatif.panel import WIDE, panel
from jspmodel.whatif.program_picker import Picker
from jspmodel.whatif.question import Found, Question, Reply, as_it_stands, reply
from jspmodel.whatif.saved import as_typed, changes_told, free_name, save
from jspmodel.whatif.words import describe_answer, note, progress_told, refused, stopped

_BUDGETS = (50, 150, 5)
"""Percent: least, most, step."""
_SHRINKS = '<svg style="max-width: 100%; height: auto"'


class _Past(NamedTuple):
    """What was shown: the plan, the one before it, the one taken."""

    now: Reply
    before: Reply
    taken: Reply | None


class Controls:
    """What a planner moves, and what answers.

    Attributes
    ----------
    budget, equity, stop, take, undo, name, save : widgets
    locked_in, locked_out : Picker
    words, chart, progress, saved : widgets
        The answer; the same from first to last, only their contents change.
    box : widget
        All of them.
    seeker : Seeker
    tell_saved : callable
        Given the file of a scenario that was saved, returns HTML that says so.
    tell_shown : callable
        Called whenever another plan is shown or taken.
    in_words : callable
        Words a problem in a language.
    """

    def __init__(self, case: Case, scenario: Scenario, plan: Plan, language: Language) -> None:
        self._case, self._scenario, self._language = case, scenario, language
        self._lock, self._putting = RLock(), False
        self._order = row_order(case, plan.choices)
        self._own = self._now = self._before = reply(case, scenario, as_it_stands(scenario), plan)
        self._asked, self._taken = self._own.question, cast("Reply | None", None)
        self._past: list[_Past] = []
        self._files: dict[Question, Path] = {}
        self.tell_saved: Callable[[Path], str] = lambda file: note(self._say("saved", file=as_typed(file)))
        self.tell_shown: Callable[[], None] = lambda: None
        self.in_words: Callable[[Problem, Language], str] = words
        self._build()
        self._show()
        self.seeker = Seeker(
            case, scenario, plan, self._answered, self._tell_progress, self._tell_error, self._rest
        )
        self._listen()
        self.seeker.start()

    @property
    def held(self) -> Reply:
        """The plan taken, else the one shown."""
        return self._taken or self._now

    @property
    def held_changes(self) -> str:
        """What was asked of that plan beside the scenario's own settings, in words; empty: nothing."""
        return changes_told(self._scenario, self.held.question, self._language)

    def save_held(self) -> Path:
        """Write what was asked of that plan as a scenario under a free name, unless it is one already."""
        with self._lock:
            return self._saved_as(self.held.question, free_name(self._case, self._scenario))

    def _say(self, key: str, **values: object) -> str:
        return say(f"whatif.{key}", self._language, **values)

    def _build(self) -> None:
        asked = self._now.question
        names = self._case.names("programs", self._language)
        named = {code: f"{code} {name}" for code, name in names.items()}
        least, most, step = _BUDGETS
        self.budget = widgets.IntSlider(
            100, least, most, step, continuous_update=False, readout_format="d", layout=WIDE
        )
        begun, given_up = _decided(self._case)
        self.locked_in, self.locked_out = (
            Picker(
                {code: name for code, name in named.items() if code not in never},
                codes,
                self._language,
                fixed=always,
            )
            for codes, always, never in (
                (asked.locked_in, begun, given_up),
                (asked.locked_out, given_up, begun),
            )
        )
        regions = COUNTS[self._scenario.objective].effects
        self.equity = widgets.Checkbox(
            asked.equity, description=self._say("equity"), indent=False, disabled=not regions, layout=WIDE
        )
        self.words, self.chart, self.saved = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._message = widgets.HTML(layout={"min_height": "44px", "flex": "0 0 auto"})
        self.progress = widgets.FloatProgress(max=1.0, layout=WIDE)
        self.stop, self.take, self.undo = (self._button(key) for key in ("stop", "take", "undo"))
        nowhere = self._case.folder is None
        self.name = widgets.Text(
            "" if nowhere else free_name(self._case, self._scenario), disabled=nowhere, layout=WIDE
        )
        self.save = widgets.Button(description=self._say("save"), disabled=nowhere, layout={"width": "auto"})
        self.box = self._laid_out()

    def _button(self, key: str) -> widgets.Widget:
        return widgets.Button(
            description=self._say(key), tooltip=self._say(f"{key}_tip"), layout={"width": "auto"}
        )

    def _laid_out(self) -> widgets.Widget:
        named = {
            "budget": self.budget,
            "locked_in": self.locked_in.box,
            "locked_out": self.locked_out.box,
        }
        asked: list[Any] = []
        for key, control in named.items():
            asked += [widgets.Label(self._say(key)), control]
        buttons = widgets.HBox([self.stop, self.take, self.undo])
        asked += [self.equity, buttons, self.progress, self._message, self.words]
        # What is said of a name stands by it: below the button it would be out of sight.
        asked += [widgets.Label(self._say("name")), self.name, self.saved, self.save]
        return panel(asked, self.chart)

    def _listen(self) -> None:
        self._rest()
        for one, other in ((self.locked_in, self.locked_out), (self.locked_out, self.locked_in)):
            one.on_change = self._picked_beside(other)
        for control in (self.budget, self.equity):
            control.observe(lambda _change: self._ask(), "value")
        for button, act in (
            (self.stop, self._stop),
            (self.take, self._take),
            (self.undo, self._undo),
            (self.save, self._save),
        ):
            button.on_click(lambda _button, act=act: act())

    def _picked_beside(self, other: Picker) -> Callable[[tuple[str, ...]], None]:
        """Return what asks again; a programme cannot be on both lists."""

        def ask(picked: tuple[str, ...]) -> None:
            for code in picked:
                other.drop(code)
            self._ask()

        return ask

    def _ask(self) -> None:
        """Ask what the controls say; what the scenario itself says has its answer already."""
        if self._putting:
            return
        with self._lock:
            asked = Question(
                budget=self.budget.value / 100,
                locked_in=self.locked_in.picked,
                locked_out=self.locked_out.picked,
                equity=bool(self.equity.value),
            )
            if self._asked == self._now.question:  # else the question before has no answer to go back to
                self._past.append(_Past(self._now, self._before, self._taken))
                self._before = self._now
            self._asked = asked
            if asked == self._own.question:
                self.seeker.give_up()
                self._now = self._own
                self._rest()
                self._show()
            else:
                self.seeker.ask(asked)
                self._enable()

    def _answered(self, question: Question, found: Found) -> None:
        """Show a plan, unless another question was asked since."""
        with self._lock:
            if question is self._asked:
                self._now = reply(self._case, self._scenario, question, found)
                self._enable()
                self._show()

    def _stop(self) -> None:
        """End the search; the best plan found so far stays."""
        with self._lock:
            if not self.seeker.seeking:
                return
            best = self.seeker.give_up()
            if best is not None:
                self._answered(self._asked, replace(best, ended="reader"))
            else:
                self.words.value = stopped(self._language)
            self._rest()

    def _take(self) -> None:
        """Hold the plan shown: differences are told against it from now on."""
        with self._lock:
            self._stop()
            if self._asked != self._now.question:  # it is the answer to another question
                return
            self._past.append(_Past(self._now, self._before, self._taken))
            self._taken = self._now
            self._enable()
            self._show()

    def _undo(self) -> None:
        """Go back to the question and plan before."""
        with self._lock:
            if not self._past:
                return
            self.seeker.give_up()
            self._now, self._before, self._taken = self._past.pop()
            if self._now.ended == "going":
                found = replace(self._now.found, ended="reader")
                self._now = reply(self._case, self._scenario, self._now.question, found)
            self._asked = self._now.question
            self._put(self._asked)
            self._rest()
            self._show()

    def _put(self, question: Question) -> None:
        """Have the controls say a question, without asking it."""
        self._putting = True
        self.budget.value, self.equity.value = round(100 * question.budget), question.equity
        self.locked_in.put(question.locked_in)
        self.locked_out.put(question.locked_out)
        self._putting = False

    def _save(self) -> None:
        """Write what the controls say as a scenario; where the name is taken, a free one is offered."""
        try:
            self.saved.value = self.tell_saved(self._saved_as(self._asked, self.name.value, again=True))
        except JspError as error:
            told = (self.in_words(problem, self._language) for problem in error.problems)
            self.saved.value = note(" ".join(told))
            if not any(problem.code == "scenario_name_taken" for problem in error.problems):
                return
        self.name.value = free_name(self._case, self._scenario)

    def _saved_as(self, question: Question, name: str, *, again: bool = False) -> Path:
        file = self._files.get(question)
        if again or file is None or not file.is_file():
            file = save(self._case, self._scenario, question, name, self._language)
            self._files[question] = file
        return file

    def _show(self) -> None:
        self.tell_shown()
        now = self._now
        beside = self._taken or (self._before if self._past else None)
        taken = self._taken is not None
        # The words first: the chart takes three times as long.
        self.words.value = describe_answer(
            self._case, self._scenario, now, beside, self._language, taken=taken
        )
        old = (beside or now).choices
        chart = plan_change(self._case, self._scenario, now.choices, old, self._order, self._language)
        self.chart.value = svg(chart.to_dict()).replace("<svg", _SHRINKS, 1)

    def _enable(self) -> None:
        """Let be pressed what there is something to do for."""
        seeking = self.seeker.seeking
        self.stop.disabled, self.undo.disabled = not seeking, not self._past
        self.take.disabled = self._asked != self._now.question or self._taken is self._now

    def _tell_progress(self, progress: Progress) -> None:
        message, share = progress_told(progress, self._language)
        with self._lock:
            if not self.seeker.seeking:  # stopped while this was worded
                return
            self.progress.value = share
            self.progress.layout.visibility = "visible"
            self._message.value = message
            self._enable()

    def _tell_error(self, question: Question, error: Exception) -> None:
        known = error if isinstance(error, JspError) else JspError(repr(error))
        with self._lock:
            if question is self._asked:
                self.words.value = refused(known, self._language, self.in_words)

    def _rest(self) -> None:
        with self._lock:
            if self.seeker.seeking:  # something was asked just now
                return
            self.progress.layout.visibility = "hidden"
            self._message.value = ""
            self._enable()


def _decided(case: Case) -> tuple[frozenset[str], frozenset[str]]:
    """Return what of an adopted plan goes on, and what was given up: nobody decides on these any more."""
    standing = standing_of(case)
    courses = {} if standing is None else standing.courses
    begun = frozenset(program for program, course in courses.items() if course.is_going_on)
    given_up = frozenset(program for program, course in courses.items() if course.progress == "given_up")
    return begun, given_up
