"""Who may ask: only a browser on this computer that was given the address, and only from the page itself."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.routing import Router
from tornado.web import Application, RequestHandler

from jspmodel.text import LANGUAGES, say

NAMES = ("127.0.0.1", "localhost")
"""What the browser may call this computer: any other name somebody had point here (DNS rebinding)."""


@dataclass(frozen=True)
class Address:
    """Where the page is.

    Attributes
    ----------
    port : int
    token : str
        The first part of every path; nobody can guess it.
    """

    port: int
    token: str

    @property
    def url(self) -> str:
        """What the browser opens."""
        return f"http://{NAMES[0]}:{self.port}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What the header ``Host`` may say."""
        return tuple(f"{name}:{self.port}" for name in NAMES)

    def admits(self, host: str, path: str, origin: str | None) -> bool:
        """Return whether a request may be answered.

        Parameters
        ----------
        host, path : str
            Of the request; the path with the token.
        origin : str or None
            The header ``Origin``: from which page a script asks, a websocket opens; None: there is none.

        Returns
        -------
        bool
            The time it takes says nothing of the token.
        """
        given = path.split("/", 2)[1] if path.startswith("/") else ""
        known = hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())
        here = origin is None or origin in {f"http://{own}" for own in self.hosts}
        return known and host.lower() in self.hosts and here


class Guard(Router):
    """Stands before all that a server answers.

    Parameters
    ----------
    application : tornado Application
        Answers what is admitted.
    address : Address
    """

    def __init__(self, application: Application, address: Address) -> None:
        self._application, self._address = application, address
        self._refusal = Application([(r".*", Refusal)], log_function=lambda _handler: None)

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> HTTPMessageDelegate | None:
        """Return what answers a request: the application, or a refusal in words."""
        origin = request.headers.get("Origin")
        admitted = self._address.admits(request.host, request.path, origin)
        return (self._application if admitted else self._refusal).find_handler(request, **kwargs)


class Refusal(RequestHandler):
    """Says that this is not the address; tells nothing else of what is here."""

    def prepare(self) -> None:
        """Answer whatever was asked."""
        self.set_status(403)
        self.set_header("Content-Security-Policy", "default-src 'none'")
        words = "".join(f'<p lang="{spoken}">{say("serve.not_here", spoken)}</p>' for spoken in LANGUAGES)
        self.finish(f'<!DOCTYPE html><html lang="id"><title>jspmodel</title>{words}</html>')
