"""Short names and long lists, as charts and tables write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from jspmodel.text.wording import all_wording, say

if TYPE_CHECKING:
    from jspmodel.case import Case
    from jspmodel.scenario import Language

_KINDS = ("Kabupaten ", "Kota ")
_FEW = 6
_ALSO_KOTA = {
    "Bandung", "Bekasi", "Bima", "Blitar", "Bogor", "Cirebon", "Gorontalo", "Jayapura", "Kediri",
    "Kupang", "Madiun", "Magelang", "Malang", "Mojokerto", "Pasuruan", "Pekalongan", "Probolinggo",
    "Semarang", "Serang", "Solok", "Sorong", "Sukabumi", "Tangerang", "Tasikmalaya", "Tegal"
}  # fmt: skip
"""Names that a Kabupaten and a Kota of one province share (Kepmendagri 300.2.2-2430/2025)."""


def short_names(case: Case) -> dict[str, str]:
    """Return what to call each region where there is little room.

    Parameters
    ----------
    case : Case

    Returns
    -------
    dict of str to str
        Name by code, without "Kabupaten" or the region's own kind (Kemantren), unless another region would
        then be called the same (Kabupaten and Kota Semarang), even where the case does not have that one. A
        Kota keeps its kind: Yogyakarta alone may be the province. What two are called altogether stands with
        the code: a chart would draw them as one.
    """
    full = case.names("regions", "id")
    alike = Counter(full.values())
    full = {region: f"{name} ({region})" if alike[name] > 1 else name for region, name in full.items()}
    kinds = zip(case.regions["region"], case.regions["kind"], strict=True)
    short = {region: _without_kind(full[region], kind) for region, kind in kinds}
    used = Counter(short.values())
    return {
        region: full[region].replace("Kabupaten ", "Kab. ")
        if used[name] > 1 or full[region].startswith("Kota ") or _is_also_kota(full[region])
        else name
        for region, name in short.items()
    }


def _is_also_kota(name: str) -> bool:
    return name.startswith("Kabupaten ") and name.removeprefix("Kabupaten ") in _ALSO_KOTA


def _without_kind(name: str, own: str) -> str:
    for kind in (*_KINDS, f"{own} "):
        if kind.strip() and name.casefold().startswith(kind.casefold()):
            return name[len(kind) :].strip() or name
    return name


def listed(items: Iterable[str], language: Language) -> str:
    """Return a list as people write it: "a", "a dan b", "a, b, dan c".

    Parameters
    ----------
    items : iterable of str
    language : {"id", "en"}

    Returns
    -------
    str
    """
    words = list(items)
    if len(words) < 3:
        return say("chart.and_two", language).join(words)
    return ", ".join(words[:-1]) + say("chart.and_last", language) + words[-1]


def who(regions: Sequence[str], case: Case, language: Language) -> str:
    """Return which regions take part, in few words.

    Parameters
    ----------
    regions : sequence of str
        Region codes.
    case : Case
    language : {"id", "en"}

    Returns
    -------
    str
        All regions are counted, not listed; many are counted first, as their list may be cut short; none is
        a matter of the whole area.
    """
    if not regions:
        return say("chart.no_regions", language)
    if len(regions) == len(case.regions) > 2:
        return say("chart.all_regions", language, n=len(regions))
    names = short_names(case)
    few = listed((names[region] for region in regions), language)
    if len(regions) > _FEW:
        return say("chart.many_regions", language, n=len(regions), all=len(case.regions), regions=few)
    return few


def table_word(text: str, language: Language) -> str | None:
    """Return what a word of a closed list (origin, kind of document, unit) is called in a language.

    Parameters
    ----------
    text : str
        As the tables write it, in Indonesian.
    language : {"id", "en"}

    Returns
    -------
    str or None
        As it stands where only capitals differ; None where it is in no list: any text may stand in a table.
    """
    plain = text.strip().lower()
    known = all_wording(language).get(f"table_words.{plain}")
    return text if known is not None and known.lower() == plain else known


def unit_name(unit: str, language: Language) -> str | None:
    """Return what a unit of measurement is called in a language.

    Parameters
    ----------
    unit : str
        As the tables write it, in Indonesian.
    language : {"id", "en"}

    Returns
    -------
    str or None
        None where the language has no word for it: the unit then stays as it is.
    """
    return unit if language == "id" else all_wording(language).get(f"chart.unit_{unit}")
