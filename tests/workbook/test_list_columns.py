"""Lists with headings that no form knows: a person says which column is what, once, and the case keeps it."""

import json
import os
import pty
import subprocess
import sys
from decimal import Decimal

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.errors import DataError
from jspmodel.workbook.kept_columns import KEPT_COLUMNS, keep_columns, read_kept
from jspmodel.workbook.list_fields import parsed_map
from jspmodel.workbook.map_checks import check_map
from jspmodel.workbook.musrenbang import read_proposals
from jspmodel.workbook.stated_columns import StatedColumns
from tiny import tiny_tables, write_case
from workbook.books import column

HEADINGS = ["No", "Nama Paket", "Tempat", "Dana yang Diminta (Rp juta)", "Pengusul"]
ROWS = [[1, "Paving", "Timur", 750, "Desa A"], [2, "Drainase", "Barat", 1500, "Desa B"]]
SAID = {"activity": "Nama Paket", "location": "Tempat", "budget": "Dana yang Diminta"}
OPTIONS = [
    part
    for text in ("kegiatan=Nama Paket", "lokasi=Tempat", "pagu=Dana yang Diminta")
    for part in ("--map", text)
]


def listed(place, rows, look="", name="list.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if look:
        for cells in book.active.iter_rows(min_row=2, min_col=4, max_col=4):
            cells[0].number_format = look
    book.save(place / name)
    return place / name


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "tiny", tiny_tables())
    listed(tmp_path, [["Rekap usulan"], HEADINGS, *ROWS])
    return tmp_path


def asked(*options, language="en"):
    answer = CliRunner().invoke(app, ["import", "list.xlsx", "tiny", "--language", language, *options])
    return answer.exit_code, " ".join((answer.stdout + answer.stderr).split())


def amounts(file):
    """Return each new programme with its amount, as the workbook that is to be filled in has them."""
    book = openpyxl.load_workbook(file)
    names, costs = book["Usulan program"], book["Biaya program"]
    by_code = {row[0].value: row[1].value for row in names.iter_rows(min_row=7) if row[0].value}
    place = openpyxl.utils.column_index_from_string(column(costs, "Biaya")) - 1
    code = {label.split()[0]: name for label, name in by_code.items()}
    rows = [row for row in costs.iter_rows(min_row=7) if str(row[0].value).startswith("M0")]
    return {code[row[0].value.split()[0]]: row[place].value for row in rows}


def test_a_list_is_read_by_what_is_said_of_its_headings_and_the_case_keeps_it(here):
    code, told = asked(*OPTIONS)
    assert code == 0, told
    assert "2 new" in told
    assert "Columns that were not read: No, Pengusul" in told
    assert amounts("list-proposals.xlsx") == {
        "Paving": 0.75,
        "Drainase": 1.5,
    }  # millions of rupiah in billions
    kept = json.loads((here / "tiny" / KEPT_COLUMNS).read_text(encoding="utf-8"))
    assert kept == {"Nama Paket": "kegiatan", "Tempat": "lokasi", "Dana yang Diminta": "pagu"}
    code, told = asked()
    assert code == 0, told
    assert '"Dana yang Diminta (Rp juta)" is read as pagu' in told
    assert amounts("list-proposals-2.xlsx") == {"Paving": 0.75, "Drainase": 1.5}


def test_where_no_form_fits_the_very_command_is_told(here):
    code, told = asked()
    assert code == 3
    assert 'jspmodel import list.xlsx tiny --map kegiatan="..." --map lokasi="..." --map pagu="..."' in told
    assert "Found: No, Nama Paket, Tempat, Dana yang Diminta (Rp juta), Pengusul." in told
    listed(here, [["Kegiatan", "Lokasi", "Dana yang Diminta"], ["Paving", "Timur", 50_000_000]])
    code, told = asked()
    assert code == 3
    assert "Missing: Pagu." in told
    assert "not known yet: Dana yang Diminta" in told
    assert told.count('jspmodel import list.xlsx tiny --map pagu="..."') == 1


def test_what_is_said_in_part_is_in_the_command_that_asks_for_the_rest(here):
    code, told = asked(*OPTIONS[:4])
    assert code == 3
    said = 'jspmodel import list.xlsx tiny --map kegiatan="Nama Paket" --map lokasi="Tempat" --map pagu="..."'
    assert said in told
    assert not (here / "tiny" / KEPT_COLUMNS).exists()


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (["pagu"], ["map_no_pair"]),
        (["pagu="], ["map_no_pair"]),
        (["=Dana"], ["map_no_pair"]),
        (["paguu=Dana", "lokas=Tempat"], ["map_unknown_field", "map_unknown_field"]),
        (["pagu=Dana", "budget=Dana lain"], ["map_field_twice"]),
        (["pagu=Dana", "lokasi=DANA"], ["map_heading_twice"]),
        (["paguu=Dana", "pagu"], ["map_unknown_field", "map_no_pair"]),
    ],
)
def test_every_mistake_of_what_is_said_is_told_at_once(texts, codes):
    with pytest.raises(DataError) as told:
        parsed_map(texts)
    assert [problem.code for problem in told.value.problems] == codes


