"""Lists of other shapes: two heading rows, other headings for the same, years counted, and forms that do not fit."""

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.intake.folder import read_sheets
from jspmodel.workbook.forms import form_problem
from jspmodel.workbook.musrenbang import read_proposals
from jspmodel.workbook.proposed_goals import add_goals
from jspmodel.workbook.rpjmd import read_goals
from jspmodel.workbook.stated_columns import StatedColumns
from tiny import tiny_tables, write_case


def listed(place, rows, number_format=""):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if number_format:
        book.active.cell(book.active.max_row, len(rows[-1])).number_format = number_format
    book.save(place / "list.xlsx")
    return place / "list.xlsx"


@pytest.mark.parametrize(
    "headings",
    [
        ["kegiatan ", "alamat", "total"],
        ["Program", "Lokasi", "Kebutuhan Dana"],
        ["Kegiatan", "Lokasi", "Pagu 2027"],
        ["Sub Kegiatan", "Alamat", "Anggaran"],
        ["Kegiatan", "Lokasi", "Pagu Indikatif TA 2027"],
    ],
)
def test_other_headings_for_the_same(tmp_path, headings):
    read = read_proposals(listed(tmp_path, [headings, ["Paving", "Timur", 50_000_000]]))
    assert [(item.texts["activity"], item.texts["location"], item.amount) for item in read.rows] == [
        ("Paving", "Timur", "0.05")
    ]


def test_each_sub_kegiatan_is_a_proposal(tmp_path):
    rows = [
        ["Program", "Kegiatan", "Sub Kegiatan", "Lokasi", "Pagu"],
        ["P", "Jalan", "Paving", "Timur", 50_000_000],
        [None, None, "Drainase", "Timur", 60_000_000],
    ]
    read = read_proposals(listed(tmp_path, rows))
    assert [(item.texts["activity"], item.texts["group"], item.amount) for item in read.rows] == [
        ("Paving", "Jalan", "0.05"),
        ("Drainase", "Jalan", "0.06"),
    ]


def test_two_heading_rows_and_what_comes_after_the_year(tmp_path):
    """As in Tabel T-C.33: what is planned, beside the estimate of the year after, which is another amount."""
    rows = [
        ["Kode", "Kegiatan", "Rencana Tahun 2027", None, "Prakiraan Maju Rencana Tahun 2028", None],
        [None, None, "Lokasi", "Pagu Indikatif", "Target", "Pagu Indikatif"],
        ["1.01", "Paving", "Timur", 50_000_000, "2 km", 60_000_000],
    ]
    read = read_proposals(listed(tmp_path, rows))
    assert [(item.texts["activity"], item.amount) for item in read.rows] == [("Paving", "0.05")]
    assert read.notes == []


URUSAN = "Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan"


def test_the_official_form_of_a_renja_whose_codes_say_what_adds_up_what(tmp_path):
    """Tabel T-C.33: a programme's row holds the sum of its activities, which may not count twice."""
    rows = [
        ["Kode", URUSAN, "Indikator Kinerja", "Rencana Tahun 2027", None, None, "Prakiraan Maju 2028", None],
        [None, None, None, "Lokasi", "Target", "Kebutuhan Dana/Pagu Indikatif", "Target", "Kebutuhan Dana"],
        ["1.03", "PEKERJAAN UMUM", None, None, None, 110_000_000, None, None],
        ["1.03.10", "Program Jalan", None, None, None, 110_000_000, None, None],
        ["1.03.10.01", "Paving", "km", "Timur", "2 km", 50_000_000, "3 km", 70_000_000],
        ["1.03.10.02", "Drainase", "km", "Timur", "2 km", 60_000_000, "3 km", 70_000_000],
        ["1.04", "PERUMAHAN", None, None, None, None, None, None],
        ["1.04.01", "Rumah layak", "unit", "Barat", "5", 40_000_000, "5", 40_000_000],
    ]
    read = read_proposals(listed(tmp_path, rows))
    assert [(item.texts["activity"], item.texts["program"], item.amount) for item in read.rows] == [
        ("Paving", "Program Jalan", "0.05"),
        ("Drainase", "Program Jalan", "0.06"),
        ("Rumah layak", "PERUMAHAN", "0.04"),
    ]
    assert [(note.code, note.row) for note in read.notes] == [("total_row", 3), ("total_row", 4)]


