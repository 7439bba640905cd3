"""Codes of programmes as links to their sheets: found on the finished page, wherever a part wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from markupsafe import Markup, escape

_TAG = re.compile(r"""<!--.*?-->|<[a-zA-Z/!](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_ATTRIBUTE = re.compile(r"""\s(data-program|data-name)="([^"]*)\"""")
_UNTOUCHED = {
    *("a", "button", "code", "head", "option", "pre"),
    *("script", "style", "summary", "svg", "template", "textarea"),
}
"""Elements whose text stays as it is: links, controls, commands, drawings, what is no text for readers."""
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_RAW = re.compile(r"</(script|style)\s*>", re.IGNORECASE)
_TELLING = re.compile(r"(?=.*[A-Za-z])(?=.*\d)")
_AHEAD = r"(?<![\w#&./-])"
_BEHIND = r"(?!\w|[-./]\w)"


def program_anchor(code: str) -> str:
    """Return the id of a programme's sheet.

    Parameters
    ----------
    code : str

    Returns
    -------
    str
        The code itself where it begins with a capital letter, as no other id of a page does, and consists of
        what an id and an address may hold; else made of it, a different one for each code.

    Examples
    --------
    >>> program_anchor("P01"), program_anchor("KS-03"), program_anchor("a b"), program_anchor("annex")
    ('P01', 'KS-03', 'program-a_20_b', 'program-annex')
    """
    if re.fullmatch(r"[A-Z][A-Za-z0-9.-]*", code):
        return code
    return "program-" + re.sub(r"[^A-Za-z0-9.-]", lambda one: f"_{ord(one[0]):x}_", code)


def link_programs(html: str) -> str:
    """Make each code of a programme that has a sheet on the page a link to it, with the programme's name.

    A sheet is an element with ``data-program`` (code) and ``data-name``. Only text is read: whole words, not
    within links, controls, commands, drawings, nor the programme's own sheet. A code that may be a word or a
    number (without a letter and a digit) is taken for one only where its name follows it.

    Parameters
    ----------
    html : str
        A page whose values are escaped, as ours are.

    Returns
    -------
    str
        The page; without sheets the same.
    """
    names = dict(_sheets(html))
    return "".join(_linked(html, names, _pattern(names))) if names else html


def _sheets(html: str) -> Iterator[tuple[str, str]]:
    for tag, _, _ in _pieces(html):
        if "data-program=" in tag:
            found = dict(_ATTRIBUTE.findall(tag))
            if "data-program" in found:
                yield unescape(found["data-program"]), unescape(found.get("data-name", ""))


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    """Return what finds codes in escaped text, the longer ones first."""
    codes = sorted(names, key=lambda code: (-len(code), code))
    return re.compile(f"{_AHEAD}(?:{'|'.join(re.escape(escape(code)) for code in codes)}){_BEHIND}")


def _pieces(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield tags with their element's name, or texts; what a script or a style holds is part of its tag."""
    place = 0
    while found := _TAG.search(html, place):
        if found.start() > place:
            yield "", "", html[place : found.start()]
        tag, name = found[0], _NAME.match(found[0])
        place, called = found.end(), name[1].lower() if name else ""
        if called in {"script", "style"} and not tag.startswith("</"):
            end = _RAW.search(html, place)
            last = end.start() if end else len(html)
            tag, place = tag + html[place:last], last
        yield tag, called, ""
    yield "", "", html[place:]


def _linked(html: str, names: Mapping[str, str], codes: re.Pattern[str]) -> Iterator[str]:
    open_ones: list[tuple[str, str]] = []
    for tag, name, text in _pieces(html):
        if not text:
            _follow(open_ones, tag, name)
            yield tag
        elif not (codes.search(text) and _UNTOUCHED.isdisjoint(element for element, _ in open_ones)):
            yield text
        else:
            own = {program for _, program in open_ones if program}
            yield _with_links(text, names, codes, own)


def _follow(open_ones: list[tuple[str, str]], tag: str, name: str) -> None:
    """Keep which elements are open, and of which programme they are the sheet."""
    if not name or name in _VOID or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        program = dict(_ATTRIBUTE.findall(tag)).get("data-program", "") if "data-program=" in tag else ""
        open_ones.append((name, unescape(program)))
        return
    while any(element == name for element, _ in open_ones) and open_ones.pop()[0] != name:
        pass


def _with_links(text: str, names: Mapping[str, str], codes: re.Pattern[str], own: set[str]) -> str:
    def link(found: re.Match[str]) -> str:
        code = unescape(found[0])
        name = names[code]
        told = bool(name) and text.startswith(str(escape(name)), found.end() + 1)
        if code in own or not (told or _TELLING.match(code)):
            return found[0]
        title = "" if told or not name else Markup(' title="{}"').format(name)
        return f'<a class="code" href="#{program_anchor(code)}"{title}>{found[0]}</a>'

    return codes.sub(link, text)
