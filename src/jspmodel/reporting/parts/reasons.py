"""Why a programme is or is not in the plan, as a sentence."""

from __future__ import annotations

from jspmodel.case import Case
from jspmodel.plan import PlannedProgram
from jspmodel.scenario import Language
from jspmodel.text.numbers import money, number
from jspmodel.text.wording import say

_MONEY = {"cost", "short"}
_AS_THEY_ARE = {"last_year"}


def reason_sentence(item: PlannedProgram, case: Case, language: Language) -> str:
    """Return the reason of a programme in words.

    Parameters
    ----------
    item : PlannedProgram
    case : Case
    language : {"id", "en"}

    Returns
    -------
    str
        Codes of programmes and agencies come with their names, amounts with their unit.
    """
    values = {key: _shown(key, value, case, language) for key, value in item.reason_values.items()}
    return say(f"reason.{item.reason}", language, **values)


def _shown(key: str, value: str | float, case: Case, language: Language) -> str:
    if key == "program":
        return f"{value} {case.names('programs', language).get(str(value), '')}".strip()
    if key == "agency":
        return case.names("agencies", language).get(str(value), str(value))
    if isinstance(value, str) or key in _AS_THEY_ARE:
        return str(value)
    return money(value, language) if key in _MONEY else _figure(value, language)


def _figure(value: float, language: Language) -> str:
    digits = 0 if value == round(value) else 2 if abs(value) >= 0.01 else 4
    return number(value, language, digits)
