"""A lead brings in the team's own file: seen line by line first, whole or not at all, and mended by hand."""

from __future__ import annotations

import asyncio
import html
import re
import time
from typing import Any

import httpx2
import pytest

from factboard.domain import enrolment, events, team
from factboard.domain.state import Client
from factboard.storage import projections
from factboard.web.imports import uploads
from tests.importing.files import delimited, workbook
from tests.service import OTHER, OWN, Service
from tests.web.reading import JSON, facts, looks, seq, words

HEADER = ("Namn", "Födelsedatum", "Case manager", "Telefon", "Kategori", "Orsak", "På tavlan sedan", "Bedömning senast")
ROWS = (
    ("Nyström Test, Berit", "1962-04-03", "Lars Test", "070-174 06 05", "", "", "", ""),
    ("Prov, Göran", "5.3.1958", "anna", "", "kortvarigt intensiv", "Sover inte", "2026-11-02", "2026-11-30"),
    ("علي, حسن", "1990-01-01", "", "", "", "", "", ""),
    ("Exempel, Stina", "1980-05-17", "", "070-174 06 99", "", "", "", ""),
)
FILE = delimited([HEADER, *ROWS])


async def send(who: httpx2.AsyncClient, data: bytes, name: str = "lista.csv", **more: Any) -> httpx2.Response:
    return await who.post("/import", files={"file": (name, data)}, **more)


def key(answer: httpx2.Response) -> str:
    found = re.search('name="key" value="([^"]+)"', answer.text)
    assert found, words(answer)
    return found[1]


async def bring_in(lars: httpx2.AsyncClient, data: bytes, name: str = "lista.csv") -> httpx2.Response:
    return await lars.post("/import", data={"key": key(await send(lars, data, name)), "go": "import"})


async def caseload(service: Service) -> dict[str, Client]:
    async with service.app.state.store.reading() as connection:
        known = await projections.caseload(connection, OWN)
    return {f"{one.details.first_name} {one.details.surname}": one for one in known}


async def test_the_preview_says_line_by_line_and_changes_nothing(service: Service, lars: httpx2.AsyncClient) -> None:
    before = await seq(service)
    answer = await send(lars, FILE)
    assert answer.status_code == 200
    page = words(answer)
    told = "Ny i teamet · Sätts upp på tavlan · kortvarigt intensiv: Sover inte · På tavlan sedan mån 2 nov 2026"
    assert f"3 Göran Prov 1958-03-05 {told}" in page
    assert "3 nya i teamet" in page
    assert "1 rättas" in page
    assert "5 Stina Exempel 1980-05-17 Rättas" in page
    assert "Telefon: – → 070-174 06 99" in page
    assert "4 حسن علي 1990-01-01" in page
    assert await seq(service) == before
    assert ("lars", "read", "import", service.clients["Stina Exempel"]) in await looks(service)


async def test_all_of_it_comes_in_and_the_answer_says_what_it_did(service: Service, lars: httpx2.AsyncClient) -> None:
    before = await seq(service)
    answer = await bring_in(lars, FILE)
    new = await facts(service, before)
    assert [fact.fact.kind for fact in new] == [
        "client_enrolled", "client_enrolled", "put_on_board", "client_enrolled", "client_corrected", "imported",
    ]  # fmt: skip
    assert answer.headers["location"] == f"/import?saved={new[-1].seq}"
    told = words(await lars.get(answer.headers["location"]))
    assert "Lars Test importerade filen lista.csv: rader 4, nya 3, rättade 1, uppsatta på tavlan 1." in told
    people = await caseload(service)
    goran = people["Göran Prov"]
    assert goran.stay
    assert (str(goran.stay.since.date()), str(goran.stay.review_by), goran.stay.source) == (
        "2026-11-02",
        "2026-11-30",
        events.Source.IMPORT,
    )
    assert goran.details.case_manager == "anna"
    assert people["Stina Exempel"].details.phone == "070-174 06 99"
    assert people["Stina Exempel"].details.case_manager == "lars"  # an empty cell erases nothing
    assert "Göran Prov" in (await lars.get("/board")).text