def test_the_review_of_an_rkpd_has_two_amounts_and_no_codes(tmp_path):
    """Tabel T-C.31: what was first proposed beside what the analysis needs."""
    half = ["Program/Kegiatan", "Lokasi", "Indikator Kinerja", "Target Capaian"]
    rows = [
        ["No", "Rancangan Awal RKPD", *[None] * 4, "Hasil Analisis Kebutuhan", *[None] * 4],
        [None, *half, "Pagu Indikatif (Rp.000)", *half, "Kebutuhan Dana (Rp.000)"],
        [1, "Paving", "Timur", "km", "2", 50_000, "Paving", "Timur", "km", "3", 75_000],
    ]
    file = listed(tmp_path, rows)
    read = read_proposals(file)
    assert [item.amount for item in read.rows] == [""]
    assert {note.code for note in read.notes} == {"which_budget", "programs_and_activities"}
    read = read_proposals(file, StatedColumns({"budget": "Kebutuhan Dana"}))
    assert [(item.texts["activity"], item.amount) for item in read.rows] == [("Paving", "0.075")]
    assert [note.code for note in read.notes] == ["programs_and_activities"]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([[None, None, None, "2027", "2028"]], "Pagu, Pagu 2028"),
        ([[None, None, None, "APBD", "APBN"]], "Pagu, Pagu APBN"),
        ([], "Pagu, Pagu [E]"),
    ],
)
def test_amounts_in_a_column_without_a_heading_of_its_own_are_never_dropped(tmp_path, parts, told):
    """A heading over two columns has none to its right."""
    rows = [
        ["No", "Kegiatan", "Lokasi", "Pagu", None],
        *parts,
        [1, "Paving", "Timur", 100_000_000, 200_000_000],
        [2, "Drainase", "Barat", 50_000_000, None],
    ]
    read = read_proposals(listed(tmp_path, rows))
    assert [(item.texts["activity"], item.amount) for item in read.rows] == [("Paving", ""), ("Drainase", "")]
    assert [(note.code, note.values["headings"]) for note in read.notes] == [("which_budget", told)]
    assert read.unknown == ("No",)


def test_a_second_column_of_places_is_told_as_not_read(tmp_path):
    rows = [["Kegiatan", "Kabupaten/Kota", "Lokasi", "Pagu"], ["Paving", "Timur", "Barat", 100_000_000]]
    read = read_proposals(listed(tmp_path, rows))
    assert [(item.texts["location"], item.amount) for item in read.rows] == [("Timur", "0.1")]
    assert read.unknown == ("Lokasi",)


def test_of_several_sheets_with_a_list_those_not_read_are_told(tmp_path):
    book = openpyxl.Workbook()
    for name, activity in (("Kec. Timur", "Paving"), ("Kec. Barat", "Drainase")):
        sheet = book.create_sheet(name)
        for row in (["Kegiatan", "Lokasi", "Pagu"], [activity, "Timur", 100_000_000]):
            sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    read = read_proposals(tmp_path / "list.xlsx")
    assert [item.texts["activity"] for item in read.rows] == ["Paving"]
    assert [(note.code, note.values) for note in read.notes] == [
        ("other_lists", {"sheet": "Kec. Timur", "found": "Kec. Barat"})
    ]


def test_an_amount_whose_formula_nobody_calculated_is_told_with_its_cell(tmp_path):
    rows = [["Kegiatan", "Lokasi", "Volume", "Pagu"], ["Paving", "Timur", 10, "=C2*5000000"]]
    read = read_proposals(listed(tmp_path, rows))
    assert [item.amount for item in read.rows] == [""]
    assert [(note.code, note.cell) for note in read.notes] == [("formula_not_calculated", "D2")]


def test_an_error_of_a_formula_is_no_name_and_told_once(tmp_path):
    rows = [
        ["Kegiatan", "Lokasi", "Pagu"],
        ["Paving", "Timur", "#REF!"],
        ["#N/A", "Barat", 50_000_000],
    ]
    read = read_proposals(listed(tmp_path, rows))
    assert [(item.texts["activity"], item.amount) for item in read.rows] == [("Paving", "")]
    assert [(note.code, note.cell) for note in read.notes] == [
        ("formula_error", "C2"), ("formula_error", "A3"), ("row_without_name", ""),
    ]  # fmt: skip