def test_the_nearest_field_and_the_nearest_heading_are_told(here):
    code, told = asked("--map", "paguu=Dana", "--map", "lokasi=Tempat")
    assert code == 3
    assert "Did you mean pagu?" in told
    code, told = asked("--map", "pagu=Dana yang Dimint", "--map", "lokasi=Tempaat")
    assert code == 3
    assert "Did you mean Tempat?" in told
    assert "Did you mean Dana yang Diminta (Rp juta)?" in told
    assert told.count("Headings found: No, Nama Paket, Tempat") == 2


def test_a_heading_that_stands_twice_is_told_with_its_cells(here):
    rows = [["Nama Paket", "Tempat", "Dana", "Dana"], ["Paving", "Timur", 50_000_000, 60_000_000]]
    file = listed(here, rows)
    with pytest.raises(DataError) as told:
        check_map(file, {"budget": "Dana"})
    (problem,) = told.value.problems
    assert (problem.code, problem.values["cells"]) == ("map_heading_often", "C1, D1")


def test_a_heading_below_another_time_does_not_count_twice(here):
    rows = [
        ["Nama Paket", "Rencana 2027", None, "Prakiraan Maju 2028"],
        [None, "Tempat", "Dana", "Dana"],
        ["Paving", "Timur", 50_000_000, 60_000_000],
    ]
    file = listed(here, rows)
    said = {"activity": "Nama Paket", "location": "Tempat", "budget": "Dana"}
    check_map(file, said)
    assert [item.amount for item in read_proposals(file, StatedColumns(said)).rows] == ["0.05"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"budget": "Realisasi"}, "map_contradicts"),
        ({"target": "Lokasi"}, "map_other_field"),
        ({"budget": "Pagu"}, ""),
    ],
)
def test_what_is_said_may_not_contradict_a_form_that_fits(here, said, problem):
    rows = [["Kegiatan", "Lokasi", "Pagu", "Realisasi"], ["Paving", "Timur", 50_000_000, 60_000_000]]
    file = listed(here, rows)
    if not problem:
        check_map(file, said)
        return
    with pytest.raises(DataError) as told:
        check_map(file, said)
    assert [one.code for one in told.value.problems] == [problem]


def test_of_two_columns_of_amounts_the_one_that_is_said_counts(here):
    rows = [["Kegiatan", "Lokasi", "Pagu", "Usulan Anggaran"], ["Paving", "Timur", 50_000_000, 60_000_000]]
    file = listed(here, rows)
    read = read_proposals(file)
    assert ([item.amount for item in read.rows], [note.code for note in read.notes]) == (
        [""],
        ["which_budget"],
    )
    check_map(file, {"budget": "Usulan Anggaran"})
    read = read_proposals(file, StatedColumns({"budget": "Usulan Anggaran"}))
    assert ([item.amount for item in read.rows], read.notes, read.unknown) == (["0.06"], [], ("Pagu",))
    again = read_proposals(file, StatedColumns(kept={"Usulan Anggaran": "budget"}))
    assert ([item.amount for item in again.rows], [note.code for note in again.notes]) == (
        ["0.06"],
        ["column_kept"],
    )


def test_what_the_case_keeps_of_another_list_never_wins_over_a_form(here):
    rows = [["Kegiatan", "Lokasi", "Pagu", "Dana"], ["Paving", "Timur", 50_000_000, 60_000_000]]
    read = read_proposals(listed(here, rows), StatedColumns(kept={"Dana": "budget"}))
    assert ([item.amount for item in read.rows], [note.code for note in read.notes]) == (
        [""],
        ["which_budget"],
    )


@pytest.mark.parametrize(
    ("heading", "look", "value", "found"),
    [
        ("Dana", "", 750, ("", "unit_in_doubt")),
        ("Dana (USD)", "", 750, ("", "unit_unknown")),
        ("Dana (Rp M)", "", 750, ("", "which_million")),
        ("Dana", '#,##0 "juta"', 750, ("0.75", "")),
        ("Dana", "#,##0,", 750_000_000, ("", "shown_in_thousands")),
        ("Dana", "", 750_000_000, ("0.75", "")),
    ],
)
def test_the_unit_of_a_column_that_is_said_is_understood_or_asked(here, heading, look, value, found):
    rows = [["Nama Paket", "Tempat", "Volume", heading], ["Paving", "Timur", "1 paket", value]]
    file = listed(here, rows, look)
    read = read_proposals(file, StatedColumns({**SAID, "budget": "Dana"}))
    assert (read.rows[0].amount, "".join(note.code for note in read.notes)) == found
    assert not found[0] or Decimal(found[0]) == Decimal("0.75")


