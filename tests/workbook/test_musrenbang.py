"""A Musrenbang list as proposals: what it says is filled in, what it lacks is yellow, nothing is guessed."""

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.intake import load
from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.folder import read_sheets
from jspmodel.selection import select_programs
from jspmodel.text import words
from jspmodel.workbook import read_workbook, write_plan, write_proposals
from jspmodel.workbook.musrenbang import read_proposals
from jspmodel.workbook.proposal_row import ProposalRow
from jspmodel.workbook.proposals import add_proposals
from tiny import tiny_tables, write_case
from workbook.books import column

HEADINGS = [
    "No",
    "Prioritas Daerah",
    "Sasaran",
    "Program",
    "Kegiatan Prioritas",
    "Sasaran Kegiatan",
    "Lokasi",
    "Volume",
    "Pagu (Rp)",
    "Perangkat Daerah",
]
ROWS = [
    [
        1,
        "Kemiskinan",
        "Warga bekerja",
        "Program Kerja",
        "Bursa kerja",
        "500 peserta",
        "Kab. Timur",
        "2 kali",
        1_500_000_000,
        "Dinas Kerja",
    ],
    [2, None, None, None, "Magang desa", "", "Barat dan Timur", "3,5 km", "Rp750.000.000,00", "Dinas X"],
    [3, "Air", "", "Program Air", "Sumur", "", "Nusa Lain", "sesuai", "1,5 M", ""],
    [4, "", "", "", "PELATIHAN KERJA", "", "Timur, Barat", "", 3_000_000_000, ""],
    ["Jumlah", None, None, None, None, None, None, None, 2_255_000_000, None],
]
YELLOW = "FFFFF2B3"


@pytest.fixture
def folder(tmp_path):
    tables = tiny_tables()
    tables["regions"] = (
        "region,name,kind,population\n34.01,Kabupaten Timur,kabupaten,300\n34.10,Kota Barat,kota,100\n"
    )
    tables["agencies"] = "agency,name\nkerja,Dinas Kerja\n"
    return write_case(tmp_path / "tiny", tables)


