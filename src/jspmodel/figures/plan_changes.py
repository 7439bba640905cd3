"""What one plan has that another has not: programmes, years, regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jspmodel.plan import Choice


@dataclass(frozen=True)
class PlanChanges:
    """What was changed from one plan to another.

    Attributes
    ----------
    added, dropped : tuple of Choice
        Programmes that only the second, only the first carries out.
    moved : tuple of (Choice, Choice)
        Programmes of both that start in another year, as each plan has them.
    regions : tuple of (Choice, Choice)
        Programmes of both in which other regions take part.
    """

    added: tuple[Choice, ...]
    dropped: tuple[Choice, ...]
    moved: tuple[tuple[Choice, Choice], ...]
    regions: tuple[tuple[Choice, Choice], ...]

    def __bool__(self) -> bool:
        """Whether anything was changed."""
        return bool(self.added or self.dropped or self.moved or self.regions)


def plan_changes(before: Sequence[Choice], after: Sequence[Choice]) -> PlanChanges:
    """Return what was changed from one plan to another.

    Parameters
    ----------
    before, after : sequence of Choice
        Each programme once.

    Returns
    -------
    PlanChanges
        Each in the order of the plan that has it.
    """
    was, now = ({choice.program: choice for choice in plan} for plan in (before, after))
    both = [(was[choice.program], choice) for choice in after if choice.program in was]
    return PlanChanges(
        tuple(choice for choice in after if choice.program not in was),
        tuple(choice for choice in before if choice.program not in now),
        tuple((one, other) for one, other in both if one.start != other.start),
        tuple((one, other) for one, other in both if {*one.regions} != {*other.regions}),
    )
