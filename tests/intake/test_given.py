"""What may be said shortly: totals, unit costs, growth, levels and risks by kind; each worked out by hand."""

import pytest

from jspmodel import select_programs
from jspmodel.intake import load, load_case, read_case
from jspmodel.intake.defaults import is_filled
from jspmodel.measure import known_gaps
from tiny import tiny_tables, write_case


def tables(**edits):
    """Return the tiny tables, each edited: (text, its replacement)."""
    edited = tiny_tables()
    for table, (before, after) in edits.items():
        assert before in edited[table]
        edited[table] = edited[table].replace(before, after)
    return edited


def priced(*rows):
    """Return the tiny tables with the costs of P02 given shortly."""
    plain = tiny_tables()
    kept = [line for line in plain["program_costs"].splitlines() if not line.startswith("P02")]
    kept = ["program,region,kind,offset,amount,unit_cost,profile", *(line + ",," for line in kept[1:]), *rows]
    return {**plain, "program_costs": "\n".join(kept) + "\n"}


def costs(case):
    return [
        (row.region, row.kind, row.offset, pytest.approx(row.amount))
        for row in case.program_costs.itertuples()
        if row.program == "P02" and row.kind == "build"
    ]


@pytest.mark.parametrize(
    ("profile", "amounts"), [("merata", (3, 3)), ("even", (3, 3)), ("25 75", (1.5, 4.5)), ("1/2", (2, 4))]
)
def test_a_total_is_spread_over_the_years_of_building(tmp_path, profile, amounts):
    case = load_case(write_case(tmp_path / "c", priced(f"P02,,build,,6,,{profile}")))
    assert costs(case) == [("", "build", 0, amounts[0]), ("", "build", 1, amounts[1])]


def test_a_unit_cost_is_multiplied_by_each_volume(tmp_path):
    """8 t in 34.01 and 4 t in 34.10, at 0.5 a tonne, a quarter of it in the first year."""
    case = load_case(write_case(tmp_path / "c", priced("P02,,build,,,0.5,1 3")))
    assert costs(case) == [
        ("34.01", "build", 0, 1),
        ("34.01", "build", 1, 3),
        ("34.10", "build", 0, 0.5),
        ("34.10", "build", 1, 1.5),
    ]
    assert is_filled(case.program_costs["source"]).sum() == 4


def test_a_unit_cost_of_one_region_stays_there(tmp_path):
    case = load_case(write_case(tmp_path / "c", priced("P02,34.10,build,1,,0.5,")))
    assert costs(case) == [("34.10", "build", 1, 2)]


def test_a_short_case_gives_the_plan_of_the_long_one(tmp_path):
    long = load(write_case(tmp_path / "long", tiny_tables()))
    short = load(write_case(tmp_path / "short", priced("P02,,build,,6,,merata", "P02,34.01,run,,0.5,,")))
    plans = [select_programs(*pair) for pair in (long, short)]
    assert plans[0].choices == plans[1].choices
    assert plans[0].objective == pytest.approx(plans[1].objective)


def test_budgets_grow_by_the_middle_of_the_range(tmp_path):
    """1 in 2027, growing by 10 to 30 percent, until 2029, the last year of the other fund: 1.2 and 1.44."""
    grown = tables(
        funds=(
            "fund,name_id,holder\napbd,APBD provinsi,\ndanais,Dana keistimewaan,",
            "fund,name_id,holder,growth_low,growth_high\napbd,APBD provinsi,,,\ndanais,Dana,,10,30",
        )
    )
    budgets = load_case(write_case(tmp_path / "c", grown)).fund_budgets
    mine = budgets[budgets["fund"] == "danais"]
    assert mine["year"].tolist() == [2027, 2028, 2029]
    assert mine["amount"].tolist() == pytest.approx([1, 1.2, 1.44])
    assert mine["status"].tolist() == ["", "estimated", "estimated"]
    assert "1,21 sampai 1,69" in mine["source"].iloc[-1]


def kinds(line):
    return {
        "programs": (
            "duration,scope,min_volume,quick_win\nP01,Pelatihan kerja,living,1,joint,,ya\n"
            "P02,Pengolahan sampah,living,2,joint,10,\nP03,Data terpadu,,1,province,,",
            "duration,scope,kind,delivery_risk,land,design,permits\nP01,Pelatihan kerja,living,1,joint,training,,,,\n"
            f"P02,Pengolahan sampah,living,2,joint,{line}\nP03,Data terpadu,,1,province,,,,,",
        )
    }


def test_an_effect_without_level_has_that_of_its_kind(tmp_path):
    edited = tables(program_effects=("waste,,,,high", "waste,,,,"), **kinds("building,,,,"))
    effects = load_case(write_case(tmp_path / "c", edited)).program_effects
    assert effects["level"].tolist() == ["", "medium", "low"]
    assert effects["status"].tolist() == ["", "illustrative", ""]
    assert is_filled(effects["source"]).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("line", "risk"),
    [
        ("building,,,,", 0.15),
        ("building,,missing,ready,under_way", 0.35),
        ("building,0.5,missing,,", 0.5),
        (",,missing,missing,missing", 0.5),
        (",,ready,not_needed,", 0.05),
    ],
)
def test_the_checklist_gives_the_delivery_risk(tmp_path, line, risk):
    """By kind (none: 0.05), 0.15 more for each item that is missing, 0.05 for each under way."""
    case = load_case(write_case(tmp_path / "c", tables(**kinds(line))))
    assert case.programs["delivery_risk"].tolist()[:2] == pytest.approx([0.05, risk])


def test_severity_is_the_mean_of_those_who_judge(tmp_path):
    edited = tables(
        issue_regions=(
            "issue,region,severity\nwaste,34.01,0.5\n",
            "issue,rater,region,severity\nwaste,Ani,34.01,0.2\nwaste,Budi,34.01,0.6\n",
        )
    )
    edited["issue_regions"] = edited["issue_regions"].replace("waste,34.10,1", "waste,,34.10,1")
    assert known_gaps(load_case(write_case(tmp_path / "c", edited))).at["waste", "34.01"] == pytest.approx(
        0.4
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("P02,,build,0,6,0.5,", "cost_twice"),
        ("P02,,build,0,,,", "cost_missing"),
        ("P02,,build,,6,,1 2 3", "bad_profile"),
        ("P02,,build,,6,,=1+1", "bad_profile"),
        ("P02,,build,,6,,", "offset_missing"),
        ("P01,34.01,run,,,0.5,", "unit_cost_without_volume"),
        ("P02,,build,0,6,,even", "profile_unused"),
    ],
)
def test_what_is_wrong_is_told_in_its_row(tmp_path, row, code):
    _, problems = read_case(write_case(tmp_path / "c", priced("P02,,run,,1,,", row)))
    assert [(problem.code, problem.row) for problem in problems] == [(code, 6)]


@pytest.mark.parametrize(
    ("growth", "code"),
    [("5,,", "growth_half"), ("5,3,", "growth_reversed"), ("3,5,2027", "growth_nothing")],
)
def test_growth_needs_a_range_and_years(tmp_path, growth, code):
    edited = tables(
        funds=(
            "fund,name_id,holder\napbd,APBD provinsi,\ndanais,Dana keistimewaan,",
            f"fund,name_id,holder,growth_low,growth_high,growth_until\napbd,APBD,,,,\ndanais,Dana,,{growth}",
        )
    )
    _, problems = read_case(write_case(tmp_path / "c", edited))
    assert [(problem.code, problem.row) for problem in problems] == [(code, 3)]
