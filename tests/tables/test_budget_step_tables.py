"""Where the best plan changes as the ceilings grow, in both languages: the published case, and steps by hand.

Budgets and worths of the published case: ``frontier_breakpoints`` (see test_exact_frontier); 17 is 100 percent.
"""

import re

import pytest

from jspmodel import charts, tables
from jspmodel.charts.render import svg
from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import (
    Alternatives,
    BudgetPresence,
    ExactFrontier,
    Explanation,
    FrontierBound,
    FrontierStep,
    Importance,
    Stretch,
    budget_presence,
    exact_frontier,
)
from jspmodel.tables.budget_step_tables import frontier_steps_answer
from selection.postoptimal.published import BUDGET, by_score, published
from small_decision import small_case, small_plan

BOTH = pytest.mark.parametrize("language", ["id", "en"])


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).replace("&#39;", "'").split())


def explained(found):
    return Explanation(
        Importance(0.0, 0.0, 0.0, ()), Alternatives(0.02, 0.0, (), 0, False, (), ()), frontier=found
    )


@pytest.fixture(scope="module")
def solved():
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    return case, plan, explained(exact_frontier(case, scenario, most=56 / BUDGET, workers=1))


def test_where_the_published_case_changes(solved):
    """20 / 17 = 1.17647: from there on 115, of 114; not a rupiah of the million below."""
    text = told(tables.frontier_steps_table(*solved, "en"))
    assert text.startswith(
        "From 117.65 percent of this scenario's ceilings on (Rp 3.00 billion more) the best plan is worth more: by "
        "1.00 score points (proven: 1.00)."
    )
    assert (
        "At this scenario's own ceilings (Rp 17.00 billion) the best plan is worth 114.00 score points (proven)."
        in text
    )
    assert "Proven: from 100.00 to 117.64 percent nothing changes" in text
    # The widest: from 48 to 55, 29 to 34 and 39 to 44, in percent of 17, rounded inwards.
    assert (
        "the widest first (proven, in percent): 282.36 to 323.52; 170.59 to 199.99; 229.42 to 258.81." in text
    )
    assert (
        "above 0.00 and up to 329.41 percent at which the best plan comes to be worth more: 30. Proven: there are no others."
        in text
    )


def test_rows_are_those_around_the_scenario_and_the_rest_is_counted(solved):
    answer = frontier_steps_answer(*solved, "en")
    rows_shown = answer.tables[0].table.rows
    # Worth from 87 (11 of 17) to 158 (29 of 17): of the 31 steps 9 are below, 10 above.
    assert [row[2] for row in rows_shown] == [
        f"{w}.00" for w in (87, 90, 94, 106, 109, 114, 115, 133, 134, 139, 150, 158)
    ]
    assert any("Shown are the 12" in one and "9 below and 10 above" in one for one in answer.sentences)
    here = next(row for row in rows_shown if "holds at 100" in row[0])
    # At 16 the best are 1, 2, 4, 7 and 9 (109), at 17 the fourth makes room for the tenth.
    assert here[1:] == ("17.00", "114.00", "P10", "P4")
    assert answer.tables[0].table.columns[-2:] == ("Enter", "Leave")


def test_in_indonesian(solved):
    text = told(tables.frontier_steps_table(*solved, "id"))
    assert text.startswith(
        "Mulai 117,65 persen pagu skenario ini (tambahan Rp3,00 miliar) rencana terbaik bernilai lebih tinggi: 1,00 poin skor"
    )
    assert "Terbukti: dari 100,00 sampai 117,64 persen tidak ada yang berubah" in text
    assert "buku kerja dan berkas JSON" in text


def step(scale, worth, *codes, bound=None, least=None, until=None, proven=False):
    choices = tuple(Choice(program=code, start=2027) for code in codes)
    return FrontierStep(scale, 36.0 * scale, worth, bound, choices, least, until, proven)


def frontier(*steps, bounds=(), today=1.0, least=0.5, most=1.5, floor=None, exact=False):
    """Rp 36 billion at a factor of 1, as the plan of small_decision has, which is worth 20."""
    some = tuple(FrontierBound(*one) for one in bounds)
    return ExactFrontier(steps, some, today, least, most, 0.0001, 36.0, floor, exact)


def answer(found, language="en", case=None):
    return frontier_steps_answer(case or small_case(), small_plan(), explained(found), language)


def text_of(found, language="en"):
    return told(answer(found, language).rendered(language))


ROUGH = frontier(
    step(0.5, 12.0, "P", bound=14.0),
    step(0.8764, 20.0, "P", "Q", bound=20.5, least=0.7234),
    step(1.2345, 22.0, "P", "H", bound=23.0, least=1.1),
    bounds=[(0.7234, 14.004), (1.0, 20.5), (1.1, 21.0), (1.2346, 23.0), (1.5, 24.0)],
)


