"""What a case has already: by name, place and amount together, told by row; the same row twice is asked about."""

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from tiny import tiny_tables, write_case


@pytest.fixture
def folder(tmp_path):
    tables = tiny_tables()
    tables["regions"] = (
        "region,name,kind,population\n34.01,Kabupaten Timur,kabupaten,300\n34.10,Kota Barat,kota,100\n"
    )
    return write_case(tmp_path / "tiny", tables)


def imported(place, rows, headings=("Kegiatan", "Lokasi", "Pagu (Rp)")):
    book = openpyxl.Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append(row)
    book.save(place / "list.xlsx")
    answer = CliRunner().invoke(
        app, ["import", str(place / "list.xlsx"), str(place / "tiny"), "--language", "en"]
    )
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def added(place):
    sheet = openpyxl.load_workbook(place / "list-proposals.xlsx")["Usulan program"]
    return [row[1].value for row in sheet.iter_rows(min_row=7) if str(row[0].value).startswith("M0")]


def test_the_same_name_at_another_place_or_amount_is_another_proposal(tmp_path, folder):
    told = imported(
        tmp_path,
        [
            ["Pelatihan kerja", "Timur, Barat", 3_000_000_000],  # the case has just this
            ["Pelatihan kerja", "Barat", 3_000_000_000],
            ["Pelatihan kerja", "Timur, Barat", 900_000_000],
            ["Lain", "Timur", 70_000_000],
        ],
    )
    assert added(tmp_path) == ["Pelatihan kerja", "Pelatihan kerja", "Lain"]
    assert "row 2: This row is in the case already (P01)" in told
    assert "row 3: The case has this name already (P01)" in told
    assert "row 4: The case has this name already (P01)" in told
    assert "3 new, 1 already there" in told


def test_the_same_row_twice_is_asked_about(tmp_path, folder):
    rows = [
        ["Sumur", "Kab. Timur", 90_000_000],
        ["SUMUR", "Timur", 90_000_000],
        ["Sumur", "Kota Barat", 90_000_000],
    ]
    told = imported(tmp_path, rows)
    assert "row 3: This row is the same as row 2 (name, place, amount); both are taken (M001, M002)" in told
    assert told.count("the same as row") == 1
    assert added(tmp_path) == ["Sumur", "SUMUR", "Sumur"]


def test_totals_and_rows_without_a_name_are_told(tmp_path, folder):
    rows = [["Sumur", "Timur", 90_000_000], [None, "Barat", 80_000_000], ["TOTAL", None, 170_000_000]]
    told = imported(tmp_path, rows)
    assert "row 3: This row has a place or an amount but no name" in told
    assert "row 4: This row adds up others" in told
    assert added(tmp_path) == ["Sumur"]


def test_two_columns_of_amounts_are_a_question(tmp_path, folder):
    told = imported(
        tmp_path,
        [["Sumur", "Timur", 90_000_000, 70_000_000]],
        ("Kegiatan", "Lokasi", "Pagu 2026", "Pagu 2027"),
    )
    assert "several columns of amounts (Pagu 2026, Pagu 2027)" in told


def test_places_that_may_be_two_or_none_are_told(tmp_path):
    tables = tiny_tables()
    tables["regions"] = (
        "region,name,kind,population\n34.01,Kabupaten Timur,kabupaten,300\n34.10,Kota Timur,kota,100\n"
    )
    write_case(tmp_path / "tiny", tables)
    told = imported(
        tmp_path,
        [
            ["Sumur", "Timur", 90_000_000],
            ["Pompa", "Nusa Lain", 90_000_000],
            ["Waduk", "Kota Timur", 90_000_000],
        ],
    )
    assert 'row 2: The place "Timur" may mean: 34.01 Kabupaten Timur; 34.10 Kota Timur' in told
    assert 'row 3: The place "Nusa Lain" names no region of this case' in told
    assert "row 4" not in told


def test_an_indicator_that_is_there_is_told_with_the_target_that_differs(tmp_path, folder):
    told = imported(
        tmp_path,
        [["Warga mampu", "Penduduk miskin", "persen", 7], ["Warga mampu", "Pengangguran", "persen", 3]],
        ("Sasaran", "Indikator", "Satuan", 2029),
    )
    assert "1 new indicators, 1 already there" in told
    assert "row 2: The case has this indicator already" in told


def test_the_kind_of_a_region_decides_in_an_address_too(tmp_path, folder):
    told = imported(
        tmp_path,
        [["Sumur", "RT 1, Kec. Barat, Kab. Timur", 90_000_000], ["Pompa", "Kabupaten Barat", 80_000_000]],
    )
    assert 'row 3: The place "Kabupaten Barat" names no region' in told
    sheet = openpyxl.load_workbook(tmp_path / "list-proposals.xlsx")["Daerah peserta"]
    rows = [row[:2] for row in sheet.iter_rows(min_row=7, values_only=True) if str(row[0]).startswith("M0")]
    assert rows == [("M001 Sumur", "34.01 Kabupaten Timur"), ("M002 Pompa", None)]


def test_an_amount_that_says_its_unit_is_not_asked_about(tmp_path, folder):
    rows = [["A", "Timur", 1_500_000_000], ["B", "Timur", 1_000_000_000], ["C", "Timur", "2 triliun"]]
    assert "implausible" not in imported(tmp_path, rows)
