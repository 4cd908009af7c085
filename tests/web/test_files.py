"""The history as files: what leaves is what was asked for, without formulas, and is logged with everybody in it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import httpx2
import openpyxl
import pytest
import pytest_asyncio

from factboard.domain import enrolment, events
from factboard.domain.chain import Row, verify
from factboard.exporting import Lines, json_line
from factboard.storage import access, history, projections
from factboard.storage.engine import Store
from tests.service import OTHER, OWN, Service, a_service
from tests.web.reading import looks, seq

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
ATTACK = '=HYPERLINK("http://x.example";"Klicka")'


@pytest_asyncio.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, empty_sqlite) -> AsyncIterator[Service]:
    """One service for all of them: nothing here changes what another reads."""
    path = tmp_path_factory.mktemp("files") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    async with a_service(Store(f"sqlite+aiosqlite:///{path}"), lambda: NOW) as running:
        await running.put_on("Stina Exempel")
        details = events.Details(ATTACK, "+46", phone="070-1", national_id="19800517-2380")
        made = await running.recorder.change(OWN, "lars", enrolment.enrol, details=details)
        running.clients["attack"] = str(made.client)
        yield running


@pytest_asyncio.fixture
async def maria(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    async with service.person("maria") as client:
        yield client


@pytest_asyncio.fixture
async def lars(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    async with service.person("lars") as client:
        yield client


def rows_of(answer: httpx2.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


async def test_csv_is_the_history_in_sentences_in_the_readers_language_and_opens_in_excel(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    answer = await lars.get("/history.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-disposition"] == 'attachment; filename="history-kusten-2026-11-23.csv"'
    head, *rows = rows_of(answer)
    assert head[:5] == ["Nr", "Dag", "Tid", "Vad som hände", "Patient"]
    assert [int(row[0]) for row in rows] == list(range(1, await seq(service) + 1))
    [put_on] = [row for row in rows if row[7] == "put_on_board"]
    assert put_on[1:7] == [
        "2026-11-23",
        "09:40:00",
        "Lars Test satte upp Stina Exempel på tavlan (kortvarigt intensiv): Sover inte, ringer om nätterna. Ny "
        "bedömning senast mån 7 dec.",
        "Stina Exempel",
        "Lars Test",
        "nej",
    ]
    assert put_on[8] == service.clients["Stina Exempel"]


async def test_a_name_that_is_a_formula_is_a_text_in_both_files(service: Service, lars: httpx2.AsyncClient) -> None:
    [row] = [row for row in rows_of(await lars.get("/history.csv")) if row[8] == service.clients["attack"]]
    assert row[4].startswith("'+46 =HYPERLINK")
    book = openpyxl.load_workbook(io.BytesIO((await lars.get("/history.xlsx")).content))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert "'+46 =HYPERLINK" in " ".join(str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} == {"s", "n"}


async def test_xlsx_says_first_what_it_is_and_holds_the_same_rows_as_csv(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    about, facts = openpyxl.load_workbook(io.BytesIO((await lars.get("/history.xlsx")).content))
    assert about["A1"].value == "Historiken för Team Kusten"
    assert "Lars Test" in [row[1] for row in about.iter_rows(values_only=True)]
    rows = [["" if cell is None else str(cell) for cell in row] for row in facts.iter_rows(values_only=True)]
    assert rows == rows_of(await lars.get("/history.csv"))


async def test_above_a_million_facts_another_sheet_begins(
    service: Service, lars: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factboard.exporting.xlsx.A_SHEET", 4)
    _, *sheets = openpyxl.load_workbook(io.BytesIO((await lars.get("/history.xlsx")).content))
    numbers = [[row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in sheets]
    assert [sheet.title for sheet in sheets[:2]] == ["Händelser", "Händelser 2"]
    assert {len(found) for found in numbers[:-1]} == {4}
    assert [number for found in numbers for number in found] == list(range(1, await seq(service) + 1))


async def test_every_row_is_a_line_of_json_that_the_chain_can_be_followed_by(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    answer = await lars.get("/history.jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, await seq(service) + 1))
    columns = "team seq at actor kind version client placement payload digest previous hash"
    assert list(lines[-1]) == columns.split()
    [put_on] = [line for line in lines if line["kind"] == "put_on_board"]
    assert put_on["payload"]["reason"] == "Sover inte, ringer om nätterna"
    assert all(later["previous"] == earlier["hash"] for earlier, later in pairwise(lines))
    assert "salt" not in answer.text
    assert OTHER not in {line["team"] for line in lines}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
async def test_an_auditor_who_sees_codes_has_codes_in_each_file(
    service: Service, maria: httpx2.AsyncClient, ending: str
) -> None:
    answer = await maria.get(f"/history.{ending}")
    text = answer.content.decode(errors="replace")
    if ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert service.clients["Stina Exempel"] in text
    for known in ("Stina", "Exempel", "Vilma", "1980", "HYPERLINK", "070-1"):
        assert known not in text, known


async def test_of_a_protected_identity_no_file_says_the_name_whoever_takes_it_out(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    answer = await lars.get("/history.jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    for client, masked in ((service.clients["Vilma Skyddsson"], True), (service.clients["Stina Exempel"], False)):
        [enrolled] = [line for line in lines if line["client"] == client and line["kind"] == "client_enrolled"]
        assert enrolled.get("masked", False) is masked
        assert ("[masked]" in enrolled["payload"]["details"].values()) is masked
    for ending in ("csv", "jsonl"):
        text = (await lars.get(f"/history.{ending}")).text
        assert "Stina" in text
        for known in ("Vilma", "Skyddsson", "1983-05-25"):
            assert known not in text, (ending, known)


async def test_each_file_is_logged_as_an_export_of_each_client_in_it(
    service: Service, maria: httpx2.AsyncClient
) -> None:
    own = {id for name, id in service.clients.items() if name != "Olle Främling"}
    for view in ("history.csv", "history.xlsx", "history.jsonl"):
        await maria.get(f"/{view}")
        assert {("maria", "exported", view, client) for client in (None, *own)} <= await looks(service)


async def test_nothing_leaves_while_the_access_log_cannot_be_written(
    service: Service, maria: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(access, "append", broken)
        for ending in ("csv", "xlsx", "jsonl"):
            answer = await maria.get(f"/history.{ending}")
            assert answer.status_code == 503
            assert "Sover inte" not in answer.text


async def test_a_row_whose_content_was_taken_away_has_an_empty_payload(service: Service) -> None:
    async with service.app.state.store.reading() as connection:
        rows = await history.after(connection, OWN, 0)
    assert verify(rows) is None
    gone = Row(**{name: getattr(rows[0], name) for name in Row.__slots__} | {"payload": None, "salt": None})
    assert json.loads(json_line(gone))["payload"] is None


async def test_only_who_may_read_history_takes_their_own_teams_out(service: Service) -> None:
    for ending in ("csv", "xlsx", "jsonl"):
        for username in ("anna", "bo", "admin"):
            async with service.person(username) as other:
                assert (await other.get(f"/history.{ending}")).status_code == 403, (username, ending)
        async with service.person("gun") as theirs:  # the other team's auditor
            answer = await theirs.get(f"/history.{ending}")
            assert answer.status_code == 200
            assert service.clients["Stina Exempel"] not in answer.text


async def test_a_file_holds_what_the_list_shows_and_says_what_was_asked(
    service: Service, lars: httpx2.AsyncClient
) -> None:
    stina = service.clients["Stina Exempel"]
    asked = {"client": stina, "kind": "of_the_board", "words": "natt"}
    _, *rows = rows_of(await lars.get("/history.csv", params=asked))
    assert [row[7] for row in rows] == ["put_on_board"]
    lines = (await lars.get("/history.jsonl", params={"client": stina})).text.splitlines()
    assert {json.loads(line)["client"] for line in lines} == {stina}
    book = openpyxl.load_workbook(io.BytesIO((await lars.get("/history.xlsx", params=asked)).content))
    about = [[cell.value for cell in row] for row in book.worksheets[0].rows]
    assert ["Vad", "Allt detta: Period på tavlan"] in [row[:2] for row in about]
    wrong = await lars.get("/history.csv", params={"first": "i går"})
    assert (wrong.status_code, wrong.headers["location"]) == (303, "/history?first=i+g%C3%A5r")


async def test_what_somebody_has_changed_in_the_database_is_said_to_be_unreadable_and_the_file_is_whole(
    service: Service,
) -> None:
    async with service.app.state.store.reading() as connection:
        rows = await history.after(connection, OWN, 0)
        here = await projections.team(connection, OWN)
    assert here
    lines = Lines(service.app.state.store, here, "en", masked=False)
    for payload in ("no json", "[]", "{}", '{"details": 7}'):
        changed = replace(rows[-1], payload=payload)
        line = lines.line(await lines.teller([changed]), changed)
        assert "cannot be read: it was changed since" in line.sentence
        assert json.loads(json_line(changed))["seq"] == changed.seq
        assert json.loads(json_line(changed, masked=True))["seq"] == changed.seq
