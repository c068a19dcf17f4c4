"""A report as it came in, before anybody has read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dragoman.model.config import Config
from dragoman.model.errors import TooLarge
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Trouble

# Half a surrogate pair is no character: no parser takes it and no file can hold it in UTF-8.
_HALF_PAIR = re.compile("[\ud800-\udfff]")
# A headline ends in no mark that ends a sentence; a question may be one.
_NO_HEADLINE = re.compile(r"[.!…:;,]$")
_LONGEST_HEADLINE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article with what went wrong on its way in.

    Where nothing could be taken from it, `usable` is False, the text is empty and the last trouble, of stage `input`, says why. `source` are the
    bytes that it was taken from (the file, the page, the message, the line), which a store keeps, so that a better extraction can start from them.
    """

    article: Article
    troubles: tuple[Trouble, ...] = ()
    usable: bool = True
    source: bytes | None = field(default=None, repr=False)


def arrival(article: Article, config: Config, troubles: tuple[Trouble, ...] = (), *, source: bytes | None = None) -> Arrival:
    """The article with its id, its headline where it has no title, and a trouble for every oddity of its characters.

    Raises TooLarge where the text is above `config.max_characters`. Line ends stay as they are, Windows ones too, so that
    offsets are those of the text as printed.
    """
    text = article.text
    if len(text) > config.max_characters:
        raise TooLarge(f"{article.name}: {len(text):,} characters, and {config.max_characters:,} is the limit; {raise_limit('max_characters')}")
    halves = len(_HALF_PAIR.findall(text))
    if halves:
        text = _HALF_PAIR.sub("\ufffd", text)
        troubles = (*troubles, Trouble(stage="encoding", message=f"{halves} broken characters (halves of a surrogate pair) were replaced by U+FFFD"))
    if nuls := text.count("\x00"):
        message = f"the text holds {nuls} NUL character{'s' if nuls > 1 else ''}, kept and read as space"
        troubles = (*troubles, Trouble(stage="encoding", message=message))
    title = article.title or headline(text)
    return Arrival(article=replace(article, id=article_id(text), text=text, title=title), troubles=troubles, source=source)


def unusable(name: str, message: str) -> Arrival:
    """What stands in the place of an article that could not be taken in, so that a batch goes on and its order holds."""
    return Arrival(article=Article(id=article_id(""), name=name, text=""), troubles=(Trouble(stage="input", message=message),), usable=False)


def raise_limit(setting: str) -> str:
    """The next step for who meets a limit."""
    return f"set DRAGOMAN_{setting.upper()} (or {setting} under [reading] in dragoman.toml) to more, or split the text"


def headline(text: str) -> str | None:
    """The first line, where it is short, ends no sentence and a blank line follows it; the text itself keeps it."""
    lines = text[: 4 * _LONGEST_HEADLINE].lstrip().split("\n", 2)
    if len(lines) < 3 or lines[1].strip():
        return None
    first = lines[0].strip()
    if not first or len(first) > _LONGEST_HEADLINE or _NO_HEADLINE.search(first) or not any(letter.isalpha() for letter in first):
        return None
    return first
