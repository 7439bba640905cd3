"""Run a notebook with papermill: parameters checked, time bounded, nothing left behind."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import papermill
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.parameterize import parameterize_notebook
from traitlets.config import Config

from jspmodel.errors import RunError
from jspmodel.scenario import Language
from jspmodel.text.wording import say

_CELL_SECONDS, _START_SECONDS = 300, 60


def execute(notebook: Path, parameters: Mapping[str, object], language: Language) -> NotebookNode:
    """Execute a notebook in a kernel of its own.

    Safe in threads and in processes: the kernel talks through files in a folder of its own where the system
    has such sockets, and the working directory stays as it is.

    Parameters
    ----------
    notebook : Path
    parameters : mapping of str to object
        Values for its parameters cell.
    language : {"id", "en"}
        Of error messages.

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
    with tempfile.TemporaryDirectory(prefix="jsp-") as folder, _event_loop():
        try:
            return papermill.execute_notebook(
                _literal(notebook),
                None,
                dict(parameters),
                progress_bar=False,
                start_timeout=_START_SECONDS,
                execution_timeout=_CELL_SECONDS,
                shutdown_kernel="immediate",
                config=_kernel(Path(folder)),
            )
        except PapermillExecutionError as error:
            raise _failed(
                "cell_failed", notebook, language, f"{error.ename}: {error.evalue}", error
            ) from error
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            raise _failed("kernel_failed", notebook, language, str(error)) from error


@contextmanager
def _event_loop() -> Iterator[None]:
    """Close the event loop that Jupyter makes for a thread; one that runs already is not ours."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        loop = ensure_event_loop()
        try:
            yield
        finally:
            asyncio.set_event_loop(None)
            loop.close()
    else:
        yield


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


def _kernel(folder: Path) -> Config:
    """Return settings by which kernels that start at the same time cannot race for network ports."""
    if os.name == "nt":
        return Config()
    return Config(KernelManager={"transport": "ipc", "connection_file": str(folder / "kernel.json")})


def _failed(
    key: str,
    notebook: Path,
    language: Language,
    message: str,
    cell: PapermillExecutionError | None = None,
) -> RunError:
    place = "" if cell is None else cell.exec_count
    return RunError(say(f"report.{key}", language, notebook=notebook.name, cell=place, error=message))
