"""What of the difference between runs comes from which change, and why programmes left, on the page."""

from __future__ import annotations

from jspmodel.comparison.attribution import Attribution, Part
from jspmodel.comparison.attribution_words import (
    DIGITS,
    attribution_notes,
    cause_words,
    change_words,
    difference_words,
    found_words,
    interval_words,
    mix_words,
    range_words,
    reason_words,
    verdict_words,
)
from jspmodel.comparison.comparison import Comparison
from jspmodel.comparison.titles import first_title, program_names, run_titles
from jspmodel.pages import Captioned, Fragment, captioned, fragment, lines, render_finding
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, signed, words


def comparison_attribution(comparison: Comparison, language: Language) -> Fragment:
    """Return, for each run but the first, what of its difference comes from which change, and who left why.

    Parameters
    ----------
    comparison : Comparison
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Says how to ask for it where it was not asked for.
    """
    title = say("attribution.parts", language)
    if not comparison.asked:
        told = [say("attribution.not_asked", language)]
        return fragment("compared_reading", title, language, notes=told, anchor="parts")
    intro = say("attribution.intro", language, first=first_title(comparison, language))
    head = fragment("compared_parts", title, language, intro=intro)
    runs = [_run(comparison, run, language) for run in comparison.differences["run"]]
    return Fragment(title, "\n".join(part.html for part in (head, *runs)))


def _run(comparison: Comparison, run: str, language: Language) -> Fragment:
    title = run_titles(comparison, language)[run]
    if run not in comparison.attributions:
        problems = [words(problem, language) for problem in comparison.unattributed[run]]
        return render_finding(title, language, [say("attribution.refused", language), *problems])
    found = comparison.attributions[run]
    tables = (
        parts_table(comparison, found, language),
        _departures(comparison, found, language),
        _mixes(comparison, found, language),
    )
    told = [difference_words(comparison, found, language)]
    return render_finding(title, language, told, tables, list(attribution_notes(comparison, found, language)))


def parts_table(comparison: Comparison, found: Attribution, language: Language) -> Captioned:
    """Return the changes of a run, one a row, with the part of each.

    Parameters
    ----------
    comparison : Comparison
    found : Attribution
        One of its attributions.
    language : {"id", "en"}

    Returns
    -------
    Captioned
    """
    return captioned(
        say("attribution.caption", language, run=run_titles(comparison, language)[found.second]),
        ("change", "part", "interval", "order", "verdict"),
        [_part(part, language) for part in found.parts],
        language,
        numeric=("part", "interval", "order"),
        section="attribution",
    )


def _part(part: Part, language: Language) -> tuple[str, ...]:
    value = order = "–"
    if part.effect and part.least and part.most:
        value = signed(part.effect.value, language, DIGITS)
        order = range_words(part.least.value, part.most.value, language)
    interval = interval_words(part.effect, language)
    return change_words(part, language), value, interval, order, verdict_words(part, language)


def _departures(comparison: Comparison, found: Attribution, language: Language) -> Captioned:
    names, title = program_names(comparison, language), run_titles(comparison, language)[found.second]
    rows = [(names[item.program], cause_words(found, item, language)) for item in found.departures]
    caption = say("attribution.departures", language, run=title)
    return captioned(caption, ("program", "cause"), rows, language, section="attribution")


def _mixes(comparison: Comparison, found: Attribution, language: Language) -> Captioned:
    title = run_titles(comparison, language)[found.second]
    rows = [
        (
            mix_words(comparison, found, mix, language),
            *("–" if value is None else number(value, language, DIGITS) for value in (mix.worth, mix.bound)),
            lines(
                text for text in (found_words(comparison, mix, language), reason_words(mix, language)) if text
            ),
        )
        for mix in found.mixes
    ]
    keys = ("mix", "worth", "bound", "found")
    columns = tuple(say(f"attribution.column_{key}", language, run=title) for key in keys)
    table = Table(columns, tuple(rows), (False, True, True, False))
    return Captioned(say("attribution.mixes", language, run=title), table, kind="folded")
