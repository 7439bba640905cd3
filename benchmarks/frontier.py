"""Times of the budget frontier, of Monte Carlo and of the live model on DIY; prints a table and writes JSON.

    python benchmarks/frontier.py [--points 100] [--draws 1000] [--out frontier.json]

Separate calls are estimated from a handful: each runs until it has proven the gap of the frontier's point at
that budget, or has spent ``EFFORT``, which is counted in work, not in time; the estimate is then too small.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Callable
from math import inf
from pathlib import Path
from time import perf_counter
from typing import Any

import machine

import jspmodel as jsp
from jspmodel.errors import JspError

EFFORT, CALLS = "standard", 5
"""What a separate call may take, and how many are run."""
CASE = "data/diy/scenarios/baseline.yaml"


def timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """Return a result, seconds on the wall, and seconds of all processors (those of ended children too)."""
    wall, cpu = perf_counter(), _cpu()
    result = work()
    return result, {"seconds": round(perf_counter() - wall, 2), "cpu_seconds": round(_cpu() - cpu, 2)}


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def frontier(case: Any, scenario: Any, points: int) -> dict[str, Any]:
    """Time the frontier, and estimate separate calls to the same gaps."""
    found, times = timed(lambda: jsp.budget_frontier(case, scenario, points))
    half = [point for point in found.points if point.scale >= 0.5]
    gaps = sorted(inf if point.gap is None else point.gap for point in half)  # None: nothing is proven
    proven = [point for point in half if point.gap is not None]
    some = proven[:: max(1, len(proven) // CALLS)][:CALLS]
    alone = [separate(case, scenario, point) for point in some]
    return {
        **times,
        "median_gap_from_half": gaps[len(gaps) // 2],
        "worst_gap_from_half": gaps[-1],
        "separate_calls": alone,
        "separate_estimate_seconds": round(points * sum(alone) / len(alone), 1),
    }


def separate(case: Any, scenario: Any, point: Any) -> float:
    """Time one call to the gap of a point."""
    scale = scenario.budget_scale.model_copy(update={"all": point.scale})
    solver = scenario.solver.model_copy(update={"gap": min(point.gap, 1.0), "effort": EFFORT})

    def call() -> None:
        try:
            jsp.select_programs(case, scenario.model_copy(update={"budget_scale": scale, "solver": solver}))
        except JspError as error:
            print(f"  at {point.scale:.3f}: {error}")

    return timed(call)[1]["seconds"]


def monte_carlo(case: Any, scenario: Any, draws: int) -> dict[str, Any]:
    """Time the draws on two workers: from nothing, and from the plan of the scenario, as a report does."""
    plan, result = jsp.select_programs(case, scenario).choices, {}
    for start, known in (("alone", ()), ("from_the_plan", plan)):
        found, times = timed(lambda known=known: jsp.robustness(case, scenario, draws, known=known))
        gap = found.draws["gap"]
        told = {"median_gap": gap.median(), "worst_gap": gap.max(), "within_2_percent": (gap <= 0.02).mean()}
        worth = {"mean_worth": found.draws["objective"].mean(), "mean_bound": found.draws["bound"].mean()}
        result[start] = {**times, **told, **worth, "always": len(found.no_regret)}
    return result


def live(case: Any, scenario: Any) -> dict[str, Any]:
    """Time a change asked of a live model, and of a fresh call."""
    lenient = scenario.model_copy(update={"solver": scenario.solver.model_copy(update={"gap": 0.05})})
    less = lenient.model_copy(update={"budget_scale": lenient.budget_scale.model_copy(update={"all": 0.95})})
    model, stated = timed(lambda: jsp.live_model(case, lenient))
    model.solve()
    again = timed(lambda: model.solve(budget_scale=0.95))[1]
    fresh = timed(lambda: jsp.select_programs(case, less))[1]
    return {"stated": stated["seconds"], "again": again["seconds"], "fresh": fresh["seconds"]}


def main() -> None:
    """Time all, print and write."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--points", type=int, default=100)
    arguments.add_argument("--draws", type=int, default=1000)
    arguments.add_argument("--out", type=Path, default=Path("frontier.json"))
    asked = arguments.parse_args()
    case, scenario = jsp.load(CASE)
    parts = {
        "live": lambda: live(case, scenario),
        "frontier": lambda: frontier(case, scenario, asked.points),
        "monte_carlo": lambda: monte_carlo(case, scenario, asked.draws),
    }
    results = {}
    for name, work in parts.items():
        results[name] = work()
        print(f"{name:12} {json.dumps(results[name])}", flush=True)
        machine.write(asked.out, **results)


if __name__ == "__main__":
    main()
