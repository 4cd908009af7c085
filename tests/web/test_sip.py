"""SIP, strengths and supervision on their pages: consent first, a letter to each, a wish made a goal by one touch."""

from __future__ import annotations

import re

import httpx2

from tests.service import Service
from tests.web.reading import fields, looks, words
from tests.web.test_documents import plan, write

SIP = {
    "consent_on": "2026-11-02",
    "consent_to": "Kommunen får veta vad jag vill",
    "meeting_on": "2026-12-01",
    "meeting_at": "13:00",
    "place": "Hemma hos mig",
    "parties-0-name": "Per Provmark",
    "parties-0-organisation": "Kommunen, boendestöd",
    "parties-0-invited": "2026-11-20",
    "together": "together",
}
SEEN = {"domains-2-area": "work", "domains-2-wishes": "Köra buss igen", "together": "together"}
BROUGHT = {"on": "2026-11-20", "led_by": "lars", "asked": "Hur kommer vi vidare?", "ideas": "Gå ut\nRing systern"}


async def test_there_is_no_sip_without_consent(service: Service, anna: httpx2.AsyncClient) -> None:
    refused = await write(anna, plan(service, "sip"), **SIP | {"consent_on": ""})
    assert refused.status_code == 422
    assert "samtycker först" in words(refused)
    assert fields(refused)["consent_to"] == SIP["consent_to"]


async def test_a_party_is_called_by_letter_and_what_is_left_to_do_is_said(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    at = plan(service, "sip")
    assert (await write(anna, at, **SIP)).status_code == 303
    page = await anna.get(at)
    letter = page.text.split("/sheets/invitations/")[1].split('"')[0]
    sheet = await anna.get(f"{at.removesuffix('/plans/sip')}/sheets/invitations/{letter}")
    for said in ("Till Per Provmark, Kommunen, boendestöd", "Hemma hos mig", "13:00", "Stina Exempel har samtyckt"):
        assert said in words(sheet)
    assert ("anna", "read", "document", service.clients["Stina Exempel"]) in await looks(service)
    held = {"meeting_on": "2026-11-23", "parties-0-came": "yes", "together": "together"}
    assert (await write(anna, at, **held)).status_code == 303
    lacks = words(await anna.get(at))
    for said in ("vem som har det övergripande ansvaret", "ett exemplar till alla", "dagen för uppföljningen"):
        assert said in lacks
    assert "/sheets/invitations/" not in (await anna.get(at)).text
    assert (await anna.get(f"{at.removesuffix('/plans/sip')}/sheets/invitations/nobody")).status_code == 404


async def test_a_wish_becomes_a_goal_of_the_care_plan_by_one_touch(service: Service, anna: httpx2.AsyncClient) -> None:
    begun = await anna.get(f"{plan(service, 'strengths')}/edit")
    assert fields(begun)["domains-6-area"] == "spirituality"
    await write(anna, plan(service, "strengths"), **SEEN)
    page = (await anna.get(plan(service, "strengths"))).text
    assert "Köra buss" not in page.split("?strength=")[1].split('"')[0]
    await write(anna, plan(service, "care_plan"), **{"goals-0-goal": "Sova", "together": "together"})
    form = await anna.get(_to_goal(page))
    assert (fields(form)["goals-0-goal"], fields(form)["goals-1-goal"]) == ("Sova", "Köra buss igen")
    await anna.post(
        f"{plan(service, 'care_plan')}/edit", data=fields(form) | {"together": "together", "anchored": "yes"}
    )
    assert "Köra buss igen" in words(await anna.get(plan(service, "care_plan")))
    assert "mål i vårdplanen" in words(await anna.get(plan(service, "strengths")))


def _to_goal(page: str) -> str:
    return next(part.split('"')[0] for part in page.split('href="') if "?strength=" in part.split('"')[0])


async def test_the_lead_says_who_leads_group_supervision(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    [was] = re.findall(r'name="was" value="(\w+)"', (await lars.get("/settings/members/anna")).text)
    marked = {"user": "anna", "role": "clinician", "was": was, "shown": "yes", "leads_supervision": "yes"}
    assert (await lars.post("/settings/members", data=marked)).status_code == 303
    at = plan(service, "supervision.a1")
    refused = await write(anna, at, **BROUGHT)
    assert refused.status_code == 422
    assert "leder grupphandledning" in words(refused)
    assert (await write(anna, at, **BROUGHT | {"led_by": "anna"})).status_code == 303
    page = words(await anna.get(at))
    for said in ("leddes av Anna Test", "Ring systern", "Hur kommer vi vidare?"):
        assert said in page