@pytest.fixture
def file(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Tabel T-D.4"])
    sheet.append([])
    sheet.append(HEADINGS)
    sheet.append([f"({number})" for number in range(1, 11)])
    for row in ROWS:
        sheet.append(row)
    book.save(tmp_path / "musrenbang.xlsx")
    return tmp_path / "musrenbang.xlsx"


def test_rows_carry_what_is_merged_and_leave_out_totals(file):
    read = read_proposals(file)
    assert read.unknown == ("No",)
    assert [(note.code, note.row) for note in read.notes] == [("which_million", 7), ("total_row", 9)]
    assert words(read.notes[0], "id").endswith('Tulis "1,5 miliar" bila miliar, "1,5 juta" bila juta.')
    assert [(item.row, item.texts["activity"], item.texts["program"], item.amount) for item in read.rows] == [
        (5, "Bursa kerja", "Program Kerja", "1.5"),
        (6, "Magang desa", "Program Kerja", "0.75"),
        (7, "Sumur", "Program Air", ""),
        (8, "PELATIHAN KERJA", "Program Air", "3"),
    ]


@pytest.mark.parametrize(
    ("heading", "value", "amount"),
    [
        ("Pagu (juta rupiah)", 1500, "1.5"),
        ("Pagu (miliar rupiah)", 1.5, "1.5"),
        ("Pagu Indikatif", 1_500_000_000, "1.5"),
        ("Pagu", 1500, ""),  # rupiah cannot be meant, and nothing says what is
        ("Pagu (juta rupiah)", "Rp1.500.000.000", ""),
        ("Pagu", "1.500.000.000", "1.5"),
        ("Pagu", "750 juta", "0.75"),
        ("Pagu", "belum ada", ""),
    ],
)
def test_the_unit_of_a_budget(tmp_path, heading, value, amount):
    book = openpyxl.Workbook()
    book.active.append(["Kegiatan", "Lokasi", heading])
    book.active.append(["Sumur", "Timur", value])
    book.save(tmp_path / "list.xlsx")
    assert [item.amount for item in read_proposals(tmp_path / "list.xlsx").rows] == [amount]


def test_names_find_their_codes_and_nothing_is_guessed(folder, file):
    sheets = read_sheets(folder)[0]
    proposed = add_proposals(sheets, read_proposals(file).rows)
    assert proposed.known == ("PELATIHAN KERJA",)
    assert proposed.fresh == {
        "programs": 3,
        "program_regions": 4,
        "program_costs": 3,
        "program_effects": 3,
        "agencies": 1,
    }

    def new(table, *columns):
        sheet = proposed.sheets[table]
        places = [sheet.columns.index(name) for name in columns]
        return [tuple(row[place] for place in places) for row in sheet.rows[-proposed.fresh[table] :]]

    assert new("programs", "program", "name_id", "agency", "origin", "duration", "volume_unit") == [
        ("M001", "Bursa kerja", "kerja", "Musrenbang", "", "kali"),
        ("M002", "Magang desa", "OPD001", "Musrenbang", "", "km"),
        ("M003", "Sumur", "", "Musrenbang", "", ""),
    ]
    assert new("program_regions", "program", "region", "volume") == [
        ("M001", "34.01", "2"),
        ("M002", "34.01", ""),
        ("M002", "34.10", ""),
        ("M003", "", ""),
    ]
    assert new("program_effects", "program", "issue") == [
        ("M001", "poverty"),
        ("M002", "poverty"),
        ("M003", ""),
    ]
    (source,) = {text for text in new("programs", "source") if "Sumur" not in text and "Nusa Lain" in text[0]}
    assert source == ("Musrenbang, baris 7; Air; Nusa Lain; sesuai",)


def test_a_name_that_two_regions_share_finds_neither():
    regions = Sheet(
        "regions",
        "regions.csv",
        ("region", "name", "kind"),
        (2, 3),
        (("33.22", "Kabupaten Semarang", "kabupaten"), ("33.74", "Kota Semarang", "kota")),
        frozenset(),
        decimal_comma=False,
    )

    def located(text):
        texts = {"priority": "", "objective": "", "activity": "Sumur", "location": text}
        proposed = add_proposals({"regions": regions}, [ProposalRow(5, texts, "1")])
        return [row[1] for row in proposed.sheets["program_regions"].rows if len(row) > 1]

    assert located("Semarang") == []
    assert located("Kota Semarang") == ["33.74"]
    assert located("Kab. Semarang, Kota Semarang") == ["33.22", "33.74"]
    assert located("semua daerah") == ["33.22", "33.74"]


def test_a_place_beside_a_region_is_asked_about(tmp_path):
    """Jetis was taken, and nothing said of Magelang: money of another city became that of this one."""
    tables = tiny_tables()
    tables["regions"] = "region,name,kind,population\njetis,Kemantren Jetis,kemantren,300\n"
    tables["regions"] += "kraton,Kemantren Kraton,kemantren,100\n"
    case = write_case(tmp_path / "city", tables)
    (case / "datapackage.json").write_text('{"name": "city", "title": "Kota Yogyakarta"}', encoding="utf-8")
    places = [
        "Jetis, Kota Magelang",
        "RT 2/RW 3, Jetis, Kota Yogyakarta",
        "Jetis dan Kratonn",
        "Kraton, Jetis",
    ]
    book = openpyxl.Workbook()
    book.active.append(["Kegiatan", "Lokasi", "Pagu"])
    for number, place in enumerate(places):
        book.active.append([f"Sumur {number}", place, 1_500_000_000])
    book.save(tmp_path / "list.xlsx")
    proposed = write_proposals(case, tmp_path / "list.xlsx", tmp_path / "fill.xlsx", "id")
    told = [(note.row, note.values["beside"]) for note in proposed.notes if note.code == "region_beside"]
    assert told == [(2, "Kota Magelang"), (4, "Kratonn")]
    assert "menyebut Kemantren Jetis, dan juga" in words(proposed.notes[0], "id")
    sheet = proposed.sheets["program_regions"]
    rows = sheet.rows[-proposed.fresh["program_regions"] :]
    assert [row[1] for row in rows] == ["", "jetis", "", "jetis", "kraton"]
    assert set(proposed.doubts) == {("program_regions", "region", 0), ("program_regions", "region", 2)}


GROUPS = [
    ("I", "BIDANG PENDIDIKAN", "", ""),  # a heading alone
    (1, "Ruang kelas", "Timur", 50_000_000),
    ("II", "BIDANG KESEHATAN", "", 75_000_000),
    ("A", "Gizi", "", 45_000_000),
    (1, "Posyandu", "Timur", 20_000_000),
    (2, "Dapur", "Barat", 25_000_000),
    ("B", "Sanitasi", "", 30_000_000),
    (1, "Jamban", "Timur", 20_000_000),
    (2, "Sumur", "Timur", 10_000_000),
    ("", "Jumlah Bidang Kesehatan", "", 75_000_000),
    ("III", "BIDANG JALAN", "", 61_000_000),  # adds up nothing: a slip, or a proposal
    (1, "Jalan desa", "Timur", 60_000_000),
    (2, "Jembatan", "Timur", 30_000_000),  # 30 = 10 + 20 by chance, at places of their own
    (3, "Talud", "Barat", 10_000_000),
    (4, "Gorong-gorong", "Barat", 20_000_000),
]


def test_money_of_a_group_is_not_counted_beside_that_of_its_activities(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["No", "Kegiatan", "Lokasi", "Pagu (Rp)"])
    for row in GROUPS:
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    read = read_proposals(tmp_path / "list.xlsx")
    assert sum(float(item.amount or 0) for item in read.rows) == pytest.approx(0.245)
    assert [(item.row, item.amount) for item in read.rows if item.doubt] == [(12, "")]
    assert sorted((note.row, note.code) for note in read.notes) == [
        (2, "group_heading"),
        (4, "group_total"),
        (5, "group_total"),
        (8, "group_total"),
        (11, "group_total"),
        (12, "perhaps_group"),
    ]


def test_letters_that_count_proposals_make_no_groups(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["No", "Kegiatan", "Lokasi", "Pagu (Rp)"])
    for count, amount in (("A", 30), ("B", 20), ("C", 10)):
        book.active.append([count, f"Sumur {count}", "Timur", amount * 1_000_000])
    book.save(tmp_path / "list.xlsx")
    read = read_proposals(tmp_path / "list.xlsx")
    assert ([item.amount for item in read.rows], read.notes) == (["0.03", "0.02", "0.01"], [])


def test_what_is_lacking_is_yellow_and_once_filled_in_is_a_case(folder, file, tmp_path):
    assert write_proposals(folder, file, tmp_path / "fill.xlsx", "id").fresh["programs"] == 3
    book = openpyxl.load_workbook(tmp_path / "fill.xlsx")
    yellow = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=7)
        for cell in row
        if cell.fill.fgColor.rgb == YELLOW
    }
    programs, costs, effects = book["Usulan program"], book["Biaya program"], book["Dampak program"]
    duration = column(programs, "Lama pelaksanaan")
    assert {("Usulan program", f"{duration}{row}") for row in (10, 11, 12)} <= yellow
    assert ("Usulan program", f"{duration}9") not in yellow
    assert {cell for name, cell in yellow if name == "Biaya program"} == {"E15"}
    before = read_workbook(tmp_path / "fill.xlsx", folder)
    assert {problem.code for problem in before.errors} <= {"blank_cell", "effect_missing", "cost_missing"}
    for row in (10, 11, 12):
        programs[f"{duration}{row}"] = 1
        effects[f"{column(effects, 'Isu')}{row}"] = "poverty"
        effects[f"{column(effects, 'Tingkat dampak')}{row}"] = "low"
    costs["E15"], book["Daerah peserta"]["B14"] = 2, "34.10"
    book.save(tmp_path / "filled.xlsx")
    after = read_workbook(tmp_path / "filled.xlsx", folder)
    assert not after.errors
    added = {change.table: len(change.added) for change in after.changes}
    assert added == {
        "programs": 3,
        "program_regions": 4,
        "program_costs": 3,
        "program_effects": 3,
        "agencies": 1,
    }


