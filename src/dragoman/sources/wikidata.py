"""People and bodies of Wikidata's JSON: labels and aliases in all languages, offices by P39 with P580 and P582.

What a statement names by its number (an office, a state) has a name only where its own entity is in the file too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dragoman.knowledge.states import state
from dragoman.model.reference import Reference, ReferenceKind, ReferenceTenure

_HUMAN, _STATES = "Q5", frozenset({"Q6256", "Q3624078", "Q7275"})
_INSTANCE, _CITIZENSHIP, _COUNTRY, _OFFICE, _ISO, _OF, _START, _END = "P31", "P27", "P17", "P39", "P298", "P1001", "P580", "P582"
_TIME = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T")
_YEAR, _MONTH, _DAY = 9, 10, 11
# Labels in these come first, for the name; then in the order of the file.
_FIRST = ("en", "mul", "fr")


def references_of(entities: Iterable[Mapping[str, Any]], name: str) -> Iterator[Reference]:
    """The persons, organisations and states among the entities of a file of that name."""
    known = {identity: one for one in entities if isinstance(identity := one.get("id"), str)}
    for identity, one in known.items():
        names = _names(one)
        kind = _kind(one)
        if names and kind is not None:
            codes = [code for country in (*_items(one, _CITIZENSHIP), *_items(one, _COUNTRY)) if (code := _code(known.get(country, {})))]
            yield Reference(
                source=f"wikidata:{name}", id=identity, kind=kind, name=names[0], names=names, state=_code(one) or next(iter(codes), None), wikidata=identity,
                tenures=tuple(_tenures(one, known)) if kind == "person" else (),
            )  # fmt: skip


def _kind(one: Mapping[str, Any]) -> ReferenceKind | None:
    """What it is; None for offices and whatever else nobody acts as."""
    instances = set(_items(one, _INSTANCE))
    if _HUMAN in instances:
        return "person"
    if _code(one) or instances & _STATES:
        return "state"
    return "organization" if instances and not _is_office(one) else None


def _is_office(one: Mapping[str, Any]) -> bool:
    """Positions have holders' lists, a body or a jurisdiction; an instance of 'position' or 'public office'."""
    return bool({"Q4164871", "Q294414", "Q303618"} & set(_items(one, _INSTANCE))) or bool(_claims(one, _OF))


def _names(one: Mapping[str, Any]) -> tuple[str, ...]:
    """Labels, then aliases, each once."""
    labels = one.get("labels")
    rows = labels if isinstance(labels, Mapping) else {}
    ordered = [*(rows[code] for code in _FIRST if code in rows), *rows.values()]
    aliases = one.get("aliases")
    for several in aliases.values() if isinstance(aliases, Mapping) else ():
        ordered.extend(several if isinstance(several, list) else ())
    found = (" ".join(row["value"].split()) for row in ordered if isinstance(row, Mapping) and isinstance(row.get("value"), str))
    return tuple(dict.fromkeys(name for name in found if name))


def _claims(one: Mapping[str, Any], property: str) -> list[Mapping[str, Any]]:
    """The statements of a property that are not deprecated."""
    claims = one.get("claims")
    found = claims.get(property) if isinstance(claims, Mapping) else None
    return [claim for claim in found if isinstance(claim, Mapping) and claim.get("rank") != "deprecated"] if isinstance(found, list) else []


def _value(snak: object) -> object:
    value = snak.get("datavalue") if isinstance(snak, Mapping) else None
    return value.get("value") if isinstance(value, Mapping) else None


def _items(one: Mapping[str, Any], property: str) -> list[str]:
    values = (_value(claim.get("mainsnak")) for claim in _claims(one, property))
    return [value["id"] for value in values if isinstance(value, Mapping) and isinstance(value.get("id"), str)]


def _code(one: Mapping[str, Any]) -> str | None:
    """The alpha-3 code of a state."""
    for claim in _claims(one, _ISO):
        value = _value(claim.get("mainsnak"))
        if isinstance(value, str) and state(value):
            return value
    return None


def _tenures(one: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Iterator[ReferenceTenure]:
    for claim in _claims(one, _OFFICE):
        value = _value(claim.get("mainsnak"))
        identity = value.get("id") if isinstance(value, Mapping) else None
        if not isinstance(identity, str):
            continue
        office = known.get(identity, {})
        body = next(iter((*_items(office, _OF), *_items(office, _COUNTRY))), None)
        of = (_code(known.get(body, {})) or next(iter(_names(known.get(body, {}))), None)) if body else None
        names = _names(office)
        yield ReferenceTenure(office=names[0] if names else identity, of=of, start=_time(claim, _START), end=_time(claim, _END))


def _time(claim: Mapping[str, Any], property: str) -> str | None:
    """A qualifier's day, month or year, as precise as it is given."""
    qualifiers = claim.get("qualifiers")
    rows = qualifiers.get(property) if isinstance(qualifiers, Mapping) else None
    for row in rows if isinstance(rows, list) else ():
        value = _value(row)
        match = _TIME.match(value["time"]) if isinstance(value, Mapping) and isinstance(value.get("time"), str) else None
        if match and isinstance(value, Mapping):
            precision = value.get("precision")
            if precision == _DAY:
                return "-".join(match.groups())
            return f"{match[1]}-{match[2]}" if precision == _MONTH else match[1] if precision == _YEAR else None
    return None
