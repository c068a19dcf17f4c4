"""Mail through a server of SMTP, under the same rules as pages: a checked address, one deadline, no secret in a message."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.network import Deadline, Network, checked, trust
from dragoman.sources.web.settings import Settings

Connect = Callable[[tuple[str, int], float], socket.socket]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server; `security` is starttls, tls or none."""

    host: str
    port: int
    security: str
    user: str | None = None
    password: str | None = None


def send(message: EmailMessage, server: Server, *, settings: Settings, network: Network | None = None, connect: Connect = socket.create_connection) -> None:
    """Hand a message over. Raises Refused for a server that is never asked or that takes no such mail, Unfetched for one that cannot now."""
    name = f"mail server {server.host}"
    network = network or Network()
    deadline = Deadline(network, settings.limits.total, name)
    last: OSError | None = None
    for address in checked(server.host, server.port, network, settings, deadline, name):
        try:
            opened = connect((address, server.port), deadline.left(settings.limits.connect))
        except OSError as error:
            last = error
            continue
        _talk(opened, message, server, settings, deadline, name)
        return
    raise Unfetched(f"{name}: does not answer ({last})")


def _talk(opened: socket.socket, message: EmailMessage, server: Server, settings: Settings, deadline: Deadline, name: str) -> None:
    client = _Client(server.host, opened)
    with _ending(client, deadline):
        try:
            opened.settimeout(deadline.left(settings.limits.read))
            if server.security == "tls":
                client.take(trust().wrap_socket(opened, server_hostname=server.host))
            client.greet()
            if server.security == "starttls":
                client.starttls(context=trust())
            if server.user is not None and server.password is not None:
                client.login(server.user, server.password)
            client.send_message(message)
        except smtplib.SMTPAuthenticationError as error:
            raise Unfetched(f"{name}: does not take the user and password (it answers {error.smtp_code})") from None
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPNotSupportedError) as error:
            raise Refused(f"{name}: takes no such mail ({type(error).__name__}: {_code(error)})") from None
        except smtplib.SMTPResponseException as error:
            raise (Refused if error.smtp_code >= 500 else Unfetched)(f"{name}: answers {error.smtp_code}") from None
        except (smtplib.SMTPException, OSError, ValueError) as error:
            deadline.left()
            raise Unfetched(f"{name}: the talk broke off ({type(error).__name__})") from None
        finally:
            client.close()


def _code(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return ", ".join(sorted({str(code) for code, _ in error.recipients.values()}))
    return str(getattr(error, "smtp_code", "not supported"))


class _Client(smtplib.SMTP):
    """A client on a connection that is open already, to an address that was checked."""

    def __init__(self, host: str, opened: socket.socket) -> None:
        super().__init__(local_hostname="localhost")
        self._host = host
        self.sock = opened

    def take(self, opened: socket.socket) -> None:
        """Go on over another connection, such as the first wrapped in TLS."""
        self.sock = opened

    def greet(self) -> None:
        """Read the server's greeting. Raises SMTPConnectError where it is none."""
        code, words = self.getreply()
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)


@contextmanager
def _ending(client: _Client, deadline: Deadline) -> Iterator[None]:
    """Close the connection when the time is over: each line of a server has its own limit, all of them together have not."""

    def end() -> None:
        opened = client.sock
        if opened is not None:
            try:
                opened.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    timer = threading.Timer(deadline.left(), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
