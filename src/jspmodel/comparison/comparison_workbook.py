"""A comparison as a workbook: one tidy table a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from jspmodel.comparison.attribution import Attribution
from jspmodel.comparison.attribution_words import (
    cause_words,
    change_words,
    found_words,
    mix_words,
    reason_words,
    verdict_words,
)
from jspmodel.comparison.cause_tables import change, reason, value
from jspmodel.comparison.comparison import Comparison
from jspmodel.comparison.summary_screen import proof_wording_of
from jspmodel.comparison.titles import program_names, region_names, run_titles, why
from jspmodel.scenario import Language
from jspmodel.text import say
from jspmodel.workbook import Column, Page, Value, new_workbook, workbook_styles, write_page

Columns = Sequence[tuple[str, int, str]]


def write_comparison_workbook(comparison: Comparison, file: Path, language: Language) -> Path:
    """Write a comparison as a workbook, in place of an earlier one.

    Parameters
    ----------
    comparison : Comparison
    file : Path
        Ends in ``.xlsx``.
    language : {"id", "en"}

    Returns
    -------
    Path

    Raises
    ------
    DataError
        If the file may not be written.
    """
    with new_workbook(file, overwrite=True) as book:
        looks = workbook_styles(book)
        for page in _pages(comparison, language):
            write_page(book, looks, page)
    return file


def _pages(comparison: Comparison, language: Language) -> Iterator[Page]:
    yield _page("runs", _RUNS, list(_runs(comparison, language)), language)
    yield _page("programs", _PROGRAMS, list(_programs(comparison, language)), language)
    yield _page("changes", _CHANGES, list(_changes(comparison, language)), language)
    yield _page("moves", _MOVES, list(_moves(comparison, language)), language)
    yield _page("regions", _REGIONS, list(_regions(comparison, language)), language)
    if comparison.asked:
        for sheet, (columns, rows) in _ATTRIBUTION.items():
            yield _page(sheet, columns, list(rows(comparison, language)), language, "attribution")


_RUNS: Columns = (
    ("run", 40, "cell"), ("status", 20, "cell"), ("impact", 14, "cell_number"), ("bound", 14, "cell_number"),
    ("gap", 10, "cell_share"), ("difference", 12, "cell_number"), ("verdict", 30, "cell"),
    ("cost", 16, "cell_money"), ("unused", 16, "cell_money"), ("selected", 12, "cell_whole"),
    ("least", 16, "cell_number"), ("region", 24, "cell"),
)  # fmt: skip
_PROGRAMS: Columns = (
    ("code", 10, "cell"), ("program", 44, "cell"), ("kind", 16, "cell"), ("run", 40, "cell"),
    ("start", 10, "cell_year"), ("regions", 40, "cell"), ("cost", 16, "cell_money"), ("reason", 60, "cell"),
)  # fmt: skip
_CHANGES: Columns = (
    ("run", 40, "cell"), ("what", 34, "cell"), ("before_first", 34, "cell"), ("after_run", 34, "cell"),
    ("sort", 26, "cell"),
)  # fmt: skip
_MOVES: Columns = (
    ("run", 40, "cell"), ("code", 10, "cell"), ("program", 44, "cell"), ("change", 40, "cell"),
    ("reason", 60, "cell"),
)  # fmt: skip
_REGIONS: Columns = (
    ("code", 10, "cell"), ("region", 26, "cell"), ("run", 40, "cell"), ("impact", 14, "cell_number"),
    ("difference", 12, "cell_number"), ("cost", 16, "cell_money"),
)  # fmt: skip


def _page(
    sheet: str,
    columns: Columns,
    rows: Sequence[Sequence[Value]],
    language: Language,
    section: str = "compare",
) -> Page:
    return Page(
        say(f"{section}.sheet_{sheet}", language),
        [Column(say(f"{section}.column_{key}", language), width, look) for key, width, look in columns],
        rows,
    )


def _runs(comparison: Comparison, language: Language) -> Iterator[Sequence[Value]]:
    titles, regions = run_titles(comparison, language), region_names(comparison)
    gains = comparison.differences.set_index("run").to_dict("index")
    for row in comparison.runs.itertuples():
        gain, status = gains.get(row.run, {}), proof_wording_of(row.status, row.gap)
        verdict = say(f"compare.short_{gain.get('verdict', 'first')}", language)
        yield (
            titles[row.run], say(f"compare.short_{status}", language), row.worth, row.bound, row.gap,
            gain.get("worth"), verdict, row.cost, row.unused, row.selected, row.least,
            regions.get(row.least_region, row.least_region),
        )  # fmt: skip


def _programs(comparison: Comparison, language: Language) -> Iterator[Sequence[Value]]:
    titles, names = run_titles(comparison, language), _bare_names(comparison, language)
    regions = region_names(comparison)
    for row in comparison.programs.itertuples():
        where = ", ".join(regions.get(region, region) for region in row.regions)
        told = why(comparison, row.reason, row.values, language) if row.reason else ""
        kind = say(f"compare.kind_{row.kind}", language)
        yield row.program, names[row.program], kind, titles[row.run], row.start, where, row.cost, told


def _changes(comparison: Comparison, language: Language) -> Iterator[Sequence[Value]]:
    titles = run_titles(comparison, language)
    for row in comparison.changes.itertuples():
        before, after = (value(given, row.kind, language) for given in (row.before, row.after))
        yield titles[row.run], row.key, before, after, say(f"compare.kind_{row.kind}", language)


def _moves(comparison: Comparison, language: Language) -> Iterator[Sequence[Value]]:
    titles, names = run_titles(comparison, language), _bare_names(comparison, language)
    for move in comparison.moves.to_dict("records"):
        told = "; ".join(change(comparison, move, language))
        program = move["program"]
        yield titles[move["run"]], program, names[program], told, reason(comparison, move, language)


def _regions(comparison: Comparison, language: Language) -> Iterator[Sequence[Value]]:
    titles, names = run_titles(comparison, language), region_names(comparison)
    for row in comparison.regions.itertuples():
        yield row.region, names[row.region], titles[row.run], row.impact, row.difference, row.cost


def _bare_names(comparison: Comparison, language: Language) -> dict[str, str]:
    names = program_names(comparison, language)
    return {code: name.removeprefix(f"{code} ") for code, name in names.items()}


_PARTS: Columns = (
    ("run", 40, "cell"), ("change", 40, "cell"), ("inputs", 34, "cell"), ("part", 14, "cell_number"),
    ("low", 14, "cell_number"), ("high", 14, "cell_number"), ("least", 16, "cell_number"),
    ("most", 16, "cell_number"), ("error", 14, "cell_number"), ("verdict", 50, "cell"),
)  # fmt: skip
_DEPARTURES: Columns = (
    ("run", 40, "cell"), ("code", 10, "cell"), ("program", 44, "cell"), ("cause", 70, "cell"),
)  # fmt: skip
_MIXES: Columns = (
    ("run", 40, "cell"), ("inputs", 60, "cell"), ("worth", 16, "cell_number"), ("bound", 16, "cell_number"),
    ("found", 40, "cell"), ("reason", 60, "cell"),
)  # fmt: skip


def _parts(comparison: Comparison, language: Language) -> Iterator[Sequence[Value]]:
    for title, found in _attributed(comparison, language):
        for part in found.parts:
            inputs, error = ", ".join(part.inputs), part.standard_error
            effects = (part.effect, part.least, part.most)
            value, least, most = (None if effect is None else effect.value for effect in effects)
            low, high = (None, None) if part.effect is None else (part.effect.low, part.effect.high)
            yield (
                title, change_words(part, language), inputs, value, low, high, least, most, error,
                verdict_words(part, language),
            )  # fmt: skip


def _departures(comparison: Comparison, language: Language) -> Iterator[Sequence[Value]]:
    names = _bare_names(comparison, language)
    for title, found in _attributed(comparison, language):
        for item in found.departures:
            yield title, item.program, names[item.program], cause_words(found, item, language)


def _mixes(comparison: Comparison, language: Language) -> Iterator[Sequence[Value]]:
    for title, found in _attributed(comparison, language):
        for mix in found.mixes:
            told = found_words(comparison, mix, language)
            inputs = mix_words(comparison, found, mix, language)
            yield title, inputs, mix.worth, mix.bound, told, reason_words(mix, language)


def _attributed(comparison: Comparison, language: Language) -> Iterator[tuple[str, Attribution]]:
    titles = run_titles(comparison, language)
    yield from ((titles[run], found) for run, found in comparison.attributions.items())


_ATTRIBUTION: Mapping[str, tuple[Columns, Callable[[Comparison, Language], Iterator[Sequence[Value]]]]] = {
    "parts": (_PARTS, _parts),
    "departures": (_DEPARTURES, _departures),
    "mixes": (_MIXES, _mixes),
}
"""Sheets that are there where it was asked which change causes what."""
