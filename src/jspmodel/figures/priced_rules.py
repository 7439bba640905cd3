"""What rules cost, as it is told: their names and articles, what is proven of each price, in an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from jspmodel.case import NAMED_IN, Case
from jspmodel.scenario import Language
from jspmodel.text import interval, number, rounded_up, say

DIGITS = 2
"""As intervals are told."""


@dataclass(frozen=True)
class PricedRule:
    """A rule, or a part of one, and what it costs.

    Attributes
    ----------
    name : str
        What people call it.
    basis : str
        The law that asks for it, as its table says; empty where that is not known.
    price, least, most : float
        As ``rule_prices`` returns them.
    adds, drops : tuple of str
        Programmes that the best plan found without it carries out and that with it does not, and the reverse.
    is_all : bool
        Whether it stands for all rules together.
    stopped : bool
        Whether more time may find more.
    """

    name: str
    basis: str
    price: float
    least: float
    most: float
    adds: tuple[str, ...]
    drops: tuple[str, ...]
    is_all: bool
    stopped: bool

    @property
    def is_dear(self) -> bool:
        """Whether a price was found that would be told."""
        return round(self.price, DIGITS) > 0

    @property
    def is_free(self) -> bool:
        """Whether it is proven to cost nothing that would be told."""
        return rounded_up(self.most) <= 0

    def found(self, language: Language) -> str:
        """Return what was found of the price; a star where more time may find more."""
        return number(self.price, language, DIGITS) + ("*" if self.stopped else "")

    def proven(self, language: Language) -> str:
        """Return what is proven of the price, rounded outwards."""
        return interval(self.least, self.most, language)

    def at_most(self, language: Language) -> str:
        """Return the most that it can cost, rounded up."""
        return number(rounded_up(self.most), language, DIGITS)

    def changes(self, language: Language) -> str:
        """Return which programmes come in and which go without it; blank where none does."""
        lists = (("adds", self.adds), ("drops", self.drops))
        parts = (say(f"prices.{key}", language, programs=", ".join(codes)) for key, codes in lists if codes)
        return "; ".join(parts)


def priced_rules(case: Case, found: pd.DataFrame, language: Language) -> tuple[PricedRule, ...]:
    """Return the prices of rules, the dearest first, all rules together last.

    Parameters
    ----------
    case : Case
    found : DataFrame
        As ``rule_prices`` returns it.
    language : {"id", "en"}

    Returns
    -------
    tuple of PricedRule
    """
    rules = [_rule(case, row, language) for row in found.itertuples()]
    return tuple(sorted(rules, key=lambda one: (one.is_all, -round(one.price, DIGITS), -one.most)))


def _rule(case: Case, row: Any, language: Language) -> PricedRule:
    return PricedRule(
        name=_name(case, row, language),
        basis=next(_basis(case, row), ""),
        price=row.price,
        least=row.least,
        most=row.most,
        adds=tuple(row.adds),
        drops=tuple(row.drops),
        is_all=not row.rule,
        stopped=row.stopped,
    )


def _name(case: Case, row: Any, language: Language) -> str:
    if not row.rule:
        return say("prices.rules_all", language)
    title = say(f"rule.{row.rule}", language)
    if not row.code:
        return title
    table = NAMED_IN[row.column]
    name = case.names(table, language).get(row.code, row.code)
    # A row of the table of the rule is a rule of its own; what stands in another needs to be told of which.
    return name if table == row.rule else f"{title}: {name}"


def _basis(case: Case, row: Any) -> Iterator[str]:
    table = case.tables().get(NAMED_IN.get(row.column, ""))
    if table is not None and "legal_basis" in table:
        yield from table.loc[table[row.column] == row.code, "legal_basis"]
