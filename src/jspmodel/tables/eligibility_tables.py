"""A table for a notebook: who may take part in which programme, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.scenario import Language
from jspmodel.tables.channel_tables import IN_A_CITY
from jspmodel.text import Table, number, say, short_names, unit_name


def eligibility_table(case: Case, language: Language) -> Fragment:
    """Return by programme whose authority it is, what it asks for, and which regions may take part.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    Fragment
        A cell tells the volume that the region brings, or how many levels of maturity it still lacks.
    """
    book = _EligibilityLookup(case, language)
    programs = case.programs.to_dict("records")
    rows = tuple(book.row(program) for program in programs)
    heads = (say(f"notebook.column_{key}", language) for key in ("program", "authority", "asks"))
    columns = (*heads, *short_names(case).values())
    table = Captioned(
        say("notebook.eligible_caption", language), Table(columns, rows, (False,) * len(columns))
    )
    waiting = sum(book.waits(program) for program in programs)
    short = sum(book.too_small(program) for program in programs)
    everywhere = sum(len(book.eligible[p["program"]]) == len(case.regions) for p in programs)
    key = "eligible_waiting" if waiting else "eligible_title"
    title = say(f"notebook.{key}", language, n=everywhere, all=len(programs), waiting=waiting)
    small = [say("notebook.eligible_small", language, n=short)] if short else []
    return render_finding(title, language, small, [table], [say("notebook.eligible_note", language)])


class _EligibilityLookup:
    """Looks up who may take part."""

    def __init__(self, case: Case, language: Language) -> None:
        self.case, self.language = case, language
        self.eligible = measure.eligible_regions(case)
        rows = case.program_regions.set_index(["program", "region"])
        self._volume: Mapping[Any, float] = rows["volume"].to_dict()
        self._mandatory: Mapping[Any, bool] = rows["mandatory"].to_dict()
        self._maturity: Mapping[str, float] = case.regions.set_index("region")["maturity"].to_dict()

    def row(self, program: Mapping[str, Any]) -> tuple[str, ...]:
        code = program["program"]
        name = f"{code} {self.case.names('programs', self.language)[code]}"
        words = IN_A_CITY if self.case.level == "city" else {}
        whose = program["authority"] or "unknown"
        authority = say(f"collaboration.authority_{words.get(whose, whose)}", self.language)
        cells = (self._cell(program, region) for region in self.case.regions["region"])
        return (name, authority, self._asks(program), *cells)

    def _asks(self, program: Mapping[str, Any]) -> str:
        texts = []
        if program["min_regions"] > 1:
            texts.append(say("notebook.asks_regions", self.language, n=int(program["min_regions"])))
        if program["min_volume"] > 0:
            unit = unit_name(program["volume_unit"], self.language) or program["volume_unit"]
            volume = number(program["min_volume"], self.language)
            texts.append(say("notebook.asks_volume", self.language, volume=volume, unit=unit))
        if program["required_maturity"] > 0:
            level = self._figure(program["required_maturity"])
            texts.append(say("notebook.asks_maturity", self.language, level=level))
        return "; ".join(texts) or "–"

    def _cell(self, program: Mapping[str, Any], region: str) -> str:
        code = program["program"]
        if region not in self.eligible[code]:
            return "–"
        if lacks := self._lacks(program, region):
            return say("notebook.lacks_maturity", self.language, levels=self._figure(lacks))
        volume = self._volume.get((code, region), float("nan"))
        text = "✓" if pd.isna(volume) else f"✓ {self._figure(volume)}"
        return f"{text} *" if self._mandatory.get((code, region)) else text

    def _lacks(self, program: Mapping[str, Any], region: str) -> float:
        """Return how many levels of maturity a region lacks now; 0 where none is asked for or known."""
        own = self._maturity[region]
        asked = program["required_maturity"]
        return max(0.0, asked - own) if asked > 0 and own == own else 0.0

    def waits(self, program: Mapping[str, Any]) -> bool:
        """Return whether some region has to mature before it may take part."""
        return any(self._lacks(program, region) > 0 for region in self.eligible[program["program"]])

    def too_small(self, program: Mapping[str, Any]) -> bool:
        """Return whether all regions together bring too little volume."""
        code = program["program"]
        brought = [self._volume.get((code, region), 0.0) for region in self.eligible[code]]
        return bool(program["min_volume"] > pd.Series(brought, dtype=float).sum())

    def _figure(self, value: float) -> str:
        return number(value, self.language, 0 if value == round(value) else 2)
