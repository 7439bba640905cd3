"""Questions on who pays whose programme where no rule of a fund says; nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jspmodel.errors import Problem
from jspmodel.intake.checks.paying_funds import (
    RULE_COLUMNS,
    PayingFund,
    cost_places,
    participants,
    paying_funds,
    programs_of_province,
    told_programs,
)
from jspmodel.intake.draft import Draft


def check_payers(draft: Draft) -> Iterator[Problem]:
    """Ask whether regions may pay for the province's own programmes, and the province for the regions'.

    A fund without rules may pay for anything, one whose rules only forbid for all else (``measure.payers``);
    whoever allows something has answered. Where no region holds a fund there is but
    one government in the tables, and nothing to ask.
    """
    funds = [fund for fund in paying_funds(draft) if not fund.answered]
    held = [fund for fund in funds if fund.holder], programs_of_province(draft)
    several = any(draft["funds"]["holder"] != "")
    own = [fund for fund in funds if several and not fund.holder and fund.of_budget], _regions(draft)
    yield from _question("regions_pay_province", draft, *held)
    yield from _question("province_pays_regions", draft, *own)


def _regions(draft: Draft) -> list[str]:
    programs = draft["programs"]
    return list(programs.loc[programs["authority"] == "region", "program"])


def _question(
    code: str, draft: Draft, funds: Sequence[PayingFund], programs: Sequence[str]
) -> Iterator[Problem]:
    places = _payable(draft)
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
        "programs": told_programs(draft, known),
        "fund": first,
        "program": theirs[0],
    }
    yield Problem(code, "fund_rules.csv", None, RULE_COLUMNS, values, warning=True)


def _payable(draft: Draft) -> dict[str, set[str]]:
    """Return whose funds may bear something of each programme; ``""``: everyone's."""
    takers = participants(draft)
    places = dict(cost_places(draft))
    for program, found in places.items():
        if "" in found and program in takers:  # those who take part bear the shared part, nobody else
            places[program] = (found - {""}) | takers[program]
    return places


def _pays(fund: PayingFund, places: set[str]) -> bool:
    """Whether a fund may bear something: a region's its own and the shared part, any other all of it."""
    return bool(places & {fund.holder, ""}) if fund.holder else bool(places)
