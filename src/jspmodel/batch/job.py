"""What to run, and what came of it: values that travel between processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from jspmodel.batch.targets import run_folder
from jspmodel.errors import JspError
from jspmodel.intake import case_of, find_scenario
from jspmodel.plan import Plan
from jspmodel.runs import record_digest
from jspmodel.scenario import Language
from jspmodel.text import run_name

TellStep = Callable[[str], None]
TellQuestion = Callable[[str, float], None]
"""Told which question about a plan is under way, and the share of it that is done."""
"""Told each step of a run as it starts: ``solve``, ``report``."""


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
    force : bool
        Whether to run again what is finished and unchanged, and to seek the plan anew.
    explain : bool
        Whether to find out why the plan is as it is, too.
    earlier : str or None
        What told apart the run that stood in its folder as the command began (``runs.record_digest``); None:
        not noted. One that is another since was made by this command, and is not made again where a process
        or a cluster was lost.
    """

    scenario_file: Path
    out: Path
    languages: Sequence[Language] = ("id", "en")
    changes: Mapping[str, object] = field(default_factory=dict)
    name: str = ""
    force: bool = False
    explain: bool = False
    earlier: str | None = None

    @property
    def folder(self) -> Path:
        """Where the results go: ``out/case/name``.

        Raises
        ------
        DataError, ScenarioError
            If there is no such file, or it is not in the folder ``scenarios`` of a case.
        RunError
            If a name could lead out of ``out``.
        """
        file = find_scenario(self.scenario_file)
        case = case_of(file).resolve().name
        return run_folder(self.out, case, file.stem, self.changes, self.name)

    def noted(self) -> Job:
        """Return the job with what stands in its folder now, unless that was noted before."""
        if self.earlier is not None:
            return self
        with suppress(JspError):  # told when it is its turn
            return replace(self, earlier=record_digest(self.folder))
        return self

    def is_made_since(self) -> bool:
        """Whether another run stands in its folder than as the command began; raises as ``folder`` does."""
        return self.earlier is not None and record_digest(self.folder) != self.earlier

    @property
    def label(self) -> str:
        """Case and run, as people know them; raises as ``folder`` does."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def called(self) -> str:
        """What to call the run: its own name, or its scenario, and what was changed; raises as ``folder``."""
        scenario = find_scenario(self.scenario_file).stem
        return run_name(self.folder.name, scenario, self.changes) or scenario


@dataclass(frozen=True)
class Result:
    """What came of a job.

    Attributes
    ----------
    job : Job
    status : {"done", "skipped", "failed"}
        ``skipped``: finished before, from the same input by the same code.
    seconds : float
        How long it took.
    plan : Plan or None
        None where it failed.
    error : JspError or None
        Why it failed.
    trace : str
        Where in the code, if that was not foreseen.
    """

    job: Job
    status: Literal["done", "skipped", "failed"]
    seconds: float
    plan: Plan | None = None
    error: JspError | None = None
    trace: str = ""
