"""Tokens in both databases: kept without their secrets, found by who shows them, gone when revoked; and what is new on a shelf, told once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import InputError, NotFound
from dragoman.service.tokens import any_valid, listed, new_token, revoke, token_shown
from dragoman.store.open import open_store
from dragoman.store.protocol import Store
from dragoman.store.rows import Row


def test_a_token_is_shown_once_and_kept_as_a_hash(store: Store) -> None:
    assert not any_valid(store)
    made = new_token(store, " newsroom ", ("add",))
    assert (made.kept.name, made.kept.scopes) == ("newsroom", ("read", "add"))
    assert token_shown(store, made.shown) == made.kept
    assert any_valid(store)
    secret = made.shown.rpartition("_")[2] if made.shown.count("_") == 2 else made.shown[21:]
    assert len(made.shown[21:]) == 43
    assert secret not in repr(listed(store))
    assert secret not in repr(made)
    assert made.kept.hash not in repr(made.kept)
    other = new_token(store, "desk")
    assert other.kept.scopes == ("read", "add", "write")
    assert {made.kept.salt, made.kept.hash}.isdisjoint({other.kept.salt, other.kept.hash})


def test_whatever_else_is_shown_is_no_token(store: Store) -> None:
    made = new_token(store, "newsroom")
    other = new_token(store, "desk")
    for shown in ("", made.shown[:-1], made.shown + "a", made.shown.upper(), made.shown[:21] + other.shown[21:], "drg_" + "0" * 16 + made.shown[20:], "drg_é"):
        assert token_shown(store, shown) is None


def test_a_revoked_token_is_none_and_its_name_is_free_again(store: Store) -> None:
    made = new_token(store, "newsroom")
    with pytest.raises(InputError, match="there is a token 'newsroom'"):
        new_token(store, "newsroom")
    revoke(store, "newsroom")
    assert token_shown(store, made.shown) is None
    assert not any_valid(store)
    with pytest.raises(NotFound, match="no valid token"):
        revoke(store, "newsroom")
    again = new_token(store, "newsroom")
    assert token_shown(store, again.shown) == again.kept
    assert [one.revoked is None for one in listed(store)].count(True) == 1


@pytest.mark.parametrize(("name", "scopes"), [("", ("add",)), ("a\nb", ("add",)), ("x" * 61, ("add",)), ("newsroom", ("all",)), ("newsroom", ())])
def test_a_token_without_a_name_or_with_unknown_scopes_is_none(store: Store, name: str, scopes: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        new_token(store, name, scopes)
    assert listed(store) == ()


@given(st.text(max_size=80))
def test_nothing_typed_is_a_token(typed: str) -> None:
    store = open_store(":memory:")
    try:
        assert token_shown(store, typed) is None
    finally:
        store.close()


def test_a_fact_is_news_once(store: Store) -> None:
    def put(*ids: str) -> None:
        with store.writing():
            store.shelving.put([Row(part="events", id=one, text="{}") for one in ids] + [Row(part="articles", id="a", text="{}")])
            store.shelving.changed("1")

    assert store.shelving.news((0, "", ""), 10) == ()
    put("v2", "v1")
    put("v1", "v3")
    every = ((1, "events", "v1"), (1, "events", "v2"), (2, "events", "v3"))
    assert store.shelving.news((0, "", ""), 10) == every
    assert store.shelving.news(every[0], 1) == every[1:2]
    with store.writing():
        store.shelving.forget()
    put("v1", "v2", "v3")
    assert store.shelving.news(every[-1], 10) == ()