def test_headings_that_are_repeated_on_each_page_are_no_proposal(tmp_path):
    head = ["Kegiatan", "Lokasi", "Pagu"]
    rows = [head, ["Paving", "Timur", 100_000_000], head, ["Drainase", "Barat", 50_000_000]]
    read = read_proposals(listed(tmp_path, rows))
    assert [(item.texts["activity"], item.amount) for item in read.rows] == [
        ("Paving", "0.1"), ("Drainase", "0.05"),
    ]  # fmt: skip
    assert not read.notes


def test_a_number_of_the_item_below_a_heading_over_two_columns_is_no_name(tmp_path):
    rows = [
        ["Kegiatan", None, "Lokasi", "Pagu"],
        ["1.", "Paving", "Timur", 100_000_000],
        ["2.", "Drainase", "Barat", 50_000_000],
    ]
    read = read_proposals(listed(tmp_path, rows))
    assert [item.texts["activity"] for item in read.rows] == ["Paving", "Drainase"]
    assert not read.unknown


def test_a_subtotal_below_the_headings_is_no_unit(tmp_path):
    rows = [
        ["Kegiatan", "Lokasi", "Pagu"],
        ["Paving", "Timur", 100_000_000],
        [None, None, 100_000_000],
    ]
    assert [item.amount for item in read_proposals(listed(tmp_path, rows)).rows] == ["0.1"]


def test_what_a_list_with_two_heading_rows_lacks_is_told_with_both(tmp_path):
    rows = [
        ["Kode", "Uraian", "Rencana Tahun 2027", None],
        [None, None, "Lokasi", "Pagu Indikatif"],
        ["1.01", "Paving", "Timur", 50_000_000],
    ]
    problem = form_problem(listed(tmp_path, rows), tmp_path / "tiny")
    assert (problem.code, problem.values["missing"]) == ("nearest_form", "Kegiatan")
    assert "Uraian" in problem.values["headings"]


def goals(place, rows, number_format=""):
    read = read_goals(listed(place, rows, number_format))
    return [(goal.texts["unit"], goal.targets) for goal in read.rows], [note.code for note in read.notes]


def test_no_earlier_target_takes_the_place_of_the_last_where_that_is_in_doubt(tmp_path):
    rows = [
        ["Sasaran", "Indikator", "Satuan", "2026", "2027"],
        ["Warga terdidik", "Putus sekolah", "persen", 7.5, "6 - 6,5"],
    ]
    (goal,) = read_goals(listed(tmp_path, rows)).rows
    folder = write_case(tmp_path / "tiny", tiny_tables())
    made = add_goals(read_sheets(folder)[0], [goal]).sheets["indicators"]
    row = dict(zip(made.columns, made.rows[-1], strict=True))
    assert (row["target"], row["target_year"]) == ("", "2027")
    assert "2026: 7.5" in row["source"]


@pytest.mark.parametrize(
    ("unit", "value", "number_format", "found"),
    [
        ("persen", 0.105, "0.0%", ([("persen", {2026: "10.5"})], [])),
        ("%", 0.105, "0.0%", ([("%", {2026: "10.5"})], [])),
        ("persen", "10,5 %", "", ([("persen", {2026: "10.5"})], [])),
        ("persen", 10.5, "", ([("persen", {2026: "10.5"})], [])),
        ("persen", 10.5, "0.0%", ([("persen", {2026: ""})], ["shown_as_percent"])),
        ("", 0.105, "0.0%", ([("persen", {2026: "10.5"})], [])),
        ("kg/orang", 0.105, "0.0%", ([("kg/orang", {2026: ""})], ["percent_sign"])),
        ("rupiah", "1.500.000.00", "", ([("rupiah", {2026: ""})], ["digit_groups"])),
    ],
)
def test_targets_in_percent(tmp_path, unit, value, number_format, found):
    rows = [["Sasaran", "Indikator", "Satuan", 2026], ["S", "Penduduk miskin ekstrem", unit, value]]
    assert goals(tmp_path, rows, number_format) == found


