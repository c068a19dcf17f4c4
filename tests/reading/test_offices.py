"""Who holds which office of which state: annotated examples per language."""

from typing import Any

from dragoman.model.reading import Reading


def test_examples(example: Any, reading: Reading) -> None:
    found = []
    for office in reading.offices:
        person, of = reading.entity(office.person), reading.entity(office.of)
        assert person is not None
        state = "former " if office.former else "acting " if office.acting else ""
        found.append(f"{person.name}: {state}{office.office} of {of.name if of else office.of}")
    assert sorted(found) == sorted(example.facts["offices"])
