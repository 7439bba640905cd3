"""Synthetic cases of any size, seeded, every row illustrative: for benchmarks, tests, ``init --generate``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.intake import build_case

FIRST_YEAR = 2027
ISSUES = tuple(f"I{k:02}" for k in range(1, 13))
DIMENSIONS = ("governance", "branding", "economy", "living", "society", "environment")
CANDIDATES = 40
NEIGHBOURS = 3


@dataclass(frozen=True)
class Size:
    """How large a synthetic case is.

    Attributes
    ----------
    regions, programs, years : int
        Counts.
    budget : float
        Budgets of all years as a share of what all programmes would cost with every region they may have.
    """

    regions: int
    programs: int
    years: int = 5
    budget: float = 0.4


def generate_case(size: Size, seed: int = 1, places: pd.DataFrame | None = None) -> Case:
    """Make up a case: regions on a map, issues that neighbours share, programmes, funds, every rule on.

    Parameters
    ----------
    size : Size
    seed : int
        The same size and seed give the same case.
    places : DataFrame, optional
        Real regions in place of made-up ones: columns of the table ``regions``, population, latitude and
        longitude among them; as many rows as ``size.regions``. Their maturity is made up.

    Returns
    -------
    Case
        Named ``synthetic-<regions>x<programs>x<years>``; codes R0001, P0001 and so on.

    Examples
    --------
    >>> case = generate_case(Size(regions=4, programs=6))
    >>> len(case.regions), len(case.programs)
    (4, 6)
    """
    draw = np.random.default_rng(seed)
    regions = _regions(draw, size.regions)
    if places is not None:
        regions = places.reset_index(drop=True).assign(maturity=regions["maturity"])
    programs = _programs(draw, size)
    takers = _program_regions(draw, regions, programs)
    costs = _costs(draw, programs, takers)
    tables = {
        "regions": regions,
        "borders": _borders(regions),
        "dimensions": pd.DataFrame({"dimension": DIMENSIONS, "name_id": DIMENSIONS}),
        "issues": pd.DataFrame(
            {
                "issue": ISSUES,
                "name_id": [f"Isu buatan {code}" for code in ISSUES],
                "name_en": [f"Made-up issue {code}" for code in ISSUES],
            }
        ),
        "issue_regions": _severities(draw, regions),
        "agencies": pd.DataFrame(
            {"agency": DIMENSIONS, "name": DIMENSIONS, "max_parallel": size.programs // 6 + 1}
        ),
        "programs": programs,
        "program_regions": takers,
        "program_costs": costs,
        "program_effects": _effects(draw, programs),
        "program_links": _links(draw, programs),
        "systems": pd.DataFrame(
            {"system": _systems_of(programs), "name": _codes("Sistem buatan ", len(programs))}
        ),
        "program_systems": _systems(draw, programs),
        **_funds(regions, costs, size),
    }
    source = f"sintetis: angka acak, seed {seed}"
    illustrative = {
        name: table.assign(status="illustrative", source=table.get("source", source))
        for name, table in tables.items()
    }
    return build_case(f"synthetic-{size.regions}x{size.programs}x{size.years}", illustrative)


def _codes(letter: str, count: int) -> list[str]:
    return [f"{letter}{k:04}" for k in range(1, count + 1)]


def _regions(draw: np.random.Generator, count: int) -> pd.DataFrame:
    place = draw.uniform(0, np.sqrt(count), (count, 2))
    return pd.DataFrame(
        {
            "region": _codes("R", count),
            "name": _codes("Daerah ", count),
            "population": draw.lognormal(13, 0.6, count).round(),
            "latitude": place[:, 0] - 11,
            "longitude": place[:, 1] + 95,
            "maturity": draw.integers(1, 4, count),
        }
    )


def _distances(regions: pd.DataFrame) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    place = regions[["latitude", "longitude"]].to_numpy()
    return np.hypot(*np.moveaxis(place[:, None] - place[None], 2, 0))


def _borders(regions: pd.DataFrame) -> pd.DataFrame:
    """Each region borders its nearest."""
    nearest = np.argsort(_distances(regions), axis=1, kind="stable")[:, 1 : NEIGHBOURS + 1]
    pairs = sorted({(min(r, int(s)), max(r, int(s))) for r, row in enumerate(nearest) for s in row})
    code = regions["region"].tolist()
    return pd.DataFrame([(code[r], code[s]) for r, s in pairs], columns=["region_a", "region_b"])


def _severities(draw: np.random.Generator, regions: pd.DataFrame) -> pd.DataFrame:
    """Neighbours have like problems: each issue is strongest around a centre of its own."""
    distance = _distances(regions)
    rows = []
    for issue in ISSUES:
        near = np.exp(-distance[draw.integers(len(regions))] / np.sqrt(len(regions)))
        severity = np.clip(0.7 * near + draw.uniform(-0.1, 0.4, len(regions)), 0, 1).round(3)
        rows += [(issue, region, value) for region, value in zip(regions["region"], severity, strict=True)]
    return pd.DataFrame(rows, columns=["issue", "region", "severity"])


def _programs(draw: np.random.Generator, size: Size) -> pd.DataFrame:
    count, last = size.programs, FIRST_YEAR + size.years - 1
    duration = draw.integers(1, min(3, size.years) + 1, count)
    quick = duration == 1
    dimension = draw.choice(DIMENSIONS, count)
    first = FIRST_YEAR + draw.integers(0, 2, count) * (duration < size.years)
    return pd.DataFrame(
        {
            "program": _codes("P", count),
            "name_id": _codes("Program buatan ", count),
            "name_en": _codes("Made-up programme ", count),
            "dimension": dimension,
            "agency": dimension,
            "first_start": np.minimum(first, last - duration + 1),
            "last_start": last - duration + 1,
            "duration": duration,
            "in_annual_plan": draw.random(count) < 0.3,
            "quick_win": quick & (draw.random(count) < 0.5),
            "scope": np.where(draw.random(count) < 0.1, "province", "joint"),
            "min_regions": draw.integers(1, 3, count),
            "min_volume": np.where(draw.random(count) < 0.05, 20.0, np.nan),
            "required_maturity": np.where(draw.random(count) < 0.1, 3.0, np.nan),
            "raises_maturity": np.where(draw.random(count) < 0.1, 1.0, np.nan),
            "new_systems": draw.random(count) < 0.2,
            "score": draw.integers(40, 100, count),
        }
    ).astype({"new_systems": int})


def _program_regions(
    draw: np.random.Generator, regions: pd.DataFrame, programs: pd.DataFrame
) -> pd.DataFrame:
    """Propose each joint programme around a centre: its nearest regions may take part."""
    order, code = np.argsort(_distances(regions), axis=1, kind="stable"), regions["region"].to_numpy()
    most = min(CANDIDATES, len(regions))
    rows = []
    for program in programs.loc[programs["scope"] == "joint", "program"]:
        near = order[draw.integers(len(regions)), : draw.integers(min(2, most), most + 1)]
        rows += [(program, code[r], float(draw.integers(5, 30))) for r in sorted(near)]
    return pd.DataFrame(rows, columns=["program", "region", "volume"])


def _costs(draw: np.random.Generator, programs: pd.DataFrame, takers: pd.DataFrame) -> pd.DataFrame:
    """Shared and own costs in each year of building, a tenth of the own cost each year after."""
    rows: list[tuple[str, str, str, int | None, float]] = []
    duration = programs.set_index("program")["duration"]
    for program, years in duration.items():
        shared = draw.lognormal(1.5, 0.6)
        rows += [(str(program), "", "build", k, round(shared / years, 3)) for k in range(years)]
    for program, region in zip(takers["program"], takers["region"], strict=True):
        own, years = draw.lognormal(0.7, 0.6), duration[program]
        rows += [(program, region, "build", k, round(own / years, 3)) for k in range(years)]
        rows.append((program, region, "run", None, round(own / 10, 3)))
    return pd.DataFrame(rows, columns=["program", "region", "kind", "offset", "amount"])


def _effects(draw: np.random.Generator, programs: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for program in programs["program"]:
        for issue in draw.choice(ISSUES, draw.integers(1, 4), replace=False):
            effect = round(float(draw.uniform(0.03, 0.3)), 3)
            rows.append((program, issue, effect, round(effect / 2, 3), round(effect * 1.5, 3)))
    return pd.DataFrame(rows, columns=["program", "issue", "effect", "low", "high"])


def _links(draw: np.random.Generator, programs: pd.DataFrame) -> pd.DataFrame:
    """Link later programmes in the list to earlier ones only, so that no prerequisites go round."""
    code = programs["program"].tolist()
    rows = []
    for kind, share in (("requires", 0.08), ("excludes", 0.05), ("complements", 0.1)):
        value = 0.2 if kind == "complements" else None
        later = np.flatnonzero(draw.random(len(code)) < share)
        rows += [(code[k], code[draw.integers(k)], kind, value) for k in later if k]
    return pd.DataFrame(rows, columns=["program", "other", "kind", "value"])


def _systems(draw: np.random.Generator, programs: pd.DataFrame) -> pd.DataFrame:
    retiring = programs[draw.random(len(programs)) < 0.3]
    return pd.DataFrame(
        {"program": retiring["program"], "system": _systems_of(retiring), "action": "retires"}
    )


def _systems_of(programs: pd.DataFrame) -> pd.Series:
    """Return the code of each programme's own system: P0007 has S0007."""
    return programs["program"].str.replace("P", "S")


def _funds(regions: pd.DataFrame, costs: pd.DataFrame, size: Size) -> dict[str, pd.DataFrame]:
    """Share the budget between the province, an earmarked fund and the regions, evenly over the years."""
    yearly = size.budget * costs["amount"].sum() / size.years
    people = regions["population"] / regions["population"].sum()
    funds = ["apbd", "danais", *("apbd-" + regions["region"])]
    amounts = [0.4 * yearly, 0.1 * yearly, *(0.5 * yearly * people)]
    years = range(FIRST_YEAR, FIRST_YEAR + size.years)
    budgets = [(f, t, round(a, 3)) for f, a in zip(funds, amounts, strict=True) for t in years]
    return {
        "funds": pd.DataFrame({"fund": funds, "name_id": funds, "holder": ["", "", *regions["region"]]}),
        "fund_budgets": pd.DataFrame(budgets, columns=["fund", "year", "amount"]),
        "fund_rules": pd.DataFrame(
            {"fund": ["danais"] * 2, "dimension": ["branding", "governance"], "max_share": 0.8}
        ),
    }
