"""What an auditor reads: sentences newest first, page by page, and the rows themselves; everybody else does not."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from itertools import pairwise

import httpx2
import pytest
import pytest_asyncio

from factboard.domain.chain import Row, verify
from factboard.storage import history
from factboard.web import history as history_pages
from factboard.web.history import json_line
from tests.service import OTHER, OWN, Service
from tests.web.reading import looks, seq, words


@pytest_asyncio.fixture
async def maria(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    async with service.person("maria") as client:
        yield client


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "Lars Test satte upp Stina Exempel på tavlan (kortvarigt intensiv): Sover inte, ringer om nätterna."),
        ("en", "Lars Test put Stina Exempel on the board (short-term intensive): Sover inte, ringer om nätterna."),
    ],
)
async def test_the_newest_fact_stands_first_as_a_sentence(service: Service, language: str, told: str) -> None:
    receipt = await service.put_on("Stina Exempel")
    async with service.person("maria", language) as maria:
        page = words(await maria.get("/history"))
    assert told in page
    assert page.index(told) < page.index("Vilma") if "Vilma" in page else True
    assert f"{receipt.seq}" in page
    assert "09:40" in page  # the team's own time


async def test_namesakes_are_told_apart_and_a_protected_identity_is_not_named(
    service: Service, maria: httpx2.AsyncClient
) -> None:
    page = words(await maria.get("/history"))
    assert "Johan Testberg (1975-06-30)" in page
    assert "Johan Testberg (1996-01-09)" in page
    assert "Vilma" not in page


async def test_a_client_is_shown_alone_and_the_look_is_logged(service: Service, maria: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    stina, ake = service.clients["Stina Exempel"], service.clients["Åke Provström"]
    page = words(await maria.get("/history", params={"client": stina}))
    assert "Stina Exempel" in page
    assert "Åke" not in page
    seen = await looks(service)
    assert ("maria", "read", "history", stina) in seen
    assert ("maria", "read", "history", ake) not in seen


async def test_pages_follow_one_another_without_gap_or_repeat(
    service: Service, maria: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_pages, "ROWS", 7)
    address, read = "/history", list[int]()
    while address:
        page = (await maria.get(address)).text
        read += map(int, re.findall('<li id="no-([0-9]+)"', page))
        older = re.search('href="/history[?]before=([0-9]+)">Äldre', page)
        address = f"/history?before={older[1]}" if older else ""
    assert read == list(range(await seq(service), 0, -1))


async def test_a_page_that_cannot_be_is_no_error(maria: httpx2.AsyncClient) -> None:
    for before in ("0", "-1", "x", "9" * 40, "0" * 12 + "9" * 40, "9" * 5_000, "٣", ""):
        assert (await maria.get("/history", params={"before": before})).status_code == 200, before


async def test_another_teams_client_looks_like_nobodys(service: Service, maria: httpx2.AsyncClient) -> None:
    theirs = words(await maria.get("/history", params={"client": service.clients["Olle Främling"]}))
    nobodys = words(await maria.get("/history", params={"client": "\x00x"}))
    assert theirs == nobodys
    assert "Olle" not in theirs


async def test_every_row_is_a_line_of_json_that_the_chain_can_be_verified_from(
    service: Service, maria: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel")
    answer = await maria.get("/history.jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, await seq(service) + 1))
    columns = "team seq at actor kind version client placement payload digest previous hash"
    assert list(lines[-1]) == columns.split()
    assert lines[-1]["kind"] == "put_on_board"
    assert lines[-1]["payload"]["reason"] == "Sover inte, ringer om nätterna"
    assert all(later["previous"] == earlier["hash"] for earlier, later in pairwise(lines))
    assert "salt" not in answer.text
    assert OTHER not in {line["team"] for line in lines}


async def test_the_file_is_logged_as_an_export_of_each_client_in_it(
    service: Service, maria: httpx2.AsyncClient
) -> None:
    await maria.get("/history.jsonl")
    seen = await looks(service)
    own = {id for name, id in service.clients.items() if name != "Olle Främling"}
    assert {("maria", "exported", "history.jsonl", client) for client in (None, *own)} <= seen


async def test_a_row_whose_content_was_taken_away_has_an_empty_payload(service: Service) -> None:
    async with service.app.state.store.reading() as connection:
        rows = await history.after(connection, OWN, 0)
    assert verify(rows) is None
    gone = Row(**{name: getattr(rows[0], name) for name in Row.__slots__} | {"payload": None, "salt": None})
    assert json.loads(json_line(gone))["payload"] is None


async def test_only_who_may_read_history_reads_their_own_teams(service: Service, nobody: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    for address in ("/history", "/history.jsonl"):
        for username in ("anna", "bo", "admin"):
            async with service.person(username) as other:
                assert (await other.get(address)).status_code == 403, (username, address)
        async with service.person("gun") as theirs:  # the other team's auditor
            answer = await theirs.get(address)
            assert answer.status_code == 200
            assert "Stina" not in answer.text
        assert (await nobody.get(address)).headers["location"].startswith("/login")
