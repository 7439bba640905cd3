"""What is left of the budgets, by fund and year."""

import re

import pytest

from jspmodel import report
from jspmodel.plan import Payment
from selection.small import rows
from small_decision import small_case, small_decision, small_plan

USED = (
    Payment(program="P", fund="f", year=2027, amount=10.0),
    Payment(program="P", fund="f", year=2028, amount=20.0),
    Payment(program="P", fund="g", year=2028, amount=6.0),
)


def cells(html):
    return [re.findall(r">([^<>\n]*)<", row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]


def test_each_fund_and_year_with_what_is_left():
    # Budgets: f 10 and 20, g 6 in 2028. The plan pays 10 from f in 2027 and 4 from g in 2028.
    shown = report.unspent_money(small_decision(), "id")
    rows = [[cell for cell in row if cell.strip()] for row in cells(shown.html)]
    assert rows == [
        ["Sumber dana", "2027", "2028", "Belum terpakai", "Pagu"],
        ["F", "–", "20,0", "20,0", "30,0"],
        ["G", "–", "2,0", "2,0", "6,0"],
        ["Jumlah", "0,0", "22,0", "22,0", "36,0"],
    ]
    assert shown.title.replace("\N{NO-BREAK SPACE}", " ") == (
        "Rp14 miliar dari pagu Rp36 miliar dipakai; Rp22 miliar belum, terbanyak F (Rp20 miliar) "
        "dan pada 2028 (Rp22 miliar)."
    )


def test_the_most_is_the_darkest():
    shown = report.unspent_money(small_decision(), "id").html
    assert '<span class="heat s4">20,0</span>' in shown
    assert '<span class="heat s1">2,0</span>' in shown


@pytest.mark.parametrize("language", ["id", "en"])
def test_all_is_used(language):
    shown = report.unspent_money(small_decision(plan=small_plan(funding=USED)), language)
    assert "<table>" not in shown.html
    assert ("Habis terpakai: F dan G." if language == "id" else "Used up: F and G.") in shown.html


def test_the_last_row_is_all_money():
    # f is used up (30); of g, 6, the plan pays 4 in 2028.
    funding = (*USED[:2], Payment(program="P", fund="g", year=2028, amount=4.0))
    shown = report.unspent_money(small_decision(plan=small_plan(funding=funding)), "en")
    rows = [[cell for cell in row if cell.strip()] for row in cells(shown.html)]
    assert rows[1:] == [
        ["G", "–", "2.0", "2.0", "6.0"],
        ["Other funds (used up)", "–", "–", "–", "30.0"],
        ["Total", "0.0", "2.0", "2.0", "36.0"],
    ]


def test_what_would_be_told_as_nothing_is_a_dash():
    # f has 0.05 left in 2027, which one decimal rounds to the even 0.0; g has 0.06 in 2028.
    budgets = rows("fund year amount", ("f", 2027, 0.05), ("f", 2028, 20.0), ("g", 2028, 0.06))
    shown = report.unspent_money(
        small_decision(small_case(fund_budgets=budgets), small_plan(funding=())), "en"
    )
    found = [[cell for cell in row if cell.strip()] for row in cells(shown.html)]
    assert found[1:3] == [["F", "–", "20.0", "20.0", "20.0"], ["G", "–", "0.1", "0.1", "0.1"]]
