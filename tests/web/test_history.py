"""What an auditor reads: sentences newest first, page by page; everybody else does not."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio

from factboard.web import history as history_pages
from tests.service import Service
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
