"""Lists whose rows each have a year, and lists that ask for no money."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.commands.list_columns import _answered
from jspmodel.workbook import read_workbook
from jspmodel.workbook.musrenbang import read_proposals
from jspmodel.workbook.rpjmd import read_goals
from jspmodel.workbook.stated_columns import StatedColumns
from tiny import tiny_tables, write_case
from workbook.books import column

PROPOSALS = [
    ["Kegiatan", "Lokasi", "Pagu", "Tahun"],
    ["Paving", "Timur", 50_000_000, 2027],
    ["Drainase", "Barat", 75_000_000, "TA 2028"],
    ["Sumur", "Barat", 75_000_000, "2027-2029"],
]
GOALS = [
    ["Sasaran", "Indikator", "Satuan", "Tahun", "Target"],
    ["Sampah terkelola", "Sampah terolah", "persen", 2028, 45],
    ["Sampah terkelola", "Sampah terolah", "persen", 2029, 50],
    ["Warga mampu", "Miskin ekstrem", "persen", "nanti", 1],
]
T_C_32 = [
    ["No", "Program/Kegiatan", "Lokasi", "Indikator Kinerja", "Besaran/Volume", "Catatan"],
    [1, "Paving", "Timur", "panjang jalan", "3 km", None],
    [2, "Drainase", "Barat", "luas", "20 ha", "mendesak"],
]


def listed(place, rows, name="list.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(place / name)
    return place / name


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "tiny", tiny_tables())
    return tmp_path


def call(*words):
    return CliRunner().invoke(app, [*words, "--language", "en"])


def test_the_year_of_a_proposal_is_its_first_start_once_it_is_said(here):
    listed(here, PROPOSALS)
    answer = call("import", "list.xlsx", "tiny", "--map", "tahun=Tahun")
    assert answer.exit_code == 0, answer.output
    assert 'cell D4: "2027-2029" is no single year' in answer.output
    assert json.loads((here / "tiny" / "list_columns.json").read_text(encoding="utf-8")) == {"Tahun": "tahun"}
    sheet = openpyxl.load_workbook("list-proposals.xlsx")["Usulan program"]
    start, name = column(sheet, "Mulai paling awal"), column(sheet, "Nama (Indonesia)")
    starts = {sheet[f"{name}{row}"].value: sheet[f"{start}{row}"].value for row in range(7, 13)}
    assert {key: starts[key] for key in ("Paving", "Drainase", "Sumur")} == {
        "Paving": 2027,
        "Drainase": 2028,
        "Sumur": None,
    }


def test_what_a_year_of_a_proposal_is_for_is_not_guessed(here):
    read = read_proposals(listed(here, PROPOSALS))
    assert read.unknown == ("Tahun",)
    assert [item.texts["row_year"] for item in read.rows] == ["", "", ""]


@pytest.mark.parametrize("heading", ["Tahun", "TA", "Tahun Anggaran"])
def test_how_to_have_the_years_of_proposals_read_is_told_until_they_are(here, heading):
    listed(here, [[*PROPOSALS[0][:3], heading], *PROPOSALS[1:]])
    option = f'--map tahun="{heading}"'
    answer = call("import", "list.xlsx", "tiny")
    assert f"give this command again with {option}" in answer.output
    answer = call("import", "list.xlsx", "tiny", "--map", f"tahun={heading}")
    assert answer.exit_code == 0
    assert "give this command again" not in answer.output


def test_a_year_in_a_heading_and_a_list_without_years_bring_no_advice(here):
    listed(here, [["Kegiatan", "Lokasi", "Pagu", "Keterangan 2027"], ["Paving", "Timur", 50_000_000, "baru"]])
    answer = call("import", "list.xlsx", "tiny")
    assert "Keterangan 2027" in answer.output
    assert "--map" not in answer.output


def test_targets_whose_years_stand_in_rows_are_those_of_one_indicator(here):
    read = read_goals(listed(here, GOALS))
    assert [(goal.texts["indicator"], goal.targets) for goal in read.rows] == [
        ("Sampah terolah", {2028: "45", 2029: "50"}),
        ("Miskin ekstrem", {0: "1"}),
    ]
    assert [(note.code, note.cell) for note in read.notes] == [("not_one_year", "D4")]


def test_two_targets_of_one_year_stay_apart(here):
    rows = [*GOALS[:2], ["Sampah terkelola", "Sampah terolah", "persen", 2028, 60]]
    assert [goal.targets for goal in read_goals(listed(here, rows)).rows] == [{2028: "45"}, {2028: "60"}]


def test_a_target_and_its_year_may_be_said(here):
    rows = [[*GOALS[0][:3], "Waktu", "Besaran"], *GOALS[1:3]]
    stated = StatedColumns({"row_year": "Waktu", "target": "Besaran"})
    assert [goal.targets for goal in read_goals(listed(here, rows), stated).rows] == [
        {2028: "45", 2029: "50"}
    ]


def test_a_list_without_a_column_of_money_is_taken_with_blank_costs(here):
    listed(here, T_C_32)
    answer = call("import", "list.xlsx", "tiny")
    assert answer.exit_code == 0, answer.output
    assert "no column of money" in answer.output
    assert "Biaya program (2)" in answer.output
    read = read_proposals(here / "list.xlsx")
    assert [(item.texts["activity"], item.texts["volume"], item.amount) for item in read.rows] == [
        ("Paving", "3 km", ""),
        ("Drainase", "20 ha", ""),
    ]


@pytest.mark.parametrize("money", [750, "Rp7 juta", "1.500.000"])
def test_a_column_that_may_hold_money_is_asked_about(here, money):
    rows = [[*T_C_32[0][:5], "Dana yang Diminta"], [*T_C_32[1][:5], money], T_C_32[2]]
    listed(here, rows)
    answer = call("import", "list.xlsx", "tiny")
    assert answer.exit_code == 3
    assert '--map pagu="..."' in answer.stderr.replace("\n", " ")


def test_a_workbook_made_of_a_list_opens_where_cells_are_yellow(here):
    listed(here, PROPOSALS[:2])
    answer = call("import", "list.xlsx", "tiny")
    # duration, dimension and first start of one programme; its issue and level: the case has no agencies
    assert "Usulan program (3), Dampak program (2)" in answer.output
    book = openpyxl.load_workbook("list-proposals.xlsx")
    assert book.active.title == "Usulan program"
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert visible == [
        "Guide",
        "Daerah",
        "Dimensi",
        "Isu strategis",
        "Perangkat daerah",
        "Usulan program",
        "Daerah peserta",
        "Biaya program",
        "Dampak program",
    ]
    guide = " ".join(str(cell.value) for row in book["Guide"] for cell in row)
    assert "Usulan program (3), Dampak program (2)" in guide
    assert "Unhide" in guide
    reading = read_workbook(here / "list-proposals.xlsx", here / "tiny")
    assert "sheet_hidden" not in {problem.code for problem in reading.problems}


def test_of_a_shipped_case_nothing_is_kept_and_it_is_said(here):
    listed(here, [["Nama Paket", "Tempat", "Dana"], ["Paving", "Kab. Sleman", 50_000_000]])
    said = [
        part for text in ("kegiatan=Nama Paket", "lokasi=Tempat", "pagu=Dana") for part in ("--map", text)
    ]
    answer = call("import", "list.xlsx", "diy", *said)
    assert answer.exit_code == 0, answer.output
    assert "Not kept: diy is a shipped case" in answer.output
    assert not list(here.rglob("list_columns.json"))


@pytest.mark.parametrize(
    ("answers", "chosen"),
    [
        (["2", "2027"], {"2027": "Besaran"}),
        (["2", "", "1"], {"target": "Besaran", "row_year": "Waktu"}),
        (["2", "", ""], {}),
        ([""], {}),
    ],
)
def test_on_a_terminal_the_year_of_a_target_may_be_a_column(monkeypatch, answers, chosen):
    given = iter(answers)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(given))
    assert _answered("year", ["Waktu", "Besaran"], "en") == chosen
