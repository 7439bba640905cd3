"""How charts show in JupyterLab and in the report without a network."""

from __future__ import annotations

import json
import re
from typing import Any

import altair as alt
import vl_convert

# JupyterLab carries Vega-Lite 5 and shows nothing for a newer type; it draws these charts all the same.
MIME = "application/vnd.vegalite.v5+json"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


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
    return {MIME: spec, "image/svg+xml": svg(spec), "text/plain": spec.get("description", "")}


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
    return str(vl_convert.vegalite_to_svg(_drawable(spec), allowed_base_urls=[]))


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
    return bytes(vl_convert.vegalite_to_png(_drawable(spec), scale=scale, allowed_base_urls=[]))


def _drawable(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a chart without emoji: Vega cuts such letters in half where it shortens a text, and fails."""
    text = json.dumps(spec, ensure_ascii=False)
    return json.loads(_ASTRAL.sub("\N{WHITE SQUARE}", text)) if _ASTRAL.search(text) else spec
