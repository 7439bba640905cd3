"""First step: a workbook is uploaded, its mistakes are told, or a case of this session is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from jspmodel.scenario import Language
from jspmodel.serve.case_findings import findings_told
from jspmodel.serve.menus import offer
from jspmodel.serve.session_folders import CASES, link
from jspmodel.serve.told import beside, heading, line, problem_table
from jspmodel.serve.uploads import Upload, take_upload
from jspmodel.text import say
from jspmodel.workbook import LARGEST_FILE

_WIDE = {"width": "98%", "max_width": "32rem"}


class CaseStep:
    """Where a case comes from.

    Parameters
    ----------
    session : Path
    language : {"id", "en"}
    on_case : callable
        Given the folder of the case that is chosen, whenever that changes.

    Attributes
    ----------
    box : widget
    """

    def __init__(self, session: Path, language: Language, on_case: Callable[[Path], None]) -> None:
        self._session, self._language, self._on_case = session, language, on_case
        self._upload = widgets.FileUpload(
            accept=".xlsx", description=say("serve.upload", language), button_style="primary", layout=_WIDE
        )
        self._cases = widgets.Dropdown(description=say("serve.case", language), layout=_WIDE)
        self._told, self._found = widgets.HTML(), widgets.HTML()
        self._uploads: dict[str, Upload] = {}
        below = say("serve.upload_below", language, most=LARGEST_FILE // 2**20)
        head = widgets.HTML(heading(say("serve.step_case", language), below))
        self.box = widgets.VBox([head, self._upload, self._cases, self._told, self._found])
        self._cases.observe(self._chosen, "value")
        self.look_again()
        self._upload.observe(self._uploaded, "value")

    def begin(self) -> None:
        """Choose the newest case of the session, if there is one: a page that is loaded again goes on."""
        folders = [Path(value) for _, value in self._cases.options if value]
        if folders:
            self._cases.value = str(max(folders, key=lambda folder: folder.stat().st_mtime_ns))

    def look_again(self) -> None:
        """List the cases that the session has by now; the one chosen stays."""
        folders = sorted((self._session / CASES).iterdir())
        none = (say("serve.no_case", self._language), "")
        options = [none, *((folder.name, str(folder)) for folder in folders)]
        offer(self._cases, options, self._cases.value or "", self._chosen)
        self._cases.disabled = not folders

    def _chosen(self, change: Any) -> None:
        if change["new"]:
            self._on_case(Path(change["new"]))
            self._look_at(str(change["new"]))

    def _look_at(self, chosen: str) -> None:
        """Tell what there is to look at in the case that was chosen."""
        upload = self._uploads.get(chosen)
        self._told.value = self._taken(upload) if upload else ""
        self._found.value = ""

        def tell(told: str) -> None:
            if self._cases.value == chosen:  # not another one since
                self._found.value = told

        def work() -> None:
            tell(findings_told(Path(chosen), self._language, upload.codes if upload else ()))

        beside(work, tell, self._language)

    def _taken(self, upload: Upload) -> str:
        assert upload.case is not None  # noqa: S101
        table = problem_table(upload.problems, False, self._language)
        return line(say("serve.taken", self._language, case=upload.case.name)) + Markup(table)  # noqa: S704

    def _uploaded(self, change: Any) -> None:
        if not change["new"]:
            return
        (file,) = change["new"]
        name, data = str(file["name"]), bytes(file["content"])
        self._upload.value, self._upload.disabled = (), True
        self._found.value = ""
        self._told.value = str(line(say("workbook.reading", self._language, file=name), "note"))

        def work() -> None:
            try:
                self._tell(take_upload(data, name, self._session, self._language))
            finally:
                self._upload.disabled = False

        beside(work, self._fail, self._language)

    def _fail(self, told: str) -> None:
        self._told.value = told

    def _tell(self, upload: Upload) -> None:
        if upload.case is None:
            table = problem_table(upload.problems, True, self._language)
            nothing = line(say("serve.nothing_taken", self._language), "failed")
            marked = upload.marked and link(upload.marked, say("serve.marked", self._language))
            self._told.value = nothing + (line(marked) if marked else "") + Markup(table)  # noqa: S704
            return
        self._uploads[str(upload.case)] = upload
        self.look_again()
        self._cases.value = str(upload.case)
