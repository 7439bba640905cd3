"""Both languages say the same things."""

import string

from jspmodel.selection.rules import RULES
from jspmodel.text import LANGUAGES, all_wording


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_equal_keys():
    assert set(all_wording("id")) == set(all_wording("en"))


def test_equal_places_and_nothing_empty():
    texts = {key: [all_wording(language)[key] for language in LANGUAGES] for key in all_wording("id")}
    assert [key for key, both in texts.items() if not all(text.strip() for text in both)] == []
    assert [key for key, (one, other) in texts.items() if places(one) != places(other)] == []


def test_every_rule_of_the_audit_has_a_name():
    for section in ("rule", "breach", "mend"):
        assert {f"{section}.{name}" for name in (rule.name for rule in RULES)} <= set(all_wording("id"))
