"""Last step: the report and the workbook of a plan are written and offered."""

from __future__ import annotations

import shutil
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from jspmodel.batch import Job, run_scenario
from jspmodel.scenario import Language
from jspmodel.serve.plan_step import Planned
from jspmodel.serve.session_folders import RUNS, link, new_place
from jspmodel.serve.told import beside, heading, line
from jspmodel.text import say


class ReportStep:
    """What writes a report.

    Parameters
    ----------
    session : Path
    language : {"id", "en"}

    Attributes
    ----------
    box : widget
    """

    def __init__(self, session: Path, language: Language) -> None:
        self._session, self._language = session, language
        self._planned: Planned | None = None
        self._write = widgets.Button(
            description=say("serve.write", language), button_style="primary", layout={"width": "max-content"}
        )
        self._told = widgets.HTML()
        head = widgets.HTML(heading(say("serve.step_report", language), say("serve.report_below", language)))
        self.box = widgets.VBox([head, self._write, self._told])
        self.open(None)
        self._write.on_click(lambda _: self._begin())

    def open(self, planned: Planned | None) -> None:
        """Offer the report of a plan; of none where there is none any more."""
        self._planned, self._told.value, self._write.disabled = planned, "", planned is None

    def _begin(self) -> None:
        planned = self._planned
        if planned is None:
            return
        self._write.disabled = True

        def tell(told: str) -> None:
            if planned is self._planned:
                self._told.value = told

        def step(name: str) -> None:
            tell(str(line(say(f"serve.doing_{name}", self._language), "note")))

        def work() -> None:
            try:
                job = Job(planned.file, self._session / RUNS, (self._language,), planned.changes)
                tell(self._links(run_scenario(job, step).folder))
            finally:
                self._write.disabled = planned is not self._planned

        beside(work, tell, self._language)

    def _links(self, run: Path) -> str:
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
        return str(Markup('<ul class="offered">{}</ul>').format(Markup("").join(offered)))

    def _offered(self, file: Path, key: str, *, shown: bool = False) -> Markup:
        place = new_place(self._session, file.name)
        shutil.copyfile(file, place)
        return Markup("<li>{}</li>").format(link(place, say(f"serve.{key}", self._language), shown=shown))
