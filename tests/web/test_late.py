"""Parts of pages that take long to make: pages of their own, which a page leads to and a script brings."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient


@pytest.fixture(scope="module")
def twice(reader: TestClient) -> str:
    """An event with two reports."""
    events = reader.get("/index.json").json()["events"]
    return str(next(one["id"] for one in events if one["reports"] > 1))


def test_an_event_of_several_reports_leads_to_them_side_by_side(reader: TestClient, twice: str) -> None:
    text = reader.get(f"/event/{twice}?lang=fr").text
    link = re.search(r'data-late href="([^"]+)"', text)
    assert link
    assert link[1] == f"/event/{twice}/beside?lang=fr"
    beside = reader.get(link[1]).text
    section = re.search(r'<section aria-labelledby="([^"]+)">', beside)
    assert section
    assert section[1] == "beside"
    assert f'<section aria-labelledby="{section[1]}" class="late">' in text, "what is brought takes the place of what is there"


def test_the_two_that_are_asked_for_are_compared(reader: TestClient, twice: str) -> None:
    found = reader.get(f"/event/{twice}/beside.json").json()
    ids = [one["id"] for one in found["reports"]]
    assert found["compared"]["left"]["id"] == ids[0]
    assert found["compared"]["sentences"]
    turned = reader.get(f"/event/{twice}/beside.json?left={ids[1]}&right={ids[0]}").json()["compared"]
    assert (turned["left"]["id"], turned["right"]["id"]) == (ids[1], ids[0])
    same = reader.get(f"/event/{twice}/beside.json?left={ids[0]}&right={ids[0]}").json()["compared"]
    assert same["left"]["id"] != same["right"]["id"]
    assert reader.get(f"/event/{twice}/beside?left=nothing&right=x").status_code == 200


def test_an_event_of_one_report_has_no_such_page(reader: TestClient) -> None:
    events = reader.get("/index.json").json()["events"]
    alone = next((one["id"] for one in events if one["reports"] == 1), None)
    if alone is None:
        pytest.skip("every event of the small record has two reports")
    assert "data-late" not in reader.get(f"/event/{alone}").text
    assert reader.get(f"/event/{alone}/beside").status_code == 404
    assert reader.get("/event/nothing/beside").status_code == 404


def test_what_says_nearly_the_same_is_looked_for_apart(reader: TestClient) -> None:
    text = reader.get("/search?q=talks").text
    assert 'data-late href="/search/near?q=talks"' in text
    assert reader.get("/search/near?q=talks").status_code == 200
    found = reader.get("/search/near.json?q=talks").json()
    direct = reader.get("/search.json?q=talks").json()
    assert not {one["article"]["id"] for one in found["sense"]} & {one["article"]["id"] for one in (*direct["text"], *direct["spelt"])}
    assert "data-late" not in reader.get("/search").text
    assert reader.get("/search/near.json").json()["sense"] == []


def test_a_picture_that_a_reader_has_is_not_sent_again(reader: TestClient) -> None:
    address = "/timeline/picture/timeline.svg"
    first = reader.get(address)
    tag = first.headers["etag"]
    assert reader.get(address, headers={"if-none-match": tag}).status_code == 304
    assert reader.get(f"{address}?type=AID&type=CONSULT", headers={"if-none-match": tag}).status_code == 200
    assert reader.get("/timeline", headers={"if-none-match": tag}).status_code == 200, "a picture is not its page"
