"""All that is tested of the rule new_systems."""

from __future__ import annotations

from jspmodel.selection import select_programs
from jspmodel.selection.rules import new_systems
from selection.rules.audited import Tampered, without
from selection.rules.bad_data import SYSTEMS, csv_programs
from selection.rules.clashes import TWO, Clash, programs
from selection.rules.marks import on_paper, reason
from selection.small import make_scenario, one_place, reasons, rows, starts

SETTINGS = {"no_new_systems": True}
AUDITED_SETTINGS = {"no_new_systems": True}
ROWS = {
    new_systems.new_systems: """
        new_systems(): - retired(S) + start(P,2027) + start(P,2028) <= 0
    """,
    new_systems.retirements: """
        retirement(S): retired(S) - start(Q,2027) - start(Q,2028) <= 0
    """,
}
BAD = {
    "new_systems": [
        (csv_programs("new_systems", "P01,A,1,joint,-1"), "", "negative", "new_systems"),
        ({}, "no_new_systems: maybe", "setting_yes_no", "no_new_systems"),
    ],
    "retirements": [
        (SYSTEMS | {"program_systems": "program,system,action\nP01,S2,retires\n"}, "", "unknown_code", "system"),
        (SYSTEMS | {"program_systems": "program,system,action\nP01,S1,stops\n"}, "", "not_in_list", "action"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*without("Q"), {}, 1)
CLASHES = {
    # P brings two systems, and Q retires one.
    "systems": Clash(
        one_place(TWO, budget=9, programs=programs(("P", "P", 1, 2), ("Q", "Q", 1, None), columns="program name_id duration new_systems"),
                  systems=rows("system name", ("S", "Lama")), program_systems=rows("program system action", ("Q", "S", "retires"))),
        {"locked_in": ["P"], "no_new_systems": True},
        {"lock P", "systems"},
        {"lock P": 1, "systems": 1},
    ),
}  # fmt: skip


@on_paper("new_systems", "retirements")
@reason("new_systems")
def test_new_systems_only_for_old_ones():
    # X (40 points) brings a system, Y (10) retires one, Z (8) retires the same: X needs Y or Z, and once is enough.
    tables = {
        "programs": rows("program name_id duration new_systems", ("X", "X", 1, 1), ("Y", "Y", 1, None), ("Z", "Z", 1, None), ("V", "V", 1, 1)),
        "systems": rows("system name", ("S", "Lama")),
        "program_systems": rows("program system action", ("Y", "S", "retires"), ("Z", "S", "retires")),
    }  # fmt: skip
    programs = [("X", 0.4, 1), ("Y", 0.1, 1), ("Z", 0.08, 1), ("V", 0.2, 1)]
    plan = select_programs(one_place(programs, budget=9, **tables), make_scenario(no_new_systems=True))
    assert sorted(starts(plan)) == ["X", "Y", "Z"]
    assert reasons(plan)["V"] == "new_systems"
    # Two programmes fit: X needs one that retires, so V (40 + 15 with X) is out for Y (40 + 7.5).
    plan = select_programs(one_place(programs, budget=2, **tables), make_scenario(no_new_systems=True))
    assert sorted(starts(plan)) == ["X", "Y"]
    plan = select_programs(one_place(programs, budget=2, **tables), make_scenario())
    assert sorted(starts(plan)) == ["V", "X"]
