"""How a rule, or a part of one, is left out: the case and the scenario without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jspmodel.case import Case
from jspmodel.realisation import standing_of
from jspmodel.scenario import Scenario

Frees = Callable[[Case, Scenario], tuple[Case, Scenario]]
"""(case, scenario) to both without a rule, or without a part of it."""


@dataclass(frozen=True, eq=False)
class Part:
    """What of a rule can be left out by itself: a row of its table, a lock.

    Attributes
    ----------
    column, code : str
        What names it: ``spending_rule`` and its code; both empty where it is all that can be left out.
    frees : callable
        (case, scenario) to both without it.
    """

    column: str
    code: str
    frees: Frees


def setting_free(**settings: object) -> Frees:
    """Return what gives a case and its scenario with other settings."""
    return lambda case, scenario: (case, scenario.model_copy(update=settings))


def entry_free(setting: str, code: str, code_of: Callable[[Any], str] = str) -> Frees:
    """Return what gives a case and its scenario without an entry of a setting that is a list."""

    def frees(case: Case, scenario: Scenario) -> tuple[Case, Scenario]:
        kept = [entry for entry in getattr(scenario, setting) if code_of(entry) != code]
        return case, scenario.model_copy(update={setting: kept})

    return frees


def happened(case: Case) -> set[str]:
    """Return the programmes of an adopted plan that began or were given up: no rule decides them any more."""
    standing = standing_of(case)
    courses = {} if standing is None else standing.courses
    return {p for p, one in courses.items() if one.is_going_on or one.progress == "given_up"}
