"""What somebody works with in a notebook: cases from frames, scenarios changed, plans as tables and files."""

import io
import json
import os
from functools import cache

import pandas as pd
import pytest

import jspmodel as jsp
from jspmodel.case import TABLES
from jspmodel.collaboration import collaboration_graph
from jspmodel.intake import load_choices, read_case, shipped, shipped_cases
from small_decision import small_case, small_decision, small_plan
from tiny import tiny_tables, write_case

SHORT = 300
"""Characters that a repr may have: some lines of a screen."""


def frames_of(tables):
    """Return CSV texts as frames of text."""
    return {
        table: pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
        for table, text in tables.items()
    }


def same(one, other):
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table), obj=table)


@cache
def loaded(name):
    """A shipped case, which these tests read."""
    return jsp.load_case(name)


def told(problems):
    return [(p.code, p.file, p.row, p.column, dict(p.values), p.warning) for p in problems]


def test_every_public_name_is_there_and_documented():
    assert sorted(jsp.__all__) == jsp.__all__
    for name in jsp.__all__:
        assert getattr(jsp, name).__doc__, name
    assert {"Case", "Scenario", "Plan", "JspError", "DataError", "ScenarioError"} <= set(dir(jsp))
    with pytest.raises(AttributeError, match="plan_of_somebody"):
        jsp.plan_of_somebody


@pytest.mark.parametrize("name", shipped_cases())
def test_frames_give_the_case_that_files_give(name):
    folder = shipped("data") / name
    tables = {table: (folder / f"{table}.csv") for table in TABLES}
    frames = {
        table: pd.read_csv(file, dtype=str, keep_default_na=False)
        for table, file in tables.items()
        if file.is_file()
    }
    before = {table: frame.copy() for table, frame in frames.items()}
    case = loaded(name)
    made = jsp.Case.from_frames(
        frames, name=name, title=case.title, level=case.level, known_systems=case.known_systems
    )
    same(made, case)
    assert (made.name, made.title, made.level, made.folder) == (case.name, case.title, case.level, None)
    for table, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[table])
    same(jsp.Case.from_frames(case.tables()), case)  # typed: numbers, blanks as NaN, yes/no as bool


def test_what_people_have_in_frames_is_read_as_a_file_is():
    frames = frames_of(tiny_tables())
    frames["programs"] = frames["programs"].assign(
        duration=[1, 2.0, 1], quick_win=[True, None, False], min_volume=[None, 10, float("nan")]
    )
    frames["fund_budgets"] = frames["fund_budgets"].set_index(["fund", "year"])
    frames["programs"].columns = [column.upper() for column in frames["programs"]]
    made = jsp.Case.from_frames(frames)
    same(made, jsp.Case.from_frames(frames_of(tiny_tables())))
    assert made.programs["quick_win"].tolist() == [True, False, False]
    assert made.fund_budgets["amount"].tolist() == [4, 4, 4, 1]


FLAWS = {
    "programs": (
        "P02,Pengolahan sampah,living,2,joint,10,",
        "P02,Pengolahan sampah,livin,2.5,joint,Rp 10,mungkin",
    ),
    "fund_budgets": ("apbd,2028,4", "apbdd,2028,-4"),
    "regions": ("34.10,Barat,100", "34.1,Barat,1e400"),
    "program_costs": ("P02,,build,0,3", "P02,,build,,"),
}


def test_all_problems_are_told_as_for_files(tmp_path):
    tables = tiny_tables()
    for table, (good, bad) in FLAWS.items():
        assert good in tables[table]
        tables[table] = tables[table].replace(good, bad)
    tables["funds"] = tables["funds"].replace("fund,", "fnud,", 1)
    _, from_files = read_case(write_case(tmp_path / "tiny", tables))
    with pytest.raises(jsp.DataError) as error:
        jsp.Case.from_frames(frames_of(tables), name="tiny")
    assert told(error.value.problems) == told(from_files)
    assert len({problem.file for problem in from_files}) >= 5
    assert "row 3, column duration" in str(error.value) or "baris 3, kolom duration" in str(error.value)


