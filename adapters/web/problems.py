"""The page that a person gets when there is no other: what is not there, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ExceptionHandler

from adapters.web.guard import HEADERS
from adapters.web.room.errors import status
from adapters.web.templating import environment
from drills.errors import ReadbackError

_WRONG = "That did not work"


class Problems:
    """Starlette's handlers, by what is raised."""

    def __init__(self) -> None:
        self._template: Template = environment().get_template("problem.html")

    def handlers(self) -> Mapping[Any, ExceptionHandler]:
        return {ReadbackError: self._told, 404: self._nowhere, Exception: self._broken}

    async def _told(self, _request: Request, error: Exception) -> Response:
        told = error if isinstance(error, ReadbackError) else ReadbackError()
        return self._page(_WRONG, told.tell, status(told))

    async def _nowhere(self, _request: Request, _error: Exception) -> Response:
        return self._page("Nothing here", "There is no page at this address.", 404)

    async def _broken(self, _request: Request, _error: Exception) -> Response:
        # Starlette answers this one outside all middleware, so it brings the headers itself.
        return self._page(_WRONG, ReadbackError.tell, 500, HEADERS)

    def _page(self, title: str, sentence: str, code: int, headers: Mapping[str, str] | None = None) -> Response:
        return HTMLResponse(self._template.render(title=title, sentence=sentence), code, headers)
