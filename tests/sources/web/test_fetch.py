"""Everything that a server can do, and how it ends."""

import gzip
import socket
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from served import Asked, Clock, Played, Site, answer, played

from dragoman.model.errors import TooLarge
from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.fetch import fetch, post
from dragoman.sources.web.network import Network
from dragoman.sources.web.settings import Limits, Settings

PUBLIC = Settings()


def test_a_page_comes_with_its_headers_and_says_who_asks(site: Site, settings: Settings) -> None:
    site.pages["/a?b=1"] = answer(body=b"hello", Content_Type='text/html; charset="ISO-8859-9"', ETag='"x"')
    found = fetch(f"{site.url}/a?b=1#part", settings=replace(settings, agent="Dragoman/9 (test)"), headers={"If-None-Match": '"y"'})
    assert (found.status, found.body, found.media_type, found.charset, found.headers["etag"]) == (200, b"hello", "text/html", "iso-8859-9", '"x"')
    assert found.url == f"{site.url}/a?b=1"
    asked = site.asked[0]
    assert asked.headers["user-agent"] == "Dragoman/9 (test)"
    assert asked.headers["if-none-match"] == '"y"'
    assert asked.headers["host"] == f"127.0.0.1:{site.port}"
    assert asked.headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in asked.headers


@pytest.mark.parametrize("status", [304, 403, 404, 410, 429, 500, 503])
def test_other_answers_are_given_without_their_body(site: Site, settings: Settings, status: int) -> None:
    site.pages["/x"] = answer(status, b"" if status == 304 else b"x" * 300_000, Retry_After="120")
    found = fetch(f"{site.url}/x", settings=settings)
    assert (found.status, found.body, found.headers["retry-after"]) == (status, b"", "120")


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"Oslo, Nairobi" * 99)),
        ("x-gzip", gzip.compress(b"Oslo, Nairobi" * 50) + gzip.compress(b"Oslo, Nairobi" * 49)),
        ("deflate", zlib.compress(b"Oslo, Nairobi" * 99)),
        ("deflate", zlib.compress(b"Oslo, Nairobi" * 99)[2:-4]),
        ("deflate, gzip", gzip.compress(zlib.compress(b"Oslo, Nairobi" * 99))),
        ("identity", b"Oslo, Nairobi" * 99),
    ],
)
def test_packed_answers_are_unpacked(site: Site, settings: Settings, coding: str, packed: bytes) -> None:
    site.pages["/x"] = answer(body=packed, Content_Encoding=coding)
    assert fetch(f"{site.url}/x", settings=settings).body == b"Oslo, Nairobi" * 99


def test_chunks_are_put_together(site: Site, settings: Settings) -> None:
    site.pages["/x"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nOslo\r\n2\r\n, \r\n0\r\n\r\n"
    assert fetch(f"{site.url}/x", settings=settings).body == b"Oslo, "


def test_redirects_are_followed_and_each_target_told(site: Site, settings: Settings) -> None:
    site.pages |= {"/a": answer(301, Location="/b?x=1"), "/b?x=1": answer(302, Location=f"{site.url}/c"), "/c": answer(body=b"there")}
    way: list[str] = []
    found = fetch(f"{site.url}/a", settings=settings, before=lambda target: way.append(target.path))
    assert (found.asked, found.url, found.body) == (f"{site.url}/a", f"{site.url}/c", b"there")
    assert way == ["/a", "/b?x=1", "/c"]


@pytest.mark.parametrize(
    "where",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "//user:pw@x/",
    ],
)
def test_a_redirect_leads_nowhere_that_a_link_may_not(site: Site, settings: Settings, where: str) -> None:
    site.pages["/a"] = answer(302, Location=where)
    with pytest.raises(Refused):
        fetch(f"{site.url}/a", settings=settings)


