"""A PDF's lines become paragraphs, and what cannot be read is refused in words."""

import io

import pytest

from benchmarks.fuzz_samples import pdf, pdf_of
from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError
from dragoman.sources.pdf import from_pdf, joined


def test_lines_are_joined_words_too_and_paragraphs_kept() -> None:
    page = "The foreign ministers of both states met in Oslo on Monday to talk about the co-\noperation of their states in fisheries and agri-\nculture, and in the trade of fish.\nThey will meet again in Stockholm in the spring, where an agreement is to be signed\nby the ministers of energy."
    assert joined([page]) == (
        "The foreign ministers of both states met in Oslo on Monday to talk about the cooperation of their states in fisheries and agriculture, and in the "
        "trade of fish.\n\nThey will meet again in Stockholm in the spring, where an agreement is to be signed by the ministers of energy."
    )


def test_what_every_page_repeats_and_its_number_are_left_out() -> None:
    pages = [f"The Fjord Times\n{line} told the reporters of the town about the talks.\n{number}" for number, line in enumerate(("Ana", "Per", "Mia"), start=1)]
    text = joined(pages)
    assert "Fjord" not in text
    assert not any(letter.isdigit() for letter in text)
    assert all(name in text for name in ("Ana", "Per", "Mia"))


def test_a_scan_a_damaged_one_and_a_locked_one() -> None:
    empty = pdf_of(
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>", "<< >>"]
    )
    with pytest.raises(EmptyInput, match=r"a\.pdf: is a PDF without a text layer, a scan perhaps; have its text recognised \(OCR\) and read that"):
        from_pdf(io.BytesIO(empty), empty, "a.pdf", Config())
    with pytest.raises(InputError, match=r"a\.pdf: is no PDF that can be read"):
        from_pdf(io.BytesIO(pdf()[:300]), None, "a.pdf", Config())


def test_a_file_in_this_folder_is_no_part_of_the_program(tmp_path, monkeypatch) -> None:
    (tmp_path / "pypdf.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert from_pdf(io.BytesIO(pdf()), None, "a.pdf", Config()).usable
