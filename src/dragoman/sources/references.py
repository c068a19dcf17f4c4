"""Reference people and bodies from the files of others: Popolo, FollowTheMoney, Wikidata. Nothing in them is trusted: what is no string is passed over.

file ──popolo · ftm · wikidata──▶ Reference(name, names, tenures): evidence of its own kind, kept beside what reports say
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from dragoman.knowledge.states import alpha_3, state
from dragoman.model.errors import InputError
from dragoman.model.reference import Reference, ReferenceKind, ReferenceTenure

Source = Literal["popolo", "ftm", "wikidata"]
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_FTM_KINDS: dict[str, ReferenceKind] = {"Person": "person", "Organization": "organization", "PublicBody": "organization"}
_QID = re.compile(r"Q[1-9]\d*")


def references(path: Path, source: Source) -> Iterator[Reference]:
    """The references of a file. Raises InputError where it cannot be read, or is not of that form."""
    readers: dict[Source, Callable[[Path], Iterator[Reference]]] = {"popolo": _popolo, "ftm": _ftm, "wikidata": _wikidata}
    yield from readers[source](path)


def _document(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check who is allowed to read it") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8; save the file as UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{path}: is not JSON ({error}); check that it is whole") from error


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Each line that is not blank as JSON, with its number; a list over several lines, as Wikidata's dumps are, is taken line by line too."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                wanted = line.strip().rstrip(",")
                if wanted and wanted not in ("[", "]"):
                    yield number, json.loads(wanted)
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check who is allowed to read it") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8; save the file as UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{path}: is not JSON a line ({error}); check that it is whole") from error


def _rows(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    """A string on one line, or None."""
    found = " ".join(value.split()) if isinstance(value, str) else ""
    return found or None


def _day(value: object) -> str | None:
    """A day, month or year as EDTF; None for what is none."""
    match = _DATE.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    parts = [match[1]]
    for part in (match[2], match[3]):
        if part in (None, "00"):
            break
        parts.append(part)
    return "-".join(parts)


def _names(name: str, others: Iterable[str | None]) -> tuple[str, ...]:
    """The name first, then the others, each once."""
    return tuple(dict.fromkeys((name, *(one for one in others if one))))


# ---- Popolo


def _popolo(path: Path) -> Iterator[Reference]:
    document = _document(path)
    if not isinstance(document, Mapping) or not any(isinstance(document.get(part), list) for part in ("persons", "organizations")):
        raise InputError(f"{path}: is not Popolo; it needs lists of 'persons' or 'organizations'")
    bodies = {one.get("id"): one for one in _rows(document.get("organizations"))}
    posts = {one.get("id"): one for one in _rows(document.get("posts"))}
    held: dict[object, list[ReferenceTenure]] = {}
    # Memberships stand in a list of their own, or with the person.
    nested = [{"person_id": one.get("id"), **row} for one in _rows(document.get("persons")) for row in _rows(one.get("memberships"))]
    for row in (*_rows(document.get("memberships")), *nested):
        post = posts.get(row.get("post_id"), {})
        office = _text(post.get("label")) or _text(post.get("role")) or _text(row.get("role"))
        body = bodies.get(row.get("organization_id") or post.get("organization_id"), {})
        if office:
            of = _code(_text(body.get("id"))) or _text(body.get("name"))
            held.setdefault(row.get("person_id"), []).append(
                ReferenceTenure(office=office, of=of, start=_day(row.get("start_date")), end=_day(row.get("end_date")))
            )
    for kind, part in (("person", "persons"), ("organization", "organizations")):
        for one in _rows(document.get(part)):
            identity, name = _text(one.get("id")), _text(one.get("name"))
            if identity and name:
                names = _names(name, (_text(other.get("name")) for other in _rows(one.get("other_names"))))
                yield Reference(
                    source=f"popolo:{path.name}", id=identity, kind=_body_kind(one) if kind == "organization" else "person", name=name, names=names,
                    state=_code(_text(one.get("nationality")) or (identity if kind == "organization" else None)), wikidata=_identifier(one),
                    tenures=tuple(held.get(identity, ())) if kind == "person" else (),
                )  # fmt: skip


def _body_kind(one: Mapping[str, Any]) -> ReferenceKind:
    return "state" if one.get("classification") in ("state", "country") else "organization"


def _identifier(one: Mapping[str, Any]) -> str | None:
    for row in _rows(one.get("identifiers")):
        found = _text(row.get("identifier"))
        if row.get("scheme") == "wikidata" and found and _QID.fullmatch(found):
            return found
    return None


def _code(value: str | None) -> str | None:
    """An alpha-3 code of two or three letters; None for what is none."""
    if value is None or len(value) not in (2, 3):
        return None
    return alpha_3(value.upper()) if len(value) == 2 else value.upper() if state(value.upper()) else None


# ---- FollowTheMoney


def _ftm(path: Path) -> Iterator[Reference]:
    entities: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for number, row in _lines(path):
        schema = row.get("schema") if isinstance(row, Mapping) else None
        if not isinstance(schema, str) or not isinstance(row.get("properties"), Mapping) or not isinstance(row.get("id"), str):
            raise InputError(f"{path} line {number}: is not an entity of FollowTheMoney; each line needs 'id', 'schema' and 'properties'")
        if schema in (*_FTM_KINDS, "Position", "Occupancy"):
            entities[row["id"]] = schema, row["properties"]
    held: dict[str, list[ReferenceTenure]] = {}
    for schema, values in entities.values():
        if schema == "Occupancy":
            post = entities.get(_first(values, "post") or "", ("", {}))[1]
            office = _first(post, "name")
            for holder in _all(values, "holder"):
                if office:
                    of = _code(_first(post, "country")) or _first(entities.get(_first(post, "organization") or "", ("", {}))[1], "name")
                    start, end = _day(_first(values, "startDate")), _day(_first(values, "endDate"))
                    held.setdefault(holder, []).append(ReferenceTenure(office=office, of=of, start=start, end=end))
    for identity, (schema, values) in entities.items():
        name = _first(values, "name")
        if schema in _FTM_KINDS and name:
            names = _names(name, (other for part in ("name", "alias", "weakAlias", "previousName") for other in _all(values, part)))
            country = _first(values, "nationality") or _first(values, "citizenship") or _first(values, "country")
            wikidata = _first(values, "wikidataId")
            yield Reference(
                source=f"ftm:{path.name}", id=identity, kind=_FTM_KINDS[schema], name=name, names=names, state=_code(country),
                wikidata=wikidata if wikidata and _QID.fullmatch(wikidata) else None, tenures=tuple(held.get(identity, ())),
            )  # fmt: skip


def _all(values: Mapping[str, Any], name: str) -> list[str]:
    found = values.get(name)
    return [text for one in found if (text := _text(one))] if isinstance(found, list) else []


def _first(values: Mapping[str, Any], name: str) -> str | None:
    return next(iter(_all(values, name)), None)


# ---- Wikidata


def _wikidata(path: Path) -> Iterator[Reference]:
    from dragoman.sources.wikidata import references_of

    yield from references_of(_entities(path), path.name)


def _entities(path: Path) -> Iterator[Mapping[str, Any]]:
    """Entities of Special:EntityData and of the API ({"entities": {…}}), a list of them, or, as in the dumps, one a line."""
    if _one_a_line(path):
        yield from (row for _, row in _lines(path) if isinstance(row, Mapping))
        return
    document = _document(path)
    if isinstance(document, Mapping) and isinstance(document.get("entities"), Mapping):
        yield from (one for one in document["entities"].values() if isinstance(one, Mapping))
    elif isinstance(document, list):
        yield from _rows(document)
    elif isinstance(document, Mapping) and "labels" in document:
        yield document
    else:
        raise InputError(f"{path}: is not Wikidata's JSON; it needs 'entities', or an entity a line")


def _one_a_line(path: Path) -> bool:
    """Whether the first line that is more than a bracket is an entity by itself."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = next((line.strip().rstrip(",") for line in file if line.strip() not in ("", "[")), "")
        row = json.loads(first)
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "labels" in row
