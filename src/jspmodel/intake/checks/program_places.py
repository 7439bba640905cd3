"""Where programmes may be, and rows that say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jspmodel.intake.draft import Draft
from jspmodel.measure import plain_rows


def rows_elsewhere(draft: Draft, table: str) -> Iterator[Any]:
    """Yield the rows of a table that have a region which may not take part in their programme."""
    programs, rows = draft["programs"], draft[table]
    joint = set(programs.loc[programs["scope"] != "province", "program"])
    places = set(zip(draft["program_regions"]["program"], draft["program_regions"]["region"], strict=True))
    for row in plain_rows(rows[rows["region"] != ""]):
        if row.program in joint and (row.program, row.region) not in places:
            yield row
