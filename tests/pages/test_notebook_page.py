"""The page: one file, nothing loaded, nothing executed but its own script, in order for screen readers."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from hand import rows
from jspmodel import charts, report
from jspmodel.pages.notebook_page import SECTIONS, notebook_to_html
from jspmodel.simulation import simulate_futures
from small_decision import small_case, small_decision

EVIL = "</script><script>alert(1)</script><!--"


class Reader(HTMLParser):
    """Collects what the tests look at."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.texts, self._open = [], {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def handle_data(self, data):
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def executed(decision, language):
    """The report notebook as a kernel would leave it."""
    case, plan = decision.case, decision.plan
    shown = [getattr(report, name)(decision, language) for name in ("summary", "problem")]
    futures = simulate_futures(case, decision.scenario, plan)
    shown[1:1] = [report.my_region(decision, language)]
    shown += [charts.gap_matrix(case, decision.ranking, decision.outcome, language)]
    shown += [getattr(report, name)(decision, language) for name in ("assumptions", "facts", "analysis")]
    shown += [charts.roadmap(case, decision.scenario, plan, language), report.who_pays(decision, language)]
    shown += [charts.indicator_fans(case, futures, language)]
    shown += [
        getattr(report, name)(decision, language)
        for name in ("approval_tables", "program_sheets", "annex", "terms", "audit")
    ]
    return new_notebook(cells=[new_code_cell(outputs=[result(item)]) for item in shown])


def result(item):
    if hasattr(item, "to_dict"):
        data = item._repr_mimebundle_()
        data = data[0] if isinstance(data, tuple) else data
    else:
        data = {"text/html": item._repr_html_(), "text/plain": repr(item)}
    return new_output("execute_result", data=data)


