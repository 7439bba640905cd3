"""Why programmes are left out or in, and how that is said."""

from __future__ import annotations

import ast
import inspect

import pytest

from jspmodel.plan import Choice
from jspmodel.selection import RULES, select_programs
from jspmodel.selection.explanation import reasons as module
from jspmodel.selection.formulation import Model, read_column_map
from jspmodel.selection.objectives import OBJECTIVES
from jspmodel.solver.effort import Effort
from jspmodel.text import LANGUAGES, all_wording, reason_text
from selection.small import by_program, make_scenario, one_place, reasons, rows, starts, stated


def test_what_has_no_effect():
    plan = select_programs(one_place([("X", 0.3, 1), ("Y", 0.0, 1)], budget=9), make_scenario())
    assert reasons(plan) == {"X": "chosen", "Y": "no_effect"}
    assert by_program(plan, "X")[1] == pytest.approx({"gain": 30, "cost": 1})


def test_an_effect_on_an_issue_that_does_not_count_is_none():
    tables = {
        "issues": rows("issue name_id", ("w", "Sampah"), ("j", "Kerja")),
        "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("j", "A", 1.0)),
    }
    case = one_place([("X", 0.3, 1)], budget=9, **tables)
    assert reasons(select_programs(case, make_scenario(priority_issues=["j"]))) == {"X": "no_effect"}


def test_what_adds_nothing_to_what_is_closed_already():
    # X closes all that phi can close: 1.4 delivered, 0.4 + 0.3 + 0.3 = 1. Y comes too late to be needed.
    pieces = {"diminishing_returns": [[1.0, 1.0]]}
    plan = select_programs(one_place([("X", 1.0, 1), ("Y", 0.3, 1)], budget=9), make_scenario(**pieces))
    assert starts(plan) == {"X": 2027}
    assert reasons(plan)["Y"] == "adds_nothing"


def test_money_is_short_in_the_cheapest_way():
    # Y can start in 2027, where 1 is left beside X, or in 2028, where 3 is left: 5 - 3 = 2 short.
    budgets = rows("fund year amount", ("f", 2027, 5), ("f", 2028, 3))
    case = one_place([("X", 0.4, 4), ("Y", 0.3, 5)], budget=0, fund_budgets=budgets)
    plan = select_programs(case, make_scenario())
    assert starts(plan) == {"X": 2027}
    reason, values = by_program(plan, "Y")
    # Delivered in the second of two years, where it closes 0.3 * 0.75: 11.25 points for 5; X closes 40 for 4.
    assert reason == "less_impact"
    where = {"regions": "A", "start": 2028, "years": "2028"}
    assert {key: values.pop(key) for key in where} == where
    assert values == pytest.approx({"short": 2, "gain": 11.25, "cost": 5})


MATURITY = "program name_id duration agency first_start last_start required_maturity raises_maturity"


def two_years(*programs, effects):
    """Two years, one agency that leads one programme at a time, region A of maturity 1."""
    tables = {
        "regions": rows("region name maturity", ("A", "Alfa", 1)),
        "agencies": rows("agency name max_parallel", ("g", "Dinas", 1)),
        "programs": rows(MATURITY, *programs),
    }
    proposed = [(program[0], effect, 1) for program, effect in zip(programs, effects, strict=True)]
    return one_place(proposed, budget=9, years=(2027, 2028), **tables)