def test_where_only_plan_and_bound_are_known_both_are_told_as_intervals():
    text = text_of(ROUGH)
    # 22 - 20.5 at least; 23 - 20 at most. 0.2345 of 36 is 8.442.
    assert text.startswith(
        "From 123.45 percent of this scenario's ceilings on (Rp 8.45 billion more) a better plan is known: it is "
        "worth 2.00 percentage points more (proven of the best plans: 1.50 to 3.00)."
    )
    assert "(Rp 36.00 billion) the best plan is worth 20.00 to 20.50 percentage points (proven)." in text
    assert "known: 2. It is not proven that there are no others." in text
    # Up to the next row the bound there counts: 20.5 up to 0.8764, 23 up to 1.2345, 24 to the end.
    assert "50.00 18.00 12.00 12.00 to 20.50 up to 50.00 P –" in text
    assert "87.64 (holds at 100) 31.56 20.00 20.00 to 23.00 72.34 to 87.64 Q –" in text
    assert "123.45 44.45 22.00 22.00 to 24.00 110.00 to 123.45 H Q" in text
    assert "nothing changes" not in text


def test_the_same_programmes_in_other_years_are_told():
    found = frontier(step(0.5, 12.0, "P"), step(0.9, 13.0, "P"))
    row = answer(found).tables[0].table.rows[1]
    assert row[-2:] == ("the same; years or regions may differ", "–")
    # Nothing is proven of what is above.
    assert row[3] == "at least 13.00"


def test_nothing_better_found_is_not_nothing_better():
    flat = frontier(step(0.5, 20.0, "P"), bounds=[(1.5, 21.0)])
    assert text_of(flat).startswith(
        "Up to 150.00 percent of this scenario's ceilings no better plan was found; there may be one all the same."
    )
    proven = frontier(
        step(0.5, 20.0, "P", bound=20.0, until=1.5, proven=True), bounds=[(1.5, 20.0)], exact=True
    )
    assert text_of(proven).startswith(
        "Proven: up to 150.00 percent of this scenario's ceilings the best plan is worth no more"
    )
    assert text_of(proven, "id").startswith("Terbukti: sampai 150,00 persen pagu skenario ini")
    nearly = frontier(step(0.5, 20.0, "P", bound=20.0, until=1.4998), bounds=[(1.4998, 20.0), (1.5, 21.0)])
    assert "there may be one all the same" in text_of(nearly)


def test_no_plan_is_told_as_found_or_proven():
    none = frontier(bounds=[(1.5, None)], exact=True)
    assert (
        text_of(none)
        == "It is proven that no plan keeps all rules at 50.00 to 150.00 percent of this scenario's ceilings."
    )
    assert "no plan was found that keeps all rules; there may be one all the same." in text_of(frontier())
    below = frontier(step(0.8, 20.0, "P"), bounds=[(0.7, None), (1.5, 21.0)])
    text = text_of(below)
    assert "It is proven that no plan keeps all rules with less than 70.00 percent." in text
    assert (
        "With less than 80.00 percent no plan was found that keeps all rules; there may be one all the same."
        in text
    )
    next_to_it = text_of(frontier(step(0.8, 20.0, "P"), bounds=[(0.7999, None), (1.5, 21.0)]))
    assert "with less than 79.99 percent" in next_to_it
    assert "With less than" not in next_to_it


def test_percentages_are_of_the_scenarios_own_ceilings():
    """The scenario has half the budgets of the tables: 0.6 is 120 percent, and 0.1 of 36 billion more."""
    found = frontier(
        step(0.25, 20.0, "P"), step(0.6, 22.0, "Q"), bounds=[(1.0, 23.0)], today=0.5, least=0.25, most=1.0
    )
    assert text_of(found).startswith(
        "From 120.00 percent of this scenario's ceilings on (Rp 3.60 billion more)"
    )


def test_the_plan_itself_counts_where_it_is_better_than_what_was_found():
    """The plan is worth 20: a step to 19.5 is nothing better, and the best is worth 20 at least."""
    found = frontier(step(0.5, 12.0, "P"), step(1.2, 19.5, "Q"), bounds=[(1.0, 21.0), (1.5, 22.0)])
    text = text_of(found)
    assert text.startswith("Up to 150.00 percent of this scenario's ceilings no better plan was found")
    assert "is worth 20.00 to 21.00 percentage points (proven)" in text


