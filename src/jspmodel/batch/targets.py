"""What a run is asked for, and where it goes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from jspmodel.errors import Problem, RunError
from jspmodel.intake import find_input
from jspmodel.text.problems import listing


def scenario_files(target: str) -> tuple[Path, ...]:
    """Return the scenario files that a target stands for.

    Parameters
    ----------
    target : str
        A scenario file, or the folder of a case: all its scenarios.

    Returns
    -------
    tuple of Path
        Written the way the target is (so that a record of them means the same elsewhere), sorted by name,
        ``baseline`` first.

    Raises
    ------
    RunError
        If the case has no scenario.
    """
    place = find_input(target)
    if place.is_file():
        return (Path(target),)
    names = sorted(file.name for file in (place / "scenarios").glob("*.yaml"))
    if not names:
        raise _run_error(Problem("no_scenarios", file=(place / "scenarios").as_posix()))
    names.sort(key=lambda name: name != "baseline.yaml")
    return tuple(Path(target) / "scenarios" / name for name in names)


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
        if not re.fullmatch(r"\w[\w .-]{0,99}", part) or part.endswith((".", " ")):
            raise _run_error(Problem("unsafe_name", values={"name": part}))
    return out / case / chosen


def _suffix(changes: Mapping[str, object]) -> str:
    if not changes:
        return ""
    text = json.dumps(dict(sorted(changes.items())), ensure_ascii=False)
    return "-" + hashlib.sha256(text.encode()).hexdigest()[:8]


def _run_error(problem: Problem) -> RunError:
    return RunError(listing([problem]), [problem])
