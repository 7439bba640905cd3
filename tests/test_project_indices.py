"""The map of two indices: indices, lines of the budget and quadrants worked out by hand."""

from __future__ import annotations

import pytest

from hand import rows
from jspmodel import charts
from jspmodel.figures import INDICES, project_indices
from jspmodel.intake import read_case
from jspmodel.scenario import Scenario
from selection.small import make_scenario, one_place
from small_decision import small_case, small_plan
from tiny import tiny_tables, write_case

# Jobs and hectares: social-environmental, jobs weigh three times as much; years to pay back: financial-economic.
CRITERIA = rows(
    "appraisal_criterion name_id name_en index better weight unit",
    ("jobs", "Pekerjaan", "Jobs", INDICES[0], "higher", 3, "orang"),
    ("green", "Ruang hijau", "Green space", INDICES[0], "higher", None, "ha"),
    ("payback", "Balik modal", "Payback", INDICES[1], "lower", 2, "tahun"),
    ("unused", "Tidak dipakai", "Unused", INDICES[1], "higher", 0, ""),
)
VALUES = {"X": (100, 0, 4), "Y": (50, 8, 12), "Z": (0, 4, 8)}
APPRAISALS = rows(
    "program appraisal_criterion value",
    *((p, c, value) for p, given in VALUES.items() for c, value in zip(("jobs", "green", "payback"), given, strict=True)),
)  # fmt: skip


def appraised(budget, **tables):
    """X costs 6, Y 3, Z 2."""
    return one_place(
        [("X", 0.3, 6), ("Y", 0.2, 3), ("Z", 0.1, 2)],
        budget=budget,
        **{"appraisal_criteria": CRITERIA, "program_appraisals": APPRAISALS, **tables},
    )


def test_an_index_is_the_weighted_mean_of_what_is_reached_between_the_least_and_the_most():
    found = project_indices(appraised(9), make_scenario())
    # Jobs 1, 0.5, 0 with weight 3; hectares 0, 1, 0.5 with weight 1. Payback 4, 12, 8, less is better: 1, 0, 0.5.
    assert found.table[INDICES[0]].to_dict() == pytest.approx({"X": 75, "Y": 62.5, "Z": 12.5})
    assert found.table[INDICES[1]].to_dict() == pytest.approx({"X": 100, "Y": 0, "Z": 50})
    assert found.table["cost"].to_dict() == {"X": 6, "Y": 3, "Z": 2}


@pytest.mark.parametrize(
    ("budget", "lines", "quadrants"),
    [
        # 9: by the first index X and Y (9), by the second X and Z (8).
        (9, (62.5, 50), {"X": "A", "Y": "B", "Z": "C"}),
        # 7: X alone on both.
        (7, (75, 100), {"X": "A", "Y": "D", "Z": "D"}),
        (11, (12.5, 0), {"X": "A", "Y": "A", "Z": "A"}),
        # X comes first and cannot be paid: nothing is within reach, as the order is not left.
        (5, (101, 101), {"X": "D", "Y": "D", "Z": "D"}),
    ],
)
def test_the_lines_are_where_the_budget_ends_in_the_order_of_each_index(budget, lines, quadrants):
    found = project_indices(appraised(budget), make_scenario())
    assert tuple(found.lines[index] for index in INDICES) == pytest.approx(lines)
    assert found.table["quadrant"].to_dict() == quadrants
    assert found.budget == budget


def test_programmes_that_lack_a_value_are_told_and_not_placed():
    found = project_indices(appraised(9, program_appraisals=APPRAISALS.iloc[:-1]), make_scenario())
    assert found.unknown == ("Z",)
    # Among X and Y alone Y has the least jobs and the most hectares.
    assert found.table[INDICES[0]].to_dict() == pytest.approx({"X": 75, "Y": 25})


def test_a_criterion_under_which_all_are_alike_gives_all_of_it():
    same = APPRAISALS.assign(value=[5.0] * len(APPRAISALS))
    found = project_indices(appraised(9, program_appraisals=same), make_scenario())
    assert set(found.table[INDICES[0]]) == {100}


def test_there_is_no_map_without_criteria_of_both_or_without_appraisals():
    scenario = make_scenario()
    assert project_indices(appraised(9, appraisal_criteria=CRITERIA.iloc[:2]), scenario) is None
    assert project_indices(appraised(9, program_appraisals=APPRAISALS.iloc[:0]), scenario) is None
    assert charts.two_index_map(small_case(), Scenario(), small_plan(), "id") is None


def test_the_chart_says_how_many_of_the_best_and_of_the_least_are_in_the_plan():
    values = rows(
        "program appraisal_criterion value",
        *((p, c, value) for p, value in (("P", 9), ("H", 1)) for c in ("jobs", "green")),
        ("P", "payback", 2),
        ("H", "payback", 9),
    )
    case = small_case(appraisal_criteria=CRITERIA, program_appraisals=values)
    chart = charts.two_index_map(case, Scenario(), small_plan(), "en")
    told = chart.to_dict()["usermeta"]["jspmodel"]
    assert "1 of 2 programmes of quadrant A are in the plan" in str(told)
    assert "Not on the map" in str(told)
    names = [row[0] for row in told["table"]["rows"]]
    assert [name.split()[0] for name in names] == ["P", "H"]


@pytest.mark.parametrize(
    ("tables", "code", "column"),
    [
        ({"appraisal_criteria": "appraisal_criterion,name_id,index,better\nj,Kerja,social,higher\n"}, "not_in_list", "index"),
        ({"appraisal_criteria": "appraisal_criterion,name_id,index,better,weight\nj,Kerja,financial_economic,lower,-1\n"}, "negative", "weight"),
        ({"program_appraisals": "program,appraisal_criterion,value\nP01,k,1\n"}, "unknown_code", "appraisal_criterion"),
        ({"program_appraisals": "program,appraisal_criterion,value\nP01,j,\n"}, "blank_cell", "value"),
        ({"program_appraisals": "program,appraisal_criterion,value\nP01,j,1\nP01,j,2\n"}, "duplicate_key", "program, appraisal_criterion"),
    ],
)  # fmt: skip
def test_bad_appraisals_are_told_with_their_place(tmp_path, tables, code, column):
    known = {
        "appraisal_criteria": "appraisal_criterion,name_id,index,better\nj,Kerja,social_environmental,higher\n"
    }
    _, problems = read_case(write_case(tmp_path / "tiny", {**tiny_tables(), **known, **tables}))
    assert [(p.code, p.column) for p in problems if not p.warning] == [(code, column)]
