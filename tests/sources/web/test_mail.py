"""Mail: a server of SMTP that is played on loopback, and every way in which it can fail us."""

import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
from served import Clock

from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.mail import Server, send
from dragoman.sources.web.network import Network
from dragoman.sources.web.settings import Limits, Settings

SECRET = "hunter2"  # noqa: S105


class Post:
    """Answers each line it gets with the next of its replies, and goes over to TLS where one is 'TLS' or 'STARTTLS'; `got` is all that was said to it."""

    def __init__(self, replies: Sequence[str], certificate: Path | None = None) -> None:
        self._replies, self._certificate = list(replies), certificate
        self.got: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "Post":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        try:
            connection, _ = self._socket.accept()
        except OSError:
            return
        connection.settimeout(10)
        try:
            self._talk(connection)
        except OSError:
            return
        finally:
            connection.close()

    def _talk(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        for reply, after in zip(self._replies, [*self._replies[1:], ""], strict=True):
            if reply in ("TLS", "STARTTLS"):
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(str(self._certificate))
                connection = context.wrap_socket(connection, server_side=True)
                lines = connection.makefile("rb")
            else:
                connection.sendall(reply.encode() + b"\r\n")
            # Over TLS from the start the server speaks first, after STARTTLS the client.
            if reply == "TLS" or after == "STARTTLS":
                continue
            line = lines.readline()
            self.got.append(line.decode().strip())
            while reply.startswith("354") and line not in (b".\r\n", b""):
                line = lines.readline()
                self.got.append(line.decode().strip())


@pytest.fixture
def message() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.org", "b@example.org", "Görüşme"
    made.set_content("Talks in Oslo.\n")
    return made


def sent(replies: Sequence[str], message: EmailMessage, settings: Settings, **more: str) -> list[str]:
    with Post(replies) as server:
        send(message, Server(host="127.0.0.1", port=server.port, security=more.pop("security", "none"), **more), settings=settings)
    return server.got


def test_a_message_is_handed_over(message: EmailMessage, settings: Settings) -> None:
    got = sent(["220 here", "250 hello", "250 ok", "250 ok", "354 go on", "250 taken"], message, settings)
    assert got[0].startswith("ehlo ")
    assert [line.upper()[:10] for line in got[1:4]] == ["MAIL FROM:", "RCPT TO:<B", "DATA"]
    assert "Talks in Oslo." in got


@pytest.mark.parametrize(
    ("replies", "kind", "words"),
    [
        (["554 no"], Refused, "answers 554"),
        (["421 later"], Unfetched, "answers 421"),
        (["220 here", "250 hello", "250 ok", "550 nobody"], Refused, "takes no such mail .*550"),
        (["220 here", "250 hello", "250 ok", "250 ok", "354 go on", "451 try later"], Unfetched, "answers 451"),
        (["220 here"], Unfetched, "broke off"),
        (["nonsense" * 2_000], Unfetched, "answers|broke off"),
    ],
)
def test_what_a_server_refuses_is_said(message: EmailMessage, settings: Settings, replies: list[str], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        sent(replies, message, settings)


def test_a_password_is_never_said_and_never_sent_in_clear(message: EmailMessage, settings: Settings) -> None:
    with pytest.raises(Unfetched) as failed:
        sent(["220 here", "250-hello\r\n250 AUTH PLAIN LOGIN", "535 wrong", "535 wrong", "535 wrong"], message, settings, user="u", password=SECRET)
    assert SECRET not in str(failed.value)
    assert failed.value.__cause__ is None
    with pytest.raises(Refused, match="takes no such mail"):
        sent(["220 here", "250 hello", "500 what"], message, settings, security="starttls", user="u", password=SECRET)


def test_a_server_inside_the_network_is_refused(message: EmailMessage) -> None:
    for host in ("10.0.0.1", "169.254.169.254", "::1", "localhost"):
        with pytest.raises((Refused, Unfetched)):
            send(message, Server(host=host, port=25, security="none"), settings=Settings())


def test_the_checked_address_is_connected_to(message: EmailMessage) -> None:
    asked: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError(111, "refused")

    network = Network(resolve=lambda host, port: ("10.0.0.1", "93.184.215.14"))
    with pytest.raises(Unfetched, match="does not answer"):
        send(message, Server(host="mail.example", port=25, security="none"), settings=Settings(), network=network, connect=connect)
    assert asked == [("93.184.215.14", 25)]


def test_a_server_that_drips_is_left(message: EmailMessage) -> None:
    """The other end never finishes its greeting; the watchman ends the talk, whatever each single wait allows."""
    ours, theirs = socket.socketpair()
    theirs.sendall(b"220")

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        return ours

    def clock() -> Iterator[float]:
        yield 0.0
        while True:
            yield 59.95

    ticks = clock()
    network = Network(resolve=lambda host, port: ("93.184.215.14",), monotonic=lambda: next(ticks), now=Clock().now)
    with theirs, pytest.raises(Unfetched, match=r"broke off|not done"):
        send(message, Server(host="mail.example", port=25, security="none"), settings=Settings(limits=Limits(read=60)), network=network, connect=connect)


def test_mail_goes_over_tls_from_the_start_or_when_it_is_offered(
    message: EmailMessage, settings: Settings, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    talk = ["250-hello\r\n250 AUTH PLAIN", "235 welcome", "250 ok", "250 ok", "354 go on", "250 taken"]
    ways = {"tls": ["TLS", "220 here", *talk], "starttls": ["220 here", "250-hello\r\n250 STARTTLS", "220 begin", "STARTTLS", *talk]}
    for security, replies in ways.items():
        with Post(replies, certificate) as server:
            send(message, Server(host="localhost", port=server.port, security=security, user="u", password=SECRET), settings=settings)
        assert "Talks in Oslo." in server.got
        assert any(line.startswith("AUTH PLAIN ") for line in server.got)
