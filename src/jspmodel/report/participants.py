"""Who joins what: each selected programme with the regions that take part."""

from __future__ import annotations

from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, short_names, who

_MOST = 8
"""Regions with a column each; of more a programme lists its own."""


def joins(decision: Decision, language: Language) -> Fragment:
    """Return which regions take part in which programme, by start.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    case, chosen = decision.case, decision.plan.selected
    regions, names = list(case.regions["region"]), short_names(case)
    marked = len(regions) <= _MOST
    programs = case.names("programs", language)
    rows = tuple(
        (
            f"{item.program} {programs[item.program]}",
            str(item.start),
            *(
                ("●" if r in item.regions else "" for r in regions)
                if marked
                else (who(item.regions, case, language),)
            ),
            number(item.cost, language, 1),
        )
        for item in chosen
    )
    middle = [names[r] for r in regions] if marked else [say("reading.column_regions", language)]
    ends = {key: say(f"reading.column_{key}", language) for key in ("program", "start", "cost")}
    table = Table(
        (ends["program"], ends["start"], *middle, ends["cost"]),
        rows,
        (False, True, *(False for _ in middle), True),
    )
    kind = "dots" if marked else "cards"
    return render_finding(
        _title(decision, language),
        language,
        (),
        [Captioned(say("reading.joins_caption", language), table, kind)],
    )


def _title(decision: Decision, language: Language) -> str:
    chosen, names = decision.plan.selected, short_names(decision.case)
    counts = {region: sum(region in item.regions for item in chosen) for region in names}
    if not counts or not max(counts.values()):
        return say("reading.joins_none", language)
    most = max(counts, key=lambda region: counts[region])
    return say("reading.joins", language, region=names[most], n=counts[most], all=len(chosen))
