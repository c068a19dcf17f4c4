"""Which language a text is in."""

import pytest

from dragoman.languages.pack import supported
from dragoman.reading.languages import CANDIDATES, identify, name_of


@pytest.mark.parametrize(
    ("text", "code"),
    [("The two ministers discussed the border and agreed to meet again in the spring.", "en"), ("Les deux ministres ont parlé de la frontière et se reverront au printemps.", "fr"),
     ("Die beiden Minister sprachen über die Grenze und wollen sich im Frühjahr wieder treffen.", "de"), ("İki bakan sınırı görüştü ve ilkbaharda yeniden buluşacak.", "tr"),
     ("وبحث الوزيران مسألة الحدود واتفقا على اللقاء مجددا في الربيع", "ar")],
)  # fmt: skip
def test_languages_of_the_news_are_told(text: str, code: str) -> None:
    assert identify(text)[0] == code


@pytest.mark.parametrize("text", ["", "   ", "12.10.2025", "🙂", "“”"])
def test_without_letters_nothing_is_told(text: str) -> None:
    assert identify(text) == ("und", 0.0)


def test_every_pack_is_a_candidate() -> None:
    assert set(supported()) <= set(CANDIDATES)


def test_names_of_languages() -> None:
    assert name_of("de") == "German"
    assert name_of("und") == "a language that could not be told"
    assert name_of("qqq")
