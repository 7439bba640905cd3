"""Links of a programme that comes in several sizes: what is said of it counts for each size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from jspmodel.intake.draft import Draft


def links_of_sizes(draft: Draft) -> tuple[pd.DataFrame, Sequence[int]]:
    """Return the links with one row for each size of the programmes that they join, and their lines.

    Parameters
    ----------
    draft : Draft

    Returns
    -------
    DataFrame
        As the table where no programme has sizes. A size that a link of the same kind names by itself has
        that link alone.
    sequence of int
        A row that was added has the line of the one that it comes from.
    """
    table, lines = draft["program_links"], draft.lines.get("program_links", ())
    sizes = _sizes(draft["programs"])
    if not sizes or table.empty:
        return table, lines
    rows = table.to_dict("records")
    said = {_key(row) for row in rows}
    made: list[dict[str, Any]] = []
    kept: list[int] = []
    for row, line in zip(rows, lines, strict=True):
        new = [one for one in _each(row, sizes) if _key(one) == _key(row) or _key(one) not in said]
        said |= {_key(one) for one in new}
        made += new
        kept += [line] * len(new)
    return pd.DataFrame(made, columns=table.columns).astype(table.dtypes.to_dict()), kept


def _sizes(programs: pd.DataFrame) -> dict[str, list[str]]:
    """Return each programme that others are a size of, with itself and them."""
    sizes: dict[str, list[str]] = defaultdict(list)
    for program, of in zip(programs["program"], programs["option_of"], strict=True):
        if of and of != program:
            sizes[of] = [*(sizes[of] or [of]), program]
    return dict(sizes)


def _each(row: Mapping[str, Any], sizes: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    mine, theirs = (sizes.get(row[key], [row[key]]) for key in ("program", "other"))
    if row["program"] in theirs or row["other"] in mine:  # no link joins sizes of one programme
        return [dict(row)]
    return [{**row, "program": program, "other": other} for program in mine for other in theirs]


def _key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["program"], row["other"], row["kind"]
