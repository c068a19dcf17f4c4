"""What an answer means for the source that gave it."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import InputError, TooLarge
from dragoman.service.polling import beginning, conditions, missed, polled, unread
from dragoman.service.watchlist import Source
from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.fetch import Fetched
from dragoman.sources.web.manners import Later
from dragoman.store.watched import Link
from dragoman.store.watched import Source as Kept

NOW = datetime(2025, 10, 12, 9, tzinfo=UTC)
AT = NOW.timestamp()
SOURCE = Source(name="s", url="https://example.org/feed", every=900.0)
_STATES = st.fixed_dictionaries(
    {},
    optional={
        "failures": st.integers(0, 10_000),
        "etag": st.text(max_size=20),
        "digest": st.text(max_size=3),
        "begun": st.sampled_from([None, beginning(SOURCE)]),
    },
)
_ANSWERS = st.one_of(
    st.builds(
        Fetched,
        asked=st.just(SOURCE.url), url=st.sampled_from([SOURCE.url, "https://example.org/moved"]), status=st.integers(200, 599),
        headers=st.dictionaries(st.sampled_from(["etag", "last-modified", "retry-after"]), st.text(max_size=30)).map(MappingProxyType),
        body=st.binary(max_size=5), fetched_at=st.just(NOW),
    ),
    st.text(max_size=400).map(Unfetched), st.text(max_size=5).map(Refused), st.text(max_size=5).map(TooLarge),
    st.floats(0, 2e9).map(lambda until: Later("later", until)),
)  # fmt: skip


@given(_STATES, _ANSWERS)
def test_a_source_is_always_asked_again_and_never_at_once(state: dict[str, object], answer: Fetched | InputError) -> None:
    found = polled(SOURCE, Kept(url=SOURCE.url, state=state), answer, NOW)
    least = AT if isinstance(answer, Later) else AT + 60
    most = max(AT + 86_400, answer.until if isinstance(answer, Later) else 0)
    assert least <= found.kept.next_poll <= most
    assert len(str(found.kept.state["message"])) <= 300
    assert (found.outcome == "failed") == (not isinstance(answer, Fetched) or answer.status >= 305 or answer.status in range(300, 304))
    if found.outcome != "failed":
        assert found.kept.state["failures"] == 0
        assert found.kept.next_poll == AT + 900


@given(_STATES, _ANSWERS, st.integers(1, 20))
def test_a_link_is_asked_again_until_it_is_given_up(state: dict[str, object], answer: Fetched | InputError, tries: int) -> None:
    link = Link(key="k", source=SOURCE.url, state=state)
    for _ in range(tries):
        if isinstance(answer, Later):
            break
        assert link.stage == "waiting"
        link = missed(link, answer, NOW, tries)
        if link.stage == "given up":
            break
        assert AT + 300 <= link.next_try <= AT + 86_400
    assert link.stage == "given up" or isinstance(answer, Later)


def test_a_later_visit_counts_as_no_try() -> None:
    link = missed(Link(key="k", source="s"), Later("robots", AT + 1800), NOW, 1)
    assert (link.stage, link.next_try, "tries" in link.state) == ("waiting", AT + 1800, False)


@given(st.one_of(st.none(), st.integers(), st.text()))
def test_only_what_can_stand_in_a_header_is_sent(value: object) -> None:
    sent = conditions(SOURCE, Kept(url="u", state={"etag": value, "modified": value, "begun": beginning(SOURCE)}))
    assert all(one.isascii() and one.isprintable() for one in sent.values())
    kept = Kept(url="u", state={"etag": '"x"', "modified": "Sun", "begun": beginning(SOURCE)})
    assert conditions(SOURCE, kept) == {"If-None-Match": '"x"', "If-Modified-Since": "Sun"}
    assert conditions(replace(SOURCE, include=("*/news/*",)), kept) == {}


def test_what_could_not_be_read_is_asked_for_whole_again() -> None:
    kept = unread(Kept(url="u", state={"etag": '"x"', "modified": "Sun", "digest": "d", "begun": beginning(SOURCE)}), "no feed", AT)
    assert conditions(SOURCE, kept) == {}
    assert kept.next_poll == AT + 60
    assert kept.state["digest"] is None
