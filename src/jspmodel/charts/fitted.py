"""A chart as wide as the room that it has."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from jspmodel.charts.message import headed

_MARGIN, _PANEL_MARGIN = 6, 62
"""Pixels beside the drawing of a chart, and of each of small multiples with their axes."""
_TWO = 700
"""Pixels from which small multiples stand beside one another."""


def fitted(spec: dict[str, Any], room: int) -> dict[str, Any]:
    """Return a chart as wide as its room; small multiples stand below one another where it is narrow.

    Parameters
    ----------
    spec : dict
        Vega-Lite specification, as a chart of this package returns it. Those that are laid out for one width
        (maps, the roadmap) are to be used as they are.
    room : int
        Pixels.

    Returns
    -------
    dict
    """
    told = spec["usermeta"]["jspmodel"]
    title = {**spec["title"], **headed(told["title"], told["note"], room)}
    if "spec" not in spec:
        return {**spec, "title": title, "width": room - _MARGIN}
    panels = deepcopy(spec)
    columns = spec["columns"] if room >= _TWO else 1
    panels["title"], panels["columns"] = title, columns
    panels["spec"]["width"] = room // columns - _PANEL_MARGIN
    panels["config"]["header"]["labelLimit"] = room // columns - 10
    return panels


def has_one_width(spec: dict[str, Any]) -> bool:
    """Return whether a chart is laid out for one width, with another drawing for phones beside it."""
    return "narrow" in spec["usermeta"]["jspmodel"]
