"""The planned contacts of a team: whose, which nobody made, and what a plan says of them elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import httpx2
import pytest

from factboard.domain import documents, placement, planned_care
from factboard.domain.events.contents import CarePlan, StandingContact, Together
from factboard.domain.events.contents.words import Weekday
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import looks, words

STINA, AKE = "Stina Exempel", "Åke Provström"
PLAN = CarePlan(
    contacts=(
        StandingContact("c1", "anna", 7, (), "Hemma", date(2026, 11, 25)),
        StandingContact("c2", "lars", 14, (Weekday.THURSDAY,), "Mottagningen", date(2026, 11, 26)),
    )
)


async def write(service: Service, name: str = STINA) -> None:
    what = {"of_document": "care_plan", "ref": "care_plan", "content": PLAN, "based_on": 0}
    client = service.clients[name]
    await service.recorder.change(OWN, "anna", documents.write, client=client, together=Together.TOGETHER, **what)


async def test_what_comes_stands_by_day_and_what_nobody_made_first(
    service: Service, clock: Clock, lars: httpx2.AsyncClient
) -> None:
    await write(service)
    page = words(await lars.get("/planned-contacts"))
    for said in ("Alla planerade kontakter är gjorda", "Ons 25 nov", "Tors 26 nov", "Mottagningen"):
        assert said in page
    clock.now += timedelta(days=4)  # Friday
    page = words(await lars.get("/planned-contacts"))
    assert page.index("2 dagar sen") < page.index("1 dag sen") < page.index("De närmaste två veckorna")
    assert ("lars", "read", "planned_contacts", service.clients[STINA]) in await looks(service)


@pytest.mark.parametrize(
    ("who", "sees"), [("anna", True), ("everybody", True), ("lars", False), ("nemo", True), ("maria", True)]
)
async def test_whose_they_are_is_chosen_and_an_unknown_choice_says_so(
    service: Service, anna: httpx2.AsyncClient, who: str, sees: bool
) -> None:
    what = {"who": "anna", "every_days": 7, "next": date(2026, 11, 25)}
    await service.recorder.change(OWN, "lars", planned_care.set_planned_contact, client=service.clients[AKE], **what)
    page = words(await anna.get(f"/planned-contacts?who={who}"))
    assert (AKE in page) is sees
    assert ("Ingen i teamet heter så" in page) is (who in ("nemo", "maria"))


async def test_whoever_is_on_the_board_is_met_by_the_board(service: Service, lars: httpx2.AsyncClient) -> None:
    await write(service)
    await service.put_on(STINA)
    assert STINA not in words(await lars.get("/planned-contacts"))


async def test_the_plan_in_force_stands_where_a_return_leads(service: Service, lars: httpx2.AsyncClient) -> None:
    await write(service)
    await service.put_on(STINA)
    client = service.clients[STINA]
    assert "Det går tillbaka till: vårdplan, version 1." in words(await lars.get(f"/clients/{client}/return"))
    await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=client, reason="Lugnt")
    assert "gäller: vårdplan, version 1" in words(await lars.get("/board"))
    page = words(await lars.get(f"/clients/{client}"))
    assert "Gäller: vårdplan, version 1." in page, "as the return says"
    assert "torsdag, var 2:a vecka" in page or "torsdag, var 2:e vecka" in page
