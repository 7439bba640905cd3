"""Last year's budgets, by agency or by region, as somebody gives them: no table has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal

import pandas as pd

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake import unknown_code
from jspmodel.text import worded


@dataclass(frozen=True)
class LastYear:
    """What each had last year.

    Attributes
    ----------
    of : {"agencies", "regions"}
    amounts : dict of code to float
        In any unit.
    """

    of: Literal["agencies", "regions"]
    amounts: dict[str, float]


def read_last_year(case: Case, given: pd.Series[float]) -> LastYear:
    """Read last year's budgets.

    Parameters
    ----------
    case : Case
    given : Series of float by agency or by region
        In any unit, such as Rp billion: only their proportions count.

    Returns
    -------
    LastYear
        By region where most of the codes are regions, else by agency.

    Raises
    ------
    DataError
        If a code is not known or is there twice, an amount is negative or no number, or all are 0.
    """
    codes = [str(code) for code in given.index]
    tables: dict[Literal["agencies", "regions"], dict[str, str]] = {
        "agencies": case.names("agencies", "id"),
        "regions": case.names("regions", "id"),
    }
    of = max(tables, key=lambda table: sum(code in tables[table] for code in codes))
    amounts = pd.to_numeric(given, errors="coerce").tolist()
    if problems := [*_problems(codes, amounts, of, tables[of])]:
        raise worded(DataError, problems)
    return LastYear(of, dict(zip(codes, map(float, amounts), strict=True)))


def _problems(codes: list[str], amounts: list[float], table: str, names: dict[str, str]) -> Iterator[Problem]:
    for place, (code, amount) in enumerate(zip(codes, amounts, strict=True)):
        yield from unknown_code(code, table, names, "last_year")
        if code in names and code in codes[:place]:
            yield Problem("last_year_twice", column="last_year", values={"value": code})
        if not 0 <= amount < inf:
            yield Problem("last_year_amount", column="last_year", values={"value": amount, "code": code})
    if not any(amounts):
        yield Problem("last_year_nothing", column="last_year")
