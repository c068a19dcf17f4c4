"""Names by the titles before them, for where there is neither parser nor encoder."""

import pytest

from dragoman.reading.titled import named_after_titles
from dragoman.reading.words import words_of


def names(text: str, code: str) -> list[str]:
    return [span.of(text) for span in named_after_titles(words_of(text, code), text, code)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وصل وزير الخارجية التركي أورهان كايا إلى الدوحة.", ["أورهان كايا"]),
        ("وصل وزير خارجية تركيا السابق، أورهان كايا، إلى الدوحة.", ["أورهان كايا"]),
        ("وقع وزيرا الخارجية السوري مازن الخطيب والتركي أورهان كايا مذكرة.", ["مازن الخطيب", "أورهان كايا"]),
        ("التقى ووزير الدفاع العراقي حسام الجبوري نظيره القطري راشد الكعبي.", ["حسام الجبوري", "راشد الكعبي"]),
        ("قال أمير قطر جاسم بن فهد إنه متفائل.", ["جاسم بن فهد"]),
        ("وبحث الوزيران ملف المياه.", []),
        ("وصل وزير الخارجية الأسبوع الماضي.", []),
        ("زار وزير الخارجية العراق.", []),
    ],
)
def test_arabic_names_follow_titles(text: str, found: list[str]) -> None:
    assert names(text, "ar") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Suriye Dışişleri Bakanı Mazin Hatip, Doha'ya gitti.", ["Mazin Hatip"]),
        ("Bakan Kaya'nın Suriyeli mevkidaşı Mazin Hatip'le görüşmesi", ["Kaya", "Mazin Hatip"]),
        ("Dışişleri Bakanı Ankara'ya döndü.", []),
        ("Norveç Başbakanı dün konuştu.", []),
    ],
)
def test_turkish_names_follow_titles(text: str, found: list[str]) -> None:
    assert names(text, "tr") == found


def test_a_language_without_titles_has_none() -> None:
    assert names("Uachtarán na hÉireann", "ga") == []
