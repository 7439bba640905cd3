"""plan.xlsx: one tidy sheet a table, readable by people and by programs, and nothing in it is a formula."""

from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from hand import J, W
from jspmodel.documents.plan_workbook import write_workbook
from small_decision import small_case, small_decision

BAD = (
    '=HYPERLINK("http://a.b";"x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-1+1",
    "\tx",
    "=1",
    "../x",
    "\u202eabc",
    "🦆",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    file = tmp_path_factory.mktemp("book") / "plan.xlsx"
    write_workbook(small_decision(), file, "en")
    return openpyxl.load_workbook(file)


def rows(book, sheet):
    heads, *rest = book[sheet].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rest]


def test_the_sheets(book):
    assert book.sheetnames == [
        "Summary", "Plan", "Funding", "Participants", "Regions", "Outputs", "Documents",
        "Indicators", "Assumptions", "Run record",
    ]  # fmt: skip


def test_each_sheet_is_one_table_with_its_headings_held_in_place(book):
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        heads = [cell.value for cell in sheet[1]]
        assert None not in heads
        assert len({*heads}) == len(heads)
        assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in sheet[1])


def test_who_pays_what(book):
    assert rows(book, "Funding") == [
        {"Code": "P", "Priority activity": "Waste treatment", "Fund code": "f", "Fund": "F",
         "Holder": "the provincial government", "Year": 2027, "Budget (Rp billion)": 10},
        {"Code": "P", "Priority activity": "Waste treatment", "Fund code": "g", "Fund": "G",
         "Holder": "the provincial government", "Year": 2028, "Budget (Rp billion)": 4},
    ]  # fmt: skip


def test_what_is_chosen_and_what_is_not(book):
    plan = {row["Code"]: row for row in rows(book, "Plan")}
    assert [*plan] == ["P", "Q", "H"]
    assert plan["P"]["Impact (percentage points)"] == 15
    assert (plan["P"]["First year"], plan["P"]["Budget (Rp billion)"]) == (2027, 14)
    assert plan["H"]["Impact (percentage points)"] is None
    assert plan["H"]["Reason"]


def test_who_takes_part(book):
    pairs = [(row["Code"], row["Year"], row["Region code"]) for row in rows(book, "Participants")]
    assert pairs == [("P", 2027, "A"), ("P", 2027, "B"), ("Q", 2028, "A"), ("Q", 2028, "B")]


def test_what_is_promised_counts_from_the_start(book):
    (output,) = rows(book, "Outputs")  # of H nothing is promised
    assert (output["Code"], output["Region"], output["Year"]) == ("P", "Alfa", 2028)
    assert (output["Output indicator"], output["Target"], output["Unit"]) == ("Sampah terolah", 120, "t/hari")


def test_what_is_to_be_signed(book):
    signed = [(row["Document"], row["Due"], row["Done"]) for row in rows(book, "Documents")]
    assert signed == [
        ("perjanjian kerja sama", datetime(2026, 11, 30), "no"),
        ("SK", datetime(2026, 10, 31), "yes"),
    ]


def test_regions_and_their_units(book):
    alfa, beta = rows(book, "Regions")
    assert alfa == {
        "Region code": "A", "Region": "Alfa", "Population (people)": 3, "Share of the need": 0.9,
        "Gap closed (percent)": 22, "Cost of its own parts (Rp billion)": 4,
    }  # fmt: skip
    assert beta["Gap closed (percent)"] == 2
    formats = {cell.value: book["Regions"].cell(2, cell.column).number_format for cell in book["Regions"][1]}
    assert formats["Share of the need"] == "0.0%"
    assert formats["Region code"] == "@"


def test_indicators_without_and_with_the_plan(book):
    (last,) = (row for row in rows(book, "Indicators") if (row["Region code"], row["Year"]) == ("A", 2028))
    assert (last["Indicator code"], last["Unit"], last["Target"]) == ("t", "t", 0)
    assert last["Without the plan"] == 10
    tie = W * 0.5 / (W + J * 0.8)  # how alike A (1, 0) and B (0.5, 0.8) are; they border
    effect = 0.5 * (1 + 0.1 * tie + 0.2)  # alone, with B, and with Q that complements it
    assert last["With the plan"] == pytest.approx(10 * (1 - 0.4 - 0.75 * (effect - 0.4)))


def test_sources_say_what_rests_on_them(tmp_path):
    case = small_case()
    funds = case.funds.assign(source=["Perda 1", "Perda 1"], status="observed")
    people = case.regions.assign(source=["Dukcapil", ""], status=["estimated", ""])
    decision = small_decision(small_case(funds=funds, regions=people))
    write_workbook(decision, tmp_path / "plan.xlsx", "en")
    found = rows(openpyxl.load_workbook(tmp_path / "plan.xlsx"), "Sources")
    assert [tuple(row.values()) for row in found] == [
        ("Dukcapil", "estimated", "Regions", 1),
        ("Perda 1", "observed", "Funds", 2),
    ]


def test_both_languages_have_the_same_sheets(tmp_path, book):
    write_workbook(small_decision(), tmp_path / "plan.xlsx", "id")
    other = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert [sheet.dimensions for sheet in other] == [sheet.dimensions for sheet in book]
    assert not {*other.sheetnames} & {*book.sheetnames}
    assert other["Dokumen"]["C2"].value == "perjanjian kerja sama"


@pytest.mark.parametrize("text", [*BAD, "x" * 10_000, "=" + "9" * 40_000], ids=lambda text: repr(text[:8]))
def test_no_text_becomes_a_formula(tmp_path, text):
    case = small_case()
    programs = case.programs.assign(name_id=text, name_en=text, nomenclature=text, volume_unit=text)
    documents = case.program_documents.assign(kind=text, signer=text, source=text, status=text)
    regions = case.regions.assign(name=text)
    tables = {"programs": programs, "program_documents": documents, "regions": regions}
    write_workbook(small_decision(small_case(**tables)), tmp_path / "plan.xlsx", "id")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.hyperlink is None for cell in cells)
    shown = [cell for cell in cells if str(cell.value).startswith(text[:1000])]
    assert len(shown) > 10
    if text[0] in "=+-@":
        assert all(cell.quotePrefix for cell in shown)
    assert all(
        dimension.height is None or dimension.height <= 409
        for sheet in book
        for dimension in sheet.row_dimensions.values()
    )


def test_codes_stay_text(tmp_path):
    case = small_case()
    named = {
        table: frame.replace({"A": "34.10"}) for table, frame in case.tables().items() if not frame.empty
    }
    plan = small_decision().plan
    there = tuple(
        item.model_copy(update={"region": "34.10"}) if item.region == "A" else item for item in plan.regions
    )
    chosen = tuple(
        item.model_copy(update={"regions": ("34.10", "B")}) if item.selected else item
        for item in plan.programs
    )
    decision = small_decision(
        small_case(**named), plan.model_copy(update={"regions": there, "programs": chosen})
    )
    write_workbook(decision, tmp_path / "plan.xlsx", "en")
    codes = pd.read_excel(tmp_path / "plan.xlsx", sheet_name="Regions")["Region code"]
    assert codes.tolist() == ["34.10", "B"]
