"""Random numbers that do not depend on the plan, nor on who computes them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PARTS = ("trend", "spillover", "interaction", "effects", "delivery", "cuts", "noise")
"""What the simulation adds to the optimiser's measure, in the order in which differences are told."""
BLOCK = 200
"""Draws computed together: a fixed number, so that results do not depend on the workers."""
_KINDS = ("effects", "failures", "regions", "cuts", "hits", "noise")


@dataclass(frozen=True)
class Streams:
    """The random numbers of one block of draws.

    Numbers are drawn for every programme and indicator of the case, in the plan or not: the same for every
    plan that is compared (common random numbers). A block has streams of its own by seed, block and kind, so
    that it does not matter who computes it, or in which order.

    Attributes
    ----------
    seed : int
    block : int
        Place of the block, from 0.
    draws : int
        Draws in this block.
    parts : frozenset of str
        The ``PARTS`` that are on.
    """

    seed: int
    block: int
    draws: int
    parts: frozenset[str]

    def uses(self, *parts: str) -> bool:
        """Whether any of the parts is on."""
        return not self.parts.isdisjoint(parts)

    def of(self, kind: str, *more: int) -> np.random.Generator:
        """Return the stream of a kind, from its beginning."""
        key = (self.block, _KINDS.index(kind), *more)
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=key))
