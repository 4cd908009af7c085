"""What a team does not keep for ever: taken away when it is due, by a fact, and by nothing else; on both engines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from factboard import retention as room
from factboard.domain import chain, contact, enrolment, placement
from factboard.domain import events as e
from factboard.domain import retention as rules
from factboard.domain import team as team_rules
from factboard.domain.chain import Broken, How
from factboard.domain.refusal import Conflict
from factboard.recorder import Recorder
from factboard.retention import Retention
from factboard.storage import drafts, history, projections
from factboard.storage.engine import Store
from tests.conftest import NOW, TEAM, Clock, a_client, a_team
from tests.proof.given import found, hand_in
from tests.walk import AT_A_MEETING, OF_A_DAY, ON_THE_BOARD, Walk, a_long_one
from tests.whole import check_whole

LEFT = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # 23:30 in Stockholm, on the 23rd
TABLES = (
    "history", "team", "client", "meeting", "notice", "keyframe", "episode", "contact", "said", "mark", "request",
    "document", "draft",
)  # fmt: skip
DUE = datetime(2036, 11, 23, 23, 0, tzinfo=UTC)  # the end of that day ten years later


@pytest.fixture(autouse=True)
def _always_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "EVERY", 0.0)


async def keeps(recorder: Recorder, years: int) -> None:
    async with recorder.store.reading() as connection:
        here = await projections.team(connection, TEAM)
    assert here
    asked = replace(here.settings, retention_years=years)
    await recorder.change(TEAM, "lars", team_rules.change_settings, settings=asked)


async def a_life(recorder: Recorder, clock: Clock, surname: str = "Hemlig") -> str:
    """A client who was on the board and has left the team."""
    clock.now = NOW
    client = await a_client(recorder, surname, "Stina", notes="Hemligt om Stina")
    await recorder.change(
        TEAM, "anna", placement.put_on_board, client=client, category="admitted", reason="Hemlig orsak"
    )
    await recorder.change(TEAM, "anna", contact.log, client=client, contact=e.ContactKind.HOME, note="Hemligt besök")
    clock.now = LEFT
    await recorder.change(TEAM, "lars", enrolment.end_enrolment, client=client, reason=e.EndReason.MOVED)
    return client


async def everything(store: Store) -> str:
    """Every cell of every table but the access log's, as text."""
    async with store.reading() as connection:
        rows = [row for table in TABLES for row in await connection.execute(text(f"SELECT * FROM {table}"))]
    return "\n".join(str(tuple(row)) for row in rows)


async def the_index(store: Store) -> bytes:
    """All that SQLite's index of words holds."""
    async with store.reading() as connection:
        return b"".join(row.block for row in await connection.execute(text("SELECT block FROM said_words_data")))


async def test_what_is_due_is_taken_away_and_the_chain_stays_whole(recorder: Recorder, clock: Clock) -> None:
    await a_team(recorder)
    await keeps(recorder, 10)
    gone, stays = await a_life(recorder, clock), await a_client(recorder, "Kvar")
    before = await check_whole(recorder.store, TEAM)
    async with recorder.store.reading() as connection:
        assert len(await history.find(connection, TEAM, history.Filter(words="hemlig"))) == 3
    draft = drafts.Draft("anna", 0, NOW, NOW, [("who_i_am", "hemlig")])
    async with recorder.store.writing() as connection:
        await drafts.keep(connection, TEAM, gone, "about", draft)
    retention = Retention(recorder, recorder.store)
    clock.now = DUE.replace(minute=0) - (DUE - LEFT) / 1000
    assert await retention.daily() == 0
    clock.now = DUE
    assert await retention.daily() == 1
    assert await retention.daily() == 0
    assert "hemlig" not in (await everything(recorder.store)).lower()
    if recorder.store.sqlite:
        assert b"hemlig" not in await the_index(recorder.store)

    async with recorder.store.reading() as connection:
        rows = [row async for row in history.rows(connection, TEAM)]
        assert [one.id for one in await projections.caseload(connection, TEAM, ended=True)] == [stays]
        by_words = await history.find(connection, TEAM, history.Filter(words="hemlig"))
        of_then = history.Filter(since=NOW, until=LEFT, clients=(gone,))
        assert (by_words, bool(await history.find(connection, TEAM, of_then))) == ([], True)
    about = [row.seq for row in before if row.client == gone]
    assert [row.seq for row in rows if row.payload is None] == [row.seq for row in rows if row.salt is None] == about
    assert [replace(row, payload=None, salt=None) for row in before if row.client == gone] == [
        row for row in rows if row.payload is None
    ]  # who, when and which kind stand
    redacted = rows[-1]
    assert (redacted.kind, redacted.client, redacted.actor) == ("redacted", gone, "factboard")
    said = {"rows": about, "facts": len(about), "ended": "2026-11-23", "years": 10}
    assert json.loads(redacted.payload or "") == said
    told = await found(recorder.store)
    assert (told.broken, told.seq) == (None, rows[-1].seq)
    named = dict.fromkeys(about, gone)
    assert chain.verify(rows, redacted=named) is None
    await check_whole(recorder.store, TEAM)
    await a_client(recorder, "Ny")  # and life goes on
    await check_whole(recorder.store, TEAM)


