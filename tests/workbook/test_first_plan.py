"""A first plan in one sheet: one row a programme becomes rows of four tables, each mistake told by its cell."""

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.commands.workbook import _agreed
from jspmodel.workbook import read_workbook
from jspmodel.workbook.layout import sheet_name
from tiny import tiny_tables, write_case
from workbook.books import template_bytes

SHEET = "Rencana pertama"


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [*words, "--language", "en"])


@pytest.fixture
def folder(tmp_path):
    """A case with regions, issues, severities and money, that proposes nothing yet."""
    tables = tiny_tables()
    kept = ("regions", "dimensions", "issues", "issue_regions", "funds", "fund_budgets")
    tables = {table: tables[table] for table in kept}
    tables["issue_regions"] += "poverty,34.01,0.4\n"
    return write_case(tmp_path / "tiny", tables)


def filled(*rows, name="filled.xlsx", more=(), whole=False):
    """Fill in a fresh template from its row 7; return where it is."""
    if not Path("t.xlsx").exists():
        Path("t.xlsx").write_bytes(template_bytes(Path("tiny"), "en", *more, whole=whole))
    book = openpyxl.load_workbook("t.xlsx")
    for number, row in enumerate(rows, 7):
        for place, value in enumerate(row, 1):
            book[SHEET].cell(number, place, value)
    book.save(name)
    return name


