"""The door: which requests are refused, and what every response carries."""

from __future__ import annotations

from uuid import uuid4

import aiohttp
import pytest
from room_house import ADA, RoomHouse


def a_post() -> dict[str, str]:
    return {"key": uuid4().hex, "text": "/drill help"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "[::2]", ""])
async def test_foreign_host_header_is_refused(room: RoomHouse, http: aiohttp.ClientSession, host: str) -> None:
    async with http.get(room.base + "/", headers={"Host": host}) as response:
        assert response.status == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765", "readback.example"])
async def test_loopback_and_configured_hosts_are_let_in(
    room: RoomHouse, http: aiohttp.ClientSession, host: str
) -> None:
    async with http.get(room.base + "/", headers={"Host": host}) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
async def test_post_from_another_site_is_refused_before_anybody_reads_it(
    room: RoomHouse, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    async with http.post(room.seat(ADA) + "/say", data=a_post(), headers=headers) as response:
        assert response.status == 403
    assert room.inbox.came == []


async def test_post_from_the_room_itself_is_taken(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    for headers in ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": room.base}, {}):
        async with http.post(room.seat(ADA) + "/say", data=a_post(), headers=headers) as response:
            assert response.status == 200
    assert len(room.inbox.came) == 3


@pytest.mark.parametrize("path", ["/", "/5-west/as/ada", "/static/room.js", "/nowhere/at/all/x", "/health"])
async def test_every_response_carries_the_security_headers(
    room: RoomHouse, http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(room.base + path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"


async def test_pages_hold_no_inline_script_or_style(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    async with http.get(room.seat(ADA)) as response:
        html = await response.text()
    assert "style=" not in html
    assert "<script>" not in html
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


async def test_health_says_ok(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    async with http.get(room.base + "/health") as response:
        assert await response.json() == {"status": "ok"}


async def test_giant_post_is_refused(room: RoomHouse, http: aiohttp.ClientSession) -> None:
    async with http.post(room.seat(ADA) + "/say", data={**a_post(), "text": "x" * 300_000}) as response:
        assert response.status == 413
    assert room.inbox.came == []
