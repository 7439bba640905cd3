"""The documentation as readers open it: from a disk, in Chromium, with the network cut off."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site():
    """The site as the documentation's command builds it: pages that have not changed since are kept."""
    binaries = Path(sys.executable).parent
    done = subprocess.run(
        ["make", "-o", ".venv/ready", "docs", f"BIN={binaries}"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return ROOT / "build" / "docs"


@pytest.fixture(scope="module")
def seen(viewer, site):
    return viewer.look("docs", site)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_opens_without_a_network_or_an_error(seen, size):
    assert [url for url in seen[size]["requests"] if not url.startswith(("file:", "data:"))] == []
    assert seen[size]["errors"] == []


def test_no_page_is_wider_than_the_window(seen):
    assert len(seen["languages"]) > 50
    assert seen["wide"] == []


def test_search_works_from_the_disk(seen):
    for hits in seen["hits"].values():
        assert hits["required_maturity"] >= 2
        assert hits["kesenjangan"] >= 2


def test_formulas_are_drawn_by_the_browser(seen):
    assert min(seen["formulas"].values()) > 100


def test_pages_say_their_language(seen):
    wrong = {
        name for name, language in seen["languages"].items() if (language == "id") != name.startswith("id/")
    }
    assert wrong == set()


def test_every_public_name_has_its_place(site):
    import jspmodel

    page = (site / "reference/api/jspmodel.html").read_text(encoding="utf-8")
    modules = {
        path.stem.removeprefix("jspmodel.") for path in (site / "reference/api").glob("jspmodel.*.html")
    }
    assert [
        name for name in jspmodel.__all__ if name not in modules and f'id="jspmodel.{name}"' not in page
    ] == []
