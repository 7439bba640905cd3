"""Co-funding in the report: what regions must bear of their own part, and what their own funds pay."""

from __future__ import annotations

import re

import pandas as pd

from hand import rows
from jspmodel import report
from jspmodel.plan import Payment
from jspmodel.runs import NOT_ANALYSED, Sensitivity
from jspmodel.scenario import Scenario
from small_decision import MORE, small_case, small_decision, small_plan

EVIL = "</script><script>alert(1)</script>\"'&<b>"
# P is in the plan from 2027 on: 10 shared in 2027, 4 in A in 2028, of which A must bear a quarter; B costs nothing.
COFUNDING = {
    "regions": rows("region name population fiscal_capacity", ("A", "Alfa", 3, "low"), ("B", "Beta", 1, "")),
    "funds": rows("fund name_id holder", ("f", "F", ""), ("g", "G", "A")),
    "cofunding_shares": rows("fiscal_capacity least_share", ("low", 0.25)),
}
PLAN = small_plan(
    funding=(
        Payment(program="P", fund="f", year=2027, amount=10.0),
        Payment(program="P", fund="f", year=2028, amount=2.5),
        Payment(program="P", fund="g", year=2028, amount=1.5),
    )
)
PRICES = pd.DataFrame(
    [("cofunding", "P", "A", 0.25), ("staff", "P", "A", 9.0)], columns=["rule", "program", "region", "price"]
)


def decided(prices=None, scenario=None, **tables):
    sensitivity = NOT_ANALYSED if prices is None else Sensitivity(prices=prices)
    case = small_case(**{**COFUNDING, **tables})
    return small_decision(case, PLAN, scenario or Scenario(), sensitivity)


def shown(language, prices=None, scenario=None, **tables):
    found = report.cofunding_kept(decided(prices, scenario, **tables), language)
    return None if found is None else (found.title, plain(found.html))


def plain(html):
    return html.replace("\N{NO-BREAK SPACE}", " ")


def test_what_each_region_must_bear_and_bears():
    title, html = shown("en")
    cells = [re.findall(r">([^<>\n]*)<", row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]
    assert [[cell for cell in row if cell.strip()][1:] for row in cells] == [
        ["Fiscal capacity", "Least share", "Own part", "Must bear", "Pays", "Share in fact"],
        ["low", "25%", "4.0", "1.0", "1.5", "38%"],
        ["–", "–", "0.0", "0.0", "0.0", "–"],
    ]
    assert plain(title).startswith(
        "By their fiscal capacity regions must bear Rp 1 billion of their own part of Rp 4 billion"
    )
    assert "Every region bears more than it must" in html
    assert "Nothing is asked of Beta" in html


def test_where_it_binds_and_what_a_point_is_worth():
    shares = rows("fiscal_capacity least_share", ("low", 0.375))
    html = shown("id", PRICES, cofunding_shares=shares)[1]
    assert "37,5" in html
    assert (
        "Yang paling terikat Alfa: dari 1 kali dana pendamping diminta (tiap program, tiap tahun), 1 kali"
        in html
    )
    assert "bernilai paling banyak kira-kira 0,250" in html
    assert "harga bayangan" not in shown("id")[1]


def test_nothing_is_shown_where_nothing_is_asked():
    assert shown("id", scenario=Scenario(cofunding=False)) is None
    assert shown("id", cofunding_shares=COFUNDING["cofunding_shares"].iloc[:0]) is None


def test_my_region_says_what_it_must_bear():
    html = plain(report.my_region(decided(), "id").html)
    assert "Dengan kapasitas fiskal rendah, Alfa harus menanggung sedikitnya 25" in html
    assert "Tidak ada dana pendamping yang diminta dari Beta (kapasitas fiskal: –)." in html
    assert "dana pendamping" not in plain(
        report.my_region(decided(scenario=Scenario(cofunding=False)), "id").html
    )


def test_names_are_escaped():
    names = rows("region name population fiscal_capacity", ("A", EVIL, 3, "low"), ("B", "Beta", 1, "low"))
    assert "<script>alert" not in shown("en", regions=names, programs=MORE["programs"])[1]
