"""Futures of a plan in two stages that mean nothing: all that is wrong at once, with what to write."""

import pytest

from jspmodel.errors import ScenarioError
from jspmodel.intake import check, load
from jspmodel.selection.postoptimal import two_stage_plan
from jspmodel.text import words
from tiny import tiny_tables, write_case
from told import assert_worded

GOOD = {"name": "good", "probability": 0.6}
BAD = {"name": "bad", "probability": 0.4, "budgets": 0.5}


@pytest.fixture
def tried(tmp_path):
    case, scenario = load(write_case(tmp_path, tiny_tables()))

    def problems(**settings):
        stated = scenario.replace(two_stage={"recourse_year": 2028, "futures": [GOOD, BAD], **settings})
        return case, stated, [problem for problem in check(case, stated) if not problem.warning]

    return problems


def codes(problems):
    return [(problem.code, problem.column.removeprefix("two_stage.")) for problem in problems]


def test_futures_that_are_right(tried):
    assert tried()[2] == []


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({}, []),
        (
            {"budget_spread": 0.2, "seed": 3},
            [("future_not_drawn", "budget_spread"), ("future_not_drawn", "seed")],
        ),
        ({"futures": [], "draws": 3, "budget_spread": 0.2, "seed": 3, "tail": 0.5}, []),
        (
            {"futures": [], "budget_spread": 0.2, "tail": 0.5},
            [("no_future_to_plan", name) for name in ("recourse_year", "budget_spread", "tail")],
        ),
    ],
)
def test_settings_that_play_no_part_are_told(tried, settings, found):
    case, scenario, errors = tried(**settings)
    told = [problem for problem in check(case, scenario) if (problem.column or "").startswith("two_stage")]
    assert codes(told) == found
    assert_worded(told)
    assert errors == []


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({"futures": [GOOD]}, [("futures_probability", "futures")]),
        ({"futures": [GOOD, {**BAD, "probability": 0.5}]}, [("futures_probability", "futures")]),
        ({"futures": [GOOD, BAD, {"name": "never", "probability": 0}]}, [("future_impossible", "futures[3].probability")]),
        ({"futures": [GOOD, {**BAD, "name": " good "}]}, [("future_named_twice", f"futures[{k}].name") for k in (1, 2)]),
        ({"futures": [GOOD, {**BAD, "name": ""}]}, [("future_unnamed", "futures[2].name")]),
        ({"recourse_year": None}, [("recourse_year_missing", "recourse_year")]),
        ({"recourse_year": 2040}, [("recourse_year_outside", "recourse_year")]),
        ({"futures": [GOOD, {**BAD, "from_year": 2027}]}, [("future_year_outside", "futures[2].from_year")]),
        ({"futures": [GOOD, {**BAD, "funds": {"apdb": 0.5}}]}, [("unknown_code", "futures[2].funds")]),
        ({"futures": [GOOD, {**BAD, "kinds": {"DAK": 0.5}}]}, [("future_fund_kind", "futures[2].kinds")]),
        ({"draws": 3}, [("futures_twice", "draws")]),
        (
            {"futures": [{"name": str(k), "probability": 0.04} for k in range(25)]},
            [("futures_many", "futures")],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tried, settings, found):
    case, scenario, problems = tried(**settings)
    assert codes(problems) == found
    assert_worded(problems)
    with pytest.raises(ScenarioError) as error:
        two_stage_plan(case, scenario)
    assert codes(error.value.problems) == found


def test_all_at_once_and_the_sum_is_told(tried):
    *_, problems = tried(
        futures=[{**GOOD, "probability": 0.5, "kinds": {"x": 1}}, {**BAD, "from_year": 2050}]
    )
    assert [code for code, _ in codes(problems)] == [
        "futures_probability", "future_year_outside", "future_fund_kind",
    ]  # fmt: skip
    assert "add up to 0.9 (0.5 + 0.4) instead of 1" in words(problems[0], "en")
    assert "berjumlah 0,9 (0.5 + 0.4), bukan 1" in words(problems[0], "id")


def test_a_third_need_not_be_exact(tried):
    thirds = [{"name": name, "probability": 0.333333} for name in "ab"]
    assert tried(futures=[*thirds, {"name": "c", "probability": 0.333334}])[2] == []


def test_effects_that_do_not_count_and_an_order_that_is_none(tried):
    futures = [GOOD, {**BAD, "effects": "low"}]
    case, scenario, _ = tried(futures=futures)
    by_score = scenario.replace({"objective": "score", "equity.mode": "off"})
    assert ("future_effects_count_nothing", "futures[2].effects") in codes(check(case, by_score))
    fairest = scenario.replace({"equity.mode": "max_min"})
    assert ("max_min_one_plan", "equity.mode") in codes(check(case, fairest))


def test_funds_go_by_name_too(tmp_path):
    folder = write_case(tmp_path, tiny_tables())
    case, _ = load(folder)
    fund = case.funds.iloc[0]
    futures = [{**GOOD, "probability": 1, "funds": {fund["name_id"]: 0.5}}]
    _, named = load(folder, {"two_stage": {"recourse_year": 2028, "futures": futures}})
    assert named.two_stage.futures[0].funds == {fund["fund"]: 0.5}


def test_kinds_of_funds_that_differ_in_capitals_are_asked_about(tmp_path):
    """Half of the funds of the kind would keep their budgets."""
    funds = "fund,name_id,kind\napbd,APBD,Danais\ndanais,Danais,danais\n"
    case, scenario = load(write_case(tmp_path, {**tiny_tables(), "funds": funds}))
    stated = scenario.replace(
        two_stage={"recourse_year": 2028, "futures": [GOOD, {**BAD, "kinds": {"Danais": 0.5}}]}
    )
    problems = [problem for problem in check(case, stated) if not problem.warning]
    assert codes(problems) == [("spelt_otherwise", "futures[2].kinds")]
    assert_worded(problems)


def test_a_factor_that_may_be_percent_is_told(tried):
    """90 for 0.9 would let nobody lack money."""
    future = {**BAD, "budgets": 90, "funds": {"apbd": 10}, "effects": 50}
    case, scenario, _ = tried(futures=[GOOD, future])
    told = [problem for problem in check(case, scenario) if problem.code == "factor_large"]
    assert codes(told) == [
        ("factor_large", f"futures[2].{key}") for key in ("budgets", "funds.apbd", "effects")
    ]  # fmt: skip
    assert "If 90 percent is meant, write 0.9" in words(told[0], "en")
    scaled = scenario.replace({"two_stage": None, "budget_scale": {"all": 80.0, "years": {2028: 9.9}}})
    assert [p.column for p in check(case, scaled) if p.code == "factor_large"] == ["budget_scale.all"]
