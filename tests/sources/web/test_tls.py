"""Pages over TLS: the name is checked against the certificate, although the address is connected to."""

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Site, answer

from dragoman.sources.web.failures import Unfetched
from dragoman.sources.web.fetch import fetch
from dragoman.sources.web.settings import Settings


class Sealed(Site):
    """The same site behind TLS."""

    def __init__(self, certificate: Path) -> None:
        super().__init__({"/a": answer(body=b"sealed")})
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)

    def _one(self, connection: object) -> None:
        try:
            sealed = self._context.wrap_socket(connection, server_side=True)  # type: ignore[arg-type]
        except OSError:
            return
        super()._one(sealed)


@pytest.fixture
def sealed(certificate: Path) -> Iterator[Sealed]:
    with Sealed(certificate) as opened:
        yield opened


def test_a_certificate_that_is_trusted_opens_the_page(sealed: Sealed, settings: Settings, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    found = fetch(f"https://localhost:{sealed.port}/a", settings=settings)
    assert (found.body, found.url) == (b"sealed", f"https://localhost:{sealed.port}/a")


def test_a_certificate_for_another_name_is_not_enough(sealed: Sealed, settings: Settings, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(Unfetched, match="certificate is not trusted"):
        fetch(f"https://127.0.0.1:{sealed.port}/a", settings=settings)


def test_a_certificate_that_nobody_trusts_is_said(sealed: Sealed, settings: Settings) -> None:
    with pytest.raises(Unfetched, match="certificate is not trusted"):
        fetch(f"https://localhost:{sealed.port}/a", settings=settings)
    assert not sealed.asked
    assert threading.active_count() < 50
