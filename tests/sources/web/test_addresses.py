"""Which addresses may be asked."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import ConfigError
from dragoman.sources.web.addresses import refusal
from dragoman.sources.web.failures import Refused
from dragoman.sources.web.settings import agent, network_of
from dragoman.sources.web.target import shown, target


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.8.7", "0.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1"),
        *("192.0.2.5", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255", "192.0.0.1", "192.88.99.1"),
        *("::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1", "64:ff9b:1::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1"),
        *("::7f00:1", "2001:0:7f00:1::", "not an address"),
    ],
)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert refusal(address, ())


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "172.32.0.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_is_public_is_not(address: str) -> None:
    assert refusal(address, ()) is None


@pytest.mark.parametrize(("allowed", "address"), [("127.0.0.1", "127.0.0.1"), ("127.0.0.0/8", "::ffff:127.0.0.1"), ("10.0.0.0/8", "10.9.9.9"), ("::1", "::1")])
def test_what_is_allowed_is_asked_and_nothing_beside_it(allowed: str, address: str) -> None:
    assert refusal(address, (network_of(allowed),)) is None
    assert refusal("192.168.0.1", (network_of(allowed),))


@given(st.ip_addresses(v=4))
def test_an_address_in_another_is_judged_as_it_is_alone(address: IPv4Address) -> None:
    alone = refusal(str(address), ()) is None
    assert (refusal(f"::ffff:{address}", ()) is None) == alone
    assert (refusal(f"64:ff9b::{address}", ()) is None) == alone


@given(st.ip_addresses(v=6))
def test_nothing_that_python_holds_to_be_private_is_asked(address: IPv6Address) -> None:
    if refusal(str(address), ()) is None:
        assert address.is_global or address.ipv4_mapped or address.sixtofour or address.teredo or str(address).startswith("64:ff9b::")
        assert not address.is_multicast


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "ftp://example.org/x",
            "gopher://example.org/",
            "data:text/html,x",
            "javascript:alert(1)",
            "example.org/x",
            "//example.org/x",
            "",
        ),
        *("http://", "http:///x", "http://user:secret@example.org/", "http://user@example.org/", "http://example.org:22/", "http://example.org:25/x"),
        *("http://example.org:99999/", "http://example.org:x/", "http://exa mple.org/", "http://example.org/\r\nX: y", "http://example.org\\@evil.org/"),
        *("http://[::1%25eth0]/", "http://[::1/", "http://ex_am!ple.org/", "http://-a.org/", "http://a..b.org/", "https://example.org/" + "x" * 5_000),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        target(url)
    assert "secret" not in str(refused.value)
    assert len(str(refused.value)) < 600


def test_an_address_is_taken_apart_and_made_fit_for_a_request() -> None:
    found = target("HTTPS://Bücher.Example:8443/ürün sayfası"[:-1].replace(" ", "%20") + "?q=ışık&n=1#part")
    assert (found.scheme, found.host, found.port) == ("https", "xn--bcher-kva.example", 8443)
    assert found.path == "/%C3%BCr%C3%BCn%20sayfas?q=%C4%B1%C5%9F%C4%B1k&n=1"
    assert target("http://example.org").url == "http://example.org/"
    assert target("http://[2606:2800::1]:8080/a").url == "http://[2606:2800::1]:8080/a"


@given(st.text(max_size=60))
def test_any_text_is_a_target_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            found = target(url)
        except Refused:
            continue
        assert found.url.isascii()
        assert target(found.url) == found


@given(st.text(max_size=60))
def test_what_is_shown_hides_user_and_query(text: str) -> None:
    assert "s3cret" not in shown(f"https://bob:s3cret@example.org/{text.replace('s3cret', '')}?token=s3cret#s3cret")


def test_who_we_say_we_are() -> None:
    assert agent("https://desk.example.org/bot").endswith("(reads news reports; +https://desk.example.org/bot)")
    assert agent(None).startswith("Dragoman/")
    for wrong in ("a\r\nX: y", "a)b", "ü", "x" * 300):
        with pytest.raises(ConfigError):
            agent(wrong)
    with pytest.raises(ConfigError, match="localhost"):
        network_of("localhost")
