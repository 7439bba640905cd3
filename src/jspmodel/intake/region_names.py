"""Regions as people write them: Kab. Bantul, Bantul, 3402, Kota Bandung dan Cimahi, semua, DIY."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from jspmodel.intake.official_regions import (
    is_kind,
    key_of,
    kind_and_key,
    official_regions,
    province_of,
    provinces,
    region_of_bps,
)

_BPS = re.compile(r"[0-9]{4}")
APART = re.compile(r"\s*(?:[,;&\n]|/|\+|\bdan\b|\band\b|\bserta\b)\s*", re.IGNORECASE)
"""What stands between places that are named together."""
_EVERY = r"semua|seluruh|segenap|all|every"
_KIND_WORDS = r"daerah|wilayah|kab\w*\.?|kota|dan|tanpa|kecuali|regions?|regencies|cities|and|without|except"
_ALL = re.compile(rf"(?:{_EVERY})((?:\s+(?:{_KIND_WORDS}|/)|/\s*kota)*)", re.IGNORECASE)
_ALL_OF_KIND = re.compile(rf"(?:{_EVERY})\s+(\w+)", re.IGNORECASE)
"""Such as "semua kemantren"; of kabupaten and kota there may be doubt."""
_ALL_OF = re.compile(
    rf"((?:{_EVERY})\b\s*)?((?:(?:{_KIND_WORDS})\b\.?[\s/]*)*)(se[- ]?|di |of )?(.+)", re.IGNORECASE
)
_LESS = re.compile(r"\b(?:tanpa|kecuali|without|except)\b", re.IGNORECASE)
_KABUPATEN, _KOTA = (re.compile(words, re.IGNORECASE) for words in (r"\bkab|\bregenc", r"kota\b|\bcities\b"))
_EITHER = ("semua kabupaten/kota", "semua kabupaten tanpa kota")
"""What "seluruh kabupaten" may mean where there are kota too: both can be written, and are no question."""


@dataclass(frozen=True)
class Meaning:
    """What a text may mean among the regions of a case.

    Attributes
    ----------
    codes : tuple of str
        The regions that it means; one, or several where it names them all; empty where it names none or is in
        doubt.
    choices : tuple of str
        Code and name of each region that it may mean, where it is in doubt.
    is_bps : bool
        Whether the doubt is of a BPS code that is another region's Kemendagri code.
    beside : tuple of str
        What it names beside the ``choices`` that is no region of the case.
    unknown : tuple of str
        The parts of a list that name nothing, where others do.
    """

    codes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    is_bps: bool = False
    beside: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def of_parts(found: Mapping[str, Meaning]) -> Meaning:
    """Return what a list means of whose parts each means one thing: all of them, a doubt, or what is unknown.

    Examples
    --------
    >>> of_parts({"Demak": Meaning(("33.21",)), "Semrang": Meaning()}).unknown
    ('Semrang',)
    """
    if doubt := next((each for each in found.values() if each.choices), None):
        return doubt
    unknown = tuple(part for part, each in found.items() if not each.codes)
    if unknown:
        return Meaning(unknown=unknown if len(unknown) < len(found) else ())
    return Meaning(tuple(dict.fromkeys(each.codes[0] for each in found.values())))


class RegionNames:
    """The regions of a case by name.

    Parameters
    ----------
    names : mapping of str to str
        Name by code.
    kinds : mapping of str to str, optional
        Kind by code, where it is not part of the name.

    Examples
    --------
    >>> names = {"33.22": "Kabupaten Semarang", "33.74": "Kota Semarang", "33.21": "Kabupaten Demak"}
    >>> known = RegionNames(names)
    >>> known.meaning("Kab. Semarang").codes, known.meaning("demak").codes, known.meaning("Semarang").choices
    (('33.22',), ('33.21',), ('33.22 Kabupaten Semarang', '33.74 Kota Semarang'))
    >>> known.meanings("Kota Semarang dan Demak").codes, known.meanings("semua").codes
    (('33.74', '33.21'), ('33.22', '33.74', '33.21'))
    >>> known.meanings("seluruh kabupaten").choices, known.meanings("seluruh kota").codes
    (('semua kabupaten/kota', 'semua kabupaten tanpa kota'), ('33.74',))
    >>> RegionNames({"a": "Kemantren Jetis", "b": "Kemantren Kraton"}).meanings("semua kemantren").codes
    ('a', 'b')
    """

    def __init__(self, names: Mapping[str, str], kinds: Mapping[str, str] | None = None) -> None:
        self.names = dict(names)
        own = {code: (kinds or {}).get(code, "").casefold() or _official_kind(code) for code in self.names}
        self._kinds = {code: kind_and_key(name)[0] or own[code] for code, name in self.names.items()}
        self._known = [
            (code, kind or own[code], key)
            for code, name in self.names.items()
            for kind, key in _spellings(code, name)
        ]
        self._provinces = {code[:2] for code in self.names if code in official_regions()}

    def meaning(self, text: str) -> Meaning:
        """Return the one region that a text names, by code, by name or by BPS code."""
        written = " ".join(text.split())
        if written in self.names:
            return Meaning((written,))
        if _BPS.fullmatch(written):
            return self._of_bps(written)
        code, _, rest = written.partition(" ")
        if code in self.names and self.meaning(rest).codes == (code,):
            return Meaning((code,))
        found = list(dict.fromkeys(self._found(written)))
        others = [] if kind_and_key(written)[0] else self._elsewhere(written, found)
        if len(found) == 1 and not others:
            return Meaning((found[0],))
        return Meaning(choices=tuple([self._label(code) for code in found] + others) if found else ())

    def meanings(self, text: str) -> Meaning:
        """Return all regions that a text names: one, a list of them, all, or those of a province."""
        written = " ".join(text.split())
        one = self.meaning(written)
        if one.codes or one.choices:
            return one
        if match := _ALL.fullmatch(written):
            return self._of_kinds(tuple(self.names), match[1])
        if (match := _ALL_OF_KIND.fullmatch(written)) and (inside := self._of_kind(match[1])):
            return inside
        if inside := self._of_province(written):
            return inside
        parts = [part for part in APART.split(text.strip()) if part]
        if len(parts) < 2:
            return Meaning()
        every = of_parts({part: self.meaning(part) for part in parts})
        return replace(every, codes=tuple(code for code in self.names if code in every.codes))

    def _found(self, text: str) -> Iterator[str]:
        kind, key = kind_and_key(text)
        for code, its_kind, its_key in self._known:
            if (its_key == key and (not kind or not its_kind or kind == its_kind)) or its_key == key_of(text):
                yield code

    def _elsewhere(self, text: str, found: Iterable[str]) -> list[str]:
        """Return what else of the same provinces has that name: regions outside the case, the province."""
        key = key_of(text)
        there = set(found)
        if not there:
            return []
        labels = [
            f"{code} {name}"
            for code, (name, _, _) in official_regions().items()
            if code[:2] in self._provinces and code not in self.names and (kind_and_key(name)[1] == key)
        ]
        code = province_of(text)
        return labels + ([f"{code} Provinsi {provinces()[code]}"] if code in self._provinces else [])

    def _of_province(self, text: str) -> Meaning | None:
        match = _ALL_OF.fullmatch(text)
        every, said, of, rest = match.groups() if match else ("", "", "", "")
        one_kind = bool(_KABUPATEN.search(said)) != bool(_KOTA.search(said))
        code = province_of(text)
        if not code and (every or of or not one_kind):  # Kota Yogyakarta is not the province of that name
            code = province_of(rest)
        inside = tuple(
            known
            for known in self.names
            if code and known.startswith(f"{code}.") and known in official_regions()
        )
        return self._of_kinds(inside, said, f" se-{provinces()[code]}") if inside else None

    def _of_kinds(self, codes: tuple[str, ...], said: str, where: str = "") -> Meaning:
        """Return those of the kinds that are named; in doubt whether "kabupaten" leaves kota out."""
        kinds = {self._kinds[code] for code in codes}
        named, *left_out = _LESS.split(said, maxsplit=1)
        asked = {"kabupaten": bool(_KABUPATEN.search(named)), "kota": bool(_KOTA.search(named))}
        if len(set(asked.values())) == 1 or not kinds <= {*asked}:
            return Meaning(codes)
        if asked["kabupaten"] and len(kinds) > 1 and not left_out:
            return Meaning(choices=tuple(f"{each}{where}" for each in _EITHER))
        return Meaning(tuple(code for code in codes if asked[self._kinds[code]]))

    def _of_kind(self, word: str) -> Meaning | None:
        kind = kind_and_key(f"{word} x")[0]
        codes = tuple(code for code in self.names if kind and self._kinds[code] == kind)
        return Meaning(codes) if codes else None

    def _of_bps(self, text: str) -> Meaning:
        """Return what four digits mean; in doubt where BPS and Kemendagri give them to two regions."""
        dotted = f"{text[:2]}.{text[2:]}"
        by_bps = region_of_bps(text)
        either = dict.fromkeys(code for code in (by_bps, dotted) if code in official_regions())
        if not set(either) & set(self.names):
            return Meaning(choices=tuple(map(self._label, either)), is_bps=True) if either else Meaning()
        if len(either) == 1:
            return Meaning(tuple(either))
        return Meaning(choices=tuple(map(self._label, either)), is_bps=True)

    def _label(self, code: str) -> str:
        return f"{code} {self.names.get(code) or official_regions()[code][0]}".strip()


def same_kind(text: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return the regions that are of the kind which a text names; all of them where it names none.

    Examples
    --------
    >>> same_kind("Kab. Semarang", {"33.22": "Kabupaten Semarang", "33.74": "Kota Semarang"})
    {'33.22': 'Kabupaten Semarang'}
    """
    kind, _ = kind_and_key(text)
    return {
        code: name
        for code, name in names.items()
        if not kind or (kind_and_key(name)[0] or _official_kind(code)) in {"", kind}
    }


