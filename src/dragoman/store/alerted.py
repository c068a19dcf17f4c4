"""What alerts have told, and what they have still to send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Row, func, select

from dragoman.store.protocol import Store
from dragoman.store.watched import connections_of
from dragoman.store.watched_tables import alert_sendings, alerted_facts

Stage = Literal["due", "sent", "given up"]
_TOGETHER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A letter on its way to one target; `content` and `state` are any JSON."""

    letter: str
    target: str
    made: float
    content: Mapping[str, Any]
    stage: Stage = "due"
    next_try: float = 0.0
    state: Mapping[str, Any] = field(default_factory=dict)


class Alerted:
    """The tables of alerts; inside `store.writing()` all that is done here is part of that."""

    def __init__(self, store: Store) -> None:
        self._connections = connections_of(store)

    def known(self, alert: str, facts: Iterable[str]) -> set[str]:
        """Those of the facts that the alert has told."""
        wanted, found = sorted(set(facts)), set[str]()
        with self._connections.read() as connection:
            for at in range(0, len(wanted), _TOGETHER):
                asked = select(alerted_facts.c.fact).where(alerted_facts.c.alert == alert, alerted_facts.c.fact.in_(wanted[at : at + _TOGETHER]))
                found.update(connection.execute(asked).scalars())
        return found

    def tell(self, alert: str, facts: Iterable[str]) -> None:
        """Mark facts as told."""
        rows = [{"alert": alert, "fact": fact} for fact in sorted(set(facts))]
        with self._connections.write() as connection:
            for at in range(0, len(rows), _TOGETHER):
                connection.execute(self._connections.database.insert(alerted_facts).on_conflict_do_nothing(), rows[at : at + _TOGETHER])

    def put(self, sendings: Sequence[Sending]) -> None:
        """Keep sendings; one that is there already stays as it is."""
        rows = [_values(one) | {"letter": one.letter, "target": one.target, "made": one.made, "content": dict(one.content)} for one in sendings]
        if rows:
            with self._connections.write() as connection:
                connection.execute(self._connections.database.insert(alert_sendings).on_conflict_do_nothing(), rows)

    def set(self, sending: Sending) -> None:
        """Say what became of a sending."""
        with self._connections.write() as connection:
            which = (alert_sendings.c.letter == sending.letter) & (alert_sendings.c.target == sending.target)
            connection.execute(alert_sendings.update().where(which).values(**_values(sending)))

    def due(self, target: str, now: float, limit: int) -> tuple[Sending, ...]:
        """What is to be sent to a target now, the oldest first."""
        asked = select(alert_sendings).where(alert_sendings.c.target == target, alert_sendings.c.stage == "due", alert_sendings.c.next_try <= now)
        with self._connections.read() as connection:
            return tuple(_sending(row) for row in connection.execute(asked.order_by(alert_sendings.c.made, alert_sendings.c.letter).limit(limit)))

    def newest(self, target: str, limit: int) -> tuple[Sending, ...]:
        """The last letters to a target, whatever became of them, the newest first."""
        asked = select(alert_sendings).where(alert_sendings.c.target == target)
        with self._connections.read() as connection:
            return tuple(_sending(row) for row in connection.execute(asked.order_by(alert_sendings.c.made.desc(), alert_sendings.c.letter).limit(limit)))

    def next_try(self) -> float | None:
        """When the next letter is to be sent; None where none is due."""
        with self._connections.read() as connection:
            found = connection.execute(select(func.min(alert_sendings.c.next_try)).where(alert_sendings.c.stage == "due")).scalar()
        return None if found is None else float(found)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many letters to each target are due, sent, given up."""
        asked = select(alert_sendings.c.target, alert_sendings.c.stage, func.count()).group_by(alert_sendings.c.target, alert_sendings.c.stage)
        found: dict[str, dict[str, int]] = {}
        with self._connections.read() as connection:
            for target, stage, count in connection.execute(asked.order_by(alert_sendings.c.target, alert_sendings.c.stage)):
                found.setdefault(target, {})[stage] = count
        return found


def _values(sending: Sending) -> dict[str, Any]:
    return {"stage": sending.stage, "next_try": sending.next_try, "state": dict(sending.state)}


def _sending(row: Row[Any]) -> Sending:
    return Sending(
        letter=row.letter, target=row.target, made=float(row.made), content=row.content, stage=row.stage, next_try=float(row.next_try), state=row.state
    )
