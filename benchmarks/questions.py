"""Times of the questions about a plan on DIY: importance, nested plans, why not, alternatives; and of all.

    python benchmarks/questions.py [--effort standard quick] [--alone] [--all] [--out questions.json]

The four are asked as ``explain`` does: importance, then why not and alternatives, and nested plans beside
them. Beside the time stands what they came to: effort that is saved must not be lost to the answers.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import machine
from frontier import timed

import jspmodel as jsp
from jspmodel.processes import run_beside
from jspmodel.runs import Kept, find_plan, load_judged
from jspmodel.selection.postoptimal import alternatives, importance, nested_plan, why_not

CASE = "data/diy/scenarios/baseline.yaml"


def _importance(found: Any) -> dict[str, float]:
    ends = [(item.least, item.most) for item in found.programs]
    widths = [most - least for least, most in ends if least is not None and most is not None]
    places = [item.last_rank - item.rank for item in found.programs if item.selected]
    return {
        "best": round(found.best_found, 4),
        "width": round(sum(widths), 2),
        "places": sum(places),
        "unknown": len(ends) - len(widths),
    }


def _nested(found: Any) -> dict[str, float]:
    return {
        "worth": round(found.objective, 3),
        "bound": round(found.bound, 3),
        "free": round(found.free_least, 3),
        "free_bound": round(found.free_most, 3),
    }


def _why_not(found: Any) -> dict[str, float]:
    told = {}
    for kind in ("money", "cost", "value"):
        changes = [getattr(item, kind) for item in found.programs]
        enough = [change.most for change in changes if change.most is not None]
        told[f"{kind}_enough"] = round(sum(enough), 1)
        told[f"{kind}_least"] = round(sum(change.least or 0.0 for change in changes), 1)
        told[f"{kind}_unknown"] = len(changes) - len(enough)
    return told


def _alternatives(found: Any) -> dict[str, object]:
    return {"apart": [one.distance for one in found.plans], "most": found.most_distance}


def four(case: Any, scenario: Any, plan: Any) -> dict[str, Any]:
    """Time the four questions beside each other."""

    def about_programs() -> tuple[Any, ...]:
        weights = importance(case, scenario, plan)
        answers = run_beside(
            [
                lambda: why_not(case, scenario, plan, known=weights),
                lambda: alternatives(case, scenario, plan, known=weights),
            ],
            2,
        )
        return weights, *answers

    def ask() -> tuple[Any, ...]:
        nested, (weights, why, others) = run_beside(
            [lambda: nested_plan(case, scenario, plan), about_programs], 2
        )
        return weights, nested, why, others

    (weights, nested, why, others), times = timed(ask)
    return {
        **times,
        "importance": _importance(weights),
        "nested": _nested(nested),
        "why_not": _why_not(why),
        "alternatives": _alternatives(others),
    }


def alone(case: Any, scenario: Any, plan: Any) -> dict[str, Any]:
    """Time each of the four in one process."""
    weights, first = timed(lambda: importance(case, scenario, plan, workers=1))
    nested, second = timed(lambda: nested_plan(case, scenario, plan, workers=1))
    why, third = timed(lambda: why_not(case, scenario, plan, known=weights, workers=1))
    others, fourth = timed(lambda: alternatives(case, scenario, plan, known=weights))
    return {
        "importance": {**first, **_importance(weights)},
        "nested": {**second, **_nested(nested)},
        "why_not": {**third, **_why_not(why)},
        "alternatives": {**fourth, **_alternatives(others)},
    }


def everything(case: Any, scenario: Any, plan: Any) -> dict[str, Any]:
    """Time all that ``explain`` asks."""
    return timed(lambda: jsp.explain(case, scenario, plan))[1]


def main() -> None:
    """Time what is asked for, print and write."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--effort", nargs="+", default=["standard", "quick"])
    arguments.add_argument("--alone", action="store_true", help="each question in one process too")
    arguments.add_argument("--all", action="store_true", help="all that explain asks too")
    arguments.add_argument("--out", type=Path)
    asked = arguments.parse_args()
    results: dict[str, Any] = {}
    # The same plan, whatever the effort of the questions.
    case, scenario, record, _ = load_judged(CASE, {})
    plan = find_plan(case, scenario, Kept(record["key"], case.name))
    for effort in asked.effort:
        _, asked_so, _, _ = load_judged(CASE, {"solver.effort": effort})
        parts = {"four": four}
        parts |= {"alone": alone} if asked.alone else {}
        parts |= {"everything": everything} if asked.all else {}
        for name, work in parts.items():
            results[f"{effort} {name}"] = told = work(case, asked_so, plan)
            print(f"{effort} {name}: {json.dumps(told)}", flush=True)
    machine.write(asked.out, **results)


if __name__ == "__main__":
    main()
