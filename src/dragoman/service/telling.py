"""New facts are put into letters, and letters sent: to an Atom file, a webhook, a mailbox; each once, as far as its target lets us know."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from dragoman.exports.readings.legible import legible
from dragoman.model.config import Config
from dragoman.model.errors import DragomanError, InputError
from dragoman.model.shelf import Shelf
from dragoman.service.alerts import Fact, facts, letter, signature
from dragoman.service.atom import atom
from dragoman.service.notes import Note, Tell
from dragoman.service.polling import short
from dragoman.service.saved import Alert, AtomFile, Mailbox, Target, Webhook
from dragoman.service.watchlist import Watchlist
from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.network import Network
from dragoman.sources.web.settings import Settings
from dragoman.store.alerted import Alerted, Sending
from dragoman.store.protocol import Store

# Letters to one target in one pass; seconds until a letter is tried again, which double, up to a quarter of a day; tries before it is given up.
_MOST, _FIRST, _LONGEST, _TRIES = 100, 60.0, 21_600.0, 20
# Facts marked at once.
_TOGETHER = 500
Mail = Callable[[EmailMessage, Mailbox], None]


def begin(store: Store, shelf: Shelf, watchlist: Watchlist, tell: Tell) -> None:
    """Mark, for each alert that is new or asks for something else than before, what the record holds already: it tells what is added from now on."""
    alerted = Alerted(store)
    for alert in watchlist.alerts:
        mark = signature(alert)
        if alerted.known(alert.name, [mark]):
            continue
        count = 0
        with store.writing():
            waiting = facts(alert, shelf)
            while some := list(islice(waiting, _TOGETHER)):
                alerted.tell(alert.name, [mark for fact in some for mark in fact.marks])
                count += len(some)
            alerted.tell(alert.name, [mark])
        tell(Note(what="started", message=f"tells what is added from now on; {count} facts that answer it were there before", source=alert.name))


def look(store: Store, shelf: Shelf, watchlist: Watchlist, network: Network, tell: Tell) -> None:
    """Put every fact that is new to an alert into a letter to each of its targets; fact and letters are kept together or not at all."""
    alerted = Alerted(store)
    for alert in watchlist.alerts:
        waiting = facts(alert, shelf)
        while some := list(islice(waiting, _TOGETHER)):
            _tell(store, alerted, alert, some, shelf, network, tell)


def _tell(store: Store, alerted: Alerted, alert: Alert, some: Sequence[Fact], shelf: Shelf, network: Network, tell: Tell) -> None:
    marks = {mark for fact in some for mark in fact.marks}
    told = alerted.known(alert.name, marks)
    marks -= told
    if not marks:
        return
    fresh: list[Fact] = []
    for fact in some:
        if not told & set(fact.marks):
            fresh.append(fact)
        told.update(fact.marks)
    made = network.now()
    with store.writing():
        letters = [letter(alert, fact, shelf, made) for fact in fresh]
        for content in letters:
            alerted.put([Sending(letter=content["id"], target=target, made=made.timestamp(), content=content) for target in alert.to])
        alerted.tell(alert.name, marks)
    for content in letters:
        tell(Note(what="alerted", message=str(content["title"]), source=alert.name))


def deliver(store: Store, watchlist: Watchlist, network: Network, tell: Tell, mail: Mail) -> None:
    """Send what is due; a target that fails keeps its letters and stops no other."""
    alerted = Alerted(store)
    now = network.now().timestamp()
    for target in watchlist.targets:
        due = alerted.due(target.name, now, _MOST)
        if isinstance(target, AtomFile):
            if due or not target.file.exists():
                _write(alerted, target, due, network, tell)
            continue
        for sending in due:
            try:
                send(target, sending.content, watchlist.web, network, mail)
            except DragomanError as error:
                after = _unsent(sending, error, now)
                alerted.set(after)
                tell(Note(what="unsent", level="error" if after.stage == "given up" else "warning", source=target.name, message=str(error)))
                if after.stage == "due":
                    break
            else:
                alerted.set(replace(sending, stage="sent", next_try=0.0))
                tell(Note(what="sent", source=target.name, message=str(sending.content["title"])))


def _unsent(sending: Sending, error: DragomanError, now: float) -> Sending:
    tried = int(sending.state.get("tries") or 0) + 1
    given_up = isinstance(error, Refused) or tried >= _TRIES
    wait = min(_FIRST * 2 ** min(tried - 1, 20), _LONGEST)
    state = {"tries": tried, "message": short(str(error))}
    return replace(sending, stage="given up" if given_up else "due", next_try=now + wait, state=state)


def _write(alerted: Alerted, target: AtomFile, due: Sequence[Sending], network: Network, tell: Tell) -> None:
    """The whole file anew, of the newest letters, in the old one's place."""
    written = alerted.newest(target.name, target.entries)
    updated = max((one.made for one in written), default=network.now().timestamp())
    part = target.file.with_name(f".{target.file.name}.part")
    try:
        target.file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(atom(target.name, [one.content for one in written], updated))
        part.replace(target.file)
    except OSError as error:
        tell(Note(what="unsent", level="warning", source=target.name, message=f"{target.file}: cannot be written ({error.strerror or error})"))
        return
    for one in due:
        alerted.set(replace(one, stage="sent", next_try=0.0))
    if due:
        tell(Note(what="sent", source=target.name, message=f"{len(due)} alerts", figures={"entries": len(written)}))


