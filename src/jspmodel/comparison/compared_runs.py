"""What a comparison reads: finished runs, or plans that were just computed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jspmodel.boundaries import BOUNDARY_FILES
from jspmodel.case import Case
from jspmodel.errors import JspError, Problem, RunError, ScenarioError
from jspmodel.intake import PACKAGE, case_of, errors_of, find_input, is_there, load_case, standing_pair
from jspmodel.measure import horizon
from jspmodel.plan import Plan
from jspmodel.proof import relative_gap
from jspmodel.realisation import as_read
from jspmodel.runs import (
    Kept,
    find_plan,
    key_of,
    leads_out,
    load_recorded,
    read_record,
    read_run_plan,
    recorded_scenario,
    subfolders,
    table_hashes,
    unreadable_run,
)
from jspmodel.scenario import Scenario, Title
from jspmodel.text import LANGUAGES, run_name, say, worded

NO_CAUSES = frozenset({PACKAGE, *BOUNDARY_FILES})
"""Files of a case on which no plan hangs; what ``PACKAGE`` says of money carried over is told by itself."""

_REALISED = {"realisation.csv"}
"""Tables that a run which goes on with an adopted plan was made of too."""


@dataclass(frozen=True, eq=False)
class Run:
    """One run to compare.

    Attributes
    ----------
    label : str
        What to call it: the name of its folder, with more of the path where two are called the same.
    case : str
    scenario : Scenario
    plan : Plan
    tables : mapping of str to str
        sha256 by file of the case that went in.
    packages : mapping of str to str
        Version by package.
    finished : str
        When, as ISO 8601; empty for a plan just computed.
    source : Path or None
        Folder of the case where the run found it.
    name : str
        What to call it instead of by the scenario's title: its own name, and what was changed with ``--set``;
        empty where it is the scenario as it stands.
    years : tuple of int
        The years that were planned; empty where that is not known.
    carried_over : mapping of (fund, year) to float, optional
        Rp billion that years past have left, as the case said then; None where that is not known.
    """

    label: str
    case: str
    scenario: Scenario
    plan: Plan
    tables: Mapping[str, str]
    packages: Mapping[str, str] = field(default_factory=dict)
    finished: str = ""
    source: Path | None = None
    name: str = ""
    years: tuple[int, ...] = ()
    carried_over: Mapping[tuple[str, int], float] | None = None

    @property
    def regions(self) -> frozenset[str]:
        """The regions that were planned for."""
        return frozenset(item.region for item in self.plan.regions)

    @property
    def gap(self) -> float | None:
        """How much better another plan may be, as a share; None where nothing is proven."""
        return relative_gap(self.plan.objective, self.plan.bound, self.plan.tolerance)

    @property
    def answered(self) -> bool:
        """Whether the search found anything: an empty plan of which nothing is proven is no answer."""
        return self.gap is not None


def read_runs(places: Sequence[str | Path]) -> tuple[Run, ...]:
    """Read finished runs.

    Parameters
    ----------
    places : sequence of str or Path
        Folders of runs, or folders that hold some, such as ``reports/diy``: all of them, ``baseline`` first;
        looked for as ``find_input`` does.

    Returns
    -------
    tuple of Run

    Raises
    ------
    DataError
        If there is no such folder.
    RunError
        If a folder is no finished run, or its records cannot be read.
    """
    folders = _folders(places)
    return tuple(_read(folder, label) for folder, label in zip(folders, _labels(list(folders)), strict=True))


def read_sound_runs(places: Sequence[str | Path]) -> tuple[tuple[Run, ...], tuple[Problem, ...]]:
    """Read finished runs as ``read_runs`` does; one that cannot be read keeps no other from being compared.

    Parameters
    ----------
    places : sequence of str or Path
        As ``read_runs`` takes them.

    Returns
    -------
    tuple of Run
    tuple of Problem
        Why others beside them, which nobody has named, cannot be read.

    Raises
    ------
    DataError
        If there is no such folder.
    RunError
        If a folder that is named is no finished run, or its records cannot be read.
    """
    runs: list[Run] = []
    refused: list[Problem] = []
    folders = _folders(places)
    for (folder, named), label in zip(folders.items(), _labels(list(folders)), strict=True):
        try:
            runs.append(_read(folder, label))
        except RunError as error:
            if named:
                raise
            refused.extend(error.problems)
    return tuple(runs), tuple(refused)


def cut_budgets(scenario_file: str, cuts: Sequence[float] = (0.1, 0.2)) -> tuple[Run, ...]:
    """Compute a scenario with its budgets as they stand and cut; plans that are known already are not sought.

    Parameters
    ----------
    scenario_file : str
        Scenario file, or folder of a case (its baseline).
    cuts : sequence of float
        Shares that are cut off every budget.

    Returns
    -------
    tuple of Run
        The scenario as it stands first.

    Raises
    ------
    DataError, ScenarioError, InfeasibleError, SolverError
        As ``load`` and ``select_programs`` raise.
    """
    case, scenario, record = load_recorded(scenario_file)
    names = {cut: f"cut-{100 * cut:g}" for cut in cuts}
    others = [_cut(scenario, cut, name) for cut, name in names.items()]
    return tuple(_computed(case, one, record) for one in (scenario, *others))


def rival_run(scenario_file: str, rival: str = "") -> Run:
    """Compute what a scenario is to be held against; a plan that is known already is not sought.

    Parameters
    ----------
    scenario_file : str
        Scenario file, or folder of a case (its baseline).
    rival : str
        Another scenario file of that case; empty: the scenario with its budgets cut by a tenth.

    Returns
    -------
    Run

    Raises
    ------
    DataError, ScenarioError, InfeasibleError, SolverError
        As ``load`` and ``select_programs`` raise; also if the rival is a scenario of another case.
    """
    case, scenario, record = load_recorded(scenario_file)
    if not rival:
        return _computed(case, _cut(scenario, 0.1, "cut-10"), record)
    other, rival_scenario, rival_record = load_recorded(rival)
    if other.folder != case.folder:
        values = {"rival": rival, "case": case.name, "other": other.name}
        raise worded(ScenarioError, [Problem("rival_of_other_case", values=values)])
    return _computed(other, rival_scenario, rival_record)


def load_today(runs: Sequence[Run]) -> tuple[Case | None, tuple[str, ...]]:
    """Load the case of runs as it is today, and say which of its files were others for one of them.

    Parameters
    ----------
    runs : sequence of Run
        Of one case.

    Returns
    -------
    case : Case or None
        None where it is no longer there or no longer valid.
    changed : tuple of str
        Names of tables, sorted; all that the runs know where the case is None.
    """
    source = next((run.source for run in runs if run.source is not None), None)
    try:
        case = None if source is None else load_case(str(source))
    except JspError:
        case = None
    today = {} if source is None or case is None else table_hashes(source)
    names = {name for run in runs for name in {*run.tables, *today} if name not in NO_CAUSES}
    changed = {name for name in names if any(run.tables.get(name) != today.get(name) for run in runs)}
    if case is not None and any(_carried_otherwise(run, case, today) for run in runs):
        changed.add(PACKAGE)
    return case, tuple(sorted(changed))


def _carried_otherwise(run: Run, case: Case, today: Mapping[str, str]) -> bool:
    """Return whether other money is carried over today; where the run does not say, its file may tell."""
    if run.carried_over is None:
        return bool(case.carried_over) and run.tables.get(PACKAGE) != today.get(PACKAGE)
    return run.carried_over != case.carried_over


def tables_of(run: Run, case: Case | None, changed: Sequence[str]) -> Case | None:
    """Return the tables that a run was solved with, where they are those of today.

    Parameters
    ----------
    run : Run
    case : Case or None
    changed : sequence of str
        Both as ``load_today`` returns them.

    Returns
    -------
    Case or None
        Of a run that goes on with an adopted plan, those of what was left to decide; None where they cannot
        be made any more.
    """
    if case is None or not run.scenario.replan.adopted:
        return case
    left, _, problems = standing_pair(case, run.scenario)
    return None if errors_of(problems) or _REALISED & set(changed) else left


def _cut(scenario: Scenario, cut: float, name: str) -> Scenario:
    scale = scenario.budget_scale
    title = Title(
        **{spoken: say("compare.cut_title", spoken, share=f"{100 * cut:g}") for spoken in LANGUAGES}
    )
    return scenario.model_copy(
        update={
            "name": name,
            "title": title,
            "budget_scale": scale.model_copy(update={"all": scale.all * (1 - cut)}),
        }
    )


def _computed(case: Case, scenario: Scenario, record: Mapping[str, Any]) -> Run:
    plan = find_plan(case, scenario, Kept(key_of(record, scenario), case.name))
    tables = {name: sha for name, sha in record["inputs"].items() if "/" not in name}
    years = horizon(case, scenario)
    return Run(
        scenario.name,
        case.name,
        scenario,
        plan,
        tables,
        source=case.folder,
        years=years,
        carried_over=as_read(case).carried_over,
    )


def _folders(places: Sequence[str | Path]) -> dict[Path, bool]:
    """Return the folders of runs that places stand for, and whether each was named itself."""
    found: dict[Path, bool] = {}
    for place in map(find_input, places):
        named = is_there(place / "run.json")
        for folder in [place] if named else _run_folders(place):
            found[folder] = found.get(folder, False) or named
    return found


def _run_folders(place: Path) -> list[Path]:
    inside = [
        folder
        for folder in subfolders(place)
        if is_there(folder / "run.json") and not leads_out(folder, place)
    ]
    if not inside:
        raise unreadable_run(place, "not_a_run")
    return sorted(inside, key=lambda folder: (folder.name != "baseline", folder.name))


def _labels(folders: Sequence[Path]) -> list[str]:
    """Return the shortest ends of the paths that tell them apart."""
    paths = [folder.resolve().parts for folder in folders]
    for size in range(1, max(map(len, paths), default=1) + 1):
        labels = ["/".join(parts[-size:]) for parts in paths]
        if max(Counter(labels).values(), default=1) == 1:
            break
    return labels if paths else []


def _read(folder: Path, label: str) -> Run:
    record = read_record(folder)
    if record["status"] != "done" or record["finished"] is None:
        raise unreadable_run(folder, "run_not_done")
    try:
        scenario = Scenario.model_validate_json(json.dumps(record["parameters"]))
        plan = read_run_plan(folder, record["outputs"])
        tables = {name: sha for name, sha in record["inputs"].items() if "/" not in name}
        return Run(
            label,
            plan.case,
            scenario,
            plan,
            tables,
            record["packages"],
            record["finished"],
            _source(record),
            run_name(folder.resolve().name, scenario.name, record["changes"]),
            tuple(record["years"]),
            _carried(record),
        )
    except ValidationError as error:
        raise unreadable_run(folder / "run.json", "not_as_written", "parameters") from error


def _carried(record: Mapping[str, Any]) -> dict[tuple[str, int], float] | None:
    told = record["carried_over"]
    return None if told is None else {(fund, year): amount for fund, year, amount in told}


def _source(record: Mapping[str, object]) -> Path | None:
    """Return the folder of the case that a run was made from, if it is still there."""
    try:
        return case_of(recorded_scenario(record))
    except JspError:
        return None
