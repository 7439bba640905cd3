"""All that is tested of the rule cofunding_shares."""

from __future__ import annotations

import hashlib
import json
from itertools import product

import pytest

from jspmodel import measure
from jspmodel.figures import exchangeable_payments
from jspmodel.plan import Choice, Payment
from jspmodel.selection import audit, evaluate, select_programs, shadow_prices
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.postoptimal import certify
from jspmodel.selection.postoptimal.certificate import check_certificate
from jspmodel.selection.rules import cofunding_shares
from jspmodel.selection.rules.rule import Shortage
from jspmodel.text.selection_reasons import reason_names, reason_text, remedy_text
from selection.rules.audited import CHOICES, PAYMENTS, Tampered
from selection.rules.bad_data import told
from selection.rules.clashes import Clash
from selection.rules.marks import on_paper, reason
from selection.small import by_program, make_scenario, places, rows, starts, two_places
from tiny import tiny_tables

ON, OFF = make_scenario(), make_scenario(cofunding=False)
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
        ({"cofunding_shares": HEAD + "low,,,40\n"}, "", "share_in_percent", "least_share"),
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
    "cofunding": Clash(
        cofunded(("low", "", "", 0.5), a=1),
        LOCKED,
        {"lock P", "lock_region P A", "budget a 2027", "cofunding P A"},
        {"lock P": 1.0, "lock_region P A": 1.0, "budget a 2027": 1.0, "cofunding P A": 1.0},
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


MANDATORY = rows("program region mandatory", ("P", "A", True), ("P", "B", False))


@reason("own_share")
def test_the_reason_is_what_regions_lack_of_their_own():
    # A has to take part, would bear 2 of 4 and has 1; the province has 9.
    case = cofunded(("low", "", "", 0.5), program_regions=MANDATORY)
    plan = select_programs(case, ON)
    code, values = by_program(plan, "P")
    assert (code, values["short"], values["own_short"], values["bearers"]) == ("own_share", 1, 1, "A")
    assert (
        reason_text(code, values, "en", reason_names(case, "en"))
        .replace("\N{NO-BREAK SPACE}", " ")
        .startswith("Beside the programmes selected Rp 1 billion of Rp 7 billion is missing")
    )
    assert "Cari Rp1" in remedy_text(code, values, "id", reason_names(case, "id"))


def test_where_nobody_has_the_money_it_is_just_missing():
    # The province has 2 of the 3 that A need not bear: 2 are missing, 1 of them A's.
    case = cofunded(("low", "", "", 0.5), prov=2, program_regions=MANDATORY)
    code, values = by_program(select_programs(case, ON), "P")
    assert (code, values["short"]) == ("money", 2)


@pytest.mark.parametrize(
    ("missing", "left", "own", "told"),
    [
        ({2027: 1}, {"prov": 9}, {("A", 2027): 1}, (1, "A")),
        ({2027: 1}, {"prov": 9}, {("A", 2027): 0.4, ("B", 2027): 0.6}, (1, "A B")),
        ({2027: 1, 2028: 2}, {"prov": 9}, {("A", 2027): 1, ("B", 2028): 2}, (3, "A B")),
        # More is missing than regions lack; what they lack is of another year; the province has too little, or nothing.
        ({2027: 2}, {"prov": 9}, {("A", 2027): 1}, None),
        ({2027: 1}, {"prov": 9}, {("A", 2028): 1}, None),
        ({2027: 1}, {"prov": 0.5, "a": 9}, {("A", 2027): 1}, None),
        ({2027: 1}, {}, {("A", 2027): 1}, None),
        ({}, {"prov": 9}, {}, None),
    ],
)
def test_regions_lack_money_of_their_own_where_nothing_else_is_missing(missing, left, own, told):
    inputs = read_inputs(cofunded(LOW, HIGH, years=(2027, 2028)), ON)
    years = (2027, 2028)
    shortage = Shortage(
        missing, dict.fromkeys(years, 7.0), {(fund, year): has for fund, has in left.items() for year in years}, own
    )  # fmt: skip
    found = list(cofunding_shares.withheld(inputs, inputs.proposals["P"], shortage))
    assert found == ([] if told is None else [("own_share", {"own_short": told[0], "bearers": told[1]})])


def test_the_share_that_a_clash_tells_is_in_percent():
    inputs = read_inputs(cofunded(("low", "", "", 0.33333), HIGH), ON)
    (relaxation,) = cofunding_shares.RULE.relaxations
    assert relaxation.asks(inputs, ("P", "A"), 0.0) == {"percent": 33.33}
    assert relaxation.asks(inputs, ("P", "B"), 0.0) == {"percent": 60.0}


def test_what_a_percentage_point_is_worth():
    # Of B's 2, with 1 of its own: at 0.6 it may join by 1 / 1.2, by s it is 1 / (2 s): a slope of 1 / (2 s^2) = 1.389
    # a unit of share, 0.01389 a percentage point, of 15 that B is worth.
    case = cofunded(LOW, HIGH)
    table = shadow_prices(case, ON, select_programs(case, ON)).set_index(["rule", "program", "region"])
    prices = table["price"].to_dict()
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


def test_a_region_whose_fund_is_too_small_is_told_and_where_it_must_take_part(tmp_path):
    # P01 costs 2 in 34.01, of which it would bear 1.5 and has 1 a year; P02 costs 0.5 a year there once it runs.
    tables = {
        "regions": "region,name,fiscal_capacity\n34.01,Satu,low\n34.10,Dua,low\n",
        "cofunding_shares": HEAD + "low,,,0.75\n",
        "funds": "fund,name_id,holder\napbd,APBD,\nown,APBD Satu,34.01\ndanais,Danais,\n",
        "fund_budgets": tiny_tables()["fund_budgets"] + "own,2027,1\nown,2028,1\nown,2029,1\n",
        "program_regions": "program,region,volume,mandatory\nP01,34.01,,ya\nP01,34.10,,\nP02,34.01,8,\nP02,34.10,4,\n",
    }
    assert warned(tmp_path, tables) == [
        ("cofunding_too_little", {"region": "34.01", "programs": ["P01"]}),
        ("cofunding_never", {"region": "34.01", "programs": ["P01"]}),
        ("cofunding_no_fund", {"region": "34.10", "programs": ["P01"]}),
    ]


def test_a_stranger_finds_the_same_rows_of_shares_and_the_payments_exact(tmp_path):
    # A third of 4 has no end in decimals: what is rounded is mended.
    case = cofunded(("low", "", "", 1 / 3), ("high", "", "", 0.5), a=2)
    plan = select_programs(case, ON)
    assert places(plan) == {"P": ("A", "B")}
    folder = certify(case, ON, plan).write(tmp_path / "certificate")
    assert any("cofunding 2" in english for _, english in check_certificate.check(folder))
    there = (folder / "tables/cofunding_shares.csv").read_text(encoding="utf-8")
    assert there.count("high,0.5") == 1
    other = there.replace("high,0.5", "high,0.4").encode()
    (folder / "tables/cofunding_shares.csv").write_bytes(other)
    document = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    document["tables"]["cofunding_shares.csv"] = hashlib.sha256(other).hexdigest()
    (folder / "certificate.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(check_certificate.Broken, match=r"cofunding\(P,B,2027\)"):
        check_certificate.check(folder)
