"""``jspmodel evaluate``: a plan that somebody brings, beside ours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import typer
from rich.markup import escape
from rich.table import Table

from jspmodel.case import Case
from jspmodel.commands.brought_json import as_values
from jspmodel.commands.console import (
    BROKEN,
    OUT,
    Teller,
    changes_of,
    mendable,
    narrow_table,
    tell_carried,
    tell_place,
    warn,
)
from jspmodel.commands.printing import print_json
from jspmodel.figures import PlanChanges, plan_changes
from jspmodel.measure import computed_once
from jspmodel.plan import Check, Choice, Payment, Plan
from jspmodel.runs import Kept, find_plan, load_judged
from jspmodel.scenario import Language, Scenario
from jspmodel.selection import Evaluation
from jspmodel.selection import evaluate as judge
from jspmodel.text import describe_breach, describe_mend, describe_proof, money, number, run_name, say, signed
from jspmodel.workbook import BroughtPlan, open_brought

MOST = 10
"""Instances of a broken rule that are told one by one."""
_WORTH_MORE = 1e-6
"""Objective by which a plan brought must be better than ours to be told so: less is rounding."""


@dataclass(frozen=True)
class _Judged:
    """A plan that was brought, judged beside ours."""

    case: Case
    scenario: Scenario
    name: str
    ours: Plan
    brought: BroughtPlan
    changes: PlanChanges
    verdict: Evaluation
    language: Language


def evaluate(
    target: str, file: str, changes: Sequence[str], language: Language, *, as_json: bool = False
) -> None:
    """Judge a plan that somebody brings, beside ours.

    Ends with ``BROKEN`` where it breaks rules.

    Parameters
    ----------
    target : str
        Scenario file or folder of a case.
    file : str
        As ``open_brought`` takes it.
    changes : sequence of str
        ``key=value``.
    language : {"id", "en"}
    as_json : bool
        Print what is told as JSON.
    """
    settings = changes_of(changes, language)
    with mendable(language):
        case, scenario, record, warnings = load_judged(target, settings)
        tell_place(case, language)
        warn(warnings, language)
        settle = open_brought(file, case, scenario)
        name = run_name(scenario.name, scenario.name, settings) or scenario.name
        with Teller(scenario, language, name, quiet=as_json) as teller, computed_once():
            teller.step("solve")
            ours = find_plan(case, scenario, Kept(record["key"], case.name), teller.found)
        brought = settle(ours)
        warn(brought.warnings, language)
        verdict = judge(case, scenario, brought.choices, ours)
    judged = _Judged(
        case, scenario, name, ours, brought, plan_changes(ours.choices, brought.choices), verdict, language
    )
    if as_json:
        values = as_values(case, scenario, ours, brought, judged.changes, verdict, language)
        print_json(json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    else:
        _show(judged)
    if verdict.broken:
        raise typer.Exit(BROKEN)


def _show(judged: _Judged) -> None:
    language, ours, verdict = judged.language, judged.ours, judged.verdict
    for line in _changed(judged):
        OUT.print(escape(line), soft_wrap=True)
    OUT.print(_comparison(judged))
    OUT.print(_regions(judged))
    if ours.funding or verdict.payments or verdict.missing:
        OUT.print(_funds(judged))
        tell_carried(judged.case, judged.scenario, language)
    for check in verdict.broken:
        _tell_broken(check, judged.case, language)
    names = judged.case.names("programs", language)
    for (program, year), amount in verdict.missing.items():
        words = {"program": f"{program} {names[program]}", "year": year, "amount": money(amount, language)}
        OUT.print(escape(say("evaluate.money_missing", language, **words)), soft_wrap=True)
    if not verdict.broken:
        OUT.print(say("evaluate.keeps_all_rules", language))
        if verdict.behind is not None and verdict.behind < -_WORTH_MORE:
            OUT.print(say("evaluate.better", language), soft_wrap=True)
    OUT.print(escape(say("evaluate.proof", language, proof=describe_proof(ours, language))), soft_wrap=True)


def _changed(judged: _Judged) -> list[str]:
    """Return what was changed, a line each."""
    language, changes = judged.language, judged.changes
    names, places = (judged.case.names(table, language) for table in ("programs", "regions"))

    def listed(regions: Sequence[str]) -> str:
        return ", ".join(places[region] for region in regions) or say("evaluate.everyone", language)

    def line(key: str, choice: Choice, **values: object) -> str:
        program = f"{choice.program} {names[choice.program]}"
        return say(f"evaluate.{key}", language, program=program, **values)

    lines = [line("added", one, start=one.start, regions=listed(one.regions)) for one in changes.added]
    for one in changes.dropped:
        how = judged.brought.left.get(one.program, "gone")
        lines.append(line("dropped", one, how=say(f"evaluate.how_{how}", language)))
    lines += [line("moved", one, before=one.start, after=other.start) for one, other in changes.moved]
    for one, other in changes.regions:
        parts = {
            "with": [region for region in other.regions if region not in one.regions],
            "without": [region for region in one.regions if region not in other.regions],
        }
        told = (say(f"evaluate.{key}", language, regions=listed(part)) for key, part in parts.items() if part)
        lines.append(line("regions", one, change="; ".join(told)))
    head = "changes" if lines else "unchanged"
    return [say(f"evaluate.{head}", language, scenario=judged.name), *lines]


def _comparison(judged: _Judged) -> Table:
    language, ours, verdict = judged.language, judged.ours, judged.verdict
    table = _table("", language, ("", "brought", "ours"))
    counts = (len(judged.brought.choices), len(ours.selected))
    table.add_row(say("evaluate.row_programs", language), *map(str, counts))
    worth = say(f"evaluate.row_objective_{ours.objective_kind}", language)
    table.add_row(worth, *(number(one, language, 1) for one in (verdict.audit.objective, ours.objective)))
    for row, theirs, own in (
        ("cost", verdict.cost, ours.cost),
        ("missing", sum(verdict.missing.values()), 0.0),
    ):
        cells = (number(value, language, 1) for value in (theirs, own))
        table.add_row(say(f"evaluate.row_{row}", language), *cells)
    table.add_row(say("evaluate.row_broken", language), str(len(verdict.broken)), "0")
    return table


def _regions(judged: _Judged) -> Table:
    """Return what each region gains, beside our plan."""
    language, names = judged.language, judged.case.names("regions", judged.language)
    table = _table("title_regions", language, ("region", "brought", "ours", "difference"))
    own = {item.region: item.impact for item in judged.ours.regions}
    for region, theirs in judged.verdict.regions.items():
        ours = own.get(str(region))
        if ours is None or isnan(theirs):
            table.add_row(escape(names[str(region)]), "–", "–", "–")
        else:
            figures = (
                number(theirs, language, 1),
                number(ours, language, 1),
                signed(theirs - ours, language),
            )
            table.add_row(escape(names[str(region)]), *figures)
    return table


def _funds(judged: _Judged) -> Table:
    """Return who pays how much in which year, and what our plan takes of each fund."""
    language, verdict = judged.language, judged.verdict
    years = sorted(
        {item.year for item in (*verdict.payments, *judged.ours.funding)} | {y for _, y in verdict.missing}
    )
    paid, own = _by_fund(verdict.payments), _by_fund(judged.ours.funding)
    table = narrow_table(say("evaluate.title_funds", language))
    table.add_column(say("evaluate.column_fund", language))
    for year in years:
        table.add_column(str(year), justify="right")
    for key in ("total", "ours"):
        table.add_column(say(f"evaluate.column_{key}", language), justify="right")
    for fund, name in judged.case.names("funds", language).items():
        if fund in paid or fund in own:
            row, ours = paid.get(fund, {}), sum(own.get(fund, {}).values())
            cells = [row.get(year, 0.0) for year in years]
            table.add_row(escape(name), *(number(one, language, 1) for one in (*cells, sum(cells), ours)))
    short = [sum(amount for (_, when), amount in verdict.missing.items() if when == year) for year in years]
    if any(short):
        told = (number(one, language, 1) for one in (*short, sum(short)))
        table.add_row(say("evaluate.row_missing", language), *told, "–")
    return table


def _by_fund(payments: Sequence[Payment]) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {}
    for item in payments:
        years = found.setdefault(item.fund, {})
        years[item.year] = years.get(item.year, 0.0) + item.amount
    return found


def _table(title: str, language: Language, columns: Sequence[str]) -> Table:
    table = narrow_table(say(f"evaluate.{title}", language) if title else "")
    for place, column in enumerate(columns):
        head = say(f"evaluate.column_{column}", language) if column else ""
        table.add_column(head, justify="right" if place else "left")
    return table


def _tell_broken(check: Check, case: Case, language: Language) -> None:
    rule = say(f"rule.{check.rule}", language)
    OUT.print(escape(say("evaluate.broken_rule", language, rule=rule)), soft_wrap=True)
    is_money = check.rule == "costs_paid"  # what is missing is told after this, by programme and year
    for breach in check.breaches[: 1 if is_money else MOST]:
        if not is_money:
            OUT.print(escape(f"  - {describe_breach(check.rule, breach, case, language)}"), soft_wrap=True)
        mend = describe_mend(check.rule, breach, case, language)
        OUT.print(escape(say("evaluate.mend", language, mend=mend)), soft_wrap=True)
    if not is_money and (more := len(check.breaches) - MOST) > 0:
        OUT.print(say("evaluate.more_breaches", language, count=more))
