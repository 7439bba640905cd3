"""The audit passes a sound plan; each rule's part of it shares nothing with the rule's rows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from jspmodel.selection import rules as package
from jspmodel.selection import select_programs
from jspmodel.selection.rules import RULES
from selection.rules.audited import CASE, asked, broken, judge
from selection.small import make_scenario


def test_a_sound_plan_passes():
    verdict = judge()
    assert verdict.passed
    assert broken(verdict) == set()
    assert {check.rule for check in verdict.checks} == {rule.name for rule in RULES}
    assert all(check.checked > 0 for check in verdict.checks)


def test_the_objective_is_recomputed():
    # Each region a third of the needs, four years, all in reach of the first piece but A in 2029 and 2030:
    # A 0.2, 0.4, 0.6 -> 0.55, 0.55; B 0, 0.2 + 0.2, 0.4, 0.4; C 0.2, 0.4, 0.4, 0.4.
    scenario = asked().model_copy(
        update={"collaboration": make_scenario(collaboration={"strength": 0}).collaboration}
    )
    expected = 100 / 12 * (0.2 + 0.4 + 0.55 + 0.55 + 0 + 3 * 0.4 + 0.2 + 3 * 0.4)
    assert judge(scenario=scenario).objective == pytest.approx(expected)


MODULES = sorted(Path(package.__file__).parent.glob("*.py"))
BESIDE = {"__init__", "rule", "left_out"}
"""Modules of no rule."""
ROWS = {
    "jspmodel.selection.inputs",
    "jspmodel.selection.variables",
    "jspmodel.selection.objectives",
    "jspmodel.selection.objectives.gap_closed",
    "pulp",
}
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
        assert file.stem in BESIDE
        return
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    stating = {alias.name for node in imported if node.module in ROWS for alias in node.names} | {"pulp"}
    names, own = used(functions["audit"], functions)
    assert not names & stating
    others = [used(function, functions)[1] for name, function in functions.items() if name not in own]
    assert not own & set().union(*others)


def test_every_rule_has_a_module_of_its_name():
    assert {file.stem for file in MODULES} - BESIDE == {rule.name for rule in RULES}


def test_the_plan_that_is_selected_passes_with_every_rule_on():
    plan = select_programs(CASE, asked())
    assert plan.audit.passed
    assert plan.audit.objective == plan.objective
    assert plan.objective >= judge().objective - 1e-6
    assert all(check.worst <= 1e-9 for check in plan.audit.checks)
