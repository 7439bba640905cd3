"""The workbook of a plan, back from officials: struck out, moved, added, sorted, renamed, and what is unclear."""

import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from jspmodel.documents.plan_workbook import write_workbook
from jspmodel.errors import DataError
from jspmodel.intake import load, write_choices
from jspmodel.intake.case_names import CaseNames
from jspmodel.plan import Choice
from jspmodel.selection import evaluate, select_programs
from jspmodel.text import LANGUAGES
from jspmodel.workbook import open_brought, write_plan
from jspmodel.workbook.plan_columns import heading, sheet_title
from semarang import DEMAK, KAB, KENDAL, KOTA, semarang
from small_decision import small_decision
from tiny import tiny_tables, write_case
from told import assert_worded

BOTH = ("34.01", "34.10")
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRUCK = Font(strike=True)
MORE = "P04,Taman kota,,1,joint,,\n"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """The tiny case with a fourth programme that is locked out, and its plan: P01 and P03 2027, P02 2028."""
    tables = tiny_tables()
    tables["programs"] += MORE
    tables["program_regions"] += "P04,34.01,,,\nP04,34.10,,,\n"
    tables["program_costs"] += "P04,34.01,build,0,0.25\n"
    tables["program_effects"] += "P04,poverty,0.01,,,\n"
    folder = write_case(tmp_path_factory.mktemp("case") / "tiny", tables, "locked_out: [P04]\n")
    case, scenario = load(str(folder))
    plan = select_programs(case, scenario)
    assert {one.program: (one.start, one.regions) for one in plan.choices} == {
        "P01": (2027, BOTH),
        "P03": (2027, BOTH),
        "P02": (2028, BOTH),
    }
    return case, scenario, plan


def parts_of(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(file, parts):
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def share_texts(file):
    """Put texts among the shared ones, where spreadsheets have them; openpyxl leaves them in their cells."""
    parts, texts = parts_of(file), []

    def moved(match):
        texts.append(b"<si>" + match[2] + b"</si>")
        return b"<c" + match[1].replace(b"inlineStr", b"s") + b"><v>%d</v></c>" % (len(texts) - 1)

    inline = re.compile(rb"<c([^>]*inlineStr[^>]*)><is>(.*?)</is></c>", re.DOTALL)
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = inline.sub(moved, parts[name])
    kind, main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml", SHEETS
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    assert "xl/sharedStrings.xml" not in parts
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">'.encode() + b"".join(texts) + b"</sst>"
    for name, end, more in (
        (
            "[Content_Types].xml",
            b"</Types>",
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"</Relationships>",
            f'<Relationship Id="shared" Type="{relation}" Target="sharedStrings.xml"/>',
        ),
    ):
        parts[name] = parts[name].replace(end, more.encode() + end)
    write_parts(file, parts)


def calculate(file, formula, value):
    """Write what a formula comes to beside it, as spreadsheets do; openpyxl does not."""
    parts, sought = parts_of(file), f"<f>{formula}</f>".encode()
    name = next(name for name, data in parts.items() if sought in data)
    pattern = re.escape(sought) + rb"<v ?/>|" + re.escape(sought) + rb"<v></v>"
    parts[name], count = re.subn(pattern, sought + b"<v>%d</v>" % value, parts[name])
    assert count == 1
    write_parts(file, parts)


class Book:
    """A plan's workbook as a person edits it: rows by programme, cells by column."""

    def __init__(self, file, language):
        self.book, self.file = openpyxl.load_workbook(file, rich_text=True), file
        self.language = language
        self.plan, self.joined = (self.book[sheet_title(kind, language)] for kind in ("plan", "participants"))

    def cell(self, program, column, region="", sheet=None):
        sheet = sheet or (self.joined if region else self.plan)
        heads = {cell.value: cell.column for cell in sheet[1]}
        place = heads[heading(column, self.language, "gap_closed")]
        codes = heads[heading("code", self.language)]
        where = heads.get(heading("region_code", self.language))
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, codes).value == program and (
                not region or sheet.cell(row, where).value == region
            ):
                return sheet.cell(row, place)
        raise AssertionError(f"no row of {program} {region}")

    def write(self, program, column, value, region=""):
        self.cell(program, column, region).value = value

    def strike(self, program, region=""):
        for cell in (self.joined if region else self.plan)[self.cell(program, "code", region).row]:
            cell.font = STRUCK

    def delete(self, program, region=""):
        (self.joined if region else self.plan).delete_rows(self.cell(program, "code", region).row)

    def add(self, program, start, taken, location=None):
        self.plan.append([program])
        row = self.plan.max_row
        for column, value in (("start", start), ("taken", taken), ("location", location)):
            place = self.cell("P01", column).column
            self.plan.cell(row, place).value = value

    def read(self, inputs, *, shared=True):
        case, scenario, plan = inputs
        self.book.save(self.file)
        if shared:
            share_texts(self.file)
        return open_brought(self.file, case, scenario)(plan)

    def choices(self, inputs, *, shared=True):
        read = self.read(inputs, shared=shared)
        return {one.program: (one.start, one.regions) for one in read.choices}

    def refused(self, inputs):
        """Return code and cell of each error; each can be told in both languages."""
        with pytest.raises(DataError) as caught:
            self.read(inputs)
        problems = [problem for problem in caught.value.problems if not problem.warning]
        assert_worded(problems)
        return [(problem.code, problem.cell, problem.file.split(" · ")[-1]) for problem in problems]


