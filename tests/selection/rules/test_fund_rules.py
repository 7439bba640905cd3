"""All that is tested of the rule fund_rules."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from jspmodel import measure
from jspmodel.intake.tables import build_case
from jspmodel.selection import select_programs
from jspmodel.selection.rules import fund_rules
from selection.random_cases import every_plan, random_case
from selection.rules.audited import Tampered, paid
from selection.rules.bad_data import edited
from selection.rules.clashes import TWO, Clash
from selection.rules.marks import on_paper
from selection.small import make_scenario, one_place, rows

NO_REASON = "How much money is missing is told."
ROWS = {
    fund_rules.fund_shares: """
        fund_share(P,csr,2027): - 0.5 join(P,A,2027) + pay(P,csr,2027) - 2 start(P,2027) <= 0
    """,
}
BAD = {
    "fund_shares": [
        (edited("fund_rules", "danais,P01,,0.5", "danais,P01,,50"), "", "share_in_percent", "max_share"),
        (edited("fund_rules", "danais,P01,,0.5", "danais,P01,living,0.5"), "", "rule_names_both",
         "program, dimension"),
        (edited("fund_rules", "danais,P01,,0.5", "danais,,living,0\ndanais,P03,,0"), "", "fund_pays_nothing", "fund"),
    ],
}  # fmt: skip
TAMPERED = Tampered(
    *paid(csr=2.0, prov=1.0), {"program": "P", "fund": "csr", "year": "2027"}, 0.5, alone=True
)  # a quarter of 6 is 1.5
CLASHES = {
    # The one fund may pay for Q only.
    "fund_rules": Clash(
        one_place(TWO, budget=9, fund_rules=rows("fund program max_share", ("f", "Q", 1.0))),
        {"locked_in": ["P"]},
        {"lock P", "fund_rules P"},
        {"lock P": 1, "fund_rules P": 1},
    ),
}  # fmt: skip


@on_paper("fund_shares")
def test_a_fund_with_rules_pays_its_share_of_what_they_name():
    # X costs 10; the grant pays at most 0.3 of X (its own row, before that of its dimension), 3; the rest, 7, is
    # exactly what the province has. A grant of 0.2 leaves 1 unpaid. Without a row the grant pays nothing at all.
    def plan(*rules):
        tables = {
            "funds": rows("fund name_id", ("prov", "APBD"), ("grant", "Hibah")),
            "fund_budgets": rows("fund year amount", ("prov", 2027, 7), ("grant", 2027, 9)),
            "fund_rules": rows("fund program dimension max_share", *rules),
            "programs": rows("program name_id duration dimension", ("X", "X", 1, "d")),
        }
        return select_programs(one_place([("X", 0.3, 10)], budget=0, **tables), make_scenario())

    whole = plan(("grant", "X", "", 0.3), ("grant", "", "d", 1.0))
    assert {item.fund: item.amount for item in whole.funding} == pytest.approx({"prov": 7, "grant": 3})
    assert plan(("grant", "", "d", 0.3)).selected
    assert not plan(("grant", "X", "", 0.2), ("grant", "", "d", 1.0)).selected
    assert not plan(("grant", "Y", "", 1.0)).selected
    # Rows that only forbid leave all else open; beside one that allows they are no more than what is not allowed.
    assert plan(("grant", "Y", "", 0.0)).selected
    assert not plan(("grant", "X", "", 0.0)).selected
    assert not plan(("grant", "", "d", 0.0)).selected
    assert plan(("grant", "X", "", 0.3), ("grant", "", "d", 0.0)).selected
    assert not plan(("grant", "Y", "", 0.0), ("grant", "Z", "", 1.0)).selected
    # A row that names neither holds for all that no other row of the fund names: 0.3 of 10 is what is missing.
    assert plan(("grant", "", "", 0.3)).selected
    assert not plan(("grant", "", "", 0.2)).selected
    assert not plan(("grant", "", "", 0.0)).selected
    assert plan(("grant", "", "", 0.2), ("grant", "X", "", 0.3)).selected
    assert not plan(("grant", "", "", 0.3), ("grant", "X", "", 0.2)).selected
    assert plan(("grant", "", "", 0.2), ("grant", "", "d", 0.3)).selected
    assert not plan(("grant", "", "", 1.0), ("grant", "", "d", 0.2)).selected
    assert plan(("grant", "", "", 0.3), ("grant", "Y", "", 1.0)).selected
    assert plan(("grant", "", "", 0.3), ("grant", "Y", "", 0.0)).selected
    assert plan(("grant", "", "", 0.0), ("grant", "X", "", 0.3)).selected
    assert plan(("grant", "", "", 0.3), ("grant", "", "e", 0.0)).selected
    half = plan(("grant", "", "", 0.3))
    assert {item.fund: item.amount for item in half.funding} == pytest.approx({"prov": 7, "grant": 3})


def test_a_programme_without_a_dimension_has_the_share_of_all():
    tables = {
        "funds": rows("fund name_id", ("prov", "APBD"), ("grant", "Hibah")),
        "fund_budgets": rows("fund year amount", ("prov", 2027, 7), ("grant", 2027, 9)),
        "programs": rows("program name_id duration", ("X", "X", 1)),
    }
    for share, found in ((0.3, ["X"]), (0.2, [])):
        ruled = {**tables, "fund_rules": rows("fund program dimension max_share", ("grant", "", "", share))}
        plan = select_programs(one_place([("X", 0.3, 10)], budget=0, **ruled), make_scenario())
        assert [choice.program for choice in plan.selected] == found


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_that_is_tried_beats_the_one_found_under_rules_for_all(seed):
    """Of random cases where f has rows for all, P0 and, in every other case, dimension x; g pays the rest.

    f bears at most the sum of share * cost, so g at least that of (1 - share) * cost: plans that one fund with
    both budgets could pay and in which that is within the budget of g can be paid, and no others.
    """
    draw = np.random.default_rng(seed)
    plain, scenario = _with_dimensions(random_case(seed), draw), make_scenario()
    for_all, for_one, of_x = (
        draw.choice([0.0, 0.4, 1.0]),
        draw.choice([0.0, 0.3, 1.0]),
        draw.choice([0.2, 0.7]),
    )
    shares = [("f", "", "", for_all), ("f", "P0", "", for_one), *([("f", "", "x", of_x)] if seed % 2 else [])]
    budgets = plain.fund_budgets
    both = pd.concat([budgets, budgets.assign(fund="g", amount=budgets["amount"] / 2)], ignore_index=True)
    ruled = _rebuilt(
        plain,
        funds=rows("fund name_id", ("f", "Dana"), ("g", "Lain")),
        fund_budgets=both,
        fund_rules=rows("fund program dimension max_share", *shares),
    )
    share = {
        program: for_one if program == "P0" else of_x if seed % 2 and dimension == "x" else for_all
        for program, dimension in zip(plain.programs["program"], plain.programs["dimension"], strict=True)
    }
    left = dict(zip(budgets["year"], budgets["amount"] / 2, strict=True))
    years = sorted(left)
    best = 0.0
    for tried in every_plan(
        _rebuilt(plain, fund_budgets=budgets.assign(amount=budgets["amount"] * 1.5)), scenario
    ):
        rest = sum(
            (1 - share[choice.program]) * measure.yearly_costs(plain, choice, years).sum()
            for choice in tried.choices
        )
        if all(np.atleast_1d(rest)[k] <= left[year] + 1e-9 for k, year in enumerate(years) if tried.choices):
            best = max(best, tried.objective)
    assert select_programs(ruled, scenario).objective == pytest.approx(best, abs=1e-5)


def _with_dimensions(case, draw):
    dimension = draw.choice(["", "x", "y"], len(case.programs))
    return _rebuilt(
        case,
        programs=case.programs.assign(dimension=dimension),
        dimensions=rows("dimension name_id", ("x", "X"), ("y", "Y")),
    )


def _rebuilt(case, **tables):
    return build_case(
        case.name, {**{name: table for name, table in case.tables().items() if len(table)}, **tables}
    )


def test_a_fund_whose_rule_is_for_all_is_not_there_for_some_alone():
    """All at most 0.4, X 0.1: the fund pays for any programme; with 0 for all it is there for X alone."""
    programs = {"programs": rows("program name_id duration", ("X", "X", 1), ("Y", "Y", 1))}

    def case(for_all):
        rules = rows("fund program max_share", ("f", "X", 0.1), ("f", "", for_all))
        return one_place([("X", 0.3, 10), ("Y", 0.3, 10)], budget=9, fund_rules=rules, **programs)

    assert measure.payers(case(0.4)) == {"X": {"f": 0.1}, "Y": {"f": 0.4}}
    assert measure.payers(case(0.0)) == {"X": {"f": 0.1}, "Y": {}}
    assert measure.restricted_funds(case(0.4)) == frozenset()
    assert measure.restricted_funds(case(0.0)) == {"f"}