async def test_the_same_file_again_changes_nothing_and_says_so(service: Service, lars: httpx2.AsyncClient) -> None:
    await bring_in(lars, FILE)
    before = await seq(service)
    answer = await send(lars, FILE)
    assert "Inget i filen är nytt" in words(answer)
    assert 'value="import"' not in answer.text
    again = await lars.post("/import", data={"key": key(answer), "go": "import"})
    assert again.status_code == 200
    assert await seq(service) == before


async def test_who_is_on_the_board_already_is_shown_with_the_boards_own_day(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel")
    rows = [("Exempel, Stina", "1980-05-17", "", "", "kortvarigt intensiv", "Sover inte", "2026-11-02", "")]
    page = words(await send(lars, delimited([HEADER, *rows])))
    kept = "Oförändrad · Redan på tavlan; det som står på tavlan behålls · På tavlan sedan mån 23 nov 2026"
    assert f"2 Stina Exempel 1980-05-17 {kept}" in page
    assert "1 oförändrad 1 finns redan på tavlan" in page


async def test_an_auditor_is_nobodys_case_manager(service: Service, lars: httpx2.AsyncClient) -> None:
    page = words(await send(lars, delimited([HEADER[:3], ("Prov, Göran", "1958-03-05", "Maria Test")])))
    assert "Ingen i teamet heter Maria Test. I teamet finns: Anna Test, Lars Test. " in page


async def test_two_taps_are_one_import(service: Service, lars: httpx2.AsyncClient) -> None:
    data = {"key": key(await send(lars, FILE)), "go": "import"}
    first, second = await asyncio.gather(*(lars.post("/import", data=data) for _ in range(2)))
    assert first.headers["location"] == second.headers["location"]
    assert [fact.fact.kind for fact in await facts(service)].count("imported") == 1


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "Rad 4, kolumn Födelsedatum:"),
        ("en", "Line 4, column Födelsedatum:"),
    ],
)
async def test_one_bad_line_keeps_the_whole_file_out_and_is_named(service: Service, language: str, told: str) -> None:
    bad = delimited([HEADER, *ROWS[:2], ("Exempel, Karl", "1980-02-31", "Nils Okänd", *[""] * 5), ROWS[3]])
    before = await seq(service)
    async with service.person("lars", language) as lars:
        answer = await send(lars, bad)
        assert answer.status_code == 422
        page = words(answer)
        assert told in page
        assert "Nils Okänd" in page
        assert 'value="import"' not in answer.text
        forced = await lars.post("/import", data={"key": key(answer), "go": "import"}, headers=JSON)
        assert forced.status_code == 422
        assert [problem["line"] for problem in forced.json()["problems"]] == [4, 4]
    assert await seq(service) == before


async def test_columns_are_mapped_by_hand(service: Service, lars: httpx2.AsyncClient) -> None:
    odd = delimited([("Vem?", "Ring"), ("Prov, Göran", "070-1"), ("Exempel, Åsa", "070-2")])
    answer = await send(lars, odd)
    assert answer.status_code == 422
    assert "<option" in answer.text
    assert "Prov, Göran" in html.unescape(answer.text)  # what stands in the column, to know it by
    mapped = {"key": key(answer), "column-0": "full_name", "column-1": "phone"}
    again = await lars.post("/import", data=mapped)
    assert again.status_code == 200
    assert "Göran Prov födelsedatum okänt Ny i teamet" in words(again)
    assert re.search('name="column-1".*?value="phone" selected', again.text, re.DOTALL)
    assert (await lars.post("/import", data=mapped | {"go": "import"})).status_code == 303
    assert (await caseload(service))["Åsa Exempel"].details.phone == "070-2"


async def test_what_its_reader_has_not_seen_does_not_come_in(service: Service, lars: httpx2.AsyncClient) -> None:
    data = {"key": key(await send(lars, FILE))}
    before = await seq(service)
    otherwise = data | {"column-0": "full_name", "column-3": "notes", "go": "import"}
    shown = await lars.post("/import", data=otherwise)
    assert shown.status_code == 200
    assert "Anteckningar: – → 070-174 06 99" in words(shown)
    assert await seq(service) == before
    twice = await lars.post("/import", data=otherwise | {"column-1": "full_name"})
    assert twice.status_code == 422
    assert 'name="column-1"' in twice.text  # to be chosen anew
    assert (await lars.post("/import", data=otherwise)).status_code == 200
    assert (await lars.post("/import", data=otherwise)).status_code == 303