def send(target: Target, content: Mapping[str, Any], settings: Settings, network: Network, mail: Mail) -> None:
    """Send one letter. Raises Refused where trying again is of no use, Unfetched or ConfigError otherwise; none of them holds the address's secrets."""
    if isinstance(target, Webhook):
        _call(target, content, settings, network)
    elif isinstance(target, Mailbox):
        mail(message(target, content), target)


def _call(target: Webhook, content: Mapping[str, Any], settings: Settings, network: Network) -> None:
    from dragoman.sources.web.fetch import post

    body = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")
    headers = signed(body, target.secret.read(), int(network.now().timestamp())) | {"X-Dragoman-Id": str(content["id"]), "Content-Type": "application/json"}
    try:
        status = post(target.url, body, settings=settings, headers=headers, network=network)
    except InputError as error:
        # The path of a webhook is often its secret: only the name of the target is told.
        kind = Refused if isinstance(error, Refused) else Unfetched
        raise kind(f"the webhook '{target.name}' cannot be reached: {_without(str(error), target.url)}") from None
    if status in (408, 425, 429) or status >= 500 or status < 200:
        raise Unfetched(f"the webhook '{target.name}' answers {status}")
    if status >= 300:
        raise Refused(f"the webhook '{target.name}' answers {status}{', and redirects are not followed' if status < 400 else ''}")


def _without(message: str, url: str) -> str:
    from dragoman.sources.web.target import shown

    return message.replace(url, "it").replace(shown(url), "it")


def signed(body: bytes, secret: str, timestamp: int) -> dict[str, str]:
    """The headers that prove who sent a body, and when: HMAC-SHA256 over 'TIMESTAMP.BODY'."""
    code = hmac.new(secret.encode("utf-8"), f"{timestamp}.".encode("ascii") + body, sha256).hexdigest()
    return {"X-Dragoman-Timestamp": str(timestamp), "X-Dragoman-Signature": f"sha256={code}"}


def message(target: Mailbox, content: Mapping[str, Any]) -> EmailMessage:
    """The mail of a letter; its Message-ID is the same however often it is sent, so that a mailbox can drop a second copy."""
    found = EmailMessage()
    found["From"], found["To"] = target.sender, ", ".join(target.to)
    found["Subject"] = legible(f"[{content['alert']}] {content['title']}")[:300]
    found["Date"] = format_datetime(datetime.fromisoformat(content["made"]))
    found["Message-ID"] = f"<{content['id'].removeprefix('urn:dragoman:')}@{target.sender.rpartition('@')[2]}>"
    found["Auto-Submitted"] = "auto-generated"
    lines = [content["title"], ""]
    lines += [f"    {content['sentence']}", ""] if content["sentence"] else []
    lines += ["Reports:"] + [
        f"- {one['published'] or 'undated'} {one['outlet'] or ''}: {one['title'] or one['id']} {one['url'] or ''}" for one in content["articles"]
    ]
    found.set_content("\n".join(legible(line) for line in lines) + "\n")
    return found


def sent_by(settings: Settings, network: Network) -> Mail:
    """How mail is really sent."""

    def mail(message: EmailMessage, target: Mailbox) -> None:
        from dragoman.sources.web.mail import Server
        from dragoman.sources.web.mail import send as send_mail

        password = target.password.read() if target.password else None
        server = Server(host=target.server, port=target.port, security=target.security, user=target.user, password=password)
        send_mail(message, server, settings=settings, network=network)

    return mail


def alert(
    store: Store, config: Config, watchlist: Watchlist, network: Network, tell: Tell, *, mail: Mail | None = None, looked_at: str | None = None
) -> str | None:
    """Begin what is new, tell what is new to what is not, and send what is due.

    Gives the version of the record that was looked at; given back as `looked_at`, a record that is still the same is not looked through again.
    """
    from dragoman.service.shelf import open_shelf

    if watchlist.alerts:
        shelf = open_shelf(store, config)
        version = shelf.version()
        if version != looked_at:
            begin(store, shelf, watchlist, tell)
            look(store, shelf, watchlist, network, tell)
            looked_at = version
    deliver(store, watchlist, network, tell, mail or sent_by(watchlist.web, network))
    return looked_at
