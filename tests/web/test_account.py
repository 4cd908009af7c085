"""Signing in and out, how long a session holds, the reader's language, and their teams."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import select, update

from factboard.domain import events, team
from factboard.domain.events import Settings
from factboard.domain.refusal import Invalid
from factboard.storage import accounts, history, tables
from factboard.storage.codec import recorded
from factboard.web.words import words_for
from tests.service import OTHER, OWN, PASSWORD, Service
from tests.web.reading import FRAGMENT, JSON, typed, words


async def try_in(client: httpx2.AsyncClient, password: str = "fel", username: str = "anna") -> httpx2.Response:
    return await client.post("/login", data={"username": username, "password": password})


async def seen(service: Service, **ago: float) -> None:
    """Every session was last used this long ago, and began then."""
    at = (datetime.now(UTC) - timedelta(**ago)).isoformat(timespec="microseconds").replace("+00:00", "Z")
    async with service.app.state.store.writing() as connection:
        await connection.execute(update(tables.session).values(seen=at))


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(service: Service, language: str) -> None:
    async with service.person(None, language) as client:
        wrong, unknown = await try_in(client), await try_in(client, username="nobody")
        assert wrong.status_code == unknown.status_code == 422
        assert words_for(Settings(""), language).problem("wrong_password") in words(wrong)
        assert words(wrong) == words(unknown)
        assert typed(wrong, "username") == "anna"
        assert 'value="fel"' not in wrong.text
        empty = await client.post("/login", data={})
        assert words_for(Settings(""), language).problem("required") in words(empty)
        assert (await try_in(client, username="an\0na")).status_code == 422
        assert (await client.get("/board")).status_code == 303


async def test_after_five_failures_not_even_the_right_password_is_looked_at(
    service: Service, nobody: httpx2.AsyncClient
) -> None:
    for _ in range(5):
        assert (await try_in(nobody)).status_code == 422
    limited = await try_in(nobody, PASSWORD)
    assert limited.status_code == 429
    assert words_for(Settings(""), "sv").problem("too_many_attempts") in words(limited)
    assert (await try_in(nobody, PASSWORD, "lars")).status_code == 303  # the others at this address go on


async def test_those_who_remember_at_the_fourth_try_start_anew(service: Service, nobody: httpx2.AsyncClient) -> None:
    for _ in range(2):
        for _ in range(3):
            await try_in(nobody)
        assert (await try_in(nobody, PASSWORD)).status_code == 303


async def test_the_sign_in_leads_back_and_never_elsewhere(service: Service) -> None:
    for wish, target in (
        ("/clients?ended=1", "/clients?ended=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("\\\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
    ):
        async with service.person(None) as client:
            data = {"username": "anna", "password": PASSWORD, "next": wish}
            answer = await client.post("/login", data=data)
            assert answer.headers["location"] == target, wish
            assert (await client.get("/login", params={"next": wish})).headers["location"] == target, wish


async def test_signing_out_ends_the_session_on_the_server(service: Service, anna: httpx2.AsyncClient) -> None:
    token = anna.cookies["factboard"]
    assert (await anna.post("/logout")).headers["location"] == "/login"
    anna.cookies.set("factboard", token)
    assert (await anna.get("/board")).status_code == 303
    assert (await anna.get("/board", headers=FRAGMENT)).status_code == 401
    assert (await anna.get("/board", headers=JSON)).json() == {"refused": "signed_out"}


async def test_a_new_sign_in_has_a_new_token_and_ends_the_old(service: Service, anna: httpx2.AsyncClient) -> None:
    old = anna.cookies["factboard"]
    await try_in(anna, PASSWORD, "lars")
    assert anna.cookies["factboard"] != old
    async with service.person(None) as thief:
        thief.cookies.set("factboard", old)
        assert (await thief.get("/board")).status_code == 303


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    service: Service, nobody: httpx2.AsyncClient
) -> None:
    cookie = (await try_in(nobody, PASSWORD)).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    async with service.app.state.store.reading() as connection:
        stored = set(await connection.scalars(select(tables.session.c.id)))
    assert nobody.cookies["factboard"] not in stored  # the database alone opens nothing


async def test_a_session_ends_after_an_hour_without_a_click(service: Service, anna: httpx2.AsyncClient) -> None:
    await seen(service, minutes=59)
    assert (await anna.get("/board")).status_code == 200
    await seen(service, minutes=61)
    answer = await anna.post("/flag", data={"reason": "Sover inte"})
    assert answer.status_code == 401
    assert words_for(Settings(""), "sv").problem("signed_out") in words(answer)


async def test_what_an_open_page_asks_by_itself_keeps_nobody_signed_in(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await seen(service, minutes=50)
    assert (await anna.get("/notices/count")).status_code == 200
    async with service.app.state.store.reading() as connection:
        last = await connection.scalar(select(tables.session.c.seen))
    assert datetime.now(UTC) - datetime.fromisoformat(last) > timedelta(minutes=49)
    await anna.get("/clients")
    async with service.app.state.store.reading() as connection:
        last = await connection.scalar(select(tables.session.c.seen))
    assert datetime.now(UTC) - datetime.fromisoformat(last) < timedelta(minutes=1)


async def test_no_session_outlives_its_day(service: Service, anna: httpx2.AsyncClient) -> None:
    began = (datetime.now(UTC) - timedelta(hours=13)).isoformat(timespec="microseconds").replace("+00:00", "Z")
    async with service.app.state.store.writing() as connection:
        await connection.execute(update(tables.session).values(created=began))
    assert (await anna.get("/board")).status_code == 303


async def test_a_closed_account_is_out_at_once(service: Service, anna: httpx2.AsyncClient) -> None:
    async with service.app.state.store.writing() as connection:
        await accounts.change(connection, "anna", closed=True)
    assert (await anna.get("/board")).status_code == 303
    assert (await try_in(anna, PASSWORD)).status_code == 422


async def test_the_language_is_what_was_touched_then_saved_then_the_teams_then_the_browsers(service: Service) -> None:
    async def heading(client: httpx2.AsyncClient, **params: str) -> str:
        page = await client.get("/flag", params=params, headers={"Accept-Language": "en"})
        return "en" if "Put on the board" in words(page) else "sv"

    async with service.person("anna") as client:
        client.cookies.delete("lang")
        assert await heading(client) == "sv"  # the team's, before the browser's
        await client.post("/language", data={"language": "en", "next": "/flag"})
        assert await heading(client) == "en"  # saved
        assert await heading(client, lang="sv") == "sv"  # touched
        assert await heading(client) == "sv"  # and kept in this browser
        saved = await client.post("/language", data={"language": "en", "next": "https://elsewhere.example"})
        assert saved.headers["location"] == "/"
        assert await heading(client) == "en"
        await client.post("/language", data={"language": "tlh"})
        assert await heading(client) == "en"
    async with service.person(None) as client:
        client.cookies.delete("lang")
        page = await client.get("/login", headers={"Accept-Language": "sv-FI, en;q=0.5"})
        assert 'lang="sv"' in page.text


async def test_a_person_in_two_teams_moves_between_them_and_nowhere_else(service: Service) -> None:
    member = events.Member("anna", "anna", "Anna Test", events.Role.CLINICIAN)
    await service.recorder.change(OTHER, "command_line", team.set_member, member=member)
    async with service.person("anna") as anna:
        assert "Team Kusten" in (await anna.get("/board")).text
        assert 'href="/team"' in (await anna.get("/board")).text
        choice = words(await anna.get("/team"))
        assert choice.index("Team Kusten") < choice.index("Team Skogen")
        await anna.post("/team", data={"team": OTHER})
        assert "Team Skogen" in (await anna.get("/board")).text
        assert (await anna.get(f"/clients/{service.clients['Stina Exempel']}")).status_code == 404
        await anna.post("/team", data={"team": OWN})
        assert (await anna.get(f"/clients/{service.clients['Stina Exempel']}")).status_code == 200
    async with service.person("bo") as bo:
        assert 'href="/team"' not in (await bo.get("/board")).text
        assert "Team Kusten" not in words(await bo.get("/team"))
        await bo.post("/team", data={"team": OWN})
        assert "Team Kusten" not in (await bo.get("/board")).text


async def test_a_stream_ends_when_its_person_moves_to_another_team(service: Service) -> None:
    member = events.Member("anna", "anna", "Anna Test", events.Role.CLINICIAN)
    await service.recorder.change(OTHER, "command_line", team.set_member, member=member)
    async with service.person("anna") as anna, anna.stream("GET", "/live/board") as stream:
        await anna.post("/team", data={"team": OTHER})
        async with asyncio.timeout(5):
            assert "event: revoked" in "".join([chunk async for chunk in stream.aiter_text()])


async def test_each_role_has_its_own_first_page_and_those_without_a_team_are_told(service: Service) -> None:
    async with service.person("anna") as anna:
        own = await anna.get("/?lang=en&person=lars")
        assert own.status_code == 200, "each way to the server is half a second on a phone"
        assert "My day" in words(own)
    for username, target in (("lars", "/board"), ("maria", "/history"), ("admin", "/admin")):
        async with service.person(username) as client:
            assert (await client.get("/")).headers["location"] == target, username
    await service.recorder.change(OWN, "lars", team.remove_member, user="anna")
    async with service.person("anna") as anna:
        alone = await anna.get("/")
        assert alone.status_code == 403
        assert "anna" in words(alone)
        assert (await anna.get("/board")).status_code == 403


async def test_who_has_left_one_team_finds_the_other(service: Service) -> None:
    member = events.Member("anna", "anna", "Anna Test", events.Role.CLINICIAN)
    await service.recorder.change(OTHER, "command_line", team.set_member, member=member)
    async with service.person("anna") as anna:
        await service.recorder.change(OWN, "lars", team.remove_member, user="anna")
        alone = await anna.get("/")
        assert alone.status_code == 403
        assert 'href="/team"' in alone.text
        await anna.post("/team", data={"team": OTHER})
        assert (await anna.get("/board")).status_code == 200


async def test_a_change_from_another_site_is_refused(service: Service, anna: httpx2.AsyncClient) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ):
        for path in ("/logout", "/language", "/flag", "/login"):
            assert (await anna.post(path, headers=headers)).status_code == 403, (path, headers)
    assert (await anna.get("/board")).status_code == 200
    assert (await anna.post("/language", data={"language": "en"}, headers={"Origin": service.url})).status_code == 303


NEW_PASSWORD = "ett nytt långt lösenord"


async def change_password(client: httpx2.AsyncClient, old: str = PASSWORD, new: str = NEW_PASSWORD) -> httpx2.Response:
    return await client.post("/password", data={"old": old, "password": new})


@pytest.mark.parametrize("username", ["anna", "maria", "admin"])
async def test_a_person_changes_their_own_password_and_is_signed_out_elsewhere(service: Service, username: str) -> None:
    async with (
        service.person(username) as here,
        service.person(username) as elsewhere,
        service.person("bo") as bo,
    ):
        assert 'href="/password"' in (await here.get("/password")).text
        answer = await change_password(here)
        assert answer.headers["location"] == "/password?saved=1"
        assert "Nytt lösenord är satt" in words(await here.get(answer.headers["location"]))
        assert (await elsewhere.get("/password")).headers["location"].startswith("/login")
        assert (await bo.get("/password")).status_code == 200
        assert (await try_in(elsewhere, PASSWORD, username)).status_code == 422
        assert (await try_in(elsewhere, NEW_PASSWORD, username)).status_code == 303
    async with service.app.state.store.reading() as connection:
        (row,) = await history.newest(connection, history.SYSTEM, limit=1)
    assert (row.actor, recorded(row).fact) == (username, events.PasswordSet(username))
    assert NEW_PASSWORD not in (row.payload or "")


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_a_new_password_needs_the_old_one_and_the_rule_of_all_passwords(service: Service, language: str) -> None:
    said = words_for(Settings(""), language)
    async with service.person("anna", language) as anna:
        for old, new, why in (
            ("fel lösenord", NEW_PASSWORD, Invalid("wrong_old_password", "old")),
            (PASSWORD, "kort", Invalid("password_too_short", "password", limit=12)),
            (PASSWORD, "x" * 201, Invalid("too_long", "password", limit=200, length=201)),
            ("", NEW_PASSWORD, Invalid("required", "old")),
            (PASSWORD, "", Invalid("required", "password")),
        ):
            answer = await change_password(anna, old, new)
            assert answer.status_code == 422
            assert said.refusal(why) in words(answer)
            assert typed(answer, "old") == typed(answer, "password") == ""
    async with service.person("anna") as anna:
        assert (await anna.get("/board")).status_code == 200


async def test_an_open_screen_is_no_way_to_try_out_its_persons_password(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    for _ in range(5):
        assert (await change_password(anna, "fel lösenord")).status_code == 422
    limited = await change_password(anna)
    assert limited.status_code == 429
    assert words_for(Settings(""), "sv").problem("too_many_attempts") in words(limited)
    async with service.person("lars") as lars:
        assert (await change_password(lars)).status_code == 303
