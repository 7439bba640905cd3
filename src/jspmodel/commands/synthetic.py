"""A made-up case of real regions, for scale: marked synthetic wherever somebody may look."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from jspmodel.generate import Size, generate_case
from jspmodel.intake import PACKAGE, SCENARIO_FOLDER, SCHEMA_LINE, write_schema
from jspmodel.text import LANGUAGES, say

_FIGURES = ("population", "area_km2", "latitude", "longitude")


@dataclass(frozen=True)
class Synthetic:
    """What to make up: how many programmes, from which seed."""

    programs: int
    seed: int


def write_synthetic(target: Path, rows: Sequence[Mapping[str, str]], synthetic: Synthetic) -> None:
    """Write a case whose regions are real and whose everything else is drawn at random.

    Parameters
    ----------
    target : Path
        Folder of the new case.
    rows : sequence of mapping of str to str
        Regions, as ``region_rows`` returns them.
    synthetic : Synthetic
    """
    places = pd.DataFrame(rows).astype(dict.fromkeys(_FIGURES, "string"))
    places[list(_FIGURES)] = places[list(_FIGURES)].apply(pd.to_numeric).astype("float64")
    places["source"] += f"; maturity: sintetis, angka acak, seed {synthetic.seed}"
    case = generate_case(Size(len(rows), synthetic.programs), synthetic.seed, places)
    (target / SCENARIO_FOLDER).mkdir(parents=True)
    for name, table in case.tables().items():
        if len(table):
            _whole(_filled(table)).to_csv(target / f"{name}.csv", index=False)
    words = {
        "name": target.name,
        "regions": len(rows),
        "programs": synthetic.programs,
        "seed": synthetic.seed,
    }
    title = {
        "title" if spoken == "id" else "title_en": say("synthetic.title", spoken, **words)
        for spoken in LANGUAGES
    }
    package = json.dumps({"name": target.name, **title}, ensure_ascii=False, indent=2)
    (target / PACKAGE).write_text(package + "\n", encoding="utf-8")
    readme = "\n\n---\n\n".join(say("synthetic.readme", spoken, **words) for spoken in LANGUAGES)
    (target / "README.md").write_text(readme, encoding="utf-8")
    write_schema(target / SCENARIO_FOLDER)
    text = SCHEMA_LINE + say("synthetic.scenario", "id")
    (target / SCENARIO_FOLDER / "baseline.yaml").write_text(text, encoding="utf-8")


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out the columns that say nothing."""
    blank = [column for column in table if table[column].isna().all() or (table[column] == "").all()]
    return table.drop(columns=blank)


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    """Write whole numbers without a decimal point."""
    whole = [
        column
        for column in table.select_dtypes("float")
        if np.array_equal(table[column].dropna(), table[column].dropna().round())
    ]
    return table.astype(dict.fromkeys(whole, "Int64"))