@pytest.fixture(scope="module")
def written(inputs, tmp_path_factory):
    """The workbook of the plan in both languages, written once."""
    folder = tmp_path_factory.mktemp("written")
    for language in LANGUAGES:
        write_plan(*inputs, folder / f"{language}.xlsx", language)
    return folder


@pytest.fixture(params=LANGUAGES)
def book(request, written, tmp_path):
    file = Path(shutil.copy(written / f"{request.param}.xlsx", tmp_path / "plan.xlsx"))
    return Book(file, request.param)


@pytest.fixture
def english(written, tmp_path):
    return Book(Path(shutil.copy(written / "en.xlsx", tmp_path / "plan.xlsx")), "en")


def test_unchanged_it_is_the_same_plan(book, inputs):
    case, scenario, plan = inputs
    brought = open_brought(book.file, case, scenario)(plan)
    assert {*brought.choices} == {*plan.choices}
    assert brought.warnings == ()
    judged = evaluate(case, scenario, brought.choices, plan)
    assert judged.audit.passed
    assert judged.audit.objective == pytest.approx(plan.objective, abs=1e-9)


def test_saved_by_a_program_that_drops_what_formulas_come_to(book, inputs):
    # openpyxl saves formulas without values, as scripts do; Excel keeps them. Both are the same plan.
    assert {*book.read(inputs).choices} == {*inputs[2].choices}


def test_a_row_struck_out_is_left_out(book, inputs):
    book.strike("P02")
    brought = book.read(inputs)
    assert {one.program for one in brought.choices} == {"P01", "P03"}
    assert brought.left["P02"] == "struck"


@pytest.mark.parametrize("column", ["code", "activity"])
def test_the_name_struck_out_is_enough(book, inputs, column):
    book.cell("P02", column).font = STRUCK
    assert "P02" not in book.choices(inputs)


def test_a_row_deleted_is_left_out(book, inputs):
    book.delete("P02")
    brought = book.read(inputs)
    assert {one.program for one in brought.choices} == {"P01", "P03"}
    assert "P02" not in brought.left


@pytest.mark.parametrize("mark", ["tidak", "No", "TIDAK ", "x", "-", False])
def test_a_no_is_left_out(book, inputs, mark):
    book.write("P02", "taken", mark)
    assert "P02" not in book.choices(inputs)
    assert book.read(inputs).left["P02"] == "no"


