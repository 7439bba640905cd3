"""What the tables say of the funds that may pay, for the questions on who pays what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jspmodel.intake.draft import Draft
from jspmodel.measure import records, shared_once

RULE_COLUMNS = "fund, program, dimension, max_share"
_NAMED = 8
"""Programmes that are told with their names; of more, the codes."""


class FundRule(NamedTuple):
    """A rule of a fund, as the table has it; NaN for no share."""

    fund: str
    program: str
    dimension: str
    max_share: float
    source: str


@dataclass(frozen=True)
class PayingFund:
    """A fund that has money.

    Attributes
    ----------
    code : str
    holder : str
        Region that holds it, ``""`` for none.
    of_budget : bool
        Whether it is a budget of a government. Grants, Danais, DAK, companies' money have no holder either,
        and are meant for others.
    answered : bool
        Whether a rule allows something: then it pays for nothing else.
    named, forbidden : frozenset of str
        Programmes that its rules name, by themselves, by their dimension or all, and those with a share of 0.
    """

    code: str
    holder: str
    of_budget: bool
    answered: bool
    named: frozenset[str]
    forbidden: frozenset[str]


@shared_once
def paying_funds(draft: Draft) -> tuple[PayingFund, ...]:
    """Return the funds that have money."""
    rich = {fund for fund, amount in records(draft["fund_budgets"], "fund", "amount") if amount > 0}
    rules = rules_by_fund(draft)
    return tuple(
        _paying_fund(draft, fund, rules.get(fund[0], []))
        for fund in records(draft["funds"], "fund", "name_id", "holder", "kind")
        if fund[0] in rich
    )


@shared_once
def rules_by_fund(draft: Draft) -> Mapping[str, Sequence[FundRule]]:
    """Return what the rules of each fund say."""
    rules: dict[str, list[FundRule]] = {}
    for rule in map(FundRule._make, records(draft["fund_rules"], *FundRule._fields)):
        rules.setdefault(rule.fund, []).append(rule)
    return rules


def _paying_fund(draft: Draft, fund: tuple[str, str, str, str], rules: Sequence[FundRule]) -> PayingFund:
    code, name, holder, kind = fund
    forbidding = [rule for rule in rules if rule.max_share == 0]
    return PayingFund(
        code,
        holder,
        "apbd" in (kind or name).casefold(),
        len(forbidding) < len(rules),
        _named(draft, rules),
        _named(draft, forbidding),
    )


def _named(draft: Draft, rules: Sequence[FundRule]) -> frozenset[str]:
    """Return the programmes that rules name: by themselves, by their dimension, or all by naming neither."""
    if not rules:
        return frozenset()
    programs = [*records(draft["programs"], "program", "dimension")]
    if any(rule.program == rule.dimension == "" for rule in rules):
        return frozenset(program for program, _ in programs)
    dimensions = {rule.dimension for rule in rules} - {""}
    whole = {program for program, dimension in programs if dimension in dimensions}
    return frozenset({*(rule.program for rule in rules), *whole} - {""})


def programs_of_province(draft: Draft) -> list[str]:
    """Return the province's own programmes: by authority; where that is not said, by scope."""
    programs = draft["programs"]
    silent = (programs["authority"] == "") & (programs["scope"] == "province")
    return list(programs.loc[(programs["authority"] == "province") | silent, "program"])


@shared_once
def participants(draft: Draft) -> Mapping[str, set[str]]:
    """Return the regions that may take part in each joint programme."""
    joint = draft["programs"].loc[draft["programs"]["scope"] != "province", "program"]
    takers: dict[str, set[str]] = {program: set() for program in joint}
    for program, region in records(draft["program_regions"], "program", "region"):
        if program in takers:
            takers[program].add(region)
    return takers


@shared_once
def cost_places(draft: Draft) -> Mapping[str, set[str]]:
    """Return where each programme costs something; ``""``: the shared part."""
    places: dict[str, set[str]] = {}
    for program, region, amount in records(draft["program_costs"], "program", "region", "amount"):
        if amount > 0:
            places.setdefault(program, set()).add(region)
    return places


def told_programs(draft: Draft, programs: Sequence[str]) -> list[str]:
    """Return programmes with their names, as long as they are few."""
    if len(programs) > _NAMED:
        return list(programs)
    names = dict(records(draft["programs"], "program", "name_id"))
    return [f"{program} {names[program]}".strip() for program in programs]
