"""Texts of one look are judged by three of them: a pale one is found wherever it stands, and whatever makes it so."""

import pytest

pytestmark = pytest.mark.browser
STYLE = """body { background: white; color: black } .pale .inner { color: #bbb } .grey { background: #666 }
.moved { position: relative; top: 0 } .small { opacity: .4 }"""
CELLS = "".join(
    f"<tr class=row><td>kata {row}</td><td><span>isi {row}</span></td></tr>" for row in range(100)
)


def page(folder, cells):
    file = folder / "page.html"
    head = f"<meta charset=utf-8><title>Uji</title><style>{STYLE}</style>"
    table = f"<table><tr><th>Satu</th><th>Dua</th></tr>{cells}</table>"
    text = f"<!doctype html><html lang=id><head>{head}</head><body><main><h1>Uji</h1>{table}</main></body></html>"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_sound_page_has_no_barrier(viewer, tmp_path):
    assert viewer.look("barriers", page(tmp_path, CELLS)) == []


@pytest.mark.parametrize(
    ("sound", "pale"),
    [
        ("<td>kata 77</td>", "<td style='color: #bbb'>kata 77</td>"),
        ("<span>isi 77</span>", "<span class=small>isi 77</span>"),
        ("<span>isi 77</span>", "<span class=grey>isi 77</span>"),
        ("<span>isi 77</span>", "<i class=pale><b class=inner>isi 77</b></i>"),
        ("<span>isi 77</span>", "<span class=moved style='color: #ccc'>isi 77</span>"),
        ("<tr class=row><td>kata 77", "<tr class=row style='background: #444'><td>kata 77"),
        ("<tr class=row><td>kata 77", "<tr class=row style='opacity: .3'><td>kata 77"),
    ],
)
def test_one_pale_text_among_two_hundred_is_found(viewer, tmp_path, sound, pale):
    assert sound in CELLS
    found = viewer.look("barriers", page(tmp_path, CELLS.replace(sound, pale)))
    assert found
    assert all(barrier.startswith("color-contrast:") for barrier in found)


def test_of_many_pale_texts_of_one_look_some_are_named(viewer, tmp_path):
    found = viewer.look("barriers", page(tmp_path, CELLS.replace("<span>", "<span style='color: #bbb'>")))
    assert 0 < len(found) < 100


def test_a_link_is_told_from_the_text_around_it_by_its_style_or_by_enough_contrast(viewer, tmp_path):
    link = "<a href='#' style='{}'>sini</a>"
    text = "".join(
        f"<tr><td>Baca lebih lanjut {link.format('')} ya.</td><td>{row}</td></tr>" for row in range(30)
    )
    found = {}
    for colour in ("#333", "#737373"):  # in a black text on white, each dark enough to be read
        changed = f"{link.format(f'color: {colour}; text-decoration: none')} ya.</td><td>17"
        look = page(tmp_path, text.replace(f"{link.format('')} ya.</td><td>17", changed))
        found[colour] = [told.partition(":")[0] for told in viewer.look("barriers", look)]
    assert found == {"#333": ["link-in-text-block"], "#737373": []}
