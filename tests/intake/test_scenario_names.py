"""Scenarios and plans that people write: an exact name that only one has is as good as its code."""

import json

import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.errors import DataError, ScenarioError
from jspmodel.intake import load, load_case, load_choices
from jspmodel.intake.case_names import CaseNames
from tiny import tiny_tables, write_case

BY_NAME = """
priority_issues: [Kemiskinan, Waste]
criteria_weights: {Dampak: 70, Kemendesakan: 30}
budget_scale: {funds: {APBD provinsi: 0.9}}
locked_in:
  - {program: pelatihan  kerja, regions: [Kab. Timur, Kota Barat]}
locked_out: ["P03 Data terpadu"]
"""
BY_CODE = """
priority_issues: [poverty, waste]
criteria_weights: {impact: 70, urgency: 30}
budget_scale: {funds: {apbd: 0.9}}
locked_in:
  - {program: P01, regions: ["34.01", "34.10"]}
locked_out: [P03]
"""


@pytest.fixture
def folder(tmp_path):
    tables = tiny_tables()
    tables["regions"] = (
        "region,name,kind,population\n34.01,Kabupaten Timur,kabupaten,300\n34.10,Kota Barat,kota,100\n"
    )
    fund = "fund,name_id\napbd,APBD provinsi\n"
    tables["funds"] = fund + "".join(
        f"{line.split(',')[0]},{line.split(',')[0]}\n"
        for line in tables["funds"].splitlines()[1:]
        if not line.startswith("apbd,")
    )
    return write_case(tmp_path / "tiny", tables)


def asked(folder, text, name="mine"):
    (folder / "scenarios").mkdir(exist_ok=True)
    file = folder / "scenarios" / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)[1]


def test_names_are_read_as_the_codes_that_they_stand_for(folder):
    assert asked(folder, BY_NAME) == asked(folder, BY_CODE)


def test_a_scenario_with_codes_alone_is_the_same_one(folder):
    assert asked(folder, "locked_out: [P03]").locked_out == ["P03"]


def test_names_may_stand_on_the_command_line(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    asked(folder, "{}", "baseline")
    answer = CliRunner().invoke(
        app, ["solve", "tiny", "--set", "locked_out=[Pelatihan kerja]", "--json", "--language", "en"]
    )
    assert answer.exit_code == 0, answer.output
    selected = [item["program"] for item in json.loads(answer.stdout)["programs"] if item["selected"]]
    assert selected  # the others can be paid
    assert "P01" not in selected


def test_check_reads_names_too(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    asked(folder, BY_NAME)
    asked(folder, "{}", "baseline")
    answer = CliRunner().invoke(app, ["check", "tiny", "--language", "en"])
    assert answer.exit_code == 0, answer.output


@pytest.mark.parametrize(
    ("text", "code", "nearest"),
    [
        ("locked_out: [Pelatihan kerjaa]", "unknown_code", "P01 Pelatihan kerja"),
        ("priority_issues: [Kemiskinann]", "unknown_code", "poverty Kemiskinan"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_the_nearest(folder, text, code, nearest):
    with pytest.raises(ScenarioError) as told:
        asked(folder, text)
    (problem,) = told.value.problems
    assert (problem.code, problem.values["nearest"]) == (code, nearest)


def test_a_name_of_two_is_asked_about(folder):
    text = (folder / "programs.csv").read_text(encoding="utf-8")
    (folder / "programs.csv").write_text(text.replace("Data terpadu", "PELATIHAN KERJA"), encoding="utf-8")
    with pytest.raises(ScenarioError) as told:
        asked(folder, "locked_out: [Pelatihan kerja]")
    (problem,) = told.value.problems
    assert problem.code == "which_code"
    assert problem.values["choices"] == "P01 Pelatihan kerja; P03 PELATIHAN KERJA"


def test_a_key_by_code_and_by_name_is_given_twice(folder):
    with pytest.raises(ScenarioError) as told:
        asked(folder, "criteria_weights: {impact: 60, Dampak: 70, urgency: 40}")
    assert "setting_named_twice" in [problem.code for problem in told.value.problems]


@pytest.mark.parametrize(
    ("table", "text", "found"),
    [
        ("programs", "P01", "P01"),
        ("programs", "p01 pelatihan kerja", "P01"),
        ("issues", "Poverty", "poverty"),
        ("issues", "kemiskinan", "poverty"),
        ("regions", "Timur", "34.01"),
        ("regions", "34.10 Kota Barat", "34.10"),
        ("programs", "", ""),
        ("programs", "Pelatihan", ""),
    ],
)
def test_one_lookup_of_codes_and_names(folder, table, text, found):
    assert CaseNames(load_case(folder)).find(table, text) == found


@pytest.mark.parametrize(
    ("text", "codes", "unknown"),
    [
        ("34.10 34.01", ("34.01", "34.10"), []),
        ("Timur dan Barat", ("34.01", "34.10"), []),
        ("semua", ("34.01", "34.10"), []),
        ("semua daerah", ("34.01", "34.10"), []),
        ("Kab. Timur; Nusa Lain", ("34.01",), ["Nusa Lain"]),
        ("", (), []),
    ],
)
def test_a_list_of_regions(folder, text, codes, unknown):
    assert CaseNames(load_case(folder)).regions(text) == (codes, unknown)


def test_a_plan_that_somebody_brings_is_read_by_the_same_rules(folder, tmp_path):
    case = load_case(folder)
    (tmp_path / "plan.csv").write_text(
        "program,start,regions\nPelatihan kerja,2027,Kab. Timur; Kota Barat\n", encoding="utf-8"
    )
    (choice,) = load_choices(tmp_path / "plan.csv", case)
    assert (choice.program, choice.start, choice.regions) == ("P01", 2027, ("34.01", "34.10"))
    (tmp_path / "plan.csv").write_text(
        "program,start,regions\nPelatihan kerjaa,2027,Kota Baratt; Timur\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as told:
        load_choices(tmp_path / "plan.csv", case)
    found = [(problem.code, problem.column, problem.values["value"]) for problem in told.value.problems]
    assert found == [
        ("unknown_code", "program", "Pelatihan kerjaa"),
        ("unknown_code", "regions", "Kota Baratt"),
    ]
