"""One run: solve, simulate, render, and only then take the place of an earlier run."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jspmodel.batch.steps import Work, compute, render
from jspmodel.batch.targets import run_folder
from jspmodel.intake import load
from jspmodel.plan import Plan
from jspmodel.reporting.record import new_record, write_record
from jspmodel.scenario import Language
from jspmodel.selection import Watch

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """What to run and where to.

    Attributes
    ----------
    scenario_file : Path
    out : Path
        Folder of all runs.
    languages : sequence of {"id", "en"}
        Reports to write.
    changes : mapping of str to object
        Settings to change, by dotted key.
    name : str
        Name of the run's folder; empty: the scenario's.
    """

    scenario_file: Path
    out: Path
    languages: Sequence[Language] = ("id", "en")
    changes: Mapping[str, object] = field(default_factory=dict)
    name: str = ""


def run_scenario(job: Job, progress: Progress, watch: Watch | None = None) -> tuple[Path, Plan]:
    """Carry out a run.

    Everything is written to a temporary folder beside the last place and renamed when it is whole: a run
    that fails leaves no trace, and an earlier run stays until the new one is whole.

    Parameters
    ----------
    job : Job
    progress : callable
        Told each step as it starts: ``solve``, ``report``.
    watch : callable, optional
        Told now and then how far the selection is, as ``select_programs`` does.

    Returns
    -------
    folder : Path
        Where the results are.
    plan : Plan

    Raises
    ------
    JspError
        As ``load``, ``select_programs`` and ``write_report`` raise; nothing has been written then.
    """
    case, settings = load(str(job.scenario_file), job.changes)
    folder = run_folder(job.out, case.name, settings.name, job.changes, job.name)
    record = new_record(case, settings, job.scenario_file, job.changes)
    clock = _Clock(record)
    with _replacing(folder) as place:
        write_record(place, record)
        work = Work(place, case, settings, job.languages)
        progress("solve")
        with clock.timed("solve"):
            plan = compute(work, watch)
        progress("report")
        with clock.timed("report"):
            render(work, plan)
        write_record(place, {**record, "status": "done", "finished": _now()})
    return folder, plan


class _Clock:
    """Notes in a record when a run started and how long its steps took."""

    def __init__(self, record: dict[str, Any]) -> None:
        record["started"] = _now()
        self._seconds: dict[str, float] = record.setdefault("seconds", {})

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._seconds[step] = round(time.perf_counter() - start, 2)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """Give a temporary folder that takes the place of ``folder`` if all goes well, else goes away."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield work
        work.chmod(0o755)
        _take_place(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _take_place(work: Path, folder: Path) -> None:
    earlier = work.with_name(work.name + "-earlier")
    if folder.exists():
        folder.rename(earlier)
    work.rename(folder)
    shutil.rmtree(earlier, ignore_errors=True)
