"""No figure is taken that no planner ever needs: each has a limit, which the error names."""

import pytest

from jspmodel.case import TABLES
from jspmodel.errors import DataError, ScenarioError
from jspmodel.intake import load, load_scenario, read_case
from jspmodel.intake.schemas import schema
from jspmodel.intake.typed_cells import Flaw, normal_cell
from jspmodel.scenario import Scenario
from jspmodel.text import LANGUAGES, words
from tiny import tiny_tables, write_case
from told import assert_worded, edited

# key, the most that is taken, a little more, how the limit is told
SETTINGS = [
    ("budget_scale", "100", "100.1", "100"),
    ("budget_scale.all", "100", "1e300", "100"),
    ("budget_scale.funds.apbd", "100", "101", "100"),
    ("budget_scale.years.2027", "100", "1e9", "100"),
    ("criteria_weights.impact", "1000000", "1e308", "1.000.000"),
    ("year_weights.2027", "1000000", "1e308", "1.000.000"),
    ("effect_levels.low", "1", "1.5", "1"),
    ("priority_issues", "10000", "10001", "10000"),
    ("first_year", "2200", "20270", "2200"),
    ("last_year", "2200", "2201", "2200"),
    ("closed_years", "[2200]", "[99999999999]", "2200"),
    ("collaboration.strength", "100", "1e6", "100"),
    ("collaboration.border", "100", "101", "100"),
    ("collaboration.no_border", "100", "101", "100"),
    ("collaboration.body", "100", "1e308", "100"),
    ("equity.floor", "1", "1.01", "1"),
    ("min_programs_per_dimension", "10000", "10001", "10000"),
    ("min_quick_wins", "10000", "1000000000000", "10000"),
    ("document_delay", "10", "11", "10"),
    ("diminishing_returns", "[[100, 0.01]]", "[[101, 0.001]]", "100"),
    ("diminishing_returns", "[[0.01, 100]]", "[[0.001, 101]]", "100"),
    ("locked_in", "[{program: P01, start: 2200}]", "[{program: P01, start: 2201}]", "2200"),
    ("solver.gap", "1", "1.1", "1"),
    ("solver.effort", "1000000", "1000001", "1.000.000"),
    ("solver.time_limit", "604800", "604801", "604.800"),
    ("solver.threads", "256", "20000", "256"),
    ("solver.seed", "2147483647", "2147483648", "2147483647"),
    ("replan.through", "2200", "2201", "2200"),
    ("simulation.draws", "100000", "3000000000", "100000"),
    ("simulation.seed", "2147483647", "1e20", "2147483647"),
    ("simulation.cut_chance", "1", "2", "1"),
    ("simulation.cut_size", "1", "2", "1"),
    ("simulation.trend_damping", "1", "2", "1"),
    ("simulation.spillover", "1", "2", "1"),
    ("simulation.readiness_risk", "1", "2", "1"),
    ("two_stage.recourse_year", "2200", "2201", "2200"),
    ("two_stage.futures", "[{name: a, probability: 1}]", "[{name: a, probability: 1.1}]", "1"),
    (
        "two_stage.futures",
        "[{name: a, probability: 1, budgets: 100}]",
        "[{name: a, probability: 1, budgets: 101}]",
        "100",
    ),
    ("two_stage.draws", "20", "21", "20"),
    ("two_stage.seed", "2147483647", "2147483648", "2147483647"),
    ("two_stage.budget_spread", "1", "2", "1"),
    ("two_stage.tail", "1", "1.1", "1"),
    ("two_stage.tail_weight", "1", "2", "1"),
    ("two_stage.least_tail", "1000000", "1000001", "1.000.000"),
]


WITHOUT_FIGURES = {
    "name",
    "title",
    "language",
    "objective",
    "locked_out",
    "no_new_systems",
    "staff_limits",
    "cofunding",
    "terms_of_office",
    "rule_prices",
    "weights_by_area_type",
    "spending_rules",
}


def test_every_setting_of_figures_is_here():
    assert set(Scenario.model_fields) - WITHOUT_FIGURES == {key.split(".")[0] for key, *_ in SETTINGS}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("")
    return path


