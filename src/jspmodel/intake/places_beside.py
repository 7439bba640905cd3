"""Places that a location names beside regions of a case, and that the case does not have."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache

from jspmodel.intake.official_regions import is_kind, key_of, kind_and_key, official_regions, province_of
from jspmodel.intake.region_names import APART, Meaning, within_text

_ITEMS = re.compile(r"\s*(?:[;&]|\+|\bdan\b|\band\b|\bserta\b)\s*", re.IGNORECASE)
"""What parts a list of places; a comma parts an address too."""
_ALIKE = 0.9
"""How like the name of a region is what may be a slip of it: one letter of ten."""
_WORDS = 5
"""Of the longest name of a kabupaten, with its kind and one to spare."""


def places_beside(
    text: str, names: Mapping[str, str], meaning: Callable[[str], Meaning], titles: Collection[str] = ()
) -> tuple[str, ...]:
    """Return what a location names beside regions of the case, and the case does not have.

    An address may say more than its region ("Dukuh X, Kab. Sleman"): told is a kabupaten, kota or province of
    the country that neither is in the case nor lies around it, what stands in a list of regions without being
    one, and what is nearly the name of one.

    Parameters
    ----------
    text : str
        Names a region of the case somewhere.
    names : mapping of str to str
        Name of each region of the case by code.
    meaning : callable
        What a text means among them.
    titles : collection of str, optional
        Of the case: what they name lies around its regions.

    Returns
    -------
    tuple of str
        As it is written.

    Examples
    --------
    >>> from jspmodel.intake.region_names import RegionNames
    >>> names = {"jetis": "Kemantren Jetis", "kraton": "Kemantren Kraton"}
    >>> known = RegionNames(names).meanings
    >>> places_beside("Jetis, Kota Magelang", names, known, ["Kota Yogyakarta"])
    ('Kota Magelang',)
    >>> places_beside("Jetis, Kota Yogyakarta, DIY", names, known, ["Kota Yogyakarta"])
    ()
    >>> places_beside("Dukuh Ngentak, Jetis", names, known), places_beside("Jetis, Kratonn", names, known)
    ((), ('Kratonn',))
    >>> places_beside("Jetis dan sekitarnya", names, known)
    ('sekitarnya',)
    """
    around = {*names, *(code for each in (*names.values(), *titles) for code in _official_within(each))}
    parts = [part for part in APART.split(text) if part]
    single = {codes for part in parts if len(codes := meaning(part).codes) == 1}
    found: list[str] = []
    for part in parts:
        if meaning(part).codes or meaning(part).choices:
            continue
        if elsewhere := [piece for piece in _named(part, around) if not meaning(piece).codes]:
            found += elsewhere
        elif not within_text(part, names, meaning).codes and (len(single) > 1 or _is_slip(part, names)):
            found.append(part)
    items = [item for item in _ITEMS.split(text) if item]
    if any(meaning(item).codes for item in items):
        found += [item for item in items if not within_text(item, names, meaning).codes]
    return tuple(dict.fromkeys(found))


def _named(part: str, around: Collection[str]) -> Iterator[str]:
    """Yield the official regions that a part is, or names by kind, and that do not lie around the case."""
    words = part.split()
    starts = [0, *(start for start, word in enumerate(words) if start and is_kind(word))]
    for start in starts:
        ends = range(min(len(words), start + _WORDS), start, -1) if is_kind(words[start]) else (len(words),)
        pieces = (" ".join(words[start:end]) for end in ends)
        piece = next((piece for piece in pieces if _official(piece)), "")
        if piece and not any(_lies_around(code, around) for code in _official(piece)):
            yield piece


def _lies_around(code: str, around: Collection[str]) -> bool:
    return any(known == code or known.startswith(f"{code}.") for known in around)


def _official(text: str) -> list[str]:
    """Return the codes of the kabupaten, kota and provinces that have a name."""
    kind, key = kind_and_key(text)
    codes = [code for code, its_kind in _by_name().get(key, ()) if kind in {"", its_kind}]
    province = province_of(text)
    return [*codes, province] if province else codes


@cache
def _by_name() -> dict[str, set[tuple[str, str]]]:
    """Return code and kind of the kabupaten and kota that have a name, by the name in letters alone."""
    found: dict[str, set[tuple[str, str]]] = {}
    for code, (name, _, others) in official_regions().items():
        kind, key = kind_and_key(name)
        for each in (key, *map(key_of, others)):
            found.setdefault(each, set()).add((code, kind))
    return found


def _official_within(title: str) -> Iterator[str]:
    """Yield the codes of the official regions that a title names."""
    words = title.split()
    for start in range(len(words)):
        for size in range(min(_WORDS, len(words) - start), 0, -1):
            yield from _official(" ".join(words[start : start + size]))


def _is_slip(part: str, names: Mapping[str, str]) -> bool:
    """Whether a part is nearly the name of a region, and of no other kind."""
    kind, key = kind_and_key(part)
    known = [kind_and_key(name) for name in names.values()]
    return any(
        kind in {"", its_kind} and SequenceMatcher(None, key, its_key, autojunk=False).ratio() >= _ALIKE
        for its_kind, its_key in known
    )
