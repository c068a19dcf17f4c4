"""Saved queries: each fact is told once, in whatever order reports come and however often the program is started."""

from __future__ import annotations

import hmac
import json
import random
import sys
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from watched_site import Clock, Site, answer

from dragoman.linking.items import Signature
from dragoman.model.codec import loads
from dragoman.model.config import Config
from dragoman.model.errors import ConfigError, DragomanError
from dragoman.model.reading import Reading
from dragoman.reading.kit import Kit
from dragoman.service.atom import atom
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.service.notes import Note, as_json, as_text
from dragoman.service.saved import Mailbox
from dragoman.service.telling import alert, message, signed
from dragoman.service.toml_table import Table
from dragoman.service.watchlist import Watchlist, watchlist
from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.network import Network
from dragoman.store.alerted import Alerted
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

SECRET = "s3cret-of-the-desk"  # noqa: S105


@pytest.fixture
def readings(made_once: Path) -> dict[str, Reading]:
    """The five articles of the record that was read by hand: a1, b2, c3 report one meeting, d4 another, e5 a third with a new minister."""
    store = open_store(str(made_once), create=False)
    found = {loads(text).article.name[:2]: loads(text) for _, text in store.readings()}
    store.close()
    return found


class Desk:
    """A record that grows article by article, and the alerts on it; opened anew before each."""

    def __init__(self, path: Path, kit: Kit, readings: dict[str, Reading], **top: object) -> None:
        self.path, self.kit, self.readings, self.clock = path, kit, readings, Clock()
        self.notes: list[Note] = []
        self.mails: list[EmailMessage] = []
        self.fails: DragomanError | None = None
        self.lists = self.listed(**top)

    def listed(self, **top: object) -> Watchlist:
        targets = {"feed": {"kind": "atom", "file": "alerts.atom"}, **dict(top.pop("targets", {}))}  # type: ignore[call-overload]
        return watchlist(Table({"web": {"allow": ["127.0.0.0/8"]}, "targets": targets, **top}, "sources.toml"), self.path.parent)

    def add(self, *names: str) -> list[str]:
        """Add articles and run the alerts; gives the titles of what was told."""
        store = open_store(str(self.path))
        if names:
            with store.writing():
                keep(store, [Fresh(reading=self.readings[name], signature=Signature()) for name in names], kinds(self.kit))
        before = len(self.notes)
        self.run(store)
        store.close()
        return [note.message for note in self.notes[before:] if note.what == "alerted"]

    def run(self, store: Store) -> None:
        network = Network(monotonic=self.clock.monotonic, now=self.clock.now)
        alert(store, Config(encoder=False), self.lists, network, self.notes.append, mail=self.mail)

    def mail(self, mail: EmailMessage, target: Mailbox) -> None:
        if self.fails:
            raise self.fails
        self.mails.append(mail)


@pytest.fixture
def desk(tmp_path: Path, kit: Kit, readings: dict[str, Reading]) -> Desk:
    """Alerts on the meetings of two states."""
    return Desk(tmp_path / "record.db", kit, readings, alerts=[{"name": "both", "states": ["TUR", "SYR"], "types": ["consult"], "to": "feed"}])


def test_an_event_is_told_once_however_many_reports_it_gets(desk: Desk) -> None:
    assert desk.add() == []
    assert desk.add("a1") == ["2025-10-12: Talks in Ankara: Hakan Fidan (Türkiye), Asaad al-Shaibani (Syria)"]
    assert desk.add("b2") == []
    assert desk.add("c3") == []
    assert desk.add("d4") == []
    assert len(desk.add("e5")) == 1
    assert desk.add() == []


@pytest.mark.parametrize("seed", range(4))
def test_in_any_order_each_event_is_told_once(desk: Desk, seed: int) -> None:
    desk.add()
    order = sorted(desk.readings)
    random.Random(seed).shuffle(order)
    assert sum(len(desk.add(name)) for name in order) == 2


def test_an_alert_begins_with_what_is_added_after_it(desk: Desk) -> None:
    assert desk.add("a1", "b2", "c3", "d4") == []
    assert [note.message for note in desk.notes if note.what == "started"] == ["tells what is added from now on; 1 facts that answer it were there before"]
    assert len(desk.add("e5")) == 1
    desk.lists = desk.listed(alerts=[{"name": "both", "states": ["TUR"], "to": "feed"}])
    assert desk.add() == []


def test_a_person_is_found_by_any_spelling(tmp_path: Path, kit: Kit, readings: dict[str, Reading]) -> None:
    named = [{"name": one, "person": one, "to": "feed"} for one in ("asaad al-sheebani", "هاكان فيدان", "Nobody Known", "Rami Haddad")]
    desk = Desk(tmp_path / "record.db", kit, readings, alerts=named)
    desk.add()
    desk.add("a1", "b2", "c3")
    desk.add("e5")
    told = [note.source for note in desk.notes if note.what == "alerted"]
    assert sorted(told) == ["Rami Haddad", "asaad al-sheebani", "هاكان فيدان", "هاكان فيدان"]