def test_a_code_that_was_a_number_is_told():
    frames = frames_of(tiny_tables())
    frames["borders"] = frames["borders"].assign(region_b=34.10)
    with pytest.raises(jsp.DataError) as error:
        jsp.Case.from_frames(frames)
    (problem,) = error.value.problems
    assert (problem.code, problem.file, problem.row) == ("code_as_number", "borders.csv", 2)
    assert problem.values["nearest"] == "34.10 Barat"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda frames: frames | {"programms": frames["programs"]}, "unknown_file"),
        (lambda frames: {k: v for k, v in frames.items() if k != "funds"}, "missing_reference"),
        (lambda frames: frames | {"funds": frames["funds"].iloc[:0]}, "missing_reference"),
        (lambda frames: frames | {"funds": pd.DataFrame()}, "empty_file"),
        (lambda frames: frames | {"funds": pd.DataFrame({"a": [1]})}, "no_headings"),
        (lambda frames: frames | {"funds": frames["funds"].iloc[:, [0, 0, 1, 2]]}, "duplicate_column"),
        (lambda frames: {}, "no_tables"),
    ],
)
def test_tables_that_are_not_there_or_not_known(change, code):
    with pytest.raises(jsp.DataError) as error:
        jsp.Case.from_frames(change(frames_of(tiny_tables())))
    assert code in {problem.code for problem in error.value.problems if not problem.warning}


def test_what_a_case_says_of_itself_is_judged_too():
    frames = frames_of(tiny_tables())
    made = jsp.Case.from_frames(
        frames, name="kecil", title="Kasus kecil", question={"id": "Apa?", "en": "What?"}
    )
    assert made.title == {"id": "Kasus kecil", "en": "Kasus kecil"}
    assert made.question == {"id": "Apa?", "en": "What?"}
    with pytest.raises(jsp.DataError) as error:
        jsp.Case.from_frames(frames, level="island", known_systems=-1, title=3)
    assert [p.code for p in error.value.problems] == ["bad_title", "not_in_list", "bad_known_systems"]
    with pytest.raises(TypeError, match="DataFrame"):
        jsp.Case.from_frames({"programs": [{"program": "P1"}]})


@pytest.mark.parametrize("name", shipped_cases())
def test_a_case_written_is_the_case_read(name, tmp_path):
    case = loaded(name)
    again, problems = read_case(case.to_csv(tmp_path / "new" / "copy"))
    assert problems == read_case(name)[1]  # the questions of who pays, where there are any
    same(again, case)
    assert (again.title, again.level, again.question) == (case.title, case.level, case.question)
    assert again.known_systems == case.known_systems
    assert not list((tmp_path / "new").glob(".*"))


def test_what_was_filled_in_is_not_filled_in_again(tmp_path):
    tables = tiny_tables()
    tables["program_costs"] = (
        "program,region,kind,offset,amount,unit_cost,profile\n"
        "P01,34.01,build,0,2,,\nP01,34.10,build,0,1,,\n"
        "P02,,build,,,0.5,30 70\nP03,,build,,2,,even\n"
    )
    tables["funds"] = (
        "fund,name_id,growth_low,growth_high,growth_until\napbd,APBD,2,4,2031\ndanais,Danais,1,3,\n"
    )
    tables["programs"] = (
        "program,name_id,dimension,duration,scope,min_volume,kind,land\n"
        "P01,Pelatihan kerja,living,1,joint,,training,\n"
        "P02,Pengolahan sampah,living,2,joint,10,building,missing\nP03,Data terpadu,,1,province,,,\n"
    )
    tables["program_effects"] = (
        "program,issue,effect,level\nP01,poverty,0.2,\nP02,waste,,\nP03,poverty,,low\n"
    )
    case, odd = read_case(write_case(tmp_path / "tiny", tables))
    assert case.program_costs["amount"].tolist() == pytest.approx([2, 1, 1.2, 2.8, 0.6, 1.4, 2])
    again, problems = read_case(case.to_csv(tmp_path / "copy"))
    same(again, case)
    assert case.fund_budgets["year"].tolist() == [2027, 2028, 2029, 2027, 2030, 2031, 2028, 2029]
    assert [problem.code for problem in problems] == [problem.code for problem in odd]
    same(jsp.Case.from_frames(case.tables()), case)


