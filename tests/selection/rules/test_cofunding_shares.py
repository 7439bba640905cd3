"""All that is tested of the rule cofunding_shares."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from jspmodel import measure
from jspmodel.figures import exchangeable_payments
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice, Payment
from jspmodel.selection import audit, evaluate, select_programs, shadow_prices
from jspmodel.selection.postoptimal import certify
from jspmodel.selection.postoptimal.certificate import check_certificate
from jspmodel.selection.rules import cofunding_shares
from jspmodel.text.selection_reasons import reason_names, reason_text, remedy_text
from selection.rules.audited import CHOICES, PAYMENTS, Tampered
from selection.rules.bad_data import edited, told
from selection.rules.clashes import Clash
from selection.rules.marks import on_paper, reason
from selection.small import by_program, make_scenario, places, reasons, rows, starts, two_places

ON, OFF = make_scenario(), make_scenario(cofunding=False)
SETTINGS = {"cofunding": True}
# A pays a quarter of its 1 in the year of the start of P and of its 1 a year later, half of its 5 of R;
# B, without a fund, would bear a fifth of what P takes there once it runs, and so stays away.
ROWS = {
    cofunding_shares.cofunding: """
        cofunding(P,A,2027): - 0.25 join(P,A,2027) + pay(P,own%2DA,2027) >= 0
        cofunding(P,A,2028): - 0.25 join(P,A,2027) - 0.25 join(P,A,2028) + pay(P,own%2DA,2028) >= 0
        cofunding(P,A,2029): - 0.25 join(P,A,2028) + pay(P,own%2DA,2029) >= 0
        cofunding(P,B,2028): - 0.2 join(P,B,2027) >= 0
        cofunding(P,B,2029): - 0.2 join(P,B,2027) - 0.2 join(P,B,2028) >= 0
        cofunding(R,A,2029): - 2.5 join(R,A,2029) + pay(R,own%2DA,2029) >= 0
    """,
}
HEAD = "fiscal_capacity,program,dimension,least_share\n"
BAD = {
    "cofunding": [
        ({"cofunding_shares": HEAD + "low,,,40\n"}, "", "too_large", "least_share"),
        ({"cofunding_shares": HEAD + "low,,,-0.1\n"}, "", "negative", "least_share"),
        ({"cofunding_shares": HEAD + "low,,,\n"}, "", "blank_cell", "least_share"),
        ({"cofunding_shares": HEAD + ",,,0.4\n"}, "", "blank_cell", "fiscal_capacity"),
        ({"cofunding_shares": HEAD + "poor,,,0.4\n"}, "", "not_in_list", "fiscal_capacity"),
        ({"cofunding_shares": HEAD + "low,,,0.4\nlow,,,0.5\n"}, "", "duplicate_key", "fiscal_capacity, program, dimension"),
        ({"cofunding_shares": HEAD + "low,P99,,0.4\n"}, "", "unknown_code", "program"),
        ({"cofunding_shares": HEAD + "low,P01,xx,0.4\n"}, "", "unknown_code", "dimension"),
        ({}, "cofunding: some\n", "setting_yes_no", "cofunding"),
    ],
}  # fmt: skip
# The province pays in place of A what R takes there in 2030: 1, of which A must bear 0.6.
TAMPERED = Tampered(
    CHOICES,
    {key: value for key, value in PAYMENTS.items() if key != ("R", "own-A", 2030)}
    | {("R", "prov", 2030): 1.0},
    {"program": "R", "region": "A", "year": "2030"},
    0.6,
    alone=True,
)


def cofunded(*shares, a=1, b=1, prov=9, costs=((4, 2),), holders=("A", "B"), years=(2027,), **tables):
    """P costs 1 shared and 4 in A, 2 in B; A is of low, B of high capacity; each has a fund, as the province."""
    codes = "PQRS"[: len(costs)]
    return two_places(
        rows("program name_id duration", *((p, p, 1) for p in codes)),
        rows("program region", *product(codes, "AB")),
        [
            line
            for p, (in_a, in_b) in zip(codes, costs, strict=True)
            for line in ((p, "", "build", 0, 1), (p, "A", "build", 0, in_a), (p, "B", "build", 0, in_b))
        ],
        [(p, "w", 0.3) for p in codes],
        budget=0,
        years=years,
        funds={
            "funds": rows(
                "fund name_id holder certainty",
                ("prov", "Provinsi", "", "agreed"),
                ("a", "Dana A", holders[0], "expected"),
                ("b", "Dana B", holders[1], "expected"),
            ),
            "fund_budgets": rows(
                "fund year amount",
                *((f, y, amount) for f, amount in (("prov", prov), ("a", a), ("b", b)) for y in years),
            ),
        },
        **{
            "regions": rows("region name fiscal_capacity", ("A", "Alfa", "low"), ("B", "Beta", "high")),
            "cofunding_shares": rows("fiscal_capacity program dimension least_share", *shares),
            **tables,
        },
    )


LOW, HIGH = ("low", "", "", 0.25), ("high", "", "", 0.6)
LOCKED = {"locked_in": [{"program": "P", "regions": ["A"]}]}
CLASHES = {
    # A would bear half of 4 and has 1 of its own.
    "own_share": Clash(
        cofunded(("low", "", "", 0.5), a=1),
        LOCKED,
        {"lock_region P A", "budget a 2027", "cofunding P A"},
        {"lock_region P A": 1.0, "budget a 2027": 1.0, "cofunding P A": 1.0},
    ),
}


def paid(plan, fund):
    return sum(item.amount for item in plan.funding if item.fund == fund)


@on_paper("cofunding")
def test_a_region_bears_its_share_or_stays_away():
    # A bears a quarter of 4 and has 1; B would bear 0.6 of 2 = 1.2 and has 1.
    plan = select_programs(cofunded(LOW, HIGH), ON)
    assert places(plan) == {"P": ("A",)}
    assert (paid(plan, "a"), paid(plan, "prov")) == (1.0, 4.0)
    # Agreed money first: without the rule the province pays all, and B is in.
    free = select_programs(cofunded(LOW, HIGH), OFF)
    assert places(free) == {"P": ("A", "B")}
    assert (paid(free, "prov"), free.objective) == (7.0, 2 * plan.objective)


def test_what_is_more_is_paid_as_ever():
    plan = select_programs(cofunded(LOW, HIGH, b=2), ON)
    assert places(plan) == {"P": ("A", "B")}
    assert [round(paid(plan, f), 6) for f in ("a", "b", "prov")] == [1.0, 1.2, 4.8]


def test_the_row_that_names_the_most_counts():
    case = cofunded(
        LOW, ("low", "", "d", 0.5), ("low", "P", "", 0.75), ("low", "S", "", 0), costs=((4, 2),) * 4,
        dimensions=rows("dimension name_id", ("d", "D")),
        programs=rows(
            "program name_id duration dimension", ("P", "P", 1, "d"), ("Q", "Q", 1, "d"), ("R", "R", 1, ""), ("S", "S", 1, "d")
        ),
    )  # fmt: skip
    assert measure.cofunding_shares(case, ON) == {("P", "A"): 0.75, ("Q", "A"): 0.5, ("R", "A"): 0.25}
    assert measure.cofunding_shares(case, OFF) == {}
    choices = [Choice(program=p, start=2027, regions=("A",)) for p in "PQRS"]
    found = {c.rule: c for c in audit(case, ON, choices, ()).checks}["cofunding_shares"].breaches
    assert [(b.where["program"], b.amount) for b in found] == [("P", 3.0), ("Q", 2.0), ("R", 1.0)]


def test_programmes_of_the_province_are_joined_by_nobody():
    case = cofunded(
        ("low", "", "", 1), ("high", "", "", 1), a=0, b=0,
        programs=rows("program name_id duration scope", ("P", "P", 1, "province")),
    )  # fmt: skip
    assert starts(select_programs(case, ON)) == {"P": 2027}


@reason("own_share")
def test_the_reason_is_that_a_region_cannot_bear_its_share():
    case = cofunded(
        ("low", "", "", 0.5),
        program_regions=rows("program region mandatory", ("P", "A", True), ("P", "B", False)),
    )
    plan = select_programs(case, ON)
    assert reasons(plan) == {"P": "own_share"}
    code, values = by_program(plan, "P")
    names = reason_names(case, "en")
    assert reason_text(code, values, "en", names).startswith(
        "Regions that would have to take part cannot bear"
    )
    assert "dana daerah itu sendiri" in remedy_text(code, values, "id", reason_names(case, "id"))


def test_what_a_percentage_point_is_worth():
    # Of B's 2, with 1 of its own: at 0.6 it may join by 1 / 1.2, by s it is 1 / (2 s): a slope of 1 / (2 s^2) = 1.389
    # a unit of share, 0.01389 a percentage point, of 15 that B is worth.
    case = cofunded(LOW, HIGH)
    prices = shadow_prices(case, ON, select_programs(case, ON)).set_index(["rule", "program", "region"])[
        "price"
    ]
    assert prices["cofunding", "P", "B"] == pytest.approx(15 * 0.01 / (2 * 0.6**2), rel=1e-3)
    assert prices["cofunding", "P", "A"] == pytest.approx(0, abs=1e-6)


def test_a_plan_that_somebody_brings_is_paid_so_that_regions_bear_as_much_as_they_can():
    choices = [Choice(program="P", start=2027, regions=("A", "B"))]
    found = evaluate(cofunded(LOW, HIGH), ON, choices)
    assert [(check.rule, round(check.worst, 6)) for check in found.broken] == [("cofunding_shares", 0.2)]
    assert {item.fund: item.amount for item in found.payments} == {"prov": 5.0, "a": 1.0, "b": 1.0}
    assert not found.missing
    assert not evaluate(cofunded(LOW, HIGH, b=2), ON, choices).broken


def test_what_a_region_must_bear_cannot_move_to_another_fund():
    # A pays 3 of P, of which it must bear 1; the province has enough left. B cannot bear its share.
    case = cofunded(LOW, HIGH, a=3, prov=7)
    plan = select_programs(case, ON).model_copy(
        update={
            "funding": (
                Payment(program="P", fund="a", year=2027, amount=3.0),
                Payment(program="P", fund="prov", year=2027, amount=2.0),
            ),
        }
    )
    moves = {(one.fund, one.other): one.amount for one in exchangeable_payments(case, ON, plan)}
    assert moves == {("a", "prov"): 2.0}
    assert {(one.fund, one.other): one.amount for one in exchangeable_payments(case, OFF, plan)} == {
        ("a", "prov"): 3.0
    }


def test_what_regions_must_bear_and_do():
    case = cofunded(LOW, HIGH, b=2)
    plan = select_programs(case, ON)
    found = measure.contributions(case, ON, plan.choices, plan.funding)
    assert [(one.region, one.own, one.least, round(one.paid, 6)) for one in found] == [
        ("A", 4.0, 1.0, 1.0),
        ("B", 2.0, 1.2, 1.2),
    ]


def warned(folder, tables, scenario=""):
    return [
        (p.code, dict(p.values))
        for p in told(folder, tables, scenario)
        if p.code.startswith(("cofunding", "fiscal"))
    ]


def test_what_cannot_be_borne_is_told_before_any_search(tmp_path):
    regions = {"regions": "region,name,fiscal_capacity\n34.01,Satu,low\n34.10,Dua,\n"}
    shares = {"cofunding_shares": HEAD + "low,,,0.5\n"}
    found = dict(warned(tmp_path / "a", {**regions, **shares}))
    assert found["fiscal_capacity_unsaid"] == {"regions": ["34.10"]}
    assert found["cofunding_no_fund"]["region"] == "34.01"
    assert not warned(tmp_path / "b", {**regions, **shares}, "cofunding: false\n")
    every = {"cofunding_shares": HEAD + "high,,,0.5\n"}
    assert ("cofunding_class_unnamed", {"capacity": "low", "regions": ["34.01"]}) in warned(
        tmp_path / "c", {**regions, **every}
    )
    province = {"cofunding_shares": HEAD + "low,P03,,0.5\n"}
    assert ("cofunding_of_province", {"program": "P03"}) in warned(tmp_path / "d", {**regions, **province})
    both = {"cofunding_shares": HEAD + "low,P01,x,0.5\n", "dimensions": "dimension,name_id\nx,X\n"}
    assert ("cofunding_names_both", {}) in warned(tmp_path / "e", {**regions, **both})


@dataclass(frozen=True)
class Tried:
    objective: float
    choices: tuple[Choice, ...]


def drawn(seed):
    """Regions with classes and mostly a fund, a fund of the province, shares, figures that bind; draws of its own."""
    draw = np.random.default_rng((seed, 77))
    regions, codes, years = "ABC"[: draw.integers(2, 4)], "PQR"[: draw.integers(1, 4)], (2027, 2028)
    durations = {code: int(draw.integers(1, 3)) for code in codes}
    costs = [(c, "", "build", k, int(draw.integers(0, 3))) for c in codes for k in range(durations[c])]
    costs += [
        (c, r, "build", k, int(draw.integers(0, 5)))
        for c in codes
        for r in regions
        for k in range(durations[c])
    ]
    costs += [(c, r, "run", None, float(draw.integers(0, 2))) for c in codes for r in regions]
    own = [r for r in regions if draw.random() < 0.85]
    funds = [
        ("prov", "Prov", ""),
        ("dana", "Dana", ""),
        *((f"own{r}", r, r) for r in own),
        *((f"two{r}", r, r) for r in own[:1]),
    ]
    budgets = [
        (f, y, float(draw.integers(1, 5)) if h else float(draw.integers(2, 12)))
        for f, _, h in funds
        for y in years
    ]
    rules = [("dana", codes[0], 0.5)] + [
        (f, draw.choice([*codes]), float(draw.choice([0.3, 1])))
        for f, _, h in funds
        if h and draw.random() < 0.2
    ]
    shares = [("low", "", float(draw.choice([0, 0.2, 0.5])))] + [
        ("high", "", float(draw.choice([0.4, 0.75, 1])))
    ]
    shares += [
        (of, draw.choice([*codes]), float(draw.choice([0, 0.1, 1])))
        for of in ("low", "high")
        if draw.random() < 0.4
    ]
    return build_case(
        f"cofunded-{seed}",
        {
            "regions": rows("region name population fiscal_capacity", *((r, r, int(draw.integers(1, 9)), draw.choice(["low", "high", ""], p=[0.45, 0.45, 0.1])) for r in regions)),
            "issues": rows("issue name_id", ("w", "Sampah"), ("j", "Kerja")),
            "issue_regions": rows("issue region severity", *((i, r, round(float(draw.random()), 2)) for i in "wj" for r in regions)),
            "programs": rows("program name_id duration min_regions", *((c, c, durations[c], int(draw.integers(1, 3))) for c in codes)),
            "program_regions": rows("program region", *product(codes, regions)),
            "program_costs": rows("program region kind offset amount", *costs),
            "program_effects": rows("program issue effect", *((c, i, float(draw.choice([0.1, 0.3, 0.5]))) for c in codes for i in "wj")),
            "funds": rows("fund name_id holder", *funds),
            "fund_budgets": rows("fund year amount", *budgets),
            "fund_rules": rows("fund program max_share", *dict.fromkeys(rules)).drop_duplicates(["fund", "program"]),
            "cofunding_shares": rows("fiscal_capacity program least_share", *shares).drop_duplicates(["fiscal_capacity", "program"]),
        },
    )  # fmt: skip


def payable(case, choices):
    """Payments for a plan that keep all rules on money, by a linear programme of its own; None where there are none."""
    budgets = {(f, y): a for f, y, a in case.fund_budgets[["fund", "year", "amount"]].itertuples(index=False)}
    holder = dict(zip(case.funds["fund"], case.funds["holder"], strict=True))
    classes = dict(zip(case.regions["region"], case.regions["fiscal_capacity"], strict=True))
    shares = {(r.fiscal_capacity, r.program): r.least_share for r in case.cofunding_shares.itertuples()}
    limits = {(r.fund, r.program): r.max_share for r in case.fund_rules.itertuples()}
    ruled = {fund for (fund, _), share in limits.items() if share > 0}
    due = {c.program: measure.yearly_costs(case, c, (2027, 2028)) for c in choices}
    keys = [(c.program, f, y) for c in choices for f, y in budgets]
    if not keys:
        return []
    most, equal, below, free = [], [], [], []
    for p, f, y in keys:
        share = limits.get((f, p), 0.0 if f in ruled else 1.0)
        most.append((0, max(0.0, share * due[p][y].sum())))
    for c in choices:
        for y in (2027, 2028):
            parts = due[c.program][y]
            equal.append(([(p, q) == (c.program, y) for p, _, q in keys], parts.sum()))
            for r in case.regions["region"]:
                mine = [(p, q, holder[f]) == (c.program, y, r) for p, f, q in keys]
                own = parts.get(r, 0.0) if r in c.regions else 0.0
                below.append((mine, own + parts.get("", 0.0) if r in c.regions else 0.0))
                share = shares.get((classes[r], c.program), shares.get((classes[r], ""), 0.0))
                below.append((np.negative(np.array(mine, dtype=float)), -share * own))
    for f, y in budgets:
        below.append(([(g, q) == (f, y) for _, g, q in keys], budgets[f, y]))
    free = linprog(
        np.zeros(len(keys)),
        A_ub=np.array([row for row, _ in below], dtype=float),
        b_ub=[side for _, side in below],
        A_eq=np.array([row for row, _ in equal], dtype=float),
        b_eq=[side for _, side in equal],
        bounds=most,
    )
    if free.status != 0:
        return None
    return [
        Payment(program=p, fund=f, year=y, amount=float(x))
        for (p, f, y), x in zip(keys, free.x, strict=True)
        if x > 1e-12
    ]


def every_plan(case, scenario):
    """What each plan is worth that can be paid and that the audit passes."""
    regions = list(case.regions["region"])
    groups = [
        tuple(r for r, on in zip(regions, mask, strict=True) if on)
        for mask in product((0, 1), repeat=len(regions))
        if any(mask)
    ]
    options = [
        [None, *(Choice(program=p, start=t, regions=g) for t in (2027, 2028) for g in groups)]
        for p in case.programs["program"]
    ]
    with measure.computed_once():
        measured = measure.Measure(case, scenario)
        able = [
            [c for c in some if c is None or (_alone(case, c) and payable(case, [c]) is not None)]
            for some in options
        ]
        for picked in product(*able):
            choices = [c for c in picked if c]
            payments = payable(case, choices)
            if payments is not None:
                verdict = audit(case, scenario, choices, payments)
                assert verdict.passed, [check for check in verdict.checks if check.breaches]
                yield Tried(measured.impact(choices).total, tuple(choices))


def _alone(case, choice):
    """Whether a choice fits the horizon and has regions enough."""
    row = case.programs.set_index("program").loc[choice.program]
    return choice.start + row["duration"] - 1 <= 2028 and len(choice.regions) >= row["min_regions"]


@pytest.mark.parametrize("seed", range(40))
def test_the_best_plan_is_that_of_trying_every_plan(seed):
    case = drawn(seed)
    best = max(plan.objective for plan in every_plan(case, ON))
    plan = select_programs(case, ON)
    assert plan.objective == pytest.approx(best, abs=1e-6)
    assert plan.bound == pytest.approx(best, abs=1e-3)
    assert plan.audit.passed
