"""Wall screens: paired by a lead's phone, theirs alone to show, blanked and revoked; never a sign-in page."""

from __future__ import annotations

import re

import httpx2
import pytest
from sqlalchemy import update

from factboard.domain import events as e
from factboard.storage import access, devices, tables
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import FRAGMENT, looks

GIVEN = {"name": "Mötesrummet", "naming": "short", "outside": "board", "seen": "yes"}


async def code_on(screen: httpx2.AsyncClient) -> str:
    """The code that an unpaired screen shows."""
    answer = await screen.get("/wall")
    found = re.search(r'class="code"[^>]*>([^<]+)<', answer.text)
    assert answer.status_code == 200
    assert found, answer.text
    return found[1].replace(" ", "")


async def paired(service: Service, screen: httpx2.AsyncClient, **more: str) -> str:
    """Pair this screen with the team; its id."""
    code = await code_on(screen)
    async with service.person("lars") as lars:
        answer = await lars.post("/pair", data={**GIVEN, **more, "code": code})
        assert answer.status_code == 303, answer.text
    return (await screens(service))[-1].id


async def screens(service: Service) -> list[e.ScreenPaired]:
    async with service.app.state.store.reading() as connection:
        from factboard.storage import projections

        team = await projections.team(connection, OWN)
    assert team
    return [one for one in team.screens.values() if not one.revoked]  # type: ignore[misc]


@pytest.fixture
async def screen(service: Service):
    """A browser on a wall: it signs in to nothing, ever."""
    async with service.person(None) as client:
        yield client


