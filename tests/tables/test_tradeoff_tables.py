"""What tables, chart and sheet tell of several objectives, in both languages: fronts by hand."""

import re
from dataclasses import replace

import openpyxl
import pytest

from jspmodel import charts, tables
from jspmodel.charts.render import svg
from jspmodel.documents.why_pages import explanation_pages
from jspmodel.plan import Choice
from jspmodel.selection.postoptimal import (
    Alternatives,
    CompromisePlan,
    Explanation,
    Importance,
    ObjectiveKey,
    ObjectiveOutcome,
    OpenBox,
    ParetoFront,
    ParetoPoint,
    PayoffRow,
    PayoffTable,
)
from jspmodel.tables import compromise_answer, front_answer, payoff_answer
from jspmodel.workbook import write_pages
from small_decision import small_case, small_plan

BOTH = pytest.mark.parametrize("language", ["id", "en"])
CLOSED, COST = ObjectiveKey("gap_closed", "percent", False), ObjectiveKey("cost", "money", True)
P, Q, H = (Choice(program=code, start=2027, regions=("A",)) for code in "PQH")


def front(**more):
    """Three plans: 20 percent for 14 billion (the present plan), 16 for 9, 5 for 2; the middle one is not proven."""
    points = (
        ParetoPoint((20.0, 14.0), (P, Q), 14.0, 20.0, True, True),
        ParetoPoint((16.0, 9.0), (P,), 9.0, 17.001, False, False),
        ParetoPoint((5.0, 2.0), (H,), 2.0, 5.0, True, False),
    )
    boxes = (OpenBox((16.0, 17.001), (13.9, 9.0)),)
    whole = ParetoFront(
        (CLOSED, COST), points, boxes, (20.0, 2.0), (20.0, 14.0), False, (0.001, 0.0005), 0, False
    )
    return replace(whole, **more)


def explained(found):
    return Explanation(
        Importance(20.0, 20.0, 20.0, ()), Alternatives(0.02, 20.0, (), 0, False, (), ()), tradeoff=found
    )


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).split())


def test_what_one_objective_costs_of_another():
    text = told(tables.tradeoff_table(small_case(), small_plan(), explained(front()), "en"))
    assert text.startswith(
        "“Money spent” can go from Rp 14.0 billion to Rp 2.0 billion; “Gap closed” then goes from 20.00 percent to "
        "5.00 percent."
    )
    # From 14 to 9 billion is 5 of 12, less than half.
    assert "At least half" not in text
    assert "Proven of the present plan (20.00 percent; Rp 14.0 billion)" in text
    # 17.001 - 16 is 1.001: at most 1.01.
    assert "none of them can be bettered by more than 1.01 percentage points in “Gap closed”" in text
    assert "1 (the present plan) 20.00 14.0 20.00 2 – –" in text
    assert "2 16.00 9.0 16.00 to 17.01 1 – Q" in text
    assert "3 5.00 2.0 5.00 1 H P" in text


def test_half_of_the_way_where_a_plan_is_there():
    points = list(front().points)
    points[1] = replace(points[1], values=(16.0, 8.0))
    sentences = front_answer(small_case(), front(points=tuple(points)), "en").sentences
    assert sentences[0] == (
        "At least half of that way is had for 4.00 percentage points of “Gap closed”: Rp 8.0 billion at 16.00 percent."
    )


def test_a_present_plan_that_can_be_bettered_and_a_front_that_is_proven():
    points = tuple(replace(one, present=False) for one in front().points)
    found = front(points=points, present=(15.0, 9.5), boxes=(), exact=True, without_equity=True)
    sentences = front_answer(small_case(), found, "en").sentences
    assert "bettered: the plan with 16.00 percent and Rp 9.0 billion is as good in both" in sentences[0]
    assert sentences[1] == "Proven: these 3 plans are all there are."
    assert "The equity rule of the scenario does not hold here" in sentences[-1]


def test_one_plan_that_is_best_in_both():
    found = front(points=front().points[:1])
    title = front_answer(small_case(), found, "en").title
    assert title.startswith("One plan is the best known in both: 20.00 percent for “Gap closed”")


def test_nothing_is_shown_where_it_was_not_asked():
    nothing = explained(None)
    assert tables.tradeoff_table(small_case(), small_plan(), nothing, "en") is None
    assert tables.tradeoff_table(small_case(), small_plan(), None, "en") is None
    assert charts.tradeoff(small_case(), nothing, "en") is None


@BOTH
def test_the_chart_has_plans_boxes_and_the_present_plan(language):
    chart = charts.tradeoff(small_case(), explained(front()), language)
    layers = chart.to_dict()["layer"]
    assert [layer["mark"]["type"] for layer in layers] == ["rect", "point", "point"]
    data = chart.to_dict()["datasets"]
    rows = {len(values): values for values in data.values()}
    assert {(row["x"], row["y"]) for row in rows[3]} == {(20.0, 14.0), (16.0, 9.0), (5.0, 2.0)}
    assert svg(chart.to_dict())


