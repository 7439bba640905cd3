"""Time to a proven gap on tight areas, each seed in turn: our search, then HiGHS on the rows as stated.

    python benchmarks/proof.py --out benchmarks/proof.json

Both get the arrays of one seeded synthetic case (5 regions, 60 programmes, 5 years, every rule on but equity)
and two threads, one after the other, each in a process of its own; HiGHS with its default settings and a
limit. What counts is the wall from the arrays on: the first plan, the first within 3 % of the best that
either found, the proof; and the primal integral up to the proof or the limit (Berthold 2013): the mean
distance from the best plan, where nothing found yet counts as 1, times seconds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from dataclasses import asdict, dataclass
from math import inf, nan
from pathlib import Path
from statistics import geometric_mean

import highspy
import machine
from rich.console import Console
from rich.table import Table

from jspmodel.generate import Size, generate_case
from jspmodel.selection.formulation import Model, formulate, read_column_map
from jspmodel.selection.inputs import read_inputs
from jspmodel.solver.effort import Effort
from jspmodel.solver.highs import SCALE, Options, state
from jspmodel.solver.matrix import ColumnMap, Matrix
from jspmodel.solver.search import search
from selection import BUDGETS, LIMITS, make_scenario

WORK = 3000.0


@dataclass(frozen=True)
class Row:
    """One search: seconds, objective, gap in percent, primal integral in seconds."""

    seed: int
    solver: str
    first: float
    near: float
    ended: float
    proven: bool
    objective: float
    gap: float
    integral: float


@dataclass(frozen=True)
class Trace:
    """Plans by second, and how it ended."""

    plans: list[tuple[float, float]]
    ended: float
    objective: float
    bound: float


def ours(matrix: Matrix, column_map: ColumnMap, gap: float) -> Trace:
    """Search, two at a time."""
    start = time.perf_counter()
    plans: list[tuple[float, float]] = []

    def told(plan: object, objective: float, _: float) -> None:
        if plan is not None:
            plans.append((time.perf_counter() - start, objective))

    found = search(matrix, column_map, Options(2, 1), Effort(WORK), gap, progress=told)
    return Trace(plans, time.perf_counter() - start, found.objective, found.bound)


def theirs(matrix: Matrix, gap: float, seconds: float) -> Trace:
    """Search with HiGHS as it comes."""
    highs, plans = highspy.Highs(), []
    for name, value in {
        "output_flag": False,
        "threads": 2,
        "mip_rel_gap": gap,
        "time_limit": seconds,
    }.items():
        highs.setOptionValue(name, value)
    state(highs, matrix)
    start = time.perf_counter()
    highs.cbMipImprovingSolution.subscribe(
        lambda event: plans.append(
            (time.perf_counter() - start, event.data_out.objective_function_value / SCALE)
        )
    )
    highs.run()
    info = highs.getInfo()
    found = info.objective_function_value / SCALE, info.mip_dual_bound / SCALE
    return Trace(plans, time.perf_counter() - start, *found)


def row(seed: int, solver: str, run: Trace, best: float, gap: float) -> Row:
    """Judge a run by the best plan that either found."""
    near = next((at for at, objective in run.plans if objective >= 0.97 * best), nan)
    times = [0.0, *(at for at, _ in run.plans), run.ended]
    apart = [1.0, *((best - objective) / best for _, objective in run.plans)]
    integral = sum(
        (after - at) * share for at, after, share in zip(times[:-1], times[1:], apart, strict=True)
    )
    left = (run.bound - run.objective) / run.objective if run.plans else inf
    first = run.plans[0][0] if run.plans else nan
    return Row(
        seed,
        solver,
        round(first, 3),
        round(near, 3),
        round(run.ended, 3),
        left <= gap + 1e-9,
        round(run.objective, 3),
        round(100 * left, 2),
        round(integral, 2),
    )


def stated(seed: int, gap: float) -> tuple[Matrix, ColumnMap, Matrix]:
    """Return the arrays that we search, their columns, and those that a peer gets."""
    scenario, (regions, programs, *_) = make_scenario(linear=False, gap=gap), LIMITS["area"]
    inputs = read_inputs(generate_case(Size(regions, programs, budget=BUDGETS["tight"]), seed), scenario)
    formulation, plain = formulate(inputs), formulate(inputs, cuts=False)
    model, peer = (Model(one, scenario.solver) for one in (formulation, plain))
    return model.matrix.bounded(), read_column_map(formulation, model), peer.matrix.bounded()


def measure(seed: int, gap: float, seconds: float) -> list[Row]:
    """Measure both on one case."""
    matrix, column_map, plain = stated(seed, gap)
    runs = []
    for call, arguments in ((ours, (matrix, column_map, gap)), (theirs, (plain, gap, seconds))):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            runs.append(pool.apply(call, arguments))
    best = max(run.objective for run in runs)
    return [row(seed, name, run, best, gap) for name, run in zip(("jspmodel", "HiGHS"), runs, strict=True)]


def main() -> None:
    """Run the seeds asked for, print a table and the ratio of times, write JSON."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5, 6])
    words.add_argument("--gap", type=float, default=0.01)
    words.add_argument("--limit", type=float, default=90.0, help="seconds of HiGHS")
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    rows: list[Row] = []
    for seed in asked.seeds:
        rows += measure(seed, asked.gap, asked.limit)
        Console(stderr=True).print(*rows[-2:], sep="\n")
    table = Table(*Row.__dataclass_fields__)
    for one in rows:
        table.add_row(*map(str, asdict(one).values()))
    Console().print(table)
    ratios = [mine.ended / other.ended for mine, other in zip(rows[::2], rows[1::2], strict=True)]
    ratio = geometric_mean(ratios)
    Console().print(
        f"Time beside HiGHS, geometric mean: {ratio:.3f} (where HiGHS does not prove, its limit counts)"
    )
    machine.write(asked.out, rows=[asdict(one) for one in rows], ratio=ratio)


if __name__ == "__main__":
    main()
