"""A Musrenbang list (columns of Permendagri 86/2017, Tabel T-D.4) as proposals of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from jspmodel.errors import Problem
from jspmodel.intake import Flaw, is_total
from jspmodel.workbook.amounts import amount_shown, amount_text
from jspmodel.workbook.code_levels import codes_above
from jspmodel.workbook.foreign import ForeignList, ListCell, ListRead, carried, find_list, is_numbering
from jspmodel.workbook.group_rows import without_groups
from jspmodel.workbook.list_headings import cell_at
from jspmodel.workbook.list_origin import OF_A_YEAR, ORIGIN, is_of_a_year, list_origin
from jspmodel.workbook.list_years import ROW_YEAR, row_year
from jspmodel.workbook.money_units import MoneyUnit
from jspmodel.workbook.proposal_row import ProposalRow
from jspmodel.workbook.stated_columns import NOTHING_STATED, StatedColumns

_HEADINGS = {
    "prioritas daerah": "priority",
    "prioritas pembangunan daerah": "priority",
    "sasaran": "objective",
    "sasaran daerah": "objective",
    "program": "program",
    "program prioritas": "program",
    "kegiatan": "activity",
    "kegiatan prioritas": "activity",
    "sub kegiatan": "activity",
    "nama kegiatan": "activity",
    "program/kegiatan": "activity",
    "program dan kegiatan": "activity",
    "program/kegiatan/sub kegiatan": "activity",
    "urusan/bidang urusan pemerintahan daerah dan program/kegiatan": "activity",
    "urusan/bidang urusan pemerintahan daerah dan program/kegiatan/sub kegiatan": "activity",
    "kode": "code",
    "kode rekening": "code",
    "kode program/kegiatan": "code",
    "usulan": "activity",
    "usulan kegiatan": "activity",
    "sasaran kegiatan": "target",
    "lokasi": "location",
    "lokasi kegiatan": "location",
    "kabupaten/kota": "location",
    "alamat": "location",
    "alamat lokasi": "location",
    "volume": "volume",
    "besaran/volume": "volume",
    "satuan": "unit",
    "pagu": "budget",
    "pagu indikatif": "budget",
    "pagu anggaran": "budget",
    "anggaran": "budget",
    "kebutuhan dana": "budget",
    "kebutuhan anggaran": "budget",
    "kebutuhan dana/pagu indikatif": "budget",
    "kebutuhan dana/pagu": "budget",
    "total": "budget",
    "biaya": "budget",
    "perkiraan biaya": "budget",
    "estimasi biaya": "budget",
    "jumlah biaya": "budget",
    "nilai anggaran": "budget",
    "usulan anggaran": "budget",
    "usulan pagu": "budget",
    "pagu usulan": "budget",
    "pagu dana": "budget",
    "rencana anggaran": "budget",
    "perangkat daerah": "agency",
    "perangkat daerah penanggung jawab": "agency",
    "opd": "agency",
    "skpd": "agency",
}
_SUB = {**_HEADINGS, "kegiatan": "group"}
"""Headings where a Kegiatan has several Sub Kegiatan: each of these is a proposal."""
_OURS = {**_HEADINGS, "program": "activity", "program menurut nomenklatur": "program"}
"""Headings of a plan that this package wrote, and of lists without activities: there a programme stands under
Program."""
NEEDED = {"activity": "Kegiatan", "location": "Lokasi", "budget": "Pagu"}
"""Without these headings a sheet is no such list."""
_WITHOUT_MONEY = ("activity", "location", "volume")
"""Headings of a list that asks for no money, as Tabel T-C.32 does."""
_LIKE_MONEY = re.compile(r"[0-9]{4}|[0-9][.,][0-9]{3}|\brp|juta|mili[ay]r", re.IGNORECASE)
_MERGED = ("priority", "objective", "program", "group")
"""Columns whose cells may be merged over several rows, the outermost first."""
_RUPIAH = MoneyUnit("Rp", Decimal(1))
_MONEY = {"type": "number", "unit": "miliar rupiah"}
_BOTH = re.compile(r"program\b.*\bkegiatan", re.IGNORECASE)
"""A heading of programmes and activities below each other, which codes alone tell apart."""
_WITH_UNIT = re.compile(r".*[0-9][\s,-]*[a-z]+\.?", re.IGNORECASE)


def read_proposals(file: Path, stated: StatedColumns = NOTHING_STATED) -> ListRead[ProposalRow]:
    """Read the proposals of a Musrenbang list.

    Parameters
    ----------
    file : Path
        XLSX; the first list with the headings kegiatan, lokasi and pagu counts.
    stated : StatedColumns, optional
        What a person says of the headings.

    Returns
    -------
    ListRead
        Without rows where there is no such list.

    Raises
    ------
    DataError
        If the workbook is broken or too large.
    """
    found = find_proposals(file, stated)
    if not found:
        return ListRead([], (), [])
    notes: list[Problem] = list(found.notes)
    rows, groups = without_groups(list(_proposals(found, file.name, notes)), file.name)
    return ListRead(rows, found.unread("budget"), [*notes, *groups])


def find_proposals(file: Path, stated: StatedColumns = NOTHING_STATED) -> ForeignList | None:
    """Return where a Musrenbang list stands, None where none does; takes what ``read_proposals`` takes."""
    forms: list[tuple[Mapping[str, str], tuple[str, ...]]] = [
        (_SUB, (*NEEDED, "group")),
        (_HEADINGS, (*NEEDED,)),
        (_OURS, (*NEEDED, "program")),
        (_OURS, (*NEEDED,)),
    ]
    found = (find_list(file, partial(_known, headings=known), needed, stated) for known, needed in forms)
    return next(filter(None, found), None) or _without_money(file, stated)


def _without_money(file: Path, stated: StatedColumns) -> ForeignList | None:
    """Return where a list without amounts stands; none where a column that is not known may hold them."""
    for known in (_HEADINGS, _OURS):
        found = find_list(file, partial(_known, headings=known), _WITHOUT_MONEY, stated)
        if found and not _may_hold_money(found):
            return found
    return None


def _may_hold_money(found: ForeignList) -> bool:
    """Whether a column that is not known has numbers other than those of rows that are counted."""
    known = set(found.places.values())
    return any(
        _LIKE_MONEY.search(cell_at(cells, place)) is not None
        or (isinstance(cell.value, int | float) and cell.value > len(found.rows))
        for _, cells in found.rows
        for place, cell in enumerate(cells)
        if place not in known
    )


def proposal_column(heading: str) -> str:
    """Return the column of a Musrenbang list that a plain heading stands for, ``""`` for none."""
    return _known(heading, _HEADINGS)


def _known(heading: str, headings: Mapping[str, str]) -> str:
    heading = re.sub(r" ?/ ?", "/", heading)
    bare = re.sub(r"\b(?:ta|tahun|thn)?\.? ?20[0-9]{2}\b|\b(?:rp|idr|rupiah)\b\.?", " ", heading)
    bare = re.sub(r"\b(?:dalam|dlm)?\b *\b(?:ribu|juta|mili?[ay]r)(?:an)?\b", " ", bare)
    return headings.get(heading) or headings.get(" ".join(bare.split()), "")


def _proposals(found: ForeignList, file: str, notes: list[Problem]) -> Iterator[ProposalRow]:
    above = dict.fromkeys(_MERGED, "")
    has_money = "budget" in found.places
    titles = [*found.above, file]
    origin = {ORIGIN: list_origin(titles), OF_A_YEAR: "yes" if is_of_a_year(titles) else ""}
    unit = found.unit("budget", without="activity") if has_money else None
    if not has_money:
        notes.append(Problem("no_money_column", file, warning=True))
    if several := found.again.get("budget", ()):
        values = {"headings": ", ".join([found.headings["budget"], *several])}
        notes.append(Problem("which_budget", file, values=values, warning=True))
    for number, cells, texts in _items(found, file, notes):
        above = carried(above, texts)
        budget = found.cell(cells, "budget", number) if has_money else ListCell(None, "", "", "")
        if texts["activity"]:
            year, told = row_year(found, cells, number, file)
            notes += told
            amount, own = _amount(budget, unit) if not several else ("", False)
            said = {**texts, **above, ROW_YEAR: year, **origin}
            count = _count(found, cells, texts)
            if isinstance(amount, Flaw):
                doubt = Problem(
                    amount.code, file, number, values=amount.values, warning=True, cell=budget.name
                )
                notes.append(doubt)
                yield ProposalRow(number, said, "", budget.name, unit, own, doubt, count)
            else:
                yield ProposalRow(number, said, amount, budget.name, unit, own, None, count)
        elif isinstance(budget.value, int | float) or (texts["location"] and budget.text):
            notes.append(Problem("row_without_name", file, number, warning=True))


def _items(
    found: ForeignList, file: str, notes: list[Problem]
) -> Iterator[tuple[int, Sequence[Any], dict[str, str]]]:
    """Yield the rows that add up no others, with their texts; that whose code is above is their programme."""
    heading = found.headings["activity"]
    if "code" not in found.places and _BOTH.search(heading):
        notes.append(Problem("programs_and_activities", file, values={"heading": heading}, warning=True))
    parents = codes_above(found.texts(cells).get("code", "") for _, cells in found.rows)
    parent = ""
    for number, cells in found.rows:
        texts = found.texts(cells)
        is_parent = texts.get("code", "") in parents
        if is_numbering(texts.values()):
            continue
        if is_parent or is_total(cell_at(cells, place) for place in range(len(cells))):
            parent = texts["activity"] if is_parent else parent
            if not is_parent or texts.get("budget"):
                notes.append(Problem("total_row", file, number, warning=True))
            continue
        if parent and "program" not in found.places:
            texts["program"] = parent
        yield number, cells, texts


def _count(found: ForeignList, cells: Sequence[Any], texts: Mapping[str, str]) -> str:
    """Return how a row is counted: what stands left of its activity in a column that is not known."""
    known = set(found.places.values())
    left = (cell_at(cells, place) for place in range(found.places["activity"]) if place not in known)
    return next(filter(None, left), texts.get("code", ""))


def _amount(cell: ListCell, unit: MoneyUnit | None) -> tuple[str | Flaw, bool]:
    """Return an amount in Rp billion, and whether the cell itself says its unit."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        if "%" in cell.shown_as:
            return Flaw("not_an_amount", {"value": cell.text}), False
        return amount_shown(cell.value, _MONEY, cell.shown_as, unit or _RUPIAH), False
    if not cell.text:
        return "", False
    amount = amount_text(cell.text, _MONEY, unit or _RUPIAH)
    if isinstance(amount, Flaw):
        return amount, False
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", amount):
        return Flaw("not_an_amount", {"value": cell.text}), False
    return amount, _WITH_UNIT.fullmatch(cell.text) is not None
