"""What differs between runs, and what it did to the programmes."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from jspmodel.comparison.comparison import Comparison
from jspmodel.comparison.titles import first_title, program_names, region_names, run_titles, why
from jspmodel.pages import Fragment, fragment, lines
from jspmodel.scenario import Language
from jspmodel.text import Table, all_wording, number, say, shortest

_TELLING = 0.05
_MOST_DIGITS = 6
"""Of Rp billion: to Rp 1,000, so that two amounts that differ are never told alike."""
_SEEN = {"out", "in"}
"""Changes that everybody looks for; the others are folded."""
_IDLE = {"search", "simulation"}
"""Kinds of changes that are no cause of another plan but through the search."""


def comparison_causes(comparison: Comparison, language: Language) -> Fragment:
    """Return, for each run but the first, what went in otherwise, which programmes changed, and why.

    Parameters
    ----------
    comparison : Comparison
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    titles, first = run_titles(comparison, language), first_title(comparison, language)
    runs = [_run(comparison, row, titles, language) for row in comparison.differences.to_dict("records")]
    return fragment(
        "compared_causes",
        say("compare.causes", language),
        language,
        intro=say("compare.causes_intro", language, first=first),
        runs=runs,
    )


def _run(
    comparison: Comparison, gain: dict[str, Any], titles: dict[str, str], language: Language
) -> dict[str, Any]:
    run = gain["run"]
    title = titles[run]
    changes = comparison.changes[comparison.changes["run"] == run]
    moves = comparison.moves[comparison.moves["run"] == run]
    return {
        "title": title,
        "sentences": [
            text
            for text in (
                _worth(comparison, gain, language),
                cause(changes, language, taken_apart=run in comparison.attributions),
            )
            if text
        ],
        "changes": changes_table(comparison, changes, title, language),
        "changes_caption": say("compare.changes_caption", language, run=title),
        "no_moves": "" if gain["verdict"] == "no_plan" else say("compare.no_moves", language),
        "moves": moves_table(comparison, moves[moves["kind"].isin(_SEEN)], language),
        "moves_caption": say("compare.moves_caption", language, run=title),
        "shifts": moves_table(comparison, moves[~moves["kind"].isin(_SEEN)], language, reasons=False),
        "shifts_caption": say("compare.shifts_caption", language, run=title),
    }


def _worth(comparison: Comparison, gain: dict[str, Any], language: Language) -> str:
    change = gain["worth"]
    if gain["verdict"] == "no_plan":
        return say("compare.verdict_no_plan", language) + "."
    if change != change:
        return ""
    if abs(change) < _TELLING:
        return say("compare.worth_same", language)
    key = f"compare.{'more' if change > 0 else 'less'}_{comparison.runs['kind'].iloc[0]}"
    return say(key, language, difference=number(abs(change), language, 1))


def cause(changes: pd.DataFrame, language: Language, *, taken_apart: bool = False) -> str:
    """Return in a sentence whether a difference between plans has one cause, or how to take it apart."""
    telling = changes[~changes["kind"].isin(_IDLE)]
    if telling.empty:
        return say("compare.cause_none", language)
    if len(telling) > 1:
        key = "compare.cause_many_parts" if taken_apart else "compare.cause_many"
        return say(key, language, n=len(telling))
    return say("compare.cause_one", language, what=setting_name(telling["key"].iloc[0], language))


def changes_table(comparison: Comparison, changes: pd.DataFrame, title: str, language: Language) -> Table:
    """Return the settings, tables and versions that differ."""
    first = first_title(comparison, language)
    headings = (
        say("compare.column_what", language),
        say("compare.column_before", language, first=first),
        say("compare.column_after", language, run=title),
        say("compare.column_sort", language),
    )
    rows = [
        (
            _what(row.key, language),
            value(row.before, row.kind, language),
            value(row.after, row.kind, language),
            say(f"compare.kind_{row.kind}", language),
        )
        for row in changes.itertuples()
    ]
    return Table(headings, tuple(rows), (False,) * 4)


def moves_table(
    comparison: Comparison, moves: pd.DataFrame, language: Language, *, reasons: bool = True
) -> Table:
    """Return the programmes that changed, one row each, with the recorded reason."""
    names = program_names(comparison, language)
    keys = ("program", "change", "reason") if reasons else ("program", "change")
    rows = []
    for program, mine in moves.groupby("program", sort=False):
        found = mine.to_dict("records")
        told = [text for move in found for text in change(comparison, move, language)]
        why = lines(text for move in found if (text := reason(comparison, move, language)))
        rows.append((names[str(program)], lines(told), why)[: len(keys)])
    headings = tuple(say(f"compare.column_{key}", language) for key in keys)
    return Table(headings, tuple(rows), (False,) * len(keys))


def change(comparison: Comparison, move: dict[str, Any], language: Language) -> list[str]:
    """Return in words what happened to a programme."""
    if move["kind"] != "regions":
        return [say(f"compare.move_{move['kind']}", language, before=move["before"], after=move["after"])]
    names, before, after = region_names(comparison), move["before"], move["after"]
    more = [names.get(region, region) for region in after if region not in before]
    fewer = [names.get(region, region) for region in before if region not in after]
    return [
        say(f"compare.move_regions_{way}", language, regions=", ".join(regions))
        for way, regions in (("in", more), ("out", fewer))
        if regions
    ]


def reason(comparison: Comparison, move: dict[str, Any], language: Language) -> str:
    """Return why a programme is not in that one of the two runs which does not have it; empty elsewhere."""
    if not move["reason"]:
        return ""
    told = why(comparison, move["reason"], move["values"], language)
    if move["kind"] == "out":
        return told
    return say("compare.why_in", language, first=first_title(comparison, language), reason=told)


def value(given: Any, kind: str, language: Language) -> str:
    """Return a setting's value, a file's fingerprint or a version as people read it."""
    if given is None or given == [] or (isinstance(given, float) and given != given):
        return say("compare.absent_value", language)
    if kind in {"table", "measure_table"}:
        return say("compare.file_changed", language, sha=given)
    if kind == "money":
        return say("compare.amount", language, amount=shortest(given, language, _MOST_DIGITS))
    if isinstance(given, bool):
        return say("compare.yes" if given else "compare.no", language)
    if isinstance(given, float):
        return number(given, language, 0 if given == int(given) else 2)
    if isinstance(given, list):
        return ", ".join(_item(item) for item in given)
    return str(given)


def _item(item: Any) -> str:
    return str(item["program"]) if isinstance(item, dict) else str(item)


def _what(key: str, language: Language) -> str:
    """Return a setting in words with its key; the name of a file or package as it is."""
    code, name = Markup("<code>{}</code>").format(key), setting_name(key, language)
    return code if name == key else Markup("{} ({})").format(name, code)


def setting_name(key: str, language: Language) -> str:
    """Return a setting in words; the name of a file or package as it is."""
    return all_wording(language).get(f"compare.set_{key.split('.')[0]}", key)
