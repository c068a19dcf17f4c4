"""Newsletters as mail: one message (EML) or a mailbox of them (MBOX), each an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import BinaryIO

from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError, TooLarge
from dragoman.model.reading import Article
from dragoman.sources.arrival import Arrival, arrival, raise_limit, unusable
from dragoman.sources.credits import agency_of
from dragoman.sources.deadline import within
from dragoman.sources.encoding import decode_declared
from dragoman.sources.html.body import belongs
from dragoman.sources.html.days import day_of
from dragoman.sources.limits import MESSAGES, PARTS, SECONDS
from dragoman.sources.markup import text_of
from dragoman.sources.outlets import outlet_of

# With pictures in it a message is larger than its text.
_LARGER = 2
_HEADER = re.compile(rb"^[!-9;-~]{1,76}:[ \t]?", re.A)
_TELLING = re.compile(
    rb"^(?:received|from|date|subject|mime-version|message-id|return-path|delivered-to|to|content-type|list-id|x-[\w-]+|dkim-signature):", re.I
)
_FROM = re.compile(rb"^From \S+ .*\d\d:\d\d|^From \S+@?\S* ")
_MAILER = re.compile(
    r"unsubscribe|view (?:this )?(?:e-?mail |newsletter )?(?:online|in (?:your )?browser)|manage (?:your )?preferences|forward to a friend|se désabonner|"
    r"désinscri|abonelikten (?:çık|ayrıl)|إلغاء الاشتراك|abmelden|im browser (?:ansehen|öffnen)|darse de baja|ver en (?:el )?navegador|отписаться|"
    r"you (?:are )?receiv(?:ed|ing) this",
    re.I,
)
_LINE = 300


def looks_like_mail(begin: bytes) -> bool:
    """Whether bytes begin with the headers of a message: at least three of them, two of which tell."""
    lines = begin.lstrip(b"\r\n").split(b"\n")
    headers = 0
    telling = 0
    for line in lines[:40]:
        if not line.strip():
            break
        if line[:1] in b" \t" and headers:
            continue
        if not _HEADER.match(line):
            return False
        headers += 1
        telling += _TELLING.match(line) is not None
    return headers >= 3 and telling >= 2


def looks_like_mailbox(begin: bytes) -> bool:
    """Whether bytes begin as a mailbox does: a line 'From somebody Sun Oct 12 …' and then headers."""
    first, _, rest = begin.partition(b"\n")
    return _FROM.match(first) is not None and looks_like_mail(rest)


def from_mailbox(file: BinaryIO, name: str, config: Config) -> Iterator[Arrival]:
    """One arrival a message, in order, a message at a time in memory; what cannot be read becomes an unusable one."""
    for number, raw in enumerate(_messages(file, _LARGER * config.max_bytes), start=1):
        where = f"{name} message {number}"
        if number > MESSAGES:
            yield unusable(where, f"{name}: holds more than {MESSAGES:,} messages, which is the limit; the rest was left")
            return
        try:
            yield from_message(raw, where, config)
        except InputError as error:
            yield unusable(where, str(error))


def _messages(file: BinaryIO, limit: int) -> Iterator[bytes]:
    """The messages, of a longer one only limit + 1 bytes; a line that begins with 'From ' after an empty one begins the next."""
    held: list[bytes] = []
    size, empty, begun, whole_line = 0, True, False, True
    while line := file.readline(limit + 1):
        if whole_line and empty and line.startswith(b"From "):
            if begun and size:
                yield b"".join(held)
            held, size, begun, empty = [], 0, True, False
            whole_line = line.endswith(b"\n")
            continue
        empty = whole_line and not line.strip()
        whole_line = line.endswith(b"\n")
        if line.startswith(b">") and line.lstrip(b">").startswith(b"From "):
            line = line[1:]
        if size <= limit:
            held.append(line)
            size += len(line)
    if size:
        yield b"".join(held)


def from_message(raw: bytes, name: str, config: Config) -> Arrival:
    """The newsletter in a message: its HTML where it has some, else its plain text. Raises EmptyInput, TooLarge, TooSlow or InputError."""
    limit = _LARGER * config.max_bytes
    if len(raw) > limit:
        raise TooLarge(f"{name}: a message of more than {limit:,} bytes, which is the limit; {raise_limit('max_bytes')}")
    with within(SECONDS, name):
        try:
            message = BytesParser(policy=policy.default).parsebytes(raw)
            text = _text(message, name, config)
            article = _article(message, text, name)
        except (InputError, MemoryError):
            raise
        except Exception as error:
            # a stranger's message in a library whose parser of headers fails in many ways on broken ones
            raise InputError(f"{name}: is no message that can be read ({type(error).__name__}); save its text and read that") from error
    if not text.strip():
        raise EmptyInput(f"{name}: is a message without text; save its text and read that")
    return arrival(article, config, source=raw)


def _article(message: EmailMessage, text: str, name: str) -> Article:
    sender, address = parseaddr(_header(message, "From"))
    listed = re.match(r'\s*"?([^"<]{2,100}?)"?\s*<', _header(message, "List-Id"))
    domain = address.rsplit("@", 1)[-1].lower() if "@" in address else ""
    outlet, country = outlet_of(f"https://{domain}/" if domain else None, (listed[1] if listed else None) or sender or None)
    published = day_of(_header(message, "Date"))
    return Article(
        id="", name=name, text=text, title=_header(message, "Subject") or None, outlet=outlet, published=published if _possible(published) else None,
        published_from="metadata" if _possible(published) else "unknown", author=sender or None, agency=agency_of(text, sender or None),
        outlet_country=country,
    )  # fmt: skip


def _possible(day: date | None) -> bool:
    return day is not None and 1990 <= day.year <= 2100


def _header(message: EmailMessage, name: str) -> str:
    """A header on one line, decoded; '' where there is none or it is beyond decoding."""
    try:
        value = message.get(name)
        return " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())[:500] if value is not None else ""
    except MemoryError:
        raise
    except Exception:
        # a broken header is none
        return ""


def _text(message: EmailMessage, name: str, config: Config) -> str:
    found: dict[str, list[str]] = {"html": [], "plain": []}
    for number, part in enumerate(message.walk()):
        if number >= PARTS:
            raise TooLarge(f"{name}: a message of more than {PARTS} parts, which is the limit; save its text and read that")
        kind = part.get_content_type()
        if part.is_multipart() or kind not in ("text/html", "text/plain") or part.get_content_disposition() == "attachment":
            continue
        raw = part.get_payload(decode=True)
        if isinstance(raw, bytes) and len(raw) > config.max_bytes:
            raise TooLarge(f"{name}: a part of more than {config.max_bytes:,} bytes, which is the limit; {raise_limit('max_bytes')}")
        if isinstance(raw, bytes) and raw.strip():
            found[kind.removeprefix("text/")].append(decode_declared(raw, name, part.get_content_charset())[0])
    html = [text for markup in found["html"] if (text := text_of(markup, name)).strip()]
    plain = "\n".join("\n\n".join(html).split("\n") if html else _flowed("\n".join(found["plain"])))
    return "\n".join(line for line in plain.split("\n") if belongs(line) and not (len(line) <= _LINE and _MAILER.search(line))).strip()


def _flowed(text: str) -> list[str]:
    """Plain text with its lines joined to paragraphs: mail breaks them at seventy characters."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n\n".join(" ".join(one.split()) if max(map(len, one.split("\n"))) > 50 else one.strip() for one in paragraphs if one.strip()).split("\n")
