"""Money that years past have left is there whatever factor on the budgets is asked for, by whichever door.

Of the plan of ``adopted`` nothing began in 2027: f was to pay 4 for P and g 3 for Q, and all of it is carried into 2028. At a
factor s on all budgets f has 6 s + 4 in 2028 and 6 s in 2029, g has 3 s + 3 and 3 s: 18 s + 7 together. P in 2028 needs 4 of f
in both years (s >= 2/3), R in 2028 needs 5 of f (s >= 1/6; with P 9: s >= 5/6), R in 2029 5 more than P's 4 (s >= 3/2; alone
5/6), Q in 2028 needs 3 of g (s >= 0). In 2028 Q brings 10/3, P (delivered in 2029) 10/3, R 4/3; in 2029 Q 5/3, R 2/3.
"""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace

import pytest

from adopted import REALISED, adopted_plan, case_with, scenario_through
from jspmodel import measure
from jspmodel.case import Case
from jspmodel.comparison import attribute_difference
from jspmodel.comparison.attribution_words import change_words
from jspmodel.comparison.cause_tables import cause, value
from jspmodel.comparison.causes import changes, same_measure
from jspmodel.comparison.compared_runs import Run, load_today, read_runs
from jspmodel.errors import DataError, InfeasibleError
from jspmodel.figures import ScaleWords
from jspmodel.intake import check, load, load_case, replanned
from jspmodel.intake.adopted_plan import stand
from jspmodel.intake.tables import build_case
from jspmodel.runs import content_key, table_hashes
from jspmodel.runs.record import new_record, write_record
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from jspmodel.selection.parametric import budget_frontier, live_model, robustness
from jspmodel.selection.postoptimal import (
    budget_presence,
    certify,
    exact_frontier,
    nested_plan,
    two_stage_plan,
)
from jspmodel.whatif.question import Found, Question, reply
from selection.brute_force import SAME
from selection.random_cases import every_plan, random_case
from selection.small import make_scenario, rows

NOTHING_BEGAN = rows(
    REALISED,
    ("P", 2027, "f", 0.0, "not_begun", "lelang gagal"),
    ("Q", 2027, "g", 0.0, "not_begun", "lahan belum siap"),
)
ADOPTED = adopted_plan()
WORTH = {0.0: 10 / 3, 0.5: 14 / 3, 0.7: 20 / 3, 0.9: 8.0, 1.0: 8.0}
PLANS = {
    0.0: {"Q": 2028},
    0.5: {"Q": 2028, "R": 2028},
    0.7: {"P": 2028, "Q": 2028},
    0.9: {"P": 2028, "Q": 2028, "R": 2028},
    1.0: {"P": 2028, "Q": 2028, "R": 2028},
}


def replan(case=None, unspent="carried", **settings):
    scenario = scenario_through(unspent=unspent).replace(settings)
    return replanned(case or case_with(NOTHING_BEGAN), scenario, ADOPTED)


def starts(choices):
    return {choice.program: choice.start for choice in choices}


def question(budget):
    return Question(budget=budget, locked_in=(), locked_out=(), equity=False)


@pytest.mark.parametrize("scale", WORTH)
def test_a_scenario_at_a_factor_has_the_carried_money_whole(scale):
    case, scenario = replan(budget_scale=scale)
    plan = select_programs(case, scenario)
    assert sum(measure.budgets(case, scenario).values()) == pytest.approx(18 * scale + 7)
    assert (plan.objective, starts(plan.choices)) == (pytest.approx(WORTH[scale]), PLANS[scale])


@pytest.mark.parametrize("setting", [{"funds": {"f": 0, "g": 0}}, {"years": {"2028": 0, "2029": 0}}])
def test_no_factor_of_a_fund_or_a_year_loses_it(setting):
    case, scenario = replan(budget_scale=setting)
    assert measure.budgets(case, scenario)["f", 2028] == pytest.approx(4)
    assert measure.budgets(case, scenario)["g", 2028] == pytest.approx(3)


@pytest.mark.parametrize("own", [0.0, 1.0])
@pytest.mark.parametrize("scale", WORTH)
def test_the_live_model_answers_as_the_scenario_at_that_factor(own, scale):
    live = live_model(*replan(budget_scale=own))
    live.solve()
    found = live.solve(budget_scale=scale)
    assert (found.objective, starts(found.choices)) == (pytest.approx(WORTH[scale]), PLANS[scale])


