"""Who should work together, through whom, and who pays what: graph, coalitions, roles, money."""

from jspmodel.collaboration.channels import certainty_shares, money_channels
from jspmodel.collaboration.coalitions import find_coalitions
from jspmodel.collaboration.games import CostGame, in_core, nucleolus, objection, shapley
from jspmodel.collaboration.graph import collaboration_graph
from jspmodel.collaboration.network import read_network
from jspmodel.collaboration.partners import find_partners
from jspmodel.collaboration.roles import agency_roles
from jspmodel.collaboration.sharing import share_costs
from jspmodel.collaboration.systems import review_systems
from jspmodel.collaboration.thresholds import coalition_thresholds

__all__ = [
    "CostGame",
    "agency_roles",
    "certainty_shares",
    "coalition_thresholds",
    "collaboration_graph",
    "find_coalitions",
    "find_partners",
    "in_core",
    "money_channels",
    "nucleolus",
    "objection",
    "read_network",
    "review_systems",
    "shapley",
    "share_costs",
]
