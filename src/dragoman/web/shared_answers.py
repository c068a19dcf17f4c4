"""Answers that many readers are given: a page costs tenths of a second to build, and is the same for everybody who has not signed in.

    request ──signed in, a form, /api──▶ the application
       └────path, query, host, language──▶ kept and current ──▶ given
                                           kept, record changed since ──▶ one request makes it anew, the others are given the older one
                                           not kept ──▶ one request makes it, the others wait for it

An answer shows the record as it stood at most OLDEST seconds before; who reads alone is always given the record as the last look (LOOK) found it.
"""

from __future__ import annotations

import asyncio
import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field

import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.access import COOKIE
from dragoman.web.query import accepted
from dragoman.web.wording import languages

# Seconds between looks at whether the record has changed, and by which an answer may be older than the record.
LOOK, OLDEST = 0.25, 5.0
# Seconds after which an answer is made anew though the record is the same: its version does not tell that encoders have been loaded meanwhile.
LASTS = 60.0
# While a record grows, an answer that took a second to make is not made anew for so many seconds, nor any for more than half of OLDEST.
REST = 5.0
# Bytes that are kept, of which one answer takes an eighth at most; and answers.
BYTES, ENTRIES = 64 * 2**20, 4096
# Bytes of an answer beside its body and headers: of its key and the objects that hold it.
_OVERHEAD = 1024
_READING = frozenset({"GET", "HEAD"})
# What a correction is sent to: who has made one sees it at once on every page, signed in or not.
_CHANGING = ("/correct/", "/api/corrections")
Key = tuple[str, bytes, bytes, str]
Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer; `state` is what the record was when its making began, at `begun`, and `made` when it ended, by the clock that is injected."""

    status: int
    headers: Headers
    body: bytes
    state: str
    begun: float
    made: float

    @property
    def size(self) -> int:
        """Bytes that keeping it takes."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + _OVERHEAD

    @property
    def for_all(self) -> bool:
        """Whether it is a page that others may be given as well."""
        return self.status == 200 and self.header(b"set-cookie") is None and b"no-store" not in (self.header(b"cache-control") or b"")

    def header(self, name: bytes) -> bytes | None:
        """The value of a header by its name in small letters."""
        return next((value for known, value in self.headers if known == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """An answer being made by one request since `begun`, of the record as it was then; what it comes to is None where nothing came."""

    epoch: int
    state: str
    begun: float
    coming: Future[Answer | None] = field(default_factory=Future)


class SharedAnswers:
    """The answers kept, by key, least recently used first to go. Safe in threads; `clock` gives seconds, `look` the state of the record."""

    def __init__(self, look: Callable[[], str], clock: Callable[[], float], *, most_bytes: int = BYTES, most: int = ENTRIES) -> None:
        self.look = look
        self.clock = clock
        self.bytes = 0
        self._most_bytes, self._most = most_bytes, most
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._flights: dict[Key, Flight] = {}
        self._lock = threading.Lock()
        self._state = ""
        self._looked = -math.inf
        self._looking = 0
        # When states of the record that are over were last seen.
        self._over: dict[str, float] = {}
        self._epoch = 0

    def __len__(self) -> int:
        return len(self._kept)

    def must_look(self) -> bool:
        """Whether whoever asks must look at the record and say what it `saw`; while one looks, what was seen last holds for the others."""
        now = self.clock()
        with self._lock:
            since = now - self._looked
            if since < LOOK or (self._looking and since <= OLDEST):
                return False
            self._looking += 1
            return True

    def saw(self, state: str | None, at: float) -> None:
        """What a look begun `at` has found; None where it could not be had."""
        with self._lock:
            self._looking -= 1
            if state is None or at < self._looked:
                return
            if state != self._state:
                self._over = {one: last for one, last in self._over.items() if at - last <= OLDEST}
                self._over[self._state] = self._looked
            self._state, self._looked = state, at

    def take(self, key: Key) -> tuple[Answer | Flight, bool]:
        """The answer to give or the flight to wait for; True where this request must make what flies, and say what it `made`."""
        now = self.clock()
        with self._lock:
            kept, flight = self._kept.get(key), self._flights.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                known_until = self._known_until(kept)
                current = kept.state == self._state and now - kept.made < LASTS
                resting = now - kept.made < min(REST * (kept.made - kept.begun), OLDEST / 2)
                if (current or resting or flight is not None) and now - known_until <= OLDEST:
                    return kept, False
            if flight is not None:
                return flight, False
            flight = self._flights[key] = Flight(epoch=self._epoch, state=self._state, begun=now)
            return flight, True

    def made(self, key: Key, flight: Flight, answer: Answer | None) -> None:
        """End a flight: keep the answer where it may be kept, and give it to those who wait."""
        with self._lock:
            if self._flights.get(key) is flight:
                del self._flights[key]
            if answer is not None and answer.for_all and answer.size <= self._most_bytes // 8 and flight.epoch == self._epoch:
                self._drop(key)
                self._kept[key] = answer
                self.bytes += answer.size
                while self.bytes > self._most_bytes or len(self._kept) > self._most:
                    self._drop(next(iter(self._kept)))
        flight.coming.set_result(answer)

    def forget(self) -> None:
        """Keep nothing of what was made until now, nor what is being made."""
        with self._lock:
            self._kept.clear()
            self._flights = {}
            self.bytes = 0
            self._epoch += 1
            self._looked = -math.inf

    def _known_until(self, kept: Answer) -> float:
        """When the record was last known to be as an answer shows it."""
        if kept.state == self._state:
            return min(self._looked, kept.made + LASTS)
        return max(self._over.get(kept.state, -math.inf), kept.begun)

    def _drop(self, key: Key) -> None:
        old = self._kept.pop(key, None)
        self.bytes -= old.size if old is not None else 0


class Sharing:
    """The application with its answers shared, those at addresses whose first part is one of `parts`; all others pass through."""

    def __init__(self, app: ASGIApp, answers: SharedAnswers, parts: frozenset[str]) -> None:
        self.app, self.answers, self.parts = app, answers, parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        key = self._key(scope)
        if key is None or not await self._looked():
            await self._passed(scope, receive, send)
            return
        found, own = self.answers.take(key)
        if isinstance(found, Flight):
            # Shielded, for who goes away while waiting must not end it for the others.
            made = await self._make(key, found, scope) if own else await asyncio.shield(asyncio.wrap_future(found.coming))
            if made is None or not (own or made.for_all):
                await self.app(scope, receive, send)
                return
            found = made
        await _given(found, scope, send)

    def _key(self, scope: Scope) -> Key | None:
        """What an answer depends on; None where it is not for everybody."""
        if scope["type"] != "http" or scope["method"] not in _READING:
            return None
        first = scope["path"].split("/", 2)[1:2]
        if not first or first[0].removesuffix(".json") not in self.parts:
            return None
        host, language = b"", ""
        for name, value in scope["headers"]:
            if name == b"authorization" or (name == b"cookie" and COOKIE.encode() in value):
                return None
            if name == b"host":
                host = value
            elif name == b"accept-language":
                language = value.decode("latin-1")
        return scope["path"], scope["query_string"], host, accepted(language, languages())

    async def _looked(self) -> bool:
        """Look whether the record has changed, where it is time; False where it cannot be looked at."""
        if not self.answers.must_look():
            return True
        at, state = self.answers.clock(), None
        try:
            # With a thread of its own: those for pages may all be taken.
            state = await anyio.to_thread.run_sync(self.answers.look, limiter=anyio.CapacityLimiter(1))
        except Exception:
            # Whatever it is, the application meets it too, and says it as it says everything.
            return False
        finally:
            self.answers.saw(state, at)
        return True

    async def _make(self, key: Key, flight: Flight, scope: Scope) -> Answer | None:
        """The answer of the application to a reader who has nothing yet, with its body whatever was asked for; kept, and given to who waits."""
        asked = {**scope, "method": "GET", "headers": [one for one in scope["headers"] if one[0] not in (b"if-none-match", b"content-length")]}
        started: list[Message] = []
        parts: list[bytes] = []

        async def keep(message: Message) -> None:
            started.append(message)
            parts.append(message.get("body", b""))

        answer = None
        try:
            await self.app(asked, _Nothing(), keep)
            first = started[0]
            answer = Answer(
                status=first["status"], headers=tuple((bytes(name), bytes(value)) for name, value in first["headers"]), body=b"".join(parts),
                state=flight.state, begun=flight.begun, made=self.answers.clock(),
            )  # fmt: skip
        finally:
            self.answers.made(key, flight, answer)
        return answer

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application's own answer; what a correction has made otherwise is forgotten before who made it is told."""
        changing = scope["type"] == "http" and scope["method"] not in _READING and scope["path"].startswith(_CHANGING)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                self.answers.forget()
            await send(message)

        await self.app(scope, receive, told if changing else send)


class _Nothing:
    """What a request without a body sends, and then nothing."""

    def __init__(self) -> None:
        self._sent = False

    async def __call__(self) -> Message:
        if self._sent:
            await asyncio.Event().wait()
        self._sent = True
        return {"type": "http.request", "body": b"", "more_body": False}


async def _given(answer: Answer, scope: Scope, send: Send) -> None:
    """Send an answer as this request wants it: 304 where it has it already, without its body for HEAD."""
    tag = answer.header(b"etag")
    known = tag is not None and any(name == b"if-none-match" and value == tag for name, value in scope["headers"])
    headers = [one for one in answer.headers if not known or not one[0].startswith(b"content-") or one[0] == b"content-security-policy"]
    await send({"type": "http.response.start", "status": 304 if known else answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if known or scope["method"] == "HEAD" else answer.body})


def first_parts(paths: Iterable[str]) -> frozenset[str]:
    """The first parts of the addresses of pages: first_parts(["/", "/event/{id}"]) == {"", "index", "picture", "event"}."""
    return frozenset({"index", "picture", *(path.split("/")[1] for path in paths)})
