"""Tables as people write them, in the codes and units that the checks want: one way for every door."""

from __future__ import annotations

from collections.abc import Mapping

from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.named_codes import with_named_codes
from jspmodel.intake.percents import with_percents


def understood(sheets: Mapping[str, Sheet], known: Mapping[str, Sheet] | None = None) -> dict[str, Sheet]:
    """Return tables with codes for names that only one row has, and percentages in the unit of their row.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        By table, from CSV files, a workbook or memory.
    known : mapping of str to Sheet, optional
        All tables, where ``sheets`` are not all.

    Returns
    -------
    dict of str to Sheet
    """
    return with_percents(with_named_codes(sheets, known), known)
