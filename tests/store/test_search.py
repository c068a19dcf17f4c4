"""Search in five languages, on every database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.store.open import open_store
from dragoman.store.protocol import Store
from dragoman.store.words import terms

TEXTS = {
    "en": "The talks began on Sunday. Foreign Minister Asaad al-Shaibani met Hakan Fidan in Ankara. Both men spoke of water.",
    "fr": "Les pourparlers ont débuté dimanche. L'ambassadeur s'est rendu à Saint-Étienne. Il n'a pas parlé à la presse.",
    "ar": "وصل وزير الخارجية السوري أسعد الشيباني إلى أنقرة. والتقى الشَّيْبانيّ نظيره التركي. وقال للصحفيين إن اللقاء مثمر.",
    "tr": "MİT Başkanı İbrahim Kalın İstanbul'da konuştu. Dışişleri Bakanlığı açıklama yaptı. IRAK heyeti Ankara'ya geldi.",
    "zh": "中国外交部长王毅在北京会见了法国外长。双方就贸易问题交换了意见。",
}
IDS = {language: article_id(text) for language, text in TEXTS.items()}


def fill(store: Store) -> Store:
    with store.writing():
        for language, text in TEXTS.items():
            store.put_article(Article(id=IDS[language], name=language, text=text, language=language), None)
            names = {"ar": ["أسعد الشيباني", "Assaad Shibani"], "zh": ["Wang Yi"]}.get(language, [])
            title = {"fr": "Visite d'un diplomate", "zh": "王毅会见法国外长"}.get(language, "")
            store.index_text(IDS[language], title=title, text=text, names=names, statements=["never a word of it"] if language == "en" else [])
    return store


@pytest.fixture
def filled(store: Store) -> Store:
    return fill(store)


@pytest.mark.parametrize(
    ("query", "language", "shown"),
    [
        ("kalin", "tr", "MİT Başkanı İbrahim Kalın İstanbul'da konuştu."),
        ("KALIN", "tr", "MİT Başkanı İbrahim Kalın İstanbul'da konuştu."),
        ("istanbul", "tr", "MİT Başkanı İbrahim Kalın İstanbul'da konuştu."),
        ("İstanbul", "tr", "MİT Başkanı İbrahim Kalın İstanbul'da konuştu."),
        ("ırak", "tr", "IRAK heyeti Ankara'ya geldi."),
        ("bakan* yapti", "tr", "Dışişleri Bakanlığı açıklama yaptı."),
        ('"ibrahim kalin" irak', "tr", "MİT Başkanı İbrahim Kalın İstanbul'da konuştu."),
        ("الشيباني", "ar", "وصل وزير الخارجية السوري أسعد الشيباني إلى أنقرة."),
        ("والشيبانى", "ar", "وصل وزير الخارجية السوري أسعد الشيباني إلى أنقرة."),
        ("الصحفيين", "ar", "وقال للصحفيين إن اللقاء مثمر."),
        ("وَزير", "ar", "وصل وزير الخارجية السوري أسعد الشيباني إلى أنقرة."),
        ("etienne", "fr", "L'ambassadeur s'est rendu à Saint-Étienne."),
        ("l'ambassadeur", "fr", "L'ambassadeur s'est rendu à Saint-Étienne."),
        ("«a saint etienne»", "fr", "L'ambassadeur s'est rendu à Saint-Étienne."),
        ("diplomate", "fr", "Visite d'un diplomate"),
        ("al-shaibani water", "en", "Foreign Minister Asaad al-Shaibani met Hakan Fidan in Ankara."),
        ("never", "en", ""),
        ("shibani", "ar", "Assaad Shibani"),
        ("wang yi", "zh", "Wang Yi"),
        ("北京", "zh", "中国外交部长王毅在北京会见了法国外长。"),
        ("贸易问题", "zh", "双方就贸易问题交换了意见。"),
    ],
)
def test_an_article_is_found_and_shown(filled: Store, query: str, language: str, shown: str) -> None:
    found = filled.search(query)
    assert [one.article for one in found] == [IDS[language]]
    assert found[0].text == shown
    assert found[0].rank > 0
    assert TEXTS[language][found[0].start : found[0].end] == (shown if shown in TEXTS[language] else "")


@pytest.mark.parametrize(
    "query", ["京北", "kalin paris", '"kalin ibrahim"', "stanbul", "", " ", '"', "*", "'; DROP TABLE articles; --", "\x00", "\ud800", "a" * 100_000]
)
def test_what_is_not_there_is_not_found(filled: Store, query: str) -> None:
    assert filled.search(query) == ()


def test_no_phrase_runs_from_one_name_into_the_next(filled: Store) -> None:
    assert filled.search('"الشيباني Assaad"') == ()
    assert len(filled.search('"Assaad Shibani"')) == 1


def test_a_long_query_is_cut_not_refused(filled: Store) -> None:
    assert filled.search("ankara " + " ".join(f"w{number}" for number in range(5_000))) == ()
    assert filled.search('"' + "ankara " * 5_000 + '"') == ()
    assert len(filled.search("ankara " * 5_000)) == 2


def test_the_best_come_first_and_no_more_than_asked(store: Store) -> None:
    texts = ["Water. " + "Other things. " * 200, "Water, water and water again.", "Nothing of it."]
    ids = [article_id(text) for text in texts]
    for identity, text in zip(ids, texts, strict=True):
        store.put_article(Article(id=identity, name="n", text=text), None)
        store.index_text(identity, title="Water" if text == texts[2] else "", text=text, names=[], statements=[])
    assert [one.article for one in store.search("water")] == [ids[2], ids[1], ids[0]]
    assert [one.article for one in store.search("water", limit=2)] == [ids[2], ids[1]]
    assert store.search("water", limit=0) == store.search("water", limit=-1) == ()


def test_an_article_indexed_anew_is_found_by_its_new_words_alone(filled: Store) -> None:
    filled.index_text(IDS["en"], title="", text=TEXTS["en"], names=["Chaibani"], statements=[])
    assert len(filled.search("chaibani")) == 1
    assert filled.search("never") == ()
    assert filled.check() == ()


def test_the_sentences_of_the_reading_are_shown(filled: Store) -> None:
    filled.put_reading(IDS["en"], "v1", json.dumps({"article": {"sentences": [[0, 26], [27, len(TEXTS["en"])]]}}))
    assert filled.search("fidan")[0].text == TEXTS["en"][27:]
    filled.put_reading(IDS["en"], "v2", json.dumps({"article": {"sentences": [[0, 10_000]]}}))
    assert filled.search("fidan")[0].text.startswith("Foreign Minister")


def test_a_long_text_is_found_from_its_first_word_to_its_last(store: Store) -> None:
    """A phrase with a word that is everywhere, words that all differ, and a text far beyond what PostgreSQL indexes at once."""
    text = "first word. " + "the " * 60_000 + "the minister left. " + " ".join(f"{number}ğ" + "w" * 55 for number in range(20_000)) + " last word."
    store.put_article(Article(id=article_id(text), name="n", text=text), None)
    store.index_text(article_id(text), title="", text=text, names=["Name " * 20_000], statements=["said " * 50_000])
    for query in ('"first word"', '"the minister left"', "9999gwww*", '"last word"'):
        (found,) = store.search(query)
        assert text[found.start : found.end] == found.text
        assert 4 < len(found.text) <= 600
    assert store.check() == ()


@pytest.fixture(scope="module")
def stores(postgresql_url, tmp_path_factory: pytest.TempPathFactory):
    opened = [fill(open_store(url)) for url in (str(tmp_path_factory.mktemp("search") / "record.db"), postgresql_url())]
    yield opened
    for one in opened:
        one.close()


LETTERS = st.characters(exclude_categories=())


@given(query=st.text(LETTERS) | st.lists(st.sampled_from([*" ".join(TEXTS.values()).split(), '"', "*", "(", "AND", "-"])).map(" ".join))
def test_no_query_is_an_error_and_both_answer_alike(stores: list[Store], query: str) -> None:
    answers = [store.search(query) for store in stores]
    assert answers[0] == answers[1]


@given(text=st.text(LETTERS, max_size=60))
def test_every_word_of_a_text_finds_it(stores: list[Store], text: str) -> None:
    identity = article_id("kept " + text)
    for store in stores:
        with store.writing():
            store.put_article(Article(id=identity, name="n", text="kept " + text), None)
            store.index_text(identity, title="", text="kept " + text, names=[], statements=[])
        for word in text.split():
            if terms(word):
                assert identity in [one.article for one in store.search(word, limit=10_000)]
        store.index_text(identity, title="", text="", names=[], statements=[])