async def test_a_sheet_is_chosen_where_two_look_alike(service: Service, lars: httpx2.AsyncClient) -> None:
    book = workbook({"Norr": [("Namn",), ("Prov, Göran",)], "Söder": [("Namn",), ("Exempel, Åsa",)]})
    answer = await send(lars, book, "lista.xlsx")
    assert answer.status_code == 422
    assert "Norr" in words(answer)
    south = await lars.post("/import", data={"key": key(answer), "sheet": "Söder", "columns_of": ""})
    assert "Åsa Exempel" in words(south)
    # Another sheet is read by its own header, not by the choices for this one.
    north = await lars.post(
        "/import", data={"key": key(answer), "sheet": "Norr", "columns_of": "Söder", "column-0": "notes"}
    )
    assert north.status_code == 200
    assert "Göran Prov" in words(north)


async def test_files_that_are_none_are_refused_beside_the_field(service: Service, lars: httpx2.AsyncClient) -> None:
    before = await seq(service)
    for data, name, reason in (
        (b"", "tom.csv", "empty"),
        (b"%PDF-1.7 ...", "lista.xlsx", "not_a_spreadsheet"),
        (b"PK\x03\x04 broken", "lista.xlsx", "damaged"),
        (b"Namn\n" + b"Prov, Test\n" * 60_000, "lista.csv", "too_many_rows"),
        (b"x" * (21 * 1024 * 1024), "stor.csv", "too_large"),
    ):
        answer = await send(lars, data, name, headers=JSON)
        assert (answer.status_code, answer.json()["errors"]) == (422, {"file": reason}), name
    page = await send(lars, b"%PDF-1.7 ...", "lista.pdf")
    assert 'id="e-file"' in page.text
    assert await seq(service) == before


async def test_a_hundred_megabytes_are_refused_without_being_kept(service: Service, lars: httpx2.AsyncClient) -> None:
    async def body() -> Any:
        for _ in range(100):
            yield b"x" * 1024 * 1024

    headers = {"content-type": "multipart/form-data; boundary=x", "content-length": str(100 * 1024 * 1024)}
    answer = await lars.post("/import", content=body(), headers=headers | JSON)
    assert (answer.status_code, answer.json()["errors"]) == (422, {"file": "too_large"})
    unmeasured = await lars.post("/import", content=body(), headers={"content-type": headers["content-type"]})
    assert unmeasured.status_code == 411


