"""Who speaks where it is nobody by name: on pages the article's own words, marked as such; in data beside the words that were said."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

SHOWN = {
    "en": ['“<bdi lang="en" dir="ltr">Two officials</bdi>”', '“<bdi lang="ar" dir="rtl">مسؤولان</bdi>”'],
    "fr": [
        '«\N{NO-BREAK SPACE}<bdi lang="en" dir="ltr">Two officials</bdi>\N{NO-BREAK SPACE}»',
        '«\N{NO-BREAK SPACE}<bdi lang="ar" dir="rtl">مسؤولان</bdi>\N{NO-BREAK SPACE}»',
    ],
}
NOBODY = {"en": "nobody named", "fr": "personne n&#39;est nommé"}


def voices(page: str) -> list[str]:
    return re.findall(r'<span class="voice">(.*?)</span>', page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_statements_say_who_speaks_in_the_words_of_the_article(unnamed: TestClient, language: str) -> None:
    page = unnamed.get(f"/statements?lang={language}").text
    assert sorted(voices(page)) == sorted(SHOWN[language])
    assert page.count(f'<span class="quiet">{NOBODY[language]}</span>') == 1
    assert "Hakan Fidan" in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_so_do_the_page_of_the_statement_and_that_of_the_article(unnamed: TestClient, language: str) -> None:
    for article, shown in zip(("f6" * 8, "g7" * 8), SHOWN[language], strict=True):
        (said,) = unnamed.get(f"/article/{article}.json").json()["statements"]
        assert voices(unnamed.get(f"/statement/{said['id']}?lang={language}").text) == [shown]
        assert voices(unnamed.get(f"/article/{article}?lang={language}").text) == [shown]
    assert voices(unnamed.get(f"/article/{'h8' * 8}?lang={language}").text) == []


def test_a_page_as_data_has_the_words_and_their_language(unnamed: TestClient) -> None:
    said = unnamed.get("/statements.json").json()["statements"]
    assert {(one["voice"]["text"], one["voice"]["language"]) for one in said if one["voice"]} == {("Two officials", "en"), ("مسؤولان", "ar")}
    assert [one["voice"] for one in said if one["speaker"]] == [None]
    facts = [fact for kind, found in unnamed.get(f"/article/{'f6' * 8}.json").json()["facts"] if kind == "statement" for fact in found]
    assert [(fact["head"], fact["quoted"]) for fact in facts] == [("Two officials", True)]


def test_programs_have_them_with_each_report(unnamed: TestClient) -> None:
    rows = unnamed.get("/api/statements").json()["rows"]
    assert sorted(words["source"] for one in rows for words in one["reports"] if "source" in words) == ["Two officials", "مسؤولان"]
    assert [len(one["reports"]) for one in rows if one["speaker"] or "source" not in one["reports"][0]] == [1, 1]
    described = unnamed.get("/api/openapi.json").json()["components"]["schemas"]["Words"]
    assert "source" in described["properties"]
    assert "source" not in described["required"]


def test_words_are_never_code(hostile: TestClient) -> None:
    page = hostile.get("/statements").text
    assert any("&lt;script&gt;" in one for one in voices(page))
    assert "<script>alert" not in page
