"""Agencies are credited where they stand alone, not where a sentence quotes them; outlets are known by their addresses."""

import pytest

from dragoman.sources.credits import agency_of
from dragoman.sources.outlets import canonical, domain_of, outlet_of


@pytest.mark.parametrize(
    ("text", "author", "agency"),
    [
        ("PARIS (AFP) - The ministers met.", None, "AFP"),
        ("ANKARA, Oct 12 (Reuters) – The ministers met.", None, "Reuters"),
        ("Paris, le 12 octobre 2025 (AFP) – Les ministres se sont rencontrés.", None, "AFP"),
        ("Ankara / Anadolu\n\nBakanlar görüştü.", None, "Anadolu"),
        ("ANKARA (AA) - Bakanlar görüştü.", None, "Anadolu"),
        ("دمشق - سانا\n\nالتقى الوزيران.", None, "SANA"),
        ("باريس (أ ف ب) - التقى الوزيران.", None, "AFP"),
        ("МОСКВА, 12 октября. /ТАСС/. Министры встретились.", None, "TASS"),
        ("The ministers met.\n\nAFP", None, "AFP"),
        ("The ministers met. (AP)", None, "AP"),
        ("The ministers met.", "Ana Berg (Reuters)", "Reuters"),
        ("The ministers met.", "By Ana Berg, Associated Press", "AP"),
        ("Les ministres se sont vus.", "Le Monde avec AFP", "AFP"),
        ("The ministers met.", "dpa", "DPA"),
        ("The ministers met, Reuters reported on Monday.", None, None),
        ("The minister told AFP that the talks were good.", None, None),
        ("The Syrian Petroleum Agency (SPA) said that the talks were good.", None, None),
        ("Aa! The ministers met.", None, None),
        ("The map - an old one - was shown to the ministers.", "Mia Berg", None),
        ("The ministers met.", "Ana Anadolu Berg", None),
        ("", None, None),
    ],
)
def test_which_agency_is_credited(text: str, author: str | None, agency: str | None) -> None:
    assert agency_of(text, author) == agency


def test_an_agency_s_own_pages() -> None:
    assert agency_of("They met.", None, "https://www.aa.com.tr/en/1") == "Anadolu"
    assert agency_of("They met.", None, "https://aa.com.tr.evil.test/1") is None


@pytest.mark.parametrize(
    ("url", "said", "found"),
    [
        ("https://www.bbc.co.uk/news/1", None, ("BBC News", "GBR")),
        ("https://www.bbc.co.uk/news/1", "BBC", ("BBC", "GBR")),
        ("https://haber.example.com.tr/1", None, ("example.com.tr", "TUR")),
        ("https://a.example.ai/1", None, ("example.ai", None)),
        ("https://www.france24.com/ar/1", None, ("France 24", "FRA")),
        (None, "The Fjord Times", ("The Fjord Times", None)),
        (None, None, (None, None)),
        ("not an address", None, (None, None)),
    ],
)
def test_outlets_and_their_states(url: str | None, said: str | None, found: tuple[str | None, str | None]) -> None:
    assert outlet_of(url, said) == found


def test_addresses_in_their_plain_form() -> None:
    assert canonical("https://a.example/1?utm_source=x&id=7#top") == "https://a.example/1?id=7"
    assert canonical("/1", "https://a.example/2") == "https://a.example/1"
    for wrong in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "", None, "http://[", "x" * 3_000):
        assert canonical(wrong) is None
    assert domain_of("https://news.a.example:8080/1") == "a.example"
    assert [domain_of(f"http://{host}/") for host in ("localhost", "127.0.0.1", "[::1]", "a.gov.uk")] == ["localhost", "127.0.0.1", "::1", "a.gov.uk"]
