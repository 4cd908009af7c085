"""What becomes of a message, on each engine: sent once, tried again as its push service asks, and given up in time; and
that no push service is ever waited for by whoever flags.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import perf_counter
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, select, text

from factboard.domain import events as e
from factboard.domain import notices, placement, team, undo
from factboard.domain.telling import OF_USE
from factboard.metrics import PUSH_OLDEST, PUSH_WAITING, PUSHES
from factboard.pushing import Pusher, own_key, pusher, worth
from factboard.pushing.outcomes import OUTCOMES
from factboard.recorder import Recorder
from factboard.settings import Settings
from factboard.storage import accounts, phones, projections
from factboard.storage import pushes as waiting
from factboard.storage.codec import instant_to_text
from factboard.storage.engine import Store
from factboard.storage.tables import push, push_subscription
from tests.conftest import TEAM, a_client, a_team, until
from tests.push.service import Phone, PushService

CONTACT = "mailto:drift@example.org"


class House:
    """A team and its people's phones; the pusher's time is moved by hand. `by` sends what is due."""

    def __init__(self, store: Store, recorder: Recorder, service: PushService) -> None:
        self.store, self.recorder, self.service = store, recorder, service
        self.now = datetime.now(UTC)
        self.by = self.pusher()
        self.clients = 0

    def pusher(self) -> Pusher:
        """As another process, or after a restart, has one."""
        settings = Settings(push_services=self.service.url, push_contact=CONTACT, _env_file=None)  # type: ignore[call-arg]
        return Pusher(self.store, settings, lambda: self.now)

    async def phone(self, user: str) -> Phone:
        phone = self.service.phone()
        async with self.store.writing() as connection:
            await accounts.sign_in(connection, f"session {phone.endpoint}", user, TEAM, self.now)
            keys = phone.subscription
            new = phones.Subscription(
                phone.endpoint, user, phone.endpoint, keys["p256dh"], keys["auth"], "Chrome, Android", "sv", self.now
            )
            await phones.subscribe(connection, new, f"session {phone.endpoint}")
        return phone

    async def flag(self, by: str = "anna") -> str:
        """Somebody new is put on the board; their id."""
        self.clients += 1
        client = await a_client(self.recorder, f"Exempel{self.clients}")
        await self.change(placement.put_on_board, client, by, category="short_intensive", reason="Sover inte")
        return client

    async def change(self, rule: Callable[..., list[e.Entry]], client: str, by: str = "anna", **what: Any) -> int:
        receipt = await self.recorder.change(TEAM, by, rule, client=client, **what)
        new = {"now": instant_to_text(self.now), "until": instant_to_text(self.now + OF_USE[e.News.FLAG])}
        await self.sql(
            "UPDATE push SET made = :now, due = :now, until = :until WHERE seq = :seq", seq=receipt.seq, **new
        )
        return receipt.seq

    async def send(self, after: float = 0) -> None:
        """What is due `after` so many seconds more is sent."""
        self.now += timedelta(seconds=after)
        await self.by.run()

    async def waits(self) -> int:
        async with self.store.reading() as connection:
            return await connection.scalar(select(func.count()).select_from(push)) or 0

    async def known(self) -> set[str]:
        async with self.store.reading() as connection:
            return set(await connection.scalars(select(push_subscription.c.endpoint)))

    async def sql(self, statement: str, **values: object) -> None:
        async with self.store.writing() as connection:
            await connection.execute(text(statement), values)


@pytest_asyncio.fixture
async def house(store: Store, recorder: Recorder, pushes: PushService) -> AsyncIterator[House]:
    await a_team(recorder)
    for user in ("anna", "lars", "maria"):
        async with store.writing() as connection:
            await accounts.add(connection, user, user, f"{user.title()} Test", "x")
    made = House(store, recorder, pushes)
    yield made
    await made.by.stop()


def counted() -> dict[str, float]:
    return {outcome: PUSHES.labels(outcome)._value.get() for outcome in OUTCOMES}


def more(before: dict[str, float]) -> dict[str, float]:
    """What was counted since, without what was not."""
    return {outcome: now - before[outcome] for outcome, now in counted().items() if now != before[outcome]}


async def test_each_phone_of_each_who_is_told_has_it_once(house: House) -> None:
    first, second, annas, marias = [await house.phone(user) for user in ("lars", "lars", "anna", "maria")]
    before = counted()
    await house.flag(by="anna")
    assert await house.waits() == 2
    await house.send()
    await house.send()
    assert [len(one.messages) for one in (first, second, annas, marias)] == [1, 1, 0, 0]
    assert await house.waits() == 0
    assert more(before) == {"sent": 2}
    assert first.messages[0].claims["sub"] == CONTACT


async def test_of_several_processes_one_sends_it(house: House) -> None:
    phone, others = await house.phone("lars"), [house.pusher() for _ in range(3)]
    for _ in range(8):
        await house.flag()
    await asyncio.gather(*(one.run() for one in (house.by, *others)))
    assert len(phone.messages) == house.service.tries == 8
    for one in others:
        await one.stop()


async def test_two_that_take_at_the_same_moment_do_not_take_the_same(house: House) -> None:
    await house.phone("lars")
    await house.flag()

    async def take() -> list[waiting.Push]:
        async with house.store.writing() as connection:
            return await waiting.claim(connection, house.now, pusher.LEASE, 10)

    async with house.store.writing() as connection:
        mine = await waiting.claim(connection, house.now, pusher.LEASE, 10)
        other = asyncio.create_task(take())
        await asyncio.sleep(0.3)  # it has found the row, and waits for this transaction
    assert (len(mine), await other) == (1, [])


async def test_what_waits_is_sent_after_a_restart(house: House) -> None:
    phone = await house.phone("lars")
    house.service.answer(phone, 503)
    await house.flag()
    await house.send()
    await house.by.stop()
    house.by = house.pusher()
    await house.send(after=5)
    assert len(phone.messages) == 1


async def test_what_was_sent_as_the_service_stopped_is_not_sent_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await house.phone("lars")
    await house.flag()

    async def cut(*_: object) -> None:
        raise asyncio.CancelledError  # as a stop does to what waits for the database

    with monkeypatch.context() as stopping:
        stopping.setattr(waiting, "settle", cut)
        await house.by._look()
        await until(lambda: not house.by._sending)
    await house.by.stop()
    house.by = house.pusher()
    await house.send(after=pusher.LEASE.total_seconds() + 1)
    assert len(phone.messages) == 1


async def test_a_process_that_dies_while_sending_leaves_it_to_be_sent_again(house: House) -> None:
    phone = await house.phone("lars")
    await house.flag()
    async with house.store.writing() as connection:
        taken = await waiting.claim(connection, house.now, pusher.LEASE, 10)
    assert len(taken) == 1
    await house.send(after=pusher.LEASE.total_seconds() - 1)
    assert phone.messages == []
    await house.send(after=1)
    assert len(phone.messages) == 1


@pytest.mark.parametrize("status", [404, 410])
async def test_a_subscription_that_is_gone_is_forgotten_with_all_that_waits_for_it(house: House, status: int) -> None:
    gone, kept = await house.phone("lars"), await house.phone("lars")
    house.service.answer(gone, 500, status)
    before = counted()
    await house.flag()
    await house.send()
    await house.flag()
    assert await house.waits() == 2 + 1
    await house.send()
    assert await house.known() == {kept.endpoint}
    assert await house.waits() == 0
    assert len(kept.messages) == 2
    assert more(before) == {"sent": 2, "failed": 1, "gone": 1}


@pytest.mark.parametrize("dated", [False, True], ids=["in seconds", "as a date"])
async def test_a_push_service_that_is_busy_is_left_alone_for_as_long_as_it_asks(house: House, dated: bool) -> None:
    phone = await house.phone("lars")
    asked = format_datetime(house.now + timedelta(seconds=90), usegmt=True) if dated else "90"
    house.service.answer(phone, 429, Retry_After=asked)
    before = counted()
    await house.flag()
    await house.send()
    await house.send(after=88)
    assert (phone.messages, house.service.tries) == ([], 1)
    await house.send(after=3)
    assert len(phone.messages) == 1
    assert more(before) == {"busy": 1, "sent": 1}


async def test_what_fails_is_tried_again_ever_more_seldom(house: House) -> None:
    phone = await house.phone("lars")
    house.service.answer(phone, 500, 502, 503)
    await house.flag()
    tries = []
    for after in (0, 4, 1, 9, 1, 19, 1):
        await house.send(after)
        tries.append(house.service.tries)
    assert tries == [1, 1, 2, 2, 3, 3, 4]
    assert len(phone.messages) == 1


@pytest.mark.parametrize("status", [401, 403])
async def test_a_push_service_that_refuses_the_services_key_is_counted_and_asked_again(
    house: House, status: int
) -> None:
    phone = await house.phone("lars")
    house.service.answer(phone, status)
    before = counted()
    await house.flag()
    await house.send()
    await house.send(after=5)
    assert len(phone.messages) == 1
    assert more(before) == {"refused": 1, "sent": 1}


async def test_what_would_be_no_better_the_next_time_is_not_tried_again(house: House) -> None:
    phone = await house.phone("lars")
    house.service.answer(phone, 413)
    before = counted()
    await house.flag()
    await house.send()
    assert await house.waits() == 0
    assert more(before) == {"failed": 1, "given_up": 1}


async def test_a_redirect_is_not_followed(house: House) -> None:
    phone, trap = await house.phone("lars"), await house.phone("maria")
    house.service.answer(phone, 307, Location=trap.endpoint)
    await house.flag()
    await house.send()
    assert (house.service.tries, trap.messages) == (1, [])


async def test_it_is_given_up_when_it_is_of_no_use_any_more(house: House) -> None:
    phone = await house.phone("lars")
    house.service.answer(phone, *[500] * 1000)
    before = counted()
    await house.flag()
    for _ in range(200):
        await house.send(after=600)
        if not await house.waits():
            break
    assert await house.waits() == 0
    assert more(before)["given_up"] == 1
    assert 10 < house.service.tries < 100  # in twelve hours


async def test_a_push_service_that_hangs_holds_up_nobody(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever flags, and phones at another push service."""
    from factboard.pushing import sending

    monkeypatch.setattr(sending, "PATIENCE", sending.aiohttp.ClientTimeout(total=1))
    phone = await house.phone("lars")
    house.service.hangs = asyncio.Event()
    before = counted()
    await house.flag()
    sends = asyncio.create_task(house.send())
    await until(lambda: house.service.tries)
    began = perf_counter()
    for _ in range(5):
        await house.flag()
    assert perf_counter() - began < 0.9, "a flag waited for a push service"
    await sends
    assert more(before) == {"unreachable": 6}
    house.service.hangs.set()
    house.service.hangs = None
    await house.send(after=6)
    assert len(phone.messages) == 6