def test_the_rule_that_binds_is_told_and_not_another_that_could():
    # Nothing raises A to the level of 2 that P asks for; its agency has nothing else to do.
    case = two_years(("P", "P", 1, "g", None, None, 2, None), effects=[0.3])
    assert by_program(select_programs(case, make_scenario()), "P") == ("maturity", {"level": 2})
    # Without that, its agency is busy with Y in the only year in which it could start.
    programs = (("P", "P", 1, "g", 2028, 2028, None, None), ("Y", "Y", 1, "g", 2028, 2028, None, None))
    plan = select_programs(two_years(*programs, effects=[0.1, 0.3]), make_scenario())
    assert by_program(plan, "P") == ("agency_busy", {"agency": "g"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_that_bind_together_are_all_told(language):
    # In 2027 A is not mature enough for P (X raises it in that year), in 2028 the agency leads Y.
    programs = (
        ("P", "P", 1, "g", None, None, 2, None),
        ("X", "X", 1, "", 2027, 2027, None, 1),
        ("Y", "Y", 1, "g", 2028, 2028, None, None),
    )
    plan = select_programs(two_years(*programs, effects=[0.1, 0.2, 0.4]), make_scenario())
    assert starts(plan) == {"X": 2027, "Y": 2028}
    reason, values = by_program(plan, "P")
    assert (reason, values) == ("blocked_by", {"rules": "maturity max_parallel"})
    told = reason_text(reason, values, language)
    assert all_wording(language)["rule.maturity"] in told
    assert all_wording(language)["rule.max_parallel"] in told


def test_every_reason_has_a_wording_and_no_wording_is_spare():
    sources = [inspect.getsource(module), *(inspect.getsource(inspect.getmodule(r.audit)) for r in RULES)]
    trees = [ast.parse(source) for source in sources]
    codes = {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    keys = {key.removeprefix("reason.") for key in all_wording("id") if key.startswith("reason.")}
    assert keys <= codes | {objective.chosen for objective in OBJECTIVES}
    functions = {"refuses", "blocks"}
    told = [trees[0], *(node for t in trees[1:] for node in t.body if getattr(node, "name", "") in functions)]
    returned = {
        pair.elts[0].value
        for tree in told
        for pair in ast.walk(tree)
        if isinstance(pair, ast.Tuple) and len(pair.elts) == 2
        if isinstance(pair.elts[0], ast.Constant) and isinstance(pair.elts[1], ast.Dict)
    }
    assert len(returned) > 10
    assert returned <= keys


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("settings", [{}, {"objective": "score"}, {"locked_out": ["Z"]}])
def test_the_reasons_of_a_plan_can_be_said(language, settings):
    programs = rows("program name_id duration score", *((p, p, 1, 3) for p in "XYZ"))
    case = one_place([("X", 0.3, 1), ("Y", 0.2, 9), ("Z", 0.1, 1)], budget=2, programs=programs)
    plan = select_programs(case, make_scenario(**settings))
    said = [reason_text(item.reason, item.reason_values, language) for item in plan.programs]
    assert all(said)
    assert not any("{" in text for text in said)


def test_a_lack_of_money_is_told_with_its_place_and_years():
    values = {"short": 2.0, "gain": 1.0, "cost": 5.0, "regions": "A B", "start": 2028, "years": "2028 2030"}
    names = {"region:A": "Alfa", "region:B": "Beta", "A": "A Program"}
    told = "dikerjakan Alfa dan Beta mulai 2028 dan kurang pada 2028 dan 2030"
    assert told in reason_text("less_impact", values, "id", names)
    assert "is 5 regions from 2028" in reason_text("money", {**values, "regions": "A B C D E"}, "en", names)
    assert "is the whole area from" in reason_text("money", {**values, "regions": ""}, "en", names)
    # A plan of an earlier version does not say where.
    earlier = {key: values[key] for key in ("short", "gain", "cost")}
    assert "pilihan daerah dan tahun mulai yang kurangnya terkecil" in reason_text("money", earlier, "id")


def test_values_are_said_as_people_read_them():
    values = {"short": 2.0, "gain": 11.25, "cost": 5.5}
    assert reason_text("money", values, "en").count("Rp\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}billion") == 1
    assert "Rp5,5\N{NO-BREAK SPACE}miliar" in reason_text("less_impact", values, "id")
    assert (
        reason_text("chosen", values, "id")
        == "Mengurangi kesenjangan 11,25 poin dengan Rp5,5\N{NO-BREAK SPACE}miliar."
    )
    assert reason_text("agency_busy", {"agency": "g"}, "en", {"g": "Public Works"}).startswith(
        "Its leading agency, Public Works,"
    )


def test_reasons_that_there_was_no_time_for():
    case = one_place([("X", 0.4, 4), ("Y", 0.3, 5)], budget=5)
    formulation = stated(case, make_scenario())
    live = Model(formulation.problem, formulation.inputs.scenario.solver)
    chosen = (Choice(program="X", start=2027, regions=("A",)),)
    column_map, returns = read_column_map(formulation, live), {"X": module.Return(40, 4)}
    asked = module.Reasons(formulation, live, column_map, chosen, returns, lambda _: 40.0, Effort(0))
    assert asked.all() == {"X": ("chosen", {"gain": 40, "cost": 4}), "Y": ("not_examined", {})}