async def test_the_database_lets_no_other_hand_take_anything_away(recorder: Recorder, clock: Clock) -> None:
    await a_team(recorder)
    await keeps(recorder, 10)
    gone, stays = await a_life(recorder, clock), await a_client(recorder, "Kvar")
    clock.now = DUE
    columns = "team, seq, at, actor, kind, version, client, placement, payload, salt, digest, previous, hash"
    away = "UPDATE history SET payload = NULL, salt = NULL"

    async def together(*statements: str) -> None:
        async with recorder.store.writing() as connection:
            for statement in statements:
                await connection.execute(text(statement.replace(":", r"\:")))

    async def refused(*statements: str) -> None:
        with pytest.raises(DBAPIError, match="append-only"):
            await together(*statements)

    async with recorder.store.reading() as connection:
        head = await history.head(connection, TEAM)
        rows = [row async for row in history.rows(connection, TEAM)]
    assert head
    mine = next(row.seq for row in rows if row.client == stays)

    def names(seqs: list[int], client: str | None = gone, kind: str = "redacted", seq: int = head[0] + 1) -> str:
        about = f"'{client}'" if client else "NULL"
        values = f"'{TEAM}', {seq}, 'x', 'eva', '{kind}', 1, {about}, NULL, '{json.dumps({'rows': seqs})}', 's', 'd'"
        return f"INSERT INTO history ({columns}) VALUES ({values}, 'p', 'h{seq}')"

    one = next(row.seq for row in rows if row.client == gone)
    await refused(away)
    await refused(f"{away} WHERE seq = {one}")
    await refused(names([one]), f"{away} WHERE seq = {one + 1}")  # another one than it names
    await refused(names([one], stays), f"{away} WHERE seq = {one}")  # another client's
    await refused(names([2], None), f"{away} WHERE seq = 2")  # nobody's
    await refused(names([one], kind="taken"), f"{away} WHERE seq = {one}")  # no redaction
    await refused(names([one]), names([one], kind="taken", seq=head[0] + 2), f"{away} WHERE seq = {one}")  # afterwards
    await refused(
        names([one]), f"UPDATE history SET payload = NULL WHERE seq = {one}", f"{away}, actor = 'eva' WHERE seq = {one}"
    )
    await refused(names([one]), f"UPDATE history SET payload = '{{}}', salt = NULL WHERE seq = {one}")
    await refused(names([head[0] + 1], gone))  # itself
    await refused(names([mine], stays), "DELETE FROM history WHERE seq = 2")

    assert await Retention(recorder, recorder.store).daily() == 1
    await refused(f"{away} WHERE seq = {head[0] + 1}")  # a redaction can itself not be redacted
    await refused(f"UPDATE history SET payload = '{{}}', salt = 's' WHERE seq = {one}")  # nor anything put back
    await check_whole(recorder.store, TEAM)


async def test_a_long_life_is_taken_away_by_several_facts(
    recorder: Recorder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "TOGETHER", 2)
    await a_team(recorder)
    await keeps(recorder, 10)
    await a_life(recorder, clock)
    clock.now = DUE
    assert await Retention(recorder, recorder.store).daily() == 1
    assert "Hemlig" not in await everything(recorder.store)
    rows = await check_whole(recorder.store, TEAM)
    assert [len(json.loads(row.payload or "")["rows"]) for row in rows if row.kind == "redacted"] == [2, 2, 1]


async def test_whatever_has_happened_live_is_rebuilt_after_it_and_life_goes_on(
    sqlite_store: Store, clock: Clock, full: bool
) -> None:
    """Meetings, notices and figures held the client too: the others' parts of them stay as they were."""
    for seed in range(40 if full else 1):
        walk = Walk(Recorder(sqlite_store, clock), clock, f"team{seed}")
        await walk.begin(3)
        for step in (*a_long_one(AT_A_MEETING, seed), *a_long_one(OF_A_DAY, seed))[: None if full else 60]:
            await walk.play(step)
        async with sqlite_store.reading() as connection:
            here = await projections.team(connection, walk.team)
            here_now = {one.id: one for one in await projections.caseload(connection, walk.team, ended=True)}
        assert here
        if here_now[walk.clients[0]].enrolled:
            gone = {"client": walk.clients[0], "reason": e.EndReason.MOVED}
            await walk.change("lars", enrolment.end_enrolment, **gone)
        asked = replace(here.settings, retention_years=1)
        await walk.change("lars", team_rules.change_settings, settings=asked)
        clock.now = (clock.now + timedelta(days=368)).replace(hour=1)
        assert await Retention(walk.recorder, sqlite_store).daily() >= 1
        rows = await check_whole(sqlite_store, walk.team)
        assert {row.kind for row in rows if row.payload is None} > {"client_enrolled"}
        walk.clients = walk.clients[1:]
        for step in a_long_one(ON_THE_BOARD, seed)[:20]:
            await walk.play(step)
        await check_whole(sqlite_store, walk.team)


