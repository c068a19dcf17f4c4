"""An article of no known day is given bounds by its own dates, with the words that say so, or none."""

from datetime import date

import pytest

from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.service.read import Given, read_article

MET = {
    "en": (
        "The foreign ministers met in Oslo on 3 March 2025 and signed an agreement. They will meet again in Paris on 20 April 2025.",
        "3 March 2025",
        "20 April 2025",
    ),
    "fr": ("Le ministre a rencontré son homologue à Oslo le 3 mars 2025. Ils se retrouveront à Paris le 20 avril 2025.", "le 3 mars 2025", "le 20 avril 2025"),
    "tr": (
        "Dışişleri Bakanı Hakan Fidan 3 Mart 2025'te Oslo'da Norveçli mevkidaşıyla görüştü. Bakanlar 20 Nisan 2025'te Paris'te bir araya gelecek.",
        "3 Mart 2025",
        "20 Nisan 2025",
    ),
    "ar": (
        "التقى وزير الخارجية أسعد الشيباني نظيره النرويجي في أوسلو في 3 مارس 2025. وسيلتقيان مجددا في باريس في 20 أبريل 2025.",
        "3 مارس 2025",
        "20 أبريل 2025",
    ),
}


def read(text: str, kit: Kit, **known: str) -> Reading:
    return read_article(Article(id="x", name="x", text=text, **known), kit)


@pytest.mark.parametrize("language", MET)
def test_what_has_happened_and_what_will_are_its_bounds(language: str, kit: Kit) -> None:
    text, first, last = MET[language]
    article = read(text, kit, language=language).article
    assert (article.published, article.published_from) == (None, "inferred")
    assert article.published_between == (date(2025, 3, 3), date(2025, 4, 20))
    assert [span.of(text) for span in article.published_evidence] == [first, last]


def test_it_is_never_silent(kit: Kit) -> None:
    reading = read("The ministers met in Oslo on 3 March 2025.", kit, language="en")
    assert reading.article.published_between == (date(2025, 3, 3), None)
    messages = [trouble.message for trouble in reading.troubles if trouble.stage == "published"]
    assert messages[-1] == "no publication date is known; by what the text says it was published on or after 2025-03-03 ('3 March 2025')"


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met in Oslo on Monday.",
        "The ministers met in Oslo on 3 March 2025. They will meet again on 1 March 2024 in Paris.",
        "Der Außenminister traf seinen Kollegen am 3. März 2025 in Oslo.",
    ],
)
def test_nothing_is_inferred_from_weekdays_contradictions_or_unknown_grammar(text: str, kit: Kit) -> None:
    article = read(text, kit).article
    assert (article.published, article.published_from, article.published_between, article.published_evidence) == (None, "unknown", None, ())


def test_a_known_day_leaves_nothing_to_infer(kit: Kit) -> None:
    text = MET["en"][0]
    article = read_article(Article(id="x", name="x", text=text), kit, Given(published=date(2025, 3, 4))).article
    assert (article.published_from, article.published_between) == ("given", None)
