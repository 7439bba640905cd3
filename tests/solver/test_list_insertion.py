"""Plans made by going through a list, by hand."""

from __future__ import annotations

import numpy as np

from jspmodel.selection.formulation import Model, formulate, read_column_map
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.search import read_choices
from jspmodel.solver import ListInsertion
from selection.small import make_scenario, one_place, rows, two_places


class Listed:
    """A case stated, and the plan that a list leads to."""

    def __init__(self, case, scenario):
        formulation = formulate(read_inputs(case, scenario))
        model = Model(formulation, scenario.solver)
        self.variables, self.column_map = formulation.variables, read_column_map(formulation, model)
        self.programs = list(formulation.inputs.proposals)
        matrix = model.matrix.bounded()
        # Early starts first, then regions in table order.
        self.plan = ListInsertion(matrix, self.column_map, -np.arange(len(matrix.cost), dtype=float))

    def insert(self, code, member=None):
        return self.plan.insert(self.programs.index(code), member)

    def choices(self):
        values = self.plan.values
        found = read_choices(values, self.variables.start, self.variables.join, self.column_map)
        return {c.program: (c.start, "".join(c.regions)) for c in found}


def joint(budget, funds=None):
    """P costs 1 shared and 2 in each of A and B; two years."""
    return two_places(
        rows("program name_id duration", ("P", "P", 1), ("Q", "Q", 1)),
        rows("program region", ("P", "A"), ("P", "B"), ("Q", "A")),
        [
            ("P", "", "build", 0, 1.0), ("P", "A", "build", 0, 2.0), ("P", "B", "build", 0, 2.0),
            ("Q", "", "build", 0, 3.0),
        ],
        [("P", "w", 0.3), ("Q", "w", 0.2)],
        budget=budget,
        years=(2027, 2028),
        funds=funds,
    )  # fmt: skip


def test_with_all_regions_at_the_earliest_start_that_pays_for_them():
    """Q takes 3 of 5 in 2027; P with both regions costs 5, so it starts in 2028."""
    listed = Listed(joint(5.0), make_scenario())
    assert listed.insert("Q")
    assert listed.insert("P")
    assert listed.choices() == {"Q": (2027, "A"), "P": (2028, "AB")}


def test_with_some_regions_where_no_year_pays_for_all():
    """4 a year never pays for both; P goes with A, the first, and its 3 leave no room for B's 2."""
    listed = Listed(joint(4.0), make_scenario())
    assert listed.insert("P")
    assert listed.choices() == {"P": (2027, "A")}
    assert not listed.insert("P")
    # Q (3) fits beside 3 in no year but the next.
    assert listed.insert("Q")
    assert listed.choices()["Q"] == (2028, "A")


def test_a_region_that_must_take_part_does():
    listed = Listed(joint(4.0), make_scenario())
    assert listed.insert("P", member=1)
    assert listed.choices() == {"P": (2027, "B")}


def test_funds_pay_for_all_together():
    """f may pay for anything, g for Q alone. If Q took f's money, the first in the table, P could not be paid."""
    funds = {
        "funds": rows("fund name_id", ("f", "Dana"), ("g", "Lain")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 5.0), ("g", 2027, 3.0)),
        "fund_rules": rows("fund program", ("g", "Q")),
    }
    listed = Listed(joint(0.0, funds), make_scenario())
    assert listed.insert("Q")
    assert listed.insert("P")
    assert listed.choices() == {"Q": (2027, "A"), "P": (2027, "AB")}


def test_what_cannot_be_paid_leaves_no_trace():
    """A (6) does not fit 5, nor does it after B (4); C (1) does all the same."""
    listed = Listed(one_place([("A", 0.3, 6), ("B", 0.2, 4), ("C", 0.1, 1)], budget=5), make_scenario())
    assert [listed.insert(code) for code in "ABAC"] == [False, True, False, True]
    assert set(listed.choices()) == {"B", "C"}


def test_steps_taken_again_lead_to_the_same():
    listed = Listed(joint(5.0), make_scenario())
    listed.insert("Q")
    listed.insert("P")
    steps, values = tuple(listed.plan.steps), listed.plan.values.copy()
    listed.plan.begin_again(steps[:1])
    assert listed.choices() == {"Q": (2027, "A")}
    listed.plan.begin_again(steps)
    assert (listed.plan.values == values).all()


def test_what_is_not_allowed_is_not_taken():
    listed = Listed(joint(5.0), make_scenario())
    first = listed.column_map.start[0]  # P in 2027
    listed.plan.allowed = lambda values: values[first] < 0.5
    assert listed.insert("P")
    assert listed.choices() == {"P": (2028, "AB")}


def test_what_a_programme_gains_in_a_region():
    """P closes 0.3 of the need of either region, which is half of all, from the first year on: 15 points."""
    listed = Listed(joint(5.0), make_scenario())
    number = listed.programs.index("P")
    assert [round(listed.plan.gain(number, member), 3) for member in (0, 1, None)] == [15.0, 15.0, 0.0]
