"""The grid of visits: what it shows to whom, and planning, changing, moving, cancelling and making a visit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, time

import httpx2
import pytest_asyncio

from factboard.domain import events as e
from factboard.domain import roster, visits
from tests.service import OWN, Service
from tests.web.reading import FRAGMENT, JSON, client, facts, looks, seq, typed, words

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


@pytest_asyncio.fixture
async def stina(service: Service) -> AsyncIterator[str]:
    """Somebody on the board, put there by lars."""
    await service.put_on("Stina Exempel", "lars")
    yield f"/clients/{service.clients['Stina Exempel']}"


@pytest_asyncio.fixture
async def visit(service: Service, stina: str) -> AsyncIterator[str]:
    """Her visit today at ten: Anna goes, Lars instead."""
    what = {"who": "anna", "day": TODAY, "at": time(10), "backup": "lars"}
    receipt = await service.recorder.change(
        OWN, "lars", visits.plan_visit, client=service.clients["Stina Exempel"], **what
    )
    yield f"{stina}/visits/{receipt.seq}"


async def her_visits(service: Service) -> list[tuple[str, str | None, date, time | None]]:
    return [(one.who, one.backup, one.day, one.at) for one in (await client(service, "Stina Exempel")).visits]


async def test_the_grid_shows_who_goes_and_to_whom_nobody_does(
    service: Service, anna: httpx2.AsyncClient, visit: str
) -> None:
    await service.put_on("Åke Provström")
    page = await anna.get("/visits?lang=en")
    said = words(page)
    assert "Nobody goes to 1 Åke Provström" in said
    assert "10:00 Anna (Lars)" in said
    assert f'href="{visit}"' in page.text
    who = {name: service.clients[name] for name in ("Stina Exempel", "Åke Provström")}
    assert {("anna", "read", "visits", id) for id in who.values()} <= await looks(service)


async def test_absent_staff_are_marked_on_their_visits(service: Service, anna: httpx2.AsyncClient, visit: str) -> None:
    for user, said in (("anna", "Lars for Anna, away"), ("lars", "Anna away Lars too")):
        await service.recorder.change(OWN, "lars", roster.note_absence, user=user, first=TODAY)
        assert said in words(await anna.get("/visits?lang=en"))
    assert "Anna is away" in words(await anna.get("/visits?lang=en"))


async def test_another_week_is_asked_for_by_any_of_its_days(
    service: Service, anna: httpx2.AsyncClient, visit: str
) -> None:
    later = await anna.get("/visits?week=2026-12-02&lang=en")
    assert "week of Mon 30 Nov" in words(later)
    assert "/live/visits?week=2026-11-30" in later.text
    assert "10:00" not in words(later)
    for nonsense in ("x", "2026-02-31", "0001-01-01", "9999-12-31", "%00"):
        assert (await anna.get(f"/visits?week={nonsense}")).status_code == 200


async def test_a_visit_is_planned_with_a_backup_from_an_empty_cell(
    service: Service, anna: httpx2.AsyncClient, stina: str
) -> None:
    await service.recorder.change(OWN, "lars", roster.note_absence, user="lars", first=TODAY, last=TOMORROW)
    form = await anna.get(f"{stina}/visit?day=2026-11-24&lang=en")
    assert typed(form, "day") == "2026-11-24"
    assert "Lars Test – away Mon 23 Nov to Tue 24 Nov" in words(form)
    given = {"who": "lars", "backup": "anna", "day": "2026-11-24", "at": "13:30", "anchored": "yes"}
    assert (await anna.post(f"{stina}/visit", data=given)).status_code == 303  # away: warned, never blocked
    assert await her_visits(service) == [("lars", "anna", TOMORROW, time(13, 30))]
    same = await anna.post(f"{stina}/visit", data=given | {"backup": "lars"}, headers=JSON)
    assert (same.status_code, same.json()["errors"]) == (422, {"backup": "backup_is_the_same"})


async def test_a_visit_is_changed_whole(service: Service, anna: httpx2.AsyncClient, visit: str) -> None:
    form = await anna.get(visit, headers=FRAGMENT)
    assert "<html" not in form.text
    assert [typed(form, name) for name in ("day", "at")] == ["2026-11-23", "10:00"]
    given = {"who": "lars", "day": "2026-11-24", "seen": typed(form, "seen"), "request_id": typed(form, "request_id")}
    given["anchored"] = "yes"
    answer = await anna.post(visit, data=given, headers=JSON)
    assert answer.json()["kinds"] == ["visit_changed"]
    assert (await anna.post(visit, data=given, headers=JSON)).json()["repeated"]
    assert await her_visits(service) == [("lars", None, TOMORROW, None)]


async def test_a_visit_is_moved_and_the_move_undone(service: Service, anna: httpx2.AsyncClient, visit: str) -> None:
    toast = await anna.post(f"{visit}/move", data={"day": "2026-11-25"}, headers=FRAGMENT)
    assert "/undo/" in toast.text
    assert await her_visits(service) == [("anna", "lars", date(2026, 11, 25), time(10))]
    undo = f"/clients/{service.clients['Stina Exempel']}/undo/{await seq(service)}"
    assert (await anna.post(undo, headers=JSON)).status_code == 200
    assert await her_visits(service) == [("anna", "lars", TODAY, time(10))]


async def test_the_second_to_move_a_visit_sees_what_the_first_did(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, visit: str
) -> None:
    seen = str((await client(service, "Stina Exempel")).seq)
    move = f"{visit}/move"
    assert (await lars.post(move, data={"day": "2026-11-24", "seen": seen}, headers=JSON)).status_code == 200
    second = await anna.post(move, data={"day": "2026-11-25", "seen": seen}, headers=FRAGMENT)
    assert second.status_code == 409
    assert "Lars" in second.text
    assert [day for _, _, day, _ in await her_visits(service)] == [TOMORROW]
    form = await anna.post(visit, data={"who": "anna", "day": "2026-11-26", "seen": seen})
    assert form.status_code == 409
    again = {"who": "anna", "day": typed(form, "day"), "seen": typed(form, "seen"), "anchored": "urgent"}
    assert (await anna.post(visit, data=again)).status_code == 303  # having read it


async def test_a_cancelled_visit_is_gone_and_says_so_afterwards(
    service: Service, anna: httpx2.AsyncClient, visit: str
) -> None:
    assert (await anna.get(f"{visit}/cancel")).status_code == 200
    answer = await anna.post(f"{visit}/cancel", data={"reason": "Ringde återbud", "anchored": "yes"}, headers=JSON)
    assert answer.json()["kinds"] == ["visit_cancelled"]
    assert (await anna.get(visit)).status_code == 409
    assert (await anna.post(f"{visit}/cancel", headers=JSON)).json()["refused"] == "unknown_visit"


async def test_one_touch_is_a_contact_and_its_rating_once(
    service: Service, anna: httpx2.AsyncClient, visit: str
) -> None:
    before = await seq(service)
    given = {"rating": "better", "by": "anna", "request_id": "done-1"}
    first = await anna.post(f"{visit}/done", data=given, headers=JSON)
    again = await anna.post(f"{visit}/done", data=given, headers=JSON)
    assert (first.json()["kinds"], again.json()["repeated"]) == (["contact_logged", "rated"], True)
    assert len(await facts(service, before)) == 2
    other = await anna.post(f"{visit}/done", data={"outcome": "done"}, headers=JSON)
    assert (other.status_code, other.json()["refused"]) == (409, "visit_was_made")


async def test_not_home_and_not_rated_are_one_touch_too(service: Service, anna: httpx2.AsyncClient, visit: str) -> None:
    for outcome, kind in (("tried", e.ContactKind.TRIED), ("done", e.ContactKind.HOME)):
        before = await seq(service)
        assert (await anna.post(f"{visit}/done", data={"outcome": outcome}, headers=JSON)).status_code == 200
        [row] = await facts(service, before)
        assert isinstance(row.fact, e.ContactLogged)
        assert (row.fact.contact, row.fact.by) == (kind, "anna")


async def test_i_will_go_is_one_touch_and_never_two_people(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, stina: str
) -> None:
    seen = str((await client(service, "Stina Exempel")).seq)
    assert (await anna.post(f"{stina}/go", data={"seen": seen}, headers=JSON)).status_code == 200
    assert await her_visits(service) == [("anna", None, TODAY, None)]
    second = await lars.post(f"{stina}/go", data={"seen": seen}, headers=JSON)
    assert (second.status_code, second.json()["refused"]) == (409, "somebody_goes")
    assert second.json()["meanwhile"]


async def test_bad_input_is_refused_beside_its_field(service: Service, anna: httpx2.AsyncClient, visit: str) -> None:
    before = await seq(service)
    for path, given, field in (
        ("", {"who": "anna", "day": "i dag"}, "day"),
        ("", {"who": "bo", "day": "2026-11-24"}, "who"),
        ("/move", {"day": "2026-11-22"}, "day"),
        ("/move", {}, "day"),
        ("/done", {}, "rating"),
        ("/done", {"rating": "x"}, "rating"),
        ("/done", {"outcome": "tried", "rating": "better"}, "rating"),
        ("/done", {"outcome": "done", "by": "maria"}, "by"),
        ("/cancel", {"reason": "x" * 900}, "reason"),
    ):
        answer = await anna.post(visit + path, data=given, headers=JSON)
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field]), (path, given)
        assert (await anna.post(visit + path, data=given, headers=FRAGMENT)).status_code == 422
    assert await seq(service) == before


async def test_a_visit_is_found_only_with_its_own_client_and_team(
    service: Service, anna: httpx2.AsyncClient, bo: httpx2.AsyncClient, visit: str
) -> None:
    number = visit.rsplit("/", 1)[1]
    other = f"/clients/{service.clients['Åke Provström']}/visits/{number}"
    before = await seq(service)
    for path in (other, f"/clients/{service.clients['Stina Exempel']}/visits/9999999999"):
        assert (await anna.get(path)).status_code == 409
        for what in ("", "/move", "/done", "/cancel"):
            data = {"who": "anna", "day": "2026-11-24", "outcome": "done"}
            assert (await anna.post(path + what, data=data)).status_code == 409
    assert (await bo.get(visit)).status_code == 404
    assert (await bo.post(f"{visit}/move", data={"day": "2026-11-24"})).status_code == 404
    assert await seq(service) == before
