"""Bytes become an article, or an error that names the file and the next step."""

from pathlib import Path

import pytest

from dragoman.model.config import Config
from dragoman.model.errors import BinaryInput, EmptyInput, InputError, TooLarge
from dragoman.sources.text import from_bytes, from_file, texts_in

CONFIG = Config()
FRENCH = "Le ministre des Affaires étrangères a été reçu à Genève. Il a déclaré que l’accord était proche ; « c’est un succès », a-t-il ajouté."
TURKISH = "Dışişleri Bakanı Ankara'da görüştü. Bakan, iki ülke arasındaki işbirliğinin gelişeceğini söyledi. Görüşme dün akşam yapıldı."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_of_one_text_give_one_text(encoding: str) -> None:
    found = from_bytes(FRENCH.encode(encoding), "a.txt", CONFIG)
    assert found.article.text == FRENCH
    assert bool(found.troubles) == (encoding not in ("utf-8", "utf-8-sig"))


def test_another_encoding_is_said() -> None:
    (trouble,) = from_bytes(TURKISH.encode("cp1254"), "a.txt", CONFIG).troubles
    assert trouble.stage == "encoding"
    assert trouble.message == "not UTF-8: read as windows-1254; if letters look wrong, save the file as UTF-8"


@pytest.mark.parametrize(
    ("raw", "error", "message"),
    [
        (b"", EmptyInput, "a.txt: is empty; give a file that holds the text of a report"),
        (b" \n\t\r\n \xc2\xa0", EmptyInput, "a.txt: holds nothing but white space"),
        (b"\xef\xbb\xbf", EmptyInput, "a.txt: holds nothing but white space"),
        (b"%PDF-1.7 ...", BinaryInput, "a.txt: is a PDF, not plain text; save it as text"),
        (b"PK\x03\x04....", BinaryInput, "a ZIP archive or an office document"),
        (bytes(range(256)) * 8, BinaryInput, "a.txt: holds bytes that are no text"),
    ],
)
def test_what_cannot_be_read_is_said(raw: bytes, error: type[InputError], message: str) -> None:
    with pytest.raises(error, match=message.replace(".", r"\.").replace("(", r"\(")):
        from_bytes(raw, "a.txt", CONFIG)


def test_limits_come_from_the_configuration_and_say_how_to_raise_them() -> None:
    with pytest.raises(TooLarge, match=r"a\.txt: more than 10 bytes.*set DRAGOMAN_MAX_BYTES \(or max_bytes under \[reading\] in dragoman\.toml\)"):
        from_bytes(b"x" * 11, "a.txt", Config(max_bytes=10))
    with pytest.raises(TooLarge, match=r"a\.txt: 11 characters, and 10 is the limit; set DRAGOMAN_MAX_CHARACTERS"):
        from_bytes(b"x" * 11, "a.txt", Config(max_characters=10))
    assert from_bytes(b"x" * 11, "a.txt", Config(max_bytes=11)).usable


def test_a_file_of_20_megabytes_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as stream:
        stream.truncate(20_000_000)
    with pytest.raises(TooLarge, match=r"big\.txt: more than 8,000,000 bytes"):
        from_file(file, CONFIG)


def test_the_text_keeps_every_character() -> None:
    text = "A\u202eB\u200f 😀\r\nC\x00D\x1b[0m"
    found = from_bytes(text.encode(), "a.txt", CONFIG)
    assert found.article.text == text
    assert [trouble.message for trouble in found.troubles] == ["the text holds 1 NUL character, kept and read as space"]


def test_a_headline_is_a_short_first_line_before_a_blank_one() -> None:
    assert from_bytes(b"Two ministers meet in Oslo\n\nThey met.", "a.txt", CONFIG).article.title == "Two ministers meet in Oslo"
    assert from_bytes(b"Two ministers met in Oslo.\n\nThey met.", "a.txt", CONFIG).article.title is None
    assert from_bytes(b"Two ministers\nmeet in Oslo\n\nThey met.", "a.txt", CONFIG).article.title is None


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt: there is no such file; check the path"):
        from_file(tmp_path / "none.txt", CONFIG)
    with pytest.raises(InputError, match="is a folder, not a file"):
        from_file(tmp_path, CONFIG)
    with pytest.raises(InputError, match="cannot be read"):
        from_file(tmp_path / ("x" * 5_000), CONFIG)


def test_a_folder_gives_its_own_texts_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "c.md", "e.html", "f.eml", "g.jsonl", "h.pdf"):
        (tmp_path / name).write_text("They met.", encoding="utf-8")
    (tmp_path / "d.txt").mkdir()
    assert [path.name for path in texts_in(tmp_path)] == ["a.TXT", "b.txt", "e.html", "f.eml", "h.pdf"]
    with pytest.raises(InputError, match=r"holds no \.txt, \.html, \.htm, \.xhtml, \.eml or \.pdf file; give a folder with texts or pages"):
        texts_in(tmp_path / "d.txt")
    with pytest.raises(InputError, match="cannot be listed"):
        texts_in(tmp_path / "none")
