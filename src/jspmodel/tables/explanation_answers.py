"""All that is known of why a plan is as it is, in the order in which its readers ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import Answer
from jspmodel.tables.budget_step_tables import frontier_steps_answer
from jspmodel.tables.customary_tables import customary_answer
from jspmodel.tables.hedging_tables import hedges_answer
from jspmodel.tables.importance_tables import alternatives_answer, forced_in_answer, importance_answer
from jspmodel.tables.nested_tables import nested_answer
from jspmodel.tables.robust_portfolio_tables import core_answer
from jspmodel.tables.tradeoff_tables import tradeoff_answer
from jspmodel.tables.two_stage_tables import two_stage_answer
from jspmodel.tables.uncertain_effect_tables import certainty_answer
from jspmodel.tables.why_not_tables import why_not_answer

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation


def explanation_answers(case: Case, plan: Plan, found: Explanation, language: Language) -> Iterator[Answer]:
    """Yield the answers to the questions that were asked.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation
    language : {"id", "en"}

    Yields
    ------
    Answer
    """
    yield importance_answer(case, plan, found, language)
    yield forced_in_answer(case, plan, found, language)
    for field, answer in (
        # Where every proposal is in the plan, the answer before has said so.
        (found.why_not if found.why_not and found.why_not.programs else None, why_not_answer),
        (found.nested, nested_answer),
        (found.frontier, frontier_steps_answer),
        (found.tradeoff, tradeoff_answer),
        (found.alternatives, alternatives_answer),
        (found.roles, core_answer),
        (found.certainty, certainty_answer),
        (found.maximin, hedges_answer),
        (found.two_stage, two_stage_answer),
        (found.customary, customary_answer),
    ):
        if field is not None:
            yield answer(case, plan, found, language)
