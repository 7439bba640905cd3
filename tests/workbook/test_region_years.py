"""A BPS table, regions by year, as values of an indicator; nothing else of the case changes."""

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.workbook import read_region_years
from tiny import tiny_tables, write_case
from told import assert_worded

REGIONS = (
    "region,name,kind,population\n33.22,Kabupaten Semarang,kabupaten,300\n33.74,Kota Semarang,kota,100\n"
    "33.21,Kabupaten Demak,kabupaten,90\n"
)


@pytest.fixture
def folder(tmp_path):
    tables = {
        name: text.replace("34.01", "33.22").replace("34.10", "33.74") for name, text in tiny_tables().items()
    }
    return write_case(tmp_path / "case", {**tables, "regions": REGIONS})


def table(place, rows, title="Data"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(place / "bps.xlsx")
    return place / "bps.xlsx"


DOWNLOADED = [
    ["Persentase Penduduk Miskin Menurut Kabupaten/Kota (Persen)"],
    ["Kabupaten/Kota", "Persentase", None, None],
    [None, 2023, 2024, "2025*"],
    ["JAWA TENGAH", "10,77", "10,47", "9,58"],
    ["Demak", "12,01", "-", 11.25],
    ["Semarang", "7,17", "7,03", "6,83"],
    ["Kota Semarang", "4,23", "4,03", "…"],
    ["Kudus", 7.24, 7.23, 6.8],
]


def values(reading):
    (change,) = reading.changes
    return {row[:3]: row[3] for row in change.rows}


def test_a_table_as_downloaded(tmp_path, folder):
    reading = read_region_years(table(tmp_path, DOWNLOADED), folder, "poor")
    assert reading.errors == ()
    assert [problem.code for problem in reading.problems] == ["not_in_case", "source_not_stated"]
    assert reading.problems[0].values["count"] == 2  # the province, and Kudus
    assert values(reading) == {
        ("poor", "33.22", "2024"): "7.03",
        ("poor", "33.74", "2024"): "4.03",
        ("poor", "33.21", "2023"): "12.01",
        ("poor", "33.21", "2025"): "11.25",
        ("poor", "33.22", "2023"): "7.17",
        ("poor", "33.22", "2025"): "6.83",
        ("poor", "33.74", "2023"): "4.23",
    }


def test_codes_of_bps_and_a_title_that_names_the_indicator(tmp_path, folder):
    rows = [["Penduduk miskin"], ["Kode", 2025], ["3321", 11.25], [3374, 4.1]]
    found = values(read_region_years(table(tmp_path, rows), folder))
    assert found["poor", "33.21", "2025"] == "11.25"
    assert found["poor", "33.74", "2025"] == "4.1"
    assert found["poor", "33.22", "2024"] == "10"  # stays


def test_a_bare_name_without_the_kota_beside_it_is_a_question(tmp_path, folder):
    rows = [["Wilayah", 2025], ["Semarang", 6.8], ["Demak", "1.250"], ["Kab. Demak", 3]]
    reading = read_region_years(table(tmp_path, rows), folder, "Penduduk miskin")
    assert [(problem.code, problem.cell) for problem in reading.errors] == [
        ("which_code", "A2"),
        ("ambiguous_number", "B3"),
        ("region_twice", "A4"),
    ]


def test_the_command_asks_for_the_indicator_and_takes_it(tmp_path, folder):
    file = table(tmp_path, DOWNLOADED, "Capaian indikator")
    asked = CliRunner().invoke(app, ["import", str(file), str(folder), "--language", "en"])
    assert asked.exit_code == 3
    assert "--indicator CODE. Codes: poor" in " ".join(asked.stderr.split())
    done = CliRunner().invoke(app, ["import", str(file), str(folder), "--yes", "--indicator", "poor"])
    assert done.exit_code == 0, done.output
    text = (folder / "indicator_values.csv").read_text(encoding="utf-8")
    assert 'poor,33.21,2025,11.25,"bps.xlsx, Capaian indikator"' in text


@pytest.mark.parametrize(
    ("foot", "source", "status", "told"),
    [
        (["Sumber: BPS, Susenas Maret"], "BPS, Susenas Maret (bps.xlsx, Data)", "observed", []),
        (
            ["Source:", "BPS-Statistics Indonesia"],
            "BPS-Statistics Indonesia (bps.xlsx, Data)",
            "observed",
            [],
        ),
        (["* Sumber Data : Badan Pusat Statistik"], "Badan Pusat Statistik (bps.xlsx, Data)", "observed", []),
        (["Sumber: Dinas Sosial"], "Dinas Sosial (bps.xlsx, Data)", "", ["source_not_observed"]),
        (["Sumber: BPS, diolah"], "BPS, diolah (bps.xlsx, Data)", "", ["source_not_observed"]),
        (["Sumber: BPS, proyeksi 2025"], "BPS, proyeksi 2025 (bps.xlsx, Data)", "", ["source_not_observed"]),
        (["Keterangan: BPS"], "bps.xlsx, Data", "", ["source_not_stated"]),
    ],
)
def test_the_foot_of_a_table_says_where_its_figures_come_from(tmp_path, folder, foot, source, status, told):
    rows = [["Wilayah", 2025], ["Demak", 11.25], foot]
    reading = read_region_years(table(tmp_path, rows), folder, "poor")
    (change,) = reading.changes
    (row,) = (dict(zip(change.columns, row, strict=True)) for row in change.rows if row[1] == "33.21")
    assert (row["source"], row.get("status", "")) == (source, status)
    assert [problem.code for problem in reading.problems] == told
    assert_worded(reading.problems)


def test_a_source_that_is_stated_later_takes_the_place_of_the_file_alone(tmp_path, folder):
    """The value is the same: first from a table without a foot, then with one, then from another source."""
    steps = [([], "bps.xlsx, Data", ""), (["Sumber: BPS"], "BPS (bps.xlsx, Data)", "observed")]
    steps += [(["Sumber: Dinas"], "BPS (bps.xlsx, Data)", "observed")]
    for foot, source, status in steps:
        file = table(tmp_path, [["Wilayah", 2025], ["Demak", 11.25], foot])
        done = CliRunner().invoke(app, ["import", str(file), str(folder), "--yes", "--indicator", "poor"])
        assert done.exit_code == 0, done.output
        text = (folder / "indicator_values.csv").read_text(encoding="utf-8")
        (line,) = (line for line in text.splitlines() if line.startswith("poor,33.21"))
        assert line == f'poor,33.21,2025,11.25,"{source}"' + (f",{status}" if status else "")


def test_a_list_with_a_column_of_years_is_no_such_table(tmp_path, folder):
    rows = [
        ["No", "Nama Kegiatan", "Kebutuhan Dana (Rp. 000)", "Wilayah", "Tahun"],
        [1, "Jalan", 12_000, "Demak", 2028],
        [2, "Pasar", 9_000, "semua", 2028],
        [3, "Sumur", 7_500, "Kendal", 2028],
    ]
    assert read_region_years(table(tmp_path, rows), folder) is None


def test_what_is_no_such_table(tmp_path, folder):
    assert (
        read_region_years(table(tmp_path, [["Kegiatan", "Lokasi", "Pagu"], ["A", "Demak", 1e9]]), folder)
        is None
    )
    answer = CliRunner().invoke(
        app, ["import", str(tmp_path / "bps.xlsx"), str(folder), "--indicator", "poor", "--language", "en"]
    )
    assert answer.exit_code == 3
    assert "needs a row of years" in " ".join(answer.output.split())


def test_an_indicator_that_is_not_there_is_told_with_those_that_are(tmp_path, folder):
    (problem,) = read_region_years(table(tmp_path, DOWNLOADED), folder, "pooor").errors
    assert (problem.code, problem.values["value"]) == ("no_such_indicator", "pooor")
    assert problem.values["nearest"].startswith("poor ")
    for name in ("indicators", "indicator_values"):
        (folder / f"{name}.csv").unlink()
    (problem,) = read_region_years(table(tmp_path, DOWNLOADED), folder).errors
    assert problem.code == "no_indicators_yet"
    assert_worded([problem])
