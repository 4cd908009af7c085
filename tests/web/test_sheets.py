"""The pages for paper as pages: who returns, who has returned, and who acts tonight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from factboard.domain import events as e
from factboard.domain import placement
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import looks, words
from tests.web.way_back import announced

STINA, AKE, VILMA = "Stina Exempel", "Åke Provström", "Vilma Skyddsson"


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 25, 7, 40, tzinfo=UTC))  # a Wednesday


async def back(service: Service, clock: Clock, name: str, days: int) -> str:
    """Returned by hand so many days ago."""
    now, client = clock.now, service.clients[name]
    clock.now = now - timedelta(days=days)
    await service.put_on(name)
    await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=client, reason="Mår bra")
    clock.now = now
    return client


async def test_the_morning_sheet_tells_of_returns(service: Service, anna: httpx2.AsyncClient, clock: Clock) -> None:
    await announced(service, clock, STINA)
    ake, vilma = await back(service, clock, AKE, 9), await back(service, clock, VILMA, 2)
    page = await anna.get("/sheets/morning?lang=en")
    said = words(page)
    assert "Return planned: Wed 25 Nov 13:00, patient not informed" in said
    assert "Planned returns Stina Exempel" in said
    assert "Åke Provström" in said
    assert "since 16 Nov: Not met yet, follow-up by 23 Nov Anna" in said
    assert "since 23 Nov: follow-up by 30 Nov nobody named" in said, "she has no case manager"
    assert "Vilma" not in page.text
    seen = await looks(service)
    assert {("anna", "export", "sheet", one) for one in (ake, vilma)} <= seen, "whoever stands on it is logged"


async def test_a_pause_is_said_on_paper_too(service: Service, anna: httpx2.AsyncClient, clock: Clock) -> None:
    await announced(service, clock, STINA)
    async with service.recorder.together(OWN, "factboard") as desk:
        await desk.decide(lambda case: [e.Entry(e.ReturnsPaused(e.Pause.MANY, 6, 20))])
    said = words(await anna.get("/sheets/morning?lang=en"))
    assert "Automatic returns are paused since Wed 25 Nov 08:40" in said
    assert "Return planned: paused" in said


async def test_the_on_call_sheet_asks_who_acts_and_tells_who_returned(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    await service.put_on(STINA)
    await back(service, clock, AKE, 3)
    await back(service, clock, VILMA, 2)
    page = await anna.get("/sheets/on-call?lang=en")
    said = words(page)
    assert "Nobody has taken: who acts tonight? ☐ Stina Exempel" in said
    assert "Lars Test: Sover inte" in said
    assert said.index("Recently returned") < said.index("Åke Provström")
    assert "Phone and address: in the medical record." in said
    assert "Vilma" not in page.text
