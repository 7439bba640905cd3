"""Programmes by scenario: always, sometimes, never selected, with their start year."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from jspmodel.comparison.comparison import Comparison
from jspmodel.comparison.titles import first_title, program_names, run_titles
from jspmodel.pages import Fragment, fragment
from jspmodel.scenario import Language
from jspmodel.text import say


def program_matrix(comparison: Comparison, language: Language) -> Fragment:
    """Return which programmes are selected whatever happens, which sometimes, which never.

    Parameters
    ----------
    comparison : Comparison
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Programmes by runs; a cell is the start year, bold where it differs from the first run's.
    """
    runs = list(comparison.runs["run"])
    titles = run_titles(comparison, language)
    return fragment(
        "compared_programs",
        say("compare.programs", language),
        language,
        intro=say("compare.programs_intro", language, first=first_title(comparison, language)),
        caption=say("compare.programs_caption", language),
        columns=[say("compare.column_program", language), *(titles[run] for run in runs)],
        groups=_groups(comparison, runs, language),
    )


def _groups(comparison: Comparison, runs: list[str], language: Language) -> list[dict[str, Any]]:
    names = program_names(comparison, language)
    cells = {(row.program, row.run): row for row in comparison.programs.itertuples()}
    groups = []
    for kind in ("sometimes", "always", "never"):  # what depends on the choice comes first
        mine = list(dict.fromkeys(comparison.programs.query("kind == @kind")["program"]))
        rows = [
            (names[program], *(_cell(cells, program, run, runs[0], language) for run in runs))
            for program in mine
        ]
        heading = say(f"compare.{kind}", language, n=len(mine))
        if rows:
            groups.append({"heading": heading, "rows": rows})
    return groups


def _cell(cells: dict[Any, Any], program: str, run: str, first: str, language: Language) -> str:
    mine, base = cells.get((program, run)), cells.get((program, first))
    if mine is None:
        return say("compare.absent", language)
    left = base is not None and base.selected and not mine.selected
    told = say("compare.left" if left else "compare.not_selected", language)
    if mine.selected:
        told = str(mine.start)
    changed = base is None or (base.selected, base.start) != (mine.selected, mine.start)
    return Markup("<strong>{}</strong>").format(told) if changed else told
