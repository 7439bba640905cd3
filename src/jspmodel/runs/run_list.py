"""The index page of all runs: what was computed, how good it is, where to read it, and what failed.

A run that failed leaves ``<out>/<case>/.failed/<run>.json``, ``run`` being the name its folder would have::

    {"case": "diy", "scenario": "cut-20", "when": "2026-11-22T04:36:23+00:00", "error": "why, in words",
     "beside": null,
     "problems": [{"code": ..., "file": ..., "row": ..., "column": ..., "values": {...}}, ...]}

It counts until a run of that name is finished later than ``when``. ``beside`` is when the result was finished
that stood there as it failed: beside this one it counts in any case, a clock may have been set back. Whoever
runs scenarios writes it, and takes it away when the run succeeds. This module only reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, model_validator

from jspmodel.errors import Problem, RunError
from jspmodel.intake import is_plain, is_there
from jspmodel.objective_kinds import ObjectiveKind
from jspmodel.plan import Amount, PlanYear
from jspmodel.proof import ProofWording, proof_wording, relative_gap
from jspmodel.runs.read_back import Moment, Name, Words, read_back
from jspmodel.runs.run_folders import leads_out, subfolders
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
_LARGEST_GAP = 1e9


class _LenientModel(BaseModel):
    """What is asked of a file that somebody may have changed: the rest is not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Title(_LenientModel):
    id: Name = ""
    en: Name = ""


class _Parameters(_LenientModel):
    title: _Title = _Title()


class _Record(_LenientModel):
    scenario: Name
    parameters: _Parameters
    status: Literal["done"]
    finished: Moment
    place: _Title = _Title()
    changes: dict[str, Any] = {}


class _Started(_LenientModel):
    start: PlanYear | None = None
    cost: Amount = 0.0


class _Paid(_LenientModel):
    year: PlanYear
    amount: Amount


class PlanHeader(_LenientModel):
    """What the index tells of a plan, and figures without which whoever opens it gets no further."""

    objective_kind: ObjectiveKind
    status: Literal["optimal", "feasible"]
    stopped_by_clock: bool
    objective: float
    bound: float
    tolerance: float = 0.0
    programs: tuple[_Started, ...] = ()
    funding: tuple[_Paid, ...] = ()

    @model_validator(mode="after")
    def _figures_of_a_plan(self) -> PlanHeader:
        if (self.gap or 0.0) > _LARGEST_GAP:
            raise ValueError("no plan is worth so little")
        return self

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

    scenario: Name
    when: Moment
    beside: Moment | None = None
    error: Words
    problems: tuple[_Problem, ...] = ()

    def words(self, language: Language) -> str:
        """Return why it failed; in the words of then where the problems cannot be worded."""
        found = [Problem(item.code, item.file, item.row, item.column, item.values) for item in self.problems]
        try:
            return listing(found, language) or self.error
        except (LookupError, TypeError, ValueError):
            return self.error


@dataclass(frozen=True)
class Entry:
    """A run as the index lists it.

    Attributes
    ----------
    case, run : str
        Names of its folders.
    scenario : str
    title, place : mapping of str to str
        What people call the scenario and the case, by language.
    finished : datetime or None
        None where no run of this name was finished.
    answer : PlanHeader or None
    files : tuple of str
        What can be opened, within the run's folder.
    failure : Failure or None
        The latest attempt failed; what is listed beside it is an earlier one.
    refused : tuple of Problem
        What of its records cannot be read, and why.
    """

    case: str
    run: str
    scenario: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    place: Mapping[str, str] = field(default_factory=dict)
    finished: datetime | None = None
    answer: PlanHeader | None = None
    files: tuple[str, ...] = ()
    failure: Failure | None = None
    refused: tuple[Problem, ...] = ()


_RECORD, _ENDING = "run.json", ".json"
_DONE, _HEADER, _FAILURE = TypeAdapter(_Record), TypeAdapter(PlanHeader), TypeAdapter(Failure)


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
    entries = [entry for case in subfolders(out) for entry in _in_case(case, out)]
    return tuple(sorted(entries, key=lambda entry: (entry.case, entry.run != "baseline", entry.run)))


def comparisons(out: Path) -> dict[str, tuple[str, ...]]:
    """Return, by case, which pages of comparison stand in its folder."""
    found = {
        case.name: tuple(name for name in _COMPARISONS if is_plain(case / name))
        for case in subfolders(out)
        if not leads_out(case, out)
    }
    return {case: names for case, names in found.items() if names}


def _in_case(case: Path, out: Path) -> Iterator[Entry]:
    notes = dict(_notes(case / FAILED)) if not leads_out(case / FAILED, out) else {}
    for folder in subfolders(case):
        note = notes.pop(folder.name, None)
        if note or is_there(folder / _RECORD):
            yield _entry(folder, out, note)
    for run, note in notes.items():
        scenario = note.scenario if isinstance(note, Failure) else ""
        yield Entry(case=case.name, run=run, scenario=scenario, **_noted(note))


def _notes(folder: Path) -> Iterator[tuple[str, Failure | Problem]]:
    """Yield what failed, by run: the note, or why it cannot be read."""
    try:
        names = sorted(file.name for file in folder.iterdir())
    except OSError:
        return
    for name in names:
        if name.endswith(_ENDING):
            try:
                yield name.removesuffix(_ENDING), read_back(folder / name, _FAILURE)
            except RunError as error:
                yield name.removesuffix(_ENDING), _within(folder.parent, error)


def _entry(folder: Path, out: Path, note: Failure | Problem | None) -> Entry:
    case, run = folder.parent.name, folder.name
    if leads_out(folder, out):
        return Entry(case=case, run=run, refused=(Problem("folder_is_link", run),))
    try:
        record, answer = read_back(folder / _RECORD, _DONE), read_back(folder / "plan.json", _HEADER)
    except RunError as error:
        told = _noted(note)
        told["refused"] = (*told.get("refused", ()), _within(folder, error))
        return Entry(case=case, run=run, **told)
    if isinstance(note, Failure) and note.when <= record.finished != note.beside:
        note = None
    return Entry(
        case=case,
        run=run,
        scenario=record.scenario,
        title=_title(record, run),
        place=record.place.model_dump(),
        finished=record.finished,
        answer=answer,
        files=tuple(name for name in _LINKS if is_plain(folder / name)),
        **_noted(note),
    )


def _noted(note: Failure | Problem | None) -> dict[str, Any]:
    if isinstance(note, Problem):
        return {"refused": (note,)}
    return {"failure": note}


def _within(folder: Path, error: RunError) -> Problem:
    """Return why a file cannot be read, the file named as whoever looks into its folder sees it."""
    (problem,) = error.problems
    return replace(problem, file=Path(problem.file).relative_to(folder).as_posix())


def _title(record: _Record, run: str) -> dict[str, str]:
    """Return what to call a run, by language: its scenario, or by its own name and what was changed."""
    name = run_name(run, record.scenario, record.changes)
    return dict.fromkeys(LANGUAGES, name) if name else record.parameters.title.model_dump()
