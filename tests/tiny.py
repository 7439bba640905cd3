"""A case small enough to work out by hand, shared by all tests."""

from __future__ import annotations

from pathlib import Path

TINY = {
    "regions": """
        region,name,population
        34.01,Timur,300
        34.10,Barat,100
    """,
    "borders": """
        region_a,region_b
        34.01,34.10
    """,
    "dimensions": """
        dimension,name_id,name_en
        living,Kehidupan,Living
    """,
    "criteria": """
        criterion,name_id,weight
        impact,Dampak,60
        urgency,Kemendesakan,40
    """,
    "issues": """
        issue,name_id,name_en,dimension
        poverty,Kemiskinan,Poverty,living
        waste,Persampahan,Waste,living
    """,
    "issue_scores": """
        issue,criterion,score
        poverty,impact,5
        poverty,urgency,5
        waste,impact,2.5
        waste,urgency,2.5
    """,
    "indicators": """
        indicator,issue,name_id,unit,better,target,worst
        poor,poverty,Penduduk miskin,persen,lower,5,15
    """,
    "indicator_values": """
        indicator,region,year,value
        poor,34.01,2024,10
        poor,34.10,2024,5
    """,
    "issue_regions": """
        issue,region,severity
        waste,34.01,0.5
        waste,34.10,1
    """,
    "programs": """
        program,name_id,dimension,duration,scope,min_volume,quick_win
        P01,Pelatihan kerja,living,1,joint,,ya
        P02,Pengolahan sampah,living,2,joint,10,
        P03,Data terpadu,,1,province,,
    """,
    "program_regions": """
        program,region,volume,volume_low,volume_high
        P01,34.01,,,
        P01,34.10,,,
        P02,34.01,8,6,9
        P02,34.10,4,3,5
    """,
    "program_costs": """
        program,region,kind,offset,amount
        P01,34.01,build,0,2
        P01,34.10,build,0,1
        P02,,build,0,3
        P02,,build,1,3
        P02,34.01,run,,0.5
        P03,,build,0,2
    """,
    "program_effects": """
        program,issue,effect,low,high,level
        P01,poverty,0.2,0.1,0.3,
        P02,waste,,,,high
        P03,poverty,,,,low
    """,
    "program_links": """
        program,other,kind,value
        P02,P03,requires,
        P01,P03,complements,0.5
    """,
    "funds": """
        fund,name_id,holder
        apbd,APBD provinsi,
        danais,Dana keistimewaan,
    """,
    "fund_budgets": """
        fund,year,amount
        apbd,2027,4
        apbd,2028,4
        apbd,2029,4
        danais,2027,1
    """,
    "fund_rules": """
        fund,program,dimension,max_share
        danais,P01,,0.5
    """,
}
"""Two regions, two issues, three programmes, two funds, 2027-2029."""


def tiny_tables() -> dict[str, str]:
    """Return the tiny case as CSV text by table, free to be changed."""
    return {table: text.replace("\n        ", "\n").strip() + "\n" for table, text in TINY.items()}


def write_case(folder: Path, tables: dict[str, str], scenario: str = "") -> Path:
    """Write tables as a case folder with a scenario ``baseline`` and return the folder."""
    (folder / "scenarios").mkdir(parents=True, exist_ok=True)
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    (folder / "scenarios" / "baseline.yaml").write_text(scenario, encoding="utf-8")
    return folder
