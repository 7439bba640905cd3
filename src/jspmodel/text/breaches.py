"""Broken rules in words: where, by how much, and what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import format_decimal

from jspmodel.case import NAMED_IN, Case
from jspmodel.plan import Breach
from jspmodel.text.wording import say

if TYPE_CHECKING:
    from jspmodel.scenario import Language


def describe_breach(rule: str, breach: Breach, case: Case, language: Language) -> str:
    """Return where a rule is broken, and by how much.

    Parameters
    ----------
    rule : str
        As ``Check.rule``.
    breach : Breach
    case : Case
        Gives the names of the codes.
    language : {"id", "en"}

    Returns
    -------
    str
    """
    return _said("breach", rule, breach, case, language)


def describe_mend(rule: str, breach: Breach, case: Case, language: Language) -> str:
    """Return what in a plan would mend a broken rule, there where it is broken.

    Parameters
    ----------
    rule : str
        As ``Check.rule``.
    breach : Breach
    case : Case
        Gives the names of the codes.
    language : {"id", "en"}

    Returns
    -------
    str
    """
    return _said("mend", rule, breach, case, language)


def _said(words: str, rule: str, breach: Breach, case: Case, language: Language) -> str:
    places = {kind: _code_and_name(kind, code, case, language) for kind, code in breach.where.items()}
    digits = "###" if breach.amount >= 1e-3 else "######"
    amount = format_decimal(breach.amount, format=f"#,##0.{digits}", locale=language)
    return say(f"{words}.{rule}", language, where=", ".join(places.values()), amount=amount, **places)


def _code_and_name(kind: str, code: str, case: Case, language: Language) -> str:
    name = case.names(NAMED_IN[kind], language).get(code, code) if kind in NAMED_IN else code
    return code if name == code else f"{code} {name}"