@pytest.mark.parametrize(("key", "most", "more", "limit"), SETTINGS)
def test_a_setting_has_a_limit_that_is_told(file, key, most, more, limit):
    load_scenario(file, {key: most})
    with pytest.raises(ScenarioError) as error:
        load_scenario(file, {key: more})
    (problem,) = error.value.problems
    if more == "1e20":  # a whole number is written without a power
        assert problem.code == "setting_whole"
        return
    assert problem.code == "setting_high"
    assert problem.column.startswith(key)
    assert_worded([problem])
    assert f"Tulis {limit} atau kurang" in words(problem, "id")


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("budget_scale.years", "{1800: 1.0}"),
        ("year_weights", "{1800: 1.0}"),
        ("first_year", "1800"),
        ("closed_years", "[0]"),
    ],
)
def test_years_have_a_lowest_too_and_a_year_that_is_a_key_is_named(file, key, wrong):
    with pytest.raises(ScenarioError) as error:
        load_scenario(file, {key: wrong})
    (problem,) = error.value.problems
    assert (problem.code, problem.values["limit"]) == ("setting_low", 1900)
    assert str(problem.values["value"]) == wrong.strip("{[}]").split(":")[0]


@pytest.mark.parametrize("effort", ["quick", "standard", "thorough", 0.25, 30])
def test_an_effort_is_a_word_or_a_number(file, effort):
    assert load_scenario(file, {"solver.effort": effort}).solver.effort == effort
    assert load_scenario(file, {"solver.effort": str(effort)}).solver.effort == effort


@pytest.mark.parametrize(
    ("effort", "code"),
    [("fast", "setting_effort"), ("true", "setting_effort"), ("[1]", "setting_effort"), ("0", "setting_not_above"),
     ("-1", "setting_not_above"), (".inf", "setting_finite"), ("1e7", "setting_high")],
)  # fmt: skip
def test_what_is_no_effort(file, effort, code):
    with pytest.raises(ScenarioError) as error:
        load_scenario(file, {"solver.effort": effort})
    (problem,) = error.value.problems
    assert (problem.code, problem.column) == (code, "solver.effort")
    assert_worded([problem])


def test_without_a_time_limit_there_is_none(file):
    assert load_scenario(file).solver.time_limit is None
    assert load_scenario(file, {"solver.time_limit": "null"}).solver.time_limit is None
    assert load_scenario(file).solver.effort == "standard"


COLUMNS = {
    "agencies": {"max_parallel": 10_000},
    "criteria": {"weight": 1_000_000},
    "area_type_weights": {"weight": 1_000_000},
    "fund_budgets": {"year": 2200, "amount": 10_000_000},
    "fund_rules": {"max_share": 1},
    "funds": {"growth_low": 100, "growth_high": 100, "growth_until": 2200},
    "indicator_values": {"year": 2200},
    "indicators": {"target_year": 2200},
    "issue_regions": {"severity": 1},
    "issue_scores": {"score": 1_000_000},
    "issue_spillovers": {"value": 1},
    "program_costs": {"offset": 100, "amount": 10_000_000, "unit_cost": 10_000_000},
    "program_effects": {"effect": 1, "low": 1, "high": 1},
    "realisation": {"year": 2200, **dict.fromkeys(("planned", "amount", "remaining"), 10_000_000)},
    "realised_outputs": {"year": 2200},
    "program_links": {"value": 10_000},
    "program_outputs": {"offset": 100},
    "program_regions": dict.fromkeys(("volume", "volume_low", "volume_high"), 10**12),
    "programs": {
        "first_start": 2200, "last_start": 2200, "duration": 100, "beneficiaries": 10**9, "min_regions": 10_000,
        "min_volume": 10**12, "required_maturity": 5, "raises_maturity": 4, "new_systems": 1000, "score": 1_000_000,
        "delivery_risk": 1,
    },
    "regions": {"population": 10**9, "area_km2": 10**7, "latitude": 90, "longitude": 180, "maturity": 5},
    "spending_rules": {
        "share": 1, "base_amount": 10_000_000, "base_total": 10_000_000, "from_year": 2200, "to_year": 2200,
    },
    "cofunding_shares": {"least_share": 1},
    "required_documents": {"lead_years": 10},
    "terms_of_office": {"last_year": 2200, "rpjmd_last": 2200},
    "appraisal_criteria": {"weight": 1_000_000},
    "program_appraisals": {"value": 10**12},
    "agency_staff": {"from_year": 2200, "people": 1_000_000},
    "program_staff": {"people": 1_000_000},
    "systems": {"yearly_cost": 10_000_000},
}  # fmt: skip
UNITS_OF_THEIR_OWN = {
    ("indicators", "target"),
    ("indicators", "worst"),
    ("indicator_values", "value"),
    ("program_outputs", "target"),
    ("realised_outputs", "planned"),
    ("realised_outputs", "amount"),
}
"""Their unit is the indicator's; any number below 1e15."""
FIELDS = {(table, field["name"]): field for table in TABLES for field in schema(table)["fields"]}


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, limits in COLUMNS.items() for column in limits]
)
def test_a_column_has_a_limit_that_is_told(table, column):
    most, field = COLUMNS[table][column], FIELDS[table, column]
    assert normal_cell(str(most), field, decimal_comma=False) == str(most)
    for more in (str(most + 1), "9e14"):
        flaw = normal_cell(more, field, decimal_comma=False)
        assert isinstance(flaw, Flaw)
        if flaw.code == "not_whole":
            continue
        assert flaw.code in {"out_of_range", "money_in_rupiah"}
        assert flaw.code == "money_in_rupiah" or flaw.values["high"] == most


