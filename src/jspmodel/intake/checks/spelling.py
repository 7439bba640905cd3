"""Words that one table names and another has written otherwise: the two would not count as one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jspmodel.errors import Problem
from jspmodel.intake.draft import Draft
from jspmodel.intake.named_codes import plain_name
from jspmodel.measure import records

_NAMED = (
    ("spending_rules", "urusan", "programs", "urusan"),
    ("spending_rules", "spending_kind", "programs", "spending_kind"),
    ("spending_rules", "fund_kind", "funds", "kind"),
    ("required_documents", "fund_kind", "funds", "kind"),
)
"""A column of words, and that of the table in which it means rows."""


def check_spelling(draft: Draft) -> Iterator[Problem]:
    """Check that no word that means rows of another table differs there in capitals or blanks alone."""
    for table, column, other, meant in _NAMED:
        known = set(draft[other][meant]) - {""}
        for index, (word,) in enumerate(records(draft[table], column)):
            if alike := spelt_otherwise(word, known):
                values = {"value": word, "others": alike, "place": f"{other}.csv"}
                yield draft.problem("spelt_otherwise", table, index, column, **values)


def spelt_otherwise(word: str, known: Collection[str]) -> list[str]:
    """Return the words that differ from one in capitals and blanks alone."""
    return sorted(found for found in known if found != word and plain_name(found) == plain_name(word))
