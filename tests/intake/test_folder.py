"""The folder of a case: which files are there, and where it is looked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jspmodel.errors import DataError, ScenarioError
from jspmodel.intake import find_input, find_scenario, load, load_case, read_case, shipped
from jspmodel.text import words
from tiny import tiny_tables, write_case


def the_problem(raised):
    (problem,) = raised.value.problems
    assert words(problem, "id") != words(problem, "en")
    assert str(raised.value)
    return problem


def test_a_folder_without_tables(tmp_path):
    with pytest.raises(DataError) as error:
        load_case(tmp_path)
    assert the_problem(error).code == "no_tables"


def test_a_folder_that_is_not_there_names_the_nearest(tiny_folder, monkeypatch):
    monkeypatch.chdir(tiny_folder.parent)
    with pytest.raises(DataError) as error:
        load_case("tinny/")
    problem = the_problem(error)
    assert (problem.code, problem.values["nearest"]) == ("not_found", "tiny")
    with pytest.raises(DataError) as error:
        load_case("no/such/place")
    assert the_problem(error).values["nearest"] == ""


def test_a_file_is_no_folder(tiny_folder):
    with pytest.raises(DataError) as error:
        load_case(tiny_folder / "programs.csv")
    assert the_problem(error).code == "not_a_folder"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_names_that_no_file_can_have(name):
    with pytest.raises(DataError) as error:
        find_input(name)
    assert the_problem(error).code == "not_found"


def test_files_that_are_no_tables(tiny_folder):
    (tiny_folder / "program_cost.csv").write_text("a,b\n")
    (tiny_folder / "notes.txt").write_text("a,b\n")
    case, (problem,) = read_case(tiny_folder)
    assert case is not None
    assert (problem.code, problem.file, problem.warning) == ("unknown_file", "program_cost.csv", True)
    (tiny_folder / "systms.csv").write_text("a,b\n")
    assert read_case(tiny_folder)[1][1].values["nearest"] == "systems.csv"


def test_a_table_named_in_capitals_is_not_left_out_silently(tiny_folder):
    (tiny_folder / "borders.csv").rename(tiny_folder / "Borders.CSV")
    with pytest.raises(DataError) as error:
        load_case(tiny_folder)
    problem = the_problem(error)
    assert (problem.code, problem.file, problem.values["wanted"]) == (
        "file_name_case",
        "Borders.CSV",
        "borders.csv",
    )


def test_a_table_that_cannot_be_opened(tiny_folder):
    (tiny_folder / "borders.csv").unlink()
    (tiny_folder / "borders.csv").mkdir()
    with pytest.raises(DataError) as error:
        load_case(tiny_folder)
    assert (the_problem(error).code, the_problem(error).file) == ("file_is_folder", "borders.csv")


def test_titles(tiny_folder):
    package = tiny_folder / "datapackage.json"
    package.write_text(json.dumps({"title": "Kasus kecil"}))
    assert load_case(tiny_folder).title == {"id": "Kasus kecil", "en": "Kasus kecil"}
    package.write_text(json.dumps({"title": "Kasus kecil", "title_en": "Tiny case"}))
    assert load_case(tiny_folder).title == {"id": "Kasus kecil", "en": "Tiny case"}


def test_who_made_a_case(tiny_folder):
    assert load_case(tiny_folder).contributors == ()
    made = [{"title": "Sari", "organization": "Bappeda"}, {"organization": "Diskominfo"}, {"title": "Budi"}]
    (tiny_folder / "datapackage.json").write_text(json.dumps({"contributors": made}))
    assert load_case(tiny_folder).contributors == ("Sari, Bappeda", "Diskominfo", "Budi")


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ('{"title":\n', "bad_json", 2),
        ("[1]", "bad_json", None),
        ("[" * 100_000, "json_too_deep", None),
        ("\xff", "not_utf8", None),
        ('{"title": NaN}', "json_not_finite", None),
        ('{"title": "\\ud83d"}', "half_letter", None),
        ('{"title": 3}', "bad_title", None),
        ('{"question": ["a"]}', "bad_question", None),
        ('{"known_systems": "524"}', "bad_known_systems", None),
        ('{"contributors": "Bappeda"}', "bad_contributors", None),
        ('{"contributors": [{"role": "author"}]}', "bad_contributors", None),
        ('{"known_systems": -1}', "bad_known_systems", None),
        ('{"carried_over": {"apbd": 2}}', "bad_carried_over", None),
        ('{"carried_over": [{"fund": "apbd", "year": 2027}]}', "bad_carried_over", None),
        ('{"carried_over": [{"fund": "apbd", "year": 2027, "amount": -1}]}', "bad_carried_over", None),
        ('{"carried_over": [{"fund": "apbd", "year": "2027", "amount": 1}]}', "bad_carried_over", None),
        (
            '{"carried_over": [{"fund": "apbd", "year": 2027, "amount": 1}, '
            '{"fund": "apbd", "year": 2027, "amount": 2}]}',
            "bad_carried_over",
            None,
        ),
        ('{"carried_over": [{"fund": "abpd", "year": 2027, "amount": 1}]}', "unknown_code", None),
    ],
)
def test_a_datapackage_that_is_not_valid(tiny_folder, text, code, row):
    (tiny_folder / "datapackage.json").write_text(text, encoding="latin-1")
    with pytest.raises(DataError) as error:
        load_case(tiny_folder)
    assert (the_problem(error).code, the_problem(error).row) == (code, row)


def test_paths_are_looked_for_here_then_above_and_plain_names_among_the_shipped(tiny_folder, monkeypatch):
    root = tiny_folder.parent
    (root / "notebooks").mkdir()
    monkeypatch.chdir(root)
    assert find_input("tiny") == Path("tiny")
    monkeypatch.chdir(root / "notebooks")
    assert find_input("tiny").resolve() == tiny_folder
    assert load_case("tiny").folder.resolve() == tiny_folder
    assert find_input("diy") == shipped("data") / "diy"
    assert find_input("diy/scenarios/cut-10.yaml") == shipped("data") / "diy" / "scenarios" / "cut-10.yaml"
    (root / "diy").mkdir()
    assert find_input("diy").resolve() == root / "diy"


@pytest.mark.parametrize(
    ("asked", "plain"), [("data/diy", "diy"), ("data/diy/scenarios/cut-10.yaml", "diy/scenarios/cut-10.yaml")]
)
def test_a_folder_that_is_not_there_is_never_taken_to_be_the_shipped_one(tmp_path, monkeypatch, asked, plain):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as error:
        find_input(asked)
    assert the_problem(error).code == "not_found_shipped"
    assert the_problem(error).values == {"plain": plain, "case": "diy"}
    assert plain in str(error.value)


@pytest.mark.parametrize("asked", ["diy/../diy", "diy/../../pyproject.toml", "./../diy", "notebooks"])
def test_a_plain_name_does_not_lead_out_of_the_shipped_cases(tmp_path, monkeypatch, asked):
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    with pytest.raises(DataError) as error:
        find_input(asked)
    assert the_problem(error).code == "not_found"


def test_a_case_means_its_baseline(tiny_folder):
    assert find_scenario(tiny_folder) == tiny_folder / "scenarios" / "baseline.yaml"
    case, scenario = load(tiny_folder)
    assert (case.name, scenario.name) == ("tiny", "baseline")


def test_the_case_is_the_folder_above_the_scenarios(tiny_folder, monkeypatch):
    monkeypatch.chdir(tiny_folder / "scenarios")
    case, _ = load("baseline.yaml")
    assert case.folder == tiny_folder
    (tiny_folder / "loose.yaml").write_text("")
    with pytest.raises(ScenarioError) as error:
        load(tiny_folder / "loose.yaml")
    assert the_problem(error).code == "scenario_place"


def test_the_shipped_case_is_valid():
    folder = shipped("data") / "diy"
    case, problems = read_case(folder)
    # nothing but the questions of who pays for whose programmes
    assert [problem.code for problem in problems] == [
        "regions_pay_province",
        "province_pays_regions",
    ]
    assert case.regions["region"].tolist() == ["34.01", "34.02", "34.03", "34.04", "34.71"]
    for scenario in sorted((folder / "scenarios").glob("*.yaml")):
        assert load(scenario)[1].name == scenario.stem


def test_the_wheel_holds_the_shipped_cases_where_they_are_looked_for(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "jspmodel"
    write_case(package / "shipped" / "data" / "tiny", tiny_tables())
    monkeypatch.setattr("jspmodel.intake.locate.__file__", str(package / "intake" / "locate.py"))
    assert shipped("data") == package / "shipped" / "data"
    assert find_input("tiny") == package / "shipped" / "data" / "tiny"


def test_what_begins_here_is_not_sought_in_the_folder_above(tmp_path, monkeypatch):
    (tmp_path / "here" / "reports" / "ours").mkdir(parents=True)
    (tmp_path / "my-reports").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(DataError) as error:
        find_input("reports/nope")
    assert the_problem(error).values["nearest"] == ""


def test_a_case_by_its_name_alone_is_found_among_the_data(tmp_path, monkeypatch):
    (tmp_path / "data" / "ours").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as error:
        find_input("ours")
    assert the_problem(error).values["nearest"] == "data/ours"
