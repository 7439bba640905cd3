"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.certificate import Certificate, certify

__all__ = ["Certificate", "certify"]
