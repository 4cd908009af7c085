"""Who can sign in, and which sessions hold: on both engines."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from factboard.domain import team
from factboard.domain.events import Role
from factboard.recorder import Recorder
from factboard.storage import accounts
from factboard.storage.accounts import Limits, SignedIn
from factboard.storage.engine import Store
from tests.conftest import NOW, TEAM, a_team

LIMITS = Limits(idle=timedelta(hours=1), absolute=timedelta(hours=12))
SECOND = timedelta(seconds=1)


async def add(store: Store, *users: str, admin: bool = False) -> None:
    async with store.writing() as connection:
        for user in users:
            await accounts.add(connection, user, user, f"{user.title()} Test", "hash", admin)


async def session(store: Store, user: str = "anna", team: str | None = TEAM, at: datetime = NOW) -> str:
    id = f"session of {user} {at}"
    async with store.writing() as connection:
        await accounts.sign_in(connection, id, user, team, at)
    return id


async def held(store: Store, *sessions: str, now: datetime = NOW) -> list[SignedIn]:
    async with store.reading() as connection:
        return await accounts.signed_in(connection, sessions, now, LIMITS)


async def test_a_session_says_who_where_and_as_what(recorder: Recorder) -> None:
    await a_team(recorder)
    await a_team(recorder, "skogen", "Team Skogen")
    await add(recorder.store, "anna", "lars")
    anna, lars = [await session(recorder.store, user) for user in ("anna", "lars")]
    found = {one.session: one for one in await held(recorder.store, anna, lars, "no such session")}
    assert set(found) == {anna, lars}
    assert (found[anna].user, found[anna].team, found[anna].role) == ("anna", TEAM, Role.CLINICIAN)
    assert (found[lars].role, found[lars].teams) == (Role.LEAD, 2)


async def test_a_session_holds_for_an_hour_without_a_click_and_twelve_in_any_case(store: Store) -> None:
    await add(store, "anna")
    one = await session(store)
    assert await held(store, one, now=NOW + timedelta(hours=1) - SECOND)
    assert not await held(store, one, now=NOW + timedelta(hours=1))
    for clicks in range(1, 17):
        now = NOW + timedelta(minutes=50 * clicks)
        assert bool(await held(store, one, now=now)) == (now < NOW + timedelta(hours=12))
        async with store.writing() as connection:
            await accounts.touch(connection, one, now)
    assert not await held(store, one, now=NOW + timedelta(hours=12))


async def test_signing_out_ends_one_session_or_all_of_a_person(store: Store) -> None:
    await add(store, "anna", "lars")
    first, second = await session(store), await session(store, at=NOW - SECOND)
    other = await session(store, "lars")
    async with store.writing() as connection:
        await accounts.sign_out(connection, first)
    assert {one.session for one in await held(store, first, second, other)} == {second, other}
    async with store.writing() as connection:
        await accounts.sign_out_everywhere(connection, "anna")
    assert {one.session for one in await held(store, first, second, other)} == {other}


async def test_a_closed_account_is_out_and_comes_back_when_it_is_reopened(store: Store) -> None:
    await add(store, "anna")
    one = await session(store)
    for closed in (True, False):
        async with store.writing() as connection:
            await accounts.change(connection, "anna", closed=closed)
        assert bool(await held(store, one)) is not closed


async def test_a_role_counts_as_it_is_now(recorder: Recorder) -> None:
    await a_team(recorder)
    await add(recorder.store, "anna")
    one = await session(recorder.store)
    await recorder.change(TEAM, "lars", team.remove_member, user="anna")
    [now] = await held(recorder.store, one)
    assert (now.team, now.role) == (None, None)


async def test_an_administrator_is_that_and_nothing_else(recorder: Recorder) -> None:
    await a_team(recorder)
    await add(recorder.store, "anna", admin=True)  # who is also a member of the team
    [found] = await held(recorder.store, await session(recorder.store))
    assert (found.team, found.role) == (None, Role.ADMIN)


async def test_people_are_found_by_username_however_it_is_typed(store: Store) -> None:
    await add(store, "anna")
    async with store.reading() as connection:
        assert (await accounts.by_username(connection, " ANNA ")) == await accounts.by_id(connection, "anna")
        assert await accounts.by_username(connection, "ann_") is None
        assert await accounts.names(connection, ["anna", "nobody"]) == {"anna": "Anna Test"}
        assert [user.id for user in await accounts.everyone(connection)] == ["anna"]
        assert await accounts.count(connection) == 1


async def test_a_username_is_one_persons(store: Store) -> None:
    await add(store, "anna")
    with pytest.raises(IntegrityError):
        async with store.writing() as connection:
            await accounts.add(connection, "another id", "anna", "Anna Två", "hash")
