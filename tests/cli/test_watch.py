"""The command itself: killed, stopped and started again, it ends in the record of a run that nobody disturbed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "service"))

from watched_site import Site, answer, feed, full_rss, html, page, rss

NUMBERS = range(1, 9)


@pytest.fixture
def site() -> Iterator[Site]:
    """A feed of links, one with texts, a feed that is dead, and one whose articles both others have too."""
    with Site() as opened:
        opened.pages |= {
            "/feed": feed(rss(opened.url, list(NUMBERS))), "/full": feed(full_rss(opened.url, [1, 2, 3])), "/dead": answer(500),
            "/both": feed(rss(opened.url, [3, 4, 99])), "/a/99": answer(404), **{f"/a/{number}": html(page(number)) for number in NUMBERS},
        }  # fmt: skip
        yield opened


def sources_toml(folder: Path, site: Site) -> Path:
    sources = "".join(f'[[sources]]\nname = "{path}"\nurl = "{site.url}{path}"\n{more}' for path, more in
                      (("/feed", ""), ("/full", 'content = "feed"\n'), ("/dead", ""), ("/both", "")))  # fmt: skip
    alerts = '[[alerts]]\nname = "talks"\ntypes = ["CONSULT"]\nto = "feed"\n[targets.feed]\nkind = "atom"\nfile = "alerts.atom"\n'
    file = folder / "sources.toml"
    file.write_text(f'[web]\nallow = ["127.0.0.1"]\ndelay = 0\nat_once = 2\n{sources}{alerts}', encoding="utf-8")
    return file


def started(record: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dragoman.cli.main", "--record", str(record), *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "DRAGOMAN_ENCODER": "false"}, cwd=record.parent
    )


def ended(record: Path, *arguments: str) -> tuple[int, str, str]:
    process = started(record, *arguments)
    output, errors = process.communicate(timeout=300)
    return process.returncode, output, errors


def until(process: subprocess.Popen[str], event: str, count: int) -> list[dict[str, object]]:
    """Read the log until the event has been told so often."""
    assert process.stderr is not None
    rows: list[dict[str, object]] = []
    for line in process.stderr:
        rows.append(json.loads(line))
        count -= rows[-1]["event"] == event
        if not count:
            break
    return rows


def test_killed_and_started_again_nothing_is_lost_or_doubled(site: Site, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    file, record = sources_toml(tmp_path / "one", site), tmp_path / "one" / "record.db"
    killed = started(record, "watch", "--log", "json", str(file))
    until(killed, "fetched", 3)
    killed.kill()
    killed.communicate()
    stopped = started(record, "watch", "--log", "json", str(file))
    until(stopped, "added", 1)
    stopped.send_signal(signal.SIGTERM)
    _, errors = stopped.communicate(timeout=300)
    assert stopped.returncode == 0, errors
    for _ in range(2):
        status, _, errors = ended(record, "watch", "--once", "--log", "json", str(file))
        assert status in (0, 1), errors
    whole, undisturbed = tmp_path / "other" / "record.db", sources_toml(tmp_path / "other", site)
    assert ended(whole, "watch", "--once", "--log", "json", str(undisturbed))[0] == 0
    assert ended(record, "export")[1] == ended(whole, "export")[1]
    articles = json.loads(ended(record, "export")[1])["articles"]
    assert Counter(str(one["url"]).removeprefix(site.url) for one in articles) == Counter([*(f"/a/{number}" for number in NUMBERS), "/f/1", "/f/2", "/f/3"])
    atom = (tmp_path / "one" / "alerts.atom").read_text(encoding="utf-8")
    assert atom.count("<entry>") == len(set(atom.split("<id>"))) - 2
    status, lines, _ = ended(record, "sources", str(file))
    assert [line.split(": ")[0] for line in lines.splitlines()] == ["/feed", "/full", "/dead", "/both"]
    assert "failed" in lines.splitlines()[2]


def test_what_cannot_begin_is_said_in_a_line(tmp_path: Path) -> None:
    status, _, errors = ended(tmp_path / "record.db", "watch", "--once", str(tmp_path / "none.toml"))
    assert (status, errors.count("\n"), "there is no such file" in errors) == (2, 1, True)


def test_where_every_source_fails_the_status_says_so(site: Site, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(f'[web]\nallow = ["127.0.0.1"]\ndelay = 0\n[[sources]]\nurl = "{site.url}/dead?key=s3cret"\n')
    status, _, errors = ended(tmp_path / "record.db", "watch", "--once", str(tmp_path / "sources.toml"))
    assert status == 1
    assert "s3cret" not in errors
    status, lines, _ = ended(tmp_path / "record.db", "sources", "--format", "json")
    assert json.loads(lines)["failures"] == 1
    assert "s3cret" not in lines


def test_a_second_watch_is_refused(site: Site, tmp_path: Path) -> None:
    from dragoman.store.open import open_store
    from dragoman.store.watched import Watched

    store = open_store(str(tmp_path / "record.db"))
    with Watched(store).alone():
        status, _, errors = ended(tmp_path / "record.db", "watch", "--once", str(sources_toml(tmp_path, site)))
    store.close()
    assert (status, "is being watched with by another" in errors) == (2, True)


def test_alerts_of_a_record_that_is_filled_by_hand(made: Path) -> None:
    file = made.parent / "alerts.toml"
    file.write_text('[[alerts]]\nname = "offices"\nabout = "offices"\nto = "feed"\n[targets.feed]\nkind = "atom"\nfile = "alerts.atom"\n')
    status, _, errors = ended(made, "alerts", "--log", "json", str(file))
    assert status == 0
    assert [json.loads(line)["event"] for line in errors.splitlines()] == ["started"]
    assert b"<feed" in (made.parent / "alerts.atom").read_bytes()
    status, output, errors = ended(made, "sources")
    assert (status, output, "no source was ever polled" in errors) == (0, "", True)
