"""Tokens: what lets a program or a person read, add or correct where that is not open to all.

    drg_ 16 hexadecimal digits _ 43 letters
         its id, no secret       256 random bits, shown once; kept is the SHA-256 of a salt and them

A secret of 256 random bits cannot be guessed however fast its hash is, so a slow hash would only let strangers keep the server busy.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dragoman.model.errors import InputError, NotFound
from dragoman.store.protocol import Store
from dragoman.store.tokens import KeptToken, Scope, all_tokens, count_valid, put_token, revoke_tokens, token_of

SCOPES: tuple[Scope, ...] = ("read", "add", "write")
_SHOWN = re.compile(r"drg_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token that was just made: `shown` is what is given to its owner, once."""

    kept: KeptToken
    shown: str = field(repr=False)


def new_token(store: Store, name: str, scopes: Sequence[str] = SCOPES, at: datetime | None = None) -> NewToken:
    """Make a token under a name that no valid one has; whoever holds it may always read. Raises InputError."""
    wanted = name.strip()
    if not wanted or len(wanted) > _LONGEST_NAME or not wanted.isprintable():
        raise InputError(f"a token needs a name of 1 to {_LONGEST_NAME} letters that can be printed, such as: dragoman token new newsroom")
    unknown = [one for one in scopes if one not in SCOPES]
    if unknown or not scopes:
        raise InputError(f"'{unknown[0] if unknown else ''}' is nothing that a token lets do; there are {', '.join(SCOPES)}")
    identity, salt, secret = secrets.token_hex(8), secrets.token_hex(16), secrets.token_urlsafe(32)
    kept = KeptToken(
        id=identity, name=wanted, scopes=tuple(one for one in SCOPES if one == "read" or one in scopes), salt=salt, hash=_hash(salt, secret), made=_moment(at)
    )
    with store.writing():
        if any(one.name == wanted and one.revoked is None for one in all_tokens(store)):
            raise InputError(f"there is a token '{wanted}'; give another name, or first: dragoman token revoke {wanted}")
        put_token(store, kept)
    return NewToken(kept=kept, shown=f"drg_{identity}_{secret}")


def token_shown(store: Store, shown: str) -> KeptToken | None:
    """The valid token that somebody shows; None for anything else. Its secret is compared in constant time."""
    found = _SHOWN.fullmatch(shown)
    if found is None:
        return None
    kept = token_of(store, found[1])
    right = hmac.compare_digest(kept.hash if kept else "0" * 64, _hash(kept.salt if kept else "", found[2]))
    return kept if kept is not None and right and kept.revoked is None else None


def valid_token(store: Store, id: str) -> KeptToken | None:
    """The token of that id where it is not revoked."""
    kept = token_of(store, id)
    return kept if kept is not None and kept.revoked is None else None


def any_valid(store: Store) -> bool:
    """Whether somebody holds a token that is valid."""
    return count_valid(store) > 0


def listed(store: Store) -> tuple[KeptToken, ...]:
    """All tokens that ever were, the oldest first."""
    return all_tokens(store)


def revoke(store: Store, name: str, at: datetime | None = None) -> None:
    """Make what is valid under a name invalid at once, sessions that began with it too. Raises NotFound."""
    if not revoke_tokens(store, name.strip(), _moment(at)):
        raise NotFound(f"there is no valid token '{name}'; see: dragoman token list")


def _hash(salt: str, secret: str) -> str:
    return hashlib.sha256(f"{salt}{secret}".encode()).hexdigest()


def _moment(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
