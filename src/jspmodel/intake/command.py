"""The very command that asks a scenario again, with what was changed since its file."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from jspmodel.case import Case
from jspmodel.errors import JspError
from jspmodel.intake.scenario_names import coded_scenario
from jspmodel.intake.scenarios import load_scenario
from jspmodel.realisation import with_decided
from jspmodel.scenario import MOST_EFFORT, Scenario, Settings

_AFTER: dict[str | float, str | float] = {"quick": "thorough", "standard": "thorough", "thorough": 100}
_NOT_ASKED = {"name", "title", "simulation", "language"}
"""Settings that change nothing of the selection."""


def command_with_more_effort(case: Case, scenario: Scenario) -> str:
    """Return the command that asks again with more effort, and without a time limit.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    str
        To be typed as it is; empty where more effort is not allowed.
    """
    effort = scenario.solver.effort
    more = _AFTER[effort] if isinstance(effort, str) else min(10 * effort, MOST_EFFORT)
    if more == effort:
        return ""
    solver = scenario.solver.model_copy(update={"effort": more, "time_limit": None})
    return solve_command(case, scenario.model_copy(update={"solver": solver}))


def solve_command(case: Case, scenario: Scenario) -> str:
    """Return the command that solves a scenario, whatever was changed since its file.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    str
        Such as ``jspmodel solve data/diy/scenarios/baseline.yaml --set solver.effort=thorough``.
    """
    folder = Path("data", case.name) if case.folder is None else case.folder
    file = folder / "scenarios" / f"{scenario.name}.yaml"
    stated = Scenario()
    with suppress(JspError):
        stated, _ = coded_scenario(case, load_scenario(file))
    with suppress(ValueError):
        file = file.resolve().relative_to(Path.cwd())
    stated = with_decided(case, stated)
    sets = [f"--set {shlex.quote(f'{key}={_yaml(value)}')}" for key, value in _changed(stated, scenario)]
    return " ".join(["jspmodel solve", shlex.quote(file.as_posix()), *sets])


def _changed(before: Settings, after: Settings, group: str = "") -> Iterator[tuple[str, object]]:
    """Yield the settings that differ, by dotted key."""
    for name in type(after).model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old == new or (not group and name in _NOT_ASKED):
            continue
        if isinstance(old, Settings) and isinstance(new, Settings):
            yield from _changed(old, new, f"{group}{name}.")
        else:
            yield f"{group}{name}", new


def _yaml(value: object) -> str:
    """Return a value as YAML on one line: JSON is YAML, and words need no quotation marks."""
    return value if isinstance(value, str) else json.dumps(_plain(value))


def _plain(value: object) -> object:
    if isinstance(value, Settings):
        return {key: _plain(item) for key, item in value.model_dump(exclude_defaults=True).items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
