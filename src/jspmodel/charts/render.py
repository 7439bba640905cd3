"""How charts show in JupyterLab and in the report without a network."""

from __future__ import annotations

from typing import Any

import altair as alt
import vl_convert

# JupyterLab carries Vega-Lite 5 and shows nothing for a newer type; it draws these charts all the same.
MIME = "application/vnd.vegalite.v5+json"


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
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
