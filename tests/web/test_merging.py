"""One person in two records: found, compared, merged; the other's page leads to it; two people after all."""

from __future__ import annotations

from datetime import date, timedelta

import httpx2

from factboard.domain import crisis_plan, enrolment, placement
from factboard.domain.events import ContactKind, Details
from factboard.storage import projections
from tests.conftest import NOW, Clock
from tests.service import OWN, Service
from tests.web.reading import client, facts, fields, looks, typed, words
from tests.web.test_documents import write

WHY = "Samma personnummer på legitimationen"


async def a_twin(service: Service, **known: object) -> str:
    """Stina, enrolled once more under the name that she has on paper."""
    details = Details("Exempel", "Kristina", birth_date=date(1980, 5, 17), phone="070-1740605", **known)  # type: ignore[arg-type]
    receipt = await service.recorder.change(OWN, "anna", enrolment.enrol, details=details)
    assert receipt.client
    return receipt.client


async def merged(service: Service, who: httpx2.AsyncClient, twin: str, **more: object) -> httpx2.Response:
    path = f"/clients/{service.clients['Stina Exempel']}/merge/{twin}"
    form = await who.get(path)
    seen = {name: typed(form, name) for name in ("seen", "looked", "request_id")}
    return await who.post(path, data=seen | {"reason": WHY, "same": "yes"} | more)


