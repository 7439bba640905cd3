"""Spending rules in the report: the article, what is asked for, how full it is each year."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from hand import rows
from jspmodel import report
from jspmodel.runs import NOT_ANALYSED, Sensitivity
from jspmodel.scenario import Scenario
from small_decision import small_case, small_decision, small_plan

EVIL = "</script><script>alert(1)</script>\"'&<b>"
COLUMNS = (
    "spending_rule name_id name_en bound share dimension fund base_amount base_total from_year legal_basis"
)
RULES = rows(
    COLUMNS,
    ("a", "Lingkungan dahulu", "Environment first", "min", 0.4, "env", "f", 30.0, 90.0, None, "UU 1"),
    ("b", "Tidak terlalu", "Not too much", "max", 1.0, "env", "g", None, None, 2028, ""),
)


def cells(html):
    return [re.findall(r">([^<>\n]*)<", row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]


def shown(language, prices=None, table=RULES):
    sensitivity = NOT_ANALYSED if prices is None else Sensitivity(prices=prices)
    decision = small_decision(small_case(spending_rules=table), sensitivity=sensitivity)
    return report.spending_shares_kept(decision, language)


def test_each_rule_with_its_article_and_the_share_of_each_year():
    # f pays 10 for P in 2027, all of it counts: 40 of 100; nothing in 2028: 30 of 90. g pays 4 in 2028.
    told = shown("id")
    table = [[cell for cell in row if cell.strip()] for row in cells(told.html)]
    assert table == [
        ["Aturan belanja", "Dasar hukum", "Diminta", "Di luar rencana", "2027", "2028"],
        ["Lingkungan dahulu", "UU 1", "sedikitnya 40%", "33,3%", "40,0%", "33,3%"],
        ["Tidak terlalu", "dasar hukum belum diisi", "paling banyak 100%", "–", "–", "100,0%"],
    ]
    assert told.title == (
        "Aturan belanja dipenuhi pada tiap tahun; yang paling ketat Lingkungan dahulu: 40,0% pada 2027, "
        "diminta sedikitnya 40%."
    )
    assert "Lingkungan dahulu: sedikitnya 40% (UU 1). Bersama belanja di luar rencana" in told.html
    assert "Tidak terlalu: paling banyak 100% dari belanja rencana ini (dasar hukum belum diisi)" in told.html


def test_what_leeway_is_worth_is_said_where_it_is_known():
    prices = pd.DataFrame(
        [
            ("spending_least", "a", 2027, 0.25),
            ("spending_least", "a", 2028, 0.5),
            ("spending_most", "b", 2028, 0.0),
        ],
        columns=["rule", "spending_rule", "year", "price"],
    )
    html = shown("en", prices).html
    assert "One percentage point of leeway in 2028 is worth about 0.500 percentage points at most" in html
    assert html.count("leeway") == 1


def test_without_rules_nothing_is_said():
    assert report.spending_shares_kept(small_decision(), "id") is None
    off = small_decision(small_case(spending_rules=RULES), scenario=Scenario(spending_rules=[]))
    assert report.spending_shares_kept(off, "id") is None
    assert shown("id", table=RULES.assign(from_year=2040)) is None


def test_a_fund_that_pays_nothing_has_no_share():
    only = RULES[1:].assign(from_year=2027)
    decision = small_decision(small_case(spending_rules=only), small_plan(funding=()))
    told = report.spending_shares_kept(decision, "en")
    assert told.title == "Nothing is spent that a spending rule is about."
    assert "Nothing is spent that it counts." in told.html


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_from_the_table_becomes_markup(language):
    poisoned = RULES.assign(**{name: RULES[name] + EVIL for name in ("name_id", "name_en", "legal_basis")})
    html = shown(language, table=poisoned).html
    assert "<script>" not in html
    assert "<b>" not in html


def test_rules_are_among_the_assumptions():
    case = small_case(spending_rules=RULES)
    told = list(report.assumption_sentences(small_decision(case), "en"))
    assert "Spending rule: Environment first, at least 40% (UU 1)." in told
    assert "Spending rule: Not too much, at most 100%; the table gives no legal basis." in told
    off = small_decision(case, scenario=Scenario(spending_rules=["b"]))
    assert "Spending rules of the table that this scenario does not apply: Environment first." in list(
        report.assumption_sentences(off, "en")
    )
