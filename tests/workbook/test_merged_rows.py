"""A workbook that lay on a desk while its case changed: row by row, nothing is taken away and nothing put back."""

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.errors import DataError
from jspmodel.workbook import read_workbook, write_proposals
from tiny import tiny_tables, write_case
from workbook.books import column, template

COSTS, FUNDS, REGIONS = "Biaya program", "Sumber dana", "Daerah"


@pytest.fixture
def folder(tmp_path):
    return write_case(tmp_path / "tiny", tiny_tables())


@pytest.fixture
def book(folder):
    return template(folder)


def read(book, folder):
    book.save(folder.parent / "filled.xlsx")
    return read_workbook(folder.parent / "filled.xlsx", folder)


def in_case(folder, table, old, new):
    file = folder / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def changes(reading):
    """Return what would change: added and removed keys, and cells before and after, by table."""
    return {
        one.table: (
            [row.key for row in one.added],
            [row.key for row in one.removed],
            [(cell.key, cell.before, cell.after) for cell in one.changed],
        )
        for one in reading.changes
    }


def cost_row(book, program):
    return next(row for row in range(7, 40) if str(book[COSTS][f"A{row}"].value).startswith(program))


def test_a_row_changed_here_and_another_in_the_case_both_count(book, folder):
    in_case(folder, "program_costs", "P02,34.01,run,,0.5", "P02,34.01,run,,0.75")
    row = cost_row(book, "P01")
    letter = column(book[COSTS], "Biaya")
    before, book[COSTS][f"{letter}{row}"] = book[COSTS][f"{letter}{row}"].value, 5
    added, removed, changed = changes(read(book, folder))["program_costs"]
    assert (added, removed) == ([], [])
    assert [(cell[0][0], cell[1], cell[2]) for cell in changed] == [("P01", f"{before:g}", "5")]


def test_of_a_row_changed_on_both_sides_the_workbook_counts_and_shows_it(book, folder):
    in_case(folder, "program_costs", "P02,34.01,run,,0.5", "P02,34.01,run,,0.75")
    row = next(
        row
        for row in range(7, 40)
        if str(book[COSTS][f"A{row}"].value).startswith("P02") and book[COSTS][f"E{row}"].value == 0.5
    )
    book[COSTS][f"E{row}"] = 5
    _, _, changed = changes(read(book, folder))["program_costs"]
    assert [(cell[1], cell[2]) for cell in changed] == [("0.75", "5")]


def test_rows_that_came_and_went_in_the_case_stay_so_and_are_counted(book, folder):
    in_case(folder, "fund_budgets", "apbd,2029,4\n", "apbd,2030,4\n")
    reading = read(book, folder)
    assert (changes(reading), reading.errors) == ({}, ())
    (told,) = [problem for problem in reading.problems if problem.code == "sheets_outdated"]
    assert told.values["sheets"] == ["Pagu indikatif (2)"]


def test_a_row_that_is_struck_out_here_goes_whatever_came_in(book, folder):
    in_case(folder, "fund_budgets", "apbd,2029,4\n", "apbd,2029,4\napbd,2030,4\n")
    budgets = book["Pagu indikatif"]
    budgets.delete_rows(next(row for row in range(7, 20) if budgets[f"B{row}"].value == 2029))
    assert changes(read(book, folder)) == {"fund_budgets": ([], [("apbd", "2029")], [])}


def test_the_template_of_another_case_is_the_whole_table(book, folder, tmp_path):
    tables = tiny_tables()
    tables["funds"] = "fund,name_id\nlain,Dana lain\n"
    tables["fund_budgets"] = "fund,year,amount\nlain,2027,1\n"
    other = write_case(tmp_path / "other", tables)
    found = changes(read(book, other))
    assert found["funds"][:2] == ([("apbd",), ("danais",)], [("lain",)])


