"""Text from files of others, before it stands among words of ours."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    r"""Return a text without the characters that no XML may hold: a document with one cannot be opened.

    Examples
    --------
    >>> xml_text("a\x1bb")
    'ab'
    """
    return _NOT_XML.sub("", text)


def printable(text: str, longest: int | None = None) -> str:
    """Return a text that can neither move the cursor, nor turn the line around it, nor flood the page.

    Parameters
    ----------
    text : str
        Anything; what is not printable (control characters, marks of writing direction) becomes U+FFFD.
    longest : int, optional
        Characters to keep; what is cut ends in an ellipsis.

    Returns
    -------
    str
        One line. Markup is not escaped.
    """
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return plain if longest is None or len(plain) <= longest else plain[: longest - 1] + "…"
