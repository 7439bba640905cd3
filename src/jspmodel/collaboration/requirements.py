"""What a coalition still needs before it can act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from jspmodel.case import Case


@dataclass(frozen=True)
class MissingRequirement:
    """Something a coalition still needs.

    Attributes
    ----------
    code : {"no_body", "outside_body", "no_program", "documents", "volume", "unknown"}
        No body of cooperation answers the issue here; some ``regions`` are not members of the body;
        nothing is proposed that two of them may do together; ``n`` documents of ``program`` are not
        signed; ``program`` needs a volume of ``needed``, of which they bring only ``lowest`` at the
        lowest figures, while other ``regions`` may join it; of bordering ``regions`` nothing is known.
    values : dict
        The values quoted above.
    """

    code: str
    values: dict[str, Any] = field(default_factory=dict)


def missing_body(regions: tuple[str, ...], members: tuple[str, ...]) -> Iterator[MissingRequirement]:
    """Tell whether the coalition lacks a body, or the body some of its regions."""
    outside = tuple(region for region in regions if region not in members)
    if not members:
        yield MissingRequirement("no_body")
    elif outside:
        yield MissingRequirement("outside_body", {"regions": outside})


def missing_documents(case: Case, programs: tuple[str, ...]) -> Iterator[MissingRequirement]:
    """Tell whether there is a programme, and what the one with the largest effect lacks in signatures."""
    if not programs:
        yield MissingRequirement("no_program")
        return
    papers = case.program_documents
    unsigned = papers[(papers["program"] == programs[0]) & ~papers["done"]]
    if len(unsigned):
        yield MissingRequirement("documents", {"program": programs[0], "n": len(unsigned)})


def missing_volume(
    case: Case, programs: tuple[str, ...], regions: tuple[str, ...]
) -> Iterator[MissingRequirement]:
    """Tell which programmes may not get the volume they need."""
    needed = case.programs.set_index("program")["min_volume"]
    for program in programs:
        rows = case.program_regions[case.program_regions["program"] == program].set_index("region")
        lowest = rows["volume_low"].fillna(rows["volume"]).fillna(0.0)
        brought = float(lowest[lowest.index.isin(regions)].sum())
        if brought < needed[program]:
            others = tuple(region for region in lowest.index if region not in regions)
            values = {"program": program, "needed": float(needed[program]), "lowest": brought}
            yield MissingRequirement("volume", values | {"regions": others})


def unknown_neighbours(
    borders: pd.DataFrame, gap: pd.Series[float], regions: tuple[str, ...]
) -> Iterator[MissingRequirement]:
    """Tell of which bordering regions the data say nothing on the issue, whose gaps are given."""
    beside = borders[list(regions)].any(axis=1)
    unknown = tuple(str(region) for region in gap.index if beside[region] and pd.isna(gap[region]))
    if unknown:
        yield MissingRequirement("unknown", {"regions": unknown})
