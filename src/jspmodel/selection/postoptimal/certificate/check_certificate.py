#!/usr/bin/env python3
"""Check the certificate of a plan: python3 check_certificate.py FOLDER, ZIP or certificate.json.

Periksa sertifikat sebuah rencana: python3 check_certificate.py FOLDER, ZIP, atau certificate.json.

This one file needs Python 3.9 or later and nothing else; it is neither the program that made the plan nor
does it use it. It ends with 0 where all that it names was checked, with 1 and the first broken thing
otherwise. What it checks, and how:

1. The file is of bounded size and has no number but decimals of at most 12 places, written as text. All
   arithmetic is that of whole numbers, in units of 1e-12 (products: 1e-24), so nothing is ever rounded.
2. The plan: each column within its bounds, whole where it must be, each row of the model kept, and what the
   plan is worth, summed up from the objective.
3. The bound: rows l <= A x <= h, columns l <= x <= u, objective c x. Whatever the multipliers y, every x has
   c x <= sum_i max(y_i l_i, y_i h_i) + sum_j max(d_j l_j, d_j u_j) with d = c - y A
   (Neumaier and Shcherbina, "Safe bounds in linear and mixed-integer linear programming", 2004).
   Where one set of multipliers does not do, the plans are split, again and again: a column of whole numbers
   (or a row that has whole coefficients and whole columns alone) is at most k, or at least k + 1. Each leaf
   of that tree has multipliers of its own, and the largest of the leaves' bounds holds for all plans.
   Where only columns of whole numbers are worth anything, it is rounded down to the next possible worth.
4. The tables, where they come along: their SHA-256; then columns and rows are stated anew from tables and
   settings, by the formulas of the model's documentation, and compared one by one, to one part in 10^9.

It cannot tell whether tables and settings are true or as they were decided, nor whether the rules are law.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import gcd
from pathlib import Path
from typing import Any, Dict, Optional, Tuple  # noqa: UP035
from urllib.parse import quote

FORMAT = "jspmodel-certificate-1"
CERTIFICATE = "certificate.json"
UNIT = 10**12
"""A number of the file is a whole number of these parts of 1."""
LARGEST_FILE = 256 * 1024 * 1024
LARGEST_TABLE = 32 * 1024 * 1024
MOST_COLUMNS, MOST_ROWS, MOST_TERMS, MOST_NODES = 500_000, 500_000, 10_000_000, 500_000
MOST_CHANGES = 50_000_000
"""Multipliers that the nodes of all trees change, at most."""
SAME = Fraction(1, 10**9)
"""Coefficients agree with those of the tables to this share of them (of 1 where they are smaller)."""
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
CELL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,25})?([eE][-+]?[0-9]{1,2})?")

Terms = Dict[str, Fraction]  # noqa: UP006 (aliases are read by Python 3.9 too)
Stated = Tuple[Terms, Optional[Fraction], Optional[Fraction]]  # noqa: UP006, UP045
"""Terms of a row by column, and its limits."""
Column = Tuple[object, object, bool]  # noqa: UP006
"""Lower and upper bound of a column, and whether it is whole."""
Part = Tuple[int, int, str, Fraction]  # noqa: UP006
"""What delivers an effect: the start that it goes with (or 0 and the year), its column, how many times."""
ONE, NONE = Fraction(1), Fraction(0)


class Broken(Exception):  # noqa: N818
    """The first broken thing, in both languages; ``name``: the row or column of a plan that breaks it."""

    def __init__(self, indonesian: str, english: str, name: str = "") -> None:
        super().__init__(english)
        self.words, self.name = (indonesian, english), name


# --- reading what anybody may have written ---


def number(text: Any) -> int:
    """Return a number of the certificate in units of 1e-12."""
    if not isinstance(text, str) or not NUMBER.fullmatch(text):
        shown = ascii(text)[:40]
        raise Broken(
            f"bukan angka desimal dengan paling banyak 12 tempat: {shown}",
            f"not a decimal number of at most 12 places: {shown}",
        )
    whole, _, part = text.lstrip("-").partition(".")
    value = int(whole) * UNIT + int(part.ljust(12, "0") or "0")
    return -value if text.startswith("-") else value


def shown(value: int, unit: int = UNIT) -> str:
    """Return a number as text, all its digits."""
    sign, size = "-" if value < 0 else "", abs(value)
    places = len(str(unit)) - 1
    part = str(size % unit).rjust(places, "0").rstrip("0")
    return f"{sign}{size // unit}" + (f".{part}" if part else "")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Broken("sebuah kunci JSON muncul dua kali", "a key of the JSON comes twice")
    return result


def _whole_number(text: str) -> int:
    if len(text) > 15:
        raise Broken("bilangan bulat terlalu panjang", "a whole number is too long")
    return int(text)


def _no_number(text: str) -> Any:
    raise Broken(f"angka harus berupa teks, bukan {text[:20]}", f"numbers must be text, not {text[:20]}")


def load(data: bytes) -> dict[str, Any]:
    """Return the certificate as it stands in its file; numbers in it are text, or small whole numbers."""
    try:
        told = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_no_repeats,
            parse_float=_no_number,
            parse_constant=_no_number,
            parse_int=_whole_number,
        )
    except (UnicodeDecodeError, ValueError, RecursionError, MemoryError) as error:
        why = type(error).__name__
        raise Broken(f"bukan JSON yang dapat dibaca ({why})", f"not JSON that can be read ({why})") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise Broken(f"bukan sertifikat {FORMAT}", f"not a certificate {FORMAT}")
    return told


def _part(told: Any, key: str, kind: type) -> Any:
    value = told.get(key) if isinstance(told, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Broken(
            f"bagian {key!r} tidak ada atau salah bentuk", f"{key!r} is missing or not as it should be"
        )
    return value


def _counted(items: Any, most: int, what: str) -> Any:
    if len(items) > most:
        raise Broken(f"terlalu banyak {what}: {len(items)}", f"too many {what}: {len(items)}")
    return items


def _index(value: Any, count: int) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < count:
        raise Broken(
            f"nomor di luar daftar: {ascii(value)[:20]}", f"a number beyond the list: {ascii(value)[:20]}"
        )
    return value


# --- the model ---


class Model:
    """Columns with bounds and worth, rows with limits and terms; all numbers in units of 1e-12."""

    def __init__(self, told: Any) -> None:
        columns = _counted(_part(told, "columns", list), MOST_COLUMNS, "columns")
        self.names: list[str] = []
        self.low: list[int] = []
        self.high: list[int | None] = []
        self.whole: list[bool] = []
        self.worth: list[int] = []
        for column in columns:
            self._column(column)
        self.place = {name: at for at, name in enumerate(self.names)}
        if len(self.place) != len(self.names):
            raise Broken("dua kolom bernama sama", "two columns have the same name")
        self.row_names: list[str] = []
        self.row_low: list[int | None] = []
        self.row_high: list[int | None] = []
        self.terms: list[list[tuple[int, int]]] = []
        self._known: set = set()  # type: ignore[type-arg]
        self._left = MOST_TERMS
        for row in _counted(_part(told, "rows", list), MOST_ROWS, "rows"):
            self._row(row)

    def _column(self, told: Any) -> None:
        name, low, high = _part(told, "name", str), number(told.get("low")), told.get("high")
        high = None if high is None else number(high)
        if high is not None and high < low:
            raise Broken(f"kolom {name}: batas terbalik", f"column {name}: bounds are reversed")
        self.names.append(name)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(told.get("whole") is True)
        self.worth.append(number(told.get("worth", "0")))

    def _row(self, told: Any) -> None:
        name = _part(told, "name", str)
        if name in self._known:
            raise Broken(f"dua baris bernama {name}", f"two rows are named {name}")
        self._known.add(name)
        low, high = (None if told.get(key) is None else number(told[key]) for key in ("low", "high"))
        if low is not None and high is not None and low > high:
            raise Broken(f"baris {name}: batas terbalik", f"row {name}: limits are reversed")
        terms = _part(told, "terms", dict)
        self._left -= len(terms)
        if self._left < 0:
            raise Broken("terlalu banyak koefisien", "too many coefficients")
        self.row_names.append(name)
        self.row_low.append(low)
        self.row_high.append(high)
        self.terms.append([(self.column(column), number(factor)) for column, factor in terms.items()])

    def column(self, name: Any) -> int:
        """Return the number of a column, by its name."""
        if name not in self.place:
            raise Broken(f"kolom tidak dikenal: {ascii(name)[:60]}", f"unknown column: {ascii(name)[:60]}")
        return self.place[name]

    def all_whole(self, row: int) -> bool:
        """Return whether a row has whole coefficients and whole columns alone: its sums are whole."""
        return all(self.whole[column] and factor % UNIT == 0 for column, factor in self.terms[row])

    def step(self) -> int:
        """Return what the objective of all plans is a multiple of; 0 where it may be anything."""
        worth = [(factor, whole) for factor, whole in zip(self.worth, self.whole) if factor]  # noqa: B905
        return gcd(*(factor for factor, _ in worth)) if all(whole for _, whole in worth) else 0

    def implied(self) -> list[int | None]:
        """Return upper bounds; where none is stated, that of a row without anything below 0 in it."""
        high = list(self.high)
        for row, most in enumerate(self.row_high):
            terms = self.terms[row]
            if most is None or any(factor < 0 or self.low[column] < 0 for column, factor in terms):
                continue
            for column, factor in terms:
                if self.high[column] is None and factor > 0:
                    least = -((-most * UNIT) // factor)  # rounded up
                    known = high[column]
                    high[column] = least if known is None else min(known, least)
        return high


# --- the plan ---


def check_plan(model: Model, told: Any) -> int:
    """Check that the plan keeps all bounds and rows; return what it is worth, in units of 1e-24."""
    if not isinstance(told, dict):
        raise Broken("rencana tidak ada", "there is no plan")
    values = [0] * len(model.names)
    for name, value in told.items():
        values[model.column(name)] = number(value)
    for column, value in enumerate(values):
        high = model.high[column]
        if value < model.low[column] or (high is not None and value > high):
            raise _at(
                model.names[column], value, "di luar batas kolomnya", "is beyond the bounds of its column"
            )
        if model.whole[column] and value % UNIT:
            raise _at(model.names[column], value, "harus bilangan bulat", "must be a whole number")
    for row in range(len(model.row_names)):
        total = sum(factor * values[column] for column, factor in model.terms[row])
        low, high = model.row_low[row], model.row_high[row]
        if low is not None and total < low * UNIT:
            raise _row(model.row_names[row], total, low, "paling sedikit", "at least")
        if high is not None and total > high * UNIT:
            raise _row(model.row_names[row], total, high, "paling banyak", "at most")
    return sum(worth * values[column] for column, worth in enumerate(model.worth))


def _at(name: str, value: int, indonesian: str, english: str) -> Broken:
    told = f"{name} = {shown(value)}"
    return Broken(f"rencana: {told} {indonesian}", f"plan: {told} {english}", name)


def _row(name: str, total: int, limit: int, indonesian: str, english: str) -> Broken:
    value, asked = shown(total, UNIT * UNIT), shown(limit)
    return Broken(
        f"rencana melanggar baris {name}: jumlahnya {value}, seharusnya {indonesian} {asked}",
        f"the plan breaks row {name}: it adds up to {value}, asked is {english} {asked}",
        name,
    )


# --- bounds ---


class Prover:
    """What trees of splits and multipliers prove of an objective over the model's rows."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._high = model.implied()
        self._changes = MOST_CHANGES
        self.leaves = 0

    def prove(self, worth: dict[int, int], nodes: Any) -> int | None:
        """Return the largest bound of all leaves (units of 1e-24); None where no leaf has a solution.

        Node 0 is the root. A node has ``set``, multipliers by row that differ from those of its parent, and
        either ``split`` and ``children`` (at most k, at least k + 1), or it is a leaf.
        """
        nodes = _counted(nodes if isinstance(nodes, list) else [], MOST_NODES, "nodes")
        if not nodes:
            raise Broken("pohon pembuktian tidak ada", "there is no tree of proof")
        model = self.model
        column_low, column_high = list(model.low), list(self._high)
        row_low, row_high = list(model.row_low), list(model.row_high)
        self._y: dict[int, int] = {}
        self._d = [0] * len(model.names)
        for column, factor in worth.items():
            self._d[column] = factor * UNIT
        self._limits = (column_low, column_high, row_low, row_high)
        self._empty = 0
        best, seen = None, bytearray(len(nodes))
        # Each entry is a node to enter, or what to take back when it is left: no recursion, however deep.
        stack: list[tuple[int, Any, Any]] = [(0, None, None)]
        while stack:
            at, limit, back = stack.pop()
            if back is not None:
                self._take_back(back)
                continue
            if seen[at]:  # told at once: chains of nodes with two parents have more ways than can be walked
                raise _again()
            seen[at] = 1
            node = nodes[at]
            undo = self._enter(node, limit)
            stack.append((at, None, undo))
            if "split" in node:
                stack += [(child, side, None) for child, side in self._sides(node, at, len(nodes))]
            else:
                self.leaves += 1
                bound = self._bound(at)
                best = bound if best is None else best if bound is None else max(best, bound)
        if not all(seen):
            raise Broken(
                "pohon tidak utuh: ada simpul yang lepas", "the tree is not whole: nodes stand apart"
            )
        return best

    def _enter(self, node: Any, limit: Any) -> Any:
        limits = []
        if limit is not None:
            which, place, value = limit
            limits.append((which, place, self._limits[which][place]))
            known = self._limits[which][place]
            tighter = max if which in (0, 2) else min
            self._limits[which][place] = value if known is None else tighter(known, value)
            self._empty += self._reversed(which, place)
        told = node.get("set", {}) if isinstance(node, dict) else None
        if not isinstance(told, dict):
            raise Broken("simpul salah bentuk", "a node is not as it should be")
        self._changes -= len(told)
        if self._changes < 0:
            raise Broken("terlalu banyak pengali", "too many multipliers")
        before = []
        for key, value in told.items():
            row, new = _index(key, len(self.model.row_names)), number(value)
            before.append((row, self._y.get(row, 0)))
            self._price(row, new)
        return limits, before

    def _take_back(self, back: Any) -> None:
        limits, before = back
        for row, old in reversed(before):
            self._price(row, old)
        for which, place, old in limits:
            self._empty -= self._reversed(which, place)
            self._limits[which][place] = old

    def _reversed(self, which: int, place: int) -> bool:
        """Return whether a lower limit is above its upper one: nothing is left here."""
        low, high = (self._limits[side][place] for side in (which // 2 * 2, which // 2 * 2 + 1))
        return low is not None and high is not None and low > high

    def _price(self, row: int, new: int) -> None:
        change = new - self._y.get(row, 0)
        if change:
            for column, factor in self.model.terms[row]:
                self._d[column] -= change * factor
        self._y[row] = new

    def _sides(self, node: Any, at: int, count: int) -> list[tuple[int, Any]]:
        split, children = _part(node, "split", dict), _part(node, "children", list)
        if len(children) != 2 or "at" not in split:
            raise Broken("sebuah cabang tidak punya dua sisi", "a split has not two sides")
        low, high = (_index(child, count) for child in children)
        # Children come after their parent, so that none is its own.
        if low <= at or high <= at or low == high:
            raise _again()
        k = split["at"]
        if not isinstance(k, int) or isinstance(k, bool):
            raise Broken("cabang bukan di bilangan bulat", "a split is not at a whole number")
        if "row" in split:
            place, which = _index(split["row"], len(self.model.row_names)), 2
            fine, name = self.model.all_whole(place), self.model.row_names[place]
        else:
            place, which = _index(split.get("column"), len(self.model.names)), 0
            fine, name = self.model.whole[place], self.model.names[place]
        if not fine:
            raise Broken(
                f"{name} boleh pecahan: tidak dapat dicabangkan", f"{name} may be a fraction: no split"
            )
        return [(high, (which, place, (k + 1) * UNIT)), (low, (which + 1, place, k * UNIT))]

    def _bound(self, at: int) -> int | None:
        column_low, column_high, row_low, row_high = self._limits
        if self._empty:
            return None
        total = 0
        for row, y in self._y.items():
            limit = row_high[row] if y > 0 else row_low[row]
            if y and limit is None:
                name = self.model.row_names[row]
                raise Broken(
                    f"daun {at}: pengali baris {name} bertanda salah",
                    f"leaf {at}: the multiplier of row {name} has the wrong sign",
                )
            if y and limit is not None:
                total += y * limit
        for column, d in enumerate(self._d):
            if d > 0:
                high = column_high[column]
                if high is None:
                    name = self.model.names[column]
                    raise Broken(f"daun {at}: {name} tanpa batas", f"leaf {at}: {name} has no bound")
                total += -(-d * high // UNIT)  # rounded up
            elif d < 0:
                total += -(-d * column_low[column] // UNIT)
        return total


def _again() -> Broken:
    return Broken("pohon tidak utuh: simpul terulang", "the tree is not whole: a node comes again")


def prove_objective(model: Model, prover: Prover, nodes: Any) -> int | None:
    """Return what no plan exceeds, in units of 1e-24; None where the tree says that there is no plan."""
    bound = prover.prove({at: worth for at, worth in enumerate(model.worth) if worth}, nodes)
    step = model.step() * UNIT
    return bound if bound is None or not step else bound // step * step


# --- the tables ---


def label(kind: str, *codes: object) -> str:
    """Return the name of a column or row."""
    return f"{kind}({','.join(quote(str(code), safe='').replace('-', '%2D') for code in codes)})"


class Programme:
    """A proposed programme that may start: what the tables say of it."""

    def __init__(self, row: dict[str, str], tables: Tables) -> None:
        self.code, self.dimension, self.agency = row["program"], row["dimension"], row["agency"]
        self.kind = row["kind"]
        own = [place for place in tables.rows("program_regions") if place["program"] == self.code]
        named = {place["region"] for place in own}
        self.joint = row["scope"] != "province"
        self.regions = [r for r in tables.regions if not self.joint or r in named]
        self.mandatory = {place["region"] for place in own if place["mandatory"] == "true"}
        self.volumes = {place["region"]: cell(place["volume"]) for place in own}
        self.duration = int(cell(row["duration"]))
        self.min_regions = int(cell(row["min_regions"], 1))
        for key in ("min_volume", "score", "new_systems", "required_maturity", "raises_maturity"):
            setattr(self, key, cell(row[key]))
        self.min_volume: Fraction
        self.score: Fraction
        self.new_systems: Fraction
        self.required_maturity: Fraction
        self.raises_maturity: Fraction
        self.quick_win = row["quick_win"] == "true"
        self.build: dict[tuple[str, int], Fraction] = {}
        self.run: dict[str, Fraction] = {}
        for cost in tables.costs.get(self.code, []):
            place, amount = cost["region"], cell(cost["amount"])
            if cost["kind"] == "build":
                key_ = (place, int(cell(cost["offset"])))
                self.build[key_] = self.build.get(key_, Fraction(0)) + amount
            else:
                self.run[place] = self.run.get(place, Fraction(0)) + amount
        years = tables.years
        built = max((offset for _, offset in self.build), default=0)
        first = cell(row["first_start"], years[0])
        last = min(cell(row["last_start"], years[-1]), Fraction(years[-1] - max(built, self.duration - 1)))
        closed = [] if row["in_annual_plan"] == "true" else tables.closed
        self.starts = [year for year in years if first <= year <= last and year not in closed]

    def ready_by(self, year: int) -> list[int]:
        """Return the starts from which the programme is delivered by the end of a year."""
        return [start for start in self.starts if start + self.duration - 1 <= year]

    def due(self, place: str, start: int, year: int) -> Fraction:
        """Return what a start makes due in a year for a region's part, or the shared part (Rp billion)."""
        running = self.run.get(place, Fraction(0)) if year - start >= self.duration else Fraction(0)
        return self.build.get((place, year - start), Fraction(0)) + running

    def started(self, factor: object = 1) -> Terms:
        """Return what adds up to a factor if the programme is carried out."""
        return {label("start", self.code, t): Fraction(str(factor)) for t in self.starts}

    def cost(self, year: int) -> Terms:
        """Return what adds up to the cost of a year."""
        parts = {label("start", self.code, s): self.due("", s, year) for s in self.starts}
        for region in self.regions:
            parts.update(
                {label("join", self.code, region, s): self.due(region, s, year) for s in self.starts}
            )
        return {name: amount for name, amount in parts.items() if amount}


def cell(text: str, otherwise: int = 0) -> Fraction:
    """Return the number of a cell; something else where it is blank."""
    if not text:
        return Fraction(otherwise)
    if not CELL.fullmatch(text):
        raise Broken(
            f"bukan angka dalam tabel: {ascii(text)[:30]}", f"no number in a table: {ascii(text)[:30]}"
        )
    return Fraction(text)


def added(*parts: Terms) -> Terms:
    """Return the sum of terms, without those that are 0."""
    result: Terms = {}
    for part in parts:
        for name, factor in part.items():
            result[name] = result.get(name, Fraction(0)) + factor
    return {name: factor for name, factor in result.items() if factor}


def times(factor: Fraction, terms: Terms) -> Terms:
    """Return terms multiplied."""
    return {name: factor * value for name, value in terms.items()}


class Tables:
    """Tables and settings, and the columns and rows that they give (formulas: docs/model.md of jspmodel)."""

    def __init__(self, files: dict[str, bytes], settings: Any) -> None:
        self._files, self.settings = files, settings
        self._read: dict[str, list[dict[str, str]]] = {}
        self.regions = [row["region"] for row in self.rows("regions")]
        budgets = self.rows("fund_budgets")
        planned = [int(cell(row["year"])) for row in budgets]
        first = settings.get("first_year") or min(planned, default=0)
        last = settings.get("last_year") or max(planned, default=-1)
        if not (isinstance(first, int) and isinstance(last, int) and -1 <= last - first < 200):
            raise Broken("tahun rencana salah", "the years of the plan are wrong")
        self.years = list(range(first, last + 1))
        self.closed = settings.get("closed_years", [])
        scale = settings.get("budget_scale", {})
        self.budgets = {
            (row["fund"], int(cell(row["year"]))): cell(row["amount"])
            * cell(scale.get("all", "1"))
            * cell(scale.get("funds", {}).get(row["fund"], "1"))
            * cell(scale.get("years", {}).get(row["year"], "1"))
            for row in budgets
            if int(cell(row["year"])) in self.years
        }
        for fund, left in settings.get("carried_over", {}).items():
            for year, amount in left.items():
                if int(year) in self.years:
                    there = self.budgets.get((fund, int(year)), Fraction(0))
                    self.budgets[fund, int(year)] = there + cell(amount)
        self.holder = {r["fund"]: r["holder"] for r in self.rows("funds") if r["holder"] in self.regions}
        self.costs: dict[str, list[dict[str, str]]] = {}
        for row in self.rows("program_costs"):
            self.costs.setdefault(row["program"], []).append(row)
        out = settings.get("locked_out", [])
        proposed = (Programme(row, self) for row in self.rows("programs") if row["program"] not in out)
        self.programmes = {p.code: p for p in proposed if p.starts}
        self.payers = {p.code: self._payers(p) for p in self.programmes.values()}
        self.pays = {p.code: list(self._pays(p)) for p in self.programmes.values()}
        self.least = {p.code: self._least(p) for p in self.programmes.values()}

    def rows(self, table: str) -> list[dict[str, str]]:
        """Return the rows of a table; a column that it has not is blank."""
        if table not in self._read:
            data = self._files.get(f"{table}.csv", b"")
            try:
                reader = csv.DictReader(
                    io.StringIO(data.decode("utf-8"), newline=""), restval="", strict=True
                )
                self._read[table] = [
                    _Blank({k: v for k, v in row.items() if k and isinstance(v, str)}) for row in reader
                ]
            except (csv.Error, UnicodeDecodeError):
                raise Broken(f"tabel {table} tidak dapat dibaca", f"table {table} cannot be read") from None
        return self._read[table]

    def links(self, kind: str) -> list[tuple[str, str, Fraction]]:
        """Return the links of a kind: programme, other, value."""
        rows = (row for row in self.rows("program_links") if row["kind"] == kind)
        return [(row["program"], row["other"], cell(row["value"])) for row in rows]

    def _payers(self, p: Programme) -> dict[str, Fraction]:
        """Return the share of a year's cost that each fund may pay, where it may: 0 to 1."""
        rules = self.rows("fund_rules")
        bound = {rule["fund"] for rule in rules if cell(rule["max_share"], 1) > 0}  # others only forbid
        shares: dict[str, Fraction] = {fund["fund"]: Fraction(1) for fund in self.rows("funds")}
        for fund in shares:
            mine = [rule for rule in rules if rule["fund"] == fund]
            own = [rule for rule in mine if rule["program"] == p.code]
            wide = [rule for rule in mine if not rule["program"] and rule["dimension"] == p.dimension]
            every = [rule for rule in mine if not rule["program"] and not rule["dimension"]]
            named = (own or wide or every)[-1:]
            if named:
                shares[fund] = cell(named[0]["max_share"], 1)
            elif fund in bound:
                shares[fund] = Fraction(0)
        return {fund: share for fund, share in shares.items() if share > 0}

    def _least(self, p: Programme) -> dict[str, Fraction]:
        """Return the share of its own part of the costs that each region bears at least, where it must."""
        told = (
            self.rows("cofunding_shares") if self.settings.get("cofunding") is not False and p.joint else []
        )
        shares: dict[str, Fraction] = {}
        for region in self.rows("regions") if told else ():
            mine = [row for row in told if row["fiscal_capacity"] == region["fiscal_capacity"]]
            own = [row for row in mine if row["program"] == p.code]
            wide = [row for row in mine if not row["program"] and row["dimension"] == p.dimension != ""]
            every = [row for row in mine if not row["program"] and not row["dimension"]]
            shares[region["region"]] = sum(
                (cell(row["least_share"]) for row in (own or wide or every)[:1]), NONE
            )
        return {r: share for r, share in shares.items() if share > 0 and r in p.regions}

    def _pays(self, p: Programme) -> Iterator[tuple[str, int]]:
        inside = {None, *p.regions}
        waits = {fund["fund"]: list(self._waits(p, fund)) for fund in self.rows("funds")}
        for t in self.years:
            if any(p.due(place, s, t) > 0 for place in ("", *p.regions) for s in p.starts):
                for fund in self.payers[p.code]:
                    paying = self.holder.get(fund) in inside and self.budgets.get((fund, t), 0) > 0
                    if paying and all(t >= opens for opens in waits[fund]):
                        yield fund, t

    def _waits(self, p: Programme, fund: dict[str, str]) -> Iterator[float]:
        """Yield the years from which a fund may pay, one a document that it requires of a programme."""
        states = {r["document"]: r for r in self.rows("program_readiness") if r["program"] == p.code}
        for rule in self.rows("required_documents"):
            asking = rule["fund"] in ("", fund["fund"]) and rule["fund_kind"] in ("", fund["kind"])
            if asking and (not p.kind or rule["program_kind"] in ("", p.kind)):
                said = states.get(rule["document"], _Blank())
                if said["state"] not in ("ready", "not_needed"):
                    done = said["complete_by"][:4]
                    late = cell(rule["lead_years"], 1) + self.settings.get("document_delay", 0)
                    yield float(cell(done) + late) if done else float("inf")

    def columns(self) -> dict[str, tuple[int, int | None, bool]]:
        """Return the columns of what is chosen and paid: name to lower and upper bound, and whether whole."""
        result: dict[str, tuple[int, int | None, bool]] = {}
        for p in self.programmes.values():
            for t in p.starts:
                result[label("start", p.code, t)] = (0, 1, True)
                result.update({label("join", p.code, r, t): (0, 1, True) for r in p.regions})
            result.update({label("pay", p.code, fund, t): (0, None, False) for fund, t in self.pays[p.code]})
        result.update({label("retired", system): (0, 1, False) for system in self.retiring()})
        return result

    def retiring(self) -> dict[str, list[str]]:
        """Return the programmes that retire each system, where no more systems may come than go."""
        result: dict[str, list[str]] = {}
        for row in self.rows("program_systems") if self.settings.get("no_new_systems") is True else ():
            if row["action"] == "retires":
                result.setdefault(row["system"], []).append(row["program"])
        return result

    def stated(self) -> Iterator[tuple[str, Stated]]:
        """State the rows of all rules but that on equity: name, terms and limits."""
        for p in self.programmes.values():
            yield from self._of_programme(p)
            yield from self._of_money(p)
        yield from self._locked()
        yield from self._links()
        yield from self._of_many()
        yield from self._terms()
        yield from self._staff()
        yield from self._budgets()
        yield from self._spending()

    def _of_programme(self, p: Programme) -> Iterator[tuple[str, Stated]]:
        one, none = Fraction(1), Fraction(0)
        if len(p.starts) > 1:
            yield label("start_once", p.code), (p.started(), None, one)
        for t in p.starts:
            start = label("start", p.code, t)
            joins = {r: label("join", p.code, r, t) for r in p.regions}
            for r, join in joins.items():
                kind = "mandatory_region" if r in p.mandatory else "join_what_starts"
                kind = kind if p.joint else "province_scope"
                low = None if kind == "join_what_starts" else none
                yield label(kind, p.code, r, t), ({join: one, start: -one}, low, none)
                short = p.required_maturity - self.maturity.get(r, p.required_maturity)
                if short > 0:
                    raised = {
                        label("join", o.code, r, s): -o.raises_maturity
                        for o in self.programmes.values()
                        if r in o.regions and o.raises_maturity > 0
                        for s in o.ready_by(t - 1)
                    }
                    yield label("maturity", p.code, r, t), (added({join: short}, raised), None, none)
            if p.joint and p.regions and len(p.mandatory) < p.min_regions:
                terms = {**dict.fromkeys(joins.values(), one), start: Fraction(-p.min_regions)}
                yield label("min_regions", p.code, t), (terms, none, None)
            if p.min_volume > 0:
                volumes = {join: p.volumes.get(r, none) for r, join in joins.items()}
                yield (
                    label("coalition_volume", p.code, t),
                    (added(volumes, {start: -p.min_volume}), none, None),
                )

    @property
    def maturity(self) -> dict[str, Fraction]:
        """Return the maturity of the regions where it is known."""
        return {row["region"]: cell(row["maturity"]) for row in self.rows("regions") if row["maturity"]}

    def _of_money(self, p: Programme) -> Iterator[tuple[str, Stated]]:
        none = Fraction(0)
        for t in self.years:
            cost = p.cost(t)
            paid = {fund: label("pay", p.code, fund, t) for fund, year in self.pays[p.code] if year == t}
            if cost:
                terms = added({pay: Fraction(1) for pay in paid.values()}, times(Fraction(-1), cost))
                yield label("cost_paid", p.code, t), (terms, none, none)
            held: dict[str, Terms] = {}
            for fund, pay in paid.items():
                share = self.payers[p.code][fund]
                if share < 1:
                    terms = added({pay: Fraction(1)}, times(-share, cost))
                    yield label("fund_share", p.code, fund, t), (terms, None, none)
                if fund in self.holder:
                    held.setdefault(self.holder[fund], {})[pay] = Fraction(1)
            for r, pays in held.items():
                own = {label("join", p.code, r, s): -p.due(r, s, t) - p.due("", s, t) for s in p.starts}
                yield label("region_funds", p.code, r, t), (added(pays, own), None, none)
            for r, share in self.least[p.code].items():
                own = {label("join", p.code, r, s): -share * p.due(r, s, t) for s in p.starts}
                if any(own.values()):
                    yield label("cofunding", p.code, r, t), (added(held.get(r, {}), own), none, None)

    def _locked(self) -> Iterator[tuple[str, Stated]]:
        for lock in self.settings.get("locked_in", []):
            p = self.programmes.get(lock["program"])
            starts = [t for t in p.starts if lock.get("start") in (None, t)] if p else []
            begun = {label("start", lock["program"], t): Fraction(1) for t in starts}
            yield label("locked_in", lock["program"]), (begun, Fraction(1), None)
            for r in lock.get("regions", []):
                there = starts if p and r in p.regions else []
                joined = {label("join", lock["program"], r, t): Fraction(1) for t in there}
                yield label("locked_region", lock["program"], r), (joined, Fraction(1), None)

    def _links(self) -> Iterator[tuple[str, Stated]]:
        of = {row["program"]: row["option_of"] or row["program"] for row in self.rows("programs")}
        required: dict[tuple[str, str], list[str]] = {}
        for code, other, _ in self.links("requires"):
            required.setdefault((code, of[other]), []).append(other)
        for (code, whole), others in required.items():
            p, told = self.programmes.get(code), whole if len(others) > 1 else others[0]
            for t in p.starts if p else []:
                begun = {label("start", code, s): Fraction(1) for s in p.starts if s <= t} if p else {}
                before = {
                    label("start", o, s): Fraction(-1)
                    for o in others
                    if o in self.programmes
                    for s in self.programmes[o].ready_by(t - 1)
                }
                yield label("requires", code, told, t), (added(begun, before), None, Fraction(0))
        for whole in dict.fromkeys(of.values()):
            sizes = [p.started() for p in self.programmes.values() if of[p.code] == whole]
            if len(sizes) > 1:
                yield label("options", whole), (added(*sizes), None, Fraction(1))
        pairs = {frozenset(link[:2]): link[:2] for link in self.links("excludes")}
        for code, other in pairs.values():
            if code in self.programmes and other in self.programmes:
                both = added(self.programmes[code].started(), self.programmes[other].started())
                yield label("excludes", code, other), (both, None, Fraction(1))

    def _of_many(self) -> Iterator[tuple[str, Stated]]:
        all_, asked = list(self.programmes.values()), self.settings
        for row in self.rows("agencies"):
            led = [p for p in all_ if p.agency == row["agency"]]
            if row["max_parallel"] and len(led) > cell(row["max_parallel"]):
                for t in self.years:
                    under_way = {
                        label("start", p.code, s): Fraction(1)
                        for p in led
                        for s in p.starts
                        if s <= t <= s + p.duration - 1
                    }
                    yield (
                        label("max_parallel", row["agency"], t),
                        (under_way, None, cell(row["max_parallel"])),
                    )
        if asked.get("min_quick_wins", 0) > 0:
            first = self.years[0]
            quick = [p for p in all_ if p.quick_win and first in p.starts]
            terms = {label("start", p.code, first): Fraction(1) for p in quick}
            yield label("quick_wins"), (terms, Fraction(asked["min_quick_wins"]), None)
        least = asked.get("min_programs_per_dimension", 0)
        for row in self.rows("dimensions") if least > 0 else []:
            terms = added(*(p.started() for p in all_ if p.dimension == row["dimension"]))
            yield label("programs_per_dimension", row["dimension"]), (terms, Fraction(least), None)
        if asked.get("no_new_systems") is True:
            brought = [times(p.new_systems, p.started()) for p in all_ if p.new_systems > 0]
            gone = {label("retired", system): Fraction(-1) for system in self.retiring()}
            yield label("new_systems"), (added(*brought, gone), None, Fraction(0))
        for system, codes in self.retiring().items():
            started = [self.programmes[code].started(-1) for code in codes if code in self.programmes]
            terms = added({label("retired", system): Fraction(1)}, *started)
            yield label("retirement", system), (terms, None, Fraction(0))

    def _terms(self) -> Iterator[tuple[str, Stated]]:
        """State that what is built in several years is complete within the term of the head of government."""
        rows = self.rows("terms_of_office") if self.settings.get("terms_of_office") is True else []
        strategic = {row["program"] for row in self.rows("programs") if row["strategic"] == "true"}
        for p in self.programmes.values() if rows else ():
            for row in rows if p.code not in strategic else ():
                region, last = row["region"], cell(row["last_year"])
                built = [
                    offset for (place, offset), amount in p.build.items() if place == region and amount > 0
                ]
                if len(built) < 2 or region not in ("", *p.regions):
                    continue
                for t in (t for t in p.starts if t + max(built) > last):
                    if region:
                        name, what = (
                            label("regional_term", p.code, region, t),
                            label("join", p.code, region, t),
                        )
                    else:
                        name, what = label("term_of_office", p.code, t), label("start", p.code, t)
                    yield name, ({what: Fraction(1)}, None, Fraction(0))

    def _staff(self) -> Iterator[tuple[str, Stated]]:
        """State that programmes need no more people of a kind than an agency has, those trained counted."""
        held: dict[tuple[str, str], list[tuple[Fraction, Fraction]]] = {}
        for row in self.rows("agency_staff") if self.settings.get("staff_limits") is not False else ():
            since = cell(row["from_year"], self.years[0])
            held.setdefault((row["agency"], row["staff_kind"]), []).append((since, cell(row["people"])))
        for (agency, kind), rows in held.items():
            for t in self.years:
                limit = max((row for row in rows if row[0] <= t), default=(Fraction(0), Fraction(0)))[1]
                terms = list(self._people(agency, kind, t))
                if sum(max(people, Fraction(0)) for part in terms for people in part.values()) > limit:
                    yield label("staff_limits", agency, kind, t), (added(*terms), None, limit)

    def _people(self, agency: str, kind: str, t: int) -> Iterator[Terms]:
        """Yield what each row of the table of needs asks of an agency in a year."""
        for row in self.rows("program_staff"):
            p, region = self.programmes.get(row["program"]), row["region"]
            if p is None or row["staff_kind"] != kind or (row["agency"] or p.agency) != agency:
                continue
            if region in ("", *p.regions):
                people, built = cell(row["people"]), row["phase"] == "build"
                yield {
                    label("join", p.code, region, s) if region else label("start", p.code, s): (
                        -people if row["phase"] == "trains" else people
                    )
                    for s in p.starts
                    if (s <= t <= s + p.duration - 1 if built else t > s + p.duration - 1)
                }

    def _budgets(self) -> Iterator[tuple[str, Stated]]:
        for (fund, t), amount in self.budgets.items():
            paid = {
                label("pay", p, fund, t): Fraction(1) for p, pays in self.pays.items() if (fund, t) in pays
            }
            if paid:
                yield label("fund_budget", fund, t), (paid, None, amount)
        for t in self.years:
            costs = added(*(p.cost(t) for p in self.programmes.values()))
            if costs:
                whole = sum((b for (_, year), b in self.budgets.items() if year == t), Fraction(0))
                yield label("year_budget", t), (costs, None, whole)

    def _spending(self) -> Iterator[tuple[str, Stated]]:
        """State what share of spending goes to some programmes, at least or at most."""
        asked, funds = self.settings.get("spending_rules"), self.rows("funds")
        traits = {row["program"]: row for row in self.rows("programs")}
        for rule in self.rows("spending_rules"):
            if asked is not None and rule["spending_rule"] not in asked:
                continue
            named = {key: rule[key] for key in ("dimension", "urusan", "spending_kind") if rule[key]}
            if rule["minimum_service"] == "true":
                named["minimum_service"] = "true"
            share, own = cell(rule["share"]), {"fund": "fund", "fund_kind": "kind", "region": "holder"}
            paying = {f["fund"] for f in funds if all(rule[k] in ("", f[c]) for k, c in own.items())}
            factor = {
                p: Fraction(all(traits[p][key] == value for key, value in named.items())) - share
                for p in self.programmes
            }
            least = rule["bound"] == "min"
            limit = share * cell(rule["base_total"]) - cell(rule["base_amount"])
            for t in self.years:
                if not cell(rule["from_year"], t) <= t <= cell(rule["to_year"], t):
                    continue
                terms = added(*(self._spent(p, t, paying, factor[p]) for p in self.programmes))
                name = label("spending_least" if least else "spending_most", rule["spending_rule"], t)
                yield name, (terms, limit if least else None, None if least else limit)

    def _spent(self, p: str, t: int, paying: set[str], factor: Fraction) -> Terms:
        """Return what a programme costs in a year, or what some funds pay for it, times a factor."""
        if len(paying) == len(self.rows("funds")):
            return times(factor, self.programmes[p].cost(t))
        return {label("pay", p, f, year): factor for f, year in self.pays[p] if year == t and f in paying}


class _Blank(dict[str, str]):
    """A row; a column that it has not is blank."""

    def __missing__(self, key: str) -> str:
        return ""


class Effects:
    """What plans deliver, by sections 1, 2 and 5 of docs/model.md: columns, rows, objective."""

    def __init__(self, tables: Tables) -> None:
        self._tables, asked = tables, tables.settings
        self.pieces = [(cell(width), cell(slope)) for width, slope in asked["diminishing_returns"]]
        people = {row["region"]: cell(row["population"]) for row in tables.rows("regions")}
        whole = sum(people.values())
        equal = Fraction(1, max(len(people), 1))
        self.shares = {region: count / whole if whole else equal for region, count in people.items()}
        self.marks = self._marks()
        self.weights = self._counted_weights()
        self.gaps = self._gaps()
        self.need = {
            (i, r): need
            for r, weights in self._region_weights()
            for i, weight in weights.items()
            if (need := weight * self.gaps.get((i, r), Fraction(0)) * self.shares[r]) > 0
        }
        self.effects = self._effects()
        self.gains = self._gains()
        known = tables.programmes
        self.pairs = [
            (known[p], known[o], value)
            for p, o, value in tables.links("complements")
            if value > 0 and p in known and o in known
        ]
        raw = asked.get("year_weights")
        given = {t: Fraction(1) if raw is None else cell(raw.get(str(t), "0")) for t in tables.years}
        self.year_weights = {t: weight / (sum(given.values()) or 1) for t, weight in given.items()}

    def _marks(self) -> dict[tuple[str, str], list[Fraction]]:
        """Return what raters gave each issue under each criterion."""
        marks: dict[tuple[str, str], list[Fraction]] = {}
        for row in self._tables.rows("issue_scores"):
            marks.setdefault((row["issue"], row["criterion"]), []).append(cell(row["score"]))
        return marks

    def _counted_weights(self) -> dict[str, Fraction]:
        """Return the general weight of each issue that counts; those that count are the settings' own."""
        tables, changed = self._tables, self._tables.settings.get("criteria_weights", {})
        raw = {
            row["criterion"]: cell(changed.get(row["criterion"], row["weight"]))
            for row in tables.rows("criteria")
        }
        scores = self._scores(raw)
        issues = list(scores)
        counted = tables.settings.get("issues", issues)
        first = tables.settings.get("priority_issues")
        if isinstance(first, int):
            left = [score for i, score in scores.items() if i not in counted]
            if len(counted) != min(first, len(issues)) or any(
                scores[i] + SAME < score for i in counted for score in left
            ):
                raise Broken("isu prioritas bukan yang pertama", "the priority issues are not the first ones")
        elif sorted(counted) != sorted(issues if first is None else first):
            raise Broken(
                "isu prioritas lain dari pengaturan", "the priority issues are not those of the settings"
            )
        return scaled(scores, counted)

    def _scores(self, raw: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """Return the score of each issue, its mean marks weighed by criterion; 1 where none has marks."""
        issues, total = [row["issue"] for row in self._tables.rows("issues")], sum(raw.values())
        if not self.marks:
            return {i: Fraction(1) for i in issues}
        return {
            i: sum(
                (w / total * mean(self.marks.get((i, c), [Fraction(0)])) for c, w in raw.items() if w > 0),
                Fraction(0),
            )
            for i in issues
        }

    def _region_weights(self) -> Iterator[tuple[str, dict[str, Fraction]]]:
        """Yield each region with the weights of issues there: those of its type of area, or the general."""
        raw: dict[str, dict[str, Fraction]] = {}
        if self._tables.settings.get("weights_by_area_type"):
            for row in self._tables.rows("area_type_weights"):
                raw.setdefault(row["area_type"], {})[row["criterion"]] = cell(row["weight"])
        own = {kind: scaled(self._scores(weights), self.weights) for kind, weights in raw.items()}
        for row in self._tables.rows("regions"):
            yield row["region"], own.get(row["area_type"], self.weights)

    def _gaps(self) -> dict[tuple[str, str], Fraction]:
        """Return how far a region is from the target of an issue, where that is known."""
        judged: dict[tuple[str, str], list[Fraction]] = {}
        for row in self._tables.rows("issue_regions"):
            if row["severity"]:
                judged.setdefault((row["issue"], row["region"]), []).append(cell(row["severity"]))
        latest: dict[str, dict[str, tuple[Fraction, Fraction]]] = {}
        for row in self._tables.rows("indicator_values"):
            if row["value"]:
                own = latest.setdefault(row["indicator"], {})
                seen = (cell(row["year"]), cell(row["value"]))
                if row["region"] not in own or own[row["region"]][0] <= seen[0]:
                    own[row["region"]] = seen
        measured: dict[tuple[str, str], list[Fraction]] = {}
        for row in self._tables.rows("indicators"):
            values = {r: value for r, (_, value) in latest.get(row["indicator"], {}).items()}
            sign, target = (1 if row["better"] == "lower" else -1), cell(row["target"])
            away = {r: sign * (value - target) for r, value in values.items()}
            span = max(away.values(), default=Fraction(0))
            span = sign * (cell(row["worst"]) - target) if row["worst"] else max(span, Fraction(0))
            for r, far in away.items():
                gap = min(max(far / span, Fraction(0)), Fraction(1)) if span > 0 else Fraction(0)
                measured.setdefault((row["issue"], r), []).append(gap)
        return {key: mean(values) for key, values in {**judged, **measured}.items()}

    def _effects(self) -> dict[str, dict[str, Fraction]]:
        levels = self._tables.settings["effect_levels"]
        result: dict[str, dict[str, Fraction]] = {p: {} for p in self._tables.programmes}
        for row in self._tables.rows("program_effects"):
            if row["program"] in result and row["issue"] in self.weights:
                own = result[row["program"]]
                value = cell(row["effect"] or levels.get(row["level"], ""))
                own[row["issue"]] = own.get(row["issue"], Fraction(0)) + value
        return {p: {i: e for i, e in own.items() if e > 0} for p, own in result.items()}

    def _gains(self) -> dict[tuple[str, str], Fraction]:
        """Return strength times the tie of two regions, where it is above 0."""
        tables, rule = self._tables, self._tables.settings["collaboration"]
        border = {frozenset((row["region_a"], row["region_b"])) for row in tables.rows("borders")}
        members: dict[str, set[str]] = {}
        for row in tables.rows("bodies"):
            members.setdefault(row["body"], set()).add(row["region"])
        result = {}
        for r, s in combinations(tables.regions, 2):
            gaps = [
                (w, self.gaps.get((i, r), Fraction(0)), self.gaps.get((i, s), Fraction(0)))
                for i, w in self.weights.items()
            ]
            shared = sum((w * min(a, b) for w, a, b in gaps), Fraction(0))
            either = sum((w * max(a, b) for w, a, b in gaps), Fraction(0))
            factor = cell(rule["border"] if frozenset((r, s)) in border else rule["no_border"])
            if any(r in group and s in group for group in members.values()):
                factor = cell(rule["body"])
            tie = min(Fraction(1), shared / either * factor) if either else Fraction(0)
            if tie * cell(rule["strength"]) > 0:
                result[r, s] = tie * cell(rule["strength"])
        return result

    def together(self) -> dict[str, tuple[str, str, str, int]]:
        """Return the columns of partners by name: programme, two regions, start."""
        result = {}
        for p in self._tables.programmes.values():
            useful = {r for r in p.regions if any((i, r) in self.need for i in self.effects[p.code])}
            for r, s in combinations(p.regions, 2) if p.joint else ():
                if (r in useful or s in useful) and (r, s) in self.gains:
                    for t in p.starts:
                        result[label("together", p.code, r, s, t)] = (p.code, r, s, t)
        return result

    def both(self) -> dict[str, tuple[Programme, Programme, str, int, Fraction]]:
        """Return the columns of complements by name: the two programmes, region, year, value."""
        result = {}
        for p, o, value in self.pairs:
            for r in p.regions if self.effects[p.code] else ():
                for t in self._tables.years if not o.regions or r in o.regions else ():
                    if p.ready_by(t) and o.ready_by(t):
                        result[label("both", p.code, o.code, r, t)] = (p, o, r, t, value)
        return result

    def piece(self) -> dict[str, tuple[Fraction, Fraction, bool]]:
        """Return the columns of pieces by name: width, worth of a unit, whether anything can reach it."""
        whole, result = sum(self.need.values()), {}
        reach = self._reach()
        for (i, r), need in self.need.items():
            for t, weight in self.year_weights.items():
                begins = Fraction(0)
                for number_, (width, slope) in enumerate(self.pieces):
                    worth = 100 * weight * need * slope / whole
                    result[label("piece", i, r, t, number_)] = (
                        width,
                        worth,
                        reach.get((i, r, t), 0) > begins + SAME,
                    )
                    begins += width
        return result

    def _reach(self) -> dict[tuple[str, str, int], Fraction]:
        """Return the most effect that could be delivered, by issue, region and year."""
        ties: dict[str, Fraction] = {}
        for pair, gain in self.gains.items():
            for region in pair:
                ties[region] = ties.get(region, Fraction(0)) + gain
        helped: dict[str, Fraction] = {}
        for p, _, value in self.pairs:
            helped[p.code] = helped.get(p.code, Fraction(0)) + value
        reach: dict[tuple[str, str, int], Fraction] = {}
        for p in self._tables.programmes.values():
            for r in p.regions:
                factor = 1 + helped.get(p.code, 0) + (ties.get(r, 0) if p.joint else 0)
                for i, effect in self.effects[p.code].items():
                    for t in self._tables.years if p.starts else ():
                        if p.ready_by(t):
                            reach[i, r, t] = reach.get((i, r, t), Fraction(0)) + effect * factor
        return reach

    def columns(self, model: Model, floor: Any) -> dict[str, Column]:
        """Return the columns of what is delivered; of pieces that nothing can reach, those that are there."""
        result: dict[str, Column] = dict.fromkeys((*self.together(), *self.both()), (0, 1, False))
        for name, (width, worth, matters) in self.piece().items():
            if (matters and worth > 0) or name in model.place:
                result[name] = (0, width, False)
        if self._tables.settings["equity"]["mode"] != "off":
            result[label("worst")] = (Fraction(number(floor), UNIT), 100, False)
        return result

    def worth(self) -> Terms:
        """Return what is maximised."""
        return {name: worth for name, (_, worth, _) in self.piece().items()}

    def stated(self, model: Model) -> Iterator[tuple[str, Stated]]:
        """State the rows of what is delivered, over the pieces that the model has."""
        yield from self._of_pairs()
        parts, off = self._parts(), self._tables.settings["equity"]["mode"] == "off"
        gained: dict[str, Terms] = {r: {} for _, r in self.need}
        for (i, r), need in self.need.items():
            own = sum(other for (_, place), other in self.need.items() if place == r)
            for t, weight in self.year_weights.items():
                slopes = {label("piece", i, r, t, k): slope for k, (_, slope) in enumerate(self.pieces)}
                slopes = {name: slope for name, slope in slopes.items() if name in model.place}
                for name, slope in slopes.items():
                    gained[r][name] = 100 * weight * need * slope / own
                if slopes:
                    terms = added(dict.fromkeys(slopes, ONE), *self._delivered(parts, i, r, t))
                    yield label("delivered", i, r, t), (terms, None, NONE)
        for r, pieces in () if off else gained.items():
            yield label("worst_off", r), (added(pieces, {label("worst"): -ONE}), NONE, None)

    def _of_pairs(self) -> Iterator[tuple[str, Stated]]:
        for name, (p, r, s, t) in self.together().items():
            for region in (r, s):
                terms = {name: ONE, label("join", p, region, t): -ONE}
                yield label("partners", p, r, s, t, region), (terms, None, NONE)
        for name, (one, other, r, t, _) in self.both().items():
            for q in (one, other):
                places = (r,) if q.regions else ()
                kind = "join" if q.regions else "start"
                there = (label(kind, q.code, *places, s) for s in q.ready_by(t))
                terms = {name: ONE, **dict.fromkeys(there, -ONE)}
                yield label("complements", one.code, other.code, r, t, q.code), (terms, None, NONE)

    def _parts(self) -> dict[tuple[str, str], list[Part]]:
        """Return what delivers in a region, by programme and region."""
        parts: dict[tuple[str, str], list[Part]] = {}
        for p in self._tables.programmes.values():
            for r in p.regions:
                parts[p.code, r] = [(s, 0, label("join", p.code, r, s), ONE) for s in p.starts]
        for name, (code, r, s, t) in self.together().items():
            for region in (r, s):
                parts[code, region].append((t, 0, name, self.gains[r, s]))
        for name, (p, _, r, t, value) in self.both().items():
            parts[p.code, r].append((0, t, name, value))
        return parts

    def _delivered(self, parts: dict[tuple[str, str], list[Part]], i: str, r: str, t: int) -> Iterator[Terms]:
        for p in self._tables.programmes.values():
            effect = self.effects[p.code].get(i)
            if effect and r in p.regions:
                ready = p.ready_by(t)
                yield {
                    name: -effect * share
                    for start, year, name, share in parts[p.code, r]
                    if (start in ready if start else year == t)
                }


class Scores:
    """What plans gather under the objective ``score``: columns of pairs, their rows, the objective."""

    def __init__(self, tables: Tables) -> None:
        known = tables.programmes
        self._tables = tables
        self._pairs = [
            (known[p], known[o], value)
            for p, o, value in tables.links("complements")
            if value > 0 and p in known and o in known
        ]

    def columns(self, model: Model, floor: Any) -> dict[str, Column]:
        """Return the columns of pairs."""
        return {label("both", p.code, o.code, "", 0): (0, 1, False) for p, o, _ in self._pairs}

    def stated(self, model: Model) -> Iterator[tuple[str, Stated]]:
        """State the rows of pairs."""
        for p, o, _value in self._pairs:
            for q in (p, o):
                name = label("both", p.code, o.code, "", 0)
                terms = added({name: Fraction(1)}, q.started(-1))
                yield label("complements", p.code, o.code, "", 0, q.code), (terms, None, Fraction(0))

    def worth(self) -> Terms:
        """Return what is maximised."""
        people = {row["region"]: cell(row["population"]) for row in self._tables.rows("regions")}
        people = people if any(people.values()) else {region: Fraction(1) for region in people}
        parts = [{label("both", p.code, o.code, "", 0): value} for p, o, value in self._pairs]
        for p in self._tables.programmes.values():
            there = {r: people[r] for r in p.regions}
            there = there if any(there.values()) else dict.fromkeys(there, Fraction(1))
            if not p.regions:
                parts.append(p.started(p.score))
            parts += [
                {label("join", p.code, r, t): p.score * own / sum(there.values()) for t in p.starts}
                for r, own in there.items()
            ]
        return added(*parts)


def mean(values: list[Fraction]) -> Fraction:
    """Return the mean."""
    return sum(values, Fraction(0)) / len(values)


def scaled(scores: Mapping[str, Fraction], counted: Iterable[str]) -> dict[str, Fraction]:
    """Return the scores of the issues that count as parts of their sum."""
    kept = set(counted)
    together = sum((score for i, score in scores.items() if i in kept), Fraction(0))
    return {i: score / together for i, score in scores.items() if i in kept}


def same(one: Fraction | int, other: Fraction | int) -> bool:
    """Return whether two numbers agree to ``SAME``."""
    mine, theirs = Fraction(one), Fraction(other)
    return abs(mine - theirs) <= SAME * (1 + abs(mine))


def check_tables(model: Model, tables: Tables, floor: Any) -> dict[str, int]:
    """Compare columns, objective and rows with those of the tables; return how many rows of each kind."""
    if tables.settings["objective"] not in ("gap_closed", "score"):
        raise Broken("tujuan tidak dikenal", "an unknown objective")
    objective = Scores(tables) if tables.settings["objective"] == "score" else Effects(tables)
    columns: dict[str, Column] = {**tables.columns(), **objective.columns(model, floor)}
    _same_columns(model, columns, objective.worth())
    rows = dict([*tables.stated(), *objective.stated(model)])
    own = {name: at for at, name in enumerate(model.row_names)}
    kinds: dict[str, int] = {}
    for name in [*rows, *own]:
        if name not in own or name not in rows:
            raise _unlike(name, "ada di satu pihak saja", "is on one side alone")
    for name, row in rows.items():
        _same_row(model, own[name], row)
        kind = name.partition("(")[0]
        kinds[kind] = kinds.get(kind, 0) + 1
    return kinds


def _same_row(model: Model, at: int, row: Stated) -> None:
    name, terms = model.row_names[at], added(row[0])
    for mine, theirs in ((row[1], model.row_low[at]), (row[2], model.row_high[at])):
        alike = mine is None if theirs is None else mine is not None and same(mine, Fraction(theirs, UNIT))
        if not alike:
            raise _unlike(name, "batasnya lain", "has other limits")
    told = {model.names[column]: Fraction(factor, UNIT) for column, factor in model.terms[at]}
    for column in [*terms, *told]:
        if not same(terms.get(column, NONE), told.get(column, NONE)):
            raise _unlike(name, f"koefisien {column} lain", f"has another coefficient of {column}")


def _same_columns(model: Model, columns: dict[str, Column], worth: Terms) -> None:
    for name in [*columns, *model.names]:
        if name not in columns or name not in model.place:
            raise _unlike(name, "ada di satu pihak saja", "is on one side alone")
    for name, bounds in columns.items():
        at = model.place[name]
        high = model.high[at]
        told = (
            Fraction(model.low[at], UNIT),
            None if high is None else Fraction(high, UNIT),
            model.whole[at],
        )
        if told != bounds:
            raise _unlike(name, "batasnya lain", "has other bounds")
        if not same(worth.get(name, 0), Fraction(model.worth[at], UNIT)):
            raise _unlike(name, "nilainya lain", "is worth something else")


def _unlike(name: str, indonesian: str, english: str) -> Broken:
    return Broken(f"model bukan model tabel: {name} {indonesian}", f"not the tables' model: {name} {english}")


# --- files, and what is said ---


class Files:
    """The files of a certificate, from a folder, a zip or beside a certificate.json; sizes are bounded."""

    def __init__(self, place: Path) -> None:
        self._zip = None
        try:
            if place.is_dir():
                self._folder = place
            elif zipfile.is_zipfile(place):
                self._zip = zipfile.ZipFile(place)
            else:
                self._folder = place.parent
            self.certificate = self.read(
                CERTIFICATE if place.is_dir() or self._zip else place.name, LARGEST_FILE
            )
        except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
            raise Broken(f"tidak dapat dibaca: {error}", f"cannot be read: {error}") from None

    def read(self, name: str, most: int) -> bytes:
        """Return a file."""
        if self._zip is None:
            file = self._folder / name
            if not file.is_file():
                raise Broken(f"berkas tidak ada: {name}", f"there is no file {name}")
            with file.open("rb") as reader:
                data = reader.read(most + 1)
        else:
            with self._zip.open(name) as reader:
                data = reader.read(most + 1)
        if len(data) > most:
            raise Broken(f"berkas terlalu besar: {name}", f"too large a file: {name}")
        return data

    def tables(self, told: Any) -> dict[str, bytes]:
        """Return the tables, each of the SHA-256 that the certificate names."""
        result = {}
        for name, digest in told.items():
            if not re.fullmatch(r"[a-z_]{1,40}\.csv", name):
                raise Broken(
                    f"bukan nama tabel: {ascii(name)[:40]}", f"no name of a table: {ascii(name)[:40]}"
                )
            try:
                data = self.read(f"tables/{name}", LARGEST_TABLE)
            except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
                raise Broken(f"tabel tidak ada: {name}", f"there is no table {name}") from None
            if hashlib.sha256(data).hexdigest() != digest:
                raise Broken(
                    f"tabel {name} bukan yang disertifikasi (SHA-256)", f"table {name} is another (SHA-256)"
                )
            result[name] = data
        return result


def check(place: Path) -> list[tuple[str, str]]:
    """Check all there is; return what was checked, sentence by sentence, in Indonesian and English."""
    files = Files(place)
    told = load(files.certificate)
    model, claim = Model(_part(told, "model", dict)), _part(told, "claim", dict)
    names = _part(told, "case", str), _part(told, "scenario", str)
    said: list[tuple[str, str]] = [
        (
            f"Kasus {names[0]}, skenario {names[1]}, kata sertifikat.",
            f"Case {names[0]}, scenario {names[1]}, it says.",
        )
    ]
    objective = check_plan(model, told.get("plan"))
    claimed, limit = number(claim.get("objective")), number(claim.get("bound"))
    if claimed * UNIT > objective:
        value = shown(objective, UNIT * UNIT)
        raise Broken(
            f"rencana hanya bernilai {value}, bukan {shown(claimed)}",
            f"the plan is worth {value} only, not {shown(claimed)}",
        )
    rows, columns = len(model.row_names), len(model.names)
    said.append(
        (
            f"Rencana memenuhi tepat semua {rows} baris dan batas {columns} kolom model.",
            f"The plan keeps all {rows} rows and the bounds of all {columns} columns of the model exactly.",
        )
    )
    said.append(
        (
            f"Nilainya paling sedikit {shown(claimed)}, dihitung ulang dari tujuan model.",
            f"It is worth at least {shown(claimed)}, summed up again from the model's objective.",
        )
    )
    prover = Prover(model)
    bound = prove_objective(model, prover, told.get("proof"))
    if bound is None or bound > limit * UNIT:
        proven = "?" if bound is None else shown(bound, UNIT * UNIT)
        raise Broken(
            f"batas {shown(limit)} tidak terbukti: daun-daun hanya membuktikan {proven}",
            f"the bound {shown(limit)} is not proven: the leaves prove {proven} only",
        )
    leaves = prover.leaves
    said.append(
        (
            f"Tidak ada rencana model ini yang bernilai lebih dari {shown(limit)}: terbukti oleh {leaves} "
            "daun yang bersama mencakup semua rencana.",
            f"No plan of this model is worth more than {shown(limit)}: proven by {leaves} leaves that "
            "together cover all plans.",
        )
    )
    said.append(_gap(claimed, limit))
    said += _from_tables(files, told, model)
    return said


def _gap(objective: int, bound: int) -> tuple[str, str]:
    if bound <= objective:
        return "Jadi tidak ada rencana yang lebih baik.", "So no plan is better."
    if objective <= 0:
        return (
            "Karena rencana bernilai 0, selisihnya tidak dalam persen.",
            "The plan is worth 0: no percentage.",
        )
    share = shown(-(-(bound - objective) * 10**6 // objective), 10**4)  # hundredths of a percent, rounded up
    return (
        f"Jadi rencana lain paling banyak {share} % lebih baik.",
        f"So another plan is at most {share} % better.",
    )


FLOOR = (
    "Aturan pemerataan diperiksa sebagai tetapan: setiap daerah yang punya kebutuhan mencapai paling sedikit "
    "{0} persen. Bahwa tetapan ini bagian yang benar dari rencana terbaik tanpa aturan itu tidak dibuktikan.",
    "The equity rule is checked as a constant: each region with a need reaches at least {0} percent. That "
    "this is the right share of the best plan without the rule is not proven here.",
)
NOT_CHECKED = (
    (
        "bahwa tabel dan pengaturan itu benar dan memang yang diputuskan",
        "that the tables and settings are true, and those that were decided",
    ),
    ("bahwa aturan-aturan model adalah bunyi hukum", "that the rules of the model are the law"),
    (
        "bahwa rencana itu bijaksana: model hanya tahu apa yang ada dalam tabel",
        "that the plan is wise: the model knows what is in the tables alone",
    ),
)
NO_TABLES = (
    "bahwa baris-baris model menyatakan tabel: tabel tidak disertakan",
    "that the rows of the model state the tables: no tables came along",
)


def _from_tables(files: Files, told: Any, model: Model) -> list[tuple[str, str]]:
    said = []
    floor = told.get("floor")
    if floor is not None:
        said.append((FLOOR[0].format(shown(number(floor))), FLOOR[1].format(shown(number(floor)))))
    named = told.get("tables")
    if not named:
        return [*said, *_doubts([NO_TABLES])]
    settings = _part(told, "settings", dict)
    try:
        tables = Tables(files.tables(_part(told, "tables", dict)), settings)
        kinds = check_tables(model, tables, floor)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        why = f"{type(error).__name__} {ascii(str(error))[:60]}"
        raise Broken(
            f"tabel atau pengaturan salah bentuk ({why})", f"tables or settings are malformed ({why})"
        ) from None
    counts = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    said.append(
        (
            f"Tabel ({len(named)} berkas, SHA-256 cocok) dan pengaturan memberi model yang sama: dinyatakan "
            f"ulang baris demi baris (sampai 1/10^9), semua kolom, dan tujuannya. Baris per jenis: {counts}.",
            f"The tables ({len(named)} files, SHA-256 as named) and settings give the same model: stated "
            f"anew row by row (to 1/10^9), all columns, and the objective. Rows by kind: {counts}.",
        )
    )
    return [*said, *_doubts([])]


def _doubts(more: list[tuple[str, str]]) -> list[tuple[str, str]]:
    doubts = [*more, *NOT_CHECKED]
    indonesian = "; ".join(doubt for doubt, _ in doubts)
    english = "; ".join(doubt for _, doubt in doubts)
    return [(f"TIDAK diperiksa: {indonesian}.", f"NOT checked: {english}.")]


def main(arguments: list[str]) -> int:
    """Check what is named, else what lies beside this file; return the exit code."""
    if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]):
        print((__doc__ or "").strip())
        return 2
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        said = check(place)
    except Broken as broken:
        print(f"GAGAL: {plain(broken.words[0])}.\nFAILED: {plain(broken.words[1])}.")
        return 1
    print("LULUS. Yang diperiksa skrip ini:")
    print("\n".join(f"- {plain(indonesian)}" for indonesian, _ in said))
    print("\nPASSED. What this script checked:")
    print("\n".join(f"- {plain(english)}" for _, english in said))
    return 0


def plain(text: str) -> str:
    """Return a text without what could move a terminal's cursor, in characters that each terminal has."""
    safe = "".join(letter if letter.isprintable() else "?" for letter in text)
    return safe.encode(sys.stdout.encoding or "ascii", "replace").decode(sys.stdout.encoding or "ascii")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
