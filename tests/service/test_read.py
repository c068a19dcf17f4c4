"""What the user says goes before what came with an article, and that before what stands in it; what fails is said in the reading."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dragoman.engines.here import Here
from dragoman.engines.pool import Pool
from dragoman.model.codec import dumps
from dragoman.model.config import Config
from dragoman.model.errors import ConfigError
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Reading
from dragoman.service.read import Given, checked_day, checked_language, read_arrival, read_many, unread
from dragoman.sources.arrival import Arrival, arrival, unusable

CONFIG = Config()
ENGLISH = "The foreign minister of Norway, Per Dahl, said on Monday that the talks with Sweden in Oslo would go on for another week."


def read(article: Article, given: Given | None = None) -> Reading:
    return read_arrival(arrival(article, CONFIG), CONFIG, given or Given())


def article(text: str = ENGLISH, **fields: object) -> Article:
    return Article(**{"id": article_id(text), "name": "a", "text": text, **fields})  # type: ignore[arg-type]


def test_what_is_given_goes_first() -> None:
    reading = read(article(language="fr", published=date(2024, 1, 1), published_from="metadata"), Given(published=date(2025, 3, 4), language="en"))
    assert (reading.article.language, reading.article.published, reading.article.published_from) == ("en", date(2025, 3, 4), "given")


def test_what_came_with_it_goes_before_the_text() -> None:
    reading = read(article(language="en", published=date(2024, 1, 1), published_from="metadata"))
    assert (reading.article.language, reading.article.published_from) == ("en", "metadata")
    assert not reading.troubles


def test_the_language_is_found_and_a_missing_date_is_said() -> None:
    reading = read(article())
    assert reading.article.language == "en"
    assert not reading.partial
    assert reading.troubles[0].stage == "published"


def test_a_code_that_is_no_language_is_said_and_the_text_decides() -> None:
    reading = read(article(language="qqq", published=date(2024, 1, 1)))
    assert reading.article.language == "en"
    assert "'qqq' is no language code" in reading.troubles[0].message


def test_another_language_is_partial_and_named() -> None:
    reading = read(article("Министр иностранных дел Норвегии провёл вчера переговоры в Осло, сообщило министерство.", published=date(2024, 1, 1)))
    assert reading.partial
    assert reading.troubles[0].message.startswith("Russian (ru) is read in part only: persons, states, organisations and places")


def test_without_the_encoder_a_language_is_read_by_names_that_are_known() -> None:
    text = "Министр иностранных дел Норвегии провёл вчера переговоры в Осло, сообщило министерство."
    config = Config(encoder=False)
    reading = read_arrival(arrival(article(text, published=date(2024, 1, 1)), config), config, Given())
    assert reading.troubles[0].message.startswith("Russian (ru) is read in part only: names of states, capitals and large organisations")
    assert "the encoder is not installed or is switched off" in reading.troubles[1].message


def test_a_text_without_letters_has_no_language() -> None:
    reading = read(article("12 345 — 67 %", published=date(2024, 1, 1)))
    assert reading.article.language == "und"
    assert "could not be told" in reading.troubles[0].message


def arrivals() -> Iterator[Arrival]:
    for number in range(4):
        yield arrival(article(f"{ENGLISH} It was round {number}.", name=str(number), language="en", published=date(2025, 3, 4)), CONFIG)
        yield unusable(f"bad {number}", f"bad {number}: is empty")


def test_two_workers_give_the_bytes_of_one_and_keep_the_order() -> None:
    here = [dumps(reading) for reading in read_many(arrivals(), Here(), CONFIG)]
    pool = [dumps(reading) for reading in read_many(arrivals(), Pool(2), CONFIG)]
    assert here == pool
    assert len(here) == 8


def test_an_arrival_that_is_not_usable_keeps_its_place_and_trouble() -> None:
    readings = list(read_many(arrivals(), Here(), CONFIG))
    assert [unread(reading) for reading in readings] == [False, True] * 4
    assert readings[1].troubles[0].message == "bad 0: is empty"


@pytest.mark.parametrize(("code", "expected"), [("en", "en"), ("FR", "fr"), ("pt-BR", "pt"), ("zh_Hans", "zh")])
def test_language_codes(code: str, expected: str) -> None:
    assert checked_language(code) == expected


@pytest.mark.parametrize("code", ["", "und", "english", "x"])
def test_what_is_no_language_code(code: str) -> None:
    with pytest.raises(ConfigError, match="is no language code"):
        checked_language(code)


def test_days() -> None:
    assert checked_day(" 2025-10-12 ") == date(2025, 10, 12)
    for text in ("2025-02-30", "12/10/2025", "yesterday", ""):
        with pytest.raises(ConfigError, match="is no day of the calendar"):
            checked_day(text)


def test_nothing_here_reads_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dumps(read(article(published=date(2025, 3, 4))))
    monkeypatch.chdir(tmp_path)
    assert dumps(read(article(published=date(2025, 3, 4)))) == first
