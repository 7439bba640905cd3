"""The note that a failed run leaves, ``<out>/<case>/.failed/<run>.json``: never mistaken for a result."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from jspmodel.batch.job import Result
from jspmodel.errors import Problem, RunError
from jspmodel.runs import FAILED, LONGEST_WORDS, read_record, write_atomically
from jspmodel.scenario import Language
from jspmodel.text import listing

BUSY = "run_taken"


def note_failure(result: Result, language: Language) -> None:
    """Write down why a run failed, where the index of all runs shows it; a full disk may prevent it.

    Parameters
    ----------
    result : Result
        Of a run that failed.
    language : {"id", "en"}
        Of the reason in words; its problems are written as values too.
    """
    problems = result.error.problems if result.error else ()
    if any(problem.code == BUSY for problem in problems):
        return  # whoever works on it tells how it ends
    note = {
        "case": result.job.folder.parent.name,
        "scenario": result.job.scenario_file.stem,
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "beside": _finished(result.job.folder),
        "error": (listing(problems, language) if problems else str(result.error))[:LONGEST_WORDS],
        "problems": [_as_values(problem) for problem in problems],
        "trace": result.trace,
    }
    file = _note_of(result.job.folder)
    text = json.dumps(note, indent=2, ensure_ascii=False, default=str) + "\n"
    with suppress(OSError, RunError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, text.encode("utf-8", "replace").decode())  # a file's name may be no text


def _finished(folder: Path) -> str | None:
    """Return when the result that stands there was finished, by the clock of then."""
    try:
        finished: str | None = read_record(folder)["finished"]
    except RunError:
        return None
    return finished


def forget_failure(folder: Path) -> None:
    """Take the note of an earlier failure away.

    Parameters
    ----------
    folder : Path
        Of a run that is finished now.
    """
    file = _note_of(folder)
    with suppress(OSError):  # it is not there, or other runs failed
        file.unlink(missing_ok=True)
        file.parent.rmdir()


def _note_of(folder: Path) -> Path:
    return folder.parent / FAILED / f"{folder.name}.json"


def _as_values(problem: Problem) -> dict[str, object]:
    place = {"file": problem.file, "row": problem.row, "column": problem.column}
    return {"code": problem.code, **place, "values": dict(problem.values)}
