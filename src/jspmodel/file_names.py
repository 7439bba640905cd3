"""Names that people give to what is written: runs, scenarios, cases, adopted plans."""

from __future__ import annotations

import re

_NAME = re.compile(r"\w[\w .-]{0,79}")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9]) *(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever follows a dot."""


def is_file_name(name: str) -> bool:
    """Return whether a name stands for one file or folder, here and on other machines.

    Letters, digits, spaces, dots and hyphens, at most 80, begun by a letter or digit and not ended by a dot
    or a space: no path leads out of a folder, and no system refuses it.

    Parameters
    ----------
    name : str

    Returns
    -------
    bool

    Examples
    --------
    >>> [is_file_name(name) for name in ("kota 2028", "../x", ".hidden", "x.", "", "x" * 81, "Con.2", "con2")]
    [True, False, False, False, False, False, False, True]
    """
    plain = _NAME.fullmatch(name) is not None and not name.endswith((".", " "))
    return plain and _DEVICE.fullmatch(name) is None
