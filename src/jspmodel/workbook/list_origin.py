"""What a list of proposals says that it is, so that its proposals name it as their origin."""

from __future__ import annotations

import re
from collections.abc import Iterable

ORIGIN = "origin"
"""The key of a proposal's texts that holds it."""
OF_A_YEAR = "of_a_year"
"""The key that says whether the list is for one year: then a proposal need not give its start."""
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


def is_of_a_year(texts: Iterable[str]) -> bool:
    """Return whether the title that says what a list is names the one year that it is for.

    Examples
    --------
    >>> is_of_a_year(["RENCANA KERJA (RENJA) TAHUN 2027"]), is_of_a_year(["Renja 2027-2029"])
    (True, False)
    >>> is_of_a_year(["Usulan 2027"])
    False
    """
    titles = (text for text in texts if list_origin([text]))
    return len(set(re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", next(titles, "")))) == 1


def _plain(text: str) -> str:
    return text.casefold().replace("_", " ")
