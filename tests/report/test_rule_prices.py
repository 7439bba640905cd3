"""What rules cost in the report, the memo's sentences, the chart and the workbook."""

from __future__ import annotations

import re

import openpyxl
import pandas as pd
import pytest

from hand import rows
from jspmodel import charts, report
from jspmodel.documents.plan_workbook import write_workbook
from jspmodel.runs import Sensitivity
from jspmodel.text import LANGUAGES
from small_decision import small_case, small_decision

EVIL = "</script><script>alert(1)</script>\"'&<b>"
TABLE = rows(
    "spending_rule name_id name_en bound share dimension legal_basis",
    ("a", "Lingkungan dahulu", "Environment first", "min", 0.4, "env", "UU 1 pasal 2"),
    ("b", "Tidak terlalu", "Not too much", "max", 1.0, "env", ""),
)
COLUMNS = "rule column code price least most adds drops searched stopped"
A = ("spending_rules", "spending_rule", "a", 0.5, 0.123, 0.871, ("H",), ("Q",), True, False)
B = ("spending_rules", "spending_rule", "b", 0.0, 0.0, 0.3, (), (), True, False)
STAFF = ("staff_limits", "", "", 0.0, 0.0, 0.0, (), (), False, False)
LOCK = ("locked_in", "program", "P", 1.25, 1.25, 1.25, (), (), True, True)
ALL = ("", "", "", 1.5, 1.0, 2.0, ("H",), (), True, False)


def decided(*found, table=TABLE):
    prices = pd.DataFrame(list(found), columns=COLUMNS.split())
    return small_decision(small_case(spending_rules=table), sensitivity=Sensitivity(rules=prices))


def cells(html):
    found = [
        re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
    ]
    return [[re.sub(r"<[^>]+>|\s+", " ", cell).strip() for cell in row] for row in found]


def test_the_dearest_leads_and_each_is_told_with_what_is_proven():
    told = report.rule_prices(decided(A, B, STAFF, ALL), "id")
    assert told.title == (
        "Dari aturan yang dapat dicabut, menurut yang ditemukan, yang termahal: Lingkungan dahulu. "
        "Tanpanya rencana terbaik bernilai 0,50 poin persen lebih tinggi (terbukti: 0,12 sampai 0,88)."
    )
    assert [row[:4] for row in cells(told.html)][1:] == [
        ["Lingkungan dahulu", "UU 1 pasal 2", "0,50", "0,12 sampai 0,88"],
        ["Tidak terlalu", "–", "0,00", "0,00 sampai 0,30"],
        ["Tenaga perangkat daerah cukup untuk programnya", "–", "0,00", "0,00"],
        ["Semua aturan ini sekaligus", "–", "1,50", "1,00 sampai 2,00"],
    ]
    assert (
        "Lingkungan dahulu (UU 1 pasal 2): tanpa ini rencana terbaik yang ditemukan bernilai 0,50"
        in told.html
    )
    assert "Programnya masuk: H; keluar: Q." in told.html
    assert "Tanpa Tidak terlalu" not in told.html  # no article is known


def test_what_a_lock_costs_names_its_programme_and_says_that_time_ran_out():
    told = report.rule_prices(decided(A, LOCK), "en")
    assert "the dearest: Locked-in programmes are carried out: Waste treatment. Without it" in told.title
    assert cells(told.html)[1][2:] == ["1.25*", "1.25", "–"]


def test_a_price_that_is_only_possible_is_not_told_as_one():
    told = report.rule_prices(decided(B, STAFF), "en")
    assert (
        told.title
        == "Without any one of the rules no better plan was found; it would be worth at most 0.30 percentage points more."
    )
    named = TABLE.assign(legal_basis="Law 1")
    assert (
        "Not too much (Law 1): without this no better plan was found"
        in report.rule_prices(decided(B, table=named), "en").html
    )


def test_what_is_proven_to_cost_nothing_is_said_so():
    free = (*A[:3], 0.0, 0.0, 1e-5, (), (), True, False)
    told = report.rule_prices(decided(free, STAFF), "en")
    assert told.title == "Proven: no rule that can be switched off costs the plan anything by itself."
    assert "Environment first (Law" not in told.html
    assert "Environment first (UU 1 pasal 2): costs nothing (proven)." in told.html
    assert (
        charts.rule_price_ranges(
            small_case(), small_decision().scenario, decided(free).sensitivity.rules, "en"
        )
        is None
    )


def test_nothing_is_said_where_nobody_asked_or_no_rule_can_be_switched_off():
    assert report.rule_prices(small_decision(), "id") is None
    assert report.rule_prices(decided(), "id") is None
    assert charts.rule_price_ranges(small_case(), small_decision().scenario, None, "id") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_draws_what_may_cost_something(language):
    decision = decided(A, B, STAFF, ALL)
    drawn = charts.rule_price_ranges(decision.case, decision.scenario, decision.sensitivity.rules, language)
    table = drawn.usermeta["jspmodel"]["table"]
    assert table["rows"][0][0] == {"id": "Lingkungan dahulu", "en": "Environment first"}[language]
    assert len(table["rows"]) == 3
    assert drawn.usermeta["jspmodel"]["title"].startswith({"id": "2 dari 3", "en": "2 of 3"}[language])
    each = charts.rule_price_ranges(
        decision.case, decision.scenario, decided(A, B).sensitivity.rules, language
    )
    assert each.usermeta["jspmodel"]["title"].startswith({"id": "Tiap", "en": "Each"}[language])


def test_what_a_table_says_is_not_markup():
    evil = TABLE.assign(name_id=EVIL, name_en=EVIL, legal_basis=EVIL)
    html = report.rule_prices(decided(A, B, table=evil), "id").html
    assert "<script>" not in html
    assert "<b>" not in html


def test_the_workbook_has_a_sheet_of_it(tmp_path):
    write_workbook(decided(A, STAFF), tmp_path / "plan.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    told = [[cell.value for cell in row] for row in book["Prices of rules"].iter_rows()]
    assert ["Environment first", "UU 1 pasal 2", 0.5, 0.123, 0.871, "H", "Q"] in told
    assert "Found (percentage points)" in {cell for row in told for cell in row}
    write_workbook(small_decision(), tmp_path / "plain.xlsx", "en")
    assert "Prices of rules" not in openpyxl.load_workbook(tmp_path / "plain.xlsx").sheetnames
