"""One run: compute, render, and only then take the place of an earlier run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from jspmodel.batch.failure import forget_failure
from jspmodel.batch.job import Job, TellQuestion, TellStep
from jspmodel.batch.place import locked_place, replacing
from jspmodel.batch.steps import Work, compute, explain, render
from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.runs import (
    EXPLANATION,
    Keeper,
    Kept,
    is_finished,
    load_recorded,
    output_hashes,
    read_run_plan,
    write_record,
)
from jspmodel.scenario import Scenario
from jspmodel.selection import Watch
from jspmodel.selection.postoptimal import is_worthless


class FinishedRun(NamedTuple):
    """A finished run.

    Attributes
    ----------
    folder : Path
        Where the results are.
    plan : Plan
    skipped : bool
        Whether it was finished before.
    """

    folder: Path
    plan: Plan
    skipped: bool = False


def run_scenario(
    job: Job,
    progress: TellStep,
    watch: Watch | None = None,
    asked: TellQuestion | None = None,
    keeper: Keeper | None = None,
    loaded: tuple[Case, Scenario, dict[str, Any]] | None = None,
) -> FinishedRun:
    """Carry out a run, unless it is finished and unchanged.

    Everything is written to a temporary folder beside the last place and renamed when it is whole: a run
    that fails leaves nothing, and an earlier run stays until the new one is whole. One process at a time
    works on a place.

    Parameters
    ----------
    job : Job
    progress : callable
        Told each step as it starts: ``solve``, ``explain`` (where the job asks for it), ``report``.
    watch : callable, optional
        Told now and then how far the selection is, as ``select_programs`` does.
    asked : callable, optional
        Told how far the prices of rules are, and the explanation, as ``explain`` does.
    keeper : Keeper, optional
        Keeps a kernel ready between runs; without it, one is started and ended here.
    loaded : (Case, Scenario, dict), optional
        What ``load_recorded`` returned for this job just now.

    Returns
    -------
    FinishedRun

    Raises
    ------
    JspError
        As ``load``, ``select_programs`` and ``write_reports`` raise; nothing has been written then.
    OSError
        If the disk is full or cannot be written.
    """
    case, scenario, record = loaded or load_recorded(job.scenario_file, job.changes)
    folder, kept = job.folder, Kept(record["key"], case.name, anew=job.force)
    with locked_place(folder) as hidden:
        plan = finished_plan(job, record["key"])
        skipped = plan is not None
        if plan is None:
            with replacing(folder, hidden) as place:
                work = Work(place, case, scenario, job.languages, kept, job.explain)
                plan = _carry_out(work, record, _Ears(progress, watch, asked), keeper)
        forget_failure(folder)
    return FinishedRun(folder, plan, skipped)


def finished_plan(job: Job, key: str) -> Plan | None:
    """Return the plan of a finished run that has all that the job asks for; None: it is to be made.

    Parameters
    ----------
    job : Job
        One that is forced takes what was made since its command began, and nothing else.
    key : str
        What the run would be recorded with now.

    Returns
    -------
    Plan or None
    """
    if job.force and not job.is_made_since():
        return None
    if not is_finished(job.folder, key, job.languages):
        return None
    plan = read_run_plan(job.folder)
    explained = not job.explain or is_worthless(plan) or (job.folder / EXPLANATION).is_file()
    return plan if explained else None


@dataclass(frozen=True)
class _Ears:
    """Who is told what is under way."""

    step: TellStep
    watch: Watch | None
    asked: TellQuestion | None


def _carry_out(work: Work, record: dict[str, Any], ears: _Ears, keeper: Keeper | None) -> Plan:
    clock = _Clock(record)
    write_record(work.folder, record)
    with Keeper() if keeper is None else nullcontext(keeper) as kept:
        ears.step("solve")
        with clock.timed("solve"):
            plan = compute(work, kept, ears.watch, ears.asked)
        if work.explain:
            ears.step("explain")
            with clock.timed("explain"):
                explain(work, plan, ears.asked)
        ears.step("report")
        with clock.timed("report"):
            render(work, plan, kept)
    outputs = {"languages": list(work.languages), "outputs": output_hashes(work.folder)}
    write_record(work.folder, {**record, **outputs, "status": "done", "finished": _now()})
    return plan


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
