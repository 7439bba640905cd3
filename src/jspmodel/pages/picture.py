"""Charts as pictures that stand in a page: no script draws them, and a phone has one of its own width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from jspmodel.charts import fitted, has_one_width, svg

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
        Where the chart's slider stands; None: it has none, or what it does not move.
    wide, narrow : Markup
        Addresses that hold the whole picture: for screens and paper, and for phones.
    width, height : int
        Pixels of the wide one.
    """

    value: int | None
    wide: Markup
    narrow: Markup
    width: int
    height: int


def draw_picture(spec: dict[str, Any]) -> Picture:
    """Draw a chart in both widths.

    Parameters
    ----------
    spec : dict
        Vega-Lite specification; ``usermeta["jspmodel"]["narrow"]`` is the chart for phones, where it is
        another one.

    Returns
    -------
    Picture
    """
    drawn = [svg(_bare(one, None)) for one in _in_both_widths(spec)]
    wide, narrow = map(_address, drawn)
    return Picture(None, wide, narrow, *_size(drawn[0]))


def _size(drawn: str) -> tuple[int, int]:
    width, height = re.findall(r'\b(?:width|height)="([\d.]+)"', drawn)[:2]
    return round(float(width)), round(float(height))


def draw_steps(spec: dict[str, Any], values: Sequence[int]) -> list[Picture]:
    """Draw a chart with a slider: first what all its values have in common, then what each has of its own.

    Parameters
    ----------
    spec : dict
        As ``draw_picture`` takes it.
    values : sequence of int
        Of the chart's parameter, two or more.

    Returns
    -------
    list of Picture
        The first without a value; the others lie over it, and what they leave free shows it.
    """
    drawn = [[svg(_bare(one, value)) for value in values] for one in _in_both_widths(spec)]
    width, height = _size(drawn[0][0])
    wide, narrow = (map(_address, layered(same)) for same in drawn)
    return [Picture(*told, width, height) for told in zip([None, *values], wide, narrow, strict=True)]


def layered(drawn: Sequence[str]) -> list[str]:
    """Return pictures of one size as one of what they share, and one of the rest of each.

    Parameters
    ----------
    drawn : sequence of str
        SVG that differs in a few marks.

    Returns
    -------
    list of str
        Drawn over the first, each of the others is the picture that it was.
    """
    trees = [ET.fromstring(one) for one in drawn]  # noqa: S314 (drawn here)
    shared = deepcopy(trees[0])
    _part(shared, trees)
    return [ET.tostring(tree, encoding="unicode") for tree in (shared, *trees)]


def _part(shared: ET.Element, nodes: Sequence[ET.Element]) -> None:
    """Leave in ``shared`` the children that are the same in all nodes, and in the nodes the others."""
    shared[min(map(len, nodes)) :] = []  # some have marks that others lack: what moves is drawn last
    for children in reversed(list(zip(list(shared), *map(list, nodes), strict=False))):
        first, *own = children
        if len({ET.tostring(child) for child in own}) == 1:
            for node, child in zip(nodes, own, strict=True):
                node.remove(child)
        elif len({(child.tag, str(child.attrib)) for child in own}) == 1 and any(map(len, own)):
            _part(first, own)
        else:
            shared.remove(first)


def _in_both_widths(spec: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    if has_one_width(spec):
        return spec, spec["usermeta"]["jspmodel"]["narrow"]
    return fitted(spec, _WIDE), fitted(spec, _NARROW)


def _bare(spec: dict[str, Any], value: int | None) -> dict[str, Any]:
    """Return a chart without its title, which the page tells in words, its slider at a value."""
    bare = {key: part for key, part in spec.items() if key not in {"title", "usermeta"}}
    if value is not None:
        bare["params"] = [{**one, "value": value} for one in spec["params"]]
    return bare


def _address(drawn: str) -> Markup:
    """Return a picture as an address: smaller than base64, and the same in every browser.

    It stands between double quotes, so that its single ones, one letter in twenty, need no escape.
    """
    quoted = _TEXT.sub(
        lambda text: text.group().replace('"', "&quot;"), smaller(drawn).replace("'", "&apos;")
    )
    return Markup("data:image/svg+xml," + quoted.translate(_CODES).replace("&", "&amp;"))  # noqa: S704


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
