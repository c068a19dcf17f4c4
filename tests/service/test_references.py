"""What reference works say of two names and of a day, beside what reports say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.model.reference import Reference, ReferenceTenure
from dragoman.service.references import Namesakes, holds_on, keep_references, namesakes
from dragoman.store.open import open_store


def reference(id: str, *names: str, kind: str = "person") -> Reference:
    return Reference(source="popolo:list.json", id=id, kind=kind, name=names[0], names=names)  # type: ignore[arg-type]


@pytest.fixture
def known() -> Iterator[Namesakes]:
    store = open_store(":memory:")
    with store.writing():
        keep_references(store, [
            reference("1", "Muammar Gaddafi", "Mouammar Kadhafi", "معمر القذافي"), reference("2", "Saloth Sar", "Pol Pot", "Brother Number One"),
            reference("3", "Saloth Sar", "Saloth the Tailor"), reference("4", "Pol Pot", "Saloth Sar", kind="organization"), reference("5", "Pelé", "Edson Arantes"),
        ])  # fmt: skip
    yield namesakes(store)
    store.close()


@pytest.mark.parametrize(
    ("left", "right", "ids"),
    [
        ("Pol Pot", "Saloth Sar", ["2"]),
        ("saloth  sar", "POL POT", ["2"]),
        ("Muammar Gaddafi", "معمر القذافي", ["1"]),
        ("Muammar Gadaffi", "Mouammar Kadhafi", ["1"]),
        ("Pelé", "Edson Arantes", ["5"]),
        ("Pol Pot", "Saloth", []),
        ("Pol Pot", "Pol Pot", []),
        ("Pol Pot", "Muammar Gaddafi", []),
        ("", "…", []),
    ],
)
def test_whoever_a_work_calls_by_both_names(known: Namesakes, left: str, right: str, ids: list[str]) -> None:
    assert [one.id for one in known.both(left, right)] == ids
    assert [one.id for one in known.both(right, left)] == ids


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        ("2025-03-01", None, True),
        ("2025-03-02", None, False),
        ("2025", "2025", True),
        ("2025-04", None, False),
        (None, "2025-03", True),
        (None, "2025-02-28", False),
        ("2024-12-21", "2025-03-01", True),
        (None, None, True),
    ],
)
def test_days_of_a_work_may_be_years_or_months(start: str | None, end: str | None, holds: bool) -> None:
    assert holds_on(ReferenceTenure(office="minister", start=start, end=end), "2025-03-01") is holds
