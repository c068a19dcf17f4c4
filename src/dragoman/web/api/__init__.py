"""The interface for programs, at /api: what the pages show as lists and single things, articles and corrections sent in, and news as they come.

/api/openapi.json describes all of it; errors are problems as RFC 9457 has them; answers have an ETag that changes with the record
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Response

from dragoman import __version__
from dragoman.web.api import adding, correcting, described, listing, single, stream, summing
from dragoman.web.api.problems import problem, told


def application(state: Any) -> FastAPI:
    """The interface over the record of an application whose state this is."""
    api = FastAPI(
        title="Dragoman",
        version=__version__,
        description=described.TEXT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        separate_input_output_schemas=False,
        redirect_slashes=False,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    api.state = state
    # First what has a name of its own, since /events/{id} would take it for an id.
    for part in (stream, listing, summing, single, adding, correcting, described):
        api.include_router(part.router)
    told(api)
    api.openapi = lambda: described.schema_of(api)  # type: ignore[method-assign]
    return api


def missing() -> Response:
    """The answer at an address that the interface does not have."""
    return problem(404, "there is nothing at this address; see /api/openapi.json")
