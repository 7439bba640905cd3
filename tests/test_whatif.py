"""The what-if controls, moved as a planner moves them, on the tiny case.

By hand: P03 (cost 2) then P02 need 2 in 2027 and 3 + 3 in 2028 and 2029; half of the budgets leave 2 a year.
"""

import re
from dataclasses import replace

import pytest

from adopted import REALISED, adopted_plan, case_with, scenario_through
from jspmodel import what_if
from jspmodel.charts import plan_change
from jspmodel.errors import InfeasibleError, ScenarioError
from jspmodel.figures import change_of, row_order
from jspmodel.intake import load, load_case, load_scenario, replanned
from jspmodel.plan import Choice
from jspmodel.report import assemble, key_figures
from jspmodel.scenario import BudgetScale, Lock, Scenario, Title
from jspmodel.selection import evaluate, select_programs
from jspmodel.whatif import Controls
from jspmodel.whatif.question import Found, Question, as_it_stands, reply
from jspmodel.whatif.saved import free_name, save
from jspmodel.whatif.words import describe_answer, refused
from selection.small import rows
from tiny import tiny_tables, write_case


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    folder = write_case(tmp_path_factory.mktemp("case") / "tiny", tiny_tables())
    case, scenario = load(folder)
    return case, scenario, select_programs(case, scenario)


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
        controls.undo.click()  # the least that there may be to undo ends what is still sought
        while not controls.undo.disabled:
            controls.undo.click()
        assert controls.seeker.rest(FAR)


FAR = 120
"""Seconds after which a test gives up waiting for what must come."""


def answer(controls):
    assert controls.seeker.rest(FAR)
    return text(controls.words.value)


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def figures_case(folder):
    """Return the tiny case with a figure for P03 too: of three effects one is a level."""
    tables = tiny_tables()
    tables["program_effects"] = tables["program_effects"].replace("poverty,,,,low", "poverty,0.1,,,")
    return load(write_case(folder / "figures", tables))


def test_the_expected_figure_leads_as_in_the_report(tmp_path):
    """A plan of nothing but sure effects, on time, would have one figure; here delays and ranges lower it."""
    case, scenario = figures_case(tmp_path)
    plan = select_programs(case, scenario)
    now = reply(case, scenario, as_it_stands(scenario), plan)
    (first, second, *_) = sentences(describe_answer(case, scenario, now, None, "en"))
    low, median, high = (f"{figure:.1f}" for figure in assemble(case, scenario, plan).expected)
    assert first == f"This plan is expected to close {median} percent of the gap (range {low} to {high})"
    assert second.startswith(f"If all programmes are on time and work: {plan.objective:.1f} percent.")
    noted = key_figures(assemble(case, scenario, plan), "en")[0]
    assert noted["value"] == f"{median}%"
    assert noted["note"].startswith(f"{low} to {high} in 80 of 100 simulations")


def test_while_better_plans_are_sought_the_figure_says_what_it_is(tmp_path):
    case, scenario = figures_case(tmp_path)
    plan = select_programs(case, scenario)
    going = Found(plan.choices, plan.objective, plan.bound, plan.gap, "going")
    now = reply(case, scenario, as_it_stands(scenario), going)
    assert now.expected is None
    (first, second, *_) = sentences(describe_answer(case, scenario, now, None, "en"))
    assert first == f"This plan, if all is on time and works: {plan.objective:.1f} percent of the gap closed"
    assert "once the search is over" in second


def test_levels_are_no_headline(decided):
    case, scenario, plan = decided
    now = reply(case, scenario, as_it_stands(scenario), plan)
    (first, second, third, *_) = sentences(describe_answer(case, scenario, now, None, "en"))
    assert first == "This plan: 3 of 3 proposed programmes are selected"
    assert "most effects are mere levels" in second
    assert third.startswith("By these levels, ")


