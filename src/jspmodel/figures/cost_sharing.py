"""Who would rather leave a joint programme, and what that would save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.scenario import Language
from jspmodel.text import listed, money, reads_as_zero, say, short_names

if TYPE_CHECKING:
    from jspmodel.collaboration import CostShares

_NAMED = 5


def leaves(case: Case, sharing: CostShares, program: str, method: str, language: Language) -> str:
    """Return who would rather leave under a method, and what they would save.

    Parameters
    ----------
    case : Case
    sharing : CostShares
    program : str
    method : str
        One of ``METHODS``.
    language : {"id", "en"}

    Returns
    -------
    str
        A dash where the tables do not allow the method.
    """
    rows = sharing.stability[
        (sharing.stability["program"] == program) & (sharing.stability["method"] == method)
    ]
    if rows.empty:
        return "–"
    row = rows.iloc[0]
    if row["in_core"]:
        return say("sharing.nobody_leaves", language)
    who = group(case, row["coalition"], language)
    return say("sharing.leaves", language, coalition=who, gain=saving(row["gain"], language))


def group(case: Case, regions: Sequence[str], language: Language) -> str:
    """Return the names of some regions; of many only their number."""
    if len(regions) > _NAMED:
        return say("sharing.many", language, n=len(regions))
    names = short_names(case)
    return listed((names[region] for region in regions), language)


def saving(gain: float, language: Language) -> str:
    """Return what leaving would save (Rp billion) in words; never "Rp 0 billion"."""
    return (
        say("sharing.little", language, amount=money(0.1, language))
        if reads_as_zero(gain)
        else money(gain, language)
    )
