"""A case and a sound plan to tamper with."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice, Payment
from jspmodel.selection import audit
from selection.rules.every import merged
from selection.small import make_scenario, rows

TABLES = {
    "regions": rows(
        "region name maturity fiscal_capacity",
        ("A", "Alfa", 2, "low"),
        ("B", "Beta", 1, ""),
        ("C", "Cita", 2, ""),
    ),
    "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
    "issues": rows("issue name_id", ("w", "Sampah")),
    "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0), ("w", "C", 1.0)),
    "agencies": rows("agency name max_parallel", ("g", "Dinas", 1)),
    "programs": rows(
        "program name_id dimension agency first_start last_start duration in_annual_plan scope min_regions "
        "min_volume quick_win new_systems required_maturity raises_maturity option_of",
        ("P", "P", "d", "g", 2027, 2027, 1, True, "joint", 2, 10, True, 1, 2, None, ""),
        ("Q", "Q", "e", "g", None, None, 1, False, "province", None, None, False, None, None, None, ""),
        ("R", "R", "", "", None, 2029, 2, False, "joint", None, None, False, None, None, None, ""),
        ("S", "S", "", "", None, None, 1, False, "joint", None, None, False, None, None, None, ""),
        ("T", "T", "", "", None, None, 1, False, "joint", None, None, False, None, None, None, "R"),
    ),
    "program_regions": rows(
        "program region volume mandatory",
        ("P", "A", 8, True),
        ("P", "B", 1, False),
        ("P", "C", 4, False),
        ("R", "A", None, False),
        ("S", "B", None, False),
        ("T", "B", None, False),
    ),
    "program_costs": rows(
        "program region kind offset amount",
        ("P", "", "build", 0, 4),
        ("P", "A", "build", 0, 2),
        ("Q", "", "build", 0, 3),
        ("R", "A", "build", 1, 5),
        ("R", "A", "build", 2, 1),
        ("S", "B", "build", 0, 1),
        ("T", "B", "build", 0, 1),
    ),
    "program_effects": rows("program issue effect", *((p, "w", 0.2) for p in "PQRST")),
    "program_links": rows("program other kind", ("R", "P", "requires"), ("S", "T", "excludes")),
    "funds": rows("fund name_id holder", ("prov", "P", ""), ("own-A", "A", "A"), ("csr", "C", "")),
    "fund_budgets": rows(
        "fund year amount",
        *(("prov", year, 6) for year in (2027, 2028, 2029, 2030)),
        *(("own-A", year, 4) for year in (2027, 2028, 2029, 2030)),
        ("csr", 2027, 2),
    ),
    "fund_rules": rows("fund program dimension max_share", ("csr", "P", "", 0.25)),
    "spending_rules": rows(
        "spending_rule name_id bound share dimension fund from_year to_year",
        ("k", "Bagian e", "min", 0.6, "e", "prov", 2028, 2028),
    ),
    "cofunding_shares": rows(
        "fiscal_capacity program dimension least_share", ("low", "", "", 0.6), ("high", "", "", 1)
    ),
    "documents": rows("document name_id", ("DED", "Rancangan rinci")),
    "required_documents": rows("document fund", ("DED", "own-A")),
    "program_readiness": rows(
        "program document state complete_by",
        ("P", "DED", "ready", ""),
        ("R", "DED", "under_way", "2028-06-30"),
        ("S", "DED", "not_needed", ""),
    ),
    "terms_of_office": rows("office region last_year", ("Gubernur", "", 2030), ("Bupati", "A", 2030)),
    "staff_kinds": rows("staff_kind name_id", ("an", "Analis")),
    "agency_staff": rows("agency staff_kind from_year people", ("g", "an", None, 3)),
    "program_staff": rows(
        "program staff_kind agency region phase people",
        *((p, "an", "", "", "build", 2) for p in "PQ"),
        ("S", "an", "g", "B", "build", 1),
        ("P", "an", "", "", "trains", 1),
        ("R", "an", "g", "A", "run", 1),
    ),
    "systems": rows("system name", ("S1", "Lama")),
    "program_systems": rows("program system action", ("Q", "S1", "retires")),
}

CASE = build_case("audited", TABLES)

FLOOR = 5.0

# P 2027: 4 shared, 2 in A: 1.5 from csr (a quarter of 6), 3 from A's own fund, 1.5 from the province.
# Q 2028: 3. R 2028-2029: 5 in 2029, after its DED of
# 2028 that A's fund requires, 1 in 2030. S in B 2028: 1.
CHOICES = {
    "P": Choice(program="P", start=2027, regions=("A", "C")),
    "Q": Choice(program="Q", start=2028, regions=("A", "B", "C")),
    "R": Choice(program="R", start=2028, regions=("A",)),
    "S": Choice(program="S", start=2028, regions=("B",)),
}

PAYMENTS = {
    ("P", "csr", 2027): 1.5,
    ("P", "own-A", 2027): 3.0,
    ("P", "prov", 2027): 1.5,
    ("Q", "prov", 2028): 3.0,
    ("R", "own-A", 2029): 4.0,
    ("R", "prov", 2029): 1.0,
    ("R", "own-A", 2030): 1.0,
    ("S", "prov", 2028): 1.0,
}


def asked():
    """The scenario with the settings of all rules."""
    return make_scenario(**merged("AUDITED_SETTINGS"))


@dataclass(frozen=True)
class Tampered:
    """A plan tampered with, and what the audit finds first: codes, and by how much.

    ``alone``: no other rule is broken, but that costs are paid.
    """

    choices: dict
    payments: dict
    where: dict
    amount: float
    alone: bool = False


def judge(choices=CHOICES, payments=PAYMENTS, *, case=CASE, scenario=None, floor=FLOOR):
    # Unchecked: a plan that is read holds no payment that the audit would have to reject.
    paid = [
        Payment.model_construct(program=p, fund=f, year=y, amount=amount)
        for (p, f, y), amount in payments.items()
    ]
    return audit(case, scenario or asked(), list(choices.values()), paid, floor=floor)


def broken(verdict):
    return {check.rule for check in verdict.checks if check.worst > 1e-5}


def without(*programs):
    return (
        {p: choice for p, choice in CHOICES.items() if p not in programs},
        {key: amount for key, amount in PAYMENTS.items() if key[0] not in programs},
    )


def moved(program, **changes):
    return {**CHOICES, program: CHOICES[program].model_copy(update=changes)}, PAYMENTS


def paid(**changes):
    names = {"csr": ("P", "csr", 2027), "own": ("P", "own-A", 2027), "prov": ("P", "prov", 2027)}
    return CHOICES, {**PAYMENTS, **{names[name]: amount for name, amount in changes.items()}}


SWAPPED = Choice(program="T", start=2028, regions=("B",))
