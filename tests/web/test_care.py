"""An admission and a legal measure, written down on the card by whoever hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import httpx2
import pytest

from factboard.domain import care, team
from tests.service import OWN, Service
from tests.web.reading import client, facts, seq, typed, words

STANDARD = {known.code: known for known in team.STANDARD_CATEGORIES}


async def test_an_admission_begins_and_ends_off_the_board_and_on(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel", "lars")
    stina = f"/clients/{service.clients['Stina Exempel']}"
    before = await seq(service)
    for act, given, kinds in (
        ("admitted", {"ward": "Avdelning 51", "category": "admitted"}, ["admitted", "recategorised"]),
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


async def test_a_tick_box_is_refused_beside_itself(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel", "lars")
    form = f"/clients/{service.clients['Stina Exempel']}/admitted"
    assert 'id="f-category"' in (await anna.get(form)).text
    unused = replace(STANDARD["admitted"], retired=True)
    await service.recorder.change(OWN, "lars", team.set_category, category=unused)
    assert 'id="f-category"' not in (await anna.get(form)).text
    before = await seq(service)
    answer = await anna.post(form, data={"ward": "Avdelning 51", "category": "admitted"})
    assert answer.status_code == 422
    assert 'id="e-category"' in answer.text
    assert 'id="f-category"' in answer.text
    assert typed(answer, "ward") == "Avdelning 51"
    assert await seq(service) == before


async def test_what_one_form_wrote_is_undone_together(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel", "lars")
    stina = f"/clients/{service.clients['Stina Exempel']}"
    before = await seq(service)
    await anna.post(f"{stina}/admitted", data={"ward": "Avdelning 51", "category": "admitted"})
    answer = await anna.post(f"{stina}/undo/{before + 1}")
    assert answer.status_code == 303
    after = await client(service, "Stina Exempel")
    assert after.stay
    assert (after.admission, after.stay.category) == (None, "short_intensive")


@pytest.mark.parametrize(
    ("act", "given", "field"),
    [
        ("admitted", {"ward": ""}, "ward"),
        ("admitted", {"ward": "51", "on": "2026-11-24"}, "on"),
        ("admitted", {"ward": "51", "expected": "2026-11-22"}, "expected"),
        ("legal-start", {"name": "ÖPT", "on": "2026-11-20", "ends": "2026-11-20"}, "ends"),
        ("legal-start", {"name": ""}, "name"),
        ("legal-prolong", {"measure": "MEASURE", "ends": "2026-11-22"}, "ends"),
        ("legal-prolong", {"ends": "2027-01-01"}, "measure"),
        ("legal-prolong", {"measure": "MEASURE"}, "ends"),  # no end is said, never by leaving the day empty
        ("legal-start", {"name": "ÖPT"}, "ends"),
        ("legal-start", {"name": "ÖPT", "ends": "2027-01-01", "no_end": "yes"}, "ends"),
        ("legal-end", {"measure": "MEASURE", "on": "2026-10-01"}, "on"),
    ],
)
async def test_a_mistake_stands_beside_its_field_and_changes_nothing(
    service: Service, anna: httpx2.AsyncClient, act: str, given: dict[str, str], field: str
) -> None:
    stina = service.clients["Stina Exempel"]
    began = {"name": "ÖRV", "on": date(2026, 11, 1), "ends": date(2026, 12, 1)}
    await service.recorder.change(OWN, "lars", care.start_legal_measure, client=stina, **began)
    [measure] = (await client(service, "Stina Exempel")).legal
    before = await seq(service)
    data = {name: measure.id if value == "MEASURE" else value for name, value in given.items()}
    answer = await anna.post(f"/clients/{stina}/{act}", data=data)
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    assert await seq(service) == before


async def test_until_further_notice_is_a_tick(service: Service, anna: httpx2.AsyncClient) -> None:
    stina = service.clients["Stina Exempel"]
    for act, ends in (("legal-start", None), ("legal-prolong", date(2026, 12, 1)), ("legal-prolong", None)):
        known = (await client(service, "Stina Exempel")).legal
        data = {"name": "LRV", "measure": known[0].id if known else "", "ends": str(ends or "")}
        answer = await anna.post(f"/clients/{stina}/{act}", data=data | ({} if ends else {"no_end": "yes"}))
        assert answer.status_code == 303
        [measure] = (await client(service, "Stina Exempel")).legal
        assert (measure.name, measure.ends) == ("LRV", ends)


async def test_somebody_off_the_board_shows_when_what_ends(service: Service, anna: httpx2.AsyncClient) -> None:
    stina = service.clients["Stina Exempel"]
    began = {"name": "ÖRV", "on": date(2026, 11, 1), "ends": date(2026, 12, 1)}
    await service.recorder.change(OWN, "lars", care.start_legal_measure, client=stina, **began)
    await service.recorder.change(OWN, "lars", care.admit, client=stina, ward="51", expected=date(2026, 11, 30))
    page = (await anna.get(f"/clients/{stina}?lang=en")).text
    assert "(8 days left)" in page
    assert "discharge expected Mon 30 Nov" in page


async def test_two_wards_at_once_and_the_second_sees_the_first(service: Service, anna: httpx2.AsyncClient) -> None:
    stina = service.clients["Stina Exempel"]
    await service.recorder.change(OWN, "lars", care.admit, client=stina, ward="Avdelning 51")
    form = await anna.get(f"/clients/{stina}/admission")
    await service.recorder.change(OWN, "lars", care.change_admission, client=stina, ward="Avdelning 52")
    data = {"ward": "Avdelning 53", "seen": typed(form, "seen")}
    answer = await anna.post(f"/clients/{stina}/admission", data=data)
    assert answer.status_code == 409
    assert "Avdelning 52" in words(answer)
    assert typed(answer, "ward") == "Avdelning 53"
    again = data | {"seen": typed(answer, "seen")}
    assert (await anna.post(f"/clients/{stina}/admission", data=again)).status_code == 303
    assert (await client(service, "Stina Exempel")).admission.ward == "Avdelning 53"  # type: ignore[union-attr]


async def test_nobody_elses_client_is_admitted(service: Service, bo: httpx2.AsyncClient) -> None:
    stina = service.clients["Stina Exempel"]
    for act in ("admitted", "discharged", "legal-start"):
        assert (await bo.get(f"/clients/{stina}/{act}")).status_code == 404
        assert (await bo.post(f"/clients/{stina}/{act}", data={"ward": "51", "name": "ÖPT"})).status_code == 404