def test_every_number_has_a_limit():
    numbers = {key for key, field in FIELDS.items() if field["type"] in {"number", "integer"}}
    assert numbers - UNITS_OF_THEIR_OWN == {
        (table, column) for table, limits in COLUMNS.items() for column in limits
    }
    for key in UNITS_OF_THEIR_OWN:
        assert normal_cell("9.9e14", FIELDS[key], decimal_comma=False) == "9.9e14"
        assert normal_cell("-1e15", FIELDS[key], decimal_comma=False).code == "not_finite"


def test_amounts_worked_out_keep_the_limit_too(tmp_path):
    tables = edited("program_costs", "P01,34.01,build,0,2", "P01,34.01,build,0,")
    tables["program_costs"] = tables["program_costs"].replace("offset,amount", "offset,amount,unit_cost")
    tables["program_costs"] = tables["program_costs"].replace(
        "P01,34.01,build,0,", "P01,34.01,build,0,,9000000"
    )
    tables["program_regions"] = tables["program_regions"].replace("P01,34.01,,,", "P01,34.01,3,,")
    (problem,) = read_case(write_case(tmp_path / "a", tables))[1]
    assert (problem.code, problem.file, problem.row, problem.column) == (
        "money_too_large",
        "program_costs.csv",
        2,
        "amount",
    )
    assert problem.values == {"amount": 27e6, "limit": 1e7}
    assert "27.000.000" in words(problem, "id")
    assert_worded([problem])


def test_budgets_that_grow_for_ever_are_told_once(tmp_path):
    """1 doubles 24 times by 2051: 2^24 is more than 10 million, and so are the years after it."""
    tables = tiny_tables()
    head, *rows = tables["funds"].splitlines()
    grown = [f"{row},100,100,2060" if row.startswith("danais") else f"{row},,," for row in rows]
    tables["funds"] = "\n".join([f"{head},growth_low,growth_high,growth_until", *grown]) + "\n"
    (problem,) = [
        problem for problem in read_case(write_case(tmp_path / "a", tables))[1] if not problem.warning
    ]
    assert (problem.code, problem.file, problem.column) == ("money_too_large", "fund_budgets.csv", "amount")
    assert problem.values["amount"] == 2.0**33


def test_scaled_budgets_keep_the_limit_too(tmp_path):
    tables = edited("fund_budgets", "apbd,2027,4", "apbd,2027,200000")
    folder = write_case(tmp_path / "a", tables, "budget_scale: {all: 50, years: {2027: 1.0}}\n")
    load(str(folder), {"budget_scale.years.2027": 1.0})
    with pytest.raises((ScenarioError, DataError)) as error:
        load(str(folder), {"budget_scale.years.2027": 1.01})
    (problem,) = error.value.problems
    assert (problem.code, problem.column, problem.values["fund"]) == (
        "scaled_too_large",
        "budget_scale",
        "apbd",
    )
    assert_worded([problem])


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_that_do_not_add_up_are_scaled_with_a_note(tmp_path, language):
    """60 and 20 are three quarters and one; of the scenario's 60 and 140 they are 30 and 70 percent."""
    from jspmodel import measure
    from jspmodel.intake import check

    folder = write_case(tmp_path / "a", edited("criteria", "Kemendesakan,40", "Kemendesakan,20"))
    (problem,) = [problem for problem in read_case(folder)[1] if problem.code == "weights_sum"]
    assert problem.warning
    assert "80" in words(problem, language)
    case, scenario = load(str(folder))
    assert measure.criteria_weights(case, scenario).tolist() == [0.75, 0.25]
    assert "weights_sum_scenario" not in {problem.code for problem in check(case, scenario)}
    case, scenario = load(str(folder), {"criteria_weights.urgency": 140.0})
    assert measure.criteria_weights(case, scenario).tolist() == pytest.approx([0.3, 0.7])
    (problem,) = [problem for problem in check(case, scenario) if problem.code == "weights_sum_scenario"]
    assert problem.warning
    assert "200" in words(problem, language)
    case, scenario = load(str(folder), {"criteria_weights": {"impact": 0.25, "urgency": 0.75}})
    assert "weights_sum_scenario" not in {problem.code for problem in check(case, scenario)}
