"""`dragoman add URL`: what is at an address, and all that it leads to."""

import pytest
from served import Clock, Site, answer

from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.sources.arrival import Arrival
from dragoman.sources.web.arrivals import arrivals_of_url
from dragoman.sources.web.failures import Refused
from dragoman.sources.web.network import Network
from dragoman.sources.web.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser.*")
TEXT = "Norwegian Foreign Minister Lars Dahl met Kenyan Foreign Minister Grace Odhiambo in Oslo. They spoke of trade and of fish for two hours."


def page(words: str) -> bytes:
    return answer(
        body=f"<html><head><title>{words}</title></head><body><article><p>{TEXT}</p><p>{words} was said.</p></article></body></html>".encode(),
        Content_Type="text/html",
    )


def arrived(site: Site, path: str, settings: Settings, clock: Clock | None = None) -> list[Arrival]:
    clock = clock or Clock()
    network = Network(monotonic=clock.monotonic, now=clock.now)
    return list(arrivals_of_url(site.url + path, Config(), settings=settings, network=network, pause=clock.pause))


def test_a_page_is_one_article(site: Site, settings: Settings) -> None:
    site.pages |= {"/old": answer(301, Location="/new"), "/new": page("One")}
    (one,) = arrived(site, "/old", settings)
    assert one.usable
    assert one.article.url == f"{site.url}/new"
    assert TEXT[:40] in one.article.text
    assert one.source is not None


def test_a_feed_is_the_articles_that_it_leads_to(site: Site, settings: Settings) -> None:
    items = "".join(f"<item><title>{path}</title><link>{site.url}{path}</link></item>" for path in ("/a", "/b", "/gone"))
    bad = "<item><title>x</title><link>http://10.0.0.1/</link></item>"
    site.pages |= {
        "/feed": answer(body=f'<rss version="2.0"><channel><title>W</title>{items}{bad}</channel></rss>'.encode()),
        "/a": page("One"),
        "/b": page("Two"),
    }
    clock = Clock()
    found = arrived(site, "/feed", settings, clock)
    assert [one.usable for one in found] == [True, True, False, False]
    assert "404" in found[2].troubles[-1].message
    assert "10.0.0.1" in found[3].troubles[-1].message
    assert clock.waits == [1.0] * 5


def test_what_is_not_there_is_said(site: Site, settings: Settings) -> None:
    with pytest.raises(InputError, match="answers 404"):
        arrived(site, "/none", settings)
    site.pages["/robots.txt"] = answer(body=b"User-agent: *\nDisallow: /")
    with pytest.raises(Refused, match=r"robots\.txt"):
        arrived(site, "/none", settings)
    with pytest.raises(Refused, match="this machine itself"):
        arrived(site, "/none", Settings())
