"""Small cases, and rows of a model as text."""

from __future__ import annotations

import pandas as pd
import pulp

from jspmodel.intake.tables import build_case
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from jspmodel.selection.formulation import formulate
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.variables import make_variables

EXACT = {"solver": {"gap": 0.0, "threads": 1}}


def rows(columns, *lines):
    return pd.DataFrame(lines, columns=columns.split())


def make_scenario(**settings):
    return Scenario.model_validate({**EXACT, **settings})


def one_place(proposed, /, *, budget, years=(2027,), **tables):
    """A case of one region and one issue wide open: the impact of a plan is 100 phi(sum of effects).

    ``proposed``: (code, effect, cost), each of one year, paid by one fund with the same budget every year.
    """
    base = {
        "regions": rows("region name", ("A", "Alfa")),
        "issues": rows("issue name_id", ("w", "Sampah")),
        "issue_regions": rows("issue region severity", ("w", "A", 1.0)),
        "programs": rows("program name_id duration scope", *((p, p, 1, "joint") for p, _, _ in proposed)),
        "program_regions": rows("program region", *((p, "A") for p, _, _ in proposed)),
        "program_costs": rows(
            "program region kind offset amount", *((p, "", "build", 0, c) for p, _, c in proposed)
        ),
        "program_effects": rows("program issue effect", *((p, "w", e) for p, e, _ in proposed)),
        "funds": rows("fund name_id", ("f", "Dana")),
        "fund_budgets": rows("fund year amount", *(("f", year, budget) for year in years)),
    }
    return build_case("one", {**base, **tables})


def two_places(program, takes_part, costs, effects, /, *, budget, years=(2027,), funds=None, **tables):
    """Two regions of equal need in one issue wide open, no border, one fund unless others are given."""
    base = {
        "regions": rows("region name", ("A", "Alfa"), ("B", "Beta")),
        "issues": rows("issue name_id", ("w", "Sampah")),
        "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
        "programs": program,
        "program_regions": takes_part,
        "program_costs": rows("program region kind offset amount", *costs),
        "program_effects": rows("program issue effect", *effects),
        "funds": rows("fund name_id", ("f", "Dana")),
        "fund_budgets": rows("fund year amount", *(("f", year, budget) for year in years)),
    }
    return build_case("two", {**base, **(funds or {}), **tables})


def unequal(**tables):
    """Three quarters of the people live in A. X helps A (0.4), Y helps B (0.4); each costs 1."""
    return two_places(
        rows("program name_id duration", ("X", "X", 1), ("Y", "Y", 1), ("Z", "Z", 1)),
        rows("program region", ("X", "A"), ("Y", "B"), ("Z", "A")),
        [("X", "", "build", 0, 1), ("Y", "", "build", 0, 1), ("Z", "", "build", 0, 1)],
        [("X", "w", 0.4), ("Y", "w", 0.4), ("Z", "w", 0.4)],
        budget=2,
        **{"regions": rows("region name population", ("A", "Alfa", 3), ("B", "Beta", 1)), **tables},
    )


def may_start(columns, settings):
    """A plan of X alone in two years, with columns of its own."""
    programs = pd.DataFrame([{"program": "X", "name_id": "X", "duration": 1, **columns}])
    case = one_place([("X", 0.3, 1)], budget=1, years=(2027, 2028), programs=programs)
    return select_programs(case, make_scenario(**settings))


def starts(plan):
    return {item.program: item.start for item in plan.selected}


def places(plan):
    return {item.program: item.regions for item in plan.selected}


def reasons(plan):
    return {item.program: item.reason for item in plan.programs}


def by_program(plan, program):
    item = next(item for item in plan.programs if item.program == program)
    return item.reason, item.reason_values


def family_rows(family, case, scenario):
    """The rows of one family as text, by name."""
    inputs = read_inputs(case, scenario)
    variables = make_variables(pulp.LpProblem("rows", pulp.LpMaximize), inputs)
    return {name: shown(row) for name, row in family(variables, inputs)}


def shown(row):
    """A row as text: terms by name, six digits."""
    terms = " ".join(_term(variable.name, factor) for variable, factor in sorted_terms(row))
    sense = {-1: "<=", 0: "=", 1: ">="}[row.sense]
    return f"{terms.removeprefix('+ ') or '0'} {sense} {-row.constant or 0:g}"


def sorted_terms(row):
    return sorted(row.items(), key=lambda item: item[0].name)


def _term(name, factor):
    size = "" if abs(factor) == 1 else f"{abs(factor):g} "
    return f"{'+' if factor > 0 else '-'} {size}{name}"


def text_rows(text):
    """Rows as a test writes them: one a line, its name before a colon."""
    lines = (line.strip() for line in text.strip().splitlines())
    return dict(line.split(": ", 1) for line in lines)


def stated(case, scenario, *, cuts=True):
    return formulate(read_inputs(case, scenario), cuts=cuts)
