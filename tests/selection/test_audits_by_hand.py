"""What audits find in plans that somebody brings: how much each instance is broken, worked out by hand.

A row of ``FOUND`` is a plan, and all that its rule finds broken in it. Plans beside it that differ in one thing and keep
the rule stand in the same table, with nothing found.
"""

from __future__ import annotations

import pytest

from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice, Payment
from jspmodel.selection import audit
from selection.small import make_scenario, rows

# A stands at maturity 1, B at 3, C has none. E raises by 1, J has no number; M asks for 3. g and k lead one programme at a
# time, h as many as there are; K is of g for two years, L is another size of it. N asks for two regions, V is of the
# province and lists rows all the same, W lists none. Z is built in its first and third year, S costs nothing.
CASE = build_case(
    "brought",
    {
        "regions": rows(
            "region name maturity fiscal_capacity", ("A", "A", 1, "low"), ("B", "B", 3, "low"), ("C", "C", None, "")
        ),
        "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
        "issues": rows("issue name_id", ("w", "W")),
        "issue_regions": rows("issue region severity", *(("w", region, 1.0) for region in "ABC")),
        "agencies": rows("agency name max_parallel", ("g", "G", 1), ("h", "H", None), ("k", "K", 1)),
        "programs": rows(
            "program name_id dimension agency duration scope min_regions quick_win new_systems required_maturity "
            "raises_maturity option_of kind urusan spending_kind minimum_service first_start last_start strategic",
            ("E", "E", "d", "", 1, "joint", None, True, 1, None, 1, "", "building", "health", "works", True, None, None, False),
            ("J", "J", "d", "k", 1, "joint", None, False, None, None, None, "", "training", "health", "staff", False, None, None, False),
            ("M", "M", "d", "k", 1, "joint", None, True, 1, 3, None, "", "training", "", "", False, None, None, False),
            ("K", "K", "e", "g", 2, "joint", None, False, None, None, None, "", "", "roads", "works", False, None, None, True),
            ("L", "L", "e", "", 1, "joint", None, False, None, None, None, "K", "training", "", "", False, None, None, False),
            ("N", "N", "", "g", 1, "joint", 2, False, None, None, None, "", "training", "", "", False, None, 2028, False),
            ("V", "V", "", "h", 1, "province", 4, False, None, None, None, "", "training", "", "", False, None, None, False),
            ("W", "W", "", "h", 1, "joint", 2, False, None, None, None, "", "training", "", "", False, None, None, False),
            ("Z", "Z", "e", "", 1, "joint", None, False, None, None, None, "", "training", "", "", False, None, None, False),
            ("S", "S", "", "", 1, "joint", None, False, None, None, None, "", "special", "", "", False, 2028, None, False),
        ),
        "program_regions": rows(
            "program region mandatory",
            *((program, region, (program, region) == ("Z", "A")) for program in "EJMKLNVZS" for region in "AB"),
            ("M", "C", False),
        ),
        "program_costs": rows(
            "program region kind offset amount",
            *((program, "", "build", 0, 4.0) for program in "EJMKLNVWZ"),
            ("Z", "", "build", 1, 1.0), ("Z", "A", "build", 0, 1.0), ("Z", "A", "build", 2, 1.0),
            ("K", "", "build", 1, 1.0), ("E", "", "build", 1, 0.0),
            ("K", "A", "build", 0, 2.0),
        ),
        "program_effects": rows("program issue effect", ("E", "w", 0.1)),
        "program_links": rows(
            "program other kind", ("E", "J", "excludes"), ("M", "E", "requires"), ("N", "K", "requires"),
            ("N", "L", "requires"), ("Z", "L", "requires"),
        ),
        "funds": rows(
            "fund name_id holder kind",
            ("x", "X", "", "DAK"), ("y", "Y", "", "APBD"), ("z", "Z", "", ""), ("a", "A", "A", "APBD"), ("b", "B", "B", "APBD"),
        ),
        "fund_budgets": rows("fund year amount", *(("x", year, 90) for year in (2027, 2028, 2029))),
        # x: the row that names the most counts. y only forbids. z allows K alone, all of it.
        "fund_rules": rows(
            "fund program dimension max_share",
            ("x", "", "", 0.125), ("x", "E", "", 0.5), ("x", "", "d", 0.25), ("y", "E", "", 0.0), ("z", "K", "", None), ("b", "", "d", 0.25), ("b", "", "", 0.125),
        ),
        "cofunding_shares": rows(
            "fiscal_capacity program dimension least_share", ("low", "", "", 0.75), ("low", "", "e", 0.25)
        ),
        "systems": rows("system name", ("old", "Lama"), ("other", "Lain")),
        "program_systems": rows(
            "program system action", ("K", "old", "retires"), ("K", "other", "reuses"), ("N", "other", "retires")
        ),
        # From 2028 on half of all is for health, with 1 of 10 spent so outside the plan. Until 2027 a quarter of what
        # x pays may go to health that is works, and half of what A pays to minimum services.
        "spending_rules": rows(
            "spending_rule name_id bound share urusan spending_kind minimum_service fund_kind region base_amount base_total "
            "from_year to_year",
            ("health", "H", "min", 0.5, "health", "", False, "", "", 1, 10, 2028, None),
            ("works", "W", "max", 0.25, "health", "works", False, "DAK", "", None, None, None, 2027),
            ("service", "S", "max", 0.5, "", "", True, "", "A", None, None, None, 2027),
        ),
        "terms_of_office": rows("office region last_year", ("Gubernur", "", 2028), ("Bupati", "A", 2027)),
        "staff_kinds": rows("staff_kind name_id", ("an", "Analis"), ("te", "Teknisi")),
        # g has an analyst, from 2028 on two; k has none before 2028.
        "agency_staff": rows(
            "agency staff_kind from_year people",
            ("g", "an", 2028, 2), ("g", "an", None, 1), ("k", "an", 2028, 5), ("g", "te", None, 0.5),
        ),
        "program_staff": rows(
            "program staff_kind agency region phase people",
            ("N", "an", "", "B", "build", 1), ("K", "an", "", "", "build", 2), ("K", "an", "", "", "run", 3),
            ("J", "te", "g", "", "build", 1), ("J", "an", "", "", "build", 3), ("E", "an", "g", "", "trains", 1),
        ),
        "documents": rows("document name_id", ("DED", "D"), ("LAND", "L"), ("PERMIT", "P")),
        # A DAK waits a year for the DED; y two for the land of buildings; every fund for the permit of what is special.
        "required_documents": rows(
            "document fund_kind fund program_kind lead_years",
            ("DED", "DAK", "", "", None), ("LAND", "", "y", "building", 2), ("PERMIT", "", "", "special", 0),
        ),
        "program_readiness": rows(
            "program document state complete_by",
            ("E", "DED", "under_way", "2027-06-30"), ("J", "DED", "ready", ""), ("K", "DED", "not_needed", ""),
            ("N", "DED", "missing", ""), ("E", "LAND", "missing", "2026-05-01"), ("K", "PERMIT", "ready", ""),
        ),
    },
)  # fmt: skip
HERE = ("A", "B")


