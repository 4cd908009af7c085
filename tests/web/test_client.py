"""The caseload and one client: found, named without mistake, enrolled, corrected, ended, taken in again."""

from __future__ import annotations

import asyncio
import re
from datetime import date

import httpx2
import pytest

from factboard.domain import crisis_plan, enrolment, placement, planned_care, stepdown
from factboard.domain.events import Basis, ContactKind, Details, EndReason, EnrolmentEnded, Informed, Rating, Settings
from factboard.domain.refusal import Invalid
from factboard.web.words import words_for
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web import way_back
from tests.web.reading import JSON, client, facts, looks, seq, typed, words

NEW = {"surname": "Nyström", "first_name": "Ebba", "birth_date": "1990-04-02", "case_manager": "anna"}


def address(service: Service, name: str) -> str:
    return f"/clients/{service.clients[name]}"


async def test_the_list_names_everyone_with_a_second_identifier(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    page = words(await anna.get("/clients"))
    for said in ("Stina Exempel 1980-05-17", "Johan Testberg 1975-06-30", "Johan Testberg 1996-01-09", "5 personer"):
        assert said in page
    assert "Case manager: Lars Test På tavlan sedan mån 23 nov: kortvarigt intensiv" in page
    assert "Vilma" not in page
    assert "Främling" not in page
    assert {("anna", "read", "clients", id) for name, id in service.clients.items() if name != "Olle Främling"} <= (
        await looks(service)
    )


async def test_the_search_finds_any_part_of_a_name_and_puts_no_name_in_an_address(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    page = await anna.post("/clients", data={"q": "exem"})
    assert "Stina Exempel" in words(page)
    assert "Provström" not in words(page)
    assert 'method="post"' in page.text
    assert ("anna", "search", "clients", service.clients["Stina Exempel"]) in await looks(service)
    assert words(await anna.post("/clients", data={"q": " "})) == words(await anna.get("/clients"))


async def test_the_page_shows_who_they_are_where_they_stand_and_what_happened(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel", reason="Sover inte alls")
    page = words(await anna.get(address(service, "Stina Exempel")))
    for said in ("1980-05-17", "Lars Test", "Sover inte alls", "Lars Test satte upp Stina Exempel"):
        assert said in page
    assert ("anna", "read", "client", service.clients["Stina Exempel"]) in await looks(service)


async def test_the_name_of_a_protected_identity_is_shown_to_who_asks_and_that_is_noted(
    service: Service, anna: httpx2.AsyncClient, bo: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    vilma = address(service, "Vilma Skyddsson")
    page = await anna.get(vilma)
    for hidden in ("Vilma", "Skyddsson", "1983"):
        assert hidden not in page.text
    assert (await bo.post(f"{vilma}/name")).status_code == 404
    assert (await nobody.post(f"{vilma}/name")).status_code == 401
    seen = ("anna", "revealed", "client", service.clients["Vilma Skyddsson"])
    assert seen not in await looks(service)
    assert "Vilma Skyddsson" in words(await anna.post(f"{vilma}/name"))
    assert seen in await looks(service)
    assert "Vilma" not in (await anna.get(vilma)).text


async def test_three_people(
    service: Service, anna: httpx2.AsyncClient, bo: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    stina = address(service, "Stina Exempel")
    before = await seq(service)
    for path in (stina, f"{stina}/correct", f"{stina}/end"):
        assert (await anna.get(path)).status_code == 200
        assert (await bo.get(path)).status_code == 404
        assert (await nobody.get(path)).headers["location"] == f"/login?next={path}"
    for path, data in ((f"{stina}/correct", NEW), (f"{stina}/end", {"reason": "moved"}), ("/clients/new", NEW)):
        assert (await nobody.post(path, data=data)).status_code == 401
    for path, data in ((f"{stina}/correct", NEW), (f"{stina}/end", {"reason": "moved"})):
        assert (await bo.post(path, data=data)).status_code == 404
    assert await seq(service) == before


async def test_a_client_is_enrolled_by_hand(service: Service, anna: httpx2.AsyncClient) -> None:
    form = await anna.get("/clients/new")
    data = NEW | {"request_id": typed(form, "request_id"), "national_id": "900402-1234"}
    before = await seq(service)
    wrong = await anna.post("/clients/new", data=data)
    assert words_for(Settings(""), "sv").problem("not_a_national_id") in words(wrong)
    assert typed(wrong, "first_name") == "Ebba"
    answer = await anna.post("/clients/new", data=data | {"national_id": ""})
    again = await anna.post("/clients/new", data=data | {"national_id": ""})
    assert answer.headers["location"] == again.headers["location"]
    assert "Ebba Nyström" in words(await anna.get(answer.headers["location"]))
    assert [fact.fact.kind for fact in await facts(service, before)] == ["client_enrolled"]


async def test_a_national_id_is_valid_agrees_with_the_birth_date_and_is_nobody_elses(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    given = {"surname": "Nyström", "first_name": "Ebba", "national_id": "19811218-9876"}  # the tax agency's own example
    before = await seq(service)
    differs = await anna.post("/clients/new", data=given | {"birth_date": "1981-12-19"}, headers=JSON)
    assert differs.json()["errors"] == {"birth_date": "birth_dates_differ"}
    assert await seq(service) == before
    first = (await anna.post("/clients/new", data=given, headers=JSON)).json()["client"]
    before = await seq(service)
    second = await anna.post("/clients/new", data=given | {"first_name": "Eva"}, headers=JSON)
    assert second.json()["errors"] == {"national_id": "national_id_taken"}
    assert await seq(service) == before
    page = words(await anna.get(f"/clients/{first}"))
    assert "1981-12-18" in page
    own = {"surname": "Nyström", "first_name": "Eva", "national_id": "8112189876"}
    assert (await anna.post(f"/clients/{first}/correct", data=own, headers=JSON)).json()["kinds"] == [
        "client_corrected"
    ]


@pytest.mark.parametrize(("written", "born"), [("STINA  exempel", "1980-05-17"), ("Stina Exempel", "")])
async def test_somebody_of_a_name_that_is_there_is_enrolled_when_said_to_be_another_person(
    service: Service, anna: httpx2.AsyncClient, written: str, born: str
) -> None:
    first, _, surname = written.rpartition(" ")
    data = {"first_name": first, "surname": surname, "birth_date": born, "phone": "070-174 06 05"}
    data["request_id"] = typed(await anna.get("/clients/new"), "request_id")
    before = await seq(service)
    asked = await anna.post("/clients/new", data=data)
    assert asked.status_code == 422
    assert words_for(Settings(""), "sv").problem("known_already") in words(asked)
    assert f'href="{address(service, "Stina Exempel")}"' in asked.text
    assert "Stina Exempel 1980-05-17" in words(asked)
    assert typed(asked, "phone") == "070-174 06 05"
    assert "checked" not in asked.text.split('name="another"')[1].split(">")[0]
    assert await seq(service) == before
    assert ("anna", "search", "client", service.clients["Stina Exempel"]) in await looks(service)
    saved, again = [await anna.post("/clients/new", data=data | {"another": "yes"}) for _ in range(2)]
    assert saved.headers["location"] == again.headers["location"]
    assert [fact.fact.kind for fact in await facts(service, before)] == ["client_enrolled"]


async def test_a_second_tap_on_a_new_client_does_not_ask_whether_it_is_somebody_else(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    data = NEW | {"national_id": "19900402-2381", "request_id": "first"}
    answers = await asyncio.gather(*(anna.post("/clients/new", data=data) for _ in range(3)))
    assert len({answer.headers["location"] for answer in answers}) == 1
    other = await anna.post("/clients/new", data=NEW | {"request_id": "second"}, headers=JSON)
    assert other.json()["errors"] == {"another": "known_already"}


async def test_who_has_left_and_who_is_protected_are_asked_about_too(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await anna.post(f"{address(service, 'Stina Exempel')}/end", data={"reason": "moved"})
    left = await anna.post("/clients/new", data={"first_name": "Stina", "surname": "Exempel"})
    assert "Inte längre hos teamet" in words(left)
    vilma = await anna.post("/clients/new", data={"first_name": "Vilma", "surname": "Skyddsson"})
    assert address(service, "Vilma Skyddsson") in vilma.text
    assert "1983" not in vilma.text
    assert ("anna", "revealed", "client", service.clients["Vilma Skyddsson"]) in await looks(service)
    other = {"first_name": "Stina", "surname": "Exempel", "birth_date": "1999-09-09"}
    assert (await anna.post("/clients/new", data=other)).status_code == 303


async def test_the_details_of_a_protected_identity_are_corrected_by_who_asks_to_see_them(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    path, seen = f"{address(service, 'Vilma Skyddsson')}/correct", ("anna", "revealed", "client")
    asked = await anna.get(path)
    for hidden in ("Vilma", "Skyddsson", "1983"):
        assert hidden not in asked.text
    assert (*seen, service.clients["Vilma Skyddsson"]) not in await looks(service)
    form = await anna.post(path, data={"reveal": "yes"})
    assert (form.status_code, typed(form, "surname")) == (200, "Skyddsson")
    assert (*seen, service.clients["Vilma Skyddsson"]) in await looks(service)
    data = {name: typed(form, name) for name in ("surname", "first_name", "birth_date", "seen", "request_id")}
    assert (await anna.post(path, data=data | {"protected": "yes", "phone": "070-174 06 05"})).status_code == 303
    assert (await client(service, "Vilma Skyddsson")).details.phone == "070-174 06 05"


async def test_a_correction_changes_what_is_known_and_nothing_changed_is_no_fact(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    stina = address(service, "Stina Exempel")
    form = await anna.get(f"{stina}/correct")
    assert typed(form, "birth_date") == "1980-05-17"
    data = {"surname": "Exempel", "first_name": "Stina", "birth_date": "1980-05-17", "case_manager": "lars"}
    before = await seq(service)
    assert (await anna.post(f"{stina}/correct", data=data, headers=JSON)).json()["kinds"] == []
    assert await seq(service) == before
    assert (await anna.post(f"{stina}/correct", data=data | {"phone": "070-174 06 05"})).status_code == 303
    assert (await client(service, "Stina Exempel")).details.phone == "070-174 06 05"


async def test_a_card_is_told_from_a_namesake_who_is_not_on_the_board(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await service.put_on("Johan Testberg")
    await service.put_on("Stina Exempel")
    before = words(await anna.get("/board"))
    assert "Johan Testberg 1975-06-30" in before
    assert "Stina Exempel 1980-05-17" not in before
    namesake = Details("Exempel", "Stina", birth_date=date(1999, 9, 9))
    await service.recorder.change(OWN, "lars", enrolment.enrol, details=namesake)
    assert "Stina Exempel 1980-05-17" in words(await anna.get("/board"))


async def test_two_who_correct_at_once_both_see_it(service: Service, anna: httpx2.AsyncClient) -> None:
    stina = address(service, "Stina Exempel")
    form = await anna.get(f"{stina}/correct")
    theirs = Details("Exempel", "Stina", case_manager="lars", phone="070-174 06 05")
    await service.recorder.change(
        OWN, "lars", enrolment.correct, client=service.clients["Stina Exempel"], details=theirs
    )
    before = await seq(service)
    mine = {"surname": "Exempel", "first_name": "Stina", "notes": "Ring alltid först", "seen": typed(form, "seen")}
    answer = await anna.post(f"{stina}/correct", data=mine)
    assert answer.status_code == 409
    assert "Lars Test" in words(answer)
    assert typed(answer, "notes") == "Ring alltid först"
    assert await seq(service) == before
    assert (await anna.post(f"{stina}/correct", data=mine | {"seen": typed(answer, "seen")})).status_code == 303


async def test_an_enrolment_ends_with_the_time_on_the_board_and_can_begin_again(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel")
    stina = address(service, "Stina Exempel")
    assert "perioden på tavlan avslutas" in words(await anna.get(f"{stina}/end"))
    assert (await anna.post(f"{stina}/end", data={"reason": "other"}, headers=JSON)).json()["errors"] == {
        "note": "required"
    }
    assert (await anna.post(f"{stina}/end", data={"reason": "moved"})).status_code == 303
    assert "Stina" not in words(await anna.get("/clients"))
    assert "Stina Exempel" in words(await anna.get("/clients", params={"ended": "1"}))
    assert "Stina" not in words(await anna.post("/flag/clients", data={"q": "stina"}))
    assert (await anna.get(f"{stina}/contact")).status_code == 409
    data = {"surname": "Exempel", "first_name": "Stina", "birth_date": "1980-05-17"}
    assert (await anna.post(f"{stina}/correct", data=data, headers=JSON)).json()["kinds"] == ["client_enrolled"]
    known = await client(service, "Stina Exempel")
    assert known.enrolled
    assert known.stay is None


async def test_an_enrolment_by_mistake_is_ended_as_one(service: Service, anna: httpx2.AsyncClient) -> None:
    stina = address(service, "Stina Exempel")
    assert "av misstag eller dubblett" in words(await anna.get(f"{stina}/end"))
    assert (await anna.post(f"{stina}/end", data={"reason": "duplicate"})).status_code == 303
    assert (await facts(service))[-1].fact == EnrolmentEnded(EndReason.DUPLICATE)


async def test_an_end_on_an_old_view_shows_the_new_flag(service: Service, anna: httpx2.AsyncClient) -> None:
    stina = address(service, "Stina Exempel")
    form = await anna.get(f"{stina}/end")
    await service.put_on("Stina Exempel", reason="Har slutat äta")
    answer = await anna.post(f"{stina}/end", data={"reason": "moved", "seen": typed(form, "seen")})
    assert answer.status_code == 409
    assert "Har slutat äta" in words(answer)
    assert not any(isinstance(fact.fact, EnrolmentEnded) for fact in await facts(service))


BAD = {
    "no surname": ({"surname": ""}, Invalid("required", "surname")),
    "unseen name": ({"first_name": "\u200b"}, Invalid("required", "first_name")),
    "long name": ({"surname": "x" * 20_000}, Invalid("too_long", "surname", limit=200, length=20_000)),
    "control": ({"first_name": "Eb\x00ba"}, Invalid("control_characters", "first_name")),
    "override": ({"first_name": "Eb\u202eba"}, Invalid("control_characters", "first_name")),
    "31 February": ({"birth_date": "1990-02-31"}, Invalid("not_a_date", "birth_date")),
    "unborn": ({"birth_date": "2027-01-01"}, Invalid("day_out_of_range", "birth_date")),
    "long dead": ({"birth_date": "1066-10-14"}, Invalid("day_out_of_range", "birth_date")),
    "stranger": ({"case_manager": "bo"}, Invalid("unknown_member", "case_manager")),
    "national id": ({"national_id": "123"}, Invalid("not_a_national_id", "national_id")),
    "long notes": ({"notes": "x" * 2_001}, Invalid("too_long", "notes", limit=2000, length=2001)),
}


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_bad_input_gets_a_clear_message_keeps_the_text_and_changes_nothing(
    service: Service, language: str
) -> None:
    before, said = await seq(service), words_for(Settings(""), language)
    async with service.person("anna", language) as anna:
        for path in ("/clients/new", f"{address(service, 'Stina Exempel')}/correct"):
            for case, (given, why) in BAD.items():
                data = NEW | {"address": "Provgatan 1"} | given
                page = await anna.post(path, data=data)
                program = await anna.post(path, data=data, headers=JSON)
                assert page.status_code == program.status_code == 422, (path, case)
                assert program.json().items() >= {"saved": False, "errors": {why.field: why.key}}.items(), (path, case)
                assert said.refusal(why) in words(page), (path, case)
                assert typed(page, "address") == "Provgatan 1", (path, case)
        end = await anna.post(f"{address(service, 'Stina Exempel')}/end", data={"reason": "bored"}, headers=JSON)
        assert end.json()["errors"] == {"reason": "unknown_choice"}
    assert await seq(service) == before


async def test_right_to_left_and_emoji_names_are_names(service: Service, anna: httpx2.AsyncClient) -> None:
    for first, surname in (("سارة", "الحسن"), ("נועה", "כהן"), ("Ebba 🌻", "Nyström")):
        answer = await anna.post("/clients/new", data={"first_name": first, "surname": surname})
        assert answer.status_code == 303
        assert f"{first} {surname}" in words(await anna.get(answer.headers["location"]))
        assert first in words(await anna.post("/clients", data={"q": surname}))


async def test_markup_in_a_name_stays_text(service: Service, anna: httpx2.AsyncClient) -> None:
    name = '<script>alert("x")</script>'
    answer = await anna.post("/clients/new", data={"first_name": name, "surname": "Exempel"})
    for page in (await anna.get(answer.headers["location"]), await anna.get("/clients")):
        assert "<script>alert" not in page.text
        assert name in words(page) or "alert(" in words(page)


async def test_earlier_times_on_the_board_stand_on_the_page(service: Service, anna: httpx2.AsyncClient) -> None:
    stina = service.clients["Stina Exempel"]
    await service.put_on("Stina Exempel")
    await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=stina, reason="Lugnt")
    page = words(await anna.get(f"/clients/{stina}"))
    assert "Tidigare perioder på tavlan" in page
    assert "mån 23 nov 2026 – mån 23 nov 2026" in page


async def of(service: Service, name: str = "Stina Exempel") -> str:
    """What the client's page says, in English."""
    async with service.person("anna", "en") as anna:
        return words(await anna.get(address(service, name)))


class TestTheWayBack:
    async def test_is_a_table_of_all_that_is_asked_and_how_it_stands(self, service: Service) -> None:
        await service.put_on("Stina Exempel")
        said = await of(service)
        for line in (
            "not met: 3 ratings “as usual” (seen or spoken with) 0",
            "met: Not admitted at home",
            "not met: Crisis plan reviewed during this time on the board not reviewed",
            "Next: a first rating “as usual” (seen or spoken with): Anna or Lars",
        ):
            assert line in said, line

    async def test_names_the_policy_in_force_with_its_number_in_the_history(self, service: Service) -> None:
        await service.put_on("Stina Exempel")
        number = (await way_back.the_team(service)).policies["short_intensive"]
        policy = "Policy of short-term intensive: the meeting announces it, return at 13:00."
        assert f"{policy} Set by no. {number} in the history." in await of(service)

    async def test_shows_each_rating_and_why_it_does_not_count(self, service: Service, clock: Clock) -> None:
        await service.put_on("Stina Exempel")
        how = {"client": service.clients["Stina Exempel"], "rating": Rating.USUAL}
        for basis in (Basis.TOLD, Basis.SEEN):
            clock.forward(hours=1)
            await service.recorder.change(OWN, "anna", placement.rate, basis=basis, **how)
        said = await of(service)
        assert "as usual , today 10:40, Anna (told by others) does not count: told by others, not seen" in said
        assert "as usual , today 11:40, Anna (seen) counts" in said
        clock.forward(hours=1)
        await service.recorder.change(OWN, "anna", placement.rate, basis=Basis.SEEN, **how | {"rating": Rating.WORSE})
        said = await of(service)
        assert "as usual , today 11:40, Anna (seen) does not count: before a “worse”" in said
        assert "worse , today 12:40, Anna (seen) does not count: not “as usual”" in said

    async def test_shows_the_contacts_that_count(self, service: Service) -> None:
        await service.put_on("Stina Exempel")
        id = service.clients["Stina Exempel"]
        await service.recorder.change(OWN, "anna", placement.log_contact, client=id, contact=ContactKind.HOME)
        await service.recorder.change(OWN, "lars", placement.log_contact, client=id, contact=ContactKind.TRIED)
        assert "Contacts that count (1) Home visit, today 09:40, Anna" in await of(service)

    async def test_of_somebody_announced_says_by_whom_when_and_what_they_think(
        self, service: Service, clock: Clock
    ) -> None:
        clock.forward(days=2)
        [id] = await way_back.announced(service, clock, "Stina Exempel")
        told = {"informed": Informed.YES, "view": "Gärna"}
        await service.recorder.change(OWN, "anna", stepdown.tell, client=id, **told)
        said = await of(service)
        assert "Return planned Wed 25 Nov 13:00 Announced by the meeting Tue 24 Nov 09:40." in said
        assert "Patient informed : Gärna (Anna Test, Wed 25 Nov 09:40)" in said
        await way_back.meets(service)
        assert "Returns today 13:00" in await of(service)
        assert "Another meeting has gone through the patient since then." in await of(service)

    async def test_of_somebody_kept_on_says_until_when_why_and_how_often(self, service: Service) -> None:
        await service.put_on("Stina Exempel")
        id = service.clients["Stina Exempel"]
        await service.recorder.change(OWN, "anna", stepdown.keep_on, client=id, reason="Flyttar")
        said = await of(service)
        assert "Kept on the board until Mon 30 Nov: Anna : Flyttar" in said
        assert "Kept on 1 time so far." in said

    async def test_is_not_there_for_somebody_off_the_board(self, service: Service) -> None:
        assert "The way back to planned care" not in await of(service)


class TestPlannedCare:
    async def test_is_who_meets_them_how_often_and_when_next(self, service: Service, clock: Clock) -> None:
        assert "Planned contacts not planned" in await of(service)
        id, next = service.clients["Stina Exempel"], date(2026, 11, 25)
        plan = {"who": "anna", "every_days": 14, "next": next}
        await service.recorder.change(OWN, "lars", planned_care.set_planned_contact, client=id, **plan)
        assert "Anna Test , every other week; next Wed 25 Nov" in await of(service)
        clock.forward(days=4)
        assert "next Wed 25 Nov (has passed)" in await of(service)
        await service.recorder.change(OWN, "anna", placement.log_contact, client=id, contact=ContactKind.HOME)
        assert "next Fri 11 Dec" in await of(service)

    async def test_says_how_the_crisis_plan_was_reviewed_and_by_whom(self, service: Service) -> None:
        assert "Crisis plan not reviewed yet" in await of(service)
        id = service.clients["Stina Exempel"]
        await service.recorder.change(OWN, "anna", crisis_plan.review_crisis_plan, client=id, with_client=False)
        assert "reviewed today, Anna Test , without the patient, who declined" in await of(service)

    async def test_names_who_stands_in_for_the_case_manager_and_says_when_they_are_away(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        data = {"surname": "Exempel", "first_name": "Stina", "case_manager": "lars", "substitute": "anna"}
        assert (await anna.post(f"{address(service, 'Stina Exempel')}/correct", data=data)).status_code == 303
        assert (await client(service, "Stina Exempel")).details.substitute == "anna"
        assert "Case manager Lars Test ; stand-in: Anna Test" in await of(service)
        form = await anna.get(f"{address(service, 'Stina Exempel')}/correct")
        assert '<option value="anna" selected>' in form.text.partition('name="substitute"')[2]
        await anna.post("/roster/absences", data={"user": "lars", "first": "2026-11-23"})
        assert "Case manager Lars Test (away now) ; stand-in: Anna Test" in await of(service)
        await anna.post("/roster/absences", data={"user": "anna", "first": "2026-11-23"})
        assert "Lars Test (away now) ; stand-in: Anna Test (away now)" in await of(service)

    async def test_a_stand_in_is_somebody_else(self, service: Service, anna: httpx2.AsyncClient) -> None:
        data = {"surname": "Exempel", "first_name": "Stina", "case_manager": "lars", "substitute": "lars"}
        wrong = await anna.post(f"{address(service, 'Stina Exempel')}/correct", data=data, headers=JSON)
        assert wrong.json()["errors"] == {"substitute": "substitute_is_the_same"}


class TestAfterAReturn:
    async def test_stands_since_when_who_meets_them_and_the_way_back_up(
        self, service: Service, clock: Clock, anna: httpx2.AsyncClient
    ) -> None:
        await service.put_on("Stina Exempel")
        id = service.clients["Stina Exempel"]
        clock.forward(days=1)
        await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=id, reason="Lugnt")
        since = "Back in planned care since today, Lars · follow-up by Tue 1 Dec , Lars"
        assert f"{since} Back on the board" in await of(service)
        assert f'formaction="/clients/{id}/back"' in (await anna.get(f"/clients/{id}")).text
        clock.forward(days=8)
        assert "Not met yet: follow-up by Tue 1 Dec" in await of(service)
        await service.recorder.change(OWN, "anna", placement.log_contact, client=id, contact=ContactKind.HOME)
        assert "followed up today, Anna" in await of(service)
        clock.forward(days=14)
        assert "Back on the board" not in await of(service)

    async def test_earlier_times_say_how_each_ended(self, service: Service, clock: Clock) -> None:
        await service.put_on("Stina Exempel")
        id = service.clients["Stina Exempel"]
        await service.recorder.change(OWN, "anna", stepdown.keep_on, client=id, reason="Flyttar")
        await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=id, reason="Lugnt")
        assert "short-term intensive ended by Lars Test · kept on 1 time" in await of(service)


class TestWhatOneCanDo:
    """The page tells first where the client stands; of twenty things to do four are in sight (a nurse with a phone)."""

    async def test_comes_after_the_card_four_acts_in_sight_and_the_rest_by_one_touch_more(
        self, service: Service
    ) -> None:
        await service.put_on("Stina Exempel")
        async with service.person("anna", "en") as anna:
            html = (await anna.get(f"/clients/{service.clients['Stina Exempel']}")).text
        before, _, after = html.partition('<nav class="acts"')
        assert 'id="card-' in before
        seen, _, more = after.partition("</nav>")[0].partition("<details>")
        assert re.findall(r"<a [^>]*?href=\"[^\"]*?([a-z-]+)(?:\?[^\"]*)?\"", seen) == [
            "flag",
            "contact",
            "rate",
            "visit",
        ]
        for act in ("action", "category", "review", "keep", "return", "entered-in-error", "admitted"):
            assert f'/{act}"' in more, act

    async def test_whoever_saved_without_script_may_undo_it_where_it_says_saved(self, service: Service) -> None:
        stina = f"/clients/{service.clients['Stina Exempel']}"
        await service.put_on("Stina Exempel")
        async with service.person("anna", "en") as anna:
            answer = await anna.post(f"{stina}/contact", data={"contact": "phone"})
            number = answer.headers["location"].rpartition("=")[2]
            box = (await anna.get(answer.headers["location"])).text.partition('class="box saved"')[2]
            assert f'action="{stina}/undo/{number}"' in box.partition('class="columns"')[0]
        async with service.person("lars", "en") as lars:
            box = (await lars.get(answer.headers["location"])).text.partition('class="box saved"')[2]
            assert "/undo/" not in box.partition('class="columns"')[0]
