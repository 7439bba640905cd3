"""``jspmodel evaluate`` as officials meet it: what they changed, what breaks and what mends it, figures, exit codes."""

import json
import shutil

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.intake import load
from jspmodel.selection import evaluate, select_programs
from jspmodel.text import LANGUAGES
from jspmodel.workbook import open_brought, write_plan
from tiny import tiny_tables, write_case


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "data" / "tiny", tiny_tables())
    return lambda *words: CliRunner().invoke(app, [*words])


def table(tmp_path, *rows):
    (tmp_path / "plan.csv").write_text("\n".join(["program,start,regions", *rows, ""]))
    return "plan.csv"


def one_line(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", [
            "- P02 Pengolahan sampah: left out (its row is gone)",
            "> P03 Data terpadu: starts in 2028, not in 2027",
            "~ P01 Pelatihan kerja: without Barat",
            "The plan brought keeps all rules.",
            "jspmodel's plan: proven the best within 0.0%.",
        ]),
        ("id", [
            "- P02 Pengolahan sampah: tidak diikutkan (barisnya dihapus)",
            "> P03 Data terpadu: mulai 2028, bukan 2027",
            "~ P01 Pelatihan kerja: tanpa Barat",
            "Rencana yang dibawa memenuhi semua ketentuan.",
            "Rencana jspmodel: terbukti paling baik dalam batas 0,0%.",
        ]),
    ],
)  # fmt: skip
def test_what_was_changed_is_told(call, tmp_path, language, sentences):
    plan = table(tmp_path, "P01,2027,34.01", "P03,2028,34.01 34.10")
    answer = call("evaluate", "data/tiny", plan, "--language", language)
    assert answer.exit_code == 0, answer.output
    said = one_line(answer.stdout)
    assert [sentence for sentence in sentences if sentence not in said] == []


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", [
            "Broken: Prerequisites are delivered before",
            "P02 Pengolahan sampah requires P03 Data terpadu",
            "What mends it: Take up P03 Data terpadu, early enough to be delivered before P02 Pengolahan sampah starts",
        ]),
        ("id", [
            "Dilanggar: Prasyarat selesai lebih dahulu",
            "P02 Pengolahan sampah mensyaratkan P03 Data terpadu",
            "Perbaikannya: Akomodasi P03 Data terpadu sehingga selesai sebelum P02 Pengolahan sampah mulai",
        ]),
    ],
)  # fmt: skip
def test_a_broken_rule_says_what_mends_it_and_ends_with_6(call, tmp_path, language, sentences):
    # P02 (in 2027) requires P03 to be delivered before it: the bargained plan starts both in 2027.
    answer = call("evaluate", "data/tiny", table(tmp_path, "P02,2027,", "P03,2027,"), "--language", language)
    assert answer.exit_code == 6, answer.output
    said = one_line(answer.stdout)
    assert [sentence for sentence in sentences if sentence not in said] == []


def test_money_that_is_missing_has_an_amount_and_what_mends_it(call, tmp_path):
    # P01, P02 and P03 in 2027 cost 3 + 3 + 2 = 8; apbd has 4 and danais 1, which pays P01 alone, and half of it.
    rows = ["P01,2027,", "P02,2027,", "P03,2027,"]
    answer = call("evaluate", "data/tiny", table(tmp_path, *rows), "--json", "--language", "en")
    assert answer.exit_code == 6
    told = json.loads(answer.stdout)
    assert sum(item["amount"] for item in told["missing"]) == pytest.approx(3)
    assert told["cost"]["brought"] == pytest.approx(11.5)  # 2028: 3 more of P02; 2029: its run cost of 0.5
    assert {"costs_paid", "requires"} <= {rule["rule"] for rule in told["broken"]}
    assert all(breach["mend"] for rule in told["broken"] for breach in rule["breaches"])
    assert {(item["fund"], item["paid"]) for item in told["funds"] if item["year"] == 2027} == {
        ("apbd", 4.0),
        ("danais", 1.0),
    }


def test_json_has_what_was_changed_and_what_it_is_worth(call, tmp_path):
    plan = table(tmp_path, "P01,2027,34.01", "P03,2028,34.01 34.10")
    told = json.loads(call("evaluate", "data/tiny", plan, "--json", "--language", "en").stdout)
    assert told["changes"] == {
        "added": [],
        "dropped": [{"program": "P02", "start": 2028, "regions": ["34.01", "34.10"], "how": "gone"}],
        "moved": [{"program": "P03", "before": 2027, "after": 2028}],
        "regions": [{"program": "P01", "added": [], "dropped": ["34.10"]}],
    }
    assert told["keeps_all_rules"] is True
    assert told["objective"]["brought"] < told["objective"]["ours"] <= told["objective"]["bound"] + 1e-9
    assert [item["region"] for item in told["regions"]] == ["34.01", "34.10"]
    assert told["cost"]["brought"] == pytest.approx(4)  # P01 in 34.01: 2; P03: 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_solve_writes_comes_back_unchanged(call, language):
    done = call("solve", "data/tiny", "--excel", "plan.xlsx", "--csv", "plan.csv", "--language", language)
    assert done.exit_code == 0, done.output
    for file in ("plan.xlsx", "plan.csv"):
        answer = call("evaluate", "data/tiny", file, "--json", "--language", language)
        assert answer.exit_code == 0, answer.output
        told = json.loads(answer.stdout)
        assert not any(told["changes"].values())
        assert told["objective"]["brought"] == pytest.approx(told["objective"]["ours"], abs=1e-9)
    answer = call("evaluate", "data/tiny", "plan.xlsx", "--language", language)
    assert {"id": "Tidak ada yang berubah", "en": "Nothing was changed"}[language] in answer.stdout


