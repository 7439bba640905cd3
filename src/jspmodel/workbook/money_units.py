"""Units of money that stand outside a cell: in a heading, in a line above the table, in a number format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

THOUSAND = Decimal(10) ** 3
SCALES = {
    "rupiah": Decimal(1),
    **dict.fromkeys(("ribu", "ribuan", "rb", "rbu", "thousand", "thousands"), THOUSAND),
    **dict.fromkeys(("juta", "jutaan", "jt", "jta", "million", "millions", "mio"), THOUSAND**2),
    **dict.fromkeys(("miliar", "milyar", "miliaran", "milyaran", "miliard", "milyard"), THOUSAND**3),
    **dict.fromkeys(("mlr", "mlyr", "billion", "billions", "bn"), THOUSAND**3),
    **dict.fromkeys(
        ("triliun", "trilyun", "triliunan", "trilyunan", "trillion", "trillions", "t"), THOUSAND**4
    ),
}
"""What each word makes of a number, in rupiah."""
IN_DOUBT = {"m", "mil", "mill"}
"""Words that may mean miliar or million."""
_RUPIAH = {"rp", "idr", "rupiah"}
_FILLING = {"dalam", "dlm", "in", "of", "satuan", "nilai", "angka", "jumlah", "x", "×", "*", "kali"}
_ZEROS = re.compile(r"1?(?:[., ]?000)+")
_TOKEN = re.compile(
    r"1?(?:[., ]?000)+(?![0-9])|[0-9]+(?:[.,][0-9]+)*|[a-z]+\$?|[^\w\s.,:;/'’`()\[\]-]", re.IGNORECASE
)
_FOREIGN = re.compile(
    r"(?:us|a|au|s|sg)?\$|[€£¥]|usd|eur|euros?|sgd|aud|jpy|yen|cny|yuan|myr|ringgit|gbp|dol+ars?|riyal|sar",
    re.IGNORECASE,
)
_NO_UNIT = re.compile(
    r"20[0-9]{2}|n|indikatif|usulan|perkiraan|estimasi|apb[dn]|dak|dau|dbh|rkpd|murni|perubahan|tahun|thn|ta|anggaran"
    r"|pagu|total|prakiraan|maju|kebutuhan|dana|biaya|sementara|rencana|proposed|indicative|budget|cost",
    re.IGNORECASE,
)
"""Words in brackets of a heading that say something else than a unit."""
_BRACKETS = re.compile(r"[(\[](.*?)[)\]]")
_STATED = re.compile(r"\b(?:dalam|dlm|satuan|in)\b\W*(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class MoneyUnit:
    """A unit that money is said to be in.

    Attributes
    ----------
    written : str
        As it stands there.
    scale : Decimal or None
        What one is in rupiah; None where that is in doubt or not known.
    is_scaled : bool
        Whether thousands, millions, ... are named: "Rp" alone says only the currency.
    which_million : bool
        Whether it is M, which may be miliar or million.
    """

    written: str
    scale: Decimal | None
    is_scaled: bool = False
    which_million: bool = False


def heading_unit(heading: str) -> MoneyUnit | None:
    """Return the unit that a heading of a column of money names, None where it names none.

    Parameters
    ----------
    heading : str

    Returns
    -------
    MoneyUnit or None
        What stands in brackets and is not known may be a unit: then none is sure.

    Examples
    --------
    >>> [str(heading_unit(f"Pagu {unit}").scale) for unit in ("(Rp. 000)", "(x Rp1.000)", "(Rp jt)", "(USD)")]
    ['1000', '1000', '1000000', 'None']
    >>> heading_unit("Pagu (Rp M)").which_million, heading_unit("Pagu 2027"), heading_unit("Pagu (indikatif)")
    (True, None, None)
    """
    outside = _BRACKETS.sub(" ", heading)
    found = [unit for piece in _BRACKETS.findall(heading) if (unit := _unit(piece, whole=True))]
    found += [unit for unit in [_unit(outside, whole=False)] if unit]
    return combined(found)


def stated_unit(line: str) -> MoneyUnit | None:
    """Return the unit that a line above a table states for all of it, None where it states none.

    Examples
    --------
    >>> stated_unit("Rekap usulan (dalam ribuan rupiah)").scale, stated_unit("Rp juta").scale
    (Decimal('1000'), Decimal('1000000'))
    >>> stated_unit("Usulan dalam kota (Sleman)"), stated_unit("Bantuan 5 juta rumah")
    (None, None)
    """
    pieces = [*_BRACKETS.findall(line), line, *(match[1] for match in _STATED.finditer(line))]
    return next(
        (unit for piece in pieces if _is_explained(piece) and (unit := _unit(piece, whole=True))), None
    )


def combined(units: Iterable[MoneyUnit | None]) -> MoneyUnit | None:
    """Return the one unit that several places name together, in doubt where they differ.

    A currency alone ("Rp") goes with a scale that stands elsewhere ("dalam ribuan").
    """
    found = [unit for unit in units if unit]
    for unit in found:
        if unit.scale is None:
            return unit
    scaled = [unit for unit in found if unit.is_scaled]
    if len({unit.scale for unit in scaled}) > 1:
        return MoneyUnit(" / ".join(unit.written for unit in scaled), None)
    return next(iter(scaled or found), None)


def _unit(piece: str, *, whole: bool) -> MoneyUnit | None:
    """Return the unit of a piece of text; in a piece that is one as a whole no other word is let pass."""
    written = " ".join(piece.split())
    words = [word.casefold() for word in _TOKEN.findall(piece)]
    if any(_FOREIGN.fullmatch(word) for word in words):
        return MoneyUnit(written, None, is_scaled=True)
    if IN_DOUBT & set(words):
        return MoneyUnit(written, None, is_scaled=True, which_million=True)
    scales = list(_scales(words, whole=whole))
    others = [word for word in words if not _is_known(word)]
    counted = any(word[0].isdigit() for word in others)  # (10 ribu) is no unit that is known
    if whole and ((scales and counted) or not all(_NO_UNIT.fullmatch(word) for word in others)):
        return MoneyUnit(written, None)
    if len(scales) > 1:
        return MoneyUnit(written, None, is_scaled=True)
    if scales:
        return MoneyUnit(written, scales[0], is_scaled=True)
    return MoneyUnit(written, Decimal(1)) if _RUPIAH & set(words) else None


def _scales(words: Iterable[str], *, whole: bool) -> Iterator[Decimal]:
    for word in words:
        if word in SCALES and word != "rupiah" and (whole or word != "t"):
            yield SCALES[word]
        elif _ZEROS.fullmatch(word):
            yield THOUSAND ** (word.count("000"))


def _is_known(word: str) -> bool:
    return word in SCALES or word in _RUPIAH or word in _FILLING or _ZEROS.fullmatch(word) is not None


def _is_explained(piece: str) -> bool:
    words = [word.casefold() for word in _TOKEN.findall(piece)]
    return bool(words) and all(
        _is_known(word) or word in IN_DOUBT or _FOREIGN.fullmatch(word) for word in words
    )
