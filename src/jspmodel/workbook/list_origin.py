"""What a list of proposals says that it is, so that its proposals name it as their origin."""

from __future__ import annotations

import re
from collections.abc import Iterable

ORIGIN = "origin"
"""The key of a proposal's texts that holds it."""
_SAID = {
    "Musrenbang": r"musrenbang|musyawarah perencanaan|\bt-?d\.? ?4\b",
    "Pokir DPRD": r"\bpokir\b|pokok-pokok pikiran",
    "BKK": r"\bbkk\b|bantuan keuangan",
    "Renja": r"\brenja\b|\bt-?c\.? ?33\b|rencana kerja (?:perangkat|satuan|opd|skpd)",
    "RKPD": r"\brkpd\b|rencana kerja pemerintah",
}


def list_origin(texts: Iterable[str]) -> str:
    """Return what the titles of a list, or else the name of its file, say that it is, or ``""``.

    Parameters
    ----------
    texts : iterable of str
        From the one that counts most.

    Returns
    -------
    str

    Examples
    --------
    >>> list_origin(["RENCANA KERJA (RENJA) TAHUN 2027"]), list_origin(["Daftar", "musrenbang_27.xlsx"])
    ('Renja', 'Musrenbang')
    """
    found = (origin for text in texts for origin, said in _SAID.items() if re.search(said, _plain(text)))
    return next(found, "")


def _plain(text: str) -> str:
    return text.casefold().replace("_", " ")