def said(folder, table):
    return (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()


def test_the_workbook_of_a_case_without_programmes_opens_on_the_sheet_and_hides_what_can_wait(call, folder):
    assert call("template", "tiny", "t.xlsx").exit_code == 0
    book = openpyxl.load_workbook("t.xlsx")
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert book.active.title == SHEET
    beside = [sheet_name(table) for table in ("issues", "issue_regions", "funds", "fund_budgets")]
    assert visible == [SHEET, "Guide", *beside]
    headings = [cell.value for cell in book[SHEET][6]]
    assert [heading.partition(" ")[0] for heading in headings] == [
        "Programme",
        "Regions",
        "Cost",
        "Duration",
        "Spending",
        "Earliest",
        "Issue",
        "Level",
        "Code",
    ]
    guide = " ".join(str(cell.value) for row in book["Guide"] for cell in row)
    assert "Unhide" in guide
    assert "--all-sheets" in guide
    links = {cell.hyperlink.location for cell in book["Guide"]["B"] if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in beside}


def test_all_sheets_may_be_asked_for_and_a_case_with_programmes_has_them(call, folder, tmp_path):
    assert call("template", "tiny", "all.xlsx", "--all-sheets").exit_code == 0
    write_case(tmp_path / "whole", tiny_tables())
    assert call("template", "whole", "whole.xlsx").exit_code == 0
    for name in ("all.xlsx", "whole.xlsx"):
        book = openpyxl.load_workbook(name)
        assert SHEET not in book.sheetnames
        assert [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"] == ["Lists"]


def test_a_row_a_programme_becomes_rows_of_four_tables(call, folder):
    filled(
        ["Sumur bor", "Timur; Barat", 12.5, 2, "40 60", 2027, "Kemiskinan", "sedang"],
        ["Bank sampah", "semua", "Rp3.000.000.000", 1, None, None, "Waste", 0.2],
        ["Data terpadu", "provinsi", "750 juta", 1, None, None, "poverty", "rendah"],
        whole=True,
    )
    answer = call("import", "filled.xlsx", "tiny", "--yes")
    assert answer.exit_code == 0, answer.output
    assert "hidden" not in answer.output
    assert said(folder, "programs") == [
        "program,name_id,first_start,duration,scope",
        "P001,Sumur bor,2027,2,joint",
        "P002,Bank sampah,,1,joint",
        "P003,Data terpadu,,1,province",
    ]
    assert said(folder, "program_regions") == [
        "program,region",
        "P001,34.01",
        "P001,34.10",
        "P002,34.01",
        "P002,34.10",
    ]
    assert said(folder, "program_costs") == [
        "program,kind,offset,amount,profile",
        "P001,build,,12.5,40 60",
        "P002,build,0,3,",
        "P003,build,0,0.75,",
    ]
    assert said(folder, "program_effects") == [
        "program,issue,effect,level",
        "P001,poverty,,medium",
        "P002,waste,0.2,",
        "P003,poverty,,low",
    ]
    again = call("import", "filled.xlsx", "tiny", "--yes")
    assert "No change" in again.output
    plan = json.loads(call("solve", "tiny", "--json").stdout)
    costs = {item["program"]: item["cost"] for item in plan["programs"] if item["selected"]}
    assert costs  # what a selected programme costs is what its row says
    assert costs.items() <= {"P001": 12.5, "P002": 3.0, "P003": 0.75}.items()


def test_a_blank_cell_is_filled_in_where_only_one_answer_is_possible(call, tmp_path):
    tables = {
        "regions": "region,name,population\n34.01,Timur,300\n",
        "issues": "issue,name_id\nwaste,Persampahan\n",
        "issue_regions": "issue,region,severity\nwaste,34.01,0.5\n",
        "funds": "fund,name_id\napbd,APBD\n",
        "fund_budgets": "fund,year,amount\napbd,2027,10\n",
    }
    folder = write_case(tmp_path / "tiny", tables)
    filled(["Bank sampah", None, 3, None, None, None, None, "tinggi"])
    answer = call("import", "filled.xlsx", "tiny", "--yes")
    assert answer.exit_code == 0, answer.output
    assert said(folder, "programs")[1] == "P001,Bank sampah,1,joint"
    assert said(folder, "program_regions")[1] == "P001,34.01"
    assert said(folder, "program_costs")[1] == "P001,build,0,3"
    assert said(folder, "program_effects")[1] == "P001,waste,high"


def test_what_other_sheets_of_the_workbook_say_decides_what_a_blank_cell_means(call, folder):
    (folder / "fund_budgets.csv").unlink()
    filled(["Bank sampah", "Timur", 3, None, None, None, "Waste", "tinggi"], more=["Pagu indikatif"])
    book = openpyxl.load_workbook("filled.xlsx")
    for place, value in enumerate((book["Sumber dana"]["A7"].value, 2027, 10), 1):
        book["Pagu indikatif"].cell(7, place, value)
    book.save("filled.xlsx")
    answer = call("import", "filled.xlsx", "tiny", "--yes")
    assert answer.exit_code == 0, answer.output
    assert said(folder, "programs")[1] == "P001,Bank sampah,1,joint"


def test_a_name_of_two_programmes_is_asked_about_and_no_code_is_given_twice(call, folder):
    filled(
        ["Bank sampah", "Timur", 3, 1, None, None, "Waste", "tinggi"],
        ["Sumur", "Timur", 3, 1, None, None, "Waste", "tinggi"],
    )
    (folder / "programs.csv").write_text(
        "program,name_id,duration\nP001,Bank sampah,1\nP002,Bank Sampah,1\n", encoding="utf-8"
    )
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert ("A7", "first_plan_which") in [(problem.cell, problem.code) for problem in reading.errors]
    (programs,) = [change for change in reading.changes if change.table == "programs"]
    assert [row[0] for row in programs.rows] == ["P002", "P001", "P003"]


def test_every_mistake_is_told_by_its_cell_and_nothing_is_written(call, folder):
    filled(
        ["Sumur bor", "Timurr; Baratt", "1,5 M", 2, None, None, "Kemiskinnan", "sedangg"],
        ["Jalan", None, -3, "dua", "merata", 20027, None, None],
        [None, "semua", 3, 1, None, None, "Kemiskinan", 1.5],
        ["Sumur bor", "semua", 3, 1, None, None, "Kemiskinan", "rendah"],
        ["Gedung", "Timur", 5, 3, "40 60", None, "Kemiskinan", "rendah"],
    )
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert [(problem.cell, problem.code) for problem in reading.errors] == [
        ("B7", "unknown_code"),
        ("B7", "unknown_code"),
        ("C7", "which_million"),
        ("E7", "first_plan_profile"),
        ("G7", "unknown_code"),
        ("H7", "first_plan_level"),
        ("B8", "blank_cell"),
        ("C8", "negative"),
        ("D8", "not_a_number"),
        ("F8", "out_of_range"),
        ("G8", "blank_cell"),
        ("H8", "blank_cell"),
        ("A9", "blank_cell"),
        ("H9", "out_of_range"),
        ("A10", "first_plan_twice"),
        ("E11", "bad_profile"),
    ]
    answer = call("import", "filled.xlsx", "tiny", "--yes")
    assert answer.exit_code == 3
    assert answer.stderr.count('sheet "Rencana pertama"') == 1
    assert "Did you mean 34.01 Timur?" in answer.stderr
    assert not list(folder.glob("program*"))
    marked = openpyxl.load_workbook("filled-marked.xlsx")[SHEET]
    assert marked["C7"].comment is not None
    assert marked["A7"].comment is None


def test_what_planners_write_is_told_once_and_with_what_to_do(call, folder):
    """A group's heading, a blank cost, a list with one unknown region, two issues, an issue by another word."""
    filled(
        ["A. Urusan wajib"],
        ["Jalan", "Timur, Baratt", None, 1, None, "Januari 2028", "Kemiskinan; waste", "rendah"],
        ["Gedung", "Timur & Barat", 2, 1, None, "TW II 2028", "IPM", "rendah"],
    )
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert [(problem.cell, problem.code, problem.values.get("value")) for problem in reading.errors] == [
        ("A7", "first_plan_heading", None),
        ("B8", "unknown_code", "Baratt"),
        ("C8", "blank_cell", None),
        ("G8", "first_plan_issues", "Kemiskinan; waste"),
        ("G9", "unknown_code", "IPM"),
    ]
    told = call("import", "filled.xlsx", "tiny", "--yes").stderr
    assert "delete the row" in told
    assert 'There is no code "Baratt"' in told
    assert "Did you mean 34.10 Barat?" in told
    assert "names several issues: poverty, waste. Write the main one" in told
    assert "There is: poverty Kemiskinan; waste Persampahan." in told


def test_a_month_or_a_quarter_says_its_year(call, folder):
    filled(
        ["Jalan", "Timur, Barat", 3, 1, None, "Januari 2028", "Kemiskinan", "rendah"],
        ["Gedung", "Timur & Barat", 2, 1, None, "TW II 2029", "Kemiskinan", "rendah"],
    )
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    assert [row.split(",")[1:3] for row in said(folder, "programs")[1:]] == [
        ["Jalan", "2028"],
        ["Gedung", "2029"],
    ]
    assert said(folder, "program_regions")[1:] == ["P001,34.01", "P001,34.10", "P002,34.01", "P002,34.10"]


def test_what_is_asked_about_before_writing_says_how_much_in_which_unit_and_how_strong(call, folder):
    filled(
        ["Jalan", "semua", 3, 2, "60 40", None, "Kemiskinan", "rendah"],
        ["Gedung", "semua", 2, 1, None, None, "Kemiskinan", 0.3],
    )
    shown = call("import", "filled.xlsx", "tiny").stdout
    assert '+ P001 Jalan, build: Cost 3 Rp billion; Spending profile of a total "60 40"\n' in shown
    assert '+ P001 Jalan, poverty Kemiskinan: Level of effect "low"\n' in shown
    assert "+ P002 Gedung, poverty Kemiskinan: Effect 0.3\n" in shown


def test_the_heading_may_name_another_unit(call, folder):
    filled(["Sumur bor", "Timur", 750, 1, None, None, "Kemiskinan", "rendah"])
    book = openpyxl.load_workbook("filled.xlsx")
    book[SHEET]["C5"] = "Biaya seluruhnya (Rp juta)"
    book[SHEET]["C4"] = book[SHEET]["C6"] = None
    book.save("filled.xlsx")
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    assert said(folder, "program_costs")[1] == "P001,build,0,0.75"


def test_a_programme_of_the_case_is_changed_by_its_name_and_others_stay(call, folder):
    filled(
        ["Sumur bor", "Timur", 2, 1, None, None, "Kemiskinan", "rendah"],
        ["Bank sampah", "Timur", 3, 1, None, None, "Waste", "rendah"],
        name="both.xlsx",
    )
    filled(["SUMUR BOR", "provinsi", 4, 1, None, None, "Waste", "tinggi"], name="one.xlsx")
    assert call("import", "both.xlsx", "tiny", "--yes").exit_code == 0
    answer = call("import", "one.xlsx", "tiny", "--yes")
    assert answer.exit_code == 0, answer.output
    assert sorted(said(folder, "programs")[1:]) == ["P001,SUMUR BOR,1,province", "P002,Bank sampah,1,joint"]
    assert said(folder, "program_regions")[1:] == ["P002,34.01"]
    assert sorted(said(folder, "program_costs")[1:]) == ["P001,build,0,4", "P002,build,0,3"]
    assert sorted(said(folder, "program_effects")[1:]) == ["P001,waste,high", "P002,waste,low"]


def test_what_the_case_says_beyond_the_sheet_is_never_overwritten(call, folder):
    filled(["Sumur bor", "Timur", 2, 1, None, None, "Kemiskinan", "rendah"])
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    with (folder / "program_effects.csv").open("a", encoding="utf-8") as text:
        text.write("P001,waste,low\n")
    filled(["Sumur bor", "Timur", 2.5, 1, None, None, "Kemiskinan", "rendah"])
    before = {file.name: file.read_bytes() for file in folder.glob("*.csv")}
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert [(problem.cell, problem.code) for problem in reading.errors] == [("A7", "first_plan_more")]
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 3
    assert {file.name: file.read_bytes() for file in folder.glob("*.csv")} == before


def test_a_mistake_in_the_tables_of_the_case_is_told_by_its_file_and_kept(call, folder):
    filled(["Bank sampah", "Timur", 3, 1, None, None, "Waste", "rendah"])
    (folder / "programs.csv").write_text("program,name_id,duration\nX,Lama,dua\n", encoding="utf-8")
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    wrong = [problem for problem in reading.errors if problem.code == "not_a_number"]
    assert [(problem.file, problem.row, problem.column, problem.cell) for problem in wrong] == [
        ("programs.csv", 2, "duration", "")
    ]
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 3
    assert said(folder, "programs")[1] == "X,Lama,dua"


def test_programmes_may_not_stand_on_both(call, folder):
    filled(["Bank sampah", "Timur", 3, 1, None, None, "Waste", "rendah"], more=["Usulan program"])
    book = openpyxl.load_workbook("filled.xlsx")
    book["Usulan program"]["A7"] = "X"
    book.save("filled.xlsx")
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert [problem.code for problem in reading.errors] == ["first_plan_and_tables"]


def test_a_hidden_sheet_that_changes_something_is_still_told(call, folder):
    filled(["Bank sampah", "Timur", 3, 1, None, None, "Waste", "rendah"])
    book = openpyxl.load_workbook("filled.xlsx")
    book["Dimensi"]["A8"], book["Dimensi"]["B8"] = "air", "Air"
    book.active = book.sheetnames.index("Guide")
    book[SHEET].sheet_state = "hidden"
    book.save("filled.xlsx")
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    hidden = {problem.file for problem in reading.problems if problem.code == "sheet_hidden"}
    assert hidden == {"Dimensi", SHEET}


def test_programmes_of_the_province_alone_have_no_regions_of_their_own(call, folder):
    filled(["Pusat data", "provinsi", 3, 1, None, None, "Kemiskinan", "rendah"])
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert list(reading.errors) == []
    assert "program_regions" not in {change.table for change in reading.changes}


@pytest.mark.parametrize("twice", ["Timur; 34.01", "Timur; Timur"])
def test_a_region_that_one_row_says_twice_joins_once(call, folder, twice):
    filled(["Sumur bor", twice, 3, 1, None, None, "Kemiskinan", "rendah"])
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert list(reading.errors) == []
    (joined,) = [change for change in reading.changes if change.table == "program_regions"]
    assert [row[:2] for row in joined.rows] == [("P001", "34.01")]


@pytest.mark.parametrize(("answer", "written"), [("ya", True), ("Y", True), ("tidak", False), ("", False)])
def test_a_planner_answers_in_indonesian(monkeypatch, answer, written):
    answers = iter(["mungkin", answer])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    assert _agreed("Tulis perubahan ini?", "id") == written


BOTH = (
    ["Sumur bor", "Timur", 2, 1, None, None, "Kemiskinan", "rendah"],
    ["Bank sampah", "Barat", 3, 1, None, None, "Waste", "tinggi"],
    ["Data terpadu", "provinsi", 4, 1, None, None, "Waste", "sedang"],
)


def asked(folder, name="again.xlsx"):
    """Return cell, kind and code of each question about a name."""
    problems = read_workbook(folder.parent / name, folder).errors
    return [(problem.cell, problem.code, problem.values["code"]) for problem in problems]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["Sumur-bor", "Barat", 9, 1, None, None, "Waste", "tinggi"], "first_plan_near_name"),
        (["Sumur bor bersama", "Barat", 9, 1, None, None, "Waste", "tinggi"], "first_plan_near_name"),
        (["Air bersih", "34.01", "2 miliar", 1, None, None, "poverty", "low"], "first_plan_same_content"),
        (["Air bersih", "Barat", 9, 1, None, None, "Waste", "tinggi"], "first_plan_same_place"),
    ],
)
def test_a_row_that_may_be_a_programme_under_a_new_name_is_asked_about(call, folder, row, kind):
    filled(*BOTH)
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    before = {file.name: file.read_bytes() for file in folder.glob("*.csv")}
    filled(row, *BOTH[1:], name="again.xlsx")
    assert asked(folder) == [("A7", kind, "P001")]
    assert call("import", "again.xlsx", "tiny", "--yes").exit_code == 3
    assert {file.name: file.read_bytes() for file in folder.glob("*.csv")} == before