def test_a_dispute_is_told_when_it_appears(tmp_path: Path, kit: Kit, readings: dict[str, Reading]) -> None:
    desk = Desk(tmp_path / "record.db", kit, readings, alerts=[{"name": "disputes", "about": "disputes", "to": "feed"}])
    desk.add()
    assert desk.add("a1") == []
    told = desk.add("b2")
    assert len(told) == 1
    assert told[0].startswith("Reports differ about the date (2025-10-12 / 2025-10-13) of: ")
    assert desk.add("c3") == []
    assert desk.add("d4", "e5") == []


def test_a_change_of_office_is_told_when_it_appears(tmp_path: Path, kit: Kit, readings: dict[str, Reading]) -> None:
    asked = {"about": "offices", "to": "feed"}
    alerts = [{"name": "syr", "offices": "foreign-minister", "states": "SYR", **asked}, {"name": "tur", "states": "TUR", **asked}, {"name": "all", **asked}]
    desk = Desk(tmp_path / "record.db", kit, readings, alerts=alerts)
    desk.add()
    assert desk.add("a1", "b2") == []
    told = desk.add("e5")
    assert told[0].startswith("Rami Haddad is reported as foreign minister of Syria since 2026-02-10; before, it was ")
    assert [note.source for note in desk.notes if note.what == "alerted"] == ["syr", "all"]
    assert desk.add("c3") == []


def test_the_atom_file_is_a_feed_and_is_written_whole(desk: Desk, tmp_path: Path) -> None:
    import feedparser

    desk.add()
    assert feedparser.parse((tmp_path / "alerts.atom").read_bytes()).entries == []
    desk.add("a1")
    desk.add("e5")
    content = (tmp_path / "alerts.atom").read_bytes()
    found = feedparser.parse(content)
    assert not found.bozo
    assert [one.title for one in found.entries][1].startswith("2025-10-12: Talks in Ankara")
    assert len({one.id for one in found.entries}) == 2
    assert "Hakan Fidan met Asaad al-Shaibani in Ankara on Sunday." in found.entries[1].content[0].value
    (tmp_path / "alerts.atom").unlink()
    desk.add()
    assert (tmp_path / "alerts.atom").read_bytes() == content
    assert not list(tmp_path.glob(".*.part"))


def test_hostile_words_do_no_harm_to_the_feed_or_the_mail() -> None:
    import feedparser

    evil = "</title><script>x</script>\r\nBcc: all@example.org\x00\x0b\ud800\u202e&"
    report = {"id": "a", "title": evil, "outlet": evil, "url": "javascript:alert(1)", "published": None, "language": "en"}
    letter = {"id": "urn:dragoman:1", "alert": evil, "title": evil, "sentence": evil, "made": "2025-10-12T09:00:00+00:00", "articles": [report], "fact": {}}
    content = atom("desk", [letter], 0.0)
    assert b"<script" not in content
    assert b"javascript:" not in content
    assert not feedparser.parse(content).bozo
    mail = message(Mailbox(name="m", server="s", port=25, security="none", sender="a@example.org", to=("b@example.org",)), letter)
    assert mail["Bcc"] is None
    assert b"\nBcc:" not in bytes(mail)


