"""What a reader of the history reads: sentences newest first, page by page, as they ask for them; by codes as long as
they are masked. Everybody else reads nothing.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio

from factboard.domain.events import KINDS as ALL_KINDS
from factboard.domain.people import alias
from factboard.web import masking
from factboard.web.history import look
from factboard.web.words.kinds import GROUPS, KINDS
from tests.service import Service
from tests.web.reading import looks, seq, typed, words

OF_THE_SYSTEM = {"team_added", "user_added", "password_set", "user_closed", "user_reopened", "service_was_down"}
REASON = "Sover inte, ringer om nätterna"


@pytest_asyncio.fixture
async def monika(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """The unit's manager, who sees names."""
    async with service.person("monika") as client:
        yield client


@pytest_asyncio.fixture
async def maria(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """An auditor, who sees codes."""
    async with service.person("maria") as client:
        yield client


def numbers(answer: httpx2.Response) -> list[int]:
    """The facts on a page."""
    return list(map(int, re.findall('<li id="no-([0-9]+)"', answer.text)))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", f"Lars Test satte upp Stina Exempel på tavlan (kortvarigt intensiv): {REASON}."),
        ("en", f"Lars Test put Stina Exempel on the board (short-term intensive): {REASON}."),
    ],
)
async def test_the_newest_fact_stands_first_as_a_sentence(service: Service, language: str, told: str) -> None:
    receipt = await service.put_on("Stina Exempel")
    async with service.person("monika", language) as monika:
        answer = await monika.get("/history")
    page = words(answer)
    assert told in page
    assert numbers(answer) == list(range(receipt.seq + 1, 0, -1))  # with the task to write a crisis plan
    assert "09:40" in page  # the team's own time


async def test_namesakes_are_told_apart_and_a_protected_identity_is_not_named(monika: httpx2.AsyncClient) -> None:
    page = words(await monika.get("/history"))
    assert "Johan Testberg (1975-06-30)" in page
    assert "Johan Testberg (1996-01-09)" in page
    assert "Vilma" not in page


async def test_a_client_is_shown_alone_and_the_look_is_logged(service: Service, monika: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    stina, ake = service.clients["Stina Exempel"], service.clients["Åke Provström"]
    for asked in (stina, alias(stina), alias(stina).lower()):
        answer = await monika.get("/history", params={"client": asked})
        assert "Stina Exempel" in words(answer)
        assert "Åke" not in words(answer)
        assert typed(answer, "client") == alias(stina)
    seen = await looks(service)
    assert ("monika", "read", "history", stina) in seen
    assert ("monika", "read", "history", ake) not in seen


async def test_pages_follow_one_another_without_gap_or_repeat(
    service: Service, monika: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "ROWS", 7)
    address, read = "/history", list[int]()
    while address:
        answer = await monika.get(address)
        read += numbers(answer)
        older = re.search('href="/history[?]before=([0-9]+)">Äldre', answer.text)
        address = f"/history?before={older[1]}" if older else ""
    assert read == list(range(await seq(service), 0, -1))


async def test_what_is_asked_stays_in_the_address_of_every_page_and_file(
    service: Service, monika: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "ROWS", 2)
    asked = {"person": "command_line", "kind": "of_the_team", "first": "2026-11-23", "last": "2026-11-23", "by": "hand"}
    answer = await monika.get("/history", params=asked)
    query = "first=2026-11-23&amp;last=2026-11-23&amp;person=command_line&amp;kind=of_the_team&amp;by=hand"
    further = f"/history?{query}&amp;before={numbers(answer)[-1]}"
    assert f'href="{further}"' in answer.text
    for ending in ("xlsx", "csv", "jsonl"):
        assert f'href="/history.{ending}?{query}"' in answer.text
    assert f'href="/history?{query.replace("&amp;by=hand", "")}"' in answer.text  # taken away by one touch
    older = await monika.get(further.replace("&amp;", "&"))
    assert max(numbers(older)) < min(numbers(answer))


async def test_words_are_found_as_people_type_them_and_marked(service: Service, monika: httpx2.AsyncClient) -> None:
    receipt = await service.put_on("Stina Exempel")
    answer = await monika.get("/history", params={"words": " SOVER natt "})
    assert numbers(answer) == [receipt.seq]
    assert "<mark>Sover</mark> inte, ringer om <mark>nätterna</mark>" in answer.text
    for nothing in ("category", "short_intensive", "natt sover", "Exempel"):  # a name is asked for as such
        assert numbers(await monika.get("/history", params={"words": nothing})) == [], nothing
    assert ("monika", "search", "history", service.clients["Stina Exempel"]) in await looks(service)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "i går"}, "Det här är inget datum."),
        ({"first": "2026-11-23", "last": "2026-11-22"}, "Det här är innan det börjar."),
        ({"last": "0000-00-00"}, "Det här är inget datum."),
        ({"client": "ZZZZ"}, "Ingen hos teamet har den koden."),
        ({"client": "\x00x"}, "Ingen hos teamet har den koden."),
        ({"person": "eva"}, "Det här är inte ett av alternativen."),
        ({"kind": "drop table"}, "Det här är inte ett av alternativen."),
        ({"category": "x"}, "Det här är inte ett av alternativen."),
        ({"by": "x"}, "Det här är inte ett av alternativen."),
        ({"meeting": "x" * 5_000}, "Det finns inget sådant möte."),
        ({"meeting": "\x00"}, "Det finns inget sådant möte."),
        ({"words": "!?"}, "Här finns inga bokstäver eller siffror att leta efter."),
        ({"words": "å" * 201}, "Högst 200 tecken får plats här"),
    ],
)
async def test_what_cannot_be_meant_is_said_beside_its_field(
    monika: httpx2.AsyncClient, asked: dict[str, str], said: str
) -> None:
    answer = await monika.get("/history", params=asked | {"person": asked.get("person", "lars")})
    assert answer.status_code == 422
    assert said in words(answer)
    [field] = {"last"} if "last" in asked else asked.keys()
    assert f'id="e-{field}"' in answer.text
    assert numbers(answer) == []