def test_texts_that_a_file_might_turn_into_something_else_come_back(tmp_path):
    odd = ['Say "so", then; stop', "two\nlines", "=1+1", "true", "0012", "1e5", "34.10", "NaN", "ñandú é"]
    frames = frames_of(tiny_tables())
    programs = pd.concat([frames["programs"]] + [frames["programs"].iloc[2:].copy() for _ in odd])
    programs["program"] = ["P01", "P02", "P03", *(f"X{place}" for place in range(len(odd)))]
    programs["name_id"] = [*frames["programs"]["name_id"], *odd]
    costs = frames["program_costs"]
    more = [costs.iloc[-1:].assign(program=code) for code in programs["program"].iloc[3:]]
    case = jsp.Case.from_frames({**frames, "programs": programs, "program_costs": pd.concat([costs, *more])})
    assert case.programs["name_id"].tolist()[3:] == odd
    same(jsp.load_case(case.to_csv(tmp_path / "copy")), case)


def test_nothing_of_anybody_is_overwritten(tmp_path):
    case = jsp.Case.from_frames(frames_of(tiny_tables()))
    (tmp_path / "mine").mkdir()
    case.to_csv(tmp_path / "mine")  # empty: nobody's
    (tmp_path / "mine" / "programs.csv").write_text("theirs")
    (tmp_path / "file").write_text("theirs")
    for name, code in (
        ("mine", "folder_not_empty"),
        ("file", "exists_already"),
        ("file/below", "not_writable"),
    ):
        with pytest.raises(jsp.DataError) as error:
            case.to_csv(tmp_path / name)
        assert [problem.code for problem in error.value.problems] == [code]
    assert (tmp_path / "mine" / "programs.csv").read_text() == "theirs"
    assert (tmp_path / "file").read_text() == "theirs"


def test_shipped_cases_go_by_their_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    case, scenario = jsp.load("diy")
    assert (case.name, scenario.name, scenario.equity.floor) == ("diy", "baseline", 0.75)
    assert jsp.load("diy/scenarios/cut-10.yaml")[1].budget_scale.all == 0.9
    assert jsp.load_case("bali").name == "bali"


def test_a_scenario_changed_is_the_one_that_a_file_would_give(tiny_folder):
    base = jsp.load_scenario(tiny_folder)
    text = "budget_scale: {all: 0.9, funds: {apbd: 0.5}}\nlocked_out: [P02]\nsolver: {gap: 0.02}\n"
    (tiny_folder / "scenarios" / "lean.yaml").write_text(text)
    lean = base.replace(
        {"budget_scale.all": 0.9, "budget_scale.funds.apbd": 0.5, "solver.gap": 0.02},
        locked_out=["P02"],
        name="lean",
    )
    assert lean == jsp.load_scenario(tiny_folder / "scenarios" / "lean.yaml")
    assert base == jsp.load_scenario(tiny_folder)  # as it was
    assert lean.replace(locked_out=None, solver=None).locked_out == []
    assert lean.replace(budget_scale=0.8).budget_scale.funds == {}
    assert lean.replace(equity=base.equity, priority_issues=2).priority_issues == 2
    assert lean.replace() == lean


WRONG = {
    "budget_scale": "ten",
    "equity": {"mode": "best", "flor": 1},
    "closed_years": [1],
    "locked_out": 7,
    "min_quick_wins": 1.5,
    "no_new_systems": "perhaps",
}


def test_wrong_settings_are_the_same_problems_as_in_a_file(tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text("\n".join(f"{key}: {json.dumps(value)}" for key, value in WRONG.items()))
    with pytest.raises(jsp.ScenarioError) as in_file:
        jsp.load_scenario(file)
    with pytest.raises(jsp.ScenarioError) as replaced:
        jsp.Scenario(name="wrong").replace(WRONG)
    kinds = [[(p.code, p.file, p.column) for p in error.value.problems] for error in (in_file, replaced)]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) == 7
    for name in ("name", "nme"):
        with pytest.raises(jsp.ScenarioError):
            jsp.Scenario().replace({name: 3})


