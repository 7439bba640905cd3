"""What tests ask of problems."""

from __future__ import annotations

from jspmodel.text import words
from tiny import tiny_tables


def edited(table, old, new):
    """Return the tiny tables with one piece of text replaced, which must stand there once."""
    tables = tiny_tables()
    assert tables[table].count(old) == 1, f"{old!r} must stand once in {table}"
    tables[table] = tables[table].replace(old, new)
    return tables


def found(problems):
    """Return code, file, row and column of each problem."""
    return [(problem.code, problem.file, problem.row, problem.column) for problem in problems]


def assert_worded(problems):
    """Make sure that each problem can be told in both languages."""
    for problem in problems:
        assert words(problem, "id") != words(problem, "en")
