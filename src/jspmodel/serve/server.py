"""The server: Voilà on the loopback interface, behind a guard, all that it writes in one folder."""

from __future__ import annotations

import os
import secrets
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import RequestHandler, StaticFileHandler
from traitlets.config import Config
from voila.app import Voila

from jspmodel.pages import page_style
from jspmodel.runs import held_folder
from jspmodel.scenario import Language
from jspmodel.serve.ending import ended_in_order, errors_only, unheard
from jspmodel.serve.guard import NAMES, Address, Guard
from jspmodel.serve.page_kernels import EVERY, PageKernels
from jspmodel.serve.session_folders import CASES, OFFERED, RUNS, UPLOADS
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook import LARGEST_FILE

_TEMPLATE = Path(__file__).parent / "template"
_INSTEAD = ("no_page", "not_here")
"""What stands where a page should: that it could not be made, or that this is not its address."""
_SHORT = 36
_AROUND = 4 * 2**20
"""Bytes that a message may have beyond the workbook in it."""


def serve(place: Callable[[Path], None], language: Language, port: int, tell: Callable[[str], None]) -> None:
    """Show the page to browsers on this computer until somebody ends it (Ctrl-C).

    Parameters
    ----------
    place : callable
        Given a folder, puts there the cases to begin with, each a folder of its own.
    language : {"id", "en"}
    port : int
        0: one that is free.
    tell : callable
        Given the address, once it is sure.

    Raises
    ------
    OSError
        If somebody listens on the port already.
    """
    with held_folder() as folder:
        for name in (CASES, UPLOADS, OFFERED, RUNS):
            (folder / name).mkdir()
        place(folder / CASES)
        socket = create_server((NAMES[0], port))
        socket.setblocking(False)
        address = Address(socket.getsockname()[1], secrets.token_urlsafe(24))
        before = signal.getsignal(signal.SIGTERM)
        server = _Server(folder, address, language)
        server.initialize([])
        signal.signal(signal.SIGTERM, before)  # Voilà has one of its own, which would hide how it was ended
        tell(address.url)  # who asks from now on waits; a browser that this opens writes where it always does
        with _kept_within(folder), errors_only():
            server.answer(socket)


