"""Reading texts and files from Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.engines.threads import one_thread_a_process
from dragoman.model import reading as model
from dragoman.model.config import Config, load
from dragoman.model.errors import EmptyInput, InputError
from dragoman.model.reading import Article

if TYPE_CHECKING:
    from dragoman.service.read import Given
    from dragoman.sources.arrival import Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(model.Reading):
    """All that one article says; every offset counts code points of `article.text`. A notebook shows the text with its facts beside it."""

    def to_json(self) -> str:
        """The JSON of `dragoman read`, one line; the same reading gives the same bytes."""
        from dragoman.model.codec import dumps

        return dumps(self)

    def to_dict(self) -> dict[str, Any]:
        """The same as Python's own dicts and lists."""
        from dragoman.model.codec import encode

        return encode(self)

    def _repr_html_(self) -> str:
        from dragoman.api.notebook import reading

        return reading(self)


def read(
    text: str,
    *,
    published: date | str | None = None,
    language: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    name: str = "text",
    config: Config | None = None,
) -> Reading:
    """What a report says. `published` resolves 'on Monday' (2025-10-12, or a date); `language` is told from the text where not given.

    Raises EmptyInput for nothing but white space, TooLarge above `config.max_characters`, ConfigError for a day or language that is none.
    The first call loads the models, which takes some seconds; settings are those of `dragoman.toml` in this folder where no `config` is given.

    >>> read("Ana Lindqvist met Per Dahl in Oslo on Monday.", published="2025-03-04").dates[0].value
    '2025-03-03'
    """
    from dragoman.service.read import read_arrival

    one_thread_a_process()
    settings = config or settings_here()
    arrival = arrived(text, settings, name=name, title=title, outlet=outlet, url=url)
    return as_read(read_arrival(arrival, settings, given(published, language)))


def arrived(text: str, config: Config, *, name: str, title: str | None, outlet: str | None, url: str | None) -> Arrival:
    """A text at hand as something that came in. Raises InputError, EmptyInput or TooLarge."""
    from dragoman.sources.arrival import arrival
    from dragoman.sources.credits import agency_of

    if not isinstance(text, str):
        raise InputError(f"{name}: takes the text of a report, not {type(text).__name__}; files are read with read_files")
    if not text.strip("\x00 \t\r\n\f\v\u00a0\ufeff"):
        raise EmptyInput(f"{name}: holds nothing but white space; give the text of a report")
    return arrival(Article(id="", name=name, text=text, title=title, outlet=outlet, url=url, agency=agency_of(text)), config)


def read_files(
    *paths: str | PathLike[str],
    published: date | str | None = None,
    language: str | None = None,
    mapping: str | None = None,
    workers: int = 1,
    config: Config | None = None,
) -> Iterator[Reading]:
    """The readings of all that files, folders and addresses hold, in their order, as they become ready; formats as `dragoman read` takes them.

    `mapping` names a table's columns, as 'text=body,published=date'. What cannot be read has a trouble that says why. With several `workers`
    (processes) the readings are the same. Raises InputError, when the first reading is asked for, where a single path cannot be opened.
    """
    from dragoman.engines.chosen import engine
    from dragoman.service.arrivals import arrivals_of_all
    from dragoman.service.read import read_many

    one_thread_a_process()
    settings = config or settings_here()
    arrivals = arrivals_of_all([fspath(path) for path in paths], settings, mapping)
    with engine(None, workers) as chosen:
        for found in read_many(arrivals, chosen, settings, given(published, language)):
            yield as_read(found)


def settings_here() -> Config:
    """The settings of the working folder and of `DRAGOMAN_*`. Raises ConfigError."""
    return load(Path.cwd())


def as_read(found: model.Reading) -> Reading:
    """The same reading, as notebooks show it."""
    return Reading(**{field.name: getattr(found, field.name) for field in fields(found)})


def given(published: date | str | None, language: str | None) -> Given:
    """What the caller says of all articles. Raises ConfigError for a day or a language that is none."""
    from dragoman.service.read import Given, checked_language

    return Given(published=_day(published), language=checked_language(language) if language else None)


def _day(published: date | str | None) -> date | None:
    from dragoman.service.read import checked_day

    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    return checked_day(published, "published")