def test_a_plan_as_tables(tmp_path):
    case, plan = small_case(), small_plan()
    programs, funding, regions = plan.programs_frame(), plan.funding_frame(), plan.regions_frame()
    assert programs["program"].tolist() == [item.program for item in plan.programs]
    chosen = programs[programs["selected"]]
    assert len(chosen) == len(plan.selected)
    assert funding["amount"].sum() == pytest.approx(plan.cost)
    assert list(funding.columns) == ["program", "fund", "year", "amount"]
    assert regions.set_index("region")["cost"].to_dict() == {item.region: item.cost for item in plan.regions}
    assert programs["start"].dtype == "Int64"
    chosen[["program", "start", "regions"]].to_csv(tmp_path / "plan.csv", index=False)
    read = load_choices(tmp_path / "plan.csv", case)
    assert {(c.program, c.start) for c in read} == {(c.program, c.start) for c in plan.choices}
    empty = plan.model_copy(update={"programs": (), "funding": (), "regions": ()})
    for method in ("programs_frame", "funding_frame", "regions_frame"):
        full, none = getattr(plan, method)(), getattr(empty, method)()
        assert (len(none), list(none.columns), list(none.dtypes)) == (
            0,
            list(full.columns),
            list(full.dtypes),
        )


def test_a_plan_saved_is_the_plan_loaded(tmp_path):
    plan = small_plan()
    file = plan.save(tmp_path / "plan.json")
    assert jsp.load_plan(file) == plan
    assert jsp.load_plan(tmp_path) == plan  # the folder of a run
    with pytest.raises(jsp.DataError) as error:
        plan.save(file)
    assert error.value.problems[0].code == "exists_already"
    other = plan.model_copy(update={"scenario": "other"})
    assert jsp.load_plan(other.save(file, overwrite=True)) == other
    with pytest.raises(jsp.DataError):
        plan.save(tmp_path / "no" / "folder.json")


def part(plan, name, **values):
    """Change the first of a plan's parts."""
    return plan | {name: [plan[name][0] | values, *plan[name][1:]]}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda plan: plan | {"comment": "x"}, "comment"),
        (lambda plan: plan | {"objective": "much"}, "objective"),
        (lambda plan: plan | {"objective": "1.5"}, "objective"),
        (lambda plan: {key: value for key, value in plan.items() if key != "audit"}, "audit"),
        (
            lambda plan: plan | {"programs": plan["programs"] + [{"program": 3, "selected": True}]},
            "programs[4].program",
        ),
        (lambda plan: plan | {"status": "perfect"}, "status"),
        (lambda plan: plan | {"status": "optimal", "objective": 0, "bound": 5}, ""),
        (lambda plan: [plan], ""),
        (lambda plan: part(plan, "programs", start=1), "programs[1].start"),
        (lambda plan: part(plan, "programs", start=9999), "programs[1].start"),
        (lambda plan: part(plan, "programs", selected=True, start=None), "programs[1]"),
        (lambda plan: part(plan, "programs", cost=-0.5), "programs[1].cost"),
        (lambda plan: part(plan, "programs", program="x" * 40_000), "programs[1].program"),
        (lambda plan: plan | {"programs": plan["programs"][:1] * 2}, "programs"),
        (lambda plan: plan | {"regions": plan["regions"][:1] * 2}, "regions"),
        (lambda plan: plan | {"funding": plan["funding"][:1] * 2}, "funding"),
        (lambda plan: part(plan, "funding", year=2300), "funding[1].year"),
        (lambda plan: part(plan, "funding", amount=-1.0), "funding[1].amount"),
        (lambda plan: part(plan, "regions", need=1.5), "regions[1].need"),
        (lambda plan: part(plan, "regions", need=-0.1), "regions[1].need"),
        (lambda plan: part(plan, "regions", cost=-3.0), "regions[1].cost"),
        (lambda plan: plan | {"dropped_bounds": -1}, "dropped_bounds"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path, change, place):
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(change(json.loads(small_plan().model_dump_json()))))
    with pytest.raises(jsp.DataError) as error:
        jsp.load_plan(file)
    assert ("not_a_plan", place) in {(problem.code, problem.column) for problem in error.value.problems}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json_broken"),
        ("{", "json_broken"),
        ("[" * 100_000, "json_too_deep"),
        ('{"objective": NaN}', "json_not_finite"),
        ("\0", "json_broken"),
        ("\xff", "not_utf8"),
        ('{"a":1e999}', "json_not_finite"),
        ('{"a":1' + "0" * 400 + "}", "json_not_finite"),
    ],
)
def test_bytes_that_are_no_plan(tmp_path, text, code):
    file = tmp_path / "plan.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(jsp.DataError) as error:
        jsp.load_plan(file)
    assert error.value.problems[0].code == code


