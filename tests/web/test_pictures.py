"""Pictures are measured right: time goes from left to right, land stays in its frame, the same ties give the same network."""

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.record import Name, RecordEntity
from dragoman.model.shelf import Met, Month, Named
from dragoman.reading.kit import Kit
from dragoman.web.pages.cards import Card
from dragoman.web.pictures.atlas import _clipped, around, world
from dragoman.web.pictures.circle import circle
from dragoman.web.pictures.lanes import lanes
from dragoman.web.pictures.network import network
from dragoman.web.pictures.strip import strip
from dragoman.web.pictures.world import lands, middle_of, natural_earth, unwrapped
from dragoman.web.query import Query
from dragoman.web.vendor import FOLDER, table, wrong
from dragoman.web.whereabouts import Point, Whereabouts
from dragoman.web.wording import languages, wording

QUERY = Query(address="/", path={})
degrees = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


def months(*rows: tuple[str, int, int]) -> list[Month]:
    return [Month(month=month, cooperation=one, conflict=other) for month, one, other in rows]


def named(name: str, kind: str = "person") -> Named:
    return Named(id=name, name=name, kind=kind)


def test_a_strip_has_every_month_and_its_highest_bar_fills_the_half() -> None:
    bars = strip(months(("2024-11", 2, 0), ("2025-02", 0, 4)), QUERY).shapes.bars
    assert [bar.time for bar in bars] == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert bars[3].down == 46.0
    assert bars[0].up == 23.0
    assert (bars[1].up, bars[1].down) == (0.0, 0.0)
    assert bars[0].href == "/?since=2024-11&until=2024-11"
    assert [bar.x for bar in bars] == sorted(bar.x for bar in bars)


def test_a_long_strip_is_told_in_years() -> None:
    bars = strip(months(("2001-05", 1, 0), ("2001-06", 2, 0), ("2025-01", 0, 1)), QUERY).shapes.bars
    assert [bar.time for bar in bars][:2] == ["2001", "2002"]
    assert bars[0].cooperation == 3


def card(id: str, day: str | None, sides: tuple[str, ...] = ("NOR",), type: str = "CONSULT") -> Card:
    return Card(
        id=id, type=type, mode=None, date=day, factuality="actual", place=None, sides=tuple(Named(id=one, name=one, kind="state", code=one) for one in sides),
        participants=(), more=0, topics=(), origins=1, reports=1, languages=("en",), disputed=(), evidence=None,
    )  # fmt: skip


def test_lanes_put_time_from_left_to_right_and_conflict_below() -> None:
    picture = lanes(
        [card("v1", "2024-01-01"), card("v2", "2024-06-01", ("NOR", "SWE")), card("v3", "2024-12-31", type="SANCTION"), card("v4", None)], "side", QUERY
    )
    assert picture is not None
    shapes = picture.shapes
    assert [lane.key for lane in shapes.lanes] == ["NOR", "SWE"]
    of = {(mark.event.id, mark.first): mark for mark in shapes.marks}
    assert of["v1", True].x < of["v2", True].x < of["v3", True].x
    assert of["v3", True].y > shapes.lanes[0].y > of["v1", True].y
    assert (shapes.joints[0].top, shapes.joints[0].bottom) == (shapes.lanes[0].y, shapes.lanes[1].y)
    assert "v4" not in {mark.event.id for mark in shapes.marks}
    assert lanes([card("v4", None)], "side", QUERY) is None


def test_one_day_far_from_all_others_does_not_press_them_together() -> None:
    many = [card(f"v{number}", f"2024-{1 + number % 12:02}-15") for number in range(60)]
    picture = lanes([*many, card("far", "2090-01-01")], "side", QUERY)
    assert picture is not None
    spread = [mark.x for mark in picture.shapes.marks if mark.event.id != "far"]
    assert max(spread) - min(spread) > picture.width / 2


def test_the_same_ties_give_the_same_network_inside_its_frame() -> None:
    ties = [(named(f"p{a}"), named(f"p{b}"), a + b) for a in range(1, 9) for b in range(a + 1, 9, 2)]
    first, second = network(ties, QUERY), network(list(ties), QUERY)
    assert first.shapes == second.shapes
    assert all(0 <= node.x <= first.width and 0 <= node.y <= first.height for node in first.shapes.nodes)
    assert len({(node.x, node.y) for node in first.shapes.nodes}) == len(first.shapes.nodes)


