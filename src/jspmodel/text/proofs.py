"""How good plans are proven to be, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from jspmodel.proof import proof_wording
from jspmodel.text.numbers import number, percent
from jspmodel.text.wording import say

if TYPE_CHECKING:
    from jspmodel.plan import Plan
    from jspmodel.scenario import Language


def format_gap(gap: float | None, language: Language, digits: int = 1) -> str:
    """Return a gap in percent, rounded up, never down.

    Parameters
    ----------
    gap : float or None
        A share; None: nothing is proven (see ``jspmodel.proof.relative_gap``).
    language : {"id", "en"}
    digits : int
        Digits after the decimal mark.

    Returns
    -------
    str

    Examples
    --------
    >>> format_gap(0.0121, "en"), format_gap(0.0, "id"), format_gap(None, "en")
    ('1.3%', '0,0%', 'none proven')
    """
    if gap is None:
        return say("proof.no_gap", language)
    size = 10 ** (digits + 2)
    return percent(math.ceil(size * gap - 1e-6) / size, language, digits)


def describe_proof(plan: Plan, language: Language) -> str:
    """Return in half a sentence how good a plan is proven to be.

    Parameters
    ----------
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    str
        Begins with a small letter, ends without a full stop.
    """
    bound, gap = number(plan.bound, language, 1), format_gap(plan.gap, language)
    return say(f"proof.{proof_wording(plan.status, plan.gap)}", language, gap=gap, bound=bound)


def proof_sentence(plan: Plan, language: Language) -> str:
    """Return in plain words how good a plan is proven to be; the gap is rounded up, never down.

    Parameters
    ----------
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    str
        A sentence.
    """
    key = "best" if plan.level == "proven" else proof_wording(plan.status, plan.gap)
    bound, gap = number(plan.bound, language, 1), format_gap(plan.gap, language)
    return say(f"report.proof_{key}", language, gap=gap, bound=bound)
