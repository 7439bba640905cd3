"""``jspmodel run``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.markup import escape

from jspmodel.batch import Job, run_scenario, scenario_files
from jspmodel.commands.terminal import ERR, OUT, Teller, changes_of, exit_code, headline, mendable, tell
from jspmodel.errors import JspError
from jspmodel.intake import load
from jspmodel.scenario import Language
from jspmodel.text.wording import say


def run(
    targets: Sequence[str],
    out: Path,
    languages: Sequence[Language],
    changes: Sequence[str],
    name: str,
    speak: Language,
) -> None:
    """Carry out runs one after another; a run that fails does not stop the others.

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
    """
    settings = changes_of(changes, speak)
    with mendable(speak):
        files = [file for target in targets for file in scenario_files(target)]
        for file in files:
            load(str(file), settings)
    failures = []
    for file in files:
        try:
            _run_one(Job(file, out, tuple(languages), settings, name), speak)
        except JspError as error:
            failures.append(error)
            ERR.print(f"[bold red]{escape(say('cli.run_failed', speak, scenario=file.stem))}[/]")
            tell(error, speak)
    if failures and len(files) > 1:
        ERR.print(say("cli.some_failed", speak, failed=len(failures), all=len(files)))
        raise typer.Exit(1)
    if failures:
        raise typer.Exit(exit_code(failures[0]))


def _run_one(job: Job, language: Language) -> None:
    with Teller(job.scenario_file, job.changes, language) as teller:
        folder, plan = run_scenario(job, teller.step, teller.found)
    OUT.print(escape(headline(plan, language)), soft_wrap=True)
    for spoken in job.languages:
        report = folder / f"report.{spoken}.html"
        OUT.print(escape(say("cli.report_at", language, path=report)), soft_wrap=True)
