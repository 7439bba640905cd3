"""Amounts a hundred times above all others of their column: asked about by ``check`` and by ``import`` alike."""

from decimal import Decimal

import pytest

from jspmodel.intake import read_case
from jspmodel.text import words
from jspmodel.workbook import read_workbook
from tiny import tiny_tables, write_case
from told import assert_worded
from workbook.books import plain_book, saved

HEAD = "fund,year,amount\n"


def budgets(*amounts):
    """Return budgets of one fund after the other, three years each."""
    years = [(fund, year) for fund in ("apbd", "danais") for year in (2027, 2028, 2029)]
    return HEAD + "".join(
        f"{fund},{year},{amount}\n" for (fund, year), amount in zip(years, amounts, strict=False)
    )


def asked(tables, folder):
    _, problems = read_case(write_case(folder / "tiny", tables))
    assert_worded(problems)
    return [problem for problem in problems if problem.code == "amount_far_above"]


@pytest.mark.parametrize(
    ("amounts", "rows"),
    [
        ((15, 8, "6.5", 3, 2500), [6]),
        ((15, 8, 3, 2500, 2500), [5, 6]),  # the same mistake year after year
        ((15, 8, 3, 2500, 2500, 2500), []),  # as many as the others: neither is the usual one
        ((15, 8, 3, 2, 1499), []),  # less than a hundred times
        ((15, 8, 3, "0.015"), []),  # small is no mistake of that kind
        ((15, 2500), []),  # too few to tell
        ((1, 1, 1, 200), []),  # a thousandth of it would be unlike the others
    ],
)
def test_budgets_in_another_unit_are_asked_about(tmp_path, amounts, rows):
    found = asked(tiny_tables() | {"fund_budgets": budgets(*amounts)}, tmp_path)
    assert [problem.row for problem in found] == rows
    assert all(problem.warning for problem in found)
    for problem in found:
        assert problem.values == {"amount": 2500.0, "most": 15.0, "likely": Decimal("2.5")}
        told = words(problem, "id")
        assert "Rp2.500 miliar sedikitnya seratus kali jumlah lain" in told
        assert "tulis 2,5;" in told


def test_a_cost_is_asked_about_too_once_a_row(tmp_path):
    """P01 costs 2000 in Timur beside 1, 3, 3, 0.5 and 2: Rp 2 billion in millions."""
    tables = tiny_tables()
    tables["program_costs"] = tables["program_costs"].replace("P01,34.01,build,0,2", "P01,34.01,build,0,2000")
    (problem,) = asked(tables, tmp_path)
    assert (problem.file, problem.row, problem.column) == ("program_costs.csv", 2, "amount")
    assert problem.values["likely"] == Decimal(2)


def test_an_import_asks_with_the_cell(tmp_path):
    """Budgets are 4, 4, 4 and 1."""
    folder = write_case(tmp_path / "tiny", tiny_tables())
    book = plain_book(tiny_tables())
    book["Pagu indikatif"]["C3"] = 2500
    reading = read_workbook(saved(book, tmp_path), folder)
    assert [each.cell for each in reading.problems if each.code == "amount_far_above"] == ["C3"]
    assert not reading.errors
