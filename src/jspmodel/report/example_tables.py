"""Tables of a worked example: weights, gaps, needs, ties, and the whole impact of the programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from jspmodel.pages import Captioned
from jspmodel.report.decision import Decision
from jspmodel.report.example_choice import IMPACT_DIGITS, Example
from jspmodel.report.example_words import Printer
from jspmodel.report.hand_computation import HandComputation
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, short_names


@dataclass(frozen=True)
class Noted:
    """A table with the note below it."""

    table: Captioned
    note: str = ""


@dataclass(frozen=True)
class ExampleTables:
    """Makes the tables that the steps of an example refer to."""

    decision: Decision
    found: Example
    language: Language

    @property
    def hand(self) -> HandComputation:
        """The computation by hand."""
        return self.found.hand

    @cached_property
    def print(self) -> Printer:
        """Prints the figures."""
        return Printer(self.language, self.hand.tables.digits)

    @cached_property
    def places(self) -> dict[str, str]:
        """What to call each region."""
        return short_names(self.decision.case)

    @cached_property
    def issues(self) -> dict[str, str]:
        """What to call each issue."""
        return self.decision.case.names("issues", self.language)

    def say(self, key: str, **values: object) -> str:
        """Return a wording, its places for programme, issue and region filled."""
        hand = self.hand
        names = {"region": self.places[hand.region], "issue": self.issues[hand.issue]}
        return say(f"worked.{key}", self.language, **{"program": hand.program, **names, **values})

    def table(self, caption: str, keys: str, rows: Iterator[tuple[str, ...]], right: str = "") -> Captioned:
        """Return a table; ``keys`` of its headings and those at the right as words of a text."""
        heads, some = keys.split(), right.split()
        columns = tuple(self.say(f"column_{key}") for key in heads)
        return Captioned(caption, Table(columns, tuple(rows), tuple(key in some for key in heads)))

    def folded(self) -> list[Noted]:
        """Return the tables that the steps refer to, and the whole impact of the programme."""
        unit = say(f"report.unit_{self.decision.plan.objective_kind}", self.language)
        worth = f"{number(self.decision.plan.objective, self.language, 2)} {unit}"
        whole = self.print.figure(self.hand.tables.whole)
        ties = self.table(self.say("ties"), "region kind alike factor tie", self._ties(), "factor tie")
        return [
            Noted(self._gaps()),
            Noted(self._by_region(self.say("needs", whole=whole), self.hand.tables.needs)),
            Noted(ties, self.say("ties_note")),
            Noted(self._parts(), self.say("parts_note", objective=worth)),
        ]

    def _gaps(self) -> Captioned:
        """Score and weight of each issue, then the distance of each region, with its share of the people."""
        hand, out = self.hand, self.print
        gaps = self._by_region(self.say("gaps"), hand.tables.gaps)
        rows = [
            *(
                (self._of_type(key, kind), *map(out.figure, figures[kind]), "")
                for kind in hand.tables.scores_of
                for key, figures in (("score", hand.tables.scores_of), ("weight", hand.tables.weights_of))
            ),
            *(
                (*row, out.figure(share))
                for row, share in zip(gaps.table.rows, hand.tables.shares, strict=True)
            ),
        ]
        columns = (*gaps.table.columns, self.say("share_row"))
        return Captioned(gaps.caption, Table(columns, tuple(rows), (False, *(True for _ in columns[1:]))))

    def _of_type(self, key: str, kind: str) -> str:
        """Return what a row of figures is; those of a type of area with its name."""
        return f"{self.say(f'column_{key}')} ({kind})" if kind else self.say(f"column_{key}")

    def _by_region(self, caption: str, frame: pd.DataFrame) -> Captioned:
        """Return a frame of issues by regions with a region a row: there may be many of them."""
        columns = (self.say("column_region"), *(self.issues[issue] for issue in frame.index))
        rows = tuple(
            (self.places[region], *map(self.print.figure, frame[region].tolist())) for region in frame.columns
        )
        return Captioned(caption, Table(columns, rows, (False, *(True for _ in columns[1:]))))

    def _ties(self) -> Iterator[tuple[str, ...]]:
        out = self.print
        for one in self.hand.ties:
            alike = f"{out.figure(one.shared)} ÷ {out.figure(one.either)} = {out.figure(one.similarity)}"
            kind = self.say(f"kind_{one.kind}")
            yield self.places[one.region], kind, alike, out.given(one.factor), out.figure(one.tie)

    def _parts(self) -> Captioned:
        issues, regions = list(self.hand.tables.needs.index), list(self.hand.tables.needs.columns)
        lost, last = self.found.lost, self.say("column_total")
        rows = [
            (self.places[region], *map(self._part, (*parts, sum(parts))))
            for region in regions
            for parts in ([lost[issue, region] for issue in issues],)
        ]
        sums = [sum(lost[issue, region] for region in regions) for issue in issues]
        rows.append((last, *map(self._part, sums), number(sum(lost.values()), self.language, 2)))
        columns = (self.say("column_region"), *(self.issues[issue] for issue in issues), last)
        return Captioned(
            self.say("parts"), Table(columns, tuple(rows), (False, *(True for _ in columns[1:])))
        )

    def _part(self, loss: float) -> str:
        return number(loss, self.language, IMPACT_DIGITS)
