"""Saved queries and where their answers go, as sources.toml tells them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dragoman.knowledge.offices import OFFICES
from dragoman.knowledge.states import state
from dragoman.model.errors import ConfigError
from dragoman.service.toml_table import Table
from dragoman.sources.web.target import target

About = Literal["events", "offices", "disputes"]
Security = Literal["starttls", "tls", "none"]
_ABOUT: tuple[About, ...] = ("events", "offices", "disputes")
_SECURITY: tuple[Security, ...] = ("starttls", "tls", "none")
_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE",
    "COERCE", "ASSAULT",
)  # fmt: skip
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_MAILBOX = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,250}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,100}")
_SECRET = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A query whose new answers are told: all that is given must hold, of several `states` all, of several `types` and `topics` one.

    `about` offices: a person seen in an office that another was seen in before. `about` disputes: reports of one event that contradict each other.
    """

    name: str
    about: About
    to: tuple[str, ...]
    person: str | None = None
    states: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    least_origins: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Where a secret stands: in a variable of the environment or a file, never in sources.toml; it is read when it is needed and not kept."""

    variable: str | None = None
    file: Path | None = None

    def read(self, environment: Mapping[str, str] | None = None) -> str:
        """The secret, without white space around it. Raises ConfigError, which does not hold it, where there is none."""
        if self.file is not None:
            try:
                with self.file.open("rb") as file:
                    found = file.read(_SECRET + 1).decode("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(f"{self.file}: the secret in it cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})") from error
            if not found or len(found) > _SECRET:
                raise ConfigError(f"{self.file}: must hold a secret of 1 to {_SECRET:,} bytes")
            return found
        found = (os.environ if environment is None else environment).get(self.variable or "", "").strip()
        if not found:
            raise ConfigError(f"the environment has no {self.variable}, which is to hold a secret; set it before starting")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomFile:
    """A file that feed readers take; it holds the last `entries` alerts."""

    name: str
    file: Path
    entries: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address that gets each alert as JSON, signed with the secret."""

    name: str
    url: str
    secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Mail through a server of SMTP."""

    name: str
    server: str
    port: int
    security: Security
    sender: str
    to: tuple[str, ...]
    user: str | None = None
    password: Secret | None = None


Target = AtomFile | Webhook | Mailbox


def alert_of(table: Table, targets: Mapping[str, Target]) -> Alert:
    """The alert of a table. Raises ConfigError where it asks for nothing, or is sent nowhere."""
    name = table.needed("name", "a short name, which stands in what is sent")
    if not _NAME.fullmatch(name):
        raise table.wrong("name", name, "at most 100 characters on one line")
    alert = Alert(
        name=name,
        about=cast("About", table.choice("about", _ABOUT)),
        to=table.words("to"),
        person=table.text("person"),
        states=tuple(_state(table, code) for code in table.words("states")),
        types=tuple(_one_of(table, "types", word.upper(), _TYPES) for word in table.words("types")),
        topics=table.words("topics"),
        offices=tuple(_one_of(table, "offices", word, OFFICES) for word in table.words("offices")),
        least_origins=table.whole("least_origins", 1, most=1_000),
    )
    table.done()
    if not alert.to:
        raise ConfigError(f"{table.where}: 'to' is missing; name one or more of the targets, such as {', '.join(targets) or '[targets.feed]'}")
    for one in alert.to:
        if one not in targets:
            raise ConfigError(f"{table.where}: there is no [targets.{one}]; known are {', '.join(targets) or 'none'}")
    if alert.about == "offices":
        if alert.types or alert.topics or alert.least_origins > 1:
            raise ConfigError(f"{table.where}: an alert about offices takes 'offices', 'states' and 'person' only")
    elif alert.offices:
        raise ConfigError(f"{table.where}: 'offices' belongs to an alert with about = \"offices\"")
    elif alert.about == "events" and not (alert.person or alert.states or alert.types or alert.topics):
        raise ConfigError(f"{table.where}: would tell every event; give 'person', 'states', 'types' or 'topics'")
    return alert


def target_of(name: str, table: Table, folder: Path) -> Target:
    """The target of a table; files are found from the folder that sources.toml lies in. Raises ConfigError."""
    kind = table.choice("kind", ("atom", "webhook", "mail"))
    found: Target
    if kind == "atom":
        found = AtomFile(name=name, file=folder / table.needed("file", "the path of the Atom file"), entries=table.whole("entries", 100, most=10_000))
    elif kind == "webhook":
        url = table.needed("url", "the address that takes the alerts")
        target(url)
        found = Webhook(name=name, url=url, secret=_secret(table, "secret", folder))
    else:
        security = cast("Security", table.choice("security", _SECURITY))
        user = table.text("user")
        found = Mailbox(
            name=name,
            server=table.needed("server", "the name of the mail server"),
            port=table.whole("port", _PORTS[security], most=65_535),
            security=security,
            sender=_mailbox(table, "from", table.needed("from", "the address that mail comes from")),
            to=tuple(_mailbox(table, "to", one) for one in table.words("to")),
            user=user,
            password=_secret(table, "password", folder) if user else None,
        )
        if not found.to:
            raise ConfigError(f"{table.where}: 'to' is missing; give the addresses that mail goes to")
        if user and security == "none":
            raise ConfigError(f"{table.where}: a password is not sent over a connection that anybody can read; set security to starttls or tls")
    table.done()
    return found


def _secret(table: Table, what: str, folder: Path) -> Secret:
    if what in table:
        raise ConfigError(f"{table.where}: the {what} itself does not belong in this file; name a variable with '{what}_env' or a file with '{what}_file'")
    variable, file = table.text(f"{what}_env"), table.text(f"{what}_file")
    if (variable is None) == (file is None):
        raise ConfigError(f"{table.where}: give either '{what}_env', a variable of the environment, or '{what}_file', a file that holds the {what}")
    return Secret(variable=variable, file=None if file is None else folder / os.path.expandvars(file))


def _state(table: Table, code: str) -> str:
    if state(code.upper()) is None:
        raise table.wrong("states", code, "codes of states in three letters, such as TUR or SYR")
    return code.upper()


def _one_of(table: Table, key: str, word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise table.wrong(key, word, f"of {', '.join(known)}")
    return word


def _mailbox(table: Table, key: str, text: str) -> str:
    if not text.isascii() or not _MAILBOX.fullmatch(text):
        raise table.wrong(key, text, "a plain mail address, such as desk@example.org")
    return text
