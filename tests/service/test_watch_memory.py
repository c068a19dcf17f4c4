"""Everything hostile that a source can send, in one watch: it ends, in bounded memory, and the honest source beside it is read."""

import subprocess
import sys
from pathlib import Path

HOSTILE = """
import gzip, resource, sys, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[1])
from watched_site import Newsroom, Site, answer, feed, html, page, rss
from dragoman.service.watch import one_pass
from dragoman.store.open import open_store

store = open_store(sys.argv[2])
with Site() as site:
    url = site.url
    many = "".join(f"<item><link>{url}/none/{number}</link></item>" for number in range(100_000))
    words = "Ministers met in Oslo and spoke of trade. "
    site.pages |= {
        "/good": feed(rss(url, [1])), "/late": feed(rss(url, [2])), "/a/1": html(page(1)), "/a/2": html(page(2)),
        "/many": feed(f'<rss version="2.0"><channel>{many}</channel></rss>'.encode()),
        "/open": feed(b'<rss version="2.0"><channel>' + b"<item>" * 1_000_000),
        "/deep": feed(b'<?xml version="1.0"?>' + b"<a>" * 2_000_000),
        "/laughs": feed(b'<!DOCTYPE z [' + b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9)) + b']><rss version="2.0"><channel><title>&l9;</title></channel></rss>'),
        "/json": feed(b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 3_000_000),
        "/bomb": answer(body=gzip.compress(bytes(300_000_000)), Content_Encoding="gzip"),
        "/pages": feed(rss(url, list(range(50, 60)))),
        **{f"/a/{50 + number}": html(b"<html><body>" + (b"<div>" * 900_000 if number % 2 else (words * 150_000).encode()) + b"</body></html>") for number in range(10)},
        "/list": html(b"<html><body>" + b"".join(b'<a href="/none/%d">x</a>' % number for number in range(40_000)) + b"</body></html>"),
    }
    newsroom = Newsroom(store, site)
    one_pass(newsroom.watch({"path": "/good"}))
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    paths = ["/many", "/open", "/deep", "/laughs", "/json", "/bomb", "/pages", "/late"]
    one_pass(newsroom.watch(*({"path": path, "backlog": 10} for path in paths), {"path": "/list", "kind": "links", "include": ["*/none/*"], "backlog": 3}))
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) // 1024)
    for line in sorted(newsroom.told("failed", "given up")):
        print("  ", line[:200], file=sys.stderr)
    print(" ".join(path for path in newsroom.articles() if path in ("/a/1", "/a/2")))
"""


def test_hostile_sources_cost_little_and_stop_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOSTILE, str(Path(__file__).parent), str(tmp_path / "record.db")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    megabytes, read = done.stdout.splitlines()
    assert read == "/a/1 /a/2"
    assert int(megabytes) < 300, done.stderr
