"""The use case of exporting: what is asked for in words becomes a selection, and a format writes it to a file, a folder, a zip or a stream.

What was there before stays until all is written; what the format could not hold is counted.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dragoman.exports.format import Format, Part, format_of
from dragoman.exports.losses import Losses
from dragoman.exports.readings.labels import labels as labels_in
from dragoman.exports.selection import Selection, Wanted
from dragoman.model.config import Config
from dragoman.model.errors import InputError, ModelMissing
from dragoman.model.reference import as_json
from dragoman.model.shelf import Shelf
from dragoman.service import finding
from dragoman.service.ingest import versions
from dragoman.service.read import checked_language, kit_of
from dragoman.service.shelf import open_shelf
from dragoman.store.protocol import Store
from dragoman.store.references import all_references

# Packages that a format needs, by the extra that brings them.
_EXTRA = "exports"
# Of every file of a zip, so that the same record gives the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def selection_of(store: Store, config: Config, wanted: Wanted | None = None, *, shelf: Shelf | None = None, labels: str = "en") -> Selection:
    """A selection of the record of a store, or of it as a shelf has it: that of the articles published by a day, say.

    Raises ConfigError where there are no labels in that language.
    """
    return Selection(
        shelf=shelf or open_shelf(store, config), wanted=wanted or Wanted(), look_up=kit_of(config).gazetteer, text_of=store.article,
        stages=versions(), references=lambda: (as_json(one) for one in all_references(store)), labels=labels_in(labels).language,
    )  # fmt: skip


def asked(
    shelf: Shelf,
    *,
    between: tuple[str, str] | None = None,
    person: str | None = None,
    state: str | None = None,
    type: str | None = None,
    topic: str | None = None,
    language: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Wanted:
    """What is wanted, from what people type. Raises NotFound, Ambiguous, InputError or ConfigError for what nothing answers to."""
    return Wanted(
        between=(finding.find_side(shelf, between[0]), finding.find_side(shelf, between[1])) if between else None,
        person=finding.find_person(shelf, person).id if person else None,
        side=finding.find_side(shelf, state) if state else None,
        type=finding.checked_type(type) if type else None,
        topic=finding.checked_topic(topic) if topic else None,
        language=checked_language(language) if language else None,
        outlet=outlet or None,
        since=finding.checked_bound(since, "--since"),
        until=finding.checked_bound(until, "--until"),
    )


def known_format(name: str) -> Format:
    """The format of that name. Raises ModelMissing, with the command that installs it, where its library is not there."""
    found = format_of(name)
    for package in found.needs:
        if importlib.util.find_spec(package) is None:
            raise ModelMissing(f"--format {name} needs {package}, which is not installed; run: pip install 'dragoman[{_EXTRA}]'")
    return found


def export(selection: Selection, format: Format, output: Path) -> Losses:
    """Write to a file, a folder (formats of several tables) or, where the name ends so, a zip; gives what could not be held.

    Raises InputError where the place cannot be written to.
    """
    losses = Losses(format.cannot)
    parts = format.parts(selection, losses)
    try:
        if output.suffix.lower() == ".zip":
            with _whole(output) as sink:
                _zip(parts, sink)
        elif format.layout == "tables":
            _folder(parts, output)
        else:
            with _whole(output) as sink:
                for part in parts:
                    part.write(sink)
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror or error}); choose another place") from error
    return losses


def export_to(selection: Selection, format: Format, sink: IO[bytes]) -> Losses:
    """Write to a stream, formats of several tables as a zip."""
    losses = Losses(format.cannot)
    parts = format.parts(selection, losses)
    if format.layout == "tables":
        _zip(parts, sink)
    else:
        for part in parts:
            part.write(sink)
    return losses


def _zip(parts: Iterable[Part], sink: IO[bytes]) -> None:
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            entry = zipfile.ZipInfo(part.name, date_time=_EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as file:
                part.write(file)


@contextmanager
def _whole(output: Path) -> Iterator[IO[bytes]]:
    """A file that takes the old one's place only when all is written; a device or a pipe is written to as it is."""
    if output.is_dir():
        raise InputError(f"{output}: is a folder; give the name of a file to write")
    # A link stays a link: what it points to is replaced.
    target = output.resolve()
    in_place = target.exists() and not target.is_file()
    part = target if in_place else target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("wb") as sink:
            yield sink
        if not in_place:
            part.replace(target)
    finally:
        if not in_place:
            part.unlink(missing_ok=True)


def _folder(parts: Iterable[Part], output: Path) -> None:
    """A folder that takes the old one's place only when all is written. Raises InputError rather than take the place of what is no export."""
    target = output.resolve()
    part, old = (target.with_name(f"{target.name}.{ending}") for ending in ("part", "old"))
    if target.exists() and not target.is_dir():
        raise InputError(f"{output}: is a file; this format has several tables: give a folder, or a name that ends in .zip")
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in (part, old):
        shutil.rmtree(left, ignore_errors=True)
    part.mkdir()
    try:
        for one in parts:
            with (part / one.name).open("wb") as sink:
                one.write(sink)
        _replace(target, part, old, output)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _replace(target: Path, part: Path, old: Path, output: Path) -> None:
    if target.exists():
        foreign = sorted(file.name for file in target.iterdir() if file.is_dir() or not _ours(file.name, part))
        if foreign:
            raise InputError(f"{output}: holds other things than an export ('{foreign[0]}'); give the name of a new folder")
        target.replace(old)
    try:
        part.replace(target)
    except OSError:
        if old.exists():
            old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _ours(name: str, part: Path) -> bool:
    """A file that the export has too, or a document of an article that it no longer has."""
    return (part / name).exists() or re.fullmatch(r"[0-9a-f]{16}\.tml", name) is not None