@pytest.mark.parametrize("year", [2029, "2029", 2029.0, " 2029 "])
def test_another_year(book, inputs, year):
    book.write("P02", "start", year)
    assert book.choices(inputs)["P02"] == (2029, BOTH)


def test_another_year_where_the_regions_are_listed(book, inputs):
    for region in BOTH:
        book.write("P02", "year", 2029, region)
    assert book.choices(inputs)["P02"] == (2029, BOTH)


@pytest.mark.parametrize("shared", [True, False])
def test_a_year_crossed_out_beside_the_new_one(book, inputs, shared):
    old = TextBlock(InlineFont(strike=True), "2028 ")
    book.write("P02", "start", CellRichText(old, "2029"))
    assert book.choices(inputs, shared=shared)["P02"] == (2029, BOTH)


def test_a_region_struck_out_where_the_regions_are_listed(book, inputs):
    book.strike("P01", "34.10")
    assert book.choices(inputs)["P01"] == (2027, ("34.01",))


def test_a_region_deleted_where_the_regions_are_listed(book, inputs):
    book.delete("P01", "34.10")
    assert book.choices(inputs)["P01"] == (2027, ("34.01",))


@pytest.mark.parametrize("text", ["Timur", "34.01", "timur", "34.01 Timur", " Timur;"])
def test_regions_written_anew(book, inputs, text):
    book.write("P01", "location", text)
    assert book.choices(inputs)["P01"] == (2027, ("34.01",))


@pytest.mark.parametrize(
    "text", ["Timur; Barat", "Barat,Timur", "34.01 34.10", "Timur\nBarat", "semua daerah", "all regions"]
)
def test_lists_of_regions(book, inputs, text):
    book.write("P01", "location", text)
    assert book.choices(inputs)["P01"] == (2027, BOTH)


@pytest.mark.parametrize("shared", [True, False])
def test_a_region_struck_out_within_its_cell(book, inputs, shared):
    book.write("P01", "location", CellRichText("Timur; ", TextBlock(InlineFont(strike=True), "Barat")))
    assert book.choices(inputs, shared=shared)["P01"] == (2027, ("34.01",))


def test_a_proposal_taken_up_after_all(book, inputs):
    book.write("P04", "taken", "ya")
    book.write("P04", "start", 2028)
    assert book.choices(inputs)["P04"] == (2028, BOTH)


@pytest.mark.parametrize(("taken", "location", "regions"), [("ya", None, BOTH), (None, "Barat", ("34.10",))])
def test_a_programme_added_by_its_code(book, inputs, taken, location, regions):
    book.delete("P04")
    book.add("P04", 2029, taken, location)
    assert book.choices(inputs)["P04"] == (2029, regions)


def test_a_programme_added_by_its_name(book, inputs):
    book.delete("P04")
    book.add(None, 2029, "yes")
    book.plan.cell(book.plan.max_row, book.cell("P01", "activity").column).value = "taman  KOTA"
    assert book.choices(inputs)["P04"] == (2029, BOTH)


def test_a_row_struck_out_and_written_anew(book, inputs):
    book.strike("P02")
    book.add("P02", 2029, "ya")
    assert book.choices(inputs)["P02"] == (2029, BOTH)