async def test_a_push_service_that_is_not_there_is_tried_again(house: House) -> None:
    phone = await house.phone("lars")
    before = counted()
    await house.flag()
    await house.sql("UPDATE push_subscription SET endpoint = 'http://127.0.0.1:9/push/0'")
    house.by.own = house.by.own | {"http://127.0.0.1:9"}
    await house.send()
    assert (await house.waits(), more(before)) == (1, {"unreachable": 1})
    await house.sql("UPDATE push_subscription SET endpoint = :endpoint", endpoint=phone.endpoint)
    await house.send(after=5)
    assert len(phone.messages) == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("p256dh", base64.urlsafe_b64encode(b"\x04" + b"\x01" * 64).decode().rstrip("=")),  # on no curve
        ("auth", "!!!"),
        ("endpoint", "https://10.0.0.1/push"),
        ("endpoint", "http://push.example.org/1"),
    ],
)
async def test_a_subscription_that_cannot_be_used_is_forgotten(house: House, column: str, value: str) -> None:
    await house.phone("lars")
    await house.flag()
    await house.sql(f"UPDATE push_subscription SET {column} = :value", value=value)
    await house.send()
    assert (await house.known(), await house.waits(), house.service.tries) == (set(), 0, 0)


class TestIsItStillWorthSending:
    """Between the fact and the try much may have happened."""

    @pytest.fixture
    async def flagged(self, house: House) -> tuple[House, Phone, str]:
        phone = await house.phone("lars")
        return house, phone, await house.flag()

    async def nothing_comes(self, house: House, phone: Phone, why: str) -> None:
        before = counted()
        await house.send()
        assert (phone.messages, await house.waits()) == ([], 0)
        assert more(before) == {why: 1}

    async def test_not_when_its_reader_has_read_the_notice(self, flagged: tuple[House, Phone, str]) -> None:
        house, phone, client = flagged
        async with house.store.reading() as connection:
            [notice] = await projections.unread(connection, TEAM, "lars")
        await house.change(notices.read_notice, client, "lars", notice=notice.seq)
        await self.nothing_comes(house, phone, "read")

    async def test_not_when_the_flag_was_taken_back(self, flagged: tuple[House, Phone, str]) -> None:
        house, phone, client = flagged
        async with house.store.reading() as connection:
            seq = await connection.scalar(select(push.c.seq))
        await house.change(undo.undo, client, "anna", seq=seq, seen=seq - 1)
        assert await house.waits() == 0
        await house.send()
        assert phone.messages == []

    async def test_not_when_the_client_is_off_the_board_again(self, flagged: tuple[House, Phone, str]) -> None:
        house, phone, client = flagged
        await house.change(placement.enter_in_error, client, "anna", reason="Fel person")
        async with house.store.writing() as connection:
            await connection.execute(push.delete().where(push.c.kind != "flag"))
        await self.nothing_comes(house, phone, "over")

    @pytest.mark.parametrize(
        ("statement", "why"),
        [
            ("UPDATE session SET ended = true", "not_theirs"),
            ('UPDATE "user" SET closed = true', "not_theirs"),
            ("DELETE FROM membership WHERE \"user\" = 'lars'", "not_theirs"),
            ("UPDATE membership SET role = 'auditor' WHERE \"user\" = 'lars'", "not_theirs"),
            ("UPDATE session SET seen = '2020-01-01T00:00:00.000000Z'", "not_theirs"),
        ],
        ids=["signed out", "closed account", "left the team", "sees no clients", "long gone"],
    )
    async def test_not_to_a_phone_that_is_nobodys_of_the_team(
        self, flagged: tuple[House, Phone, str], statement: str, why: str
    ) -> None:
        house, phone, _ = flagged
        house.by._tidied = house.now
        await house.sql(statement)
        await self.nothing_comes(house, phone, why)

    async def test_but_to_one_whose_session_is_over_for_the_day(self, flagged: tuple[House, Phone, str]) -> None:
        house, phone, _ = flagged
        await house.send(after=11 * 3600)
        assert len(phone.messages) == 1


