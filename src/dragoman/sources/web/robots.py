"""robots.txt: what a site asks of visitors (RFC 9309), read by protego."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.model.errors import TooLarge
from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.settings import ROBOT
from dragoman.sources.web.target import Target

if TYPE_CHECKING:
    from protego import Protego

    from dragoman.sources.web.fetch import Fetched

# RFC 9309 wants at least 500 KiB to be read.
MOST_BYTES = 512_000
# Every agent of a group gets every rule of it: so many pairs are read within a second, and the longest real file has a thousandth of them.
_MOST_PAIRS = 2_000_000
_AGENT = re.compile(r"(?im)^\s*user.?agent")
# Seconds that a file holds, one that could not be had, and the longest delay that is kept to.
_HOLDS, _HOLDS_FAULT = 86_400.0, 1_800.0
_LONGEST_DELAY = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What a site's robots.txt says until a moment (seconds since 1970); where it could not be had, `fault` says why and nothing may be asked."""

    text: str = ""
    fault: str | None = None
    until: float = 0.0

    def allows(self, target: Target) -> bool:
        """Whether the page may be asked for."""
        return self.fault is None and (not self.text or _parsed(self.text).can_fetch(target.url, ROBOT))

    def delay(self) -> float:
        """Seconds between two visits that the site asks for, at most ten minutes; 0 where it asks for none."""
        if not self.text:
            return 0.0
        rules = _parsed(self.text)
        rate = rules.request_rate(ROBOT)
        return min(max(rules.crawl_delay(ROBOT) or 0.0, rate.seconds / rate.requests if rate else 0.0), _LONGEST_DELAY)


def robots_of(target: Target, ask: Callable[[str], Fetched], now: float) -> Robots:
    """The rules of the target's site: none where it has no such file (4xx), a fault where it cannot tell (5xx, no answer)."""
    url = f"{target.origin}/robots.txt"
    try:
        answer = ask(url)
    except Refused:
        # Endless redirects, or a coding that nobody asked for: as good as none (RFC 9309). Whether the site may be asked at all is seen when it is.
        return Robots(until=now + _HOLDS)
    except (Unfetched, TooLarge) as error:
        return Robots(fault=str(error), until=now + _HOLDS_FAULT)
    if 200 <= answer.status < 300:
        text = answer.body.decode("utf-8", "replace").replace("\x00", "").removeprefix("\ufeff")
        agents = len(_AGENT.findall(text))
        if agents * max(text.count("\n"), text.count("\r")) > _MOST_PAIRS:
            return Robots(fault=f"{url}: names {agents:,} visitors with endless rules, which no honest site does", until=now + _HOLDS)
        return Robots(text=text, until=now + _HOLDS)
    if 400 <= answer.status < 500 and answer.status != 429:
        return Robots(until=now + _HOLDS)
    return Robots(fault=f"{url}: answers {answer.status}, so it cannot be told what may be asked", until=now + _HOLDS_FAULT)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Protego:
    from protego import Protego

    return Protego.parse(text)
