"""What would have to change for a refused programme, by hand, as published, and beside every plan there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pydantic import TypeAdapter

from jspmodel import measure
from jspmodel.errors import DataError, InfeasibleError, SolverError
from jspmodel.measure import computed_once
from jspmodel.scenario import Equity
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import Change, WhyNot, importance, why_not
from jspmodel.selection.postoptimal.counterfactuals import money_search
from jspmodel.selection.postoptimal.counterfactuals.money_statement import state_money_model
from selection.brute_force import OBJECTIVES, SAME
from selection.postoptimal.published import by_score, code, numbers, published
from selection.random_cases import every_plan, random_case, ruled_case, ruled_scenario
from selection.small import make_scenario, one_place, rows

NEAR = 1e-3

# Of the published case at budget 17, by trying every subset (why-small-case.json, Apache-2.0 figures): the least
# extra budget without losing value, the least rise of value, the least cut of cost, and who is displaced.
GOLDEN = {
    3: (5, 15, 5, (7, 10)),
    4: (3, 5, 3, (10,)),
    5: (3, 19, 3, (2, 10)),
    6: (6, 26, 6, (2, 7)),
    8: (7, 28, 7, (7, 10)),
}


@pytest.fixture(scope="module")
def answers():
    case, scenario = published(), by_score()
    return why_not(case, scenario, select_programs(case, scenario), workers=1)


def proven(change, amount, near=NEAR):
    return (change.least, change.most) == (pytest.approx(amount, abs=near),) * 2


def assert_golden(item):
    money, value, cost, displaced = GOLDEN[numbers([item.program])[0]]
    assert proven(item.money, money)
    assert item.money.parts == (("f", 2027, pytest.approx(money)),)
    assert proven(item.value, value)
    assert proven(item.cost, cost)
    assert item.cost.parts == (("", 2027, pytest.approx(cost)),)
    assert numbers(item.value.leave) == displaced
    assert item.program in item.money.enter
    assert (item.never, item.obstacles) == (False, ())


def test_what_each_refused_programme_of_the_published_case_needs(answers):
    assert [numbers([item.program])[0] for item in answers.programs] == [4, 5, 3, 6, 8]
    for item in answers.programs:
        assert_golden(item)


def test_the_money_found_pays_for_a_plan_that_loses_nothing(answers):
    case, values = published(), dict(zip(range(1, 11), (18, 20, 17, 19, 25, 21, 27, 23, 25, 24), strict=True))
    costs = case.program_costs.set_index("program")["amount"]
    now = {1, 2, 7, 9, 10}
    for item in answers.programs:
        then = (now - set(numbers(item.money.leave))) | set(numbers(item.money.enter))
        assert sum(values[number] for number in then) >= 114
        assert sum(costs[code(number)] for number in then) == pytest.approx(17 + item.money.most)


def test_a_larger_model_is_searched_in_parts_to_the_same_answers(monkeypatch):
    monkeypatch.setattr(money_search, "SMALL", 0)
    case, scenario = published(), by_score()
    found = why_not(case, scenario, select_programs(case, scenario), ["P3", "P4"], workers=1)
    assert [item.program for item in found.programs] == ["P4", "P3"]
    for item in found.programs:
        assert_golden(item)


@pytest.mark.parametrize("whole", [True, False])
def test_what_excludes_a_programme_of_the_plan_is_bought_beside_its_own_best_plan(monkeypatch, whole):
    """B excludes A, which is all of the plan: with B and C, 35, that is not lost, for 5 more than there is."""
    if not whole:
        monkeypatch.setattr(money_search, "SMALL", 0)
    excludes = rows("program other kind value", ("B", "A", "excludes", np.nan))
    case = one_place([("A", 0.3, 10), ("B", 0.2, 10), ("C", 0.15, 5)], budget=10, program_links=excludes)
    item = only(case, make_scenario(), programs=["B"])
    assert (proven(item.money, 5), proven(item.cost, 5), proven(item.value, 10)) == (True,) * 3
    assert (item.money.leave, item.money.enter) == (("A",), ("B", "C"))


def projects(costs, funds, budgets, shares=()):
    """A (10 points) and B (9), in two years; ``costs`` of each, ``shares`` of a fund for a programme."""
    programs = rows(
        "program name_id duration first_start last_start score",
        *((code, code, 1, 2027, 2027, points) for code, points in (("A", 10), ("B", 9))),
    )
    due = [
        (code, "", "build", offset, float(c)) for code, own in costs.items() for offset, c in enumerate(own)
    ]
    tables = {"fund_rules": rows("fund program max_share", *shares)} if shares else {}
    return one_place(
        [],
        budget=0,
        programs=programs,
        program_regions=rows("program region"),
        program_effects=rows("program issue effect"),
        program_costs=rows("program region kind offset amount", *due),
        funds=rows("fund name_id certainty", *funds),
        fund_budgets=rows("fund year amount", *budgets),
        **tables,
    )


def only(case, scenario, **asked):
    (item,) = why_not(case, scenario, select_programs(case, scenario), workers=1, **asked).programs
    return item


def test_which_fund_and_year_the_money_comes_from():
    """Fund f pays for A alone: 4 and 2. Of B, 3 and 2, g bears half at most: 1.5 and 1 are left for f.

    B alone can be paid, and brings 1 point less. Though g has money left, it can bear no more.
    """
    item = only(
        projects(
            {"A": (4, 2), "B": (3, 2)},
            [("f", "Dana", "agreed"), ("g", "Hibah", "pledge")],
            [("f", 2027, 4), ("f", 2028, 2), ("g", 2027, 9), ("g", 2028, 9)],
            [("g", "B", 0.5)],
        ),
        by_score(),
    )
    assert proven(item.money, 2.5)
    assert item.money.parts == (("f", 2027, pytest.approx(1.5)), ("f", 2028, pytest.approx(1.0)))
    assert (item.money.leave, item.money.enter) == ((), ("B",))
    assert proven(item.value, 1)
    assert (item.value.leave, item.value.enter) == (("A",), ("B",))
    assert proven(item.cost, 2.5)
    assert item.cost.parts == (("", 2027, pytest.approx(1.5)), ("", 2028, pytest.approx(1.0)))


@pytest.mark.parametrize(
    ("first", "second", "fund"),
    [("agreed", "agreed", "f"), ("pledge", "agreed", "g"), ("expected", "pledge", "f"), ("pledge", "", "g")],
)
def test_of_two_funds_that_would_do_money_comes_from_the_surer_then_the_first(first, second, fund):
    """Both may pay for all: 5 of 4 are needed."""
    case = projects(
        {"A": (3,), "B": (2,)},
        [("f", "Dana", first), ("g", "Hibah", second)],
        [("f", 2027, 2), ("g", 2027, 2)],
    )
    item = only(case, by_score())
    assert proven(item.money, 1)
    assert item.money.parts == ((fund, 2027, pytest.approx(1.0)),)


def test_a_fund_without_a_budget_in_a_year_stays_closed():
    """B falls due in 2028, when f has nothing: saving its 2 there is the only way."""
    case = projects({"A": (3,), "B": (0, 2)}, [("f", "Dana", "agreed")], [("f", 2027, 3), ("f", 2028, 0)])
    item = only(case, by_score())
    assert item.never
    assert [one.rule for one in item.obstacles] == ["fund_budgets"]
    assert item.obstacles[0].codes == ("f", "2028")
    assert (item.money, item.value) == (Change(None, None), Change(None, None))
    assert proven(item.cost, 2)
    assert item.cost.parts == (("", 2028, pytest.approx(2.0)),)
    assert (item.cost.leave, item.cost.enter) == ((), ("B",))


def test_one_that_no_money_brings_in_without_a_loss():
    """B excludes A, which is worth more: it needs 1 point, and nothing else would do."""
    case = replace(
        projects({"A": (3,), "B": (2,)}, [("f", "Dana", "agreed")], [("f", 2027, 3)]),
        program_links=rows("program other kind value", ("B", "A", "excludes", np.nan)),
    )
    item = only(case, by_score())
    assert (item.never, item.obstacles) == (False, ())
    assert (item.money.least, item.money.most) == (None, None)
    assert (item.cost.least, item.cost.most) == (None, None)
    assert proven(item.value, 1)
    assert item.value.leave == ("A",)


def test_one_that_costs_more_than_there_is_has_no_plan_at_todays_budgets():
    """B alone costs 5 of 3: 2 more would do alone, 4 beside A, which is worth more."""
    case = projects({"A": (3,), "B": (5,)}, [("f", "Dana", "agreed")], [("f", 2027, 3)])
    item = only(case, by_score())
    assert not item.never
    assert (item.value.least, item.value.most) == (None, None)
    assert proven(item.money, 5)
    assert proven(item.cost, 5)


@pytest.mark.parametrize(
    ("settings", "rules"),
    [
        ({"locked_out": ["B"]}, {"locked_out"}),
        ({"locked_in": ["A"]}, {"locked_in", "excludes"}),
        ({"closed_years": [2027]}, {"closed_years"}),
    ],
)
def test_one_that_can_never_be_in_is_told_with_the_rules(settings, rules):
    case = replace(
        projects({"A": (3,), "B": (2,)}, [("f", "Dana", "agreed")], [("f", 2027, 9)]),
        program_links=rows("program other kind value", ("B", "A", "excludes", np.nan)),
    )
    case = replace(case, programs=case.programs.assign(in_annual_plan=[True, False]))
    item = only(case, by_score(**settings), programs=["B"])
    assert item.never
    assert (item.money.least, item.value.least, item.cost.least) == (None, None, None)
    assert {one.rule for one in item.obstacles} == rules


def test_one_that_loses_nothing_needs_nothing():
    """B is as good as A: it is refused by its code alone."""
    case = one_place([("A", 0.3, 2), ("B", 0.3, 2)], budget=2)
    item = only(case, make_scenario())
    assert [proven(change, 0) for change in (item.money, item.value, item.cost)] == [True] * 3
    assert item.money.parts == ()


def tight(seed):
    """A random case whose one fund has too little for most."""
    return random_case(seed, budget=6), make_scenario()


def ruled(seed):
    """A random case on which every rule may bite, whose one fund pays for everything."""
    case = ruled_case(seed)
    plain = replace(case, funds=case.funds.assign(holder=""), fund_rules=case.fund_rules.iloc[:0])
    return plain, ruled_scenario(seed)


def tried(case, scenario, least):
    """Each plan that keeps all rules but budgets, and what it costs beyond them each year."""
    years, budgets = measure.horizon(case, scenario), measure.budgets(case, scenario)
    most = np.array([budgets["f", year] for year in years])
    rich = scenario.budget_scale.model_copy(update={"all": 1000 * scenario.budget_scale.all})
    plans = every_plan(case, scenario.model_copy(update={"budget_scale": rich}))
    return [
        (one, np.maximum(0.0, due(case, one.choices, years) - most), years)
        for one in plans
        if scenario.equity.mode == "off" or one.least >= least - 1e-5
    ]


def due(case, choices, years):
    """What choices cost, year by year."""
    none = np.zeros(len(years))
    return sum((measure.yearly_costs(case, one, years).sum().to_numpy(dtype=float) for one in choices), none)


def by_trying(case, program, plans, worth):
    """The least extra money, the best plan with the programme at today's budgets, and the least relief."""
    mine = [(one, over, years) for one, over, years in plans if program in one.programs]
    enough = [(one, over, years) for one, over, years in mine if one.objective >= worth - 1e-6]
    own = [due(case, [c for c in one.choices if c.program == program], years) for one, _, years in enough]
    money = min((over.sum() for _, over, _ in enough), default=None)
    value = max((one.objective for one, over, _ in mine if over.sum() < 1e-9), default=None)
    fits = [
        over.sum() for (_, over, _), costs in zip(enough, own, strict=True) if (over <= costs + 1e-9).all()
    ]
    return money, value, min(fits, default=None), bool(mine)


