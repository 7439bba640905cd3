"""What a plan would do to the indicators: the optimiser's own measure, and many uncertain futures.

``simulate`` tells the optimiser's measure in the indicators' units; ``simulate_futures`` adds trend,
spillover, interaction and uncertainty. Formulas and sources: docs/simulation.md.
"""

from jspmodel.simulation.futures import Expected, Futures, median_impacts, simulate_futures
from jspmodel.simulation.outcome import Outcome, simulate
from jspmodel.simulation.plan_comparison import explain_promise, regret
from jspmodel.simulation.ppi import compare_with_ppi
from jspmodel.simulation.punctuality import Punctuality, punctuality
from jspmodel.simulation.series import ENOUGH
from jspmodel.simulation.streams import PARTS
from jspmodel.simulation.summary import LIKELY

__all__ = [
    "ENOUGH",
    "LIKELY",
    "PARTS",
    "Expected",
    "Futures",
    "Outcome",
    "Punctuality",
    "compare_with_ppi",
    "explain_promise",
    "median_impacts",
    "punctuality",
    "regret",
    "simulate",
    "simulate_futures",
]
