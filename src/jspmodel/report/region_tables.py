"""The tables of a region's page."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from jspmodel import measure
from jspmodel.figures import figure, panel_name, target_figure
from jspmodel.pages import in_indonesian, lines
from jspmodel.plan import PlannedProgram
from jspmodel.report.approvals import money_by_holder
from jspmodel.report.decision import Decision
from jspmodel.report.refusals import Refusal, refusals
from jspmodel.report.region_documents import region_papers
from jspmodel.report.shared_wording import due_date, marked_if_cut
from jspmodel.report.who_pays import amount
from jspmodel.scenario import Language
from jspmodel.text import Table, listed, number, say, short_names

_FEW = 4
"""Other regions of a programme that are named; of more the number is told."""


class RegionTables:
    """Makes the tables of every region from what is looked up once.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}
    """

    def __init__(self, decision: Decision, language: Language) -> None:
        self.decision, self.language, self.case = decision, language, decision.case
        self.city = self.case.level == "city"
        self.papers = region_papers(decision)
        self._programs = self.case.names("programs", language)
        self._places = short_names(self.case)
        self._province = set(self.case.programs.loc[self.case.programs["scope"] == "province", "program"])
        accounts = decision.accounts.programs
        self._accounts = {
            (row.program, row.region): (row.joint + row.other, row.own)
            for row in accounts[accounts["payer"] == "region"].itertuples()
        }
        self._own_years = money_by_holder(decision)

    @cached_property
    def joined(self) -> dict[str, list[PlannedProgram]]:
        """The programmes of the plan that each region takes part in, by start."""
        chosen = self.decision.plan.selected
        return {region: [item for item in chosen if region in item.regions] for region in self._places}

    @cached_property
    def payers(self) -> pd.DataFrame:
        """What each region holds, pays and bears."""
        rows = self.decision.accounts.payers
        return rows[rows["payer"] == "region"].set_index("region")

    @cached_property
    def refused(self) -> dict[str, list[Refusal]]:
        """The refused proposals that each region could have joined, those of its own agencies first."""
        left, where = refusals(self.decision, self.language), measure.eligible_regions(self.case)
        return {
            region: sorted(
                (item for item in left if region in where[item.program]),
                key=lambda item: region not in item.regions,
            )
            for region in self._places
        }

    def without(self, region: str) -> list[str]:
        """Return the selected programmes that a region could have taken part in, and does not."""
        where = measure.eligible_regions(self.case)
        return [
            self._program(item.program)
            for item in self.decision.plan.selected
            if region in where[item.program] and region not in item.regions
        ]

    def gaps(self, region: str) -> Table:
        """Return the gap of each issue that counts, now and if all works, and what its indicators come to."""
        gaps = self.decision.outcome.gaps
        mine = gaps[gaps["region"] == region].set_index("issue")
        names, last = self.case.names("issues", self.language), self.decision.figures.last
        rows = tuple(
            (
                names[issue],
                number(100 * mine.loc[issue, "before"], self.language),
                number(100 * mine.loc[issue, "after"], self.language),
                lines(self._indicators(issue, region)) or "–",
            )
            for issue in self.decision.ranking["issue"]
            if issue in mine.index
        )
        return self._table(("issue", "before", "after", "indicators"), rows, {"before", "after"}, last=last)

    def _indicators(self, issue: str, region: str) -> list[str]:
        """Return the latest value of each indicator, and what is expected with and without the plan."""
        return [
            say(
                "region.indicator",
                self.language,
                name=panel_name(self.case, row.indicator, self.language),
                **{
                    key: figure(getattr(row, key), self.language)
                    for key in ("base", "low", "median", "high", "without")
                },
                target=target_figure(
                    self.case, row.indicator, figure(row.target, self.language), self.language
                ),
            )
            for row in self._ends.get((issue, region), ())
        ]

    @cached_property
    def _ends(self) -> dict[tuple[str, str], list[Any]]:
        """What indicators come to in the last year, by issue and region."""
        futures, found = self.decision.futures, dict[tuple[str, str], list[Any]]()
        ends = futures.paths[futures.paths["year"] == self.decision.figures.last]
        told = ends.merge(futures.series[["indicator", "region", "base"]], on=["indicator", "region"])
        for row in measure.plain_rows(told):
            found.setdefault((row.issue, row.region), []).append(row)
        return found

    def programs(self, region: str) -> Table:
        """Return the programmes that a region takes part in, with what falls on it and what it pays."""
        joined = self.joined[region]
        rows = [
            (
                self._program(item.program),
                str(item.start),
                self._together(item, region),
                *(() if self.city else self._money(item.program, region)),
            )
            for item in joined
        ]
        keys = ("program", "start", "together")
        if self.city:
            return self._table(keys, tuple(rows), {"start"})
        if rows:
            sums = self.payers.loc[region]
            told = [amount(value, self.language) for value in (sums["joint"] + sums["other"], sums["own"])]
            rows.append((say("region.joins_sum", self.language), "", "", *told))
        return self._table((*keys, "burden", "own"), tuple(rows), {"start", "burden", "own"})

    def _money(self, program: str, region: str) -> tuple[str, str]:
        """Return what of a programme falls on a region, and what it pays of its own."""
        burden, own = self._accounts.get((program, region), (0.0, 0.0))
        return amount(burden, self.language), amount(own, self.language)

    def _together(self, item: PlannedProgram, region: str) -> str:
        others = [self._places[code] for code in item.regions if code != region]
        if item.program in self._province:
            return say(f"region.together_{self.case.level}", self.language)
        if not others:
            return say("region.together_none", self.language)
        if len(others) > _FEW:
            return say(f"region.together_many_{self.case.level}", self.language, n=len(others))
        return listed(others, self.language)

    def money(self, region: str) -> Table:
        """Return how own money and the help of others come to what falls on a region."""
        row = self.payers.loc[region]
        figures = {**row, "burden": row["joint"] + row["other"]}
        keys = ("own", "received", "given", "burden", "joint", "other")
        rows = tuple(
            (say(f"region.line_{key}", self.language), amount(figures[key], self.language)) for key in keys
        )
        return self._table(("line", "money"), rows, {"money"})

    def years_paid(self, region: str) -> dict[int, str]:
        """Return what a region pays of its own in each year in which it does."""
        if region not in self._own_years.index:
            return {}
        paid = self._own_years.loc[region]
        return {int(year): number(value, self.language, 1) for year, value in paid.items() if value > 0}

    def documents(self, region: str) -> Table:
        """Return the open documents that a region signs."""
        rows = tuple(
            (
                in_indonesian(paper.kind, self.language),
                due_date(paper.due, self.language),
                str(paper.start),
                "; ".join(self._waiting(code) for code in paper.programs),
                in_indonesian(paper.signer, self.language) or "–",
            )
            for paper in self.papers[region][0]
        )
        return self._table(("paper", "due", "start", "for", "signer"), rows)

    def proposals(self, region: str) -> Table:
        """Return the refused proposals of a region, each with its origin, or its own agencies."""
        rows = tuple(
            (
                Markup("{} · {}").format(
                    item.name, item.proposers if region in item.regions else item.origin
                ),
                item.reason,
                self._remedy(item, region),
            )
            for item in self.refused[region]
        )
        return self._table(("proposal", "reason", "remedy"), rows)

    def _waiting(self, code: str) -> str:
        """Return a programme for which a document waits, and whether less money takes it out."""
        return marked_if_cut(self.decision, code, self._program(code), self.language)

    def _remedy(self, item: Refusal, region: str) -> str:
        """Return what would bring a proposal in; where that leaves the region out it says so."""
        if not item.nearest or region in item.nearest:
            return item.remedy
        return f"{item.remedy} {say('region.not_here', self.language, region=self._places[region])}"

    def _program(self, code: str) -> str:
        return f"{code} {self._programs[code]}"

    def _table(
        self,
        keys: tuple[str, ...],
        rows: tuple[tuple[str | Markup, ...], ...],
        numeric: set[str] | None = None,
        **values: object,
    ) -> Table:
        right = numeric or set()
        return Table(
            tuple(say(f"region.column_{key}", self.language, **values) for key in keys),
            rows,
            tuple(key in right for key in keys),
        )
