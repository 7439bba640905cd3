"""Rules that clash: what is found, as text and amounts, and small cases."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel.case import Case
from jspmodel.selection.infeasibility import Explainer, Soft
from jspmodel.selection.inputs import read_inputs
from jspmodel.solver.effort import Effort
from selection.small import one_place, rows

YEARS = (2027, 2028)


@dataclass(frozen=True)
class Clash:
    """A case and settings, the rules of the irreducible set, the ways out with their amounts."""

    case: Case
    settings: dict
    rules: set[str]
    ways: dict[str, float]


def conflict(case, scenario, floor=None, rules=()):
    return Explainer(read_inputs(case, scenario), floor, Effort(1000), Soft(rules)).conflict()


def named(constraints):
    return set(map(str, constraints))


def offered(ways):
    return {str(way.constraint): way.amount for way in ways}


def clash(case, scenario, floor=None, rules=()):
    """The set and the ways out, as text and amounts; the set is irreducible."""
    found = conflict(case, scenario, floor, rules)
    assert found.irreducible
    return named(found.constraints), offered(found.ways or found.together)


def programs(*lines, columns="program name_id duration"):
    return rows(columns, *lines)


AGENCY = {"agencies": rows("agency name max_parallel", ("g", "Dinas", 1))}

TWO = [("P", 0.3, 1), ("Q", 0.2, 1)]

BOTH = {"locked_in": ["P", "Q"]}

TWO_REGIONS = {
    "regions": rows("region name maturity", ("A", "Alfa", 1), ("B", "Beta", 3)),
    "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
    "program_regions": rows("program region volume mandatory", ("P", "A", 4, False), ("P", "B", 6, False)),
    "funds": rows("fund name_id holder", ("f", "Dana", "A"), ("p", "Prov", "")),
    "fund_budgets": rows("fund year amount", ("f", 2027, 9), ("p", 2027, 1)),
}


def wide(columns, *line, costs=(("P", "", "build", 0, 1),), **tables):
    """P in A and B; A's fund has 9, the province 1."""
    return one_place(
        [],
        budget=0,
        **{
            **TWO_REGIONS,
            "programs": rows(f"program name_id duration {columns}", ("P", "P", 1, *line)),
            "program_costs": rows("program region kind offset amount", *costs),
            "program_effects": rows("program issue effect", ("P", "w", 0.3)),
            **tables,
        },
    )


DEAR_IN_B = (("P", "", "build", 0, 1), ("P", "B", "build", 0, 3))
