"""Who is answered: the address, the name of the computer and the page that asks must all be right."""

import pytest

from jspmodel.serve.guard import Address

ADDRESS = Address(8765, "t0ken")


def test_the_address_says_where_the_page_is():
    assert ADDRESS.url == "http://127.0.0.1:8765/t0ken/"


@pytest.mark.parametrize(
    ("host", "path", "origin"),
    [
        ("127.0.0.1:8765", "/t0ken/", None),
        ("localhost:8765", "/t0ken", None),
        ("LOCALHOST:8765", "/t0ken/api/kernels/1/channels", "http://localhost:8765"),
        ("127.0.0.1:8765", "/t0ken/files/a/b.html", "http://127.0.0.1:8765"),
    ],
)
def test_the_page_itself_is_admitted(host, path, origin):
    assert ADDRESS.admits(host, path, origin)


@pytest.mark.parametrize(
    ("host", "path", "origin"),
    [
        ("127.0.0.1:8765", "/", None),
        ("127.0.0.1:8765", "", None),
        ("127.0.0.1:8765", "t0ken/", None),
        ("127.0.0.1:8765", "//t0ken/", None),
        ("127.0.0.1:8765", "/t0ke/", None),
        ("127.0.0.1:8765", "/t0kenn/", None),
        ("127.0.0.1:8765", "/t\u00f6ken\ud800/", None),
        ("127.0.0.1:8765", "/other/t0ken/", None),
        ("evil.example:8765", "/t0ken/", None),  # a name that somebody had point here
        ("127.0.0.1", "/t0ken/", None),
        ("127.0.0.1:8766", "/t0ken/", None),
        ("127.0.0.1.evil.example:8765", "/t0ken/", None),
        ("127.0.0.1:8765", "/t0ken/", "http://evil.example"),
        ("127.0.0.1:8765", "/t0ken/", "http://127.0.0.1:8766"),
        ("127.0.0.1:8765", "/t0ken/", "https://127.0.0.1:8765"),
        ("127.0.0.1:8765", "/t0ken/", "null"),
    ],
)
def test_nobody_else_is(host, path, origin):
    assert not ADDRESS.admits(host, path, origin)
