"""A line that cannot be used costs that line, and its trouble names file and line."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError
from dragoman.sources.arrival import Arrival
from dragoman.sources.jsonl import count, from_jsonl, from_lines


def arrivals(*lines: str | bytes, config: Config | None = None) -> list[Arrival]:
    raw = b"\n".join(line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line for line in lines)
    return list(from_lines(io.BytesIO(raw), "x.jsonl", config or Config()))


def test_all_fields_of_a_line() -> None:
    row = {
        "id": 7,
        "text": "They met.",
        "title": "A meeting",
        "language": "FR-ca",
        "published": "2025-10-12T09:00:00Z",
        "outlet": "O",
        "url": "https://example.org",
    }
    (found,) = arrivals(json.dumps(row))
    article = found.article
    assert (article.name, article.text, article.title, article.language, article.published) == ("7", "They met.", "A meeting", "fr", date(2025, 10, 12))
    assert (article.published_from, article.outlet, article.url) == ("metadata", "O", "https://example.org")
    assert not found.troubles


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{broken", "x.jsonl line 2: is not JSON (Expecting property name"),
        ("[1]", 'x.jsonl line 2: is not a JSON object; each line must be like {"text": "…"}'),
        ('"text"', "x.jsonl line 2: is not a JSON object"),
        ('{"title": "x"}', "x.jsonl line 2: has no 'text'"),
        ('{"text": 5}', "x.jsonl line 2: has no 'text'"),
        ('{"text": null}', "x.jsonl line 2: has no 'text'"),
        ('{"text": "  \\n"}', "x.jsonl line 2: its 'text' is empty"),
        (b'{"text": "\xe9"}', "x.jsonl line 2: is not UTF-8; save the file as UTF-8"),
        ("[" * 100_000, "x.jsonl line 2: is not JSON"),
        ('{"text": "' + "x" * 300 + '"}', "x.jsonl line 2: more than 200 bytes, which is the limit; set DRAGOMAN_MAX_BYTES"),
    ],
)
def test_a_bad_line_names_itself_and_the_others_are_read(line: str | bytes, message: str) -> None:
    limit = 200 if isinstance(line, str) and "xxx" in line else 8_000_000
    first, bad, last = arrivals('{"text": "One."}', line, '{"text": "Two."}', config=Config(max_bytes=limit))
    assert (first.article.text, last.article.text) == ("One.", "Two.")
    assert not bad.usable
    assert bad.article.name == "x.jsonl line 2"
    assert bad.troubles[-1].message.startswith(message)


def test_wrong_kinds_of_fields_are_left_out_with_a_trouble() -> None:
    (found,) = arrivals('{"text": "They met.", "title": ["x"], "language": 7, "outlet": {}, "url": true, "published": "yesterday"}')
    article = found.article
    assert (article.title, article.language, article.outlet, article.url, article.published) == (None, "und", None, None, None)
    assert [trouble.message.split(":")[1].split()[0] for trouble in found.troubles] == ["'title'", "'language'", "'outlet'", "'url'", "'published'"]
    assert "x.jsonl line 1: 'published' is 'yesterday', not a date like 2025-10-12, and was left out" in [trouble.message for trouble in found.troubles]


def test_blank_lines_and_a_byte_order_mark_are_passed_over_and_lines_keep_their_numbers() -> None:
    found = arrivals(b'\xef\xbb\xbf{"text": "One."}', "", "  ", '{"text": "Two."}')
    assert [one.article.name for one in found] == ["x.jsonl line 1", "x.jsonl line 4"]


def test_half_a_surrogate_pair_is_replaced() -> None:
    (found,) = arrivals('{"text": "A \\ud83d B"}')
    assert found.article.text == "A \ufffd B"
    assert found.troubles[0].stage == "encoding"


def test_a_file_without_lines_or_without_a_file(tmp_path: Path) -> None:
    with pytest.raises(EmptyInput, match=r"x\.jsonl: holds no line; give one article a line"):
        arrivals("", "  ")
    with pytest.raises(InputError, match="there is no such file; check the path"):
        list(from_jsonl(tmp_path / "none.jsonl", Config()))


def test_the_count_is_that_of_the_arrivals(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"text": "One."}\n\n{broken\n{"text": "Two."}', encoding="utf-8")
    assert count(file) == len(list(from_jsonl(file, Config()))) == 3
