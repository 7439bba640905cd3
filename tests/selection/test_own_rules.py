"""Rules of somebody's own: stated, kept, audited, told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.selection import select_programs
from jspmodel.selection.rules import Relaxation, Rule, label, times, total
from jspmodel.text import LANGUAGES, reason_text, words
from selection.random_cases import best_by_trying, random_case
from selection.rules.clashes import clash
from selection.small import make_scenario, one_place, reasons, rows, starts

THREE = one_place([("X", 0.4, 1), ("Y", 0.3, 1), ("Z", 0.2, 1)], budget=9, years=(2027, 2028))


RELAXED = (Relaxation("most_starts", 1, ("year",), row="starts_per_year", offered=1),)


def at_most(most, relaxations=()):
    """Let at most so many programmes start in a year."""

    def starts_per_year(variables, inputs):
        for t in inputs.years:
            begun = [(variables.start[p.code, t], 1.0) for p in inputs.proposals.values() if t in p.starts]
            yield label("starts_per_year", t), total(begun) <= most

    def audit(plan):
        for year in plan.years:
            yield sum(choice.start == year for choice in plan.choices) - most, {"year": str(year)}

    return Rule("starts_per_year", audit, rows=(starts_per_year,), relaxations=relaxations)


def at_least(least):
    """Have at least so many programmes start at all."""

    def starts_at_least(variables, inputs):
        begun = [(variables.start[p.code, t], 1.0) for p in inputs.proposals.values() for t in p.starts]
        yield label("starts_at_least"), total(begun) >= least

    def audit(plan):
        yield least - len(plan.choices), {}

    return Rule("starts_at_least", audit, rows=(starts_at_least,))


def csr_share(share):
    """Let CSR pay at most a share of all that is spent."""

    def shares(variables, inputs):
        pays = [(pay, 1.0) for pay in variables.pay.values()]
        csr = [(pay, 1.0) for (_, fund, _), pay in variables.pay.items() if fund == "csr"]
        yield label("csr_share"), total(csr, times(-share, pays)) <= 0

    def audit(plan):
        paid = plan.payments.groupby("fund")["amount"].sum()
        yield paid.get("csr", 0.0) - share * paid.sum(), {"fund": "csr"}

    return Rule("csr_share", audit, rows=(shares,))


def test_one_start_a_year_by_hand():
    # The earlier, the longer it works: X in the first year, Y in the second, Z in none.
    assert starts(select_programs(THREE, make_scenario())) == {"X": 2027, "Y": 2027, "Z": 2027}
    plan = select_programs(THREE, make_scenario(), rules=[at_most(1)])
    assert starts(plan) == {"X": 2027, "Y": 2028}
    assert {check.rule: check.checked for check in plan.audit.checks}["starts_per_year"] == 2
    assert plan.audit.passed
    assert plan.status == "optimal"


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_refusal_names_the_rule(language):
    plan = select_programs(THREE, make_scenario(), rules=[at_most(1)])
    assert reasons(plan)["Z"] == "blocked_by"
    values = next(item.reason_values for item in plan.programs if item.program == "Z")
    assert values == {"rules": "starts_per_year"}
    assert "starts_per_year" in reason_text("blocked_by", values, language)


def test_a_rule_about_payments_by_hand():
    # The fund has 1. X takes at least 3 of 4 from CSR, Y 1 of 2; both together 5 of 6.
    tables = {
        "funds": rows("fund name_id", ("f", "Dana"), ("csr", "CSR")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 1), ("csr", 2027, 9)),
    }
    case = one_place([("X", 0.4, 4), ("Y", 0.2, 2)], budget=0, **tables)
    assert set(starts(select_programs(case, make_scenario()))) == {"X", "Y"}
    assert set(starts(select_programs(case, make_scenario(), rules=[csr_share(0.5)]))) == {"Y"}
    assert set(starts(select_programs(case, make_scenario(), rules=[csr_share(0.75)]))) == {"X"}
    assert not starts(select_programs(case, make_scenario(), rules=[csr_share(0.4)]))


def mostly(program, fund, share):
    """Let a fund pay in a year at least a share of what it pays for one programme."""

    def most_of(variables, inputs):
        for t in inputs.years:
            pays = [(pay, 1.0) for (_, f, year), pay in variables.pay.items() if (f, year) == (fund, t)]
            mine = [(pay, 1.0) for key, pay in variables.pay.items() if key == (program, fund, t)]
            yield label("mostly", t), total(mine, times(-share, pays)) >= 0

    def audit(plan):
        paid = [item for item in plan.paying if item.fund == fund]
        yield sum((share - (item.program == program)) * item.amount for item in paid), {"fund": fund}

    return Rule("mostly", audit, rows=(most_of,))


def test_a_rule_may_weigh_payments_for_one_programme_against_those_for_others():
    # Nine tenths of what f pays are for X. f has 4, g 2. Y alone costs more than g has, and f pays nothing for it
    # without X; with X, of 2, f pays at most 0.22 for others, so that Y lacks money; Z of 1 is g's.
    tables = {
        "funds": rows("fund name_id", ("f", "Dana"), ("g", "Hibah")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 4), ("g", 2027, 2)),
    }
    rules = [mostly("X", "f", 0.9)]
    case = one_place([("X", 0.2, 2), ("Y", 0.3, 4), ("Z", 0.1, 1)], budget=0, **tables)
    assert set(starts(select_programs(case, make_scenario(), rules=rules))) == {"X", "Z"}
    # Now X takes all that f has and Y all that g has: 100 phi(0.5) = 47.5.
    case = one_place([("X", 0.2, 4), ("Y", 0.3, 2), ("Z", 0.1, 1)], budget=0, **tables)
    plan = select_programs(case, make_scenario(), rules=rules)
    assert set(starts(plan)) == {"X", "Y"}
    assert plan.objective == pytest.approx(47.5)


@pytest.mark.parametrize(
    ("seed", "programs", "objective"),
    [*((seed, 2, objective) for seed in range(6) for objective in ("gap_closed", "score")), (6, 3, "score")],
)
def test_no_plan_that_keeps_it_is_better(seed, programs, objective):
    case, scenario, own = (
        random_case(seed, programs=programs),
        make_scenario(objective=objective),
        [at_most(1)],
    )
    plan = select_programs(case, scenario, rules=own)
    assert plan.objective == pytest.approx(best_by_trying(case, scenario, own), abs=1e-4)


def test_a_rule_that_leaves_no_plan_is_named():
    with pytest.raises(InfeasibleError, match="starts_per_year") as error:
        select_programs(THREE, make_scenario(locked_in=["X"]), rules=[at_most(0)])
    # The lock can go; of the rule nobody said that it can.
    told = {problem.code: problem.values for problem in error.value.problems}
    assert list(told) == ["clash", "clash_own_rule", "clash_lock", "ways_alone", "way_lock"]
    assert told["clash_own_rule"] == {"rule": "starts_per_year"}
    assert told["clash"]["count"] == 2
    for language in LANGUAGES:
        assert any("starts_per_year" in words(problem, language) for problem in error.value.problems)


def test_a_rule_that_can_give_way_is_a_way_out():
    # Three locks, two years: one start a year is one too few in either, two are enough.
    locked = make_scenario(locked_in=["X", "Y", "Z"])
    rules, ways = clash(THREE, locked, rules=[at_most(1, RELAXED)])
    assert rules == {
        *("lock X", "lock Y", "lock Z"),
        "starts_per_year most_starts 2027",
        "starts_per_year most_starts 2028",
    }
    assert ways == pytest.approx(
        {
            **dict.fromkeys(("lock X", "lock Y", "lock Z"), 1.0),
            **dict.fromkeys(("starts_per_year most_starts 2027", "starts_per_year most_starts 2028"), 1.0),
        }
    )
    with pytest.raises(InfeasibleError) as error:
        select_programs(THREE, locked, rules=[at_most(1, RELAXED)])
    told = [problem.values for problem in error.value.problems if problem.code == "way_own_rule"]
    assert told == [
        {"rule": "starts_per_year (2027)", "amount": 1.0},
        {"rule": "starts_per_year (2028)", "amount": 1.0},
    ]
    said = [words(problem, "en") for problem in error.value.problems if problem.code == "way_own_rule"]
    assert said[0].endswith("Let the rule of your own starts_per_year (2027) give way by 1.")
    assert select_programs(THREE, locked, rules=[at_most(2)]).audit.passed


def test_a_rule_that_demands_what_the_others_forbid():
    # Four starts are asked for, there are three programmes; and each of two rules of one's own alone can be kept.
    with pytest.raises(InfeasibleError) as error:
        select_programs(THREE, make_scenario(), rules=[at_least(4)])
    assert [problem.code for problem in error.value.problems] == ["clash_of_one", "clash_own_rule"]
    with pytest.raises(InfeasibleError) as error:
        select_programs(THREE, make_scenario(), rules=[at_least(3), at_most(1)])
    assert {problem.values.get("rule") for problem in error.value.problems} == {
        None, "starts_at_least", "starts_per_year",
    }  # fmt: skip


def test_amounts_of_money_give_way_too():
    # X and Y cost 6; CSR may pay at most 0.4 of that, 2.4, and the fund has 1: 5 must come from CSR, 2.6 more.
    tables = {
        "funds": rows("fund name_id", ("f", "Dana"), ("csr", "CSR")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 1), ("csr", 2027, 9)),
    }
    case = one_place([("X", 0.4, 4), ("Y", 0.2, 2)], budget=0, **tables)
    rule = replace(csr_share(0.4), relaxations=(Relaxation("share", 1, row="csr_share"),))
    rules, ways = clash(case, make_scenario(locked_in=["X", "Y"]), rules=[rule])
    # X alone: 3 of 4 from CSR, 1.4 more than may be; Y alone 1 of 2, 0.2 more. A single lock clashes already.
    assert rules == {"lock X", "csr_share share", "budget f 2027"}
    assert ways == pytest.approx({"csr_share share": 2.6, "budget f 2027": 2.6})


def test_an_equation_is_broken_to_either_side():
    def as_many(variables, inputs):
        begun = [(variables.start[p.code, t], 1.0) for p in inputs.proposals.values() for t in p.starts]
        yield label("as_many"), total(begun) == 2

    def audit(plan):
        yield abs(len(plan.choices) - 2), {}

    rule = Rule("as_many", audit, rows=(as_many,))
    assert len(starts(select_programs(THREE, make_scenario(), rules=[rule]))) == 2
    for settings in ({"locked_in": ["X", "Y", "Z"]}, {"locked_in": ["X"], "locked_out": ["Y", "Z"]}):
        assert "as_many" in clash(THREE, make_scenario(**settings), rules=[rule])[0]


def test_two_rules_of_one_name():
    with pytest.raises(ValueError, match="starts_per_year"):
        select_programs(THREE, make_scenario(), rules=[at_most(1), at_most(2)])
    with pytest.raises(ValueError, match="equity"):
        select_programs(THREE, make_scenario(), rules=[Rule("equity", at_most(1).audit)])
