"""What rules cost, by solving again without them: on paper, and against trying every plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

import adopted
from jspmodel.errors import SolverError
from jspmodel.measure import computed_once
from jspmodel.realisation import Standing, left_to_decide
from jspmodel.selection import rule_prices, select_programs
from jspmodel.selection.explanation.asked_again import AskedAgain
from jspmodel.selection.formulation import Model, formulate
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.rules import rule_parts
from jspmodel.solver import effort_units
from selection.random_cases import every_plan, ruled_case, ruled_scenario
from selection.small import make_scenario, one_place, rows, unequal

XY = [("X", 0.4, 1), ("Y", 0.3, 1)]
"""Alone X is worth 40 and Y 30."""
X = [("X", 0.3, 1)]


def priced(case, **settings):
    """The rows by rule and code, after a plan whose settings are these."""
    scenario = make_scenario(**settings)
    found = rule_prices(case, scenario, select_programs(case, scenario))
    return {(row.rule, row.code): row for row in found.itertuples()}


def proposals(columns, *lines, **others):
    return {"programs": rows(f"program name_id {columns}", *lines), **others}


QUICK = proposals("duration quick_win", ("X", "X", 1, False), ("Y", "Y", 1, True))
OF_E = proposals(
    "duration dimension",
    ("X", "X", 1, ""),
    ("Y", "Y", 1, "e"),
    dimensions=rows("dimension name_id", ("e", "E")),
)
SYSTEMS = proposals("duration new_systems", ("X", "X", 1, 1))
LONG = proposals(
    "duration", ("X", "X", 2),
    program_costs=rows("program region kind offset amount", *(("X", "", "build", year, 1) for year in (0, 1))),
    terms_of_office=rows("office region last_year", ("Gubernur", "", 2027)),
)  # fmt: skip
STAFF = proposals(
    "duration agency", ("X", "X", 1, "g"),
    agencies=rows("agency name", ("g", "Dinas")),
    staff_kinds=rows("staff_kind name_id", ("k", "K")),
    agency_staff=rows("agency staff_kind from_year people", ("g", "k", None, 1)),
    program_staff=rows("program staff_kind agency region phase people", ("X", "k", "", "", "build", 2)),
)  # fmt: skip
PAPERS = {
    "documents": rows("document name_id", ("D", "Dokumen"), ("E", "Lain")),
    "required_documents": rows("document fund", ("D", "f"), ("E", "f")),
    "program_readiness": rows(
        "program document state complete_by", ("X", "D", "missing", ""), ("X", "E", "ready", "")
    ),
}


@pytest.mark.parametrize(
    ("case", "settings", "rule", "code", "price", "adds", "drops"),
    [
        # One billion pays one programme: Y as the only quick win, in place of X.
        (one_place(XY, budget=1, **QUICK), {"min_quick_wins": 1}, "quick_wins", "", 10, ("X",), ("Y",)),
        (one_place(XY, budget=1, **OF_E), {"min_programs_per_dimension": 1}, "programs_per_dimension", "", 10,
         ("X",), ("Y",)),
        (one_place(XY, budget=1), {"locked_in": ["Y"]}, "locked_in", "Y", 10, ("X",), ("Y",)),
        (one_place(XY, budget=1), {"locked_out": ["X"]}, "locked_out", "X", 10, ("X",), ("Y",)),
        # From 2028 on X works half of the two years: 15 of 30.
        (one_place(X, budget=1, years=(2027, 2028)), {"closed_years": [2027]}, "closed_years", "", 15, (), ()),
        # Built in 2027 and 2028, X works in 2028: half of 30. The term ends in 2027.
        (one_place(X, budget=1, years=(2027, 2028), **LONG), {"terms_of_office": True}, "terms_of_office", "", 15,
         ("X",), ()),
        (one_place(X, budget=1, **STAFF), {}, "staff_limits", "", 30, ("X",), ()),
        (one_place(X, budget=1, **SYSTEMS), {"no_new_systems": True}, "new_systems", "", 30, ("X",), ()),
        (one_place(X, budget=1, **PAPERS), {}, "readiness", "D", 30, ("X",), ()),
        # X and Z in A alone: 0.75 of 70; with the floor X and Y: 40.
        (unequal(), {"equity": {"mode": "floor", "floor": 0.5}}, "equity", "", 12.5, ("Z",), ("Y",)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_on_paper(case, settings, rule, code, price, adds, drops):
    row = priced(case, **settings)[rule, code]
    assert (row.price, row.least, row.most) == pytest.approx((price, price, price), abs=2e-3)
    assert (row.adds, row.drops) == (adds, drops)
    assert row.searched
    assert not row.stopped


def test_prices_do_not_add_up():
    # X is refused, and its document D is missing: neither rule keeps it out alone.
    found = priced(one_place(X, budget=1, **PAPERS), locked_out=["X"])
    assert {key: row.price for key, row in found.items()} == pytest.approx(
        {("locked_out", "X"): 0, ("readiness", "D"): 0, ("readiness", "E"): 0, ("", ""): 30}, abs=2e-3
    )
    assert found["readiness", "D"].most == pytest.approx(0, abs=2e-3)
    assert found["", ""].adds == ("X",)


def test_what_says_nothing_of_what_could_be_planned_is_not_searched(monkeypatch):
    # The term ends after the plan, and E is ready: without either the model is the same.
    terms = {"terms_of_office": rows("office region last_year", ("Gubernur", "", 2029))}
    seek, bounds = AskedAgain.seek, []
    monkeypatch.setattr(AskedAgain, "seek", lambda self, *told: bounds.append(told[-1]) or seek(self, *told))
    found = priced(one_place(X, budget=1, **terms, **PAPERS), terms_of_office=True)
    idle = [found["terms_of_office", ""], found["readiness", "E"]]
    assert [(row.price, row.least, row.most, row.searched) for row in idle] == [(0, 0, 0, False)] * 2
    assert len(bounds) == 3  # with all, without all, without D


def test_no_row_where_nothing_can_be_switched_off():
    case = one_place(X, budget=1)
    assert priced(case) == {}
    assert "least" in rule_prices(case, make_scenario(), select_programs(case, make_scenario()))


def test_what_a_longer_search_finds_is_no_price_of_a_rule():
    # The plan has the quick win Y, 30; the search finds the quick win Z, 35, before the rule is left out: X, 40.
    quick = rows(
        "program name_id duration quick_win", ("X", "X", 1, False), ("Y", "Y", 1, True), ("Z", "Z", 1, True)
    )
    case = one_place([*XY, ("Z", 0.35, 1)], budget=1, programs=quick)
    plan = select_programs(case, make_scenario(min_quick_wins=1, locked_in=["Y"]))
    (row,) = rule_prices(case, make_scenario(min_quick_wins=1), plan).itertuples()
    assert (row.price, row.least, row.most) == pytest.approx((5, 5, 5), abs=2e-3)
    assert (row.adds, row.drops) == (("X",), ("Z",))


def test_what_is_known_of_plans_without_the_equity_rule_counts(monkeypatch):
    # As if the search found nothing: the best without the floor, 52.5, was found with the plan (40) itself.
    scenario = make_scenario(equity={"mode": "floor", "floor": 0.5})
    plan = select_programs(unequal(), scenario)
    nothing = lambda self, upper, best, bound: replace(best, bound=60.0)  # noqa: E731
    monkeypatch.setattr(AskedAgain, "seek", nothing)
    (row,) = rule_prices(unequal(), scenario, plan).itertuples()
    assert (row.price, row.most) == pytest.approx((12.5, 20), abs=1e-3)
    assert (row.adds, row.drops) == ((), ())


def test_the_effort_is_shared_out_and_progress_told(monkeypatch):
    seek, works, told = AskedAgain.seek, [], []

    def listened(self, *asked):
        works.append(self._work)
        return seek(self, *asked)

    monkeypatch.setattr(AskedAgain, "seek", listened)
    many = [(f"P{k}", 0.02 * (k + 1), 1) for k in range(10)]
    case, scenario = one_place(many, budget=3), make_scenario(locked_out=[f"P{k}" for k in range(10)])
    found = rule_prices(case, scenario, select_programs(case, scenario), told.append)
    assert len(found) == 11
    assert told == pytest.approx([k / 12 for k in range(1, 13)])
    # Without all refusals the model is the largest: each question takes a twelfth of twice its effort, at most.
    whole = Model(formulate(read_inputs(case, make_scenario())), scenario.solver).matrix.entries
    assert max(works) <= 2 / 12 * effort_units("standard", whole) + 1e-9
    assert len(works) == 12


def test_a_plan_of_other_settings():
    case = one_place(XY, budget=1)
    plan = select_programs(case, make_scenario())
    with pytest.raises(SolverError) as error:
        rule_prices(case, make_scenario(locked_in=["Y"]), plan)
    assert error.value.problems[0].code == "plan_of_other_settings"


@pytest.mark.parametrize("mode", ["off", "floor", "max_min"])
@pytest.mark.parametrize(
    "seed", [5, 7, 13, 18, 21, 23]
)  # each has a plan; every rule is in use in one of them
@computed_once()
def test_the_true_price_is_within_what_is_proven(seed, mode):
    case, scenario = (
        ruled_case(seed),
        ruled_scenario(seed, equity={"mode": mode, "floor": 0.7}, spending_rules=["s"]),
    )
    plan = select_programs(case, scenario)
    found = {(row.rule, row.code): row for row in rule_prices(case, scenario, plan).itertuples()}
    parts = {(rule.name, part.code): part for rule, part in rule_parts(case, scenario)}
    assert set(parts) <= set(found)
    floor = plan.equity.floor if plan.equity else None
    held = best(case, scenario, floor)
    assert held == pytest.approx(plan.objective, abs=1e-3)
    for key, part in parts.items():
        free = part.frees(case, scenario)
        price = best(*free, None if key[0] == "equity" else floor) - held
        row = found[key]
        assert row.least - 1e-3 <= price <= row.most + 1e-3, (key, price, row)
        assert row.price == pytest.approx(price, abs=1e-3)
        assert set(row.adds) & set(row.drops) == set()


def best(case, scenario, floor):
    """The most that any plan is worth whose regions all reach a floor."""
    plans = every_plan(case, scenario)
    return max(plan.objective for plan in plans if floor is None or plan.least >= floor - 1e-5)


def test_what_happened_is_no_rule():
    # P began in 2027, Q was given up: neither is priced; R, refused by the planner, is. 2027 is over, 2028 is closed.
    happened = rows(
        adopted.REALISED,
        ("P", 2027, "f", 4.0, "under_way", ""),
        ("Q", 2027, "g", 0.0, "given_up", "lahan tidak ada"),
    )
    asked = adopted.scenario_through().replace(locked_out=["R"], closed_years=[2028])
    case = adopted.case_with(happened)
    case, scenario = left_to_decide(Standing(case, asked, adopted.adopted_plan()))
    assert (len(scenario.locked_in), scenario.locked_out, scenario.closed_years) == (
        1,
        ["R", "Q"],
        [2027, 2028],
    )
    found = list(rule_parts(case, scenario))
    assert [(rule.name, part.code) for rule, part in found] == [("closed_years", ""), ("locked_out", "R")]
    for _, part in found:
        case, scenario = part.frees(case, scenario)
    assert (len(scenario.locked_in), scenario.locked_out, scenario.closed_years) == (1, ["Q"], [2027])
    assert not list(rule_parts(case, scenario))