def assert_holds(change, amount, near):
    if amount is None:
        assert (change.least, change.most) == (None, None)
    else:
        assert change.least - near <= amount <= change.most + near
        assert change.most - change.least <= 2 * near


@pytest.mark.parametrize(("objective", "mode"), OBJECTIVES)
@pytest.mark.parametrize(("drawn", "seed"), [(tight, 4), (tight, 14), (tight, 16), (ruled, 4), (ruled, 24)])
@computed_once()
def test_against_every_plan_there_is(drawn, seed, objective, mode):
    case, scenario = drawn(seed)
    equity = Equity(mode=mode, floor=0.4)
    scenario = scenario.model_copy(update={"objective": objective, "equity": equity})
    plan = select_programs(case, scenario)
    plans = tried(case, scenario, plan.equity.floor if plan.equity else 0.0)
    best = max(one.objective for one, over, _ in plans if over.sum() < 1e-9)
    for item in why_not(case, scenario, plan, workers=1).programs:
        money, value, cost, fits = by_trying(case, item.program, plans, plan.objective)
        assert item.never != fits
        assert_holds(item.money, money, 1e-5)
        assert_holds(item.cost, cost, 1e-5)
        assert_holds(item.value, None if value is None else best - value, SAME)


def test_the_tighter_interval_of_importance_is_taken():
    """That a plan may be worth 120 is not known any more to be wrong: only importance knows it."""
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    known = importance(case, scenario, plan, workers=1)
    loose = plan.model_copy(update={"bound": 120.0, "status": "feasible"})
    for given, more in ((None, 6), (known, 0)):
        (item,) = why_not(case, scenario, loose, ["P5"], known=given, workers=1).programs
        assert item.value.least == pytest.approx(19, abs=NEAR)
        assert item.value.most == pytest.approx(19 + more, abs=NEAR)
        assert numbers(item.value.leave) == (2, 10)


