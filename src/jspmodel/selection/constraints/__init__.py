"""Families of constraints: one function each, yielding (name, row)."""
