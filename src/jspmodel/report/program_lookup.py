"""What the tables say of a programme: outputs and agencies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan, nan

import numpy as np
from markupsafe import Markup

from jspmodel.case import Case
from jspmodel.figures import supporting_agencies
from jspmodel.measure import records, unless_blank
from jspmodel.pages import in_indonesian, lines, say_html
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import number, unit_name

_RATE = re.compile(
    r"[%‰]|\b(persen|indeks|poin|skor|rasio|nilai|per (?!jam|hari|bulan|tahun))", re.IGNORECASE
)
"""Units of shares, scores and rates: what five regions reach each, they do not reach five times together."""


@dataclass(frozen=True)
class ProgramLookup:
    """Looks up what the tables say of a programme."""

    decision: Decision
    language: Language

    @property
    def case(self) -> Case:
        """The case of the decision."""
        return self.decision.case

    def objective(self, issue: str) -> str:
        """Return what the plan wants of an issue (sasaran); "" if nothing is said."""
        rows = self.case.issues.loc[self.case.issues["issue"] == issue, "objective"]
        return in_indonesian(str(rows.iloc[0]), self.language) if len(rows) else ""

    def outputs(self, program: str, regions: Sequence[str]) -> str:
        """Return the targets at completion of some regions, summed but for shares and rates; "" without."""
        there, last = {"", *regions}, dict[tuple[str, str, str], float]()
        for region, name, unit, target in self._targets.get(program, ()):
            if region in there:
                last[name, unit, region] = unless_blank(target, last.get((name, unit, region), nan))
        found: dict[tuple[str, str], list[float]] = {}
        for (name, unit, _), target in last.items():
            found.setdefault((name, unit), []).extend([] if isnan(target) else [target])
        return lines(self._output(name, unit, targets) for (name, unit), targets in found.items())

    @cached_property
    def _targets(self) -> dict[str, list[tuple[str, str, str, float]]]:
        """The targets of each programme in the order of their years."""
        table, found = self.case.program_outputs.sort_values("offset", kind="stable"), defaultdict(list)
        for program, *target in records(table, "program", "region", "indicator", "unit", "target"):
            found[program].append(tuple(target))
        return found

    def _output(self, name: str, unit: str, targets: Sequence[float]) -> str:
        named = in_indonesian(name, self.language)
        if not targets:
            return named
        called = unit_name(unit, self.language) or in_indonesian(unit, self.language)
        measured = Markup("{} {}").format(self._amount(unit, targets), called)
        if _RATE.search(unit) and len(targets) > 1:
            measured = say_html("each", self.language, amount=measured)
        return Markup("{}: {}").format(measured, named)

    def _amount(self, unit: str, targets: Sequence[float]) -> str:
        """Return the sum, or for shares and rates from the lowest to the highest."""
        figures = sorted(set(targets)) if _RATE.search(unit) else [np.sum(targets)]
        digits = 0 if all(figure == round(figure) for figure in figures) else 1
        ends = dict.fromkeys([figures[0], figures[-1]])
        return "–".join(number(figure, self.language, digits) for figure in ends)

    def agency(self, program: str) -> str:
        """Return the leading agency; "" if none is named."""
        return in_indonesian(self._leaders[program], self.language)

    @cached_property
    def _leaders(self) -> dict[str, str]:
        """What the leading agency of each programme is called."""
        programs, names = self.case.programs, self.case.names("agencies", self.language)
        pairs = zip(programs["program"], programs["agency"], strict=True)
        return {program: names.get(agency, str(agency)) for program, agency in pairs}

    def partners(self, program: str, regions: Sequence[str]) -> str:
        """Return the other agencies of the province and of some regions; "" if there are none."""
        others = supporting_agencies(self.case, program, regions, self.language)
        return in_indonesian("; ".join(others), self.language)
