"""What objectives are called, and how their values are written."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.scenario import Language
from jspmodel.text import number, say, short_names

if TYPE_CHECKING:  # what searches by several objectives is imported by whoever asks for that
    from jspmodel.selection.postoptimal import ObjectiveKey, ParetoFront

NOISE = 1e-9
DIGITS = {"percent": 2, "points": 2, "money": 1, "count": 0}
"""Of values, by their unit."""


class ObjectiveWords:
    """Words about one objective.

    Attributes
    ----------
    name : str
        What it is called.
    unit : str
    heading : str
        Both, as a column has them.

    Parameters
    ----------
    case : Case
    objective : ObjectiveKey
    language : {"id", "en"}
    """

    def __init__(self, case: Case, objective: ObjectiveKey, language: Language) -> None:
        self._objective, self._language = objective, language
        kind, _, code = objective.name.partition(":")
        self.name = say(f"tradeoff.objective_{kind}", language, of=self._of(case, kind, code))
        self.unit = say(f"tradeoff.unit_{objective.unit}", language)
        self.heading = say("tradeoff.heading", language, name=self.name, unit=self.unit)

    def _of(self, case: Case, kind: str, code: str) -> str:
        if kind == "region":
            return short_names(case)[code]
        return case.names("issues", self._language)[code] if kind == "issue" else ""

    def value(self, value: float) -> str:
        """Return a value, without its unit."""
        return number(value, self._language, DIGITS[self._objective.unit])

    def told(self, value: float) -> str:
        """Return a value with its unit."""
        return say(f"tradeoff.value_{self._objective.unit}", self._language, value=self.value(value))

    def apart(self, value: float) -> str:
        """Return a difference of two values with its unit."""
        return say(f"tradeoff.apart_{self._objective.unit}", self._language, value=self.value(abs(value)))

    def apart_up(self, value: float) -> str:
        """Return a difference that is at most so much, rounded up, with its unit."""
        return self.apart(self._up(abs(value)))

    def end(self, value: float, bound: float) -> str:
        """Return what is proven of the best value there is: that it is this, or from this to the bound."""
        # Rounded so that what is told to be proven is.
        outer = -self._up(-bound) if self._objective.less else self._up(bound)
        if self.value(value) == self.value(outer) or value == bound:
            return self.value(value)
        return say("tradeoff.between", self._language, value=self.value(value), bound=self.value(outer))

    def _up(self, value: float) -> float:
        """Return a figure rounded up to what is shown of it."""
        step: float = 10.0 ** -DIGITS[self._objective.unit]
        return ceil(value / step - NOISE) * step


def front_title(case: Case, front: ParetoFront, language: Language) -> str:
    """Return the message of a front: how far one objective can go, and what the other comes to.

    Parameters
    ----------
    case : Case
    front : ParetoFront
    language : {"id", "en"}

    Returns
    -------
    str
    """
    first, second = (ObjectiveWords(case, one, language) for one in front.objectives)
    begin, end = front.points[0].values, front.points[-1].values
    names = {"first": first.name, "second": second.name}
    if len(front.points) == 1:
        ends = {"first_value": first.told(begin[0]), "second_value": second.told(begin[1])}
        return say("tradeoff.title_one", language, **names, **ends)
    ends = {"from_first": first.told(begin[0]), "to_first": first.told(end[0])}
    ends |= {"from_second": second.told(begin[1]), "to_second": second.told(end[1])}
    return say("tradeoff.title", language, **names, **ends)