@pytest.fixture(scope="module", params=["id", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def html(language):
    return notebook_to_html(executed(small_decision(), language), language, twin=True)


@pytest.fixture(scope="module")
def read(html):
    return Reader(html)


def test_language_title_and_one_main_heading(read, language):
    assert read.all("html") == [{"lang": language}]
    assert len(read.all("h1")) == len(read.all("main")) == 1
    assert read.texts["title"] == read.texts["h1"]


def test_headings_come_in_order(read):
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


def test_links_lead_somewhere(read, language):
    ids = [attrs["id"] for _, attrs in read.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = [attrs["href"] for attrs in read.all("a")]
    other = "en" if language == "id" else "id"
    bar = ["#main", *(f"#{section}" for section in SECTIONS), f"report.{other}.html"]
    assert targets[: len(bar)] == bar
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


def test_nothing_is_loaded(read):
    assert not read.all("link") + read.all("iframe") + read.all("object")
    assert not [attrs for attrs in read.all("script") if "src" in attrs]
    addresses = [attrs["src"] for attrs in read.all("img")] + [
        attrs["srcset"] for attrs in read.all("source")
    ]
    assert all(address.startswith("data:image/svg+xml,") for address in addresses)
    assert not [
        attrs for _, attrs in read.tags if "style" in attrs or any(key.startswith("on") for key in attrs)
    ]


def test_the_policy_lets_only_our_script_and_style_run(html, read):
    policy = next(attrs["content"] for attrs in read.all("meta") if "http-equiv" in attrs)
    script = html[html.rindex("<script>") + 8 : html.rindex("</script>")]
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    for kind, text in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_every_chart_has_message_pictures_and_table(html, read):
    assert len(read.all("figure")) == 3
    assert all(attrs["alt"] for attrs in read.all("img"))
    figures = re.findall(r"<figure.*?</figure>", html, re.DOTALL)
    for figure in figures:
        assert figure.count("<table>") == 1
        assert figure.count("<h3") == figure.count("<img") == figure.count("<source") == 1


def test_tables_can_be_reached_and_are_named(read):
    regions = [attrs for tag, attrs in read.tags if attrs.get("role") == "region"]
    headed = [attrs["aria-labelledby"] for attrs in read.all("table") if "aria-labelledby" in attrs]
    kinds = [(attrs.get("class") or "").split() for attrs in read.all("div")]
    fit = [kind for kind in kinds if {"brief", "cards", "account"} & set(kind) and "scroll" not in kind]
    small = [attrs for attrs in read.all("table") if attrs.get("class") in {"sums", "papers"}]
    tables = len(read.all("table"))
    assert tables == len(read.all("caption")) + len(headed)
    # The tables of a region's page and of a programme's sheet are small: they need no place to scroll in.
    assert tables == len(regions) + len(fit) + len(small)
    assert set(headed) <= {attrs.get("id") for attrs in read.all("h3")}
    assert all(attrs["tabindex"] == "0" for attrs in regions)
    assert all(attrs.get("aria-label") or attrs["aria-labelledby"] in headed for attrs in regions)


def test_it_is_small_enough_to_send(html):
    assert len(html.encode()) < 450_000


def test_a_page_alone_has_no_link_to_a_twin():
    assert "report.en.html" not in notebook_to_html(executed(small_decision(), "id"), "id")


def test_names_from_tables_cannot_break_out(html):
    regions = rows("region name population", ("A", EVIL, 3), ("B", "Beta", 1))
    case = small_case(regions=regions, issues=rows("issue name_id", ("w", EVIL), ("j", "Kerja")))
    hostile = notebook_to_html(executed(small_decision(case), "id"), "id")
    assert "<script>alert" not in hostile
    assert hostile.count("<script") == html.count("<script")
    assert hostile.count("<!--") == html.count("<!--")


def test_consecutive_cells_with_the_tag_are_folded_together_and_only_if_they_show_something():
    def cell(text, *tags):
        shown = (
            [new_output("display_data", {"text/html": f"<p>{text}</p>", "text/plain": text})] if text else []
        )
        return new_code_cell(outputs=shown, metadata={"tags": list(tags)})

    cells = [
        cell("one"),
        cell("", "why"),
        cell("two", "why"),
        cell("three", "why"),
        cell("", "why"),
        cell("four"),
    ]
    page = notebook_to_html(new_notebook(cells=cells), "en")
    inside = page[page.index('<details class="chapter">') :]
    inside = inside[: inside.index("</details>")]
    assert [text in inside for text in ("one", "two", "three", "four")] == [False, True, True, False]
    assert page.count('class="chapter"') == 1
    assert "Why this plan, and what would change it" in page
    assert "fold_begins" not in cells[2].metadata  # the notebook itself is left as it was
    bare = notebook_to_html(new_notebook(cells=[cell("one"), cell("", "why")]), "en")
    assert 'class="chapter"' not in bare


def test_its_stamp_stands_in_the_footer_and_on_each_printed_page():
    """Letters that could end the style's text are codes there, and escaped in the footer."""
    page = notebook_to_html(new_notebook(), "id", stamp='Kota "A" </style> \\ {x}')
    assert 'content: "Kota\\20 \\22 A\\22 \\20 \\3c \\2f style\\3e \\20 \\5c \\20 \\7b x\\7d "' in page
    assert "<p>Kota &#34;A&#34; &lt;/style&gt; \\ {x}</p>" in page
    assert page.count("</style>") == 1
    assert "@top-left { content" not in notebook_to_html(new_notebook(), "id")


def test_a_cell_for_paper_is_not_on_the_page():
    def cell(text, *tags):
        shown = [new_output("display_data", {"text/html": f"<p>{text}</p>", "text/plain": text})]
        return new_code_cell(outputs=shown, metadata={"tags": list(tags)})

    page = notebook_to_html(new_notebook(cells=[cell("one"), cell("matrix", "paper"), cell("two")]), "en")
    assert "<p>one</p>" in page
    assert "<p>two</p>" in page
    assert "<p>matrix</p>" not in page


def test_codes_of_programmes_lead_to_their_sheets(html, read):
    assert '<a class="code" href="#P">P</a>' in html
    assert {attrs["href"] for attrs in read.all("a") if attrs.get("class") == "code"} <= {"#P", "#Q", "#H"}
