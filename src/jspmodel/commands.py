"""What each command does, told on the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from math import inf
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from jspmodel.batch import Job, run_scenario, scenario_files
from jspmodel.case import Case
from jspmodel.errors import DataError, InfeasibleError, JspError, Problem, ScenarioError
from jspmodel.intake import check as check_scenario
from jspmodel.intake import find_scenario, load, load_scenario, read_case, shipped
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.selection import Step, select_programs
from jspmodel.text.numbers import money, number, percent
from jspmodel.text.problems import listing
from jspmodel.text.wording import say

_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


def check(target: str, language: Language) -> None:
    """Load a case and all its scenarios; say what is wrong or odd.

    Parameters
    ----------
    target : str
        Folder of the case.
    language : {"id", "en"}
    """
    with _mendable(language):
        case, problems = read_case(target)
        if case is None:
            raise DataError("", problems)
        files = scenario_files(target)
        problems += _scenario_problems(case, files)
    warnings = [problem for problem in problems if problem.warning]
    if warnings:
        _out.print(say("cli.check_warnings", language, count=len(warnings)))
        _out.print(escape(listing(warnings, language)))
    _out.print(
        say(
            "cli.check_done",
            language,
            case=escape(case.name),
            regions=len(case.regions),
            issues=len(case.issues),
            programs=len(case.programs),
            funds=len(case.funds),
            scenarios=len(files),
        )
    )


def _scenario_problems(case: Case, files: Sequence[Path]) -> tuple[Problem, ...]:
    """Return the warnings of all scenarios, each once; raise with every error if there is one."""
    found: dict[str, Problem] = {}
    errors: list[Problem] = []
    for file in files:
        try:
            problems = check_scenario(case, load_scenario(file))
        except ScenarioError as error:
            errors += error.problems
        else:
            found |= {repr(problem): problem for problem in problems}
    errors += [problem for problem in found.values() if not problem.warning]
    if errors:
        raise ScenarioError("", errors)
    return tuple(found.values())


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
    settings = _changes(changes, speak)
    with _mendable(speak):
        files = [file for target in targets for file in scenario_files(target)]
        for file in files:
            load(str(file), settings)
    failures = []
    for file in files:
        try:
            _run_one(Job(file, out, tuple(languages), settings, name), speak)
        except JspError as error:
            failures.append(error)
            _err.print(f"[bold red]{escape(say('cli.run_failed', speak, scenario=file.stem))}[/]")
            _tell(error, speak)
    if failures and len(files) > 1:
        _err.print(say("cli.some_failed", speak, failed=len(failures), all=len(files)))
        raise typer.Exit(1)
    if failures:
        raise typer.Exit(_exit_code(failures[0]))


def _run_one(job: Job, language: Language) -> None:
    with _Teller(job.scenario_file, job.changes, language) as teller:
        folder, plan = run_scenario(job, teller.step, teller.found)
    _out.print(escape(_headline(plan, language)), soft_wrap=True)
    for spoken in job.languages:
        report = folder / f"report.{spoken}.html"
        _out.print(escape(say("cli.report_at", language, path=report)), soft_wrap=True)


class _Teller:
    """Tells on the terminal which step is under way and how far the search is."""

    def __init__(self, scenario_file: Path, changes: Mapping[str, object], language: Language) -> None:
        self._language, self._line = language, ""
        scenario = load(str(scenario_file), changes)[1]
        seconds = number(scenario.solver.time_limit, language)
        self._words = {"scenario": scenario.name, "seconds": seconds}
        self._status = _out.status("")

    def __enter__(self) -> _Teller:
        self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()

    def step(self, step: str) -> None:
        self._line = escape(say(f"cli.step_{step}", self._language, **self._words))
        self._status.update(self._line)
        if not _out.is_terminal:
            _out.print(self._line)

    def found(self, step: Step) -> None:
        if 0 < step.objective < inf and step.bound < inf:
            best = number(step.objective, self._language, 2)
            gap = percent(step.bound / step.objective - 1, self._language)
            so_far = say("cli.found", self._language, best=best, gap=gap)
            self._status.update(f"{self._line} · {escape(so_far)}")


def _headline(plan: Plan, language: Language) -> str:
    proof = say(f"cli.proof_{plan.status}", language, gap=percent(plan.gap, language))
    counts = {"selected": len(plan.selected), "proposed": len(plan.programs)}
    return say("cli.run_done", language, scenario=plan.scenario, proof=proof, **counts)


def solve(target: str, changes: Sequence[str], language: Language, *, as_json: bool) -> None:
    """Select programmes and show them.

    Parameters
    ----------
    target : str
        Scenario file or folder of a case.
    changes : sequence of str
        ``key=value``.
    language : {"id", "en"}
    as_json : bool
        Print the plan as ``plan.json`` has it.
    """
    settings = _changes(changes, language)
    with _mendable(language):
        case, scenario = load(target, settings)
        if as_json:
            print(select_programs(case, scenario).model_dump_json(indent=2))
            return
        with _Teller(find_scenario(target), settings, language) as teller:
            teller.step("solve")
            plan = select_programs(case, scenario, teller.found)
    _out.print(_plan_table(case, plan, language))
    _out.print(escape(_headline(plan, language)), soft_wrap=True)
    key, cost = f"cli.objective_{plan.objective_kind}", money(plan.cost, language)
    _out.print(say(key, language, value=number(plan.objective, language, 1), cost=cost))


def _plan_table(case: Case, plan: Plan, language: Language) -> Table:
    table = Table(title=escape(say("cli.solve_title", language, scenario=plan.scenario)))
    for column in ("program", "name", "start", "regions", "cost"):
        table.add_column(
            say(f"cli.column_{column}", language), justify="right" if column == "cost" else "left"
        )
    names, regions = case.names("programs", language), case.names("regions", language)
    for item in plan.selected:
        where = ", ".join(regions[region] for region in item.regions)
        cells = (item.program, names[item.program], str(item.start), where, number(item.cost, language, 1))
        table.add_row(*map(escape, cells))
    return table


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
        _tell(DataError("", [problem]), language)
        raise typer.Exit(2)
    shutil.copytree(shipped("data") / source, target)
    _out.print(escape(say("cli.init_done", language, path=target.as_posix())), soft_wrap=True)


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
        _out.print(say("cli.lab_notebooks", language, path=folder))
    flags = ["--no-browser"] if no_browser else []
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *flags])  # noqa: S606


def _changes(texts: Sequence[str], language: Language) -> dict[str, object]:
    pairs = [text.partition("=") for text in texts]
    for text, (key, equals, _) in zip(texts, pairs, strict=True):
        if not equals or not key.strip():
            _err.print(escape(say("cli.bad_set", language, text=text)))
            raise typer.Exit(2)
    return {key.strip(): value.strip() for key, _, value in pairs}


@contextmanager
def _mendable(language: Language) -> Iterator[None]:
    """Turn errors that a planner can mend into messages and exit codes."""
    try:
        yield
    except JspError as error:
        _tell(error, language)
        raise typer.Exit(_exit_code(error)) from error


def _tell(error: JspError, language: Language) -> None:
    words: Callable[[], str] = (
        partial(listing, error.problems, language) if error.problems else partial(str, error)
    )
    _err.print(escape(words()), soft_wrap=True)
    _err.print(say("cli.none_written", language))


def _exit_code(error: JspError) -> int:
    if isinstance(error, InfeasibleError):
        return 4
    return 3 if isinstance(error, DataError | ScenarioError) else 1
