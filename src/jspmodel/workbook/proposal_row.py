"""A row of a list of proposals, as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jspmodel.errors import Problem
from jspmodel.workbook.money_units import MoneyUnit


@dataclass(frozen=True)
class ProposalRow:
    """A row of the list.

    Attributes
    ----------
    row : int
        As a spreadsheet counts.
    texts : mapping of str to str
        By column: priority, objective, program, activity, and where there, target, location, volume, ...;
        under ``ORIGIN`` what the list is, under ``OF_A_YEAR`` whether it is for one year.
    amount : str
        Rp billion, ``""`` where it is in doubt.
    cell : str
        Of the amount, such as ``G7``.
    unit : MoneyUnit or None
        What the heading or a line above says of the unit; None where nothing does.
    says_unit : bool
        Whether the cell of the amount names its unit itself.
    doubt : Problem or None
        What is asked about the amount where it is in doubt.
    count : str
        Its number, as the list has it: ``1``, ``II``, ``B.``
    """

    row: int
    texts: Mapping[str, str]
    amount: str
    cell: str = ""
    unit: MoneyUnit | None = None
    says_unit: bool = False
    doubt: Problem | None = None
    count: str = ""