@pytest.mark.parametrize(
    ("headings", "years"),
    [
        (["Target 2026", "Target 2027"], [2026, 2027]),
        (["Tahun I (2026)", "Tahun II (2027)"], [2026, 2027]),
        (["Target Tahun ke-1", "Target Tahun ke-2"], [1, 2]),
        (["N1", "N2"], [1, 2]),
    ],
)
def test_years_as_an_rpjmd_writes_them(tmp_path, headings, years):
    rows = [["Sasaran Strategis", "Indikator Tujuan/Sasaran", "Satuan", *headings], ["S", "I", "unit", 3, 4]]
    assert goals(tmp_path, rows)[0] == [("unit", dict(zip(years, ["3", "4"], strict=True)))]


def test_a_year_that_is_only_counted_stays_blank(tmp_path):
    rows = [["Sasaran", "Indikator", "Satuan", "Tahun 1", "Tahun 2"], ["S", "I", "unit", 3, 4]]
    sheets, _, _ = read_sheets(write_case(tmp_path / "tiny", tiny_tables()))
    found = add_goals(sheets, read_goals(listed(tmp_path, rows)).rows).sheets["indicators"]
    row = dict(zip(found.columns, found.rows[-1], strict=True))
    assert (row["target"], row.get("target_year", "")) == ("4", "")
    assert "tahun ke-1: 3" in row["source"]


def test_the_year_of_the_baseline_is_no_target(tmp_path):
    rows = [
        ["Sasaran", "Indikator", "Satuan", "Kondisi Awal", "Target", None],
        [None, None, None, 2024, 2026, 2027],
        ["S", "I", "unit", 1, 3, 4],
    ]
    assert goals(tmp_path, rows)[0] == [("unit", {2026: "3", 2027: "4"})]


IKU = "Indikator Kinerja Utama (IKU)"


@pytest.mark.parametrize(
    ("rows", "found", "unknown"),
    [
        (
            [["IKU"], ["No", "Sasaran Strategis", IKU, "Satuan", "Target"], [1, "S", "I", "unit", 3]],
            {0: "3"},
            ["No"],
        ),
        (
            [
                ["Perjanjian Kinerja Tahun 2027"],
                ["Sasaran", "Indikator Kinerja", "Satuan", "Target"],
                ["S", "I", "unit", 3],
            ],
            {2027: "3"},
            [],
        ),
        (
            [["RPJMD 2025-2029"], ["Sasaran", IKU, "Satuan", "Target Kinerja"], ["S", "I", "unit", 3]],
            {0: "3"},
            [],
        ),
        (
            [
                [
                    "Indikator",
                    "Satuan",
                    "Kondisi Kinerja pada Awal Periode RPJMD",
                    "Target Capaian Setiap Tahun",
                    None,
                ],
                [None, None, 2024, 2025, 2026],
                ["(1)", "(2)", "(3)", "(4)", "(5)"],
                ["I", "unit", 5, 4, 3],
            ],
            {2025: "4", 2026: "3"},
            ["Kondisi Kinerja pada Awal Periode RPJMD 2024"],
        ),
        (
            [
                ["Tujuan/Sasaran", "Indikator Kinerja Tujuan / Sasaran", "Satuan", "Target 2030"],
                ["S", "I", "unit", 3],
            ],
            {2030: "3"},
            [],
        ),
    ],
)
def test_lists_of_iku(tmp_path, rows, found, unknown):
    read = read_goals(listed(tmp_path, rows))
    assert [(goal.texts["indicator"], goal.texts["unit"], goal.targets) for goal in read.rows] == [
        ("I", "unit", found)
    ]
    assert list(read.unknown) == unknown


@pytest.mark.parametrize(
    "past",
    [
        "2024 (baseline)",
        "Baseline 2024",
        "Kondisi Awal (2024)",
        "Tahun 2024 (Kondisi Awal)",
        "Realisasi 2024",
    ],
)
def test_a_heading_of_what_was_is_no_target(tmp_path, past):
    rows = [["Sasaran", "Indikator", "Satuan", past, "2026", "2027"], ["S", "I", "unit", 5, 4, 3]]
    assert goals(tmp_path, rows)[0] == [("unit", {2026: "4", 2027: "3"})]


