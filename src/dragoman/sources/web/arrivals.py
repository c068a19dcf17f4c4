"""What is at an address, as arrivals: a page, or all that a feed or a sitemap leads to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.sources.arrival import Arrival
from dragoman.sources.html import Told
from dragoman.sources.opening import Means, arrivals_in
from dragoman.sources.web.manners import Manners
from dragoman.sources.web.network import Network
from dragoman.sources.web.settings import Limits, Settings
from dragoman.sources.web.target import shown

# Seconds between two pages of one site.
_DELAY = 1.0


def arrivals_of_url(
    url: str,
    config: Config,
    means: Means | None = None,
    *,
    settings: Settings | None = None,
    network: Network | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Arrival]:
    """The articles at an address, politely: robots.txt is kept to, and pages that a feed leads to come one after the other.

    Only public addresses are asked unless `settings` allow others. Raises InputError where nothing comes of the address itself.
    """
    asked = settings or Settings(limits=Limits(max_bytes=config.max_bytes))
    manners = Manners(asked, network or Network(), delay=_DELAY, pause=pause)
    page = manners.visit(url)
    if not 200 <= page.status < 300:
        raise InputError(f"{shown(url)}: the server answers {page.status}; check the address, or try again later")
    told = Told(url=page.url, charset=page.charset, seen=page.fetched_at.date())
    yield from arrivals_in(BytesIO(page.body), page.url, config, replace(means or Means(), fetch=manners.visit), told=told)
