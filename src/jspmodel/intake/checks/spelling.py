"""Words that one table names and another has written otherwise: the two would not count as one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jspmodel.errors import Problem
from jspmodel.intake.draft import Draft
from jspmodel.intake.named_codes import plain_name
from jspmodel.measure import records


def check_counted_words(draft: Draft) -> Iterator[Problem]:
    """Check that what a spending rule counts is written as programmes have it."""
    for column in ("urusan", "spending_kind"):
        yield from _check(draft, ("spending_rules", column), ("programs", column))


def check_paying_kinds(draft: Draft) -> Iterator[Problem]:
    """Check that the kind of funds of a spending rule is written as funds have it."""
    yield from _check(draft, ("spending_rules", "fund_kind"), ("funds", "kind"))


def check_requiring_kinds(draft: Draft) -> Iterator[Problem]:
    """Check that the kind of funds that requires a document is written as funds have it."""
    yield from _check(draft, ("required_documents", "fund_kind"), ("funds", "kind"))


def _check(draft: Draft, named: tuple[str, str], meant: tuple[str, str]) -> Iterator[Problem]:
    """Find words of a column that differ from those of another, which they mean, in capitals or blanks."""
    (table, column), (other, there) = named, meant
    known = set(draft[other][there]) - {""}
    for index, (word,) in enumerate(records(draft[table], column)):
        if alike := spelt_otherwise(word, known):
            values = {"value": word, "others": alike, "place": f"{other}.csv"}
            yield draft.problem("spelt_otherwise", table, index, column, **values)


def spelt_otherwise(word: str, known: Collection[str]) -> list[str]:
    """Return the words that differ from one in capitals and blanks alone."""
    return sorted(found for found in known if found != word and plain_name(found) == plain_name(word))
