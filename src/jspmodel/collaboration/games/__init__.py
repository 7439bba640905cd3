"""Cooperative cost games: what each of those who share a cost should pay, and who would rather leave.

A cost game says what every coalition of players would pay on its own. It comes as a mapping from coalition
(frozenset or tuple of players) to cost, or as a ``CostGame`` that computes costs when asked.
"""

from jspmodel.collaboration.games.core import Objection, in_core, objection
from jspmodel.collaboration.games.game import CostGame
from jspmodel.collaboration.games.nucleolus import nucleolus
from jspmodel.collaboration.games.shapley import Shares, shapley

__all__ = ["CostGame", "Objection", "Shares", "in_core", "nucleolus", "objection", "shapley"]
