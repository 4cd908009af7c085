"""Caseloads as pages: what each carries, one caseload week by week, handing over, thinning out, the team's models."""

from __future__ import annotations

from datetime import date

import httpx2
import pytest_asyncio

from factboard.domain import caseload, planned_care
from factboard.domain import events as e
from tests.service import OWN, Service
from tests.web.reading import JSON, client, facts, typed, words

STINA, AKE = "Stina Exempel", "Åke Provström"
OMBUD = e.CareModel("personligt_ombud", most=20, mandate=True)


@pytest_asyncio.fixture
async def planned(service: Service) -> Service:
    """Lars meets Stina, whose case manager he is, every other week."""
    await change(service, planned_care.set_planned_contact, who="lars", every_days=14, next=date(2026, 12, 1))
    return service


async def change(service: Service, rule: object, name: str | None = STINA, **what: object) -> None:
    about = service.clients[name] if name else None
    await service.recorder.change(OWN, "lars", rule, client=about, **what)  # type: ignore[arg-type]


def moving(service: Service, *names: str, to: str = "anna", **more: str) -> dict[str, object]:
    return {"user": "lars", "client": [service.clients[name] for name in names], "to": to} | more


async def test_what_each_carries_stands_side_by_side_without_a_client_s_name(planned: Service) -> None:
    async with planned.person("anna", "en") as anna:
        said = words(await anna.get("/caseload"))
        assert "Lars Test 1 of 25" in said
        assert "No case manager" in said
        assert "Exempel" not in said


async def test_one_caseload_shows_how_often_each_is_met_and_what_is_planned(planned: Service) -> None:
    async with planned.person("anna", "en") as anna:
        answer = await anna.get("/caseload/lars")
        said = words(answer)
        assert "Stina Exempel" in said
        assert "every other week" in said
        assert "0 made in twelve weeks, 2 planned in the coming four" in answer.text
        assert "Protected identity" in words(await anna.get("/caseload/nobody"))
        assert (await anna.get("/caseload/bo")).status_code == 404


async def test_somebody_is_handed_over_after_it_was_seen_what_it_comes_to(planned: Service) -> None:
    async with planned.person("anna", "en") as anna:
        seen = await anna.post("/caseload/move", data=moving(planned, STINA))
        assert "1 person is handed over" in words(seen)
        assert "planned contacts go along" in words(seen)
        assert (await client(planned, STINA)).details.case_manager == "lars", "looking changes nothing"
        data = moving(planned, STINA, sure="yes", reason="Byter område", request_id=typed(seen, "request_id"))
        done = await anna.post("/caseload/move", data=data)
        assert done.headers["location"].startswith("/caseload/anna?saved=")
        again = await anna.post("/caseload/move", data=data | {"request_id": "another"}, headers=JSON)
        assert again.status_code == 422, "on lars's caseload she is not any more"
    stina = await client(planned, STINA)
    assert (stina.details.case_manager, stina.planned.who if stina.planned else "") == ("anna", "anna")
    async with planned.person("lars", "en") as lars:
        assert "handed over Stina Exempel from Lars Test to Anna Test" in words(await lars.get("/notices"))


async def test_nobody_ticked_and_nobody_chosen_is_said_beside_the_choice(planned: Service) -> None:
    async with planned.person("anna", "en") as anna:
        answer = await anna.post("/caseload/move", data={"user": "lars"})
        assert answer.status_code == 422
        assert "Tick whom it is about." in words(answer)
        assert "Choose one." in words(answer)
        for to in ("lars", "bo", "x"):
            assert (await anna.post("/caseload/move", data=moving(planned, STINA, to=to))).status_code == 422


async def test_whoever_was_handed_over_meanwhile_is_not_handed_over_twice(planned: Service) -> None:
    async with planned.person("anna", "en") as anna:
        await anna.post("/caseload/move", data=moving(planned, STINA))
        await change(planned, caseload.hand_over, to="anna", before="lars")
        late = await anna.post("/caseload/move", data=moving(planned, STINA, sure="yes"))
        assert late.status_code == 422
        assert "Somebody handed over the patient while you had this open" in words(late)


async def test_nobody_who_is_not_on_this_caseload_is_handed_over_with_it(planned: Service) -> None:
    before = await facts(planned)
    async with planned.person("anna", "en") as anna:
        refused = await anna.post("/caseload/move", data=moving(planned, STINA, AKE, sure="yes"))
        assert refused.status_code == 409
    assert len(await facts(planned)) == len(before)


async def test_all_of_several_are_handed_over_or_none(planned: Service) -> None:
    await change(planned, caseload.hand_over, AKE, to="lars", before="anna")
    await change(planned, caseload.set_model, None, model=OMBUD)
    await change(planned, caseload.set_client_model, AKE, model="personligt_ombud")
    before = await facts(planned)
    async with planned.person("anna", "en") as anna:
        asked = moving(planned, STINA, AKE, sure="yes", mandate="")
        refused = await anna.post("/caseload/move", data=asked)
        assert "It is on the patient's own mandate" in words(refused)
        assert "on their own mandate." in words(refused)
        assert len(await facts(planned)) == len(before)
        assert (await anna.post("/caseload/move", data=asked | {"mandate": ["", "yes"]})).status_code == 303
    kinds = [fact.fact.kind for fact in (await facts(planned))[len(before) :]]
    assert kinds == ["case_manager_changed", "case_manager_changed", "on_mandate"]


