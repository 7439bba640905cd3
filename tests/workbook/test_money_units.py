"""Units of money outside the cell: headings, lines above, rows of units, number formats; never a silent guess."""

import openpyxl
import pytest

from jspmodel.intake.folder import read_sheets
from jspmodel.workbook import read_workbook
from jspmodel.workbook.money_units import heading_unit, stated_unit
from jspmodel.workbook.musrenbang import read_proposals
from jspmodel.workbook.proposals import add_proposals
from tiny import tiny_tables, write_case
from workbook.books import plain_book, saved


def proposals(place, heading, value, *, above=(), below=(), number_format="General"):
    """Read a list with one proposal; return its amount and the codes of the notes."""
    book = openpyxl.Workbook()
    for line in above:
        book.active.append([line])
    book.active.append(["Kegiatan", "Lokasi", heading])
    for line in below:
        book.active.append(line)
    book.active.append(["Sumur bor", "Timur", value])
    book.active.cell(book.active.max_row, 3).number_format = number_format
    book.save(place / "list.xlsx")
    read = read_proposals(place / "list.xlsx")
    return [item.amount for item in read.rows], [note.code for note in read.notes]


@pytest.mark.parametrize(
    ("heading", "value", "billions"),
    [
        ("Pagu (Rp. 000)", 1_500_000, "1.5"),
        ("Pagu (000)", 1_500_000, "1.5"),
        ("Pagu (Rp'000)", 1_500_000, "1.5"),
        ("Pagu (x Rp1.000)", 1_500_000, "1.5"),
        ("Pagu (x 1.000.000)", 1500, "1.5"),
        ("Pagu (Rp.1.000,-)", 1_500_000, "1.5"),
        ("Pagu (Rp rb)", "1.500.000", "1.5"),
        ("Pagu (Rp jt)", 1500, "1.5"),
        ("Pagu (dlm jutaan)", 1500, "1.5"),
        ("Pagu dalam juta rupiah", 1500, "1.5"),
        ("Pagu (dalam ribuan rupiah)", 1_500_000, "1.5"),
        ("Kebutuhan Dana(Ribuan)", "1.500.000,00", "1.5"),
        ("Pagu (Rp Milyar)", 1.5, "1.5"),
        ("Pagu (triliun)", 0.0015, "1.5"),
        ("Pagu Indikatif 2027 (Rp)", 1_500_000_000, "1.5"),
        ("Pagu (indikatif)", 1_500_000_000, "1.5"),
        ("Pagu (Rp jt)", "1,5 miliar", "1.5"),  # what the cell says counts more
        ("Pagu (Rp)", "1,2 T", "1200"),
    ],
)
def test_a_heading_names_the_unit(tmp_path, heading, value, billions):
    assert proposals(tmp_path, heading, value) == ([billions], [])


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("Pagu (Rp M)", 1.5, "which_million"),
        ("Pagu (M)", 1500, "which_million"),
        ("Pagu (USD)", 100_000, "unit_unknown"),
        ("Pagu (US$)", 100_000, "unit_unknown"),
        ("Pagu (ribuan dolar)", 100, "unit_unknown"),
        ("Pagu (Rp/unit)", 1_500_000, "unit_unknown"),
        ("Pagu (lembar)", 100, "unit_unknown"),
        ("Pagu (10 ribu)", 150_000, "unit_unknown"),
        ("Pagu (Rp)", 1500, "unit_in_doubt"),
        ("Pagu (juta rupiah)", "Rp1.500.000.000", "unit_in_doubt"),
        ("Pagu (Rp)", "1.500.000.000.00", "digit_groups"),
        ("Pagu (Rp)", "1.500.0000", "digit_groups"),
        ("Pagu (Rp)", "1.500.000,000", "ambiguous_number"),
        ("Pagu (Rp)", "USD 100.000", "not_an_amount"),
        ("Pagu (Rp ribu)", "1.500", "ambiguous_number"),
    ],
)
def test_what_is_not_known_leaves_the_amount_blank_and_is_told(tmp_path, heading, value, code):
    assert proposals(tmp_path, heading, value) == ([""], [code])


