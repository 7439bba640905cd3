"""What the plan makes of the information systems."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.collaboration import Systems, review_systems
from jspmodel.pages import Fragment, render_finding
from jspmodel.plan import Plan
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.tables import fate_table, system_sentences, system_title
from jspmodel.text import say

_PLATFORM = 3
"""A programme that at least so many others require is told as what they stand on."""


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
    sentences = [*_known(case, found, language), *_platform(case, decision.plan, language)]
    sentences += system_sentences(found, language)
    return render_finding(
        system_title(found, language), language, sentences, [fate_table(case, found, language)]
    )


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
