"""A table for notebooks: what to advise on the cost of every joint programme, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jspmodel.case import Case
from jspmodel.charts import shares_data
from jspmodel.collaboration import CostShares, in_core, objection
from jspmodel.figures import group, leaves, saving
from jspmodel.pages import Fragment, fragment
from jspmodel.scenario import Language
from jspmodel.text import Table, listed, money, number, say

_COLUMNS = ("program", "cost", "shared", "method", "reason", "leaves")


def sharing_table(case: Case, sharing: CostShares, language: Language) -> Fragment:
    """Return the joint programmes with the method recommended for each and its reason.

    Parameters
    ----------
    case : Case
    sharing : CostShares
        As ``share_costs`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    names = case.names("programs", language)
    rows = tuple(
        (
            f"{row.program} {names[row.program]}",
            number(row.cost, language, 1),
            number(row.shared, language, 1),
            say(f"sharing.method_{row.method}", language),
            advice_reason(case, sharing, row.program, language),
            leaves(case, sharing, row.program, "population", language),
        )
        for row in sharing.programs.itertuples()
    )
    columns = tuple(say(f"sharing.column_{key}", language) for key in _COLUMNS)
    data = Table(columns, rows, tuple(key in {"cost", "shared"} for key in _COLUMNS))
    return fragment("table", _headline(sharing, language), language, data=data)


def _headline(sharing: CostShares, language: Language) -> str:
    programs, stability = sharing.programs, sharing.stability
    if programs.empty:
        return say("sharing.chart_none", language)
    advised = programs["method"].value_counts()
    return say(
        "sharing.caption",
        language,
        n=len(programs),
        cost=money(programs["cost"].sum(), language),
        shared=money(programs["shared"].sum(), language),
        shapley=advised.get("shapley", 0),
        nucleolus=advised.get("nucleolus", 0),
        leaving=int((~stability.loc[stability["method"] == "population", "in_core"].astype(bool)).sum()),
    )


def shares_table(case: Case, sharing: CostShares, language: Language, program: str = "") -> Fragment:
    """Return what each region would pay of one joint programme, by every method.

    Parameters
    ----------
    case : Case
    sharing : CostShares
        As ``share_costs`` returns it.
    language : {"id", "en"}
    program : str
        Code of a joint programme; empty: the one that ``charts.cost_shares`` shows.

    Returns
    -------
    Fragment
    """
    if sharing.programs.empty:
        return fragment("table", say("sharing.chart_none", language), language, data=Table((), (), ()))
    data = shares_data(case, sharing, language, program)
    return fragment("table", say("sharing.shares_caption", language), language, data=data)


def game_table(
    game: Mapping[Any, float], shares: Mapping[str, Mapping[Any, float]], language: Language
) -> Fragment:
    """Return what each player of a cost game would pay by some methods, and who would rather leave.

    Parameters
    ----------
    game : mapping of coalition (frozenset or tuple of players) to cost
    shares : mapping of str to mapping
        Share by player, by method: ``shapley``, ``nucleolus``, ``population``, ``volume``, ``impact``.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    players = next(iter(shares.values()))
    columns = ("", *(say(f"sharing.method_{method}", language) for method in shares))
    rows = [
        (str(player), *(number(paid[player], language, 2) for paid in shares.values())) for player in players
    ]
    rows.append(
        (say("sharing.leaves_row", language), *(_leaves(game, paid, language) for paid in shares.values()))
    )
    data = Table(columns, tuple(rows), tuple(bool(column) for column in columns))
    return fragment("table", say("sharing.game_caption", language), language, data=data)


def _leaves(game: Mapping[Any, float], paid: Mapping[Any, float], language: Language) -> str:
    if in_core(game, paid):
        return say("sharing.nobody_leaves", language)
    found = objection(game, paid)
    gain = number(found.gain, language, 2)
    return say("sharing.leaves", language, coalition=listed(map(str, found.coalition), language), gain=gain)


def advice_reason(case: Case, sharing: CostShares, program: str, language: Language) -> str:
    """Return in words why a method is recommended for a joint programme.

    Parameters
    ----------
    case : Case
    sharing : CostShares
    program : str
    language : {"id", "en"}

    Returns
    -------
    str
        Also says which regions pay less than their own parts, as they bring others over the threshold.
    """
    advice = sharing.programs.set_index("program").loc[program]
    value = sharing.stability.set_index(["program", "method"]).loc[(program, "shapley")]
    reason = say(
        f"sharing.reason_{advice['reason']}",
        language,
        shared=money(advice["shared"], language),
        coalition=group(case, value["coalition"], language),
        gain=saving(value["gain"], language),
    )
    rows = sharing.shares[
        (sharing.shares["program"] == program) & (sharing.shares["method"] == advice["method"])
    ]
    less = rows["share"] < rows["own"] - 1e-6
    groups = {"below_own": less & (rows["share"] >= 0), "receives": less & (rows["share"] < 0)}
    notes = (
        say(f"sharing.{key}", language, regions=group(case, list(rows.loc[which, "region"]), language))
        for key, which in groups.items()
        if which.any()
    )
    return " ".join([reason, *notes])
