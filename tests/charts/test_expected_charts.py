"""What is to be expected: by region with its range, and step by step from the plan's own figure."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from hand import rows
from jspmodel import charts
from jspmodel.charts.render import svg
from jspmodel.text import all_wording
from small_decision import small_decision, small_plan

REGIONS = rows(
    "region promised low median high mean state",
    ("A", 22.0, 12.0, 18.0, 21.0, 17.5, "gains"),
    ("B", 2.0, 0.0, 1.5, 3.0, 1.4, "gains"),
)
IMPACT = np.array([10.0, 14.0, 16.0, 18.0, 20.0])
"""Median 16, mean 15.6."""
STEPS = pd.DataFrame(
    {
        "step": ["promised", "trend", "delivery", "noise", "simulated"],
        "impact": [20.0, 19.97, 15.0, 15.6, 15.6],
        "change": [0.0, -0.03, -4.97, 0.6, 0.0],
    }
)


@pytest.fixture
def decision():
    told = small_decision()
    told.__dict__["futures"] = replace(told.futures, regions=REGIONS, impact=IMPACT, promised=20.0)
    return told


def benefit(told, language="id"):
    return charts.region_benefit(told.case, told.plan, told.futures, language).to_dict()


def points(spec, field):
    return [row for data in spec["datasets"].values() for row in data if field in row]


def message(spec):
    return spec["usermeta"]["jspmodel"]


def test_the_region_to_gain_least_comes_first(decision):
    spec = benefit(decision)
    assert message(spec)["title"] == (
        "Beta diperkirakan memperoleh manfaat terkecil: kesenjangannya berkurang 1,5 persen; "
        "wilayah seluruhnya 16,0 persen."
    )
    shown = {row["name"]: (row["row"], row["figure"]) for row in points(spec, "figure")}
    assert shown == {"Beta": (0, "1,5 (0,0–3,0)"), "Alfa": (1, "18,0 (12,0–21,0)")}
    assert [list(row) for row in message(spec)["table"]["rows"]] == [
        ["Alfa", "18,0", "12,0–21,0", "22,0", "90,0", "4,0"],
        ["Beta", "1,5", "0,0–3,0", "2,0", "10,0", "0,0"],
    ]


def test_the_floor_is_drawn_where_there_is_one(decision):
    assert points(benefit(decision), "floor") == [{"floor": 1.5, "text": "Ambang pemerataan 1,5"}]
    without = replace(decision, plan=small_plan(equity=None))
    without.__dict__["futures"] = decision.futures
    assert not points(benefit(without), "floor")


def test_a_region_without_a_gap_has_no_row_but_stands_in_the_table(decision):
    futures = replace(decision.futures, regions=REGIONS.assign(state=["gains", "no_need"]))
    decision.__dict__["futures"] = futures
    spec = benefit(decision)
    assert [row["name"] for row in points(spec, "figure")] == ["Alfa"]
    assert list(message(spec)["table"]["rows"][1]) == ["Beta", "–", "–", "–", "10,0", "0,0"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_nobody_gains(decision, language):
    futures = replace(decision.futures, regions=REGIONS.assign(state="no_need"))
    decision.__dict__["futures"] = futures
    assert svg(benefit(decision, language))


def steps(told, language="id"):
    return charts.expectation_steps(STEPS, told.futures, language)


def test_steps_lead_from_the_plan_to_the_median(decision):
    # 20 less 4.97 of delivery, 0.6 more of shocks: mean 15.6; the median is 0.4 higher. The trend is not felt.
    spec = steps(decision).to_dict()
    keys = ("row", "from", "to", "kind", "figure")
    bars = sorted({tuple(row[key] for key in keys) for row in points(spec, "kind")})  # in two layers each
    assert [(kind, figure) for *_, kind, figure in bars] == [
        ("promised", "20,0"), ("loss", "−5,0"), ("gain", "+0,6"), ("gain", "+0,4"), ("expected", "16,0"),
    ]  # fmt: skip
    assert np.array([bar[1:3] for bar in bars]) == pytest.approx(
        np.array([[0, 20], [15, 19.97], [15, 15.6], [15.6, 16], [0, 16]])
    )
    assert message(spec)["title"] == (
        "Penurunan kesenjangan diperkirakan 16,0 persen, menurut rencana 20,0; pengurang terbesar: "
        "program yang gagal dan yang bergantung padanya (5,0 poin persen)."
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_name_of_each_step_fits_a_phone(language):
    names = {key: text for key, text in all_wording(language).items() if key.startswith("simulation.step_")}
    assert names
    assert [text for text in names.values() if len(text) > 46] == []


def test_the_table_has_every_step_and_adds_up(decision):
    table = message(steps(decision, "en").to_dict())["table"]["rows"]
    assert [row[1] for row in table] == ["", "0.0", "−5.0", "+0.6", "+0.4", ""]
    assert [row[2] for row in table] == ["20.0", "20.0", "15.0", "15.6", "16.0", "16.0"]


def test_a_plan_that_closes_nothing_has_no_steps(decision):
    decision.__dict__["futures"] = replace(decision.futures, promised=0.0)
    assert steps(decision) is None