def test_a_new_code_that_the_case_gave_away_since_is_a_question(book, folder):
    file = folder / "funds.csv"
    file.write_text(file.read_text(encoding="utf-8") + "csr,Dana perusahaan\n", encoding="utf-8")
    for place, value in ((1, "csr"), (2, "Sumbangan warga")):
        book[FUNDS].cell(9, place, value)
    (error,) = read(book, folder).errors
    assert (error.code, error.cell, error.values["there"]) == ("code_taken", "A9", "Dana perusahaan")
    book[FUNDS]["B9"] = "Dana perusahaan"
    assert changes(read(book, folder)) == {}


LISTS = {
    "renja": [["RENJA 2027"], ["Kegiatan", "Lokasi", "Pagu (Rp)", "OPD"], ["Jalan", "Timur", 18_000_000_000, "DPU Timur"]],
    "usulan": [["MUSRENBANG"], ["Kegiatan", "Lokasi", "Pagu (Rp)", "OPD"], ["Posyandu", "Barat", 750_000_000, "Dinkes Barat"]],
}  # fmt: skip


def filled_list(folder, name):
    """Read a list into a workbook, and fill in what it lacks."""
    book = openpyxl.Workbook()
    for row in LISTS[name]:
        book.active.append(row)
    book.save(folder.parent / f"{name}.xlsx")
    file = folder.parent / f"{name}-usulan.xlsx"
    write_proposals(folder, folder.parent / f"{name}.xlsx", file, "id")
    book = openpyxl.load_workbook(file)
    programs, effects = book["Usulan program"], book["Dampak program"]
    programs[f"{column(programs, 'Lama pelaksanaan')}10"] = 1
    effects[f"{column(effects, 'Isu')}{effects.max_row}"] = "waste"
    effects[f"{column(effects, 'Tingkat dampak')}{effects.max_row}"] = "sedang"
    book.save(file)
    return file.name


def test_two_lists_that_are_read_one_after_the_other_both_come_in(folder, monkeypatch):
    """Both workbooks call their programme M001 and their agency OPD001: the second gets the next codes."""
    monkeypatch.chdir(folder.parent)
    first, second = filled_list(folder, "renja"), filled_list(folder, "usulan")
    assert CliRunner().invoke(app, ["import", first, "tiny", "--yes"]).exit_code == 0
    answer = CliRunner().invoke(app, ["import", second, "tiny", "--yes", "--language", "id"])
    assert answer.exit_code == 0, answer.output
    assert 'Kode M001 di kasus kini berarti "Jalan", jadi "Posyandu"' in answer.output
    programs = (folder / "programs.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[:2] for row in programs[-2:]] == [["M001", "Jalan"], ["M002", "Posyandu"]]
    assert "OPD002" in programs[-1]
    agencies = (folder / "agencies.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0] for row in agencies[-2:]] == ["OPD001", "OPD002"]
    costs = (folder / "program_costs.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0] for row in costs[-2:]] == ["M001", "M002"]
    assert [next(cell for cell in row.split(",")[3:] if cell) for row in costs[-2:]] == ["18", "0.75"]
    for file in (first, second):  # once more they change nothing
        again = CliRunner().invoke(app, ["import", file, "tiny", "--yes", "--language", "id"])
        assert "Tidak ada perubahan" in again.output
    book = openpyxl.load_workbook(second)  # its M001 is M002 of the case from now on
    programs = book["Usulan program"]
    programs[f"{column(programs, 'Lama pelaksanaan')}10"] = 2
    book.save(second)
    _, _, changed = changes(read_workbook(folder.parent / second, folder))["programs"]
    assert changed == [(("M002",), "1", "2")]


def test_a_workbook_written_from_a_case_of_other_regions_is_refused_as_a_whole(book, folder, tmp_path):
    """Its codes would be unknown one by one, or its tables take the place of those of the case."""
    tables = {table: text.replace("34.", "33.") for table, text in tiny_tables().items()}
    other = write_case(tmp_path / "other", tables)
    with pytest.raises(DataError) as told:
        read(book, other)
    assert [problem.code for problem in told.value.problems] == ["workbook_of_other_case"]
    assert read(book, folder.parent / "new").changes  # into a new case it may go
