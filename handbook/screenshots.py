"""`python -m handbook.screenshots` shows six pages of a record of the samples as a browser does, for docs/web.md and the README; Chromium takes them."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dragoman.model.config import Config
from dragoman.model.shelf import Cut, Events, Shelf
from dragoman.service import samples
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store
from dragoman.web.app import application
from dragoman.web.settings import Settings

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "figures" / "pages"
# where `make run` leaves it
RECORD = ROOT / "build" / "samples.db"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_WIDTH, _HEIGHT = 1200, 800
_ASKED = Cut(limit=1_000)


def main() -> None:
    """Take the six pictures; without Chromium the old ones stay, and that is said."""
    binary = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if binary is None:
        sys.stderr.write("handbook: no Chromium on this machine, so the pictures of the pages were NOT taken anew\n")
        return
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(parents=True, exist_ok=True)
    if not RECORD.is_file():
        samples.main()
    store, config = open_store(str(RECORD)), Config()
    try:
        paths = _paths(open_shelf(store, config))
        app = application(store, lambda: open_shelf(store, config), Settings(config=config, writing="nobody"))
        with _served(app) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu"])
            for name, path in paths.items():
                page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, color_scheme="light", reduced_motion="reduce")
                page.goto(address + path, wait_until="load")
                page.screenshot(path=str(PICTURES / f"{name}.png"))
                page.close()
            browser.close()
    finally:
        store.close()


def _paths(shelf: Shelf) -> Mapping[str, str]:
    """The pages: the event with most reports, the person most often in events, an article that is written from right to left."""
    events = shelf.events(Events(), _ASKED).rows
    event = min(events, key=lambda one: (-len({report.article for report in one.reports}), -len(one.participants), one.id))
    person = shelf.entities("person", cut=Cut(limit=1)).rows[0]
    arabic = next(one for one in shelf.articles(cut=_ASKED).rows if one.language == "ar")
    return {
        "front": "/?lang=en",
        "event": f"/event/{event.id}?lang=en",
        "article": f"/article/{arabic.id}?lang=en",
        "person": f"/person/{person.id}?lang=fr",
        "timeline": "/timeline?since=2023&lang=en",
        "map": "/map?lang=en",
    }


@contextmanager
def _served(app: object) -> Iterator[str]:
    """The address of a server on a port that was free."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))  # type: ignore[arg-type]
    socket = server.config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


if __name__ == "__main__":
    main()