def test_the_cost_of_a_list_is_spread_over_the_years_that_a_planner_gives(
    folder, file, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    write_proposals(folder, file, tmp_path / "fill.xlsx", "id")
    book = openpyxl.load_workbook(tmp_path / "fill.xlsx")
    programs, costs, effects = book["Usulan program"], book["Biaya program"], book["Dampak program"]
    for row, years in ((10, 2), (11, 1), (12, 1)):
        programs[f"{column(programs, 'Lama pelaksanaan')}{row}"] = years
        effects[f"{column(effects, 'Isu')}{row}"] = "poverty"
        effects[f"{column(effects, 'Tingkat dampak')}{row}"] = "low"
    costs["E15"], book["Daerah peserta"]["B14"] = 2, "34.10"
    book.save(tmp_path / "filled.xlsx")
    answer = CliRunner().invoke(app, ["import", "filled.xlsx", "tiny", "--yes"])
    assert answer.exit_code == 0, answer.output
    case, _ = load(str(folder))
    said = case.program_costs
    rows = [(row.program, row.offset, row.amount) for row in said.itertuples() if row.program.startswith("M")]
    assert rows == [("M001", 0, 0.75), ("M001", 1, 0.75), ("M002", 0, 0.75), ("M003", 0, 2)]


def test_a_planner_imports_a_list(folder, file, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(app, ["import", "musrenbang.xlsx", "tiny", "--language", "en"])
    assert answer.exit_code == 0, answer.output
    assert "List of proposals: 3 new, 1 already there" in answer.stdout
    assert (tmp_path / "musrenbang-proposals.xlsx").is_file()
    assert not (folder / "backup").exists()


def test_the_plan_that_we_write_can_be_read_as_a_list(tmp_path, folder):
    case, scenario = load(str(folder))
    write_plan(case, scenario, select_programs(case, scenario), tmp_path / "plan.xlsx", "id")
    proposals = {item.texts["activity"]: item.amount for item in read_proposals(tmp_path / "plan.xlsx").rows}
    assert sorted(proposals) == ["Data terpadu", "Pelatihan kerja", "Pengolahan sampah"]
    assert proposals["Pelatihan kerja"] == "3"


def test_a_renja_is_called_one_and_asks_for_what_a_plan_needs(tmp_path):
    """A case with no dimensions or agencies; the list is of one year, so that no start is asked for."""
    tables = tiny_tables()
    tables["programs"] = "program,name_id,duration\n"
    for table in ("agencies", "dimensions", "program_regions", "program_costs", "program_effects"):
        tables.pop(table, None)
    tables["issues"] = "issue,name_id\npoverty,Kemiskinan\nair,Air\n"
    folder = write_case(tmp_path / "tiny", tables)
    book = openpyxl.Workbook()
    for row in (
        ["RENCANA KERJA (RENJA) BAPPEDA TAHUN 2027"],
        ["Nama Kegiatan", "Lokasi", "Kebutuhan Dana (Rp)", "OPD"],
        ["Bursa kerja", "Timur", 1_500_000_000, "DLHK"],
        ["Sumur", "Barat", 2_000_000_000, "Dinas Lingkungan Hidup, Kehutanan"],
        ["Pompa", "Barat", 1_000_000_000, "DLHK, DPU"],
    ):
        book.active.append(row)
    book.save(tmp_path / "kerja.xlsx")
    proposed = write_proposals(folder, tmp_path / "kerja.xlsx", tmp_path / "fill.xlsx", "id")
    sheets = openpyxl.load_workbook(tmp_path / "fill.xlsx")
    programs, agencies = sheets["Usulan program"], sheets["Perangkat daerah"]
    assert [programs[f"{column(programs, 'Asal usulan')}{row}"].value for row in (7, 8, 9)] == ["Renja"] * 3
    assert [[cell.value for cell in row[:3]] for row in agencies.iter_rows(min_row=7, max_row=8)] == [
        ["DLHK", None, "DLHK"],
        ["OPD001", None, "Dinas Lingkungan Hidup, Kehutanan"],
    ]
    leading = [programs[f"{column(programs, 'Perangkat daerah pengampu')}{row}"].value for row in (7, 8, 9)]
    assert leading == ["DLHK DLHK", "OPD001 Dinas Lingkungan Hidup, Kehutanan", None]
    assert proposed.asked == {"programs": 3, "program_effects": 6}  # duration, issue and level
    (note,) = [note for note in proposed.notes if note.code == "agencies_added"]
    assert note.values["names"] == "DLHK; Dinas Lingkungan Hidup, Kehutanan"
    book.active["A1"] = "RENCANA KERJA (RENJA) BAPPEDA"
    book.save(tmp_path / "kerja.xlsx")
    undated = write_proposals(folder, tmp_path / "kerja.xlsx", tmp_path / "more.xlsx", "id")
    assert undated.asked == {"programs": 6, "program_effects": 6}  # start and duration


def test_a_yellow_cell_tells_in_a_comment_what_the_list_says_in_doubt(folder, file, tmp_path):
    """Row 7 of the list says "1,5 M" in I7 and a place that no region is."""
    write_proposals(folder, file, tmp_path / "fill.xlsx", "id")
    book = openpyxl.load_workbook(tmp_path / "fill.xlsx")
    comments = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=7)
        for cell in row
        if cell.comment
    }
    assert comments.keys() == {("Biaya program", "E15"), ("Daerah peserta", "B14")}
    amount, region = comments["Biaya program", "E15"], comments["Daerah peserta", "B14"]
    assert amount.startswith('musrenbang.xlsx, sel I7: "1,5 M": M berarti miliar atau million')
    assert region.startswith("musrenbang.xlsx, baris 7: ")
    assert "Nusa Lain" in region


