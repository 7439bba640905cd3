"""Partners by issue and region, for the helpdesk."""

from __future__ import annotations

from typing import Any

from jspmodel import measure
from jspmodel.collaboration import Partners, find_partners
from jspmodel.measure import computed_once
from jspmodel.pages import Captioned, Fragment, in_indonesian, lines, render_finding
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, short_names

_MOST, _FEW = 40, 4
_COLUMNS = ("issue", "gap", "partners", "programs", "systems")


@computed_once()
def partners(decision: Decision, language: Language) -> Fragment | None:
    """Return whom each region can ask about each issue that counts.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        The 40 pairs of issue and region with the largest gaps; None where no gap is known.
    """
    case = decision.case
    counted = decision.ranking.loc[decision.ranking["counts"], "issue"]
    gaps = measure.known_gaps(case).loc[list(counted)].stack().dropna()
    gaps = gaps[gaps > 0].sort_values(ascending=False, kind="stable")
    if gaps.empty:
        return None
    shown = set(gaps.index[:_MOST])
    pairs = [
        (issue, region) for issue in counted for region in case.regions["region"] if (issue, region) in shown
    ]
    book = _PairWording(decision, language)
    columns = tuple(say(f"reading.column_{key}", language) for key in _COLUMNS)
    rows = tuple(book.row(find_partners(case, issue, region)) for issue, region in pairs)
    table = Table(columns, rows, tuple(key == "gap" for key in _COLUMNS))
    notes = [say("reading.partners_note", language)]
    if (rest := len(gaps) - len(pairs)) > 0:
        notes.append(say("reading.partners_left_out", language, n=rest))
    captioned = Captioned(say("reading.partners_caption", language), table, "cards folded")
    return render_finding(say("reading.partners", language), language, (), [captioned], notes)


class _PairWording:
    """Words one pair of issue and region."""

    def __init__(self, decision: Decision, language: Language) -> None:
        self._case, self._language = decision.case, language
        self._issues, self._places = decision.case.names("issues", language), short_names(decision.case)

    def row(self, found: Partners) -> tuple[str, ...]:
        systems = (
            in_indonesian(f"{row.system} {row.name}", self._language)
            for row in found.systems.head(_FEW).itertuples()
        )
        return (
            f"{self._issues[found.issue]} – {self._places[found.region]}",
            number(100 * found.gap, self._language),
            ", ".join(map(self._partner, found.regions.head(_FEW).itertuples())) or "–",
            ", ".join(found.programs.loc[found.programs["included"], "program"]) or "–",
            lines(systems) or "–",
        )

    def _partner(self, row: Any) -> str:
        name = self._places[row.region]
        return f"{name} ({body})" if (body := row.body) else name
