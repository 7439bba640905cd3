"""What a reply means, in words: how good it is, and how it differs from the plan before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isinf

from markupsafe import Markup

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import JspError, Problem
from jspmodel.figures import change_of
from jspmodel.objective_kinds import COUNTS
from jspmodel.proof import NO_GAP, finding_of, proof_wording
from jspmodel.runs import draws_effects
from jspmodel.scenario import Language, Scenario
from jspmodel.text import format_gap, money, number, say, short_names, words
from jspmodel.whatif.background_solver import Progress
from jspmodel.whatif.question import Reply

_MANY = 8
_TELLING = 0.05
"""Points below which a difference would be told as 0,0."""


def describe_answer(
    case: Case,
    scenario: Scenario,
    now: Reply,
    before: Reply | None,
    language: Language,
    *,
    taken: bool = False,
) -> str:
    """Return a reply as HTML.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    now : Reply
    before : Reply or None
        What it is compared with; None for the first.
    language : {"id", "en"}
    taken : bool
        Whether that is a plan that the planner took, not just the one before.

    Returns
    -------
    str
        Everything from the tables escaped.
    """
    unit = say(f"whatif.unit_{scenario.objective}", language)
    head, *meaning = _worth(case, scenario, now, unit, language)
    sentences = [_proven(now, unit, language), _money(now, language)]
    if now.ended != "done":
        sentences.append(say(f"whatif.ended_{now.ended}", language))
    if taken and before is now:
        sentences.insert(0, say("whatif.taken", language))
    elif before is not None:
        sentences = [*_differences(case, now, before, language, taken=taken), *sentences]
    return _html(head, [*meaning, *sentences])


def _worth(case: Case, scenario: Scenario, now: Reply, unit: str, language: Language) -> Iterator[str]:
    """Yield what the plan comes to, then what that figure means.

    The figure is the expected one, as the report has it; while most effects are levels, it is no headline.
    """
    value = number(now.objective, language, 1)
    if not COUNTS[scenario.objective].effects:
        yield say("whatif.worth", language, value=value, unit=unit)
        return
    expected = now.expected and {
        key: number(figure, language, 1) for key, figure in now.expected._asdict().items()
    }
    if draws_effects(case, scenario):
        more = sum(len(some) - 1 for some in measure.sizes(case).values())  # a programme counts once
        yield say("whatif.worth_levels", language, n=len(now.choices), all=len(case.programs) - more)
        yield say("whatif.levels", language)
        if expected:
            yield say("whatif.levels_expected", language, **expected)
    elif expected:
        yield say("whatif.worth_expected", language, **expected)
    else:
        yield say("whatif.worth_by_plan", language, value=value, unit=unit)
        yield say("whatif.by_plan", language)
        return
    yield say("whatif.on_time", language, value=value)


def progress_told(progress: Progress, language: Language) -> tuple[str, float]:
    """Return how far a search is in words, and which share of the most possible was found."""
    seconds = number(progress.seconds, language)
    if isinf(progress.objective) or isinf(progress.bound):
        return say("whatif.searching", language, seconds=seconds), 0.0
    told = {key: number(getattr(progress, key), language, 1) for key in ("objective", "bound")}
    share = progress.objective / progress.bound if progress.bound > 0 else 0.0
    return say("whatif.searching_known", language, seconds=seconds, **told), share


def refused(error: JspError, language: Language, in_words: Callable[[Problem, Language], str] = words) -> str:
    """Return as HTML why there is no answer: what clashes and the ways out, or that none was found."""
    sentences = [in_words(problem, language) for problem in error.problems] or [str(error)]
    return _html(say(f"whatif.no_plan_{finding_of(error) or 'failed'}", language), sentences)


def stopped(language: Language) -> str:
    """Return as HTML that the planner stopped a search that had found nothing yet."""
    return _html(say("whatif.stopped_without", language), ())


def note(text: str) -> str:
    """Return a line of text as HTML."""
    return str(Markup('<div style="line-height: 1.4">{}</div>').format(text))


def _html(head: str, sentences: Sequence[str]) -> str:
    items = Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in sentences)
    html = '<div style="line-height: 1.4"><p><b>{}</b></p><ul style="padding-left: 1.2em">{}</ul></div>'
    return Markup(html).format(head, items)  # noqa: S704


def _proven(now: Reply, unit: str, language: Language) -> str:
    if isinf(now.bound):
        return say("whatif.unknown", language)
    if now.gap is not None and now.gap < NO_GAP:
        return say("whatif.best", language)
    bound, gap = number(now.bound, language, 1), format_gap(now.gap, language)
    return say(f"whatif.{proof_wording('feasible', now.gap)}", language, bound=bound, unit=unit, gap=gap)


def _money(now: Reply, language: Language) -> str:
    return say("whatif.cost", language, cost=money(now.cost, language), ceiling=money(now.ceiling, language))


def _differences(case: Case, now: Reply, before: Reply, language: Language, *, taken: bool) -> Iterator[str]:
    yield _difference(now, before, language, taken=taken)
    new, old = ({choice.program: choice for choice in plan.choices} for plan in (now, before))
    names = case.names("programs", language)
    changes = {program: change_of(program, new, old) for program in case.programs["program"]}
    for change in ("enters", "leaves", "moves"):
        programs = [f"{code} {names[code]}" for code, what in changes.items() if what == change]
        if programs:
            yield say(f"whatif.{change}_list", language, programs=_listed(programs, language))
    if set(changes.values()) <= {"stays", "out"}:
        yield say("whatif.same", language)
    yield from _regions(case, now, before, language)


def _listed(programs: Sequence[str], language: Language) -> str:
    if len(programs) > _MANY:
        return say("whatif.many", language, n=len(programs))
    return "; ".join(programs)


def _difference(now: Reply, before: Reply, language: Language, *, taken: bool) -> str:
    """Return by how much the plan is better or worse, and whether that is certain."""
    points, than = now.objective - before.objective, "_taken" if taken else ""
    if abs(points) < _TELLING:
        return say(f"whatif.as_good{than}", language)
    key = "better" if points > 0 else "worse"
    text = say(f"whatif.{key}{than}", language, points=number(abs(points), language, 1))
    apart = now.objective > before.bound if points > 0 else now.bound < before.objective
    return text if apart else f"{text} {say('whatif.not_certain', language)}"


def _regions(case: Case, now: Reply, before: Reply, language: Language) -> Iterator[str]:
    """Yield which region loses most and which gains most."""
    names = short_names(case)
    points = (now.by_region - before.by_region).dropna()
    if points.empty:
        return
    for key, region, value in (
        ("loses", points.idxmin(), -points.min()),
        ("gains", points.idxmax(), points.max()),
    ):
        if value >= _TELLING:
            then, after = (number(plan.by_region[region], language, 1) for plan in (before, now))
            yield say(f"whatif.{key}", language, region=names[str(region)], before=then, now=after)
