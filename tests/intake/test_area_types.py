"""Bad input on types of area and their weights, told all at once."""

from __future__ import annotations

import pytest

from jspmodel.errors import ScenarioError
from jspmodel.intake import check, load, load_case, load_scenario, read_case
from jspmodel.text import words
from tiny import tiny_tables, write_case
from told import assert_worded, found

ON = "weights_by_area_type: true"
BOTH = "area_type,criterion,weight\nkota,impact,20\nkota,urgency,80\ndesa,impact,90\ndesa,urgency,10\n"
TYPED = "region,name,population,area_type\n34.01,Timur,300,kota\n34.10,Barat,100,desa\n"


def typed(weights=BOTH, regions=TYPED, **tables):
    return {**tiny_tables(), "area_type_weights": weights, "regions": regions, **tables}


def judged(tmp_path, scenario, tables):
    folder = write_case(tmp_path / "tiny", tables, scenario)
    problems = check(load_case(folder), load_scenario(folder))
    for problem in problems:
        assert words(problem, "id") != words(problem, "en")
    return [(problem.code, problem.column, problem.warning) for problem in problems]


def test_a_sound_case_has_no_problem(tmp_path):
    assert read_case(write_case(tmp_path / "tiny", typed()))[1] == ()
    assert judged(tmp_path, ON, typed()) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kota,urgency,80\n", "", ("area_type_criteria", 2, "criterion")),
        ("kota,impact,20\nkota,urgency,80", "kota,impact,0\nkota,urgency,0", ("area_type_zero", 2, "weight")),
        ("desa,impact,90", "desa,impact,-90", ("negative", 4, "weight")),
        ("desa,impact,90", "desa,kesiapan,90", ("unknown_code", 4, "criterion")),
        ("desa,impact,90", "kota,impact,90", ("duplicate_key", 4, "area_type, criterion")),
        ("desa,impact,90", ",impact,90", ("blank_cell", 4, "area_type")),
        ("desa,impact,90", "desa,impact,", ("blank_cell", 4, "weight")),
        ("desa,impact,90", "desa,impact,banyak", ("not_a_number", 4, "weight")),
    ],
)
def test_bad_weights(tmp_path, old, new, expected):
    assert BOTH.count(old) == 1
    case, problems = read_case(write_case(tmp_path / "tiny", typed(BOTH.replace(old, new))))
    assert case is None
    code, row, column = expected
    assert (code, "area_type_weights.csv", row, column) in found(problems)
    assert_worded(problems)


def test_all_is_told_at_once_with_the_criteria_that_are_missing(tmp_path):
    weights = "area_type,criterion,weight\nkota,impact,20\nperdesaan,urgency,0\npesisir,impact,60\npesisir,urgency,60\n"
    regions = TYPED.replace("desa", "Perdesan")
    case, problems = read_case(write_case(tmp_path / "tiny", typed(weights, regions)))
    assert case is None
    assert found(problems) == [
        ("area_type_unknown", "regions.csv", 3, "area_type"),
        ("area_type_criteria", "area_type_weights.csv", 2, "criterion"),
        ("area_type_criteria", "area_type_weights.csv", 3, "criterion"),
        ("area_type_zero", "area_type_weights.csv", 3, "weight"),
        ("area_type_unused", "area_type_weights.csv", 3, "area_type"),
        ("area_type_sum", "area_type_weights.csv", 4, "weight"),
        ("area_type_unused", "area_type_weights.csv", 4, "area_type"),
    ]
    told = {(one.code, one.row): words(one, "en") for one in problems}
    assert "urgency" in told["area_type_criteria", 2]
    assert "impact" in told["area_type_criteria", 3]
    assert "Did you mean perdesaan?" in told["area_type_unknown", 3]
    assert "120" in told["area_type_sum", 4]
    assert [one.code for one in problems if one.warning] == [
        "area_type_unused", "area_type_sum", "area_type_unused",
    ]  # fmt: skip


def test_types_without_any_weights_are_only_names(tmp_path):
    tables = typed()
    del tables["area_type_weights"]
    assert read_case(write_case(tmp_path / "tiny", tables))[1] == ()


@pytest.mark.parametrize(
    ("scenario", "tables", "expected"),
    [
        (ON, tiny_tables(), ("area_types_without_weights", "weights_by_area_type", False)),
        (
            ON,
            {**tiny_tables(), "area_type_weights": BOTH},
            ("area_types_nowhere", "weights_by_area_type", False),
        ),
        (
            f"{ON}\ncriteria_weights: {{impact: 50, urgency: 50}}",
            typed(),
            ("area_types_and_criteria", "criteria_weights", False),
        ),
        (
            ON,
            typed(regions=TYPED.replace("desa", ""), weights=BOTH[: BOTH.index("desa")]),
            ("regions_without_area_type", "weights_by_area_type", True),
        ),
        (
            ON,
            typed(issue_scores="issue,criterion,score\n"),
            ("area_types_without_scores", "weights_by_area_type", True),
        ),
        (
            ON,
            typed(
                BOTH.replace("desa,impact,90", "desa,impact,0"),
                issue_scores=tiny_tables()["issue_scores"]
                .replace("urgency,5", "urgency,0")
                .replace("urgency,2.5", "urgency,0"),
            ),
            ("area_type_scores_zero", "weights_by_area_type", False),
        ),
        ("weights_by_area_type: sometimes", typed(), None),
    ],
)
def test_settings_that_mean_nothing(tmp_path, scenario, tables, expected):
    if expected is None:
        write_case(tmp_path / "tiny", tables, scenario)
        with pytest.raises(ScenarioError) as error:
            load(tmp_path / "tiny")
        assert [one.code for one in error.value.problems] == ["setting_yes_no"]
        return
    problems = judged(tmp_path, scenario, tables)
    assert expected in problems
    assert [one for one in problems if not one[2] and one != expected] == []


def test_regions_that_go_by_the_general_weights_are_named(tmp_path):
    tables = typed(regions=TYPED.replace("desa", ""), weights=BOTH[: BOTH.index("desa")])
    folder = write_case(tmp_path / "tiny", tables, ON)
    (problem,) = check(load_case(folder), load_scenario(folder))
    assert "34.10" in words(problem, "en")