def sentences(html):
    return re.findall(r"<(?:b|li)>(.*?)</(?:b|li)>", html)


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


def test_undo_goes_back_to_the_question_and_the_plan_before(controls):
    def shown():
        said = answer(controls)
        lists = controls.locked_in.picked, controls.locked_out.picked
        return controls.budget.value, controls.equity.value, lists, said, controls.chart.value

    def halve():
        controls.budget.value = 50

    def switch():
        controls.equity.value = True

    steps = [shown()]
    for act in (halve, lambda: controls.locked_out.pick("P01"), switch):
        act()
        steps.append(shown())
    assert len({step[:3] for step in steps}) == len(steps)
    for step in reversed(steps[:-1]):
        controls.undo.click()
        assert shown() == step
    assert controls.undo.disabled


def test_undo_after_a_question_without_an_answer(controls):
    controls.budget.value = 50
    said = answer(controls)
    controls.locked_in.pick("P02")
    assert "no plan keeps all these rules" in answer(controls)
    controls.undo.click()
    assert controls.locked_in.picked == ()
    assert text(controls.words.value) == said


def test_a_plan_taken_is_what_differences_are_told_against(controls):
    controls.budget.value = 50
    answer(controls)
    half = controls._now
    controls.take.click()
    assert "You took this plan" in text(controls.words.value)
    assert controls.take.disabled
    assert controls.held is half
    controls.locked_out.pick("P01")
    answer(controls)
    controls.locked_out.drop("P01")
    controls.budget.value = 100
    assert "points higher than the plan you took." in answer(controls)
    assert controls.held is half
    whole = controls._now
    controls.take.click()
    assert controls.held is whole
    controls.undo.click()
    assert controls.held is half


def test_what_the_scenario_itself_asks_has_its_plan_already(controls, monkeypatch):
    controls.budget.value = 50
    answer(controls)
    monkeypatch.setattr(controls.seeker, "ask", None)  # a search would fail
    controls.budget.value = 100
    assert "points higher than the plan before." in text(controls.words.value)
    assert controls._now is controls._own


def test_stop_without_a_plan_yet_and_with_one(controls, decided, monkeypatch):
    first, asked = controls.chart.value, []
    monkeypatch.setattr(controls.seeker, "ask", asked.append)
    monkeypatch.setattr(type(controls.seeker), "seeking", True)
    controls.budget.value = 50
    assert not controls.stop.disabled
    assert controls.take.disabled
    monkeypatch.setattr(controls.seeker, "give_up", lambda: None)
    controls.stop.click()
    assert text(controls.words.value).startswith("You stopped the search before any plan was found.")
    assert controls.chart.value == first
    choices = decided[2].choices[:1]
    found = Found(choices, 1.0, 4.0, 3.0, "going")
    controls._answered(asked[-1], found)
    assert "The search goes on" in text(controls.words.value)
    monkeypatch.setattr(controls.seeker, "give_up", lambda: found)
    controls.stop.click()
    said = text(controls.words.value)
    assert "You stopped the search" in said
    assert "The search goes on" not in said
    assert controls._now.choices == choices


@pytest.mark.parametrize("language", ["id", "en"])
def test_saved_as_a_scenario_it_says_what_the_controls_say(decided, language):
    case, scenario, _ = decided
    asked = Question(0.55, ("P03",), ("P01",), equity=True)
    file = save(case, scenario, asked, free_name(case, scenario), language)
    assert file.name == "baseline-what-if.yaml" if language == "id" else "baseline-what-if-2.yaml"
    _, saved = load(str(file))
    assert saved.budget_scale.all == 0.55
    assert [lock.program for lock in saved.locked_in] == ["P03"]
    assert saved.locked_out == ["P01"]
    assert saved.equity.mode == "floor"
    assert saved.solver == scenario.solver
    assert (
        saved.title.en
        == "baseline, what if: budgets at 55 percent, with P03, without P01, with the equity rule"
    )
    assert saved.title.id.startswith("baseline, bagaimana jika: pagu 55 persen, dengan P03")


