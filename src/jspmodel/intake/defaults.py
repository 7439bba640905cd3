"""What a planner need not say row by row, filled in before the checks: totals, growth, defaults by kind.

Every row filled in says so in its source, behind the word of ``given.mark``, so that ``check`` can name what
hangs on it. The default levels and risks are rules of thumb of this project, not measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from jspmodel.intake.draft import Draft
from jspmodel.intake.links_of_sizes import links_of_sizes
from jspmodel.measure import plain_rows
from jspmodel.text import number, say

KINDS: Mapping[str, tuple[str, float]] = {
    "building": ("medium", 0.15),
    "system": ("low", 0.2),
    "service": ("medium", 0.1),
    "training": ("low", 0.05),
    "aid": ("medium", 0.05),
    "regulation": ("low", 0.2),
    "campaign": ("low", 0.05),
}
"""Effect level and delivery risk by kind of programme; ``text/*/given.toml`` has the reasons."""
READINESS = ("land", "design", "permits")
_LACKING = {"missing": 0.15, "under_way": 0.05}
"""What each item of the checklist adds to the delivery risk."""
_PLAIN_RISK, _HIGHEST_RISK = 0.05, 0.9
_EVEN = {"even", "merata", "rata"}


def filled(draft: Draft) -> Draft:
    """Return tables in which what may be said shortly stands row by row.

    - a cost with ``unit_cost`` is unit_cost times the region's volume; without a region: one row for each
      region of the programme;
    - a build cost without an offset but with a ``profile`` is a total, spread over the years of building;
    - a fund with ``growth_low`` and ``growth_high`` has, after its last year with a budget, that budget times
      (1 + mean / 100) to the power of the years since, until ``growth_until`` or the last year of any fund;
    - an effect without number and level has the level of its programme's ``kind``;
    - an indicator without a target has the best of the latest values of its regions;
    - a link to or from a programme that others are a size of (``option_of``) stands for each size;
    - a programme without ``delivery_risk`` has that of its kind plus what its checklist lacks, at most 0.9.

    Parameters
    ----------
    draft : Draft

    Returns
    -------
    Draft
        Rows made of one row keep its line. What was filled in before, as in a case written by
        ``Case.to_csv``, stays as it is.
    """
    costs, cost_lines = _costs(draft)
    budgets, budget_lines = _budgets(draft)
    links, link_lines = links_of_sizes(draft)
    frames = {
        **draft.frames,
        "program_costs": costs,
        "fund_budgets": budgets,
        "program_effects": _effects(draft),
        "indicators": _targets(draft),
        "programs": _risks(draft["programs"]),
        "program_links": links,
    }
    lines = {
        **draft.lines,
        "program_costs": cost_lines,
        "fund_budgets": budget_lines,
        "program_links": link_lines,
    }
    return replace(draft, frames=frames, lines=lines)


def profile_shares(profile: str, years: int) -> list[float] | None:
    """Return the share of a total that falls in each year, None where the profile cannot be read.

    Parameters
    ----------
    profile : str
        ``even`` (``merata``), or a number for each year parted by blanks: ``30 50 20``.
    years : int
        Years of building.

    Returns
    -------
    list of float or None
        Scaled to sum to 1.

    Examples
    --------
    >>> profile_shares("1 3", 2)
    [0.25, 0.75]
    """
    if profile.strip().lower() in _EVEN:
        return [1 / years] * years
    try:
        parts = [float(part.replace(",", ".")) for part in re.split(r"[\s/;|]+", profile.strip())]
    except ValueError:
        return None
    if len(parts) != years or not all(0 <= part < 1e9 for part in parts) or not sum(parts) > 0:
        return None
    return [part / sum(parts) for part in parts]


def _costs(draft: Draft) -> tuple[pd.DataFrame, Sequence[int]]:
    table, lines = draft["program_costs"], draft.lines.get("program_costs", ())
    short = (table["unit_cost"].notna() | is_total(table)) & ~is_filled(table["source"])
    if not short.any():
        return table, lines
    years = dict(zip(draft["programs"]["program"], draft["programs"]["duration"], strict=True))
    volumes = draft["program_regions"]
    rows, kept = [], []
    for index, row in zip(table.index, table.to_dict("records"), strict=True):
        made = [row]
        if short[index]:
            made = [part for whole in _priced(row, volumes) for part in _spread(whole, years)]
        rows += made
        kept += [lines[index]] * len(made)
    return pd.DataFrame(rows, columns=table.columns).astype(table.dtypes.to_dict()), kept


def is_total(costs: pd.DataFrame) -> pd.Series[bool]:
    """Whether each cost is a total with a spending profile."""
    return (costs["kind"] == "build") & costs["offset"].isna() & (costs["profile"] != "")


def _priced(row: Mapping[str, Any], volumes: pd.DataFrame) -> Iterator[dict[str, Any]]:
    if pd.isna(row["unit_cost"]):
        yield dict(row)
        return
    mine = volumes[(volumes["program"] == row["program"]) & volumes["volume"].notna()]
    for region, volume in zip(mine["region"], mine["volume"], strict=True):
        if row["region"] in {"", region}:
            words = {"unit": number(row["unit_cost"], "id", 6), "volume": number(volume, "id", 3)}
            source = _marked(row["source"], say("given.unit_cost", "id", **words))
            yield {**row, "region": region, "amount": row["unit_cost"] * volume, "source": source}


def _spread(row: dict[str, Any], years: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    duration = years.get(row["program"], float("nan"))
    total = row["kind"] == "build" and pd.isna(row["offset"]) and row["profile"] != ""
    shares = profile_shares(row["profile"], int(duration)) if total and duration >= 1 else None
    if shares is None:
        yield row
        return
    source = _marked(row["source"], say("given.profile", "id", total=number(row["amount"], "id", 3)))
    for offset, share in enumerate(shares):
        yield {**row, "offset": float(offset), "amount": row["amount"] * share, "source": source}


def _budgets(draft: Draft) -> tuple[pd.DataFrame, Sequence[int]]:
    table, lines, funds = draft["fund_budgets"], list(draft.lines.get("fund_budgets", ())), draft["funds"]
    growing = funds[funds["growth_low"].notna() & funds["growth_high"].notna()]
    if growing.empty:
        return table, lines
    said = table[table["year"].notna() & ~is_filled(table["source"])]
    known = set(zip(table["fund"], table["year"], strict=True))
    rows = []
    for fund in plain_rows(growing):
        mine = said[said["fund"] == fund.fund]
        if mine.empty:
            continue
        index = mine["year"].idxmax()
        last = int(mine.at[index, "year"])
        until = said["year"].max() if pd.isna(fund.growth_until) else fund.growth_until
        for year in range(last + 1, int(until) + 1):
            if (fund.fund, year) in known:
                continue  # filled in before
            rows.append(_grown(table.loc[index].to_dict(), fund, year))
            lines.append(lines[int(index)])
    if not rows:
        return table, lines
    more = pd.DataFrame(rows, columns=table.columns).astype(table.dtypes.to_dict())
    return pd.concat([table, more], ignore_index=True), lines


def _grown(row: dict[str, Any], fund: Any, year: int) -> dict[str, Any]:
    since = year - int(row["year"])
    low, middle, high = (
        row["amount"] * (1 + rate / 100) ** since
        for rate in (fund.growth_low, (fund.growth_low + fund.growth_high) / 2, fund.growth_high)
    )
    words = {"low": number(low, "id", 2), "high": number(high, "id", 2), "year": int(row["year"])}
    source = _marked(row["source"], say("given.growth", "id", **words))
    return {**row, "year": float(year), "amount": round(middle, 6), "source": source, "status": "estimated"}


def _targets(draft: Draft) -> pd.DataFrame:
    """Return the indicators with a target where somebody measured them: the best region's latest value."""
    table = draft["indicators"]
    short = table["target"].isna() & table["better"].isin(["lower", "higher"])
    if not short.any():
        return table
    values = draft["indicator_values"].dropna(subset=["year", "value"]).sort_values("year", kind="stable")
    latest = values.drop_duplicates(["indicator", "region"], keep="last").groupby("indicator")
    lowest, highest, years = latest["value"].min(), latest["value"].max(), latest["year"].max()
    filled_in = table.copy()
    for index in table.index[short & table["indicator"].isin(list(years.index))]:
        indicator, better = table.at[index, "indicator"], table.at[index, "better"]
        target = float((lowest if better == "lower" else highest)[indicator])
        words = {"target": number(target, "id", 2), "year": int(years[indicator])}
        filled_in.at[index, "target"] = target
        filled_in.at[index, "source"] = _marked(table.at[index, "source"], say("given.target", "id", **words))
    return filled_in


def _effects(draft: Draft) -> pd.DataFrame:
    table, programs = draft["program_effects"], draft["programs"]
    kinds = dict(zip(programs["program"], programs["kind"], strict=True))
    kind = pd.Series([kinds.get(program, "") for program in table["program"]], table.index, dtype="str")
    short = table["effect"].isna() & (table["level"] == "") & kind.isin(list(KINDS))
    if not short.any():
        return table
    filled_in = table.copy()
    for index in table.index[short]:
        filled_in.at[index, "level"] = KINDS[kind[index]][0]
        filled_in.at[index, "source"] = _marked(
            table.at[index, "source"], say(f"given.kind_{kind[index]}", "id")
        )
        filled_in.at[index, "status"] = "illustrative"
    return filled_in


def _risks(table: pd.DataFrame) -> pd.DataFrame:
    unknown = table["delivery_risk"].isna()
    if not unknown.any():
        return table
    answered = (table[list(READINESS)] != "").any(axis=1)
    short = unknown & (answered | table["kind"].isin(list(KINDS)))
    if not short.any():
        return table
    filled_in = table.copy()
    for index in table.index[short]:
        row = table.loc[index]
        base = KINDS[row["kind"]][1] if row["kind"] in KINDS else _PLAIN_RISK
        risk = min(_HIGHEST_RISK, base + sum(_LACKING.get(row[item], 0.0) for item in READINESS))
        filled_in.at[index, "delivery_risk"] = round(risk, 6)
        words = {"risk": number(risk, "id", 2)}
        filled_in.at[index, "source"] = _marked(row["source"], say("given.risk", "id", **words))
    return filled_in


def _marked(source: str, reason: str) -> str:
    """Return a source that says what was filled in, and keeps what it said."""
    return "; ".join(part for part in (source, f"{say('given.mark', 'id')} {reason}") if part)


def is_filled(source: pd.Series[str]) -> pd.Series[bool]:
    """Whether each source says that something was filled in."""
    return source.str.contains(say("given.mark", "id"), regex=False)
