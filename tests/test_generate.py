"""Synthetic cases: seeded, sound by our own checks, of the size asked for."""

import pandas as pd
import pytest

from jspmodel.generate import Size, generate_case
from jspmodel.intake import check, load_case
from jspmodel.scenario import Scenario


def test_the_same_seed_gives_the_same_case():
    one, other = generate_case(Size(4, 12), seed=7), generate_case(Size(4, 12), seed=7)
    for name, table in one.tables().items():
        pd.testing.assert_frame_equal(table, other.tables()[name])


def test_another_seed_gives_another_case():
    one, other = generate_case(Size(4, 12), seed=7), generate_case(Size(4, 12), seed=8)
    assert not one.program_costs.equals(other.program_costs)


def test_budgets_are_the_share_asked_for():
    # One build cost row a year of building and programme or region; the run rows count once in the share.
    case = generate_case(Size(6, 30, years=4, budget=0.25))
    assert case.fund_budgets["amount"].sum() == pytest.approx(
        0.25 * case.program_costs["amount"].sum(), rel=1e-3
    )


@pytest.mark.parametrize("size", [Size(2, 3, years=1), Size(5, 40), Size(60, 50, years=3)])
def test_a_case_passes_the_checks_that_a_planners_case_must(size, tmp_path):
    case = generate_case(size)
    for name, table in case.tables().items():
        if len(table):
            for column in table.select_dtypes("float"):
                if (table[column].dropna() % 1 == 0).all():
                    table = table.assign(**{column: table[column].astype("Int64")})
            table.to_csv(tmp_path / f"{name}.csv", index=False)
    read = load_case(tmp_path)
    assert (len(read.regions), len(read.programs)) == (size.regions, size.programs)
    assert not [problem for problem in check(read, Scenario()) if not problem.warning]
