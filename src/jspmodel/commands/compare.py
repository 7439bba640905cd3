"""``jspmodel compare``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter
from rich.markup import escape
from rich.table import Table

from jspmodel.commands.console import ERR, OUT, mendable, narrow_table
from jspmodel.commands.printing import print_json
from jspmodel.comparison import (
    Attribution,
    Comparison,
    attribution_notes,
    case_title,
    cautions,
    count_runs_with_plan,
    difference_words,
    first_title,
    kind_counts,
    parts_table,
    region_names,
    run_titles,
)
from jspmodel.comparison import compare as compare_runs
from jspmodel.errors import DataError, Problem
from jspmodel.scenario import Language
from jspmodel.text import LANGUAGES, number, say, signed, worded, words

_FRAMES = ("runs", "differences", "programs", "changes", "moves", "regions")


def compare(
    runs: Sequence[str],
    out: Path | None,
    languages: Sequence[Language],
    speak: Language,
    *,
    reference: str = "",
    causes: bool = False,
    as_json: bool,
) -> None:
    """Compare runs of one case on the terminal, and write pages and a workbook.

    Parameters
    ----------
    runs : sequence of str
        Folders of finished runs, or of all runs of a case.
    out : Path or None
        File without ending; None: ``comparison`` beside the runs, or nothing where JSON is asked for.
    languages : sequence of {"id", "en"}
        Pages to write.
    speak : {"id", "en"}
        Language of messages.
    reference : str
        Name of the run that the others are compared with; empty: baseline, else the first.
    causes : bool
        Whether to tell, too, what of each difference comes from which change of the inputs.
    as_json : bool
        Print all tables as JSON.
    """
    with mendable(speak):
        if out is not None:
            _check_place(_place(runs[0], out))
        with _told(speak) if causes else nullcontext() as progress:
            places = [Path(run) for run in runs]
            comparison = compare_runs(places, reference, attribute=causes, progress=progress)
        if as_json:
            print_json(json.dumps(_plain(comparison), ensure_ascii=False, indent=2) + "\n")
        else:
            _show(comparison, speak)
        if out is not None or not as_json:
            _write(comparison, _place(runs[0], out), tuple(languages), speak, quiet=as_json)


@contextmanager
def _told(language: Language) -> Iterator[Callable[[str, int, int, tuple[str, ...]], None]]:
    """Tell which search is under way, beside the answer: on stderr."""
    with ERR.status("") as status:

        def tell(run: str, done: int, count: int, changes: tuple[str, ...]) -> None:
            key = "attribution.progress" if changes else "attribution.progress_end"
            named = ", ".join(changes)
            line = escape(say(key, language, run=run, at=done + 1, count=count, changes=named))
            status.update(line)
            if not ERR.is_terminal:
                ERR.print(line, soft_wrap=True)

        yield tell


def _plain(comparison: Comparison) -> dict[str, Any]:
    frames = {name: getattr(comparison, name).to_json(orient="records") for name in _FRAMES}
    plain = {
        "case": comparison.name,
        "changed": list(comparison.changed),
        **{name: json.loads(text) for name, text in frames.items()},
    }
    if comparison.asked:
        parts = {name: getattr(comparison, name) for name in ("attributions", "unattributed")}
        plain |= TypeAdapter(dict[str, dict[str, Attribution | tuple[Problem, ...]]]).dump_python(
            parts, mode="json"
        )
    return plain


def _place(first: str, out: Path | None) -> Path:
    if out is not None:
        return out.with_suffix("") if out.suffix.lower() in {".html", ".xlsx"} else out
    folder = Path(first)
    return (folder.parent if (folder / "run.json").is_file() else folder) / "comparison"


def _check_place(place: Path) -> None:
    """Refuse, before anything is sought, a folder that is not there and a workbook that is no comparison."""
    if not place.parent.is_dir():
        values = {"folder": place.parent.as_posix()}
        raise worded(DataError, [Problem("no_such_folder", place.as_posix(), values=values)])
    workbook = place.with_name(f"{place.name}.xlsx")
    if workbook.exists() and not any(_page(place, language).exists() for language in LANGUAGES):
        raise worded(DataError, [Problem("exists_already", workbook.as_posix())])


def _page(place: Path, language: Language) -> Path:
    return place.with_name(f"{place.name}.{language}.html")


def _write(
    comparison: Comparison, place: Path, languages: tuple[Language, ...], speak: Language, *, quiet: bool
) -> None:
    """Write all files; what they need is imported only now, as it takes seconds."""
    from jspmodel.comparison import write_comparison, write_comparison_workbook
    from jspmodel.pages import write_index
    from jspmodel.runs import written_together

    others = [one for one in LANGUAGES if one not in languages and _page(place, one).exists()]
    with written_together(place.parent) as fresh:  # no page of today beside a page or workbook of yesterday
        pages = write_comparison(comparison, fresh / place.name, (*languages, *others))
        workbook = write_comparison_workbook(comparison, fresh / f"{place.name}.xlsx", languages[0])
    files = [place.with_name(file.name) for file in (*pages, workbook)]
    reports = place.parent.parent
    if any(reports.glob("index.*.html")):
        write_index(reports)
    for file in files if not quiet else ():
        OUT.print(escape(say("compare.written", speak, path=file)), soft_wrap=True)


def _show(comparison: Comparison, language: Language) -> None:
    counts = kind_counts(comparison)
    places = {"all": sum(counts.values()), "runs": count_runs_with_plan(comparison), **counts}
    OUT.print(_table(comparison, language))
    OUT.print(escape(say("compare.title" if counts["always"] else "compare.title_none", language, **places)))
    for caution in cautions(comparison, language):
        OUT.print(escape(f"{say('compare.caution', language)} {caution}"), soft_wrap=True)
    titles = run_titles(comparison, language)
    for found in comparison.attributions.values():
        OUT.print(_parts(comparison, found, language))
        for text in (
            difference_words(comparison, found, language),
            *attribution_notes(comparison, found, language),
        ):
            OUT.print(escape(text), soft_wrap=True)
    for run, problems in comparison.unattributed.items():
        told = " ".join(words(problem, language) for problem in problems)
        OUT.print(escape(f"{titles[run]}: {say('attribution.refused', language)} {told}"), soft_wrap=True)


def _parts(comparison: Comparison, found: Attribution, language: Language) -> Table:
    told = parts_table(comparison, found, language)
    table = narrow_table(told.caption)
    for heading, numeric in zip(told.table.columns, told.table.numeric, strict=True):
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in told.table.rows:
        table.add_row(*map(escape, row))
    return table


def _table(comparison: Comparison, language: Language) -> Table:
    worth = f"column_worth_{comparison.runs['kind'].iloc[0]}"
    words = {"case": case_title(comparison, language), "first": first_title(comparison, language)}
    table = narrow_table(say("compare.title_table", language, **words))
    for key in ("column_run", worth, "column_verdict", "column_cost", "column_selected", "column_least"):
        right = key not in {"column_run", "column_verdict", "column_least"}
        side: Literal["left", "right"] = "right" if right else "left"
        table.add_column(say(f"compare.{key}", language), justify=side, overflow="fold")
    gains = comparison.differences.set_index("run").to_dict("index")
    titles, regions = run_titles(comparison, language), region_names(comparison)
    for row in comparison.runs.to_dict("records"):
        gain: dict[str, Any] = dict(gains.get(row["run"], {}))
        least = f"{_figure(row['least'], gain.get('least'), language)} {regions.get(row['least_region'], '')}"
        cells = (
            titles[row["run"]],
            _figure(row["worth"], gain.get("worth"), language),
            say(f"compare.short_{gain.get('verdict', 'first')}", language),
            _figure(row["cost"], gain.get("cost"), language),
            _figure(float(row["selected"]), gain.get("selected"), language, 0),
            least,
        )
        table.add_row(*map(escape, cells))
    return table


def _figure(value: float, gain: float | None, language: Language, digits: int = 1) -> str:
    if value != value:
        return "–"
    figure = number(value, language, digits)
    return figure if gain is None or gain != gain else f"{figure} ({signed(gain, language, digits)})"
