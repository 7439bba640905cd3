"""The model as a file: another reader finds the same names and the same optimum."""

import highspy
import pandas as pd
import pulp
import pytest

import jspmodel as jsp
from jspmodel.solver.quiet import Quiet
from tiny import tiny_tables, write_case


def read_back(file):
    highs = Quiet()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    assert highs.readModel(str(file)) == highspy.HighsStatus.kOk
    return highs


@pytest.fixture
def tiny(tiny_folder):
    """The tiny case, and a scenario whose optimum is proven."""
    case, scenario = jsp.load(tiny_folder)
    return case, scenario.replace({"solver.gap": 0.0})


@pytest.mark.parametrize("ending", ["mps", "lp", "MPS"])
def test_the_file_has_readable_names_and_the_same_optimum(tiny, tmp_path, ending):
    case, scenario = tiny
    plan = jsp.select_programs(case, scenario)
    highs = read_back(jsp.write_model(case, scenario, tmp_path / f"model.{ending}"))
    lp = highs.getLp()
    problem = jsp.formulate(case, scenario)
    used = {variable.name for row in problem.constraints() for variable in row}
    used |= {variable.name for variable in problem.objective}
    assert set(lp.col_names_) == used
    assert set(lp.row_names_) == {row.name for row in problem.constraints()}
    assert "start(P01,2027)" in lp.col_names_
    assert lp.sense_ == highspy.ObjSense.kMaximize
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    assert plan.objective > 1
    # Its objective is less a price of money, at most a millionth of the largest: 100 percent.
    assert highs.getInfo().objective_function_value == pytest.approx(plan.objective, abs=1e-4)
    chosen = {
        name.removeprefix("start(").partition(",")[0]
        for name, value in zip(lp.col_names_, highs.getSolution().col_value, strict=True)
        if name.startswith("start(") and value > 0.5
    }
    assert chosen == {item.program for item in plan.selected}


def test_pulp_solves_what_pulp_states(tiny):
    case, scenario = tiny
    problem = jsp.formulate(case, scenario)
    problem.solve(pulp.HiGHS(msg=False, gapRel=0.0))
    plan = jsp.select_programs(case, scenario)
    assert problem.objective.value() == pytest.approx(plan.objective, abs=1e-4)


def test_with_the_floor_of_an_equity_rule(tmp_path):
    """Money for one of two: P1 closes 30 % of A's gap, P2 10 % of both; the floor asks half of 15 % for each."""
    frame = pd.DataFrame
    case = jsp.Case.from_frames(
        {
            "regions": frame({"region": ["A", "B"], "name": ["Atas", "Bawah"]}),
            "issues": frame({"issue": ["I"], "name_id": ["Isu"]}),
            "issue_regions": frame({"issue": "I", "region": ["A", "B"], "severity": 1}),
            "programs": frame({"program": ["P1", "P2"], "name_id": "x", "duration": 1, "scope": "joint"}),
            "program_regions": frame(
                {"program": ["P1", "P2", "P2"], "region": ["A", "A", "B"], "mandatory": True}
            ),
            "program_costs": frame(
                {"program": ["P1", "P2"], "kind": "build", "offset": 0, "amount": 2, "region": ""}
            ),
            "program_effects": frame({"program": ["P1", "P2"], "issue": "I", "effect": [0.3, 0.1]}),
            "funds": frame({"fund": ["apbd"], "name_id": ["APBD"]}),
            "fund_budgets": frame({"fund": ["apbd"], "year": [2027], "amount": [3]}),
        }
    )
    fair = jsp.Scenario().replace({"equity.mode": "floor", "solver.gap": 0.0})
    plan = jsp.select_programs(case, fair)
    assert (plan.objective, plan.equity.without) == (pytest.approx(10), pytest.approx(15))
    for floor, best in ((None, 15), (plan.equity.floor, 10)):
        highs = read_back(jsp.write_model(case, fair, tmp_path / f"{best}.lp", floor=floor))
        highs.run()
        assert highs.getInfo().objective_function_value == pytest.approx(best, abs=1e-4)
    with pytest.raises(ValueError, match="floor"):
        jsp.formulate(case, jsp.Scenario(), floor=1.0)


@pytest.mark.parametrize("ending", ["mps", "lp"])
def test_codes_of_any_kind_come_back(tmp_path, ending):
    """Codes that formats of models could misread: signs, blanks, words of the format."""
    tables = {
        table: text.replace("P01", "P-1 <=a").replace("P02", "End") for table, text in tiny_tables().items()
    }
    tables = {table: text.replace("apbd", "free").replace("danais", "1e5") for table, text in tables.items()}
    case, scenario = jsp.load(write_case(tmp_path / "odd", tables))
    plan = jsp.select_programs(case, scenario.replace({"solver.gap": 0.0}))
    highs = read_back(jsp.write_model(case, scenario, tmp_path / f"model.{ending}"))
    highs.run()
    assert highs.getInfo().objective_function_value == pytest.approx(plan.objective, abs=1e-4)
    assert "start(P%2D1%20%3C%3Da,2027)" in highs.getLp().col_names_


def test_nothing_is_overwritten_unless_asked(tiny, tmp_path):
    file = tmp_path / "model.lp"
    file.write_text("mine")
    with pytest.raises(jsp.DataError) as error:
        jsp.write_model(*tiny, file)
    assert error.value.problems[0].code == "exists_already"
    assert file.read_text() == "mine"
    jsp.write_model(*tiny, file, overwrite=True)
    assert "start(P01,2027)" in file.read_text()
    with pytest.raises(jsp.DataError):
        jsp.write_model(*tiny, tmp_path / "no" / "model.lp")
    with pytest.raises(ValueError, match=r"\.mps or \.lp"):
        jsp.write_model(*tiny, tmp_path / "model.txt")
