"""An event in a line, for formats that want things to have names: 'Talks (visit): Ana Lindqvist, Per Dahl · Oslo'."""

from __future__ import annotations

from dragoman.exports.readings.labels import labels
from dragoman.exports.selection import Selection
from dragoman.model.record import Event

# Participants that are named in a line.
_NAMED = 4


def title(selection: Selection, event: Event) -> str:
    """What, who and where, in English: it is read by programs and by people of any language."""
    where = f" · {selection.named(event.place).name}" if event.place else ""
    return " ".join(f"{what_and_who(selection, event)}{where}".split())


def what_and_who(selection: Selection, event: Event) -> str:
    """The same without the place, where that has a field of its own."""
    words = labels("en")
    what = words.word("types", event.type) + (f" ({words.word('modes', event.mode)})" if event.mode else "")
    names = list(dict.fromkeys(selection.named(part.entity).name for part in event.participants))
    who = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return " ".join((f"{what}: {who}" if who else what).split())


def post(office: str, of: str) -> str:
    """An office as it is called: 'foreign minister (Norway)'."""
    return f"{labels('en').office(office, None)} ({of})" if of else labels("en").office(office, None)
