"""What is right whatever the effects turn out to be, and plans that hedge against them."""

from jspmodel.selection.postoptimal.uncertain_effects.effect_scenarios import EffectScenario, effect_scenarios
from jspmodel.selection.postoptimal.uncertain_effects.largest_regret import Witness
from jspmodel.selection.postoptimal.uncertain_effects.minimax_regret import (
    HedgedPlan,
    ScenarioWorth,
    maximin_plan,
    minimax_regret_plan,
)
from jspmodel.selection.postoptimal.uncertain_effects.surely_in import (
    Certainty,
    ProgramCertainty,
    surely_in,
    wilson_interval,
)

__all__ = [
    "Certainty",
    "EffectScenario",
    "HedgedPlan",
    "ProgramCertainty",
    "ScenarioWorth",
    "Witness",
    "effect_scenarios",
    "maximin_plan",
    "minimax_regret_plan",
    "surely_in",
    "wilson_interval",
]
