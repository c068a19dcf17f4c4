"""Politeness: each site is asked what it allows, one visit after the other with a pause between, and left alone when it asks for that."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.fetch import Fetched, fetch
from dragoman.sources.web.network import Network
from dragoman.sources.web.robots import MOST_BYTES, Robots, robots_of
from dragoman.sources.web.settings import Settings
from dragoman.sources.web.target import Target, shown, target

# Statuses that mean: not now.
BUSY = (429, 503)
_LONGEST_RETRY = 86_400.0
# Without a Retry-After.
_USUAL_RETRY = 300.0


class Later(Unfetched):
    """The site is not to be asked before a moment, in seconds since 1970."""

    def __init__(self, message: str, until: float) -> None:
        super().__init__(message)
        self.until = until


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is known of a site from one run to the next: when it may be visited again, and its robots.txt."""

    next_visit: float = 0.0
    robots: Robots = field(default_factory=Robots)


class Manners:
    """Visits to many sites, by several threads; `pause` waits some seconds, and is where a stop or a test comes in.

    A site that wants a longer pause than `patience` seconds is visited another time: Later says when.
    """

    def __init__(
        self,
        settings: Settings,
        network: Network,
        *,
        delay: float,
        pause: Callable[[float], None],
        sites: Mapping[str, Site] | None = None,
        patience: float = 60.0,
    ) -> None:
        self._settings, self._network, self._delay, self._pause, self._patience = settings, network, delay, pause, patience
        self._sites = dict(sites or {})
        self._changed: set[str] = set()
        self._lock = threading.Lock()

    def visit(self, url: str, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Fetched:
        """What the address answers; every site on the way is asked in its turn. Raises as `fetch` does, and Later."""
        answer = fetch(url, settings=self._settings, headers=headers, max_bytes=max_bytes, network=self._network, before=self._enter)
        if answer.status in BUSY:
            wait = retry_after(answer.headers.get("retry-after"), self._network.now()) or _USUAL_RETRY
            self._leave_alone(target(answer.url).origin, self._now() + wait)
        return answer

    def changed(self) -> dict[str, Site]:
        """The sites of which something new is known since this was asked last."""
        with self._lock:
            names, self._changed = self._changed, set()
            return {name: self._sites[name] for name in sorted(names)}

    def _enter(self, here: Target) -> None:
        robots = self._robots(here)
        if robots.fault is not None:
            raise Later(f"{shown(here.url)}: not asked, since the site's robots.txt cannot be had ({robots.fault})", robots.until)
        if not robots.allows(here):
            raise Refused(f"{shown(here.url)}: the site's robots.txt does not allow it to be fetched by programs")
        self._wait(here, robots.delay())

    def _robots(self, here: Target) -> Robots:
        now = self._now()
        with self._lock:
            known = self._sites.get(here.origin, Site()).robots
        if known.until > now:
            return known
        self._wait(here, known.delay())

        def ask(url: str) -> Fetched:
            return fetch(url, settings=self._settings, max_bytes=MOST_BYTES, network=self._network)

        found = robots_of(here, ask, now)
        with self._lock:
            self._sites[here.origin] = replace(self._sites.get(here.origin, Site()), robots=found)
            self._changed.add(here.origin)
        return found

    def _wait(self, here: Target, wanted: float) -> None:
        """Take the next free turn at the site and wait for it."""
        now = self._now()
        with self._lock:
            site = self._sites.get(here.origin, Site())
            # A clock that was wrong must not close a site for years.
            turn = max(now, min(site.next_visit, now + _LONGEST_RETRY))
            if turn - now > self._patience:
                raise Later(f"{shown(here.url)}: {here.host} asks for a longer pause", turn)
            self._sites[here.origin] = replace(site, next_visit=turn + max(self._delay, wanted))
            self._changed.add(here.origin)
        if turn > now:
            self._pause(turn - now)

    def _leave_alone(self, origin: str, until: float) -> None:
        with self._lock:
            site = self._sites.get(origin, Site())
            self._sites[origin] = replace(site, next_visit=max(site.next_visit, until))
            self._changed.add(origin)

    def _now(self) -> float:
        return self._network.now().timestamp()


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After, a number or a day and time, from 1 second to a day; None where there is none that can be read."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return max(1.0, min(float(value[:9]), _LONGEST_RETRY))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(1.0, min((moment - now).total_seconds(), _LONGEST_RETRY))
