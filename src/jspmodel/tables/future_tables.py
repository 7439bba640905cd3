"""Tables of simulated futures for notebooks: targets, regions, promise beside simulation, regret."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from jspmodel.case import Case
from jspmodel.figures import figure, format_probability, panel_name, target_figure
from jspmodel.pages import Fragment, fragment
from jspmodel.scenario import Language
from jspmodel.simulation import LIKELY, Futures
from jspmodel.text import Table, listed, number, percent, say, short_names

_MOST = 8


def target_table(case: Case, futures: Futures, language: Language) -> Fragment | None:
    """Return which targets are reached with what chance, and in which regions they are out of reach.

    Parameters
    ----------
    case : Case
    futures : Futures
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no indicator has a value.
    """
    places = short_names(case)
    if futures.targets.empty:
        return None
    rows = []
    for indicator, group in futures.targets.groupby("indicator", sort=False):
        mean, regions = group[group["region"] == ""].iloc[0], group[group["region"] != ""]
        likely = list(regions.loc[regions["probability"] >= LIKELY, "region"])
        out = list(regions.loc[regions["out_of_reach"], "region"])
        target = target_figure(case, str(indicator), figure(mean["target"], language), language)
        chances = " → ".join(
            format_probability(mean[column], language) for column in ("without", "probability")
        )
        where = (_names(who, places, language) for who in (likely, out))
        rows.append(
            [panel_name(case, str(indicator), language), f"{target} ({mean['year']})", chances, *where]
        )
    keys = ("indicator", "target", "chance", "likely", "out_of_reach")
    out_of_reach = int(futures.targets.loc[futures.targets["region"] == "", "out_of_reach"].sum())
    title = _say("targets_title", language, out=out_of_reach, all=len(rows))
    return _render_table(title, keys, rows, language, numeric=("target", "chance"))


def gain_table(case: Case, futures: Futures, language: Language) -> Fragment:
    """Return what each region gains against doing nothing, beside what was promised.

    Parameters
    ----------
    case : Case
    futures : Futures
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    names = short_names(case)
    rows = [
        (
            names[row.region],
            number(row.promised, language, 1),
            number(row.median, language, 1),
            f"{number(row.low, language, 1)} – {number(row.high, language, 1)}",
            _say(f"state_{row.state}", language),
        )
        for row in futures.regions.itertuples()
    ]
    counts = futures.regions["state"].value_counts()
    title = _say(
        "gains_title",
        language,
        n=number(len(futures.impact), language),
        gains=counts.get("gains", 0),
        all=len(rows),
        behind=counts.get("not_yet", 0),
    )
    keys = ("region", "promised", "median", "band", "state")
    return _render_table(title, keys, rows, language, numeric=("promised", "median", "band"))


def promise_table(steps: pd.DataFrame, language: Language) -> Fragment:
    """Return the promised impact beside the simulated, and what explains the difference.

    Parameters
    ----------
    steps : DataFrame
        As ``explain_promise`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    rows = [
        (
            _say(f"step_{row.step}", language),
            _signed(row.change, language) if 0 < place < len(steps) - 1 else "",
            number(row.impact, language, 1),
        )
        for place, row in enumerate(steps.itertuples())
    ]
    first, last = steps["impact"].iloc[0], steps["impact"].iloc[-1]
    title = _say(
        "promise_title", language, promised=number(first, language, 1), simulated=number(last, language, 1)
    )
    return _render_table(title, ("step", "change", "impact"), rows, language, numeric=("change", "impact"))


def regret_table(table: pd.DataFrame, titles: Mapping[str, str], language: Language) -> Fragment:
    """Return what choosing each plan may cost, once the future is known.

    Parameters
    ----------
    table : DataFrame
        As ``regret`` returns it.
    titles : mapping of str to str
        What to call the plans; their names where not given.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    figures = ("promised", "impact", "regret", "regret_high", "regret_worst")
    rows = [
        (
            titles.get(row["plan"], row["plan"]),
            *(number(row[name], language, 1) for name in figures),
            percent(row["best"], language, 0),
        )
        for _, row in table.iterrows()
    ]
    least = table.sort_values("regret", kind="stable").iloc[0]
    title = _say(
        "regret_title",
        language,
        plan=titles.get(least["plan"], least["plan"]),
        regret=number(least["regret"], language, 1),
    )
    keys = ("plan", *figures, "best")
    return _render_table(title, keys, rows, language, numeric=keys[1:])


def _render_table(
    title: str, keys: Sequence[str], rows: Iterable[Sequence[str]], language: Language, numeric: Iterable[str]
) -> Fragment:
    right = set(numeric)
    headings = tuple(_say(f"column_{key}", language) for key in keys)
    data = Table(headings, tuple(tuple(row) for row in rows), tuple(key in right for key in keys))
    return fragment("table", title, language, data=data)


def _say(key: str, language: Language, **values: object) -> str:
    return say(f"simulation.{key}", language, **values)


def _names(regions: Sequence[str], places: Mapping[str, str], language: Language) -> str:
    """Return which regions: all and many are counted, not listed."""
    if len(regions) > min(_MOST, len(places) - 1):
        return _say(
            "all_regions" if len(regions) == len(places) else "many_regions", language, n=len(regions)
        )
    return listed((places[region] for region in regions), language) or "–"


def _signed(value: float, language: Language) -> str:
    """Return a change with its sign; one that rounds to nothing has none, a dash where nothing acts."""
    if abs(value) < 1e-9:
        return "–"
    told = number(abs(value), language, 1)
    if told == number(0.0, language, 1):
        return told
    return ("+" if value > 0 else "−") + told