@contextmanager
def _kept_within(folder: Path) -> Iterator[None]:
    """Have whatever this process and its children write for a while land in a folder.

    Temporary files, plans that are kept, and what Jupyter and IPython note of a user.
    """
    places = ("TMPDIR", "XDG_CACHE_HOME", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")
    before = {name: os.environ.get(name) for name in places}
    for name in places:
        inside = folder / name.lower()
        inside.mkdir()
        os.environ[name] = str(inside)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _OwnKernel(KernelSpecManager):
    """Knows one kernel: the Python that runs this, whatever others somebody has registered."""

    def _kernel_dirs_default(self) -> list[str]:
        return []

    def get_kernel_spec(self, kernel_name: str) -> Any:
        """Return how it is started: it warns of nothing, as that stood in the planner's window in English."""
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = [*spec.argv, "--log-level=ERROR"]
        return spec


class _Files(StaticFileHandler):
    """Hands out what the page offers: reports, workbooks, marked copies."""

    def set_extra_headers(self, path: str) -> None:
        """Keep a report from reaching the page that offers it; what is no page is saved, not shown."""
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", "sandbox allow-scripts allow-downloads allow-popups")
        if not path.endswith(".html"):
            self.set_header("Content-Disposition", "attachment")


class _Leaving(RequestHandler):
    """Hears that a page is about to leave, and does nothing: who comes from elsewhere can end no kernel.

    That the page is gone its connection tells (``PageKernels``). Voilà's own answer would refuse what the
    page posts, as it sets no cookie for it, and say so in the window.
    """

    def post(self) -> None:
        """Answer that it was heard."""
        self.set_status(204)


class _Server(Voila):  # type: ignore[misc]
    """Voilà with our template, our kernel and our guard.

    Parameters
    ----------
    folder : Path
        Of this session.
    address : Address
    language : {"id", "en"}
    """

    def __init__(self, folder: Path, address: Address, language: Language) -> None:
        notebook = folder / "jspmodel.ipynb"
        nbformat.write(_notebook(folder, language), notebook)
        super().__init__(
            base_url=f"/{address.token}/",
            notebook_path=str(notebook),
            root_dir=str(folder),
            connection_dir_root=str(folder),
            config_file_paths=[],
            open_browser=False,
            log_level="ERROR",
            tornado_settings=_settings(address),
            config=_config(folder, language),
        )
        self._folder, self._address = folder, address

    def setup_template_dirs(self) -> None:
        """Find our template before Voilà's."""
        super().setup_template_dirs()
        self.template_paths.insert(0, str(_TEMPLATE))

    def init_settings(self) -> dict[str, Any]:
        """Return Voilà's settings; its page of errors speaks our words."""
        settings: dict[str, Any] = super().init_settings()
        said = {key: {spoken: say(f"serve.{key}", spoken) for spoken in LANGUAGES} for key in _INSTEAD}
        settings["voila_jinja2_env"].globals["instead"] = said
        return settings

    def init_handlers(self) -> list[Any]:
        """Return what answers, the files that the page offers first."""
        at = f"/{self._address.token}"
        files = rf"{at}/files/(.*)", _Files, {"path": str(self._folder / OFFERED)}
        return [files, (rf"{at}/voila/api/shutdown/.*", _Leaving), *super().init_handlers()]

    def answer(self, socket: Any) -> None:
        """Answer on a socket until somebody ends it; kernels and what they wrote are gone then."""
        self._socket = socket
        self.start()

    def listen(self) -> None:
        """Put the guard before Voilà, and wait."""
        server = HTTPServer(Guard(self.app, self._address), max_body_size=2**20)
        server.add_socket(self._socket)
        self.ioloop = IOLoop.current()
        PeriodicCallback(self.kernel_manager.end_left, 1000 * EVERY).start()
        with ended_in_order(self._end):
            try:
                self.ioloop.start()
            finally:
                server.stop()
                self.stop()

    def _end(self) -> None:
        """Begin to end: called by a signal, which a loop that sleeps must be woken for."""
        loop = self.ioloop.asyncio_loop  # type: ignore[attr-defined]
        loop.call_soon_threadsafe(self.ioloop.add_callback, self._put_away)

    async def _put_away(self) -> None:
        with unheard():
            try:
                await self.kernel_manager._async_shutdown_all()
            finally:
                self.ioloop.stop()


def _notebook(folder: Path, language: Language) -> nbformat.NotebookNode:
    code = f"from jspmodel.serve import show_page\nshow_page({str(folder)!r}, {language!r})"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code)], metadata={"kernelspec": kernel, "title": "jspmodel"}
    )


def _config(folder: Path, language: Language) -> Config:
    said = {
        "style": page_style(),
        "most": LARGEST_FILE,
        "too_large": say("serve.too_large", language, most=LARGEST_FILE // 2**20),
        "gone": say("serve.gone", language),
        "broken": say("serve.broken", language),
    }
    # Sockets in files are ours alone, but their names may not be long (108 letters, some systems less).
    files = os.name != "nt" and len(str(folder)) <= _SHORT
    return Config(
        # One begun anew would know nothing of its page, which would look alive and do nothing.
        KernelManager={"transport": "ipc" if files else "tcp", "autorestart": False},
        VoilaConfiguration={
            "resources": {"jspmodel": said},
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "extension_allowlist": [
                "@jupyter-widgets/jupyterlab-manager",
                "@voila-dashboards/widgets-manager8",
            ],
            "file_allowlist": [],
            "file_denylist": [".*"],
            "kernel_spec_manager_class": _OwnKernel,
            "multi_kernel_manager_class": PageKernels,
        },
        HTMLExporter={"language_code": language},
    )


def _settings(address: Address) -> dict[str, Any]:
    sockets = " ".join(f"ws://{host}" for host in address.hosts)
    policy = {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self' {sockets}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "websocket_max_message_size": LARGEST_FILE + _AROUND,
        "ws_ping_interval": 0,  # no proxy between here and here forgets a connection
        "log_function": lambda _handler: None,  # the token would stand in it
        "headers": {
            "Content-Security-Policy": "; ".join(f"{kind} {places}" for kind, places in policy.items()),
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
        },
    }
