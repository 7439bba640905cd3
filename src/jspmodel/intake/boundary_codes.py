"""Which region each shape is: by the feature's ``id``, else by a property that holds a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jspmodel.errors import Problem
from jspmodel.intake.boundary_shapes import Shape
from jspmodel.intake.nearest import nearest_code

_PROPERTIES = frozenset(
    {
        "region",
        "code",
        "kode",
        "id",
        "kode_daerah",
        "kode_wilayah",
        "kode_kemendagri",
        "kode_kab",
        "kode_kec",
        "kdpkab",
        "kdcpum",
    }
)
"""Names of properties that may hold a code, in small letters: ours, and those of maps of BIG and of BPS."""


def coded_shapes(
    shapes: Sequence[Shape], names: Mapping[str, str], file: str
) -> tuple[dict[str, Shape], list[Problem]]:
    """Return the shape of each region, and what is wrong with codes.

    Parameters
    ----------
    shapes : sequence of Shape
        Of all features.
    names : mapping of str to str
        Name by code of the regions of the case.
    file : str

    Returns
    -------
    dict of str to Shape
        In the order of the regions.
    list of Problem
        A feature of no region of the case is left aside with a warning where no region lacks its shape.
    """
    sources = _sources(shapes, names)
    if not sources:
        looked = ["id", *sorted(_PROPERTIES - {"id"})]
        return {}, [Problem("boundaries_no_codes", file, values={"looked": looked})]
    codes = {source: [_value(shape, source) for shape in shapes] for source in sources}
    if any(codes[source] != codes[sources[0]] for source in sources[1:]):
        return {}, [Problem("boundaries_ambiguous", file, values={"sources": sources})]
    return _by_region(shapes, codes[sources[0]], names, file)


def _sources(shapes: Sequence[Shape], names: Mapping[str, str]) -> list[str]:
    """Return where most codes of the case stand: ``id`` alone if it has as many as any property."""
    known = {"": sum(_value(shape, "") in names for shape in shapes)}
    for shape in shapes:
        for name in _properties(shape):
            if name.casefold() in _PROPERTIES and name not in known:
                known[name] = sum(_value(other, name) in names for other in shapes)
    most = max(known.values())
    if most == 0:
        return []
    return [""] if known[""] == most else [name for name, number in known.items() if number == most]


def _properties(shape: Shape) -> Mapping[str, Any]:
    found = shape.feature.get("properties")
    return found if isinstance(found, Mapping) else {}


def _value(shape: Shape, source: str) -> str:
    """Return what stands where codes do, as text; ``""`` is the feature's own ``id``."""
    value = shape.feature.get("id") if source == "" else _properties(shape).get(source)
    if isinstance(value, str):
        return value.strip()
    return str(value) if type(value) in (int, float) else ""


def _by_region(
    shapes: Sequence[Shape], codes: Sequence[str], names: Mapping[str, str], file: str
) -> tuple[dict[str, Shape], list[Problem]]:
    found: dict[str, Shape] = {}
    problems, strangers = [], []
    for shape, code in zip(shapes, codes, strict=True):
        values = {"feature": shape.number, "value": code}
        if code in found:
            first = found[code].number
            problems.append(Problem("boundary_twice", file, values={**values, "first": first}))
        elif code in names:
            found[code] = shape
        else:
            strangers.append(values)
    lacking = [region for region in names if region not in found]
    problems += [
        Problem("boundary_missing", file, values={"value": region, "name": names[region]})
        for region in lacking
    ]
    problems += _strangers(strangers, {region: names[region] for region in lacking}, file)
    return {region: found[region] for region in names if region in found}, problems


def _strangers(
    strangers: Sequence[Mapping[str, Any]], lacking: Mapping[str, str], file: str
) -> Iterator[Problem]:
    """Yield the features of no region: a mistake where a region lacks its shape, else of somewhere else."""
    if strangers and not lacking:
        yield Problem("boundaries_others", file, values={"n": len(strangers)}, warning=True)
        return
    for values in strangers:
        if values["value"]:
            near = nearest_code(str(values["value"]), lacking)
            yield Problem("boundary_unknown", file, values={**values, "nearest": near})
        else:
            yield Problem("boundary_without_code", file, values=values)
