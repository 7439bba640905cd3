"""Aturan belanja: what share of spending a rule asks for, by which article, and how full it is each year."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.measure import SpendingRule, SpendingShare, horizon, spending_rules, spending_shares
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.report.decision import Decision
from jspmodel.report.shared_wording import PRICE_DIGITS, dearest_year, share_asked
from jspmodel.scenario import Language
from jspmodel.text import Table, number, percent, say

_OF = {True: "min", False: "max"}


def spending_shares_kept(decision: Decision, language: Language) -> Fragment | None:
    """Return the spending rules with their legal basis and the share of each year.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no rule holds in a year of the plan.
    """
    case, scenario = decision.case, decision.scenario
    rules = [rule for rule in spending_rules(case, scenario) if rule.years]
    if not rules:
        return None
    found = spending_shares(case, scenario, decision.plan.funding)
    by_rule = {rule.code: [one for one in found if one.rule.code == rule.code] for rule in rules}
    names, basis = case.names("spending_rules", language), _basis(decision, language)
    sentences = [
        sentence
        for rule in rules
        for sentence in _told(decision, by_rule[rule.code], names[rule.code], basis[rule.code], language)
    ]
    rows = [(names[r.code], basis[r.code], *_cells(decision, r, by_rule[r.code], language)) for r in rules]
    table = Captioned(say("report.spending_caption", language), _table(decision, rows, language))
    title = _title(found, names, language)
    return render_finding(title, language, sentences, [table], [say("report.spending_note", language)])


def _basis(decision: Decision, language: Language) -> dict[str, str]:
    """Return the legal basis of each rule; words where the table has none."""
    table = decision.case.spending_rules
    none = say("report.spending_unfounded", language)
    return {
        code: basis or none for code, basis in zip(table["spending_rule"], table["legal_basis"], strict=True)
    }


def _title(found: tuple[SpendingShare, ...], names: dict[str, str], language: Language) -> str:
    known = [one for one in found if one.share is not None]
    if not known:
        return say("report.spending_title_none", language)
    tightest = min(known, key=_room)
    return say(
        f"report.spending_title_{_OF[tightest.rule.least]}",
        language,
        rule=names[tightest.rule.code],
        year=tightest.year,
        share=percent(tightest.share or 0.0, language),
        asked=share_asked(tightest.rule.share, language),
    )


def _room(one: SpendingShare) -> float:
    """Return how far a share is from its bound; of years that are alike, the first is told."""
    return round(abs((one.share or 0.0) - one.rule.share), 4)


def _told(
    decision: Decision, found: list[SpendingShare], name: str, basis: str, language: Language
) -> Iterator[str]:
    """Yield what a rule asks for, the year in which that is nearest, and what leeway would be worth."""
    rule, known = found[0].rule, [one for one in found if one.share is not None]
    values = {"rule": name, "asked": share_asked(rule.share, language), "basis": basis}
    if not known:
        yield say("report.spending_nothing", language, **values)
        return
    nearest = min(known, key=_room)
    share = percent(nearest.share or 0.0, language)
    key = f"report.spending_{_OF[rule.least]}{'' if rule.total else '_alone'}"
    yield say(key, language, **values, share=share, year=nearest.year)
    prices = decision.sensitivity.prices
    if (
        prices is not None
        and (dearest := dearest_year(prices[prices["spending_rule"] == rule.code])) is not None
    ):
        year, price = dearest
        unit = say(f"prices.unit_{decision.scenario.objective}", language)
        told = {"rule": name, "year": year, "price": number(price, language, PRICE_DIGITS), "unit": unit}
        yield say("report.spending_price", language, **told)


def _cells(
    decision: Decision, rule: SpendingRule, found: list[SpendingShare], language: Language
) -> Iterator[str]:
    yield say(f"report.spending_asked_{_OF[rule.least]}", language, asked=share_asked(rule.share, language))
    yield percent(rule.amount / rule.total, language) if rule.total else "–"
    shares = {one.year: one.share for one in found}
    for year in horizon(decision.case, decision.scenario):
        share = shares.get(year)
        yield "–" if share is None else percent(share, language)


def _table(decision: Decision, rows: list[tuple[str, ...]], language: Language) -> Table:
    years = horizon(decision.case, decision.scenario)
    keys = ("rule", "basis", "asked", "outside")
    columns = (*(say(f"report.column_spending_{key}", language) for key in keys), *map(str, years))
    return Table(columns, tuple(rows), (False, False, False, *(True,) * (len(columns) - 3)))
