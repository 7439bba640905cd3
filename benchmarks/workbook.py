"""Time and memory of a case of 50,000 rows through a workbook and back, once whole and once full of mistakes.

python benchmarks/workbook.py --rows 50000
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import machine
import openpyxl
from rich.console import Console

from jspmodel.workbook import Reading, mark_workbook, read_workbook, write_template

REGIONS, PLACES_EACH = 500, 9


def write_case(folder: Path, rows: int) -> None:
    """Write regions, programmes, who takes part in them and what that costs: about ``rows`` rows in all."""
    draw = random.Random(1)  # noqa: S311
    regions = [f"{10 + number // 90}.{number % 90 + 1:02}" for number in range(REGIONS)]
    programs = [f"P{number:05}" for number in range(rows // (2 * PLACES_EACH))]
    pairs = [(program, region) for program in programs for region in draw.sample(regions, PLACES_EACH)]
    tables = {
        "regions": ["region,name", *(f"{code},Daerah nomor {code}" for code in regions)],
        "programs": ["program,name_id,duration", *(f"{code},Program nomor {code},1" for code in programs)],
        "program_regions": ["program,region", *(f"{program},{region}" for program, region in pairs)],
        "program_costs": [
            "program,region,kind,offset,amount",
            *(f"{program},{region},build,0,{draw.randint(1, 900) / 100}" for program, region in pairs),
        ],
        "funds": ["fund,name_id", "apbd,APBD"],
        "fund_budgets": ["fund,year,amount", "apbd,2027,1000"],
    }
    for table, lines in tables.items():
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def spoil(file: Path, target: Path) -> None:
    """Put a mistake in every tenth cost, and an unknown programme beside every twentieth."""
    book = openpyxl.load_workbook(file)
    sheet = book["Biaya program"]
    for row in range(7, sheet.max_row, 10):
        sheet.cell(row, 5).value = "1,5 M"
        if row % 20 == 7:
            sheet.cell(row, 1).value = f"P9{row}"
    book.save(target)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    rows = parser.parse_args().rows
    console = Console()

    def timed(name: str, work: Callable[[], Reading | None]) -> Reading | None:
        start = time.perf_counter()
        result = work()
        memory = 1024 * machine.most_memory()
        console.print(f"{name}: {time.perf_counter() - start:.1f} s, at most {memory:.0f} MiB so far")
        return result

    with tempfile.TemporaryDirectory() as place:
        folder, file, wrong = (Path(place) / name for name in ("case", "case.xlsx", "wrong.xlsx"))
        folder.mkdir()
        write_case(folder, rows)
        timed("template", lambda: write_template(folder, file, "id"))
        whole = timed("import, no change", lambda: read_workbook(file, folder))
        assert whole is not None and not whole.changes and not whole.errors  # noqa: S101, PT018
        spoil(file, wrong)
        bad = timed("import, full of mistakes", lambda: read_workbook(wrong, folder))
        assert bad is not None  # noqa: S101
        timed("marked copy", lambda: mark_workbook(wrong, bad, Path(place) / "marked.xlsx", "id"))
        console.print(f"{len(bad.errors)} mistakes")
    machine.write(None)


if __name__ == "__main__":
    main()
