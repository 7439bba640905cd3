"""How often each programme is chosen across draws of the effects: where most effects are only levels."""

from __future__ import annotations

from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.report.decision import Decision
from jspmodel.report.shared_wording import often_chosen
from jspmodel.runs import DRAWS
from jspmodel.scenario import Language
from jspmodel.text import Table, percent, say


def draws(decision: Decision, language: Language) -> Fragment | None:
    """Return in which share of the draws each proposed programme is chosen, the most frequent first.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where most effects are figures.
    """
    found, sure = decision.sensitivity.programs, often_chosen(decision)
    if found is None:
        return None
    names = decision.case.names("programs", language)
    chosen = {item.program for item in decision.plan.selected}
    rows = tuple(
        (
            f"{row.program} {names[row.program]}",
            say(f"report.{'yes' if row.program in chosen else 'no'}", language),
            percent(row.share, language, 0),
        )
        for row in found.sort_values("share", ascending=False, kind="stable").itertuples()
    )
    columns = tuple(say(f"reading.column_{key}", language) for key in ("program", "in_plan", "share"))
    table = Captioned(say("reading.draws_caption", language), Table(columns, rows, (False, False, True)))
    title = say("reading.draws", language, sure=sure, n=len(chosen))
    return render_finding(title, language, (), [table], [say("reading.draws_note", language, draws=DRAWS)])
