"""A case of three programmes, whose rows are written by hand.

Regions A (300 people) and B (100) border; shares 0.75 and 0.25. Issue w (weight 0.75): severity 1 in A, 0.5 in B;
issue j (weight 0.25): 0.4 in A, 0 in B. Needs: w,A 0.5625; w,B 0.09375; j,A 0.075; N = 0.73125.
Similarity 0.375 / 0.85, times a border factor of 3 more than 1, so a[A,B] = 1 and two partners gain 0.1.
Three years, of equal weight.
P: joint, starts 2027 or 2028, one year, both regions and a volume of 10 needed (A brings 8, B 4).
Q: of the province, two years, so it starts 2027 or 2028 and is delivered 2028 or 2029.
R: joint, starts 2029, A is mandatory, asks for maturity 2 (A has 1, Q raises by 1; B has 2).
Of all spending from 2028 on a quarter is for the dimension of P and Q, with 1 of 8 spent so outside the plan; of what the
province pays in 2029 at most half is for R, the only minimum service.
A, of low fiscal capacity, bears at least half of its own part, of P a quarter; B, of high, a fifth of what is of
the dimension, and has no fund.
The terms of the province and of A end in 2028: Q takes two budget years, and so does P in A.
Agency g has 3 analysts, 4 from 2029 on: P takes 2 while built, 1 after it if B takes part; Q takes 2 and trains 1; R takes 3.
"""

from __future__ import annotations

from jspmodel.intake.tables import build_case
from selection.small import rows

CASE = build_case(
    "three",
    {
        "regions": rows(
            "region name population maturity fiscal_capacity",
            ("A", "Alfa", 300, 1, "low"),
            ("B", "Beta", 100, 2, "high"),
        ),
        "borders": rows("region_a region_b", ("A", "B")),
        "dimensions": rows("dimension name_id", ("d", "Dimensi")),
        "issues": rows("issue name_id", ("w", "Sampah"), ("j", "Kerja")),
        "criteria": rows("criterion name_id weight", ("c", "Kriteria", 1)),
        "issue_scores": rows("issue criterion score", ("w", "c", 3), ("j", "c", 1)),
        "issue_regions": rows(
            "issue region severity", ("w", "A", 1.0), ("w", "B", 0.5), ("j", "A", 0.4), ("j", "B", 0.0)
        ),
        "agencies": rows("agency name max_parallel", ("g", "Dinas", 1)),
        "programs": rows(
            "program name_id dimension agency first_start last_start duration scope min_regions min_volume "
            "quick_win new_systems required_maturity raises_maturity score minimum_service option_of",
            ("P", "P", "d", "g", 2027, 2028, 1, "joint", 2, 10, True, 1, None, None, 8, False, ""),
            ("Q", "Q", "d", "g", None, None, 2, "province", None, None, False, None, None, 1, 6, False, ""),
            ("R", "R", "", "", 2029, None, 1, "joint", None, None, False, None, 2, None, 5, True, "P"),
        ),
        "program_regions": rows(
            "program region volume mandatory",
            ("P", "A", 8, False),
            ("P", "B", 4, False),
            ("R", "A", None, True),
            ("R", "B", None, False),
        ),
        "program_costs": rows(
            "program region kind offset amount",
            ("P", "", "build", 0, 4),
            ("P", "A", "build", 0, 1),
            ("P", "A", "build", 1, 1),
            ("P", "B", "run", None, 1),
            ("Q", "", "build", 0, 3),
            ("Q", "", "build", 1, 3),
            ("R", "A", "build", 0, 5),
        ),
        "program_effects": rows("program issue effect", ("P", "w", 0.4), ("Q", "w", 0.2), ("R", "j", 0.5)),
        "program_links": rows(
            "program other kind value",
            ("R", "Q", "requires", None),
            ("P", "R", "excludes", None),
            ("P", "Q", "complements", 0.5),
        ),
        "funds": rows("fund name_id holder", ("prov", "P", ""), ("own-A", "A", "A"), ("csr", "C", "")),
        "fund_budgets": rows(
            "fund year amount",
            *(("prov", year, 10) for year in (2027, 2028, 2029)),
            *(("own-A", year, 3) for year in (2027, 2028, 2029)),
            ("csr", 2027, 2),
        ),
        "fund_rules": rows("fund program dimension max_share", ("csr", "P", "", 0.5)),
        "spending_rules": rows(
            "spending_rule name_id bound share dimension minimum_service fund base_amount base_total from_year legal_basis",
            ("least", "Paling sedikit", "min", 0.25, "d", False, "", 1, 8, 2028, "UU"),
            ("most", "Paling banyak", "max", 0.5, "", True, "prov", None, None, 2029, ""),
        ),
        "cofunding_shares": rows(
            "fiscal_capacity program dimension least_share",
            ("low", "", "", 0.5),
            ("low", "P", "", 0.25),
            ("high", "", "d", 0.2),
        ),
        "terms_of_office": rows(
            "office region last_year rpjmd_last", ("Gubernur", "", 2028, 2029), ("Bupati", "A", 2028, None)
        ),
        "staff_kinds": rows("staff_kind name_id", ("an", "Analis")),
        "agency_staff": rows(
            "agency staff_kind from_year people", ("g", "an", None, 3), ("g", "an", 2029, 4)
        ),
        "program_staff": rows(
            "program staff_kind agency region phase people",
            ("P", "an", "", "", "build", 2),
            ("P", "an", "", "B", "run", 1),
            ("Q", "an", "", "", "build", 2),
            ("Q", "an", "", "", "trains", 1),
            ("R", "an", "g", "", "build", 3),
        ),
        "systems": rows("system name", ("S", "Lama")),
        "program_systems": rows("program system action", ("Q", "S", "retires")),
    },
)
