"""What the tests of all rules hold, one file each."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from jspmodel.selection.rules import RULES

NAMES = tuple(rule.name for rule in RULES)


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
