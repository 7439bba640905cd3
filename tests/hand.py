"""A case of two regions and two issues, small enough to work out on paper.

Issue w (waste): one indicator, lower is better, target 0, worst 10; values 10 in A, 5 in B -> gaps 1 and 0.5.
Issue j (jobs): severity 0 in A, 0.8 in B. Populations 3 and 1 -> shares 0.75 and 0.25.
Criteria c1 (weight 60) and c2 (weight 40); scores w: c1 4 and 2 by two raters (mean 3), c2 5; j: c1 2, c2 1.
score[w] = 0.6*3 + 0.4*5 = 3.8; score[j] = 0.6*2 + 0.4*1 = 1.6; weights 3.8/5.4 and 1.6/5.4.
"""

import pandas as pd

W, J = 3.8 / 5.4, 1.6 / 5.4


def rows(columns: str, *lines: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=columns.split())


TABLES = {
    "regions": rows("region name population", ("A", "Alfa", 3), ("B", "Beta", 1)),
    "borders": rows("region_a region_b", ("A", "B")),
    "issues": rows("issue name_id name_en", ("w", "Sampah", "Waste"), ("j", "Kerja", "")),
    "criteria": rows("criterion name_id weight", ("c1", "Satu", 60), ("c2", "Dua", 40)),
    "issue_scores": rows(
        "issue criterion rater score",
        ("w", "c1", "x", 4), ("w", "c1", "y", 2), ("w", "c2", "x", 5), ("j", "c1", "x", 2), ("j", "c2", "x", 1),
    ),
    "indicators": rows(
        "indicator issue name_id unit better target worst", ("t", "w", "Ton", "t", "lower", 0, 10)
    ),
    "indicator_values": rows(
        "indicator region year value", ("t", "A", 2024, 10), ("t", "B", 2025, 5), ("t", "B", 2023, 9)
    ),
    "issue_regions": rows("issue region severity", ("j", "A", 0.0), ("j", "B", 0.8)),
    "programs": rows(
        "program name_id duration scope", ("P", "P", 2, "joint"), ("Q", "Q", 1, "province"),
        ("H", "H", 1, "joint"),
    ),
    "program_regions": rows("program region", ("P", "A"), ("P", "B")),
    "program_costs": rows(
        "program region kind offset amount",
        ("P", "", "build", 0, 10.0), ("P", "A", "build", 1, 4.0), ("P", "B", "run", None, 0.5),
    ),
    "program_effects": rows("program issue effect level", ("P", "w", 0.5, ""), ("Q", "j", None, "high")),
    "program_links": rows("program other kind value", ("P", "Q", "complements", 0.2)),
    "funds": rows("fund name_id", ("f", "F"), ("g", "G")),
    "fund_budgets": rows("fund year amount", ("f", 2027, 10.0), ("f", 2028, 20.0), ("g", 2028, 6.0)),
}  # fmt: skip
