"""Dates of languages without a folder: full dates by CLDR, and nothing that would be a guess."""

from datetime import date

import pytest

from dragoman.model.reading import Article, Reading
from dragoman.reading import dates, sentences
from dragoman.reading.dates import published_in
from dragoman.reading.kit import Kit
from dragoman.reading.languages import CANDIDATES

SUNDAY = date(2025, 10, 12)


def told(text: str, code: str, kit: Kit, published: date | None = SUNDAY) -> list[tuple[str, str | None]]:
    article = Article(id="x", name="x", text=text, language=code, published=published)
    reading = dates.run(article, sentences.run(article, Reading(article=article), kit), kit)
    return [(when.text, when.value) for when in reading.dates]


@pytest.mark.parametrize(
    ("code", "text", "wanted"),
    [
        ("de", "Das Abkommen vom 3. Mai 2021 wurde am 9. Okt. 2025 erneuert.", ["2021-05-03", "2025-10-09"]),
        ("de", "Im März 2024 kündigte die Ministerin an, am 12.11.2025 nach Lima zu reisen.", ["2024-03", "2025-11-12"]),
        ("es", "El acuerdo del 3 de mayo de 2021 se renovó el 9 de octubre del 2025.", ["2021-05-03", "2025-10-09"]),
        ("es", "En julio de 2023 la misión volvió; el plazo vence el 12/11/2025.", ["2023-07", "2025-11-12"]),
        ("it", "L'accordo del 1º maggio 2021 scade nel luglio 2026.", ["2021-05-01", "2026-07"]),
        ("pt", "O acordo de 1º de maio de 2021 foi renovado em julho de 2023.", ["2021-05-01", "2023-07"]),
        ("ru", "Соглашение от 3 мая 2021 года продлили в октябре 2023 года и 09.10.2025.", ["2021-05-03", "2023-10", "2025-10-09"]),
        ("uk", "Угоду від 3 травня 2021 року продовжили у жовтні 2023 року.", ["2021-05-03", "2023-10"]),
        ("fa", "توافق ۳ مهٔ ۲۰۲۱ در اکتبر ۲۰۲۳ تمدید شد.", ["2021-05-03", "2023-10"]),
        ("zh", "2021年5月3日签署的协定于2023年10月延长。", ["2021-05-03", "2023-10"]),
        ("ja", "2021年5月3日に署名された協定は2023年10月に延長された。", ["2021-05-03", "2023-10"]),
        ("ko", "2021년 5월 3일에 체결된 협정", ["2021-05-03"]),
        ("pl", "Umowę z 3 maja 2021 roku przedłużono w październiku 2023 r.", ["2021-05-03", "2023-10"]),
        ("nl", "Het akkoord van 3 mei 2021 werd in oktober 2023 verlengd.", ["2021-05-03", "2023-10"]),
        ("el", "Η συμφωνία της 3 Μαΐου 2021 ανανεώθηκε τον Οκτώβριο του 2023.", ["2021-05-03", "2023-10"]),
        ("he", "ההסכם מ-3 במאי 2021 הוארך באוקטובר 2023.", ["2021-05-03", "2023-10"]),
        ("hu", "A 2021. május 3-án kötött megállapodás", ["2021-05-03"]),
        ("cs", "Dohoda z 3. května 2021 byla v říjnu 2023 prodloužena.", ["2021-05-03", "2023-10"]),
    ],
)
def test_full_dates_are_read(code: str, text: str, wanted: list[str], kit: Kit) -> None:
    assert [value for _, value in told(text, code, kit)] == wanted


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Die Minister trafen sich am Freitag, gestern und vergangene Woche; 2021 Soldaten blieben."),
        ("es", "Los ministros se reunieron el viernes, ayer y la semana pasada."),
        ("ru", "Министры встретились в пятницу, вчера и на прошлой неделе."),
        ("zh", "部长们周五、昨天和上周会晤。"),
        ("he", "השרים נפגשו ביום שישי ואתמול."),
    ],
)
def test_what_only_grammar_could_tell_is_left_alone(code: str, text: str, kit: Kit) -> None:
    assert told(text, code, kit) == []


def test_other_calendars_are_no_years(kit: Kit) -> None:
    assert told("در ۲۰ مهر ۱۴۰۴ و ۱۴۰۴/۰۷/۲۰ دیدار کردند.", "fa", kit) == []


def test_a_near_day_without_a_year_is_the_nearest(kit: Kit) -> None:
    assert told("Sie trafen sich am 5. Oktober und reisen am 3. November ab.", "de", kit) == [("5. Oktober", "2025-10-05"), ("3. November", "2025-11-03")]
    assert told("外长10月5日会晤。", "zh", kit) == [("10月5日", "2025-10-05")]


def test_a_far_day_without_a_year_is_left_alone(kit: Kit) -> None:
    assert told("Sie trafen sich am 3. März.", "de", kit) == []


def test_a_day_without_a_year_after_one_of_another_year_is_left_alone(kit: Kit) -> None:
    assert told("Am 9. November 2016 brach der Streit aus, am 10. November wurde er beigelegt.", "de", kit) == [("9. November 2016", "2016-11-09")]


def test_without_a_publication_day_it_stays_open(kit: Kit) -> None:
    assert told("Sie trafen sich am 5. Oktober.", "de", kit, None) == [("5. Oktober", None)]


@pytest.mark.parametrize("code", ["und", "xx"])
def test_of_an_unknown_language_only_iso_dates_are_read(code: str, kit: Kit) -> None:
    assert told("2025-10-12, 12.10.2025, 10/12/2025, 12 May 2025", code, kit) == [("2025-10-12", "2025-10-12")]


def test_the_day_of_publication_stands_in_the_opening_lines() -> None:
    assert published_in("Berlin, 12. Oktober 2025 (dpa) - Die Ministerin reist ab.", "de") == SUNDAY
    assert published_in("12 октября 2025\n\nМинистры встретились.", "ru") == SUNDAY
    assert published_in("Das Abkommen vom 3. Mai 2021 wurde erneuert.", "de") is None


@pytest.mark.parametrize("code", CANDIDATES)
def test_every_language_that_can_be_told_has_dates(code: str, kit: Kit) -> None:
    assert told("2021-05-03", code, kit) == [("2021-05-03", "2021-05-03")]
