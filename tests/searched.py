"""Plans that tests need and do not question, sought once for the same tables and settings."""

from __future__ import annotations

from jspmodel.selection import select_programs

_FOUND = {}


def plan_of(case, scenario):
    """Return the plan of a case; frozen, so that all may have the same."""
    asked = scenario.model_dump_json(), *(table.to_csv() for table in case.tables().values())
    if asked not in _FOUND:
        _FOUND[asked] = select_programs(case, scenario)
    return _FOUND[asked]