async def test_a_page_that_cannot_be_is_no_error(monika: httpx2.AsyncClient) -> None:
    for before in ("0", "-1", "x", "9" * 40, "0" * 12 + "9" * 40, "9" * 5_000, "٣", ""):
        assert (await monika.get("/history", params={"before": before})).status_code == 200, before
    for day in ("0001-01-01", "9999-12-31"):
        for field in ("first", "last"):
            assert (await monika.get("/history", params={field: day})).status_code == 200, day


async def test_another_teams_client_looks_like_nobodys(service: Service, monika: httpx2.AsyncClient) -> None:
    theirs = words(await monika.get("/history", params={"client": service.clients["Olle Främling"]}))
    nobodys = words(await monika.get("/history", params={"client": "\x00x"}))
    assert theirs == nobodys
    assert "Olle" not in theirs


async def test_a_client_is_found_by_name_and_the_rest_of_what_was_asked_is_kept(
    service: Service, monika: httpx2.AsyncClient
) -> None:
    answer = await monika.post("/history/clients?person=lars", data={"q": "stina"})
    stina = service.clients["Stina Exempel"]
    assert f'<a href="/history?person=lars&amp;client={stina}">Stina Exempel</a>' in answer.text
    assert "Åke" not in words(answer)
    assert ("monika", "search", "history", stina) in await looks(service)


async def test_only_who_may_read_history_reads_their_own_teams(service: Service, nobody: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel")
    for username in ("anna", "bo", "admin"):
        async with service.person(username) as other:
            assert (await other.get("/history")).status_code == 403, username
    async with service.person("gun") as theirs:  # the other team's auditor
        answer = await theirs.get("/history")
        assert answer.status_code == 200
        assert "Stina" not in answer.text
    assert (await nobody.get("/history")).headers["location"].startswith("/login")


def test_every_kind_of_fact_can_be_chosen_once() -> None:
    assert set(KINDS) == set(ALL_KINDS) - OF_THE_SYSTEM
    assert sum(len(group.named) for group in GROUPS.values()) == len(KINDS)
    assert not KINDS.keys() & GROUPS.keys()


class TestMasked:
    async def test_an_auditor_sees_codes_for_clients_and_names_for_staff(
        self, service: Service, maria: httpx2.AsyncClient
    ) -> None:
        await service.put_on("Stina Exempel")
        stina = service.clients["Stina Exempel"]
        page = words(await maria.get("/history"))
        assert f"Lars Test satte upp patient {alias(stina)} på tavlan" in page
        assert not re.search("Stina|Exempel|Johan|Testberg|Åke", page)
        assert "kan innehålla ett namn" in page

    async def test_nobody_is_found_by_name(self, service: Service, maria: httpx2.AsyncClient) -> None:
        stina = service.clients["Stina Exempel"]
        assert stina not in (await maria.post("/history/clients", data={"q": "stina"})).text
        assert stina in (await maria.post("/history/clients", data={"q": alias(stina)})).text
        assert numbers(await maria.get("/history", params={"words": "stina"})) == []

    async def test_names_are_seen_with_a_reason_for_a_while_and_codes_again_by_one_touch(
        self, service: Service, maria: httpx2.AsyncClient
    ) -> None:
        form = await maria.get("/unmask", params={"next": "/history?person=lars"})
        assert "30 minuter" in words(form)
        answer = await maria.post("/unmask", data={"reason": "Begärt utdrag 2026:7", "next": "/history?person=lars"})
        assert answer.headers["location"] == "/history?person=lars"
        answer = await maria.get("/history")
        assert "Stina Exempel" in words(answer)
        assert "Du ser namn till" in answer.text
        assert ("maria", "unmasked", "names", None) in await looks(service)
        await maria.post("/mask", data={"next": "/history"})
        assert "Stina" not in words(await maria.get("/history"))
        assert ("maria", "masked", "names", None) in await looks(service)

    async def test_without_a_reason_or_a_log_no_name_is_seen(
        self, service: Service, maria: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for reason in ("", "  ", "x" * 501, "\x07"):
            answer = await maria.post("/unmask", data={"reason": reason})
            assert answer.status_code == 422
            assert 'id="e-reason"' in answer.text
        monkeypatch.setattr(type(service.app.state.access), "failing", True)
        assert (await maria.post("/unmask", data={"reason": "Utdrag"})).status_code == 503
        assert "Stina" not in words(await maria.get("/history"))

    async def test_after_half_an_hour_there_are_codes_again(
        self, service: Service, maria: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(masking, "FOR", -masking.FOR)
        assert (await maria.post("/unmask", data={"reason": "Utdrag"})).status_code == 303
        assert "Stina" not in words(await maria.get("/history"))

    async def test_it_is_of_this_session_alone_and_of_nobody_else(
        self, service: Service, maria: httpx2.AsyncClient, monika: httpx2.AsyncClient
    ) -> None:
        await maria.post("/unmask", data={"reason": "Utdrag"})
        async with service.person("maria") as elsewhere:
            assert "Stina" not in words(await elsewhere.get("/history"))
        assert (await monika.get("/unmask")).status_code == 403
