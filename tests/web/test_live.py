"""`GET /live/{view}`: who may open it, what it writes in the access log, and when it ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from time import perf_counter
from types import SimpleNamespace
from typing import Any, cast

import httpx2

from factboard.live import metrics
from factboard.live.frame import Frame
from factboard.live.watch import Watch
from factboard.web.live import LiveStream
from tests.live.house import House, build
from tests.live.serving import Screen, serving

BOTH = frozenset({"Synthetic One", "Synthetic Two"})


async def test_an_unknown_view_is_404_and_a_role_without_the_right_403() -> None:
    house = House(sessions={"anna", "admin"})
    async with serving(build(house)) as (url, _), httpx2.AsyncClient() as client:
        assert (await client.get(f"{url}/live/kitchen")).status_code == 404
        client.cookies.set("who", "admin")
        assert (await client.get(f"{url}/live/board")).status_code == 403
    assert house.access == []


async def test_head_opens_no_stream() -> None:
    house = House()
    async with serving(build(house)) as (url, _), httpx2.AsyncClient() as client:
        answer = await client.head(f"{url}/live/board")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert house.access == []


async def test_nothing_to_show_is_503() -> None:
    house = House(broken=True)
    async with serving(build(house)) as (url, _), httpx2.AsyncClient() as client:
        assert (await client.get(f"{url}/live/board")).status_code == 503
        house.broken = False
        async with Screen(url) as screen:
            await screen.until(lambda: screen.frames)


async def test_the_access_log_hears_of_the_opening_each_newly_shown_client_and_the_end() -> None:
    house = House()
    async with serving(build(house)) as (url, _):
        async with Screen(url) as screen, httpx2.AsyncClient() as client:
            await screen.until(lambda: screen.frames)
            for card in ("Synthetic Three", "Synthetic Three"):
                await client.post(f"{url}/put", params={"card": card})
            await screen.until(lambda: len(screen.frames) == 3)
        await screen.until(lambda: len(house.access) == 3)
    assert house.access == [
        ("opened", "anna", BOTH),
        ("shows", "anna", frozenset({"Synthetic Three"})),
        ("closed", "anna", frozenset()),
    ]


class Shown:
    """A watch that shows these, one after the other, each on a day of its own."""

    def __init__(self, *shown: tuple[int, frozenset[str]]) -> None:
        self.shown, self.day = shown, shown[0][0]
        self.key, self.frame = SimpleNamespace(view="wall"), Frame("", 1, None, shown[0][1])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for day, clients in self.shown:
            self.day, self.frame = day, Frame("", 1, None, clients)
            yield b""


async def test_who_is_shown_again_after_nobody_was_or_on_another_day_is_logged_again() -> None:
    house, nobody = House(), frozenset[str]()
    watch = Shown((1, BOTH), (1, BOTH), (1, nobody), (1, BOTH), (2, BOTH), (2, BOTH))
    who: Any = SimpleNamespace(user="screen:1")
    stream = LiveStream(cast("Watch", watch), house, who, lambda: date(2026, 3, watch.day))
    assert len([chunk async for chunk in stream._chunks()]) == 6
    assert house.access == [("shows", "screen:1", BOTH)] * 2, "after the night, and on the next day"


async def test_the_stream_of_a_revoked_session_ends_within_5_seconds_and_says_so() -> None:
    house = House()
    async with serving(build(house)) as (url, _), Screen(url) as gone, Screen(url, "lars") as kept:
        await gone.until(lambda: gone.frames and kept.frames)
        house.sessions.remove("anna")
        started = perf_counter()
        await gone.until(lambda: gone.ended)
        assert perf_counter() - started < 5
        assert gone.messages[-1].event == "revoked"
        assert not kept.ended
        async with httpx2.AsyncClient() as client:
            assert (await client.get(f"{url}/live/board")).status_code == 401


async def test_open_streams_and_deliveries_are_measured() -> None:
    streams, deliveries = metrics.OPEN_STREAMS.labels("board"), metrics.DELIVERIES.labels("board")
    open_before, handed_before = streams._value.get(), deliveries._value.get()
    async with serving(build(House())) as (url, _), Screen(url) as one, Screen(url, "lars") as two:
        await one.until(lambda: one.frames and two.frames)
        assert streams._value.get() == open_before + 2
        async with httpx2.AsyncClient() as client:
            await client.post(f"{url}/put", params={"card": "Synthetic Three"})
        await one.until(lambda: len(one.frames) == len(two.frames) == 2)
        assert deliveries._value.get() - handed_before in (3, 4)  # the first frame is for whoever came by then