def test_settings_are_those_of_the_run(call):
    assert call("solve", "data/tiny", "--set", "locked_out=[P02]", "--csv", "plan.csv").exit_code == 0
    words = ("evaluate", "data/tiny", "plan.csv", "--json", "--language", "en")
    told = json.loads(call(*words, "--set", "locked_out=[P02]").stdout)
    assert not any(told["changes"].values())
    assert [item["program"] for item in json.loads(call(*words).stdout)["changes"]["dropped"]] == ["P02"]


def test_bad_rows_are_told_with_sheet_and_cell_and_end_with_3(call, tmp_path):
    call("solve", "data/tiny", "--excel", "plan.xlsx", "--language", "id")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    sheet = book["Rencana"]
    (place,) = [cell.column_letter for cell in sheet[1] if cell.value == "Tahun mulai"]
    sheet[f"{place}2"], sheet[f"{place}3"] = "nanti", "20027"
    book.save(tmp_path / "plan.xlsx")
    answer = call("evaluate", "data/tiny", "plan.xlsx", "--language", "id")
    assert answer.exit_code == 3
    assert "plan.xlsx · Rencana" in answer.stderr
    assert f"sel {place}2" in answer.stderr
    assert f"sel {place}3" in answer.stderr


@pytest.mark.parametrize("name", ["plan.txt", "plan.csv"])
def test_csv_goes_to_a_new_file_that_is_called_so(call, tmp_path, name):
    (tmp_path / "plan.csv").write_text("mine")
    answer = call("solve", "data/tiny", "--csv", name)
    assert answer.exit_code == 3
    assert (tmp_path / "plan.csv").read_text() == "mine"
    assert not (tmp_path / "plan.txt").exists()


def test_a_csv_that_names_what_is_not_there_is_refused(call, tmp_path):
    answer = call("evaluate", "data/tiny", table(tmp_path, "P09,2027,"), "--language", "en")
    assert answer.exit_code == 3
    assert "plan.csv" in answer.stderr
    assert "P09" in answer.stderr


@pytest.mark.parametrize("text", ["[red]x[/nope]", "\x1b[31mx"])
def test_names_in_the_workbook_are_not_markup(call, tmp_path, text):
    call("solve", "data/tiny", "--excel", "plan.xlsx", "--language", "en")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    book["Plan"].cell(1, 30).value = book["Plan"]["G2"].value = text.replace("\x1b", "_x001B_")
    book["Plan"].title = "a[b]".replace("[", "(").replace("]", ")")
    book.save(tmp_path / "plan.xlsx")
    answer = call("evaluate", "data/tiny", "plan.xlsx", "--language", "en")
    assert answer.exit_code == 3
    assert "\x1b" not in answer.stderr


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("code", "P09", "P09"),
        ("taken", "mungkin", "bukan ya atau tidak"),
        ("start", None, "tahun mulainya kosong"),
        ("years", 2029, "2027, 2028, 2029"),
    ],
)
def test_mistakes_of_a_workbook_are_told_before_our_plan_is_sought(
    call, tmp_path, monkeypatch, store, cell, value, told
):
    """An official waited a quarter of an hour to be told of a year that is blank."""
    call("solve", "data/tiny", "--excel", "plan.xlsx", "--language", "id")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    plan, joined = book["Rencana"], book["Peserta"]
    headings = {str(one.value): one.column for one in plan[1]}
    column = {"code": "Kode", "taken": "Diakomodasi", "start": "Tahun mulai"}.get(cell, "Tahun mulai")
    row = next(one.row for one in plan["A"] if one.value == "P01")
    plan.cell(row, headings[column]).value = value
    if cell == "start":
        joined.delete_rows(2, joined.max_row)
    if cell == "years":  # three of them: whichever our plan has, two are left
        of = {str(one.value): one.column for one in joined[1]}
        rows = [one.row for one in joined["A"] if one.value == "P01"]
        for year, number in zip((2027, 2028), rows, strict=True):
            joined.cell(number, of["Tahun"]).value = year
    book.save(tmp_path / "plan.xlsx")
    shutil.rmtree(store)
    monkeypatch.setattr("jspmodel.runs.stored_plan.select_programs", None)  # a search would fail
    answer = call("evaluate", "data/tiny", "plan.xlsx", "--language", "id")
    assert answer.exit_code == 3, answer.output
    assert told in one_line(answer.stderr)


@pytest.fixture(scope="module")
def shipped_plan():
    case, scenario = load("diy/scenarios/baseline.yaml", {"solver.effort": 0.001})
    return case, scenario, select_programs(case, scenario)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_of_a_shipped_case_comes_back_unchanged(tmp_path, language, shipped_plan):
    case, scenario, plan = shipped_plan
    assert len(plan.selected) > 5
    write_plan(case, scenario, plan, tmp_path / "plan.xlsx", language)
    brought = open_brought(tmp_path / "plan.xlsx", case, scenario)(plan)
    assert {*brought.choices} == {*plan.choices}
    assert brought.warnings == ()
    judged = evaluate(case, scenario, brought.choices, plan)
    assert judged.broken == ()
    assert judged.audit.objective == pytest.approx(plan.objective, rel=1e-9)


def test_the_plan_of_another_case_is_refused_as_that_and_not_code_by_code(call, tmp_path):
    tables = {name: text.replace("34.", "33.").replace("P0", "Q0") for name, text in tiny_tables().items()}
    case, scenario = load(str(write_case(tmp_path / "data" / "other", tables)))
    select_programs(case, scenario).save(tmp_path / "plan.json")
    answer = call("evaluate", "data/tiny", "plan.json", "--language", "en")
    assert answer.exit_code == 3
    assert "The plan is of the case other, not of tiny." in answer.stderr
    assert "There is no code" not in answer.stderr