async def test_contacts_are_thinned_out_with_a_reason_that_stands_with_the_schedule(planned: Service) -> None:
    address = f"/clients/{planned.clients[STINA]}"
    async with planned.person("lars", "en") as lars:
        form = await lars.get(f"{address}/pace")
        data = {name: typed(form, name) for name in ("seen", "request_id")} | {"every_days": "28"}
        assert "Fill this in." in words(await lars.post(f"{address}/pace", data=data))
        await lars.post(f"{address}/pace", data=data | {"reason": "Klarar sig bra"})
        said = words(await lars.get(address))
        assert "every 4 weeks (thinned out today: Klarar sig bra); next Tue 15 Dec" in said
        assert "thinned out the contacts with Stina Exempel" in said
        refused = await lars.get(f"/clients/{planned.clients[AKE]}/pace")
        assert refused.status_code == 409
        assert "No contacts are planned." in words(refused)


async def test_what_is_changed_about_a_client_of_an_ombud_asks_for_the_mandate(planned: Service) -> None:
    await change(planned, caseload.set_model, None, model=OMBUD)
    await change(planned, caseload.set_client_model, model="personligt_ombud")
    address = f"/clients/{planned.clients[STINA]}"
    async with planned.person("lars", "en") as lars:
        assert "It is on the patient's own mandate" in words(await lars.get(f"{address}/planned-contact"))
        given = {"who": "lars", "every_days": "7", "next": "2026-12-01", "mandate": ""}
        refused = await lars.post(f"{address}/planned-contact", data=given)
        assert refused.status_code == 422
        assert "Tick this: what is changed about the patient" in words(refused)
        done = await lars.post(f"{address}/planned-contact", data=given | {"mandate": ["", "yes"]}, headers=JSON)
        assert done.json()["kinds"] == ["planned_contact_set", "on_mandate"]
        assert "noted that it is on the mandate of Stina Exempel" in words(await lars.get(address))
        await lars.post(f"{address}/undo/{done.json()['seq']}")
        assert [row.fact.kind for row in await facts(planned)][-2:] == ["undone", "undone"]
        assert 'name="mandate"' not in (await lars.get(f"{address}/contact")).text.partition("next_day")[0]


async def test_a_plan_about_a_client_of_an_ombud_is_written_on_their_mandate(planned: Service) -> None:
    await change(planned, caseload.set_model, None, model=OMBUD)
    await change(planned, caseload.set_client_model, model="personligt_ombud")
    address = f"/clients/{planned.clients[STINA]}/plans/care_plan/edit"
    async with planned.person("lars", "en") as lars:
        form = await lars.get(address)
        assert "It is on the patient's own mandate" in words(form)
        given = {name: typed(form, name) for name in ("request_id", "based_on")} | {"together": "together"}
        given |= {"goals-0-goal": "Ett eget boende", "mandate": ""}
        assert "Tick this: what is changed about the patient" in words(await lars.post(address, data=given))
        assert (await lars.post(address, data=given | {"mandate": ["", "yes"]})).status_code == 303
    assert [row.fact.kind for row in await facts(planned)][-2:] == ["document_written", "on_mandate"]


async def test_a_lead_edits_a_model_and_makes_it_the_default(service: Service, lars: httpx2.AsyncClient) -> None:
    form = await lars.get("/settings/models/act")
    asked = {"code": "act", "most": "12", "treats": "team", "cover": "daytime", "used": "yes", "default": "yes"}
    asked |= {"was": typed(form, "was")}
    assert (await lars.post("/settings/models", data=asked | {"most": "many"})).status_code == 422
    assert (await lars.post("/settings/models", data=asked)).status_code == 303
    assert (await lars.post("/settings/models", data=asked)).status_code == 409, "it is another one by now"
    said = words(await lars.get("/settings?lang=en"))
    assert "ACT The whole team answers for everything" in said
    async with service.person("anna", "en") as anna:
        assert "1 of 12" in words(await anna.get("/caseload"))
        assert (await anna.get("/settings/models/act")).status_code == 403


async def test_a_model_of_the_team_s_own_has_a_name(lars: httpx2.AsyncClient) -> None:
    form = await lars.get("/settings/models/new")
    asked = {"code": "", "treats": "others", "cover": "none", "used": "yes", "was": typed(form, "was")}
    assert (await lars.post("/settings/models", data=asked)).status_code == 422
    assert (await lars.post("/settings/models", data=asked | {"name": "Vår egen"})).status_code == 303
    assert "Vår egen" in words(await lars.get("/settings"))
    assert (await lars.get("/settings/models/nothing")).status_code == 404
