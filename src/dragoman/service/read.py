"""The use case of reading: arrivals to readings, one or many, in their order, by any engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Protocol, TypeVar

from dragoman.engines.lost import Lost
from dragoman.languages.pack import begun, language, supported
from dragoman.model.config import Config
from dragoman.model.errors import ConfigError
from dragoman.model.parse import Parse
from dragoman.model.reading import Article, Reading, Trouble
from dragoman.reading.kit import Kit
from dragoman.reading.languages import identify
from dragoman.sources.arrival import Arrival

Item = TypeVar("Item")
Result = TypeVar("Result")
# Below this the identifier is mostly wrong: headlines of three words, lists of names.
_SURE = 0.6
# What is read of a language without tables, and what is not.
_SEEN = "dates with their year or near the publication day, and what is marked as said are looked for, the last two with gaps"
_BY_ENCODER = f"persons, states, organisations and places, {_SEEN}; offices, events, commitments, weekdays and whom a pronoun means are not"
_WITH_OFFICES = f"persons, states, organisations and places, offices, {_SEEN}; events, commitments, weekdays and whom a pronoun means are not"
_BY_TABLES = "names of states, capitals and large organisations, dates with their year or near the publication day, and words in quotation marks are looked for"


class Engine(Protocol):
    """Whatever can apply a function to many items and keep their order."""

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Lost[Item]]:
        """The result of each item in order, or Lost."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user says of all articles: it goes before what came with them or stands in them."""

    published: date | None = None
    language: str | None = None


def read_many(arrivals: Iterable[Arrival], engine: Engine, config: Config, given: Given | None = None) -> Iterator[Reading]:
    """One reading an arrival, in order, as they become ready; what could not be read has a trouble that says why.

    Parse, tags and office mentions, which serve the stages only, are left out of the readings.
    """
    work = partial(read_arrival, config=config, given=given or Given())
    # the bytes that an article came in stay here: no process that reads needs them
    for result in engine.map(work, (replace(one, source=None) for one in arrivals)):
        yield lost_reading(result) if isinstance(result, Lost) else result


def lost_reading(lost: Lost[Arrival]) -> Reading:
    """What stands in the place of an article that no process could read."""
    trouble = Trouble(stage="input", message=f"{lost.item.article.name}: could not be read ({lost.reason})")
    return Reading(article=lost.item.article, troubles=(*lost.item.troubles, trouble))


def read_arrival(arrival: Arrival, config: Config, given: Given) -> Reading:
    """The reading of one arrival, with the models of this process."""
    if not arrival.usable:
        return Reading(article=arrival.article, troubles=arrival.troubles)
    reading = read_article(arrival.article, kit_of(config), given)
    return replace(reading, troubles=(*arrival.troubles, *reading.troubles), parse=Parse(), tags=(), titles=())


@cache
def kit_of(config: Config) -> Kit:
    """The models of this process, loaded once."""
    return Kit(config=config)


def read_article(article: Article, kit: Kit, given: Given | None = None) -> Reading:
    """Find the language and the day of publication where they are not given, then run all stages.

    An article in a language that is not read in full is read as far as the encoder goes, without one as far as tables go; its reading is `partial`.
    """
    from dragoman.reading.pipeline import read
    from dragoman.reading.stages import stages

    article, troubles = _complete(article, given or Given(), kit)
    reading = _dated(read(article, stages(), kit))
    partial_reading = reading.partial or article.language not in supported()
    return replace(reading, troubles=(*troubles, *reading.troubles), partial=partial_reading)


def _complete(article: Article, given: Given, kit: Kit) -> tuple[Article, tuple[Trouble, ...]]:
    from dragoman.reading.dates import published_in

    troubles: list[Trouble] = []
    code = given.language or article.language
    if not given.language and code != "und" and not known_language(code):
        troubles.append(Trouble(stage="language", message=f"'{code}' is no language code; the language was found from the text"))
        code = "und"
    if code == "und":
        code, sure = identify(article.text)
        if code != "und" and sure < _SURE:
            message = f"too short or mixed to tell its language: taken for {language_name(code)}; give --language if that is wrong"
            troubles.append(Trouble(stage="language", message=message))
    if code not in supported():
        troubles.append(Trouble(stage="language", message=_not_read(code, _looked_for(code, kit))))
    published, how = article.published, article.published_from
    if given.published:
        published, how = given.published, "given"
    elif published is None:
        published = published_in(article.text, code)
        how = "text" if published else "unknown"
    if published is None:
        message = "no publication date is known, so 'Monday' or 'last week' cannot be resolved; give --published YYYY-MM-DD"
        troubles.append(Trouble(stage="published", message=message))
    known = replace(article, language=code, published=published, published_from=how, published_between=None, published_evidence=())
    return known, tuple(troubles)


def _dated(reading: Reading) -> Reading:
    """The same, with the days between which an article of no known day can have been published, where its text tells them."""
    from dragoman.reading.undated import bounds

    if reading.article.published is not None or reading.article.published_from != "unknown" or (found := bounds(reading)) is None:
        return reading
    article = replace(reading.article, published_from="inferred", published_between=(found.earliest, found.latest), published_evidence=found.evidence)
    message = f"no publication date is known; by what the text says it was published {found.told(article.text)}"
    return replace(reading, article=article, troubles=(*reading.troubles, Trouble(stage="published", message=message)))


def _looked_for(code: str, kit: Kit) -> str:
    if kit.encoder() is None:
        return _BY_TABLES
    return _WITH_OFFICES if code in begun() else _BY_ENCODER


def _not_read(code: str, looked_for: str) -> str:
    *others, last = (pack.english_name for pack in map(language, supported()) if pack)
    what = "the text's language could not be told" if code == "und" else f"{language_name(code)} ({code}) is read in part only"
    return f"{what}: {looked_for}; read in full are {', '.join(others)} and {last}"


def language_name(code: str) -> str:
    """The English name of a language by its code; the code itself where CLDR has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


def known_language(code: str) -> bool:
    """Whether CLDR knows a language of that code."""
    from babel import Locale

    return code in Locale("en").languages


def checked_language(code: str) -> str:
    """The code in lower case, without region. Raises ConfigError where no language has it."""
    plain = code.strip().lower().replace("_", "-").split("-")[0]
    if not known_language(plain) or plain == "und":
        raise ConfigError(f"'{code}' is no language code; give one of two letters, such as {', '.join(supported())} (see: dragoman languages)")
    return plain


def checked_day(text: str, option: str = "--published") -> date:
    """The day of an ISO date. Raises ConfigError, naming the option, where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise ConfigError(f"{option}: '{text}' is no day of the calendar; write it as year-month-day, such as 2025-10-12") from error


def unread(reading: Reading) -> bool:
    """Whether nothing could be read of the article at all."""
    return any(trouble.stage == "input" for trouble in reading.troubles)
