"""Knapsack problems of the literature as cases."""

from __future__ import annotations

from selection.small import one_place, rows


def knapsack(name, values, outlays, budgets, pairs=()):
    """Projects with outlays in each year from 2027 on; pairs of them (from 1) are worth more together."""
    codes = [f"{name}{number}" for number in range(1, len(values) + 1)]
    costs = [
        (code, "", "build", offset, float(outlay))
        for offset, column in enumerate(outlays)
        for code, outlay in zip(codes, column, strict=True)
    ]
    links = [(codes[i - 1], codes[j - 1], "complements", value) for i, j, value in pairs]
    return one_place(
        [],
        budget=0,
        programs=rows(
            "program name_id duration first_start last_start score",
            *((code, code, 1, 2027, 2027, value) for code, value in zip(codes, values, strict=True)),
        ),
        program_regions=rows("program region"),
        program_costs=rows("program region kind offset amount", *costs),
        program_effects=rows("program issue effect"),
        program_links=rows("program other kind value", *links),
        fund_budgets=rows("fund year amount", *(("f", 2027 + k, b) for k, b in enumerate(budgets))),
    )
