"""Questions on what a government pays of its own programmes: nothing, or all of a joint one."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.errors import Problem
from jspmodel.intake.checks.paying_funds import (
    RULE_COLUMNS,
    cost_places,
    participants,
    paying_funds,
    programs_of_province,
    told_programs,
)
from jspmodel.intake.draft import Draft


def check_left_out(draft: Draft) -> Iterator[Problem]:
    """Ask where the budget of a government pays for what its rules name only, and they leave out its own.

    Once a rule allows something, the fund pays for what comes in later only if a rule names that too. A share
    of 0 says that this is meant. A fund whose rules leave out most of them is there for the others alone.
    """
    own = _own_programs(draft)
    left_out: dict[tuple[str, ...], list[str]] = {}
    for fund in paying_funds(draft):
        theirs = own.get(fund.holder, []) if fund.of_budget or fund.holder else []
        missed = [program for program in theirs if program not in fund.named]
        if fund.answered and 0 < len(missed) <= len(theirs) / 2:
            left_out.setdefault(tuple(missed), []).append(fund.code)
    for programs, funds in left_out.items():
        first = {"fund": funds[0], "program": programs[0]}
        values = {"funds": funds, "programs": told_programs(draft, programs), **first}
        yield Problem("budget_leaves_out_own", "fund_rules.csv", None, RULE_COLUMNS, values, warning=True)


def check_single_payer(draft: Draft) -> Iterator[Problem]:
    """Ask where one region alone may pay for a joint programme that has no region's own part."""
    takers = participants(draft)
    held = [fund for fund in paying_funds(draft) if fund.holder and not fund.answered]
    asked: dict[str, list[str]] = {}
    for program, places in cost_places(draft).items():
        regions = takers.get(program, set())
        if places == {""} and len(regions) > 1:
            able = [fund.code for fund in held if fund.holder in regions and program not in fund.forbidden]
            asked |= {program: able} if able else {}
    if asked:
        funds = list(dict.fromkeys(fund for able in asked.values() for fund in able))
        values = {"funds": funds, "programs": told_programs(draft, list(asked))}
        costs = draft["program_costs"]
        first = costs.index[costs["program"] == next(iter(asked))][0]
        line = draft.lines["program_costs"][first]
        yield Problem("one_region_pays_all", "program_costs.csv", line, "region", values, warning=True)


def _own_programs(draft: Draft) -> dict[str, list[str]]:
    """Return the programmes that cost each region something, and the province's own under ``""``."""
    places = cost_places(draft)
    own = {"": [program for program in programs_of_province(draft) if program in places]}
    for program, regions in participants(draft).items():
        found = places.get(program, set())
        for region in regions if "" in found else found:
            own.setdefault(region, []).append(program)
    return own
