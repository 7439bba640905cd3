"""Rules between rows and tables, beyond what a schema can say: one function a rule.

``RULES`` lists them in order, each with the tables whose rows it judges, and the tables it looks things up
in. A rule is off where one of the first could not be read whole, or one of the second has an error: what it
would miss there may only be misspelt. Nor is it asked where the first have no rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jspmodel.errors import Problem
from jspmodel.intake.checks import (
    area_types,
    costs_and_funds,
    documents,
    few_named,
    issue_tables,
    options,
    own_contributions,
    own_payers,
    programs,
    realised_rows,
    regions,
    spelling,
    spending,
    staff,
    strange_amounts,
    unasked_payers,
)
from jspmodel.intake.checks.issue_tables import check_spillovers as check_spillovers
from jspmodel.intake.checks.issue_tables import check_worst as check_worst
from jspmodel.intake.checks.programs import check_effects as check_effects
from jspmodel.intake.checks.scenario_values import check_level_ranges as check_level_ranges
from jspmodel.intake.draft import Draft
from jspmodel.measure import computed_once

TableCheck = Callable[[Draft], Iterator[Problem]]

_OF_PAYERS = ("fund_budgets", "programs", "program_regions", "program_costs")
RULES: tuple[tuple[TableCheck, tuple[str, ...], tuple[str, ...]], ...] = (
    (regions.check_populations, ("regions",), ()),
    (regions.check_names, ("regions",), ()),
    (regions.check_scales, ("regions",), ()),
    (regions.check_borders, ("borders",), ()),
    (regions.check_terms, ("terms_of_office",), ()),
    (regions.check_short_borders, ("borders",), ("regions",)),
    (issue_tables.check_weights, ("criteria",), ()),
    (area_types.check_type_weights, ("area_type_weights",), ("criteria",)),
    (area_types.check_region_types, ("regions", "area_type_weights"), ()),
    (issue_tables.check_all_scored, ("issues",), ("criteria", "issue_scores")),
    (issue_tables.check_worst, ("indicators",), ()),
    (issue_tables.check_spillovers, ("issue_spillovers",), ()),
    (issue_tables.check_known, ("issues",), ("indicators", "indicator_values", "issue_regions")),
    (programs.check_windows, ("programs",), ()),
    (programs.check_some_start_fits, ("programs",), ("program_costs", "fund_budgets")),
    (programs.check_quick_wins, ("programs",), ()),
    (programs.check_volumes, ("program_regions",), ()),
    (programs.check_effects, ("program_effects",), ()),
    (programs.check_self_links, ("program_links",), ()),
    (programs.check_contradictions, ("program_links",), ()),
    (programs.check_complements, ("program_links",), ()),
    (programs.check_cycles, ("program_links",), ()),
    (options.check_options, ("programs",), ()),
    (options.check_size_names, ("programs",), ()),
    (options.check_linked_sizes, ("program_links",), ("programs",)),
    (costs_and_funds.check_amounts, ("program_costs", "fund_budgets"), ()),
    (strange_amounts.check_units, ("program_costs", "fund_budgets"), ()),
    (costs_and_funds.check_costs_there, ("programs",), ("program_costs",)),
    (costs_and_funds.check_cost_places, ("program_costs",), ("programs", "program_regions")),
    (costs_and_funds.check_offsets, ("program_costs",), ()),
    (costs_and_funds.check_run_costs, ("program_costs",), ()),
    (costs_and_funds.check_fund_rules, ("fund_rules",), ()),
    (documents.check_requirements, ("required_documents",), ("funds",)),
    (documents.check_dates, ("program_readiness",), ()),
    (realised_rows.check_amounts, ("realisation",), ()),
    (realised_rows.check_progress, ("realisation",), ()),
    (realised_rows.check_remaining, ("realisation",), ()),
    (realised_rows.check_parts, ("realisation",), ()),
    (realised_rows.check_outputs, ("realised_outputs",), ("program_outputs",)),
    (realised_rows.check_years_over, ("realisation", "realised_outputs"), ()),
    (staff.check_staff_agencies, ("program_staff",), ("programs",)),
    (staff.check_staff_places, ("program_staff",), ("programs", "program_regions")),
    (costs_and_funds.check_budgets_there, ("funds",), ("fund_budgets",)),
    (own_contributions.check_cofunding_rows, ("cofunding_shares",), ()),
    (own_contributions.check_cofunding_scopes, ("cofunding_shares",), ("programs",)),
    (spending.check_spending_rows, ("spending_rules",), ()),
    (spending.check_spending_reach, ("spending_rules",), ("programs", "funds")),
    (spelling.check_counted_words, ("spending_rules",), ("programs",)),
    (spelling.check_paying_kinds, ("spending_rules",), ("funds",)),
    (spelling.check_requiring_kinds, ("required_documents",), ("funds",)),
    (
        unasked_payers.check_payers,
        ("funds", "fund_rules"),
        _OF_PAYERS,
    ),
    (few_named.check_few_named, ("funds", "fund_rules"), _OF_PAYERS),
    (own_payers.check_left_out, ("funds", "fund_rules"), _OF_PAYERS),
    (own_payers.check_single_payer, ("funds", "fund_rules"), _OF_PAYERS),
)


def broken_rules(draft: Draft) -> Iterator[Problem]:
    """Yield what breaks the rules that can be judged.

    Parameters
    ----------
    draft : Draft

    Yields
    ------
    Problem
    """
    with computed_once():
        found = [
            problem
            for rule, judged, looked_up in RULES
            if draft.whole.issuperset(judged) and draft.sound.issuperset(looked_up)
            if any(len(draft[table]) for table in judged)
            for problem in rule(draft)
        ]
    yield from found
