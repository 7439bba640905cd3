"""Runs of one case side by side: what they are worth, which programmes stay, what caused the difference."""

import lazy_loader

__getattr__, __dir__, _ = lazy_loader.attach_stub(__name__, __file__)

# What planners are shown; the rest of the stub is for commands.
__all__ = [
    "Attribution",
    "Comparison",
    "Departure",
    "Effect",
    "Mix",
    "Part",
    "Run",
    "attribute_difference",
    "compare",
    "comparison_attribution",
    "comparison_causes",
    "comparison_impact",
    "comparison_reading",
    "comparison_regions",
    "comparison_summary",
    "cut_budgets",
    "program_matrix",
    "rival_run",
]
