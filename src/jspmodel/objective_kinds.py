"""Which objectives there are, and what counts under each: for the rooms that know no model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ObjectiveKind = Literal["gap_closed", "score"]
"""What ``objective`` of a scenario can be; a module of each is in ``selection/objectives/``."""


@dataclass(frozen=True)
class Counts:
    """What of the tables counts under an objective.

    Attributes
    ----------
    effects : bool
        What is delivered on issues, where and when, so that needs, ties of regions and diminishing returns
        matter, regions can be kept from being left behind, and uncertain effects make a plan uncertain.
    scores : bool
        The column ``score`` of programmes, wherever and whenever they are carried out.
    """

    effects: bool = False
    scores: bool = False


COUNTS: Mapping[ObjectiveKind, Counts] = {
    "gap_closed": Counts(effects=True),
    "score": Counts(scores=True),
}
"""By objective."""
