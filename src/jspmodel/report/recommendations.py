"""Saran: the advice in a few sentences, as the memo's last part has it."""

from __future__ import annotations

from jspmodel.pages import Fragment, fragment
from jspmodel.report.advice import advice
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import say


def recommendations(decision: Decision, language: Language) -> Fragment:
    """Return what to decide; the page says it on its first screen, the memo here.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    title = say("report.recommendations", language)
    return fragment("recommendations", title, language, advice=advice(decision, language))
