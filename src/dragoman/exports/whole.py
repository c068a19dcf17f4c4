"""`json`: the whole record as one document, as the contract has it (docs/record.md); the format in which two records are compared."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.exports.format import Format, Part, json_part
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.model.record_codec import streamed


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    for one in selection.corrections():
        losses.lose("corrections", str(one.id))
    return (json_part("record.json", lambda: streamed(lambda part: getattr(selection, part)())),)


FORMAT = Format(
    name="json",
    layout="file",
    parts=_parts,
    cannot={"corrections": "what they changed is in the record, who made them and why is not; jsonl has them"},
)
