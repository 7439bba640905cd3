"""Shadow prices and the next billions: worked out on paper, and beside a finite difference.

One region and one issue wide open, unless a test says otherwise: a programme of effect 0.3 closes 30 points, a part
of it in the relaxation that part.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from jspmodel.errors import SolverError
from jspmodel.intake import load
from jspmodel.intake.tables import build_case
from jspmodel.selection import next_billions, select_programs, shadow_prices
from jspmodel.selection.explanation import prices
from jspmodel.selection.formulation import Model
from selection.random_cases import random_case
from selection.small import make_scenario, one_place, rows, stated, unequal


def priced(case, scenario):
    """The prices above noise, by rule and its codes."""
    table = shadow_prices(case, scenario, select_programs(case, scenario))
    codes = table[list(prices.PLACES)].astype(str).replace("0", "").agg(" ".join, axis=1).str.split()
    keys = zip(table["rule"], *[[" ".join(parts) for parts in codes]], strict=True)
    return {key: price for key, price in zip(keys, table["price"], strict=True) if price > 1e-3}


def relaxed(case, scenario):
    model = Model(stated(case, scenario, cuts=False).problem, scenario.solver)
    return model.relax().objective


def two_regions(*, budget, funds=(), minimum=None, mandatory=(), scope="joint", **tables):
    """X closes 30 points in A, where it costs 2, and nothing in B, where it costs 4."""
    base = {
        "regions": rows("region name", ("A", "Alfa"), ("B", "Beta")),
        "issues": rows("issue name_id", ("w", "Sampah")),
        "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 0.0)),
        "programs": rows("program name_id duration scope min_volume", ("X", "X", 1, scope, minimum)),
        "program_regions": rows(
            "program region volume mandatory",
            ("X", "A", 8.0, "A" in mandatory),
            ("X", "B", 4.0, "B" in mandatory),
        ),
        "program_costs": rows(
            "program region kind offset amount", ("X", "A", "build", 0, 2), ("X", "B", "build", 0, 4)
        ),
        "program_effects": rows("program issue effect", ("X", "w", 0.3)),
        "funds": rows(
            "fund name_id holder", ("f", "Dana", ""), *((fund, fund, holder) for fund, holder, _ in funds)
        ),
        "fund_budgets": rows(
            "fund year amount", ("f", 2027, budget), *((fund, 2027, amount) for fund, _, amount in funds)
        ),
    }
    return build_case("two", {**base, **tables})


def test_a_budget_and_where_money_is_no_help():
    # X whole (6 billion) and three quarters of Y: 0.45 delivered, so the last billion adds 0.05 at slope 0.75.
    case = one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=9)
    assert priced(case, make_scenario()) == pytest.approx({("budget", "f 2027"): 3.75}, abs=1e-3)
    rich = one_place([("X", 0.3, 6)], budget=9)
    assert priced(rich, make_scenario()) == {}


def test_what_is_demanded_has_a_price_too():
    # Q takes 3 of 6 billion for 10 points, which X would turn into 15.
    programs = rows(
        "program name_id duration quick_win dimension", ("X", "X", 1, False, ""), ("Q", "Q", 1, True, "d")
    )
    tables = {"programs": programs, "dimensions": rows("dimension name_id", ("d", "Dimensi"))}
    case = one_place([("X", 0.3, 6), ("Q", 0.1, 3)], budget=6, **tables)
    money = {("budget", "f 2027"): 5}
    quick = priced(case, make_scenario(min_quick_wins=1))
    assert quick == pytest.approx({**money, ("quick_wins", ""): 5}, abs=1e-3)
    dimension = priced(case, make_scenario(min_programs_per_dimension=1))
    assert dimension == pytest.approx({**money, ("dimension", "d"): 5}, abs=1e-3)
    assert priced(case, make_scenario(locked_in=["Q"])) == pytest.approx(
        {**money, ("lock", "Q"): 5}, abs=1e-3
    )


@pytest.mark.parametrize(
    ("rule", "tables"),
    [
        (("excludes", "X Y"), {"program_links": rows("program other kind", ("X", "Y", "excludes"))}),
        (("parallel", "g"), {"agencies": rows("agency name max_parallel", ("g", "Dinas", 1))}),
    ],
)
def test_one_programme_of_two(rule, tables):
    # x + y <= 1 and 2 x + y <= 1.5: half of each; 30 x + 20 y has the multipliers 10 and 10.
    programs = rows("program name_id duration agency", ("X", "X", 1, "g"), ("Y", "Y", 1, "g"))
    agencies = {"agencies": rows("agency name", ("g", "Dinas"))}
    case = one_place(
        [("X", 0.3, 2), ("Y", 0.2, 1)], budget=1.5, **{"programs": programs, **agencies, **tables}
    )
    assert priced(case, make_scenario()) == pytest.approx({rule: 10, ("budget", "f 2027"): 10}, abs=1e-3)


def test_a_prerequisite():
    # Half of X in 2027, so half of Y in 2028: 7.5 points. With an exception for a part h of Y, it starts in 2027:
    # 30 h + 15 (0.5 - h / 2 + h - h) = 7.5 + 22.5 h, X having 2 h of the money of 2027 less.
    tables = {"program_links": rows("program other kind", ("Y", "X", "requires"))}
    case = one_place([("X", 0.0, 4), ("Y", 0.3, 2)], budget=2, years=(2027, 2028), **tables)
    assert priced(case, make_scenario())["requires", "Y X"] == pytest.approx(22.5, abs=1e-3)


def test_a_system_and_a_level_of_maturity():
    # Half of X needs half of D, which retires a system; one new system more would be shared by X and D: 15.
    tables = {
        "programs": rows("program name_id duration new_systems", ("X", "X", 1, 1), ("D", "D", 1, None)),
        "systems": rows("system name", ("s", "Sistem")),
        "program_systems": rows("program system action", ("D", "s", "retires")),
    }
    case = one_place([("X", 0.3, 1), ("D", 0.0, 1)], budget=1, **tables)
    found = priced(case, make_scenario(no_new_systems=True))
    assert found == pytest.approx({("systems", ""): 15, ("budget", "f 2027"): 15}, abs=1e-3)
    # Half of Q in 2027 raises A by half a level: half of R in 2028, 7.5. Lacking d levels: 7.5 / d.
    tables = {
        "regions": rows("region name maturity", ("A", "Alfa", 1)),
        "programs": rows(
            "program name_id duration required_maturity raises_maturity",
            ("Q", "Q", 1, None, 1),
            ("R", "R", 1, 2, None),
        ),
    }
    case = one_place([("Q", 0.0, 2), ("R", 0.3, 1)], budget=1, years=(2027, 2028), **tables)
    assert priced(case, make_scenario())["maturity", "R A"] == pytest.approx(7.5, abs=1e-3)


def test_the_volume_of_a_coalition():
    # Per part of X: 2 for A and m - 8 for B, which brings a volume of 1 a billion. 30 * 3 / (m - 6) falls by
    # 90 / 16 a unit at m = 10.
    found = priced(two_regions(budget=3, minimum=10), make_scenario())
    assert found["volume", "X"] == pytest.approx(5.625, abs=1e-3)
    assert found["budget", "f 2027"] == pytest.approx(7.5, abs=1e-3)


@pytest.mark.parametrize(
    ("rule", "how"),
    [(("mandatory", "X B"), {"mandatory": "AB"}), (("province", "X"), {"scope": "province"})],
)
def test_a_region_that_need_not_take_part(rule, how):
    # With a part b of B, X costs 2 + 4 b: 30 * 3 / (2 + 4 b) falls by 10 a unit at b = 1. A is wanted anyway.
    found = priced(two_regions(budget=3, **how), make_scenario())
    assert found == pytest.approx({rule: 10, ("budget", "f 2027"): 5}, abs=1e-3)


def test_what_funds_may_pay():
    # The fund of A pays for A's part only: 6 x <= 2 x + 1. Rp 1 billion more from either pays for a quarter of X.
    found = priced(two_regions(budget=1, funds=[("a", "A", 9)], mandatory="AB"), make_scenario())
    money = {("budget", "f 2027"): 7.5, ("region_funds", "X"): 7.5}
    assert {key: found[key] for key in money} == pytest.approx(money, abs=1e-3)
    # g bears at most a half: 6 x (1 - a) <= 1. 30 / (6 (1 - a)) grows by 20 for a whole share, 0.2 a percentage point.
    rules = rows("fund program max_share", ("g", "X", 0.5))
    case = two_regions(budget=1, funds=[("g", "", 9)], mandatory="AB", fund_rules=rules)
    found = priced(case, make_scenario())
    assert found["fund_rules", "X"] == pytest.approx(0.2, abs=1e-3)
    assert found["budget", "f 2027"] == pytest.approx(10, abs=1e-3)


def test_a_floor():
    # B must reach 26.25 of its own 40; the money would bring 40 * 0.75 * 0.75 in A instead of 40 * 0.25 in B: 12.5
    # for 40 percentage points of B.
    found = priced(unequal(), make_scenario(equity={"mode": "floor", "floor": 0.5}))
    assert found == pytest.approx({("budget", "f 2027"): 22.5, ("floor", "B"): 0.3125}, abs=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_prices_of_budgets_beside_a_finite_difference(seed):
    # The optimum of the relaxation is concave in a budget: a price lies between the slopes at its two sides.
    case, scenario, step = random_case(seed, programs=5), make_scenario(), 0.01
    found = shadow_prices(case, scenario, select_programs(case, scenario))
    money = found[found["rule"] == "budget"]
    assert (money["price"] > 0.1).any()
    for row in money.itertuples():
        table = case.fund_budgets
        here = (table["fund"] == row.fund) & (table["year"] == row.year)
        less, now, more = (
            relaxed(replace(case, fund_budgets=table.assign(amount=table["amount"] + by * here)), scenario)
            for by in (-step, 0.0, step)
        )
        assert (more - now) / step - 1e-3 <= row.price <= (now - less) / step + 1e-3


def test_score_points_have_prices_too():
    programs = rows("program name_id duration score", ("X", "X", 1, 6.0), ("Y", "Y", 1, 2.0))
    case = one_place([("X", 0.3, 4), ("Y", 0.2, 2)], budget=5, programs=programs)
    # X whole and half of Y: 1 point a billion.
    assert priced(case, make_scenario(objective="score")) == pytest.approx(
        {("budget", "f 2027"): 1.0}, abs=1e-3
    )


def next_ones(case, scenario, *amounts):
    plan = select_programs(case, scenario)
    found = next_billions(case, scenario, plan, amounts)
    return {(row.fund, row.amount): row for row in found.itertuples()}


def test_the_next_billions():
    # Y and Z cost 9: 40. Of 10 billion X and Y: 0.4 + 0.1 * 0.75 = 47.5; of 15 all: 0.4 + 0.3 * 0.75 = 62.5.
    case = one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=9)
    found = next_ones(case, make_scenario(), 1.0, 6.0)
    assert list(found) == [("", 0.0), ("f", 1.0), ("f", 6.0), ("", 1.0), ("", 6.0)]
    for (_, amount), row in found.items():
        gain = {0.0: 0, 1.0: 7.5, 6.0: 22.5}[amount]
        assert (row.gain, row.least, row.most) == pytest.approx((gain, gain, gain), abs=2e-3)
        assert not row.stopped
    assert (found["f", 1.0].adds, found["f", 1.0].drops) == (("X",), ("Z",))
    assert (found["", 6.0].adds, found["", 6.0].drops) == (("X",), ())


def test_what_more_money_costs_is_no_part_of_what_is_proven():
    """There is one billion; of 10 more X is paid, which closes 40 percent: the charge for them is not what it loses."""
    found = next_ones(one_place([("X", 0.4, 11), ("Y", 0.1, 200)], budget=1), make_scenario(), 10.0, 20.0)
    for amount in (10.0, 20.0):
        row = found["f", amount]
        assert row.gain == pytest.approx(40)
        assert row.least <= 40 <= row.most + 1e-9


def test_the_next_billions_of_a_fund_are_no_other_funds():
    """Each fund has one billion a year and pays for one programme alone, which costs 5: of 4 more in f only F is paid,
    though G and H close more. In the first of three years 0.1, 0.2 and 0.3 close as many tenths."""
    effects = {"F": 0.1, "G": 0.2, "H": 0.3}
    case = one_place(
        [(code, effect, 5) for code, effect in effects.items()],
        budget=0,
        funds=rows("fund name_id", *((code.lower(), code) for code in effects)),
        fund_rules=rows("fund program max_share", *((code.lower(), code, 1.0) for code in effects)),
        fund_budgets=rows(
            "fund year amount", *((code.lower(), year, 1) for code in effects for year in (2027, 2028, 2029))
        ),
    )
    found = next_ones(case, make_scenario(), 4.0)
    for code, effect in effects.items():
        row = found[code.lower(), 4.0]
        assert row.adds == (code,)
        assert (row.gain, row.least, row.most) == pytest.approx((100 * effect,) * 3, abs=2e-3)


def test_the_next_billion_where_the_fund_may_not_pay():
    # The money of A pays for A's own part, which is paid already: nothing. Any funds: the fund that lacks it.
    found = next_ones(two_regions(budget=3, funds=[("a", "A", 9)], mandatory="AB"), make_scenario(), 1.0)
    assert ("a", 1.0) not in found
    assert found["", 1.0].gain == pytest.approx(30, abs=1e-3)


def test_the_next_billion_keeps_the_floor():
    # With 2 billion X and Y: 40 points (see test_equity_and_its_price); a third billion brings Z: 0.75 * 70 + 0.25 * 40.
    found = next_ones(unequal(), make_scenario(equity={"mode": "floor", "floor": 0.5}), 1.0)
    assert found["", 1.0].gain == pytest.approx(62.5 - 40, abs=2e-3)
    assert found["", 0.0].gain == pytest.approx(0, abs=2e-3)


def test_more_searching_is_no_more_money():
    # A plan far from the best: what a search finds without money is not the money's.
    case = one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=9)
    plan = select_programs(case, make_scenario(locked_in=["X"]))
    found = next_billions(case, make_scenario(), plan, (1.0,)).set_index(["fund", "amount"])
    assert found.loc[("", 0.0), "gain"] == pytest.approx(10, abs=2e-3)
    assert found.loc[("f", 1.0), "gain"] == pytest.approx(7.5, abs=2e-3)


def test_a_plan_of_other_settings():
    programs = [("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)]
    plan = select_programs(one_place(programs, budget=9), make_scenario())
    poorer = one_place(programs, budget=8)
    with pytest.raises(SolverError) as error:
        next_billions(poorer, make_scenario(), plan)
    assert error.value.problems[0].code == "plan_of_other_settings"


def test_no_prices_without_a_solved_relaxation(monkeypatch):
    case = one_place([("X", 0.3, 6)], budget=9)
    plan = select_programs(case, make_scenario())
    relax = prices.relax
    monkeypatch.setattr(prices, "relax", lambda *asked: replace(relax(*asked), converged=False))
    with pytest.raises(SolverError) as error:
        shadow_prices(case, make_scenario(), plan)
    assert error.value.problems[0].code == "no_prices"


def test_money_that_a_fund_has_none_of_overflows_no_price():
    # In the model of raised budgets purses of nothing hold what a plan began with; warnings are errors there too.
    case, scenario = load("kota-yogyakarta")
    scenario = scenario.replace(solver={"effort": 0.001})
    found = next_billions(case, scenario, select_programs(case, scenario), (1.0,))
    assert (found["least"] <= found["gain"]).all()
    assert (found["gain"] <= found["most"] + 1e-6).all()
