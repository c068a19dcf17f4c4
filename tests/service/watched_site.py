"""A small press of our own: feeds, sitemaps and pages as their servers would send them, and a watch on them whose clock nobody waits for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "sources" / "web"))

from served import Asked, Clock, Site, answer

from dragoman.engines.here import Here
from dragoman.model.config import Config
from dragoman.service.notes import Note
from dragoman.service.toml_table import Table
from dragoman.service.watch import Watch
from dragoman.service.watchlist import watchlist
from dragoman.sources.web.network import Network
from dragoman.store.protocol import Store
from dragoman.store.watched import Watched

__all__ = ["Asked", "Clock", "Newsroom", "Site", "answer", "feed", "full_rss", "html", "page", "report", "rss"]
TOWNS = ("Oslo", "Nairobi", "Stockholm", "Vilnius", "Warsaw", "Accra", "Lisbon", "Amman", "Doha", "Rabat", "Quito", "Hanoi")


def report(number: int) -> str:
    """Report `number`, three sentences of it."""
    town = TOWNS[number % len(TOWNS)]
    return (
        f"Norwegian Foreign Minister Lars Dahl met Kenyan Foreign Minister Grace Odhiambo in {town} on Monday. "
        f"They spoke of trade, of fish and of report number {number}, officials in {town} said. "
        f"Dahl said that the talks had been useful and that a further round would follow in spring {number}."
    )


def page(number: int, text: str | None = None, charset: str = "utf-8", declared: str | None = "utf-8") -> bytes:
    """The page of a report, with what stands around it on pages."""
    title = f"Ministers meet in {TOWNS[number % len(TOWNS)]}, number {number}"
    body = "".join(f"<p>{escape(sentence.strip())}.</p>" for sentence in (text or report(number)).split(". ") if sentence.strip(". "))
    meta = f'<meta charset="{declared}">' if declared else ""
    head = f'<head>{meta}<title>{title}</title><meta property="article:published_time" content="2025-10-{number % 27 + 1:02}"></head>'
    return f"<!doctype html><html>{head}<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>".encode(charset)


def rss(site: str, numbers: Sequence[int], extra: str = "") -> bytes:
    """A feed of links to these reports."""
    items = "".join(
        f"<item><title>Ministers meet, number {number}</title><link>{site}/a/{number}</link><guid>{number}</guid>"
        f"<pubDate>{number % 27 + 1:02} Oct 2025 08:00:00 GMT</pubDate></item>"
        for number in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><link>{site}/</link>{items}{extra}</channel></rss>'.encode()


def full_rss(site: str, numbers: Sequence[int]) -> bytes:
    """A feed that has the whole reports in it."""
    items = "".join(
        f"<item><title>Number {number}</title><link>{site}/f/{number}</link><guid>{number}</guid>"
        f"<content:encoded><![CDATA[<p>{report(number)}</p><p>{report(number + 500)}</p>]]></content:encoded></item>"
        for number in numbers
    )
    name = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {name}><channel><title>Full</title>{items}</channel></rss>'.encode()


def feed(body: bytes, **headers: str) -> bytes:
    return answer(body=body, Content_Type="application/rss+xml", **headers)


def html(body: bytes, charset: str = "") -> bytes:
    return answer(body=body, Content_Type=f"text/html{charset and f'; charset={charset}'}")


@dataclass
class Newsroom:
    """A watch whose waits are made at once; `notes` is all that it said."""

    store: Store
    site: Site
    clock: Clock = field(default_factory=Clock)
    notes: list[Note] = field(default_factory=list)
    interrupt: Callable[[], None] | None = None

    def watch(self, *sources: dict[str, object], **top: object) -> Watch:
        """The watch of these sources, each with its 'path' on the site."""
        tables = [{"url": self.site.url + str(one["path"]), "name": str(one["path"]), **{key: one[key] for key in one if key != "path"}} for one in sources]
        web = {"allow": ["127.0.0.0/8"], "delay": 0, **dict(top.pop("web", {}))}  # type: ignore[call-overload]
        found = watchlist(Table({"web": web, "sources": tables, **top}, "sources.toml"), Path.cwd())
        return Watch(
            store=self.store, watched=Watched(self.store), watchlist=found, config=Config(encoder=False), engine=Here(),
            network=Network(monotonic=self.clock.monotonic, now=self.clock.now), pause=self.pause, tell=self.tell,
        )  # fmt: skip

    def pause(self, seconds: float) -> None:
        if seconds > 0:
            self.clock.pause(seconds)

    def tell(self, note: Note) -> None:
        self.notes.append(note)
        if self.interrupt is not None:
            self.interrupt()

    def told(self, *what: str) -> list[str]:
        """What was said of these things, and the source it was said of."""
        return [f"{note.source or ''} {note.message}".strip() for note in self.notes if note.what in what]

    def articles(self) -> list[str]:
        """The addresses of all articles, sorted."""
        return sorted(str(one.url).removeprefix(self.site.url) for one in self.store.articles())
