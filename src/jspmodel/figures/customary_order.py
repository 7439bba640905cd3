"""Plans made in customary ways, in the order in which they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jspmodel.scenario import Language
from jspmodel.text import say

if TYPE_CHECKING:  # what makes such plans is imported by whoever asks for that
    from jspmodel.selection.postoptimal import CustomaryPlan, CustomaryPlans


def customary_order(found: CustomaryPlans) -> tuple[CustomaryPlan, ...]:
    """Return the plans that were sought, the one worth most first, then ways that lead to no legal plan.

    Parameters
    ----------
    found : CustomaryPlans

    Returns
    -------
    tuple of CustomaryPlan
        Without ways for which something was not given.
    """
    legal = [one for one in found.plans if one.worth is not None]
    legal.sort(key=lambda one: -(one.worth or 0.0))
    return (*legal, *(one for one in found.plans if one.status == "not_legal"))


def customary_word(found: CustomaryPlans, custom: str) -> str:
    """Return under which name the words of a way stand; without scores, lists go by gain."""
    gain = custom in {"by_score", "by_score_per_rupiah"} and found.listed_by == "gain"
    return f"{custom}_gain" if gain else custom


def customary_name(found: CustomaryPlans, custom: str, language: Language) -> str:
    """Return what a way is called.

    Parameters
    ----------
    found : CustomaryPlans
        Says what lists go by.
    custom : str
        As ``CustomaryPlan.custom``.
    language : {"id", "en"}

    Returns
    -------
    str
    """
    return say(f"usual.{customary_word(found, custom)}", language)
