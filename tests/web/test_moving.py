"""Another team is asked to take a client over: the pages of both, and what each one's access log says."""

from __future__ import annotations

import httpx2

from factboard.domain import placement
from factboard.domain.events import ContactKind, Entry, LockedFor, LockPlaced
from factboard.domain.events import Given as History
from factboard.storage import access
from tests.conftest import NOW
from tests.moved import NOTE, asked
from tests.service import OTHER, OWN, Service
from tests.web.reading import client, facts, looks, typed, words

ASK = {
    "team": OTHER, "to_know": NOTE.to_know, "to_do": NOTE.to_do, "planned_for": NOTE.planned_for,
    "agreed_to": NOTE.agreed_to, "history": "all",
}  # fmt: skip


async def the_move(service: Service) -> str:
    moved = (await client(service, "Stina Exempel")).moves.asked
    assert moved
    return moved.move


async def test_a_client_moves_with_a_note_and_what_was_written_is_read_there(
    service: Service, lars: httpx2.AsyncClient, anna: httpx2.AsyncClient
) -> None:
    stina = service.clients["Stina Exempel"]
    met = {"contact": ContactKind.HOME, "by": "anna", "happened_at": NOW, "note": "Träffades vid porten"}
    await service.recorder.change(OWN, "anna", placement.log_contact, client=stina, **met)
    await service.put_on("Stina Exempel", reason="Sover inte")
    form = await lars.get(f"/clients/{stina}/move")
    assert "Flytta till ett annat team" in words(form)
    empty = await lars.post(f"/clients/{stina}/move", data=ASK | {"to_know": "", "agreed_to": ""})
    assert empty.status_code == 422
    assert NOTE.planned_for in empty.text
    sent = ASK | {"request_id": typed(form, "request_id")}
    assert (await lars.post(f"/clients/{stina}/move", data=sent)).status_code == 303
    assert "tillfrågat om att ta över" in words(await lars.get(f"/clients/{stina}"))
    move = await the_move(service)
    async with service.person("ingrid") as ingrid, service.person("bo") as bo:
        assert "Ett annat team ber er att ta över någon." in (await ingrid.get("/board")).text
        assert "Ett annat team ber er" not in (await bo.get("/board")).text
        assert (await bo.get(f"/moves/{move}")).status_code == 403
        assert "Team Kusten" in words(await ingrid.get("/moves"))
        page = words(await ingrid.get(f"/moves/{move}"))
        for said in ("Stina Exempel 1980-05-17", NOTE.to_know, NOTE.agreed_to, "Sover inte", "Lars Test i Team Kusten"):
            assert said in page
        assert ("ingrid", "read", "move", stina) in await looks(service)  # in the log of the team whose client it is
        unsure = await ingrid.post(f"/moves/{move}", data={"case_manager": "bo"})
        assert unsure.status_code == 422  # she is on the board: in which category?
        yes = await ingrid.post(f"/moves/{move}", data={"case_manager": "bo", "category": "crisis_prevention"})
        assert yes.status_code == 303
        there = yes.headers["location"].split("?")[0]
        theirs = words(await bo.get(there))
        for said in ("Övertagen från Team Kusten", NOTE.to_do, "Sover inte", "Vad Team Kusten skrev tidigare"):
            assert said in theirs
        before = words(await bo.get(f"{there}/before"))
        assert "Träffades vid porten" in before
        assert "Anna Test" in before
        assert ("bo", "read", "move", stina) in await looks(service)
        assert there.rsplit("/", 1)[1] in {look[3] for look in await looks(service, OTHER)}
        assert "Team Kusten" not in words(await ingrid.get("/moves"))
    gone = words(await anna.get(f"/clients/{stina}"))
    assert "Övertagen av Team Skogen" in gone
    assert not (await client(service, "Stina Exempel")).enrolled
    assert "tog över Stina Exempel" in words(await lars.get("/notices"))


async def test_the_other_team_says_no_and_why(service: Service, lars: httpx2.AsyncClient) -> None:
    stina = service.clients["Stina Exempel"]
    move = await asked(service.recorder, OWN, "lars", stina, OTHER)
    async with service.person("ingrid") as ingrid:
        assert (await ingrid.post(f"/moves/{move}/decline", data={"reason": ""})).status_code == 422
        assert (await ingrid.post(f"/moves/{move}/decline", data={"reason": "Vi är fulla"})).status_code == 303
        assert (await ingrid.get(f"/moves/{move}")).status_code == 404
    page = words(await lars.get(f"/clients/{stina}"))
    assert "Vi är fulla" in page
    assert "tillfrågat om att ta över" not in page
    assert "avböjde" in words(await lars.get("/notices"))


async def test_a_question_is_taken_back(service: Service, lars: httpx2.AsyncClient, anna: httpx2.AsyncClient) -> None:
    stina = service.clients["Stina Exempel"]
    await asked(service.recorder, OWN, "lars", stina, OTHER)
    assert NOTE.to_know in words(await lars.get(f"/clients/{stina}/move"))
    others = await anna.post(f"/clients/{stina}/move/withdraw", data={"reason": "Jag vill det"})
    assert others.status_code == 403
    assert (await lars.post(f"/clients/{stina}/move/withdraw", data={"reason": "Stannar"})).status_code == 303
    async with service.person("ingrid") as ingrid:
        assert "Inget annat team ber er" in words(await ingrid.get("/moves"))
    assert (await lars.post(f"/clients/{stina}/move/withdraw", data={"reason": "Stannar"})).status_code == 409


async def test_who_could_be_somebody_known_is_asked_about_and_nothing_is_given_that_was_not(service: Service) -> None:
    stina, other = service.clients["Stina Exempel"], service.clients["Olle Främling"]
    move = await asked(service.recorder, OTHER, "ingrid", other, OWN, History.NOTHING)
    async with service.person("lars") as lars:
        assert "Känner ni redan personen?" not in words(await lars.get(f"/moves/{move}"))
        yes = await lars.post(f"/moves/{move}")
        here = yes.headers["location"].split("?")[0]
        assert "skrev tidigare" not in words(await lars.get(here))
        assert (await lars.get(f"{here}/before")).status_code == 404
        back = await asked(service.recorder, OWN, "lars", here.rsplit("/", 1)[1], OTHER)
    async with service.person("ingrid") as ingrid:
        assert "Känner ni redan personen?" in words(await ingrid.get(f"/moves/{back}"))
        unsaid = await ingrid.post(f"/moves/{back}")
        assert unsaid.status_code == 422
        assert (await ingrid.post(f"/moves/{back}", data={"into": stina})).status_code == 422
        again = await ingrid.post(f"/moves/{back}", data={"into": other})
        assert again.headers["location"].startswith(f"/clients/{other}")


async def test_what_is_locked_is_not_given_away(service: Service, lars: httpx2.AsyncClient) -> None:
    stina = service.clients["Stina Exempel"]

    def locked(_case: object) -> list[Entry]:
        return [Entry(LockPlaced("l1", ("identity",), LockedFor.OTHERS, ("lars",)), stina)]

    await service.recorder.change(OWN, "lars", locked, client=stina)
    assert "Något är spärrat här" in words(await lars.get(f"/clients/{stina}/move"))
    refused = await lars.post(f"/clients/{stina}/move", data=ASK)
    assert refused.status_code == 422
    assert "Något är spärrat här, så inget av historiken lämnas ut." in words(refused)
    assert [row.fact.kind for row in await facts(service)][-1] == "lock_placed"
    async with service.app.state.store.reading() as connection:
        assert await access.read(connection, OTHER) == []
