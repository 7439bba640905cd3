"""The council's matrix: each programme with its issue, outputs, place, money, fund, agency and partners."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from jspmodel.figures import main_issues
from jspmodel.measure import computed_once
from jspmodel.pages import Fragment, fragment, headings, lines
from jspmodel.plan import PlannedProgram
from jspmodel.report.decision import Decision
from jspmodel.report.program_lookup import ProgramLookup
from jspmodel.scenario import Language
from jspmodel.text import number, say, who

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


def matrix(decision: Decision, language: Language) -> Fragment | None:
    """Return the council's matrix: the page has a sheet a programme instead, the memo this table.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where nothing is selected.
    """
    groups = council_matrix(decision, language)
    if not groups:
        return None
    title = say("report.matrix", language)
    return fragment("matrix", title, language, columns=headings(COLUMNS, language), matrix=groups)


@computed_once()
def council_matrix(decision: Decision, language: Language) -> list[Group]:
    """Return the selected programmes by the issue they serve most, issues ranked, programmes by start."""
    book, issue = _MatrixRows(decision, language), main_issues(decision.case, decision.scenario)
    groups = []
    for code in [*decision.ranking["issue"], ""]:
        mine = [item for item in decision.plan.selected if issue[item.program] == code]
        if mine:
            groups.append(book.group(code, mine))
    return groups


class _MatrixRows(ProgramLookup):
    """Makes the rows of the matrix."""

    def group(self, issue: str, programs: list[PlannedProgram]) -> Group:
        name = self.case.names("issues", self.language).get(issue, "")
        return Group(name, self.objective(issue), [self._row(item) for item in programs])

    def _row(self, item: PlannedProgram) -> tuple[str, ...]:
        return (
            f"{item.program} {self.case.names('programs', self.language)[item.program]}",
            self.outputs(item.program, item.regions) or "–",
            who(item.regions, self.case, self.language),
            self._money(item.program, "year"),
            self._money(item.program, "fund"),
            self.agency(item.program) or "–",
            self.partners(item.program, item.regions) or "–",
        )

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


def _pair(name: str, amount: str) -> Markup:
    """Return a name and an amount that a line break does not tear off its last word."""
    head, _, tail = name.rpartition(" ")
    return Markup('{} <span class="nowrap">{} {}</span>').format(head, tail, amount)
