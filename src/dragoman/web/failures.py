"""How often a wrong token came from where: after a few, whoever asks from there waits."""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict

# Wrong tokens from one address within so many seconds, and how many addresses are remembered.
MOST = 10
WITHIN = 900.0
_REMEMBERED = 10_000


class Failures:
    """Counts by address, of IPv6 by the /64 that one household has; in the memory of this process, so that a restart forgives."""

    def __init__(self) -> None:
        self._times: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, address: str, now: float) -> None:
        """One more came from there."""
        key = _household(address)
        with self._lock:
            self._times[key] = [*self._recent(key, now)[-(MOST - 1) :], now]
            self._times.move_to_end(key)
            while len(self._times) > _REMEMBERED:
                self._times.popitem(last=False)

    def wait(self, address: str, now: float) -> float:
        """Seconds until one is looked at again, rounded up; 0 where it is now."""
        with self._lock:
            recent = self._recent(_household(address), now)
        return 0 if len(recent) < MOST else max(1.0, recent[0] + WITHIN - now)

    def _recent(self, key: str, now: float) -> list[float]:
        return [one for one in self._times.get(key, ()) if now - one < WITHIN]


def _household(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address
