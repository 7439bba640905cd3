"""Persoalan: which strategic issues, in which order, and why."""

from __future__ import annotations

import pandas as pd

from jspmodel.pages import Fragment, fragment
from jspmodel.report.decision import Decision
from jspmodel.report.shared_wording import case_title
from jspmodel.scenario import Language
from jspmodel.tables import area_type_sentences, issue_weights_by_type, ranked_table
from jspmodel.text import say


def problem(decision: Decision, language: Language) -> Fragment:
    """Return the question and the ranked issues.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    ranking, given = decision.ranking, (decision.case, decision.scenario, language)
    return fragment(
        "problem",
        say("report.problem", language),
        language,
        question=_question(decision, language),
        own=decision.case.question.get(language, ""),
        counting=_counting(ranking, language),
        ranking=ranked_table(decision.case, ranking, language),
        by_type=issue_weights_by_type(*given),
        types=[*area_type_sentences(*given), say("area_type.report_note", language)],
        by_type_caption=say("area_type.issues_caption", language),
        scored=not decision.case.issue_scores.empty,
    )


def _question(decision: Decision, language: Language) -> str:
    case = decision.case
    return say(
        "report.question",
        language,
        case=case_title(decision, language),
        programs=decision.plan.proposed,
        regions=len(case.regions),
        funds=len(case.funds),
    )


def _counting(ranking: pd.DataFrame, language: Language) -> str:
    counting = int(ranking["counts"].sum())
    key = "report.counting_all" if counting == len(ranking) else "report.counting_some"
    told = say(key, language, n=counting, all=len(ranking))
    if len(ranking) < 2 or ranking["score"].nunique() > 1:
        return told
    return f"{told} {say('report.not_ranked', language)}"
