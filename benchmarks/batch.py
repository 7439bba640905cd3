"""Many scenarios of DIY: `jspmodel run` beside papermill and nbconvert one after another.

    python benchmarks/batch.py --scenarios 20 --out benchmarks/batch.json

The plain way runs notebook 08 by the command `papermill`, once a scenario and language, each solving by
itself, then `jupyter nbconvert`. Both ways get the same scenarios (the baseline at other budgets), the same
10 seconds for the solver and one thread of it (so that two at once have a core each), and write
both languages.
Wall seconds, everything included; plain and ours take turns on the same machine in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import machine
from rich.console import Console
from rich.table import Table

from jspmodel.intake import shipped

TOOLS = {
    "papermill": ["-m", "papermill"],
    "nbconvert": ["-m", "nbconvert"],
    "jspmodel": ["-c", "from jspmodel.cli import main; main()"],
}
LANGUAGES = ("id", "en")
NOTEBOOK = shipped("notebooks") / "08_scenario_report.ipynb"


@dataclass(frozen=True)
class Row:
    """One way: seconds by the clock, in all and a scenario; CPU seconds a scenario; times faster."""

    way: str
    scenarios: int
    seconds: float
    each: float
    cpu: float
    faster: float


def write_case(folder: Path, scenarios: int, seconds: float) -> list[Path]:
    """Copy DIY and give it scenarios that differ in their budget, from 80 to 120 percent."""
    case = folder / "data" / "diy"
    shutil.copytree(shipped("data") / "diy", case)
    text = (case / "scenarios" / "baseline.yaml").read_text(encoding="utf-8")
    shutil.rmtree(case / "scenarios")
    (case / "scenarios").mkdir()
    files = []
    for place in range(scenarios):
        budget = 0.8 + 0.4 * place / max(1, scenarios - 1)
        settings = re.sub(r"^budget_scale:.*$", f"budget_scale: {budget:.4f}", text, flags=re.MULTILINE)
        solver = f"solver: {{gap: 0.01, time_limit: {seconds:g}, threads: 1}}"
        settings = re.sub(r"^solver:.*$", solver, settings, flags=re.MULTILINE)
        files.append(case / "scenarios" / f"budget-{place + 1:02}.yaml")
        files[-1].write_text(settings, encoding="utf-8")
    return files


def plainly(folder: Path, files: Sequence[Path]) -> None:
    """Run the notebook a scenario and language, then make it a page, one after another."""
    out = folder / "plain"
    out.mkdir()
    for file in files:
        for language in LANGUAGES:
            notebook = out / f"{file.stem}.{language}.ipynb"
            place = file.relative_to(folder).as_posix()
            parameters = ["-p", "scenario", place, "-p", "language", language]
            call(folder, "papermill", str(NOTEBOOK), str(notebook), *parameters, "--no-progress-bar")
            call(folder, "nbconvert", "--to", "html", str(notebook))


def together(folder: Path, workers: int) -> None:
    """Run all scenarios of the case by jspmodel."""
    call(folder, "jspmodel", "run", "data/diy", "--out", f"ours-{workers}", "--workers", str(workers))


def call(folder: Path, tool: str, *arguments: str) -> None:
    """Run a command as a user would, in a folder; its output is shown if it fails."""
    command = [sys.executable, *TOOLS[tool], *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Return how many seconds a piece of work takes, by the clock and of all its processes together."""
    start, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    return time.perf_counter() - start, cpu


def alike(folder: Path) -> str:
    """Say how many plans of one worker and of two are the same to the byte."""
    same = stopped = 0
    plans = sorted((folder / "ours-1").rglob("plan.json"))
    for plan in plans:
        other = folder / "ours-2" / plan.relative_to(folder / "ours-1")
        same += plan.read_bytes() == other.read_bytes()
        stopped += json.loads(plan.read_text(encoding="utf-8"))["stopped_by_clock"]
    return f"{same} of {len(plans)} plans the same with one worker and two; the clock stopped {stopped}"


def measure(folder: Path, scenarios: int, plain: int, seconds: float) -> tuple[list[Row], str]:
    """Take the ways in turn; the plain one may take fewer scenarios."""
    files = write_case(folder, scenarios, seconds)
    spent = {"1 worker": timed(lambda: together(folder, 1))}
    by_hand, by_hand_cpu = timed(lambda: plainly(folder, files[:plain]))
    spent["2 workers"] = timed(lambda: together(folder, 2))
    rows = [Row("plain", plain, by_hand, by_hand / plain, by_hand_cpu / plain, 1.0)]
    for way, (wall, cpu) in spent.items():
        each = wall / scenarios
        rows.append(Row(way, scenarios, wall, each, cpu / scenarios, rows[0].each / each))
    return rows, alike(folder)


def show(rows: Sequence[Row], note: str) -> None:
    """Print the rows."""
    columns = ("way", "scenarios", "seconds", "a scenario", "CPU a scenario", "times faster")
    table = Table(*columns, title="Many scenarios of DIY")
    for row in rows:
        figures = (f"{row.seconds:.0f}", f"{row.each:.1f}", f"{row.cpu:.1f}", f"{row.faster:.2f}")
        table.add_row(row.way, str(row.scenarios), *figures)
    Console().print(table)
    print(f"Two workers beside one: {rows[1].each / rows[2].each:.2f} times faster. {note}.")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenarios", type=int, default=20)
    parser.add_argument("--plain", type=int, help="how many of them the plain way takes (all)")
    parser.add_argument("--seconds", type=float, default=10.0, help="time limit of the solver")
    parser.add_argument("--out", type=Path, help="JSON file to write")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows, note = measure(Path(folder), asked.scenarios, asked.plain or asked.scenarios, asked.seconds)
    show(rows, note)
    machine.write(asked.out, note=note, rows=[asdict(row) for row in rows])


if __name__ == "__main__":
    main()