def _official_kind(code: str) -> str:
    return kind_and_key(official_regions()[code][0])[0] if code in official_regions() else ""


def _spellings(code: str, name: str) -> Iterator[tuple[str, str]]:
    yield kind_and_key(name)
    for other in official_regions()[code][2] if code in official_regions() else ():
        yield "", key_of(other)


def within_text(text: str, names: Mapping[str, str], meaning: Callable[[str], Meaning]) -> Meaning:
    """Return the regions that an address names somewhere: "RT 2, Dukuh X Kab. Sleman".

    Parameters
    ----------
    text : str
    names : mapping of str to str
        Name by code.
    meaning : callable
        What a name alone means.

    Returns
    -------
    Meaning
        In doubt where one of them may be two; empty where it names none.

    Examples
    --------
    >>> known = {"33.22": "Kabupaten Semarang", "33.74": "Kota Semarang", "33.21": "Kabupaten Demak"}
    >>> within_text("Desa X Kab. Semarang", known, RegionNames(known).meaning).codes
    ('33.22',)
    >>> within_text("Desa Demak", known, RegionNames(known).meaning)
    Meaning(codes=(), choices=(), is_bps=False, beside=(), unknown=())
    >>> within_text("Desa X, Semarang", known, RegionNames(known).meaning).choices
    ('33.22 Kabupaten Semarang', '33.74 Kota Semarang')
    """
    words = re.findall(r"[\w'’-]+\.?", text)
    longest = max((len(name.split()) for name in names.values()), default=0) + 1
    found: list[str] = []
    place = 0
    while place < len(words):
        for size in range(min(longest, len(words) - place), 0, -1):
            piece = " ".join(words[place : place + size])
            meant = Meaning() if piece.isdigit() else meaning(piece)
            if meant.choices:
                return meant
            if meant.codes:
                found += meant.codes
                place += size - 1
                break
        else:
            place += is_kind(words[place])  # "Kec. Depok" is not Kota Depok
        place += 1
    return Meaning(tuple(code for code in names if code in found))
