"""What two plans in stages are worth in each future as a chart; values by hand."""

from dataclasses import replace

import pytest

from jspmodel import charts
from jspmodel.charts.render import svg
from jspmodel.selection.postoptimal import (
    Alternatives,
    Explanation,
    FutureWorth,
    Importance,
    StagedPlan,
    TwoStagePlan,
)
from small_decision import small_plan

GOOD = FutureWorth("good", 0.25, "", 16.0, 12.0, 12.5, "found", None, None, "found")
BAD = FutureWorth("bad", 0.5, "", 10.0, 9.0, 9.5, "found", None, None, "found")
DRAWN = FutureWorth("7", 0.25, "", 10.0, None, 10.0, "not_found", None, None, "found")
MEAN = StagedPlan((), ((), (), ()), (12.0, 8.0, 8.5), 9.1, 8.0, 9.1, 9.2)
TAIL = StagedPlan((), ((), (), ()), (9.0, 9.0, 8.75), 8.9, 8.75, 8.9, 8.9)
STAGED = TwoStagePlan(
    2028, 0.5, 0.75, None, (GOOD, BAD, DRAWN), None, "found", MEAN, TAIL, None, "found", 0.0
)


def explained(staged):
    none = Alternatives(0.02, 35, (), 0, True, (), ())
    return Explanation(Importance(35, 35, 35, ()), none, two_stage=staged)


def drawn(staged=STAGED, language="en"):
    return charts.two_stage(small_plan(), explained(staged), language).to_dict()


def message(spec):
    return spec["usermeta"]["jspmodel"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_says_something_and_can_be_drawn(language):
    spec = drawn(language=language)
    assert " ".join(spec["title"]["text"]) == message(spec)["title"]
    assert 'class="mark-' in svg(spec)


def test_the_worst_future_of_the_mean_leads_and_what_is_not_known_is_not_drawn():
    told = message(drawn())
    assert told["title"] == (
        "In the future that is worst for the plan for the mean (bad), the plan for the worst brings 9.00 "
        "percentage points instead of 8.00."
    )
    assert [tuple(row) for row in told["table"]["rows"]] == [
        ("bad", "50.0", "8.00", "9.00", "9.00", "9.50"),
        ("Draw 7", "25.0", "8.50", "8.75", "–", "10.00"),
        ("good", "25.0", "12.00", "9.00", "12.00", "12.50"),
    ]
    alone = [
        {row["future"] for row in rows}
        for rows in drawn()["datasets"].values()
        if rows and "future" in rows[0]
    ]
    assert sorted(map(len, alone)) == [2, 3]
    assert {"bad", "good"} in alone


def test_of_many_futures_the_worst_are_drawn_and_all_told():
    many = tuple(replace(GOOD, name=f"f {k}", probability=1 / 25) for k in range(25))
    plans = {
        "mean_plan": replace(MEAN, plans=((),) * 25, worths=tuple(float(k) for k in range(25))),
        "tail_plan": replace(TAIL, plans=((),) * 25, worths=(1.0,) * 25),
    }
    spec = drawn(replace(STAGED, futures=many, **plans))
    assert {row["future"] for rows in spec["datasets"].values() for row in rows if "future" in row} == {
        f"f {k}" for k in range(20)
    }
    assert len(message(spec)["table"]["rows"]) == 25
    assert "Of 25 futures the 20 that are worst" in spec["description"] + str(message(spec))


def test_two_plans_that_are_alike_where_it_is_worst():
    told = message(drawn(replace(STAGED, tail_plan=MEAN)))
    assert told["title"] == "In the worst future (bad) both plans bring 8.00 percentage points."


def test_where_there_is_nothing_to_draw_there_is_no_chart():
    assert charts.two_stage(small_plan(), None, "id") is None
    assert charts.two_stage(small_plan(), explained(None), "id") is None
    nothing = replace(STAGED, mean_plan=None, tail_plan=None, finding="none")
    assert charts.two_stage(small_plan(), explained(nothing), "id") is None
