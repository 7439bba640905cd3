"""What partners outside government commit, in money or in kind, and what the plan makes of it."""

from __future__ import annotations

from jspmodel import measure
from jspmodel.collaboration.channels import is_partner
from jspmodel.reporting.decision import Decision
from jspmodel.reporting.html import Fragment, in_indonesian, table
from jspmodel.reporting.parts.told import Captioned, told
from jspmodel.scenario import Language
from jspmodel.text.numbers import money, number
from jspmodel.text.wording import say


def pledges(decision: Decision, language: Language) -> Fragment | None:
    """Return the funds of partners: what they commit over the horizon, what the plan uses, and for what.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no fund is a partner's.
    """
    case, names = decision.case, decision.case.names("funds", language)
    partners = case.funds[case.funds["kind"].map(is_partner)]
    if partners.empty:
        return None
    committed, used, programs = _sums(decision)
    rows = [
        (
            names[row.fund],
            in_indonesian(row.kind, language),
            say(f"choice.certainty_{row.certainty or 'expected'}", language),
            number(committed.get(row.fund, 0.0), language, 1),
            number(used.get(row.fund, 0.0), language, 1),
            ", ".join(programs.get(row.fund, [])) or "–",
        )
        for row in partners.itertuples()
    ]
    codes = set(partners["fund"])
    title = say(
        "report.pledges",
        language,
        n=len(codes),
        committed=money(sum(committed.get(code, 0.0) for code in codes), language),
        used=money(sum(used.get(code, 0.0) for code in codes), language),
    )
    keys = ["partner", "form", "certainty", "committed", "used", "programs"]
    data = table(keys, rows, language, numeric=["committed", "used"])
    note = say("report.pledges_note", language)
    return told(
        title, language, tables=[Captioned(say("report.pledges_caption", language), data)], notes=[note]
    )


def _sums(decision: Decision) -> tuple[dict[str, float], dict[str, float], dict[str, list[str]]]:
    """Return by fund the budget of all years, what the plan takes from it (Rp billion), and what for."""
    committed: dict[str, float] = {}
    for (fund, _), amount in measure.budgets(decision.case, decision.settings).items():
        committed[fund] = committed.get(fund, 0.0) + amount
    used: dict[str, float] = {}
    programs: dict[str, list[str]] = {}
    for payment in decision.plan.funding:
        if payment.amount > 0:
            used[payment.fund] = used.get(payment.fund, 0.0) + payment.amount
            programs.setdefault(payment.fund, [])
            if payment.program not in programs[payment.fund]:
                programs[payment.fund].append(payment.program)
    return committed, used, programs
