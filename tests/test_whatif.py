"""The what-if controls, moved as a planner moves them, on the tiny case.

By hand: P03 (cost 2) then P02 need 2 in 2027 and 3 + 3 in 2028 and 2029; half of the budgets leave 2 a year.
"""

import re

import pytest

from jspmodel import what_if
from jspmodel.charts.plan_change import change_of, plan_change, row_order
from jspmodel.errors import InfeasibleError
from jspmodel.intake import load
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from jspmodel.whatif.controls import Controls
from jspmodel.whatif.question import as_it_stands, reply
from jspmodel.whatif.words import refused, told
from tiny import tiny_tables, write_case


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    folder = write_case(tmp_path_factory.mktemp("case") / "tiny", tiny_tables(), "solver: {time_limit: 30}\n")
    case, settings = load(folder)
    return case, settings, select_programs(case, settings)


@pytest.fixture(scope="module")
def controls(decided):
    controls = Controls(*decided, "en")
    yield controls
    controls.seeker.end()


@pytest.fixture(autouse=True)
def as_before(request):
    """Put the controls back after a test that moved them."""
    yield
    if "controls" in request.fixturenames:
        controls = request.getfixturevalue("controls")
        controls.budget.value, controls.equity.value = 100, False
        for picker in (controls.locked_in, controls.locked_out):
            for code in picker.picked:
                picker.drop(code)
        assert controls.seeker.rest(60)


def answer(controls):
    assert controls.seeker.rest(60)
    return text(controls.words.value)


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_less_money_takes_a_programme_out(controls):
    assert "Proven: no plan is better." in answer(controls)
    chart = controls.chart
    assert "3 of 3 programmes" in chart.value
    controls.budget.value = 50
    said = answer(controls)
    assert "points lower than the plan before." in said
    assert "Out: P02 Pengolahan sampah." in said
    assert "of budgets of Rp 6.5 billion" in said
    assert controls.chart is chart
    assert "2 of 3 programmes: 0 enter, 1 leave" in chart.value


def test_what_cannot_be_is_said_and_the_chart_stays(controls):
    controls.budget.value = 50
    answer(controls)
    shown = controls.chart.value
    controls.locked_in.pick("P02")
    said = answer(controls)
    assert said.startswith("It is proven that no plan keeps all these rules.")
    assert "P02 (Pengolahan sampah)" in said
    assert controls.chart.value == shown


def test_a_programme_is_forced_in_or_out_never_both(controls):
    controls.locked_in.pick("P01")
    controls.locked_out.pick("P01")
    assert controls.locked_in.picked == ()
    assert "Out: P01 Pelatihan kerja." in answer(controls)


def test_progress_is_hidden_when_nothing_is_sought(controls):
    controls.equity.value = True
    answer(controls)
    assert controls.progress.layout.visibility == "hidden"


def test_the_question_keeps_what_the_scenario_says_of_a_lock():
    locked = {"program": "P02", "start": 2027, "regions": ["34.01"]}
    settings = Scenario(locked_in=[locked], budget_scale={"all": 0.8, "years": {2028: 0.5}})
    asked = as_it_stands(settings).changes(settings)
    assert asked["locked_in"] == [locked]
    assert asked["budget_scale"] == {"all": 0.8, "funds": {}, "years": {2028: 0.5}}
    assert asked["equity"] == {"mode": "off"}


def test_a_difference_within_what_is_not_proven_is_not_certain(decided):
    case, settings, plan = decided
    before = reply(
        case, settings, as_it_stands(settings), plan.model_copy(update={"bound": plan.objective + 2})
    )
    now = reply(
        case, settings, as_it_stands(settings), plan.model_copy(update={"objective": plan.objective + 1})
    )
    assert "1.0 points higher" in text(told(case, settings, now, before, "en"))
    assert "not certain" in text(told(case, settings, now, before, "en"))


def test_words_of_an_error_are_text():
    assert "<script" not in refused(InfeasibleError("<script>"), "en")


def test_what_becomes_of_a_programme():
    one, later = (Choice(program="P", start=year) for year in (2027, 2028))
    assert change_of("P", {"P": one}, {}) == "enters"
    assert change_of("P", {}, {"P": one}) == "leaves"
    assert change_of("P", {"P": later}, {"P": one}) == "moves"
    assert change_of("P", {"P": one}, {"P": one}) == "stays"
    assert change_of("P", {}, {}) == "out"


def test_rows_stay_where_they_are(decided):
    case, settings, plan = decided
    order = row_order(case, plan.choices)
    starts = {choice.program: choice.start for choice in plan.choices}
    assert list(order) == sorted(order, key=lambda code: (starts[code], code))
    spec = plan_change(case, settings, (), plan.choices, order, "id").to_dict()
    rows = spec["usermeta"]["jspmodel"]["table"]["rows"]
    assert [row[0].split()[0] for row in rows] == list(order)
    assert [row[3] for row in rows] == ["keluar"] * 3


def test_without_anybody_to_ask_the_plan_is_shown_as_it_stands(decided):
    forms = what_if(*decided, "id")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" not in forms
    assert "3 dari 3 program masuk dalam rencana." in forms["text/plain"]
