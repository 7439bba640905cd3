"""``jspmodel init`` and ``jspmodel lab``: where a planner starts."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import typer
from rich.markup import escape

from jspmodel.commands.terminal import OUT, tell
from jspmodel.errors import DataError, Problem
from jspmodel.intake import shipped
from jspmodel.scenario import Language
from jspmodel.text.wording import say


def init(name: str, source: str, language: Language) -> None:
    """Copy a shipped case into ``data/<name>``.

    Parameters
    ----------
    name : str
        Name of the new case.
    source : str
        Name of a shipped case.
    language : {"id", "en"}
    """
    target = Path("data") / name
    problem = None
    cases = sorted(path.name for path in shipped("data").iterdir() if path.is_dir())
    if Path(name).name != name or name.startswith("."):
        problem = Problem("unsafe_name", values={"name": name})
    elif source not in cases:
        problem = Problem("no_such_case", values={"name": source, "known": ", ".join(cases)})
    elif target.exists():
        problem = Problem("exists_already", file=target.as_posix())
    if problem:
        tell(DataError("", [problem]), language)
        raise typer.Exit(2)
    shutil.copytree(shipped("data") / source, target)
    OUT.print(escape(say("cli.init_done", language, path=target.as_posix())), soft_wrap=True)


def lab(language: Language, *, no_browser: bool) -> None:
    """Open JupyterLab in ``notebooks/``, which is filled with the shipped notebooks where it is not there.

    Parameters
    ----------
    language : {"id", "en"}
    no_browser : bool
        Open no browser.
    """
    folder = Path("notebooks")
    if not folder.exists():
        shutil.copytree(shipped("notebooks"), folder)
        OUT.print(say("cli.lab_notebooks", language, path=folder))
    flags = ["--no-browser"] if no_browser else []
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *flags])  # noqa: S606