def test_a_year_may_be_said(here):
    listed(here, [["Sasaran", "Indikator", "Satuan", "Yang dituju"], ["S", "TPS3R aktif", "unit", 3]])
    code, told = asked()
    assert code == 3
    assert '--map 2027="..."' in told
    code, told = asked("--map", "2027=Yang dituju")
    assert code == 0, told
    sheet = openpyxl.load_workbook("list-proposals.xlsx")["Indikator"]
    at = {name: column(sheet, name) for name in ("Target", "Tahun target")}
    assert (sheet[f"{at['Target']}8"].value, sheet[f"{at['Tahun target']}8"].value) == (3, 2027)


@pytest.mark.parametrize("options", [["--indicator", "poor"], []])
def test_a_map_is_only_for_lists(here, options):
    if not options:
        CliRunner().invoke(app, ["template", "tiny", "whole.xlsx"])
        (here / "list.xlsx").unlink()
        (here / "whole.xlsx").rename(here / "list.xlsx")
    code, told = asked("--map", "pagu=Biaya (miliar rupiah)", *options)
    assert code == 3
    assert "--map is only for lists" in told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[]", "must hold headings"),
        ("{", "must hold headings"),
        ('{"Dana": 5}', "write a heading"),
        ('{"Dana": "paguu", " ": "pagu"}', "no field of a list"),
        (json.dumps({"x" * 301: "pagu"}), "write a heading"),
        (json.dumps({f"h{number}": "pagu" for number in range(501)}), "must hold headings"),
        ("[" * 100_000, "larger"),
    ],
)
def test_a_file_of_kept_columns_that_anybody_wrote_is_judged_and_never_overwritten(here, said, told):
    (here / "tiny" / KEPT_COLUMNS).write_text(said, encoding="utf-8")
    code, answer = asked(*OPTIONS)
    assert code == 3
    assert KEPT_COLUMNS in answer
    assert told in answer
    assert (here / "tiny" / KEPT_COLUMNS).read_text(encoding="utf-8") == said
    assert not list(here.glob("list-*"))


def test_what_is_kept_of_other_lists_stays(tmp_path):
    keep_columns(tmp_path, {"budget": "Dana", "2027": "Yang dituju"})
    assert keep_columns(tmp_path, {"budget": "Dana"}) is None
    keep_columns(tmp_path, {"location": "DANA"})
    assert read_kept(tmp_path) == {"Yang dituju": "2027", "DANA": "location"}
    assert [file.name for file in tmp_path.iterdir()] == [KEPT_COLUMNS]


def test_what_was_said_wrongly_is_forgotten_once_it_is_said_right(here):
    (here / "tiny" / KEPT_COLUMNS).write_text(
        '{"Pengusul": "lokasi", "Dusun": "lokasi", "Nama Paket": "kegiatan"}', encoding="utf-8"
    )
    code, told = asked("--map", "lokasi=Tempat", "--map", "pagu=Dana yang Diminta")
    assert code == 0, told
    assert read_kept(here / "tiny") == {
        "Dusun": "location",  # of another list
        "Nama Paket": "activity",
        "Tempat": "location",
        "Dana yang Diminta": "budget",
    }


def test_on_a_terminal_it_is_asked_which_column_is_what(here):
    """In a terminal of its own, as a planner has it: numbers are typed, one of them wrong at first."""
    listed(here, [["Kegiatan", "Tempat", "Dana"], ["Paving", "Timur", 50_000_000]])
    master, slave = pty.openpty()
    run = "from jspmodel.cli import main; main()"
    command = [sys.executable, "-c", run, "import", "list.xlsx", "tiny", "--language", "en"]
    child = subprocess.Popen(
        command, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    os.write(master, b"9\n1\n1\n")  # there is no 9; then Tempat; of what is left, Dana
    told, _ = child.communicate(timeout=300)
    os.close(master)
    os.close(slave)
    assert child.returncode == 0, told
    assert 'Number of the column "location"' in told
    assert read_kept(here / "tiny") == {"Tempat": "location", "Dana": "budget"}
    assert amounts("list-proposals.xlsx") == {"Paving": 0.05}
