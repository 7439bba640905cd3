"""Rows that add up the others, which are left out, and said to be."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOTAL = re.compile(
    r"(?:(?:sub|grand)[ -]?)?(?:total|jumlah)"
    r"(?: (?:total|keseluruhan|seluruhnya|semua|umum|pagu|anggaran|biaya|besar))*"
    r"(?: \(?(?:rp|tahun|ta|[0-9]{4})\.?\)?)* ?[:=]?",
    re.IGNORECASE,
)


def is_total(texts: Iterable[str]) -> bool:
    """Whether a row adds up others: its first text says so.

    Parameters
    ----------
    texts : iterable of str
        Its cells, blank ones too.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_total(["", "TOTAL", "12"]), is_total(["Jumlah pagu 2027"]), is_total(["Jumlah penduduk"])
    (True, True, False)
    """
    first = next((text for text in texts if re.search(r"[^\W\d_]", text)), "")
    return _TOTAL.fullmatch(" ".join(first.split())) is not None