async def test_quiet_hours_are_waited_for_and_what_is_over_by_then_is_dropped(house: House) -> None:
    phone = await house.phone("lars")
    house.now = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)  # 23:00
    await house.sql("UPDATE \"user\" SET quiet_from = '22:00', quiet_to = '07:00'")
    await house.sql("UPDATE session SET seen = '2026-11-23T22:00:00.000000Z'")
    stays, goes = await house.flag(), await house.flag()
    before = counted()
    await house.send()
    await house.send(after=7 * 3600)
    assert (phone.messages, await house.waits(), more(before)) == ([], 2, {})
    assert PUSH_WAITING._value.get() == 2
    assert PUSH_OLDEST._value.get() == 0, "what rests on purpose is no delay"
    await house.change(placement.enter_in_error, goes, "lars", reason="Fel person")
    await house.send(after=3600)
    assert len(phone.messages) == 1
    assert more(before) == {"sent": 1, "over": 1}
    assert stays


async def test_a_phone_that_nobody_has_used_for_two_weeks_is_forgotten(house: House) -> None:
    await house.phone("lars")
    house.now += timedelta(days=13)
    await house.send()
    assert len(await house.known()) == 1
    await house.send(after=2 * 86400)
    assert await house.known() == set()


async def test_what_waits_and_for_how_long_is_measured(house: House) -> None:
    phone = await house.phone("lars")
    house.service.answer(phone, 500, 500)
    await house.flag()
    await house.send(after=1)
    await house.send(after=60)
    assert PUSH_WAITING._value.get() == 1
    assert 60 <= PUSH_OLDEST._value.get() < 75


