"""Charts as pictures that stand in a page: no script draws them, and a phone has one of its own width."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from jspmodel.charts import svg

_WIDE, _NARROW = 736, 340
"""Pixels that a chart has in the page's column and on a phone."""
_SVG = "{http://www.w3.org/2000/svg}"
_UNSEEN = re.compile(r"aria-|(role|class|pointer-events)$")
_INHERITED = (
    "fill",
    "fill-opacity",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
)
"""Presentation attributes that a group hands down to what stands in it (SVG 2, 6.5)."""
_PLACES = {"d", "height", "points", "transform", "width", "x", "x1", "x2", "y", "y1", "y2"}
_LONG = re.compile(r"\d+\.\d{2,}")
_TEXT = re.compile(r">[^<]+<")
_CODES = str.maketrans(
    {"%": "%25", "#": "%23", '"': "'", "<": "%3C", ">": "%3E", " ": "%20", "\n": "%20", "\t": "%20"}
)
"""Blanks too: a list of addresses (``srcset``) ends one at a blank."""

ET.register_namespace("", _SVG[1:-1])


@dataclass(frozen=True)
class Picture:
    """A chart as two pictures.

    Attributes
    ----------
    value : int or None
        Where the chart's slider stands; None: it has none.
    wide, narrow : str
        Addresses that hold the whole picture: for screens and paper, and for phones.
    width, height : int
        Pixels of the wide one.
    """

    value: int | None
    wide: str
    narrow: str
    width: int
    height: int


def draw_picture(spec: dict[str, Any], value: int | None = None) -> Picture:
    """Draw a chart in both widths.

    Parameters
    ----------
    spec : dict
        Vega-Lite specification; ``usermeta["jspmodel"]["narrow"]`` is the chart for phones, where it is
        another one.
    value : int, optional
        Of the chart's parameter.

    Returns
    -------
    Picture
    """
    drawn = [svg(_bare(one, value)) for one in _in_both_widths(spec)]
    width, height = re.findall(r'\b(?:width|height)="([\d.]+)"', drawn[0])[:2]
    wide, narrow = map(_address, drawn)
    return Picture(value, wide, narrow, round(float(width)), round(float(height)))


def _in_both_widths(spec: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    own = spec["usermeta"]["jspmodel"].get("narrow")
    if own is not None:
        return spec, own
    return _fitted(spec, _WIDE), _fitted(spec, _NARROW)


def _fitted(spec: dict[str, Any], room: int) -> dict[str, Any]:
    """Return a chart as wide as its room; small multiples stand below one another where it is narrow."""
    if "spec" not in spec:
        return {**spec, "width": room - 6}
    fitted = deepcopy(spec)
    columns = spec["columns"] if room >= _WIDE else 1
    fitted["columns"] = columns
    fitted["spec"]["width"] = room // columns - 62
    fitted["config"]["header"]["labelLimit"] = room // columns - 10
    return fitted


def _bare(spec: dict[str, Any], value: int | None) -> dict[str, Any]:
    """Return a chart without its title, which the page tells in words, its slider at a value."""
    bare = {key: part for key, part in spec.items() if key not in {"title", "usermeta"}}
    if value is not None:
        bare["params"] = [{**one, "value": value} for one in spec["params"]]
    return bare


def _address(drawn: str) -> str:
    """Return a picture as an address: smaller than base64, and the same in every browser."""
    quoted = _TEXT.sub(
        lambda text: text.group().replace('"', "&quot;"), smaller(drawn).replace("'", "&apos;")
    )
    return "data:image/svg+xml," + quoted.translate(_CODES)


def smaller(drawn: str) -> str:
    """Return a picture that looks the same in a third of the letters.

    Parameters
    ----------
    drawn : str
        SVG as Vega writes it.

    Returns
    -------
    str
        Without what only a script reads, coordinates to a tenth of a pixel, and what all of a group have
        in common told once. (scour does the same and more; its last release is of 2021.)
    """
    root = ET.fromstring(drawn)  # noqa: S314 (drawn here, and no document type can come from a chart)
    _simplify(root)
    return ET.tostring(root, encoding="unicode")


def _simplify(node: ET.Element) -> None:
    for name in [name for name in node.attrib if _UNSEEN.match(name)]:
        del node.attrib[name]
    if node.get("transform") == "translate(0,0)":
        del node.attrib["transform"]
    for name in _PLACES & set(node.attrib):
        node.set(name, _LONG.sub(_rounded, node.attrib[name]))
    for child in node:
        _simplify(child)
    if node.tag == f"{_SVG}g":
        _tidy(node)


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found.group()):.1f}".removesuffix(".0")


def _tidy(group: ET.Element) -> None:
    """Drop what shows nothing, unwrap what stands alone, hand up what all have in common."""
    for place, child in reversed(list(enumerate(group))):
        if _is_empty(child):
            group.remove(child)
        elif child.tag == f"{_SVG}g" and len(child) == 1 and not child.attrib:
            group[place] = child[0]
    for name in _INHERITED if len(group) else ():
        values = {child.get(name) for child in group}
        if len(values) == 1 and None not in values:
            group.set(name, str(values.pop()))
            for child in group:
                del child.attrib[name]


def _is_empty(node: ET.Element) -> bool:
    """Return whether a node shows nothing: Vega fills nothing that has no colour of its own."""
    if node.tag == f"{_SVG}g":
        return not len(node)
    return node.tag == f"{_SVG}path" and not {"fill", "stroke"} & set(node.attrib)
