"""What is watched: sources.toml, read once at the door.

[web]        who asks, which addresses beside public ones, how politely
[watch]      how often, how much
[[sources]]  feeds, sitemaps, pages, pages of links
[[alerts]]   saved queries, each with the targets that it is sent to
[targets.X]  an Atom file, a webhook, a mailbox
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dragoman.model.errors import ConfigError
from dragoman.service.read import known_language
from dragoman.service.saved import Alert, Target, alert_of, target_of
from dragoman.service.toml_table import Table
from dragoman.sources.web.settings import Limits, Settings, agent, network_of
from dragoman.sources.web.target import target

Kind = Literal["feed", "sitemap", "page", "links"]
Content = Literal["page", "feed"]
_KINDS: tuple[Kind, ...] = ("feed", "sitemap", "page", "links")
_CONTENTS: tuple[Content, ...] = ("page", "feed")
_LARGEST_FILE = 4_000_000
# However often a source is to be asked, not more often than this.
_LEAST_EVERY = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed, a sitemap, a page that is read again whenever its text changes, or a page of links to articles.

    `include` and `exclude` are patterns of addresses (`*` is anything) that an article's must and must not match. `backlog`: articles taken when the
    source is polled first. `content`: whether a feed's articles are read on their pages or in the feed itself.
    """

    name: str
    url: str
    kind: Kind = "feed"
    every: float
    content: Content = "page"
    language: str | None = None
    outlet: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    backlog: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """Seconds where a time is meant; `pages` fetched from one source in one pass at most; `tries` before an article is given up."""

    path: str
    web: Settings
    delay: float = 2.0
    at_once: int = 4
    pages: int = 50
    tries: int = 10
    sources: tuple[Source, ...] = ()
    alerts: tuple[Alert, ...] = ()
    targets: tuple[Target, ...] = ()


def load_watchlist(path: Path) -> Watchlist:
    """The watchlist of a TOML file. Raises ConfigError, naming the table and the setting, for whatever cannot be understood."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
        if len(raw) > _LARGEST_FILE:
            raise ConfigError(f"{path}: is larger than {_LARGEST_FILE:,} bytes; watch with several files and records")
        values = tomllib.loads(raw.decode("utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: there is no such file; docs/watch.md shows one to begin with") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, OSError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML ({error}); mend it and start again") from error
    return watchlist(Table(values, str(path)), path.absolute().parent)


def watchlist(top: Table, folder: Path) -> Watchlist:
    """The watchlist of a table; relative paths begin at the folder."""
    web, watch = top.table("web"), top.table("watch")
    usual = Limits()
    settings = Settings(
        agent=agent(web.text("contact")),
        allow=tuple(network_of(one) for one in web.words("allow")),
        limits=Limits(
            max_bytes=web.whole("max_bytes", usual.max_bytes, most=1_000_000_000),
            connect=web.seconds("connect", usual.connect, least=0.1),
            read=web.seconds("read", usual.read, least=0.1),
            total=web.seconds("total", usual.total, least=0.1),
            redirects=web.whole("redirects", usual.redirects, least=0, most=20),
        ),
    )
    every = watch.seconds("every", 900.0, least=_LEAST_EVERY)
    backlog = watch.whole("backlog", 50, least=0, most=50_000)
    targets = {name: target_of(name, table, folder) for name, table in top.named("targets").items()}
    sources = tuple(_source(table, every, backlog) for table in top.tables("sources"))
    alerts = tuple(alert_of(table, targets) for table in top.tables("alerts"))
    found = Watchlist(
        path=top.where,
        web=settings,
        delay=web.seconds("delay", 2.0),
        at_once=web.whole("at_once", 4, most=32),
        pages=watch.whole("pages", 50, most=10_000),
        tries=watch.whole("tries", 10, most=100),
        sources=sources,
        alerts=alerts,
        targets=tuple(targets.values()),
    )
    for table in (web, watch, top):
        table.done()
    _once(top, "sources", "url", [target(one.url).url for one in sources])
    _once(top, "sources", "name", [one.name for one in sources])
    _once(top, "alerts", "name", [one.name for one in alerts])
    if not sources and not alerts:
        raise ConfigError(f"{top.where}: watches nothing; add a [[sources]] with a 'url'")
    return found


def _source(table: Table, every: float, backlog: int) -> Source:
    url = table.needed("url", "the address of a feed, a sitemap or a page").strip()
    kind = cast("Kind", table.choice("kind", _KINDS))
    content = cast("Content", table.choice("content", _CONTENTS))
    language = table.text("language")
    try:
        whole = target(url)
    except Exception as error:
        raise ConfigError(f"{table.where}: {error}") from error
    if language is not None and not known_language(language):
        raise table.wrong("language", language, "a code of a language, such as en or tr")
    found = Source(
        name=table.text("name") or whole.host,
        url=whole.url,
        kind=kind,
        every=table.seconds("every", every, least=_LEAST_EVERY),
        content=content,
        language=language,
        outlet=table.text("outlet"),
        include=table.words("include"),
        exclude=table.words("exclude"),
        backlog=table.whole("backlog", backlog, least=0, most=50_000),
    )
    table.done()
    if kind == "links" and not found.include:
        raise ConfigError(f"{table.where}: a page of links needs 'include', patterns of the addresses that are articles, such as \"*/news/*\"")
    if content == "feed" and kind != "feed":
        raise ConfigError(f'{table.where}: content = "feed" is for feeds, not for a {kind}')
    return found


def _once(top: Table, tables: str, key: str, values: list[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ConfigError(f"{top.where}: two [[{tables}]] have the {key} '{value}'; give each its own")
        seen.add(value)
