"""The helpdesk's answer: share before you build."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jspmodel.case import Case
from jspmodel.collaboration import Partners
from jspmodel.pages import Captioned, Fragment, captioned, in_indonesian, render_finding
from jspmodel.scenario import Language
from jspmodel.text import listed, number, say, short_names, who


def partner_table(case: Case, partners: Partners, language: Language) -> Fragment:
    """Return who has the same problem, what is proposed for it, who is responsible, what exists.

    Parameters
    ----------
    case : Case
    partners : Partners
        As ``find_partners`` returns them.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    title = say(
        "collaboration.partners",
        language,
        issue=case.names("issues", language)[partners.issue],
        region=short_names(case)[partners.region],
        n=len(partners.regions),
        programs=len(partners.programs),
        systems=len(partners.systems),
    )
    tables = [
        _regions(case, partners, language),
        _programs(case, partners, language),
        _agencies(case, partners, language),
        _systems(case, partners, language),
    ]
    return render_finding(title, language, list(_sentences(case, partners, language)), tables)


def _sentences(case: Case, partners: Partners, language: Language) -> Iterator[str]:
    region = short_names(case)[partners.region]
    if pd.isna(partners.gap):
        yield say("collaboration.partners_gap_unknown", language, region=region)
    else:
        gap = number(100 * partners.gap, language)
        yield say("collaboration.partners_gap", language, region=region, gap=gap)
    for name in ("regions", "programs", "agencies", "systems"):
        if getattr(partners, name).empty:
            yield say(f"collaboration.partners_no_{name}", language)


def _regions(case: Case, partners: Partners, language: Language) -> Captioned:
    names = short_names(case)
    rows = []
    for row in partners.regions.itertuples():
        ties = [row.body] if row.body else []
        ties += [say("collaboration.tie_borders", language)] if row.borders else []
        told_ties = listed(ties, language) or say("collaboration.tie_none", language)
        rows.append((names[row.region], number(100 * row.gap, language), told_ties))
    caption = say("collaboration.partners_regions", language)
    return captioned(caption, ["region", "gap", "tie"], rows, language, numeric=["gap"])


def _programs(case: Case, partners: Partners, language: Language) -> Captioned:
    names, agencies = case.names("programs", language), case.names("agencies", language)
    rows = [
        (
            f"{row.program} {names[row.program]}",
            row.origin or "–",
            in_indonesian(agencies.get(row.agency, ""), language) or "–",
            who(row.regions, case, language),
            say(f"collaboration.open_{'yes' if row.included else 'no'}", language),
        )
        for row in partners.programs.itertuples()
    ]
    caption = say("collaboration.partners_programs", language)
    return captioned(caption, ["program", "origin", "agency", "regions", "open"], rows, language)


def _agencies(case: Case, partners: Partners, language: Language) -> Captioned:
    names = case.names("agencies", language)
    rows = [
        (
            in_indonesian(names[row.agency], language),
            _level(case, row.region, language),
            _role(row.role, language),
        )
        for row in partners.agencies.itertuples()
    ]
    caption = say("collaboration.partners_agencies", language)
    return captioned(caption, ["agency", "holder", "role"], rows, language)


def _level(case: Case, region: str, language: Language) -> str:
    return short_names(case)[region] if region else say(f"collaboration.{case.level}", language)


def _role(role: str, language: Language) -> str:
    known = {"lead": "lead", "leads": "lead", "support": "support", "supports": "support"}
    return say(f"collaboration.agency_{known[role]}", language) if role in known else role or "–"


def _systems(case: Case, partners: Partners, language: Language) -> Captioned:
    rows = [
        (
            in_indonesian(f"{row.system} {row.name}", language),
            in_indonesian(row.function, language) or "–",
            _level(case, row.region, language),
            "–" if pd.isna(row.yearly_cost) else number(row.yearly_cost, language, 2),
            say(f"collaboration.shared_{'yes' if row.integrated else 'no'}", language),
        )
        for row in partners.systems.itertuples()
    ]
    keys = ["system", "function", "holder", "yearly", "integrated"]
    caption = say("collaboration.partners_systems", language)
    return captioned(caption, keys, rows, language, numeric=["yearly"])
