"""What a workbook changes: told row by row, written with the old tables kept, nothing else touched."""

import csv
import errno
from datetime import datetime
from pathlib import Path

import pytest

from jspmodel.errors import DataError
from jspmodel.intake import read_case
from jspmodel.workbook import write_tables
from jspmodel.workbook.changes import CellChange
from tiny import tiny_tables, write_case
from workbook.books import column, plain_book, read, template

NOW = datetime(2026, 11, 22, 6, 50, 1)


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def reading(tmp_path, tiny_folder):
    """One cost changed, one taken out, one put in."""
    book = template(tiny_folder)
    costs = book["Biaya program"]
    costs["E7"] = 2.75
    costs.delete_rows(11)  # P02, 34.01, run
    costs.append(["P03 Data terpadu", "34.10 Barat", "operasional", None, "0,25"])
    return read(book, tmp_path, tiny_folder)


def test_rows_added_changed_and_removed(reading):
    (change,) = reading.changes
    assert change.table == "program_costs"
    assert [row.key for row in change.added] == [("P03", "34.10", "run", "")]
    assert [row.key for row in change.removed] == [("P02", "34.01", "run", "")]
    assert change.changed == (CellChange(("P01", "34.01", "build", "0"), "amount", "2", "2.75"),)


def test_writing_keeps_the_old_tables_and_touches_nothing_else(reading, tiny_folder):
    before = contents(tiny_folder)
    backup = write_tables(tiny_folder, reading.changes, NOW)
    assert backup == tiny_folder / "backup" / "2026-11-22-065001"
    after = contents(tiny_folder)
    for path, data in before.items():
        if path.suffix == ".csv":
            assert after.pop(backup.relative_to(tiny_folder) / path) == data
    changed = {str(path) for path in after if after[path] != before.get(path)}
    assert changed == {"program_costs.csv"}
    assert (tiny_folder / "program_costs.csv").read_text(encoding="utf-8") == (
        "program,region,kind,offset,amount\n"
        "P01,34.01,build,0,2.75\n"
        "P01,34.10,build,0,1\n"
        "P02,,build,0,3\n"
        "P02,,build,1,3\n"
        "P03,,build,0,2\n"
        "P03,34.10,run,,0.25\n"
    )


def test_what_is_not_changed_is_written_as_it_was(tmp_path):
    tables = tiny_tables()
    tables["program_costs"] = tables["program_costs"].replace("P02,,build,0,3", "P02,,build,0,3.00")
    folder = write_case(tmp_path / "tiny", tables)
    book = template(folder)
    book["Biaya program"]["E7"] = 9
    write_tables(folder, read(book, tmp_path, folder).changes, NOW)
    text = (folder / "program_costs.csv").read_text(encoding="utf-8")
    assert "P02,,build,0,3.00\n" in text
    assert "P01,34.01,build,0,9\n" in text


def test_a_table_of_semicolons_and_decimal_commas_is_read_again_as_it_is_written(tmp_path):
    tables = tiny_tables()
    tables["fund_budgets"] = "fund;year;amount\napbd;2027;4,5\napbd;2028;4\napbd;2029;4\n"
    folder = write_case(tmp_path / "tiny", tables)
    book = template(folder)
    book["Pagu indikatif"]["C8"] = 5
    write_tables(folder, read(book, tmp_path, folder).changes, NOW)
    assert read_case(folder)[0].fund_budgets["amount"].tolist() == [4.5, 5, 4]


def test_a_column_that_is_emptied_stays_a_column(tmp_path, tiny_folder):
    book = template(tiny_folder)
    regions = book["Daerah"]
    for row in (7, 8):
        regions[f"{column(regions, 'Penduduk')}{row}"] = None
    (change,) = read(book, tmp_path, tiny_folder).changes
    assert change.columns == ("region", "name", "population")
    assert change.rows == (("34.01", "Timur", ""), ("34.10", "Barat", ""))


def test_a_column_of_their_own_in_a_table_is_told_before_it_is_left_out(tmp_path):
    tables = tiny_tables()
    tables["regions"] = "region,name,population,note\n34.01,Timur,300,a\n34.10,Barat,100,b\n"
    folder = write_case(tmp_path / "tiny", tables)
    book = template(folder)
    assert not [problem.code for problem in read(book, tmp_path, folder).problems if problem.column == "note"]
    book["Daerah"]["B7"] = "Utara"
    reading = read(book, tmp_path, folder)
    assert [(problem.code, problem.column) for problem in reading.problems if problem.column == "note"] == [
        ("column_not_kept", "note")
    ]
    assert not reading.errors


def test_a_new_case_is_made_whole(tmp_path):
    folder = tmp_path / "data" / "new"
    reading = read(plain_book(tiny_tables()), tmp_path, folder)
    assert not reading.errors
    assert not folder.exists()
    assert write_tables(folder, reading.changes, NOW) is None
    case, problems = read_case(folder)
    assert not [problem for problem in problems if not problem.warning]
    for table, text in tiny_tables().items():
        rows = list(csv.reader(text.splitlines()))
        assert getattr(case, table)[rows[0]].shape == (len(rows) - 1, len(rows[0]))
    assert (folder / "scenarios" / "baseline.yaml").is_file()


def test_a_second_backup_of_the_same_second_lies_beside_the_first(reading, tiny_folder):
    """As after a clock was set back."""
    first = write_tables(tiny_folder, reading.changes, NOW)
    kept = contents(first)
    second = write_tables(tiny_folder, reading.changes, NOW)
    assert second.name == f"{first.name}-2"
    assert contents(first) == kept != contents(second)


@pytest.mark.parametrize("fails", ["write_text", "replace"])
def test_where_one_table_cannot_be_written_none_is(tmp_path, tiny_folder, monkeypatch, fails):
    """A full disk fails as the new text is written, a file that is open in Excel as it is replaced."""
    book = template(tiny_folder)
    book["Biaya program"]["E7"] = 2.75
    book["Pagu indikatif"]["C7"] = 3.25
    changes = read(book, tmp_path, tiny_folder).changes
    assert len(changes) == 2
    before, real, calls = contents(tiny_folder), getattr(Path, fails), []

    def second_fails(self, *given, **named):
        calls.append(self)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return real(self, *given, **named)

    monkeypatch.setattr(Path, fails, second_fails)
    with pytest.raises(DataError) as told:
        write_tables(tiny_folder, changes, NOW)
    (problem,) = told.value.problems
    assert (problem.code, Path(problem.file).name) == ("tables_not_written", f"{changes[1].table}.csv")
    assert contents(tiny_folder) == before