def test_budgets_that_are_asked_for_stand_beside_the_carried_money():
    found = live_model(*replan()).solve(budgets={("f", 2028): 0.0, ("f", 2029): 0.0, ("g", 2028): 0.0})
    assert starts(found.choices) == PLANS[0.0]


def test_what_if_tells_all_the_money_there_is():
    case, scenario = replan(budget_scale=0.5)
    told = reply(case, scenario, question(1.4), Found((), 0.0, 0.0, None, "going"))
    assert told.ceiling == pytest.approx(18 * 0.7 + 7)


@pytest.mark.parametrize("own", [0.5, 1.0])
def test_the_frontier_is_that_of_the_scenario_at_each_factor(own):
    case, scenario = replan(budget_scale=own)
    points = budget_frontier(case, scenario, 11, least=0.0, most=1.0, workers=1).points
    for place, scale in ((0, 0.0), (5, 0.5), (7, 0.7), (9, 0.9), (10, 1.0)):
        assert points[place].budget == pytest.approx(18 * scale + 7)
        assert points[place].objective == pytest.approx(WORTH[scale])
        assert points[place].bound == pytest.approx(WORTH[scale], rel=1e-4)
        assert starts(points[place].choices) == PLANS[scale]


@pytest.mark.parametrize("own", [0.5, 1.0])
def test_the_steps_of_the_budgets_stand_where_the_scaled_part_pays_for_more(own):
    case, scenario = replan(budget_scale=own)
    found = exact_frontier(case, scenario, workers=1, most=1.0)
    assert found.exact
    assert [step.scale for step in found.steps] == pytest.approx([0, 1 / 6, 2 / 3, 5 / 6], abs=1e-4)
    assert [step.objective for step in found.steps] == pytest.approx([10 / 3, 14 / 3, 20 / 3, 8])
    assert [step.budget for step in found.steps] == pytest.approx([7, 10, 19, 22], abs=2e-3)
    assert (found.money, found.carried) == (pytest.approx(18), pytest.approx(7))


def test_a_programme_enters_where_the_scaled_part_pays_for_it():
    case, scenario = replan(budget_scale=0.5)
    found = budget_presence(
        case, scenario, exact_frontier(case, scenario, workers=1, most=1.0), "P", workers=1
    )
    assert found.enters == pytest.approx(2 / 3, abs=1e-4)
    assert found.more == pytest.approx(18 * (2 / 3 - 0.5), abs=2e-3)


@pytest.mark.parametrize("own", [0.5, 1.0])
def test_nested_plans_have_it_at_every_level(own):
    """What R brings at 0.5 would keep P out at 0.7: 20 / 3 there is worth more than 14 / 3 at both."""
    case, scenario = replan(budget_scale=own)
    scales = (0.0, 0.5, 0.7, 0.9)
    found = nested_plan(case, scenario, levels=[scale / own for scale in scales], workers=1)
    assert [level.budget for level in found.levels] == pytest.approx([18 * scale + 7 for scale in scales])
    assert [level.free_objective for level in found.levels] == pytest.approx(
        [WORTH[scale] for scale in scales]
    )
    assert [level.objective for level in found.levels] == pytest.approx([10 / 3, 10 / 3, 20 / 3, 8])


def test_draws_have_it_where_there_is_no_other_money():
    found = robustness(*replan(budget_scale=0.0), draws=3, workers=1)
    assert found.no_regret == ["Q"]


def test_futures_of_the_budgets_leave_it_as_it_is():
    """Where all budgets fail from 2028 on, Q is still paid by what was carried: 10 / 3, and 8 where they do not."""
    futures = [{"name": "sama", "probability": 0.5}, {"name": "tanpa", "probability": 0.5, "budgets": 0.0}]
    case, scenario = replan(two_stage={"futures": futures, "recourse_year": 2028})
    found = two_stage_plan(case, scenario, workers=1)
    assert [future.budget for future in found.futures] == pytest.approx([25, 7])
    assert found.mean_plan.worths == pytest.approx((8, 10 / 3))


