"""Goals of an RPJMD as indicators: columns by name in any order, what is not known told, the rest to fill."""

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.workbook import read_workbook
from jspmodel.workbook.rpjmd import read_goals
from tiny import tiny_tables, write_case
from workbook.books import column


@pytest.fixture
def folder(tmp_path):
    tables = tiny_tables()
    tables["issues"] = tables["issues"].replace("dimension\n", "dimension,objective\n", 1)
    tables["issues"] = tables["issues"].replace("Waste,living", "Waste,living,Sampah terkelola")
    return write_case(tmp_path / "tiny", tables)


@pytest.fixture
def file(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        ["Misi", "Tujuan", "Sasaran", "Kondisi awal", "Indikator Kinerja", "Satuan", "Target", None, None]
    )
    sheet.append([None] * 6 + [2026, 2027, "Tahun 2028"])
    for span in ("A1:A2", "B1:B2", "G1:I1"):
        sheet.merge_cells(span)
    sheet.append(
        ["Misi 1", "Lestari", "Sampah terkelola", "40", "Sampah terolah", "persen", "45,5", 50, "60%"]
    )
    sheet.append([None, None, None, "1", "TPS3R aktif", "unit", 3, "4-5", "belum"])
    sheet.append(["Misi 2", None, "Warga mampu", None, "penduduk miskin", "persen", 9, 8, 7])
    book.save(tmp_path / "rpjmd.xlsx")
    return tmp_path / "rpjmd.xlsx"


def test_goals_with_their_targets_by_year(file):
    read = read_goals(file)
    goals = read.rows
    assert read.unknown == ("Kondisi awal",)
    assert [(note.code, note.cell) for note in read.notes] == [("not_a_target", "H4")]
    assert [(goal.texts["objective"], goal.texts["indicator"], goal.targets) for goal in goals] == [
        ("Sampah terkelola", "Sampah terolah", {2026: "45.5", 2027: "50", 2028: "60"}),
        ("Sampah terkelola", "TPS3R aktif", {2026: "3", 2027: ""}),
        ("Warga mampu", "penduduk miskin", {2026: "9", 2027: "8", 2028: "7"}),
    ]
    assert goals[2].texts["goal"] == ""


def test_a_planner_imports_goals_and_fills_in_what_they_lack(folder, file, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(app, ["import", "rpjmd.xlsx", "tiny", "--language", "en"])
    assert answer.exit_code == 0, answer.output
    assert "2 new indicators, 1 already there" in answer.stdout
    assert "Kondisi awal" in answer.stdout
    book = openpyxl.load_workbook("rpjmd-proposals.xlsx")
    sheet = book["Indikator"]
    better, source = column(sheet, "Lebih baik bila"), column(sheet, "Sumber")
    assert sheet[f"{better}8"].fill.fgColor.rgb == "FFFFF2B3"
    assert (
        sheet[f"{source}8"].value == "RPJMD, baris 3; Misi 1; Lestari; Sampah terkelola; 2026: 45.5; 2027: 50"
    )
    for row in (8, 9):
        sheet[f"{better}{row}"] = "higher"
        sheet[f"{column(sheet, 'Nilai terburuk')}{row}"] = 0
    book.save("filled.xlsx")
    reading = read_workbook(tmp_path / "filled.xlsx", folder)
    assert not reading.errors
    (change,) = reading.changes
    rows = [dict(zip(change.columns, row, strict=True)) for row in change.rows]
    assert [(row["indicator"], row["issue"], row["target"], row["target_year"]) for row in rows[1:]] == [
        ("R001", "waste", "60", "2028"),
        ("R002", "waste", "", "2027"),  # "4-5" is in doubt, and 3 is not that of the last year
    ]


def test_another_list_is_still_refused(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    book.active.append(["Sasaran", "Indikator", "Keterangan"])
    book.active.append(["Air", "Sumur", "baik"])
    book.save("other.xlsx")
    answer = CliRunner().invoke(app, ["import", "other.xlsx", "tiny", "--language", "en"])
    assert answer.exit_code == 3
    assert "No sheet is known" in answer.stderr
    assert not list(tmp_path.glob("other-*"))
