"""Meeting notes as people read them: the list, one meeting whole, one client's; corrected, copied, printed, rebuilt."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx2
import pytest_asyncio

from factboard.domain import care, due, notes, placement, visits
from factboard.domain import events as e
from factboard.domain import meeting as rules
from factboard.domain.projection import rebuild
from factboard.storage import projections
from factboard.web.notes.look import facts_of
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import facts, looks, typed, words

STINA, AKE, VILMA = "Stina Exempel", "Åke Provström", "Vilma Skyddsson"


@pytest_asyncio.fixture
async def meeting(service: Service, clock: Clock) -> str:
    """Three come up: Stina with a line and a visit, Åke with no change, Vilma (protected) not at all. Its id."""
    for name in (STINA, AKE, VILMA):
        await service.put_on(name)
        await do(service, placement.take, name)
    clock.forward(minutes=1)
    await do(service, rules.open_meeting, with_all=True, present=["anna", "lars"])
    async with service.app.state.store.reading() as connection:
        here = await projections.team(connection, OWN)
    assert here
    assert here.meeting
    of: Any = {"of_meeting": here.meeting, "with_all": True}
    for name in (STINA, AKE):
        await do(service, rules.move_focus, **of, to=service.clients[name])
        clock.forward(seconds=20)
        if name == STINA:
            await do(service, rules.note, name, of_meeting=here.meeting, part=e.NotePart.DECISION, text="Åk dit i dag")
            await do(service, visits.plan_visit, name, who="lars", day=date(2026, 11, 24), backup="anna")
        await do(service, rules.discuss if name == STINA else rules.no_change, **of, of=service.clients[name])
    await do(service, rules.note, of_meeting=here.meeting, part=e.NotePart.SITUATION, text="Bil två är på verkstad")
    await do(service, rules.close, **of, reason="Tiden var ute")
    return here.meeting


async def do(service: Service, rule: Any, name: str | None = None, actor: str = "anna", **what: Any) -> Any:
    client = service.clients[name] if name else None
    return await service.recorder.change(OWN, actor, rule, client=client, **what)


async def test_the_whole_meeting_says_what_each_turn_came_to(
    service: Service, meeting: str, lars: httpx2.AsyncClient
) -> None:
    page = words(await lars.get(f"/meetings/{meeting}", params={"lang": "en"}))
    for said in ("Stina Exempel", "Åk dit i dag", "Visit Tue 24 Nov: Lars Test (else Anna Test)", "no change"):
        assert said in page
    for said in ("not discussed", "Tiden var ute", "Bil två är på verkstad", "2 of 3 discussed"):
        assert said in page
    assert "Vilma" not in page
    assert {
        (who, service.clients[STINA]) for who, _, view, client in await looks(service) if view == "meeting_notes"
    } >= {("lars", service.clients[STINA])}


async def test_the_list_and_the_meeting_count_alike_whoever_was_put_on_meanwhile(
    service: Service, lars: httpx2.AsyncClient, clock: Clock
) -> None:
    await service.put_on(STINA)
    clock.forward(minutes=1)
    await do(service, rules.open_meeting, with_all=True, present=["anna", "lars"])
    async with service.app.state.store.reading() as connection:
        id = (await projections.meetings(connection, OWN, limit=1))[0].id
    of: Any = {"of_meeting": id, "with_all": True}
    await do(service, rules.discuss, **of, of=service.clients[STINA])
    await service.put_on(AKE)

    async def says(counted: str) -> None:
        for path in ("/meetings", f"/meetings/{id}"):
            assert counted in words(await lars.get(path, params={"lang": "en"})), path

    await says("1 of 2 discussed")
    await service.put_on(VILMA)
    await do(service, rules.move_focus, **of, to=service.clients[AKE])
    await do(service, rules.discuss, **of, of=service.clients[AKE])
    await says("2 of 3 discussed")
    await do(service, rules.close, **of, reason="Tiden var ute")
    await says("2 of 3 discussed")


async def test_the_list_has_it_and_a_meeting_that_nobody_opened(
    service: Service, meeting: str, lars: httpx2.AsyncClient, clock: Clock
) -> None:
    clock.forward(days=1)
    planned = clock.now.replace(hour=7, minute=30, second=0)
    await do(service, due.not_held, actor="factboard", planned=planned)
    page = words(await lars.get("/meetings", params={"lang": "en"}))
    assert "Tue 24 Nov 2026 08:30 not held: nobody opened it" in page
    assert "Mon 23 Nov 2026 09:41" in page
    assert page.index("24 Nov") < page.index("23 Nov")


async def test_what_was_undone_is_no_decision(service: Service, meeting: str, lars: httpx2.AsyncClient) -> None:
    planned = next(row for row in await facts(service) if isinstance(row.fact, e.VisitPlanned))
    await lars.get(f"/meetings/{meeting}")
    async with service.person("anna") as anna:
        answer = await anna.post(f"/clients/{service.clients[STINA]}/undo/{planned.seq}")
    assert answer.status_code in (200, 303), answer.text
    assert "else Anna" not in words(await lars.get(f"/meetings/{meeting}", params={"lang": "en"}))


async def test_one_touch_copies_and_who_did_is_said(service: Service, meeting: str, lars: httpx2.AsyncClient) -> None:
    address = f"/meetings/{meeting}/clients/{service.clients[STINA]}"
    text = (await lars.get(address, params={"lang": "en"})).text
    for said in ("Board meeting Mon 23 Nov 2026 09:41", "Stina Exempel, 1980-05-17", "Present: Anna Test, Lars Test"):
        assert said in text
    assert "Decision: Åk dit i dag (Anna Test)" in text
    for _ in range(2):  # the same touch, sent twice
        assert (await lars.post(f"{address}/copied", data={"request_id": "touch"})).status_code == 303
    copies = [row for row in await facts(service) if isinstance(row.fact, e.NotesCopied)]
    assert [(row.actor, row.client) for row in copies] == [("lars", service.clients[STINA])]
    assert "Copied by Lars Test, Mon 23 Nov 09:41" in words(await lars.get(address, params={"lang": "en"}))


async def test_what_was_decided_beside_the_agenda_is_copied_too(service: Service, lars: httpx2.AsyncClient) -> None:
    await do(service, rules.open_meeting, with_all=True)
    async with service.app.state.store.reading() as connection:
        here = await projections.team(connection, OWN)
    assert here
    await do(service, care.admit, AKE, ward="PIVA")
    address = f"/meetings/{here.meeting}/clients/{service.clients[AKE]}"
    assert "Admitted: PIVA" in (await lars.get(address, params={"lang": "en"})).text
    assert (await lars.post(f"{address}/copied", data={"request_id": "touch"})).status_code == 303
    assert "Copied by Lars Test" in words(await lars.get(address, params={"lang": "en"}))


async def test_the_text_of_a_protected_identity_has_its_code_alone(
    service: Service, meeting: str, lars: httpx2.AsyncClient
) -> None:
    text = (await lars.get(f"/meetings/{meeting}/clients/{service.clients[VILMA]}")).text
    assert "Vilma" not in text
    assert "Skyddsson" not in text
    assert "1983" not in text


async def test_a_correction_keeps_the_earlier_reading_and_who_made_it(
    service: Service, meeting: str, lars: httpx2.AsyncClient
) -> None:
    line = next(row.seq for row in await facts(service) if isinstance(row.fact, e.MeetingNoted) and row.client)
    form = await lars.get(f"/meetings/{meeting}/lines/{line}")
    assert typed(form, "text") == "Åk dit i dag"
    data = {"text": "Åk dit i morgon", "was": typed(form, "was"), "request_id": typed(form, "request_id")}
    assert (await lars.post(f"/meetings/{meeting}/lines/{line}", data=data)).status_code == 303
    page = words(await lars.get(f"/meetings/{meeting}", params={"lang": "en"}))
    assert "Åk dit i morgon" in page
    assert "Corrected by Lars" in page
    assert "Åk dit i dag" in page
    late = await lars.post(f"/meetings/{meeting}/lines/{line}", data=data | {"text": "Nej", "request_id": "other"})
    assert late.status_code == 409
    assert "Nej" in late.text


async def test_another_teams_meeting_is_as_unknown_as_none(
    service: Service, meeting: str, bo: httpx2.AsyncClient
) -> None:
    for path in ("", f"/clients/{service.clients[STINA]}", "/lines/40"):
        assert (await bo.get(f"/meetings/{meeting}{path}")).status_code == 404


async def test_notes_rebuilt_from_history_are_those_shown(service: Service, meeting: str) -> None:
    async with service.app.state.store.reading() as connection:
        kept = await projections.meeting(connection, OWN, meeting)
        assert kept
        shown = notes.notes(kept, await facts_of(connection, OWN, kept))
    whole = await facts(service)
    assert notes.notes(rebuild(OWN, whole).meetings[meeting], whole) == shown
    assert any(one.lines for one in shown.clients)
    assert any(one.decided for one in shown.clients)
