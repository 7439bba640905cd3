"""Harga aturan: what the plan would be worth without each rule that can be switched off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jspmodel.figures import PricedRule, priced_rules
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, say


def rule_prices(decision: Decision, language: Language) -> Fragment | None:
    """Return what each rule costs: what was found, what is proven, which programmes it keeps out.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where the scenario does not ask for it (``rule_prices``), or no
        rule can be switched off.
    """
    found = decision.sensitivity.rules
    if found is None or found.empty:
        return None
    rules = priced_rules(decision.case, found, language)
    unit = say(f"prices.unit_{decision.scenario.objective}", language)
    table = Captioned(say("prices.rules_caption", language, unit=unit), _table(rules, unit, language))
    sentences = [*_told(rules, unit, language)]
    return render_finding(
        _title(rules, unit, language), language, sentences, [table], [say("prices.rules_note", language)]
    )


def _title(rules: Sequence[PricedRule], unit: str, language: Language) -> str:
    single = [one for one in rules if not one.is_all]
    dearest, widest = single[0], max(single, key=lambda one: one.most)
    if dearest.is_dear:
        values = {"rule": dearest.name, "price": dearest.found(language), "proven": dearest.proven(language)}
        return say("prices.rules_title", language, unit=unit, **values)
    if widest.is_free:
        return say("prices.rules_title_free", language)
    return say("prices.rules_title_none", language, unit=unit, most=widest.at_most(language))


def _told(rules: Sequence[PricedRule], unit: str, language: Language) -> Iterator[str]:
    """Yield what each rule costs that a law asks for, and what all cost together."""
    for one in rules:
        if not one.basis and not one.is_all:
            continue
        name = one.name if one.is_all else say("prices.rules_name", language, rule=one.name, basis=one.basis)
        idle = "rules_free" if one.is_free else "rules_maybe"
        key = "rules_cost" if one.is_dear else idle
        values = {"price": one.found(language), "proven": one.proven(language)}
        told = say(f"prices.{key}", language, rule=name, unit=unit, most=one.at_most(language), **values)
        changes = one.changes(language)
        yield f"{told} {say('prices.rules_changes', language, changes=changes)}" if changes else told


def _table(rules: Sequence[PricedRule], unit: str, language: Language) -> Table:
    keys = ("rule", "basis", "found", "proven", "changes")
    columns = tuple(say(f"prices.column_{key}", language, unit=unit) for key in keys)
    rows = tuple(
        (one.name, one.basis or "–", one.found(language), one.proven(language), one.changes(language) or "–")
        for one in rules
    )
    return Table(columns, rows, (False, False, True, True, False))
