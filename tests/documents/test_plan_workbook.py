"""plan.xlsx: one tidy sheet a table, readable by people and by programs; no text in it is a formula."""

import re
from datetime import datetime

import numpy as np
import openpyxl
import pandas as pd
import pytest

from hand import J, W
from hand import rows as hand_rows
from jspmodel.documents.plan_workbook import write_workbook
from jspmodel.measure import Measure
from jspmodel.plan import Payment
from jspmodel.scenario import Scenario
from small_decision import small_case, small_decision, small_plan

SHEET = "|".join(("Pendanaan", "Rencana", "Kriteria", "Nilai penilai", "Bobot isu", "Kebutuhan", "Dampak"))
OURS = re.compile(
    rf"""=(?:(?:SUMPRODUCT|SUM|EXACT|MIN|ROUND)\(|'(?:{SHEET})'!|\$?[A-Z]+\$?\d+|"ya"|[-+*/=,:()]|\d+)+"""
)
"""A formula that names functions, sheets and cells of ours, and nothing from a table."""
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
    return openpyxl.load_workbook(file, data_only=True)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A book of a plan whose impacts are those that the measure gives: with formulas, and what they come to."""
    file = tmp_path_factory.mktemp("both") / "plan.xlsx"
    write_workbook(small_decision(plan=measured(small_plan())), file, "en")
    return openpyxl.load_workbook(file), openpyxl.load_workbook(file, data_only=True)


@pytest.fixture(scope="module")
def formulas(both):
    return both[0]


def measured(plan, case=None, scenario=None):
    """Return a plan with the impact of each programme as the measure gives it."""
    model = Measure(case or small_case(), scenario or Scenario())
    whole = model.impact(plan.choices).total

    def impact(program):
        return whole - model.impact([one for one in plan.choices if one.program != program]).total

    programs = tuple(
        item.model_copy(update={"impact": impact(item.program)}) if item.selected else item
        for item in plan.programs
    )
    return plan.model_copy(update={"programs": programs})


def rows(book, sheet):
    heads, *rest = book[sheet].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rest]


def test_the_sheets(book):
    assert book.sheetnames == [
        "Summary", "Plan", "Funding", "Funds by year", "Participants", "Regions", "Outputs", "Documents",
        "Effects", "Criteria", "Raters' scores", "Issue weights", "Needs", "Ties", "Impact",
        "Indicators", "Assumptions", "Run record",
    ]  # fmt: skip


def test_each_sheet_is_one_table_with_its_headings_held_in_place(book):
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        totals = sheet.title == "Funds by year"
        assert sheet.auto_filter.ref == re.sub(r"\d+$", str(sheet.max_row - totals), sheet.dimensions)
        assert sheet.print_area.replace("$", "").endswith(f"!{sheet.dimensions}")
        heads = [cell.value for cell in sheet[1]]
        assert None not in heads
        assert len({*heads}) == len(heads)
        assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in sheet[1])


def test_who_pays_what(book):
    assert rows(book, "Funding") == [
        {"Code": "P", "Programme": "Waste treatment", "Fund code": "f", "Fund": "F",
         "Holder": "the provincial government", "Year": 2027, "Budget (Rp billion)": 10},
        {"Code": "P", "Programme": "Waste treatment", "Fund code": "g", "Fund": "G",
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
        "Gap closed if all programmes work (percent)": 22, "Cost of programme parts in the region (Rp billion)": 4,
    }  # fmt: skip
    assert beta["Gap closed if all programmes work (percent)"] == 2
    formats = {cell.value: book["Regions"].cell(2, cell.column).number_format for cell in book["Regions"][1]}
    assert formats["Share of the need"] == "0.0%"
    assert formats["Region code"] == "@"


def test_indicators_as_expected_and_if_all_programmes_work(book):
    (last,) = (row for row in rows(book, "Indicators") if (row["Region code"], row["Year"]) == ("A", 2028))
    assert (last["Indicator code"], last["Unit"], last["Target"]) == ("t", "t", 0)
    assert last["Expected without the plan"] == 10  # one year of data has no trend
    assert (
        0 < last["Low (10th percentile)"] <= last["Expected (median)"] <= last["High (90th percentile)"] < 10
    )
    tie = W * 0.5 / (W + J * 0.8)  # how alike A (1, 0) and B (0.5, 0.8) are; they border
    effect = 0.5 * (1 + 0.1 * tie + 0.2)  # alone, with B, and with Q that complements it
    assert last["If all programmes work, without trend"] == pytest.approx(
        10 * (1 - 0.4 - 0.75 * (effect - 0.4))
    )


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
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "f"}
    assert all(OURS.fullmatch(formula) for formula in formulas)
    assert len(formulas) > 20
    cells = [cell for cell in cells if cell.data_type != "f"]
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


def worth(formula, book, title):
    """Return what a formula comes to with the figures that stand in a book."""

    def cells(match):
        sheet = book[match["sheet"].replace("''", "'")] if match["sheet"] else book[title]
        found = sheet[match["cells"].replace("$", "")]
        values = [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]
        values = ["" if value is None else value for value in values]
        held.append(np.array(values) if isinstance(found, tuple) else values[0])
        return f"held[{len(held) - 1}]"

    held = []
    named = re.compile(r"(?:'(?P<sheet>(?:[^']|'')+)'!)?(?P<cells>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)")
    told = named.sub(cells, formula[1:])
    told = re.sub(r"(?<![<>=])=(?!=)", "==", told)
    known = {"SUMPRODUCT": np.sum, "SUM": np.sum, "MIN": min, "ROUND": round, "EXACT": exact, "held": held}
    return eval(told, {"__builtins__": {}}, known)


def exact(one, other):
    return (one == other) * 1


def check_formulas(with_formulas, with_values):
    """Compute each formula of a book again; return how many there are."""
    found = [cell for sheet in with_formulas for row in sheet for cell in row if cell.data_type == "f"]
    for cell in found:
        title = cell.parent.title
        shown = with_values[title][cell.coordinate].value
        assert worth(cell.value, with_values, title) == pytest.approx(shown, abs=1e-6), cell.value
    return len(found)


def test_every_formula_comes_to_what_stands_beside_it(both):
    assert check_formulas(*both) > 30


def test_money_of_each_programme_and_fund_adds_up(book, formulas):
    assert formulas["Plan"]["J2"].value.startswith("=SUMPRODUCT(EXACT('Funding'!$A$2:$A$3,$A2)")
    assert [row["Budget (Rp billion)"] for row in rows(book, "Plan")] == [14, 0, None]
    last = rows(book, "Funds by year")[-1]
    assert (last["Fund"], last["2027"], last["2028"], last["Used (Rp billion)"]) == ("Total", 10, 4, 14)
    assert (last["Budget of all years (Rp billion)"], last["Not allocated (Rp billion)"]) == (36, 22)


def test_the_issue_of_a_programme_is_the_one_that_it_serves_most(tmp_path):
    """As in the report: P closes more of jobs, but waste weighs more than twice as much."""
    effects = hand_rows("program issue effect", ("P", "j", 0.6), ("P", "w", 0.5), ("Q", "j", 0.3))
    aims = small_case().issues.assign(objective=["Bersih", "Bekerja"])
    write_workbook(
        small_decision(small_case(program_effects=effects, issues=aims)), tmp_path / "plan.xlsx", "en"
    )
    plan = {row["Code"]: row for row in rows(openpyxl.load_workbook(tmp_path / "plan.xlsx"), "Plan")}
    issue = "Regional priority (strategic issue)"
    assert (plan["P"][issue], plan["P"]["Objective"]) == ("Waste", "Bersih")
    assert (plan["Q"][issue], plan["H"][issue]) == ("Kerja", None)


def test_the_agencies_beside_the_leading_one_stand_there_too(tmp_path):
    agencies = hand_rows(
        "agency region name", ("dlh", "", "DLH"), ("du", "A", "Dinas A"), ("db", "C", "Dinas C")
    )
    shared = hand_rows(
        "program agency region role",
        ("P", "dlh", "", "proposes"), ("P", "du", "A", "supports"), ("P", "db", "C", "supports"),
    )  # fmt: skip
    write_workbook(
        small_decision(small_case(agencies=agencies, program_agencies=shared)), tmp_path / "plan.xlsx", "en"
    )
    plan = {row["Code"]: row for row in rows(openpyxl.load_workbook(tmp_path / "plan.xlsx"), "Plan")}
    assert plan["P"]["Supporting agencies"] == "Dinas A"


def test_what_an_impact_is_computed_from(book):
    (waste,) = (row for row in rows(book, "Issue weights") if row["Issue code"] == "w")
    assert (waste["c1: Satu"], waste["c2: Dua"]) == (3, 5)
    assert waste["Score"] == pytest.approx(3.8)
    assert waste["Weight of the issue"] == pytest.approx(W)
    need = {(row["Issue code"], row["Region code"]): row["Need"] for row in rows(book, "Needs")}
    assert need["w", "A"] == pytest.approx(W * 0.75)
    assert need["j", "B"] == pytest.approx(J * 0.8 * 0.25)
    assert [row["Score"] for row in rows(book, "Raters' scores")] == [4, 2, 5, 2, 1]
    assert [row["Weight, adding up to 1"] for row in rows(book, "Criteria")] == [0.6, 0.4]
    effects = {row["Code"]: row for row in rows(book, "Effects")}
    assert effects["P"]["Effect (share of the gap)"] == 0.5
    assert (effects["Q"]["Level"], effects["Q"]["Effect (share of the gap)"]) == ("high", 0.3)
    assert rows(book, "Ties")[0]["Tie"] == pytest.approx(W * 0.5 / (W + J * 0.8))
    lost = {(row["Code"], row["Issue code"]) for row in rows(book, "Impact")}
    assert lost == {("P", "w"), ("Q", "j"), ("Q", "w")}  # without Q, P has no complement


def test_by_type_of_area_every_formula_comes_to_what_stands_beside_it(tmp_path):
    """Kota counts c1 alone: w scores 3 of 5 there, and the need of A is 3/5 x 1 x 3/4; B has no type."""
    case = small_case(
        regions=hand_rows("region name population area_type", ("A", "Alfa", 3, "kota"), ("B", "Beta", 1, "")),
        area_type_weights=hand_rows("area_type criterion weight", ("kota", "c2", 0), ("kota", "c1", 7)),
    )
    scenario = Scenario(weights_by_area_type=True)
    told = small_decision(case, measured(small_plan(), case, scenario), scenario)
    write_workbook(told, tmp_path / "plan.xlsx", "en")
    kept = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)
    assert check_formulas(openpyxl.load_workbook(tmp_path / "plan.xlsx"), kept) > 30
    (first, second) = rows(kept, "Criteria")
    assert (first["Weight (kota)"], first["Weight, adding up to 1 (kota)"]) == (7, 1)
    assert (second["Weight (kota)"], second["Weight, adding up to 1 (kota)"]) == (0, 0)
    (waste,) = (row for row in rows(kept, "Issue weights") if row["Issue code"] == "w")
    assert (waste["Score (kota)"], waste["Weight of the issue (kota)"]) == (3, 0.6)
    assert waste["Weight of the issue"] == pytest.approx(W)
    needs = {(row["Issue code"], row["Region code"]): row for row in rows(kept, "Needs")}
    assert needs["w", "A"]["Need"] == pytest.approx(0.45)
    assert needs["w", "B"]["Need"] == pytest.approx(W * 0.5 * 0.25)
    assert [needs["w", region]["Type of area"] for region in "AB"] == ["kota", None]


def test_the_sheet_says_what_the_impacts_add_up_to(formulas):
    note = formulas["Plan"]["O1"].comment.text
    whole = sum(item.impact for item in measured(small_plan()).programs)
    assert f"add up to {whole:.2f}, while the plan is worth 20.00" in note


def test_codes_that_a_spreadsheet_would_take_for_one_another_stay_apart(tmp_path):
    payments = (
        Payment(program="P", fund="f", year=2027, amount=10.0),
        Payment(program="P", fund="34.1", year=2028, amount=3.0),
        Payment(program="Q", fund="34.10", year=2028, amount=1.0),
    )
    funds = hand_rows(
        "fund name_id", ("f", "F"), ("g", "G"), ("34.1", "Satu"), ("34.10", "Dua"), ("*", "Bintang")
    )
    costs = {"P": 13.0, "Q": 1.0, "H": 0.0}
    plan = small_plan(funding=payments)
    paid = tuple(item.model_copy(update={"cost": costs[item.program]}) for item in plan.programs)
    decision = small_decision(small_case(funds=funds), measured(plan.model_copy(update={"programs": paid})))
    write_workbook(decision, tmp_path / "plan.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)
    used = {row["Fund"]: row["Used (Rp billion)"] for row in rows(book, "Funds by year")}
    assert used == {"F": 10, "G": 0, "Satu": 3, "Dua": 1, "Bintang": 0, "Total": 14}
    assert check_formulas(openpyxl.load_workbook(tmp_path / "plan.xlsx"), book) > 30


def test_under_another_objective_there_is_nothing_to_compute_an_impact_from(tmp_path):
    write_workbook(small_decision(plan=small_plan(objective_kind="score")), tmp_path / "plan.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert not {"Effects", "Needs", "Impact"} & {*book.sheetnames}
    assert book["Plan"]["O2"].value == 15