async def test_a_team_without_phones_writes_nothing(house: House) -> None:
    await house.flag()
    assert await house.waits() == 0


async def test_what_the_team_wants_nobody_told_is_pushed_to_nobody(house: House) -> None:
    await house.phone("lars")
    nobody = e.Settings("Team Kusten", told=e.Told((), (), (), ()))
    await house.recorder.change(TEAM, "lars", team.change_settings, settings=nobody)
    await house.flag()
    assert await house.waits() == 0


async def test_the_key_is_made_once_whoever_asks_first(house: House) -> None:
    found = await asyncio.gather(*(own_key(house.store) for _ in range(4)))
    assert len({one["private"] for one in found}) == 1
    assert await own_key(house.store) == found[0]


async def test_a_try_that_could_not_be_written_down_is_not_made_again_once_it_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full as the answer comes in."""
    phone = await house.phone("lars")
    await house.flag()
    settle: Callable[..., Awaitable[None]] = waiting.settle

    async def full(*_: object) -> None:
        raise OSError("disk full")

    async with house.store.writing() as connection:
        taken = await waiting.claim(connection, house.now, pusher.LEASE, 10)
    monkeypatch.setattr(waiting, "settle", full)
    async with house.store.reading() as connection:
        known = await worth.known(connection, taken, house.now)
    await house.by._send(taken[0], known.readers[phone.endpoint], known.teams[TEAM])
    assert await house.waits() == 1
    monkeypatch.setattr(waiting, "settle", settle)
    await house.send(after=120)
    assert (len(phone.messages), await house.waits()) == (1, 0)