async def test_an_unpaired_screen_shows_a_code_and_no_name(service: Service, screen: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    first, again = await code_on(screen), await code_on(screen)
    assert re.fullmatch("[2-9A-HJ-NP-Z]{8}", first)
    assert first == again
    text = (await screen.get("/wall")).text
    assert "Stina" not in text
    assert f"/pair?code={first}" not in text  # it stands in the picture only
    assert "<svg" in text


async def test_two_screens_never_show_one_code(service: Service, screen: httpx2.AsyncClient) -> None:
    async with service.person(None) as other:
        assert await code_on(screen) != await code_on(other)


async def test_a_paired_screen_shows_the_wall_of_its_team(service: Service, screen: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    assert (await screen.get("/wall/paired")).status_code == 303  # nothing was asked for yet
    await code_on(screen)
    assert (await screen.get("/wall/paired")).status_code == 204
    await paired(service, screen)
    assert (await screen.get("/wall/paired", headers={"HX-Request": "true"})).headers["HX-Redirect"] == "/wall"
    text = (await screen.get("/wall")).text
    assert "Stina" in text
    assert "Exempel" not in text
    assert 'data-login="/wall"' in text


async def test_a_code_is_for_its_own_screen_and_for_one_time(service: Service, screen: httpx2.AsyncClient) -> None:
    code = await code_on(screen)
    async with service.person("lars") as lars, service.person(None) as other:
        await code_on(other)
        assert (await lars.post("/pair", data={**GIVEN, "code": f"{code[:4].lower()} {code[4:]}"})).status_code == 303
        again = await lars.post("/pair", data={**GIVEN, "name": "En till", "code": code})
        assert again.status_code == 422
        assert "En till" in again.text
        assert 'class="code"' in (await other.get("/wall")).text


async def test_two_taps_pair_a_screen_once(service: Service, screen: httpx2.AsyncClient) -> None:
    given = {**GIVEN, "code": await code_on(screen), "request_id": "tap"}
    async with service.person("lars") as lars:
        answers = [await lars.post("/pair", data=given) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len(await screens(service)) == 1


async def test_a_code_runs_out_and_the_screen_gets_another(service: Service, screen: httpx2.AsyncClient) -> None:
    code, key = await code_on(screen), dict(screen.cookies)
    async with service.app.state.store.writing() as connection:
        await connection.execute(update(tables.device).values(made="2026-11-23T08:00:00.000000+00:00"))
    async with service.person("lars") as lars:
        answer = await lars.post("/pair", data={**GIVEN, "code": code})
    assert answer.status_code == 422
    assert (await screen.get("/wall/paired", headers=FRAGMENT)).headers["HX-Redirect"] == "/wall"
    assert await code_on(screen) != code
    assert dict(screen.cookies) != key
    async with service.app.state.store.reading() as connection:
        assert await devices.count_waiting(connection) == 1  # the old one is not kept


async def test_whoever_asks_for_many_codes_has_to_wait_and_is_told_so(service: Service) -> None:
    async with service.person(None) as flood:
        for _ in range(30):
            flood.cookies.clear()
            await flood.get("/wall")
        flood.cookies.clear()
        answer = await flood.get("/wall")
    assert answer.status_code == 503
    assert 'class="code"' not in answer.text
    assert 'hx-trigger="every 20s"' in answer.text  # it comes back by itself
    async with service.app.state.store.reading() as connection:
        assert await devices.count_waiting(connection) == 30


async def test_a_browser_that_keeps_no_cookies_is_told_and_does_not_go_round(service: Service) -> None:
    async with service.person(None) as forgetful:
        await forgetful.get("/wall")
        forgetful.cookies.clear()
        answer = await forgetful.get("/wall/paired", headers=FRAGMENT)
    assert "HX-Redirect" not in answer.headers
    assert "no-key" in answer.text


async def test_only_what_is_seen_is_paired(service: Service, screen: httpx2.AsyncClient) -> None:
    """A link with the code of a stranger's browser can be sent to a lead; it asks them to look first."""
    code = await code_on(screen)
    async with service.person("lars") as lars:
        form = await lars.get(f"/pair?code={code}")
        assert f"{code[:4]} {code[4:]}" in form.text
        answer = await lars.post("/pair", data={**GIVEN, "seen": "", "code": code})
    assert answer.status_code == 422
    assert await screens(service) == []


async def test_a_person_beside_a_screen_is_still_a_person(service: Service) -> None:
    """One browser, a wall in one tab and somebody signed in in another."""
    async with service.person("anna") as both:
        await paired(service, both)
        assert (await both.post("/wall/blank")).headers["location"].startswith("/wall")
        assert (await both.post("/wall/show", data={"next": "/clients"})).headers["location"].startswith("/clients")
        elsewhere = await both.post("/wall/blank", data={"next": "//evil.example"})
        assert elsewhere.headers["location"].startswith("/wall")
        assert (await both.get("/board")).status_code == 200


async def test_a_lead_sees_whether_a_screen_is_on(service: Service, screen: httpx2.AsyncClient) -> None:
    id = await paired(service, screen)
    async with service.person("lars", "en") as lars:
        assert "not connected now" in (await lars.get(f"/settings/screens/{id}")).text
        async with screen.stream("GET", "/live/wall") as answer:
            chunks = answer.aiter_bytes()
            await anext(chunks)
            assert "shows the wall now" in (await lars.get(f"/settings/screens/{id}")).text


@pytest.mark.parametrize(
    "typed", [{"code": "ABCDEFGH"}, {"code": ""}, {"code": "ö" * 3000}, {"naming": "full"}, {"name": ""}]
)
async def test_what_cannot_be_right_is_said_beside_the_field(
    service: Service, screen: httpx2.AsyncClient, typed: dict[str, str]
) -> None:
    given = {**GIVEN, "code": await code_on(screen)} | typed
    async with service.person("lars") as lars:
        answer = await lars.post("/pair", data=given)
    assert answer.status_code == 422
    assert await screens(service) == []


async def test_codes_cannot_be_tried_out(service: Service, screen: httpx2.AsyncClient) -> None:
    code = await code_on(screen)
    async with service.person("lars") as lars:
        for number in range(20):
            await lars.post("/pair", data={**GIVEN, "code": f"AAAA{number:04d}"})
        assert (await lars.post("/pair", data={**GIVEN, "code": code})).status_code == 422
    assert await screens(service) == []


async def test_a_screen_may_see_the_wall_and_nothing_else(service: Service, screen: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    await paired(service, screen)
    for path in ("/board", "/clients", "/meeting", "/settings", "/history", "/notices", "/live/board", "/pair"):
        async with screen.stream("GET", path) as answer:
            assert answer.status_code in (303, 401), path
            assert answer.headers.get("location", "/login").startswith("/login")
    assert (await screen.post("/wall/show")).status_code in (401, 403)
    assert (await screen.post("/flag", data={"client": service.clients["Stina Exempel"]})).status_code == 401


async def test_a_wall_is_blanked_by_itself_and_shown_again_by_a_person(
    service: Service, screen: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel")
    await paired(service, screen)
    answer = await screen.post("/wall/blank", headers={"Accept": "application/json"})
    assert answer.json()["kinds"] == ["walls_blanked"]
    assert "Stina" not in (await screen.get("/wall")).text
    async with service.person("anna") as anna:
        assert (await anna.post("/wall/show")).status_code == 303
        assert "Stina" in (await screen.get("/wall")).text
        again = await anna.post("/wall/show", headers={"Accept": "application/json"})
        assert again.json()["kinds"] == []


async def test_a_revoked_screen_shows_a_code_again(service: Service, screen: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    id = await paired(service, screen)
    async with service.person("lars") as lars:
        assert (await lars.get(f"/settings/screens/{id}")).status_code == 200
        assert (await lars.post(f"/settings/screens/{id}/revoke")).status_code == 303
        assert (await lars.post(f"/settings/screens/{id}/revoke")).status_code == 409
    assert 'class="code"' in (await screen.get("/wall")).text
    async with screen.stream("GET", "/live/wall") as answer:
        assert answer.status_code == 401


async def test_a_screen_is_renamed_and_set_anew(service: Service, screen: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    id = await paired(service, screen)
    async with service.person("lars") as lars, service.person("ingrid") as ingrid:
        given = {"name": "Köket", "naming": "initials", "outside": "board"}
        assert (await lars.post(f"/settings/screens/{id}", data=given)).status_code == 303
        assert (await ingrid.post(f"/settings/screens/{id}", data=given)).status_code == 404
        assert "Köket" in (await lars.get("/settings")).text
    assert "Stina" not in (await screen.get("/wall")).text


async def test_two_screens_of_a_team_have_two_names(service: Service, screen: httpx2.AsyncClient) -> None:
    await paired(service, screen)
    async with service.person(None) as other, service.person("lars") as lars:
        answer = await lars.post("/pair", data={**GIVEN, "name": "mötesrummet", "code": await code_on(other)})
    assert answer.status_code == 422


async def test_what_a_wall_showed_goes_to_the_access_log(
    service: Service, screen: httpx2.AsyncClient, clock: Clock
) -> None:
    await service.put_on("Stina Exempel")
    id = await paired(service, screen)
    await screen.get("/wall")
    await service.app.state.access.flush()
    async with service.app.state.store.reading() as connection:
        written = await access.read(connection, OWN)
    seen = [
        look for look in written if look.actor == f"screen:{id}" and look.client == service.clients["Stina Exempel"]
    ]
    assert [look.view for look in seen] == ["wall"]
    async with screen.stream("GET", "/live/wall") as answer:
        chunks = answer.aiter_bytes()
        await anext(chunks)
        assert (f"screen:{id}", "stream", "wall", service.clients["Stina Exempel"]) in await looks(service)


async def test_outside_meetings_a_screen_shows_what_it_is_set_to(
    service: Service, screen: httpx2.AsyncClient, clock: Clock
) -> None:
    await service.put_on("Stina Exempel")
    await paired(service, screen, outside="counts")
    assert "Stina" in (await screen.get("/wall")).text  # 09:40: an hour after the meeting's end
    clock.forward(hours=8)
    text = (await screen.get("/wall")).text
    assert "Stina" not in text
    assert 'id="wall"' in text


async def test_the_shell_that_a_screen_keeps_has_nobody_in_it(service: Service, screen: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    await paired(service, screen)
    text = (await screen.get("/wall/shell")).text
    assert "Stina" not in text
    assert 'data-old="yes"' in text
    worker = await screen.get("/wall/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == "/wall"


async def test_a_person_may_show_the_wall_on_their_own_computer(service: Service) -> None:
    await service.put_on("Stina Exempel")
    async with service.person("anna") as anna, service.person("maria") as maria, service.person("bo") as bo:
        assert "/wall/here" in (await anna.get("/wall")).text
        assert "Stina" in (await anna.get("/wall/here")).text
        assert (await maria.get("/wall/here")).status_code == 403
        assert "Stina" not in (await bo.get("/wall/here")).text
