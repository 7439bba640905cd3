"""Nested plans written by hand, for tables and charts."""

from jspmodel.plan import Choice
from jspmodel.selection.postoptimal import Alternatives, Explanation, Importance, NestedLevel, NestedPlan


def choice(program, start=2027):
    return Choice(program=program, start=start)


def level(share, budget, programs, joins, *, worth=10.0, free=(10.0, 10.0), moved=(), starts=None):
    """A level with a plan; ``free``: what the best for its budget alone is worth, and what none exceeds."""
    choices = tuple(choice(code, (starts or {}).get(code, 2027)) for code in programs)
    return NestedLevel(share, budget, 0.5, "found", choices, worth, tuple(joins), moved, *free, choices)


def without(share, budget, finding):
    """A level without a plan."""
    return NestedLevel(share, budget, 0.0, finding, None, None, (), (), None, None, None)


def nested(*levels, objective=10.0, bound=10.0, free=(10.0, 10.0), leave=None, enter=None):
    return NestedPlan(levels, objective, bound, "nested", 0.0, *free, leave, enter)


def explained(plans):
    return Explanation(
        Importance(114.0, 114.0, 114.0, ()), Alternatives(0.02, 114.0, (), 0, True, (), ()), nested=plans
    )
