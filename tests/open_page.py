"""The shape of the browser tests' `a_page` fixture: an address in, a page of its own out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from playwright.async_api import Page

OpenPage: TypeAlias = Callable[..., Awaitable[Page]]
