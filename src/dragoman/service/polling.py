"""What an answer means for the source that gave it: pure, so that every turn of a server's mood can be tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from dragoman.model.errors import InputError
from dragoman.service.watchlist import Source
from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.fetch import Fetched
from dragoman.sources.web.manners import BUSY, Later, retry_after
from dragoman.store.watched import Link
from dragoman.store.watched import Source as Kept

# Seconds: the first wait after a failure, which doubles with each that follows, up to a day for a source and a quarter of one for an article.
_FIRST, _LONGEST, _LONGEST_LINK = 60.0, 86_400.0, 21_600.0
_FIRST_LINK = 300.0
# Statuses that say: never here.
_GONE = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 414, 451})
_LONGEST_MESSAGE = 300
Outcome = Literal["new", "unchanged", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """The source as it is to be kept, and in words what came of it."""

    kept: Kept
    outcome: Outcome
    message: str


def begun(source: Source, kept: Kept) -> bool:
    """Whether the source has been worked through as it is meant now; where its settings have changed, it begins anew."""
    return kept.state.get("begun") == beginning(source)


def beginning(source: Source) -> str:
    """What of a source's settings decides which articles it tells of."""
    return repr((source.kind, source.content, source.include, source.exclude))


def conditions(source: Source, kept: Kept) -> dict[str, str]:
    """The headers that ask for an answer only where something has changed."""
    state = kept.state if begun(source, kept) else {}
    found = {"If-None-Match": state.get("etag"), "If-Modified-Since": state.get("modified")}
    return {name: value for name, value in found.items() if isinstance(value, str) and value.isascii() and value.isprintable() and len(value) <= 1_000}


def polled(source: Source, kept: Kept, answer: Fetched | InputError, now: datetime) -> Polled:
    """What is to be kept of a source after an answer or a failure; times are seconds since 1970."""
    at = now.timestamp()
    if isinstance(answer, Later):
        return _failed(kept, at, str(answer), until=answer.until, counts=False)
    if isinstance(answer, InputError):
        return _failed(kept, at, str(answer))
    if answer.status == 304:
        return _fine(source, kept, at, "unchanged", "nothing new", answer, status=304)
    if 200 <= answer.status < 300:
        digest = sha256(answer.body).hexdigest()
        if digest == kept.state.get("digest") and begun(source, kept):
            return _fine(source, kept, at, "unchanged", "nothing new (the same bytes)", answer, status=answer.status)
        return _fine(source, kept, at, "new", f"{len(answer.body):,} bytes", answer, status=answer.status, digest=digest)
    wait = retry_after(answer.headers.get("retry-after"), now) if answer.status in BUSY else None
    return _failed(kept, at, f"answers {answer.status}{_meaning(answer.status)}", until=None if wait is None else at + wait, status=answer.status)


def _fine(source: Source, kept: Kept, at: float, outcome: Outcome, message: str, answer: Fetched, **changes: Any) -> Polled:
    state: dict[str, Any] = {**kept.state, "tried": at, "ok": at, "failures": 0, "message": message, **changes}
    if answer.status != 304:
        state |= {
            "etag": answer.headers.get("etag"),
            "modified": answer.headers.get("last-modified"),
            "moved": answer.url if answer.url != source.url else None,
        }
    return Polled(kept=replace(kept, next_poll=at + source.every, state=state), outcome=outcome, message=message)


def _failed(kept: Kept, at: float, message: str, *, until: float | None = None, status: int | None = None, counts: bool = True) -> Polled:
    failures = int(kept.state.get("failures") or 0) + counts
    wait = min(_FIRST * 2 ** min(max(failures, 1) - 1, 20), _LONGEST)
    state = {**kept.state, "tried": at, "failures": failures, "status": status, "message": short(message)}
    return Polled(kept=replace(kept, next_poll=max(at + wait if counts else at, until or 0.0), state=state), outcome="failed", message=message)


def unread(kept: Kept, message: str, at: float) -> Kept:
    """A source whose answer came, but could not be made sense of: asked again as one that failed, without the conditions that would hide it."""
    return _failed(replace(kept, state={**kept.state, "etag": None, "modified": None, "digest": None}), at, message).kept


def missed(link: Link, answer: Fetched | InputError, now: datetime, tries: int) -> Link:
    """A link of which no page came: to be tried again, or given up."""
    at, state, link = now.timestamp(), dict(link.state), replace(link, stage="waiting")
    if isinstance(answer, Later):
        return replace(link, next_try=max(answer.until, at + 1), state=state | {"message": short(str(answer))})
    tried = int(state.get("tries") or 0) + 1
    message = str(answer) if isinstance(answer, InputError) else f"answers {answer.status}{_meaning(answer.status)}"
    state |= {"tries": tried, "message": short(message)}
    gone = isinstance(answer, Fetched) and answer.status in _GONE
    # Unfetched may pass; what is too large or refused will be so tomorrow.
    hopeless = isinstance(answer, InputError) and (isinstance(answer, Refused) or not isinstance(answer, Unfetched))
    if gone or hopeless or tried >= tries:
        return replace(link, stage="given up", next_try=0.0, state=state)
    wait = min(_FIRST_LINK * 2 ** min(tried - 1, 20), _LONGEST_LINK)
    if isinstance(answer, Fetched) and answer.status in BUSY:
        wait = max(wait, retry_after(answer.headers.get("retry-after"), now) or 0.0)
    return replace(link, next_try=at + wait, state=state)


def _meaning(status: int) -> str:
    words: Mapping[int, str] = {
        401: " (wants a password)", 403: " (not allowed)", 404: " (not there)", 410: " (gone for good)", 429: " (too often)", 500: " (the server has a fault)",
        502: " (the server has a fault)", 503: " (not now)", 504: " (the server has a fault)",
    }  # fmt: skip
    return words.get(status, "")


def short(message: str) -> str:
    """A message of bounded length."""
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[: _LONGEST_MESSAGE - 1]}…"
