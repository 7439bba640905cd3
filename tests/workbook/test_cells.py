"""What a planner's cell means, or the question that has to be asked."""

from datetime import date, datetime, time

import pytest

from jspmodel.errors import Problem
from jspmodel.intake.schemas import schema
from jspmodel.intake.typed_cells import Flaw
from jspmodel.text import words
from jspmodel.workbook.sheet_cells import cell_text


def field(table, column):
    return next(item for item in schema(table)["fields"] if item["name"] == column)


MONEY, PEOPLE, SHARE = (
    field("program_costs", "amount"),
    field("regions", "population"),
    field("fund_rules", "max_share"),
)
YEAR, DAY, TEXT = (
    field("fund_budgets", "year"),
    field("program_documents", "due"),
    field("programs", "name_id"),
)
KIND, VALUE = field("program_costs", "kind"), field("indicator_values", "value")


@pytest.mark.parametrize(
    ("written", "billions"),
    [
        ("Rp1.500.000.000", "1.5"),
        ("Rp 1.500.000.000,00", "1.5"),
        ("rp. 1.500.000.000,-", "1.5"),
        ("IDR 1,500,000,000", "1.5"),
        ("Rp2.000.000", "0.002"),
        ("1,5 miliar", "1.5"),
        ("Rp 2 triliun", "2000"),
        ("750 juta", "0.75"),
        ("Rp500.000 ribu", "ambiguous_amount"),
        ("1,5 M", "which_million"),
        ("Rp 1,5M", "which_million"),
        ("1.500,5", "1500.5"),
        ("1,500.5", "1500.5"),
        ("1.500", "ambiguous_amount"),
        ("1,500", "ambiguous_amount"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("0,075", "0.075"),
        (" 12 ", "12"),
        ("1 500 000", "1500000"),
        ("Rp 1,5", "Rp 1,5"),
        ("1,5 x", "1,5 x"),
        ("lima", "lima"),
        ("", ""),
    ],
)
def test_amounts_of_money(written, billions):
    found = cell_text(written, MONEY)
    assert (found.code if isinstance(found, Flaw) else found) == billions


def test_the_question_about_m_says_what_to_write_for_each_answer():
    for written, field, number, meant in (
        ("1,5 M", MONEY, "1,5", ("1.5", "0.0015")),
        ("4500 M", MONEY, "4500", ("4500", "4.5")),
        ("3,7 M", PEOPLE, "3,7", ("3700000000", "3700000")),
    ):
        flaw = cell_text(written, field)
        told = words(Problem(flaw.code, "", values=flaw.values), "id")
        answers = [f"{number} miliar", f"{number} juta"]
        assert told.endswith(f'Tulis "{answers[0]}" bila miliar, "{answers[1]}" bila juta.')
        assert tuple(cell_text(answer, field) for answer in answers) == meant
    shown = cell_text(1_500_000_000, MONEY, shown_as='0.0,,," M"')
    assert (shown.code, float(shown.values["number"])) == ("which_million", 1.5)  # as people see it


@pytest.mark.parametrize(
    ("value", "column", "shown_as", "text"),
    [
        (1.5, MONEY, "General", "1.5"),
        (1.125, MONEY, "General", "1.125"),
        (1500000000, MONEY, '"Rp"#,##0', "1.5"),
        (1.5, MONEY, '"Rp"#,##0.0', "1.5"),
        (0.15, SHARE, "0%", "0.15"),
        ("3,7 juta", PEOPLE, "", "3700000"),
        ("Rp 5", PEOPLE, "", "Rp 5"),
        (True, field("programs", "quick_win"), "", "true"),
        ("Ya", field("programs", "quick_win"), "", "Ya"),
        ("Pembangunan", KIND, "", "build"),
        ("BUILD", KIND, "", "build"),
        ("bangun", KIND, "", "bangun"),
        (34.1, TEXT, "", "34.1"),
        (5.0, TEXT, "", "5"),
        ("baris\r\ndua", TEXT, "", "baris\ndua"),
        ("- belum ada", TEXT, "", "- belum ada"),
        ("+62 274", TEXT, "", "+62 274"),
    ],
)
def test_other_cells(value, column, shown_as, text):
    assert cell_text(value, column, shown_as=shown_as) == text


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (datetime(2027, 1, 1), YEAR, "2027"),
        (datetime(2027, 12, 31), YEAR, "2027"),
        (datetime(1905, 7, 19), YEAR, "2027"),  # 2027 in a cell that shows days since 1900
        (datetime(2027, 3, 31), DAY, "2027-03-31"),
        (date(2027, 3, 31), DAY, "2027-03-31"),
        (datetime(2026, 2, 1), TEXT, "2026-02-01"),
        (datetime(2026, 2, 1, 13, 30), TEXT, "2026-02-01 13:30:00"),
    ],
)
def test_dates(value, column, text):
    assert cell_text(value, column) == text


@pytest.mark.parametrize(
    ("value", "column", "shown_as", "code"),
    [
        (datetime(2026, 5, 1), MONEY, "", "number_as_date"),
        (time(1, 5), MONEY, "", "number_as_date"),
        (12.5, VALUE, "0.0%", "shown_as_percent"),
        ("=1+1", TEXT, "", "looks_like_formula"),
        ("@SUM(A1)", TEXT, "", "looks_like_formula"),
        ("-2+3+cmd|' /C calc'!A0", TEXT, "", "looks_like_formula"),
        ("+HYPERLINK(A1)", TEXT, "", "looks_like_formula"),
    ],
)
def test_cells_in_doubt(value, column, shown_as, code):
    assert cell_text(value, column, shown_as=shown_as).code == code
