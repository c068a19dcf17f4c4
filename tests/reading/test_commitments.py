"""Who has bound himself to what, towards whom, by when: annotated examples per language."""

import re
from typing import Any

from dragoman.model.reading import Commitment, Reading

# Words that only join what is committed to to its verb.
JOINING = re.compile(r"^(?:(?:to|that|for|de|à|que)\s+|(?:d|qu)['’])", re.IGNORECASE)


def test_examples(example: Any, reading: Reading) -> None:
    wanted = [{key: _plain(key, value) for key, value in row.items()} for row in example.facts["commitments"]]
    found = [{key: _plain(key, value) for key, value in _told(reading, one).items()} for one in reading.commitments]
    seen = [{key: fact for key, fact in one.items() if key in keys} for one, keys in zip(found, wanted, strict=False)]
    assert seen + found[len(seen) :] == wanted


def _told(reading: Reading, one: Commitment) -> dict[str, str]:
    return {
        "act": one.act, "by": _names(reading, one.by), "to": _names(reading, one.to), "what": one.what, "due": one.due or "", "condition": one.condition or "",
    }  # fmt: skip


def _names(reading: Reading, ids: tuple[str, ...]) -> str:
    found = map(reading.entity, ids)
    return ", ".join(entity.code or entity.name for entity in found if entity)


def _plain(key: str, value: str) -> str:
    if key in ("by", "to"):
        return ", ".join(sorted(value.split(", ")))
    return JOINING.sub("", value.strip(" .,;“”«»\u00a0\u202f")) if key == "what" else value.strip(" .,")


def test_commitments_of_quotations_name_their_statement(reader: Any) -> None:
    reading = reader("“We will open the crossing in May,” Jordanian Foreign Minister Ayman Nasser said.", "en")
    (statement,) = reading.statements
    (commitment,) = reading.commitments
    assert commitment.statement == statement.id
    assert commitment.evidence == (reading.sentences[0],)
    assert commitment.by == (statement.speaker,)