def test_whom_somebody_met_most_is_nearest() -> None:
    met = [Met(entity=named("a"), events=5, first=None, last=None), Met(entity=named("b"), events=1, first=None, last=None)]
    shapes = circle(named("x"), met, QUERY).shapes
    far = [(one.x - shapes.x) ** 2 / 0.3**2 / 720**2 + (one.y - shapes.y) ** 2 / 0.44**2 / 420**2 for one in shapes.spokes]
    assert far[0] < far[1]


@given(st.lists(degrees, min_size=3, max_size=12).map(tuple), degrees)
def test_land_is_cut_at_the_frame(ring: tuple[tuple[float, float], ...], middle: tuple[float, float]) -> None:
    box = (middle[0] - 10, middle[1] - 7, middle[0] + 10, middle[1] + 7)
    for x, y in _clipped(ring, box):
        assert box[0] - 1e-6 <= x <= box[2] + 1e-6
        assert box[1] - 1e-6 <= y <= box[3] + 1e-6


@given(st.lists(degrees, min_size=1, max_size=12).map(tuple))
def test_no_coast_jumps_round_the_world(ring: tuple[tuple[float, float], ...]) -> None:
    turned = unwrapped(ring)
    assert all(abs((x - own) / 360 - round((x - own) / 360)) < 1e-9 for (x, _), (own, _) in zip(turned, ring, strict=True))
    assert all(abs(after[0] - before[0]) <= 180 + 1e-9 for before, after in itertools.pairwise(turned))


def test_the_map_has_all_states_and_they_lie_where_they_are() -> None:
    assert {"TUR", "FRA", "XKX", "RUS", "FJI"} <= {land.code for land in lands("50m")}
    latitude, longitude = middle_of("TUR") or (0, 0)
    assert (round(latitude), round(longitude)) == (39, 35)
    assert middle_of("ZZZ") is None
    assert natural_earth(0, 0) == (0, 0)
    assert round(natural_earth(180, 0)[0], 3) == 2.735


def test_places_are_drawn_where_the_world_has_them() -> None:
    oslo, quito = (named("Oslo", "place"), Point(59.9, 10.7), 4), (named("Quito", "place"), Point(-0.2, -78.5), 1)
    spots = {spot.named.name: spot for spot in world([oslo, quito], "en", str).shapes.spots}
    assert spots["Oslo"].x > spots["Quito"].x
    assert spots["Oslo"].y < spots["Quito"].y
    assert spots["Oslo"].radius > spots["Quito"].radius
    assert around(Point(64.2, -172.0), named("Provideniya", "place"), "en").shapes.land, "beside the 180th meridian there is land too"


@pytest.mark.parametrize(
    ("name", "state", "found"), [("Ankara", "TUR", (40, 33)), ("İstanbul", None, (41, 29)), ("أنقرة", None, (40, 33)), ("Nowhere at all", None, None)]
)
def test_places_are_looked_up_in_any_script(kit: Kit, name: str, state: str | None, found: tuple[int, int] | None) -> None:
    entity = RecordEntity(id="l1", kind="place", name=name, state=state, names=(Name(text=name, language="en", count=1),))
    point = Whereabouts(kit.config).of(entity)
    assert (point and (round(point.latitude), round(point.longitude))) == found


def test_what_is_packaged_of_others_is_what_the_table_says(tmp_path: Path) -> None:
    assert not wrong()
    assert all(package["licence"] and package["version"] for package in table().values())
    names = {name for package in table().values() for name in package["files"]}
    assert names | {"table.toml"} == {path.name for path in FOLDER.iterdir()}
    (tmp_path / "table.toml").write_bytes((FOLDER / "table.toml").read_bytes())
    assert len(wrong(tmp_path)) == len(names)


def test_both_languages_have_the_same_words() -> None:
    tables = [tomllib.loads((Path(__file__).parents[2] / f"src/dragoman/web/words/{language}.toml").read_text(encoding="utf-8")) for language in languages()]
    assert languages() == ("en", "fr")
    assert {group: sorted(words) for group, words in tables[0].items()} == {group: sorted(words) for group, words in tables[1].items()}
    for group, words in tables[0].items():
        for key, text in words.items():
            assert text.count("{}") == tables[1][group][key].count("{}"), key
    assert wording("fr").word("web", "events") == "Événements"
