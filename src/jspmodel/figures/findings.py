"""What there is to tell of a sound case."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.figures.default_dependence import DefaultDependence


@dataclass(frozen=True)
class Findings:
    """What is told of a sound case.

    Attributes
    ----------
    case : Case
    scenarios : int
    warnings : list of (str, list of Problem)
        By importance.
    lacking : list of str
        To get further.
    valid : list of str
        What it is valid for without a plan.
    for_plan : list of str
        What a plan still lacks; nothing where programmes can be selected.
    defaults : list of DefaultDependence
    """

    case: Case
    scenarios: int
    warnings: list[tuple[str, list[Problem]]]
    lacking: list[str]
    valid: list[str]
    for_plan: list[str]
    defaults: list[DefaultDependence]

    @property
    def counts(self) -> dict[str, object]:
        """How much there is of what."""
        tables = ("regions", "issues", "programs", "funds")
        return {"scenarios": self.scenarios, **{name: len(getattr(self.case, name)) for name in tables}}
