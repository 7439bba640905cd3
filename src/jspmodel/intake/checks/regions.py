"""Rules on regions."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.errors import Problem
from jspmodel.intake.draft import Draft
from jspmodel.intake.starting_set import CONFIRM
from jspmodel.measure import records


def check_populations(draft: Draft) -> Iterator[Problem]:
    """Check that populations are given for all regions or for none, and are not all 0."""
    people = draft["regions"]["population"]
    if people.isna().all():
        return
    for index in people.index[people.isna()]:
        yield draft.problem("population_missing", "regions", index, "population")
    if not people.sum() > 0:
        yield draft.problem("population_zero", "regions", None, "population")


def check_names(draft: Draft) -> Iterator[Problem]:
    """Warn where two regions are called the same: reports call regions by their names."""
    names = draft["regions"]["name"].str.strip()
    first: dict[str, int] = {}
    for index, name in names[names != ""].items():
        if first.setdefault(name.casefold(), index) != index:
            values = {"value": name, "first": draft.lines["regions"][first[name.casefold()]]}
            yield draft.problem("region_name_twice", "regions", index, "name", warning=True, **values)


def check_scales(draft: Draft) -> Iterator[Problem]:
    """Warn where the maturity of regions is measured on different scales."""
    regions = draft["regions"]
    known = regions[regions["maturity"].notna() & (regions["maturity_scale"] != "")]
    first = next(iter(known["maturity_scale"]), "")
    for index, region, scale in zip(known.index, known["region"], known["maturity_scale"], strict=True):
        if scale != first:
            values = {"region": region, "scale": scale, "other": first}
            yield draft.problem("mixed_scales", "regions", index, "maturity_scale", warning=True, **values)


def check_borders(draft: Draft) -> Iterator[Problem]:
    """Check that a border joins two regions, and is listed once."""
    seen: dict[frozenset[str], int] = {}
    for index, pair in enumerate(
        zip(draft["borders"]["region_a"], draft["borders"]["region_b"], strict=True)
    ):
        if pair[0] == pair[1]:
            yield draft.problem("border_with_itself", "borders", index, "region_b", value=pair[0])
        elif frozenset(pair) in seen:
            first = draft.lines["borders"][seen[frozenset(pair)]]
            yield draft.problem("border_twice", "borders", index, warning=True, first=first)
        seen.setdefault(frozenset(pair), index)


def check_short_borders(draft: Draft) -> Iterator[Problem]:
    """Ask for each border that was computed from coarse shapes and is very short whether it is one."""
    names = {code: f"{code} {name}".strip() for code, name in records(draft["regions"], "region", "name")}
    borders = draft["borders"]
    for index in borders.index[borders["source"].str.contains(CONFIRM, regex=False)]:
        one, other = (str(borders.at[index, key]) for key in ("region_a", "region_b"))
        values = {"one": names.get(one, one), "other": names.get(other, other), "mark": CONFIRM}
        yield draft.problem("border_short", "borders", index, "source", warning=True, **values)


def check_terms(draft: Draft) -> Iterator[Problem]:
    """Check that a government has one head."""
    table = draft["terms_of_office"]
    for index in table.index[table["region"].duplicated()]:
        region = str(table.at[index, "region"]) or "–"
        yield draft.problem("term_twice", "terms_of_office", index, "region", region=region)
