"""All that is tested of the rule spending_rules."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from jspmodel.errors import InfeasibleError
from jspmodel.plan import Choice
from jspmodel.selection import evaluate, rule_prices, select_programs, shadow_prices
from jspmodel.selection.parametric import budget_frontier
from jspmodel.selection.postoptimal import certify, customary_plans, importance
from jspmodel.selection.postoptimal.certificate import check_certificate
from jspmodel.selection.rules import spending_rules
from selection.rules.audited import CHOICES, PAYMENTS, Tampered
from selection.rules.bad_data import csv_programs
from selection.rules.clashes import TWO, Clash, clash, programs
from selection.rules.marks import on_paper, reason
from selection.small import by_program, make_scenario, one_place, rows, starts

ROWS = {
    # P costs 4 shared and 2 in A when it starts, runs 1 in B; Q costs 3 in each of two years, R 5 in A. Three quarters
    # of what P and Q cost, less a quarter of R's, are at least a quarter of 8 less 1.
    spending_rules.spending_least: """
        spending_least(least,2028): 0.75 join(P,A,2027) + 0.75 join(P,A,2028) + 0.75 join(P,B,2027) + 3 start(P,2028) + 2.25 start(Q,2027) + 2.25 start(Q,2028) >= 1
        spending_least(least,2029): 0.75 join(P,A,2028) + 0.75 join(P,B,2027) + 0.75 join(P,B,2028) - 1.25 join(R,A,2029) + 2.25 start(Q,2028) >= 1
    """,
    spending_rules.spending_most: """
        spending_most(most,2029): - 0.5 pay(P,prov,2029) - 0.5 pay(Q,prov,2029) + 0.5 pay(R,prov,2029) <= 0
    """,
}
TAMPERED = Tampered(
    CHOICES, {**PAYMENTS, ("S", "prov", 2028): 3.0}, {"spending_rule": "k", "year": "2028"}, 0.6, alone=True
)  # three fifths of 6 are 3.6, Q has 3
HEAD = (
    "spending_rule,name_id,bound,share,dimension,urusan,fund_kind,base_amount,base_total,from_year,to_year\n"
)


def table(*lines):
    """Rules of the tiny case: its dimension is living."""
    return {"spending_rules": HEAD + "".join(f"{line}\n" for line in lines)}


def urusan(value):
    return csv_programs("urusan", f"P01,A,1,joint,{value}")


BAD = {
    "spending_least": [
        (table("s,S,least,0.4,living,,,,,,"), "", "not_in_list", "bound"),
        (table("s,S,min,1.4,living,,,,,,"), "", "out_of_range", "share"),
        (table("s,S,min,,living,,,,,,"), "", "blank_cell", "share"),
        (table("s,S,min,0.4,lving,,,,,,"), "", "unknown_code", "dimension"),
        (table("s,S,min,0.4,,,,,,,"), "", "spending_counts_all", "dimension, urusan, spending_kind, minimum_service"),
        (table("s,S,min,0.4,living,,,3,,,"), "", "spending_base_missing", "base_total"),
        (table("s,S,min,0.4,living,,,,9,,"), "", "spending_base_missing", "base_amount"),
        (table("s,S,min,0.4,living,,,9,3,,"), "", "spending_base_reversed", "base_amount"),
        (table("s,S,min,0.4,living,,,,,2028,2027"), "", "spending_years_reversed", "to_year"),
        (table("s,S,min,0.4,living,,APBN,,,,"), "", "spending_no_fund", "fund, fund_kind, region"),
        ({**table("s,S,min,0.4,,kesehtan,,,,,"), **urusan("kesehatan")}, "", "spending_misspelt", "urusan"),
        ({**table("s,S,min,0.4,,pekerjaan,,,,,"), **urusan("kesehatan")}, "", "spending_no_program",
         "dimension, urusan, spending_kind, minimum_service"),
        (table("s,S,min,0.6,living,,,,,,", "t,T,max,0.5,living,,,,,,"), "", "spending_contradiction", "share"),
        (table("s,S,min,0.6,living,,,,,2028,", "t,T,max,0.5,living,,,,,,2028"), "", "spending_contradiction", "share"),
        ({**table("s,S,min,0.6,,a,,,,,", "t,T,min,0.5,,b,,,,,"), **csv_programs("urusan", "P01,A,1,joint,a", "P02,B,2,joint,b")},
         "", "spending_above_all", "share"),
        ({**table("s,S,min,0.3,,a,,,,,", "t,T,min,0.5,,b,,,,,", "u,U,min,0.6,,a,,,,,"),
          **csv_programs("urusan", "P01,A,1,joint,a", "P02,B,2,joint,b")}, "", "spending_above_all", "share"),
        (table("s,S,min,0.5,living,,,1,1000,,"), "", "spending_out_of_reach", "share"),
        (table("s,S,min,0.5,living,,,4.9,10,,"), "", "spending_less_outside", "base_amount"),
        (table("s,S,min,0.5,living,,,,,2050,"), "", "spending_never", "from_year"),
        (table("s,S,min,0.5,living,,,,,,"), "spending_rules: [t]", "unknown_code", "spending_rules"),
        (table("s,S,min,0.5,living,,,,,,"), "spending_rules: 0.4", "setting_list", "spending_rules"),
    ],
    "spending_most": [
        (table("s,S,max,0.1,living,,,900,1000,,"), "", "spending_out_of_reach", "share"),
        (table("s,S,max,0.5,living,,,5.1,10,,"), "", "spending_more_outside", "base_amount"),
    ],
}  # fmt: skip
COLUMNS = "spending_rule name_id bound share dimension base_amount base_total"
DIMENSIONS = {
    "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
    "programs": programs(
        ("P", "P", 1, "d"), ("Q", "Q", 1, "e"), columns="program name_id duration dimension"
    ),
}


def share_of(*lines, **more):
    """P is of dimension d, Q of e; each costs 1, the fund has 9."""
    return one_place(TWO, budget=9, **DIMENSIONS, spending_rules=rows(COLUMNS, *lines), **more)


CLASHES = {
    # With P in too, nine tenths of 2 are 1.8, P has 1.
    "least": Clash(
        share_of(("s", "S", "min", 0.9, "d", None, None)), {"locked_in": ["Q"]},
        {"lock Q", "spending_least s 2027"}, {"lock Q": 1, "spending_least s 2027": 0.8},
    ),
    # A half of 10 is asked for, 1 is there; P adds 1 to it and half of 1 to what is asked: 4 - 0.5 are missing.
    "least of nothing": Clash(
        share_of(("s", "S", "min", 0.5, "d", 1, 10)), {},
        {"spending_least s 2027"}, {"spending_least s 2027": 3.5},
    ),
    # Beside P a fifth of 2 is allowed, 0.4; Q costs 1.
    "most": Clash(
        share_of(("s", "S", "max", 0.2, "e", None, None)), {"locked_in": ["Q"]},
        {"lock Q", "spending_most s 2027"}, {"lock Q": 1, "spending_most s 2027": 0.6},
    ),
}  # fmt: skip


@on_paper("spending_least", "spending_most")
def test_a_share_is_asked_for_at_least_or_at_most():
    # X is best and costs 2, Y 1. X is of d, Y of e; 100 phi(0.4) = 40, 30 for Y, 62.5 for both.
    def plan(*rule):
        tables = {
            "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
            "programs": rows("program name_id duration dimension", ("X", "X", 1, "d"), ("Y", "Y", 1, "e")),
            "spending_rules": rows(COLUMNS, ("s", "S", *rule)),
        }
        return select_programs(one_place([("X", 0.4, 2), ("Y", 0.3, 1)], budget=3, **tables), make_scenario())

    assert set(starts(plan("min", 1 / 3, "e", None, None))) == {"X", "Y"}
    assert set(starts(plan("min", 0.34, "e", None, None))) == {"Y"}  # a third of both; without X all of it
    assert set(starts(plan("max", 0.66, "d", None, None))) == {"Y"}
    assert set(starts(plan("max", 0.67, "d", None, None))) == {"X", "Y"}
    # Outside the plan 4 of 10 are spent so: with Y 5 of 11, with both 5 of 13, which is 0.385; with X 4 of 12.
    assert set(starts(plan("min", 0.38, "e", 4, 10))) == {"X", "Y"}
    assert set(starts(plan("min", 0.39, "e", 4, 10))) == {"Y"}
    # 3 of 10 are too few for 0.35: Y must come in (4 of 11), X may not (4 of 13).
    assert set(starts(plan("min", 0.35, "e", 3, 10))) == {"Y"}
    # 5 of 10 are too many for 0.45 at most of e: X brings it to 5 of 12, with Y it would be 6 of 13.
    assert set(starts(plan("max", 0.45, "e", 5, 10))) == {"X"}


def test_only_the_funds_and_years_of_a_rule_count():
    # The province has 3 a year, the grant 2. X of d costs 2, Y of e 2; half of what the province pays is for d.
    def plan(**changed):
        rule = {
            "spending_rule": "s", "name_id": "S", "bound": "min", "share": 0.75, "dimension": "d",
            "fund": "", "fund_kind": "", "region": "", "from_year": None, "to_year": None, **changed,
        }  # fmt: skip
        tables = {
            "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
            "programs": rows("program name_id duration dimension", ("X", "X", 1, "d"), ("Y", "Y", 1, "e")),
            "funds": rows(
                "fund name_id kind holder", ("prov", "APBD", "APBD", ""), ("own", "A", "APBD", "A")
            ),
            "fund_budgets": rows("fund year amount", ("prov", 2027, 3), ("own", 2027, 2)),
            "spending_rules": rows(" ".join(rule), tuple(rule.values())),
        }
        case = one_place([("X", 0.4, 2), ("Y", 0.3, 2)], budget=0, **tables)
        return select_programs(case, make_scenario())

    assert set(starts(plan())) == {"X"}
    # Of the province alone: it pays for X, A's fund for Y.
    split = plan(fund="prov")
    assert set(starts(split)) == {"X", "Y"}
    paid = {(item.program, item.fund): item.amount for item in split.funding}
    assert paid.get(("X", "prov"), 0) >= 3 * paid.get(("Y", "prov"), 0) - 1e-6
    assert set(starts(plan(region="A"))) == {"X", "Y"}
    assert set(starts(plan(fund_kind="APBD"))) == {"X"}
    assert set(starts(plan(fund_kind="APBD", region="A"))) == {"X", "Y"}
    assert set(starts(plan(from_year=2028))) == {"X", "Y"}
    assert set(starts(plan(to_year=2026))) == {"X", "Y"}


def test_what_a_rule_counts_is_what_has_all_that_it_names():
    tables = {
        "programs": rows(
            "program name_id duration urusan spending_kind minimum_service",
            ("X", "X", 1, "kesehatan", "infrastruktur", True), ("Y", "Y", 1, "kesehatan", "pegawai", False),
        ),
        "spending_rules": rows(
            "spending_rule name_id bound share urusan spending_kind minimum_service",
            ("u", "U", "max", 0.4, "kesehatan", "", False), ("k", "K", "max", 0.4, "", "infrastruktur", False),
            ("m", "M", "max", 0.4, "", "", True), ("both", "B", "max", 0.4, "kesehatan", "pegawai", False),
        ),
    }  # fmt: skip
    case = one_place([("X", 0.3, 1), ("Y", 0.2, 1)], budget=9, **tables)
    kept_out = {
        rule: {"X", "Y"} - set(starts(select_programs(case, make_scenario(spending_rules=[rule]))))
        for rule in ("u", "k", "m", "both")
    }
    # All that is spent is on health; of X and Y together half is X's.
    assert kept_out == {"u": {"X", "Y"}, "k": {"X"}, "m": {"X"}, "both": {"Y"}}


def test_a_scenario_names_the_rules_that_hold():
    lines = [("a", "A", "max", 0.0, "d", None, None), ("b", "B", "max", 0.0, "e", None, None)]
    case = share_of(*lines)
    assert not starts(select_programs(case, make_scenario()))
    assert set(starts(select_programs(case, make_scenario(spending_rules=[])))) == {"P", "Q"}
    assert set(starts(select_programs(case, make_scenario(spending_rules=["a"])))) == {"Q"}


@reason("spending_share")
def test_a_refusal_names_the_rule():
    case = share_of(("s", "S", "max", 0.2, "e", None, None))
    assert by_program(select_programs(case, make_scenario()), "Q") == (
        "spending_share",
        {"spending_rule": "s"},
    )
    # Where only some funds are asked about, and nothing else may pay, money that is missing would be theirs.
    funds = {
        "funds": rows("fund name_id", ("f", "F"), ("g", "G")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 9), ("g", 2027, 9)),
        "fund_rules": rows("fund program", ("g", "P")),
        "spending_rules": rows(
            "spending_rule name_id bound share dimension fund", ("s", "S", "max", 0.2, "e", "f")
        ),
    }
    case = one_place(TWO, budget=9, **DIMENSIONS, **funds)
    plan = select_programs(case, make_scenario())
    assert set(starts(plan)) == {"P"}
    assert by_program(plan, "Q") == ("spending_share", {"spending_rule": "s"})


def best_by_trying(programs, funds, least, share, base):
    """The most that any set is worth, payments found by a linear programme; the rule is about the first fund."""
    sets = [
        [one for one, taken in zip(programs, mask, strict=True) if taken]
        for mask in product((0, 1), repeat=len(programs))
    ]
    # The first that can be paid is the best, those of the most worth asked first.
    worths = (worth for worth, chosen in by_worth(sets) if payable(chosen, funds, least, share, base))
    return next(worths, None)


def by_worth(sets):
    """Each set with what it is worth, the most first."""
    return sorted(((worth_of(chosen), chosen) for chosen in sets), key=lambda one: one[0], reverse=True)


def worth_of(chosen):
    reached = sum(effect for effect, _, _ in chosen)
    return 100 * sum(
        b * min(max(reached - s, 0.0), w) for s, w, b in ((0, 0.4, 1), (0.4, 0.4, 0.75), (0.8, 0.6, 0.5))
    )


def payable(chosen, funds, least, share, base):
    """Whether the two funds can pay, the first with its share for what counts."""
    if not chosen:
        return (base[0] >= share * base[1] - 1e-9) if least else (base[0] <= share * base[1] + 1e-9)
    count = len(chosen)
    upper = np.array(
        [[k < count for k in range(2 * count)], [k >= count for k in range(2 * count)]], dtype=float
    )
    weigh = np.array(
        [
            (counts - share) if k < count else 0.0
            for k in range(2 * count)
            for counts in [chosen[k % count][2]]
        ]
    )
    rule, limit = (-weigh, base[0] - share * base[1]) if least else (weigh, share * base[1] - base[0])
    paid = np.array([[k % count == p for k in range(2 * count)] for p in range(count)], dtype=float)
    found = linprog(
        np.zeros(2 * count), A_ub=np.vstack([upper, rule]), b_ub=[*funds, limit],
        A_eq=paid, b_eq=[cost for _, cost, _ in chosen],
    )  # fmt: skip
    return found.status == 0


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_that_keeps_it_is_better(seed):
    draw = np.random.default_rng(seed)
    proposed = [
        (round(float(draw.uniform(0.05, 0.4)), 2), int(draw.integers(1, 6)), int(draw.integers(2)))
        for _ in range(5)
    ]
    funds = [int(draw.integers(2, 8)), int(draw.integers(1, 6))]
    least, share = bool(draw.integers(2)), float(draw.choice([0.3, 0.5, 0.8]))
    base = [(0, 0), (2, 5), (1, 4)][draw.integers(3)]
    tables = {
        "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
        "programs": rows("program name_id duration dimension", *((f"P{k}", "P", 1, "ed"[c]) for k, (_, _, c) in enumerate(proposed))),
        "funds": rows("fund name_id", ("f", "F"), ("g", "G")),
        "fund_budgets": rows("fund year amount", *((f, 2027, b) for f, b in zip("fg", funds, strict=True))),
        "spending_rules": rows(
            "spending_rule name_id bound share dimension fund base_amount base_total",
            ("s", "S", "min" if least else "max", share, "d", "f", *base),
        ),
    }  # fmt: skip
    case = one_place([(f"P{k}", e, c) for k, (e, c, _) in enumerate(proposed)], budget=0, **tables)
    best = best_by_trying(proposed, funds, least, share, base)
    if best is None:
        with pytest.raises(InfeasibleError):
            select_programs(case, make_scenario())
        return
    plan = select_programs(case, make_scenario())
    assert plan.objective == pytest.approx(best, abs=2e-4)
    assert plan.status == "optimal"
    assert plan.audit.passed


def test_the_sentence_of_a_clash_names_the_article():
    rule = ("s", "S", "min", 0.9, "d", None, None, "UU 1")
    case = one_place(TWO, budget=9, **DIMENSIONS, spending_rules=rows(f"{COLUMNS} legal_basis", rule))
    assert clash(case, make_scenario(locked_in=["Q"]))[0] == {"lock Q", "spending_least s 2027"}
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, make_scenario(locked_in=["Q"]))
    told = {problem.code: problem.values for problem in error.value.problems}
    assert told["clash_spending_least"]["basis"] == "UU 1"
    assert told["clash_spending_least"]["percent"] == 90


def test_the_shadow_price_of_a_percentage_point():
    # P of d and Q of e cost 1 each, three quarters are to be for d: with P whole a third of Q fits. At a share s it is
    # (1 - s) / s of Q, so that a point less lets 0.01 / 0.75^2 more of Q in, each worth 20: 0.3556.
    case = share_of(("s", "S", "min", 0.75, "d", None, None))
    plan = select_programs(case, make_scenario())
    assert set(starts(plan)) == {"P"}
    prices = shadow_prices(case, make_scenario(), plan)
    (row,) = [row for row in prices.itertuples() if row.rule == "spending_least"]
    assert (row.spending_rule, row.year) == ("s", 2027)
    assert row.price == pytest.approx(20 * 0.01 / 0.75**2, rel=1e-3)
    # At most a quarter for e says the same of the other side: q <= 0.25 (1 + q), so a third again.
    case = share_of(("s", "S", "max", 0.25, "e", None, None))
    prices = shadow_prices(case, make_scenario(), select_programs(case, make_scenario()))
    (row,) = [row for row in prices.itertuples() if row.rule == "spending_most"]
    assert row.price == pytest.approx(20 * 0.01 / 0.75**2, rel=1e-3)


def test_the_true_price_is_found_by_solving_again():
    # Without s Q comes in: 17.5 more. t asks for nothing that is not there, and costs nothing.
    case = share_of(("s", "S", "min", 0.75, "d", None, None), ("t", "T", "min", 0.1, "d", None, None))
    plan = select_programs(case, make_scenario())
    prices = rule_prices(case, make_scenario(), plan).set_index("code")
    assert prices["price"].to_dict() == pytest.approx({"s": 17.5, "t": 0.0, "": 17.5}, abs=1e-3)
    assert prices["least"]["s"] <= 17.5 <= prices["most"]["s"] + 1e-6
    assert prices["adds"]["s"] == ("Q",)
    assert not prices["drops"]["s"]
    assert rule_prices(case, make_scenario(spending_rules=[]), plan).empty
    assert list(rule_prices(case, make_scenario(spending_rules=["t"]), plan)["code"]) == ["t"]


def test_a_plan_that_is_brought_is_paid_as_rules_ask():
    # X of d costs 2, Y of e 2; f has 3, g 2. Three quarters of what f pays are for d: f pays X whole, g pays Y.
    tables = {
        "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
        "programs": rows("program name_id duration dimension", ("X", "X", 1, "d"), ("Y", "Y", 1, "e")),
        "funds": rows("fund name_id", ("f", "F"), ("g", "G")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 3), ("g", 2027, 2)),
        "spending_rules": rows(
            "spending_rule name_id bound share dimension fund", ("s", "S", "min", 0.75, "d", "f")
        ),
    }
    case = one_place([("X", 0.4, 2), ("Y", 0.3, 2)], budget=0, **tables)
    both = [Choice(program="X", start=2027, regions=("A",)), Choice(program="Y", start=2027, regions=("A",))]
    judged = evaluate(case, make_scenario(), both)
    assert judged.audit.passed
    # Y alone: g pays it whole. With a budget of 1 it lacks 1, which f may not pay, as nothing of it is for d.
    assert evaluate(case, make_scenario(), both[1:]).audit.passed
    poor = one_place([("X", 0.4, 2), ("Y", 0.3, 2)], budget=0, **{
        **tables, "fund_budgets": rows("fund year amount", ("f", 2027, 3), ("g", 2027, 1)),
    })  # fmt: skip
    judged = evaluate(poor, make_scenario(), both[1:])
    assert {check.rule: check.worst for check in judged.broken} == pytest.approx({"spending_rules": 0.75})


@pytest.mark.parametrize("seed", range(6))
def test_a_certificate_states_rules_about_some_funds_and_its_plan_keeps_them_exactly(seed, tmp_path):
    draw = np.random.default_rng((seed, 7))
    proposed = [
        (f"P{k}", round(float(draw.uniform(0.05, 0.4)), 2), round(float(draw.uniform(1, 5)), 3))
        for k in range(6)
    ]
    tables = {
        "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
        "programs": rows("program name_id duration dimension", *((p, p, 1, "de"[k % 2]) for k, (p, _, _) in enumerate(proposed))),
        "funds": rows("fund name_id", ("f", "F"), ("g", "G")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 6), ("g", 2027, 3)),
        "spending_rules": rows(
            "spending_rule name_id bound share dimension fund base_amount base_total",
            ("s", "S", "min", 0.37, "d", "f", 1, 3), ("t", "T", "max", 0.61, "e", "", None, None),
        ),
    }  # fmt: skip
    case, scenario = one_place(proposed, budget=0, **tables), make_scenario()
    plan = select_programs(case, scenario)
    certificate = certify(case, scenario, plan)
    folder = certificate.write(tmp_path / "certificate")
    said = check_certificate.check(folder)
    assert any("tables" in english for _, english in said)
    assert certificate.objective == pytest.approx(plan.objective, abs=1e-6)


def test_plans_as_they_are_usually_made_begin_with_what_a_share_lacks():
    # Outside the plan 2 of 5 are for d, three fifths of what f spends are asked for: P of d costs 3, 0.4 times that is
    # more than the 1 that is lacking. g pays for Q.
    tables = {
        **DIMENSIONS,
        "funds": rows("fund name_id", ("f", "F"), ("g", "G")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 3), ("g", 2027, 1)),
        "spending_rules": rows(f"{COLUMNS} fund", ("s", "S", "min", 0.6, "d", 2, 5, "f")),
    }
    case = one_place([("P", 0.1, 3), ("Q", 0.3, 1)], budget=0, **tables)
    plan = select_programs(case, make_scenario())
    assert set(starts(plan)) == {"P", "Q"}
    found = customary_plans(case, make_scenario(), plan)
    assert {one.status for one in found.plans if one.custom != "last_year"} == {"legal"}


@pytest.mark.parametrize("share", [1 / 3, 2 / 3])
def test_a_share_that_no_decimal_says_is_asked_for_as_it_is(share):
    """P and Q, both demanded, cost what fund f has, and P's part of it is the share to the last digit: a plan there
    is, and Z, which another fund pays, may be left out: 0.2 and 0.3 are 40 and 0.75 times 10 percent."""
    case = one_place(
        [("P", 0.2, 3000 * share), ("Q", 0.3, 3000 * (1 - share)), ("Z", 0.05, 0)],
        budget=0,
        dimensions=DIMENSIONS["dimensions"],
        programs=programs(
            ("P", "P", 1, "d"), ("Q", "Q", 1, "e"), ("Z", "Z", 1, "e"),
            columns="program name_id duration dimension",
        ),
        funds=rows("fund name_id", ("f", "F"), ("g", "G")),
        fund_budgets=rows("fund year amount", ("f", 2027, 3000), ("g", 2027, 1)),
        fund_rules=rows("fund program max_share", ("g", "Z", 1.0)),
        spending_rules=rows(f"{COLUMNS} fund", ("s", "S", "min", share, "d", None, None, "f")),
    )  # fmt: skip
    scenario = make_scenario(locked_in=["P", "Q"])
    point = budget_frontier(case, scenario, 2, least=0.5, most=1.0, workers=1).points[-1]
    assert point.objective == pytest.approx(51.25)
    assert point.bound >= 51.25
    plan = select_programs(case, scenario)
    last = next(item for item in importance(case, scenario, plan, workers=1).programs if item.program == "Z")
    assert (last.irreplaceable, last.most) == (False, pytest.approx(3.75))
