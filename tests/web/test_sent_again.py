"""The answer was lost and the form is sent once more: what changes planned care is done once, and answered alike."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx2
import pytest

from tests.moved import asked
from tests.service import OTHER, OWN, Service
from tests.web.reading import facts, typed
from tests.web.test_caseload import STINA, moving
from tests.web.test_documents import plan, write
from tests.web.test_merging import WHY, a_twin

Sent = tuple[str, dict[str, object]]
ID = {"request_id": "once-and-again"}


async def merging(service: Service, lars: httpx2.AsyncClient) -> Sent:
    twin = await a_twin(service)
    path = f"/clients/{service.clients[STINA]}/merge/{twin}"
    form = await lars.get(path)
    return path, {name: typed(form, name) for name in ("seen", "looked")} | {"reason": WHY, "same": "yes"}


async def apart(service: Service, lars: httpx2.AsyncClient) -> Sent:
    path, data = await merging(service, lars)
    await lars.post(path, data=data)
    [number] = [row.seq for row in await facts(service) if row.fact.kind == "merged"]
    return f"/clients/{service.clients[STINA]}/merged/{number}", {"reason": "Två personer"}


async def taking_over(service: Service, lars: httpx2.AsyncClient) -> Sent:
    move = await asked(service.recorder, OTHER, "ingrid", service.clients["Olle Främling"], OWN)
    return f"/moves/{move}", {"case_manager": "anna"}


async def declining(service: Service, lars: httpx2.AsyncClient) -> Sent:
    path, _ = await taking_over(service, lars)
    return f"{path}/decline", {"reason": "Vi är fulla"}


async def asking_no_more(service: Service, lars: httpx2.AsyncClient) -> Sent:
    await asked(service.recorder, OWN, "lars", service.clients[STINA], OTHER)
    return f"/clients/{service.clients[STINA]}/move/withdraw", {"reason": "Stannar"}


async def handing_over(service: Service, lars: httpx2.AsyncClient) -> Sent:
    return "/caseload/move", moving(service, STINA, sure="yes", reason="Byter område")


async def taking_away(service: Service, lars: httpx2.AsyncClient) -> Sent:
    at = plan(service, "advocacy.a1")
    said = {"on": "2026-11-20", "towards": "Hyresvärden", "about": "Skulden", "mandate_of": "asked"}
    await write(lars, at, **said, together="together")
    return f"{at}/withdraw", {"reason": "Fel person", "based_on": "1"}


DOINGS = (merging, apart, taking_over, declining, asking_no_more, handing_over, taking_away)


@pytest.mark.parametrize("begun", DOINGS, ids=lambda begun: begun.__name__)
async def test_sent_once_more_it_is_done_once_and_answered_alike(
    service: Service,
    lars: httpx2.AsyncClient,
    begun: Callable[[Service, httpx2.AsyncClient], Awaitable[Sent]],
) -> None:
    path, data = await begun(service, lars)
    first = await lars.post(path, data=data | ID)
    assert first.status_code == 303, first.text
    written = [len(await facts(service, team=team)) for team in (OWN, OTHER)]
    second = await lars.post(path, data=data | ID)
    assert (second.status_code, second.headers.get("location")) == (303, first.headers["location"])
    assert [len(await facts(service, team=team)) for team in (OWN, OTHER)] == written
    other = await lars.post(path, data=data | {"request_id": "another"})
    assert other.status_code in (404, 409, 422), "what is asked anew is not done by then"
