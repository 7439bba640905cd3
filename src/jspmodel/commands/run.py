"""``jspmodel run``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.markup import escape

from jspmodel.batch import Job, Result, attempt, note_failure, run_here, run_on_dask
from jspmodel.batch import sensible_workers as sensible
from jspmodel.commands.console import (
    ERR,
    NOTHING_PROVEN,
    OUT,
    Teller,
    changes_of,
    exit_code,
    headline,
    mendable,
    tell,
)
from jspmodel.commands.options import refuse_clashes
from jspmodel.commands.out_folder import require_writable_folder
from jspmodel.commands.progress_table import ProgressTable, called
from jspmodel.errors import JspError
from jspmodel.intake import case_of, find_scenario, load_scenario, place_of, scenario_files
from jspmodel.runs import EXPLANATION, load_recorded
from jspmodel.scenario import Language
from jspmodel.text import say


@dataclass(frozen=True)
class How:
    """How runs are carried out.

    Attributes
    ----------
    workers : int
        Processes at once; 0: as many as leave each solver its threads.
    scheduler : str
        Address of a Dask cluster's scheduler; empty: this machine.
    force : bool
        Whether to repeat what is finished and unchanged.
    explain : bool
        Whether to find out why the plan is as it is, too.
    """

    workers: int = 0
    scheduler: str = ""
    force: bool = False
    explain: bool = False


def run(
    targets: Sequence[str],
    out: Path,
    languages: Sequence[Language],
    changes: Sequence[str],
    name: str,
    speak: Language,
    how: How,
) -> None:
    """Carry out runs; one that fails does not stop the others.

    Parameters
    ----------
    targets : sequence of str
        Scenario files and folders of cases.
    out : Path
        Folder of all runs.
    languages : sequence of {"id", "en"}
        Reports to write.
    changes : sequence of str
        ``key=value``.
    name : str
        Name of the run's folder; empty: the scenario's.
    speak : {"id", "en"}
        Language of messages.
    how : How
    """
    given = {"--workers": how.workers > 0, "--scheduler": bool(how.scheduler)}
    refuse_clashes(given, speak, apart=[("--workers", "--scheduler")])
    settings = changes_of(changes, speak)
    with mendable(speak):
        files = [file for target in targets for file in scenario_files(target)]
        jobs = _distinct(
            [Job(file, out, tuple(languages), settings, name, how.force, how.explain) for file in files],
            speak,
        )
        _refuse_bad_changes(jobs)
        require_writable_folder(out)
        for folder in dict.fromkeys(case_of(find_scenario(job.scenario_file)) for job in jobs):
            ERR.print(escape(place_of(folder, speak)), soft_wrap=True)
    many = bool(how.scheduler) or len(jobs) > 1
    try:
        results = _many(jobs, how, speak) if many else [_one(jobs[0], speak)]
    except KeyboardInterrupt:
        ERR.print(say("cli.stopped", speak))
        raise typer.Exit(130) from None
    _list_all(out, speak)
    failures = [result.error for result in results if result.error]
    if failures:
        raise typer.Exit(exit_code(failures[0]) if len(jobs) == 1 else 1)
    if any(result.plan is not None and result.plan.gap is None for result in results):
        raise typer.Exit(NOTHING_PROVEN)


def _distinct(jobs: Sequence[Job], language: Language) -> list[Job]:
    """Return each job once; ends the command where two would write the same folder."""
    found: dict[Path, Job] = {}
    for job in jobs:
        other = found.setdefault(job.folder, job)
        if other.scenario_file.resolve() != job.scenario_file.resolve():
            words = {"first": other.scenario_file, "second": job.scenario_file, "folder": job.folder}
            ERR.print(escape(say("batch.same_folder", language, **words)), soft_wrap=True)
            raise typer.Exit(2)
    return list(found.values())


def _refuse_bad_changes(jobs: Sequence[Job]) -> None:
    """Raise what all scenarios have in common: a setting of ``--set`` that none takes."""
    errors = []
    for job in jobs:
        try:
            load_scenario(job.scenario_file, job.changes)
        except JspError as error:
            errors.append(error)
    if len(errors) == len(jobs):
        raise errors[0]


def _one(job: Job, language: Language) -> Result:
    with mendable(language):
        loaded = load_recorded(job.scenario_file, job.changes)
    with Teller(loaded[1], language, job.called) as teller:
        result = attempt(job, teller.step, teller.found, teller.asked, loaded=loaded)
    _settle(result, language)
    if result.plan is not None:
        if result.status == "skipped":
            OUT.print(escape(say("batch.skipped_one", language, scenario=job.called)), soft_wrap=True)
        OUT.print(escape(headline(result.plan, language, job.called)), soft_wrap=True)
        for spoken in job.languages:
            report = job.folder / f"report.{spoken}.html"
            OUT.print(escape(say("cli.report_at", language, path=report)), soft_wrap=True)
    return result


def _many(jobs: Sequence[Job], how: How, language: Language) -> list[Result]:
    count = how.workers or sensible(jobs)
    heard = run_on_dask(jobs, how.scheduler) if how.scheduler else run_here(jobs, count)
    results = []
    with mendable(language), ProgressTable(len(jobs), 0 if how.scheduler else count, language) as many:
        for job, told in heard:
            if isinstance(told, Result):
                results.append(told)
                many.done(told)
                _settle(told, language)
            else:
                many.step(job, told)
    order = [job.label for job in jobs]
    results.sort(key=lambda result: order.index(result.job.label))
    OUT.print(many.table(results))
    for note in many.notes(results):
        OUT.print(escape(note))
    if failed := sum(result.status == "failed" for result in results):
        ERR.print(say("cli.some_failed", language, failed=failed, all=len(results)))
    return results


def _list_all(out: Path, language: Language) -> None:
    """Renew the index of all runs."""
    from jspmodel.pages import write_index

    if out.is_dir():
        with mendable(language):
            write_index(out)


def _settle(result: Result, language: Language) -> None:
    """Tell why a run failed, and leave a note of it."""
    if result.error is not None:
        ERR.print(f"[bold red]{escape(say('cli.run_failed', language, scenario=called(result.job)))}[/]")
        tell(result.error, language)
        note_failure(result, language)
    elif result.job.explain and not (result.job.folder / EXPLANATION).is_file():
        words = {"scenario": called(result.job)}
        ERR.print(escape(say("why.not_explained", language, **words)), soft_wrap=True)
