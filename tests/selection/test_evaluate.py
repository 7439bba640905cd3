"""Plans that somebody brings, judged on paper.

One region A, one issue wide open, a fund with Rp 10 billion a year, equal year weights. P1 (effect 0.2) costs 6,
P2 (0.3) costs 8, in the year of their start.
"""

import pytest

from jspmodel.plan import Choice, Payment
from jspmodel.selection import evaluate, select_programs
from selection.small import make_scenario, one_place, rows

PROPOSED = [("P1", 0.2, 6.0), ("P2", 0.3, 8.0)]


def brought(*choices):
    return [Choice(program=program, start=start, regions=("A",)) for program, start in choices]


def broken(judged):
    return [check.rule for check in judged.broken]


def test_a_plan_that_keeps_all_rules():
    # P2 alone: 0.3 -> 30 percent. Ours is the same plan, so nothing is lost.
    case = one_place(PROPOSED, budget=10.0)
    judged = evaluate(case, make_scenario(), brought(("P2", 2027)), select_programs(case, make_scenario()))
    assert broken(judged) == []
    assert judged.audit.passed
    assert judged.audit.objective == pytest.approx(30.0)
    assert judged.behind == pytest.approx(0.0, abs=1e-6)
    assert judged.cost == 8.0
    assert [(p.program, p.fund, p.year, p.amount) for p in judged.payments] == [("P2", "f", 2027, 8.0)]


def test_what_the_difference_is():
    # P1 alone closes 20 percent where 30 can be had.
    case = one_place(PROPOSED, budget=10.0)
    judged = evaluate(case, make_scenario(), brought(("P1", 2027)), select_programs(case, make_scenario()))
    assert judged.behind == pytest.approx(10.0)
    assert judged.regions["A"] == pytest.approx(20.0)


def test_money_that_is_missing():
    # Both in 2027 cost 14; the fund has 10, so 4 are missing, whoever goes short.
    case = one_place(PROPOSED, budget=10.0)
    judged = evaluate(case, make_scenario(), brought(("P1", 2027), ("P2", 2027)))
    assert broken(judged) == ["costs_paid"]
    assert sum(judged.missing.values()) == pytest.approx(4.0)
    assert {year for _, year in judged.missing} == {2027}
    assert sum(payment.amount for payment in judged.payments) == pytest.approx(10.0)
    assert judged.behind is None


def test_a_fund_that_may_not_pay_does_not():
    case = one_place(PROPOSED, budget=10.0, fund_rules=rows("fund program max_share", ("f", "P1", 0.5)))
    judged = evaluate(case, make_scenario(), brought(("P1", 2027), ("P2", 2028)))
    # P1: half of 6; P2 in 2028: nobody pays, and 2028 is beyond the horizon, so nothing falls due there.
    assert judged.missing == {("P1", 2027): pytest.approx(3.0)}
    assert "horizon" in broken(judged)


def test_a_region_pays_only_for_what_it_joins():
    # The fund is A's. P1's shared cost of 6 is payable by A only where A takes part.
    funds = rows("fund name_id holder", ("f", "Dana", "A"))
    case = one_place(PROPOSED, budget=10.0, funds=funds)
    outside = evaluate(case, make_scenario(), [Choice(program="P1", start=2027)])
    assert outside.missing == {("P1", 2027): pytest.approx(6.0)}
    assert evaluate(case, make_scenario(), brought(("P1", 2027))).missing == {}


def test_agreed_money_comes_before_pledges():
    funds = rows("fund name_id certainty", ("csr", "CSR", "pledge"), ("f", "APBD", "agreed"))
    budgets = rows("fund year amount", ("csr", 2027, 10.0), ("f", 2027, 4.0))
    case = one_place(PROPOSED, budget=10.0, funds=funds, fund_budgets=budgets)
    judged = evaluate(case, make_scenario(), brought(("P1", 2027)))
    assert {payment.fund: payment.amount for payment in judged.payments} == {"f": 4.0, "csr": 2.0}


def test_our_own_plan_is_paid_as_we_paid_it():
    # Two funds that are alike: who of them pays the 8 of P2 is told as our plan has it, not worked out anew.
    funds, budgets = (
        rows("fund name_id", ("f", "F"), ("g", "G")),
        rows("fund year amount", ("f", 2027, 8.0), ("g", 2027, 8.0)),
    )
    case = one_place([("P2", 0.3, 8.0)], budget=10.0, funds=funds, fund_budgets=budgets)
    ours = select_programs(case, make_scenario())
    for shares in ({"f": 8.0}, {"g": 8.0}, {"f": 3.0, "g": 5.0}):
        paid = tuple(
            Payment(program="P2", fund=fund, year=2027, amount=part) for fund, part in shares.items()
        )
        judged = evaluate(
            case, make_scenario(), brought(("P2", 2027)), ours.model_copy(update={"funding": paid})
        )
        assert judged.payments == paid
        assert judged.broken == ()


@pytest.mark.parametrize(
    ("settings", "choices", "rule"),
    [
        ({"closed_years": [2027]}, [("P1", 2027)], "closed_years"),
        ({"locked_out": ["P1"]}, [("P1", 2027)], "locked_out"),
        ({"locked_in": ["P2"]}, [("P1", 2027)], "locked_in"),
        ({}, [("P1", 2030)], "horizon"),
    ],
)
def test_rules_that_a_bargained_plan_breaks(settings, choices, rule):
    case = one_place(PROPOSED, budget=10.0)
    assert rule in broken(evaluate(case, make_scenario(**settings), brought(*choices)))


def test_an_empty_plan_is_worth_nothing_and_costs_nothing():
    judged = evaluate(one_place(PROPOSED, budget=10.0), make_scenario(), [])
    assert (judged.audit.objective, judged.cost, judged.payments, judged.missing) == (0.0, 0, (), {})
    assert judged.audit.passed
