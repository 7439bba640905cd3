"""``jspmodel solve``: a plan on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    tell_carried,
    tell_place,
    warn,
)
from jspmodel.commands.printing import print_json
from jspmodel.intake import check_new_choices, plan_text, write_choices
from jspmodel.measure import computed_once
from jspmodel.plan import Plan, PlannedProgram
from jspmodel.runs import Kept, find_plan, load_judged
from jspmodel.scenario import Language
from jspmodel.text import money, number, reason_names, reason_text, run_name, say

_MANY = 3
"""Regions that are listed even where they are all that there are."""


def solve(
    target: str,
    changes: Sequence[str],
    language: Language,
    *,
    as_json: bool,
    excel: Path | None = None,
    csv: Path | None = None,
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
    csv : Path, optional
        Also write the plan to this table, which ``evaluate`` takes.
    """
    settings = changes_of(changes, language)
    with mendable(language):
        if excel:
            from jspmodel.workbook import check_new_file

            check_new_file(excel)
        if csv:
            check_new_choices(csv)
        case, scenario, record, warnings = load_judged(target, settings)
        kept = Kept(record["key"], case.name)
        tell_place(case, language)
        warn(warnings, language)
        if as_json:
            with computed_once():
                plan = find_plan(case, scenario, kept)
            print_json(plan_text(plan))
        else:
            name = run_name(scenario.name, scenario.name, settings) or scenario.name
            with Teller(scenario, language, name) as teller, computed_once():
                teller.step("solve")
                plan = find_plan(case, scenario, kept, teller.found)
            _show(case, plan, language, name)
            tell_carried(case, scenario, language)
        if excel:
            from jspmodel.workbook import write_plan

            write_plan(case, scenario, plan, excel, language)
            ERR.print(escape(say("workbook.plan_at", language, file=excel.as_posix())), soft_wrap=True)
        if csv:
            write_choices(plan.choices, csv)
            ERR.print(escape(say("workbook.plan_at", language, file=csv.as_posix())), soft_wrap=True)
    if plan.gap is None:
        raise typer.Exit(NOTHING_PROVEN)


def _show(case: Case, plan: Plan, language: Language, name: str) -> None:
    left = plan.refused
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
    words = {"scenario": name, "left": plan.proposed - len(plan.selected), "all": plan.proposed}
    table = narrow_table(say("cli.left_title", language, **words))
    table.add_column(say("cli.column_program", language), no_wrap=True)
    table.add_column(say("cli.column_name", language), ratio=2)
    table.add_column(say("cli.column_reason", language), ratio=3)
    names = case.names("programs", language)
    called = {**reason_names(case, language), **names}
    for item in left:
        why = reason_text(item.reason, item.reason_values, language, called) if item.reason else ""
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
        where = _where(item.regions, regions, language)
        cells = (item.program, names[item.program], str(item.start), where, number(item.cost, language, 1))
        table.add_row(*map(escape, cells))
    return table


def _where(codes: Sequence[str], names: Mapping[str, str], language: Language) -> str:
    """Return the regions of a programme by name; all of them, where they are many, in a word."""
    if len(codes) == len(names) > _MANY:
        return say("cli.all_regions", language, n=len(codes))
    return ", ".join(names[code] for code in codes)
