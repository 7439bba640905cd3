"""``jspmodel solve`` and ``jspmodel evaluate``: plans on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.markup import escape
from rich.table import Table

from jspmodel.case import Case
from jspmodel.commands.console import (
    ERR,
    NOTHING_PROVEN,
    OUT,
    Teller,
    changes_of,
    headline,
    mendable,
    narrow_table,
    tell_place,
    warn,
)
from jspmodel.intake import load_choices, plan_text
from jspmodel.measure import computed_once
from jspmodel.plan import Check, Plan, PlannedProgram
from jspmodel.runs import Kept, find_plan, load_judged, load_recorded
from jspmodel.scenario import Language
from jspmodel.selection import Evaluation
from jspmodel.selection import evaluate as judge
from jspmodel.text import describe_breach, money, number, reason_text, run_name, say

MOST = 10
"""Instances of a broken rule that are told one by one."""


def solve(
    target: str, changes: Sequence[str], language: Language, *, as_json: bool, excel: Path | None = None
) -> None:
    """Select programmes and show them.

    Parameters
    ----------
    target : str
        Scenario file or folder of a case.
    changes : sequence of str
        ``key=value``.
    language : {"id", "en"}
    as_json : bool
        Print the plan as ``plan.json`` has it.
    excel : Path, optional
        Also write the plan to this workbook.
    """
    settings = changes_of(changes, language)
    with mendable(language):
        if excel:
            from jspmodel.workbook import check_new_file

            check_new_file(excel)
        case, scenario, record, warnings = load_judged(target, settings)
        kept = Kept(record["key"], case.name)
        tell_place(case, language)
        warn(warnings, language)
        if as_json:
            with computed_once():
                plan = find_plan(case, scenario, kept)
            print(plan_text(plan), end="")
        else:
            name = run_name(scenario.name, scenario.name, settings) or scenario.name
            with Teller(scenario, language, name) as teller, computed_once():
                teller.step("solve")
                plan = find_plan(case, scenario, kept, teller.found)
            _show(case, plan, language, name)
        if excel:
            from jspmodel.workbook import write_plan

            write_plan(case, scenario, plan, excel, language)
            ERR.print(escape(say("workbook.plan_at", language, file=excel.as_posix())), soft_wrap=True)
    if plan.gap is None:
        raise typer.Exit(NOTHING_PROVEN)


def _show(case: Case, plan: Plan, language: Language, name: str) -> None:
    left = [item for item in plan.programs if not item.selected]
    if left:
        OUT.print(_left_table(case, plan, left, language, name))
    OUT.print(_plan_table(case, plan, language, name))
    OUT.print(escape(headline(plan, language, name)), soft_wrap=True)
    key, cost = f"cli.objective_{plan.objective_kind}", money(plan.cost, language)
    OUT.print(say(key, language, value=number(plan.objective, language, 1), cost=cost))


def _left_table(
    case: Case, plan: Plan, left: Sequence[PlannedProgram], language: Language, name: str
) -> Table:
    """Return what is not selected, and why: what those who proposed it ask first."""
    words = {"scenario": name, "left": len(left), "all": len(plan.programs)}
    table = narrow_table(say("cli.left_title", language, **words))
    table.add_column(say("cli.column_program", language), no_wrap=True)
    table.add_column(say("cli.column_name", language), ratio=2)
    table.add_column(say("cli.column_reason", language), ratio=3)
    names = {**case.names("agencies", language), **case.names("programs", language)}
    for item in left:
        why = reason_text(item.reason, item.reason_values, language, names) if item.reason else ""
        table.add_row(*map(escape, (item.program, names[item.program], why)))
    return table


def _plan_table(case: Case, plan: Plan, language: Language, name: str) -> Table:
    table = Table(title=escape(say("cli.solve_title", language, scenario=name)))
    for column in ("program", "name", "start", "regions", "cost"):
        table.add_column(
            say(f"cli.column_{column}", language), justify="right" if column == "cost" else "left"
        )
    names, regions = case.names("programs", language), case.names("regions", language)
    for item in plan.selected:
        where = ", ".join(regions[region] for region in item.regions)
        cells = (item.program, names[item.program], str(item.start), where, number(item.cost, language, 1))
        table.add_row(*map(escape, cells))
    return table


def evaluate(target: str, brought: str, language: Language) -> None:
    """Judge a plan that somebody brings, beside ours.

    Parameters
    ----------
    target : str
        Scenario file or folder of a case.
    brought : str
        CSV with the columns program, start, regions.
    language : {"id", "en"}
    """
    with mendable(language):
        case, scenario, record = load_recorded(target)
        tell_place(case, language)
        choices = load_choices(brought, case)
        with Teller(scenario, language) as teller, computed_once():
            teller.step("solve")
            ours = find_plan(case, scenario, Kept(record["key"], case.name), teller.found)
    judged = judge(case, scenario, choices, ours)
    OUT.print(_comparison(judged, len(choices), ours, language))
    for check in judged.broken:
        _tell_broken(check, case, language)
    names = case.names("programs", language)
    for (program, year), amount in judged.missing.items():
        words = {"program": f"{program} {names[program]}", "year": year, "amount": money(amount, language)}
        OUT.print(escape(say("cli.money_missing", language, **words)))
    if not judged.broken:
        OUT.print(say("cli.keeps_all_rules", language))


def _tell_broken(check: Check, case: Case, language: Language) -> None:
    OUT.print(escape(say("cli.broken_rule", language, rule=say(f"rule.{check.rule}", language))))
    if check.rule == "costs_paid":
        return  # what is missing is told after this, by programme and year
    for breach in check.breaches[:MOST]:
        OUT.print(escape(f"  - {describe_breach(check.rule, breach, case, language)}"), soft_wrap=True)
    if (more := len(check.breaches) - MOST) > 0:
        OUT.print(say("cli.more_breaches", language, count=more))


def _comparison(judged: Evaluation, count: int, ours: Plan, language: Language) -> Table:
    table = Table("", say("cli.column_brought", language), say("cli.column_ours", language))
    table.add_row(say("cli.row_programs", language), str(count), str(len(ours.selected)))
    for row, theirs, own in (
        (f"objective_{ours.objective_kind}", judged.audit.objective, ours.objective),
        ("cost", judged.cost, ours.cost),
        ("broken", len(judged.broken), 0),
    ):
        digits = 0 if row == "broken" else 1
        cells = (number(value, language, digits) for value in (theirs, own))
        table.add_row(say(f"cli.row_{row}", language), *cells)
    return table
