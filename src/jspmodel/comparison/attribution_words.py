"""What of the difference between runs comes from which change, in words: for page, workbook and terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, factorial, floor

from jspmodel.comparison.attribution import Attribution, Departure, Part
from jspmodel.comparison.cause_tables import setting_name
from jspmodel.comparison.comparison import Comparison
from jspmodel.comparison.input_mixes import Mix
from jspmodel.comparison.shapley_parts import Effect
from jspmodel.comparison.titles import first_title, run_titles
from jspmodel.scenario import Language
from jspmodel.text import number, say, signed, words

DIGITS = 2
_NOISE = 1e-6


def difference_words(comparison: Comparison, found: Attribution, language: Language) -> str:
    """Return in a sentence what a run is worth more than the first."""
    first, gain = first_title(comparison, language), found.difference
    if gain is None:
        return say("attribution.difference_none", language, first=first)
    value = signed(gain.value, language, DIGITS)
    if gain.low is None or gain.high is None:
        return say("attribution.difference_open", language, first=first, value=value)
    low, high = _outward(gain.low, gain.high)
    ends = {"low": signed(low, language, DIGITS), "high": signed(high, language, DIGITS)}
    return say("attribution.difference", language, first=first, value=value, **ends)


def interval_words(effect: Effect | None, language: Language) -> str:
    """Return where an effect is proven to be; a dash where nothing is proven."""
    if effect is None or effect.low is None or effect.high is None:
        return "–"
    return range_words(*_outward(effect.low, effect.high), language)


def range_words(low: float, high: float, language: Language) -> str:
    """Return a range of differences; one figure where both ends are told alike."""
    ends = [signed(end, language, DIGITS) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else say("attribution.range", language, low=ends[0], high=ends[1])


def _outward(low: float, high: float) -> tuple[float, float]:
    """Round an interval so that what is proven stays in it."""
    scale = 10.0**DIGITS
    return floor(low * scale + _NOISE) / scale, ceil(high * scale - _NOISE) / scale


def verdict_words(part: Part, language: Language) -> str:
    """Return how certain a part is."""
    if part.verdict != "sampled":
        return say(f"attribution.verdict_{part.verdict}", language)
    if part.standard_error is None:
        return say("attribution.verdict_sampled_few", language)
    return say("attribution.verdict_sampled", language, error=number(part.standard_error, language, DIGITS))


def change_words(part: Part, language: Language) -> str:
    """Return a change: settings by name and key, tables by file; behind the name of the group that it is."""
    told = [_input(item, language) for item in part.inputs]
    if part.change == " + ".join(part.inputs):
        return " + ".join(told)
    return say("attribution.group", language, name=part.change, inputs=", ".join(told))


def _input(item: str, language: Language) -> str:
    name = setting_name(item, language)
    return item if name == item else f"{name} ({item})"


def cause_words(found: Attribution, item: Departure, language: Language) -> str:
    """Return why a programme left: the change that alone brings it back, or that there is none."""
    changes = item.alone if item.cause == "alone" else item.unknown
    return say(
        f"attribution.cause_{item.cause}", language, changes="; ".join(_named(found, changes, language))
    )


def mix_words(comparison: Comparison, found: Attribution, mix: Mix, language: Language) -> str:
    """Return which changes a mix makes."""
    titles = run_titles(comparison, language)
    ends = {"first": titles[found.first], "run": titles[found.second]}
    if not mix.changes:
        return say("attribution.mix_first", language, **ends)
    if len(mix.changes) == len(found.parts):
        return say("attribution.mix_second", language, **ends)
    return "; ".join(_named(found, mix.changes, language))


def found_words(comparison: Comparison, mix: Mix, language: Language) -> str:
    """Return what was found for a mix, and why no plan was."""
    first = first_title(comparison, language)
    key = mix.finding if mix.lender is None else "borrowed"
    told = [say(f"attribution.found_{key}", language, first=first)]
    if mix.stopped_by_clock:
        told.append(say("attribution.stopped", language))
    return "; ".join(told)


def reason_words(mix: Mix, language: Language) -> str:
    """Return why a mix has no plan; empty where it has one, or nothing more is known."""
    return " ".join(dict.fromkeys(words(problem, language) for problem in mix.problems))


def attribution_notes(comparison: Comparison, found: Attribution, language: Language) -> Iterator[str]:
    """Yield what to know before the parts are relied on."""
    if not found.exact:
        every = number(factorial(len(found.parts)), language)
        yield say("attribution.note_sampled", language, orders=found.asked, all=every)
    if found.orders < found.asked:
        yield say("attribution.note_orders", language, orders=found.orders, asked=found.asked)
    if any(part.verdict == "other_measure" for part in found.parts):
        yield say("attribution.note_measure", language, first=first_title(comparison, language))
    titles = run_titles(comparison, language)
    for run, mix in ((found.first, found.mixes[0]), (found.second, found.mixes[-1])):
        if mix.lender is not None and mix.worth is not None and mix.own is not None:
            more = number(mix.worth - mix.own, language, DIGITS)
            yield say("attribution.note_better", language, run=titles[run], more=more)
    if found.versions:
        yield say("attribution.note_versions", language, packages=", ".join(found.versions))


def _named(found: Attribution, changes: Sequence[str], language: Language) -> list[str]:
    named = {part.change: change_words(part, language) for part in found.parts}
    return [named[change] for change in changes]
