"""Which agency does what for the plan."""

from __future__ import annotations

from jspmodel.collaboration import agency_roles
from jspmodel.pages import Fragment
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.tables import role_overview


def roles(decision: Decision, language: Language) -> Fragment | None:
    """Return which agency serves which dimension, and owns, proposes and digitalises what of the plan.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no agency is said to serve a dimension.
    """
    case = decision.case
    if case.agency_dimensions.empty:
        return None
    return role_overview(case, agency_roles(case, decision.scenario, decision.plan), language)
