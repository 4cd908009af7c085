"""A colleague of the house for whom something is locked: no way around, not by what was prepared before, nor by what
two records of one person were before they were one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from types import ModuleType

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import update

from factboard.domain import consent, merging, placement, team
from factboard.domain import events as e
from factboard.domain.people import alias
from factboard.storage.codec import instant_to_text
from factboard.storage.tables import opening
from factboard.web.client import look as listed
from factboard.web.flag import choosing as flag
from factboard.web.today import choosing as today
from tests.conftest import NOW
from tests.service import OWN, PEOPLE, Service
from tests.web.reading import facts
from tests.web.test_merging import a_twin

HOUSE = "Regionen"
WHO = e.Part.IDENTITY.value
SAID = "Kanarie vid porten"


@pytest_asyncio.fixture
async def shared(service: Service) -> Service:
    """The team, in which somebody could see less than others."""
    for user, (where, role) in PEOPLE.items():
        if where == OWN:
            member = e.Member(user, user, f"{user.title()} Test", role, employer=HOUSE)
            await service.recorder.change(OWN, "command_line", team.set_member, member=member)
    await service.recorder.change(OWN, "lars", consent.set_sharing, employer=HOUSE, sharing=e.Sharing.CONSENT)
    return service


async def lock(service: Service, id: str, *parts: str) -> None:
    """For all but Lars."""
    what = {"parts": parts or (WHO,), "locked_for": e.LockedFor.ALL_BUT, "named": ["lars"]}
    await service.recorder.change(OWN, "lars", consent.place, client=id, **what)


async def merge(service: Service, twin: str) -> None:
    looked = [row.seq for row in await facts(service) if row.client == twin][-1]
    what = {"beside": twin, "looked": looked, "reason": "Samma legitimation"}
    await service.recorder.change(OWN, "lars", merging.merge, client=service.clients["Stina Exempel"], **what)


async def test_an_opening_lasts_as_long_as_its_fact_says_and_is_none_without_one(
    shared: Service, anna: httpx2.AsyncClient
) -> None:
    stina, ake = shared.clients["Stina Exempel"], shared.clients["Åke Provström"]
    sent = {"reason": "Hittad medvetslös", "request_id": "opened-once"}
    await lock(shared, stina)
    assert (await anna.post(f"/clients/{stina}/emergency", data=sent)).status_code == 303
    assert (await anna.get(f"/clients/{stina}")).status_code == 200
    async with shared.app.state.store.writing() as connection:
        past = instant_to_text(datetime.now(UTC) - timedelta(seconds=1))
        await connection.execute(update(opening).values(until=past))
    await anna.post(f"/clients/{stina}/emergency", data=sent)  # an old tab, loaded anew
    assert (await anna.get(f"/clients/{stina}")).status_code == 403
    await anna.post(f"/clients/{ake}/emergency", data={"reason": "Utifall att", "request_id": "prepared"})
    await lock(shared, ake)
    assert (await anna.get(f"/clients/{ake}")).status_code == 403
    assert [row.client for row in await facts(shared) if row.fact.kind == "opened_in_emergency"] == [stina]


async def test_a_record_that_was_merged_is_locked_with_the_person(shared: Service, anna: httpx2.AsyncClient) -> None:
    twin = await a_twin(shared, case_manager="anna")
    met = {"contact": e.ContactKind.HOME, "by": "lars", "happened_at": NOW, "note": SAID}
    await shared.recorder.change(OWN, "lars", placement.log_contact, client=twin, **met)
    await merge(shared, twin)
    pages = ("/notices", "/today")
    for page in pages:
        assert "Kristina" in (await anna.get(page)).text, page
    await lock(shared, shared.clients["Stina Exempel"])
    for page in pages:
        assert "Kristina" not in (await anna.get(page)).text, page


async def test_an_open_page_lets_go_of_whom_a_merging_locks(shared: Service, anna: httpx2.AsyncClient) -> None:
    stina, twin = shared.clients["Stina Exempel"], await a_twin(shared)
    await lock(shared, twin)
    since = re.search(r'<data id="sight" value="(\d+)" data-was="([^"]+)"', (await anna.get(f"/clients/{stina}")).text)
    assert since
    await merge(shared, twin)
    told = (await anna.get("/sight", params={"seq": since[1], "was": since[2]})).json()
    assert stina in told["gone"]
    assert (await anna.get(f"/clients/{stina}")).status_code == 403


async def test_who_is_enrolled_once_more_is_told_of_by_a_code(shared: Service, anna: httpx2.AsyncClient) -> None:
    await lock(shared, shared.clients["Stina Exempel"])
    answer = await anna.post("/clients/new", data={"surname": "Exempel", "first_name": "Stina"})
    assert answer.status_code == 422
    assert alias(shared.clients["Stina Exempel"]) in answer.text
    assert "1980" not in answer.text


@pytest.mark.parametrize(("room", "path"), [(flag, "/flag/clients"), (today, "/contact"), (listed, "/clients")])
async def test_who_is_hidden_takes_no_place_of_another_who_is_found(
    shared: Service, anna: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, room: ModuleType, path: str
) -> None:
    await a_twin(shared)  # Kristina Exempel, and Stina Exempel
    monkeypatch.setattr(room, "FOUND", 1)
    found = (await anna.post(path, data={"q": "exempel"})).text
    assert ("Kristina Exempel" in found, "Stina Exempel" in found) == (True, False)
    await lock(shared, [row.client for row in await facts(shared) if row.fact.kind == "client_enrolled"][-1] or "")
    found = (await anna.post(path, data={"q": "exempel"})).text
    assert ("Kristina Exempel" in found, "Stina Exempel" in found) == (False, True)
