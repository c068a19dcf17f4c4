"""Politeness: robots.txt, pauses, and being told to come another time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from served import Clock, Site, answer

from dragoman.sources.web.failures import Refused
from dragoman.sources.web.manners import Later, Manners, retry_after
from dragoman.sources.web.manners import Site as Known
from dragoman.sources.web.network import Network
from dragoman.sources.web.robots import Robots
from dragoman.sources.web.settings import Settings

MORNING = datetime(2025, 10, 12, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def manners(settings: Settings, clock: Clock, **more: object) -> Manners:
    network = Network(monotonic=clock.monotonic, now=clock.now)
    return Manners(settings, network, delay=2.0, pause=clock.pause, **more)  # type: ignore[arg-type]


def test_robots_is_asked_once_and_kept_to(site: Site, settings: Settings, clock: Clock) -> None:
    site.pages |= {
        "/robots.txt": answer(body=b"User-agent: *\nDisallow: /private\nUser-agent: dragoman\nDisallow: /no/*.pdf$\n"),
        "/private": answer(body=b"x"), "/no/a.pdf": answer(body=b"x"), "/no/a.html": answer(body=b"x"), "/over": answer(302, Location="/no/a.pdf"),
    }  # fmt: skip
    ours = manners(settings, clock)
    assert ours.visit(f"{site.url}/private").status == 200
    assert ours.visit(f"{site.url}/no/a.html").status == 200
    for path in ("/no/a.pdf", "/over"):
        with pytest.raises(Refused, match=r"robots\.txt does not allow"):
            ours.visit(f"{site.url}{path}")
    assert [one.path for one in site.asked] == ["/robots.txt", "/private", "/no/a.html", "/over"]
    clock.seconds += 90_000
    ours.visit(f"{site.url}/private")
    assert [one.path for one in site.asked][-2:] == ["/robots.txt", "/private"]


@pytest.mark.parametrize(("rules", "pause"), [(b"", 2.0), (b"User-agent: *\nCrawl-delay: 7", 7.0), (b"User-agent: *\nRequest-rate: 1/1m", 60.0)])
def test_visits_have_pauses_between_them(site: Site, settings: Settings, clock: Clock, rules: bytes, pause: float) -> None:
    site.pages |= {"/robots.txt": answer(body=rules), "/a": answer(body=b"x")}
    ours = manners(settings, clock)
    for _ in range(3):
        ours.visit(f"{site.url}/a")
    assert clock.waits == [2.0, pause, pause]


def test_a_pause_that_is_too_long_is_for_another_time(site: Site, settings: Settings, clock: Clock) -> None:
    site.pages |= {"/robots.txt": answer(body=b"User-agent: *\nCrawl-delay: 1e12"), "/a": answer(body=b"x")}
    ours = manners(settings, clock)
    ours.visit(f"{site.url}/a")
    with pytest.raises(Later) as later:
        ours.visit(f"{site.url}/a")
    assert later.value.until == clock.now().timestamp() + 600


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_site_whose_rules_cannot_be_had_is_not_asked(site: Site, settings: Settings, clock: Clock, status: int) -> None:
    site.pages |= {"/robots.txt": answer(status), "/a": answer(body=b"x")}
    ours = manners(settings, clock)
    for _ in range(2):
        with pytest.raises(Later, match=str(status)) as later:
            ours.visit(f"{site.url}/a")
    assert later.value.until == MORNING.timestamp() + 1800
    assert [one.path for one in site.asked] == ["/robots.txt"]


def test_a_site_without_rules_allows_all(site: Site, settings: Settings, clock: Clock) -> None:
    site.pages["/a"] = answer(body=b"x")
    assert manners(settings, clock).visit(f"{site.url}/a").status == 200


def test_rules_that_would_take_hours_to_read_are_not_read(site: Site, settings: Settings, clock: Clock) -> None:
    many = "".join(f"User-agent: a{number}\n" for number in range(13_000)) + "".join(f"Disallow: /{number}\n" for number in range(13_000))
    site.pages |= {"/robots.txt": answer(body=many.encode()), "/a": answer(body=b"x")}
    with pytest.raises(Later, match="endless rules"):
        manners(settings, clock).visit(f"{site.url}/a")


def test_rules_that_are_too_large_or_no_rules_at_all(site: Site, settings: Settings, clock: Clock) -> None:
    site.pages |= {"/robots.txt": answer(body=b"#" * 600_000), "/a": answer(body=b"x")}
    with pytest.raises(Later, match="512,000"):
        manners(settings, clock).visit(f"{site.url}/a")
    site.pages["/robots.txt"] = answer(body=b"\xff\xfe\x00<html>" + b"\x00" * 99)
    assert manners(settings, clock).visit(f"{site.url}/a").status == 200


@pytest.mark.parametrize(("header", "seconds"), [({"Retry_After": "900"}, 900.0), ({"Retry_After": "Sun, 12 Oct 2025 10:00:00 GMT"}, 3600.0), ({}, 300.0)])
def test_who_says_come_later_is_left_alone(site: Site, settings: Settings, clock: Clock, header: dict[str, str], seconds: float) -> None:
    site.pages |= {"/a": answer(429, **header), "/b": answer(body=b"x")}
    ours = manners(settings, clock)
    assert ours.visit(f"{site.url}/a").status == 429
    waited = clock.seconds
    with pytest.raises(Later) as later:
        ours.visit(f"{site.url}/b")
    assert later.value.until == pytest.approx(MORNING.timestamp() + waited + seconds)
    assert site.paths() == ["/a"]


def test_what_is_known_of_a_site_outlives_a_run(site: Site, settings: Settings, clock: Clock) -> None:
    site.pages |= {"/robots.txt": answer(body=b"User-agent: *\nCrawl-delay: 50"), "/a": answer(body=b"x")}
    first = manners(settings, clock)
    first.visit(f"{site.url}/a")
    known = first.changed()
    assert first.changed() == {}
    assert known[site.url] == Known(next_visit=clock.now().timestamp() + 50, robots=replace(known[site.url].robots, text="User-agent: *\nCrawl-delay: 50"))
    second = manners(settings, clock, sites=known)
    second.visit(f"{site.url}/a")
    assert clock.waits == [2.0, 50.0]
    assert [one.path for one in site.asked] == ["/robots.txt", "/a", "/a"]


def test_a_clock_that_was_wrong_closes_no_site_for_years(site: Site, settings: Settings, clock: Clock) -> None:
    ours = manners(settings, clock, sites={site.url: Known(next_visit=9e12)})
    with pytest.raises(Later) as later:
        ours.visit(f"{site.url}/a")
    assert later.value.until == MORNING.timestamp() + 86_400


@given(st.text(max_size=200))
def test_any_rules_can_be_read(text: str) -> None:
    from dragoman.sources.web.target import target

    for rules in (text, f"User-agent: *\n{text}", f"User-agent: *\nDisallow: {text}\nCrawl-delay: {text}\nRequest-rate: {text}"):
        robots = Robots(text=rules)
        assert robots.allows(target("http://example.org/a?b=c")) in (True, False)
        assert 0 <= robots.delay() <= 600


@given(st.one_of(st.none(), st.text(max_size=40), st.integers().map(str), st.datetimes().map(lambda day: day.strftime("%a, %d %b %Y %H:%M:%S GMT"))))
def test_any_retry_after_is_some_seconds_or_nothing(value: str | None) -> None:
    seconds = retry_after(value, MORNING)
    assert seconds is None or 1 <= seconds <= 86_400


def test_rules_that_lead_in_a_circle_are_as_good_as_none(site: Site, settings: Settings, clock: Clock) -> None:
    site.pages |= {"/robots.txt": answer(302, Location="/robots.txt"), "/a": answer(body=b"x")}
    assert manners(settings, clock).visit(f"{site.url}/a").status == 200


def test_two_sites_do_not_wait_for_each_other(settings: Settings, clock: Clock) -> None:
    def both() -> Iterator[Site]:
        with Site({"/a": answer(body=b"x")}) as one, Site({"/a": answer(body=b"x")}) as other:
            yield one
            yield other

    ours = manners(settings, clock)
    for site in both():
        ours.visit(f"{site.url}/a")
    assert clock.waits == [2.0, 2.0]
