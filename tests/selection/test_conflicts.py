"""Rules that clash: the irreducible set and the ways out, worked out on paper."""

from __future__ import annotations

from itertools import product

import pytest

from jspmodel import measure
from jspmodel.errors import InfeasibleError, Problem, SolverError
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice, Payment
from jspmodel.selection import audit, select_programs
from jspmodel.selection.infeasibility import Explainer, explained, not_found
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.rules import RELAXATIONS, RULES
from jspmodel.solver import worker
from jspmodel.solver.effort import Effort
from jspmodel.text.problems import listing
from selection.random_cases import random_case
from selection.small import one_place, rows, scenario

YEARS = (2027, 2028)


def conflict(case, settings, floor=None):
    return Explainer(read_inputs(case, settings), floor, Effort(1000)).conflict()


def named(rules):
    return {" ".join((rule.kind, *rule.codes)) for rule in rules}


def offered(ways):
    return {" ".join((way.rule.kind, *way.rule.codes)): way.amount for way in ways}


def clash(case, settings, floor=None):
    """The set and the ways out, as text and amounts; the set is irreducible."""
    found = conflict(case, settings, floor)
    assert found.irreducible
    return named(found.rules), offered(found.ways or found.together)


def programs(*lines, columns="program name_id duration"):
    return rows(columns, *lines)


def test_a_lock_and_a_budget():
    # P is locked in for 2027 and costs 6; the fund has 4 in 2027 and 9 in 2028. Q, R and their rules do not matter.
    case = one_place(
        [("P", 0.3, 6), ("Q", 0.2, 2), ("R", 0.2, 2)],
        budget=0,
        fund_budgets=rows("fund year amount", ("f", 2027, 4), ("f", 2028, 9)),
        program_links=rows("program other kind", ("Q", "R", "excludes")),
    )
    settings = scenario(locked_in=[{"program": "P", "start": 2027}], locked_out=["R"])
    rules, ways = clash(case, settings)
    assert rules == {"lock P", "lock_year P 2027", "budget f 2027"}
    assert ways == pytest.approx({"budget f 2027": 2, "lock_year P 2027": 1, "lock P": 1})
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, settings)
    assert listing(error.value.problems, "en").splitlines() == [
        "baseline.yaml",
        "  - It is proven that no plan keeps these 2 rules together; without any one of them the others can be kept:",
        "  - P is locked in with its start in 2027 (locked_in).",
        "  - f (Dana): Rp 4 billion in 2027; Rp 6 billion are needed (fund_budgets.csv, budget_scale).",
        "  - Ways out, the easiest first; one of them is enough:",
        "  - Raise the budget of f in 2027 by Rp 2 billion (fund_budgets.csv, counted after budget_scale).",
        "  - Let P start in 2028 instead of 2027 (locked_in).",
        "  - Do not lock in P (locked_in).",
    ]
    assert "Naikkan pagu f tahun 2027 sebesar Rp 2 miliar" in listing(error.value.problems, "id")


def test_two_locks_share_a_budget():
    # Each fits alone (3 of 4), both do not; either way 2 are short, and dropping one lock is enough.
    case = one_place([("P", 0.3, 3), ("Q", 0.2, 3)], budget=4)
    rules, ways = clash(case, scenario(locked_in=["P", "Q"]))
    assert rules == {"lock P", "lock Q", "budget f 2027"}
    assert ways == pytest.approx({"budget f 2027": 2, "lock P": 1, "lock Q": 1})


def test_what_only_whole_numbers_show():
    # Half of P and half of Q would be one programme of the dimension d and one quick win; there is no half, and
    # only one of them can be paid. The relaxation sees nothing wrong.
    case = one_place(
        [("P", 0.3, 3), ("Q", 0.2, 3)],
        budget=0,
        years=(),
        programs=programs(
            ("P", "P", 1, "d"), ("Q", "Q", 1, "d"), columns="program name_id duration dimension"
        ),
        dimensions=rows("dimension name_id", ("d", "D")),
        funds=rows("fund name_id", ("f", "F"), ("g", "G")),
        fund_budgets=rows("fund year amount", ("f", 2027, 3), ("g", 2027, 3)),
        fund_rules=rows("fund program max_share", ("f", "P", 0.5), ("g", "P", 0.5), ("f", "Q", 0.5)),
    )
    # P: half from f, half from g. Q: half from f, and nobody pays the rest.
    rules, ways = clash(case, scenario(min_programs_per_dimension=2))
    assert rules == {"dimension d", "fund_rules Q"}
    assert ways == pytest.approx({"dimension d": 1, "fund_rules Q": 1.5})


