"""What the tables say of the funds that may pay, for the questions on who pays what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from jspmodel.intake.draft import Draft
from jspmodel.measure import records

RULE_COLUMNS = "fund, program, dimension, max_share"
_NAMED = 8
"""Programmes that are told with their names; of more, the codes."""


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
        Programmes that its rules name, by themselves or by their dimension, and those with a share of 0.
    """

    code: str
    holder: str
    of_budget: bool
    answered: bool
    named: frozenset[str]
    forbidden: frozenset[str]


def paying_funds(draft: Draft) -> Iterator[PayingFund]:
    """Yield the funds that have money."""
    budgets, rules = draft["fund_budgets"], draft["fund_rules"]
    rich = set(budgets.loc[budgets["amount"] > 0, "fund"])
    for code, name, holder, kind in records(draft["funds"], "fund", "name_id", "holder", "kind"):
        if code in rich:
            own = rules[rules["fund"] == code]
            forbids = own["max_share"] == 0
            yield PayingFund(
                code,
                holder,
                "apbd" in (kind or name).casefold(),
                not forbids.all(),
                _named(draft, own),
                _named(draft, own[forbids]),
            )


def _named(draft: Draft, rules: pd.DataFrame) -> frozenset[str]:
    """Return the programmes that rules name, by themselves or by their dimension."""
    programs = draft["programs"]
    dimensions = set(rules["dimension"]) - {""}
    whole = programs.loc[programs["dimension"].isin(dimensions), "program"]
    return frozenset({*rules["program"], *whole} - {""})


def programs_of_province(draft: Draft) -> list[str]:
    """Return the province's own programmes: by authority; where that is not said, by scope."""
    programs = draft["programs"]
    silent = (programs["authority"] == "") & (programs["scope"] == "province")
    return list(programs.loc[(programs["authority"] == "province") | silent, "program"])


def participants(draft: Draft) -> dict[str, set[str]]:
    """Return the regions that may take part in each joint programme."""
    joint = draft["programs"].loc[draft["programs"]["scope"] != "province", "program"]
    takers: dict[str, set[str]] = {program: set() for program in joint}
    for program, region in records(draft["program_regions"], "program", "region"):
        if program in takers:
            takers[program].add(region)
    return takers


def cost_places(draft: Draft) -> dict[str, set[str]]:
    """Return where each programme costs something; ``""``: the shared part."""
    costs = draft["program_costs"]
    due = costs[costs["amount"] > 0]
    places: dict[str, set[str]] = {}
    for program, region in records(due, "program", "region"):
        places.setdefault(program, set()).add(region)
    return places


def told_programs(draft: Draft, programs: Sequence[str]) -> list[str]:
    """Return programmes with their names, as long as they are few."""
    if len(programs) > _NAMED:
        return list(programs)
    names = dict(records(draft["programs"], "program", "name_id"))
    return [f"{program} {names[program]}".strip() for program in programs]
