"""What a phone keeps of factboard while no server answers, as the server gives it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest_asyncio
from sqlalchemy import select

from factboard.domain import enrolment, roster, team
from factboard.domain.events import Details
from factboard.storage import projections, tables
from factboard.storage.engine import Store
from tests.conftest import Clock
from tests.service import OWN, Service, a_service


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


async def test_the_worker_stands_at_the_root_and_is_asked_for_anew_each_time(service: Service) -> None:
    async with service.person(None) as anybody:
        worker = await anybody.get("/worker.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"
    assert "Service-Worker-Allowed" not in worker.headers


async def test_the_worker_names_its_parts_by_what_is_in_them(service: Service) -> None:
    async with service.person(None) as anybody:
        first = (await anybody.get("/worker.js")).text.splitlines()[0]
        assert first.startswith("importScripts(")
        for part in json.loads(f"[{first.removeprefix('importScripts(').removesuffix(');')}]"):
            assert "?" in part
            assert (await anybody.get(part)).headers["cache-control"].endswith("immutable")


async def test_the_manifest_names_no_team_and_every_icon_is_there(service: Service) -> None:
    for language, words in (("sv", "Sätt upp på tavlan"), ("en", "Put on the board")):
        async with service.person("anna", language) as anna:
            answer = await anna.get("/manifest.webmanifest")
            assert answer.headers["content-type"] == "application/manifest+json"
            manifest = answer.json()
            assert manifest["start_url"] == manifest["scope"] == "/"
            assert manifest["display"] == "standalone"
            assert manifest["shortcuts"] == [{"name": words, "url": "/flag"}]
            assert "Kusten" not in answer.text
            for icon in manifest["icons"]:
                picture = await anna.get(icon["src"])
                width = int.from_bytes(picture.content[16:20], "big")
                assert (picture.status_code, f"{width}x{width}") == (200, icon["sizes"])


async def test_the_form_without_a_network_has_nobody_in_it(service: Service) -> None:
    await service.put_on("Stina Exempel")
    async with service.person("anna") as anna:
        page = (await anna.get("/offline")).text
    assert "Team Kusten" in page
    for name in ("Stina", "Exempel", "Anna", "Lars", "Test", "Sover inte"):
        assert name not in page, name


async def test_every_answer_carries_the_mark_by_which_a_phone_knows_it(service: Service) -> None:
    async with service.person(None) as anybody:
        for path in ("/healthz", "/login", "/board", "/static/phone.js", "/nowhere"):
            assert "Factboard" in (await anybody.get(path)).headers, path


# --- the clients that a phone keeps -------------------------------------------------------------------------------


async def test_a_phone_keeps_its_readers_own_clients_with_what_helps_them(service: Service) -> None:
    aake, details = service.clients["Åke Provström"], Details("Provström", "Åke", birth_date=date(1971, 2, 3))
    known = replace(details, case_manager="anna", helps="Ring systern", warnings="Gå två", phone="070-174 06 35")
    await service.recorder.change(OWN, "anna", enrolment.correct, client=aake, details=known)
    async with service.person("anna") as anna:
        kept = (await anna.get("/phone/clients")).json()["html"]
    async with service.app.state.store.reading() as connection:
        client = await projections.client(connection, OWN, aake)
    assert client
    for part in (
        f'value="{aake}"',
        f'data-seen="{client.seq}"',
        'data-find="ake provstrom',
        "Åke Provström",
        "1971-02-03",
        "Ring systern",
        "Gå två",
        "tel:0701740635",
    ):
        assert part in kept, part
    assert "Stina" not in kept


async def test_who_is_on_the_board_is_kept_with_their_category(service: Service) -> None:
    await service.put_on("Stina Exempel", actor="anna", category="crisis_prevention")
    async with service.person("anna", "en") as anna:
        kept = (await anna.get("/phone/clients")).json()["html"]
    stina = kept[kept.index('data-find="stina') :].split("</template>")[0]
    assert 'data-category="crisis_prevention"' in stina
    assert "Already on the board" in stina


async def test_a_protected_identity_is_kept_on_no_phone(service: Service) -> None:
    await service.put_on("Vilma Skyddsson", actor="anna")
    async with service.person("anna") as anna:
        answer = await anna.get("/phone/clients")
    assert service.clients["Vilma Skyddsson"] not in answer.text
    assert "Vilma" not in answer.text


async def test_at_most_sixty_clients_are_kept_on_a_phone(service: Service) -> None:
    for number in range(61):
        details = Details("Övning", f"Nummer{number}", case_manager="anna")
        await service.recorder.change(OWN, "anna", enrolment.enrol, details=details)
    async with service.person("anna") as anna:
        assert (await anna.get("/phone/clients")).json()["html"].count("<template>") == 60


async def test_what_a_phone_keeps_stands_in_the_access_log(service: Service) -> None:
    async with service.person("anna") as anna:
        await anna.get("/phone/clients")
    await service.app.state.access.flush()
    async with service.app.state.store.reading() as connection:
        looks = (await connection.execute(select(tables.access_log))).mappings().all()
    found = [(one["actor"], one["action"], one["client"]) for one in looks if one["detail"] == "kept on a phone"]
    assert found == [("anna", "export", service.clients["Åke Provström"])]


async def test_who_is_on_duty_is_kept_with_the_number_and_when_it_was_known(service: Service, clock: Clock) -> None:
    day = clock().date()
    await service.recorder.change(OWN, "lars", roster.set_duty, day=day, user="lars")
    async with service.person("anna", "en") as anna:
        before = (await anna.get("/phone/clients")).json()["call"]
    assert "On duty" not in before  # who has no number is nobody to call
    assert "112" in before
    async with service.app.state.store.reading() as connection:
        members = (await projections.team(connection, OWN)).members
    member = replace(members["lars"], phone="070-174 06 12")
    await service.recorder.change(OWN, "lars", team.set_member, member=member)
    async with service.person("anna", "en") as anna:
        kept = (await anna.get("/phone/clients")).json()["call"]
    assert "tel:0701740612" in kept
    assert "As this phone knew it" in kept
