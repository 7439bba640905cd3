"""What if: controls in a notebook that ask the live model again; in a batch run the plan as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from IPython.core.getipython import get_ipython

from jspmodel.case import Case
from jspmodel.charts import bundle, plan_change
from jspmodel.figures import row_order
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.whatif.controls import Controls

__all__ = ["Controls", "WhatIf", "what_if"]


def what_if(case: Case, scenario: Scenario, plan: Plan, language: Language) -> WhatIf:
    """Ask what the plan would be with other budgets, programmes forced in or out, equity on or off.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both: where the controls start from.
    language : {"id", "en"}

    Returns
    -------
    WhatIf
        Shown by a notebook. Kept as ``answer``, its plan can be judged in another cell:
        ``jsp.evaluate(case, answer.asked_scenario, answer.choices)``.
    """
    return WhatIf(case, scenario, plan, language)


@dataclass(frozen=True, eq=False)
class WhatIf:
    """Shows controls where somebody can move them, else the plan as a chart that stays as it is.

    Attributes
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    language : {"id", "en"}
    """

    case: Case
    scenario: Scenario
    plan: Plan
    language: Language

    @cached_property
    def controls(self) -> Controls:
        """The controls, the same wherever they are shown."""
        return Controls(self.case, self.scenario, self.plan, self.language)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The plan that the planner took, else the one shown: what ``jsp.evaluate`` judges."""
        return self.controls.held.choices if self._moved else self.plan.choices

    @property
    def asked_scenario(self) -> Scenario:
        """The scenario to which that plan is the answer."""
        return self.controls.held.question.asked_scenario(self.scenario) if self._moved else self.scenario

    @property
    def _moved(self) -> bool:
        return "controls" in self.__dict__  # else asking would start a search

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        if somebody_there():
            shown: dict[str, Any] = self.controls.box._repr_mimebundle_(**options)
            return shown
        choices = self.plan.choices
        order = row_order(self.case, choices)
        return bundle(plan_change(self.case, self.scenario, choices, choices, order, self.language).to_dict())


def somebody_there() -> bool:
    """Return whether whoever runs this cell could be asked: people can, papermill and nbconvert cannot."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return False
    request = kernel.get_parent("shell") or {}
    return bool(request.get("content", {}).get("allow_stdin"))
