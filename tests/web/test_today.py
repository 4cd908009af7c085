"""Everybody's own day: what it shows, whose one may ask for, and which stream keeps it true."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

import httpx2
import pytest

from factboard.domain import placement, planned_care, roster, visits
from factboard.storage import projections
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import looks, words

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
async def a_day(service: Service) -> None:
    """Anna visits Stina at ten and calls her sister; nobody goes to Åke; Lars is on duty."""
    change, stina = service.recorder.change, service.clients["Stina Exempel"]
    await service.put_on("Stina Exempel")
    await service.put_on("Åke Provström")
    await change(OWN, "lars", visits.plan_visit, client=stina, who="anna", day=TODAY, at=time(10))
    await change(OWN, "lars", placement.add_action, client=stina, text="Ring syster", owner="anna", due=TODAY)
    await change(OWN, "lars", roster.set_duty, day=TODAY, user="lars")


async def test_ones_own_day_and_to_whom_nobody_goes(service: Service, anna: httpx2.AsyncClient) -> None:
    page = await anna.get("/today?lang=en")
    said = words(page)
    for part in ("My day", "10:00", "Stina Exempel", "Ring syster", "Nobody goes 1", "I'll go", "On duty: Lars"):
        assert part in said, part
    assert "Not done yet" not in said
    assert 'hx-sse:connect="/live/today"' in page.text
    assert ("anna", "read", "today", service.clients["Åke Provström"]) in await looks(service)


async def test_a_colleagues_day_is_another_stream(anna: httpx2.AsyncClient, lars: httpx2.AsyncClient) -> None:
    page = await lars.get("/today?person=anna&lang=en")
    assert "Anna's day" in words(page)
    assert "Ring syster" in words(page)
    assert "Ring syster" not in words(await lars.get("/today"))
    assert 'hx-sse:connect="/live/today?person=anna"' in page.text
    async with lars.stream("GET", "/live/today?person=anna") as stream:
        async for chunk in stream.aiter_text():
            if "Ring syster" in chunk:
                break
        else:
            raise AssertionError("the stream shows another day")


@pytest.mark.parametrize("person", ["nobody", "maria", "bo", "%00", "x" * 500])
async def test_nobodys_day_is_not_there(anna: httpx2.AsyncClient, person: str) -> None:
    assert (await anna.get(f"/today?person={person}")).status_code == 404
    assert (await anna.get(f"/live/today?person={person}")).status_code == 404


async def test_what_is_not_done_in_the_afternoon_stands_first(anna: httpx2.AsyncClient, clock: Clock) -> None:
    clock.forward(hours=4)
    said = words(await anna.get("/today?lang=en"))
    assert said.index("Not done yet 2") < said.index("Ring syster") < said.index("Visits 0")


async def test_a_protected_identity_has_a_code_and_nothing_else(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on("Vilma Skyddsson")
    for page in ("/today", "/visits"):
        text = (await anna.get(page)).text
        assert "Skyddsson" not in text
        assert "Vilma" not in text


async def test_whom_one_is_to_meet_is_met_by_one_touch(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    stina, johan = service.clients["Stina Exempel"], service.clients["Johan Testberg"]
    await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=stina, reason="Mår bra")
    plan: dict[str, Any] = {"who": "anna", "every_days": 14, "next": TODAY}
    await service.recorder.change(OWN, "lars", planned_care.set_planned_contact, client=johan, **plan)
    assert f'id="meet-{johan}"' in (await anna.get("/today")).text
    lars = (await anna.get("/today?person=lars&lang=en")).text
    assert f'id="meet-{stina}"' in lars, "her case manager's"
    assert "meet them by Mon 30 Nov" in lars
    form = lars.partition(f'id="meet-{stina}"')[2].partition("</form>")[0]
    assert f'action="/clients/{stina}/contact"' in form
    hidden = dict(re.findall(r'name="(\w+)" value="([\w-]*)"', form.partition("<div")[0]))
    sent = hidden | {"contact": "phone"}
    for _ in range(2):  # a double tap is one contact
        answer = await anna.post(f"/clients/{stina}/contact", data=sent, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert "toast" in answer.text
    async with service.app.state.store.reading() as connection:
        known = await projections.client(connection, OWN, stina)
    assert known
    assert known.follow_up
    assert (known.follow_up.done_by, len(known.contacts)) == ("lars", 1)
    after = (await anna.get("/today?person=lars&lang=en")).text
    assert f'id="meet-{stina}"' not in after
    assert f'id="met-{stina}"' in after, "and stands among what is done"
    clock.forward(days=1)
    late = words(await anna.get("/today?lang=en"))
    assert "Not met in time 1" in late
    assert late.index("Not met in time") < late.index("Visits")


async def test_ones_own_clients_stand_there_each_with_what_one_does_most(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    stina = service.clients["Stina Exempel"]
    page = await lars.get("/today?lang=en")
    mine = page.text.partition(f'id="mine-{stina}"')[2].partition("</li>")[0]
    assert f'href="/clients/{stina}/contact"' in mine
    assert f'href="/flag?client={stina}"' in mine
    assert f'href="/clients/{stina}"' in mine
    said = words(httpx2.Response(200, text=mine))
    for part in ("Stina Exempel", "1980-05-17", "Next: today 10:00 (Anna)", "Not seen yet", "Nobody has taken this"):
        assert part in said, part
    assert "Mina patienter 1" in words(await lars.get("/today?lang=sv"))


async def test_a_colleague_looks_at_ones_day_without_ones_notices(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel", "anna")  # her case manager is told
    own = words(await lars.get("/today?lang=en"))
    assert "1 notice" in own
    assert "My patients" in own
    stina = service.clients["Stina Exempel"]
    page = await anna.get("/today?person=lars&lang=en")
    assert 'id="news"' not in page.text
    assert f'href="/clients/{stina}/contact?by=lars"' in page.text


async def test_whose_clients_are_shown_is_logged(service: Service, lars: httpx2.AsyncClient) -> None:
    await lars.get("/today")
    assert ("lars", "read", "today", service.clients["Stina Exempel"]) in await looks(service)
