"""A site of our own on loopback, and settings under which it may be asked."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from dragoman.sources.web.settings import Limits, Settings, network_of

sys.path.insert(0, str(Path(__file__).parent))

from served import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that answers what the test gives it."""
    with Site() as opened:
        yield opened


@pytest.fixture
def settings() -> Settings:
    """Loopback is allowed; a page may be 200 kB."""
    return Settings(allow=(network_of("127.0.0.0/8"),), limits=Limits(max_bytes=200_000))


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for localhost, with its key, that nobody has signed but itself."""
    x509 = pytest.importorskip("cryptography.x509", reason="cryptography makes the certificate; it is not installed")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.2"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False).add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "certificate.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file
