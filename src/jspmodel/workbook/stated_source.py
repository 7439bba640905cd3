"""Where figures come from, as the foot of a table states it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SOURCE = re.compile(
    r"\W*(?:sumber|source)(?: *data)?(?: */ *(?:source|sumber))?(?: *data)? *: *(.*)", re.IGNORECASE
)
_BPS = re.compile(r"\bBPS\b|badan pusat statistik|statistics indonesia", re.IGNORECASE)
_NOT_OBSERVED = re.compile(
    r"proyeksi|projection|perkiraan|prakiraan|estima|diolah|latihan|exercise|contoh|ilustra|illustra|simulasi",
    re.IGNORECASE,
)
"""What makes of a source that names BPS no plain observation."""


@dataclass(frozen=True)
class StatedSource:
    """The source of a table.

    Attributes
    ----------
    text : str
        ``""`` where none is stated.
    """

    text: str

    @property
    def status(self) -> str:
        """``observed`` where BPS is named and nothing says that its figures were worked on, else ``""``."""
        return "observed" if _BPS.search(self.text) and not _NOT_OBSERVED.search(self.text) else ""


def stated_source(lines: Iterable[Iterable[str]]) -> StatedSource:
    """Return the source that a line beginning with Sumber or Source states.

    Parameters
    ----------
    lines : iterable of iterable of str
        Texts of each row; the colon tells such a line from a region of that name.

    Returns
    -------
    StatedSource
        The last one that is stated.

    Examples
    --------
    >>> stated_source([["Jember", "9,5"], ["Sumber: BPS, Susenas Maret"]])
    StatedSource(text='BPS, Susenas Maret')
    >>> stated_source([["Sumber/Source :", "BPS"]]).status, stated_source([["Sumber", "9,5"]]).text
    ('observed', '')
    """
    found = ""
    for texts in lines:
        found = stated_in(texts) or found
    return StatedSource(found)


def stated_in(texts: Iterable[str]) -> str:
    """Return the source that a row states, ``""`` where it states none."""
    match = _SOURCE.fullmatch(" ".join(" ".join(texts).split()))
    return match[1] if match else ""
