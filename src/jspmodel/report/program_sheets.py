"""Lembar program: a sheet a proposal, in the order of Permendagri 86/2017 as far as the case has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from jspmodel import measure
from jspmodel.figures import effects_with_range, main_issues
from jspmodel.pages import Fragment, fragment, in_indonesian, lines, program_anchor
from jspmodel.plan import PlannedProgram
from jspmodel.report.decision import Decision
from jspmodel.report.program_dependencies import dependencies
from jspmodel.report.program_lookup import ProgramLookup
from jspmodel.report.program_money import estimates, money_table
from jspmodel.report.program_readiness import readiness
from jspmodel.report.program_reasons import reasons
from jspmodel.scenario import Language
from jspmodel.text import Table, all_wording, day, money, number, percent, reason_names, say, who


@dataclass(frozen=True)
class ProgramSheet:
    """What is told of one proposed programme.

    Attributes
    ----------
    code, name, anchor : str
    state : str
        In a few words: start and cost, or that it is not accommodated.
    facts : list of (str, str)
        Heading and text, in the order of the forms of planning.
    money : Table or None
        By fund and year; of a proposal that is not in the plan an estimate.
    caption : str
        Of ``money``.
    papers : Table or None
    told : list of (str, str)
        Heading and text: why, readiness, links.
    """

    code: str
    name: str
    anchor: str
    state: str
    facts: list[tuple[str, str]]
    money: Table | None
    caption: str
    papers: Table | None
    told: list[tuple[str, str]]


@measure.computed_once()
def program_sheets(decision: Decision, language: Language) -> Fragment:
    """Return a folded sheet for each proposal: those of the plan first, each group in table order.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    book = _SheetBook(decision, language)
    groups = []
    for kind, selected in (("taken", True), ("left", False)):
        mine = [book.sheet(item) for item in decision.plan.programs if item.selected == selected]
        if mine:
            groups.append((say(f"program_sheet.{kind}_title", language, n=len(mine)), mine))
    return fragment(
        "program_sheets",
        say("report.program_sheets", language),
        language,
        intro=say("program_sheet.intro", language),
        papers_caption=say("program_sheet.papers_caption", language),
        groups=groups,
    )


