"""Every address, for every role, in one's own team and the other: the table of addresses decides, nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from factboard.addresses import ROUTES, Address
from factboard.domain.events import Role
from factboard.domain.people import Right, may
from factboard.storage.engine import Store
from factboard.web.live import live
from tests.service import OWN, PEOPLE, Service, a_service
from tests.web.reading import text_of

ROLES = {**{username: role for username, (_, role) in PEOPLE.items()}, "admin": Role.ADMIN, None: None}
OTHERS = [username for username, (team, _) in PEOPLE.items() if team != OWN]


@pytest_asyncio.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, empty_sqlite) -> AsyncIterator[Service]:
    """One service for the whole walk: no cell of the table may depend on another."""
    import shutil

    path = tmp_path_factory.mktemp("rights") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    store = Store(f"sqlite+aiosqlite:///{path}")
    async with a_service(store, lambda: datetime(2026, 11, 23, 8, 40, tzinfo=UTC)) as running:
        await running.put_on("Stina Exempel")
        yield running


def named(address: Address) -> str:
    return f"{address.method} {address.path}"


def concrete(service: Service, address: Address, client: str = "Stina Exempel") -> str:
    """The address with things of our own team in its places."""
    path = address.path.replace("{client}", service.clients[client])
    places = {
        "{act}": "rate",
        "{move}": "none",
        "{other}": service.clients["Åke Provström"],
        "{action}": "none",
        "{seq:seq}": "3",
        "{visit:seq}": "4",
        "{user}": "nobody",
        "{view}": "board",
        "{code}": "admitted",
        "{model}": "act",
        "{absence}": "none",
        "{screen}": "nowhere",
        "{meeting}": "none",
        "{placement}": "none",
        "{sheet}": "morning",
        "{paper}": "mine",
        "{figure}": "put_on",
        "{document}": "advocacy.a1",
        "{member}": "r1",
        "{lock}": "none",
    }
    for place, value in places.items():
        path = path.replace(place, value)
    assert "{" not in path, f"a place without a value: {path}"
    return path


@pytest.mark.parametrize("username", ROLES, ids=lambda username: username or "signed out")
async def test_each_address_answers_each_role_as_the_table_says(service: Service, username: str | None) -> None:
    role = ROLES[username]
    wrong = []
    async with service.person(username) as client:
        for address in ROUTES:
            if address.path in ("/logout", "/healthz", "/readyz", "/metrics", "/login"):
                continue
            async with client.stream(address.method, concrete(service, address)) as answer:
                status = answer.status_code
                target = answer.headers.get("location", "")
            if address.right is Right.PUBLIC:
                fits = status not in (401, 403) and status < 500
            elif role is None:
                page = address.method == "GET" and not address.path.startswith("/live/")
                fits = (status == 303 and target.startswith("/login")) if page else status == 401
            elif may(role, address.right) or address.right is Right.SIGNED_IN:
                fits = status not in (401, 403) and status < 500
            else:
                fits = status == 403
            if not fits:
                wrong.append(f"{named(address)}: {status} {target}")
    assert wrong == []


@pytest.mark.parametrize("lead", ["lars", "ingrid"])
async def test_a_wall_screen_sees_its_teams_wall_and_does_nothing_else(service: Service, lead: str) -> None:
    """To all other addresses it is nobody; to what a person does with the walls, it is one who may not."""
    wrong, given = [], {"name": f"Väggen {lead}", "naming": "short", "outside": "board", "seen": "yes"}
    async with service.person(None) as screen, service.person(lead) as person:
        page = (await screen.get("/wall")).text
        code = page.split('class="code"')[1].split(">")[1].split("<")[0]
        assert (await person.post("/pair", data={**given, "code": code})).status_code == 303
        assert ("Stina" in (await screen.get("/wall")).text) == (lead == "lars")
        for address in (*ROUTES, Address("/live/wall", "GET", live, Right.WALL)):
            if address.path in ("/logout", "/healthz", "/readyz", "/metrics", "/login"):
                continue
            own = address.path.startswith("/wall") or address.path == "/live/wall"
            async with screen.stream(address.method, concrete(service, address)) as answer:
                status, target = answer.status_code, answer.headers.get("location", "")
            if own and address.right in (Right.PUBLIC, Right.WALL):
                fits = status < 400 and not target.startswith("/login")
            elif own:
                fits = status == 403
            elif address.right is Right.PUBLIC:
                fits = status < 400
            elif address.method == "GET" and not address.path.startswith("/live/"):
                fits = status == 303 and target.startswith("/login")
            else:
                fits = status == 401
            if not fits:
                wrong.append(f"{named(address)}: {status} {target}")
        assert "Stina" not in (await screen.get("/wall")).text  # it has blanked the walls on its way
        assert (await person.post("/wall/show")).status_code == 303
    assert wrong == []


@pytest.mark.parametrize("username", OTHERS)
async def test_another_teams_client_is_as_unknown_as_nobody(service: Service, username: str) -> None:
    async with service.person(username) as client:
        for address in ROUTES:
            if "{client}" not in address.path or not may(ROLES[username], address.right):
                continue
            theirs = concrete(service, address)
            nobodys = theirs.replace(service.clients["Stina Exempel"], "nobody")
            data = {"reason": "x", "rating": "better", "basis": "seen", "surname": "x", "first_name": "x"}
            answers = [
                await client.request(address.method, path, data=data if address.method == "POST" else None)
                for path in (theirs, nobodys)
            ]
            assert [answer.status_code for answer in answers] == [404, 404], named(address)
            alike = [answer.text.replace(path, "") for answer, path in zip(answers, (theirs, nobodys), strict=True)]
            assert alike[0] == alike[1], named(address)
            assert "Exempel" not in answers[0].text


@pytest.mark.parametrize("username", [None, *OTHERS, "admin"])
async def test_nobody_else_sees_a_name_anywhere(service: Service, username: str | None) -> None:
    async with service.person(username) as client:
        for address in ROUTES:
            if address.method != "GET" or address.path in ("/metrics",):
                continue
            async with client.stream("GET", concrete(service, address)) as answer:
                if answer.headers.get("content-type", "").startswith("text/event-stream"):
                    text = ""
                    async for chunk in answer.aiter_text():
                        text += chunk
                        if "event: beat" in text:
                            break
                else:
                    text = text_of(await answer.aread())
            assert "Exempel" not in text, named(address)
            assert "Provström" not in text, named(address)


async def test_an_address_that_changes_something_is_refused_from_another_site(service: Service) -> None:
    async with service.person("lars") as client:
        for address in ROUTES:
            if address.method == "POST":
                for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
                    answer = await client.post(concrete(service, address), headers=headers)
                    assert answer.status_code == 403, named(address)


async def test_every_page_carries_the_security_headers(service: Service) -> None:
    async with service.person("lars") as client:
        for path in ("/board", "/flag", "/clients", "/nowhere", "/notices/count", "/wall/worker.js", "/static/live.js"):
            headers = (await client.get(path)).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            policy = headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy


async def test_there_is_no_address_outside_the_table(service: Service) -> None:
    known = {address.path for address in ROUTES} | {"/static"}
    assert {route.path for route in service.app.routes} == known
