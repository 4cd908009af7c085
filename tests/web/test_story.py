"""A fact opened, a client's whole story, one time on the board: what is shown, to whom, and that it is logged."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from factboard.domain import care, enrolment, placement
from factboard.domain import events as e
from factboard.storage.engine import Store
from tests.conftest import Clock
from tests.service import OWN, Service, a_service
from tests.web.reading import looks, seq, words

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


@dataclass
class Told:
    """The service, and what happened in it: the facts by their names."""

    service: Service
    stina: str
    stay: str
    facts: dict[str, int]
    page: httpx2.AsyncClient  # the lead's


@pytest_asyncio.fixture(scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory, empty_sqlite) -> AsyncIterator[Told]:
    """One service with one story, for all who only read it."""
    path = tmp_path_factory.mktemp("story") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    clock = Clock(NOW - timedelta(days=12))
    async with a_service(Store(f"sqlite+aiosqlite:///{path}"), clock) as running:
        stina, facts = running.clients["Stina Exempel"], {}
        receipt = await running.put_on("Stina Exempel")
        facts["put on"] = receipt.seq

        async def then(name: str, rule: Callable[..., Any], **given: Any) -> None:
            clock.forward(hours=3)
            receipt = await running.recorder.change(OWN, given.pop("by", "anna"), rule, client=stina, **given)
            facts[name] = receipt.seq

        await then("taken", placement.take)
        await then("moved", placement.recategorise, category="admitted", reason="Lades in")
        await then("worse", placement.rate, rating=e.Rating.WORSE, basis=e.Basis.SEEN, happened_at=clock())
        await then("admitted", care.admit, ward="Avdelning 5", on=date(2026, 11, 11))
        await then("moved back", placement.recategorise, category="short_intensive", reason="Hemma")
        details = e.Details("Exempel", "Stina", birth_date=date(1980, 5, 17), case_manager="lars", phone="070-1740605")
        await then("corrected", enrolment.correct, details=details)
        clock.now = NOW
        async with running.person("lars", "en") as lars:
            yield Told(running, stina, str(receipt.placement), facts, lars)


async def test_a_time_on_the_board_is_a_picture_and_the_same_in_words(told: Told) -> None:
    answer = await told.page.get(f"/history/stays/{told.stay}")
    page = words(answer)
    assert answer.status_code == 200
    assert "Lars Test put Stina Exempel on the board" in page
    for name in ("put on", "moved", "worse"):
        assert f'href="/history/{told.facts[name]}" tabindex="-1"' in answer.text, name  # in the picture
    for name in ("put on", "taken", "moved", "worse"):
        assert f'<a class="no" href="/history/{told.facts[name]}">' in answer.text, name  # in words
    assert answer.text.count("<figure") == 2  # for a wide and for a narrow screen


async def test_the_picture_has_no_style_but_that_of_the_stylesheet(told: Told) -> None:
    for address in (f"/history/stays/{told.stay}", f"/history/clients/{told.stina}"):
        text = (await told.page.get(address)).text
        assert " style=" not in text
        assert "<style" not in text


async def test_the_whole_story_leads_to_each_time_on_the_board(told: Told) -> None:
    answer = await told.page.get(f"/history/clients/{told.stina}")
    assert f'<a href="/history/stays/{told.stay}">' in answer.text
    page = words(answer)
    assert "short-term intensive, admitted, short-term intensive" in " ".join(page.replace(" , ", ", ").split())
    assert "goes on" in page
    for said in (
        "enrolled",
        "put on the board, or a new worry",
        "kept on the board",
        "contacts a week; the number",
        "today",
    ):
        assert said in page.partition("Times on the board")[0], said  # what the signs under the picture are
    assert re.search(r'<text class="now"[^>]*>today</text>', answer.text)


async def test_a_fact_shows_what_it_changed(told: Told) -> None:
    page = words(await told.page.get(f"/history/{told.facts['moved']}"))
    assert "Category short-term intensive admitted" in page
    assert "Checked just now: this fact is as it was written." in page
    assert "No checkpoint holds it yet" in page
    page = words(await told.page.get(f"/history/{told.facts['corrected']}"))
    assert "Phone – 070-1740605" in page


async def test_facts_of_the_team_open_too_from_the_first_one_on(told: Told) -> None:
    for number in range(1, await seq(told.service) + 1):
        answer = await told.page.get(f"/history/{number}")
        assert answer.status_code == 200, number
        assert "Checked just now: this fact is as it was written." in words(answer), number


async def test_each_look_is_logged(told: Told) -> None:
    await told.page.get(f"/history/{told.facts['put on']}")
    await told.page.get(f"/history/stays/{told.stay}")
    await told.page.get(f"/history/clients/{told.stina}")
    seen = await looks(told.service)
    assert {("lars", "read", view, told.stina) for view in ("fact", "stay", "story")} <= set(seen)


async def test_an_auditor_sees_a_code_and_nothing_that_says_who_it_is(told: Told) -> None:
    async with told.service.person("maria", "en") as maria:
        for address in (
            f"/history/{told.facts['corrected']}",
            f"/history/{told.facts['put on']}",
            f"/history/stays/{told.stay}",
            f"/history/clients/{told.stina}",
        ):
            answer = await maria.get(address)
            assert answer.status_code == 200
            assert not re.search("Stina|Exempel|1980|070-1740605", answer.text), address
            assert "patient " in words(answer)
        assert "Phone – not shown" in words(await maria.get(f"/history/{told.facts['corrected']}"))


async def test_a_protected_identity_is_not_opened_by_the_way_of_its_history(told: Told) -> None:
    vilma = told.service.clients["Vilma Skyddsson"]
    listing = await told.page.get("/history", params={"client": vilma})
    first = min(int(found) for found in re.findall(r'id="no-([0-9]+)"', listing.text))
    for address in (f"/history/{first}", f"/history/clients/{vilma}"):
        answer = await told.page.get(address)
        assert answer.status_code == 200
        assert not re.search("Vilma|Skyddsson|1983", answer.text), address


async def test_what_is_nobodys_is_not_found_and_others_may_not_look(told: Told) -> None:
    theirs = told.service.clients["Olle Främling"]
    for address in ("/history/999999", "/history/0", "/history/stays/none", f"/history/clients/{theirs}"):
        assert (await told.page.get(address)).status_code == 404, address
    for username, status in (("anna", 403), ("bo", 403), ("ingrid", 404), ("gun", 404)):
        async with told.service.person(username) as other:
            assert (await other.get(f"/history/stays/{told.stay}")).status_code == status, username
            assert (await other.get(f"/history/clients/{told.stina}")).status_code == status, username


async def test_a_fact_that_somebody_changed_in_the_database_says_so(service: Service, lars: httpx2.AsyncClient) -> None:
    receipt = await service.put_on("Stina Exempel")
    with sqlite3.connect(str(service.app.state.store.url.database)) as plain:
        plain.execute("DROP TRIGGER history_refuses_update")
        forged = "UPDATE history SET payload = replace(payload, 'Sover inte', 'Sover gott') WHERE seq = ? AND team = ?"
        plain.execute(forged, (receipt.seq, OWN))
    page = words(await lars.get(f"/history/{receipt.seq}?lang=en"))
    assert "something is wrong here" in page
    assert "What it says is not what was written." in page
    assert "Who, when, about whom and its number are as they were written." in page


async def test_a_checkpoint_that_holds_it_is_held_against_it(service: Service, lars: httpx2.AsyncClient) -> None:
    receipt = await service.put_on("Stina Exempel")
    await service.app.state.checkpoints.make(OWN)
    page = words(await lars.get(f"/history/{receipt.seq - 3}?lang=en"))
    assert f"It is in the checkpoint of Mon 23 Nov 09:40 at no. {receipt.seq + 1}" in page  # a task came with the flag


async def test_what_was_undone_is_told_so_and_is_not_in_the_picture(service: Service, lars: httpx2.AsyncClient) -> None:
    receipt = await service.put_on("Stina Exempel")
    flag = await service.put_on("Stina Exempel")
    undone = await lars.post(f"/clients/{service.clients['Stina Exempel']}/undo/{flag.seq}")
    assert undone.status_code == 303
    assert "Undone later." in words(await lars.get(f"/history/{flag.seq}?lang=en"))
    page = (await lars.get(f"/history/stays/{receipt.placement}")).text
    assert f'href="/history/{flag.seq}" tabindex="-1"' not in page
    assert f'<a class="no" href="/history/{flag.seq}">' in page


async def test_what_was_taken_away_is_told_so_wherever_it_stood(service: Service, lars: httpx2.AsyncClient) -> None:
    receipt = await service.put_on("Stina Exempel")
    taken = await service.recorder.change(OWN, "anna", placement.take, client=receipt.client)
    with sqlite3.connect(str(service.app.state.store.url.database)) as plain:
        plain.execute("DROP TRIGGER history_refuses_update")
        plain.execute("UPDATE history SET payload = NULL, salt = NULL WHERE seq = ? AND team = ?", (taken.seq, OWN))
    assert "has been taken away (redacted)" in words(await lars.get(f"/history/{taken.seq}?lang=en"))
    for address in (f"/history/stays/{receipt.placement}", f"/history/clients/{receipt.client}"):
        assert (await lars.get(address)).status_code == 200
    assert "has been redacted" in words(await lars.get(f"/history/stays/{receipt.placement}?lang=en"))