def test_sorted_renamed_moved_and_with_a_title_above(book, inputs):
    rows = [[cell.value for cell in row] for row in book.plan.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for place, value in enumerate(row, 1):
            book.plan.cell(number, place).value = value
    book.plan.title = "Hasil rapat 12 Januari"
    book.joined.title = "Daerah2"
    book.plan.insert_rows(1, 3)
    book.plan["B1"] = "Usulan Bappeda"
    book.plan.insert_cols(1, 2)
    assert {*book.read(inputs).choices} == {*inputs[2].choices}


def test_a_column_of_notes_is_said_to_be_left_aside(book, inputs):
    book.plan.cell(1, book.plan.max_column + 1).value = "Catatan rapat"
    brought = book.read(inputs)
    assert {*brought.choices} == {*inputs[2].choices}
    (warning,) = brought.warnings
    assert (warning.code, warning.values["headings"]) == ("plan_columns_unread", ["Catatan rapat"])
    assert_worded([warning])


def test_hidden_rows_count_and_are_told(book, inputs):
    row = book.cell("P02", "code").row
    book.plan.row_dimensions[row].hidden = True
    brought = book.read(inputs)
    assert {*brought.choices} == {*inputs[2].choices}
    (warning,) = brought.warnings
    assert (warning.code, warning.values["rows"]) == ("plan_hidden_rows", [row])


def test_a_hidden_sheet_counts_and_is_told(book, inputs):
    book.joined.sheet_state = "hidden"
    brought = book.read(inputs)
    assert {*brought.choices} == {*inputs[2].choices}
    assert [warning.code for warning in brought.warnings] == ["plan_hidden_sheet"]


def test_codes_merged_over_the_rows_of_a_programme(book, inputs):
    first = book.cell("P02", "code", "34.01").row
    letters = [book.cell("P02", column, "34.01").column_letter for column in ("code", "activity", "year")]
    for letter in letters:
        book.joined.merge_cells(f"{letter}{first}:{letter}{first + 1}")
    book.joined[f"{letters[2]}{first}"] = 2029
    assert book.choices(inputs)["P02"] == (2029, BOTH)


def test_lines_of_totals_and_remarks_are_left_aside(book, inputs):
    book.plan.append([None, "JUMLAH"])
    book.plan.append([None, None, "disepakati dengan Bappeda"])
    assert {*book.read(inputs).choices} == {*inputs[2].choices}


def test_without_the_sheet_of_participants(book, inputs):
    del book.book[book.joined.title]
    book.write("P01", "location", "Barat")
    assert book.choices(inputs) == {"P01": (2027, ("34.10",)), "P02": (2028, BOTH), "P03": (2027, BOTH)}


def test_with_the_sheet_of_participants_alone(book, inputs):
    del book.book[book.plan.title]
    book.delete("P01", "34.01")
    assert book.choices(inputs) == {"P01": (2027, ("34.10",)), "P02": (2028, BOTH), "P03": (2027, BOTH)}


def test_without_the_column_of_yes_and_no_a_year_is_a_yes(book, inputs):
    book.plan.delete_cols(book.cell("P01", "taken").column)
    assert {*book.read(inputs).choices} == {*inputs[2].choices}


def test_a_formula_counts_by_what_it_came_to(english, inputs):
    english.write("P02", "start", "=2028+1")
    english.book.save(english.file)
    calculate(english.file, "2028+1", 2029)
    case, scenario, plan = inputs
    read = {one.program: one.start for one in open_brought(english.file, case, scenario)(plan).choices}
    assert read["P02"] == 2029


def test_a_cost_that_somebody_typed_does_not_count_and_that_is_told(english, inputs):
    english.write("P01", "budget", 99)
    english.write("P02", "budget", 6)  # what the tables come to: 3 and 3
    brought = english.read(inputs)
    assert {*brought.choices} == {*inputs[2].choices}
    (warning,) = brought.warnings
    assert (warning.code, warning.cell) == ("plan_cost_typed", english.cell("P01", "budget").coordinate)
    assert warning.values["cost"] == pytest.approx(3)
    assert_worded([warning])


def funding_rows(english):
    """The sheet of funding, and the rows of its payments, by programme, fund and year."""
    sheet = english.book[sheet_title("funding", "en")]
    place = {cell.value: cell.column for cell in sheet[1]}
    keys = [heading(key, "en") for key in ("code", "fund_code", "year", "budget")]
    found = {}
    for row in range(2, sheet.max_row + 1):
        *key, amount = (sheet.cell(row, place[name]) for name in keys)
        if key[0].value and key[1].value:
            found[tuple(cell.value for cell in key)] = amount
    return sheet, found


@pytest.mark.parametrize("how", ["typed", "deleted", "added", "struck"])
def test_money_that_somebody_moves_between_funds_is_told_since_it_does_not_count(english, inputs, how):
    sheet, found = funding_rows(english)
    (program, fund, year), cell = next(iter(found.items()))
    if how == "typed":
        cell.value += 1.5
    elif how == "deleted":
        sheet.delete_rows(cell.row)
    elif how == "added":
        for k in range(1, sheet.max_column + 1):
            sheet.cell(cell.row + len(found), k).value = sheet.cell(cell.row, k).value
        sheet.cell(cell.row + len(found), cell.column - 1).value = 2029 if year != 2029 else 2030
    else:
        for k in range(1, sheet.max_column + 1):
            sheet.cell(cell.row, k).font = STRUCK
    brought = english.read(inputs)
    assert {*brought.choices} == {*inputs[2].choices}
    (warning,) = brought.warnings
    assert (warning.code, warning.values["count"]) == ("plan_payment_typed", 1)
    if how in {"typed", "struck"}:
        assert warning.cell == cell.coordinate
        assert (warning.values["program"], warning.values["fund"]) == (program, fund)
    assert_worded([warning])


def test_payments_of_a_programme_that_is_struck_out_fall_with_it(english, inputs):
    english.write("P02", "taken", "no")
    _, found = funding_rows(english)
    for (program, _, _), cell in found.items():
        if program == "P02":
            cell.value = 0
    assert english.read(inputs).warnings == ()


@pytest.mark.parametrize(
    ("edits", "code", "column"),
    [
        ([("P02", "taken", "mungkin")], "plan_mark", "taken"),
        ([("P02", "taken", None)], "plan_mark_blank", "taken"),
        ([("P04", "start", 2028)], "plan_year_without_yes", "taken"),
        ([("P04", "taken", "ya")], "plan_no_year", "start"),
        ([("P02", "start", "tahun depan")], "not_a_number", "start"),
        ([("P02", "start", 20228)], "out_of_range", "start"),
        ([("P02", "start", "=A1+1")], "formula_not_calculated", "start"),
        ([("P01", "location", "Tengah")], "unknown_code", "location"),
        ([("P01", "code", "P09")], "unknown_code", "code"),
        ([("P01", "activity", "Data terpadu")], "plan_other_name", "activity"),
    ],
)
def test_what_is_unclear_is_told_with_sheet_and_cell(english, inputs, edits, code, column):
    where = english.cell(edits[0][0], column).coordinate
    for program, changed, value in edits:
        english.write(program, changed, value)
    assert (code, where, "Plan") in english.refused(inputs)


def test_all_is_told_at_once(english, inputs):
    where = [english.cell("P02", "start").coordinate, english.cell("P01", "location").coordinate]
    english.write("P02", "start", "nanti")
    english.write("P01", "location", "Tengah")
    english.write("P03", "region_code", "99", "34.10")
    found = english.refused(inputs)
    assert [cell for _, cell, _ in found[:2]] == sorted(where)
    assert found[2][::2] == ("unknown_code", "Participants")
    assert len(found) == 3


def test_a_code_that_a_spreadsheet_made_a_number(english, inputs):
    english.write("P01", "region_code", 34.1, "34.10")
    assert [code for code, *_ in english.refused(inputs)] == ["code_as_number"]


def test_a_year_struck_out_without_another(english, inputs):
    cell = english.cell("P02", "start")
    cell.font = STRUCK
    assert english.refused(inputs) == [("plan_struck_partly", cell.coordinate, "Plan")]


def test_both_sheets_changed_and_not_alike(english, inputs):
    english.write("P01", "location", "Timur")
    english.strike("P01", "34.01")
    assert [code for code, *_ in english.refused(inputs)] == ["plan_regions_differ"]


def test_both_sheets_changed_alike(book, inputs):
    book.write("P01", "location", "Timur")
    book.strike("P01", "34.10")
    assert book.choices(inputs)["P01"] == (2027, ("34.01",))


def test_some_regions_moved_only(english, inputs):
    english.write("P02", "year", 2029, "34.10")
    assert [code for code, *_ in english.refused(inputs)] == ["plan_years"]


def test_all_regions_taken_away_but_not_the_programme(english, inputs):
    english.delete("P01", "34.01")
    english.delete("P01", "34.10")
    assert [code for code, *_ in english.refused(inputs)] == ["plan_no_regions"]


def test_regions_of_a_programme_that_is_not_taken_up(english, inputs):
    row = [cell.value for cell in english.joined[english.cell("P01", "code", "34.01").row]]
    english.joined.append(["P04", "Taman kota", *row[2:]])
    assert [code for code, *_ in english.refused(inputs)] == ["plan_joined_not_taken"]


def test_two_copies_of_the_plan(english, inputs):
    english.book.copy_worksheet(english.plan)
    assert [code for code, *_ in english.refused(inputs)] == ["plan_sheet_twice"]


def test_the_same_programme_twice(english, inputs):
    english.add("P02", 2029, "yes")
    assert [code for code, *_ in english.refused(inputs)] == ["duplicate_key"]


def test_a_workbook_without_a_plan(inputs, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Program", "Pagu"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(DataError) as caught:
        open_brought(tmp_path / "other.xlsx", *inputs[:2])
    assert [problem.code for problem in caught.value.problems] == ["plan_no_sheet"]
    assert_worded(caught.value.problems)


def test_plan_json_and_csv_are_taken_too(inputs, tmp_path):
    case, scenario, plan = inputs
    write_choices(plan.choices, tmp_path / "plan.csv")
    plan.save(tmp_path / "plan.json")
    for file in (tmp_path / "plan.csv", tmp_path / "plan.json", tmp_path):
        brought = open_brought(file, case, scenario)(plan)
        assert {*brought.choices} == {*plan.choices}


def test_plan_json_of_other_tables_is_refused_with_every_code(inputs, tmp_path):
    case, _, plan = inputs
    programs = [
        one.model_copy(update={"program": f"X{one.program}"}) if one.selected else one
        for one in plan.programs
    ]
    plan.model_copy(update={"programs": tuple(programs)}).save(tmp_path / "plan.json")
    with pytest.raises(DataError) as caught:
        open_brought(tmp_path / "plan.json", case, inputs[1])(plan)
    assert sorted(problem.values["value"] for problem in caught.value.problems) == ["XP01", "XP02", "XP03"]


def test_a_table_is_never_written_over(inputs, tmp_path):
    (tmp_path / "plan.csv").write_text("mine")
    with pytest.raises(DataError):
        write_choices([Choice(program="P01", start=2027)], tmp_path / "plan.csv")
    assert (tmp_path / "plan.csv").read_text() == "mine"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_workbook_of_a_run(tmp_path, language):
    decision = small_decision()
    write_workbook(decision, tmp_path / "plan.xlsx", language)
    brought = open_brought(tmp_path / "plan.xlsx", decision.case, decision.scenario)(decision.plan)
    assert {*brought.choices} == {*decision.plan.choices}
    assert [warning.code for warning in brought.warnings] == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kab. Semarang; Demak", (DEMAK, KAB)),
        ("kota semarang, Kendal", (KENDAL, KOTA)),
        ("33.22 33.74", (KAB, KOTA)),
    ],
)
def test_regions_are_named_as_people_name_them(text, codes):
    assert CaseNames(semarang()).regions(text) == (codes, [])


def test_a_name_of_two_regions_is_asked_about():
    known = CaseNames(semarang())
    assert known.regions("Semarang") == ((), ["Semarang"])
    (problem,) = known.unknown("regions", "Semarang", "location", "plan.xlsx", 2)
    assert problem.code == "which_code"
    assert all(code in problem.values["choices"] for code in (KAB, KOTA))
    assert_worded([problem])
