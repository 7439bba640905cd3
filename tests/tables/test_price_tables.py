"""What the tables of prices tell, in both languages."""

import re

import pandas as pd
import pytest

from jspmodel import tables
from jspmodel.figures import left_of_budgets
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import PLACES
from jspmodel.selection.rules import RELAXATIONS
from small_decision import small_case, small_plan

NONE = {**dict.fromkeys(PLACES, ""), "year": 0}


def prices(*rows):
    return pd.DataFrame([{**NONE, **row} for row in rows], columns=["rule", *PLACES, "price"])


def found(*rows):
    keys = ["fund", "amount", "gain", "least", "most", "adds", "drops", "stopped"]
    return pd.DataFrame([dict(zip(keys, row, strict=True)) for row in rows])


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).split())


def test_what_leeway_is_worth_dearest_first():
    table = prices(
        {"rule": "budget", "fund": "f", "year": 2027, "price": 0.1234},
        {"rule": "requires", "program": "P", "other": "Q", "price": 0.5},
        {"rule": "budget", "fund": "f", "year": 2028, "price": 0.02},
        {"rule": "budget", "fund": "g", "year": 2028, "price": 0.02},
        {"rule": "systems", "price": 0.0},
    )
    text = told(tables.price_table(small_case(), Scenario(), table, "en"))
    assert text.startswith("Rp 1 billion more from F in 2027 is worth at most 0.123 percentage points")
    places = [
        text.index(part) for part in ("need not wait for", "in 2027 0.123", "any one of: F and G 0.020")
    ]
    assert places == sorted(places)
    assert "system" not in text
    indonesian = told(tables.price_table(small_case(), Scenario(), table, "id"))
    assert indonesian.startswith("Rp1 miliar lagi dari F pada 2027 bernilai paling banyak 0,123 poin persen")


def test_money_of_which_the_plan_leaves_a_billion_is_worth_nothing_more():
    """P takes all 10 of f in 2027 and 4 of the 6 of g in 2028, where f has 20 and stands in for g."""
    case, plan = small_case(), small_plan()
    assert left_of_budgets(case, Scenario(), plan) == pytest.approx({("f", 2028): 20.0, ("g", 2028): 2.0})
    table = prices(
        {"rule": "budget", "fund": "f", "year": 2027, "price": 0.1},
        {"rule": "budget", "fund": "f", "year": 2028, "price": 0.2},
        {"rule": "budget", "fund": "g", "year": 2028, "price": 0.2},
        {"rule": "requires", "program": "P", "other": "Q", "price": 0.2},
    )
    text = told(tables.price_table(case, Scenario(), table, "en", plan))
    assert text.startswith("Rp 1 billion more from F in 2027 is worth at most 0.100")
    assert "2028" not in text
    assert "need not wait for" in text
    idle = table[table["year"] == 2028]
    text = told(tables.price_table(case, Scenario(), idle, "en", plan))
    assert text.startswith("Of the money that could pay for the same the plan leaves Rp 1 billion or more")


def test_no_budget_binds():
    text = told(tables.price_table(small_case(), Scenario(), prices(), "en"))
    assert text.startswith("No budget binds")


@pytest.mark.parametrize("rule", sorted(kind for kind, one in RELAXATIONS.items() if one.row))
def test_every_rule_has_words(rule):
    codes = {
        "program": "P",
        "other": "Q",
        "region": "A",
        "agency": "dlh",
        "dimension": "env",
        "fund": "f",
        "year": 2027,
    }
    table = prices({"rule": rule, **codes, "price": 1.0})
    for language in ("id", "en"):
        assert "{" not in told(tables.price_table(small_case(), Scenario(), table, language))


def test_what_the_next_billions_bring():
    table = found(
        ("", 0.0, 0.0, 0.0, 0.7, (), (), True),
        ("g", 1.0, 0.0, 0.0, 0.8, (), (), False),
        ("", 5.0, 0.3766, 0.04, 1.34, ("P",), ("Q",), True),
    )
    text = told(tables.next_table(small_case(), Scenario(), table, "en"))
    assert text.startswith(
        "Rp 5 billion more, from any funds, adds 0.38 percentage points (certainly between 0.04 and 1.34)."
    )
    assert "No more money 0 0.000* 0.000 0.700 –" in text
    assert "G 1 0.000 0.000 0.800 –" in text
    assert "Any funds 5 0.377* 0.040 1.340 in: P; out: Q" in text
    nothing = told(
        tables.next_table(small_case(), Scenario(objective="score"), table[:2].assign(fund=""), "id")
    )
    assert nothing.startswith(
        "Rp1 miliar lagi: tidak ditemukan rencana yang lebih baik; paling banyak bertambah 0,80 poin skor."
    )
