"""The audit passes a sound plan and rejects plans tampered with, one for each rule."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice, Payment
from jspmodel.selection import audit, select_programs
from jspmodel.selection import rules as package
from jspmodel.selection.rules import RULES as ALL
from jspmodel.text.breaches import told
from selection.small import rows, scenario

RULES = [rule.name for rule in ALL if rule.name != "known_codes"]
"""Rules that a plan of known codes can break."""
TABLES = {
    "regions": rows("region name maturity", ("A", "Alfa", 2), ("B", "Beta", 1), ("C", "Cita", 2)),
    "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
    "issues": rows("issue name_id", ("w", "Sampah")),
    "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0), ("w", "C", 1.0)),
    "agencies": rows("agency name max_parallel", ("g", "Dinas", 1)),
    "programs": rows(
        "program name_id dimension agency first_start last_start duration in_annual_plan scope min_regions "
        "min_volume quick_win new_systems required_maturity raises_maturity",
        ("P", "P", "d", "g", 2027, 2027, 1, True, "joint", 2, 10, True, 1, 2, None),
        ("Q", "Q", "e", "g", None, None, 1, False, "province", None, None, False, None, None, None),
        ("R", "R", "", "", None, 2029, 2, False, "joint", None, None, False, None, None, None),
        ("S", "S", "", "", None, None, 1, False, "joint", None, None, False, None, None, None),
        ("T", "T", "", "", None, None, 1, False, "joint", None, None, False, None, None, None),
    ),
    "program_regions": rows(
        "program region volume mandatory",
        ("P", "A", 8, True),
        ("P", "B", 1, False),
        ("P", "C", 4, False),
        ("R", "A", None, False),
        ("S", "B", None, False),
        ("T", "B", None, False),
    ),
    "program_costs": rows(
        "program region kind offset amount",
        ("P", "", "build", 0, 4),
        ("P", "A", "build", 0, 2),
        ("Q", "", "build", 0, 3),
        ("R", "A", "build", 1, 5),
        ("R", "A", "run", None, 1),
        ("S", "B", "build", 0, 1),
        ("T", "B", "build", 0, 1),
    ),
    "program_effects": rows("program issue effect", *((p, "w", 0.2) for p in "PQRST")),
    "program_links": rows("program other kind", ("R", "P", "requires"), ("S", "T", "excludes")),
    "funds": rows("fund name_id holder", ("prov", "P", ""), ("own-A", "A", "A"), ("csr", "C", "")),
    "fund_budgets": rows(
        "fund year amount",
        *(("prov", year, 6) for year in (2027, 2028, 2029, 2030)),
        *(("own-A", year, 4) for year in (2027, 2028, 2029, 2030)),
        ("csr", 2027, 2),
    ),
    "fund_rules": rows("fund program dimension max_share", ("csr", "P", "", 0.25)),
    "systems": rows("system name", ("S1", "Lama")),
    "program_systems": rows("program system action", ("Q", "S1", "retires")),
}
CASE = build_case("audited", TABLES)
SCENARIO = scenario(
    closed_years=[2027],
    no_new_systems=True,
    min_quick_wins=1,
    min_programs_per_dimension=1,
    locked_in=[{"program": "P", "start": 2027, "regions": ["A"]}],
    locked_out=["T"],
    equity={"mode": "floor", "floor": 0.1},
)
FLOOR = 5.0

# P 2027: 4 shared, 2 in A: 1.5 from csr (a quarter of 6), 3 from A's own fund, 1.5 from the province.
# Q 2028: 3. R 2028-2029: 5 in 2029, runs 1 in 2030. S in B 2028: 1.
CHOICES = {
    "P": Choice(program="P", start=2027, regions=("A", "C")),
    "Q": Choice(program="Q", start=2028, regions=("A", "B", "C")),
    "R": Choice(program="R", start=2028, regions=("A",)),
    "S": Choice(program="S", start=2028, regions=("B",)),
}
PAYMENTS = {
    ("P", "csr", 2027): 1.5,
    ("P", "own-A", 2027): 3.0,
    ("P", "prov", 2027): 1.5,
    ("Q", "prov", 2028): 3.0,
    ("R", "own-A", 2029): 4.0,
    ("R", "prov", 2029): 1.0,
    ("R", "own-A", 2030): 1.0,
    ("S", "prov", 2028): 1.0,
}


def judge(choices=CHOICES, payments=PAYMENTS, *, case=CASE, settings=SCENARIO, floor=FLOOR):
    paid = [Payment(program=p, fund=f, year=y, amount=amount) for (p, f, y), amount in payments.items()]
    return audit(case, settings, list(choices.values()), paid, floor=floor)


def broken(verdict):
    return {check.rule for check in verdict.checks if check.worst > 1e-5}


def without(*programs):
    return (
        {p: choice for p, choice in CHOICES.items() if p not in programs},
        {key: amount for key, amount in PAYMENTS.items() if key[0] not in programs},
    )


def moved(program, **changes):
    return {**CHOICES, program: CHOICES[program].model_copy(update=changes)}, PAYMENTS


def paid(**changes):
    names = {"csr": ("P", "csr", 2027), "own": ("P", "own-A", 2027), "prov": ("P", "prov", 2027)}
    return CHOICES, {**PAYMENTS, **{names[name]: amount for name, amount in changes.items()}}


SWAPPED = Choice(program="T", start=2028, regions=("B",))

TAMPERED = {
    "start_window": moved("R", start=2030),
    "closed_years": moved("S", start=2027),
    "horizon": moved("S", start=2031),
    "eligible_regions": moved("R", regions=("A", "B")),
    "province_scope": moved("Q", regions=("A", "B")),
    "mandatory_regions": moved("P", regions=("B", "C")),
    "min_regions": moved("P", regions=("A",)),
    "coalition_volume": moved("P", regions=("A", "B")),
    "maturity": moved("P", regions=("A", "B", "C")),
    "locked_in": without("P"),
    "locked_out": ({**CHOICES, "T": SWAPPED}, PAYMENTS),
    "requires": moved("R", start=2027),
    "excludes": ({**CHOICES, "T": SWAPPED}, PAYMENTS),
    "max_parallel": moved("Q", start=2027),
    "quick_wins": without("P"),
    "programs_per_dimension": without("Q"),
    "new_systems": without("Q"),
    "equity": without("Q", "S"),
    "costs_paid": paid(prov=1.4),
    "fund_budgets": paid(prov=0.5, own=4.5, csr=1.0),
    "fund_rules": paid(csr=2.0, prov=1.0),
    "region_funds": (
        CHOICES,
        {key: amount for key, amount in PAYMENTS.items() if key[0] != "S"} | {("S", "own-A", 2028): 1.0},
    ),
}


def test_a_sound_plan_passes():
    verdict = judge()
    assert verdict.passed
    assert broken(verdict) == set()
    assert {check.rule for check in verdict.checks} == {"known_codes", *RULES}
    assert all(check.checked > 0 for check in verdict.checks)


def test_the_objective_is_recomputed():
    # Each region a third of the needs, four years, all in reach of the first piece but A in 2029 and 2030:
    # A 0.2, 0.4, 0.6 -> 0.55, 0.55; B 0, 0.2 + 0.2, 0.4, 0.4; C 0.2, 0.4, 0.4, 0.4.
    settings = SCENARIO.model_copy(
        update={"collaboration": scenario(collaboration={"strength": 0}).collaboration}
    )
    expected = 100 / 12 * (0.2 + 0.4 + 0.55 + 0.55 + 0 + 3 * 0.4 + 0.2 + 3 * 0.4)
    assert judge(settings=settings).objective == pytest.approx(expected)


@pytest.mark.parametrize("rule", RULES)
def test_a_plan_that_breaks_a_rule_is_rejected(rule):
    choices, payments = TAMPERED[rule]
    verdict = judge(choices, payments)
    assert not verdict.passed
    assert rule in broken(verdict)


def test_every_rule_has_a_plan_that_breaks_it_and_says_where():
    assert set(TAMPERED) == set(WHERE) == set(RULES)


# What each tampered plan breaks first of all: the codes, and by how much.
WHERE = {
    "start_window": ({"program": "R", "year": "2030"}, 1),
    "closed_years": ({"program": "S", "year": "2027"}, 1),
    "horizon": ({"program": "S", "year": "2031"}, 1),
    "eligible_regions": ({"program": "R", "region": "B"}, 1),
    "province_scope": ({"program": "Q"}, 1),
    "mandatory_regions": ({"program": "P", "region": "A"}, 1),
    "min_regions": ({"program": "P"}, 1),  # one of two
    "coalition_volume": ({"program": "P"}, 1),  # 8 + 1 of 10
    "maturity": ({"program": "P", "region": "B"}, 1),  # 1 of 2
    "locked_in": ({"program": "P"}, 1),
    "locked_out": ({"program": "T"}, 1),
    "requires": ({"program": "R", "other": "P"}, 1),
    "excludes": ({"program": "S", "other": "T"}, 1),
    "max_parallel": ({"agency": "g", "year": "2027"}, 1),
    "quick_wins": ({"year": "2027"}, 1),
    "programs_per_dimension": ({"dimension": "e"}, 1),
    "new_systems": ({}, 1),
    "equity": ({"region": "B"}, 5),  # nothing reaches B
    "costs_paid": ({"program": "P", "year": "2027"}, 0.1),
    "fund_budgets": ({"fund": "own-A", "year": "2027"}, 0.5),
    "fund_rules": ({"program": "P", "fund": "csr", "year": "2027"}, 0.5),  # a quarter of 6 is 1.5
    "region_funds": ({"program": "S", "region": "A", "year": "2028"}, 1),
}


@pytest.mark.parametrize("rule", RULES)
def test_where_a_rule_is_broken_and_by_how_much(rule):
    verdict = judge(*TAMPERED[rule])
    check = next(check for check in verdict.checks if check.rule == rule)
    assert check.breaches[0].where == WHERE[rule][0]
    assert check.breaches[0].amount == pytest.approx(WHERE[rule][1]) == pytest.approx(check.worst)
    for language in ("id", "en"):
        words = told(rule, check.breaches[0], CASE, language)
        assert all(code in words for code in check.breaches[0].where.values())


MODULES = sorted(Path(package.__file__).parent.glob("*.py"))
ROWS = {"jspmodel.selection.inputs", "jspmodel.selection.variables", "jspmodel.selection.objective", "pulp"}
"""What rows are stated with."""


def used(function, functions):
    """Return all names that a function uses, and those that its helpers in the same file use."""
    seen, names = set(), set()
    todo = [function]
    while todo:
        one = todo.pop()
        seen.add(one.name)
        here = {node.id for node in ast.walk(one) if isinstance(node, ast.Name)}
        names |= here
        todo += [functions[name] for name in here & set(functions) - seen]
    return names, seen


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_the_audit_of_a_rule_shares_nothing_with_its_rows(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    if "audit" not in functions:
        assert file.stem in {"__init__", "rule"}
        return
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    stating = {alias.name for node in imported if node.module in ROWS for alias in node.names} | {"pulp"}
    names, own = used(functions["audit"], functions)
    assert not names & stating
    others = [used(function, functions)[1] for name, function in functions.items() if name not in own]
    assert not own & set().union(*others)


def test_every_rule_has_a_module_of_its_name():
    assert {file.stem for file in MODULES} - {"__init__", "rule"} == {rule.name for rule in ALL}


@pytest.mark.parametrize(
    "rule",
    [
        "closed_years",
        "eligible_regions",
        "province_scope",
        "fund_budgets",
        "fund_rules",
        "region_funds",
        "maturity",
    ],
)
def test_nothing_else_is_blamed(rule):
    blamed = broken(judge(*TAMPERED[rule])) - {"costs_paid"}
    assert blamed == {rule}


@pytest.mark.parametrize(
    ("choices", "payments"),
    [
        ({**CHOICES, "X": Choice(program="X", start=2028)}, PAYMENTS),
        ({**CHOICES, "again": CHOICES["S"]}, PAYMENTS),
        (moved("S", regions=("Z",))[0], PAYMENTS),
        (CHOICES, {**PAYMENTS, ("P", "none", 2027): 0.0}),
        (CHOICES, {**PAYMENTS, ("T", "prov", 2028): 1.0}),
        (CHOICES, {**PAYMENTS, ("P", "prov", 2031): 0.0}),
    ],
)
def test_what_the_tables_do_not_know_is_rejected_at_once(choices, payments):
    verdict = judge(choices, payments)
    assert not verdict.passed
    assert broken(verdict) == {"known_codes"}


def test_negative_payments_are_rejected():
    payments = {**PAYMENTS, ("Q", "prov", 2028): 4.0, ("Q", "own-A", 2028): -1.0}
    assert broken(judge(CHOICES, payments)) == {"costs_paid"}


def test_a_fund_without_a_budget_for_the_year_pays_nothing():
    payments = {**PAYMENTS, ("Q", "prov", 2028): 2.0, ("Q", "csr", 2028): 1.0}
    assert {"fund_budgets", "fund_rules"} <= broken(judge(CHOICES, payments))


def test_the_plan_that_is_selected_passes_with_every_rule_on():
    plan = select_programs(CASE, SCENARIO)
    assert plan.audit.passed
    assert plan.audit.objective == plan.objective
    assert plan.objective >= judge().objective - 1e-6
    assert all(check.worst <= 1e-9 for check in plan.audit.checks)