def test_a_box_without_an_end_is_drawn_to_the_edge():
    found = front(boxes=(OpenBox((0.0, 9.0), (1.0, 0.0)), OpenBox((20.0, 60.0), (14.0, 9.0))))
    chart = charts.front(small_case(), found, "en").to_dict()
    scale = chart["layer"][0]["encoding"]["x"]["scale"]["domain"]
    boxes = next(rows for rows in chart["datasets"].values() if "x2" in rows[0])
    # The points go from 5 to 20, with 8 percent of 15 as room: 1.2.
    assert scale == pytest.approx([3.8, 21.2])
    assert [(row["x"], row["x2"]) for row in boxes] == [
        (pytest.approx(3.8), 9.0),
        (20.0, pytest.approx(21.2)),
    ]


def test_a_chart_of_a_front_that_is_proven():
    assert svg(charts.front(small_case(), front(boxes=(), exact=True), "en").to_dict())


@BOTH
def test_the_sheet_has_what_the_front_has(tmp_path, language):
    pages = explanation_pages(small_case(), small_plan(), explained(front()), language)
    file = tmp_path / "why.xlsx"
    write_pages(pages, file)
    name = {"id": "Dua tujuan", "en": "Two objectives"}[language]
    rows = list(openpyxl.load_workbook(file)[name].values)
    table = [row for row in rows if isinstance(row[0], int)]
    assert [row[:4] for row in table] == [(1, 20, 14, 20), (2, 16, 9, 17.01), (3, 5, 2, 5)]
    assert [row[7:11] for row in table] == [(2, None, None, "P, Q"), (1, None, "Q", "P"), (1, "H", "P", "H")]


@BOTH
def test_the_trade_off_table(language):
    rows = (
        PayoffRow("gap_closed", (20.0, 14.0), 20.404, False, (P, Q), 14.0),
        PayoffRow("cost", (5.0, 2.0), 2.0, True, (H,), 2.0),
    )
    found = PayoffTable((CLOSED, COST), rows, (20.0, 2.0), (5.0, 14.0), (20.0, 14.0), False)
    answer = payoff_answer(small_case(), found, language)
    cells = [row[1:] for row in answer.tables[0].table.rows]
    if language == "en":
        assert cells == [("20.00", "14.0", "20.00 to 20.41", "14.0"), ("5.00", "2.0", "2.0", "2.0")]
        assert answer.sentences[1] == (
            "“Money spent” lies between Rp 14.0 billion and Rp 2.0 billion on these plans; the present plan has "
            "Rp 14.0 billion."
        )
    assert len(answer.sentences) == 2


def compromise(approach, *asked, **more):
    first = ObjectiveOutcome(CLOSED, 16.0, 20.0, asked[0])
    second = ObjectiveOutcome(COST, 9.0, 8.96, asked[1])
    plan = CompromisePlan(
        approach, (P,), 9.0, (first, second), None, None, False, ("Q",), (), None, False, False
    )
    return replace(plan, **more)


def cells(found):
    return list(compromise_answer(small_case(), found, "en").tables[0].table.rows)


def test_one_plan_by_several_objectives():
    levels = compromise("hierarchical", (0.2,), ())
    levels = replace(levels, outcomes=(replace(levels.outcomes[0], least=16.0), levels.outcomes[1]))
    assert cells(levels) == [
        ("Gap closed (percent)", "16.00", "16.00 to 20.00", "loss of 20% allowed: 16.00 percent"),
        # 8.96 is rounded down: so little is not ruled out.
        ("Money spent (Rp billion, less is better)", "9.0", "9.0 to 8.9", "what is left"),
    ]
    weighed = compromise("weighted", (0.75,), (0.25,), achieved=0.61, bound=0.6123, weights_scaled=True)
    assert [row[3] for row in cells(weighed)] == ["weight 0.75", "weight 0.25"]
    sentences = compromise_answer(small_case(), weighed, "en").sentences
    assert "It costs Rp 9.0 billion." in sentences
    assert "Leave: Q." in sentences
    assert any("Its weighted sum is 0.6100" in one and "no plan exceeds 0.6123" in one for one in sentences)
    assert "The weights did not add up to 1; they were scaled so that they do." in sentences
    assert "It is not proven that no plan is better by this approach." in sentences
    near = compromise("reference_point", (20.0, 5.0), (2.0, 14.0), achieved=0.4, bound=0.4, proven=True)
    assert cells(near)[1][3] == "aspired to Rp 2.0 billion, enough Rp 14.0 billion"
    assert (
        "Proven: no plan is better by this approach." in compromise_answer(small_case(), near, "en").sentences
    )


@BOTH
@pytest.mark.parametrize("name", ["issue:", "region:"])
def test_what_a_part_is_called(name, language):
    case = small_case()
    code = case.issues["issue"].iloc[0] if name == "issue:" else "A"
    key = ObjectiveKey(f"{name}{code}", "percent", False)
    found = front(objectives=(key, COST))
    of = case.names("issues", language)[code] if name == "issue:" else "Alfa"
    assert of in front_answer(case, found, language).title
