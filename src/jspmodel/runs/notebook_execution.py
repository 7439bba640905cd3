"""Run a notebook with papermill: parameters checked, time bounded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.parameterize import parameterize_notebook

from jspmodel.errors import RunError
from jspmodel.runs.notebook_kernel import START_SECONDS, Kernel
from jspmodel.scenario import Language
from jspmodel.text import say

_CELL_SECONDS = 300


def execute_notebook(
    notebook: Path, parameters: Mapping[str, object], language: Language, kernel: Kernel
) -> NotebookNode:
    """Execute a notebook.

    Parameters
    ----------
    notebook : Path
    parameters : mapping of str to object
        Values for its parameters cell.
    language : {"id", "en"}
        Of error messages.
    kernel : Kernel
        To run it in: one of its own, started in this thread.

    Returns
    -------
    NotebookNode
        With outputs.

    Raises
    ------
    RunError
        If the notebook has no such parameter, a cell fails or takes too long, or the kernel dies.
    """
    _require_parameters(notebook, parameters, language)
    try:
        kernel.forget()
        return papermill.execute_notebook(
            _literal(notebook),
            None,
            dict(parameters),
            progress_bar=False,
            execution_timeout=_CELL_SECONDS,
            start_timeout=START_SECONDS,
            km=kernel.manager,
        )
    except PapermillExecutionError as error:
        raise _failed("cell_failed", notebook, language, f"{error.ename}: {error.evalue}", error) from error
    except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
        said = "\n".join([str(error), kernel.last_words]).strip()
        raise _failed("kernel_failed", notebook, language, said) from error
    finally:
        kernel.close_clients()


def with_parameters(notebook: NotebookNode, parameters: Mapping[str, object]) -> NotebookNode:
    """Return an executed notebook as if it had been given other parameters, without the run's paths.

    Parameters
    ----------
    notebook : NotebookNode
    parameters : mapping of str to object

    Returns
    -------
    NotebookNode
    """
    result = parameterize_notebook(notebook, dict(parameters))
    for key in ("input_path", "output_path"):
        result.metadata.papermill.pop(key, None)
    return result


def _literal(notebook: Path) -> str:
    """Return a path that papermill, which fills in braces, takes as it is."""
    return str(notebook).replace("{", "{{").replace("}", "}}")


def _require_parameters(notebook: Path, parameters: Mapping[str, object], language: Language) -> None:
    known = papermill.inspect_notebook(_literal(notebook))
    if unknown := sorted(set(parameters) - set(known)):
        names = ", ".join(unknown)
        raise RunError(say("report.no_parameter", language, notebook=notebook.name, names=names))


def _failed(
    key: str,
    notebook: Path,
    language: Language,
    message: str,
    cell: PapermillExecutionError | None = None,
) -> RunError:
    place = "" if cell is None else cell.exec_count
    return RunError(say(f"report.{key}", language, notebook=notebook.name, cell=place, error=message))
