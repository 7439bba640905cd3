"""Rules on what regions must bear of their own part of the costs: co-funding by fiscal capacity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.checks.chances import open_starts
from jspmodel.intake.draft import Draft
from jspmodel.measure import plain_rows, records
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario

NOISE = 1e-6
"""Rp billion that may be missing."""


def check_cofunding_rows(draft: Draft) -> Iterator[Problem]:
    """Check that a row names a programme, a dimension, or neither and so all others."""
    table = draft["cofunding_shares"]
    for index in table.index[(table["program"] != "") & (table["dimension"] != "")]:
        yield draft.problem("cofunding_names_both", "cofunding_shares", index, "program, dimension")


def check_cofunding_scopes(draft: Draft) -> Iterator[Problem]:
    """Check that a row is of a programme that regions join: those of the province are no part of it."""
    scopes = dict(zip(draft["programs"]["program"], draft["programs"]["scope"], strict=True))
    for row in plain_rows(draft["cofunding_shares"]):
        if scopes.get(row.program) == "province":
            values = {"program": row.program}
            yield draft.problem(
                "cofunding_of_province", "cofunding_shares", row.Index, "program", warning=True, **values
            )


def check_cofunding_classes(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell which regions have no class, and which classes no row: both count as without a share."""
    if not scenario.cofunding or case.cofunding_shares.empty:
        return
    known = set(case.cofunding_shares["fiscal_capacity"])
    blank, unnamed = list[str](), defaultdict[str, list[str]](list)
    for region, of in records(case.regions, "region", "fiscal_capacity"):
        if not of:
            blank.append(region)
        elif of not in known:
            unnamed[of].append(region)
    if blank:
        values = {"regions": blank}
        yield Problem("fiscal_capacity_unsaid", "regions.csv", None, "fiscal_capacity", values, warning=True)
    for of, regions in unnamed.items():
        where = ("cofunding_shares.csv", None, "fiscal_capacity")
        told = {"capacity": of, "regions": regions}
        yield Problem("cofunding_class_unnamed", *where, told, warning=True)


def check_own_money(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell which regions cannot join programmes, as no funds of theirs can bear what they must at least."""
    money, able = _OwnMoney(case, scenario), open_starts(case, scenario)
    out: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for (program, region), share in measure.cofunding_shares(case, scenario).items():
        starts = able.get(program, ())
        if starts and not any(money.suffices(program, region, share, start) for start in starts):
            out[region, money.pays(program, region)].append(program)
    must = {
        (p, r)
        for p, r, mandatory in records(case.program_regions, "program", "region", "mandatory")
        if mandatory
    }
    where = ("cofunding_shares.csv", None, "least_share")
    for (region, pays), programs in out.items():
        values = {"region": region, "programs": programs}
        if pays:
            yield Problem("cofunding_too_little", *where, values, warning=True)
        else:
            yield Problem("cofunding_no_fund", *where, values, warning=True)
        if never := [program for program in programs if (program, region) in must]:
            told = {"region": region, "programs": never}
            yield Problem("cofunding_never", *where, told, warning=True)


class _OwnMoney:
    """What the funds of a region can bear of a programme, if they pay for nothing else."""

    def __init__(self, case: Case, scenario: Scenario) -> None:
        self._case, self._years = case, measure.horizon(case, scenario)
        self._budgets, self._payers = measure.budgets(case, scenario), measure.payers(case)
        self._opens, self._holder = measure.opening_years(case, scenario), measure.holders(case)
        self._eligible = measure.eligible_regions(case)

    def pays(self, program: str, region: str) -> bool:
        """Return whether a fund of the region may pay for the programme at all."""
        return any(self._holder.get(fund) == region for fund in self._payers[program])

    def suffices(self, program: str, region: str, share: float, start: int) -> bool:
        """Return whether each year's least share can be paid after a start."""
        regions = self._eligible[program]
        table = measure.yearly_costs(
            self._case, Choice(program=program, start=start, regions=regions), self._years
        )
        if region not in table.index:
            return True
        return all(
            share * float(table.loc[region, year])
            <= self._most(program, region, year, float(table[year].sum())) + NOISE
            for year in table.columns
        )

    def _most(self, program: str, region: str, year: int, cost: float) -> float:
        return sum(
            min(most * cost, self._budgets.get((fund, year), 0.0))
            for fund, most in self._payers[program].items()
            if self._holder.get(fund) == region and year >= self._opens.get((program, fund), year)
        )
