"""What plans for several futures are sought for: the mean of their worths, that of the worst, or both."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from jspmodel.reproducible import dot
from jspmodel.solver.matrix import NOISE, Array


def conditional_value_at_risk(worths: Array, chances: Array, tail: float) -> float:
    r"""Return the mean of the worst part of what may happen (CVaR of gains).

    .. math:: \text{CVaR} = \max_\eta \Bigl( \eta - \frac{1}{\beta} \sum_d \pi_d \max(0, \eta - z_d) \Bigr)

    with the tail beta = 1 - alpha (Rockafellar and Uryasev, "Optimization of conditional value-at-risk",
    Journal of Risk 2, 2000). The maximum is reached where the futures that are worse add up to the tail, so
    that it is the mean of the worst ones, the last of which counts in part.

    Parameters
    ----------
    worths : array, shape (futures,)
    chances : array, shape (futures,)
        They add up to 1.
    tail : float
        Above 0; 1 is the mean of all.

    Returns
    -------
    float

    Examples
    --------
    >>> conditional_value_at_risk(np.array([10.0, 20.0, 40.0]), np.array([0.25, 0.25, 0.5]), 0.5)
    15.0
    """
    eta = value_at_risk(worths, chances, tail)
    return eta - dot(chances, np.maximum(0.0, eta - worths)) / tail


def value_at_risk(worths: Array, chances: Array, tail: float) -> float:
    """Return the least worth up to which the futures add up to the tail."""
    order = np.argsort(worths, kind="stable")
    place = int(np.searchsorted(np.cumsum(chances[order]), tail - NOISE))
    return float(worths[order[min(place, len(order) - 1)]])


@dataclass(frozen=True)
class RiskAversion:
    r"""What is maximised over futures: (1 - weight) mean + weight CVaR, with a CVaR of at least so much.

    Attributes
    ----------
    weight : float
        From 0, the mean alone, to 1.
    tail : float
        Share of the worst futures of which CVaR is the mean, above 0.
    least : float
        What CVaR must reach; ``-inf``: anything.
    """

    weight: float = 0.0
    tail: float = 1.0
    least: float = -inf

    @property
    def has_tail(self) -> bool:
        """Whether the worst futures count more than the others."""
        return self.weight > 0 or self.least > -inf

    def cvar(self, worths: Array, chances: Array) -> float:
        """Return the mean of the worst part."""
        return conditional_value_at_risk(worths, chances, self.tail)

    def value(self, worths: Array, chances: Array) -> float:
        """Return what is maximised; it never falls where a worth rises."""
        if not self.has_tail:
            return float(dot(chances, worths))
        return float((1 - self.weight) * dot(chances, worths) + self.weight * self.cvar(worths, chances))

    def allows(self, worths: Array, chances: Array, tolerance: float) -> bool:
        """Return whether CVaR reaches what it must, but for a tolerance."""
        return self.least == -inf or self.cvar(worths, chances) >= self.least - tolerance - NOISE
