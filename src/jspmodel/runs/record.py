"""The record of a run: what went in, what computed it, how long it took, how it ended (``run.json``)."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jspmodel.case import Case
from jspmodel.errors import Problem, RunError
from jspmodel.intake import LARGEST_PLAN, SCENARIO_FOLDER, find_scenario, is_plain, is_there, read_if_regular
from jspmodel.measure import horizon
from jspmodel.realisation import as_read
from jspmodel.runs.fingerprints import code_hash, input_hashes
from jspmodel.runs.read_back import Moment, Name, Words, read_back, unreadable_run
from jspmodel.scenario import Language, Scenario
from jspmodel.text import worded

_RECORD = "run.json"
_COUNTS = ("case", "scenario", "changes", "parameters", "inputs", "python", "packages", "code")
PACKAGES = ("jspmodel", "altair", "highspy", "nbconvert", "networkx", "pandas", "papermill", "pulp")


_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Carried = tuple[str, int, Annotated[float, Field(ge=0, allow_inf_nan=False)]]


class _RecordShape(BaseModel):
    """What a record must hold for whoever reads it; more is kept as it stands."""

    model_config = ConfigDict(extra="allow")

    key: _Hash
    status: Literal["running", "done"]
    scenario_file: Words
    scenario: Name = ""
    folder: Words = ""
    changes: dict[str, Any] = {}
    parameters: dict[str, Any]
    inputs: dict[str, str]
    python: Name
    packages: dict[Name, Name]
    started: Moment
    finished: Moment | None = None
    languages: list[Language] = []
    outputs: dict[str, _Hash] = {}
    years: list[int] = []
    carried_over: list[_Carried] | None = None


_SHAPE = TypeAdapter(_RecordShape)


def new_record(
    case: Case, scenario: Scenario, scenario_file: Path, changes: Mapping[str, object]
) -> dict[str, Any]:
    """Return the record of a run that is about to start.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        With the changes applied.
    scenario_file : Path
        As the user wrote it.
    changes : mapping of str to object
        What ``--set`` changed, by dotted key.

    Returns
    -------
    dict
        Ready for JSON; times and status are added as the run goes on. ``key`` is the hash of all that the
        results depend on, but for the clock; ``folder`` says which copy of the tables was read, ``years``
        which were planned, ``carried_over`` what the case says of money that years past have left (fund,
        year, Rp billion).
    """
    counts: dict[str, Any] = {
        "case": case.name,
        "scenario": scenario.name,
        "changes": dict(changes),
        "parameters": scenario.model_dump(mode="json"),
        "inputs": input_hashes(_folder(case), find_scenario(scenario_file)),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "code": code_hash(),
    }
    more = {
        "place": dict(case.title),
        "folder": str(_folder(case).resolve()),
        "scenario_file": scenario_file.as_posix(),
        "seed": scenario.solver.seed,
        "years": list(horizon(case, scenario)),
        "carried_over": sorted([*key, amount] for key, amount in as_read(case).carried_over.items()),
        "status": "running",
    }
    return {"key": _key(counts), **counts, **more}


def recorded_scenario(record: Mapping[str, Any]) -> Path:
    """Return the scenario file that a run was made from: in the folder that was read, if it is still there.

    Parameters
    ----------
    record : mapping

    Returns
    -------
    Path
        Else, as on another machine, what the path that was asked for leads to now.

    Raises
    ------
    DataError
        If there is no such file.
    """
    folder, name = str(record.get("folder", "")), str(record.get("scenario", ""))
    file = Path(folder) / SCENARIO_FOLDER / f"{name}.yaml"
    read = bool(folder and name) and Path(name).name == name and file.is_file()
    return file if read else find_scenario(record["scenario_file"])


def key_of(record: Mapping[str, Any], scenario: Scenario) -> str:
    """Return the key that the same input has under other settings.

    Parameters
    ----------
    record : mapping
        As ``new_record`` returns it.
    scenario : Scenario

    Returns
    -------
    str
    """
    counts = {name: record[name] for name in _COUNTS}
    return _key({**counts, "scenario": scenario.name, "parameters": scenario.model_dump(mode="json")})


def _key(counts: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(counts, sort_keys=True).encode()).hexdigest()


def is_finished(folder: Path, key: str, languages: Sequence[Language]) -> bool:
    """Return whether a folder holds the whole results of a run.

    Parameters
    ----------
    folder : Path
        Of the run.
    key : str
        What the run would be recorded with now.
    languages : sequence of {"id", "en"}
        Reports that are asked for.

    Returns
    -------
    bool
        False also if a file is gone or the plan is not as it was written; what people may have written into
        the others is theirs.
    """
    try:
        record = read_record(folder)
    except RunError:
        return False
    outputs: dict[str, str] = record["outputs"]
    return (
        record["status"] == "done"
        and record["key"] == key
        and set(languages) <= set(record["languages"])
        and all(_is_written(folder / name) for name in outputs)
        and _hash_of(folder / "plan.json") == outputs.get("plan.json")
    )


def _is_written(file: Path) -> bool:
    return is_plain(file) and file.lstat().st_size > 0


def _hash_of(file: Path) -> str:
    data = read_if_regular(file, LARGEST_PLAN)
    return "" if data is None else hashlib.sha256(data).hexdigest()


def record_digest(folder: Path) -> str:
    """Return what tells the record of one run in a folder from that of another, ``""`` where there is none.

    Two runs of the same input may end within one second and then have records alike in every byte: which file
    it is counts too. The record of a run is written while that of the run before it is still there.

    Parameters
    ----------
    folder : Path
        Of the run.

    Returns
    -------
    str
    """
    file = folder / _RECORD
    try:
        known = file.stat()
    except OSError:
        return ""
    return f"{_hash_of(file)} {known.st_ino} {known.st_mtime_ns}"


def write_record(folder: Path, record: Mapping[str, Any]) -> None:
    """Write ``run.json``.

    Parameters
    ----------
    folder : Path
        Folder of the run.
    record : mapping
    """
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    (folder / _RECORD).write_text(text, encoding="utf-8")


def read_record(folder: Path) -> dict[str, Any]:
    """Read ``run.json``.

    Parameters
    ----------
    folder : Path
        Folder of the run.

    Returns
    -------
    dict
        Times as they were written.

    Raises
    ------
    RunError
        If there is none, so that the folder is not a run's, or it is not as a run writes it.
    """
    if not is_there(folder / _RECORD):
        raise unreadable_run(folder, "not_a_run")
    shape = read_back(folder / _RECORD, _SHAPE)
    return shape.model_dump(mode="json")


def require_same_inputs(record: Mapping[str, Any], case: Case) -> None:
    """Make sure that the files a run was made from are still as they were.

    Parameters
    ----------
    record : mapping
        The run's record.
    case : Case
        As it is now.

    Raises
    ------
    RunError
        Naming each file that has changed, come or gone.
    """
    then, now = record["inputs"], input_hashes(_folder(case), recorded_scenario(record))
    changed = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    if changed:
        raise worded(RunError, [Problem("changed_since_run", file=name) for name in changed])


def _folder(case: Case) -> Path:
    if case.folder is None:
        raise ValueError("a case built in memory has no files")
    return case.folder