def test_of_several_programmes_the_one_with_the_likest_name_is_asked_about(call, folder):
    rows = [[f"Jalan desa {name}", "Timur", cost, *BOTH[0][3:]] for cost, name in enumerate("AB", 1)]
    filled(*rows)
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    filled(["Jalan desa B2", "Barat", 7, *BOTH[0][3:]], name="again.xlsx")
    assert asked(folder) == [("A7", "first_plan_near_name", "P002")]


def test_names_that_differ_in_what_says_which_are_others(call, folder):
    filled(["Puskesmas Kedu tahap 1", "Timur", 1, *BOTH[0][3:]])
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    rest = ["Barat", 7, *BOTH[0][3:]]
    filled(["Puskesmas Kedu tahap 2", *rest], ["Puskesmas Bedono tahap 1", *rest], name="again.xlsx")
    assert asked(folder) == []


def test_the_column_of_codes_says_which_programme_a_row_is(call, folder):
    filled(*BOTH)
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    filled([*["Air bersih", *BOTH[0][1:]], "P001"], *BOTH[1:], name="again.xlsx")
    answer = call("import", "again.xlsx", "tiny", "--yes")
    assert answer.exit_code == 0, answer.output
    assert '~ P001 Air bersih: Name (Indonesian): "Sumur bor" → "Air bersih"' in answer.output
    assert sorted(said(folder, "programs")[1:]) == [
        "P001,Air bersih,1,joint",
        "P002,Bank sampah,1,joint",
        "P003,Data terpadu,1,province",
    ]
    assert len(said(folder, "program_costs")) == 4  # a heading and one cost each