def test_two_processes_answer_as_one_does(answers):
    case, scenario, told = published(), by_score(), []
    plan = select_programs(case, scenario)
    assert why_not(case, scenario, plan, workers=2, progress=told.append) == answers
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_a_model_searched_in_parts_has_one_answer_in_two_processes():
    case = one_place(
        [(f"P{k:02}", 0.02 + 0.01 * (k % 7), 1 + k % 5) for k in range(26)], budget=9, years=(2027, 2028)
    )
    scenario = make_scenario(solver={"effort": 0.001, "threads": 1})
    plan = select_programs(case, scenario)
    asked = [item.program for item in plan.programs if not item.selected][:5]
    model = state_money_model(case, scenario, plan, asked)
    assert model.stated.matrix.integer.sum() > money_search.SMALL
    one, two = (why_not(case, scenario, plan, asked, workers=workers) for workers in (1, 2))
    assert one == two
    assert all(item.money.least <= item.money.most for item in one.programs)


def test_what_is_asked_about_must_be_known_and_refused():
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    with pytest.raises(DataError) as error:
        why_not(case, scenario, plan, ["P33", "P7", "P3"])
    unknown, selected = error.value.problems
    assert (unknown.code, unknown.values["value"], unknown.values["nearest"]) == (
        "unknown_code",
        "P33",
        "P3 P3",
    )
    assert (selected.code, selected.values["program"]) == ("program_in_plan", "P7")