@pytest.mark.parametrize("scale", [0.0, 0.7])
def test_a_certificate_states_it_and_the_script_finds_the_same_model(tmp_path, scale):
    case, scenario = replan(budget_scale=scale)
    plan = select_programs(case, scenario)
    folder = certify(case, scenario, plan).write(tmp_path / "sertifikat")
    ran = subprocess.run([sys.executable, folder / "check_certificate.py"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_case_that_goes_on_with_no_plan_carries_nothing():
    case = case_with()
    assert case.carried_over == {}
    assert sum(measure.budgets(case, Scenario(budget_scale=0.5)).values()) == pytest.approx(13.5)


def test_a_stored_plan_is_that_of_as_much_carried_money():
    case, scenario = replan()
    less = replace(case, carried_over={("f", 2028): 4.0})
    assert content_key(case, scenario) == content_key(*replan())
    assert content_key(case, scenario) != content_key(less, scenario)


def test_a_budget_is_told_with_it_and_a_step_to_another_without():
    words = ScaleWords(today=0.5, money=18.0, language="en", carried=7.0)
    assert (words.budget_up(0.5), words.budget_up(0.0)) == ("16.00", "7.00")
    assert words.more_up(0.5) == "9.00"


def test_a_year_that_has_carried_money_alone_is_no_year_without_a_budget():
    budgets = rows("fund year amount", ("f", 2027, 6.0), ("f", 2029, 6.0), ("g", 2027, 3.0), ("g", 2029, 3.0))
    case = case_with(NOTHING_BEGAN, fund_budgets=budgets)
    assert "years_without_budget" not in {problem.code for problem in check(*replan(case))}
    assert "years_without_budget" in {problem.code for problem in check(*replan(case, unspent="lapsed"))}


def gone_on_with(seed):
    """A random case of which some of what was to begin in 2027 did not: its money is carried over."""
    case, draw = random_case(seed, years=(2027, 2028, 2029)), random.Random(seed)
    adopted = select_programs(case, make_scenario())
    begun = [choice.program for choice in adopted.choices if choice.start == 2027]
    paid = {item.program: item.amount for item in adopted.funding if item.year == 2027}
    late = {program: draw.random() < 0.7 for program in begun}
    told = [
        (p, 2027, "f", 0.0 if late[p] else paid.get(p, 0.0), "not_begun" if late[p] else "under_way", "sebab")
        for p in begun
    ]
    tables = {name: table for name, table in case.tables().items() if len(table)}
    known = build_case(case.name, {**tables, "realisation": rows(REALISED, *told)})
    settings = {"adopted": "rencana", "through": 2027, "unspent": "carried"}
    left = sum(paid.get(program, 0.0) for program in begun if late[program])
    return *replanned(known, make_scenario(replan=settings), adopted), left


SCALES = (0.0, 0.3, 0.6, 1.0, 1.4)


@pytest.mark.parametrize("seed", [8, 14, 22, 30, 33, 36, 39])
def test_each_door_answers_as_trying_every_plan_does(seed):
    case, scenario, left = gone_on_with(seed)
    assert case.carried_over == ({("f", 2028): pytest.approx(left)} if left else {})
    live, steps = live_model(case, scenario), exact_frontier(case, scenario, workers=1)
    levels = nested_plan(case, scenario, levels=SCALES, workers=1).levels
    for scale, level in zip(SCALES, levels, strict=True):
        tried = every_plan(case, scenario.replace(budget_scale=scale))
        best = max((plan.objective for plan in tried), default=None)
        point = budget_frontier(case, scenario, 2, least=scale, most=2.0, workers=1).points[0]
        step = steps.at(scale)
        if best is None:
            assert (point.finding, step, level.finding) == ("none", None, "none")
            with pytest.raises(InfeasibleError):
                live.solve(budget_scale=scale)
            continue
        found = [live.solve(budget_scale=scale), point, step]
        assert [one.objective for one in found] == pytest.approx([best] * 3, abs=SAME)
        assert level.free_objective == pytest.approx(best, abs=SAME)
        assert min(found[0].bound, point.bound, steps.bound(scale), level.free_bound) >= best - 1e-6


def test_where_there_is_no_other_money_all_budgets_are_alike():
    budgets = case_with().fund_budgets.assign(amount=0.0)
    case, scenario = replan(case_with(NOTHING_BEGAN, fund_budgets=budgets))
    found = exact_frontier(case, scenario, workers=1)
    assert [(step.scale, step.budget) for step in found.steps] == [(0, pytest.approx(7))]
    assert (found.money, found.exact) == (0, True)
    assert starts(found.at(1.5).choices) == PLANS[0.0]


def test_a_case_that_is_written_and_read_again_has_it(tmp_path):
    case, scenario = replan()
    again, fresh = load_case(case.to_csv(tmp_path / "salinan")), scenario.replace(replan={})
    assert again.carried_over == case.carried_over != {}
    assert not [name for name, table in case.tables().items() if not again.tables()[name].equals(table)]
    assert not [problem for problem in check(again, fresh) if not problem.warning]
    plan = select_programs(again, fresh)
    assert (plan.objective, starts(plan.choices)) == (pytest.approx(WORTH[1.0]), PLANS[1.0])
    assert starts(live_model(again, fresh).solve(budget_scale=0.0).choices) == PLANS[0.0]


def test_a_case_of_frames_takes_it():
    case, _ = replan()
    frames = {name: table for name, table in case.tables().items() if len(table)}
    assert Case.from_frames(frames, carried_over=case.carried_over).carried_over == case.carried_over
    with pytest.raises(DataError) as refused:
        Case.from_frames(frames, carried_over={("h", 2028): 1.0})
    (wrong,) = [problem for problem in refused.value.problems if not problem.warning]
    assert (wrong.code, wrong.column, wrong.values["value"]) == ("unknown_code", "carried_over", "h")


@pytest.mark.parametrize("year", [2027, 2028, 2029])
def test_what_the_case_says_is_carried_into_a_year_to_come_stays(year):
    """What it says of a year that is over was there to be spent, and is decided no more."""
    case = replace(case_with(NOTHING_BEGAN), carried_over={("f", year): 2.0})
    left = {("f", 2028): 4.0, ("g", 2028): 3.0}
    if year > 2027:
        left["f", year] = left.get(("f", year), 0.0) + 2.0
    assert replan(case)[0].carried_over == pytest.approx(left)


def test_what_was_carried_into_a_year_that_is_over_could_be_spent():
    spent = rows(REALISED, ("P", 2027, "f", 7.0, "under_way", "s"), ("Q", 2027, "g", 3.0, "finished", "s"))
    told = {}
    for carried in (0.0, 2.0):
        case = replace(
            case_with(spent.assign(remaining=[1.0, float("nan")])), carried_over={("f", 2027): carried}
        )
        told[carried] = {
            problem.code for problem in stand(case, scenario_through(unspent="carried"), ADOPTED)[2]
        }
    assert "realised_above_budget" in told[0.0] - told[2.0]


def richer(f_2027=6.0, **carried):
    """The case before anything became of it, with another budget of f in 2027 and money carried over."""
    budgets = case_with().fund_budgets
    budgets.loc[(budgets["fund"] == "f") & (budgets["year"] == 2027), "amount"] = f_2027
    return replace(case_with(fund_budgets=budgets), **carried)


def test_what_carried_money_does_is_told_beside_what_budgets_do():
    """With 3 of f carried into 2028 R starts then (9 pays P's 4 and R's 5): 13; with 9 of f in 2027 then: 41/3.

    With both it is 41/3. The carried money adds 13 - 37/3 = 2/3 if it comes first, nothing if it comes second.
    """
    exact = Scenario(solver={"gap": 0.0})
    carrying = richer(9.0, carried_over={("f", 2028): 3.0})
    found = attribute_difference((richer(), exact), (carrying, exact.replace(name="lain")))
    parts = {part.change: part.effect.value for part in found.parts}
    assert parts == pytest.approx({"fund_budgets.csv": (4 / 3 + 2 / 3) / 2, "carried_over": (2 / 3 + 0) / 2})
    assert found.difference.value == pytest.approx(4 / 3)
    told = [change_words(found.parts[1], language) for language in ("id", "en")]
    assert told == [
        "Uang yang dibawa dari tahun-tahun sebelumnya (carried_over)",
        "Money carried over from years past (carried_over)",
    ]


def carried_run(carried, **settings):
    years = (2027, 2028, 2029)
    return Run("x", "adopted", Scenario(**settings), ADOPTED, {}, years=years, carried_over=carried)


def test_carried_money_that_differs_is_named_as_what_differs():
    first, other = carried_run({("f", 2028): 2.0}), carried_run({("f", 2028): 2.04, ("g", 2029): 0.0125})
    found = changes(first, other)
    assert found[["kind", "key"]].to_numpy().tolist() == [
        ["money", "carried_over.f.2028"],
        ["money", "carried_over.g.2029"],
    ]
    assert [list(pair) for pair in zip(found["before"], found["after"], strict=True)] == [
        [2.0, 2.04],
        [None, 0.0125],
    ]
    told = [
        [value(given, "money", language) for given in (*found["before"], *found["after"])]
        for language in ("id", "en")
    ]
    assert told == [
        ["Rp2 miliar", "tidak ada", "Rp2,04 miliar", "Rp0,0125 miliar"],
        ["Rp 2 billion", "none", "Rp 2.04 billion", "Rp 0.0125 billion"],
    ]
    assert "Uang yang dibawa dari tahun-tahun sebelumnya" in cause(found[:1], "id")
    assert "Money carried over from years past" in cause(found[:1], "en")
    assert same_measure(first, other)


@pytest.mark.parametrize(
    ("carried", "settings"),
    [
        ({("f", 2028): 2.0}, {}),
        ({("f", 2028): 2.0, ("g", 2029): 0.0}, {}),
        ({("f", 2028): 2.0, ("f", 2031): 1.0}, {}),  # planned by neither
        (None, {}),  # of a run that did not say
        ({("f", 2028): 2.0, ("f", 2027): 1.0}, {"replan": {"adopted": "rencana", "through": 2027}}),
    ],
)
def test_carried_money_that_decides_nothing_else_is_no_cause(carried, settings):
    first = carried_run({("f", 2028): 2.0}, **settings)
    assert changes(first, carried_run(carried, **settings)).empty


def test_a_run_records_what_the_case_says_of_it(tmp_path):
    folder = replace(case_with(), carried_over={("g", 2028): 1.5, ("f", 2029): 2.0}).to_csv(
        tmp_path / "kasus"
    )
    scenario = folder / "scenarios" / "baseline.yaml"
    scenario.parent.mkdir(exist_ok=True)
    scenario.write_text("", encoding="utf-8")
    case, settings = load(scenario)
    record = new_record(case, settings, scenario, {})
    assert record["carried_over"] == [["f", 2029, 2.0], ["g", 2028, 1.5]]
    run = tmp_path / "hasil"
    run.mkdir()
    (run / "plan.json").write_text(ADOPTED.model_dump_json(), encoding="utf-8")
    times = {"started": "2027-01-01T00:00:00+00:00", "finished": "2027-01-01T00:00:00+00:00"}
    for told, known in ((record, case.carried_over), ({**record, "carried_over": None}, None)):
        write_record(run, {**told, **times, "status": "done"})
        (read,) = read_runs([run])
        assert read.carried_over == known
    left = replan(replace(case_with(NOTHING_BEGAN), carried_over={("f", 2029): 2.0}, folder=folder))
    assert new_record(*left, scenario, {})["carried_over"] == [["f", 2029, 2.0]]


def test_money_that_is_no_longer_carried_over_is_told(tmp_path):
    folder = case_with().to_csv(tmp_path / "kasus")
    today = table_hashes(folder)
    for carried, changed in (({}, ()), ({("f", 2028): 2.0}, ("datapackage.json",))):
        one = Run("x", "adopted", Scenario(), ADOPTED, today, source=folder, carried_over=carried)
        assert load_today([one])[1] == changed


def test_figures_of_a_run_are_not_told_where_other_money_is_carried_over_today(tmp_path):
    folder = replan()[0].to_csv(tmp_path / "salinan")
    today = table_hashes(folder)
    assert "datapackage.json" in today
    same, other = (
        Run("x", "adopted", Scenario(), ADOPTED, source=folder, tables=tables)
        for tables in (today, {**today, "datapackage.json": "0"})
    )
    assert load_today([same])[1] == ()
    assert load_today([other])[1] == ("datapackage.json",)
