"""sources.toml: what it may say, and what is said of it when it is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import ConfigError
from dragoman.service.saved import AtomFile, Mailbox, Webhook
from dragoman.service.toml_table import Table
from dragoman.service.watchlist import Watchlist, load_watchlist, watchlist

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "watch.md"
SOURCE = '[[sources]]\nurl = "https://example.org/feed"\n'
ALERT = '[[alerts]]\nname = "a"\nstates = ["TUR"]\nto = "feed"\n[targets.feed]\nkind = "atom"\nfile = "a.atom"\n'


def listed(tmp_path: Path, text: str) -> Watchlist:
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    return load_watchlist(tmp_path / "sources.toml")


def test_little_is_needed(tmp_path: Path) -> None:
    found = listed(tmp_path, SOURCE)
    (source,) = found.sources
    assert (source.name, source.url, source.kind, source.every, source.backlog) == ("example.org", "https://example.org/feed", "feed", 900.0, 50)
    assert (found.delay, found.at_once, found.pages, found.tries) == (2.0, 4, 50, 10)
    assert found.web.allow == ()
    assert found.web.agent.startswith("Dragoman/")


def test_the_example_of_the_documents_is_one(tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    found = listed(tmp_path, text)
    assert {one.kind for one in found.sources} == {"feed", "sitemap", "page", "links"}
    assert {one.about for one in found.alerts} == {"events", "offices", "disputes"}
    assert {type(one) for one in found.targets} == {AtomFile, Webhook, Mailbox}


def test_every_setting_is_in_the_documents(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as top:
        watchlist(Table({"x": 1, "sources": [{"url": "https://a.example/"}]}, "sources.toml"), tmp_path)
    text = DOCUMENT.read_text(encoding="utf-8")
    assert "known are alerts, sources, targets, watch, web" in str(top.value)
    for table in ("web", "watch", "sources"):
        where = {"web": {"x": 1}} if table == "web" else {"watch": {"x": 1}} if table == "watch" else {}
        sources = [{"url": "https://a.example/", **({"qqqq": 1} if table == "sources" else {})}]
        with pytest.raises(ConfigError) as inner:
            watchlist(Table({"sources": sources, **where}, "sources.toml"), tmp_path)
        for name in str(inner.value).partition("known are ")[2].split(", "):
            assert f"`{name}`" in text, name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "watches nothing"),
        ("x = [", "cannot be read as TOML"),
        ("[[sources]]\n", r"\[\[sources\]\] 1: 'url' is missing"),
        (SOURCE + SOURCE, "two .* have the url"),
        (SOURCE.replace("https", "file"), "only http and https"),
        (SOURCE.replace("https://", "https://bob:pw@"), "user name"),
        (SOURCE + 'evry = "5m"', "unknown setting 'evry'; did you mean 'every'"),
        (SOURCE + 'every = "5 minutes"', "'every' must be a span of time"),
        (SOURCE + "every = 1", "at least 60 seconds"),
        (SOURCE + "every = true", "must be a span of time"),
        (SOURCE + 'kind = "rss"', "one of feed, sitemap, page, links"),
        (SOURCE + 'kind = "links"', "needs 'include'"),
        (SOURCE + 'kind = "page"\ncontent = "feed"', "is for feeds"),
        (SOURCE + 'language = "klingonese"', "code of a language"),
        (SOURCE + "include = [1]", "list of strings"),
        (SOURCE + "backlog = -1", "whole number from 0"),
        ('[web]\nallow = ["localhost"]\n' + SOURCE, "names are not taken"),
        ('[web]\ncontact = "a\\r\\nb"\n' + SOURCE, "cannot stand in a header"),
        ("web = 3\n" + SOURCE, "must be a table"),
        ("sources = 3", "list of tables"),
        (ALERT.replace('to = "feed"', ""), "'to' is missing"),
        (ALERT.replace('to = "feed"', 'to = "desk"'), r"there is no \[targets.desk\]"),
        (ALERT.replace('states = ["TUR"]\n', ""), "would tell every event"),
        (ALERT.replace("TUR", "Turkey"), "codes of states"),
        (ALERT.replace('to = "feed"', 'to = "feed"\ntypes = "TALK"'), "'types' must be of AGREE"),
        (ALERT.replace('to = "feed"', 'to = "feed"\noffices = "president"'), "belongs to an alert with about"),
        (ALERT.replace('to = "feed"', 'to = "feed"\nabout = "offices"\ntypes = "AID"'), "takes 'offices', 'states' and 'person' only"),
        (ALERT + '[targets.hook]\nkind = "webhook"\nurl = "https://example.org"\nsecret = "hunter2"', "does not belong in this file"),
        (ALERT + '[targets.hook]\nkind = "webhook"\nurl = "https://example.org"', "secret_env"),
        (ALERT + '[targets.m]\nkind = "mail"\nserver = "s"\nfrom = "a b"\nto = "c@d"', "plain mail address"),
        (ALERT + '[targets.m]\nkind = "mail"\nserver = "s"\nfrom = "a@b"\nto = "c@d"\nuser = "u"\npassword_env = "P"\nsecurity = "none"', "anybody can read"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as wrong:
        listed(tmp_path, text)
    assert "sources.toml" in str(wrong.value) or "allow" in str(wrong.value) or "contact" in str(wrong.value)
    assert "hunter2" not in str(wrong.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_watchlist(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_watchlist(tmp_path)
    (tmp_path / "deep.toml").write_text("a = " + "[" * 5_000)
    with pytest.raises(ConfigError, match="cannot be read"):
        load_watchlist(tmp_path / "deep.toml")


_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
_KEYS = (
    "url",
    "name",
    "kind",
    "every",
    "content",
    "language",
    "include",
    "backlog",
    "to",
    "states",
    "types",
    "about",
    "person",
    "file",
    "server",
    "port",
    "from",
)


@given(
    st.dictionaries(
        st.sampled_from(["web", "watch", "sources", "alerts", "targets"]),
        st.one_of(
            _VALUES,
            st.lists(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=4), max_size=2),
            st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=4),
        ),
    )
)
def test_any_table_is_a_watchlist_or_an_error_in_words(values: dict[str, object]) -> None:
    try:
        watchlist(Table(values, "sources.toml"), Path("/"))
    except ConfigError:
        return
