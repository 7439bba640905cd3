"""Which families of constraints a test works out on paper: read by ``test_rows``."""

from __future__ import annotations


def on_paper(*families):
    """Mark a test as a problem whose answer is worked out on paper, for these families (by name)."""

    def marked(test):
        test.on_paper = frozenset(families)
        return test

    return marked


def worked_out(*modules):
    """Return all families that tests of some modules work out on paper."""
    return {
        family
        for module in modules
        for test in vars(module).values()
        for family in getattr(test, "on_paper", ())
    }
