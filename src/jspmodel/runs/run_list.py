"""The index page of all runs: what was computed, how good it is, where to read it, and what failed.

A run that failed leaves ``<out>/<case>/.failed/<run>.json``, ``run`` being the name its folder would have::

    {"case": "diy", "scenario": "cut-20", "when": "2026-11-22T04:36:23+00:00", "error": "why, in words",
     "problems": [{"code": ..., "file": ..., "row": ..., "column": ..., "values": {...}}, ...]}

It counts until a run of that name is finished later than ``when``; whoever runs scenarios writes it, and
takes it away when the run succeeds. This module only reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from jspmodel.errors import Problem
from jspmodel.intake import LARGEST_PLAN, read_if_regular
from jspmodel.objective_kinds import ObjectiveKind
from jspmodel.proof import ProofWording, proof_wording, relative_gap
from jspmodel.scenario import Language
from jspmodel.text import LANGUAGES, listing, run_name

FAILED = ".failed"
"""Name of the folder, in that of a case, that holds what failed."""
_LINKS = (
    "report.id.html",
    "report.en.html",
    "telaahan.id.docx",
    "telaahan.en.docx",
    "plan.xlsx",
    "plan.id.xlsx",
    "plan.en.xlsx",
    "report.ipynb",
)
_COMPARISONS = ("comparison.id.html", "comparison.en.html", "comparison.xlsx")
R = TypeVar("R", bound=BaseModel)


class _LenientModel(BaseModel):
    """What is asked of a file that somebody may have changed: the rest is not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Title(_LenientModel):
    id: str = ""
    en: str = ""


class _Parameters(_LenientModel):
    title: _Title = _Title()


class _Record(_LenientModel):
    scenario: str
    parameters: _Parameters
    status: Literal["done"]
    finished: AwareDatetime
    changes: dict[str, Any] = {}


class PlanHeader(_LenientModel):
    """What the index tells of a plan."""

    objective_kind: ObjectiveKind
    status: Literal["optimal", "feasible"]
    stopped_by_clock: bool
    objective: float
    bound: float
    tolerance: float = 0.0

    @property
    def gap(self) -> float | None:
        """How much better another plan may be, as a share; None where nothing is proven."""
        return relative_gap(self.objective, self.bound, self.tolerance)

    @property
    def proof_wording(self) -> ProofWording:
        """Which of the wordings the plan takes."""
        return proof_wording(self.status, self.gap)


class _Problem(_LenientModel):
    code: str
    file: str = ""
    row: int | None = None
    column: str = ""
    values: dict[str, Any] = {}


class Failure(_LenientModel):
    """A run that failed: when, and why, in the words of then and as problems for any language."""

    scenario: str
    when: AwareDatetime
    error: str
    problems: tuple[_Problem, ...] = ()

    def words(self, language: Language) -> str:
        """Return why it failed; in the words of then where the problems cannot be worded."""
        found = [Problem(item.code, item.file, item.row, item.column, item.values) for item in self.problems]
        try:
            return listing(found, language) or self.error
        except (LookupError, TypeError, ValueError):
            return self.error


class Entry(_LenientModel):
    """A run as the index lists it.

    Attributes
    ----------
    case, run : str
        Names of its folders.
    scenario : str
    title : mapping of str to str
        What people call the scenario, by language.
    finished : datetime or None
        None where no run of this name was finished.
    answer : PlanHeader or None
    files : tuple of str
        What can be opened, within the run's folder.
    failure : Failure or None
        The latest attempt failed; what is listed beside it is an earlier one.
    unreadable : bool
        The folder's records cannot be read.
    """

    case: str
    run: str
    scenario: str = ""
    title: dict[str, str] = {}
    finished: AwareDatetime | None = None
    answer: PlanHeader | None = None
    files: tuple[str, ...] = ()
    failure: Failure | None = None
    unreadable: bool = False


def read_entries(out: Path) -> tuple[Entry, ...]:
    """Find all runs under a folder.

    Parameters
    ----------
    out : Path
        Folder of all runs.

    Returns
    -------
    tuple of Entry
        By case, then by name, ``baseline`` first. Temporary folders are left out.
    """
    entries = [entry for case in _folders(out) for entry in _in_case(case)]
    return tuple(sorted(entries, key=lambda entry: (entry.case, entry.run != "baseline", entry.run)))


def comparisons(out: Path) -> dict[str, tuple[str, ...]]:
    """Return, by case, which pages of comparison stand in its folder."""
    found = {
        case.name: tuple(name for name in _COMPARISONS if (case / name).is_file()) for case in _folders(out)
    }
    return {case: names for case, names in found.items() if names}


def _folders(place: Path) -> list[Path]:
    if not place.is_dir():
        return []
    return sorted(path for path in place.iterdir() if path.is_dir() and not path.name.startswith("."))


def _in_case(case: Path) -> Iterator[Entry]:
    failures = dict(_failures(case / FAILED))
    for folder in _folders(case):
        failure = failures.pop(folder.name, None)
        if (folder / "run.json").is_file() or failure is not None:
            yield _entry(folder, failure)
    for run, failure in failures.items():
        yield Entry(case=case.name, run=run, scenario=failure.scenario, failure=failure)


def _failures(folder: Path) -> Iterator[tuple[str, Failure]]:
    for file in sorted(folder.glob("*.json")):
        if (failure := _read(file, Failure)) is not None:
            yield file.stem, failure


def _entry(folder: Path, failure: Failure | None) -> Entry:
    record, answer = _read(folder / "run.json", _Record), _read(folder / "plan.json", PlanHeader)
    case, run = folder.parent.name, folder.name
    if record is None or answer is None:
        return Entry(case=case, run=run, failure=failure, unreadable=failure is None)
    return Entry(
        case=case,
        run=run,
        scenario=record.scenario,
        title=_title(record, run),
        finished=record.finished,
        answer=answer,
        files=tuple(name for name in _LINKS if (folder / name).is_file()),
        failure=failure if failure and failure.when > record.finished else None,
    )


def _title(record: _Record, run: str) -> dict[str, str]:
    """Return what to call a run, by language: its scenario, or by its own name and what was changed."""
    name = run_name(run, record.scenario, record.changes)
    return dict.fromkeys(LANGUAGES, name) if name else record.parameters.title.model_dump()


def _read(file: Path, kind: type[R]) -> R | None:
    try:
        return kind.model_validate_json(read_if_regular(file, LARGEST_PLAN) or b"")
    except ValidationError:
        return None
