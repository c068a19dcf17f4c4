"""The HTML page holds the article's text character for character, its facts and marks point at each other, and nothing in an article is code."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.exports.readings import html
from dragoman.exports.readings.facts import Fact
from dragoman.exports.readings.html import page
from dragoman.exports.readings.marks import paragraphs
from dragoman.model.reading import Article, Entity, Mention, OfficeHolding, Reading, Statement, Trouble
from dragoman.model.spans import Span

VOID = {"meta", "link", "img", "br", "hr", "input", "base"}


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text of each article."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, str] = {}
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self.open.append((tag, attributes))
            if attributes.get("class") == "words":
                self.texts[attributes["id"]] = ""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, attributes in self.open:
            if attributes.get("class") == "words":
                self.texts[attributes["id"]] += data

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def test_the_text_is_there_character_for_character(reading: Reading) -> None:
    assert Page(page([reading])).texts == {"r1-text": reading.article.text}


def test_facts_and_marks_point_at_each_other(reading: Reading) -> None:
    seen = Page(page([reading, reading], "fr"))
    ids = set(seen.ids)
    assert len(seen.ids) == len(ids)
    for _, attributes in seen.elements:
        assert not set(attributes.get("data-f", "").split()) - ids
        assert not set(attributes.get("data-k", "").split()) - set(attributes.get("data-f", "").split())
        if attributes.get("href", "").startswith("#"):
            assert attributes["href"][1:] in ids
    marked = {one for _, attributes in seen.elements for one in attributes.get("data-f", "").split()}
    facts = {attributes["id"] for tag, attributes in seen.elements if tag == "li" and "fact" in attributes.get("class", "").split()}
    assert facts == marked
    assert {"r1-v1", "r1-v2", "r1-s1", "r1-c1", "r1-office-1", "r1-p1", "r1-n1", "r1-l1", "r1-date-1"} <= facts


def test_nested_marks_carry_every_fact(reading: Reading) -> None:
    seen = Page(page([reading]))
    pieces = [attributes["data-f"].split() for _, attributes in seen.elements if "data-f" in attributes]
    # 'Norwegian' in 'her Norwegian counterpart': the state, the person, his office, the meeting; the narrowest first.
    assert ["r1-n1", "r1-p2", "r1-office-2", "r1-v1"] in pieces


def test_nothing_is_asked_of_the_network(reading: Reading) -> None:
    source = page([replace(reading, article=replace(reading.article, url="https://example.org/a?b=1&c"))])
    seen = Page(source)
    assert not [tag for tag, attributes in seen.elements if "src" in attributes or "srcset" in attributes or tag in ("link", "base", "iframe", "img", "form")]
    assert not [attributes for _, attributes in seen.elements if "style" in attributes or any(name.startswith("on") for name in attributes)]
    assert [attributes["href"] for tag, attributes in seen.elements if attributes.get("href", "").startswith("http")] == ["https://example.org/a?b=1&c"]
    policy = next(attributes["content"] for _, attributes in seen.elements if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        inside = source[source.index(f"<{tag}>") + len(tag) + 2 : source.index(f"</{tag}>")]
        assert f"{tag}-src 'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'" in policy
    css = (Path(html.__file__).parent / "page" / "page.css").read_text(encoding="utf-8")
    assert "url(" not in css
    assert "@import" not in css


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)> {{ 7*7 }} {% raw %} </style></script> &amp; &lt;b> javascript:alert(1)"
)


def test_nothing_in_an_article_is_code() -> None:
    article = Article(id="x", name=HOSTILE, text=HOSTILE, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)", language='en" onclick="x')
    entity = Entity(
        id='p1" onclick="alert(1)', kind="person", name=HOSTILE, names=(HOSTILE, "x"), reason=HOSTILE, mentions=(Mention(start=0, end=8, text=HOSTILE[:8]),)
    )
    reading = Reading(article=article, entities=(entity,), troubles=(Trouble(stage=HOSTILE, message=HOSTILE),))
    seen = Page(page([reading, reading]))
    assert sum(tag == "script" for tag, _ in seen.elements) == 1
    assert not [tag for tag, _ in seen.elements if tag in ("img", "svg", "b")]
    assert not [attributes for _, attributes in seen.elements if any(name.startswith("on") for name in attributes)]
    assert not [attributes for _, attributes in seen.elements if attributes.get("href", "").startswith("javascript")]
    assert seen.texts["r1-text"] == HOSTILE
    assert "49" not in page([reading])[page([reading]).index("<main>") : page([reading]).index("</main>")]


def test_every_text_says_its_language_and_direction() -> None:
    arabic = Reading(article=Article(id="x", name="a", text="التقى الوزيران", language="ar", title="التقى"))
    unknown = Reading(article=Article(id="x", name="b", text="…", language="und"))
    seen = Page(page([arabic, unknown], "fr"))
    words = [attributes for _, attributes in seen.elements if attributes.get("class") == "words"]
    assert [(one.get("lang"), one["dir"]) for one in words] == [("ar", "rtl"), (None, "auto")]
    assert next(attributes for tag, attributes in seen.elements if tag == "html")["lang"] == "fr"


def test_a_name_in_arabic_letters_stands_before_the_words_beside_it() -> None:
    minister = Entity(id="p1", kind="person", name="هاكان فيدان", names=("هاكان فيدان",), mentions=(Mention(start=0, end=11, text="هاكان فيدان"),))
    said = Statement(id="s1", speaker="p1", kind="indirect", start=12, end=20, text="إن الأمر")
    office = OfficeHolding(person="p1", office="foreign-minister", of="TUR", evidence=(Span(0, 11),))
    article = Article(id="x", name="x.txt", text="هاكان فيدان إن الأمر", language="ar")
    shown = page([Reading(article=article, entities=(minister,), statements=(said,), offices=(office,))], "en")
    assert '<bdi dir="ltr">هاكان فيدان, foreign minister (Türkiye)</bdi>' in shown
    assert '<bdi dir="auto">هاكان فيدان</bdi>' in shown
    assert '<blockquote lang="ar" dir="rtl">إن الأمر</blockquote>' in shown


def test_several_articles_have_contents_one_has_none(reading: Reading) -> None:
    assert "contents" not in Page(page([reading])).ids
    assert {"contents", "r1", "r2"} <= set(Page(page([reading, reading])).ids)
    both = page([reading, reading])
    contents = both[both.index("<nav") : both.index("</nav>")]
    assert "4 March 2025" in contents
    assert "2 events" in contents
    assert "1 trouble<" in contents


def test_an_article_that_could_not_be_read_has_its_trouble() -> None:
    failed = Reading(article=Article(id="x", name="a.txt", text=""), troubles=(Trouble(stage="input", message="a.txt: is empty"),))
    source = page([failed])
    assert "No text could be read." in source
    assert "a.txt: is empty" in source


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_any_spans_over_any_text_keep_the_text(text: str, pairs: list[tuple[int, int]]) -> None:
    facts = [Fact(id=f"p{number}", kind="person", head="x", spans=(Span(*sorted(pair)),), keys=(Span(*sorted(pair)),)) for number, pair in enumerate(pairs)]
    found = paragraphs(text, facts)
    joined = "".join("".join(piece.text for piece in paragraph.pieces) + paragraph.gap for paragraph in found)
    assert len(joined) == len(text)
    assert all(one == other or one == "\ufffd" for one, other in zip(joined, text, strict=True))
    at = 0
    for paragraph in found:
        for piece in paragraph.pieces:
            over = {fact.id for fact in facts if fact.spans[0].start < fact.spans[0].end and fact.spans[0].overlaps(Span(at, at + len(piece.text)))}
            assert set(piece.facts) == over
            at += len(piece.text)
        at += len(paragraph.gap)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [0, 1])
def test_text_has_the_contrast_of_wcag_aa(palette: int) -> None:
    css = (Path(html.__file__).parent / "page" / "page.css").read_text(encoding="utf-8")
    roots = re.findall(r":root \{([^}]*)\}", css)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", roots[palette]))
    pairs = [(ink, paper, 4.5) for ink in ("ink", "quiet", "link") for paper in ("paper", "panel", "said")]
    pairs += [("lit-ink", "lit", 4.5), ("lit-ink", "lit-strong", 4.5)]
    pairs += [(mark, paper, 3.0) for mark in ("person", "state", "organization", "place", "date", "event", "focus") for paper in ("paper", "said")]
    for one, other, least in pairs:
        light, dark = sorted((luminance(colours[one]), luminance(colours[other])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= least, (one, other)