def test_a_row_that_is_said_to_be_new_is_another_programme_and_stays_one(call, folder):
    filled(*BOTH)
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    filled([*["Sumur-bor", *BOTH[0][1:]], "Baru"], *BOTH[1:], name="again.xlsx")
    answer = call("import", "again.xlsx", "tiny", "--yes")
    assert answer.exit_code == 0, answer.output
    assert "1 programmes of the case are not named on this sheet and stay: P001 Sumur bor" in answer.output
    assert "+ P004 Sumur-bor, 34.01 Timur" in answer.output
    assert sorted(row.split(",")[0] for row in said(folder, "programs")[1:]) == [
        "P001",
        "P002",
        "P003",
        "P004",
    ]
    assert "No change" in call("import", "again.xlsx", "tiny", "--yes").output


def test_a_code_of_the_planners_own_keeps_a_programme_whatever_its_name(call, folder):
    filled([*BOTH[0], "AIR"], BOTH[1])
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    filled([*["Bendungan", "Barat", 9, *BOTH[1][3:]], "AIR"], BOTH[1], name="again.xlsx")
    assert call("import", "again.xlsx", "tiny", "--yes").exit_code == 0
    assert sorted(said(folder, "programs")[1:]) == ["AIR,Bendungan,1,joint", "P001,Bank sampah,1,joint"]


