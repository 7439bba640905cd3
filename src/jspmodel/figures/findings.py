"""What there is to tell of a sound case."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.figures.default_dependence import DefaultDependence


@dataclass(frozen=True)
class Findings:
    """What is told of a sound case."""

    case: Case
    scenarios: int
    warnings: list[tuple[str, list[Problem]]]
    lacking: list[str]
    defaults: list[DefaultDependence]

    @property
    def counts(self) -> dict[str, object]:
        """How much there is of what."""
        tables = ("regions", "issues", "programs", "funds")
        return {"scenarios": self.scenarios, **{name: len(getattr(self.case, name)) for name in tables}}
