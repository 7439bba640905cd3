"""What an impact is computed from, as sheets: effects, criteria, scores, weights, needs, ties, losses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.figures import lost_without
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.text import all_wording, say
from jspmodel.workbook.pages import Column, Formula, Page, Value, cells_of, letter_of

_TOLD = 1e-9
"""Percentage points below which a loss is none."""
_COLUMNS = {
    "code": (10, "cell"),
    "activity": (42, "cell"),
    "issue_code": (10, "cell"),
    "issue": (30, "cell"),
    "region_code": (12, "cell"),
    "region": (28, "cell"),
    "other_code": (12, "cell"),
    "other": (28, "cell"),
    "criterion_code": (14, "cell"),
    "criterion": (40, "cell"),
    "rater": (12, "cell"),
    "kind": (26, "cell"),
    "level": (12, "cell"),
    "counted": (14, "cell"),
    "source": (60, "cell"),
    "status": (14, "cell"),
}
"""Columns of text; all others are figures."""


def calculation_pages(case: Case, scenario: Scenario, plan: Plan, language: Language) -> list[Page]:
    """Return what an expert needs to compute an impact of the plan again.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    list of Page
        Sums are formulas over the sheets before them; none where effects do not count.
    """
    if not COUNTS[plan.objective_kind].effects:
        return []
    criteria, scores = _criteria(case, scenario, language), _scores(case, language)
    weights = _weights(case, scenario, criteria, scores, language)
    return [
        _effects(case, scenario, language),
        criteria,
        scores,
        weights,
        _needs(case, scenario, weights, language),
        _ties(case, scenario, language),
        losses(case, scenario, plan, language),
    ]


def losses(case: Case, scenario: Scenario, plan: Plan, language: Language) -> Page:
    """Return what the plan loses without each programme, by issue and region, where it loses something."""
    programs, issues = case.names("programs", language), case.names("issues", language)
    places = case.names("regions", language)
    chosen = [item.program for item in plan.selected]
    rows: list[list[Value]] = [
        [program, programs[program], issue, issues[str(issue)], region, places[str(region)], float(loss)]
        for program, table in lost_without(case, scenario, plan.choices, chosen).items()
        for (issue, region), loss in table.stack().items()
        if abs(loss) > _TOLD
    ]
    return _page("losses", "code activity issue_code issue region_code region loss", rows, language)


def _effects(case: Case, scenario: Scenario, language: Language) -> Page:
    programs, issues = case.names("programs", language), case.names("issues", language)
    counted, ranges = set(measure.weights(case, scenario).index), measure.effect_ranges(case, scenario)
    rows: list[list[Value]] = [
        [row.program, programs[row.program], row.issue, issues[row.issue], row.level, mode, low, high,
         _yes(row.issue in counted, language), row.source, _status(row.status, language)]
        for row, low, mode, high in zip(
            case.program_effects.itertuples(), ranges["low"], ranges["mode"], ranges["high"], strict=True
        )
    ]  # fmt: skip
    keys = "code activity issue_code issue level effect effect_low effect_high counted source status"
    return _page("effects", keys, rows, language)


def _criteria(case: Case, scenario: Scenario, language: Language) -> Page:
    """Return the weights of the criteria, those of the scenario in their place, and scaled to add up to 1."""
    names, scaled = case.names("criteria", language), measure.criteria_weights(case, scenario)
    name = say("workbook.sheet_criteria", language)
    cells = cells_of(name, 2, len(case.criteria))
    rows: list[list[Value]] = [
        [row.criterion, names[row.criterion], scenario.criteria_weights.get(row.criterion, row.weight),
         Formula(f"=C{place}/SUM({cells})", float(scaled[row.criterion])),
         row.source, _status(row.status, language)]
        for place, row in enumerate(case.criteria.itertuples(), start=2)
    ]  # fmt: skip
    return _page("criteria", "criterion_code criterion weight weight_scaled source status", rows, language)


def _scores(case: Case, language: Language) -> Page:
    issues, criteria = case.names("issues", language), case.names("criteria", language)
    rows: list[list[Value]] = [
        [row.issue, issues[row.issue], row.criterion, criteria[row.criterion], row.rater, row.score,
         row.source, _status(row.status, language)]
        for row in case.issue_scores.itertuples()
    ]  # fmt: skip
    keys = "issue_code issue criterion_code criterion rater score source status"
    return _page("scores", keys, rows, language)


def _weights(case: Case, scenario: Scenario, criteria: Page, scores: Page, language: Language) -> Page:
    """Return the mean score of each issue by criterion, its score, and its weight where it counts."""
    codes = [str(row[0]) for row in criteria.rows] if scores.rows else []
    names = case.names("issues", language)
    exact, weights = measure.issue_scores(case, scenario), measure.weights(case, scenario)
    means, scaled = measure.mean_scores(case), measure.criteria_weights(case, scenario)
    used = [code for code in codes if scaled[code] > 0]
    total, last = 3 + len(used), len(names)
    ours = cells_of(say("workbook.sheet_weights", language), total, last)
    counts = cells_of(say("workbook.sheet_weights", language), 2, last)
    yes, rows = _yes(True, language), list[list[Value]]()
    for place, issue in enumerate(names, start=2):
        mean = [_mean(scores, criteria, code, place, float(means.at[issue, code])) for code in used]
        terms = "+".join(
            f"{letter_of(3 + k)}{place}*'{criteria.name}'!$D${codes.index(code) + 2}"
            for k, code in enumerate(used)
        )
        score: Value = Formula(f"={terms}", float(exact[issue])) if terms else float(exact[issue])
        weight: Value = None
        if issue in weights.index:
            sums = f'SUMPRODUCT(({counts}="{yes}")*{ours})'
            weight = Formula(f"={letter_of(total)}{place}/{sums}", float(weights[issue]))
        rows.append([issue, names[issue], _yes(issue in weights.index, language), *mean, score, weight])
    titles = case.names("criteria", language)
    heads = [*_columns("issue_code issue counted", language)]
    heads += [Column(f"{code}: {titles[code]}", 16, "cell_figure") for code in used]
    heads += _columns("score issue_weight", language)
    return Page(say("workbook.sheet_weights", language), heads, rows)


def _mean(scores: Page, criteria: Page, code: str, place: int, value: float) -> Formula:
    """Return the mean score of an issue under a criterion; both are compared as they are written."""
    rows = len(scores.rows)
    issue, criterion, score = (cells_of(scores.name, column, rows) for column in (0, 2, 5))
    row = [str(one[0]) for one in criteria.rows].index(code) + 2
    same = f"EXACT({issue},$A{place})*EXACT({criterion},'{criteria.name}'!$A${row})"
    return Formula(f"=SUMPRODUCT({same}*{score})/SUMPRODUCT({same})", value)


def _needs(case: Case, scenario: Scenario, weights: Page, language: Language) -> Page:
    """Return weight, gap, share of the population and need of each issue that counts in each region."""
    issues, places = case.names("issues", language), case.names("regions", language)
    needs, gaps, shares = measure.needs(case, scenario), measure.gaps(case), measure.shares(case)
    weight, whole = measure.weights(case, scenario), float(needs.to_numpy().sum())
    line = {str(row[0]): place for place, row in enumerate(weights.rows, start=2)}
    last = letter_of(len(weights.columns) - 1)
    pairs = [(issue, region) for issue in needs.index for region in needs.columns]
    every = cells_of(say("workbook.sheet_needs", language), 7, len(pairs))
    rows: list[list[Value]] = []
    for place, (issue, region) in enumerate(pairs, start=2):
        need = float(needs.at[issue, region])
        rows.append([
            issue, issues[issue], region, places[region],
            Formula(f"='{weights.name}'!${last}${line[issue]}", float(weight[issue])),
            float(gaps.at[issue, region]), float(shares[region]),
            Formula(f"=E{place}*F{place}*G{place}", need),
            Formula(f"=H{place}/SUM({every})", need / whole if whole > 0 else 0.0),
        ])  # fmt: skip
    keys = "issue_code issue region_code region issue_weight gap population_share need_amount need_share"
    return _page("needs", keys, rows, language)


def _ties(case: Case, scenario: Scenario, language: Language) -> Page:
    places, rule = case.names("regions", language), scenario.collaboration
    alike, ties = measure.similarity(case, scenario), measure.edges(case, scenario)
    kinds = measure.tie_kinds(case)
    rows: list[list[Value]] = []
    for r in ties.index:
        for s in ties.columns:
            if r == s or ties.at[r, s] <= 0:
                continue
            kind, place = str(kinds.at[r, s]), len(rows) + 2
            tie = Formula(f"=MIN(1,F{place}*G{place})", float(ties.at[r, s]))
            told = say(f"worked.kind_{kind}", language)
            factor = float(getattr(rule, kind))
            rows.append([r, places[r], s, places[s], told, float(alike.at[r, s]), factor, tie])
    return _page("ties", "region_code region other_code other kind alike factor tie", rows, language)


def _yes(flag: bool, language: Language) -> str:
    return say(f"workbook.{'true' if flag else 'false'}", language)


def _status(status: str, language: Language) -> str:
    return all_wording(language).get(f"choice.status_{status}", status)


def _columns(keys: str, language: Language) -> list[Column]:
    return [
        Column(say(f"workbook.plan_{key}", language), *_COLUMNS.get(key, (16, "cell_figure")))
        for key in keys.split()
    ]


def _page(name: str, keys: str, rows: Iterable[Sequence[Value]], language: Language) -> Page:
    return Page(say(f"workbook.sheet_{name}", language), _columns(keys, language), list(rows))