def test_a_code_that_is_not_that_of_the_name_is_told_and_none_is_said_twice(call, folder):
    filled(*BOTH)
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    wrong = [*BOTH[0], "P002"], ["Air", *BOTH[1][1:], "P003"], ["Udara", *BOTH[2][1:], "P003"]
    filled(*wrong, name="again.xlsx")
    problems = read_workbook(folder.parent / "again.xlsx", folder).errors
    assert [(problem.cell, problem.code) for problem in problems] == [
        ("I7", "first_plan_other_code"),
        ("A9", "first_plan_twice"),
    ]


def test_new_rows_beside_those_that_are_there_are_not_asked_about(call, folder):
    filled(*BOTH)
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    new = ["Jembatan", "Barat", 9, 1, None, None, "Waste", "tinggi"]
    filled(BOTH[0], new, *BOTH[1:], name="again.xlsx")
    assert asked(folder) == []
    filled(new, name="other.xlsx")  # the sheet of somebody else, with none of the case
    assert asked(folder, "other.xlsx") == []


@pytest.mark.parametrize(("answer", "names"), [("1", ["Sumur-bor"]), ("2", ["Sumur bor", "Sumur-bor"])])
def test_a_person_at_a_terminal_is_asked_and_answers(call, folder, monkeypatch, answer, names):
    filled(BOTH[0])
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    filled(["Sumur-bor", *BOTH[0][1:]], name="again.xlsx")
    answers = iter(["hm", answer, "y"])
    monkeypatch.setattr("jspmodel.commands.renamed_programs.is_terminal", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    result = call("import", "again.xlsx", "tiny")
    assert result.exit_code == 0, result.output
    assert sorted(row.split(",")[1] for row in said(folder, "programs")[1:]) == names


def test_nobody_is_asked_where_an_answer_is_left_out(call, folder, monkeypatch):
    filled(BOTH[0])
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    filled(["Sumur-bor", *BOTH[0][1:]], name="again.xlsx")
    monkeypatch.setattr("jspmodel.commands.renamed_programs.is_terminal", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "")
    assert call("import", "again.xlsx", "tiny").exit_code == 3
    assert [row.split(",")[1] for row in said(folder, "programs")[1:]] == ["Sumur bor"]


INDICATORS = "indicator,issue,name_id,unit,better,target\npoor,poverty,Miskin,persen,lower,\n"


def test_what_came_in_meanwhile_stays_where_its_sheet_was_not_touched(call, folder):
    (folder / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    filled(BOTH[0], more=["Capaian indikator"])
    values = "indicator,region,year,value\npoor,34.01,2024,7.5\npoor,34.10,2024,9\n"
    (folder / "indicator_values.csv").write_text(values, encoding="utf-8")
    (folder / "indicators.csv").write_text(INDICATORS.replace("lower,", "lower,4"), encoding="utf-8")
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert {change.table for change in reading.changes} == {
        "programs",
        "program_regions",
        "program_costs",
        "program_effects",
    }
    told = [(problem.code, problem.values["sheets"]) for problem in reading.problems]
    assert told == [("sheets_outdated", ["Indikator (1)"])]
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    assert said(folder, "indicator_values") == values.splitlines()
    assert said(folder, "indicators")[1] == "poor,poverty,Miskin,persen,lower,4"


def test_of_a_new_case_no_sheet_is_told_that_the_template_hides(call, folder):
    reading = read_workbook(folder.parent / filled(BOTH[0], whole=True), folder.parent / "new")
    assert "regions" in {change.table for change in reading.changes}
    assert [problem.code for problem in reading.problems if problem.code == "sheet_hidden"] == []


def test_a_sheet_that_people_see_and_did_not_touch_is_told_where_the_case_has_changed(call, folder):
    filled(BOTH[0])
    issues = said(folder, "issues")
    (folder / "issues.csv").write_text("\n".join([*issues, "air,Air,Water,living"]) + "\n", encoding="utf-8")
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert "issues" not in {change.table for change in reading.changes}
    (outdated,) = [problem for problem in reading.problems if problem.code == "sheets_outdated"]
    assert outdated.values["sheets"] == ["Isu strategis (1)"]


SEVERITIES = "Tingkat keparahan isu"


def gone_on_with(call, folder):
    """Fill in and import a workbook whose severities somebody changed; return what the case then says of them."""
    filled(BOTH[0])
    book = openpyxl.load_workbook("filled.xlsx")
    book[SEVERITIES]["D7"] = 0.25
    book.save("filled.xlsx")
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    return said(folder, "issue_regions")


def also_another(folder):
    """Have an issue and its severity in the case, as if they came from another workbook."""
    for table, row in (("issues", "air,Air,Water,living"), ("issue_regions", "air,34.01,0.5")):
        text = "\n".join([*said(folder, table), row]) + "\n"
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")


def test_a_workbook_that_is_gone_on_with_takes_nothing_away_that_came_in_since_its_import(call, folder):
    severities = gone_on_with(call, folder)
    assert severities[1] == "waste,34.01,0.25"
    also_another(folder)
    book = openpyxl.load_workbook("filled.xlsx")
    for place, value in enumerate(BOTH[1], 1):
        book[SHEET].cell(8, place, value)
    book.save("filled.xlsx")
    result = call("import", "filled.xlsx", "tiny", "--yes")
    assert result.exit_code == 0, result.output
    assert "since the workbook was written or last imported" in result.output
    assert said(folder, "issue_regions") == [*severities, "air,34.01,0.5"]
    assert len(said(folder, "programs")) == 3
    again = read_workbook(folder.parent / "filled.xlsx", folder)  # nor does the third time
    assert (again.changes, again.errors) == ((), ())


def test_of_a_sheet_that_was_touched_after_its_import_the_touched_row_counts(call, folder):
    gone_on_with(call, folder)
    also_another(folder)
    book = openpyxl.load_workbook("filled.xlsx")
    book[SEVERITIES]["D7"] = 0.75
    book.save("filled.xlsx")
    (change,) = read_workbook(folder.parent / "filled.xlsx", folder).changes
    assert (change.added, change.removed) == ((), ())
    assert [(cell.before, cell.after) for cell in change.changed] == [("0.25", "0.75")]


def test_a_bad_value_where_nothing_stood_is_told_and_not_taken_for_a_sheet_that_nobody_touched(call, folder):
    gone_on_with(call, folder)
    also_another(folder)
    book = openpyxl.load_workbook("filled.xlsx")
    book[SEVERITIES]["F7"] = "entah"
    book.save("filled.xlsx")
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert [(problem.code, problem.cell) for problem in reading.errors] == [("not_in_list", "F7")]


def in_case(folder, table, old, new):
    """Change a table of the case as another workbook or a text editor would."""
    file = folder / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_row_that_nobody_touched_since_its_import_puts_nothing_back(call, folder):
    """Of two programmes of the case one costs more now, the other has another name: both stay, a third comes."""
    filled(*BOTH)
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    in_case(folder, "programs", "P002,Bank sampah", "P002,Bank sampah desa")
    costs = said(folder, "program_costs")
    (cost,) = [row for row in costs if row.startswith("P001,")]
    in_case(folder, "program_costs", cost, f"{cost}7")
    changed = said(folder, "program_costs")
    assert changed != costs
    book = openpyxl.load_workbook("filled.xlsx")
    for place, value in enumerate(["Pompa", "Timur", 1, 1, None, 2027, "waste", "low"], 1):
        book[SHEET].cell(10, place, value)
    book.save("filled.xlsx")
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert {row.key[0] for change in reading.changes for row in change.added} == {"P004"}
    assert not any(change.changed or change.removed for change in reading.changes)
    book[SHEET]["C7"] = 13.5
    book.save("filled.xlsx")
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    assert cost.replace(",2", ",13.5") in said(folder, "program_costs")
    assert "P002,Bank sampah desa" in (folder / "programs.csv").read_text(encoding="utf-8")


def test_rows_of_an_import_that_was_taken_back_count_again(call, folder):
    filled(BOTH[0])
    assert call("import", "filled.xlsx", "tiny", "--yes").exit_code == 0
    for table in ("programs", "program_regions", "program_costs", "program_effects"):
        (folder / f"{table}.csv").unlink()
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert "programs" in {change.table for change in reading.changes}


def test_an_import_that_was_taken_back_can_be_done_again(call, folder):
    before = (folder / "issue_regions.csv").read_bytes()
    gone_on_with(call, folder)
    (folder / "issue_regions.csv").write_bytes(before)
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    assert [change.table for change in reading.changes] == ["issue_regions"]


def test_another_workbook_is_not_the_one_that_was_imported(call, folder):
    gone_on_with(call, folder)
    Path("t.xlsx").unlink()
    assert call("template", "tiny", "t.xlsx", "--all-sheets").exit_code == 0
    marks = [read_workbook(folder.parent / name, folder).mark for name in ("filled.xlsx", "t.xlsx")]
    assert len({*marks}) == 2
    assert [*json.loads((folder / "imported_sheets.json").read_text(encoding="utf-8"))] == [marks[0]]


@pytest.mark.parametrize(
    "kept",
    ["[]", "{", '{"x": {}}', '{"%s": []}', '{"%s": {"issues": "x"}}', '{"%s": {"nowhere": ["%s", "%s"]}}'],
)
def test_what_is_kept_of_imports_is_not_believed_where_it_is_something_else(call, folder, kept):
    filled(BOTH[0])
    (folder / "imported_sheets.json").write_text(kept.replace("%s", 32 * "a"), encoding="utf-8")
    result = call("import", "filled.xlsx", "tiny", "--yes")
    assert result.exit_code == 3
    assert "Delete it: no table changes." in result.output
    assert not (folder / "programs.csv").exists()


def test_a_row_that_was_touched_counts_and_what_came_in_since_stays(call, folder):
    filled(BOTH[0])
    book = openpyxl.load_workbook("filled.xlsx")
    book["Isu strategis"]["B7"] = "Kemiskinan ekstrem"
    book.save("filled.xlsx")
    issues = said(folder, "issues")
    (folder / "issues.csv").write_text("\n".join([*issues, "air,Air,Water,living"]) + "\n", encoding="utf-8")
    reading = read_workbook(folder.parent / "filled.xlsx", folder)
    (change,) = [change for change in reading.changes if change.table == "issues"]
    assert (change.added, change.removed) == ((), ())
    assert {cell.after for cell in change.changed} == {"Kemiskinan ekstrem"}


def test_where_the_case_has_indicators_their_sheets_are_shown_and_explained(call, folder):
    (folder / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    assert call("template", "tiny", "t.xlsx").exit_code == 0
    book = openpyxl.load_workbook("t.xlsx")
    visible = {sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"}
    assert {"Indikator", "Capaian indikator"} <= visible
    guide = " ".join(str(cell.value) for row in book["Guide"] for cell in row)
    assert "--indicator" in guide
    assert "a programme whose row is deleted stays" in guide


@pytest.mark.parametrize(
    ("broken", "told"), [(False, "red cells"), (True, "list of problems on its first sheet")]
)
def test_red_cells_are_told_of_only_where_there_are_some(call, folder, broken, told):
    row = ["Bank sampah", "Timur", 3, 1, None, None, "Waste", "rendah" if broken else "sedangg"]
    filled(row, more=["Kriteria"])
    if broken:
        (folder / "criteria.csv").write_text("criterion,name_id,weight\na,A,dua\n", encoding="utf-8")
        book = openpyxl.load_workbook("filled.xlsx")
        del book["Kriteria"]
        book.save("filled.xlsx")
    answer = call("import", "filled.xlsx", "tiny", "--yes")
    assert answer.exit_code == 3
    assert told in " ".join(answer.stderr.split())
    assert ("red cells" in answer.stderr) != broken
