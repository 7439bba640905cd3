"""A programme starts, is built and is delivered within the years of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.selection.plan_view import Finding, PlanView, starting
from jspmodel.selection.rules.rule import Rule


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: a programme starts, is built and is delivered within the horizon."""
    for choice in plan.choices:
        built = choice.start + plan.built_over.get(choice.program, 0)
        end = max(built, plan.last_year(choice))
        yield max(plan.years[0] - choice.start, end - plan.years[-1]), starting(choice)


RULE = Rule("horizon", audit)