def test_what_a_scenario_says_in_odd_ways_is_saved_as_it_is(decided):
    case, scenario, _ = decided
    odd = scenario.model_copy(
        update={
            "title": Title(id='a: "b" #c\n- d', en="{x} 'y' \N{RIGHT-TO-LEFT OVERRIDE}"),
            "budget_scale": BudgetScale(all=0.8, years={2028: 0.5}, funds={"apbd": 1.5}),
            "year_weights": {2027: 1.0, 2028: 2.0, 2029: 1.0},
            "diminishing_returns": [(0.5, 1.0), (0.5, 0.5)],
            "locked_in": [Lock(program="P02", start=2027, regions=["34.01"])],
        }
    )
    odd = Scenario.model_validate(odd.model_dump())
    asked = as_it_stands(odd)
    file = save(case, odd, replace(asked, budget=1.1), "odd", "id")
    saved = load_scenario(file)
    assert saved.budget_scale == BudgetScale(all=0.88, years={2028: 0.5}, funds={"apbd": 1.5})
    assert saved.title.en.startswith("{x} 'y' , what if")  # without the mark that nobody sees
    for key in ("year_weights", "diminishing_returns", "locked_in", "locked_out", "equity", "solver"):
        assert getattr(saved, key) == getattr(odd, key), key


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "a\\b", ".x", "x.", "-x", "a\nb", "x" * 81, "a:b"]
)
def test_no_name_leads_elsewhere(decided, name):
    case, scenario, _ = decided
    with pytest.raises(ScenarioError) as caught:
        save(case, scenario, as_it_stands(scenario), name, "id")
    assert [problem.code for problem in caught.value.problems] == ["unsafe_scenario_name"]


@pytest.mark.parametrize("name", ["baseline", "BASELINE", "link"])
def test_nothing_is_ever_overwritten(decided, name, tmp_path):
    case, scenario, _ = decided
    folder, outside = case.folder / "scenarios", tmp_path / "outside.yaml"
    link = folder / "link.yaml"
    link.symlink_to(outside)
    before = (folder / "baseline.yaml").read_text()
    try:
        with pytest.raises(ScenarioError) as caught:
            save(case, scenario, as_it_stands(scenario), name, "id")
    finally:
        link.unlink()
    assert [problem.code for problem in caught.value.problems] == ["scenario_name_taken"]
    assert str(case.folder) not in str(caught.value)
    assert (folder / "baseline.yaml").read_text() == before
    assert not outside.exists()


@pytest.mark.parametrize("typed", [" meant ", "meant.yaml", "meant.YML", "me\u200bant\ufeff"])
def test_a_name_is_taken_as_it_is_meant(decided, typed):
    case, scenario, _ = decided
    file = save(case, scenario, as_it_stands(scenario), typed, "id")
    file.unlink()
    assert file.name == "meant.yaml"


def test_the_button_saves_and_offers_a_free_name(controls, decided):
    controls.budget.value = 50
    answer(controls)
    folder = decided[0].folder / "scenarios"
    controls.name.value = "half"
    controls.save.click()
    assert "half.yaml" in text(controls.saved.value)
    assert load_scenario(folder / "half.yaml").budget_scale.all == 0.5
    offered = controls.name.value
    assert not (folder / f"{offered}.yaml").exists()
    controls.name.value = "half"
    controls.save.click()
    assert "already, and nothing is overwritten" in text(controls.saved.value)
    assert controls.name.value == offered
    controls.name.value = "<script>"
    controls.save.click()
    assert "<script" not in controls.saved.value
    assert "cannot be used for a scenario" in text(controls.saved.value)


def test_settings_that_do_not_fit_are_not_saved(decided):
    case, scenario, _ = decided
    with pytest.raises(ScenarioError):
        save(case, scenario, Question(1.0, ("P99",), (), equity=False), "unfit", "id")
    assert not (case.folder / "scenarios" / "unfit.yaml").exists()


