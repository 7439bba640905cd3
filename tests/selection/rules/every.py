"""What the tests of all rules hold, one file each."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from jspmodel.selection.rules import RULES

HERE = Path(__file__).parent
MISSING = tuple(rule.name for rule in RULES if not (HERE / f"test_{rule.name}.py").is_file())
"""Rules without a file of tests: one test says so, the others go on."""
NAMES = tuple(rule.name for rule in RULES if rule.name not in MISSING)


@cache
def modules():
    """The file of tests of each rule."""
    return {name: import_module(f"selection.rules.test_{name}") for name in NAMES}


def merged(which):
    """Settings or rows that the files name, all together; no two name the same."""
    every = [getattr(module, which, {}) for module in modules().values()]
    together = {key: value for one in every for key, value in one.items()}
    assert len(together) == sum(map(len, every))
    return together


def marked(module, mark):
    """What the tests of a file are marked with."""
    return {name for test in vars(module).values() for name in getattr(test, mark, ())}
