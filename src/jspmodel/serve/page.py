"""The page, as the kernel behind it makes it: a case, its plan, what if, the report."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets
from IPython.display import display
from markupsafe import Markup

from jspmodel.scenario import Language
from jspmodel.serve.case_step import CaseStep
from jspmodel.serve.plain_words import plain_problem
from jspmodel.serve.plan_step import Planned, PlanStep
from jspmodel.serve.report_step import ReportStep
from jspmodel.serve.session_folders import link, new_place
from jspmodel.serve.told import error_told, heading, line
from jspmodel.text import say

if TYPE_CHECKING:
    from jspmodel.whatif import Controls


class Page:
    """All steps, one below the other.

    Parameters
    ----------
    session : Path
        Folder of the session: nothing is written outside it.
    language : {"id", "en"}

    Attributes
    ----------
    case, plan, report : CaseStep, PlanStep, ReportStep
    controls : Controls or None
        What if, of the plan that is shown.
    again : widget
        Pressed, lists are read again.
    box : widget
    """

    def __init__(self, session: Path, language: Language) -> None:
        self._session, self._language = session, language
        self._what_if = widgets.VBox()
        self.controls: Controls | None = None
        self.report = ReportStep(session, language, lambda file: self.plan.add(file))
        self.plan = PlanStep(language, self._planned)
        self.case = CaseStep(session, language, self.plan.open)
        title = Markup("<h1>{}</h1>").format(say("serve.title", language))
        top = widgets.HTML(title + line(say("serve.stays_here", language)))
        # Nobody sees it: the browser presses it when the page comes to the fore.
        self.again = widgets.Button()
        self.again.add_class("jsp-again")
        self.again.on_click(lambda _: self._look_again())
        steps = [self.case.box, self.plan.box, self._what_if, self.report.box]
        self.box = widgets.VBox([self.again, top, *steps])
        self.box.add_class("jsp-page")
        self.case.begin()

    def _look_again(self) -> None:
        """List what another page of this session has uploaded or saved since."""
        self.case.look_again()
        self.plan.look_again()

    def _planned(self, planned: Planned | None) -> None:
        if self.controls is not None:
            self.controls.seeker.end()
        if planned is None:
            self.controls, self._what_if.children = None, ()
            self.report.open(None)
            return
        from jspmodel.whatif import Controls  # its charts take long to import: a page opens without

        self.controls = Controls(planned.case, planned.scenario, planned.plan, self._language)
        self.controls.tell_saved = self._saved
        self.controls.tell_shown, self.controls.in_words = self.report.offer, plain_problem
        self.report.open(planned, self.controls)
        head = heading(say("serve.step_what_if", self._language), say("serve.what_if_below", self._language))
        self._what_if.children = (widgets.HTML(head), self.controls.box)

    def _saved(self, file: Path) -> str:
        """Offer a scenario that was saved, to be taken along and to be planned."""
        self.plan.add(file)
        place = new_place(self._session, file.name)
        shutil.copyfile(file, place)
        said = line(say("serve.saved", self._language, scenario=file.stem))
        return str(said + line(link(place, say("serve.save_scenario", self._language))))


def show_page(session: str, language: Language) -> None:
    """Show the page in a notebook that Voilà serves.

    Parameters
    ----------
    session : str
        Folder of the session.
    language : {"id", "en"}
    """
    try:
        display(Page(Path(session), language).box)
    except Exception as error:  # the page of the server's own would show English words or none
        display(widgets.HTML(error_told(error, language)))
