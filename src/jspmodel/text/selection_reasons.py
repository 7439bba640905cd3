"""Reasons in words: why a programme is or is not in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jspmodel.text.labels import listed, short_names
from jspmodel.text.numbers import money, number
from jspmodel.text.wording import all_wording, say

if TYPE_CHECKING:
    from jspmodel.case import Case
    from jspmodel.scenario import Language

_MONEY = {"short", "cost", "own_short"}
_NAMED = {"program", "agency", "spending_rule", "staff_kind"}
_FEW = 4
"""Regions that a reason names; of more it tells how many."""


def reason_names(case: Case, language: Language) -> dict[str, str]:
    """Return what reasons name by code: agencies, rules, programmes, ``region:`` and ``document:`` and code.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    dict of str to str
    """
    programs = {code: f"{code} {name}" for code, name in case.names("programs", language).items()}
    regions = {f"region:{code}": name for code, name in short_names(case).items()}
    rules = case.names("spending_rules", language)
    documents = {f"document:{code}": name for code, name in case.names("documents", language).items()}
    staff = case.names("staff_kinds", language)
    return {**regions, **documents, **staff, **rules, **case.names("agencies", language), **programs}


def reason_text(
    reason: str,
    values: Mapping[str, str | float | int],
    language: Language,
    names: Mapping[str, str] | None = None,
) -> str:
    r"""Return a reason in words.

    Parameters
    ----------
    reason : str
        Code of the reason.
    values : mapping of str to value
        What fills the wording: ``short``, ``own_short`` and ``cost`` in Rp billion, other fractions in the
        unit of the objective, whole numbers and codes as they are.
    language : {"id", "en"}
    names : mapping of str to str, optional
        What people call programmes and agencies, by code (``reason_names``); a code without a name stands
        for itself.

    Returns
    -------
    str

    Examples
    --------
    >>> reason_text("needs_other", {"program": "P01"}, "en", {"P01": "One data portal"})
    'Its prerequisite, One data portal, is not selected.'
    >>> told = reason_text("money", {"short": 1.25, "gain": 0.4, "cost": 12.0}, "id")
    >>> told.replace("\N{NO-BREAK SPACE}", " ").partition(":")[0]
    'Di samping program terpilih, dana yang diperbolehkan kurang Rp1,2 miliar dari Rp12 miliar'
    """
    known = names or {}
    places = {key: _place(key, value, language, known) for key, value in values.items()}
    if "short" in values:
        places["where"] = _where_short(values, language, known)
    return say(f"reason.{reason}", language, **places)


def _where_short(
    values: Mapping[str, str | float | int], language: Language, names: Mapping[str, str]
) -> str:
    """Return for which regions, start and years money is short; plans of earlier versions do not say."""
    if "start" not in values:
        return say("report.lacks_unknown", language)
    codes = str(values["regions"]).split()
    if 0 < len(codes) <= _FEW:
        regions = listed((names.get(f"region:{code}", code) for code in codes), language)
    else:
        regions = say(f"report.lacks_{'many' if codes else 'whole'}", language, n=len(codes))
    years = listed(str(values["years"]).split(), language)
    return say("report.lacks_known", language, regions=regions, start=values["start"], years=years)


def remedy_text(
    reason: str,
    values: Mapping[str, str | float | int],
    language: Language,
    names: Mapping[str, str] | None = None,
) -> str:
    """Return in words what would bring in a programme that is not in a plan.

    Parameters
    ----------
    reason : str
        Code of the reason why it is not.
    values, language, names
        As for ``reason_text``.

    Returns
    -------
    str

    Examples
    --------
    >>> remedy_text("coalition_regions", {"needed": 4.0, "possible": 3}, "en")
    'Win more regions, up to 4.'
    """
    known = names or {}
    places = {key: _place(key, value, language, known) for key, value in values.items()}
    return say(f"remedy.{reason}", language, **places)


def _place(key: str, value: str | float | int, language: Language, names: Mapping[str, str]) -> str:
    if key in _MONEY:
        return money(float(value), language)
    if key == "rules":
        # A rule of somebody's own is called by its name.
        titles = (all_wording(language).get(f"rule.{name}", name) for name in str(value).split())
        return listed(titles, language)
    if key == "documents":
        return listed((names.get(f"document:{code}", code) for code in str(value).split()), language)
    if key == "bearers":
        return listed((names.get(f"region:{code}", code) for code in str(value).split()), language)
    if key in _NAMED:
        return names.get(str(value), str(value))
    if not isinstance(value, float):
        return str(value)
    return number(value, language, 0 if key != "gain" and value == int(value) else 2)
