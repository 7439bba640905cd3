"""Analisis: what opens the section, and who works with whom."""

from __future__ import annotations

from jspmodel.case import Case
from jspmodel.figures import programs_by_pair
from jspmodel.pages import Fragment, fragment, table
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.tables import tie_reason
from jspmodel.text import Table, listed, number, say, short_names

_MOST_PAIRS = 30


def analysis(decision: Decision, language: Language) -> Fragment:
    """Return the heading of the analysis; what the plan comes to stands on the first screen.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    return fragment("analysis", say("report.analysis", language), language)


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
