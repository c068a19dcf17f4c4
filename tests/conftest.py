"""What all rooms share: one kit, so that each model is loaded once a session."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dragoman.model.config import Config
from dragoman.reading.kit import Kit

settings.register_profile("dragoman", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dragoman")


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """Settings as they ship, with a cache folder of the session's own."""
    folder: Path = tmp_path_factory.mktemp("cache")
    return Kit(Config(cache_folder=str(folder)))
