"""Text from files of others, before it stands among words of ours."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters that are no blanks
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u061c"  # of no width, and marks of writing direction
    "\u00ad\u180e\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
"""Characters that nobody sees. Joiners stay between letters beyond ASCII: some scripts need them."""


def visible(text: str) -> str:
    r"""Return a text without the characters that nobody sees, and that may turn or part what stands around.

    They come along when a name is copied from a web page or a message: a code with one is not the code that
    it looks like, and a mark of writing direction turns a whole line of a report.

    Examples
    --------
    >>> visible("P01\u200b"), visible("a\x1bb\u202etxt.exe"), visible("\ufeffJetis"), visible("satu\ndua")
    ('P01', 'abtxt.exe', 'Jetis', 'satu\ndua')
    """
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


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