def test_a_better_plan_at_the_same_ceilings_is_told():
    text = text_of(frontier(step(0.5, 20.75, "P"), bounds=[(1.5, 21.0)]))
    assert "a plan was found that is worth 0.750 percentage points more than this one" in text


def test_with_a_floor_the_rule_is_another_and_that_is_said():
    text = text_of(frontier(step(0.5, 20.75, "P"), bounds=[(1.5, 21.0)], floor=0.75))
    assert "at least 75% of what the very plan gives on average" in text
    assert "On the way a plan was found" not in text
    first = frontier(step(1.2, 18.0, "P"), bounds=[(1.5, 21.0)], floor=0.75)
    assert text_of(first).startswith(
        "The first plan known needs 120.00 percent of this scenario's ceilings (Rp 7.20 billion more)."
    )


def test_where_the_scenario_was_not_looked_at_only_steps_are_told():
    found = frontier(step(0.5, 12.0, "P"), step(0.7, 14.0, "Q"), bounds=[(0.8, 15.0)], most=0.8)
    text = text_of(found)
    assert text.startswith(
        "Ceilings above 50.00 and up to 80.00 percent from which a better plan is known: 1."
    )
    assert "this scenario's own ceilings (Rp" not in text
    assert "holds at 100" not in text


def test_stretches_are_rounded_inwards_and_those_of_nothing_left_out():
    found = frontier(
        step(0.5, 12.0, "P", until=0.50005),
        step(0.87641, 20.0, "P", until=1.12349),
        step(1.2, 22.0, "Q", until=1.5),
        bounds=[(0.50005, 12.0), (1.12349, 20.0), (1.5, 22.0)],
    )
    text = text_of(found)
    assert "Proven: from 87.65 to 112.34 percent nothing changes" in text
    assert "(proven, in percent): 120.00 to 150.00." in text


@BOTH
def test_without_an_explanation_nothing_is_shown(solved, language):
    case, plan, _ = solved
    for found in (None, explained(None)):
        assert tables.frontier_steps_table(case, plan, found, language) is None
        assert charts.frontier_steps(plan, found, language) is None
    assert charts.frontier_steps(plan, explained(frontier()), language) is None
    with pytest.raises(ValueError, match="no exact frontier"):
        frontier_steps_answer(case, plan, explained(None), language)


@BOTH
def test_the_chart_draws_both_step_functions_and_marks_the_scenario(solved, language):
    _, plan, found = solved
    spec = charts.frontier_steps(plan, found, language).to_dict()
    message = spec["usermeta"]["jspmodel"]
    title = {
        "id": "Rencana terbaik menjadi bernilai lebih tinggi pada 30 pagu antara 0,00 dan 329,41 persen dari skenario ini, dan tidak pada pagu lain.",
        "en": "The best plan comes to be worth more at 30 ceilings between 0.00 and 329.41 percent of this scenario's, and at no other.",
    }
    assert message["title"] == title[language]
    assert spec["description"].startswith(title[language])
    assert len(message["table"]["rows"]) == 31
    assert len(message["table"]["columns"]) == 4
    assert [layer["mark"].get("interpolate") for layer in spec["layer"][:2]] == ["step-before", "step-after"]
    (here,) = [row for data in spec["datasets"].values() for row in data if "told" in row]
    assert here == {"percent": 100.0, "told": "114,00" if language == "id" else "114.00"}
    assert 'class="mark-' in svg(spec)


def test_the_chart_where_plan_and_bound_are_apart():
    spec = charts.frontier_steps(small_plan(), explained(ROUGH), "en").to_dict()
    assert spec["usermeta"]["jspmodel"]["title"].endswith("known from 2 ceilings on; there may be more.")
    points = [row for data in spec["datasets"].values() for row in data if "kind" in row]
    known = [(row["scale"], row["worth"]) for row in points if row["kind"] == "Best plan found"]
    assert known == [(0.5, 12.0), (0.8764, 20.0), (1.2345, 22.0), (1.5, 22.0)]
    most = [(row["scale"], row["worth"]) for row in points if row["kind"] == "At most possible"]
    # Each bound holds from the one before it up to its own budget.
    assert most[:4] == [(0.5, 14.004), (0.7234, 14.004), (0.7234, 20.5), (1.0, 20.5)]
    assert most[-1] == (1.5, 24.0)
    assert spec["usermeta"]["jspmodel"]["table"]["rows"][1][-1] == "20.00 to 20.50"


def test_the_chart_has_no_line_where_there_is_no_plan():
    found = frontier(step(0.8, 20.0, "P"), bounds=[(0.7, None), (1.5, 21.0)], today=2.0)
    spec = charts.frontier_steps(small_plan(), explained(found), "en").to_dict()
    points = [row for data in spec["datasets"].values() for row in data if "kind" in row]
    assert min(row["scale"] for row in points if row["kind"] == "At most possible") == 0.7
    assert not [row for data in spec["datasets"].values() for row in data if "told" in row]


