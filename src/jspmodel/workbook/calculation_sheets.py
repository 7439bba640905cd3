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
    "area_type": (20, "cell"),
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
    """Return the weights of the criteria, those of the scenario in their place, and scaled to add up to 1.

    Behind them those of each type of area whose weights count, in the same way.
    """
    names, page = case.names("criteria", language), say("workbook.sheet_criteria", language)
    table, types = case.criteria, _types(case, scenario)
    general = [scenario.criteria_weights.get(row.criterion, row.weight) for row in table.itertuples()]
    mine = [_weighing(page, case, scenario, "", 2, general)]
    for k, kind in enumerate(types):
        rows = case.area_type_weights[case.area_type_weights["area_type"] == kind]
        raw = measure.by(rows, "criterion", "weight")[table["criterion"]].tolist()
        mine.append(_weighing(page, case, scenario, kind, 6 + 2 * k, raw))
    rows_told: list[list[Value]] = [
        [row.criterion, names[row.criterion], *mine[0][k], row.source, _status(row.status, language),
         *(cell for weighing in mine[1:] for cell in weighing[k])]
        for k, row in enumerate(table.itertuples())
    ]  # fmt: skip
    heads = _columns("criterion_code criterion weight weight_scaled source status", language)
    heads += [_of_type(key, kind, language) for kind in types for key in ("weight", "weight_scaled")]
    return Page(page, heads, rows_told)


def _types(case: Case, scenario: Scenario) -> list[str]:
    """Return the types of area whose weights count somewhere."""
    return [kind for kind in dict.fromkeys(measure.area_types(case, scenario)) if kind]


def _weighing(
    page: str, case: Case, scenario: Scenario, kind: str, column: int, raw: Sequence[float]
) -> list[list[Value]]:
    """Return of each criterion its weight, which stands in a column, and its part of all."""
    cells, scaled = cells_of(page, column, len(raw)), measure.criteria_weights(case, scenario, kind)
    return [
        [float(weight), Formula(f"={letter_of(column)}{place}/SUM({cells})", float(part))]
        for place, (weight, part) in enumerate(zip(raw, scaled, strict=True), start=2)
    ]


def _of_type(key: str, kind: str, language: Language) -> Column:
    """Return a column of figures that hold where a type of area is."""
    return Column(f"{say(f'workbook.plan_{key}', language)} ({kind})", 16, "cell_figure")


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
    """Return the mean score of each issue by criterion, its score, and its weight where it counts.

    Score and weight stand there once more for each type of area whose weights count.
    """
    codes = [str(row[0]) for row in criteria.rows] if scores.rows else []
    names, titles = case.names("issues", language), case.names("criteria", language)
    kinds, means = ["", *_types(case, scenario)], measure.mean_scores(case)
    scaled = {kind: measure.criteria_weights(case, scenario, kind) for kind in kinds}
    used = [code for code in codes if any(scaled[kind][code] > 0 for kind in kinds)]
    counted, page = measure.weights(case, scenario).index, say("workbook.sheet_weights", language)
    rows: list[list[Value]] = [
        [issue, names[issue], _yes(issue in counted, language),
         *(_mean(scores, criteria, code, place, float(means.at[issue, code])) for code in used)]
        for place, issue in enumerate(names, start=2)
    ]  # fmt: skip
    counts, yes = cells_of(page, 2, len(names)), _yes(True, language)
    for k, kind in enumerate(kinds):
        exact, weights = measure.issue_scores(case, scenario, kind), measure.weights(case, scenario, kind)
        column, part = 3 + len(used) + 2 * k, letter_of(3 if k == 0 else 5 + 2 * k)
        sums = f'SUMPRODUCT(({counts}="{yes}")*{cells_of(page, column, len(names))})'
        for place, row in enumerate(rows, start=2):
            terms = "+".join(
                f"{letter_of(3 + j)}{place}*'{criteria.name}'!${part}${codes.index(code) + 2}"
                for j, code in enumerate(used)
                if scaled[kind][code] > 0
            )
            score = float(exact[row[0]])
            row.append(Formula(f"={terms}", score) if terms else score)
            own = f"={letter_of(column)}{place}/{sums}"
            row.append(Formula(own, float(weights[row[0]])) if row[0] in counted else None)
    heads = [*_columns("issue_code issue counted", language)]
    heads += [Column(f"{code}: {titles[code]}", 16, "cell_figure") for code in used]
    heads += _columns("score issue_weight", language)
    heads += [_of_type(key, kind, language) for kind in kinds[1:] for key in ("score", "issue_weight")]
    return Page(page, heads, rows)


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
    weight, whole = measure.region_weights(case, scenario), float(needs.to_numpy().sum())
    line = {str(row[0]): place for place, row in enumerate(weights.rows, start=2)}
    kinds, types = ["", *_types(case, scenario)], measure.area_types(case, scenario)
    last = len(weights.columns) - 1
    column = {kind: letter_of(last - 2 * k) for k, kind in enumerate(reversed(kinds))}
    pairs = [(issue, region) for issue in needs.index for region in needs.columns]
    every = cells_of(say("workbook.sheet_needs", language), 7, len(pairs))
    rows: list[list[Value]] = []
    for place, (issue, region) in enumerate(pairs, start=2):
        need, own = float(needs.at[issue, region]), column[types[region]]
        rows.append([
            issue, issues[issue], region, places[region],
            Formula(f"='{weights.name}'!${own}${line[issue]}", float(weight.at[issue, region])),
            float(gaps.at[issue, region]), float(shares[region]),
            Formula(f"=E{place}*F{place}*G{place}", need),
            Formula(f"=H{place}/SUM({every})", need / whole if whole > 0 else 0.0),
            *([types[region]] if kinds[1:] else []),
        ])  # fmt: skip
    keys = "issue_code issue region_code region issue_weight gap population_share need_amount need_share"
    return _page("needs", f"{keys} area_type" if kinds[1:] else keys, rows, language)


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
