"""A kernel started ahead of the notebook that it runs, so that it has imported what the notebook needs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.client import KernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync
from traitlets.config import Config

from jspmodel.runs.temporary import held_folder

_IMPORTS = "import jspmodel.charts, jspmodel.report"
_LAST_WORDS = 2000
START_SECONDS = 60
"""How long a kernel may take to answer."""


@dataclass(frozen=True)
class Kernel:
    """A kernel that runs.

    Attributes
    ----------
    manager : jupyter_client manager
        To be used only in the thread that started it.
    log : Path
        What the kernel's process writes about itself; errors of cells do not come here.
    """

    manager: _Manager
    log: Path

    def forget(self) -> None:
        """Forget what earlier notebooks left in the kernel, down to the count of its cells.

        Raises
        ------
        RuntimeError
            If it has died, or does not answer.
        """
        client = self.manager.client()
        client.start_channels()
        run_sync(client.wait_for_ready)(timeout=START_SECONDS)
        run_sync(client.execute_interactive)(
            "get_ipython().reset()",
            silent=True,
            store_history=False,
            allow_stdin=False,
            timeout=START_SECONDS,
        )
        self.close_clients()

    def close_clients(self) -> None:
        """Close the connections that are still open."""
        for client in self.manager.clients:
            client.stop_channels()
        self.manager.clients.clear()

    @property
    def last_words(self) -> str:
        """The end of what the process wrote about itself."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:].strip()


@contextmanager
def started_kernel() -> Iterator[Kernel]:
    """Start a kernel; it imports jspmodel by itself while others work, and is killed in the end.

    Safe in threads and in processes: the kernel talks through files in a folder of its own where the system
    has such sockets, and the working directory stays as it is. What its process says is kept from the
    terminal: Jupyter interrupts a kernel before it kills it, and one that has not quite finished with its
    last message complains.

    Yields
    ------
    Kernel
    """
    with held_folder() as folder, _event_loop():
        manager, log = _Manager(config=_transport(folder)), folder / "kernel.log"
        kernel = Kernel(manager, log)
        _start(manager, log)
        try:
            yield kernel
        finally:
            kernel.close_clients()
            run_sync(manager.shutdown_kernel)(now=True)


class Keeper:
    """Keeps a kernel ready from one use to the next: its start takes as long as a notebook."""

    def __init__(self) -> None:
        self._kernel: Kernel | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Keeper:
        return self

    def __exit__(self, *_: object) -> None:
        self._kernel = None
        self._stack.close()

    def kernel(self) -> Kernel:
        """Return the kernel; a new one where there is none or it has died. To be used in one thread."""
        if self._kernel is None or not run_sync(self._kernel.manager.is_alive)():
            self._stack.close()
            self._kernel = self._stack.enter_context(started_kernel())
        return self._kernel


class _Manager(AsyncKernelManager):
    """Remembers its clients: papermill leaves open those of a kernel that it did not start."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.clients: list[KernelClient] = []

    def client(self, **options: Any) -> Any:
        client: KernelClient = super().client(**options)
        self.clients.append(client)
        return client


def _start(manager: AsyncKernelManager, log: Path) -> None:
    with log.open("wb") as file:
        run_sync(manager.start_kernel)(
            extra_arguments=[f"--IPKernelApp.exec_lines={_IMPORTS}", "--HistoryManager.hist_file=:memory:"],
            stderr=file,
        )


@contextmanager
def _event_loop() -> Iterator[None]:
    """Close the event loop that Jupyter makes for a thread; one that runs already is not ours."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        loop = ensure_event_loop()
        try:
            yield
        finally:
            asyncio.set_event_loop(None)
            loop.close()
    else:
        yield


def _transport(folder: Path) -> Config:
    """Return settings by which kernels that start at the same time cannot race for network ports."""
    if os.name == "nt":
        return Config()
    return Config(KernelManager={"transport": "ipc", "connection_file": str(folder / "kernel.json")})
