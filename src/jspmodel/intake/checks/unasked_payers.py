"""Questions on who pays whose programme where no rule of a fund says; nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from jspmodel.errors import Problem
from jspmodel.intake.draft import Draft
from jspmodel.measure import records

_COLUMNS = "fund, program, dimension, max_share"
_NAMED = 8
"""Programmes that are told with their names; of more, the codes."""


def check_payers(draft: Draft) -> Iterator[Problem]:
    """Ask whether regions may pay for the province's own programmes, and the province for the regions'.

    A fund without rules may pay for anything, one whose rules only forbid for all else (``measure.payers``);
    whoever allows something has answered. Where no region holds a fund there is but
    one government in the tables, and nothing to ask.
    """
    funds = [fund for fund in _funds(draft) if not fund.answered]
    held = [fund for fund in funds if fund.holder], _provinces(draft)
    several = any(draft["funds"]["holder"] != "")
    own = [fund for fund in funds if several and not fund.holder and fund.of_budget], _regions(draft)
    if all(draft["programs"]["dimension"] != ""):
        yield from _question("regions_pay_province_by_dimension", draft, *held)
        yield from _question("province_pays_regions_by_dimension", draft, *own)
    else:
        yield from _question("regions_pay_province_by_program", draft, *held)
        yield from _question("province_pays_regions_by_program", draft, *own)


@dataclass(frozen=True)
class _Fund:
    """What decides whether a fund is asked about."""

    code: str
    holder: str
    of_budget: bool
    answered: bool
    forbidden: frozenset[str]


def _funds(draft: Draft) -> Iterator[_Fund]:
    """Yield the funds that have money."""
    budgets = draft["fund_budgets"]
    rich = set(budgets.loc[budgets["amount"] > 0, "fund"])
    rules = draft["fund_rules"]
    forbids = rules["max_share"] == 0
    answered = set(rules.loc[~forbids, "fund"])
    for code, name, holder, kind in records(draft["funds"], "fund", "name_id", "holder", "kind"):
        if code in rich:
            # Grants, Danais, DAK, companies' money have no holder either, and are meant for others.
            of_budget = "apbd" in (kind or name).casefold()
            forbidden = _forbidden(draft, rules[forbids & (rules["fund"] == code)])
            yield _Fund(code, holder, of_budget, code in answered, forbidden)


def _forbidden(draft: Draft, rules: pd.DataFrame) -> frozenset[str]:
    """Return the programmes that rules name, by themselves or by their dimension."""
    programs = draft["programs"]
    dimensions = set(rules["dimension"]) - {""}
    return frozenset({*rules["program"], *programs.loc[programs["dimension"].isin(dimensions), "program"]})


def _provinces(draft: Draft) -> list[str]:
    """Return the province's own programmes: by authority; where that is not said, by scope."""
    programs = draft["programs"]
    silent = (programs["authority"] == "") & (programs["scope"] == "province")
    return list(programs.loc[(programs["authority"] == "province") | silent, "program"])


def _regions(draft: Draft) -> list[str]:
    programs = draft["programs"]
    return list(programs.loc[programs["authority"] == "region", "program"])


def _question(code: str, draft: Draft, funds: Sequence[_Fund], programs: Sequence[str]) -> Iterator[Problem]:
    places = _places(draft)
    paid = {
        fund.code: [p for p in programs if p not in fund.forbidden and _pays(fund, places.get(p, set()))]
        for fund in funds
    }
    asked = {fund: mine for fund, mine in paid.items() if mine}
    if not asked:
        return
    first, theirs = next(iter(asked.items()))
    known = [program for program in programs if any(program in mine for mine in asked.values())]
    values = {
        "funds": list(asked),
        "programs": _told(draft, known),
        "fund": first,
        "program": theirs[0],
        "dimensions": sorted(set(draft["programs"]["dimension"]) - {""}),
    }
    yield Problem(code, "fund_rules.csv", None, _COLUMNS, values, warning=True)


def _places(draft: Draft) -> dict[str, set[str]]:
    """Return where each programme costs something; ``""``: the shared part."""
    costs = draft["program_costs"]
    due = costs[costs["amount"] > 0]
    places: dict[str, set[str]] = {}
    for program, region in records(due, "program", "region"):
        places.setdefault(program, set()).add(region)
    joint = draft["programs"].loc[draft["programs"]["scope"] != "province", "program"]
    takers: dict[str, set[str]] = {program: set() for program in joint}
    for program, region in records(draft["program_regions"], "program", "region"):
        takers.setdefault(program, set()).add(region)
    for program, found in places.items():
        if "" in found and program in takers:  # those who take part bear the shared part, nobody else
            places[program] = (found - {""}) | takers[program]
    return places


def _pays(fund: _Fund, places: set[str]) -> bool:
    """Whether a fund may bear something: a region's its own and the shared part, any other all of it."""
    return bool(places & {fund.holder, ""}) if fund.holder else bool(places)


def _told(draft: Draft, programs: Sequence[str]) -> list[str]:
    if len(programs) > _NAMED:
        return list(programs)
    names = dict(records(draft["programs"], "program", "name_id"))
    return [f"{program} {names[program]}".strip() for program in programs]
