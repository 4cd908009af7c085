"""Sheets for paper: what stands on them, who is not named, and that a file and its fact belong together."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from factboard.access import AccessLog
from factboard.domain import care, due, placement, roster, team, visits
from factboard.domain import events as e
from factboard.recorder import Recorder
from factboard.scheduler import Scheduler
from factboard.sheets import NAMES, Sheets, place
from factboard.storage import projections
from factboard.storage.engine import Store
from factboard.storage.tables import access_log
from tests.conftest import TEAM, Clock, a_client, a_team
from tests.service import OWN, a_service
from tests.test_scheduler import kinds
from tests.web.reading import words

DAY = date(2026, 11, 24)


class Office:
    """A team with two on the board, one of them protected, at half past seven the next morning."""

    def __init__(self, store: Store, clock: Clock, folder: Path) -> None:
        self.store, self.clock, self.folder = store, clock, folder
        self.recorder = Recorder(store, clock)
        self.access = AccessLog(store, clock)
        self.sheets = Sheets(self.recorder, store, self.access, folder)
        self.scheduler = Scheduler(self.recorder, store, self.sheets.write)

    @property
    def place(self) -> Path:
        return self.folder / TEAM / "morning-2026-11-24.html"

    async def open(self) -> Office:
        await a_team(self.recorder)
        known = {"phone": "070-174 06 58", "helps": "Lugn röst", "warnings": "Hund", "birth_date": date(1980, 5, 17)}
        stina = await a_client(self.recorder, **known)
        vilma = await a_client(self.recorder, "Skyddsson", "Vilma", protected=True, phone="070-174 06 33")
        for client in (stina, vilma):
            change = self.recorder.change
            await change(TEAM, "lars", placement.put_on_board, client=client, category="admitted", reason="Sover inte")
        await self.recorder.change(TEAM, "lars", visits.plan_visit, client=stina, who="anna", day=DAY)
        self.clock.now = self.clock.now.replace(hour=6, minute=30) + timedelta(days=1)
        return self


@pytest.fixture
async def office(sqlite_store: Store, clock: Clock, tmp_path: Path) -> Office:
    return await Office(sqlite_store, clock, tmp_path / "sheets").open()


async def test_both_sheets_say_how_somebody_is_and_of_a_protected_identity_only_its_code(office: Office) -> None:
    change = office.recorder.change
    async with office.store.reading() as connection:
        on_board = await projections.on_board(connection, TEAM)
    stina, vilma = sorted(on_board, key=lambda one: one.details.protected)
    for client, name in ((stina, "Öppenvård"), (vilma, "Hemlig")):
        told = {"reason": "Ringde i natt", "warning_signs": ("Slutar svara",), "needed": "Läkartid"}
        await change(TEAM, "lars", placement.put_on_board, client=client.id, category="admitted", **told)
        rated = {"rating": e.Rating.WORSE, "basis": e.Basis.SEEN}
        await change(TEAM, "lars", placement.rate, client=client.id, **rated)
        law = {"name": f"{name} tvång", "ends": DAY + timedelta(days=30)}
        await change(TEAM, "lars", care.start_legal_measure, client=client.id, **law)
        await change(TEAM, "lars", care.admit, client=client.id, ward=f"{name} avdelning")
    await change(TEAM, "lars", roster.note_absence, user="anna", first=DAY, last=DAY + timedelta(days=2))
    for kind in (e.Sheet.MORNING, e.Sheet.ON_CALL):
        wanted = due.SheetDue(office.clock(), kind, DAY, office.clock() + timedelta(days=1))
        assert await office.sheets.write(TEAM, wanted)
        text = words(httpx2.Response(200, text=(office.place.parent / f"{NAMES[kind]}-2026-11-24.html").read_text()))
        for said in ("Slutar svara", "Läkartid", "Sämre 24 nov", "Öppenvård tvång", "Öppenvård avdelning", "24 dec"):
            assert said in text, (kind, said)
        assert "Hemlig" not in text
        assert "26 nov" in text  # until when Anna is away


async def written(office: Office) -> list[e.SheetWritten]:
    rows = await kinds(office.store, TEAM, "sheet_written")
    return [row.fact for row in rows if isinstance(row.fact, e.SheetWritten)]


async def test_the_morning_sheet_is_one_file_with_its_digest_in_the_history(office: Office) -> None:
    await office.scheduler.run_all()
    content = office.place.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert [one for one in await written(office) if one.sheet is e.Sheet.MORNING] == [
        e.SheetWritten(e.Sheet.MORNING, DAY, office.place.name, digest, 2)
    ]
    text = content.decode()
    for said in ("Stina Exempel", "070-174 06 58", "Sover inte", "Anna"):
        assert said in text
    for hidden in ("Vilma", "Skyddsson", "070-174 06 33"):
        assert hidden not in text
    for foreign in ("<script", "<link", "src=", "href=", "@import", "url("):
        assert foreign not in text
    assert stat.S_IMODE(os.stat(office.place).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(office.place.parent).st_mode) == 0o700
    assert await office.scheduler.run_all() == 0
    assert list(office.place.parent.glob(".sheet-*")) == []


@pytest.mark.parametrize("stands", [False, True])
async def test_the_folder_of_all_is_its_owners_alone_unless_the_operator_made_it(office: Office, stands: bool) -> None:
    if stands:
        office.folder.mkdir()
        office.folder.chmod(0o750)
    await office.scheduler.run_all()
    assert office.place.exists()
    assert stat.S_IMODE(os.stat(office.folder).st_mode) == (0o750 if stands else 0o700)
    assert stat.S_IMODE(os.stat(office.place.parent).st_mode) == 0o700


async def test_everybody_on_it_stands_in_the_access_log(office: Office) -> None:
    await office.scheduler.run_all()
    await office.access.flush()
    async with office.store.reading() as connection:
        rows = (await connection.execute(select(access_log))).all()
    assert sum(row.action == "export" and row.client is not None for row in rows) == 2


async def test_a_kill_between_file_and_fact_leaves_no_fact_and_the_next_try_writes_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    [one] = [
        found
        for found in due.due(await a_state(office), office.clock(), office.clock())
        if isinstance(found, due.SheetDue)
    ]
    with monkeypatch.context() as patched:
        patched.setattr("factboard.recorder.desk.Desk.save", power_cut)
        with pytest.raises(KeyboardInterrupt):
            await office.sheets.write(TEAM, one)
    assert await written(office) == []
    assert office.place.exists()
    assert await office.sheets.write(TEAM, one)
    [fact] = await written(office)
    assert fact.digest == hashlib.sha256(office.place.read_bytes()).hexdigest()
    kept = office.place.read_bytes()
    office.clock.forward(minutes=1)
    assert not await office.sheets.write(TEAM, one)  # another process, a moment later: the file stays the fact's
    assert office.place.read_bytes() == kept


async def a_state(office: Office) -> object:
    async with office.store.reading() as connection:
        return await projections.team(connection, TEAM)


async def test_a_folder_that_cannot_be_written_stops_nothing_else(office: Office) -> None:
    office.folder.write_text("a file where the folder should be")
    office.clock.forward(hours=1, minutes=14)
    await office.scheduler.run_all()
    assert office.scheduler.failed in ("FileExistsError", "NotADirectoryError")
    office.clock.forward(minutes=1)  # its meeting is missed
    await office.scheduler.run_all()
    assert len(await kinds(office.store, TEAM, "meeting_not_held")) == 1
    assert await written(office) == []


async def test_the_teams_own_folder_never_leads_out_and_old_sheets_go(office: Office) -> None:
    here = await a_state(office)
    for wanted, name in (("../../etc", TEAM), ("/etc", TEAM), ("Team Kusten", "Team Kusten"), ("..", TEAM)):
        settings = e.Settings("Team Kusten", sheet_folder=wanted)
        assert place(office.folder, replace(here, settings=settings)) == office.folder / name  # type: ignore[type-var]
    office.place.parent.mkdir(parents=True)
    old, young, theirs = (
        office.place.parent / name for name in ("morning-2026-11-09.html", "morning-2026-11-10.html", "x.html")
    )
    for file in (old, young, theirs):
        file.write_text("x")
    await office.scheduler.run_all()
    assert (old.exists(), young.exists(), theirs.exists()) == (False, True, True)


async def test_the_pages_show_the_same_at_any_time(sqlite_url: str, clock: Clock) -> None:
    async with a_service(Store(sqlite_url), clock) as service:
        await service.put_on("Stina Exempel")
        await service.put_on("Vilma Skyddsson")
        settings = e.Settings("Team Kusten", out_of_hours="Psykakuten 08-000 00 00")
        await service.recorder.change(OWN, "lars", team.change_settings, settings=settings)
        async with service.person("anna", "en") as anna:
            for name in ("morning", "on-call"):
                answer = await anna.get(f"/sheets/{name}")
                assert answer.status_code == 200
                page = words(answer)
                assert "Stina Exempel" in page
                assert "Psykakuten 08-000 00 00" in page
                assert "Vilma" not in page
                assert "FACTBOARD_SHEETS" in page
            assert (await anna.get("/sheets/nothing")).status_code == 404
        async with httpx2.AsyncClient(base_url=service.url) as plain:
            said = (await plain.get("/readyz")).json()
        assert said["ready"] is True
        assert said["scheduler"]["failed"] == ""
