"""A workbook is parsed in a process of its own; what comes back is what openpyxl reads, or a refusal in words."""

import sys
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from jspmodel.errors import DataError
from jspmodel.text import listing
from jspmodel.workbook import book_door
from jspmodel.workbook.book_door import read_book
from jspmodel.workbook.book_lines import RefusedBookError, line_of, read_lines
from workbook.books import saved, template

WRITTEN = [
    1, -2.5, 1e300, 2**60, True, False, "teks", "a\nb é \U0001f600", "'", "#N/A",
    datetime(2027, 1, 2, 3, 4, 5), date(2027, 1, 2), time(3, 4), timedelta(days=2, hours=3),
]  # fmt: skip


def limited(**limits):
    """Return the command of the process with other limits."""
    changes = "".join(f"limits.{name} = {value}; " for name, value in limits.items())
    code = f"from jspmodel.workbook import book_limits as limits; {changes}"
    return [sys.executable, "-c", code + "from jspmodel.workbook.book_process import main; main()"]


@pytest.fixture(autouse=True)
def _nothing_kept():
    book_door._read.cache_clear()


def test_values_come_back_as_openpyxl_reads_them(tmp_path):
    book = openpyxl.Workbook()
    for place, value in enumerate(WRITTEN, 2):
        book.active.cell(3, place).value = value
    file = saved(book, tmp_path)
    (there,) = read_book(file).sheets
    ((number, cells),) = there.rows
    expected = [cell.value for cell in openpyxl.load_workbook(file).active[3]]
    assert (number, [cell.value for cell in cells]) == (3, expected)
    assert [type(cell.value) for cell in cells] == [type(value) for value in expected]
    assert [cell.is_error for cell in cells] == [value == "#N/A" for value in expected]


def test_every_cell_of_a_template_comes_back(tmp_path, tiny_folder):
    file = saved(template(tiny_folder, whole=True), tmp_path)
    expected = openpyxl.load_workbook(file, data_only=True)
    for sheet in read_book(file).sheets:
        other = expected[sheet.name]
        assert sheet.is_hidden == (other.sheet_state != "visible")
        found = {
            (number, place): (cell.value, cell.look)
            for number, cells in sheet.rows
            for place, cell in enumerate(cells, 1)
            if cell.value is not None
        }
        there = (cell for row in other.iter_rows() for cell in row if cell.value is not None)
        assert found == {(cell.row, cell.column): (cell.value, cell.number_format) for cell in there}


def test_looks(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["B1"], page["C1"], page["D1"] = "ya", 0.5, "=1+1", "x"
    page["A1"].font = Font(strike=True)
    page["B1"].number_format = "0%"
    page["D1"] = CellRichText(["tetap ", TextBlock(InlineFont(strike=True), "dicoret")])
    page.merge_cells("A3:B4")
    page["A6"] = 1
    page.row_dimensions[6].hidden = True
    book.create_sheet("lain").sheet_state = "hidden"
    first, second = read_book(saved(book, tmp_path)).sheets
    struck, percent, formula, parts = first.rows[0][1]
    assert (struck.value, struck.is_struck) == ("ya", True)
    assert (percent.value, percent.look, percent.is_struck) == (0.5, "0%", False)
    assert (formula.value, formula.is_formula) == (None, True)
    assert (parts.value, parts.kept) == ("tetap dicoret", "tetap ")
    assert (first.merged, first.hidden_rows, second.is_hidden) == (((1, 2, 3, 4),), (6,), True)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    file = tmp_path_factory.mktemp("large") / "filled.xlsx"
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet("Kasus")
        for row in range(2_000):
            page.write_row(row, 0, [f"teks {row} {place}" * 100 for place in range(20)])
    return file


@pytest.mark.parametrize(
    ("limits", "code"),
    [({"MEMORY": 64 * 2**20}, "workbook_memory"), ({"SECONDS": 1}, "workbook_work")],
)
@pytest.mark.skipif(sys.platform != "linux", reason="only there is memory held to a limit")
def test_beyond_a_limit_is_told_in_words(large, monkeypatch, limits, code):
    monkeypatch.setattr(book_door, "COMMAND", limited(**limits))
    with pytest.raises(DataError) as caught:
        read_book(large)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == (code, "filled.xlsx")
    for language in ("id", "en"):
        assert "filled.xlsx" in listing([problem], language)


def test_a_process_that_says_too_much_or_dies_is_told(tmp_path, tiny_folder, monkeypatch):
    file = saved(template(tiny_folder), tmp_path)
    monkeypatch.setattr(book_door, "MOST_SAID", 10**6)
    for said, code in {
        "while True: print('[\"row\", 1, []]')": "workbook_too_large",
        "import os; os.abort()": "workbook_memory",
        "raise ValueError": "workbook_broken",
        "print('[]')": "workbook_broken",
    }.items():
        monkeypatch.setattr(book_door, "COMMAND", [sys.executable, "-c", said])
        with pytest.raises(DataError) as caught:
            read_book(file)
        assert caught.value.problems[0].code == code


ROW = line_of("row", 1, ["a", 1.5, None, ["x", "0%", 1, None]])
SHEET, END = line_of("sheet", "s", False, [], []), line_of("book", False, False)


def test_lines_that_are_not_whole_are_refused():
    assert len(read_lines([ROW, SHEET, END]).sheets[0].rows[0][1]) == 4
    for lines in (
        [], [ROW], [ROW, SHEET], [ROW, SHEET, END[:5]], [b"{}\n", END], [b"[1, 2]\n", END],
        [line_of("row", "1", []), END], [line_of("row", 1, [{}]), END], [line_of("row", 1, [[["datetime", "2"], "", 0, None]]), END],
        [line_of("row", 1, [[["eval", "1"], "", 0, None]]), END], [line_of("sheet", 1, False, [], []), END],
        [line_of("row", 1, [[["timedelta", 1e300], "", 0, None]]), END],
    ):  # fmt: skip
        with pytest.raises(RefusedBookError) as caught:
            read_lines(lines)
        assert caught.value.code == "workbook_broken"


def test_a_refusal_names_only_what_has_words():
    for code, told in (("workbook_cells", "workbook_cells"), ("anything", "workbook_broken")):
        with pytest.raises(RefusedBookError) as caught:
            read_lines([line_of("refused", code, 5)])
        assert (caught.value.code, caught.value.most) == (told, 5)


def test_one_workbook_is_parsed_once(tmp_path, tiny_folder):
    file = saved(template(tiny_folder), tmp_path)
    assert read_book(file) is read_book(file)
    book = template(tiny_folder)
    book["Daerah"]["B7"] = "Lain"
    saved(book, tmp_path)
    assert read_book(file).sheets != ()
    assert book_door._read.cache_info().misses == 2
