"""What partners outside government commit, in money or in kind, and what the plan makes of it."""

from __future__ import annotations

from collections.abc import Iterable

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.collaboration import is_partner
from jspmodel.pages import Captioned, Fragment, in_indonesian, render_finding, table
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.text import money, number, say


def pledge_table(case: Case, scenario: Scenario, plan: Plan, language: Language) -> Fragment | None:
    """Return the funds of partners: what they commit over the horizon, what the plan uses, and for what.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no fund is a partner's.
    """
    partners = case.funds[case.funds["kind"].map(is_partner)]
    if partners.empty:
        return None
    committed, used = _committed(case, scenario, partners["fund"]), _used(plan)
    names = case.names("funds", language)
    rows = [
        (
            names[row.fund],
            in_indonesian(row.kind, language),
            say(f"choice.certainty_{row.certainty or 'expected'}", language),
            number(committed[row.fund], language, 1),
            number(sum(used.get(row.fund, {}).values()), language, 1),
            ", ".join(used.get(row.fund, {})) or "–",
        )
        for row in partners.itertuples()
    ]
    title = say(
        "report.pledges",
        language,
        n=len(committed),
        committed=money(sum(committed.values()), language),
        used=money(sum(sum(used.get(fund, {}).values()) for fund in committed), language),
    )
    keys = ["partner", "form", "certainty", "committed", "used", "programs"]
    data = table(keys, rows, language, numeric=["committed", "used"])
    caption, note = say("report.pledges_caption", language), say("report.pledges_note", language)
    return render_finding(title, language, tables=[Captioned(caption, data, "cards")], notes=[note])


def _committed(case: Case, scenario: Scenario, funds: Iterable[str]) -> dict[str, float]:
    """Return the budgets of each fund over all years in Rp billion."""
    total = dict.fromkeys(funds, 0.0)
    for (fund, _), amount in measure.budgets(case, scenario).items():
        if fund in total:
            total[fund] += amount
    return total


def _used(plan: Plan) -> dict[str, dict[str, float]]:
    """Return by fund what it pays for each programme over all years in Rp billion."""
    used: dict[str, dict[str, float]] = {}
    for payment in plan.funding:
        if payment.amount > 0:
            paid = used.setdefault(payment.fund, {})
            paid[payment.program] = paid.get(payment.program, 0.0) + payment.amount
    return used
