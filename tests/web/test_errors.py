"""When the database cannot be written: nobody is told that it was saved, and the board can still be read (H3)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import text, update

from factboard.storage import tables
from factboard.storage.codec import instant_to_text
from tests.service import Service
from tests.storage.test_disk import full_disk, read_only_disk
from tests.web.reading import FRAGMENT, JSON, seq, words


def a_flag(service: Service, number: int) -> dict[str, object]:
    client = service.clients["Stina Exempel"]
    return {"client": client, "category": "admitted", "reason": "Sover inte " * 40, "request_id": f"r{number}"}


@pytest.mark.parametrize("disk", [full_disk, read_only_disk])
async def test_what_was_not_saved_is_never_called_saved(service: Service, anna: httpx2.AsyncClient, disk) -> None:
    store = service.recorder.store
    await service.put_on("Åke Provström")
    a_while_ago = instant_to_text(datetime.now(UTC) - timedelta(minutes=5))  # so that a click would be noted
    async with store.writing() as connection:
        await connection.execute(update(tables.session).values(seen=a_while_ago))
    async with disk(store):
        before = await seq(service)
        written = 0
        for number in range(30):  # a full disk may have room for a few more
            headers = (JSON, FRAGMENT, {})[number % 3]
            answer = await anna.post("/flag", data=a_flag(service, number), headers=headers)
            written += await seq(service) - before
            if await seq(service) > before:
                assert answer.status_code < 400
                before = await seq(service)
                continue
            assert answer.status_code == 503
            if headers is JSON:
                assert answer.json()["saved"] is False
            elif headers is FRAGMENT:
                assert answer.text == "not saved"
            else:
                assert "inte sparat" in words(answer).lower() or "inte sparad" in words(answer).lower()
        assert written < 30
        board = await anna.get("/board")
        assert board.status_code == 200
        assert "Åke Provström" in words(board)
    healed = await anna.post("/flag", data=a_flag(service, 29), headers=JSON)
    assert healed.status_code < 300
    assert await seq(service) > before
    async with store.reading() as connection:
        assert await connection.scalar(text("PRAGMA integrity_check")) == "ok"


async def test_a_number_that_no_history_reaches_is_no_page(anna: httpx2.AsyncClient, lars: httpx2.AsyncClient) -> None:
    for number in ("9" * 40, "9" * 5_000):
        assert (await anna.get(f"/flag/{number}")).status_code == 404
        assert (await lars.get("/import", params={"saved": "0" * 12 + number})).status_code == 200


async def test_a_form_of_which_half_arrived_is_no_fault_of_ours(
    service: Service, anna: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    before = await seq(service)
    for half in ("client=", f"client={service.clients['Stina Exempel']}&category=admitted&reason=Sover+inte"):
        head = {"Host": "127.0.0.1", "Content-Length": "900", "Content-Type": "application/x-www-form-urlencoded"}
        cookies = "; ".join(f"{one.name}={one.value}" for one in anna.cookies.jar)
        lines = ["POST /flag HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), f"Cookie: {cookies}"]
        _, writer = await asyncio.open_connection("127.0.0.1", int(service.url.rpartition(":")[2]))
        writer.write(("\r\n".join(lines) + "\r\n\r\n" + half).encode())
        await writer.drain()
        await asyncio.sleep(0.2)
        writer.transport.abort()
    await anna.get("/board")
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
    assert await seq(service) == before
