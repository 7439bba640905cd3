"""Numbers as people write them, in CSV and in workbooks: a value, a question or an error, as the rules say.

What each should give is made with it, from the number that was meant: by no code of jspmodel. A *question* is an
error that names both ways to read the cell, or the way to write it; a value is never wrong by a factor.
"""

import random
from datetime import datetime
from fractions import Fraction

import pytest

from fuzz.effort import ROUNDS
from jspmodel.errors import Problem
from jspmodel.intake import Flaw, normal_cell
from jspmodel.text import listing
from jspmodel.workbook.book import Cell
from jspmodel.workbook.sheet_cells import cell_text

COUNT = 150
NUMBER = {"name": "value", "type": "number"}
MONEY = {
    "name": "amount", "type": "number", "unit": "miliar rupiah",
    "constraints": {"minimum": 0, "maximum": 10_000_000},
}  # fmt: skip
SHARE = {"name": "effect", "type": "number", "constraints": {"minimum": 0, "maximum": 1}}
PERCENT = {"name": "growth", "type": "number", "unit": "persen"}
YEAR = {"name": "year", "type": "integer", "constraints": {"minimum": 1900, "maximum": 2200}}
WHOLE = {"name": "count", "type": "integer"}
ERROR = "an error"


def plain(rng):
    """A number with at most two decimals, as text with a point, and its value."""
    whole, part = rng.randrange(0, 10 ** rng.randrange(1, 10)), rng.choice(["", "5", "25", "07"])
    return f"{whole}.{part}" if part else str(whole)


def groups(whole, mark):
    return f"{int(whole):,}".replace(",", mark)


def csv_numbers(rng):
    """Yield a cell of CSV, its column, whether a comma may be decimal, and the number that it means or ERROR."""
    text = plain(rng)
    whole, _, part = text.partition(".")
    sign = rng.choice(["", "-", "+"])
    value = Fraction(f"{sign}{text}")
    yield f"{sign}{text}", NUMBER, False, value
    yield f"{sign}{text}e0", NUMBER, False, value
    yield f"{sign}{text}E+2", NUMBER, False, value * 100
    yield f"{sign}{text}e-1", NUMBER, False, value / 10
    yield f"{text}%", PERCENT, False, Fraction(text)
    yield f"{text} persen", PERCENT, False, Fraction(text)
    yield f"{text}%", NUMBER, False, ERROR
    percent = str(rng.randrange(0, 101))
    yield f"{percent} %", SHARE, False, Fraction(percent) / 100
    yield f"{int(percent) + 101}%", SHARE, False, ERROR
    if part:
        yield f"{sign}{whole},{part}", NUMBER, True, value
        yield f"{sign}{whole},{part}", NUMBER, False, ERROR
    for mark in (",", ".", " ", "'", "\N{NARROW NO-BREAK SPACE}"):
        if int(whole) >= 10**6:
            yield f"{sign}{groups(whole, mark)}", NUMBER, True, ERROR
            yield f"{sign}{groups(whole, mark)}", NUMBER, False, ERROR
    once = str(rng.randrange(1, 1000)), f"{rng.randrange(1000):03}"
    yield ",".join(once), NUMBER, True, Fraction(".".join(once))  # the file parts its columns otherwise
    yield ",".join(once), NUMBER, False, ERROR  # thousands, or a decimal comma
    yield ".".join(once), NUMBER, True, ERROR
    yield ".".join(once), NUMBER, False, Fraction(".".join(once))
    yield "Rp " + text, NUMBER, False, ERROR
    yield "$" + text, NUMBER, False, ERROR
    year = rng.randrange(1900, 2201)
    for word in ("TA {}", "tahun {}", "{} M", "{}.0", "{}"):
        yield word.format(year), YEAR, False, Fraction(year)
    yield str(rng.choice([1, 1899, 2201, 9999, -2027])), YEAR, False, ERROR
    yield f"{year}.5", YEAR, False, ERROR
    yield f"{whole}.5", WHOLE, False, ERROR
    for odd in (
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "+inf",
        "1e999",
        "-1e15",
        "1e15",
        "#N/A",
        "#DIV/0!",
        "9" * 400,
    ):
        yield odd, NUMBER, rng.random() < 0.5, ERROR
    for odd in (
        "",
        "-",
        "+",
        ".",
        ",",
        "e5",
        "1e",
        "--1",
        "+-1",
        "1-",
        "(5)",
        "0x10",
        "1_000",
        "٣",
        "१२",
        "１２",
        "²",
        "½",
        "Ⅷ",
        "5\0",
    ):
        if odd:
            yield odd, NUMBER, rng.random() < 0.5, ERROR
    yield "\N{MINUS SIGN}5", NUMBER, False, ERROR
    yield f"{text[:1]}\N{ARABIC-INDIC DIGIT THREE}", NUMBER, False, ERROR
    yield "-0.5", MONEY, False, ERROR
    yield "10000000.5", MONEY, False, ERROR
    day, month, when = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1990, 2060)
    yield f"{day:02}-{month:02}-{when}", NUMBER, False, ERROR


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_number_in_csv(seed):
    rng, wrong = random.Random(seed), []
    for _ in range(COUNT):
        for cell, field, comma, meant in csv_numbers(rng):
            found = normal_cell(cell, field, decimal_comma=comma)
            if not agree(found, meant):
                wrong.append((cell, field["name"], comma, found, meant))
    assert not wrong, wrong[:10]


