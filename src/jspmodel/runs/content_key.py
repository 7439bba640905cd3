"""The key under which the plan of tables that need not stand in files is kept."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import version

from jspmodel.case import Case
from jspmodel.runs.fingerprints import code_hash
from jspmodel.runs.record import PACKAGES
from jspmodel.scenario import Scenario

_TOLD = {"title", "language", "simulation", "rule_prices"}
"""Settings that no plan hangs on."""


def content_key(case: Case, scenario: Scenario) -> str:
    """Return the hash of all that a plan hangs on, but for the clock: tables, settings, code, versions.

    Parameters
    ----------
    case : Case
        Its folder, if it has one, does not count: what is in memory does.
    scenario : Scenario

    Returns
    -------
    str
        Never that of ``run.json``, which has the fingerprints of files.
    """
    tables = {name: frame.to_csv(index=False) for name, frame in case.tables().items() if len(frame)}
    counts = {
        "case": case.name,
        "level": case.level,
        "tables": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tables.items()},
        "carried_over": sorted([*key, amount] for key, amount in case.carried_over.items()),
        "parameters": scenario.model_dump(mode="json", exclude=_TOLD),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "code": code_hash(),
    }
    return hashlib.sha256(json.dumps(counts, sort_keys=True).encode()).hexdigest()
