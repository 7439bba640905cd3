"""Whether what a person says of the headings of a list can be so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jspmodel.errors import Problem
from jspmodel.intake import nearest_word
from jspmodel.workbook.book import column_letter
from jspmodel.workbook.files import raise_all
from jspmodel.workbook.foreign import ForeignList
from jspmodel.workbook.forms import fitting_list, nearest_form
from jspmodel.workbook.grids import read_rows
from jspmodel.workbook.list_fields import field_word
from jspmodel.workbook.list_headings import headings_of, second_row
from jspmodel.workbook.stated_columns import StatedColumns, same_heading

_SEARCHED = 40


def check_map(file: Path, chosen: Mapping[str, str]) -> None:
    """Make sure that each heading stands in a workbook, once, and that none says other than a form that fits.

    Parameters
    ----------
    file : Path
        XLSX.
    chosen : mapping of str to str
        Heading by column of a list.

    Raises
    ------
    DataError
        With every mistake at once.
    """
    raise_all(*_absent(file, chosen), *_contradictions(file, chosen))


def _absent(file: Path, chosen: Mapping[str, str]) -> Iterator[Problem]:
    column_of = StatedColumns(chosen).over(lambda _: "")
    cells: dict[str, list[str]] = {}
    for sheet in read_rows(file):
        above: list[tuple[int, str, str]] = []
        for number, row in sheet.rows[:_SEARCHED]:
            every = headings_of(row, column_of)
            found, _ = second_row(above, row, column_of)  # without what stands below another time
            for field in chosen:
                at = [place for place, column, _ in found if column == field]
                # a title may stand above all headings
                at = at or [place for place, column, _ in every if column == field]
                if len(at) > len(cells.get(field, ())):
                    cells[field] = [f"{column_letter(place)}{number}" for place in at]
            above = [(place, "", text) for place, _, text in every]
    headings = nearest_form(file).headings
    for field, heading in chosen.items():
        values = {"heading": heading, "field": field_word(field)}
        if field not in cells:
            near = nearest_word(heading, headings)
            values |= {"found": ", ".join(headings) or "–", "nearest": near}
            yield Problem("map_no_heading", file.name, values=values)
        elif len(cells[field]) > 1:
            yield Problem("map_heading_often", file.name, values=values | {"cells": ", ".join(cells[field])})


def _contradictions(file: Path, chosen: Mapping[str, str]) -> Iterator[Problem]:
    fits = fitting_list(file)
    if not fits:
        return
    form, found = fits
    for field, heading in chosen.items():
        own = _own(found, field)
        others = (column for column, text in found.headings.items() if same_heading(text, heading))
        other = next(others, field)
        values = {"heading": heading, "field": field_word(field), "form": form}
        if own and not any(same_heading(text, heading) for text in own):
            yield Problem("map_contradicts", file.name, values={**values, "own": own[0]})
        elif other != field:
            yield Problem("map_other_field", file.name, values={**values, "own": field_word(other)})


def _own(found: ForeignList, field: str) -> list[str]:
    return [found.headings[field], *found.again.get(field, ())] if field in found.headings else []
