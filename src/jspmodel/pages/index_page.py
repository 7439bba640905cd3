"""The index page as people see it: ``index.id.html`` and ``index.en.html`` in the folder of all runs."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup, escape

from jspmodel.pages.html import fragment, lines
from jspmodel.pages.standalone_page import standalone_html
from jspmodel.runs import Entry, Failure, PlanHeader, comparisons, read_entries, write_atomically
from jspmodel.scenario import Language
from jspmodel.text import LANGUAGES, Table, format_gap, moment, number, printable, say, words

_COLUMNS = ("run", "status", "impact", "gap", "finished", "files")
_LONGEST = 1000
_LONGEST_NAME = 200
_WRITINGS = 20
"""How often the pages are written again where other commands finish runs meanwhile; each lists its own."""


def write_index(out: Path) -> tuple[Path, ...]:
    """List all runs on a page in each language; called at the end of every run.

    Parameters
    ----------
    out : Path
        Folder of all runs.

    Returns
    -------
    tuple of Path
        The pages.

    Raises
    ------
    RunError
        If they may not be written.
    """
    files = tuple(out / f"index.{language}.html" for language in LANGUAGES)
    for _ in range(_WRITINGS):
        entries, compared = read_entries(out), comparisons(out)
        for file, language in zip(files, LANGUAGES, strict=True):
            write_atomically(file, index_page(entries, compared, language))
        # Another command may have finished a run meanwhile, and listed it before this page took its place.
        if (entries, compared) == (read_entries(out), comparisons(out)):
            break
    return files


def index_page(entries: Sequence[Entry], compared: Mapping[str, Sequence[str]], language: Language) -> str:
    """Return the index page.

    Parameters
    ----------
    entries : sequence of Entry
        As ``read_entries`` returns them.
    compared : mapping of str to sequence of str
        As ``comparisons`` returns it.
    language : {"id", "en"}

    Returns
    -------
    str
    """
    done = sum(entry.failure is None and entry.answer is not None for entry in entries)
    key = "title" if done == len(entries) else "title_failed"
    title = say(f"index.{key}", language, runs=len(entries), done=done, failed=len(entries) - done)
    by_case = [(case, list(mine)) for case, mine in groupby(entries, key=lambda entry: entry.case)]
    cases = [
        {
            "name": _place(case, mine, language),
            "data": _table(sorted(mine, key=_has_failed), language),
            "compared": [
                _link(f"{case}/{name}", file_name(name, language)) for name in compared.get(case, ())
            ],
        }
        for case, mine in by_case
    ]
    terms = {name: say(f"index.{name}", language) for name in ("note", "none", "compared", "caption")}
    body = fragment("index", title, language, cases=cases, words=terms)
    other = "en" if language == "id" else "id"
    footer = say("index.footer", language)
    return standalone_html(title, body.html, language, twin=f"index.{other}.html", footer=footer)


def _has_failed(entry: Entry) -> bool:
    return entry.failure is not None or entry.answer is None


def _place(case: str, entries: Sequence[Entry], language: Language) -> Markup:
    """Return what people call a case, else the name of its folder."""
    latest = max(
        (entry for entry in entries if entry.finished and any(entry.place.values())),
        key=lambda entry: str(entry.finished),
        default=None,
    )
    place = (latest.place.get(language) or latest.place.get("id") or "") if latest else ""
    return _isolated(place or case, _LONGEST_NAME)


def _table(entries: Sequence[Entry], language: Language) -> Table:
    return Table(
        columns=tuple(say(f"index.column_{column}", language) for column in _COLUMNS),
        rows=tuple(_row(entry, language) for entry in entries),
        numeric=tuple(column in {"impact", "gap"} for column in _COLUMNS),
    )


def _row(entry: Entry, language: Language) -> tuple[str, ...]:
    answer = entry.answer
    return (
        _name(entry, language),
        _status(entry, language),
        _impact(answer, language) if answer else "–",
        format_gap(answer.gap, language) if answer else "–",
        moment(entry.finished, language) if entry.finished else "–",
        _files(entry, language),
    )


def _name(entry: Entry, language: Language) -> Markup:
    title = entry.title.get(language) or entry.title.get("id") or entry.title.get("en") or ""
    names = [entry.run] if entry.scenario in {"", entry.run} else [entry.run, entry.scenario]
    code = Markup("<code>{}</code>").format(_isolated(" · ".join(names)))
    name = Markup("<strong>{}</strong>").format(_isolated(title, _LONGEST_NAME))
    return lines([name, code]) if title else code


def _status(entry: Entry, language: Language) -> str:
    told: list[str] = [] if entry.failure is None else [_failure(entry.failure, language)]
    if entry.refused:
        headed = Markup('<span class="failed">✗ {}</span>').format(say("index.unreadable", language))
        told.append(lines([headed, *(_isolated(words(problem, language)) for problem in entry.refused)]))
    if entry.answer is not None:
        mark = "✓" if entry.answer.proof_wording == "optimal" else "≈"
        key = "earlier" if entry.failure else "status"
        text = say(f"index.{key}_{entry.answer.proof_wording}", language)
        told.append(escape(f"{mark} {text}"))
        if entry.answer.stopped_by_clock:
            told.append(escape(say("index.stopped", language)))
    return lines(told)


def _failure(failure: Failure, language: Language) -> Markup:
    mark = Markup('<strong class="failed">✗ {}</strong>').format(say("index.failed", language))
    why = lines(_isolated(line) for line in failure.words(language)[:_LONGEST].splitlines())
    return lines([Markup("{} ({})").format(mark, moment(failure.when, language)), why])


def _impact(answer: PlanHeader, language: Language) -> str:
    return say(f"index.worth_{answer.objective_kind}", language, value=number(answer.objective, language, 1))


def _files(entry: Entry, language: Language) -> Markup:
    return lines(_link(f"{entry.case}/{entry.run}/{name}", file_name(name, language)) for name in entry.files)


def file_name(name: str, language: Language) -> str:
    """Return what people call a file that a run or a comparison writes, such as ``report.id.html``."""
    stem, *spoken, ending = name.split(".")
    called = say(f"index.file_{ending if stem != 'telaahan' else stem}", language)
    return f"{called} ({say(f'index.spoken_{spoken[0]}', language)})" if spoken else called


def _link(path: str, text: str) -> Markup:
    target = quote(os.fsencode(path))  # a name need not be UTF-8
    return Markup('<a class="target" href="{}">{}</a>').format(target, text)


def _isolated(text: str, longest: int = _LONGEST) -> Markup:
    """Return text from elsewhere so that it can neither break out nor turn the line around it."""
    return Markup("<bdi>{}</bdi>").format(printable(text, longest))