@pytest.mark.parametrize(
    ("above", "below", "heading"),
    [
        (["Usulan 2027 (dalam ribuan rupiah)"], [], "Pagu"),
        (["Angka dalam ribuan rupiah"], [], "Pagu (Rp)"),
        (["Satuan: Rp 000"], [], "Pagu"),
        (["(dlm ribuan)"], [], "Pagu Indikatif"),
        ([], [[None, None, "(Rp. 000)"]], "Pagu"),
        ([], [["(1)", "(2)", "(3)"], [None, None, "Rp ribu"]], "Pagu"),
    ],
)
def test_a_line_above_or_a_row_of_units_names_it_too(tmp_path, above, below, heading):
    assert proposals(tmp_path, heading, 1_500_000, above=above, below=below) == (["1.5"], [])


def test_two_units_that_differ_are_a_question(tmp_path):
    found = proposals(tmp_path, "Pagu (Rp juta)", 1500, number_format='#,##0 "ribu"')
    assert found == ([""], ["unit_unknown"])
    assert stated_unit("Usulan dalam kota (Sleman)") is None
    assert heading_unit("Pagu (ribu, juta)").scale is None


@pytest.mark.parametrize(
    ("heading", "number_format", "value", "found"),
    [
        ("Pagu", '#,##0 "juta"', 1500, (["1.5"], [])),
        ("Pagu (Rp)", '"Rp"#,##0.0,," jt"', 1_500_000_000, (["1.5"], [])),  # the cell holds rupiah
        ("Pagu (ribu)", "#,##0,", 1_500_000_000, (["1.5"], [])),
        ("Pagu (Rp)", "#,##0,", 1_500_000, ([""], ["shown_in_thousands"])),
        ("Pagu", "[$$-409]#,##0", 100_000, ([""], ["unit_unknown"])),
        ("Pagu", '_-"Rp"* #,##0_-', 1_500_000_000, (["1.5"], [])),
        ("Pagu", '0.0,,," M"', 1_500_000_000, ([""], ["which_million"])),
        ("Pagu", '[>=1000000]0.0,,"jt";0', 1_500_000_000, ([""], ["unit_unknown"])),
    ],
)
def test_a_number_format_names_the_unit(tmp_path, heading, number_format, value, found):
    assert proposals(tmp_path, heading, value, number_format=number_format) == found


@pytest.mark.parametrize(("answer", "billions"), [("4,5 miliar", "4.5"), ("4,5 juta", "0.0045")])
def test_what_the_question_about_m_says_to_write_is_read_below_any_unit(tmp_path, answer, billions):
    for heading in ("Pagu (Rp)", "Pagu (Rp juta)", "Pagu (Rp M)", "Pagu"):
        place = tmp_path / heading
        place.mkdir()
        assert proposals(place, heading, answer) == ([billions], [])


def amounts(place, heading, values):
    book = openpyxl.Workbook()
    book.active.append(["Kegiatan", "Lokasi", heading])
    for number, value in enumerate(values):
        book.active.append([f"Sumur {number}", "Timur", value])
    book.save(place / "list.xlsx")
    sheets, _, _ = read_sheets(write_case(place / "tiny", tiny_tables()))
    found = add_proposals(sheets, read_proposals(place / "list.xlsx").rows)
    costs = found.sheets["program_costs"]
    fresh = [row[costs.columns.index("amount")] for row in costs.rows[-len(values) :]]
    return fresh, [(note.code, note.row) for note in found.notes]


def test_full_rupiah_below_a_heading_of_millions_is_a_question(tmp_path):
    """Budgets of the case come to Rp 5 billion a year: more than that is no single proposal."""
    found = amounts(tmp_path, "Pagu (juta)", [1500, 1_500_000_000])
    assert found == (["1.5", ""], [("implausible_amount", 3)])