def test_a_cover_of_three():
    # Of P, Q and R, 5 each, a budget of 9 pays one; the relaxation pays 1.8 of them. Two are demanded.
    case = one_place(
        [("P", 0.3, 5), ("Q", 0.2, 5), ("R", 0.2, 5)],
        budget=9,
        programs=programs(*((p, p, 1, True) for p in "PQR"), columns="program name_id duration quick_win"),
    )
    rules, ways = clash(case, scenario(min_quick_wins=2))
    assert rules == {"quick_wins", "budget f 2027"}
    assert ways == pytest.approx({"quick_wins": 1, "budget f 2027": 1})


def test_changes_that_are_enough_only_together():
    # P lacks 2 in 2027 and Q lacks 3 in 2028: no one change helps both, and two are enough.
    case = one_place(
        [("P", 0.3, 6), ("Q", 0.2, 7)],
        budget=4,
        years=YEARS,
        programs=programs(
            ("P", "P", 1, None, 2027), ("Q", "Q", 1, 2028, None),
            columns="program name_id duration first_start last_start",
        ),
        fund_rules=rows("fund program max_share", ("f", "P", 1.0), ("f", "Q", 1.0)),
    )  # fmt: skip
    found = conflict(case, scenario(locked_in=["P", "Q"]))
    assert found.ways == ()
    assert len(found.together) == 2
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, scenario(locked_in=["P", "Q"]))
    assert "ways_together" in [problem.code for problem in error.value.problems]


AGENCY = {"agencies": rows("agency name max_parallel", ("g", "Dinas", 1))}
TWO = [("P", 0.3, 1), ("Q", 0.2, 1)]
BOTH = {"locked_in": ["P", "Q"]}
TWO_REGIONS = {
    "regions": rows("region name maturity", ("A", "Alfa", 1), ("B", "Beta", 3)),
    "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
    "program_regions": rows("program region volume mandatory", ("P", "A", 4, False), ("P", "B", 6, False)),
    "funds": rows("fund name_id holder", ("f", "Dana", "A"), ("p", "Prov", "")),
    "fund_budgets": rows("fund year amount", ("f", 2027, 9), ("p", 2027, 1)),
}


def wide(columns, *line, costs=(("P", "", "build", 0, 1),), **tables):
    """P in A and B; A's fund has 9, the province 1."""
    return one_place(
        [],
        budget=0,
        **{
            **TWO_REGIONS,
            "programs": rows(f"program name_id duration {columns}", ("P", "P", 1, *line)),
            "program_costs": rows("program region kind offset amount", *costs),
            "program_effects": rows("program issue effect", ("P", "w", 0.3)),
            **tables,
        },
    )


