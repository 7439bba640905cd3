"""Semarang Raya and Kedungsepur as their members know them, from public figures.

Populations: Dukcapil, second half of 2024. Poverty in percent: BPS, March 2025. Borders: land borders. Members: Semarang
Raya is Kota Semarang, Kab. Semarang, Demak, Kendal and later Salatiga; Kedungsepur adds Grobogan. Traffic around the
city is illustrative: heavy in Semarang Raya, light in Grobogan.
"""

from hand import rows
from jspmodel.case import Case
from jspmodel.intake.tables import build_case

GROBOGAN, DEMAK, KAB, KENDAL, SALATIGA, KOTA = "33.15", "33.21", "33.22", "33.24", "33.73", "33.74"
SEMARANG_RAYA = (DEMAK, KAB, KENDAL, SALATIGA, KOTA)
POVERTY = {GROBOGAN: 10.63, DEMAK: 10.87, KAB: 6.3, KENDAL: 8.4, SALATIGA: 4.2, KOTA: 3.8}
TRAFFIC = {GROBOGAN: 0.2, DEMAK: 0.6, KAB: 0.7, KENDAL: 0.6, SALATIGA: 0.5, KOTA: 1.0}
TABLES = {
    "regions": rows(
        "region name population",
        (GROBOGAN, "Kabupaten Grobogan", 1520974),
        (DEMAK, "Kabupaten Demak", 1254204),
        (KAB, "Kabupaten Semarang", 1088729),
        (KENDAL, "Kabupaten Kendal", 1094214),
        (SALATIGA, "Kota Salatiga", 198971),
        (KOTA, "Kota Semarang", 1702379),
    ),
    "borders": rows(
        "region_a region_b",
        (GROBOGAN, DEMAK), (GROBOGAN, KAB), (DEMAK, KAB), (DEMAK, KOTA), (KAB, KENDAL), (KAB, SALATIGA),
        (KAB, KOTA), (KENDAL, KOTA),
    ),
    "bodies": rows(
        "body region",
        *[("Semarang Raya", region) for region in SEMARANG_RAYA],
        *[("Kedungsepur", region) for region in (GROBOGAN, *SEMARANG_RAYA)],
    ),
    "issues": rows(
        "issue name_id name_en crosses_borders",
        ("poverty", "Kemiskinan", "Poverty", False),
        ("traffic", "Kemacetan", "Traffic", True),
    ),
    "indicators": rows(
        "indicator issue name_id unit better target", ("p0", "poverty", "Miskin", "persen", "lower", 3.0)
    ),
    "indicator_values": rows(
        "indicator region year value", *[("p0", region, 2025, value) for region, value in POVERTY.items()]
    ),
    "issue_regions": rows(
        "issue region severity", *[("traffic", region, value) for region, value in TRAFFIC.items()]
    ),
}  # fmt: skip


def semarang(**tables) -> Case:
    return build_case("semarang", {**TABLES, **tables})
