"""Who is away and who is on duty, as anybody in the team writes it down."""

from __future__ import annotations

import httpx2

from tests.service import Service
from tests.web.reading import facts, seq, words


async def test_sickness_and_duty_are_written_down_in_the_morning(service: Service, anna: httpx2.AsyncClient) -> None:
    before = await seq(service)
    away = {"user": "lars", "first": "2026-11-23", "last": "2026-11-24"}
    assert (await anna.post("/roster/absences", data=away)).status_code == 303
    assert (await anna.post("/roster/duty", data={"day": "2026-11-23", "duty": "anna"})).status_code == 303
    made = await facts(service, before)
    assert [one.fact.kind for one in made] == ["absence_noted", "duty_set"]
    assert "Lars" in words(await anna.get("/roster"))
    assert (await anna.post("/roster/absences", data=away)).status_code == 409
    gone = f"/roster/absences/{made[0].fact.absence}/remove"  # type: ignore[attr-defined]
    assert (await anna.post(gone)).status_code == 303
    assert (await anna.post(gone)).status_code == 409


async def test_wrong_days_stand_beside_their_field(service: Service, anna: httpx2.AsyncClient) -> None:
    before = await seq(service)
    for data in ({"user": "lars", "first": "i dag"}, {"user": "lars", "first": "2026-11-24", "last": "2026-11-23"}, {}):
        assert (await anna.post("/roster/absences", data=data)).status_code == 422
    assert (await anna.post("/roster/duty", data={"day": "2026-11-01", "duty": "anna"})).status_code == 422
    assert await seq(service) == before
