"""What choices are worth, by the measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario


def worth_of(case: Case, scenario: Scenario) -> Callable[[Sequence[Choice]], float]:
    """Return what gives the objective of choices, from the measure; each plan is judged once."""
    judge = measure.Measure(case, scenario)

    @cache
    def worth(choices: tuple[Choice, ...]) -> float:
        return measure.score(case, choices) if scenario.objective == "score" else judge.impact(choices).total

    return lambda choices: worth(tuple(choices))
