"""A browser and a server of a small record: what a reader sees, with the machine's own Chromium; skipped where there is none."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dragoman.reading.kit import Kit
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store
from dragoman.web.app import application
from dragoman.web.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

TOKEN = "a token that only tests know"  # noqa: S105
_NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@dataclass
class Site:
    """A server, a window on it, and what went wrong in the window: messages of the console, requests that left the host."""

    address: str
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self.wrong.append(f"console {message.type}: {message.text}") if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on(
            "request", lambda asked: self.wrong.append(f"left the host: {asked.url}") if not asked.url.startswith((self.address, "data:", "blob:")) else None
        )
        page.goto(self.address + path)
        return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    binary = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if binary is None:
        reason = "no Chromium on this machine: what readers see was NOT tested (Debian: apt-get install chromium)"
        if os.environ.get("DRAGOMAN_REQUIRE_CHROMIUM") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: what readers see was NOT tested")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def served(made: Path, kit: Kit) -> Iterator[str]:
    """The address of a server over a copy of the small record, on a port that was free."""
    import uvicorn

    store = open_store(str(made))
    app = application(store, lambda: open_shelf(store, kit.config), Settings(config=kit.config, token=TOKEN))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    socket = server.config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    store.close()


@pytest.fixture
def site(browser: Browser, served: str) -> Iterator[Site]:
    """A window of 1,280 by 900; at its end nothing may have gone wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    one = Site(address=served, context=context)
    yield one
    context.close()
    assert not one.wrong
