"""The report of a finished run: its notebook executed, its page written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat

from jspmodel.intake import shipped
from jspmodel.reporting.execute import execute, with_parameters
from jspmodel.reporting.page import page
from jspmodel.reporting.record import read_record
from jspmodel.scenario import Language

NOTEBOOK = "08_scenario_report.ipynb"


def write_report(folder: Path, language: Language, languages: Sequence[Language] = ("id", "en")) -> None:
    """Write the report of a run in one language, and in the scenario's own the executed notebook beside it.

    Several languages may be written at the same time, in threads or processes.

    Parameters
    ----------
    folder : Path
        Folder of the run, with ``plan.json`` and ``run.json``; gets ``report.<language>.html`` and
        ``report.ipynb``.
    language : {"id", "en"}
        Language to write.
    languages : sequence of {"id", "en"}
        All languages that this run gets: the pages link to each other.

    Raises
    ------
    RunError
        If the notebook fails; names the cell and its message.
    """
    parameters = {"run": str(folder.resolve()), "language": language}
    notebook = execute(shipped("notebooks") / NOTEBOOK, parameters, language)
    html = page(notebook, language, twin=len(languages) > 1)
    (folder / f"report.{language}.html").write_bytes(html.encode())
    if language == _own(folder, languages):
        here = with_parameters(notebook, {**parameters, "run": "."})
        nbformat.write(here, folder / "report.ipynb")


def _own(folder: Path, languages: Sequence[Language]) -> Language:
    """Return the language of the notebook to keep: the scenario's, if the run gets it."""
    own: Language = read_record(folder)["parameters"]["language"]
    return own if own in languages else languages[0]
