"""The hub as an object: one rendering for all, the newest only, and repair of what was missed."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Set
from datetime import timedelta
from typing import Any

import pytest

from factboard.live import channel as channel_module
from factboard.live import hub as hub_module
from factboard.live.hub import Hub, Seat, UnavailableError
from factboard.live.watch import Watch
from tests.live.house import House


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def hub(house: House) -> Hub:
    return house.hub()


def watch(hub: Hub, session: str = "anna", language: str = "sv", shown: str = "") -> Watch:
    return hub.watch("board", "north", language, "team", session, shown)


async def take(chunks: AsyncIterator[bytes]) -> bytes:
    async with asyncio.timeout(1):
        return await anext(chunks)


async def opening(chunks: AsyncIterator[bytes]) -> tuple[bytes, bytes]:
    return await take(chunks), await take(chunks)


def beat_in(chunk: bytes) -> dict[str, Any]:
    return json.loads(chunk.split(b"event: beat\ndata: ")[1])  # type: ignore[no-any-return]


def version(chunk: bytes) -> str:
    """The version that a beat names."""
    return str(beat_in(chunk)["version"])


def named(chunk: bytes) -> str:
    """The version of the frame in it, as its id says and as its markup does, last of all."""
    id = re.search(rb"^id: (\w+)$", chunk, re.MULTILINE)
    mark = re.search(rb'<data id="frame" value="(\w+)" hidden></data></hx-partial>$', chunk, re.MULTILINE)
    assert id
    assert mark
    assert id[1] == mark[1]
    return id[1].decode()


async def test_a_screen_starts_with_the_whole_view_and_a_beat_of_its_version(hub: Hub) -> None:
    async with watch(hub) as screen:
        frame, beat = await opening(aiter(screen))
    assert b"Synthetic One" in frame
    assert version(beat) == named(frame)


async def test_a_screen_that_shows_the_newest_already_is_sent_the_beat_alone(house: House, hub: Hub) -> None:
    of_the_page = (await house.render("north", "sv", "team")).version
    async with watch(hub, shown=of_the_page) as screen:
        chunks = aiter(screen)
        first = await take(chunks)
        assert first.startswith(b"event: beat\n")
        assert version(first) == of_the_page
        await hub.changed("north", house.commit("Synthetic Three"))
        assert b"Synthetic Three" in await take(chunks)


async def test_a_screen_that_shows_something_else_is_sent_the_whole_view(house: House, hub: Hub) -> None:
    of_the_page = (await house.render("north", "sv", "team")).version
    house.commit("Synthetic Three")
    async with watch(hub, shown=of_the_page) as screen:
        frame, beat = await opening(aiter(screen))
    assert b"Synthetic Three" in frame
    assert version(beat) == named(frame) != of_the_page


async def test_nothing_assures_a_screen_that_shows_what_is_no_longer_known_to_be_true(house: House, hub: Hub) -> None:
    async with watch(hub):
        before = (await house.render("north", "sv", "team")).version
        house.broken = True
        await hub.changed("north", house.commit("Synthetic Three"))
        async with watch(hub, "lars", shown=before) as late:
            assert version(await take(aiter(late))) == ""
        hub._confirmed_at -= hub_module.SURE_FOR
        async with watch(hub, "lars", shown=before) as late:
            with pytest.raises(TimeoutError):
                await take(aiter(late))


async def test_a_change_that_a_view_does_not_show_is_told_by_the_beat_alone(house: House, hub: Hub) -> None:
    """A phone with one person's day is not sent the day again for each of the team's changes."""
    async with watch(hub) as screen:
        chunks = aiter(screen)
        frame, _ = await opening(chunks)
        house.seq += 1
        assert await hub.changed("north", house.seq) == 1
        told = await take(chunks)
    assert told.startswith(b"event: beat\n")
    assert (version(told), beat_in(told)["seq"]) == (named(frame), 2)


async def test_a_screen_that_missed_a_change_gets_it_with_the_next_one_that_changes_nothing(
    house: House, hub: Hub
) -> None:
    async with watch(hub) as slow:
        chunks = aiter(slow)
        await opening(chunks)
        await hub.changed("north", house.commit("Synthetic Three"))
        house.seq += 1
        await hub.changed("north", house.seq)
        chunk = await take(chunks)
    assert b"Synthetic Three" in chunk
    assert (version(chunk), beat_in(chunk)["seq"]) == (named(chunk), 3)


async def test_a_frame_is_one_data_line_with_bare_newlines(hub: Hub) -> None:
    async with watch(hub) as screen:
        frame, _ = await opening(aiter(screen))
    assert b"\r" not in frame
    assert [line.split(b":")[0] for line in frame.splitlines()] == [b"id", b"data", b""]


async def test_a_change_is_rendered_once_and_all_screens_get_the_same_bytes(house: House, hub: Hub) -> None:
    async with watch(hub) as one, watch(hub) as two, watch(hub, language="en") as other:
        screens = [aiter(screen) for screen in (one, two, other)]
        for screen in screens:
            await opening(screen)
        house.renders.clear()
        assert await hub.changed("north", house.commit("Synthetic Three")) == 3
        first, second, third = [await take(screen) for screen in screens]
    assert b"Synthetic Three" in first
    assert first is second
    assert third is not first
    assert sorted(house.renders) == [("north", "en"), ("north", "sv")]


async def test_a_change_of_another_team_reaches_nobody(house: House, hub: Hub) -> None:
    async with watch(hub):
        house.renders.clear()
        assert await hub.changed("south", 99) == 0
    assert house.renders == []


async def test_a_burst_is_two_renderings_and_the_newest_wins(house: House, hub: Hub) -> None:
    async with watch(hub) as screen:
        chunks = aiter(screen)
        await opening(chunks)
        house.renders.clear()
        house.gate = asyncio.Event()
        burst = [asyncio.create_task(hub.changed("north", house.commit("Synthetic 0")))]
        await asyncio.sleep(0.01)  # the first one is being rendered
        burst += [asyncio.create_task(hub.changed("north", house.commit(f"Synthetic {n}"))) for n in range(1, 50)]
        await asyncio.sleep(0.01)
        house.gate.set()
        assert set(await asyncio.gather(*burst)) == {1}
        newest = await take(chunks)
    assert beat_in(newest)["seq"] == 51
    assert b"Synthetic 49" in newest
    assert len(house.renders) == 2


async def test_a_slow_screen_skips_to_the_newest(house: House, hub: Hub) -> None:
    async with watch(hub) as slow:
        chunks = aiter(slow)
        await opening(chunks)
        for n in range(10):
            await hub.changed("north", house.commit(f"Synthetic {n}"))
        newest = await take(chunks)
        assert beat_in(newest)["seq"] == 11
        assert version(newest) == named(newest)
        with pytest.raises(TimeoutError):
            await take(chunks)


async def test_a_renderer_that_raises_disturbs_nobody_and_the_sweep_repairs(house: House, hub: Hub) -> None:
    async with watch(hub) as screen:
        chunks = aiter(screen)
        await opening(chunks)
        house.broken = True
        assert await hub.changed("north", house.commit("Synthetic Three")) == 0
        await hub._beat()
        assert version(await take(chunks)) == ""  # what no screen shows: they will say that they are late
        house.broken = False
        await hub.sweep()
        repaired = await take(chunks)
    assert b"Synthetic Three" in repaired
    assert version(repaired) == named(repaired)


async def test_a_renderer_that_hangs_holds_the_writer_for_a_second_at_most(
    house: House, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "CHANGE_PATIENCE", 0.1)
    monkeypatch.setattr(channel_module, "RENDER_PATIENCE", 0.3)
    async with watch(hub) as screen:
        chunks = aiter(screen)
        await opening(chunks)
        house.gate = asyncio.Event()
        async with asyncio.timeout(0.25):
            assert await hub.changed("north", house.commit("Synthetic Three")) == 0
        await asyncio.sleep(0.3)
        house.gate.set()
        await hub.sweep()
        assert b"Synthetic Three" in await take(chunks)


async def test_what_another_process_wrote_comes_by_the_sweep(house: House, hub: Hub) -> None:
    async with watch(hub) as screen:
        chunks = aiter(screen)
        await opening(chunks)
        house.commit("Synthetic Three")
        await hub.sweep()
        assert b"Synthetic Three" in await take(chunks)


async def test_a_frame_is_rendered_again_when_time_alone_changes_it(house: House, hub: Hub) -> None:
    house.valid_until = house.now + timedelta(hours=15)
    async with watch(hub) as screen:
        chunks = aiter(screen)
        await opening(chunks)
        await hub.sweep()
        assert len(house.renders) == 1
        house.now, house.valid_until = house.now + timedelta(hours=24), None
        await hub.sweep()
        chunk = await take(chunks)
    assert b'<p id="days">1</p>' in chunk
    assert version(chunk) == named(chunk)


async def test_a_view_that_stays_overdue_does_not_spin(house: House, hub: Hub) -> None:
    house.valid_until = house.now
    async with watch(hub):
        await hub.sweep()
        await asyncio.sleep(0.05)
    assert len(house.renders) == 2


async def test_a_revoked_session_hears_so_and_its_stream_ends(house: House, hub: Hub) -> None:
    async with watch(hub, "anna") as anna, watch(hub, "lars") as lars:
        revoked, kept = aiter(anna), aiter(lars)
        await opening(revoked)
        await opening(kept)
        house.sessions.remove("anna")
        await hub.sweep()
        assert b"event: revoked\n" in await take(revoked)
        with pytest.raises(StopAsyncIteration):
            await take(revoked)
        assert hub.open_streams() == 2  # both are still entered; the ended one leaves when its response does
        with pytest.raises(TimeoutError):
            await take(kept)


async def test_sessions_and_teams_are_asked_for_once_a_sweep(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    heads, admitted = house.heads, house.admitted
    monkeypatch.setattr(house, "heads", lambda teams: asked.append(set(teams)) or heads(teams))
    monkeypatch.setattr(house, "admitted", lambda seats: asked.append(set(seats)) or admitted(seats))
    hub = house.hub()
    async with watch(hub, "anna"), watch(hub, "anna", "en"), watch(hub, "lars"):
        await hub.sweep()
    assert asked == [{"north"}, {Seat("anna", "north", "board"), Seat("lars", "north", "board")}]


async def test_while_the_database_is_silent_so_is_the_beat(
    house: House, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watch(hub) as screen:
        chunks = aiter(screen)
        await opening(chunks)
        house.unreachable = True
        await hub.sweep()
        monkeypatch.setattr(hub_module, "SURE_FOR", 0.0)
        await hub._beat()
        with pytest.raises(TimeoutError):
            await take(chunks)
        async with watch(hub) as newcomer:
            arriving = aiter(newcomer)
            assert b"Synthetic One" in await take(arriving)
            with pytest.raises(TimeoutError):
                await take(arriving)


async def test_the_first_beat_after_the_silence_comes_with_the_first_answer(
    house: House, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watch(hub) as screen:
        chunks = aiter(screen)
        frame, _ = await opening(chunks)
        hub._confirmed_at -= hub_module.SURE_FOR
        assert not hub.sure
        await hub.sweep()
        assert version(await take(chunks)) == named(frame)


async def test_open_streams_are_counted_by_team_and_forgotten_when_they_close(hub: Hub) -> None:
    async with watch(hub), watch(hub, "lars", "en"):
        assert (hub.open_streams(), hub.open_streams("north"), hub.open_streams("south")) == (2, 2, 0)
    assert hub.open_streams() == 0
    assert hub._channels == {}


async def test_nothing_to_show_is_said_and_leaves_nothing_behind(house: House, hub: Hub) -> None:
    house.broken = True
    with pytest.raises(UnavailableError):
        async with watch(hub):
            pass
    assert hub.open_streams() == 0


async def test_a_screen_that_comes_while_the_renderer_fails_gets_the_last_frame_and_no_assurance(
    house: House, hub: Hub
) -> None:
    async with watch(hub):
        house.broken = True
        await hub.changed("north", house.commit("Synthetic Three"))
        async with watch(hub, "lars") as late:
            frame, beat = await opening(aiter(late))
    assert b"Synthetic Three" not in frame
    assert version(beat) == ""


async def test_many_screens_that_come_at_once_share_one_rendering(house: House, hub: Hub) -> None:
    screens = [watch(hub) for _ in range(100)]
    await asyncio.gather(*(screen.__aenter__() for screen in screens))
    assert len(house.renders) == 1
    assert hub.open_streams("north") == 100


async def test_stopping_says_goodbye_and_lets_nobody_in(house: House) -> None:
    hub = house.hub(beat_every=0.01, sweep_every=0.01)
    hub.start()
    async with watch(hub) as screen:
        chunks = aiter(screen)
        frame, beat = await opening(chunks)
        assert version(await take(chunks)) == version(beat)
        await hub.stop()
        assert b"event: bye\n" in await take(chunks)
        with pytest.raises(StopAsyncIteration):
            await take(chunks)
        with pytest.raises(UnavailableError):
            await watch(hub).__aenter__()
    assert b"Synthetic One" in frame


async def test_the_beat_tells_the_epoch_and_the_time_of_the_rules(house: House, hub: Hub) -> None:
    async with watch(hub) as screen:
        frame, beat = await opening(aiter(screen))
    assert beat_in(beat) == {"version": named(frame), "seq": 1, "at": "2026-03-02T08:40:00+00:00", "epoch": "first"}


async def test_an_unknown_view_cannot_be_watched(hub: Hub) -> None:
    with pytest.raises(KeyError):
        hub.watch("kitchen", "north", "sv", "team", "anna")


async def test_who_has_moved_to_another_team_no_longer_watches_the_first(
    house: House, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def moved(seats: Set[Seat]) -> Set[Seat]:
        return {seat._replace(team="south") for seat in seats}

    monkeypatch.setattr(hub, "_admitted", moved)
    async with watch(hub) as screen:
        chunks = aiter(screen)
        await opening(chunks)
        await hub.sweep()
        assert b"event: revoked\n" in await take(chunks)


async def test_each_view_is_a_right_of_its_own(house: House, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wall screen's key, or an auditor's role, may be good for one view and not for the other."""

    async def board_only(seats: Set[Seat]) -> Set[Seat]:
        return {seat for seat in seats if seat.view == "board"}

    monkeypatch.setattr(hub, "_admitted", board_only)
    hub.register("wall", house.render)
    async with watch(hub) as board, hub.watch("wall", "north", "sv", "team", "anna") as wall:
        kept, revoked = aiter(board), aiter(wall)
        await opening(kept)
        await opening(revoked)
        await hub.sweep()
        assert b"event: revoked\n" in await take(revoked)
        with pytest.raises(TimeoutError):
            await take(kept)


async def test_a_change_reaches_every_view_and_every_audience_of_the_team_once(house: House, hub: Hub) -> None:
    hub.register("wall", house.render)
    async with (
        watch(hub) as board,
        hub.watch("wall", "north", "sv", "screen.s1", "s1") as one,
        hub.watch("wall", "north", "sv", "screen.s1", "s1-again") as same,
        hub.watch("wall", "north", "sv", "screen.s2", "s2") as other,
    ):
        streams = [aiter(screen) for screen in (board, one, same, other)]
        for stream in streams:
            await opening(stream)
        before = len(house.renders)
        assert await hub.changed("north", house.commit("New")) == 4
        assert len(house.renders) - before == 3  # two screens with one audience share a frame
        for stream in streams:
            assert b"New" in await take(stream)
