"""Where a run goes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from jspmodel.errors import Problem, RunError
from jspmodel.file_names import is_file_name
from jspmodel.text import worded


def run_folder(out: Path, case: str, scenario: str, changes: Mapping[str, object], name: str = "") -> Path:
    """Return the folder that a run writes: ``out/case/name``.

    Parameters
    ----------
    out : Path
        Folder of all runs.
    case, scenario : str
        Names.
    changes : mapping of str to object
        What ``--set`` changed; a run with changes gets a folder of its own.
    name : str
        Name of the run; empty: the scenario's, with a short hash of the changes behind it.

    Returns
    -------
    Path
        Always inside ``out``.

    Raises
    ------
    RunError
        If a name could lead elsewhere.
    """
    chosen = name or scenario + _suffix(changes)
    for part in (case, chosen):
        if not is_file_name(part):
            raise _run_error(Problem("unsafe_name", values={"name": part}))
    return out / case / chosen


def _suffix(changes: Mapping[str, object]) -> str:
    if not changes:
        return ""
    text = json.dumps(dict(sorted(changes.items())), ensure_ascii=False)
    return "-" + hashlib.sha256(text.encode()).hexdigest()[:8]


def _run_error(problem: Problem) -> RunError:
    return worded(RunError, [problem])
