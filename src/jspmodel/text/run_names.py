"""What a run is called: by its own name and by what was changed with ``--set``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_LONGEST = 60


def run_name(run: str, scenario: str, changes: Mapping[str, object]) -> str:
    """Return what to call a run that is not just its scenario.

    Parameters
    ----------
    run : str
        Name of its folder.
    scenario : str
    changes : mapping of str to object
        What ``--set`` changed, by dotted key.

    Returns
    -------
    str
        Its name, and in brackets what was changed, cut short; empty where the run is the scenario as it
        stands: the scenario's own title says more. The short hash that makes the folder of an unnamed run
        unique is left out.

    Examples
    --------
    >>> run_name("lean", "baseline", {"budget_scale": "0.9"})
    'lean (budget_scale=0.9)'
    >>> run_name("baseline-1a2b3c4d", "baseline", {"solver.gap": 0.02}), run_name("baseline", "baseline", {})
    ('baseline (solver.gap=0.02)', '')
    """
    name = scenario if changes and re.fullmatch(f"{re.escape(scenario)}-[0-9a-f]{{8}}", run) else run
    told = ", ".join(f"{key}={_format_setting(value)}" for key, value in changes.items())
    if told:
        return f"{name} ({told if len(told) <= _LONGEST else told[: _LONGEST - 1] + '…'})"
    return "" if name == scenario else name


def _format_setting(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
