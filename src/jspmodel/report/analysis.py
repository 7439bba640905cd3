"""Analisis: what opens the section, who works with whom, and what was not accommodated and why."""

from __future__ import annotations

from collections import Counter

from jspmodel.case import Case
from jspmodel.figures import programs_by_pair
from jspmodel.pages import Fragment, fragment, in_indonesian, lines, table
from jspmodel.plan import PlannedProgram
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.tables import tie_reason
from jspmodel.text import (
    Table,
    listed,
    money,
    number,
    proof_sentence,
    reason_text,
    remedy_text,
    say,
    short_names,
)

_MOST_PAIRS = 30


def analysis(decision: Decision, language: Language) -> Fragment:
    """Return the heading of the analysis and what the plan comes to, in a few sentences.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    told = decision.figures
    intro = say(
        "report.analysis_intro",
        language,
        n=told.selected,
        all=told.proposed,
        joint=told.joint,
        used=money(told.used, language),
        ceiling=money(told.ceiling, language),
    )
    title = say("report.analysis", language)
    return fragment("analysis", title, language, intro=intro, proof=proof_sentence(decision.plan, language))


def collaboration(decision: Decision, language: Language) -> Fragment:
    """Return which regions are tied how strongly, why, and what they do together in the plan.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Of many pairs the 30 that share most programmes, then those tied most strongly.
    """
    together = _together(decision)
    ties = {
        frozenset((r, s)): data
        for r, s, data in decision.graph.edges(data=True)
        if decision.graph.nodes[r]["kind"] == decision.graph.nodes[s]["kind"] == "region"
    }
    known = dict.fromkeys([*together, *ties])  # in an order: what is equal must not be shown by chance
    pairs = sorted(known, key=lambda pair: _importance(pair, together, ties), reverse=True)
    return fragment(
        "collaboration",
        _collaboration_title(decision, together, language),
        language,
        pairs=_pairs(decision.case, pairs[:_MOST_PAIRS], together, ties, language),
        left_out=max(0, len(pairs) - _MOST_PAIRS),
    )


Pair = frozenset[str]


def _together(decision: Decision) -> dict[Pair, list[str]]:
    """Return the joint programmes of each pair of regions."""
    found = programs_by_pair(decision.case, decision.plan)
    return {frozenset(pair): programs for pair, programs in found.items()}


def _importance(
    pair: Pair, together: dict[Pair, list[str]], ties: dict[Pair, dict[str, float]]
) -> tuple[float, ...]:
    return len(together.get(pair, ())), ties.get(pair, {}).get("weight", 0.0)


def _collaboration_title(decision: Decision, together: dict[Pair, list[str]], language: Language) -> str:
    if not together:
        return say("report.collaboration_none", language)
    pair = max(together, key=lambda key: len(together[key]))
    names = short_names(decision.case)
    places = listed((names[region] for region in names if region in pair), language)
    return say("report.collaboration_title", language, regions=places, n=len(together[pair]))


def _pairs(
    case: Case,
    pairs: list[Pair],
    together: dict[Pair, list[str]],
    ties: dict[Pair, dict[str, float]],
    language: Language,
) -> Table:
    names = short_names(case)
    rows = [
        (
            " – ".join(names[region] for region in names if region in pair),
            number(ties[pair]["weight"], language, 2) if pair in ties else "–",
            tie_reason(ties.get(pair, {}), language),
            str(len(together.get(pair, ()))),
            ", ".join(together.get(pair, ())),
        )
        for pair in pairs
    ]
    return table(
        ["pair", "tie", "joined_by", "shared", "programs"], rows, language, numeric=["tie", "shared"]
    )


def not_accommodated(decision: Decision, language: Language) -> Fragment:
    """Return the proposals that are not in the plan, each with its reason, and a count by origin.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    left = [item for item in decision.plan.programs if not item.selected]
    title = say("report.not_accommodated", language, n=len(left), all=len(decision.plan.programs))
    return fragment(
        "not_accommodated",
        title,
        language,
        left=_left(decision, left, language),
        origins=_origins(decision, language),
    )


def _left(decision: Decision, left: list[PlannedProgram], language: Language) -> Table:
    case = decision.case
    names, origin, proposers = case.names("programs", language), _origin(case, language), _proposers(case)
    called = {**case.names("agencies", language), **{code: f"{code} {name}" for code, name in names.items()}}
    enters = entering_at(decision)
    rows = [
        (
            f"{item.program} {names[item.program]}",
            lines(
                [origin[item.program], *(in_indonesian(name, language) for name in proposers[item.program])]
            ),
            reason_text(item.reason, item.reason_values, language, called),
            _remedy(item, enters.get(item.program), language, called),
        )
        for item in left
    ]
    return table(["program", "origin", "reason", "remedy"], rows, language)


def _remedy(item: PlannedProgram, percent: int | None, language: Language, called: dict[str, str]) -> str:
    remedy = remedy_text(item.reason, item.reason_values, language, called)
    if percent is None:
        return remedy
    return f"{remedy} {say('remedy.at_budget', language, percent=percent - 100)}"


def entering_at(decision: Decision) -> dict[str, int]:
    """Return the smallest rise of the budgets, in percent of today's, at which each programme enters."""
    larger = [
        (percent, step) for percent, step in sorted(decision.steps.items(), reverse=True) if percent > 100
    ]
    return {program: percent for percent, step in larger for program in step.enters}


def _proposers(case: Case) -> dict[str, list[str]]:
    """Return the names of the agencies that propose each programme."""
    names = case.names("agencies", "id")
    found: dict[str, list[str]] = {program: [] for program in case.programs["program"]}
    table = case.program_agencies
    for row in table[table["role"] == "proposes"].itertuples():
        if row.program in found:
            found[row.program].append(names.get(row.agency, row.agency))
    return found


def _origin(case: Case, language: Language) -> dict[str, str]:
    unknown = say("report.origin_unknown", language)
    return {
        program: origin or unknown
        for program, origin in zip(case.programs["program"], case.programs["origin"], strict=True)
    }


def _origins(decision: Decision, language: Language) -> Table:
    origin = _origin(decision.case, language)
    proposed = Counter(origin[item.program] for item in decision.plan.programs)
    chosen = Counter(origin[item.program] for item in decision.plan.selected)
    rows = [(name, str(n), str(chosen[name]), str(n - chosen[name])) for name, n in proposed.most_common()]
    keys = ["origin", "proposed", "selected", "not_selected"]
    return table(keys, rows, language, numeric=keys[1:])
