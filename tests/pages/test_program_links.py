"""Codes of programmes become links to their sheets: whole words of a page's text, nothing else."""

import pytest
from markupsafe import escape

from jspmodel.pages.program_links import link_programs, program_anchor


def page(body, **programs):
    programs = programs or {"P01": "Jalan"}
    sheets = "".join(
        f'<details data-program="{escape(code)}" data-name="{escape(name)}"><div>Sheet</div></details>'
        for code, name in programs.items()
    )
    return f"<html><head><title>P01</title></head><body>{body}{sheets}</body></html>"


def linked(body, **programs):
    """Return what becomes of the body of a page."""
    return link_programs(page(body, **programs)).split("<body>")[1].split("<details")[0]


LINK = '<a class="code" href="#P01" title="Jalan">P01</a>'


@pytest.mark.parametrize(
    "text",
    [
        "<p>{}</p>",
        "<p>a {}, b</p>",
        "<p>({})</p>",
        "<p>{}–P99</p>",
        "<td>{}</td>",
        "<h3>{}: x.</h3>",
        "<p>{}-</p>",
    ],
)
def test_a_whole_word_becomes_a_link(text):
    assert linked(text.format("P01")) == text.format(LINK)


@pytest.mark.parametrize(
    "text",
    [
        "<p>P011 XP01 P01A P01-B A-P01 P01.csv x/P01 P01_2</p>",
        '<p title="P01" id="P01">x</p>',
        '<a href="#P01">P01</a>',
        "<svg><text>P01</text></svg>",
        "<script>let P01 = '<p>P01</p>';</script>",
        "<style>.P01 { }</style>",
        "<pre><code>P01</code></pre>",
        "<summary>P01 <strong>P01</strong></summary>",
        "<select><option>P01</option></select>",
        "<!-- P01 -->",
        '<img alt="a > P01">',
    ],
)
def test_nothing_else_does(text):
    assert linked(text) == text


def test_text_behind_an_element_that_stays_is_read_again():
    assert (
        linked("<p><a href='#x'>P01</a> P01<br>P01 <svg><g><text>P01</text></g></svg>P01</p>").count(LINK)
        == 3
    )


def test_a_name_that_follows_is_not_told_twice():
    assert linked("<p>P01 Jalan</p>") == '<p><a class="code" href="#P01">P01</a> Jalan</p>'


def test_codes_and_names_with_marks_stay_escaped():
    evil = {"K<1>": '"><script>alert(1)</script>', "KS-03": "A & B", "KS-0": "x"}
    told = linked(f"<p>{escape('K<1>')} KS-03 KS-0</p>", **evil)
    assert "<script>" not in told
    assert f'title="{escape(evil["K<1>"])}">K&lt;1&gt;</a>' in told
    assert '<a class="code" href="#KS-03" title="A &amp; B">KS-03</a>' in told
    assert '<a class="code" href="#KS-0" title="x">KS-0</a>' in told


def test_character_references_are_no_codes():
    assert (
        linked("<p>&#39; &#x27; &amp;</p>", **{"39": "n", "x27": "m", "amp": "l"})
        == "<p>&#39; &#x27; &amp;</p>"
    )


def test_what_may_be_a_word_or_a_number_is_a_code_only_with_its_name():
    told = linked("<p>dan 2027 dan Jalan, 2027 Bus</p>", dan="Jalan", **{"2027": "Bus"})
    assert told == (
        '<p>dan 2027 <a class="code" href="#program-dan">dan</a> Jalan, '
        '<a class="code" href="#program-2027">2027</a> Bus</p>'
    )


def test_a_sheet_does_not_link_to_itself():
    own = '<details data-program="P01" data-name="Jalan"><p>P01 P02</p></details>'
    html = link_programs(own + '<details data-program="P02" data-name="Bus"><p>P01</p></details>')
    assert html == (
        '<details data-program="P01" data-name="Jalan"><p>P01 <a class="code" href="#P02" title="Bus">P02</a></p></details>'
        f'<details data-program="P02" data-name="Bus"><p>{LINK}</p></details>'
    )


def test_a_page_without_sheets_stays_as_it_is():
    assert link_programs("<p>P01</p>") == "<p>P01</p>"


def test_every_code_has_an_id_of_its_own():
    codes = ["P01", "p01", "program-p01", "a b", "a_b", "a_20_b", "1", "annex", "É", "P 1", "P_20_1", "main"]
    anchors = [program_anchor(code) for code in codes]
    assert len({*anchors}) == len(codes)
    assert not {"annex", "main"} & {*anchors}
    assert all(anchor.isascii() and " " not in anchor for anchor in anchors)
