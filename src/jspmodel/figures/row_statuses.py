"""How much of the tables is observed, estimated or illustrative."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from jspmodel.case import Case
from jspmodel.intake import schema
from jspmodel.scenario import Language

STATUSES = ("observed", "estimated", "illustrative")
"""What a row of a table may be, the surest first."""


def status_counts(case: Case) -> pd.DataFrame:
    """Return how many rows of each table were observed, estimated, or are illustrative.

    Parameters
    ----------
    case : Case

    Returns
    -------
    DataFrame of int, tables by status
        Tables that have rows and say their status.
    """
    counts: dict[str, list[int]] = {}
    for table, frame in case.tables().items():
        told = Counter(frame["status"].tolist() if "status" in frame else ())
        if {*told} - {""}:
            counts[table] = [told[status] for status in STATUSES]
    return pd.DataFrame(counts, index=pd.Index(STATUSES)).T.astype(int)


def rows_without_status(case: Case) -> int:
    """Return how many rows do not say their status, of tables in which a row can."""
    return sum(int((frame["status"] == "").sum()) for frame in case.tables().values() if "status" in frame)


def table_title(table: str, language: Language) -> str:
    """Return what people call a table."""
    return str(schema(table)["title" if language == "id" else "title_en"])
