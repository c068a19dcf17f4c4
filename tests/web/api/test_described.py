"""Schemathesis asks whatever the interface's own description allows, and what it does not; answers must be as described.

The stream is left out, since it does not end (test_stream.py has it), and of the checks `positive_data_acceptance`: a cursor, a day that the calendar
does not have and a name that nobody bears are as described, and refused.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from dragoman.reading.kit import Kit
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store
from dragoman.web import api
from dragoman.web.app import application
from dragoman.web.settings import Settings

TOKEN = "a token that only tests know"  # noqa: S105
STREAM = "/events/stream"
DESCRIBED = api.application(SimpleNamespace()).openapi()["paths"]
OPERATIONS = [(method, path) for path, methods in DESCRIBED.items() for method in methods if path != STREAM]
# What takes nothing cannot be asked otherwise.
CASES = [(*one, GenerationMode.POSITIVE) for one in OPERATIONS] + [
    (method, path, GenerationMode.NEGATIVE) for method, path in OPERATIONS if {"parameters", "requestBody"} & DESCRIBED[path][method].keys()
]
# Requests to each address, of those that are as described and of others.
MOST = 5


@pytest.fixture(scope="module")
def described(made_once: Path, kit: Kit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    store = open_store(str(shutil.copy(made_once, tmp_path_factory.mktemp("described") / "record.db")))
    app = application(store, lambda: open_shelf(store, kit.config), Settings(config=kit.config, token=TOKEN))
    # Wrong tokens are among what is sent, and would have all else refused.
    app.state.failures.wait = lambda *_: 0
    yield schemathesis.openapi.from_asgi("/api/openapi.json", app)
    store.close()


@pytest.mark.parametrize(("method", "path", "mode"), CASES)
def test_the_interface_is_as_it_is_described(described: Any, method: str, path: str, mode: GenerationMode) -> None:
    operation = described[path][method.upper()]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=MOST, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def asked(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"}, excluded_checks=[positive_data_acceptance])

    asked()
