"""Coalitions as a table: who together, who leads, in which form, with which body, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from jspmodel.case import Case
from jspmodel.collaboration import Coalition, MissingRequirement
from jspmodel.pages import Fragment, captioned, lines, render_finding
from jspmodel.scenario import Language
from jspmodel.text import listed, number, say, short_names, unit_name


def coalition_table(case: Case, coalitions: Sequence[Coalition], language: Language) -> Fragment:
    """Return the natural coalitions of each issue.

    Parameters
    ----------
    case : Case
    coalitions : sequence of Coalition
        As ``find_coalitions`` returns them.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    if not coalitions:
        return render_finding(say("collaboration.coalitions_none", language), language)
    rows = [_row(case, coalition, language) for coalition in coalitions]
    title = say(
        "collaboration.coalitions",
        language,
        n=len(coalitions),
        issues=len({coalition.issue for coalition in coalitions}),
        bodies=sum(coalition.body != "" for coalition in coalitions),
        mandatory=sum(coalition.mandatory for coalition in coalitions),
    )
    keys = ["issue", "regions", "lead", "form", "approval", "body", "lacks"]
    table = captioned(say("collaboration.coalitions_caption", language), keys, rows, language)
    notes = [say("collaboration.coalitions_note", language)]
    return render_finding(title, language, _without(case, coalitions, language), [table], notes)


def _without(case: Case, coalitions: Sequence[Coalition], language: Language) -> list[str]:
    found = {coalition.issue for coalition in coalitions}
    left = [name for issue, name in case.names("issues", language).items() if issue not in found]
    return [say("collaboration.coalitions_without", language, issues=listed(left, language))] if left else []


def _row(case: Case, coalition: Coalition, language: Language) -> tuple[str, ...]:
    names = short_names(case)
    lead = names.get(coalition.lead, coalition.lead)
    lacks = [_lack(case, lack, language) for lack in coalition.lacks]
    return (
        case.names("issues", language)[coalition.issue],
        listed((names[region] for region in coalition.regions), language),
        say(f"collaboration.lead_{coalition.lead_reason}", language, lead=lead),
        say(f"collaboration.form_{'mandatory' if coalition.mandatory else 'voluntary'}", language),
        _approval(coalition, language),
        coalition.body or say("collaboration.body_none", language),
        lines(lacks) if lacks else say("collaboration.lacks_none", language),
    )


def _approval(coalition: Coalition, language: Language) -> str:
    if not coalition.programs:
        return say("collaboration.approval_unknown", language)
    if not coalition.approval:
        return say("collaboration.approval_none", language)
    counts = {"n": len(coalition.approval), "all": len(coalition.programs)}
    return say("collaboration.approval", language, **counts)


def _lack(case: Case, lack: MissingRequirement, language: Language) -> str:
    names, values = short_names(case), dict(lack.values)
    key = f"collaboration.lack_{lack.code}"
    if "regions" in values:
        values["regions"] = listed((names[region] for region in values["regions"]), language)
    if "needed" in values:
        unit = case.programs.set_index("program").loc[values["program"], "volume_unit"]
        values |= {name: number(values[name], language) for name in ("needed", "lowest")}
        values["unit"] = unit_name(unit, language) or unit
        key += "" if values["regions"] else "_alone"
    if "program" in values:
        values["program"] = f"{values['program']} {case.names('programs', language)[values['program']]}"
    return say(key, language, **values)
