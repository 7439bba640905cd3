"""The tables of a plan as sheets: money, regions, what is promised, what is to be signed, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from jspmodel.case import Case
from jspmodel.intake import schema
from jspmodel.text import all_wording, say
from jspmodel.workbook.pages import Column, Page, Value, dated
from jspmodel.workbook.plan_columns import FUNDING, PARTICIPANTS

if TYPE_CHECKING:
    from jspmodel.plan import Plan, PlannedProgram
    from jspmodel.scenario import Language

_COLUMNS = {
    "code": (10, "cell"),
    "activity": (42, "cell"),
    "fund_code": (14, "cell"),
    "fund": (32, "cell"),
    "holder": (26, "cell"),
    "year": (10, "cell_year"),
    "budget": (16, "cell_money"),
    "region_code": (12, "cell"),
    "region": (30, "cell"),
    "role": (14, "cell"),
    "volume": (12, "cell_number"),
    "volume_unit": (16, "cell"),
    "population": (14, "cell_whole"),
    "need": (16, "cell_share"),
    "region_impact": (18, "cell_number"),
    "region_cost": (18, "cell_money"),
    "output": (48, "cell"),
    "promised": (12, "cell_number"),
    "document": (32, "cell"),
    "signer": (40, "cell"),
    "due": (14, "cell_date"),
    "done": (12, "cell"),
    "source": (70, "cell"),
    "status": (14, "cell"),
    "tables": (44, "cell"),
    "data_rows": (12, "cell_whole"),
}
"""The columns, with how wide each is and how its values look."""


def payments(case: Case, plan: Plan, language: Language) -> Page:
    """Return what each fund pays for each programme and year."""
    programs, funds = case.names("programs", language), case.names("funds", language)
    holders = _holders(case, language)
    rows: list[list[Value]] = [
        [item.program, programs[item.program], item.fund, funds[item.fund], holders[item.fund],
         item.year, item.amount]
        for item in plan.funding
    ]  # fmt: skip
    return _page("funding", " ".join(FUNDING), rows, language)


def _holders(case: Case, language: Language) -> dict[str, str]:
    names = {"": say(f"report.{case.level}", language), **case.names("regions", language)}
    return {
        fund: names[holder] for fund, holder in zip(case.funds["fund"], case.funds["holder"], strict=True)
    }


def participants(case: Case, plan: Plan, language: Language) -> Page:
    """Return which regions take part in which programme, one row each."""
    programs, places = case.names("programs", language), case.names("regions", language)
    known = {(row.program, row.region): row for row in case.program_regions.itertuples()}
    units = dict(zip(case.programs["program"], case.programs["volume_unit"], strict=True))

    def row(item: PlannedProgram, region: str) -> list[Value]:
        mine: Any = known.get((item.program, region))
        role, volume = (mine.role, mine.volume) if mine else ("", None)
        told, unit = _choice("role", role, language), units[item.program]
        return [item.program, programs[item.program], item.start, region, places[region], told, volume, unit]

    rows = [row(item, region) for item in plan.selected for region in item.regions]
    return _page("participants", " ".join(PARTICIPANTS), rows, language)


def regions(case: Case, plan: Plan, language: Language) -> Page:
    """Return what the plan means for each region."""
    names = case.names("regions", language)
    people = dict(zip(case.regions["region"], case.regions["population"], strict=True))
    rows = [
        [item.region, names[item.region], people[item.region], item.need, item.impact, item.cost]
        for item in plan.regions
    ]
    return _page("regions", "region_code region population need region_impact region_cost", rows, language)


def outputs(case: Case, plan: Plan, language: Language) -> Page:
    """Return what the programmes of the plan promise, region by region and year by year."""
    programs, places = case.names("programs", language), case.names("regions", language)
    rows: list[list[Value]] = [
        [item.program, programs[item.program], line.region, places.get(line.region, ""),
         (item.start or 0) + line.offset, line.indicator, line.unit, line.target,
         line.source, _choice("status", line.status, language)]
        for item, line in _lines(case.program_outputs, plan)
        if line.region in {"", *item.regions}
    ]  # fmt: skip
    columns = "code activity region_code region year output volume_unit promised source status"
    return _page("outputs", columns, rows, language)


def documents(case: Case, plan: Plan, language: Language) -> Page:
    """Return the documents of the programmes of the plan, those that are done included."""
    programs = case.names("programs", language)
    rows: list[list[Value]] = [
        [item.program, programs[item.program], line.kind, line.signer, dated(str(line.due)),
         say(f"workbook.{'true' if line.done else 'false'}", language),
         line.source, _choice("status", line.status, language)]
        for item, line in _lines(case.program_documents, plan)
    ]  # fmt: skip
    return _page("documents", "code activity document signer due done source status", rows, language)


def sources(case: Case, language: Language) -> Page:
    """Return every source that the tables name, with its status and which tables rest on it."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for table, frame in case.tables().items():
        if {"source", "status"} <= {*frame}:
            counts = frame.groupby(["source", "status"]).size()
            for key, count in counts.items():
                found.setdefault(key, {})[table] = int(count)
    title = "title" if language == "id" else "title_en"
    rows: list[list[Value]] = [
        [source, _choice("status", status, language), "; ".join(str(schema(name)[title]) for name in tables),
         sum(tables.values())]
        for (source, status), tables in sorted(found.items())
        if source
    ]  # fmt: skip
    return _page("sources", "source status tables data_rows", rows, language)


def _lines(table: pd.DataFrame, plan: Plan) -> Iterator[tuple[PlannedProgram, Any]]:
    """Yield each selected programme with each of its rows of a table."""
    for item in plan.selected:
        for line in table[table["program"] == item.program].itertuples():
            yield item, line


def _choice(column: str, choice: str, language: Language) -> str:
    return all_wording(language).get(f"choice.{column}_{choice}", choice)


def _page(name: str, keys: str, rows: Iterable[Sequence[Value]], language: Language) -> Page:
    columns = [Column(say(f"workbook.plan_{key}", language), *_COLUMNS[key]) for key in keys.split()]
    return Page(say(f"workbook.sheet_{name}", language), columns, list(rows))
