"""The canonical key of an organisation: that of the table of knowledge where any of its names is there, else its folded name with its state."""

from __future__ import annotations

from functools import cache

from dragoman.knowledge.organisations import Organisation, organisations
from dragoman.languages.fold import fold
from dragoman.model.reading import Entity, Reading


@cache
def _by_name() -> dict[str, tuple[Organisation, ...]]:
    """Organisations by folded name in any language, and by the exact spelling where it means other things too."""
    found: dict[str, list[Organisation]] = {}
    for organisation in organisations():
        for names in organisation.names.values():
            for name in names:
                key = name if organisation.guarded else fold(name)
                if organisation not in found.setdefault(key, []):
                    found[key].append(organisation)
    return {name: tuple(rows) for name, rows in found.items()}


def known_organisation(entity: Entity, reading: Reading) -> Organisation | None:
    """The organisation of the table that one of the names is of; the article's language decides between several."""
    language = reading.article.language
    for name in dict.fromkeys((entity.name, *entity.names)):
        plain = name.replace("’", "'").strip()
        rows = (*_by_name().get(fold(plain), ()), *_by_name().get(plain, ()))
        fitting = [row for row in rows if not entity.state or not row.state or row.state == entity.state]
        if fitting:
            return min(fitting, key=lambda row: (plain not in row.names.get(language, ()), row.key))
    return None


def folded_names(entity: Entity) -> tuple[str, ...]:
    """All names without case, accents and runs of spaces, sorted, the longest first."""
    names = {" ".join(fold(name).split()) for name in (entity.name, *entity.names)} - {""}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def organisation_key(entity: Entity, reading: Reading) -> str:
    """'un', or 'ministry of truth/OCE' of one that the table lacks; a state's code of a state."""
    if entity.kind == "state":
        return entity.code or entity.state or fold(entity.name)
    known = known_organisation(entity, reading)
    if known:
        return known.key
    return "/".join((next(iter(folded_names(entity)), ""), entity.state or ""))
