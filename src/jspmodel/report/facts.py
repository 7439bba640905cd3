"""Fakta yang memengaruhi: what was observed, with its source and year."""

from __future__ import annotations

import pandas as pd

from jspmodel.case import Case
from jspmodel.figures import target_figure
from jspmodel.pages import Fragment, fragment, in_indonesian
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, short_names, unit_name

_MOST_COLUMNS = 8
"""Regions that have room beside each other."""


def facts(decision: Decision, language: Language) -> Fragment:
    """Return the latest observed value of every indicator and region.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Values that the tables mark as estimated or illustrative are left out, and how many.
    """
    latest = _latest(decision.case)
    observed = latest[latest["status"].isin(["observed", ""])]
    data, sources = _tables(decision.case, observed, language)
    return fragment(
        "facts",
        say("report.facts", language),
        language,
        data=data,
        sources=sources,
        left_out=len(latest) - len(observed),
    )


def _latest(case: Case) -> pd.DataFrame:
    return case.indicator_values.sort_values("year").groupby(["indicator", "region"], as_index=False).last()


def _tables(case: Case, observed: pd.DataFrame, language: Language) -> tuple[Table, Table | None]:
    """Return the values with targets and sources; of many regions a row each, the rest in a second table."""
    names, places = case.names("indicators", language), short_names(case)
    digits = {code: _digits(group["value"]) for code, group in observed.groupby("indicator")}
    regions = [region for region in places if region in set(observed["region"])]
    heads, values, rest = [], [], []
    for row in case.indicators[case.indicators["indicator"].isin(digits)].itertuples():
        mine = observed[observed["indicator"] == row.indicator].set_index("region")
        sources = "; ".join(dict.fromkeys(source for source in mine["source"] if source))
        heads.append(f"{names[row.indicator]} ({unit_name(row.unit, language) or row.unit})")
        values.append([_value(mine, region, digits[row.indicator], language) for region in regions])
        target = target_figure(
            case, row.indicator, number(row.target, language, digits[row.indicator]), language
        )
        rest.append((target, _years(mine["year"]), in_indonesian(sources, language)))
    ends = [say(f"report.column_{key}", language) for key in ("target", "year", "source")]
    first = say("report.column_indicator", language)
    if len(regions) <= _MOST_COLUMNS:
        rows = tuple((head, *mine, *more) for head, mine, more in zip(heads, values, rest, strict=True))
        columns = (first, *(places[region] for region in regions), *ends)
        return Table(columns, rows, (False, *(True for _ in regions), True, False, False)), None
    by_region = tuple((places[region], *mine) for region, *mine in zip(regions, *values, strict=True))
    columns = (say("report.column_region", language), *heads)
    more = tuple((head, *each) for head, each in zip(heads, rest, strict=True))
    return (
        Table(columns, by_region, (False, *(True for _ in heads))),
        Table((first, *ends), more, (False, True, False, False)),
    )


def _value(values: pd.DataFrame, region: str, digits: int, language: Language) -> str:
    return number(values.loc[region, "value"], language, digits) if region in values.index else "–"


def _digits(values: pd.Series[float]) -> int:
    """Return how many decimals the figures carry, two at most."""
    return next((digits for digits in (0, 1) if (values.round(digits) == values).all()), 2)


def _years(years: pd.Series[int]) -> str:
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}–{last}"