class _SheetBook(ProgramLookup):
    """Makes sheets; what it says of one programme comes from tables read once."""

    def _say(self, key: str, **values: object) -> str:
        return say(f"program_sheet.{key}", self.language, **values)

    def _html(self, key: str, **values: object) -> Markup:
        """Return a wording as HTML, its values escaped unless they are HTML."""
        return Markup(all_wording(self.language)[f"program_sheet.{key}"]).format(**values)  # noqa: S704

    def sheet(self, item: PlannedProgram) -> ProgramSheet:
        taken, code = item.selected, item.program
        state = self._say(
            f"summary_{'taken' if taken else 'left'}",
            year=item.start,
            cost=money(round(item.cost, 6), self.language),
        )
        return ProgramSheet(
            code=code,
            name=self._names[code],
            anchor=program_anchor(code),
            state=state,
            facts=[(self._say(key), text) for key, text in self._facts(item) if text],
            money=money_table(self.decision, item, self.language) if taken else self._estimates.get(code),
            caption=self._say("money_caption" if taken else "money_estimate"),
            papers=self._papers(code),
            told=[(head, lines(texts)) for head, texts in self._told(item) if texts],
        )

    def _facts(self, item: PlannedProgram) -> Iterator[tuple[str, str]]:
        code, row = item.program, self._programs[item.program]
        regions = item.regions if item.selected else self._eligible[code]
        yield "nomenclature", in_indonesian(row["nomenclature"], self.language)
        yield "issue", self._issue(code)
        yield "outcome", lines(self._outcomes(code))
        yield "outputs", self.outputs(code, regions)
        place = who(regions, self.case, self.language)
        yield "place", place if item.selected else self._say("place_could", regions=place)
        yield "years", self._years(item, int(row["duration"]))
        if row["beneficiaries"] > 0:
            yield "beneficiaries", self._say("people", n=number(row["beneficiaries"], self.language))
        yield "agency", self.agency(code)
        yield "partners", self.partners(code, regions)
        authority = all_wording(self.language).get(f"choice.authority_{row['authority']}", row["authority"])
        origin = in_indonesian(row["origin"], self.language)
        yield "origin", Markup("; ").join(text for text in (origin, authority) if text)

    def _told(self, item: PlannedProgram) -> Iterator[tuple[str, list[str]]]:
        yield from reasons(self.decision, item, self._called, self.language)
        yield self._say("ready"), readiness(self.decision, item, self.language)
        yield self._say("links"), dependencies(self.decision, item.program, self._called, self.language)

    def _issue(self, code: str) -> str:
        issue = self._main[code]
        if not issue:
            return self._say("issue_none")
        name, objective = self._issues[issue], self.objective(issue)
        return self._html("issue_objective" if objective else "issue_only", issue=name, objective=objective)

    def _outcomes(self, code: str) -> Iterator[str]:
        """Yield what the programme closes of the gap of each issue, and by which indicators that is seen."""
        for row in self._effects.get(code, ()):
            seen = "; ".join(self._indicators.get(str(row.issue), ()))
            more = self._range(float(row.low), float(row.high))
            more += "" if row.issue in self._counted else self._say("outcome_uncounted")
            yield self._say(
                "outcome_row" if seen else "outcome_row_bare",
                issue=self._issues[str(row.issue)],
                indicators=seen,
                effect=percent(float(row.effect), self.language),
                range=more,
            )

    def _range(self, low: float, high: float) -> str:
        if high <= low:
            return ""
        ends = {"low": percent(low, self.language), "high": percent(high, self.language)}
        return self._say("outcome_range", **ends)

    def _years(self, item: PlannedProgram, duration: int) -> str:
        if item.start is not None:
            last = item.start + duration - 1
            return self._say(
                "years_taken" if duration > 1 else "years_taken_one", first=item.start, last=last
            )
        first = self._programs[item.program]["first_start"]
        key = "years_left" if duration > 1 else "years_left_one"
        return self._say(key, year=int(first), n=duration) if first > 0 else ""

    def _papers(self, code: str) -> Table | None:
        rows = tuple(
            (
                in_indonesian(str(row.kind), self.language),
                in_indonesian(str(row.signer), self.language) or "–",
                day(str(row.due), self.language) if row.due else say("report.due_unknown", self.language),
                self._say("paper_done" if row.done else "paper_open"),
            )
            for row in self._documents.get(code, ())
        )
        heads = tuple(self._say(f"column_{key}") for key in ("paper", "signer", "due", "state"))
        return Table(heads, rows, (False,) * len(heads)) if rows else None

    @cached_property
    def _programs(self) -> dict[str, dict[str, Any]]:
        return {row["program"]: row for row in self.case.programs.to_dict("records")}

    @cached_property
    def _names(self) -> dict[str, str]:
        return self.case.names("programs", self.language)

    @cached_property
    def _called(self) -> dict[str, str]:
        return reason_names(self.case, self.language)

    @cached_property
    def _issues(self) -> dict[str, str]:
        return self.case.names("issues", self.language)

    @cached_property
    def _main(self) -> dict[str, str]:
        return main_issues(self.case, self.decision.scenario)

    @cached_property
    def _counted(self) -> set[str]:
        return set(measure.weights(self.case, self.decision.scenario).index)

    @cached_property
    def _indicators(self) -> dict[str, list[str]]:
        names, found = self.case.names("indicators", self.language), dict[str, list[str]]()
        for indicator, issue in zip(
            self.case.indicators["indicator"], self.case.indicators["issue"], strict=True
        ):
            found.setdefault(issue, []).append(names[indicator])
        return found

    @cached_property
    def _effects(self) -> dict[str, list[Any]]:
        return _by_program(effects_with_range(self.case, self.decision.scenario))

    @cached_property
    def _documents(self) -> dict[str, list[Any]]:
        """The documents of each programme, undated ones last."""
        table = self.case.program_documents
        return _by_program(table.sort_values("due", key=lambda due: due.where(due != "", "~"), kind="stable"))

    @cached_property
    def _eligible(self) -> dict[str, tuple[str, ...]]:
        return measure.eligible_regions(self.case)

    @cached_property
    def _estimates(self) -> dict[str, Table]:
        return estimates(self.decision, self.language)


def _by_program(table: pd.DataFrame) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in measure.plain_rows(table):
        found.setdefault(row.program, []).append(row)
    return found
