"""Who should work together, through whom, and who pays what: graph, coalitions, roles, money."""

from jspmodel.collaboration.channels import certainty_shares, money_channels
from jspmodel.collaboration.coalitions import find_coalitions
from jspmodel.collaboration.graph import collaboration_graph
from jspmodel.collaboration.network import read_network
from jspmodel.collaboration.partners import find_partners
from jspmodel.collaboration.roles import agency_roles
from jspmodel.collaboration.systems import review_systems
from jspmodel.collaboration.thresholds import coalition_thresholds

__all__ = [
    "agency_roles",
    "certainty_shares",
    "coalition_thresholds",
    "collaboration_graph",
    "find_coalitions",
    "find_partners",
    "money_channels",
    "read_network",
    "review_systems",
]
