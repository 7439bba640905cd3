"""What a test of a rule shows: read by ``test_every_rule``."""

from __future__ import annotations


def _mark(name, values):
    def marked(test):
        setattr(test, name, frozenset(values))
        return test

    return marked


def on_paper(*families):
    """Mark a test as a problem whose answer is worked out on paper, for these families of rows (by name)."""
    return _mark("on_paper", families)


def clashing(*kinds):
    """Mark a test as one of a clash in which constraints of these kinds are told."""
    return _mark("clashing", kinds)


def reason(*codes):
    """Mark a test as one in which a refusal gives these reasons."""
    return _mark("reason", codes)
