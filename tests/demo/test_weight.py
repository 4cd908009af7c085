"""What my day weighs on a phone's line, bodies and headers as they travel; `bench/phone.py` measures the time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import httpx2
import pytest_asyncio

from factboard.demo.serve import demo_app
from tests.demo.conftest import Demo
from tests.live.serving import PLAIN, serving

FIRST, AGAIN = 60_000, 10_000  # bytes
AS_A_PHONE = {"Sec-Fetch-Site": "none", "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "sv"}


@pytest_asyncio.fixture
async def anna(demo: Demo) -> AsyncIterator[httpx2.AsyncClient]:
    """The demo's clinician, on her phone."""
    async with (
        serving(demo_app(demo.store, demo.clock)) as (url, _),
        httpx2.AsyncClient(base_url=url, verify=PLAIN, headers=AS_A_PHONE, timeout=20) as phone,
    ):
        await phone.post("/demo/sign-in", data={"username": "anna"}, headers={"Sec-Fetch-Site": "same-origin"})
        yield phone


async def weight(phone: httpx2.AsyncClient, path: str) -> int:
    """Bytes of an answer, compressed as it comes, and its headers."""
    async with phone.stream("GET", path) as answer:
        assert answer.status_code == 200, path
        body = sum([len(chunk) async for chunk in answer.aiter_raw()])
        return body + sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)


async def beginning(phone: httpx2.AsyncClient, path: str, shown: str) -> int:
    """Bytes with which a stream begins, for a screen that shows this version: all that comes in half a second."""
    async with phone.stream("GET", path, headers={"Last-Event-ID": shown}) as answer:
        assert "content-encoding" not in answer.headers
        come = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
        try:
            async with asyncio.timeout(0.5):
                async for chunk in answer.aiter_raw():
                    come += len(chunk)
        except TimeoutError:
            return come
    raise AssertionError("the stream ended")


async def test_my_day_is_light_enough_for_a_stairwell(anna: httpx2.AsyncClient) -> None:
    html = (await anna.get("/")).text
    assert 'id="view"' in html
    shown = re.search(r'<data id="frame" value="(\w+)"', html)
    stream = re.search(r'hx-sse:connect="([^"]+)"', html)
    assert shown
    assert stream
    files = set(re.findall(r'<(?:link rel="stylesheet"|script)[^>]*(?:href|src)="(/static/[^"]+)"', html))
    assert len(files) >= 4
    assert re.findall(r'hx-trigger="(load[^"]*)"', html) == ["load, every 5s"], (
        "nothing but the stream is asked for at once"
    )
    again = {
        "/": await weight(anna, "/"),
        stream[1]: await beginning(anna, stream[1], shown[1]),
    }
    assert sum(again.values()) < AGAIN, again
    once = {path: await weight(anna, path) for path in files}
    assert sum(again.values()) + sum(once.values()) < FIRST, again | once


async def test_the_stream_does_not_bring_the_day_a_second_time(anna: httpx2.AsyncClient) -> None:
    html = (await anna.get("/")).text
    shown = re.search(r'<data id="frame" value="(\w+)"', html)
    assert shown
    assert await beginning(anna, "/live/today", shown[1]) < 1_000
    assert await beginning(anna, "/live/today", "something else") > 2_000
