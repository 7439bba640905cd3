"""Rules on what can never be: a programme that no money, maturity or prerequisite ever reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import isnan

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.checks.chances import open_starts
from jspmodel.intake.checks.cost_bounds import CostBounds
from jspmodel.measure import by, plain_rows, records
from jspmodel.scenario import Scenario

NOISE = 1e-6
"""Rp billion that count as none."""


def check_payable(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that the funds that may pay for a programme can bear it from some year on, were it alone."""
    purse = _Purse(case, scenario)
    for program, bills in CostBounds(case, scenario).least().items():
        short = [max((purse.short(program, *due) for due in bill.items()), default=0.0) for bill in bills]
        if short and min(short) > NOISE:
            values = {"program": program, "short": round(min(short), 3)}
            yield Problem("never_payable", "program_costs.csv", None, "amount", values, warning=True)


class _Purse:
    """What the funds of a programme can bear of a year's cost."""

    def __init__(self, case: Case, scenario: Scenario) -> None:
        self._budgets, self._payers = measure.budgets(case, scenario), measure.payers(case)
        self._eligible, self._holder = measure.eligible_regions(case), measure.holders(case)

    def short(self, program: str, year: int, cost: float) -> float:
        """Return what is missing of a cost if no other programme is paid for."""
        left = cost
        for fund, share in self._payers[program].items():
            if left <= 0:
                return 0.0
            if fund not in self._holder or self._holder[fund] in self._eligible[program]:
                left -= min(share * cost, self._budgets.get((fund, year), 0.0))
        return left


def check_maturity(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that enough regions can reach the maturity that a programme asks for."""
    eligible = measure.eligible_regions(case)
    starting = open_starts(case, scenario)
    programs = [row for row in plain_rows(case.programs) if row.program in starting]
    must: dict[str, set[str]] = defaultdict(set)
    for program, region, mandatory in records(case.program_regions, "program", "region", "mandatory"):
        if mandatory:
            must[program].add(region)
    most: dict[str, float] = by(case.regions, "region", "maturity").to_dict()
    for row in programs:
        for region in eligible[row.program] if row.raises_maturity > 0 else ():
            most[region] += row.raises_maturity
    for row in (row for row in programs if row.required_maturity > 0):
        own = row.raises_maturity if row.raises_maturity > 0 else 0.0
        places = eligible[row.program]
        short = [region for region in places if most[region] - own < row.required_maturity]
        asked = 1 if isnan(row.min_regions) else row.min_regions
        needed = set(places) if row.scope == "province" else must.get(row.program, set())
        if needed & set(short) or (short and len(places) - len(short) < asked):
            values = {"program": row.program, "level": row.required_maturity, "regions": short}
            yield Problem("never_mature", "programs.csv", None, "required_maturity", values, warning=True)


def check_requirements(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that what a programme requires can be delivered before the programme must start."""
    starts = open_starts(case, scenario)
    duration = by(case.programs, "program", "duration").to_dict()
    for (program, told), others in measure.requirements(case).items():
        ready = [start + duration[other] - 1 for other in others for start in starts.get(other, ())]
        if starts.get(program) and not any(year < max(starts[program]) for year in ready):
            values = {"program": program, "other": told}
            yield Problem("never_ready", "program_links.csv", None, "other", values, warning=True)
