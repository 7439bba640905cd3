"""Both languages say the same things."""

import string

import pytest

from jspmodel.selection.rules import RULES
from jspmodel.text import LANGUAGES, all_wording


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_equal_keys():
    assert set(all_wording("id")) == set(all_wording("en"))


@pytest.mark.parametrize("key", sorted(all_wording("id")))
def test_equal_places_and_nothing_empty(key):
    texts = [all_wording(language)[key] for language in LANGUAGES]
    assert all(text.strip() for text in texts)
    assert places(texts[0]) == places(texts[1])


def test_every_rule_of_the_audit_has_a_name():
    for section in ("rule", "breach", "mend"):
        assert {f"{section}.{name}" for name in (rule.name for rule in RULES)} <= set(all_wording("id"))
