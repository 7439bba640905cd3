"""Last step: the report and the workbook of a plan that somebody chooses are written and offered."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets
from markupsafe import Markup

from jspmodel.scenario import Language
from jspmodel.serve.plan_step import Planned
from jspmodel.serve.session_folders import RUNS, link, new_place
from jspmodel.serve.told import beside, heading, line
from jspmodel.text import say

if TYPE_CHECKING:
    from jspmodel.whatif import Controls

_PLANNED, _ASKED = "planned", "asked"


class ReportStep:
    """What writes a report: of the plan of step 2, or of the one of the what-if.

    Parameters
    ----------
    session : Path
    language : {"id", "en"}
    on_saved : callable
        Given the file of a scenario that was written for a report.

    Attributes
    ----------
    box : widget
    """

    def __init__(self, session: Path, language: Language, on_saved: Callable[[Path], None]) -> None:
        self._session, self._language, self._on_saved = session, language, on_saved
        self._planned: Planned | None = None
        self._controls: Controls | None = None
        self._of = widgets.RadioButtons(layout={"width": "98%"})
        self._of.add_class("jsp-of")
        self._again = widgets.HTML(str(line(say("serve.report_again", language))))
        self._write = widgets.Button(
            description=say("serve.write", language), button_style="primary", layout={"width": "max-content"}
        )
        self._told = widgets.HTML()
        head = widgets.HTML(heading(say("serve.step_report", language), say("serve.report_below", language)))
        self.box = widgets.VBox([head, self._of, self._again, self._write, self._told])
        self.open(None)
        self._write.on_click(lambda _: self._begin())

    def open(self, planned: Planned | None, controls: Controls | None = None) -> None:
        """Offer the report of a plan, and of what is asked of it; of none where there is none any more."""
        self._planned, self._told.value, self._write.disabled = planned, "", planned is None
        self._controls = controls
        self._of.options = []
        self.offer()

    def offer(self) -> None:
        """Let be chosen what there is: the plan of step 2, and of step 3 where something else was asked."""
        planned, controls = self._planned, self._controls
        offered = [] if planned is None else [(self._named(planned), _PLANNED)]
        if controls is not None and (changes := controls.held_changes):
            offered.append((say("serve.report_of_asked", self._language, changes=changes), _ASKED))
        if tuple(offered) != self._of.options:
            chosen = self._of.value
            self._of.options = offered
            values = [value for _, value in offered]
            self._of.value = chosen if chosen in values else next(iter(values), None)
        self._of.layout.display = "" if offered else "none"
        self._again.layout.display = "" if len(offered) > 1 else "none"

    def _named(self, planned: Planned) -> str:
        quick = "_quick" if planned.changes else ""
        return say(f"serve.report_of_planned{quick}", self._language, scenario=planned.file.stem)

    def _begin(self) -> None:
        planned, controls = self._planned, self._controls
        if planned is None:
            return
        which, asked = str(self._of.label), self._of.value == _ASKED
        self._write.disabled = True

        def tell(told: str) -> None:
            if planned is self._planned:
                self._told.value = told

        def step(name: str) -> None:
            tell(str(line(say(f"serve.doing_{name}", self._language), "note")))

        def work() -> None:
            from jspmodel.batch import Job, run_scenario  # what makes reports takes long to import

            try:
                file = planned.file
                if asked and controls is not None:
                    file = controls.save_held()
                    self._on_saved(file)
                job = Job(file, self._session / RUNS, (self._language,), planned.changes)
                tell(self._links(run_scenario(job, step).folder, which))
            finally:
                self._write.disabled = planned is not self._planned

        beside(work, tell, self._language)

    def _links(self, run: Path, which: str) -> str:
        """Offer copies of what a run wrote: the run itself may be written anew."""
        report = f"report.{self._language}.html"
        offered = [self._offered(run / report, "open_report", shown=True)]
        offered += [
            self._offered(run / name, key)
            for name, key in (
                (report, "save_report"),
                ("plan.xlsx", "save_workbook"),
                (f"telaahan.{self._language}.docx", "save_memo"),
            )
        ]
        links = Markup('<ul class="offered">{}</ul>').format(Markup("").join(offered))
        return str(line(say("serve.written", self._language, which=which)) + links)

    def _offered(self, file: Path, key: str, *, shown: bool = False) -> Markup:
        place = new_place(self._session, file.name)
        shutil.copyfile(file, place)
        return Markup("<li>{}</li>").format(link(place, say(f"serve.{key}", self._language), shown=shown))
