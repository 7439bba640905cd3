"""The report of a finished run: its notebook executed, its page written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from jspmodel.documents.memo import write_memo
from jspmodel.documents.workbook_files import Beside, write_files
from jspmodel.intake import shipped
from jspmodel.pages import notebook_to_html
from jspmodel.runs import NOTEBOOK, Kernel, execute_notebook, read_record, with_parameters
from jspmodel.scenario import Language


def write_reports(folder: Path, languages: Sequence[Language], kernel: Kernel) -> None:
    """Write the report of a run in each language, and in the scenario's own the executed notebook beside it.

    Parameters
    ----------
    folder : Path
        Folder of the run, with ``plan.json`` and ``run.json``; gets ``report.<language>.html``,
        ``report.ipynb`` and the files that the pages offer.
    languages : sequence of {"id", "en"}
        Languages to write; the pages link to each other.
    kernel : Kernel
        Started in this thread. One serves all languages: its imports take as long as a notebook.

    Raises
    ------
    RunError
        If the notebook fails; names the cell and its message.
    """
    own = _own(folder, languages)
    with ThreadPoolExecutor(max_workers=1) as aside:  # pages are made while the kernel runs the next notebook
        files = aside.submit(write_files, folder, languages, own)
        steps: list[Future[None]] = []
        for language in languages:
            notebook = _executed(folder, language, kernel)
            twin = len(languages) > 1
            steps.append(aside.submit(_write_page, folder, notebook, language, files, twin=twin))
            if language == own:
                here = with_parameters(notebook, {"run": ".", "language": language})
                nbformat.write(here, folder / "report.ipynb")
        for step in steps:
            step.result()


def _executed(folder: Path, language: Language, kernel: Kernel) -> NotebookNode:
    parameters = {"run": str(folder.resolve()), "language": language}
    return execute_notebook(shipped("notebooks") / NOTEBOOK, parameters, language, kernel)


def _write_page(
    folder: Path,
    notebook: NotebookNode,
    language: Language,
    files: Future[Mapping[Language, Beside]],
    *,
    twin: bool,
) -> None:
    memo = folder / f"telaahan.{language}.docx"
    write_memo(notebook, memo, language)
    beside = files.result()[language]
    html = notebook_to_html(notebook, language, twin=twin, files=(*beside.files, memo), stamp=beside.stamp)
    (folder / f"report.{language}.html").write_bytes(html.encode())


def _own(folder: Path, languages: Sequence[Language]) -> Language:
    """Return the language of the notebook to keep: the scenario's, if the run gets it."""
    own: Language = read_record(folder)["parameters"]["language"]
    return own if own in languages else languages[0]
