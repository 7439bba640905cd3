"""What to call runs, programmes and regions in a comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from jspmodel.comparison.comparison import Comparison
from jspmodel.scenario import Language
from jspmodel.text import printable, reason_names, reason_text, say, short_names

_LONGEST = 80


def run_titles(comparison: Comparison, language: Language) -> dict[str, str]:
    """Return what people call each run: its scenario's title.

    Without what explains it behind a colon, if that still tells the runs apart; with its label where two have
    the same title.
    """
    found = zip(comparison.runs["run"], comparison.runs[f"title_{language}"], strict=True)
    titles = {run: printable(title, _LONGEST) for run, title in found}
    short = {run: _short(title) for run, title in titles.items()}
    if max(Counter(short.values()).values()) == 1:
        return short
    count = Counter(titles.values())
    return {run: title if count[title] == 1 else f"{title} ({run})" for run, title in titles.items()}


def _short(title: str) -> str:
    """Return a title without what explains it behind a colon; a run named by its changes stays whole."""
    head = title.partition(":")[0].strip()
    return title if not head or "=" in head else head


def first_title(comparison: Comparison, language: Language) -> str:
    """Return what people call the run that the others are compared with."""
    return next(iter(run_titles(comparison, language).values()))


def case_title(comparison: Comparison, language: Language) -> str:
    """Return what people call the case."""
    case = comparison.case
    return comparison.name if case is None else case.title.get(language) or case.title.get("id") or case.name


def program_names(comparison: Comparison, language: Language) -> dict[str, str]:
    """Return code and name of each programme; the code alone where the tables no longer have it."""
    known = {} if comparison.case is None else comparison.case.names("programs", language)
    codes = dict.fromkeys(comparison.programs["program"])
    return {code: f"{code} {known[code]}" if known.get(code, code) != code else code for code in codes}


def region_names(comparison: Comparison) -> dict[str, str]:
    """Return the short name of each region; its code where the tables no longer have it."""
    known = {} if comparison.case is None else short_names(comparison.case)
    return {code: known.get(code, code) for code in dict.fromkeys(comparison.regions["region"])}


def why(comparison: Comparison, reason: str, values: Mapping[str, Any], language: Language) -> str:
    """Return a recorded reason in words; its code where these words no longer fit it."""
    if reason == "not_proposed":
        return say("compare.not_proposed", language)
    names = program_names(comparison, language)
    if comparison.case is not None:
        names = {**reason_names(comparison.case, language), **names}
    try:
        return reason_text(reason, values, language, names)
    except (KeyError, TypeError, ValueError):
        return reason