def test_a_year_below_which_it_says_realisasi_is_no_target(tmp_path):
    rows = [
        ["Sasaran", "Indikator", "Satuan", 2024, 2025, 2026],
        [None, None, None, "Realisasi", "Target", "Target"],
        ["S", "I", "unit", 5, 4, 3],
    ]
    assert goals(tmp_path, rows)[0] == [("unit", {2025: "4", 2026: "3"})]


def test_a_baseline_in_the_second_row_of_headings_is_no_target(tmp_path):
    rows = [
        ["Sasaran", "Indikator", "Satuan", "Target", None, None],
        [None, None, None, "Baseline 2024", 2026, 2027],
        ["S", "I", "unit", 5, 4, 3],
    ]
    assert goals(tmp_path, rows)[0] == [("unit", {2026: "4", 2027: "3"})]


def test_figures_of_past_years_by_indicator_are_no_targets(tmp_path):
    rows = [["Perkembangan"], ["Indikator", "Satuan", 2022, 2023], ["I", "unit", 5, 4]]
    assert goals(tmp_path, rows) == ([], [])


def test_a_target_without_a_year_leaves_the_year_blank(tmp_path):
    rows = [["Sasaran Strategis", IKU, "Satuan", "Target"], ["S", "I", "unit", 3]]
    sheets, _, _ = read_sheets(write_case(tmp_path / "tiny", tiny_tables()))
    found = add_goals(sheets, read_goals(listed(tmp_path, rows)).rows).sheets["indicators"]
    row = dict(zip(found.columns, found.rows[-1], strict=True))
    assert (row["target"], row.get("target_year", ""), row["source"]) == ("3", "", "RPJMD, baris 2; S")


def test_an_amount_in_brackets_of_another_time_is_not_the_amount(tmp_path):
    rows = [
        ["Kegiatan", "Lokasi", "Pagu (realisasi 2025)", "Pagu"],
        ["Paving", "Timur", 40_000_000, 50_000_000],
    ]
    read = read_proposals(listed(tmp_path, rows))
    assert ([item.amount for item in read.rows], read.notes) == (["0.05"], [])


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (
            ["Kegiatan", "Lokasi", "Rincian"],
            "Musrenbang list, which needs the headings Kegiatan, Lokasi, Pagu. Found: Kegiatan, Lokasi, Rincian. Missing: Pagu.",
        ),
        (["Sasaran", "Indikator", "Satuan"], "RPJMD list"),
        (["Nama", "Umur"], "no heading is known"),
    ],
)
def test_a_form_that_does_not_fit_is_told_what_it_lacks(tmp_path, monkeypatch, headings, told):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "tiny", tiny_tables())
    listed(tmp_path, [headings, ["a", "b", "c"][: len(headings)]])
    answer = CliRunner().invoke(app, ["import", "list.xlsx", "tiny", "--language", "en"])
    assert answer.exit_code == 3
    assert told in " ".join((answer.stdout + answer.stderr).split())


def test_a_hidden_list_is_told(tmp_path):
    file = listed(tmp_path, [["Kegiatan", "Lokasi", "Pagu"], ["Paving", "Timur", 50_000_000]])
    book = openpyxl.load_workbook(file)
    book.create_sheet("Catatan")
    book["Sheet"].sheet_state = "hidden"
    book.active = 1
    book.save(file)
    assert [note.code for note in read_proposals(file).notes] == ["sheet_hidden"]


def test_everything_told_of_a_list_stands_in_the_workbook(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "tiny", tiny_tables())
    rows = [[f"Paving {number}", "Nusa Lain", 50_000_000] for number in range(15)]
    listed(tmp_path, [["Kegiatan", "Lokasi", "Pagu"], *rows])
    CliRunner().invoke(app, ["import", "list.xlsx", "tiny", "--language", "en"])
    told = [
        row[0].value for row in openpyxl.load_workbook("list-proposals.xlsx")["Problems"].iter_rows(min_row=2)
    ]
    assert len(told) == 15
    assert told[-1].startswith("row 16: The place")