def test_the_comment_of_an_amount_with_two_readings_can_be_obeyed(folder, file, tmp_path):
    book = openpyxl.load_workbook(file)
    book.active["I3"], book.active["I7"] = "Pagu (juta rupiah)", "1.250"
    for cell, amount in (("I5", 1500), ("I6", 750), ("I8", 3000)):
        book.active[cell] = amount
    book.save(file)
    write_proposals(folder, file, tmp_path / "fill.xlsx", "id")
    filled = openpyxl.load_workbook(tmp_path / "fill.xlsx")
    costs = filled["Biaya program"]
    assert "1250 juta (1,25 miliar) atau 1,25 juta (0,00125 miliar)" in costs["E15"].comment.text
    costs["E15"] = "1250 juta"
    filled.save(tmp_path / "filled.xlsx")
    reading = read_workbook(tmp_path / "filled.xlsx", folder)
    (change,) = (change for change in reading.changes if change.table == "program_costs")
    assert sorted(row.cells["amount"] for row in change.added) == [
        "0.75",
        "1.25",
        "1.5",
    ]  # row 8 is P01, which is there


@pytest.mark.parametrize(
    ("language", "told"), [("id", "tidak ada usulan baru, 1 sudah ada"), ("en", "nothing new, 1 are")]
)
def test_of_a_list_that_the_case_has_already_no_workbook_is_written(folder, file, tmp_path, language, told):
    """Row 8 is P01 with its regions and its amount; the others are taken out."""
    book = openpyxl.load_workbook(file)
    book.active.delete_rows(9)
    book.active.delete_rows(5, 3)
    book.save(file)
    before = sorted(tmp_path.iterdir())
    answer = CliRunner().invoke(app, ["import", str(file), str(folder), "--language", language])
    assert answer.exit_code == 0, answer.output
    assert told in " ".join(answer.stdout.split())
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("total", [1_500_000_000, "1.500.000.000", "Rp 1.500.000.000"])
def test_the_total_below_a_single_proposal_is_no_unit(tmp_path, total):
    book = openpyxl.Workbook()
    for row in (["Kegiatan", "Lokasi", "Pagu"], ["Sumur", "Timur", 1_500_000_000], ["", "", total]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert [item.amount for item in read_proposals(tmp_path / "list.xlsx").rows] == ["1.5"]
