"""Settings come from defaults, then the file, then the environment; a wrong one is named."""

from pathlib import Path

import pytest

from dragoman.model.config import Config, load
from dragoman.model.errors import ConfigError


def test_defaults_where_there_is_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, {}) == Config()


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "dragoman.toml").write_text("[reading]\nmax_bytes = 10\nmax_characters = 20\n", encoding="utf-8")
    assert load(tmp_path, {"DRAGOMAN_MAX_BYTES": "30"}) == Config(max_bytes=30, max_characters=20)


@pytest.mark.parametrize(
    ("content", "what"),
    [("[reading]\nmax_bites = 1\n", "unknown setting 'max_bites'"), ("[reading]\nmax_bytes = 'many'\n", "whole number"), ("[reading]\nencoder = 3\n", "true or false"),
     ("[reading\n", "cannot be read as TOML"), ("[reading]\nmax_bytes = 0\n", "above zero")],
)  # fmt: skip
def test_a_wrong_setting_is_named(tmp_path: Path, content: str, what: str) -> None:
    (tmp_path / "dragoman.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=what):
        load(tmp_path, {})
