"""Programmes across runs: which are always, sometimes or never selected, and why one left or came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from jspmodel.comparison.compared_runs import Run
from jspmodel.plan import PlannedProgram

KINDS = ("always", "sometimes", "never")
_COLUMNS = ["program", "run", "selected", "start", "regions", "cost", "reason", "values"]
MOVES = ["run", "program", "kind", "before", "after", "reason", "values"]


def programs(runs: Sequence[Run]) -> pd.DataFrame:
    """Return every programme in every run.

    Parameters
    ----------
    runs : sequence of Run

    Returns
    -------
    DataFrame
        ``program``, ``run``, ``selected``, ``start`` (None where not selected), ``regions``, ``cost`` (Rp
        billion), ``reason`` and ``values`` as the plan gives them, and ``kind``: ``always``, ``sometimes``,
        ``never`` across all runs whose search found a plan. A programme that a run's tables do not have is
        not among its rows, and at most ``sometimes``.
    """
    rows = [
        (
            item.program,
            run.label,
            item.selected,
            item.start,
            item.regions,
            item.cost,
            item.reason,
            item.reason_values,
        )
        for run in runs
        for item in run.plan.programs
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS, dtype=object).astype({"selected": bool, "cost": float})
    counted = [run.label for run in runs if run.answered]
    count = frame["selected"].where(frame["run"].isin(counted), False).groupby(frame["program"]).sum()
    kinds = {
        program: "always" if times == len(counted) > 0 else "sometimes" if times else "never"
        for program, times in count.items()
    }
    order = {program: place for place, program in enumerate(dict.fromkeys(frame["program"]))}
    frame["kind"] = frame["program"].map(kinds)
    place = frame["program"].map(order)
    return frame.iloc[place.argsort(kind="stable")].reset_index(drop=True)


def moves(first: Run, run: Run) -> pd.DataFrame:
    """Return what happened to programmes between the first run and another.

    Parameters
    ----------
    first, run : Run

    Returns
    -------
    DataFrame
        ``run``, ``program``, ``kind``: ``out`` (it left), ``in`` (it came), ``start`` (another year),
        ``regions`` (others take part); ``before`` and ``after``: start year, or regions; ``reason`` and
        ``values``: why it is not in that one of the two runs which does not have it.
    """
    before = {item.program: item for item in first.plan.programs}
    after = {item.program: item for item in run.plan.programs}
    found = [
        (run.label, program, *move)
        for program in {**before, **after}
        for move in _moves(before.get(program), after.get(program))
    ]
    frame = pd.DataFrame(found, columns=MOVES, dtype=object)
    order = frame["kind"].map({kind: place for place, kind in enumerate(("out", "in", "start", "regions"))})
    return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def nothing() -> pd.DataFrame:
    """Return that nothing happened."""
    return pd.DataFrame(columns=MOVES, dtype=object)


def _moves(before: PlannedProgram | None, after: PlannedProgram | None) -> Iterator[tuple[Any, ...]]:
    was = before if before is not None and before.selected else None
    now = after if after is not None and after.selected else None
    if was is not None and now is None:
        yield "out", was.start, None, *_why(after)
    if was is None and now is not None:
        yield "in", None, now.start, *_why(before)
    if was is not None and now is not None:
        if was.start != now.start:
            yield "start", was.start, now.start, "", {}
        if set(was.regions) != set(now.regions):
            yield "regions", was.regions, now.regions, "", {}


def _why(item: PlannedProgram | None) -> tuple[str, dict[str, Any]]:
    """Return why a programme is not in a run; ``not_proposed`` where that run does not know it."""
    return ("not_proposed", {}) if item is None else (item.reason, dict(item.reason_values))
