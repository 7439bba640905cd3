"""Who pays for a programme, by hand."""

from math import inf

import numpy as np
import pytest
from scipy import sparse

from jspmodel.solver.matrix import Matrix
from jspmodel.solver.payments import Payments

X, Y, F_X, C_X, F_Y = range(5)
"""Two programmes, what fund f pays for the first, fund c for the first, f for the second."""
STATED = {
    "costs of X": ({X: -4, F_X: 1, C_X: 1}, 0, 0),
    "costs of Y": ({Y: -3, F_Y: 1}, 0, 0),
    "share of c": ({X: -2, C_X: 1}, -inf, 0),
    "budget of f": ({F_X: 1, F_Y: 1}, -inf, 5),
    "budget of c": ({C_X: 1}, -inf, 9),
}


def asked(changed):
    """The payments of a matrix, and what each programme alone makes of the sums of its rows."""
    stated = list((STATED | changed).values())
    table = np.zeros((len(stated), 5))
    for line, (factors, _, _) in zip(table, stated, strict=True):
        line[list(factors)] = list(factors.values())
    matrix = Matrix(
        cost=np.zeros(5),
        lower=np.zeros(5),
        upper=np.full(5, 9.0),
        row_lower=np.array([low for _, low, _ in stated], dtype=float),
        row_upper=np.array([high for *_, high in stated], dtype=float),
        rows=sparse.csr_array(table),
        integer=np.arange(5) < F_X,
    )
    demand = np.array([name.startswith("costs") for name in STATED | changed])
    payments = Payments(matrix, np.array([0, 1, 0, 0, 1]), np.array([F_X, C_X, F_Y]), demand)
    return payments, np.vstack([table[:, :F_X], np.zeros((1, 2))])


def test_the_fund_of_fewest_uses_pays_first():
    payments, _ = asked({})
    assert payments.columns.tolist() == [C_X, F_X, F_Y]
    assert [payments.of(program) for program in range(3)] == [slice(0, 2), slice(2, 3), slice(0, 0)]
    rows = set(payments.rows(slice(0, 2)).tolist())
    assert rows - {len(STATED)} == {0, 2, 3, 4}  # the last stands for none


@pytest.mark.parametrize(
    ("changed", "of_x", "of_y"),
    [
        ({}, [2, 2], [3]),  # c its share of 2, f the rest; 3 are left for Y
        ({"budget of f": ({F_X: 1, F_Y: 1}, -inf, 4)}, [2, 2], None),
        ({"budget of f": ({F_X: 1, F_Y: 1}, -inf, 1)}, None, None),
        ({"budget of c": ({C_X: 1}, -inf, 1)}, [1, 3], None),
        ({"share of c": ({X: -9, C_X: 1}, -inf, 0)}, [4, 0], [3]),
        ({"least of f": ({X: -3, F_X: 1}, 0, inf)}, [1, 3], None),  # what must be is paid first
        ({"least of f": ({X: -2, F_X: 1}, 0, inf)}, [2, 2], [3]),
        ({"least of f": ({X: -5, F_X: 1}, 0, inf)}, None, [3]),  # more than all costs
        ({"least of f": ({X: -3, F_X: 1}, 0, inf), "budget of f": ({F_X: 1, F_Y: 1}, -inf, 2)}, None, None),
        ({"least of f": ({X: -3, F_X: 1}, 0, inf), "least": ({X: -1, C_X: 1}, 0, inf)}, [1, 3], None),
        ({"least of both": ({X: -3, F_X: 1, C_X: 1}, 0, inf)}, [0, 4], None),  # used alike: f stands first
        (
            {
                "least of both": ({X: -3, F_X: 1, C_X: 1}, 0, inf),
                "budget of f": ({F_X: 1, F_Y: 1}, -inf, 2),
            },
            [2, 2],
            None,
        ),
        (
            {"part of both": ({X: -3, F_X: 1, C_X: 1}, -inf, 0)},
            None,
            [3],
        ),  # each has room, together too little
        ({"part of both": ({X: -4, F_X: 1, C_X: 1}, -inf, 0)}, [0, 4], None),
        ({"least of two programmes": ({X: -3, F_X: 1, F_Y: 1}, 0, inf)}, [2, 2], [3]),  # left to others
        ({"weighs": ({F_X: 2, C_X: -1}, -inf, 0)}, [2, 2], [3]),  # not looked at
    ],
)
def test_payments_by_hand(changed, of_x, of_y):
    """What c and f pay for X, then what f pays for Y."""
    payments, made = asked(changed)
    sums = np.zeros(len(made))
    for program, amounts in enumerate((of_x, of_y)):
        before, mine = sums + made[:, program], payments.of(program)
        sums = before.copy()
        paid = payments.amounts(mine, sums)
        assert (paid is None) == (amounts is None)
        if paid is None:
            sums = before - made[:, program]
        else:
            by_column = dict(zip(payments.columns[mine].tolist(), paid.tolist(), strict=True))
            assert [by_column[k] for k in ((C_X, F_X), (F_Y,))[program]] == pytest.approx(amounts)
            payments.add(mine, -paid, sums)
            assert sums[:-1] == pytest.approx(before[:-1])
            payments.add(mine, paid, sums)
