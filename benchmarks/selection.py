"""Time to a proven gap, by size: jspmodel beside the same model given to CBC and HiGHS through PuLP.

    python benchmarks/selection.py area province --out benchmarks/selection.json

Each row is one seeded synthetic case with every rule on but equity (which would be two models), solved by
each in turn in a process of its own: seconds to state the model, to a first plan within 3 % of the best that
the solver found, until the gap is proven (or the end) and, for jspmodel, until the plan is paid, audited and
explained; what is proven then; the most memory used. jspmodel ends by its effort, peers by a clock: they get
the model without the rows that only help the search, and default settings.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import machine
from rich.console import Console
from rich.table import Table

from jspmodel.generate import Size, generate_case
from jspmodel.scenario import Scenario
from jspmodel.solver.effort import LEVELS

LIMITS = {
    "area": (5, 60, 0.01, 120),
    "province": (35, 150, 0.01, 120),
    "large": (100, 600, 0.02, 360),
    "nation": (514, 1500, 0.03, 1200),
}
"""By size: regions, programmes, gap to prove, seconds that peers have."""
BUDGETS = {"tight": 0.2, "loose": 0.5}


@dataclass(frozen=True)
class Row:
    """One solver on one case: seconds, objective, bound, gap in percent of the objective, memory in GiB."""

    size: str
    budget: str
    solver: str
    build: float
    first: float
    proven: float
    whole: float
    objective: float
    bound: float
    gap: float
    memory: float


@dataclass(frozen=True)
class Run:
    """What a solver did: seconds to state, of steps (at which second, objective, bound), in all; the end."""

    build: float
    steps: list[tuple[float, float, float]]
    whole: float
    objective: float
    bound: float
    memory: float = 0.0


def make_scenario(linear: bool, **solver: object) -> Scenario:
    """Return the settings of a benchmark: every rule on but equity."""
    rules: dict[str, Any] = {"no_new_systems": True, "min_quick_wins": 1, "min_programs_per_dimension": 1}
    if linear:
        rules["diminishing_returns"] = [[1.0, 1.0]]
    return Scenario.model_validate({**rules, "solver": solver})


def ours(case_size: Size, scenario: Scenario) -> Run:
    """Solve with jspmodel, audit and reasons included."""
    from jspmodel.selection import Step, select_programs
    from jspmodel.selection.formulation import formulate
    from jspmodel.selection.inputs import read_inputs

    case = generate_case(case_size)
    start = time.perf_counter()
    formulate(read_inputs(case, scenario))
    built = time.perf_counter() - start
    start = time.perf_counter()
    steps: list[tuple[float, float, float]] = []

    def note(step: Step) -> None:
        steps.append((time.perf_counter() - start, step.objective, step.bound))

    plan = select_programs(case, scenario, note)
    return Run(built, steps, time.perf_counter() - start, plan.objective, plan.bound, machine.most_memory())


def _peer(case_size: Size, scenario: Scenario, solver: str) -> Run:
    import pulp

    from jspmodel.selection.formulation import formulate
    from jspmodel.selection.inputs import read_inputs

    case, gap, seconds = generate_case(case_size), scenario.solver.gap, scenario.solver.time_limit
    start = time.perf_counter()
    problem = formulate(read_inputs(case, scenario), cuts=False).problem
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
    objective = pulp.value(problem.objective) if found else 0.0
    return Run(built, [], wall, objective, bound, machine.most_memory())


def highs(case_size: Size, scenario: Scenario) -> Run:
    """Solve with HiGHS as PuLP calls it."""
    return _peer(case_size, scenario, "HiGHS")


def cbc(case_size: Size, scenario: Scenario) -> Run:
    """Solve with CBC as PuLP calls it; it does not report its bound."""
    return _peer(case_size, scenario, "CBC")


SOLVERS: dict[str, Callable[[Size, Scenario], Run]] = {
    "jspmodel": ours,
    "HiGHS": highs,
    "CBC": cbc,
}


def measure(name: str, budget: str, solver: str, effort: str, linear: bool) -> Row:
    """Measure one solver on one case, in a process of its own."""
    regions, programs, gap, seconds = LIMITS[name]
    size = Size(regions, programs, budget=BUDGETS[budget])
    ends = {"effort": effort} if solver == "jspmodel" else {"time_limit": seconds}
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        run = pool.apply(SOLVERS[solver], (size, make_scenario(linear, gap=gap, **ends)))
    apart = 100 * (run.bound - run.objective) / run.objective if run.objective > 0 else float("inf")
    first = (at for at, objective, _ in run.steps if objective >= 0.97 * run.objective)
    proven = (at for at, objective, bound in run.steps if 0 < bound <= objective * (1 + gap))
    times = run.build, next(first, float("nan")), next(proven, run.whole), run.whole
    found = run.objective, run.bound, apart, run.memory
    return Row(name, budget, solver, *(round(value, 2) for value in (*times, *found)))


def main() -> None:
    """Run the sizes asked for, print a table, write JSON."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("sizes", nargs="+", choices=list(LIMITS))
    words.add_argument("--solvers", nargs="+", choices=list(SOLVERS), default=list(SOLVERS))
    words.add_argument("--budgets", nargs="+", choices=list(BUDGETS), default=list(BUDGETS))
    words.add_argument("--effort", choices=list(LEVELS), default="standard")
    words.add_argument("--linear", action="store_true", help="without diminishing returns")
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    table = Table(*Row.__dataclass_fields__)
    rows = []
    for name in asked.sizes:
        for budget in asked.budgets:
            for solver in asked.solvers:
                rows.append(measure(name, budget, solver, asked.effort, asked.linear))
                table.add_row(*map(str, asdict(rows[-1]).values()))
                Console(stderr=True).print(*asdict(rows[-1]).values())
    Console().print(table)
    machine.write(asked.out, effort=asked.effort, linear=asked.linear, rows=[asdict(row) for row in rows])


if __name__ == "__main__":
    main()
