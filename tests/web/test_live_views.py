"""Every page that is live: what it shows when it comes is what its stream begins with, and is not sent twice."""

from __future__ import annotations

import asyncio
import json
import re

import httpx2
import pytest

from tests.service import Service

PAGES = ("/board", "/", "/today", "/visits", "/meeting", "/wall/here")


async def first_event(browser: httpx2.AsyncClient, path: str, shown: str) -> tuple[str, str]:
    """How the stream begins for a screen that shows this version: the first event's name, and what it names."""
    lines: list[str] = []
    async with asyncio.timeout(5), browser.stream("GET", path, headers={"Last-Event-ID": shown}) as answer:
        async for line in answer.aiter_lines():
            if not line:
                break
            lines.append(line)
    if lines[0] == "event: beat":
        return "beat", json.loads(lines[1].removeprefix("data: "))["version"]
    return "frame", lines[0].removeprefix("id: ")


@pytest.mark.parametrize("page", PAGES)
async def test_the_stream_takes_the_page_at_its_word(service: Service, anna: httpx2.AsyncClient, page: str) -> None:
    for name in ("Stina Exempel", "Åke Provström"):
        await service.put_on(name)
    html = (await anna.get(page)).text
    shown = re.search(r'<data id="frame" value="(\w+)" hidden></data>\s*</', html)
    stream = re.search(r'hx-sse:connect="([^"]+)"', html)
    assert shown
    assert stream
    assert await first_event(anna, stream[1], shown[1]) == ("beat", shown[1])
    assert await first_event(anna, stream[1], "another") == ("frame", shown[1])
    await service.put_on("Vilma Skyddsson")
    kind, newest = await first_event(anna, stream[1], shown[1])
    assert kind == ("frame" if newest != shown[1] else "beat")
    if page in ("/board", "/wall/here"):
        assert kind == "frame"