@pytest.mark.parametrize(
    ("heading", "odd"), [("Pagu (Rp)", 1_500_000), ("Pagu (Rp)", 1_500_000_000_000), ("Pagu (ribu)", 1500)]
)
def test_an_amount_far_from_all_others_that_another_unit_would_mend_is_a_question(tmp_path, heading, odd):
    like = [2_000_000_000, 1_000_000_000] if heading == "Pagu (Rp)" else [2_000_000, 1_000_000]
    assert amounts(tmp_path, heading, [*like, odd]) == (["2", "1", ""], [("implausible_amount", 4)])


def own(place, heading, value, above=None):
    """Read budgets of a workbook of our own; return the change of the first amount and the errors."""
    folder = write_case(place / "tiny", tiny_tables())
    book = plain_book(tiny_tables())
    sheet = book["Pagu indikatif"]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 3).value = None if value is None else value
    sheet["C1"] = heading
    if above:
        sheet.insert_rows(1)
        sheet["A1"] = above
    reading = read_workbook(saved(book, place), folder)
    after = {cell.after for change in reading.changes for cell in change.changed if cell.column == "amount"}
    return after, {problem.code for problem in reading.errors}


@pytest.mark.parametrize(
    ("heading", "value", "above", "billions"),
    [
        ("Pagu (Rp juta)", 7500, None, "7.5"),
        ("Pagu (Rp 000)", 7_500_000, None, "7.5"),
        ("Pagu (Rp)", 7_500_000_000, None, "7.5"),
        ("Pagu", 7500, "Pagu 2027 (dalam jutaan rupiah)", "7.5"),
        ("Pagu (miliar rupiah)", 7.5, None, "7.5"),
        ("Pagu", "Rp7.500.000.000", None, "7.5"),
    ],
)
def test_own_tables_have_the_same_door(tmp_path, heading, value, above, billions):
    assert own(tmp_path, heading, value, above) == ({billions}, set())


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("Pagu (USD)", 7500, "unit_unknown"),
        ("Pagu (Rp M)", 7.5, "which_million"),
        ("Pagu (Rp)", 7.5, "unit_in_doubt"),
        ("Pagu (Rp juta)", 45_000_000_000, "unit_in_doubt"),
        ("Pagu (Rp juta)", "45.000.000.000", "unit_in_doubt"),
        ("Pagu", "7.500.000.000.00", "digit_groups"),
    ],
)
def test_own_tables_ask_the_same_questions(tmp_path, heading, value, code):
    _, codes = own(tmp_path, heading, value)
    assert code in codes


def test_full_rupiah_below_a_heading_of_our_own_tables_is_a_question(tmp_path):
    """As millions, 2,000,000,000 is Rp 2 million billion: more than all budgets."""
    folder = write_case(tmp_path / "tiny", tiny_tables())
    book = plain_book(tiny_tables())
    costs = book["Biaya program"]
    costs["E1"] = "Biaya (juta)"
    for row, value in enumerate((2_000_000_000, 1000, 3000, 3000, 500, 2000), 2):
        costs.cell(row, 5).value = value
    reading = read_workbook(saved(book, tmp_path), folder)
    assert [(problem.code, problem.cell) for problem in reading.errors] == [("implausible_amount", "E2")]
    costs["E2"] = 2000
    reading = read_workbook(saved(book, tmp_path), folder)
    assert (reading.changes, reading.errors) == ((), ())


def test_an_amount_far_beyond_all_others_in_billions_is_a_warning(tmp_path):
    folder = write_case(tmp_path / "tiny", tiny_tables())
    book = plain_book(tiny_tables())
    book["Biaya program"]["E2"] = 2_000_000  # Rp 2 million, in a column of billions
    reading = read_workbook(saved(book, tmp_path), folder)
    assert ("implausible_amount", "E2") in [(each.code, each.cell) for each in reading.problems]
    assert not reading.errors
