"""Staff in the report: how many people the plan needs each year, of how many there are."""

from __future__ import annotations

import re

import pandas as pd

from hand import rows
from jspmodel import report
from jspmodel.runs import NOT_ANALYSED, Sensitivity
from jspmodel.scenario import Scenario
from small_decision import MORE, small_case, small_decision

EVIL = "</script><script>alert(1)</script>\"'&<b>"
# P is in the plan from 2027 on and takes a year; H is not in it.
STAFF = {
    "programs": MORE["programs"].assign(duration=[1, 1, 1]),
    "staff_kinds": rows("staff_kind name_id name_en", ("an", "analis", "analysts")),
    "agency_staff": rows("agency staff_kind people", ("dlh", "an", 3)),
    "program_staff": rows(
        "program staff_kind agency phase people",
        ("P", "an", "dlh", "build", 2.5),
        ("P", "an", "dlh", "trains", 1),
        ("H", "an", "dlh", "build", 3),
    ),
}
PRICES = pd.DataFrame(
    [("staff", "dlh", "an", 2027, 0.25), ("staff", "dlh", "an", 2028, 0.0), ("parallel", "dlh", "", 0, 9.0)],
    columns=["rule", "agency", "staff_kind", "year", "price"],
)


def shown(language, prices=None, scenario=None, **tables):
    sensitivity = NOT_ANALYSED if prices is None else Sensitivity(prices=prices)
    decision = small_decision(
        small_case(**{**STAFF, **tables}), sensitivity=sensitivity, scenario=scenario or Scenario()
    )
    found = report.staff_use(decision, language)
    return None if found is None else (found.title, found.html.replace("\N{NO-BREAK SPACE}", " "))


def test_people_needed_of_those_there_are_year_by_year():
    title, html = shown("en")
    cells = [re.findall(r">([^<>\n]*)<", row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]
    assert [[cell for cell in row if cell.strip()][1:] for row in cells] == [
        ["Kind of staff", "2027", "2028"],
        ["analysts", "2.5 of 3", "0 of 4"],
    ]
    assert title.endswith("(analysts): 2.5 of 3 people needed in 2027.")
    assert "hardly anybody is left" in html
    assert "Training in the plan adds 1 people (analysts" in html
    assert "from 2028 on" in html


def test_what_one_more_is_worth_is_said_where_it_is_known():
    assert "bernilai paling banyak kira-kira 0,250" in shown("id", PRICES)[1]
    assert "pada 2027 bernilai" in shown("id", PRICES)[1]
    assert "bernilai" not in shown("id")[1]


def test_nothing_is_shown_where_nobody_limits_the_plan():
    assert shown("id", scenario=Scenario(staff_limits=False)) is None
    assert shown("id", agency_staff=STAFF["agency_staff"].iloc[:0]) is None


def test_names_are_escaped():
    _, html = shown("en", staff_kinds=rows("staff_kind name_id name_en", ("an", EVIL, EVIL)))
    assert "<script>alert" not in html
