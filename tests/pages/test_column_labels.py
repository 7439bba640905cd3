"""Labels of cells that a phone shows, moved into the style: each cell keeps its own."""

import re

from jspmodel.pages.column_labels import ColumnLabels

TABLE = (
    "<table>\n<thead><tr><th>A</th><th>B</th></tr></thead>"
    '<tr><th>x</th><td class="n" data-label="B">1</td><td data-label="C &amp; &quot;D&quot;">2</td></tr></table>'
)


def test_cells_lose_their_labels_and_the_style_has_them():
    labels = ColumnLabels()
    assert labels.moved(TABLE) == (
        '<table class="l0">\n<thead><tr><th>A</th><th>B</th></tr></thead>'
        '<tr><th>x</th><td class="n">1</td><td>2</td></tr></table>'
    )
    # The second and third child of a row; letters that could mean something are codes (CSS Syntax 3, 4.3.7).
    assert labels.style().split("\n")[1:-1] == [
        '.l0 td:nth-child(2){--label:"B"}',
        r'.l0 td:nth-child(3){--label:"C\20 \26 \20 \22 D\22 "}',
    ]


def test_tables_with_the_same_headings_share_a_class():
    labels = ColumnLabels()
    other = TABLE.replace('data-label="B"', 'data-label="Z"').replace("<table>", '<table class="worked">')
    marks = [re.search(r'<table class="([^"]*)"', labels.moved(html))[1] for html in (TABLE, other, TABLE)]
    assert marks == ["l0", "worked l1", "l0"]


def test_what_has_no_labels_stays():
    plain = '<table class="sums"><tr><th>x</th><td>1</td></tr></table><p data-label="a">b</p>'
    labels = ColumnLabels()
    assert labels.moved(plain) == plain
    assert labels.style() == ""


def test_a_label_cannot_leave_its_string():
    labels = ColumnLabels()
    labels.moved('<table><tr><td data-label="&lt;/style&gt;&quot;}*{x:y&#10;">1</td></tr></table>')
    rule = labels.style()
    assert "<" not in rule
    assert rule.count('"') == 2
    assert rule.count("}") == 1
