"""The telaahan staf: six parts in the report's own words, editable, and nothing in it runs."""

import re
import zipfile
from dataclasses import replace

import docx
import nbformat
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from markupsafe import Markup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from jspmodel import charts, report
from jspmodel.documents.memo import write_memo
from jspmodel.documents.memo.blocks import Cell, TableBlock, Text, blocks
from jspmodel.documents.memo.memo import PARTS
from jspmodel.documents.memo.paper import Paper
from jspmodel.documents.plain_text import Words, plain
from jspmodel.intake import shipped
from jspmodel.pages import fragment
from small_decision import small_case, small_decision

EVIL = """<script>alert(1)</script>"'=HYPERLINK("http://a.b") ../../x \u202eabc 🦆 {evil} {{7*7}} &lt;"""


def called(name, group, shown):
    if hasattr(shown, "to_dict"):
        data = charts.render.bundle(shown.to_dict())
    else:
        data = {"text/html": shown.html, "text/plain": shown.title}
    return new_code_cell(f"jsp.{group}.{name}()", outputs=[new_output("display_data", data)])


def executed(decision, language):
    """What the report notebook shows, as far as the memo takes it."""
    case, scenario, plan = decision.case, decision.scenario, decision.plan
    drawn = {
        "gap_matrix": charts.gap_matrix(case, decision.ranking, decision.outcome, language),
        "roadmap": charts.roadmap(case, scenario, plan, language),
        "region_benefit": charts.region_benefit(case, plan, decision.futures, language),
    }
    told = [
        "summary",
        "problem",
        "assumptions",
        "facts",
        "analysis",
        "who_pays",
        "not_accommodated",
        "conclusion",
        "recommendations",
        "approval_tables",
        "matrix",
        "audit",
    ]
    cells = [called(name, "report", getattr(report, name)(decision, language)) for name in told]
    cells += [called(name, "charts", chart) for name, chart in drawn.items()]
    return new_notebook(cells=cells)


def written(decision, language, folder):
    write_memo(executed(decision, language), folder / "memo.docx", language)
    return folder / "memo.docx"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return written(small_decision(), "id", tmp_path_factory.mktemp("memo"))


@pytest.fixture(scope="module")
def memo(file):
    return docx.Document(file)


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    return docx.Document(written(small_decision(), "en", tmp_path_factory.mktemp("memo")))