def sentences(*stretches, language="en", case=None, **more):
    given = {
        "today": 1.0,
        "least": 0.5,
        "most": 1.5,
        "money": 36.0,
        "complete": False,
        "not_before": None,
        **more,
    }
    some = tuple(Stretch(*one) for one in stretches)
    found = BudgetPresence("P", stretches=some, **given)
    return tables.presence_sentences(case or small_case(), found, language)


def test_when_project_3_is_in_a_best_plan(solved):
    """In a best plan at 28, 36-37, 45-47 and 55 (``budgets_with_i_in_some_optimal_plan``): 11 billion more than 17."""
    case, _, found = solved
    presence = budget_presence(case, by_score(), found.frontier, "P3", workers=1)
    assert tables.presence_sentences(case, presence, "en") == [
        "P3 P3 is in a best plan from 164.71 percent of this scenario's ceilings on: with Rp 11.00 billion more, in all ceilings alike (proven).",
        "At 170.59 percent it leaves that plan again.",
        "Proven: it is in a best plan at 164.71 to 170.58; 211.77 to 223.52; 264.71 to 282.35; 323.53 to 329.41 percent of these ceilings.",
        "Proven: from 0.00 to 329.41 percent there are no others (figures are rounded).",
    ]
    assert tables.presence_sentences(case, presence, "id")[0].startswith(
        "P3 P3 ada dalam rencana terbaik mulai 164,71 persen pagu skenario ini: dengan tambahan Rp11,00 miliar"
    )


def test_what_is_known_only_is_not_told_as_proven():
    known = sentences((1.2, 1.5, False), not_before=1.1)
    assert known == [
        "P Waste treatment is in the best plan known from 120.00 percent of this scenario's ceilings on: with Rp 7.20 billion more, in all ceilings alike.",
        "Proven: from this scenario's ceilings up to 110.00 percent it is in no best plan.",
        "It is in the best plan known at 120.00 to 150.00 percent of these ceilings.",
        "It is not proven that there are no others from 50.00 to 150.00 percent.",
    ]
    mixed = sentences((0.6, 0.8, True), (0.9, 1.1, False))
    assert mixed[0] == "P Waste treatment is in the best plan known at this scenario's ceilings."
    assert mixed[1] == "At 110.00 percent it leaves that plan again."
    assert mixed[2].startswith("Proven: it is in a best plan at 60.00 to 80.00")
    assert mixed[3].startswith("It is in the best plan known at 90.00 to 110.00")


def test_in_every_best_plan_that_was_looked_at():
    assert sentences((0.5, 1.5, True), complete=True) == [
        "P Waste treatment is in a best plan at this scenario's ceilings (proven).",
        "Proven: it is in a best plan at 50.00 to 150.00 percent of these ceilings.",
    ]


@pytest.mark.parametrize(
    ("complete", "language", "words"),
    [
        (True, "en", "Proven: no best plan has P Waste treatment at 50.00 to 150.00 percent"),
        (True, "id", "Terbukti: tidak ada rencana terbaik yang memuat P Pengolahan sampah"),
        (False, "en", "there may be one all the same."),
        (False, "id", "mungkin tetap ada."),
    ],
)
def test_in_no_best_plan_proven_or_not_found(complete, language, words):
    (only,) = sentences(complete=complete, language=language)
    assert words in only


def test_only_at_smaller_budgets():
    proven = sentences((0.6, 0.8, True), complete=True)
    assert (
        proven[0]
        == "Proven: no best plan has P Waste treatment from this scenario's ceilings up to 150.00 percent of them."
    )
    found = sentences((0.6, 0.8, True), not_before=1.25)
    assert found[0].endswith("there may be one all the same.")
    assert found[1] == "Proven: from this scenario's ceilings up to 125.00 percent it is in no best plan."
    # The scenario's own budgets were not looked at: nothing is said of them.
    outside = sentences((0.6, 0.8, True), today=2.0)
    assert not [one for one in outside if "scenario's" in one]


def test_names_are_told_as_they_are_and_escaped_on_a_page():
    case = small_case()
    named = small_case(programs=case.programs.assign(name_en="<i>P</i> & Co"))
    said = sentences((0.5, 1.5, True), complete=True, case=named)
    assert said[0].startswith("P <i>P</i> & Co is in a best plan")
    html = tables.Answer("", said, [], []).rendered("en").html
    assert "<i>P</i>" not in html
    assert "&lt;i&gt;P&lt;/i&gt; &amp; Co" in html
