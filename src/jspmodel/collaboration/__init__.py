"""Who should work together, through whom, and who pays what: graph, coalitions, roles, money."""

from jspmodel.collaboration.accounts import Accounts, payer_accounts
from jspmodel.collaboration.channels import certainty_shares, fund_source, is_partner, money_channels
from jspmodel.collaboration.coalitions import Coalition, find_coalitions
from jspmodel.collaboration.games import CostGame, in_core, nucleolus, objection, shapley
from jspmodel.collaboration.graph import collaboration_graph
from jspmodel.collaboration.network import Network, issues_of, read_network
from jspmodel.collaboration.partners import Partners, find_partners
from jspmodel.collaboration.requirements import MissingRequirement
from jspmodel.collaboration.roles import Roles, agency_roles
from jspmodel.collaboration.sharing import METHODS, CostShares, share_costs
from jspmodel.collaboration.systems import Systems, review_systems
from jspmodel.collaboration.thresholds import Threshold, coalition_thresholds

__all__ = [
    "METHODS",
    "Accounts",
    "Coalition",
    "CostGame",
    "CostShares",
    "MissingRequirement",
    "Network",
    "Partners",
    "Roles",
    "Systems",
    "Threshold",
    "agency_roles",
    "certainty_shares",
    "coalition_thresholds",
    "collaboration_graph",
    "find_coalitions",
    "find_partners",
    "fund_source",
    "in_core",
    "is_partner",
    "issues_of",
    "money_channels",
    "nucleolus",
    "objection",
    "payer_accounts",
    "read_network",
    "review_systems",
    "shapley",
    "share_costs",
]