async def test_who_could_be_the_same_person_is_offered_and_anybody_is_found(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    stina = service.clients["Stina Exempel"]
    twin = await a_twin(service)
    details = Details("Exempel", "Stina", birth_date=date(1980, 5, 17), phone="070 174 06 05")
    await service.recorder.change(OWN, "lars", enrolment.correct, client=stina, details=details)
    page = words(await anna.get(f"/clients/{stina}/merge"))
    assert "Kristina Exempel 1980-05-17 Lika: födelsedatum, efternamn, telefon" in page
    assert "Provström" not in page
    found = words(await anna.post(f"/clients/{stina}/merge", data={"q": "prov"}))
    assert "Åke Provström" in found
    assert ("anna", "read", "merge", twin) in await looks(service)


async def test_two_records_are_one_from_everywhere(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    stina, twin = service.clients["Stina Exempel"], await a_twin(service)
    met = {"contact": ContactKind.HOME, "by": "anna", "happened_at": NOW, "note": "Träffades vid porten"}
    await service.recorder.change(OWN, "anna", placement.log_contact, client=twin, **met)
    await service.recorder.change(OWN, "anna", crisis_plan.review_crisis_plan, client=twin, with_client=True)
    compared = words(await anna.get(f"/clients/{stina}/merge/{twin}"))
    assert "Förnamn skiljer sig Stina Kristina Den här stämmer: ta den" in compared
    answer = await merged(service, anna, twin, take="phone")
    assert answer.status_code == 303, words(answer)
    assert [row.fact.kind for row in (await facts(service))[-3:]] == ["client_corrected", "merged", "merged_into"]
    page = words(await lars.get(f"/clients/{twin}"))
    assert page == words(await lars.get(f"/clients/{stina}"))
    for said in (
        "Stina Exempel 1980-05-17",
        "Sammanslagen med en annan post för samma person",
        WHY,
        "Kallas också Kristina Exempel",
    ):
        assert said in page
    assert "Träffades vid porten" in page  # what stands in the other record is told of the person
    assert (await client(service, "Stina Exempel")).contacts
    assert "Stina Exempel" in words(await anna.post("/clients", data={"q": "kristina"}))
    everyone = words(await anna.get("/clients?ended=1"))
    assert "Kristina" not in everyone
    story = words(await lars.get(f"/history/clients/{twin}"))
    assert "slog ihop posten" in story
    assert "Träffades vid porten" in words(await lars.get(f"/history?client={stina}"))
    assert "slog ihop" in words(await lars.get("/notices"))


async def test_what_is_sent_about_the_other_record_reaches_the_person(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    """A phone may still hold a flag for the record that is gone."""
    twin = await a_twin(service)
    await merged(service, anna, twin)
    flag = {"client": twin, "category": "short_intensive", "reason": "Sover inte", "request_id": "from-a-phone"}
    assert (await anna.post("/flag", data=flag)).status_code == 303
    stay = (await client(service, "Stina Exempel")).stay
    assert stay
    assert stay.reason == "Sover inte"


async def test_nobody_is_merged_by_mistake(service: Service, anna: httpx2.AsyncClient) -> None:
    stina, twin = service.clients["Stina Exempel"], await a_twin(service)
    unsure = await merged(service, anna, twin, same="", reason="")
    assert unsure.status_code == 422
    assert "Jämför båda och kryssa sedan i att det är en och samma person." in words(unsure)
    other = await anna.get(f"/clients/{stina}/merge/{service.clients['Johan Testberg']}")
    assert "De har två olika födelsedatum." in words(other)
    assert (await merged(service, anna, service.clients["Johan Testberg"])).status_code == 409
    await service.put_on("Stina Exempel")
    flag = {"category": "short_intensive", "reason": "Orolig"}
    await service.recorder.change(OWN, "anna", placement.put_on_board, client=twin, **flag)
    both = await merged(service, anna, twin)
    assert both.status_code == 409
    assert "Båda är på tavlan." in words(both)
    assert (await anna.get(f"/clients/{stina}/merge/{stina}")).status_code == 404


async def test_a_lead_says_for_a_day_that_they_are_two_people(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, clock: Clock
) -> None:
    stina, twin = service.clients["Stina Exempel"], await a_twin(service)
    await merged(service, anna, twin)
    [number] = [row.seq for row in await facts(service) if row.fact.kind == "merged"]
    path = f"/clients/{stina}/merged/{number}"
    assert path in (await lars.get(f"/clients/{stina}")).text
    assert path not in (await anna.get(f"/clients/{stina}")).text
    assert (await anna.get(path)).status_code == 403
    clock.forward(hours=25)
    late = await lars.post(path, data={"reason": "Det är två"})
    assert "mer än ett dygn" in words(late)
    assert path not in (await lars.get(f"/clients/{stina}")).text
    clock.now -= timedelta(hours=2)
    assert (await lars.post(path, data={"reason": "Det är två"})).status_code == 303
    assert "Kristina Exempel" in words(await anna.get(f"/clients/{twin}"))
    async with service.app.state.store.reading() as connection:
        assert {one.id for one in await projections.caseload(connection, OWN)} >= {stina, twin}


async def test_a_plan_that_was_open_while_its_record_was_merged_is_written_over_nobody_s(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    """Both records had a first version: that of the one is not that of the other."""
    stina, twin = service.clients["Stina Exempel"], await a_twin(service)
    await write(lars, f"/clients/{stina}/plans/about", who_i_am="Målar om nätterna", together="together")
    await write(anna, f"/clients/{twin}/plans/about", who_i_am="Spelar trumpet", together="together")
    open_form = fields(await anna.get(f"/clients/{twin}/plans/about/edit")) | {"together": "together"}
    drafted = open_form | {"who_i_am": "Spelar trumpet och kornett"}
    await anna.post(f"/clients/{twin}/plans/about/draft", data=drafted)
    assert (await merged(service, lars, twin)).status_code == 303
    unsaid = await anna.post(f"/clients/{twin}/plans/about/edit", data=drafted | {"together": ""})
    assert unsaid.status_code == 422
    for sent in (drafted, fields(unsaid) | {"together": "together"}):
        answer = await anna.post(f"/clients/{stina if sent is not drafted else twin}/plans/about/edit", data=sent)
        assert answer.status_code == 409
        assert "Målar om nätterna" in answer.text
        assert "Spelar trumpet och kornett" in answer.text
    draft = await anna.get(f"/clients/{stina}/plans/about/edit")
    assert "Spelar trumpet och kornett" in draft.text
    assert "Målar om nätterna" in words(await anna.get(f"/clients/{stina}/plans/about"))
