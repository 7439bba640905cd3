"""New tables into the folder of a case, the old ones kept."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jspmodel.errors import DataError, Problem
from jspmodel.intake import PACKAGE, SCENARIO_FOLDER, write_whole
from jspmodel.text import worded
from jspmodel.workbook.changes import TableChange

_BACKUP = "backup"


def write_tables(
    folder: Path,
    changes: Sequence[TableChange],
    now: datetime,
    about: Mapping[str, Any] = MappingProxyType({}),
) -> Path | None:
    """Write the tables that change, after a copy of all tables was laid aside.

    Parameters
    ----------
    folder : Path
        Of the case; made where it is not there, with an empty scenario ``baseline``.
    changes : sequence of TableChange
    now : datetime
        Names the backup.
    about : mapping of str to object, optional
        What a new case says of itself beside its tables; one that says something already goes on saying it.

    Returns
    -------
    Path or None
        The folder of the backup, inside the case; None where there was nothing to keep.

    Raises
    ------
    DataError
        If a table cannot be written; then none is.
    """
    try:
        (folder / SCENARIO_FOLDER).mkdir(parents=True, exist_ok=True)
        if not any((folder / SCENARIO_FOLDER).iterdir()):
            (folder / SCENARIO_FOLDER / "baseline.yaml").write_text("{}\n", encoding="utf-8")
        if about and not (folder / PACKAGE).exists():
            text = json.dumps({"name": folder.resolve().name, **about}, ensure_ascii=False, indent=2)
            write_whole(folder / PACKAGE, text + "\n")
        backup = _keep(folder, now)
        _replace(folder, changes, backup)
    except OSError as error:
        place = Path(error.filename2 or error.filename or folder)
        file = place.with_name(place.name.removesuffix(".new").removeprefix("."))
        values = {"error": error.strerror or str(error)}
        raise worded(DataError, [Problem("tables_not_written", file.as_posix(), values=values)]) from error
    return backup


def _replace(folder: Path, changes: Sequence[TableChange], backup: Path | None) -> None:
    """Write all tables, or none: a file may be open in a spreadsheet, or the disk full."""
    new = {change.table: folder / f".{change.table}.csv.new" for change in changes}
    replaced: list[Path] = []
    try:
        for change in changes:
            _write(new[change.table], change)
        for table, file in new.items():
            target = folder / f"{table}.csv"
            file.replace(target)
            replaced.append(target)
    except OSError:
        for target in replaced:
            target.unlink()
            if backup and (kept := backup / target.name).exists():
                kept.replace(target)  # renamed, for which a full disk has room too
        if backup:
            shutil.rmtree(backup, ignore_errors=True)
        raise
    finally:
        for file in new.values():
            file.unlink(missing_ok=True)


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


def _write(file: Path, change: TableChange) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(change.columns)
    writer.writerows(change.rows)
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