async def test_a_file_opens_only_in_its_uploaders_session_and_not_for_long(
    service: Service, lars: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = key(await send(lars, FILE))
    async with service.person("ingrid") as ingrid:
        answer = await ingrid.post("/import", data={"key": mine, "go": "import"}, headers=JSON)
    assert answer.json()["errors"] == {"file": "file_gone"}
    monkeypatch.setattr(uploads, "monotonic", lambda: time.monotonic() + uploads.SECONDS)
    answer = await lars.post("/import", data={"key": mine, "go": "import"}, headers=JSON)
    assert answer.json()["errors"] == {"file": "file_gone"}
    nothing = await lars.post("/import", data={"go": "import"}, headers=JSON)
    assert nothing.json()["errors"] == {"file": "required"}


async def test_a_file_stays_behind_when_its_lead_moves_to_another_team(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    member = events.Member("lars", "lars", "Lars Test", events.Role.LEAD)
    await service.recorder.change(OTHER, "command_line", team.set_member, member=member)
    shown = key(await send(lars, FILE))
    before = await seq(service)
    await lars.post("/team", data={"team": OTHER})
    answer = await lars.post("/import", data={"key": shown, "go": "import"}, headers=JSON)
    assert answer.json()["errors"] == {"file": "file_gone"}
    assert await seq(service) == before


async def test_only_a_few_files_are_held(service: Service, lars: httpx2.AsyncClient) -> None:
    held: uploads.Uploads = service.app.state.uploads
    keys = [held.keep(uploads.Upload(f"s{n}", uploads.File("x", ""), ())) for n in range(uploads.KEPT + 2)]
    still = [held.find(one, f"s{n}") is not None for n, one in enumerate(keys)]
    assert still == [False, False, *[True] * uploads.KEPT]
    newer = held.keep(uploads.Upload("s7", uploads.File("y", ""), ()))
    assert held.find(keys[7], "s7") is None
    assert held.find(newer, "s7") is not None


async def test_what_happened_since_the_preview_is_planned_anew_and_shown_first(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    shown = key(await send(lars, FILE))
    details = events.Details("Prov", "Göran", birth_date=None, phone="070-9")
    await service.recorder.change(OWN, "anna", enrolment.enrol, details=details)
    before = await seq(service)
    anew = await lars.post("/import", data={"key": shown, "go": "import"})
    assert anew.status_code == 409
    assert "3 Göran Prov 1958-03-05 Rättas" in words(anew)
    assert await seq(service) == before
    assert (await lars.post("/import", data={"key": key(anew), "go": "import"})).status_code == 303
    people = [one for name, one in (await caseload(service)).items() if name == "Göran Prov"]
    assert len(people) == 1  # corrected, not enrolled a second time
    assert people[0].details.phone == "070-9"
    assert people[0].stay


async def test_a_file_that_no_longer_fits_is_shown_again_and_nothing_comes_in(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    shown = key(await send(lars, FILE))
    for _ in range(2):  # two people of the name, and the file's line could be either
        await service.recorder.change(OWN, "anna", enrolment.enrol, details=events.Details("Prov", "Göran"))
    before = await seq(service)
    answer = await lars.post("/import", data={"key": shown, "go": "import"})
    assert answer.status_code == 409
    assert "Rad 3" in words(answer)
    assert await seq(service) == before


async def test_a_long_list_is_shown_page_by_page(lars: httpx2.AsyncClient) -> None:
    long = delimited([("Namn",), *((f"Prov{n:04}, Test",) for n in range(450))])
    answer = await send(lars, long)
    assert "Sida 1 av 3" in words(answer)
    last = await lars.post("/import", data={"key": key(answer), "page": "3"})
    assert "Test Prov0449" in words(last)
    assert "Prov0399" not in last.text


async def test_only_the_teams_own_lead(service: Service, anna: httpx2.AsyncClient, nobody: httpx2.AsyncClient) -> None:
    before = await seq(service)
    assert (await anna.get("/import")).status_code == 403
    assert (await send(anna, FILE)).status_code == 403
    assert (await nobody.get("/import")).headers["location"].startswith("/login")
    assert (await send(nobody, FILE)).status_code == 401
    async with service.person("ingrid") as ingrid:
        assert "Stina" not in (await ingrid.get("/import", params={"saved": before})).text
        await bring_in(ingrid, delimited([HEADER[:2], *(row[:2] for row in ROWS)]))
    assert await seq(service) == before
    assert "Göran Prov" not in await caseload(service)


async def test_ten_thousand_lines_leave_others_room(service: Service, lars: httpx2.AsyncClient) -> None:
    """A large file must not keep a screen from being answered; and it is in within 20 s of a processor."""
    lars.timeout = 60  # other tests share the processors
    rows = [(f"Prov{n}, Test", f"{1930 + n % 80}-0{n % 9 + 1}-1{n % 10}") for n in range(10_000)]
    data = delimited([("Namn", "Födelsedatum"), *rows])
    began, slowest = time.process_time(), 0.0

    async def bring() -> None:
        assert (await bring_in(lars, data)).status_code == 303

    work = asyncio.create_task(bring())
    async with service.person(None) as other:
        while not work.done():
            asked = time.monotonic()
            assert (await other.get("/healthz")).status_code == 200
            slowest = max(slowest, time.monotonic() - asked)
            await asyncio.sleep(0.05)
    await work
    assert time.process_time() - began < 20
    assert slowest < 2
