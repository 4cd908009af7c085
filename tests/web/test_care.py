"""An admission and a legal measure, written down on the card by whoever hears of it."""

from __future__ import annotations

import httpx2

from tests.service import Service
from tests.web.reading import facts, seq, typed, words


async def test_an_admission_begins_and_ends_off_the_board_and_on(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel", "lars")
    stina = f"/clients/{service.clients['Stina Exempel']}"
    before = await seq(service)
    for act, given, kinds in (
        ("admitted", {"ward": "Avdelning 51", "move": "yes"}, ["admitted", "recategorised"]),
        ("admission", {"ward": "Avdelning 52", "expected": "2026-11-30"}, ["admission_changed"]),
        ("discharged", {"category": "short_intensive"}, ["discharged", "recategorised"]),
        ("legal-start", {"name": "ÖPT", "ends": "2026-12-01"}, ["legal_measure_started"]),
    ):
        form = await anna.get(f"{stina}/{act}")
        answer = await anna.post(f"{stina}/{act}", data=given | {"seen": typed(form, "seen")})
        assert answer.status_code == 303, act
        assert [one.fact.kind for one in await facts(service, before)] == kinds, act
        before = await seq(service)
    assert "ÖPT" in words(await anna.get("/board"))
    assert (await anna.post(f"{stina}/discharged", data={})).status_code == 409
    assert (await anna.post(f"{stina}/legal-end", data={"measure": "none"})).status_code == 409
    assert (await anna.post(f"{stina}/legal-start", data={"name": "LPT", "ends": "2020-01-01"})).status_code == 422
