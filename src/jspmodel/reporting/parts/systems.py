"""Information systems as tables: overlapping functions, what becomes of each system."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jspmodel.case import Case
from jspmodel.collaboration.systems import Systems, review_systems
from jspmodel.plan import Plan
from jspmodel.reporting.decision import Decision
from jspmodel.reporting.html import Fragment, in_indonesian
from jspmodel.reporting.parts.told import Captioned, captioned, told
from jspmodel.scenario import Language
from jspmodel.text.labels import listed, short_names
from jspmodel.text.numbers import money, number
from jspmodel.text.wording import say

_PLATFORM = 3
"""A programme that at least so many others require is told as what they stand on."""


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
    counts = {name: getattr(systems, name) for name in ("before", "retired", "new", "after")}
    title = say("collaboration.systems", language, freed=money(systems.freed_yearly, language), **counts)
    tables = [_functions(case, systems, language), _fates(case, systems, language)]
    return told(title, language, list(_sentences(systems, language)), tables)


def systems(decision: Decision, language: Language) -> Fragment | None:
    """Return what the plan makes of the information systems: how many, which go, who stands on one platform.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no system is listed.
    """
    case = decision.case
    if case.systems.empty:
        return None
    found = review_systems(case, decision.scenario, decision.plan)
    counts = {name: getattr(found, name) for name in ("before", "retired", "new", "after")}
    title = say("collaboration.systems", language, freed=money(found.freed_yearly, language), **counts)
    sentences = [*_known(case, found, language), *_platform(case, decision.plan, language)]
    sentences += _sentences(found, language)
    return told(title, language, sentences, [_fates(case, found, language)])


def _known(case: Case, systems: Systems, language: Language) -> Iterator[str]:
    """Tell how many of the systems that are known to be there the case lists."""
    if case.known_systems:
        yield say("systems.known", language, n=systems.before, all=case.known_systems)


def _platform(case: Case, plan: Plan, language: Language) -> Iterator[str]:
    """Tell which programme most others stand on, and how many of them are selected."""
    needed = (
        case.program_links[case.program_links["kind"] == "requires"].groupby("other")["program"].agg(list)
    )
    if needed.empty:
        return
    platform = str(needed.map(len).idxmax())
    standing = needed[platform]
    if len(standing) < _PLATFORM:
        return
    selected = {item.program: item.start for item in plan.selected}
    chosen = [program for program in standing if program in selected]
    name = f"{platform} {case.names('programs', language)[platform]}"
    words = {"platform": name, "n": len(standing), "programs": ", ".join(standing)}
    yield say("systems.platform", language, **words)
    if platform in selected:
        start = {"start": selected[platform], "n": len(chosen), "programs": ", ".join(chosen) or "–"}
        yield say("systems.platform_selected", language, **start)
    used = case.program_systems
    connected = used[(used["action"] == "reuses") & used["program"].isin(selected)]["system"].nunique()
    yield say("systems.connected", language, n=connected, all=len(case.systems))


def _sentences(systems: Systems, language: Language) -> Iterator[str]:
    if systems.functions.empty:
        yield say("collaboration.systems_overlap_none", language)
    else:
        functions = listed(systems.functions["function"], language)
        yield say("collaboration.systems_overlap", language, n=len(systems.functions), functions=functions)
    freed = float(systems.freed.iloc[-1])
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


def _fates(case: Case, systems: Systems, language: Language) -> Captioned:
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
    return captioned(caption, keys, rows, language, numeric=["yearly"])
