"""Time to a proven gap, by size: jspmodel beside the same model given to CBC and HiGHS through PuLP.

    python benchmarks/selection.py area province --out benchmarks/selection.json

Each row is one seeded synthetic case with every rule on but equity (which would be two models), solved by
each in turn in a process of its own: wall seconds until the gap is proven (or the limit), and what is proven
then.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from jspmodel.generate import Size, generate_case
from jspmodel.scenario import Scenario

LIMITS = {
    "area": (5, 60, 0.01, 60),
    "province": (35, 150, 0.01, 60),
    "large": (100, 600, 0.02, 180),
    "nation": (514, 1500, 0.03, 600),
}
"""By size: regions, programmes, gap to prove, seconds."""
BUDGETS = {"tight": 0.2, "loose": 0.5}


@dataclass(frozen=True)
class Row:
    """One solver on one case: build and wall seconds, objective, bound, gap in percent of the objective."""

    size: str
    budget: str
    solver: str
    build: float
    seconds: float
    objective: float
    bound: float
    gap: float


def scenario(gap: float, seconds: float) -> Scenario:
    """Return the settings of a benchmark: every rule on but equity."""
    rules = {"no_new_systems": True, "min_quick_wins": 1, "min_programs_per_dimension": 1}
    return Scenario.model_validate({**rules, "solver": {"gap": gap, "time_limit": seconds}})


def ours(case_size: Size, gap: float, seconds: float) -> tuple[float, float, float, float]:
    """Solve with jspmodel, audit and reasons included."""
    from jspmodel.selection import select_programs
    from jspmodel.selection.formulation import formulate
    from jspmodel.selection.inputs import read_inputs

    case, settings = generate_case(case_size), scenario(gap, seconds)
    start = time.perf_counter()
    formulate(read_inputs(case, settings))
    built = time.perf_counter() - start
    start = time.perf_counter()
    plan = select_programs(case, settings)
    return built, time.perf_counter() - start, plan.objective, plan.bound


def _peer(case_size: Size, gap: float, seconds: float, solver: str) -> tuple[float, float, float, float]:
    import pulp

    from jspmodel.selection.formulation import formulate
    from jspmodel.selection.inputs import read_inputs

    case = generate_case(case_size)
    start = time.perf_counter()
    problem = formulate(read_inputs(case, scenario(gap, seconds))).problem
    built = time.perf_counter() - start
    start = time.perf_counter()
    if solver == "CBC":
        problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=gap, timeLimit=seconds, threads=2))
        bound = float("nan")
    else:
        problem.solve(pulp.HiGHS(msg=False, gapRel=gap, timeLimit=seconds))
        bound = (
            -problem.solverModel.getInfo().mip_dual_bound
        )  # PuLP hands a maximisation over with its sign turned
    wall = time.perf_counter() - start
    found = problem.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
    return built, wall, pulp.value(problem.objective) if found else 0.0, bound


def highs(case_size: Size, gap: float, seconds: float) -> tuple[float, float, float, float]:
    """Solve with HiGHS as PuLP calls it."""
    return _peer(case_size, gap, seconds, "HiGHS")


def cbc(case_size: Size, gap: float, seconds: float) -> tuple[float, float, float, float]:
    """Solve with CBC as PuLP calls it; it does not report its bound."""
    return _peer(case_size, gap, seconds, "CBC")


SOLVERS: dict[str, Callable[[Size, float, float], tuple[float, float, float, float]]] = {
    "jspmodel": ours,
    "HiGHS": highs,
    "CBC": cbc,
}


def measure(name: str, budget: str, solver: str) -> Row:
    """Measure one solver on one case, in a process of its own."""
    regions, programs, gap, seconds = LIMITS[name]
    size = Size(regions, programs, budget=BUDGETS[budget])
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        build, wall, objective, bound = pool.apply(SOLVERS[solver], (size, gap, seconds))
    apart = 100 * (bound - objective) / objective if objective > 0 else float("inf")
    return Row(
        name,
        budget,
        solver,
        round(build, 2),
        round(wall, 2),
        round(objective, 4),
        round(bound, 4),
        round(apart, 2),
    )


def main() -> None:
    """Run the sizes asked for, print a table, write JSON."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("sizes", nargs="+", choices=list(LIMITS))
    words.add_argument("--solvers", nargs="+", choices=list(SOLVERS), default=list(SOLVERS))
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    table = Table(*Row.__dataclass_fields__)
    rows = []
    for name in asked.sizes:
        for budget in BUDGETS:
            for solver in asked.solvers:
                rows.append(measure(name, budget, solver))
                table.add_row(*map(str, asdict(rows[-1]).values()))
                Console(stderr=True).print(*asdict(rows[-1]).values())
    Console().print(table)
    if asked.out:
        machine = {"cores": os.cpu_count(), "python": platform.python_version()}
        packages = {name: version(name) for name in ("jspmodel", "pulp", "highspy")}
        record = {"machine": machine, "packages": packages, "rows": [asdict(row) for row in rows]}
        asked.out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