def told(document):
    cells = [cell.text for grid in document.tables for row in grid.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_the_report_shows_all_that_the_memo_takes():
    notebook = nbformat.read(shipped("notebooks") / "08_scenario_report.ipynb", 4)
    source = "\n".join(cell.source for cell in notebook.cells)
    for name in (name for names in PARTS.values() for name in names):
        assert re.search(rf"^jsp\.(report|charts)\.{name}\(", source, re.MULTILINE), name


def test_six_parts_and_an_annex(memo):
    heads = [line.text for line in memo.paragraphs if line.style.name == "Heading 1"]
    assert heads == [
        "I. Persoalan", "II. Praanggapan", "III. Fakta yang memengaruhi", "IV. Analisis",
        "V. Kesimpulan", "VI. Saran", "Lampiran",
    ]  # fmt: skip
    assert [line.text for line in memo.paragraphs if line.style.name == "Title"] == ["TELAAHAN STAF"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_words_are_those_of_the_report(language, memo, english):
    decision = small_decision()
    text = told(english if language == "en" else memo)
    for name in ("problem", "assumptions", "conclusion", "recommendations"):
        html = getattr(report, name)(decision, language).html
        for sentence in re.findall(r"<li>(.*?)</li>|<p>(.*?)</p>", html):
            assert plain(Markup("".join(sentence))) in text
    assert report.summary(decision, language).title in text


def test_lists_tables_and_pictures_can_be_edited(memo):
    styles = {line.style.name for line in memo.paragraphs}
    assert {"List Bullet", "List Number", "Heading 2", "Caption"} <= styles
    first = {cell.text for grid in memo.tables for cell in grid.rows[0].cells}
    assert {"Urutan", "Isu strategis", "Pembayar", "Keluaran"} <= first
    for grid in memo.tables:
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        widths = sum(int(column.get(qn("w:w"))) for column in grid._tbl.tblGrid)
        assert widths * 635 <= Cm(25.2)


def test_pictures_are_described_and_fit_the_page(memo):
    decision = small_decision()
    charts_told = [shown.to_dict()["description"] for shown in (
        charts.gap_matrix(decision.case, decision.ranking, decision.outcome, "id"),
        charts.roadmap(decision.case, decision.scenario, decision.plan, "id"),
        charts.region_benefit(decision.case, decision.plan, decision.futures, "id"),
    )]  # fmt: skip
    assert [shape._inline.docPr.get("descr") for shape in memo.inline_shapes] == charts_told
    for shape in memo.inline_shapes:
        assert shape.width <= Cm(16.5)
        assert shape.height <= Cm(23)


def test_the_annex_names_the_command_that_runs_it_again(tmp_path):
    decision = replace(small_decision(), record={"scenario_file": "data/hand/scenarios/baseline.yaml"})
    paper = docx.Document(written(decision, "id", tmp_path))
    made = [line.text for line in paper.paragraphs if "Perintah untuk mengulang" in line.text]
    assert len(made) == 1
    assert made[0].endswith(": jspmodel run data/hand/scenarios/baseline.yaml")


def test_language_pages_and_paper(memo, file):
    assert memo.core_properties.language == "id-ID"
    with zipfile.ZipFile(file) as archive:
        styles, foot = (archive.read(f"word/{name}.xml").decode() for name in ("styles", "footer1"))
    assert re.findall(r'<w:lang [^>]*w:val="([\w-]+)"', styles) == ["id-ID"]
    assert re.findall(r"<w:instrText[^>]*>(\w+)<", foot) == ["PAGE", "NUMPAGES"]
    body, annex = memo.sections
    assert (body.orientation, annex.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert abs(body.page_width - Cm(21)) < Cm(0.01)


def test_what_is_told_in_indonesian_is_marked_in_english(english):
    marked = {
        run.text
        for grid in english.tables for row in grid.rows for cell in row.cells
        for line in cell.paragraphs for run in line.runs
        if run._r.rPr is not None and (tag := run._r.rPr.find(qn("w:lang"))) is not None and tag.get(qn("w:val")) == "id-ID"
    }  # fmt: skip
    assert "Bupati Alfa dan Bupati Beta" in marked
    assert "perjanjian kerja sama" not in marked


def test_names_that_try_to_do_harm_stand_there_as_they_are(tmp_path):
    case = small_case()
    tables = {
        "programs": case.programs.assign(name_id=EVIL + "\x07", nomenclature=EVIL),
        "regions": case.regions.assign(name=[EVIL, "y" * 10_000]),
        "program_documents": case.program_documents.assign(kind=EVIL, signer=EVIL),
    }
    file = written(small_decision(small_case(**tables)), "id", tmp_path)
    assert told(docx.Document(file)).count(EVIL) > 5
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        parts_of = {name: archive.read(name).decode("utf-8", "replace") for name in names}
    assert all(".." not in name and not name.startswith("/") for name in names)
    assert not [name for name in names if re.search(r"vba|embeddings|activeX", name)]
    assert not [name for name, text in parts_of.items() if "TargetMode" in text]
    everything = parts_of["word/document.xml"]
    assert not re.search(r"<w:(instrText|hyperlink|fldSimple|object)\b|<script", everything)


def test_a_table_too_wide_for_a_page_is_named(tmp_path):
    many = [f"R{number:02}" for number in range(30)]
    html = fragment(
        "table", "Wide", "id", data=charts.message.Table(("i", *many), (("x", *many),), (False,) * 31)
    )
    cell = called("facts", "report", html)
    write_memo(new_notebook(cells=[cell]), tmp_path / "memo.docx", "id")
    document = docx.Document(tmp_path / "memo.docx")
    assert not document.tables
    assert "Wide: 31 kolom, terlalu lebar untuk halaman ini; lihat laporan atau plan.xlsx." in told(document)


def test_blocks_of_a_part():
    html = """<h3>A &amp; B</h3><ol><li>one</li><li>two <strong>x</strong></li></ol>
    <p class="note">n</p><div class="scroll matrix"><table><caption>c</caption>
    <tr><th>h</th><th class="n">v</th></tr><tr><th colspan="2">g</th></tr><tr><td>1<br>2</td><td class="n">3</td></tr>
    </table></div><script>no</script>"""
    heading, one, two, note, grid = blocks(html)
    assert heading == Text("h3", (Words("A & B"),))
    assert (one.kind, one.first, two.first) == ("step", True, False)
    assert two.words == (Words("two "), Words("x", strong=True))
    assert note == Text("note", (Words("n"),))
    assert isinstance(grid, TableBlock)
    assert (grid.kind, grid.caption, grid.columns) == ({"scroll", "matrix"}, (Words("c"),), 2)
    assert grid.rows[1] == [Cell((Words("g"),), heading=True, span=2)]
    assert plain("".join(word.text for word in grid.rows[2][0].words)) == "1\n2"
    assert grid.rows[2][1] == Cell((Words("3"),), numeric=True)


def test_a_heading_of_rows_stays_with_the_row_below_and_is_no_row(tmp_path):
    rows = [[Cell([Words(word)]) for word in "ab"], [Cell([Words("group")], heading=True, span=2)]]
    rows += [[Cell([Words(word)]) for word in "cd"]]
    assert TableBlock(set(), rows=rows).filled == 1
    paper = Paper("Uji", "id")
    paper.table(rows, 2)
    paper.keep(tmp_path / "memo.docx")
    (grid,) = docx.Document(str(tmp_path / "memo.docx")).tables
    kept = [[p.paragraph_format.keep_with_next for p in row.cells[0].paragraphs] for row in grid.rows]
    assert kept == [[True], [True], [None]]


def test_a_date_is_not_broken_within(tmp_path):
    """Word and LibreOffice break within a word that is wider than its column: "31 Desember 2", "027"."""
    date, text = (
        "31\N{NO-BREAK SPACE}Desember\N{NO-BREAK SPACE}2027",
        "Perjanjian kerja sama antardaerah tentang sampah",
    )
    rows = [[Cell([Words(word)]) for word in ("Program", "Dokumen", "Penanda tangan", "Dana", "Batas")]]
    rows += [[Cell([Words(word)]) for word in (text, text, text, text, date)]]
    paper = Paper("Uji", "id")
    paper.table(rows, 5)
    paper.keep(tmp_path / "memo.docx")
    (grid,) = docx.Document(str(tmp_path / "memo.docx")).tables
    width = int(list(grid._tbl.tblGrid)[-1].get(qn("w:w"))) * 635
    # Arial at 8.5 points: digits take 0.556 of the size, letters of this date on average less; 0.25 cm beside.
    assert width >= len(date) * 0.52 * Pt(8.5) + Cm(0.25)
