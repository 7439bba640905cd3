"""The tables and settings of what is left to decide, made of an adopted plan and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import isnan, nan
from typing import Any

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import records, shared_once, sums, with_rows
from jspmodel.realisation.course import Course
from jspmodel.realisation.money_left import carried_over
from jspmodel.realisation.remaining_costs import RemainingCosts, remaining_costs
from jspmodel.realisation.standing import Standing, standing_of
from jspmodel.scenario import Lock, Scenario


def left_to_decide(standing: Standing) -> tuple[Case, Scenario]:
    """Return the case and the scenario of what is left to decide.

    What was spent is not decided any more: years that are over have neither costs nor budgets. What has begun
    and was not given up is locked with its start and its regions, its costs are those that are left, and what
    was asked of it before it began (partners, maturity, programmes it requires, documents) is not asked
    again. Nothing else starts in a year that is over. What was given up is locked out.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    Case
        With ``standing``.
    Scenario
    """
    made = _Tables(standing)
    case = replace(
        standing.case,
        programs=made.programs,
        program_regions=made.program_regions,
        program_costs=made.program_costs,
        program_effects=made.program_effects,
        program_links=made.program_links,
        program_documents=made.program_documents,
        fund_budgets=made.fund_budgets,
        spending_rules=made.spending_rules,
        standing=standing,
        carried_over=_carried(standing),
    )
    return case, _settings(standing, standing.scenario)


@shared_once
def with_decided(case: Case, scenario: Scenario) -> Scenario:
    """Return settings that keep what has happened to an adopted plan, whatever was changed in them since.

    What has begun stays, what was given up is out, years that are over are closed: nobody decides on these
    any more, so that a planner who sets ``locked_in`` anew speaks of the rest. What contradicts it (a begun
    programme locked out or to another year, one that was given up locked in) stays, to be refused.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    Scenario
        The very one given where it keeps all of it, or the case goes on with no plan.
    """
    standing = standing_of(case)
    if standing is None:
        return scenario
    kept = _settings(standing, scenario)
    return scenario if kept == scenario else kept


def _carried(standing: Standing) -> dict[tuple[str, int], float]:
    """Return what is carried into years that are planned: what the case says of them, and what is left."""
    through = standing.through
    said = ((key, amount) for key, amount in standing.case.carried_over.items() if key[1] > through)
    left = (((fund, through + 1), amount) for fund, amount in carried_over(standing).items())
    return sums((*said, *left))


def _cost(program: str, region: str, kind: str, offset: float, amount: float) -> dict[str, object]:
    """Return a row of ``program_costs``."""
    return {"program": program, "region": region, "kind": kind, "offset": offset, "amount": amount}


def _only(table: pd.DataFrame, kept: Iterable[bool]) -> pd.DataFrame:
    return table[np.fromiter(kept, dtype=bool, count=len(table))].reset_index(drop=True)


def _going_on(standing: Standing) -> dict[str, Course]:
    return {p: course for p, course in standing.courses.items() if course.is_going_on}


def _settings(standing: Standing, asked: Scenario) -> Scenario:
    going_on, years = _going_on(standing), standing.years
    given_up = [p for p, course in standing.courses.items() if course.progress == "given_up"]
    scopes = dict(records(standing.case.programs, "program", "scope"))
    begun = [
        Lock(
            program=p,
            start=course.choice.start,
            regions=[] if scopes[p] == "province" else list(course.regions),
        )
        for p, course in going_on.items()
    ]
    others = [
        lock
        for lock in asked.locked_in
        if lock.program not in going_on or not going_on[lock.program].keeps(lock)
    ]
    quick = set(standing.case.programs.loc[standing.case.programs["quick_win"], "program"])
    first = sum(p in quick and course.begun == years[0] for p, course in going_on.items())
    changes: dict[str, Any] = {
        "closed_years": sorted({*asked.closed_years, *standing.past}),
        "locked_in": [*begun, *others],
        "locked_out": list(dict.fromkeys([*asked.locked_out, *given_up])),
        "min_quick_wins": min(asked.min_quick_wins, first),
    }
    return asked.model_copy(update=changes)


@dataclass(frozen=True, eq=False)
class _Tables:
    """The tables that differ, rows where they stood as far as they are the same."""

    standing: Standing

    @cached_property
    def going_on(self) -> dict[str, Course]:
        return _going_on(self.standing)

    @cached_property
    def _costs(self) -> dict[str, RemainingCosts]:
        case = self.standing.case
        duration = dict(records(case.programs, "program", "duration"))
        through = self.standing.through
        return {p: remaining_costs(case, one, int(duration[p]), through) for p, one in self.going_on.items()}

    @property
    def _too_late(self) -> Collection[str]:
        """Return what is delivered only after the horizon."""
        return {p for p, left in self._costs.items() if left.ready > self.standing.years[-1]}

    @property
    def programs(self) -> pd.DataFrame:
        table = self.standing.case.programs.copy()
        opens = float(self.standing.through + 1)
        codes = table["program"]
        table["first_start"] = table["first_start"].astype(float).clip(lower=opens).fillna(opens)
        volumes = self._volumes()
        for place in table.index[codes.isin(list(self.going_on))]:
            code = codes[place]
            start, ready = self.going_on[code].choice.start, self._costs[code].ready
            table.loc[place, ["first_start", "last_start"]] = start
            table.loc[place, "duration"] = min(ready, self.standing.years[-1]) - start + 1
            # Its start is decided: no closed year and no term of office asks for another.
            table.loc[place, ["in_annual_plan", "strategic"]] = True
            table.loc[place, ["min_regions", "min_volume", "required_maturity"]] = [
                min(table.at[place, "min_regions"], max(1, len(self.going_on[code].regions))),
                min(table.at[place, "min_volume"], volumes.get(code, 0.0)),
                nan,
            ]
        return table

    def _volumes(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for p, region, volume in records(self.standing.case.program_regions, "program", "region", "volume"):
            if p in self.going_on and region in self.going_on[p].regions and not isnan(volume):
                found[p] = found.get(p, 0.0) + volume
        return found

    @property
    def program_regions(self) -> pd.DataFrame:
        table = self.standing.case.program_regions
        rows = records(table, "program", "region")
        kept = (p not in self.going_on or region in self.going_on[p].regions for p, region in rows)
        return _only(table, kept)

    @property
    def program_costs(self) -> pd.DataFrame:
        table = self.standing.case.program_costs
        rest = table[~table["program"].isin(list(self.going_on))]
        rows = [row for p, left in self._costs.items() for row in self._lines(p, left)]
        return with_rows(rest, rows)

    def _lines(self, program: str, left: RemainingCosts) -> Iterator[dict[str, object]]:
        """Yield rows of costs; run costs by year where some are over already, since those are paid."""
        start, last = self.going_on[program].choice.start, self.standing.years[-1]
        for (region, year), amount in left.build.items():
            if year <= last:
                yield _cost(program, region, "build", year - start, amount)
        over = left.ready < self.standing.through
        for region, amount in left.run.items():
            if not over:
                yield _cost(program, region, "run", nan, amount)
            else:
                for year in range(self.standing.through + 1, last + 1):
                    yield _cost(program, region, "build", year - start, amount)

    @property
    def program_effects(self) -> pd.DataFrame:
        table = self.standing.case.program_effects
        return _only(table, (program not in self._too_late for program in table["program"].tolist()))

    @property
    def program_links(self) -> pd.DataFrame:
        table = self.standing.case.program_links
        rows = records(table, "program", "other", "kind")
        kept = (
            not (
                (kind == "requires" and p in self.going_on)
                or (kind == "excludes" and p in self.going_on and o in self.going_on)
            )
            for p, o, kind in rows
        )
        return _only(table, kept)

    @property
    def program_documents(self) -> pd.DataFrame:
        """Return what is still to be signed: nothing that was due before a programme began."""
        table, over = self.standing.case.program_documents, f"{self.standing.through}-12-31"
        rows = records(table, "program", "due")
        return _only(table, (p not in self.going_on or (bool(due) and due > over) for p, due in rows))

    @property
    def fund_budgets(self) -> pd.DataFrame:
        table = self.standing.case.fund_budgets.copy()
        table.loc[table["year"] <= self.standing.through, "amount"] = 0.0
        return table

    @property
    def spending_rules(self) -> pd.DataFrame:
        table = self.standing.case.spending_rules.copy()
        opens = float(self.standing.through + 1)
        table["from_year"] = table["from_year"].astype(float).clip(lower=opens).fillna(opens)
        return table
