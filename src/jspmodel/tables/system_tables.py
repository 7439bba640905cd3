"""Information systems as tables: overlapping functions, what becomes of each system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from jspmodel.case import Case
from jspmodel.collaboration import Systems
from jspmodel.pages import Captioned, Fragment, captioned, in_indonesian, render_finding
from jspmodel.scenario import Language
from jspmodel.text import listed, money, number, say, short_names


def system_table(case: Case, systems: Systems, language: Language) -> Fragment:
    """Return how many systems there are before and after the plan, and what is freed.

    Parameters
    ----------
    case : Case
    systems : Systems
        As ``review_systems`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    tables = [_functions(case, systems, language), fate_table(case, systems, language)]
    return render_finding(
        system_title(systems, language), language, list(system_sentences(systems, language)), tables
    )


def system_title(systems: Systems, language: Language) -> str:
    """Return how many systems there are before and after, and what is freed, in a sentence."""
    counts = {name: getattr(systems, name) for name in ("before", "retired", "new", "after")}
    return say("collaboration.systems", language, freed=money(systems.freed_yearly, language), **counts)


def system_sentences(systems: Systems, language: Language) -> Iterator[str]:
    """Yield what follows: overlapping functions, when what is freed, what is not known or disputed."""
    if systems.functions.empty:
        yield say("collaboration.systems_overlap_none", language)
    else:
        functions = listed(systems.functions["function"], language)
        yield say("collaboration.systems_overlap", language, n=len(systems.functions), functions=functions)
    freed = systems.freed_yearly if systems.freed.empty else float(systems.freed.iloc[-1])
    if freed < systems.freed_yearly:
        last = systems.freed.index[-1]
        yield say("collaboration.systems_year", language, year=last, freed=money(freed, language))
    if systems.unknown_costs:
        yield say("collaboration.systems_unknown", language, n=systems.unknown_costs)
    disputed = systems.fates.loc[systems.fates["disputed"], "system"]
    if len(disputed):
        yield say("collaboration.systems_disputed", language, systems=listed(disputed, language))


def _holder(case: Case, region: str, language: Language) -> str:
    return short_names(case)[region] if region else say(f"collaboration.{case.level}", language)


def _functions(case: Case, systems: Systems, language: Language) -> Captioned:
    rows = [
        (
            in_indonesian(row.function, language),
            listed((_holder(case, region, language) for region in row.regions), language),
            str(row.systems),
            str(row.left),
            number(row.yearly_cost, language, 2),
        )
        for row in systems.functions.itertuples()
    ]
    keys = ["function", "owners", "count", "left", "yearly"]
    caption = say("collaboration.systems_functions", language)
    return captioned(caption, keys, rows, language, numeric=keys[2:])


def fate_table(case: Case, systems: Systems, language: Language) -> Captioned:
    """Return what becomes of each system, by which programmes."""
    rows = [
        (
            in_indonesian(f"{row.system} {row.name}", language),
            _holder(case, row.region, language),
            say(f"collaboration.fate_{row.fate}", language),
            ", ".join(row.programs) or "–",
            "–" if pd.isna(row.yearly_cost) else number(row.yearly_cost, language, 2),
        )
        for row in systems.fates.itertuples()
    ]
    keys = ["system", "owners", "fate", "by", "yearly"]
    caption = say("collaboration.systems_fates", language)
    return replace(captioned(caption, keys, rows, language, numeric=["yearly"]), kind="cards")
