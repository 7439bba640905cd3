"""Tables of simulated futures, of a case worked out by hand."""

import re

import pytest

from hand import TABLES, rows
from jspmodel import tables
from jspmodel.simulation import PARTS, explain_promise, regret, simulate_futures
from simulation.test_compare import told
from simulation.worlds import P_IN_A, flat, hand

EMPTY = {"issue_regions": rows("issue region severity"), "borders": rows("region_a region_b")}


def cells(fragment):
    html = fragment._repr_html_()
    body = html[html.index("<tbody>") :]
    return [
        [
            re.sub("<[^>]+>", "", cell).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


@pytest.fixture
def case():
    return hand(indicators=TABLES["indicators"].assign(name_en="Tonnes", target_year=2028, target=5))


def test_targets_by_region(case):
    # Target 5: B is there, A (10) half of the way with P (7.5), the mean 8.75 without and 6.875 with P.
    shown = tables.target_table(case, simulate_futures(case, flat(), P_IN_A), "en")
    assert cells(shown) == [["Tonnes (t)", "5.0 (2028)", "0% → 0%", "Beta", "Alfa"]]
    assert shown.title.startswith("1 of 1 targets are out of reach")


def test_many_regions_are_counted():
    codes = [f"R{k}" for k in range(12)]
    regions = rows("region name population", *((code, code, 1) for code in ["A", *codes]))
    values = rows("indicator region year value", *(("t", code, 2024, 10) for code in codes))
    case = hand(regions=regions, indicator_values=values, **EMPTY)
    assert cells(tables.target_table(case, simulate_futures(case, flat(), ()), "en"))[0][-1] == "12 regions"
    both = hand(indicators=TABLES["indicators"].assign(target=1))
    assert (
        cells(tables.target_table(both, simulate_futures(both, flat(), ()), "en"))[0][-1] == "all 2 regions"
    )


def test_gains_by_region():
    shown = tables.gain_table(hand(), simulate_futures(hand(), flat(), P_IN_A), "en")
    # A has waste alone: half of it, in half of the horizon.
    assert cells(shown) == [
        ["Alfa", "25.0", "25.0", "25.0 – 25.0", "gains"],
        ["Beta", "0.0", "0.0", "0.0 – 0.0", "not yet helped"],
    ]
    assert shown.title.startswith("In 400 simulated futures 1 of 2 regions gain from the plan, 1 are not yet")


def test_promise_and_every_part():
    shown = tables.promise_table(explain_promise(hand(), flat(), P_IN_A), "id")
    assert len(cells(shown)) == len(PARTS) + 2
    assert [row[1] for row in cells(shown)] == ["", *["–"] * len(PARTS), ""]  # nothing acts in this case
    assert len({row[2] for row in cells(shown)}) == 1


def test_regret_with_titles():
    table = regret({"a": told(5, 3, 8, 4, promised=6), "b": told(2, 7, 6, 4)})
    shown = tables.regret_table(table, {"a": "Rencana A"}, "en")
    assert cells(shown) == [
        ["Rencana A", "6.0", "5.0", "1.0", "2.8", "4.0", "75%"],
        ["b", "0.0", "4.8", "1.2", "2.7", "3.0", "50%"],
    ]
    assert shown.title.startswith("Least regret: Rencana A")


def test_names_from_tables_stay_text(case):
    regions = TABLES["regions"].assign(name=["<script>alert(1)</script>", "Beta"])
    evil = hand(regions=regions, indicators=case.indicators.assign(name_en="<img src=x>"))
    futures = simulate_futures(evil, flat(), P_IN_A)
    for shown in (tables.target_table(evil, futures, "en"), tables.gain_table(evil, futures, "en")):
        assert "<script" not in shown.html
        assert "<img" not in shown.html
