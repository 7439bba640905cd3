"""Goes over the list of rules: each has a file of tests beside this one, with everything that is tested of a rule."""

from __future__ import annotations

import ast
import inspect
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.selection import select_programs
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.rules import RELAXATIONS, RULES, rule_parts
from jspmodel.text import LANGUAGES, all_wording, listing, say, words
from jspmodel.text.breaches import describe_breach as breach
from selection.random_cases import RULED
from selection.rules.audited import CASE, broken, judge
from selection.rules.bad_data import told
from selection.rules.clashes import clash
from selection.rules.every import MISSING, NAMES, marked, merged, modules
from selection.rules.three_programs import CASE as THREE
from selection.small import family_rows, make_scenario, text_rows

ASKED = make_scenario(**merged("SETTINGS"))
"""All rules are on in it that state rows."""
ASSUMED = make_scenario(**{**merged("SETTINGS"), "closed_years": [2027], "locked_out": ["R"]})
"""All rules are on in it."""
BREAKABLE = [name for name in NAMES if name != "known_codes"]
"""Rules that a plan of known codes can break."""
ALONE = [name for name in BREAKABLE if modules()[name].TAMPERED.alone]
BAD = [
    (family, case) for module in modules().values() for family in module.BAD for case in module.BAD[family]
]
CLASHES = {name: clash for module in modules().values() for name, clash in module.CLASHES.items()}
by_name = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.name in NAMES], ids=lambda rule: rule.name
)


FAMILIES = [family for rule in RULES for family in rule.rows + rule.repeats]


def stated(name):
    """The rows of a rule."""
    return next(rule.rows + rule.repeats for rule in RULES if rule.name == name)


@pytest.mark.parametrize("name", NAMES)
def test_every_family_of_rows_is_written_by_hand_worked_out_on_paper_and_gets_bad_data(name):
    module = modules()[name]
    families = {family.__name__ for family in stated(name)}
    assert set(module.ROWS) == set(stated(name))
    assert all(text.strip() for text in module.ROWS.values())
    assert marked(module, "on_paper") == families
    assert set(module.BAD) == families
    assert all(module.BAD.values())


def test_no_rows_are_left_out():
    assert set(merged("ROWS")) == set(FAMILIES)


def test_every_rule_has_a_file_of_tests():
    assert [f"tests/selection/rules/test_{name}.py" for name in MISSING] == []


def test_no_file_is_of_a_rule_that_is_not_there():
    files = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
    assert files - {"every_rule"} == set(NAMES)


def test_every_setting_of_a_rule_is_drawn_where_all_plans_are_tried():
    """Equity has its mode as an argument of its own there."""
    assert set(merged("SETTINGS")) - {"equity"} <= set(RULED)


@by_name
def test_every_constraint_that_a_planner_can_change_is_told_in_a_clash(rule):
    module = modules()[rule.name]
    told = {constraint.split()[0] for clash in module.CLASHES.values() for constraint in clash.rules}
    assert {relaxation.kind for relaxation in rule.relaxations} <= told | marked(module, "clashing")
    assert marked(module, "clashing") <= set(RELAXATIONS)


@by_name
def test_every_rule_has_all_its_words(rule):
    keys = {
        key.format(rule=rule.name)
        for key in ("rule.{rule}", "breach.{rule}", "mend.{rule}", "model.rule_{rule}")
    }
    for relaxation in rule.relaxations:
        keys |= {f"problem.{part}_{relaxation.kind}" for part in ("clash", "way")}
        keys |= {f"prices.{relaxation.kind}"} if relaxation.row else set()
    keys |= {f"{part}.{code}" for code in reason_codes(rule) for part in ("reason", "remedy")}
    assumed = list(rule.assumes(THREE, ASSUMED)) if rule.assumes else []
    assert bool(assumed) == bool(rule.assumes)
    for language in LANGUAGES:
        assert sorted(keys - set(all_wording(language))) == []
        assert all(say(f"report.assume_{name}", language, **values) for name, values in assumed)


@by_name
def test_every_rule_that_can_keep_a_programme_out_gives_a_reason_or_needs_none(rule):
    module = modules()[rule.name]
    functions = [f for f in (rule.refuses, rule.blocks, rule.withheld) if f]
    codes = reason_codes(rule)
    assert bool(codes) == bool(functions)
    assert marked(module, "reason") == codes
    silent = bool(rule.relaxations and rule.rows and not functions)
    assert bool(getattr(module, "NO_REASON", "")) == silent


def reason_codes(rule):
    """The codes of the reasons that a rule gives, as its functions yield them."""
    return {
        node.value.elts[0].value
        for function in (rule.refuses, rule.blocks, rule.withheld)
        if function
        for node in ast.walk(ast.parse(inspect.getsource(function)))
        if isinstance(node, ast.Yield)
    }


def switched_by_settings():
    """The rules whose words have those of a setting, or of a group of settings: a scenario can switch them on and off."""
    tables = tomllib.loads((files("jspmodel.text") / "en" / "rules.toml").read_text(encoding="utf-8"))
    set_by = {name for name, words in tables.items() if any(key.startswith("setting_") for key in words)}
    return set_by | {"locked_in", "equity"}


