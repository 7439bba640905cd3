"""How charts show in JupyterLab and in the report without a network."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert

from jspmodel.charts.fitted import fitted, has_one_width

# JupyterLab carries Vega-Lite 5 and shows nothing for a newer type; it draws these charts all the same.
MIME = "application/vnd.vegalite.v5+json"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What ends the process that draws, with what XML has no place for."""
_CELL = 796
"""Pixels for a chart in a notebook: with its menu as wide as the cell on a screen of 1280 with JupyterLab's
side bar open. (``width: container`` would follow the cell, but JupyterLab 4.6 then hangs in a loop.)"""
_LONGEST = 300
"""Letters of a text in a chart's data; none shows as many."""


def enable() -> None:
    """Make Altair show charts as their specification and, where nothing draws that, as an SVG."""
    alt.renderers.register("jspmodel", bundle)
    alt.renderers.enable("jspmodel")


def bundle(spec: dict[str, Any], **_options: object) -> dict[str, Any]:
    """Return a chart in the forms that a notebook stores.

    Parameters
    ----------
    spec : dict
        Vega-Lite specification.

    Returns
    -------
    dict
        Specification, SVG and plain text by MIME type.
    """
    shown = spec if _is_not_ours(spec) or has_one_width(spec) else fitted(spec, _CELL)
    return {MIME: shown, "image/svg+xml": svg(shown), "text/plain": spec.get("description", "")}


def _is_not_ours(spec: dict[str, Any]) -> bool:
    """Return whether a planner drew this chart with Altair, who then gave it its size."""
    return "jspmodel" not in spec.get("usermeta", {})


def svg(spec: dict[str, Any]) -> str:
    """Return a chart as SVG, drawn without a network.

    Parameters
    ----------
    spec : dict
        Vega-Lite specification.

    Returns
    -------
    str
    """
    return _drawn(json.dumps(_drawable(spec)))


def png(spec: dict[str, Any], scale: float) -> bytes:
    """Return a chart as PNG, drawn without a network.

    Parameters
    ----------
    spec : dict
        Vega-Lite specification.
    scale : float
        Dots of the picture for each of the chart's own.

    Returns
    -------
    bytes
    """
    return bytes(vl_convert.svg_to_png(svg(spec), scale=scale))


@lru_cache(maxsize=32)
def _drawn(spec: str) -> str:
    """Draw a chart once for the memo and the page."""
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def _drawable(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a chart that can be drawn whatever its names hold.

    Vega cuts emoji in half where it shortens a text, and fails; control characters end the process; and
    texts of thousands of letters take it half a minute.
    """
    cleaned: dict[str, Any] = _clean(spec)
    datasets = {name: [_cut(row) for row in rows] for name, rows in cleaned.get("datasets", {}).items()}
    return {**cleaned, "datasets": datasets} if datasets else cleaned


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub("", _ASTRAL.sub("\N{WHITE SQUARE}", value))
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def _cut(row: dict[str, Any]) -> dict[str, Any]:
    return {key: item[:_LONGEST] if isinstance(item, str) else item for key, item in row.items()}
