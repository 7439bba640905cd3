"""What a figure was measured on: in every file that a benchmark writes, printed where it writes none."""

from __future__ import annotations

import json
import platform
import re
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import psutil

from jspmodel.batch.pool import usable_cores

BESIDE = ("jspmodel", "numpy", "psutil")
"""Packages that matter beside those that jspmodel asks for."""

CPUINFO = Path("/proc/cpuinfo")


def state() -> dict[str, object]:
    """Return when it is, and how many processes want to run: means of 1 and of 15 minutes."""
    load = psutil.getloadavg()
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "load": [round(load[0], 2), round(load[2], 2)],
    }


STARTED = state()


def machine() -> dict[str, object]:
    """Return what this machine is, and how busy it was when the benchmark started and is now."""
    return {
        "processor": processor(),
        "cores": psutil.cpu_count(logical=False),
        "threads": psutil.cpu_count(),
        "usable": usable_cores(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "started": STARTED,
        "ended": state(),
    }


def processor() -> str:
    """Return the model of the processor, as far as the system tells."""
    told = CPUINFO.read_text() if CPUINFO.exists() else ""
    if model := re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE):
        return model[1].strip()
    return platform.processor() or platform.machine()


def packages() -> dict[str, str]:
    """Return the versions of jspmodel and of all packages that it asks for, extras too, where installed."""
    names = {re.match(r"[\w.-]+", line)[0] for line in requires("jspmodel")} | set(BESIDE)  # type: ignore[index, union-attr]
    found = {}
    for name in sorted(names):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def write(file: Path | None, **figures: Any) -> None:
    """Write figures with what they were measured on.

    Parameters
    ----------
    file : Path or None
        JSON; without it, one line about the machine is printed.
    **figures : object
        As JSON can hold them.
    """
    record = {"machine": machine(), "packages": packages(), **figures}
    if file is None:
        print(json.dumps(record["machine"]))
    else:
        file.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def most_memory() -> float:
    """Return the most memory that this process, or a child of it that has ended, held at once, in GiB."""
    import resource  # not on Windows

    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(used) / (2**30 if sys.platform == "darwin" else 2**20)
