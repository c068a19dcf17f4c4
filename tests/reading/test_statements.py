"""Who says what through which channel: annotated examples per language."""

from typing import Any

from dragoman.model.reading import Reading, Statement


def test_examples(example: Any, reading: Reading) -> None:
    wanted = [{**row, "text": trimmed(row["text"])} for row in example.facts["statements"]]
    found = [told(reading, one) for one in reading.statements]
    seen = [{key: fact for key, fact in one.items() if key in keys} for one, keys in zip(found, wanted, strict=False)]
    assert seen + found[len(seen) :] == wanted


def told(reading: Reading, one: Statement) -> dict[str, str]:
    return {
        "speaker": name(reading, one.speaker), "kind": one.kind, "text": trimmed(one.text), "channel": one.channel or "",
        "addressee": name(reading, one.addressee), "date": one.date or "",
    }  # fmt: skip


def name(reading: Reading, id: str | None) -> str:
    entity = reading.entity(id)
    return entity.name if entity else ""


def trimmed(text: str) -> str:
    """Whether a full stop or a comma at the edge belongs to what was said is a matter of typography."""
    return text.strip(" .,;\u00a0\u202f")
