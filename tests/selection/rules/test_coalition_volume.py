"""All that is tested of the rule coalition_volume."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import coalition_volume
from selection.rules.audited import Tampered, moved
from selection.rules.bad_data import edited
from selection.rules.clashes import Clash, wide
from selection.rules.marks import on_paper, reason
from selection.small import make_scenario, places, reasons, rows, two_places

ROWS = {
    coalition_volume.coalition_volume: """
        coalition_volume(P,2027): 8 join(P,A,2027) + 4 join(P,B,2027) - 10 start(P,2027) >= 0
        coalition_volume(P,2028): 8 join(P,A,2028) + 4 join(P,B,2028) - 10 start(P,2028) >= 0
    """,
}
BAD = {
    "coalition_volume": [
        (edited("programs", "joint,10,", "joint,12.5,"), "", "too_little_volume", "min_volume"),
        (edited("program_regions", "P02,34.10,4,3,5", "P02,34.10,-4,,"), "", "negative", "volume"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*moved("P", regions=("A", "B")), {"program": "P"}, 1)  # 8 + 1 of 10
CLASHES = {
    # 4 + 6 is 2.5 less than 12.5.
    "volume": Clash(wide("min_volume", 12.5), {"locked_in": ["P"]}, {"lock P", "volume P"}, {"lock P": 1, "volume P": 2.5}),
}  # fmt: skip


@on_paper("coalition_volume")
@reason("coalition_volume")
def test_a_coalition_pays_only_together():
    # The plant C needs 10 t: A brings 6, B 5. It closes 0.4 in both regions, 40 points, for 2 + 2 + 1 = 5.
    # S, for A alone, closes 0.3 in one of two equal regions, 15 points, for 2.5. Budget 5: C. Budget 4: S.
    def case(budget, volume_of_b=5):
        return two_places(
            rows("program name_id duration min_volume", ("C", "PSEL", 1, 10), ("S", "TPS", 1, None)),
            rows("program region volume", ("C", "A", 6), ("C", "B", volume_of_b), ("S", "A", None)),
            [("C", "", "build", 0, 1), ("C", "A", "build", 0, 2), ("C", "B", "build", 0, 2), ("S", "A", "build", 0, 2.5)],
            [("C", "w", 0.4), ("S", "w", 0.3)],
            budget=budget,
        )  # fmt: skip

    together = select_programs(case(5), make_scenario())
    assert places(together) == {"C": ("A", "B")}
    assert together.objective == pytest.approx(40)
    apart = select_programs(case(4), make_scenario())
    assert places(apart) == {"S": ("A",)}
    assert apart.objective == pytest.approx(15)
    # 1.5 is left, so C lacks 3.5. It would add 32.5/2 in A (0.3 to 0.7 delivered: 0.3 to 0.625 closed) and 40/2
    # in B, 36.25 for 5: more a rupiah than S (15 for 2.5), so the reason is money.
    left = next(item for item in apart.programs if item.program == "C")
    assert left.reason == "money"
    values = dict(left.reason_values)
    assert values.pop("regions") == "A B"
    assert values.pop("start") == int(values.pop("years"))  # it is built in the year in which it starts
    assert values == pytest.approx({"short": 3.5, "gain": 36.25, "cost": 5})
    small = select_programs(case(5, volume_of_b=3), make_scenario())
    assert places(small) == {"S": ("A",)}
    assert reasons(small)["C"] == "coalition_volume"
