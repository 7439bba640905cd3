"""All that is tested of the rule locked_out."""

from __future__ import annotations

from selection.rules.audited import CHOICES, PAYMENTS, SWAPPED, Tampered
from selection.rules.clashes import TWO, YEARS, Clash
from selection.small import may_start, one_place, reasons, rows, starts

AUDITED_SETTINGS = {"locked_out": ["T"]}
ROWS = {}
BAD = {}
TAMPERED = Tampered({**CHOICES, "T": SWAPPED}, PAYMENTS, {"program": "T"}, 1)
CLASHES = {
    "locked_out": Clash(
        one_place(TWO, budget=9, years=YEARS, program_links=rows("program other kind", ("P", "Q", "requires"))),
        {"locked_in": ["P"], "locked_out": ["Q"]},
        {"lock P", "locked_out Q", "requires P Q"},
        {"lock P": 1, "locked_out Q": 1, "requires P Q": 1},
    ),
}  # fmt: skip


def test_what_is_locked_out_never_starts():
    plan = may_start({}, {"locked_out": ["X"]})
    assert starts(plan) == {}
    assert reasons(plan)["X"] == "locked_out"
