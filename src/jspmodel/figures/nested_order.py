"""What goes as the budget falls: nested plans as cuts from the scenario's budget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.scenario import Language
from jspmodel.text import listed, money, percent, say

if TYPE_CHECKING:
    from jspmodel.selection.postoptimal import NestedLevel, NestedPlan

_FEW = 3
"""Programmes that a title names; of more it tells the number."""
_SAME = 1e-9


@dataclass(frozen=True)
class NestedStep:
    """What goes, or joins, where the budget changes to that of a level.

    Attributes
    ----------
    share : float
        Of the budget that it is a change from.
    level : NestedLevel
    programs : tuple of str
        What goes (a smaller budget) or joins (a larger one) beside the level before.
    """

    share: float
    level: NestedLevel
    programs: tuple[str, ...]


@dataclass(frozen=True)
class NestedOrder:
    """Nested plans, from the scenario's own budget down and up.

    Attributes
    ----------
    base : NestedLevel
        That of the scenario's own budget; where that is no level, or has no plan, the largest one.
    cuts : tuple of NestedStep
        The next smaller budget first.
    rises : tuple of NestedStep
        The next larger budget first.
    """

    base: NestedLevel
    cuts: tuple[NestedStep, ...]
    rises: tuple[NestedStep, ...]

    @property
    def first_cut(self) -> NestedStep | None:
        """The smallest cut for which anything goes."""
        return next((cut for cut in self.cuts if cut.programs), None)


def nested_order(nested: NestedPlan) -> NestedOrder | None:
    """Return what goes first as the budget falls, and what joins as it rises.

    Parameters
    ----------
    nested : NestedPlan

    Returns
    -------
    NestedOrder or None
        Levels without a plan are left out; None where none has one.
    """
    levels = [level for level in nested.levels if level.choices is not None]
    if not levels:
        return None
    own = (place for place, level in enumerate(levels) if abs(level.level - 1) < _SAME)
    place = next(own, len(levels) - 1)
    base = levels[place]
    cuts = [_step(base, levels[k], levels[k + 1].joins) for k in reversed(range(place))]
    rises = [_step(base, level, level.joins) for level in levels[place + 1 :]]
    return NestedOrder(base, tuple(cuts), tuple(rises))


def _step(base: NestedLevel, level: NestedLevel, programs: tuple[str, ...]) -> NestedStep:
    return NestedStep(abs(level.level / base.level - 1), level, programs)


def nested_title(case: Case, nested: NestedPlan, language: Language) -> str:
    """Return in a sentence what goes first if the budget falls.

    Parameters
    ----------
    case : Case
    nested : NestedPlan
    language : {"id", "en"}

    Returns
    -------
    str
    """
    order = nested_order(nested)
    if order is None:
        surely = all(level.finding == "none" for level in nested.levels)
        return say(f"nested.title_no_plan_{'none' if surely else 'not_found'}", language)
    first, told = order.first_cut, money(order.base.budget, language)
    if first is not None:
        names = case.names("programs", language)
        words = {"before": told, "n": len(first.programs), "cut": share_of(first.share, language)}
        words |= {"after": money(first.level.budget, language)}
        words |= {"programs": listed((f"{code} {names[code]}" for code in first.programs), language)}
        return say(f"nested.title{'' if len(first.programs) <= _FEW else '_many'}", language, **words)
    if not order.cuts:
        return say("nested.title_smallest", language, budget=told, n=len(order.base.choices or ()))
    after = money(order.cuts[-1].level.budget, language)
    return say("nested.title_same", language, before=told, after=after)


def budgets_without_plan(nested: NestedPlan, language: Language) -> list[str]:
    """Say of each budget without a plan whether there is none, or none was found.

    Parameters
    ----------
    nested : NestedPlan
    language : {"id", "en"}

    Returns
    -------
    list of str
    """
    return [
        say(
            f"frontier.at_{level.finding}",
            language,
            percent=share_of(level.level, language).removesuffix("%"),
            budget=money(level.budget, language),
        )
        for level in nested.levels
        if level.choices is None
    ]


def share_of(share: float, language: Language) -> str:
    """Return a share of a budget in percent: whole where it is.

    Parameters
    ----------
    share : float
    language : {"id", "en"}

    Returns
    -------
    str

    Examples
    --------
    >>> share_of(0.95, "id"), share_of(0.925, "id")
    ('95%', '92,5%')
    """
    return percent(share, language, 0 if abs(100 * share - round(100 * share)) < 1e-6 else 1)
