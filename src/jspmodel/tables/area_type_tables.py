"""Tables on types of area: what criteria and issues weigh in each, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, listed, percent, say, short_names


def area_type_table(case: Case, scenario: Scenario, language: Language) -> Fragment:
    """Return what each issue and each criterion weighs by type of area, beside the general weights.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Weights are the same everywhere unless it has ``weights_by_area_type``.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    kinds = _kinds(case, scenario)
    if len(kinds) == 1:
        return render_finding(say("area_type.off", language), language)
    weights = _issue_weights(case, scenario, kinds)
    criteria = {kind: measure.criteria_weights(case, scenario, kind) for kind in kinds}
    tables = [
        Captioned(say("area_type.issues_caption", language), issue_weights_by_type(case, scenario, language)),
        Captioned(
            say("area_type.criteria_caption", language),
            _side_by_side("criterion", case.names("criteria", language), pd.DataFrame(criteria), language),
        ),
    ]
    told = list(area_type_sentences(case, scenario, language))
    notes = [say("area_type.note", language)]
    return render_finding(_title(case, weights, language), language, told, tables, notes)


def issue_weights_by_type(case: Case, scenario: Scenario, language: Language) -> Table:
    """Return what each issue that counts weighs in general and in each type of area, first by rank.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    language : {"id", "en"}

    Returns
    -------
    Table
        Without a row where the same weights count everywhere.
    """
    kinds, names = _kinds(case, scenario), case.names("issues", language)
    weights = _issue_weights(case, scenario, kinds)
    return _side_by_side("issue", names, weights if kinds[1:] else weights.head(0), language)


def area_type_sentences(case: Case, scenario: Scenario, language: Language) -> Iterator[str]:
    """Yield which regions are of which type of area, and which go by the general weights.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    language : {"id", "en"}

    Yields
    ------
    str
        Nothing where the same weights count everywhere.
    """
    places, types = short_names(case), measure.area_types(case, scenario)
    kinds = _kinds(case, scenario)
    for kind in [*kinds[1:], *([""] if kinds[1:] else [])]:
        inside = [places[region] for region, own in types.items() if own == kind]
        key = "regions" if kind else "regions_general"
        if inside:
            yield say(f"area_type.{key}", language, area_type=kind, regions=listed(inside, language))


def _kinds(case: Case, scenario: Scenario) -> list[str]:
    """Return the types of area whose weights count somewhere, the general ones (blank) first."""
    used = set(measure.area_types(case, scenario))
    return ["", *(kind for kind in measure.weighed_types(case) if kind in used)]


def _issue_weights(case: Case, scenario: Scenario, kinds: Sequence[str]) -> pd.DataFrame:
    weights = pd.DataFrame({kind: measure.weights(case, scenario, kind) for kind in kinds})
    return weights.sort_values("", ascending=False, kind="stable")


def _side_by_side(key: str, names: dict[str, str], weights: pd.DataFrame, language: Language) -> Table:
    """Return weights in percent, a column a type of area."""
    heads = [kind or say("area_type.general", language) for kind in weights.columns]
    rows = tuple(
        (names[str(code)], *(percent(weight, language) for weight in row))
        for code, row in zip(weights.index, weights.to_numpy().tolist(), strict=True)
    )
    columns = (say(f"area_type.column_{key}", language), *heads)
    return Table(columns, rows, (False, *(True for _ in heads)))


def _title(case: Case, weights: pd.DataFrame, language: Language) -> str:
    """Name the issue whose weight differs most, and where it is least and most."""
    spread = weights.max(axis=1) - weights.min(axis=1)
    if not round(float(spread.max()), 4) > 0:
        return say("area_type.title_same", language)
    issue = str(spread.idxmax())
    row = weights.loc[issue]
    general = say("area_type.in_general", language)
    return say(
        "area_type.title",
        language,
        issue=case.names("issues", language)[issue],
        low=percent(float(row.min()), language),
        high=percent(float(row.max()), language),
        least=str(row.idxmin()) or general,
        most=str(row.idxmax()) or general,
    )