def test_a_plan_that_is_worth_nothing_has_nothing_to_lose():
    case, scenario = published(budget=0), by_score()
    with pytest.raises(DataError) as error:
        why_not(case, scenario, select_programs(case, scenario))
    assert [problem.code for problem in error.value.problems] == ["plan_worth_nothing"]


@pytest.mark.parametrize("other", [{"budget": 5}, {"values": (1,) * 10}])
def test_a_plan_of_other_tables_is_told(other):
    plan = select_programs(published(), by_score())
    with pytest.raises(SolverError) as error:
        why_not(published(**other), by_score(), plan, ["P3"])
    assert [problem.code for problem in error.value.problems] == ["plan_of_other_settings"]


def test_a_base_without_a_plan_is_told():
    plan = select_programs(published(), by_score())
    with pytest.raises(InfeasibleError) as error:
        why_not(published(), by_score(locked_in=["P3"], locked_out=["P3"]), plan, ["P4"])
    assert [problem.code for problem in error.value.problems] == ["locked_in_and_out"]


def test_it_is_written_and_read(answers):
    kind = TypeAdapter(WhyNot)
    assert kind.validate_json(kind.dump_json(answers)) == answers


def test_the_table_has_a_row_a_programme(answers):
    table = answers.table.set_index("program")
    assert list(table.index) == [item.program for item in answers.programs]
    assert table.loc["P3", ["money_least", "money_most"]].tolist() == pytest.approx([5, 5])
    assert (table.loc["P5", "displaced"], table.loc["P5", "from"]) == ("P10 P2", "f:2027")
