"""Runs put side by side: the reference first, the others measured against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from jspmodel.case import Case
from jspmodel.comparison import causes, metrics, moves
from jspmodel.comparison.attribution import Attribution
from jspmodel.comparison.compared_runs import Run, load_today, read_sound_runs
from jspmodel.comparison.difference_cause import attribute_each
from jspmodel.errors import Problem, RunError
from jspmodel.intake import nearest_word
from jspmodel.text import worded


@dataclass(frozen=True, eq=False)
class Comparison:
    """Runs of one case, the first being what the others are compared with.

    Attributes
    ----------
    name : str
        Name of the case.
    case : Case or None
        Its tables as they are now, for names; None where they are no longer there.
    changed : tuple of str
        Files of the case that were others for one of the runs, or are no longer there.
    runs : DataFrame
        One row a run: its figures (``metrics`` of ``jspmodel.comparison.metrics``).
    differences : DataFrame
        One row a run but the first: its figures less those of the first, and what is proven of it.
    programs : DataFrame
        Every programme in every run, and whether it is always, sometimes or never selected.
    changes : DataFrame
        What went into a run that did not go into the first: settings, tables, versions.
    moves : DataFrame
        Programmes that left or came, or changed their year or regions, with the reason.
    regions : DataFrame
        Every region in every run: impact, difference to the first.
    attributions : mapping of str to Attribution
        What of the difference comes from which change, by run; empty unless asked for.
    unattributed : mapping of str to tuple of Problem
        Why that could not be told of the other runs; empty unless asked for.
    refused : tuple of Problem
        Why other runs in the folders compared cannot be read.
    """

    name: str
    case: Case | None
    changed: tuple[str, ...]
    runs: pd.DataFrame
    differences: pd.DataFrame
    programs: pd.DataFrame
    changes: pd.DataFrame
    moves: pd.DataFrame
    regions: pd.DataFrame
    attributions: Mapping[str, Attribution] = field(default_factory=dict)
    unattributed: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    refused: tuple[Problem, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether it was asked which change causes what."""
        return bool(self.attributions or self.unattributed)


def compare(
    runs: str | Path | Sequence[str | Path | Run],
    reference: str = "",
    *,
    attribute: bool = False,
    progress: Callable[[str, int, int, tuple[str, ...]], None] | None = None,
) -> Comparison:
    """Compare runs of one case with the first of them.

    Parameters
    ----------
    runs : str, Path, or sequence of str, Path or Run
        Folders of finished runs, or folders that hold some (``reports/diy``); a text may name several,
        separated by commas. Or plans just computed, as ``cut_budgets`` returns them.
    reference : str
        Name of the run that the others are compared with; empty: ``baseline``, or the first where none is
        called so.
    attribute : bool
        Whether to tell, too, what of each difference comes from which change of the inputs, as
        ``attribute_difference`` does. Where more than one thing differs, that takes searches.
    progress : callable, optional
        Called before each of these searches: the run, how many of its searches are done, how many there are,
        and which changes are made in the next.

    Returns
    -------
    Comparison

    Raises
    ------
    DataError
        If there is no such folder.
    RunError
        If a folder is no finished run, there are fewer than two runs, none of them is the reference asked
        for, or they are of different cases: impacts of different cases are not comparable.
    """
    every, refused = _runs(runs)
    if refused and len(every) < 2:
        raise worded(RunError, refused)
    _require_comparable(every)
    every = _reference_first(every, reference)
    first, others = every[0], every[1:]
    case, changed = load_today(every)
    regions = metrics.region_impacts(every, case, changed)
    figures = metrics.metrics(every, regions, case, changed)
    attributions, unattributed = attribute_each(first, others, progress) if attribute else ({}, {})
    return Comparison(
        name=first.case,
        case=case,
        changed=changed,
        runs=figures,
        differences=metrics.differences(every, figures),
        programs=moves.programs(every),
        changes=pd.concat([causes.changes(first, run) for run in others], ignore_index=True),
        moves=pd.concat(
            [moves.nothing(), *(moves.moves(first, run) for run in _answered(first, others))],
            ignore_index=True,
        ),
        regions=regions,
        attributions=attributions,
        unattributed=unattributed,
        refused=refused,
    )


def _runs(given: str | Path | Sequence[str | Path | Run]) -> tuple[tuple[Run, ...], tuple[Problem, ...]]:
    if isinstance(given, str):
        given = [part.strip() for part in given.split(",") if part.strip()]
    elif isinstance(given, Path):
        given = [given]
    places = [item for item in given if not isinstance(item, Run)]
    ready = tuple(item for item in given if isinstance(item, Run))
    read, refused = read_sound_runs(places) if places else ((), ())
    return ready + read, refused


def _reference_first(runs: tuple[Run, ...], reference: str) -> tuple[Run, ...]:
    """Return the runs in their order, but for the one that the others are compared with."""
    wanted = reference.rstrip("/")
    named = [run for run in runs if run.label in {wanted, "baseline"} or _name(run) in {wanted, "baseline"}]
    asked = [run for run in named if wanted in {run.label, _name(run)}]
    if reference and not asked:
        known = ", ".join(run.label for run in runs)
        near = nearest_word(wanted, [run.label for run in runs])
        raise _refused(Problem("no_such_run", values={"value": wanted, "known": known, "nearest": near}))
    first = [*asked, *named, *runs][0]
    return (first, *(run for run in runs if run is not first))


def _name(run: Run) -> str:
    return run.label.rpartition("/")[2]


def _answered(first: Run, others: Sequence[Run]) -> list[Run]:
    """Return the runs that can be laid beside the first: both searches found a plan."""
    return [run for run in others if run.answered and first.answered]


def _require_comparable(runs: Sequence[Run]) -> None:
    cases = sorted({run.case for run in runs})
    if len(cases) > 1:
        raise _refused(Problem("different_cases", values={"cases": cases}))
    if len(runs) < 2:
        raise _refused(Problem("too_few_runs", values={"count": len(runs)}))


def _refused(problem: Problem) -> RunError:
    return worded(RunError, [problem])
