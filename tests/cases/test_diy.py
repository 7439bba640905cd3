"""Jogja Smart Province: one platform that digital programmes stand on, and systems out of those known."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from jspmodel.intake import load, shipped
from jspmodel.report import systems

FOLDER = shipped("data") / "diy"


@pytest.fixture(scope="module")
def case():
    return load(str(FOLDER))[0]


def told(case, starts, language="en"):
    """Return what is told of the systems where these programmes are selected."""
    _, scenario = load(str(FOLDER))
    chosen = [SimpleNamespace(program=code, start=year, regions=()) for code, year in starts.items()]
    plan = SimpleNamespace(selected=chosen, choices=chosen)
    return systems(SimpleNamespace(case=case, scenario=scenario, plan=plan), language).html


def test_few_of_the_systems_known_are_inventoried(case):
    assert case.known_systems == 524
    assert "18 of 524 information systems known to be there are inventoried" in told(case, {})


def test_the_platform_and_what_stands_on_it(case):
    """P01 is required by P02, P03, P06, P11, P25, P28, P36 and P46; P01 reuses S18 and S01, P03 S18 and S07."""
    page = told(case, {"P01": 2028, "P03": 2029})
    assert "8 programmes stand on P01 Jogja Center" in page
    assert "The plan starts it in 2028; 1 of those programmes follow: P03." in page
    assert "3 of 18 listed systems are reused or connected" in page


def test_without_the_platform_nothing_is_said_to_follow(case):
    assert "The plan starts it" not in told(case, {})


def test_a_case_asks_its_own_question(case):
    assert "sekali klik lewat satu platform" in case.question["id"]
