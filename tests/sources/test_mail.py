"""Newsletters: a message is an article, a mailbox many."""

import io
from datetime import date

import pytest

from benchmarks.fuzz_samples import PARAGRAPHS, TEXT, mailbox, message
from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput
from dragoman.sources.mail import from_mailbox, from_message, looks_like_mail, looks_like_mailbox

CONFIG = Config()
HEAD = (
    "From: =?utf-8?q?Le_Fjord?= <news@fjord.example.fr>\nSubject: =?windows-1254?B?R/Zy/PxtZQ==?=\nDate: Tue, 04 Mar 2025 10:00:00 +0100\nMIME-Version: 1.0\n"
)


def test_a_message_with_a_plain_text_only_has_its_lines_joined() -> None:
    body = "The ministers met in Oslo on Monday to talk about the harvest of the\ncoming year and about fisheries.\n\nThey will meet again.\n"
    found = from_message(f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{body}".encode(), "a.eml", CONFIG).article
    assert found.text == "The ministers met in Oslo on Monday to talk about the harvest of the coming year and about fisheries.\n\nThey will meet again."
    assert (found.outlet, found.author, found.published, found.published_from, found.outlet_country) == (
        "Le Fjord",
        "Le Fjord",
        date(2025, 3, 4),
        "metadata",
        "FRA",
    )


@pytest.mark.parametrize(("charset", "encoding"), [("windows-1254", "cp1254"), ("iso-8859-9", "cp1254"), ("utf-8", "utf-8"), ("no-such-charset", "utf-8")])
def test_charsets_of_parts(charset: str, encoding: str) -> None:
    body = "Dışişleri Bakanı Oslo'da mevkidaşıyla görüştü."
    raw = f"{HEAD}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode() + body.encode(encoding)
    assert from_message(raw, "a.eml", CONFIG).article.text == body


def test_what_belongs_to_the_mailing_is_left_out() -> None:
    inside = f"{PARAGRAPHS}<p><a href='x'>View in browser</a></p><p>You are receiving this because … Unsubscribe</p><div style='display:none'>secret</div>"
    raw = f"{HEAD}Content-Type: text/html; charset=utf-8\n\n<html><head><title>x</title><style>p {{}}</style></head><body>{inside}</body></html>"
    assert from_message(raw.encode(), "a.eml", CONFIG).article.text == TEXT


def test_attachments_are_no_text() -> None:
    raw = f'{HEAD}Content-Type: multipart/mixed; boundary="e"\n\n--e\nContent-Type: text/plain\nContent-Disposition: attachment\n\nsecret\n--e\nContent-Type: text/plain\n\nThey met.\n--e--\n'
    assert from_message(raw.encode(), "a.eml", CONFIG).article.text == "They met."
    with pytest.raises(EmptyInput, match="is a message without text"):
        from_message(f"{HEAD}Content-Type: image/png\n\nx".encode(), "a.eml", CONFIG)


def test_a_mailbox_message_by_message() -> None:
    found = list(from_mailbox(io.BytesIO(mailbox()), "a.mbox", CONFIG))
    assert [(one.article.name, one.article.text) for one in found] == [("a.mbox message 1", TEXT), ("a.mbox message 2", TEXT)]
    quoted = mailbox().replace(b"Both ministers", b"\n\n>From Oslo both ministers")
    assert "From Oslo both ministers" in next(iter(from_mailbox(io.BytesIO(quoted.replace(b"text/html", b"text/x")), "a.mbox", CONFIG))).article.text


def test_what_is_mail() -> None:
    assert looks_like_mail(message())
    assert looks_like_mailbox(mailbox())
    assert not looks_like_mail(b"From: Oslo\n\nThey met.")
    assert not looks_like_mail(b"Dear reader: this\nis: no mail\nSubject: x\nbut a text")
    assert not looks_like_mailbox(b"From Oslo they left at 10:00\nfor Paris.")