def test_endless_redirects_end(site: Site, settings: Settings) -> None:
    site.pages |= {"/a": answer(302, Location="/b"), "/b": answer(302, Location="/a")}
    with pytest.raises(Refused, match="leads on more than 5 times"):
        fetch(f"{site.url}/a", settings=settings)
    assert len(site.asked) == 6


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "0", "[::ffff:127.0.0.1]", "１２７.0.0.1"])
def test_this_machine_is_not_asked_unless_allowed(site: Site, host: str) -> None:
    with pytest.raises(Unfetched) as failed:
        fetch(f"http://{host}:{site.port}/", settings=PUBLIC)
    assert isinstance(failed.value, Refused) or "no host" in str(failed.value)
    assert not site.asked


def test_a_name_is_looked_up_once_and_the_checked_address_connected_to() -> None:
    clock, asked = Clock(), []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ("93.184.215.14",) if len(asked) == 1 else ("127.0.0.1",)

    backend = Played(lambda: iter([answer(body=b"x")]), clock)
    network = Network(resolve=resolve, connect=backend, monotonic=clock.monotonic, now=clock.now)
    assert fetch("http://rebinding.example/", settings=PUBLIC, network=network).body == b"x"
    assert backend.connected == [("93.184.215.14", 80)]
    with pytest.raises(Refused, match=r"leads to 127.0.0.1, which is this machine itself"):
        fetch("http://rebinding.example/", settings=PUBLIC, network=network)
    assert backend.connected == [("93.184.215.14", 80)]


def test_of_a_mixed_name_only_public_addresses_are_asked() -> None:
    network = played(lambda: iter([answer(body=b"x")]), names={"mixed.example": ("10.0.0.1", "fe80::1%eth0", "93.184.215.14")})
    fetch("http://mixed.example/", settings=PUBLIC, network=network)
    assert isinstance(network.connect, Played)
    assert network.connect.connected == [("93.184.215.14", 80)]


def test_a_name_that_does_not_exist_is_said() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Unfetched, match=r"there is no host nowhere\.example"):
        fetch("http://nowhere.example/", settings=PUBLIC, network=Network(resolve=resolve))


def test_a_server_that_does_not_answer_is_said(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Unfetched, match="does not answer"):
        fetch(f"http://127.0.0.1:{port}/", settings=settings)


def test_a_silent_server_is_left_after_the_time_for_reading() -> None:
    clock = Clock()
    with pytest.raises(Unfetched, match="said nothing for 20 seconds"):
        fetch("http://silent.example/", settings=PUBLIC, network=played(lambda: iter([b"H"]), clock=clock, each=25.0))
    assert clock.seconds == 20


@pytest.mark.parametrize("drops", ["head", "body", "continue"])
def test_a_server_that_drips_is_left_after_the_time_for_all(drops: str) -> None:
    def dripping() -> Iterator[bytes]:
        if drops == "continue":
            while True:
                yield b"HTTP/1.1 100 Continue\r\n\r\n"
        if drops == "body":
            yield b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"
        if drops == "head":
            yield b"HTTP/1.1 200 OK\r\nX: "
        while True:
            yield b"x"

    clock = Clock()
    with pytest.raises(Unfetched, match="not done within 60 seconds"):
        fetch("http://slow.example/", settings=PUBLIC, network=played(dripping, clock=clock, each=1.0))
    assert clock.seconds <= 62


def test_waiting_for_a_turn_does_not_count() -> None:
    clock = Clock()
    network = played(lambda: iter([answer(body=b"x")]), clock=clock, each=1.0)
    assert fetch("http://slow.example/", settings=PUBLIC, network=network, before=lambda _: clock.pause(600)).body == b"x"


