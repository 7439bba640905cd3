"""Wordings: the same keys and places in both languages, and one for every problem that can come up."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import jspmodel
from jspmodel.intake.settings import CODES
from jspmodel.proof import NOT_FOUND
from jspmodel.selection.infeasibility import Tried
from jspmodel.selection.rules import RELAXATIONS
from jspmodel.text import LANGUAGES, all_wording, default_language, say
from jspmodel.workbook import QUESTIONS, created

SOURCE = Path(jspmodel.__file__).parent
SECTIONS = sorted(path.stem for path in (SOURCE / "text" / "id").glob("*.toml"))


def places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def keys(language, section):
    return {key for key in all_wording(language) if key.startswith(f"{section}.")}


def test_both_languages_have_the_same_sections():
    assert sorted(path.stem for path in (SOURCE / "text" / "en").glob("*.toml")) == SECTIONS
    assert "problem" in SECTIONS


@pytest.mark.parametrize("section", SECTIONS)
def test_both_languages_have_the_same_keys_and_places(section):
    assert keys("id", section) == keys("en", section)
    for key in keys("id", section):
        assert places(all_wording("id")[key]) == places(all_wording("en")[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wording_is_blank(language):
    assert not [key for key, text in all_wording(language).items() if not text.strip()]


@cache
def problem_codes():
    """Return every problem code that stands in the source, by where it stands."""
    makers = {
        "Problem": 0,
        "setting_problem": 1,
        "problem": 0,
        "unreadable_file": 0,
        "refusal": 0,
        "_refused": 0,
        "_odd": 0,
        "_question": 0,
        "Flaw": 0,
        "_error": 1,
        "_FlawedError": 0,
        "_UnusableError": 0,
        "_tell": 1,
        "RefusedFileError": 0,
        "RefusedBookError": 0,
        "unreadable_run": 1,
    }
    found = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                place = makers.get(name)
                if place is not None and len(node.args) > place:
                    for code in texts(node.args[place]):
                        found[code] = f"{path.relative_to(SOURCE)}:{node.lineno}"
    return found


def texts(node):
    """Return the texts that an expression may be: a text, or a choice between two."""
    if isinstance(node, ast.IfExp):
        return [*texts(node.body), *texts(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


RETURNED = {*created._MOST, *QUESTIONS, "code_as_date", "code_as_power", "code_as_number", NOT_FOUND, *CODES}
"""Codes that functions return, before a problem is made of them."""
CLASHES = {f"{part}_{kind}" for part in ("clash", "way") for kind in RELAXATIONS}
"""Codes made of the kind of a rule: what clashes, and what would give way."""
CLASHES |= {f"tried_{kind}" for kind in get_args(Tried)}
CLASHES |= {
    "clash",
    "clash_of_one",
    "clash_not_reduced",
    "clash_budgets",
    "ways_alone",
    "clash_own_rule",
    "way_own_rule",
    "ways_here",
    "floor_comes_after",
    "ways_together",
    "way_budgets",
}


def test_every_problem_in_the_source_is_worded():
    codes = problem_codes()
    assert len(codes) > 80
    missing = {code: place for code, place in codes.items() if f"problem.{code}" not in all_wording("id")}
    assert not missing
    assert not [code for code in RETURNED | CLASHES if f"problem.{code}" not in all_wording("id")]


def test_every_wording_of_a_problem_is_used():
    worded = {key.removeprefix("problem.") for key in keys("id", "problem")}
    assert not {
        key for key in worded - set(problem_codes()) - RETURNED - CLASHES if not key.startswith("listing")
    }


def test_saying_fills_the_places():
    assert say("problem.listing_row", "en", row=3) == "row 3"
    with pytest.raises(KeyError):
        say("problem.listing_row", "en")
    with pytest.raises(KeyError):
        say("problem.no_such_wording", "en")


@pytest.mark.parametrize(("chosen", "language"), [("en", "en"), ("EN_US", "en"), ("id", "id"), ("jv", "id")])
def test_the_default_language_can_be_chosen(monkeypatch, chosen, language):
    monkeypatch.setenv("JSPMODEL_LANGUAGE", chosen)
    assert default_language() == language


@pytest.mark.parametrize(
    ("names", "language"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "id_ID"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_a_locale_that_is_asked_for_counts_also_where_it_is_not_installed(monkeypatch, names, language):
    for name in ("JSPMODEL_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda: ("en_US", "UTF-8"))
    assert default_language() == language
