"""Time and memory of simulated futures: DIY, and a country of 514 regions.

    python benchmarks/simulation.py --out benchmarks/simulation.json

Each row runs in a process of its own: wall seconds of ``simulate_futures`` (everything read, drawn and
summed up, with every part on) and the most memory that the process ever held, imports included.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import machine
import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from jspmodel.case import Case
from jspmodel.generate import FIRST_YEAR, ISSUES, Size, generate_case
from jspmodel.intake import load_case, shipped
from jspmodel.intake.tables import build_case
from jspmodel.measure import eligible_regions
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario, Simulation
from jspmodel.simulation import simulate_futures

RUNS = {
    "diy": (10_000, 1),
    "diy, 2 workers": (10_000, 2),
    "nation": (1_000, 1),
    "nation, 2 workers": (1_000, 2),
}
"""By name: draws, workers."""
SEEN = 5


@dataclass(frozen=True)
class Row:
    """One run: its size, wall seconds, GiB."""

    run: str
    regions: int
    programs: int
    series: int
    draws: int
    seconds: float
    gib: float


def nation() -> Case:
    """Return a synthetic country: 514 regions, 1,500 programmes, an indicator an issue, risks, spillovers."""
    case, draw = generate_case(Size(514, 1500)), np.random.default_rng(1)
    regions = case.regions["region"]
    years = range(FIRST_YEAR - SEEN, FIRST_YEAR)
    values = [
        (issue, region, year, 20 + 20 * start + 0.5 * (year - FIRST_YEAR) * slope + shock)
        for issue in ISSUES
        for region, start, slope in zip(regions, draw.random(514), draw.normal(-0.5, 0.5, 514), strict=True)
        for year, shock in zip(years, draw.normal(0, 0.5, SEEN), strict=True)
    ]
    indicators = pd.DataFrame({"indicator": ISSUES, "issue": ISSUES, "name_id": ISSUES, "unit": "persen"})
    pairs = pd.DataFrame({"issue": ISSUES[:-1], "on_issue": ISSUES[1:], "value": 0.1})
    tables = {
        **case.tables(),
        "programs": case.programs.assign(delivery_risk=draw.uniform(0, 0.3, len(case.programs))),
        "indicators": indicators.assign(better="lower", target=15.0),
        "indicator_values": pd.DataFrame(values, columns=["indicator", "region", "year", "value"]),
        "issue_spillovers": pairs,
    }
    return build_case("nation", tables)


def everything(case: Case) -> list[Choice]:
    """Return a simple plan: every programme at its first start, in all the regions that it may have."""
    first = case.programs.set_index("program")["first_start"].fillna(FIRST_YEAR).astype(int)
    return [
        Choice(program=program, start=max(FIRST_YEAR, first[program]), regions=regions)
        for program, regions in eligible_regions(case).items()
    ]


def measure(run: str) -> Row:
    """Measure one run, in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (run,))


def _measured(run: str) -> Row:
    draws, workers = RUNS[run]
    case = load_case(shipped("data") / "diy") if run.startswith("diy") else nation()
    rule = Simulation(draws=draws, cut_chance=0.3, cut_size=0.1, spillover=0.1, readiness_risk=0.1)
    plan = everything(case)
    start = time.perf_counter()
    futures = simulate_futures(case, Scenario(simulation=rule), plan, workers=workers)
    seconds = time.perf_counter() - start
    assert np.isfinite(futures.impact).all()  # noqa: S101
    memory = machine.most_memory()
    series = len(case.indicator_values.groupby(["indicator", "region"]))
    return Row(run, len(case.regions), len(case.programs), series, draws, round(seconds, 2), round(memory, 2))


def main() -> None:
    """Run the sizes asked for, print a table, write JSON."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("runs", nargs="*", default=list(RUNS), help=", ".join(RUNS))
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    rows = [measure(run) for run in asked.runs]
    table = Table(*Row.__dataclass_fields__)
    for row in rows:
        table.add_row(*map(str, asdict(row).values()))
    Console().print(table)
    machine.write(asked.out, rows=[asdict(row) for row in rows])


if __name__ == "__main__":
    main()
