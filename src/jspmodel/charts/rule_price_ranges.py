"""What each rule costs: what was found, within what is proven."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.rows import stacked, within_ranges
from jspmodel.charts.style import validated_whole
from jspmodel.figures import PricedRule, priced_rules
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, say

_MOST, _ROW = 12, 38
_LETTERS = 70
"""Of a name, at most."""


@validated_whole
def rule_price_ranges(
    case: Case, scenario: Scenario, found: pd.DataFrame | None, language: Language
) -> alt.LayerChart | None:
    """Draw what each rule costs that may cost something.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    found : DataFrame or None
        As ``rule_prices`` returns it.
    language : {"id", "en"}

    Returns
    -------
    LayerChart or None
        The dearest first, of many the first 12. None (a notebook then shows nothing) where nothing was asked,
        or all is proven to cost nothing.
    """
    every = () if found is None else priced_rules(case, found, language)
    rules = [one for one in every if not one.is_free]
    if not rules:
        return None
    unit = say(f"prices.unit_{scenario.objective}", language)
    message = Message(
        _title(every, unit, language),
        say("prices.rules_chart_note", language),
        _table(rules, unit, language),
    )
    return with_message(_draw(rules[:_MOST], language), message, language)


def _title(rules: Sequence[PricedRule], unit: str, language: Language) -> str:
    single = [one for one in rules if not one.is_all]
    dear = sum(not one.is_free for one in single)
    key = "rules_chart" if dear < len(single) else "rules_chart_each"
    return say(f"prices.{key}", language, n=dear, all=len(single), unit=unit)


def _draw(rules: Sequence[PricedRule], language: Language) -> alt.LayerChart:
    shown = pd.DataFrame(
        {
            "row": range(len(rules)),
            "name": [one.name[:_LETTERS] for one in rules],
            "least": [one.least for one in rules],
            "most": [one.most for one in rules],
            "price": [one.price for one in rules],
            "figure": [f"{one.found(language)} ({one.proven(language)})" for one in rules],
        }
    )
    data, top = alt.Chart(shown), 1.45 * float(shown["most"].max())
    layers = within_ranges(data, "least", "price", "most", top)
    return stacked(layers, len(rules), _ROW)


def _table(rules: Sequence[PricedRule], unit: str, language: Language) -> Table:
    keys = ("rule", "found", "proven")
    columns = tuple(say(f"prices.column_{key}", language, unit=unit) for key in keys)
    rows = tuple((one.name, one.found(language), one.proven(language)) for one in rules)
    return Table(columns, rows, (False, True, True))
