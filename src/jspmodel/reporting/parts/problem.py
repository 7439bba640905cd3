"""Persoalan: which strategic issues, in which order, and why."""

from __future__ import annotations

import pandas as pd

from jspmodel.charts.message import Table
from jspmodel.reporting.decision import Decision
from jspmodel.reporting.html import Fragment, fragment, table
from jspmodel.reporting.parts.figures import case_title
from jspmodel.scenario import Language
from jspmodel.text.numbers import number, percent
from jspmodel.text.wording import say


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
    ranking = decision.ranking
    return fragment(
        "problem",
        say("report.problem", language),
        language,
        question=_question(decision, language),
        counting=_counting(ranking, language),
        ranking=_table(decision, language),
        scored=not decision.case.issue_scores.empty,
    )


def _question(decision: Decision, language: Language) -> str:
    case = decision.case
    return say(
        "report.question",
        language,
        case=case_title(decision, language),
        programs=len(case.programs),
        regions=len(case.regions),
        funds=len(case.funds),
    )


def _counting(ranking: pd.DataFrame, language: Language) -> str:
    counting = int(ranking["counts"].sum())
    key = "report.counting_all" if counting == len(ranking) else "report.counting_some"
    return say(key, language, n=counting, all=len(ranking))


def _table(decision: Decision, language: Language) -> Table:
    case, names = decision.case, decision.case.names("issues", language)
    dimension = dict(zip(case.issues["issue"], case.issues["dimension"], strict=True))
    dimensions = case.names("dimensions", language)
    usg = decision.ranking["usg"].notna().any()
    keys = ["rank", "issue", "dimension", "score", "score_range", "weight", "rank_equal"]
    rows = [
        [
            str(row.rank),
            names[row.issue],
            dimensions.get(dimension[row.issue], ""),
            number(row.score, language, 2),
            f"{number(row.low, language, 2)}–{number(row.high, language, 2)}",
            percent(row.weight, language) if row.counts else say("report.not_counted", language),
            str(row.rank_equal_weights),
            *([number(row.usg, language, 1)] if usg else []),
        ]
        for row in decision.ranking.itertuples()
    ]
    return table([*keys, *(["usg"] if usg else [])], rows, language, numeric=set(keys[3:]) | {"usg"})
