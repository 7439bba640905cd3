"""All that is tested of the rule excludes."""

from __future__ import annotations

from jspmodel.selection import select_programs
from jspmodel.selection.rules import excludes
from selection.rules.audited import CHOICES, PAYMENTS, SWAPPED, Tampered
from selection.rules.bad_data import edited
from selection.rules.clashes import BOTH, TWO, Clash
from selection.rules.marks import on_paper, reason
from selection.small import make_scenario, one_place, reasons, rows, starts

ROWS = {
    excludes.excludes: """
        excludes(P,R): start(P,2027) + start(P,2028) + start(R,2029) <= 1
    """,
}
BAD = {
    "excludes": [
        (edited("program_links", "P01,P03,complements,0.5", "P03,P02,excludes,"), "", "requires_and_excludes", "kind"),
    ],
}  # fmt: skip
TAMPERED = Tampered({**CHOICES, "T": SWAPPED}, PAYMENTS, {"program": "S", "other": "T"}, 1)
CLASHES = {
    "excludes": Clash(
        one_place(TWO, budget=9, program_links=rows("program other kind", ("P", "Q", "excludes"))),
        BOTH,
        {"lock P", "lock Q", "excludes P Q"},
        {"lock P": 1, "lock Q": 1, "excludes P Q": 1},
    ),
}  # fmt: skip


@on_paper("excludes")
@reason("excluded_by")
def test_programmes_that_exclude_each_other():
    tables = {"program_links": rows("program other kind", ("X", "Y", "excludes"))}
    plan = select_programs(one_place([("X", 0.3, 1), ("Y", 0.2, 1)], budget=9, **tables), make_scenario())
    assert starts(plan) == {"X": 2027}
    assert reasons(plan)["Y"] == "excluded_by"
