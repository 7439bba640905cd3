"""Runs: what went in and came out is recorded, kept, found again; notebooks are executed."""

from jspmodel import grammars  # noqa: F401 (before nbformat)