def test_every_rule_that_a_scenario_switches_on_can_be_left_out_and_so_is_priced():
    parts = list(rule_parts(THREE, ASSUMED)) + list(rule_parts(CASE, ASSUMED))
    assert {rule.name for rule, _ in parts} == switched_by_settings()
    case, scenario = THREE, ASSUMED
    for _, part in rule_parts(THREE, ASSUMED):
        assert (part.column == "") == (part.code == "")
        case, scenario = part.frees(case, scenario)
    assert list(rule_parts(case, scenario)) == []


def test_what_is_left_out_lets_more_be_planned_and_nothing_less():
    stated = {name for family in FAMILIES for name in family_rows(family, THREE, ASSUMED)}
    for rule, part in rule_parts(THREE, ASSUMED):
        case, scenario = part.frees(THREE, ASSUMED)
        left = {name for family in rule.rows for name in family_rows(family, case, scenario)}
        kept = {name for family in rule.rows for name in family_rows(family, THREE, ASSUMED)}
        assert left <= kept <= stated
        before, after = read_inputs(THREE, ASSUMED).proposals, read_inputs(case, scenario).proposals
        assert all(set(p.starts) <= set(after[code].starts) for code, p in before.items())


DEMANDING = [rule for rule in RULES if rule.demands]


@pytest.mark.parametrize("rule", DEMANDING, ids=lambda rule: rule.name)
def test_what_a_rule_demands_can_be_turned_off_and_looked_at_alone(rule):
    demand = rule.demands
    assert list(demand.tells(THREE, ASKED))
    assert not list(demand.tells(THREE, ASKED.model_copy(update=demand.off)))
    assert (demand.single is None) == (demand.meets is None)
    if demand.single:
        inputs = read_inputs(THREE, ASKED)
        assert all(list(demand.tells(one.case, one.scenario)) for one in demand.single(inputs))
        assert set(demand.meets(inputs, inputs)) <= set(THREE.programs["program"])
        off = read_inputs(THREE, ASKED.model_copy(update=demand.off))
        assert not list(demand.single(off))
        assert not list(demand.meets(off, off))


@by_name
def test_every_rule_of_a_setting_has_a_sentence_among_the_assumptions(rule):
    tree = ast.parse(inspect.getsource(inspect.getmodule(rule.audit)))
    audit = next(node for node in tree.body if getattr(node, "name", "") == "audit")
    settings = [node for node in ast.walk(audit) if isinstance(node, ast.Attribute)]
    reads = any(getattr(node.value, "attr", "") == "scenario" for node in settings)
    assert bool(rule.assumes) == reads


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_rows_are_those_written_by_hand(family):
    assert family_rows(family, THREE, ASKED) == text_rows(merged("ROWS")[family])


OPTIONAL = [
    (name, family) for name in BREAKABLE if hasattr(modules()[name], "SETTINGS") for family in stated(name)
]


@pytest.mark.parametrize("family", [family for _, family in OPTIONAL], ids=lambda family: family.__name__)
def test_a_rule_that_the_scenario_does_not_ask_for_states_nothing(family):
    assert family_rows(family, THREE, make_scenario()) == {}


@pytest.mark.parametrize(
    ("tables", "scenario", "code", "column"),
    [pytest.param(*case, id=f"{family}-{case[2]}") for family, case in BAD],
)
def test_bad_data_is_told_with_its_place(tmp_path, tables, scenario, code, column):
    problems = told(tmp_path / "tiny", tables, scenario)
    (problem,) = [problem for problem in problems if problem.code == code]
    assert problem.column == column
    assert problem.file
    assert words(problem, "id") != words(problem, "en")


@pytest.mark.parametrize("rule", BREAKABLE)
def test_a_plan_that_breaks_a_rule_is_rejected(rule):
    tampered = modules()[rule].TAMPERED
    verdict = judge(tampered.choices, tampered.payments)
    assert not verdict.passed
    assert rule in broken(verdict)


@pytest.mark.parametrize("rule", BREAKABLE)
def test_where_a_rule_is_broken_and_by_how_much(rule):
    tampered = modules()[rule].TAMPERED
    verdict = judge(tampered.choices, tampered.payments)
    check = next(check for check in verdict.checks if check.rule == rule)
    assert check.breaches[0].where == tampered.where
    assert check.breaches[0].amount == pytest.approx(tampered.amount) == pytest.approx(check.worst)
    for language in ("id", "en"):
        said = breach(rule, check.breaches[0], CASE, language)
        assert all(code in said for code in check.breaches[0].where.values())


@pytest.mark.parametrize("rule", ALONE)
def test_nothing_else_is_blamed(rule):
    tampered = modules()[rule].TAMPERED
    assert broken(judge(tampered.choices, tampered.payments)) - {"costs_paid"} == {rule}


@pytest.mark.parametrize("kind", CLASHES)
def test_rules_that_clash(kind):
    expected = CLASHES[kind]
    found_rules, found_ways = clash(expected.case, make_scenario(**expected.settings))
    assert found_rules == expected.rules
    assert found_ways == pytest.approx(expected.ways)
    with pytest.raises(InfeasibleError) as error:
        select_programs(expected.case, make_scenario(**expected.settings))
    assert listing(error.value.problems, "id") != listing(error.value.problems, "en")
