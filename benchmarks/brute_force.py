"""Small random cases on which every rule may bite: what is selected beside every plan there is.

    python benchmarks/brute_force.py --cases 100

Each case is solved for both objectives and each equity rule; every plan is judged by the audit.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1] / "tests")  # a module here has the name of a folder there

from selection.brute_force import OBJECTIVES, assert_best  # noqa: E402
from selection.random_cases import every_plan, ruled_case, ruled_scenario  # noqa: E402

FIRST = 1000
"""The seed of the first case: other ones than the tests have."""


def main() -> None:
    """Solve the cases and say how many came out as trying every plan does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--first", type=int, default=FIRST, help="seed of the first case")
    asked = parser.parse_args()
    counts: Counter[tuple[str, str, bool]] = Counter()
    wrong, tried = [], 0
    for seed in range(asked.first, asked.first + asked.cases):
        case = ruled_case(seed)
        plans = {o: every_plan(case, ruled_scenario(seed, objective=o)) for o in ("gap_closed", "score")}
        tried += len(plans["gap_closed"])
        for objective, mode in OBJECTIVES:
            scenario = ruled_scenario(seed, objective=objective, equity={"mode": mode, "floor": 0.7})
            try:
                counts[objective, mode, assert_best(case, scenario, plans[objective])] += 1
            except Exception as error:  # told in the end, with its seed
                wrong.append((seed, objective, mode, f"{type(error).__name__}: {error}".splitlines()[0]))
    print(f"{asked.cases} cases, {tried} plans that keep the rules")
    for (objective, mode, there), count in sorted(counts.items()):
        said = "best plan found and proven" if there else "no plan, and told so"
        print(f"{objective}, equity {mode}: {count} {said}")
    print("\n".join(map(str, wrong)) or "none differs")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
