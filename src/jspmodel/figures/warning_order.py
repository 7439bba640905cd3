"""Warnings of a case, the ones that weigh most first."""

from __future__ import annotations

from collections.abc import Iterable

from jspmodel.errors import Problem

_ASKED = (
    "regions_pay_province",
    "province_pays_regions",
    "budget_leaves_out_own",
    "one_region_pays_all",
    "border_short",
)
_CLASSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "unread",
        (
            "unknown_file",
            "file_name_case",
            "unknown_column",
            "column_without_heading",
            "column_not_kept",
            "sheet_unknown",
            "code_shape",
            "figures_far_apart",
            "weights_sum",
            "area_type_sum",
        ),
    ),
    ("asked", _ASKED),
    (
        "answer",
        (
            "no_scores",
            "no_priorities",
            "all_locked",
            "years_without_budget",
            "budgets_above_costs",
            "issue_without_data",
            "gap_unknown",
            "regions_without_area_type",
            "area_types_without_scores",
            "area_type_unused",
            "no_effect",
            "no_score",
            "concerns_nobody",
            "too_little_volume",
            "never_payable",
            "never_mature",
            "never_ready",
            "fund_without_budget",
            "fund_pays_nothing",
            "growth_nothing",
            "complement_without_value",
        ),
    ),
    ("other", ()),
    ("certainty", ("illustrative",)),
)
"""What may have been misread; what only the planner can answer; what changes the answer; the rest; how far it
carries."""


def by_importance(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    """Group problems by what they mean for the answer, first to last.

    Parameters
    ----------
    problems : iterable of Problem

    Returns
    -------
    list of (str, list of Problem)
        Key of the group's heading (``check.<key>``) and its problems in order; groups without any are
        left out.
    """
    place = {code: (name, order) for name, codes in _CLASSES for order, code in enumerate(codes)}
    groups: dict[str, list[tuple[int, Problem]]] = {name: [] for name, _ in _CLASSES}
    for problem in problems:
        name, order = place.get(problem.code, ("other", 0))
        groups[name].append((order, problem))
    return [
        (name, [problem for _, problem in sorted(found, key=lambda item: item[0])])
        for name, found in groups.items()
        if found
    ]
