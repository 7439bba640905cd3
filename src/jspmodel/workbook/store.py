"""New tables into the folder of a case, the old ones kept."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from jspmodel.intake import SCENARIO_FOLDER
from jspmodel.workbook.changes import TableChange

_BACKUP = "backup"


def write_tables(folder: Path, changes: Sequence[TableChange], now: datetime) -> Path | None:
    """Write the tables that change, after a copy of all tables was laid aside.

    Parameters
    ----------
    folder : Path
        Of the case; made where it is not there, with an empty scenario ``baseline``.
    changes : sequence of TableChange
    now : datetime
        Names the backup.

    Returns
    -------
    Path or None
        The folder of the backup, inside the case; None where there was nothing to keep.
    """
    (folder / SCENARIO_FOLDER).mkdir(parents=True, exist_ok=True)
    if not any((folder / SCENARIO_FOLDER).iterdir()):
        (folder / SCENARIO_FOLDER / "baseline.yaml").write_text("{}\n", encoding="utf-8")
    backup = _keep(folder, now)
    written = [(_written(folder, change), folder / f"{change.table}.csv") for change in changes]
    for new, target in written:
        new.replace(target)
    return backup


def _keep(folder: Path, now: datetime) -> Path | None:
    files = sorted(folder.glob("*.csv"))
    if not files:
        return None
    name = f"{now:%Y-%m-%d-%H%M%S}"
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))  # a clock may be set back
    backup = next(place for name in names if not (place := folder / _BACKUP / name).exists())
    backup.mkdir(parents=True)
    for file in files:
        shutil.copy2(file, backup / file.name)
    return backup


def _written(folder: Path, change: TableChange) -> Path:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(change.columns)
    writer.writerows(change.rows)
    file = folder / f".{change.table}.csv.new"
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    return file