def starting(**starts):
    """Choices in A and B, by programme: the year, or the year and other regions."""
    told = {code: one if isinstance(one, tuple) else (one, HERE) for code, one in starts.items()}
    return [Choice(program=code, start=year, regions=tuple(where)) for code, (year, where) in told.items()]


def paid(*payments):
    return [Payment(program=p, fund=f, year=year, amount=amount) for p, f, year, amount in payments]


FOUR = starting(E=2027, J=2027, K=2027, N=2027)
TERMS = {"terms_of_office": True}
FOUND = {
    # 3 less 1 in A; C, of which nothing is known, is not judged.
    "a region is not mature enough": ("maturity", starting(M=(2028, "ABC")), [], {}, {"M A": 2}),
    "what was delivered before raises": ("maturity", starting(E=2027, J=2027, M=(2028, "ABC")), [], {}, {"M A": 1}),
    "not in the year of the start": ("maturity", starting(E=2028, M=2028), [], {}, {"M A": 2}),
    "nor whoever did not join": ("maturity", starting(E=(2027, "B"), M=2028), [], {}, {"M A": 2}),
    "who asks for nothing is not judged": ("maturity", starting(K=2027), [], {}, {}),
    "two at once in the second year of one": ("max_parallel", starting(K=2027, N=2028), [], {}, {"g 2028": 1}),
    "one after another": ("max_parallel", starting(K=2027, N=2029), [], {}, {}),
    "no limit is known": ("max_parallel", starting(V=2027, W=2027), [], {}, {}),
    "after an agency without a limit": ("max_parallel", starting(J=2027, M=2027), [], {}, {"k 2027": 1}),
    "a region too few": ("min_regions", starting(N=(2027, "A"), V=2027, W=(2027, "")), [], {}, {"N": 1}),
    "one at least": ("min_regions", starting(E=(2027, "")), [], {}, {"E": 1}),
    "one is enough": ("min_regions", starting(E=(2027, "A")), [], {}, {}),
    # E and M bring one each, K retires one; what it reuses, and what N would retire, is still there.
    "more systems than retired": ("new_systems", starting(E=2027, M=2028, K=2027), [], {"no_new_systems": True}, {"": 1}),
    "systems nobody asked about": ("new_systems", starting(E=2027), [], {}, {}),
    # E in 2027; M is a quick win of 2028, J none.
    "a quick win too few": (
        "quick_wins", starting(E=2027, M=2028, J=2027), [], {"min_quick_wins": 2}, {"2027": 1},
    ),
    "both": ("excludes", starting(E=2027, J=2028), [], {}, {"E J": 1}),
    "the one": ("excludes", starting(E=2027), [], {}, {}),
    "the other": ("excludes", starting(J=2027), [], {}, {}),
    "built after the horizon": ("horizon", starting(Z=2028), [], {}, {"Z 2028": 1}),
    "built to its end": ("horizon", starting(Z=2027), [], {}, {}),
    "delivered after the horizon": ("horizon", starting(K=2029), [], {}, {"K 2029": 1}),
    "begun before it": ("horizon", starting(E=2025), [], {}, {"E 2025": 2}),
    "nothing to build": ("horizon", starting(S=2029), [], {}, {}),
    "a region twice": ("eligible_regions", starting(E=(2027, "ABA")), [], {}, {"E A": 1}),
    "a region that may not": ("eligible_regions", starting(E=(2027, "AC")), [], {}, {"E C": 1}),
    "locked for another year": (
        "locked_in", starting(E=2028), [], {"locked_in": [{"program": "E", "start": 2027}]}, {"E": 1},
    ),
    "locked and not there": ("locked_in", starting(J=2027), [], {"locked_in": [{"program": "E"}]}, {"E": 1}),
    "locked where it is not": (
        "locked_in", starting(E=(2027, "A")), [], {"locked_in": [{"program": "E", "regions": ["B"]}]}, {"E": 1},
    ),
    "locked where it is, and there alone": (
        "locked_in", starting(E=2027), [], {"locked_in": [{"program": "E", "regions": ["A", "B"], "start": 2027}]}, {},
    ),
    # Of 4: half of E as its row says, a quarter of J as its dimension's, an eighth of N.
    "the row that names the most": (
        "fund_rules", FOUR, paid(("E", "x", 2027, 4), ("J", "x", 2027, 4), ("N", "x", 2027, 4)), {},
        {"E x 2027": 2, "J x 2027": 3, "N x 2027": 3.5},
    ),
    "the row for all, though another stands before": (
        "fund_rules", FOUR, paid(("J", "b", 2027, 4), ("N", "b", 2027, 4)), {}, {"J b 2027": 3, "N b 2027": 3.5},
    ),
    "up to the share": (
        "fund_rules", FOUR, paid(("E", "x", 2027, 2), ("J", "x", 2027, 1), ("N", "x", 2027, 0.5)), {}, {},
    ),
    "rows that only forbid": (
        "fund_rules", FOUR, paid(("E", "y", 2027, 4), ("J", "y", 2027, 4), ("N", "y", 2027, 4)), {}, {"E y 2027": 4},
    ),
    "a blank share is all": (
        "fund_rules", FOUR, paid(("K", "z", 2027, 7), ("J", "z", 2027, 4), ("N", "z", 2027, 4)), {},
        {"K z 2027": 1, "J z 2027": 4, "N z 2027": 4},
    ),
    # A bears a quarter of its own 2 of K, as the row for the dimension says, less though it is; B has no part of its own.
    "a share of its own part": ("cofunding_shares", starting(K=2027), [], {}, {"K A 2027": 0.5}),
    "of its own fund": ("cofunding_shares", starting(K=2027), paid(("K", "a", 2027, 0.25)), {}, {"K A 2027": 0.25}),
    "of another's": ("cofunding_shares", starting(K=2027), paid(("K", "b", 2027, 0.5)), {}, {"K A 2027": 0.5}),
    "shares nobody asks for": ("cofunding_shares", starting(K=2027), [], {"cofunding": False}, {}),
    "nothing required is there": ("requires", starting(M=2028, J=2027), [], {}, {"M E": 1}),
    "delivered before": ("requires", starting(E=2027, M=2028), [], {}, {}),
    "delivered in the year of the start": ("requires", starting(K=2027, N=2028), [], {}, {"N K": 1}),
    "either size, and one in time": ("requires", starting(K=2028, L=2027, N=2029), [], {}, {}),
    "the size that is asked for": ("requires", starting(K=2027, Z=2029), [], {}, {"Z L": 1}),
    "two sizes": ("options", starting(K=2027, L=2028), [], {}, {"K": 1}),
    "one size": ("options", starting(L=2028, E=2027), [], {}, {}),
    "a dimension with too few": (
        "programs_per_dimension", starting(E=2027, J=2028, K=2027), [], {"min_programs_per_dimension": 2}, {"e": 1},
    ),
    "a region that must": ("mandatory_regions", starting(Z=(2027, "B"), E=(2027, "B")), [], {}, {"Z A": 1}),
    "too early": ("start_window", starting(S=2026), [], {}, {"S 2026": 2}),
    "too late": ("start_window", starting(N=2029), [], {}, {"N 2029": 1}),
    "in time": ("start_window", starting(S=2028, N=2028, E=2029), [], {}, {}),
    "more than there is": (
        "fund_budgets", FOUR, paid(("E", "x", 2027, 60), ("J", "x", 2027, 40), ("E", "x", 2028, 90), ("E", "y", 2027, 1)), {},
        {"x 2027": 10, "y 2027": 1},
    ),
    # Of K 4 are shared, and 2 in A.
    "more than a region's own and what is shared": (
        "region_funds", [*starting(K=2027), *starting(E=(2027, "A"))],
        paid(("K", "a", 2027, 7), ("K", "b", 2027, 5), ("E", "b", 2027, 1), ("E", "a", 2027, 4)), {},
        {"K A 2027": 1, "K B 2027": 1, "E B 2027": 1},
    ),
    # 2028: 3 + 1 of 8 + 10, half is 9; 2029: 1 of 10. Of x 4 of 6 in 2027, a quarter is 1.5; of A 3 of 4.
    "shares of spending": (
        "spending_rules", FOUR,
        paid(
            ("E", "x", 2027, 4), ("J", "x", 2027, 2), ("E", "x", 2028, 3), ("K", "y", 2028, 5), ("E", "a", 2027, 3),
            ("K", "a", 2027, 1), ("E", "a", 2028, 0),
        ), {},
        {"health 2028": 5, "health 2029": 4, "works 2027": 2.5, "service 2027": 1},
    ),
    "the rules of spending that are asked for": (
        "spending_rules", FOUR, paid(("E", "a", 2027, 3), ("K", "a", 2027, 1)), {"spending_rules": ["service"]}, {"service 2027": 1},
    ),
    "shares of spending that are kept": (
        "spending_rules", FOUR,
        paid(
            ("E", "x", 2027, 1), ("J", "x", 2027, 3), ("E", "a", 2027, 2), ("K", "a", 2027, 2), ("J", "y", 2028, 8), ("J", "y", 2029, 8),
        ), {}, {},
    ),
    "paid before a document is complete": (
        "readiness", [*FOUR, *starting(S=2028)],
        paid(
            ("E", "x", 2027, 4), ("E", "x", 2028, 4), ("J", "x", 2027, 4), ("K", "x", 2027, 6), ("N", "x", 2029, 3),
            ("E", "y", 2027, 2), ("E", "y", 2028, 2), ("J", "y", 2027, 2), ("K", "y", 2027, 5), ("E", "z", 2027, 1),
            ("S", "z", 2028, 7),
        ), {},
        {
            "E DED x 2027": 4, "N DED x 2029": 3, "E LAND y 2027": 2, "K LAND y 2027": 5, "S PERMIT z 2028": 7,
        },
    ),
    # K takes 2 of 1 in 2027 and 2 of 2 in 2028, once it runs 3 of 2.
    "too few people": ("staff_limits", starting(K=2027), [], {}, {"g an 2027": 1, "g an 2029": 1}),
    "where a region takes part": (
        "staff_limits", starting(K=2027, N=2028), [], {}, {"g an 2027": 1, "g an 2028": 1, "g an 2029": 1},
    ),
    "where it does not": (
        "staff_limits", starting(K=2027, N=(2028, "A")), [], {}, {"g an 2027": 1, "g an 2029": 1},
    ),
    "of another agency and of another kind": (
        "staff_limits", starting(K=2027, J=2027), [], {},
        {"g an 2027": 1, "g an 2029": 1, "k an 2027": 3, "g te 2027": 0.5},
    ),
    "people who were trained": ("staff_limits", starting(K=2027, E=2028), [], {}, {"g an 2027": 1}),
    "people nobody asks about": ("staff_limits", starting(K=2027), [], {"staff_limits": False}, {}),
    # What is shared of Z takes two years, its part in A three.
    "built beyond the term of a region": ("terms_of_office", starting(Z=2027), [], TERMS, {"Z A 2027": 2}),
    "built beyond the term of the province": ("terms_of_office", starting(Z=(2028, "B")), [], TERMS, {"Z 2028": 1}),
    "of a year, or strategic": ("terms_of_office", starting(K=2029, E=2029, J=2029), [], TERMS, {}),
    "terms nobody asks about": ("terms_of_office", starting(Z=2028), [], {"terms_of_office": False}, {}),
    "documents that come a year later": (
        "readiness", FOUR, paid(("E", "x", 2028, 4), ("J", "x", 2027, 4), ("E", "x", 2029, 4), ("E", "y", 2028, 4)),
        {"document_delay": 1}, {"E DED x 2028": 4, "E LAND y 2028": 4},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "choices", "payments", "settings", "expected"), FOUND.values(), ids=FOUND)
def test_what_an_audit_finds(rule, choices, payments, settings, expected):
    checks = audit(CASE, make_scenario(**settings), choices, payments).checks
    found = next(check for check in checks if check.rule == rule)
    assert {" ".join(one.where.values()): one.amount for one in found.breaches} == pytest.approx(expected)
    assert found.worst == pytest.approx(max(expected.values(), default=0.0))