DEAR_IN_B = (("P", "", "build", 0, 1), ("P", "B", "build", 0, 3))
CASES = {
    # 2027 is closed, and the quick win must start then.
    "closed": (
        one_place([("P", 0.3, 1)], budget=1, years=YEARS, programs=programs(("P", "P", 1, True), columns="program name_id duration quick_win")),
        {"min_quick_wins": 1, "closed_years": [2027]},
        {"quick_wins", "closed P"},
        {"quick_wins": 1, "closed P": 1},
    ),
    # Q must be delivered before P starts, so in 2027, but may start in 2028 only.
    "window": (
        one_place(TWO, budget=9, years=YEARS, programs=programs(("P", "P", 1, None), ("Q", "Q", 1, 2028), columns="program name_id duration first_start"),
                  program_links=rows("program other kind", ("P", "Q", "requires"))),
        {"locked_in": ["P"]},
        {"lock P", "window Q", "requires P Q"},
        {"lock P": 1, "window Q": 1, "requires P Q": 1},
    ),
    "locked_out": (
        one_place(TWO, budget=9, years=YEARS, program_links=rows("program other kind", ("P", "Q", "requires"))),
        {"locked_in": ["P"], "locked_out": ["Q"]},
        {"lock P", "locked_out Q", "requires P Q"},
        {"lock P": 1, "locked_out Q": 1, "requires P Q": 1},
    ),
    "excludes": (
        one_place(TWO, budget=9, program_links=rows("program other kind", ("P", "Q", "excludes"))),
        BOTH,
        {"lock P", "lock Q", "excludes P Q"},
        {"lock P": 1, "lock Q": 1, "excludes P Q": 1},
    ),
    "parallel": (
        one_place(TWO, budget=9, programs=programs(("P", "P", 1, "g"), ("Q", "Q", 1, "g"), columns="program name_id duration agency"), **AGENCY),
        BOTH,
        {"lock P", "lock Q", "parallel g"},
        {"lock P": 1, "lock Q": 1, "parallel g": 1},
    ),
    # P brings two systems, and Q retires one.
    "systems": (
        one_place(TWO, budget=9, programs=programs(("P", "P", 1, 2), ("Q", "Q", 1, None), columns="program name_id duration new_systems"),
                  systems=rows("system name", ("S", "Lama")), program_systems=rows("program system action", ("Q", "S", "retires"))),
        {"locked_in": ["P"], "no_new_systems": True},
        {"lock P", "systems"},
        {"lock P": 1, "systems": 1},
    ),
    "dimension": (
        one_place(TWO, budget=9, programs=programs(("P", "P", 1, "d"), ("Q", "Q", 1, "e"), columns="program name_id duration dimension"),
                  dimensions=rows("dimension name_id", ("d", "D"), ("e", "E"))),
        {"min_programs_per_dimension": 3},
        {"dimension d"},
        {"dimension d": 2},
    ),
    # Two regions are there, three are asked for.
    "min_regions": (wide("min_regions", 3), {"locked_in": ["P"]}, {"lock P", "min_regions P"}, {"lock P": 1, "min_regions P": 1}),
    # 4 + 6 is 2.5 less than 12.5.
    "volume": (wide("min_volume", 12.5), {"locked_in": ["P"]}, {"lock P", "volume P"}, {"lock P": 1, "volume P": 2.5}),
    # A stands at 1, two below 3, and is asked to take part.
    "maturity": (
        wide("required_maturity", 3), {"locked_in": [{"program": "P", "regions": ["A"]}]},
        {"lock P", "lock_region P A", "maturity P A"}, {"lock P": 1, "lock_region P A": 1, "maturity P A": 2},
    ),
    # B costs 3, which A may not pay; the province has 1 and pays for the shared part or for B.
    "mandatory": (
        wide("scope", "joint", costs=DEAR_IN_B, program_regions=rows("program region mandatory", ("P", "A", False), ("P", "B", True))),
        {"locked_in": ["P"]},
        {"lock P", "mandatory P B", "region_funds P", "budget p 2027"},
        {"budget p 2027": 2, "lock P": 1, "mandatory P B": 1, "region_funds P": 2},
    ),
    "province": (
        wide("scope", "province", costs=DEAR_IN_B, program_regions=rows("program region")),
        {"locked_in": ["P"]},
        {"lock P", "province P", "region_funds P", "budget p 2027"},
        {"budget p 2027": 2, "lock P": 1, "province P": 1, "region_funds P": 2},
    ),
    # The one fund may pay for Q only.
    "fund_rules": (
        one_place(TWO, budget=9, fund_rules=rows("fund program max_share", ("f", "Q", 1.0))),
        {"locked_in": ["P"]},
        {"lock P", "fund_rules P"},
        {"lock P": 1, "fund_rules P": 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_rules_that_clash(kind):
    case, settings, rules, ways = CASES[kind]
    found_rules, found_ways = clash(case, scenario(**settings))
    assert found_rules == rules
    assert found_ways == pytest.approx(ways)
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, scenario(**settings))
    assert listing(error.value.problems, "id") != listing(error.value.problems, "en")


def test_every_constraint_has_rows():
    assert all(bool(relaxation.row) or relaxation.states for relaxation in RELAXATIONS.values())
    assert len(RELAXATIONS) == sum(len(rule.relaxations) for rule in RULES)


def test_an_equity_floor():
    # P closes 30 in A; nothing helps B, which is asked for 12.
    case = wide("scope", "joint", program_regions=rows("program region", ("P", "A")))
    rules, ways = clash(case, scenario(equity={"mode": "floor", "floor": 0.8}), 12.0)
    assert rules == {"floor B"}
    assert ways == pytest.approx({"floor B": 12})


def test_a_clash_before_the_floor_says_that_the_floor_comes_after():
    settings = scenario(locked_in=["P", "Q"], equity={"mode": "floor", "floor": 0.5})
    with pytest.raises(InfeasibleError) as error:
        select_programs(one_place([("P", 0.3, 3), ("Q", 0.2, 3)], budget=4), settings)
    assert error.value.problems[-1].code == "floor_comes_after"


def test_a_floor_that_can_be_kept_is_told_when_none_was_found_in_time():
    # Money for one: X closes 40 in A, Y 40 in B, Z 10 in both. Halves of X and Y would bring 20 to both, and 15 is
    # asked for (0.6 of 25), so only whole numbers clash; Z keeps 10, which is 0.4 of 25.
    tables = {
        "regions": rows("region name", ("A", "Alfa"), ("B", "Beta")),
        "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
        "program_regions": rows("program region", ("X", "A"), ("Y", "B"), ("Z", "A"), ("Z", "B")),
    }
    case = one_place([("X", 0.4, 1), ("Y", 0.4, 1), ("Z", 0.1, 1)], budget=1, **tables)
    inputs = read_inputs(case, scenario(equity={"mode": "floor", "floor": 0.6}))
    late = not_found(inputs, ["whole"])
    told = explained(late, inputs, 15.0, Effort(1000)).problems
    assert [problem.code for problem in told] == ["no_plan_found", "way_floor"]
    assert told[1].values["share"] == pytest.approx(0.4)
    assert explained(late, inputs, None, Effort(1000)).problems == late.problems
    broken = SolverError("broken", [Problem("solver_failed", values={"status": "?"})])
    assert explained(broken, inputs, None, Effort(1000)) is broken


def test_every_kind_of_rule_is_tested():
    told = {rule.split()[0] for _, _, rules, _ in CASES.values() for rule in rules}
    assert told | {"budget", "lock", "lock_year", "floor"} == set(RELAXATIONS)


def test_no_two_kinds_of_rule_are_told_or_offered_at_the_same_place():
    kept = [relaxation.kept for relaxation in RELAXATIONS.values()]
    offered = [r.offered for r in RELAXATIONS.values() if r.offered is not None]
    assert len(set(kept)) == len(kept)
    assert len(set(offered)) == len(offered)


def test_without_time_nothing_is_claimed(monkeypatch):
    monkeypatch.setattr(worker, "monotonic", lambda: 0.0)  # however long the child takes to start
    case = one_place([("P", 0.3, 5), ("Q", 0.2, 5)], budget=9)
    settings = scenario(locked_in=["P", "Q"], solver={"time_limit": 1e-3, "threads": 1})
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, settings)
    assert {"clash", "clash_not_reduced", "no_plan"} & {problem.code for problem in error.value.problems}


def has_plan(case, settings):
    """Whether some plan is within the budgets and passes the audit: all are tried."""
    years, budgets = measure.horizon(case, settings), measure.budgets(case, settings)
    groups = [("A",), ("B",), ("A", "B")]
    options = [
        [None, *(Choice(program=p, start=t, regions=group) for t in years for group in groups)]
        for p in case.programs["program"]
    ]
    costs = {c: measure.yearly_costs(case, c, years).sum() for choices in options for c in choices if c}
    for plan in product(*options):
        chosen = [choice for choice in plan if choice]
        due = {year: sum(costs[choice][year] for choice in chosen) for year in years}
        if all(due[year] <= budgets["f", year] + 1e-9 for year in years):
            paid = [
                Payment(program=c.program, fund="f", year=year, amount=float(amount))
                for c in chosen
                for year, amount in costs[c].items()
            ]
            if audit(case, settings, chosen, paid).passed:
                return True
    return False


@pytest.mark.parametrize("seed", [0, 1, 2, 5, 6, 7])
def test_every_way_out_is_one_and_no_smaller(seed):
    """Random cases with all programmes locked in, one fund."""
    case, settings = random_case(seed, budget=5), scenario(locked_in=["P0", "P1", "P2"])
    found = conflict(case, settings)
    assert (found is None) == has_plan(case, settings)
    for way in found.ways if found else ():
        if way.rule.kind == "lock":
            rest = [lock for lock in ("P0", "P1", "P2") if lock != way.rule.codes[0]]
            assert has_plan(case, scenario(locked_in=rest))
        if way.rule.kind == "budget":
            assert has_plan(raised(case, way.rule.codes[1], way.amount + 1e-6), settings)
            assert not has_plan(raised(case, way.rule.codes[1], way.amount - 1e-3), settings)


def raised(case, year, amount):
    table = case.fund_budgets
    more = table["amount"] + amount * (table["year"] == int(year))
    tables = {name: frame for name, frame in case.tables().items() if not frame.empty}
    return build_case(case.name, {**tables, "fund_budgets": table.assign(amount=more)})
