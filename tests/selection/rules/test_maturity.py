"""All that is tested of the rule maturity."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import maturity
from selection.rules.audited import Tampered, moved
from selection.rules.bad_data import csv_programs
from selection.rules.clashes import Clash, wide
from selection.rules.marks import on_paper, reason
from selection.small import make_scenario, one_place, reasons, rows, starts

ROWS = {
    maturity.maturity: """
        maturity(R,A,2029): - join(Q,A,2027) + join(R,A,2029) <= 0
    """,
}
BAD = {
    "maturity": [
        (csv_programs("required_maturity", "P01,A,1,joint,7"), "", "out_of_range", "required_maturity"),
        ({"regions": "region,name,population,maturity\n34.01,T,1,1\n34.10,B,1,1\n"}
         | csv_programs("required_maturity", "P01,A,1,joint,3"), "", "never_mature", "required_maturity"),
    ],
}  # fmt: skip
TAMPERED = Tampered(
    *moved("P", regions=("A", "B", "C")), {"program": "P", "region": "B"}, 1, alone=True
)  # 1 of 2
CLASHES = {
    # A stands at 1, two below 3, and is asked to take part.
    "maturity": Clash(
        wide("required_maturity", 3), {"locked_in": [{"program": "P", "regions": ["A"]}]},
        {"lock P", "lock_region P A", "maturity P A"}, {"lock P": 1, "lock_region P A": 1, "maturity P A": 2},
    ),
}  # fmt: skip


@on_paper("maturity")
@reason("maturity")
def test_maturity_comes_first():
    # X asks for 3; A stands at 2; Y raises by 1 and has no effect. Y in 2027, X in 2028: 40 / 2 = 20.
    tables = {
        "regions": rows("region name maturity", ("A", "Alfa", 2)),
        "programs": rows(
            "program name_id duration required_maturity raises_maturity",
            ("X", "X", 1, 3, None),
            ("Y", "Y", 1, None, 1),
        ),
    }
    programs = [("X", 0.4, 1), ("Y", 0.0, 1)]
    plan = select_programs(one_place(programs, budget=2, years=(2027, 2028), **tables), make_scenario())
    assert starts(plan) == {"Y": 2027, "X": 2028}
    assert plan.objective == pytest.approx(20)
    alone = select_programs(one_place(programs, budget=2, **tables), make_scenario(locked_out=["Y"]))
    assert reasons(alone) == {"X": "maturity", "Y": "locked_out"}
