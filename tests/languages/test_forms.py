import pytest

from dragoman.languages.fold import fold
from dragoman.languages.forms import Form, forms, openings, plain
from dragoman.reading.words import Phrases, key_of, words_of


def plain_forms(code: str, word: str) -> set[str]:
    return {form.text for form in forms(code, fold(word))}


def test_a_language_without_a_table_has_words_as_they_stand() -> None:
    assert forms("en", "ministers") == (Form("ministers"),)
    assert words_of("the ministers", "en")[1].forms == ()
    assert openings("en") == ()


def test_words_hold_the_marks_above_their_letters() -> None:
    assert [word.text for word in words_of("قال أيضاً إنّ")] == ["قال", "أيضاً", "إنّ"]


def test_words_hold_the_vowels_of_indian_and_thai_writing() -> None:
    assert [word.text for word in words_of("सीरिया के मंत्री।")] == ["सीरिया", "के", "मंत्री"]
    assert [word.text for word in words_of("ซีเรีย ตุรกี")] == ["ซีเรีย", "ตุรกี"]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("وللوزير", "وزير"),
        ("والوزير", "الوزير"),
        ("بالوزارة", "وزارة"),
        ("للسوريين", "السوريين"),
        ("زيارته", "زيارة"),
        ("محادثاتهما", "محادثاتهما"),
        ("قالت", "قال"),
        ("الرئيسان", "رئيس"),
        ("رئيساً", "رئيس"),
        ("سيزور", "يزور"),
        ("إلى", "الي"),
        ("المصرى", "المصري"),
        ("محـــادثات", "محادثات"),
    ],
)
def test_arabic_words_without_what_is_joined_to_them(word: str, form: str) -> None:
    assert plain("ar", fold(form)) in plain_forms("ar", word)


@pytest.mark.parametrize(
    ("word", "form"),
    [("كما", "ما"), ("لأن", "ان"), ("بما", "ما"), ("عامة", "عام"), ("بيان", "بي"), ("سوريا", "وريا"), ("وقت", "وق")],
)
def test_arabic_words_that_only_look_joined(word: str, form: str) -> None:
    assert plain("ar", fold(form)) not in plain_forms("ar", word) - {"وريا"}


def test_cuts_are_counted_in_the_word_as_written() -> None:
    text = "وَفرنسا"
    phrases: Phrases[str] = Phrases()
    phrases.add(key_of("فرنسا", "ar"), "FRA")
    (found,) = phrases.at(words_of(text, "ar"), 0)
    assert text[found.left :] == "فرنسا"
    assert found.right == 0


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("bakanlarının", "bakan"),
        ("bakanlığındaki", "bakanlık"),
        ("Bakanlığının", "Bakanlığı"),
        ("Birliğine", "Birliği"),
        ("görüşmelerinde", "görüşme"),
        ("talebini", "talep"),
        ("cumhurbaşkanıyla", "cumhurbaşkanı"),
        ("yetkililerden", "yetkili"),
        ("İSTANBULDA", "istanbul"),
        ("elçisiydi", "elçisi"),
    ],
)
def test_turkish_words_without_their_suffixes(word: str, form: str) -> None:
    assert fold(form) in plain_forms("tr", word)


@pytest.mark.parametrize(("word", "form"), [("ada", "a"), ("Ankara", "An"), ("ve", "v")])
def test_no_turkish_word_is_left_without_a_stem(word: str, form: str) -> None:
    assert form not in plain_forms("tr", word)


def test_the_whole_word_comes_first_and_less_is_cut_before_more() -> None:
    for code, word in (("ar", "وللوزير"), ("tr", "bakanlarının")):
        found = forms(code, fold(word))
        assert found[0] == Form(fold(word))
        cuts = [form.left + form.right for form in found]
        assert cuts == sorted(cuts)


def test_a_phrase_is_found_whatever_its_words_end_in() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add(key_of("Birleşmiş Milletler Güvenlik Konseyi", "tr"), "unsc")
    text = "Birleşmiş Milletlerin Güvenlik Konseyinde"
    (found,) = phrases.at(words_of(text, "tr"), 0)
    assert (found.length, found.meanings, text[: len(text) - found.right]) == (4, ["unsc"], "Birleşmiş Milletlerin Güvenlik Konseyi")


def test_the_letters_of_an_article_stay_with_its_name() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add(key_of("الولايات المتحدة", "ar"), "USA")
    text = "للولايات المتحدة"
    (found,) = phrases.at(words_of(text, "ar"), 0)
    assert text[found.left :] == "لولايات المتحدة"
