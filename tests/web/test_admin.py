"""Administrators look after accounts and teams, see no client, and everybody else sees nothing of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest_asyncio

from factboard.domain import events as e
from factboard.storage import accounts, history, projections
from factboard.storage.codec import recorded
from tests.service import OWN, PASSWORD, Service
from tests.web.reading import JSON, words

NEW = {"name": "Nora Ny", "username": "nora", "password": "en lång hemlighet"}


@pytest_asyncio.fixture
async def admin(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    async with service.person("admin") as client:
        yield client


async def account(service: Service, username: str) -> accounts.User | None:
    async with service.app.state.store.reading() as connection:
        return await accounts.by_username(connection, username)


async def newest(service: Service) -> e.Fact:
    """What was last done to accounts and teams."""
    async with service.app.state.store.reading() as connection:
        return recorded((await history.newest(connection, history.SYSTEM, limit=1))[0]).fact


async def can_sign_in(service: Service, username: str, password: str = PASSWORD) -> bool:
    async with httpx2.AsyncClient(base_url=service.url) as browser:
        answer = await browser.post("/login", data={"username": username, "password": password})
        return answer.status_code == 303


async def test_a_team_is_founded_with_the_standard_categories(service: Service, admin: httpx2.AsyncClient) -> None:
    data = {"team": "Norra-2", "name": "Team Norra", "language": "en"}
    assert (await admin.post("/admin/teams", data=data)).status_code == 303
    async with service.app.state.store.reading() as connection:
        team = await projections.team(connection, "norra-2")
    assert team
    assert (team.settings.name, team.settings.language, len(team.categories)) == ("Team Norra", "en", 7)
    assert await newest(service) == e.TeamAdded("norra-2", "Team Norra")
    assert "Admin Test lade till teamet Team Norra (norra-2)." in words(await admin.get("/admin"))


async def test_a_team_that_cannot_be_is_told_beside_the_field(service: Service, admin: httpx2.AsyncClient) -> None:
    good = {"team": "norra", "name": "Team Norra", "language": "sv"}
    for field, value, key in (
        ("team", "kusten", "team_exists"),
        ("team", "system", "not_a_team_id"),
        ("team", "Åäö", "not_a_team_id"),
        ("team", "", "required"),
        ("name", " \t", "required"),
        ("language", "de", "unknown_choice"),
    ):
        answer = await admin.post("/admin/teams", data=good | {field: value}, headers=JSON)
        assert (answer.status_code, answer.json()["errors"]) == (422, {field: key})
        assert (await admin.post("/admin/teams", data=good | {field: value})).status_code == 422
    async with service.app.state.store.reading() as connection:
        assert len(await projections.teams(connection)) == 2


async def test_an_account_is_made_and_given_a_place_in_a_team(service: Service, admin: httpx2.AsyncClient) -> None:
    made = await admin.post("/admin/users", data=NEW)
    nora = await account(service, "nora")
    assert nora
    assert made.headers["location"] == f"/admin/users/{nora.id}"
    assert isinstance(await newest(service), e.UserAdded)
    async with httpx2.AsyncClient(base_url=service.url) as browser:
        await browser.post("/login", data=NEW)
        assert (await browser.get("/board")).status_code == 403
    for role in ("clinician", "auditor"):
        answer = await admin.post(f"/admin/users/{nora.id}/team", data={"team": OWN, "role": role})
        assert answer.status_code == 303
    async with service.app.state.store.reading() as connection:
        assert await projections.memberships(connection, nora.id) == [(OWN, e.Role.AUDITOR)]
    await admin.post(f"/admin/users/{nora.id}/team", data={"team": OWN, "role": ""})
    async with service.app.state.store.reading() as connection:
        assert await projections.memberships(connection, nora.id) == []
    async with service.person("maria") as maria:
        assert "Admin Test lade till Nora Ny i teamet" in words(await maria.get("/history"))


async def test_accounts_that_cannot_be_are_told_and_nothing_is_made(
    service: Service, admin: httpx2.AsyncClient
) -> None:
    for field, value, key in (
        ("username", "anna", "username_taken"),
        ("username", "ANNA ", "username_taken"),
        ("username", "två ord", "not_a_username"),
        ("name", "", "required"),
        ("name", "a\x00b", "control_characters"),
        ("password", "kort", "password_too_short"),
    ):
        answer = await admin.post("/admin/users", data=NEW | {field: value}, headers=JSON)
        assert (answer.status_code, answer.json()["errors"]) == (422, {field: key})
        page = await admin.post("/admin/users", data=NEW | {field: value})
        assert page.status_code == 422
        assert NEW["password"] not in page.text
    long = "a very long name to sign in with"
    answer = await admin.post("/admin/users", data=NEW | {"username": "longname123456", "password": "longname123456"})
    assert answer.status_code == 422, long
    assert await account(service, "nora") is None


async def test_a_new_password_signs_out_whoever_has_the_old_one(
    service: Service, admin: httpx2.AsyncClient, anna: httpx2.AsyncClient
) -> None:
    assert (await admin.post("/admin/users/anna/password", data={"password": "kort"})).status_code == 422
    assert (await anna.get("/board")).status_code == 200
    assert (await admin.post("/admin/users/anna/password", data={"password": "ett nytt lösenord"})).status_code == 303
    assert (await anna.get("/board")).status_code == 303
    assert not await can_sign_in(service, "anna")
    assert await can_sign_in(service, "anna", "ett nytt lösenord")
    assert await newest(service) == e.PasswordSet("anna")


async def test_a_closed_account_is_shut_out_until_it_is_reopened(
    service: Service, admin: httpx2.AsyncClient, anna: httpx2.AsyncClient
) -> None:
    await admin.post("/admin/users/anna/close")
    assert (await anna.get("/board")).headers["location"].startswith("/login")
    assert not await can_sign_in(service, "anna")
    answer = await admin.post("/admin/users/anna/team", data={"team": "skogen", "role": "lead"}, headers=JSON)
    assert answer.json()["errors"] == {"team": "not_for_a_team"}
    await admin.post("/admin/users/anna/reopen")
    assert await can_sign_in(service, "anna")
    assert await newest(service) == e.UserReopened("anna")


async def test_administrators_keep_their_own_account_and_get_no_place_in_a_team(
    service: Service, admin: httpx2.AsyncClient
) -> None:
    assert (await admin.post("/admin/users/admin/close")).status_code == 403
    assert await can_sign_in(service, "admin")
    for team, key in ((OWN, "not_for_a_team"), ("nowhere", "unknown_team")):
        answer = await admin.post("/admin/users/admin/team", data={"team": team, "role": "lead"}, headers=JSON)
        assert answer.json()["errors"] == {"team": key}


async def test_what_is_not_there_is_not_found(admin: httpx2.AsyncClient) -> None:
    for user in ("nobody", "%00", "a" * 300):
        assert (await admin.get(f"/admin/users/{user}")).status_code == 404
        for act, data in (("password", {"password": PASSWORD}), ("close", {}), ("reopen", {}), ("team", {"team": OWN})):
            assert (await admin.post(f"/admin/users/{user}/{act}", data=data)).status_code == 404, (user, act)


async def test_administrators_see_no_client(service: Service, admin: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    for address in ("/admin", "/admin/users/anna"):
        assert "Stina" not in (await admin.get(address)).text
    for address in ("/board", "/clients", "/history", "/settings", f"/clients/{service.clients['Stina Exempel']}"):
        assert (await admin.get(address)).status_code == 403, address


async def test_nobody_else_comes_in(service: Service, nobody: httpx2.AsyncClient) -> None:
    for username in ("anna", "lars", "maria", "ingrid"):
        async with service.person(username) as other:
            assert (await other.get("/admin")).status_code == 403
            assert (await other.post("/admin/users", data=NEW)).status_code == 403
    assert (await nobody.get("/admin")).headers["location"].startswith("/login")
    assert (await nobody.post("/admin/users", data=NEW)).status_code == 401
    assert await account(service, "nora") is None
