"""What the tests of all objectives hold, one file each."""

from __future__ import annotations

from importlib import import_module

from jspmodel.selection.objectives import OBJECTIVES

MODULES = {one.name: import_module(f"selection.objectives.test_{one.name}") for one in OBJECTIVES}
"""The file of tests of each objective."""