def test_another_cell_can_have_the_plan_and_its_settings(decided):
    case, scenario, plan = decided
    answer = what_if(*decided, "en")
    assert (answer.choices, answer.asked_scenario) == (plan.choices, scenario)
    controls = answer.controls
    try:
        controls.budget.value = 50
        assert controls.seeker.rest(FAR)
        assert answer.asked_scenario.budget_scale.all == 0.5
        judged = evaluate(case, answer.asked_scenario, answer.choices)
        assert judged.broken == ()
        assert judged.audit.objective == pytest.approx(controls.held.objective)
    finally:
        controls.seeker.end()


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
    scenario = Scenario(locked_in=[locked], budget_scale={"all": 0.8, "years": {2028: 0.5}})
    asked = as_it_stands(scenario).changes(scenario)
    assert asked["locked_in"] == [locked]
    assert asked["budget_scale"] == {"all": 0.8, "funds": {}, "years": {2028: 0.5}}
    assert asked["equity"] == {"mode": "off"}


def test_a_difference_within_what_is_not_proven_is_not_certain(decided):
    case, scenario, plan = decided
    before = reply(
        case, scenario, as_it_stands(scenario), plan.model_copy(update={"bound": plan.objective + 2})
    )
    now = reply(
        case, scenario, as_it_stands(scenario), plan.model_copy(update={"objective": plan.objective + 1})
    )
    assert "1.0 points higher" in text(describe_answer(case, scenario, now, before, "en"))
    assert "not certain" in text(describe_answer(case, scenario, now, before, "en"))


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
    case, scenario, plan = decided
    order = row_order(case, plan.choices)
    starts = {choice.program: choice.start for choice in plan.choices}
    assert list(order) == sorted(order, key=lambda code: (starts[code], code))
    spec = plan_change(case, scenario, (), plan.choices, order, "id").to_dict()
    rows = spec["usermeta"]["jspmodel"]["table"]["rows"]
    assert [row[0].split()[0] for row in rows] == list(order)
    assert [row[3] for row in rows] == ["keluar"] * 3


def test_without_anybody_to_ask_the_plan_is_shown_as_it_stands(decided):
    forms = what_if(*decided, "id")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" not in forms
    assert "3 dari 3 program masuk dalam rencana." in forms["text/plain"]


def test_what_has_begun_cannot_be_taken_back(tmp_path):
    """P is under way and Q was given up: neither may be asked about any more, R may."""
    folder = case_with(realised(("P", "under_way"), ("Q", "given_up"))).to_csv(tmp_path / "adopted")
    case, scenario = replanned(load_case(folder), scenario_through(), adopted_plan())
    controls = Controls(case, scenario, select_programs(case, scenario), "en")
    try:
        assert (controls.locked_in.picked, controls.locked_out.picked) == (("P",), ("Q",))
        controls.locked_in.drop("P")
        controls.locked_out.drop("Q")
        assert (controls.locked_in.picked, controls.locked_out.picked) == (("P",), ("Q",))
        for picker in (controls.locked_in, controls.locked_out):
            menu, *picked = picker.box.children
            assert [code for _, code in menu.options] == ["", "R"]
            assert [button.disabled for button in picked] == [True]
        controls.locked_in.pick("R")
        assert controls.locked_in.picked == ("P", "R")
        assert {"P", "R"} <= {choice.program for choice in answered(controls).choices}
        controls.locked_in.drop("R")
        assert controls.locked_in.picked == ("P",)
    finally:
        controls.seeker.end()


def realised(*progress):
    return rows(REALISED, *((p, 2027, {"P": "f", "Q": "g"}[p], 2.5, how, "sebab") for p, how in progress))


def answered(controls):
    assert controls.seeker.rest(FAR)
    return controls.held
