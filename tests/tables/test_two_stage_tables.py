"""What the tables on a plan in two stages tell, in both languages; values by hand."""

import re
from dataclasses import replace
from html import unescape

import pytest

from jspmodel import tables
from jspmodel.plan import Choice
from jspmodel.selection.postoptimal import (
    Alternatives,
    Explanation,
    FutureWorth,
    Importance,
    StagedPlan,
    TwoStagePlan,
)
from selection.small import one_place
from small_decision import small_plan

A, B, C = (Choice(program=code, start=2027 + (code == "C"), regions=("A",)) for code in "ABC")
CASE = one_place([("A", 0.1, 1), ("B", 0.1, 1), ("C", 0.1, 1)], budget=1, years=(2027, 2028))
GOOD = FutureWorth("good", 0.5, "illustrative", 16.0, 12.0, 12.0, "found", 9.0, 9.0, "found")
BAD = FutureWorth("bad", 0.5, "", 10.0, 9.0, 9.5, "found", 9.0, 9.0, "found")
MEAN = StagedPlan((A,), ((A, C), (A,)), (12.0, 8.0), 10.0, 8.0, 10.0, 10.25)
TAIL = StagedPlan((B,), ((B, C), (B, C)), (9.0, 9.0), 9.0, 9.0, 9.0, 9.0)
STAGED = TwoStagePlan(2028, 0.5, 0.75, None, (GOOD, BAD), (B,), "found", MEAN, TAIL, None, "found", 0.0)


def told(staged, language="en"):
    none = Alternatives(0.02, 35, (), 0, True, (), ())
    found = Explanation(Importance(35, 35, 35, ()), none, two_stage=staged)
    part = tables.two_stage_table(CASE, small_plan(), found, language)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", part.html).split()))


def test_both_plans_side_by_side():
    """EVPI: (12 + 9) / 2 - 10.25 to (12 + 9.5) / 2 - 10. VSS: 10 - 9 to 10.25 - 9; so for the cost of the tail."""
    english = told(STAGED)
    assert english.startswith(
        "Planned for 2 futures: the plan that counts the worst 50 percent brings 1.00 percentage points more there "
        "than the plan for the mean, and 1.00 less on the mean (proven: 1.00 to 1.25)."
    )
    assert "No programme starts before 2028 in both plans." in english
    assert "would be worth 0.25 to 0.75 percentage points on the mean" in english
    assert "is worth 1.00 to 1.25 percentage points on the mean (value of the stochastic solution)" in english
    assert "Plan for the mean: another may be up to 2.50% better." in english
    assert "Plan for the worst: proven to be the best." in english
    assert "Plan for the mean 1 10.00 8.00 8.00 0.00 to 0.25" in english
    assert "Plan for the worst 1 9.00 9.00 9.00 1.00 to 1.25" in english
    assert "good 50.0 16.0 12.00 12.00 9.00 illustrative bad 50.0 10.0 9.00 to 9.50 8.00 9.00 –" in english
    assert "C C 2028: good; not: bad 2028: all" in english


def test_what_each_news_decides():
    """By the plan for the worst C starts in the good future alone."""
    staged = replace(STAGED, tail_plan=replace(TAIL, plans=((B, C), (B,))))
    english, indonesian = told(staged), told(staged, "id")
    assert (
        'If it turns out as "good" (50 percent), 1 programmes start from 2028 on by the plan for the worst.'
        in english
    )
    assert 'If it turns out as "bad" (50 percent), 0 programmes start from 2028 on' in english
    assert "Not started, though in another future (1): C C." in english
    assert 'Bila yang terjadi "bad" (50 persen), 0 program dimulai sejak 2028' in indonesian
    assert "Tidak dimulai, padahal dimulai pada kemungkinan lain (1): C C." in indonesian


def test_one_plan_for_both():
    english = told(replace(STAGED, tail_plan=MEAN))
    assert "the plan for the mean is also the best found for the worst 50 percent" in english
    assert "Years and regions of what starts before the news are the same in both." in english


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (
            "none",
            "Proven: no plan reaches 9.50 percentage points in the worst 50 percent; none is above 9.00.",
        ),
        (
            "not_found",
            "It is open whether a plan reaches 9.50 percentage points in the worst 50 percent; more than 9.00",
        ),
    ],
)
def test_a_tail_that_is_not_reached(finding, said):
    assert said in told(replace(STAGED, least_tail=9.5, tail_most=9.0, tail_finding=finding))


def test_a_start_that_gets_stuck_is_named():
    stuck = replace(BAD, mean_objective=None, mean_bound=None, mean_finding="none")
    english = told(replace(STAGED, futures=(GOOD, stuck)))
    assert "Proven: what the plan for the mean of all futures starts cannot go on in: bad." in english
    assert "value of the stochastic solution" not in english


@pytest.mark.parametrize("finding", ["none", "not_found"])
def test_without_plans(finding):
    gone = replace(BAD, objective=None, bound=None, finding=finding)
    staged = replace(STAGED, futures=(GOOD, gone), finding=finding, mean_plan=None, tail_plan=None)
    english, indonesian = told(staged), told(staged, "id")
    assert ("It is proven that no plans for these 2 futures" in english) == (finding == "none")
    assert ("in these futures no plan keeps all rules at all: bad." in english) == (finding == "none")
    assert ("mungkin tetap ada" in indonesian) == (finding == "not_found")
    apart = told(replace(staged, futures=(GOOD, BAD)))
    assert ("Each future by itself has a plan" in apart) == (finding == "none")


def test_drawn_futures_have_a_number():
    english = told(replace(STAGED, futures=(replace(GOOD, name="1"), replace(BAD, name="2"))))
    assert "Draw 1 50.0" in english
