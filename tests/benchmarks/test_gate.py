"""The gate: a fall below the floor is told and refused, and a floor is lowered only with a reason."""

import json
from pathlib import Path

import pytest

from benchmarks import gate, results

_CASES = [("Ana Lind", "Ana Lind", True), ("Ana Lind", "Bo Ek", False), ("Cem Kaya", "Kaya Cem", True)]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(results, "FOLDER", tmp_path / "kept")
    folder = tmp_path / "bench" / "name_match"
    folder.mkdir(parents=True)
    rows = [{"id": f"n{at}", "kind": "Person", "name1": a, "name2": b, "match": same} for at, (a, b, same) in enumerate(_CASES)]
    (folder / "open.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path / "bench"


def _floors(path: Path, bench: Path, **changed: object) -> Path:
    floor = {"data": "bench", "limit": None, "epsilon": 0.01, "score": 1.0, "corpus": results.corpus("name_match", bench, "open"), "count": 3, "cases": {}}
    path.write_text(json.dumps({"name_match": floor | changed}), encoding="utf-8")
    return path


def _gate(bench: Path, floors: Path, *more: str) -> None:
    gate.main(["--bench", str(bench), "--gold", str(bench / "none"), "--floors", str(floors), *more])


def test_a_score_at_its_floor_passes(bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _gate(bench, _floors(tmp_path / "floors.json", bench))
    assert "holds" in capsys.readouterr().out


def test_a_fall_is_refused_and_tells_the_cases(bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in (bench / "name_match" / "open.jsonl").read_text(encoding="utf-8").splitlines()]
    rows[0]["match"] = False
    (bench / "name_match" / "open.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    floors = _floors(tmp_path / "floors.json", bench, cases={"n0": 1, "n1": 1, "n2": 1})
    before = floors.read_text(encoding="utf-8")
    with pytest.raises(SystemExit, match="name_match"):
        _gate(bench, floors)
    assert "1 worse: n0 -1.00" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        _gate(bench, floors, "--raise")
    assert json.loads(floors.read_text(encoding="utf-8")) == json.loads(before)
    _gate(bench, floors, "--allow-regression", "the set had an error")
    lowered = json.loads(floors.read_text(encoding="utf-8"))["name_match"]
    assert lowered["score"] < 1.0
    assert lowered["lowered"] == "the set had an error"
    assert lowered["cases"] == {"n0": 0, "n1": 1, "n2": 1}


def test_a_rise_is_kept_only_when_asked(bench: Path, tmp_path: Path) -> None:
    floors = _floors(tmp_path / "floors.json", bench, score=0.5)
    _gate(bench, floors)
    assert json.loads(floors.read_text(encoding="utf-8"))["name_match"]["score"] == 0.5
    _gate(bench, floors, "--raise")
    assert json.loads(floors.read_text(encoding="utf-8"))["name_match"]["score"] == 1.0


def test_other_data_are_not_compared(bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _gate(bench, _floors(tmp_path / "floors.json", bench, corpus="0" * 16))
    assert "other data" in capsys.readouterr().out


def test_data_that_are_not_there_are_said_to_be_left_out(bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _gate(bench / "nowhere", _floors(tmp_path / "floors.json", bench))
    assert "left out" in capsys.readouterr().out


def test_the_floors_of_the_project_name_measures_that_are_there() -> None:
    from benchmarks.registry import MODULES

    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert set(floors) <= set(MODULES)
    assert "own_gold" in floors
    for floor in floors.values():
        assert floor["score"] is None or 0 <= floor["score"] <= 1
        assert floor["epsilon"] < 0.05
