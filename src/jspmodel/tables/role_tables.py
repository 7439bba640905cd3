"""Roles of agencies as tables: dimensions, owners of programmes, load by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from jspmodel.case import Case
from jspmodel.collaboration import Roles
from jspmodel.measure import missing_for_plan
from jspmodel.pages import Captioned, Fragment, captioned, in_indonesian, render_finding
from jspmodel.scenario import Language
from jspmodel.text import Table, listed, say

_MARKS = {"lead": "●", "support": "○", "": ""}


def role_table(case: Case, roles: Roles, language: Language) -> Fragment:
    """Return which agency serves which dimension, owns which programme, and carries how much when.

    Parameters
    ----------
    case : Case
    roles : Roles
        As ``agency_roles`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    tables = [_matrix(case, roles, language), _owners(case, roles, language), _load(case, roles, language)]
    title = _title(case, roles, language)
    return render_finding(title, language, list(_sentences(case, roles, language)), tables)


def role_overview(case: Case, roles: Roles, language: Language) -> Fragment:
    """Return which agency serves which dimension, and owns, proposes and digitalises what, folded up.

    Parameters
    ----------
    case : Case
    roles : Roles
        As ``agency_roles`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    tables = [_folded(table) for table in (_matrix(case, roles, language), _owners(case, roles, language))]
    title = _title(case, roles, language)
    return render_finding(title, language, list(_sentences(case, roles, language)), tables)


def _folded(table: Captioned) -> Captioned:
    return replace(table, kind=f"{table.kind} folded")


def _title(case: Case, roles: Roles, language: Language) -> str:
    if missing_for_plan(case):
        return say("collaboration.plan_later", language)
    owners = roles.owners
    owned, flagged = int((owners["owner"] != "").sum()), int(owners["flags"].map(bool).sum())
    return say("collaboration.roles", language, n=len(owners), owned=owned, flagged=flagged)


def _sentences(case: Case, roles: Roles, language: Language) -> Iterator[str]:
    names, table = case.names("dimensions", language), roles.dimensions
    gaps = [names[dimension] for dimension in table.loc[table["gap"], "dimension"]]
    if gaps:
        yield say("collaboration.roles_gap", language, dimensions=listed(gaps, language))
    else:
        key = "roles_gap_none" if len(table) else "roles_no_dimensions"
        yield say(f"collaboration.{key}", language)
    several = table[table["leads"] > 1]
    if len(several):
        shown = (f"{names[row.dimension]} ({row.leads})" for row in several.itertuples())
        yield say("collaboration.roles_overlap", language, dimensions=listed(shown, language))
    yield from _capacity(case, roles, language)


def _capacity(case: Case, roles: Roles, language: Language) -> Iterator[str]:
    if roles.load["max_parallel"].isna().all():
        yield say("collaboration.roles_limit_none", language)
    over = roles.load[roles.load["over"]]
    if len(over):
        names = case.names("agencies", language)
        shown = (f"{names[row.agency]} ({row.year}: {row.owned})" for row in over.itertuples())
        yield say("collaboration.roles_over", language, agencies=listed(shown, language))


def _matrix(case: Case, roles: Roles, language: Language) -> Captioned:
    province = set(case.agencies.loc[case.agencies["region"] == "", "agency"])
    shown = [agency for agency in roles.matrix.index if agency in province] or list(roles.matrix.index)
    left, names = len(roles.matrix) - len(shown), case.names("agencies", language)
    caption = say("collaboration.roles_matrix", language)
    if left:
        level = say(f"collaboration.{case.level}", language)
        caption = say("collaboration.roles_matrix_part", language, n=left, level=level)
    dimensions = case.names("dimensions", language)
    columns = (
        say("collaboration.column_agency", language),
        *(dimensions[name] for name in roles.matrix.columns),
    )
    rows = tuple(
        (in_indonesian(names[agency], language), *(_MARKS[role] for role in roles.matrix.loc[agency]))
        for agency in shown
    )
    return Captioned(caption, Table(columns, rows, (False,) * len(columns)))


def _owners(case: Case, roles: Roles, language: Language) -> Captioned:
    programs, agencies = case.names("programs", language), case.names("agencies", language)
    rows = [
        (
            f"{row.program} {programs[row.program]}",
            *(
                in_indonesian("; ".join(agencies[agency] for agency in acting), language) or "–"
                for acting in ((row.owner,) if row.owner else (), row.proposes, row.digitalises)
            ),
            "; ".join(say(f"collaboration.flag_{flag}", language) for flag in row.flags) or "–",
        )
        for row in roles.owners.itertuples()
    ]
    keys = ["program", "owner", "proposes", "digitalises", "flags"]
    return captioned(say("collaboration.roles_owners", language), keys, rows, language)


def _load(case: Case, roles: Roles, language: Language) -> Captioned:
    owned = roles.load[roles.load["owned"] > 0]
    years = list(range(int(owned["year"].min()), int(owned["year"].max()) + 1)) if len(owned) else []
    names = case.names("agencies", language)
    figures = {(row.agency, row.year): _figure(row.owned, row.max_parallel) for row in owned.itertuples()}
    rows = tuple(
        (in_indonesian(names[agency], language), *(figures.get((agency, year), "") for year in years))
        for agency in dict.fromkeys(owned["agency"])
    )
    columns = (say("collaboration.column_agency", language), *(str(year) for year in years))
    numeric = (False, *(True for _ in years))
    return Captioned(say("collaboration.roles_load", language), Table(columns, rows, numeric))


def _figure(owned: int, most: float) -> str:
    return str(owned) if pd.isna(most) else f"{owned} / {most:.0f}"
