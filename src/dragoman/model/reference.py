"""What reference works say of people and bodies: evidence of a kind of its own, beside what reports say and never in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

ReferenceKind = Literal["person", "organization", "state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceTenure:
    """Somebody in an office by a reference work: unlike a record's tenure it has days on which the office was taken up and left, as EDTF, where known.

    `office` is the office's title as the source has it, `of` a state's code or a body's name.
    """

    office: str
    of: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A person, organisation or state of a reference work; `source` names the work ('wikidata', or the file it came in), `id` is its own there."""

    source: str
    id: str
    kind: ReferenceKind
    name: str
    names: tuple[str, ...] = ()
    state: str | None = None
    wikidata: str | None = None
    tenures: tuple[ReferenceTenure, ...] = ()


def as_json(one: Reference) -> dict[str, Any]:
    """A reference as plain JSON."""
    tenures = [{"office": held.office, "of": held.of, "start": held.start, "end": held.end} for held in one.tenures]
    return {
        "source": one.source, "id": one.id, "kind": one.kind, "name": one.name, "names": list(one.names), "state": one.state, "wikidata": one.wikidata,
        "tenures": tenures,
    }  # fmt: skip


def from_json(row: Mapping[str, Any]) -> Reference:
    """The reference that `as_json` gave. Raises KeyError, TypeError or ValueError where it is none."""
    if row["kind"] not in ("person", "organization", "state"):
        raise ValueError(f"kind {row['kind']!r}")
    tenures = tuple(ReferenceTenure(office=str(held["office"]), of=held["of"], start=held["start"], end=held["end"]) for held in row["tenures"])
    return Reference(
        source=str(row["source"]), id=str(row["id"]), kind=row["kind"], name=str(row["name"]), names=tuple(str(name) for name in row["names"]),
        state=row["state"], wikidata=row["wikidata"], tenures=tenures,
    )  # fmt: skip
