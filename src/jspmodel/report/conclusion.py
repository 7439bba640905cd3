"""Kesimpulan: what the plan achieves, for whom least, at what price, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.figures import Figures
from jspmodel.pages import Fragment, fragment
from jspmodel.report.decision import Decision
from jspmodel.report.executive_summary import caution, expectation, least_helped
from jspmodel.report.shared_wording import TELLING
from jspmodel.scenario import Language
from jspmodel.text import money, number, proof_sentence, say, short_names


def conclusion(decision: Decision, language: Language) -> Fragment:
    """Return the conclusion in a few sentences.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    told = decision.figures
    sentences = [
        _achieved(decision, told, language),
        *_least(decision, language),
        *_equity(decision, language),
        say(
            "report.conclude_left", language, n=told.proposed - told.selected, left=money(told.left, language)
        ),
        proof_sentence(decision.plan, language),
        caution(decision, language),
    ]
    title = say("report.conclusion", language)
    return fragment("conclusion", title, language, sentences=[sentence for sentence in sentences if sentence])


def _achieved(decision: Decision, told: Figures, language: Language) -> str:
    return say(
        f"report.conclude_{decision.plan.objective_kind}",
        language,
        n=told.selected,
        used=money(told.used, language),
        worth=number(decision.plan.objective, language, 1),
        **expectation(decision, language),
    )


def _least(decision: Decision, language: Language) -> Iterator[str]:
    region, expected = least_helped(decision)
    if region:
        yield say(
            "report.conclude_least",
            language,
            region=short_names(decision.case)[region],
            value=number(expected.median, language, 1),
            province=number(decision.expected.median, language, 1),
        )


def _equity(decision: Decision, language: Language) -> Iterator[str]:
    equity = decision.plan.equity
    if equity is not None:
        key = "report.conclude_equity" if equity.price >= TELLING else "report.conclude_equity_free"
        floor, price = number(equity.floor, language, 1), number(equity.price, language, 1)
        yield say(key, language, floor=floor, price=price)