@pytest.mark.parametrize(
    "bytes_", [b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", b"\x00\xff" * 99]
)
def test_what_is_no_answer_is_said(bytes_: bytes) -> None:
    with pytest.raises(Unfetched, match=r"broke off or is no HTTP"):
        fetch("http://broken.example/", settings=PUBLIC, network=played(lambda: iter([bytes_])))


def test_a_head_without_end_is_refused() -> None:
    def endless() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        while True:
            yield b"X-Much: " + b"x" * 60_000 + b"\r\n"

    with pytest.raises(Unfetched, match="head of the answer"):
        fetch("http://heady.example/", settings=PUBLIC, network=played(endless))


def test_larger_than_the_limit_is_refused_however_it_is_told(site: Site, settings: Settings) -> None:
    def endless(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
        while True:
            yield b"x" * 65_536

    site.pages |= {"/told": answer(body=b"x" * 200_001), "/endless": endless, "/fits": answer(body=b"x" * 200_000)}
    with pytest.raises(TooLarge, match="200,001 bytes"):
        fetch(f"{site.url}/told", settings=settings)
    with pytest.raises(TooLarge, match="larger than 200,000"):
        fetch(f"{site.url}/endless", settings=settings)
    assert len(fetch(f"{site.url}/fits", settings=settings).body) == 200_000
    with pytest.raises(TooLarge):
        fetch(f"{site.url}/fits", settings=settings, max_bytes=10)


def test_codings_that_were_not_asked_for_are_refused(site: Site, settings: Settings) -> None:
    for coding in ("br", "zstd", "gzip, gzip, gzip", "compress"):
        site.pages["/x"] = answer(body=gzip.compress(b"x"), Content_Encoding=coding)
        with pytest.raises(Refused):
            fetch(f"{site.url}/x", settings=settings)
    for broken in (b"no gzip at all", gzip.compress(b"x" * 999)[:-9]):
        site.pages["/x"] = answer(body=broken, Content_Encoding="gzip")
        with pytest.raises(Unfetched):
            fetch(f"{site.url}/x", settings=settings)


def test_a_post_is_sent_whole_and_follows_no_redirect(site: Site, settings: Settings) -> None:
    site.pages |= {"/hook": answer(204), "/moved": answer(307, Location="/hook")}
    assert post(f"{site.url}/hook", b"{}", settings=settings, headers={"X-Key": "1"}) == 204
    assert post(f"{site.url}/moved", b"{}", settings=settings, headers={}) == 307
    assert [(one.method, one.path, one.content) for one in site.asked] == [("POST", "/hook", b"{}"), ("POST", "/moved", b"{}")]
    with pytest.raises(Refused):
        post("http://10.0.0.1/", b"", settings=settings, headers={})


BOMBS = """
import gzip, resource, sys, zlib
sys.path.insert(0, sys.argv[1])
from served import Site, answer
from dragoman.model.errors import InputError
from dragoman.sources.web.fetch import fetch
from dragoman.sources.web.settings import Limits, Settings, network_of

settings = Settings(allow=(network_of("127.0.0.0/8"),), limits=Limits())
packer = zlib.compressobj(9, zlib.DEFLATED, 31)
zeros = b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(2000)), packer.flush()])
double = gzip.compress(zeros)

def chunks(asked):
    yield b"HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"
    while True:
        yield b"10000\\r\\n" + bytes(65536) + b"\\r\\n"

def headers(asked):
    yield b"HTTP/1.1 200 OK\\r\\n"
    while True:
        yield b"X: " + b"x" * 60000 + b"\\r\\n"

pages = {"/ok": answer(body=b"x"), "/one": answer(body=zeros, Content_Encoding="gzip"), "/two": answer(body=double, Content_Encoding="gzip, gzip"), "/chunks": chunks, "/headers": headers}
with Site(pages) as site:
    fetch(site.url + "/ok", settings=settings)
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in ("/one", "/two", "/chunks", "/headers"):
        try:
            fetch(site.url + path, settings=settings)
        except InputError as error:
            print(path, type(error).__name__)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) // 1024)
"""


def test_bombs_are_met_in_little_memory() -> None:
    done = subprocess.run([sys.executable, "-c", BOMBS, str(Path(__file__).parent)], capture_output=True, text=True, check=True, timeout=120)
    *ends, megabytes = done.stdout.split("\n")[:-1]
    assert ends == ["/one TooLarge", "/two TooLarge", "/chunks TooLarge", "/headers Unfetched"]
    assert int(megabytes) < 100


def test_limits_are_what_the_documents_say() -> None:
    assert Limits() == Limits(max_bytes=8_000_000, connect=10.0, read=20.0, total=60.0, redirects=5)
