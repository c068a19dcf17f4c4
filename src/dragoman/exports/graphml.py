"""`graphml` and `gexf`: who took part in events with whom, through networkx: persons, states and organisations, joined by the events they share.

The graph stands in memory while it is written: its edges grow with the pairs that met, not with the reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import IO, Any

from dragoman.exports.format import Format, Part, lose_all, xml_safe
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.knowledge.plover import TYPES
from dragoman.model.record import Event

# Ids of events that an edge names, the first of them; `events` counts all.
_NAMED = 20


def graph(selection: Selection, losses: Losses) -> Any:
    """The graph, a networkx Graph: `events`, `cooperation` and `conflict` count what two share, `first` and `last` are days as EDTF has them."""
    import networkx

    found = networkx.Graph()
    for event in selection.events():
        _add(found, selection, event)
        losses.lose("places, modes and topics", event.id, count=int(bool(event.place or event.mode or event.topics)))
        losses.lose("roles and offices", event.id, count=len(event.participants))
        losses.lose("disputed versions", event.id, count=len(event.disputed))
        losses.lose("events of one", event.id, count=int(len({part.entity for part in event.participants}) < 2))
    lose_all(losses, "statements", selection.statements())
    lose_all(losses, "commitments", selection.commitments())
    for tenure in selection.tenures():
        losses.lose("tenures", tenure.person)
    return found


def _add(found: Any, selection: Selection, event: Event) -> None:
    parties = sorted({part.entity for part in event.participants})
    for one in parties:
        if one not in found:
            named = selection.named(one)
            found.add_node(one, label=xml_safe(named.name), kind=named.kind, state=named.code or named.state or "")
    conflict = TYPES[event.type].quad.endswith("conflict")
    for left, right in combinations(parties, 2):
        edge = found.get_edge_data(left, right)
        if edge is None:
            found.add_edge(left, right, events=0, cooperation=0, conflict=0, first="", last="", ids="")
            edge = found[left][right]
        edge["events"] += 1
        edge["conflict" if conflict else "cooperation"] += 1
        if event.date:
            edge["first"] = min(filter(None, (edge["first"], event.date)))
            edge["last"] = max(edge["last"], event.date)
        if edge["events"] <= _NAMED:
            edge["ids"] = f"{edge['ids']} {event.id}".strip()


def _graphml(selection: Selection, losses: Losses, sink: IO[bytes]) -> None:
    import networkx

    networkx.write_graphml(graph(selection, losses), sink, infer_numeric_types=False)


def _gexf(selection: Selection, losses: Losses, sink: IO[bytes]) -> None:
    """networkx writes the day on which it is run into the file; that of the record is nobody's, and the same record must give the same bytes."""
    import networkx
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph(selection, losses))
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    for creator in writer.xml.iter("creator"):
        creator.text = f"NetworkX {networkx.__version__}"
    writer.write(sink)


def _parts_graphml(selection: Selection, losses: Losses) -> Iterable[Part]:
    return (Part(name="who-met-whom.graphml", write=lambda sink: _graphml(selection, losses, sink)),)


def _parts_gexf(selection: Selection, losses: Losses) -> Iterable[Part]:
    return (Part(name="who-met-whom.gexf", write=lambda sink: _gexf(selection, losses, sink)),)


_CANNOT = {
    "places, modes and topics": "an edge counts the events that two share, and names the first twenty",
    "roles and offices": "an edge has no direction: who received whom is not in it",
    "disputed versions": "an edge counts an event once",
    "events of one": "an edge has two ends",
    "statements": "a statement has one speaker, and an edge two ends",
    "commitments": "the graph is of events",
    "tenures": "the graph is of events",
}
FORMATS = {
    "graphml": Format(name="graphml", layout="file", parts=_parts_graphml, cannot=_CANNOT, needs=("networkx",)),
    "gexf": Format(name="gexf", layout="file", parts=_parts_gexf, cannot=_CANNOT, needs=("networkx",)),
}
