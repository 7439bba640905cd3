"""What of the difference of two runs comes from which change of the inputs: the answer as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from jspmodel.comparison.input_mixes import Mix
from jspmodel.comparison.shapley_parts import Effect

Verdict = Literal["proven", "same", "within", "incomplete", "sampled", "other_measure", "unknown"]


@dataclass(frozen=True)
class Part:
    """What one change does to the worth of the plan.

    Attributes
    ----------
    change : str
        Its name.
    inputs : tuple of str
        Settings by key, tables by file.
    verdict : {"proven", "same", "within", "incomplete", "sampled", "other_measure", "unknown"}
        ``proven``: the part is certainly above 0, or below. ``same``: it is certainly 0, to what the price of
        money may take. ``within``: its interval has 0 in it, so that a longer search might undo it. Nothing
        is proven where a mix has no plan found, which may yet be found (``incomplete``); orders are only
        sampled; inputs measure otherwise (``other_measure``); no order passes through mixes with plans only
        (``unknown``).
    effect : Effect or None
        The mean over the orders; None where ``unknown``. Where they are sampled, low and high are those of
        the mean over the orders drawn.
    least, most : Effect or None
        What the change does where it does least, and most, depending on which changes were made before.
    standard_error : float or None
        Of the sampling; 0 where all orders count, None where it cannot be told.
    """

    change: str
    inputs: tuple[str, ...]
    verdict: Verdict
    effect: Effect | None
    least: Effect | None
    most: Effect | None
    standard_error: float | None


@dataclass(frozen=True)
class Departure:
    """A programme of the first plan that the second has no more.

    Attributes
    ----------
    program : str
    alone : tuple of str
        Each change without which, all others being made, the plan found has the programme again (the but-for
        test).
    unknown : tuple of str
        The changes of which that cannot be told: without them no plan was found, or none was sought.
    """

    program: str
    alone: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def cause(self) -> Literal["alone", "together", "unknown"]:
        """``together``: taking back a single change, whichever, does not bring it back in the plan found."""
        if self.alone:
            return "alone"
        return "unknown" if self.unknown else "together"


@dataclass(frozen=True)
class Attribution:
    """The difference of two runs, and what of it comes from which change.

    Attributes
    ----------
    case, first, second : str
        Names of the case and of the runs.
    kind : str
        What plans are worth: the objective of the first run.
    difference : Effect or None
        What the second is worth more than the first, by the best plans known; None where the measure of the
        first cannot judge it.
    parts : tuple of Part
        They add up to the difference, but where they are unknown.
    departures : tuple of Departure
        In the order of the table of programmes.
    mixes : tuple of Mix
        All that were sought, the first run first, the second last.
    orders, asked : int
        Orders that count, and how many there would be if each mix had a plan.
    exact : bool
        Whether those asked are all that there are.
    versions : tuple of str
        Packages that computed one of the runs in another version than this one.
    """

    case: str
    first: str
    second: str
    kind: str
    difference: Effect | None
    parts: tuple[Part, ...]
    departures: tuple[Departure, ...]
    mixes: tuple[Mix, ...]
    orders: int
    asked: int
    exact: bool
    versions: tuple[str, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """One row a part: ``change``, ``verdict``, ``standard_error``; value, low and high of each effect."""
        return pd.DataFrame([_row(part) for part in self.parts])


def _row(part: Part) -> dict[str, object]:
    row: dict[str, object] = {"change": part.change, "verdict": part.verdict}
    for name, effect in (("effect", part.effect), ("least", part.least), ("most", part.most)):
        figures = (None, None, None) if effect is None else (effect.value, effect.low, effect.high)
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), figures, strict=True))
    return {**row, "standard_error": part.standard_error}