def hooked(site: Site, tmp_path: Path, kit: Kit, readings: dict[str, Reading], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("DESK_SECRET", SECRET)
    targets = {"desk": {"kind": "webhook", "url": f"{site.url}/hooks/T0KEN?key=T0KEN", "secret_env": "DESK_SECRET"}}
    alerts = [{"name": "both", "states": ["TUR", "SYR"], "to": ["desk", "feed"]}]
    return Desk(tmp_path / "record.db", kit, readings, alerts=alerts, targets=targets)


def test_a_webhook_is_called_with_a_signature(tmp_path: Path, kit: Kit, readings: dict[str, Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({"/hooks/T0KEN?key=T0KEN": answer(204)}) as site:
        desk = hooked(site, tmp_path, kit, readings, monkeypatch)
        desk.add()
        desk.add("a1")
        desk.add("b2")
        (asked,) = site.asked
        time = asked.headers["x-dragoman-timestamp"]
        code = hmac.new(SECRET.encode(), f"{time}.".encode() + asked.content, sha256).hexdigest()
        assert asked.headers["x-dragoman-signature"] == f"sha256={code}"
        assert int(time) == int(desk.clock.now().timestamp())
        sent = json.loads(asked.content)
        assert sent["id"] == asked.headers["x-dragoman-id"]
        assert (sent["alert"], sent["fact"]["type"], len(sent["articles"])) == ("both", "CONSULT", 1)


def test_a_webhook_that_fails_is_called_again_and_no_secret_is_said(
    tmp_path: Path, kit: Kit, readings: dict[str, Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/hooks/T0KEN?key=T0KEN"
    with Site({path: answer(503)}) as site:
        desk = hooked(site, tmp_path, kit, readings, monkeypatch)
        desk.add()
        desk.add("a1")
        desk.add()
        assert len(site.asked) == 1
        desk.clock.seconds += 61
        desk.add("e5")
        assert len(site.asked) == 2
        site.pages[path] = answer(200)
        desk.clock.seconds += 200
        desk.add()
        assert [json.loads(one.content)["title"][:10] for one in site.asked[2:]] == ["2025-10-12", "2026-02-09"]
        desk.clock.seconds += 100_000
        desk.add()
        assert len(site.asked) == 4
        site.pages[path] = answer(410)
        desk.lists = desk.listed(alerts=[{"name": "new", "person": "Raquel Peña", "to": "desk"}], targets=hooks(site))
        desk.add()
        desk.add("d4")
        assert Alerted(open_store(str(desk.path))).counts()["desk"] == {"given up": 1, "sent": 2}
    lines = [as_text(note, desk.clock.now()) + as_json(note, desk.clock.now()) for note in desk.notes]
    assert any("answers 503" in line for line in lines)
    assert not any("T0KEN" in line or SECRET in line for line in lines)


def hooks(site: Site) -> dict[str, object]:
    return {"desk": {"kind": "webhook", "url": f"{site.url}/hooks/T0KEN?key=T0KEN", "secret_env": "DESK_SECRET"}}


def test_a_webhook_that_cannot_be_reached_does_not_tell_its_path(
    tmp_path: Path, kit: Kit, readings: dict[str, Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Site() as site:
        desk = hooked(site, tmp_path, kit, readings, monkeypatch)
    desk.add()
    desk.add("a1")
    lines = [note.message for note in desk.notes if note.what == "unsent"]
    assert len(lines) == 1
    assert "T0KEN" not in lines[0]
    monkeypatch.delenv("DESK_SECRET")
    desk.clock.seconds += 1000
    desk.add()
    assert "DESK_SECRET, which is to hold a secret" in [note.message for note in desk.notes if note.what == "unsent"][-1]


def test_a_webhook_inside_the_network_is_refused(tmp_path: Path, kit: Kit, readings: dict[str, Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECRET", SECRET)
    targets = {"desk": {"kind": "webhook", "url": "http://169.254.169.254/latest", "secret_env": "DESK_SECRET"}}
    desk = Desk(tmp_path / "record.db", kit, readings, alerts=[{"name": "both", "states": ["TUR", "SYR"], "to": "desk"}], targets=targets)
    desk.add()
    desk.add("a1")
    (note,) = [note for note in desk.notes if note.what == "unsent"]
    assert note.level == "error"
    assert "link-local" in note.message


def test_mail_is_sent_once_and_a_server_that_is_away_is_tried_again(tmp_path: Path, kit: Kit, readings: dict[str, Reading]) -> None:
    targets = {"mail": {"kind": "mail", "server": "mail.example.org", "from": "dragoman@example.org", "to": ["desk@example.org", "night@example.org"]}}
    desk = Desk(tmp_path / "record.db", kit, readings, alerts=[{"name": "both", "states": ["TUR", "SYR"], "to": "mail"}], targets=targets)
    desk.add()
    desk.fails = Unfetched("mail server mail.example.org: does not answer")
    desk.add("a1")
    desk.fails = None
    desk.add()
    assert desk.mails == []
    desk.clock.seconds += 61
    desk.add()
    (mail,) = desk.mails
    assert mail["Subject"].startswith("[both] 2025-10-12: Talks in Ankara")
    assert mail["To"] == "desk@example.org, night@example.org"
    assert "Hakan Fidan met Asaad al-Shaibani in Ankara on Sunday." in mail.get_content()
    desk.fails = Refused("mail server mail.example.org: takes no such mail")
    desk.add("e5")
    desk.clock.seconds += 100_000
    desk.fails = None
    desk.add()
    assert len(desk.mails) == 1


def test_a_file_that_cannot_be_written_is_said_and_written_later(desk: Desk, tmp_path: Path) -> None:
    desk.add()
    (tmp_path / "alerts.atom").unlink()
    (tmp_path / "alerts.atom").mkdir()
    desk.add("a1")
    assert [note.source for note in desk.notes if note.what == "unsent"] == ["feed"]
    (tmp_path / "alerts.atom").rmdir()
    desk.add()
    assert b"Talks in Ankara" in (tmp_path / "alerts.atom").read_bytes()


def test_the_signature_is_what_the_documents_say() -> None:
    code = hmac.new(b"key", b'17.{"a":1}', sha256).hexdigest()
    assert signed(b'{"a":1}', "key", 17) == {"X-Dragoman-Timestamp": "17", "X-Dragoman-Signature": f"sha256={code}"}


def test_secrets_are_read_from_files_without_being_said(tmp_path: Path) -> None:
    from dragoman.service.saved import Secret

    (tmp_path / "key").write_text(f"{SECRET}\n")
    assert Secret(file=tmp_path / "key").read() == SECRET
    for file in ("none", "empty"):
        (tmp_path / "empty").write_text(" \n")
        with pytest.raises(ConfigError, match=file):
            Secret(file=tmp_path / file).read()
    with pytest.raises(ConfigError, match="NO_SUCH"):
        Secret(variable="NO_SUCH").read({})
