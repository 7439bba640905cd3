"""An adopted plan of three programmes, two funds and three years, and what became of it, by hand.

One region, one issue: need 1, so a programme of effect e that is delivered in k of the three years closes 100 e k / 3
percent (all within the first piece of the diminishing returns, 0.4). P: effect 0.1, two years, Rp 4 billion in each,
paid by f. Q: effect 0.05, a year, Rp 3 billion, by g. R: effect 0.02, a year, Rp 5 billion, by f. f has 6 a year, g has 3.

The best plan: P in 2027 (delivered 2028 and 2029: 20/3), Q in 2027 (5), R in 2029 (2/3; in 2028 f has 2 left): 37/3. With R
first (2027) P is delivered in 2029 alone: 2 + 10/3 + 5 = 31/3.
"""

from __future__ import annotations

import pandas as pd

from jspmodel.case import Case
from jspmodel.intake.tables import build_case
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from selection.small import rows

REALISED = "program year fund amount progress reason"
SLIPPED = rows(
    REALISED,
    ("P", 2027, "f", 2.5, "under_way", "lelang terlambat"),
    ("Q", 2027, "g", 0.0, "not_begun", "lahan belum siap"),
)
"""P spent 2.5 of 4 in 2027, Q did not begin."""


def case_with(realisation: pd.DataFrame | None = None, **tables: pd.DataFrame) -> Case:
    """Return the case, with other tables."""
    parts = {
        "regions": rows("region name population", ("A", "Alfa", 100)),
        "issues": rows("issue name_id", ("w", "Sampah")),
        "issue_regions": rows("issue region severity", ("w", "A", 1.0)),
        "programs": rows(
            "program name_id duration scope", ("P", "P", 2, "province"), ("Q", "Q", 1, "province"), ("R", "R", 1, "province")
        ),
        "program_costs": rows(
            "program region kind offset amount",
            ("P", "", "build", 0, 4.0), ("P", "", "build", 1, 4.0), ("Q", "", "build", 0, 3.0), ("R", "", "build", 0, 5.0),
        ),
        "program_effects": rows("program issue effect", ("P", "w", 0.1), ("Q", "w", 0.05), ("R", "w", 0.02)),
        "funds": rows("fund name_id", ("f", "F"), ("g", "G")),
        "fund_budgets": rows(
            "fund year amount", *((fund, year, has) for fund, has in (("f", 6.0), ("g", 3.0)) for year in (2027, 2028, 2029))
        ),
        "fund_rules": rows(
            "fund program dimension max_share", ("f", "P", "", 1.0), ("f", "R", "", 1.0), ("g", "Q", "", 1.0)
        ),
        "program_outputs": rows(
            "program region offset indicator unit target",
            ("P", "", 0, "Ruas jalan", "km", 10.0), ("P", "", 1, "Ruas jalan", "km", 10.0), ("Q", "", 0, "Armada", "unit", 4.0),
        ),
        **tables,
    }  # fmt: skip
    if realisation is not None:
        parts["realisation"] = realisation
    return build_case("adopted", parts)


def adopted_plan(case: Case | None = None) -> Plan:
    """Return the best plan before anything has become of it."""
    return select_programs(case or case_with(), Scenario(solver={"gap": 0.0}))


def scenario_through(year: int = 2027, **settings: object) -> Scenario:
    """Return the settings that go on with the plan."""
    replan = {"adopted": "rencana", "through": year, "unspent": "lapsed", **settings}
    return Scenario(solver={"gap": 0.0}).replace(replan=replan, name="replanned")
