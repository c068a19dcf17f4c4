"""Languages without a folder: names of states and capitals by CLDR, in scripts without capitals and without spaces too."""

import pytest

from dragoman.reading.names.lexicon import lexicon
from dragoman.reading.names.unspaced import parted
from dragoman.reading.words import words_of


def states_in(code: str, text: str) -> list[str]:
    known = lexicon(code)
    words = parted(words_of(text, code), known)
    assert "".join(word.text for word in words) == "".join(word.text for word in words_of(text, code))
    assert all(text[word.start : word.end] == word.text for word in words)
    return [found[0].meanings[0].state or "" for index in range(len(words)) if (found := known.phrases.at(words, index))]


@pytest.mark.parametrize(
    ("code", "text", "states"),
    [
        ("zh", "叙利亚外交部长周日访问土耳其，与中国和美国的代表会谈。", ["SYR", "TUR", "CHN", "USA"]),
        ("zh", "印度尼西亚和印度签署协议", ["IDN", "IND"]),
        ("ja", "シリアの外相はトルコを訪問し、アメリカと中国の代表と会談した。", ["SYR", "TUR", "USA", "CHN"]),
        ("ja", "マリアさんはシリアルを食べた。", []),
        ("ko", "시리아는 튀르키예와 미국의 제안을 받아들였다.", ["SYR", "TUR", "USA"]),
        ("th", "ซีเรียและตุรกี", ["SYR", "TUR"]),
        ("hi", "सीरिया और तुर्किये", ["SYR", "TUR"]),
        ("fa", "سوریه و ترکیه و آمریکا", ["SYR", "TUR", "USA"]),
        ("ru", "Россия и США; Дамаск и Багдад", ["RUS", "USA", "SYR", "IRQ"]),
        ("de", "Syrien, die Türkei und Großbritannien", ["SYR", "TUR", "GBR"]),
    ],
)
def test_states_are_found(code: str, text: str, states: list[str]) -> None:
    assert states_in(code, text) == states


def test_spaced_writing_is_left_as_it_is() -> None:
    words = words_of("Suriye ve Türkiye", "tr")
    assert parted(words, lexicon("tr")) == words
