"""Tables for a notebook: the ranking of issues without one criterion, with one that weighs less or more."""

from __future__ import annotations

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.issues import RankSensitivity
from jspmodel.pages import Captioned, Fragment, captioned, render_finding
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, listed, percent, say


def without_table(
    case: Case, ranking: pd.DataFrame, sensitivity: RankSensitivity, language: Language
) -> Fragment:
    """Return the rank of each issue if one criterion after the other did not count.

    Parameters
    ----------
    case : Case
    ranking : DataFrame
        As ``rank_issues`` returns it.
    sensitivity : RankSensitivity
        As ``rank_sensitivity`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    if sensitivity.without.empty:
        return render_finding(say("notebook.without_none", language), language)
    issues, criteria = case.names("issues", language), case.names("criteria", language)
    ranks = ranking.set_index("issue")["rank"]
    rows = tuple(
        (
            str(ranks[issue]),
            issues[issue],
            *(_moved(sensitivity.without.at[issue, c], ranks[issue]) for c in sensitivity.without),
        )
        for issue in ranks.index
    )
    heads = (say(f"notebook.column_{key}", language) for key in ("rank", "issue"))
    columns = (*heads, *(criteria[c] for c in sensitivity.without))
    table = Captioned(
        say("notebook.without_caption", language), Table(columns, rows, (True, False, *_right(columns)))
    )
    note = say("notebook.without_note", language)
    return render_finding(_without_title(case, ranks, sensitivity, language), language, (), [table], [note])


def _right(columns: tuple[str, ...]) -> tuple[bool, ...]:
    return (True,) * (len(columns) - 2)


def _moved(rank: int, before: int) -> str:
    return str(rank) if rank == before else f"{rank} ({before - rank:+d})".replace("-", "−")


def _without_title(
    case: Case, ranks: pd.Series[int], sensitivity: RankSensitivity, language: Language
) -> str:
    """Name the criterion that decides most: by who falls out of the first ones, then by all ranks."""
    without, first = sensitivity.without, sensitivity.first
    top = set(ranks.index[ranks <= first])
    shifts = (without.sub(ranks, axis=0)).abs().sum()
    falls = {c: [i for i in ranks.index if i in top and without.at[i, c] > first] for c in without}
    most = max(without, key=lambda c: (len(falls[c]), shifts[c]))
    criterion, names = case.names("criteria", language)[most], case.names("issues", language)
    if not falls[most]:
        return say("notebook.without_same", language, first=first)
    out = listed((names[issue] for issue in falls[most]), language)
    back = [i for i in ranks.index if i not in top and without.at[i, most] <= first]
    into = listed((names[issue] for issue in back), language)
    return say("notebook.without_title", language, criterion=criterion, out=out, into=into, first=first)


def weights_table(
    case: Case, scenario: Scenario, ranking: pd.DataFrame, sensitivity: RankSensitivity, language: Language
) -> Fragment:
    """Return what becomes of the first issues if one criterion weighs half, or half as much again.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    ranking : DataFrame
        As ``rank_issues`` returns it.
    sensitivity : RankSensitivity
        As ``rank_sensitivity`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    if sensitivity.less.empty:
        return render_finding(say("notebook.without_none", language), language)
    names, weights = case.names("criteria", language), measure.criteria_weights(case, scenario)
    ranks = ranking.set_index("issue")["rank"]
    rows = [
        (
            names[c],
            percent(weights[c], language, 0),
            *(
                _change(case, ranks, frame[c], sensitivity.first, language)
                for frame in (sensitivity.less, sensitivity.more)
            ),
        )
        for c in sensitivity.less
    ]
    steady = sum(row[2] == row[3] == say("notebook.no_change", language) for row in rows)
    title = say("notebook.weights_title", language, n=steady, all=len(rows), first=sensitivity.first)
    caption = say("notebook.weights_caption", language, first=sensitivity.first)
    keys = ["criterion", "weight", "less", "more"]
    typed = (measure.area_types(case, scenario) != "").any()
    notes = [say("area_type.sensitivity_note", language)] if typed else []
    table = captioned(caption, keys, rows, language, ["weight"], "notebook")
    return render_finding(title, language, (), [table], notes)


def _change(case: Case, before: pd.Series[int], after: pd.Series[int], first: int, language: Language) -> str:
    """Return who enters and who leaves the first ones."""
    names = case.names("issues", language)
    enters = [names[i] for i in before.index if before[i] > first >= after[i]]
    leaves = [names[i] for i in before.index if after[i] > first >= before[i]]
    if not enters:
        return say("notebook.no_change", language)
    places = {"enters": listed(enters, language), "leaves": listed(leaves, language)}
    return say("notebook.changes", language, **places)
