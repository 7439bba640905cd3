"""Tenaga: how many people of each kind the plan needs of agencies that say how many they have."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jspmodel.measure import StaffYear, horizon, staff_years
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.report.decision import Decision
from jspmodel.report.shared_wording import PRICE_DIGITS, dearest_year
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say


def staff_use(decision: Decision, language: Language) -> Fragment | None:
    """Return how many people the plan needs in each year, of how many there are, and what one more is worth.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where staff does not limit the plan.
    """
    case, scenario = decision.case, decision.scenario
    years = horizon(case, scenario)
    found = staff_years(case, years, decision.plan.choices) if scenario.staff_limits else ()
    posts: dict[tuple[str, str], list[StaffYear]] = {}
    for one in found:
        posts.setdefault((one.agency, one.staff_kind), []).append(one)
    if not posts:
        return None
    names = _Names(decision, language)
    tightest = min(found, key=lambda one: one.free)
    title = say("report.staff_title", language, **names.values(tightest))
    sentences = [sentence for post in posts.values() for sentence in _told(decision, post, names)]
    table = Captioned(say("report.staff_caption", language), _table(posts, names))
    return render_finding(title, language, sentences, [table], [say("report.staff_note", language)])


class _Names:
    """What agencies and kinds of staff are called, and people as they are told."""

    def __init__(self, decision: Decision, language: Language) -> None:
        self.language = language
        self.agencies = decision.case.names("agencies", language)
        self.kinds = decision.case.names("staff_kinds", language)

    def people(self, value: float) -> str:
        return number(value, self.language, 0 if float(value).is_integer() else 1)

    def values(self, one: StaffYear) -> dict[str, object]:
        return {
            "agency": self.agencies[one.agency],
            "staff_kind": self.kinds[one.staff_kind],
            "year": one.year,
            "needed": self.people(one.needed),
            "people": self.people(one.people + one.trained),
        }


def _told(decision: Decision, years: list[StaffYear], names: _Names) -> Iterator[str]:
    """Yield when one kind of staff is shortest, whom training adds, and what one more is worth."""
    tightest = min(years, key=lambda one: one.free)
    values = names.values(tightest)
    yield say("report.staff_full" if tightest.free < 1 else "report.staff_room", names.language, **values)
    if trained := next((one for one in years if one.trained > 0), None):
        added = {"people": names.people(trained.trained), "year": trained.year}
        yield say("report.staff_trained", names.language, **{**values, **added})
    prices = decision.sensitivity.prices
    if prices is not None and (dearest := _dearest(prices, tightest)) is not None:
        year, price = dearest
        unit = say(f"prices.unit_{decision.scenario.objective}", names.language)
        told = {"year": year, "price": number(price, names.language, PRICE_DIGITS), "unit": unit}
        yield say("report.staff_price", names.language, **{**values, **told})


def _dearest(prices: pd.DataFrame, one: StaffYear) -> tuple[int, float] | None:
    """Return the year in which a person more is worth most, and how much; None where it is nothing."""
    named = (prices["agency"] == one.agency) & (prices["staff_kind"] == one.staff_kind)
    return dearest_year(prices[(prices["rule"] == "staff") & named])


def _table(posts: dict[tuple[str, str], list[StaffYear]], names: _Names) -> Table:
    language = names.language
    rows = [
        (
            names.agencies[agency],
            names.kinds[kind],
            *(
                say(
                    "report.staff_cell",
                    language,
                    **{key: names.values(one)[key] for key in ("needed", "people")},
                )
                for one in years
            ),
        )
        for (agency, kind), years in posts.items()
    ]
    columns = [say("report.column_agency", language), say("report.column_staff_kind", language)]
    shown = [str(one.year) for one in next(iter(posts.values()))]
    return Table((*columns, *shown), tuple(rows), (False, False, *(True,) * len(shown)))
