"""The crisis plan beside the flag, on the phone and on paper, and the sheet that the client takes home."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx2
import pytest

from factboard.domain import documents, team, visits
from factboard.domain import events as e
from factboard.domain.events.contents import ToCall, Together, Wish, WrittenCrisisPlan
from tests.conftest import NOW
from tests.service import OWN, Service
from tests.web.reading import FRAGMENT, facts, looks, words

STINA, HIDDEN = "Stina Exempel", "Vilma Skyddsson"
PLAN = WrittenCrisisPlan(
    signs=("Målar inte", "Sover dåligt"),
    others_do=("Sitt ner",),
    others_do_not=("Prata inte över huvudet",),
    call=(ToCall("k", "Kim Exempel", "syster", "070-174 06 05"),),
)


async def write(service: Service, content: Any = PLAN, name: str = STINA, **more: Any) -> None:
    kind = content.document.value
    what = {"ref": kind, "content": content, "together": Together.TOGETHER, "based_on": 0} | more
    await service.recorder.change(OWN, "lars", documents.write, client=service.clients[name], of_document=kind, **what)


async def test_the_plan_stands_first_and_what_was_ticked_stays_so(service: Service, anna: httpx2.AsyncClient) -> None:
    await write(service)
    beside = words(await anna.get(f"/flag/clients/{service.clients[STINA]}", headers=FRAGMENT))
    assert beside.startswith("Krisplan I dag, Lars: skriven tillsammans med patienten.")
    assert "Prata inte över huvudet" in beside
    sent = {"client": service.clients[STINA], "category": "short_intensive", "warning_signs": ["Målar inte"]}
    again = await anna.post("/flag", data=sent | {"request_id": "r1"})
    assert again.status_code == 422
    assert 'value="Målar inte" checked' in again.text
    assert again.text.count('value="Målar inte"') == again.text.count('value="Sover dåligt"') == 1


async def test_of_a_protected_identity_only_to_who_asks(service: Service, anna: httpx2.AsyncClient) -> None:
    await write(service, name=HIDDEN)
    beside = f"/flag/clients/{service.clients[HIDDEN]}"
    assert "Målar inte" not in (await anna.get(beside)).text
    assert "Målar inte" in (await anna.post(beside)).text


async def test_without_a_plan_the_receipt_tells_of_the_task_and_writing_it_ticks_it(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    assert "det blir en uppgift" in words(await anna.get(f"/flag/clients/{service.clients[STINA]}"))
    sent = {"client": service.clients[STINA], "category": "short_intensive", "reason": "x", "request_id": "r1"}
    receipt = words(await anna.get((await anna.post("/flag", data=sent)).headers["location"]))
    assert "Att göra: skriv en krisplan tillsammans med patienten. Vem: Lars Test." in receipt
    assert "Skriv en krisplan tillsammans med patienten" in words(await anna.get("/board"))
    await write(service)
    assert [row.fact.kind for row in await facts(service, tasks=True)][-3:] == [
        "document_written", "crisis_plan_reviewed", "action_done",
    ]  # fmt: skip
    assert "Skriv en krisplan" not in words(await anna.get("/board"))


@pytest.mark.parametrize("allowed", [False, True])
async def test_a_phone_keeps_it_only_where_the_team_allows_it(service: Service, allowed: bool) -> None:
    await write(service)
    await service.put_on(STINA)
    change = service.recorder.change
    await change(OWN, "lars", visits.plan_visit, client=service.clients[STINA], who="anna", day=NOW.date())
    if allowed:
        settings = replace(e.Settings("Team Kusten"), plans_on_phones=True)
        await change(OWN, "lars", team.change_settings, settings=settings)
    async with service.person("anna") as anna:
        kept = (await anna.get("/phone/clients")).json()["html"]
    assert ("Prata inte över huvudet" in kept) is allowed


async def test_the_papers_stand_in_the_log_and_are_nobody_elses(
    service: Service, anna: httpx2.AsyncClient, bo: httpx2.AsyncClient
) -> None:
    at = f"/clients/{service.clients[STINA]}/sheets"
    assert "Skriv den nu" in words(await anna.get(f"{at}/crisis-card"))
    await write(service)
    for paper in ("crisis-plan", "crisis-card"):
        assert "070-174 06 05" in words(await anna.get(f"{at}/{paper}"))
        assert (await bo.get(f"{at}/{paper}")).status_code == 404
    assert (await anna.get(f"{at}/other")).status_code == 404
    assert ("anna", "export", "own_sheet", service.clients[STINA]) in await looks(service)


async def test_the_sheet_to_take_home_says_it_all_but_not_what_others_have_told(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    mine = f"/clients/{service.clients[STINA]}/sheets/mine"
    assert "Är jag på tavlan? Nej." in words(await anna.get(mine))
    await write(service, Wish(ask="Jag skickar ett sms med ordet paus", think="Det är skönt"))
    await service.put_on(STINA, reason="Mamman ringde", source=e.Source.RELATIVE, warning_signs=["Målar inte"])
    await service.recorder.change(
        OWN, "lars", visits.plan_visit, client=service.clients[STINA], who="anna", day=NOW.date()
    )
    sheet = words(await anna.get(mine))
    assert "Mamman" not in sheet
    for said in ("Målar inte", "Mån 23 nov Anna Test", "minst 3 gånger", "ordet paus", "Det är skönt"):
        assert said in sheet, said
    await service.put_on(STINA, reason="Ringde själv", source=e.Source.CLIENT)
    assert "Ringde själv" in words(await anna.get(mine))
    await service.put_on(STINA, reason="Mamman igen", source=e.Source.RELATIVE)
    assert "Mamman" not in words(await anna.get(mine))