class TestWhatStopsIt:
    async def due(self, recorder: Recorder, clock: Clock) -> int:
        clock.now = DUE
        return await Retention(recorder, recorder.store).daily()

    async def test_a_team_that_has_set_nothing_keeps_all(self, sqlite_store: Store, clock: Clock) -> None:
        recorder = Recorder(sqlite_store, clock)
        await a_team(recorder)
        await a_life(recorder, clock)
        assert await self.due(recorder, clock) == 0
        clock.now = NOW
        await keeps(recorder, 10)
        assert await self.due(recorder, clock) == 1  # who left before the rule is not forgotten by it

    async def test_people_at_work_until_they_have_gone_home(self, sqlite_store: Store, clock: Clock) -> None:
        recorder = Recorder(sqlite_store, clock)
        await a_team(recorder)
        await keeps(recorder, 10)
        await a_life(recorder, clock, "Ett")
        await a_life(recorder, clock, "Två")
        for hour, done in ((9, 0), (15, 0), (20, 2)):  # 10 and 16 o'clock on a Monday, then the evening
            clock.now = datetime(2036, 11, 24, hour, tzinfo=UTC)
            assert await Retention(recorder, sqlite_store).daily() == done
        rows = await check_whole(sqlite_store, TEAM)
        assert [row.kind for row in rows[-2:]] == ["redacted", "redacted"]  # both in one transaction

    async def test_a_legal_hold_until_it_is_lifted(self, sqlite_store: Store, clock: Clock) -> None:
        recorder = Recorder(sqlite_store, clock)
        await a_team(recorder)
        await keeps(recorder, 10)
        client = await a_life(recorder, clock)
        await recorder.change(TEAM, "lars", rules.place_hold, client=client, reason="IVO frågar")
        with pytest.raises(Conflict, match="held_already"):
            await recorder.change(TEAM, "lars", rules.place_hold, client=client, reason="Igen")
        assert await self.due(recorder, clock) == 0
        assert "Hemlig" in await everything(sqlite_store)
        await recorder.change(TEAM, "lars", rules.lift_hold, client=client, reason="Ärendet är stängt")
        with pytest.raises(Conflict, match="not_held"):
            await recorder.change(TEAM, "lars", rules.lift_hold, client=client, reason="Igen")
        assert await self.due(recorder, clock) == 1
        await check_whole(sqlite_store, TEAM)

    async def test_somebody_who_came_back(self, sqlite_store: Store, clock: Clock) -> None:
        recorder = Recorder(sqlite_store, clock)
        await a_team(recorder)
        await keeps(recorder, 10)
        client = await a_life(recorder, clock)
        again = e.Details("Hemlig", "Stina")
        await recorder.change(TEAM, "lars", enrolment.enrol, client=client, details=again)
        assert await self.due(recorder, clock) == 0


async def test_what_was_taken_away_without_such_a_fact_is_tampering(sqlite_store: Store, clock: Clock) -> None:
    recorder = Recorder(sqlite_store, clock)
    await a_team(recorder)
    await keeps(recorder, 10)
    await a_life(recorder, clock)
    other = await a_client(recorder, "Kvar")
    clock.now = DUE
    assert await Retention(recorder, sqlite_store).daily() == 1
    rows = await check_whole(sqlite_store, TEAM)
    kept = next(row for row in rows if row.client == other)
    gone = next(row for row in rows if row.payload is None)
    with hand_in(sqlite_store) as database:
        database.execute("UPDATE history SET payload = NULL, salt = NULL WHERE seq = ?", (kept.seq,))
        assert (await found(sqlite_store)).broken == Broken(kept.seq, How.PAYLOAD)
        database.execute("UPDATE history SET payload = ?, salt = ? WHERE seq = ?", (kept.payload, kept.salt, kept.seq))
        assert (await found(sqlite_store)).broken is None
        database.execute("UPDATE history SET payload = '{}', salt = 's' WHERE seq = ?", (gone.seq,))
        assert (await found(sqlite_store)).broken == Broken(gone.seq, How.PAYLOAD)  # it is gone, or else it is not
        database.execute("UPDATE history SET payload = NULL, salt = NULL WHERE seq IN (?, ?)", (gone.seq, rows[-1].seq))
        assert (await found(sqlite_store)).broken  # the redaction itself