def test_what_is_no_plain_file_is_not_waited_for(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(2**25 + 1)
    for path, code in (
        (tmp_path / "pipe", "file_is_pipe"),
        (large, "plan_too_large"),
        (tmp_path / "none.json", "not_found"),
        ("a\0b", "not_found"),
    ):
        with pytest.raises(jsp.DataError) as error:
            jsp.load_plan(path)
        assert error.value.problems[0].code == code


def test_what_a_notebook_shows_is_short_and_says_what_counts(monkeypatch):
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "en")
    case, scenario = jsp.load("diy/scenarios/cut-10.yaml")
    plan, graph = small_plan(), collaboration_graph(case, scenario)
    assert (
        repr(case) == f"Case('diy', regions=5, issues=12, programs=48, funds=13, folder={str(case.folder)!r})"
    )
    assert repr(scenario).startswith("Scenario('cut-10', closed_years=[2027], budget_scale={'all': 0.9}")
    for thing in (case, scenario, plan, graph):
        assert len(repr(thing)) <= SHORT
        assert len(str(thing)) <= SHORT
        assert len(thing._repr_html_()) < 3000
    assert str(case.folder.resolve()) in case._repr_html_()
    assert "Daerah Istimewa Yogyakarta" in case._repr_html_() or "Yogyakarta" in case._repr_html_()
    left = '<td style="text-align: left">'  # JupyterLab would put a text at the right
    assert f"{left}budget_scale</td>" in scenario._repr_html_()
    assert f"{left}Regions</td>{left}5</td>" in graph._repr_html_()
    assert f"{len(plan.selected)} of {len(plan.programs)} programmes selected" in plan._repr_html_()
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "id")
    assert "Usulan program" in case._repr_html_()


def test_what_a_notebook_shows_is_escaped(tmp_path):
    evil = "<script>alert(1)</script>\N{RIGHT-TO-LEFT OVERRIDE}&"
    frames = frames_of(tiny_tables())
    case = jsp.Case.from_frames(frames, name=evil, title=evil)
    scenario = jsp.Scenario(name=evil).replace(title={"id": evil, "en": evil}, criteria_weights={evil: 1})
    item = small_plan().programs[0].model_copy(update={"program": evil, "regions": (evil,)})
    plan = small_plan().model_copy(update={"scenario": evil, "programs": (item,)})
    graph = collaboration_graph(case, jsp.Scenario(name=evil))
    for thing in (case, scenario, plan, graph):
        html = thing._repr_html_()
        assert "<script>" not in html
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html
        assert "&lt;script&gt;" in html
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in repr(thing)
    long = jsp.Case.from_frames(frames, title="x" * 100_000)
    assert len(long._repr_html_()) < 3000


def test_a_decision_is_shown_by_its_case_scenario_and_plan():
    decision = small_decision()
    parts = (decision.case, decision.scenario, decision.plan)
    assert repr(decision) == f"Decision({', '.join(map(repr, parts))})"
    assert all(part._repr_html_() in decision._repr_html_() for part in parts)
