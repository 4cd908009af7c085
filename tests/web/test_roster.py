"""Who is away and who is on duty, as anybody in the team writes it down."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import httpx2

from factboard.domain import events as e
from factboard.domain import roster, team
from factboard.storage import projections
from tests.service import OWN, Service
from tests.web.reading import JSON, facts, seq, words

MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"


def shown(page: httpx2.Response, *chosen: str) -> dict[str, list[str]]:
    """The form of the days on duty as a browser sends it back, with these days chosen anew ("2026-11-23=anna")."""
    duty = []
    for select in re.findall(r'(?s)<select id="f-duty.*?</select>', page.text):
        options = re.findall(r'<option value="([^"]*)"( selected)?', select)
        duty.append(next((value for value, picked in options if picked), options[0][0]))
    anew = {one[:11]: one for one in chosen}
    was = re.findall(r'name="was" value="([^"]*)"', page.text)
    return {"duty": [anew.get(one[:11], one) for one in duty], "was": was}


def beside(page: httpx2.Response, day: str) -> str:
    """What stands beside the choice of this day."""
    found = re.search(rf'(?s)<p class="[a-z]*" id="[eh]-duty-{day}">(.*?)</p>', page.text)
    return html.unescape(re.sub(r"<[^>]*>", "", found.group(1))) if found else ""


async def on_duty(service: Service) -> dict[str, str]:
    async with service.app.state.store.reading() as connection:
        state = await projections.team(connection, OWN)
    assert state
    return {str(day): user for day, user in state.duty.items()}


class TestAbsences:
    async def test_sickness_is_written_down_in_the_morning_and_taken_back(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        away = {"user": "lars", "first": MONDAY, "last": TUESDAY, "note": "Kommer på onsdag"}
        assert (await anna.post("/roster/absences", data=away)).status_code == 303
        [noted] = await facts(service, before)
        page = words(await anna.get("/roster"))
        assert "Kommer på onsdag" in page
        again = await anna.post("/roster/absences", data=away)
        assert again.status_code == 409
        assert "Lars" in words(again).split("Kommer på onsdag")[0]  # who it is about, above the list
        gone = f"/roster/absences/{noted.fact.absence}/remove"  # type: ignore[attr-defined]
        assert (await anna.post(gone)).status_code == 303
        answer = await anna.post(gone)
        assert answer.status_code == 409
        assert 'class="meanwhile"' in answer.text
        assert "Kommer på onsdag" not in words(answer)

    async def test_wrong_days_stand_beside_their_field_and_what_was_typed_stays(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        for data, field in (
            ({"user": "lars", "first": "i dag"}, "first"),
            ({"user": "lars", "first": TUESDAY, "last": MONDAY}, "last"),
            ({"user": "bo", "first": TUESDAY}, "user"),
            ({}, "user"),
        ):
            answer = await anna.post("/roster/absences", data=data)
            assert answer.status_code == 422
            assert f'id="e-{field}"' in answer.text
            assert data.get("first", "") in answer.text
        assert await seq(service) == before


class TestDuty:
    async def test_one_form_saves_all_days_that_were_changed_and_no_other(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        page = await anna.get("/roster")
        assert len(shown(page)["duty"]) == 14
        form = shown(page, f"{MONDAY}=anna", f"{WEDNESDAY}=lars")
        assert (await anna.post("/roster/duty", data=form)).headers["location"] == f"/roster?saved={before + 1}"
        assert [one.fact.kind for one in await facts(service, before)] == ["duty_set", "duty_set"]
        assert await on_duty(service) == {MONDAY: "anna", WEDNESDAY: "lars"}
        form = shown(await anna.get("/roster"), f"{MONDAY}=")
        assert (await anna.post("/roster/duty", data=form)).status_code == 303
        assert await on_duty(service) == {WEDNESDAY: "lars"}

    async def test_sent_back_unchanged_it_is_no_fact(self, service: Service, anna: httpx2.AsyncClient) -> None:
        before = await seq(service)
        for form in (shown(await anna.get("/roster")), {}):
            assert (await anna.post("/roster/duty", data=form)).status_code == 303
        assert await seq(service) == before

    async def test_one_mistake_saves_nothing_and_stands_beside_its_own_day(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        form = shown(await anna.get("/roster"), f"{MONDAY}=anna", f"{TUESDAY}=maria", f"{WEDNESDAY}=lars")
        answer = await anna.post("/roster/duty", data=form)
        assert answer.status_code == 422
        assert beside(answer, TUESDAY).startswith("Välj någon som arbetar i teamet.")
        assert not beside(answer, MONDAY)
        assert shown(answer) == form  # what was chosen stays, and what was seen
        assert await seq(service) == before
        told = (await anna.post("/roster/duty", data=form, headers=JSON)).json()
        assert told["errors"] == {f"duty-{TUESDAY}": "unknown_member"}

    async def test_two_at_once_lose_nothing(self, service: Service, anna: httpx2.AsyncClient) -> None:
        page = await anna.get("/roster")
        await anna.post("/roster/duty", data=shown(page, f"{MONDAY}=lars", f"{TUESDAY}=lars"))
        other_days = shown(page, f"{WEDNESDAY}=anna", f"{TUESDAY}=lars")  # Tuesday as it stands by now
        assert (await anna.post("/roster/duty", data=other_days)).status_code == 303
        answer = await anna.post("/roster/duty", data=shown(page, f"{MONDAY}=anna"))
        assert answer.status_code == 409
        assert beside(answer, MONDAY)
        assert "Lars" in beside(answer, MONDAY)
        assert (await on_duty(service))[MONDAY] == "lars"
        assert (await anna.post("/roster/duty", data=shown(answer))).status_code == 303  # told, they mean it
        assert await on_duty(service) == {MONDAY: "anna", TUESDAY: "lars", WEDNESDAY: "anna"}

    async def test_days_that_the_form_does_not_show_are_refused(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        for duty in ("2026-11-01=anna", "9999-12-31=anna", "måndag=anna", "=", "2026-11-23=\x00"):
            answer = await anna.post("/roster/duty", data={"duty": duty})
            assert answer.status_code == 422, duty
            assert 'class="problems"' in answer.text
        assert await seq(service) == before

    async def test_who_is_no_clinician_any_more_still_shows_and_is_no_mistake(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        page = await anna.get("/roster")
        await anna.post("/roster/duty", data=shown(page, f"{TUESDAY}=lars"))
        reader = replace(service_member(service, "lars"), role=e.Role.AUDITOR)
        await service.recorder.change(OWN, "factboard", team.set_member, member=reader)
        page = await anna.get("/roster")
        assert f"{TUESDAY}=lars" in shown(page)["duty"]
        assert f'value="{MONDAY}=lars"' not in page.text
        assert (await anna.post("/roster/duty", data=shown(page, f"{MONDAY}=anna"))).status_code == 303
        await service.recorder.change(OWN, "factboard", team.remove_member, user="lars")
        assert f"{TUESDAY}=lars" in shown(await anna.get("/roster"))["duty"]

    async def test_whoever_is_on_duty_and_away_is_told(self, service: Service, anna: httpx2.AsyncClient) -> None:
        await anna.post("/roster/duty", data=shown(await anna.get("/roster"), f"{TUESDAY}=lars"))
        assert not beside(await anna.get("/roster"), TUESDAY)
        await anna.post("/roster/absences", data={"user": "lars", "first": TUESDAY})
        assert beside(await anna.get("/roster"), TUESDAY)


def service_member(service: Service, user: str) -> e.Member:
    return e.Member(user, user, user.capitalize(), e.Role.LEAD)


async def test_settings_show_who_is_here_and_lead_to_the_roster(service: Service, lars: httpx2.AsyncClient) -> None:
    today = service.app.state.clock().date()
    await service.recorder.change(OWN, "lars", roster.set_duty, day=today, user="anna")
    await service.recorder.change(OWN, "lars", roster.note_absence, user="lars", first=today)
    page = await lars.get("/settings")
    here = re.search(r'(?s)<dl class="here">.*?</dl>', page.text)
    assert here
    assert [("anna" in one.lower(), "lars" in one.lower()) for one in here.group().split("<div>")[1:]] == [
        (True, False),  # on duty
        (True, False),  # working
        (False, True),  # away
    ]
    assert 'href="/roster"' in page.text


async def test_the_roster_is_one_touch_from_every_page(anna: httpx2.AsyncClient) -> None:
    assert 'href="/roster"' in (await anna.get("/board")).text


async def test_only_the_teams_own_people_read_and_write_it(service: Service) -> None:
    for person, status in (("maria", 403), ("bo", 200)):
        async with service.person(person) as client:
            answer = await client.get("/roster")
            assert answer.status_code == status
            assert "Lars" not in words(answer)