def agree(found, meant):
    """Whether what was read is what was meant; an error has words in both languages."""
    if isinstance(found, Flaw):
        told = [Problem(found.code, "a.csv", 2, "value", found.values)]
        assert all(len(listing(told, language)) > 20 for language in ("id", "en"))
        return meant is ERROR
    try:
        return meant is not ERROR and (Fraction(found) == meant)
    except ValueError:  # as it was written, to be refused as no number
        return False


UNITS = {"": 1, "ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "T": 10**12, "jt": 10**6}
BILLION = 10**9


def amounts(rng):
    """Yield a text of a cell of money, and what it means in Rp billion, or ERROR."""
    whole = str(rng.randrange(10**6, 10**12))
    yield f"Rp {groups(whole, '.')}", Fraction(int(whole), BILLION)
    yield f"Rp{groups(whole, '.')},-", Fraction(int(whole), BILLION)
    yield f"Rp. {groups(whole, ',')}.00", Fraction(int(whole), BILLION)
    yield f"IDR {groups(whole, '.')},00", Fraction(int(whole), BILLION)
    few, part = str(rng.randrange(1, 1000)), rng.choice(["5", "25"])
    for unit in ("juta", "miliar", "triliun", "jt", "ribu"):
        yield f"{few},{part} {unit}", Fraction(f"{few}.{part}") * UNITS[unit] / BILLION
        yield f"Rp {few} {unit}", Fraction(few) * UNITS[unit] / BILLION
    yield f"{few},{part} M", ERROR  # miliar or million
    yield f"{few}{part} m", ERROR
    yield f"{few},{part}", Fraction(f"{few}.{part}")
    yield f"{few}.{rng.randrange(1000):03}", ERROR
    yield f"Rp {few}", ERROR  # rupiah, or billions as the table has them
    yield f"{few}.{few.zfill(3)}.{few.zfill(2)[:2]}", ERROR
    yield f"{few} dolar", ERROR
    yield "Rp", ERROR
    yield f"-Rp {groups(whole, '.')}", ERROR


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_an_amount_in_a_workbook(seed):
    rng, wrong = random.Random(seed), []
    for _ in range(COUNT):
        for text, meant in amounts(rng):
            found = judged(cell_text(text, MONEY), MONEY)
            if not agree(found, meant):
                wrong.append((text, found, meant))
    assert not wrong, wrong[:10]


def judged(said, field):
    """Return what a cell of a workbook comes to once it is judged as a cell of its table is."""
    return said if isinstance(said, Flaw) else normal_cell(said, field, decimal_comma=False)


def values(rng):
    """Yield a value of a cell of a workbook, how it is shown, its column, and what it means or ERROR."""
    number = round(rng.uniform(0, 1000), 2)
    exact = Fraction(str(number))
    yield number, "General", NUMBER, exact
    yield -number, "#,##0.00", NUMBER, -exact
    yield number / 10**4, "0.0%", SHARE, Fraction(str(number / 10**4))
    share = round(rng.random(), 4)
    yield share, "0%", PERCENT, Fraction(str(share)) * 100
    yield share, "0.00%", NUMBER, ERROR
    yield 1 + number, "0%", PERCENT, ERROR  # 2.5 shown as 250 %, or 2.5 % typed into such a cell
    year = rng.randrange(1990, 2060)
    yield year, "0", YEAR, Fraction(year)
    yield float(year), "General", YEAR, Fraction(year)
    yield datetime(year, 1, 1), "yyyy", YEAR, Fraction(year)
    yield datetime(year, rng.randrange(1, 13), 5), "d-mmm", NUMBER, ERROR
    yield True, "General", NUMBER, ERROR
    yield float("inf"), "General", NUMBER, ERROR
    yield 1e300, "General", NUMBER, ERROR
    rupiah = rng.randrange(10**7, 10**13)
    yield rupiah, '"Rp" #,##0', MONEY, Fraction(rupiah, BILLION)
    yield number + 1, '#,##0 "juta"', MONEY, Fraction(str(number + 1)) / 1000
    yield rupiah, "General", MONEY, ERROR if rupiah > 10**7 else Fraction(rupiah)
    yield number, "[$$-409]#,##0.00", MONEY, ERROR if number else Fraction(0)
    yield number, "General", MONEY, exact


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_value_in_a_workbook(seed):
    rng, wrong = random.Random(seed), []
    for _ in range(COUNT):
        for value, look, field, meant in values(rng):
            cell = Cell(value, look)
            shown_as = cell.look if isinstance(value, int | float) else ""
            found = judged(cell_text(cell.value, field, shown_as=shown_as), field)
            if not agree(found, meant):
                wrong.append((value, look, field["name"], found, meant))
    assert not wrong, wrong[:10]
