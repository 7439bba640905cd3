"""Where no plan keeps all rules: an irreducible set of those that clash, ways out, and how both are told."""

from jspmodel.selection.infeasibility.irreducible import Explainer, deletion_filter
from jspmodel.selection.infeasibility.refusals import (
    EXPLAIN,
    Tried,
    clash,
    explained,
    hopeless_locks,
    not_found,
    refuse,
)
from jspmodel.selection.infeasibility.soft import Soft

__all__ = [
    "EXPLAIN",
    "Explainer",
    "Soft",
    "Tried",
    "clash",
    "deletion_filter",
    "explained",
    "hopeless_locks",
    "not_found",
    "refuse",
]
