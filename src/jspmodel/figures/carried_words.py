"""Money carried over from years past, as people read it: how much, of which fund and years, who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from jspmodel.case import Case
from jspmodel.measure import horizon
from jspmodel.realisation import carried_over, standing_of
from jspmodel.scenario import Language, Scenario
from jspmodel.text import listed, number, reads_as_zero, say


def carried_sentences(case: Case, scenario: Scenario, language: Language) -> Iterator[str]:
    """Yield what is carried over into years that are planned, a sentence for each year and source.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    language : {"id", "en"}

    Yields
    ------
    str
        With its unit; nothing where no money is carried over.
    """
    standing = standing_of(case)
    said: Mapping[tuple[str, int], float] = case.carried_over
    if standing is not None:
        said = {key: more for key, more in standing.case.carried_over.items() if key[1] > standing.through}
    if standing is not None and (carried := carried_over(standing)):
        since = _span(standing.planned_past)
        source = say("realisation.carried_source", language, name=standing.scenario.replan.adopted)
        left = {(fund, standing.through + 1): amount for fund, amount in carried.items()}
        yield from _by_year(case, scenario, left, since, source, language)
    since, source = say("realisation.carried_since", language), say("realisation.carried_said", language)
    yield from _by_year(case, scenario, said, since, source, language)


def _span(years: Sequence[int]) -> str:
    return str(years[-1]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _by_year(
    case: Case,
    scenario: Scenario,
    carried: Mapping[tuple[str, int], float],
    since: str,
    source: str,
    language: Language,
) -> Iterator[str]:
    names, years = case.names("funds", language), horizon(case, scenario)
    told: dict[int, list[str]] = defaultdict(list)
    for (fund, year), amount in carried.items():
        if year in years and amount > 0:
            digits = 3 if reads_as_zero(amount) else 1
            told[year].append(f"{names.get(fund, fund)} {number(amount, language, digits)}")
    for year in sorted(told):
        values = {"year": year, "since": since, "source": source, "funds": listed(told[year], language)}
        yield say("realisation.carried_assume", language, **values)
