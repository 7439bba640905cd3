"""The council's matrix: each programme with its issue, outputs, place, money, fund, agency and partners."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from markupsafe import Markup

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.pages import in_indonesian, lines, say_html
from jspmodel.plan import PlannedProgram
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import number, unit_name, who

_RATE = re.compile(
    r"[%‰]|\b(persen|indeks|poin|skor|rasio|nilai|per (?!jam|hari|bulan|tahun))", re.IGNORECASE
)
"""Units of shares, scores and rates: what five regions reach each, they do not reach five times together."""
COLUMNS = ["program", "outputs", "place", "year_money", "fund", "agency", "partners"]


@dataclass(frozen=True)
class Group:
    """The programmes of one issue.

    Attributes
    ----------
    issue, objective : str
        Name of the issue and the plan's objective (sasaran); empty for programmes that serve none.
    rows : list of tuple of str
        One a programme, by ``COLUMNS``.
    """

    issue: str
    objective: str
    rows: list[tuple[str, ...]]


def council_matrix(decision: Decision, language: Language) -> list[Group]:
    """Return the selected programmes by the issue they serve most, issues ranked, programmes by start."""
    book, issue = _ProgramLookup(decision, language), main_issues(decision)
    groups = []
    for code in [*decision.ranking["issue"], ""]:
        mine = [item for item in decision.plan.selected if issue[item.program] == code]
        if mine:
            groups.append(book.group(code, mine))
    return groups


def main_issues(decision: Decision) -> dict[str, str]:
    """Return the issue that each programme serves most: the largest weight[i] effect[p,i]; "" if none."""
    weight = measure.weights(decision.case, decision.scenario)
    served = measure.effects(decision.case, decision.scenario)[weight.index].mul(weight, axis=1)
    return {str(program): str(row.idxmax()) if row.max() > 0 else "" for program, row in served.iterrows()}


@dataclass(frozen=True)
class _ProgramLookup:
    """Looks up what the tables say of a programme."""

    decision: Decision
    language: Language

    @property
    def case(self) -> Case:
        return self.decision.case

    def group(self, issue: str, programs: list[PlannedProgram]) -> Group:
        name = self.case.names("issues", self.language).get(issue, "")
        return Group(name, self._objective(issue), [self._row(item) for item in programs])

    def _row(self, item: PlannedProgram) -> tuple[str, ...]:
        return (
            f"{item.program} {self.case.names('programs', self.language)[item.program]}",
            self._outputs(item),
            who(item.regions, self.case, self.language),
            self._money(item.program, "year"),
            self._money(item.program, "fund"),
            self._agency(item.program),
            self._partners(item),
        )

    def _objective(self, issue: str) -> str:
        rows = self.case.issues.loc[self.case.issues["issue"] == issue, "objective"]
        return in_indonesian(str(rows.iloc[0]), self.language) if len(rows) else ""

    def _outputs(self, item: PlannedProgram) -> str:
        """Targets at completion of the regions that take part: summed, but for shares and rates."""
        table = self.case.program_outputs
        mine = table[(table["program"] == item.program) & table["region"].isin(["", *item.regions])]
        last = mine.sort_values("offset").groupby(["region", "indicator", "unit"], sort=False).last()
        groups = last.groupby(["indicator", "unit"], sort=False)["target"]
        texts = (self._output(name, unit, targets.dropna()) for (name, unit), targets in groups)
        return lines(texts) or "–"

    def _output(self, name: str, unit: str, targets: pd.Series[float]) -> str:
        named = in_indonesian(name, self.language)
        if targets.empty:
            return named
        called = unit_name(unit, self.language) or in_indonesian(unit, self.language)
        measured = Markup("{} {}").format(self._amount(unit, targets), called)
        if _RATE.search(unit) and len(targets) > 1:
            measured = say_html("each", self.language, amount=measured)
        return Markup("{}: {}").format(measured, named)

    def _amount(self, unit: str, targets: pd.Series[float]) -> str:
        """Return the sum, or for shares and rates from the lowest to the highest."""
        figures = sorted(set(targets)) if _RATE.search(unit) else [targets.sum()]
        digits = 0 if all(figure == round(figure) for figure in figures) else 1
        ends = dict.fromkeys([figures[0], figures[-1]])
        return "–".join(number(figure, self.language, digits) for figure in ends)

    def _money(self, program: str, by: str) -> str:
        """Return what is paid by year or by fund, in Rp billion."""
        names = self.case.names("funds", self.language)
        sums: dict[str, float] = {}
        for payment in self.decision.plan.funding:
            if payment.program == program:
                key = str(payment.year) if by == "year" else names[payment.fund]
                sums[key] = sums.get(key, 0.0) + payment.amount
        ordered = sorted(sums) if by == "year" else list(sums)
        return lines(_pair(key, number(sums[key], self.language, 1)) for key in ordered) or "–"

    def _agency(self, program: str) -> str:
        return in_indonesian(self._leaders[program], self.language) or "–"

    @cached_property
    def _leaders(self) -> dict[str, str]:
        """What the leading agency of each programme is called."""
        programs, names = self.case.programs, self._agencies
        pairs = zip(programs["program"], programs["agency"], strict=True)
        return {program: names.get(agency, str(agency)) for program, agency in pairs}

    @cached_property
    def _agencies(self) -> dict[str, str]:
        return self.case.names("agencies", self.language)

    def _partners(self, item: PlannedProgram) -> str:
        """Agencies other than the leading one, of the province and of the regions that take part."""
        table = self.case.program_agencies
        mine = table[(table["program"] == item.program) & (table["role"] != "leads")]
        mine = mine[mine["region"].isin(["", *item.regions])]
        partners = dict.fromkeys(self._agencies.get(agency, agency) for agency in mine["agency"])
        others = [name for name in partners if name != self._leaders[item.program]]
        return in_indonesian("; ".join(others), self.language) or "–"


def _pair(name: str, amount: str) -> Markup:
    """Return a name and an amount that a line break does not tear off its last word."""
    head, _, tail = name.rpartition(" ")
    return Markup('{} <span class="nowrap">{} {}</span>').format(head, tail, amount)
