"""A certificate that a stranger can check: the plan in exact decimals, the bound from multipliers."""

from jspmodel.selection.postoptimal.certificate.certificate import Certificate, certify

__all__ = [
    "Certificate",
    "certify",
]
