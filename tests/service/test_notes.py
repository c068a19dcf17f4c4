"""What is said of a watch: one line a thing, whatever is in it."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from dragoman.service.notes import Note, as_json, as_text

AT = datetime(2025, 10, 12, 9, tzinfo=UTC)


@given(st.text(), st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_a_note_is_one_line_of_json_and_one_of_text(message: str, source: str | None, url: str | None) -> None:
    note = Note(what="failed", message=message, level="warning", source=source, url=url, figures={"failures": 2})
    line = as_json(note, AT)
    assert line.isascii()
    assert len(line.splitlines()) == 1
    row = json.loads(line)
    assert (row["at"], row["level"], row["event"], row["failures"], row["message"]) == ("2025-10-12T09:00:00+00:00", "warning", "failed", 2, message)
    text = as_text(note, AT)
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text


def test_what_may_be_secret_in_an_address_is_not_said() -> None:
    note = Note(what="fetched", message="12 bytes", url="https://bob:pw@example.org/a?key=s3cret#s3cret")
    assert json.loads(as_json(note, AT))["url"] == "https://example.org/a"
