"""A contact in two touches: whom it was with, and a form in which stands already what it mostly was."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

import httpx2
import pytest

from factboard.domain import events as e
from factboard.domain import visits
from tests.service import OWN, Service
from tests.web.reading import FRAGMENT, client, facts, looks, seq, typed, words

TODAY = date(2026, 11, 23)
STINA = "Stina Exempel"


def chosen(answer: httpx2.Response, name: str) -> list[str]:
    """Which of a field's choices are ticked."""
    ticked = (tag for tag in re.findall(r"<input[^>]*>", answer.text) if " checked" in tag and f'name="{name}"' in tag)
    return [found.group(1) for tag in ticked if (found := re.search(r'value="([^"]*)"', tag))]


async def saved(browser: httpx2.AsyncClient, address: str, **more: Any) -> httpx2.Response:
    """The form as it stands, sent with what is said in `more`."""
    form = await browser.get(address)
    standing = {name: (chosen(form, name) or [""])[0] for name in ("contact", "rating", "basis")}
    hidden = {name: typed(form, name) for name in ("seen", "request_id")}
    return await browser.post(address, data={**standing, **hidden, "by": "anna", "next_who": "anna", **more})


async def test_todays_visit_comes_first_of_those_to_choose_from(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on(STINA)
    stina = service.clients[STINA]
    await service.recorder.change(OWN, "lars", visits.plan_visit, client=stina, who="anna", day=TODAY, at=time(10))
    for language, said in (("sv", "Besök i dag 10:00"), ("en", "Visit today 10:00")):
        page = await anna.get(f"/contact?lang={language}")
        assert said in words(page)
        assert page.text.index(f'href="/clients/{stina}/contact"') > 0
    fragment = await anna.get("/contact", headers=FRAGMENT)
    assert "<html" not in fragment.text
    assert ("anna", "read", "contact", stina) in await looks(service)


async def test_anybody_in_care_is_found_by_name_and_no_name_stands_in_an_address(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    assert "Stina" not in words(await anna.get("/contact")), "she is another's"
    found = await anna.post("/contact", data={"q": "exem stin"})
    assert f'href="/clients/{service.clients[STINA]}/contact"' in found.text
    assert typed(found, "q") == "exem stin"
    assert ("anna", "search", "contact", service.clients[STINA]) in await looks(service)
    assert "Nobody in the team" in words(await anna.post("/contact?lang=en", data={"q": "xyz"}))
    hidden = await anna.post("/contact", data={"q": "skyddsson"})
    assert "Skyddsson" not in words(hidden)


async def test_saved_as_it_stands_it_is_a_home_visit_now_by_oneself(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on(STINA)
    address, before = f"/clients/{service.clients[STINA]}/contact", await seq(service)
    assert (await saved(anna, address)).status_code == 303
    [row] = await facts(service, before)
    assert row.fact == e.ContactLogged(e.ContactKind.HOME, "anna", row.at)


async def test_it_begins_with_what_this_person_used_last(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    await service.put_on(STINA)
    address = f"/clients/{service.clients[STINA]}/contact"
    await saved(anna, address, contact="phone")
    assert chosen(await anna.get(address), "contact") == ["phone"]
    assert chosen(await lars.get(address), "contact") == ["home"]
    await saved(anna, address, contact="tried_and_missed")
    assert chosen(await anna.get(address), "contact") == ["home"]


async def test_the_next_visit_and_the_rating_are_saved_and_undone_with_it(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    await service.put_on(STINA)
    stina, before = service.clients[STINA], await seq(service)
    coming = {"next_day": "2026-11-24", "next_at": "13:30", "anchored": "yes"}
    typed_in = {"contact": "phone", "rating": "better", "basis": "told_by_others", "others": ["lars"]}
    answer = await saved(anna, f"/clients/{stina}/contact", **typed_in, **coming)
    assert answer.status_code == 303
    written = [row.fact for row in await facts(service, before)]
    assert [one.kind for one in written] == ["contact_logged", "rated", "visit_planned"]
    assert written[1].basis is e.Basis.TOLD  # type: ignore[attr-defined]
    assert written[2] == e.VisitPlanned("anna", date(2026, 11, 24), time(13, 30), anchored=e.Anchored.YES)
    assert (await anna.post(f"/clients/{stina}/undo/{before + 1}")).status_code == 303
    known = await client(service, STINA)
    assert known.stay
    assert (known.contacts, known.visits, known.stay.ratings) == ((), (), ())


@pytest.mark.parametrize(
    ("given", "field", "sv", "en"),
    [
        ({"next_at": "10:00"}, "next_day", "Fyll i det här.", "Fill this in."),
        ({"next_day": "2026-11-20"}, "next_day", "", ""),
        ({"contact": "tried_and_missed", "rating": "worse"}, "rating", "", "An attempt that reached nobody"),
        (
            {"contact": "phone", "rating": "better", "basis": "seen"},
            "basis",
            "Man ser ingen i telefon.",
            "Nobody is seen on the phone.",
        ),
    ],
    ids=["an hour without a day", "yesterday", "an attempt with a rating", "seen on the phone"],
)
async def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    service: Service, anna: httpx2.AsyncClient, given: dict[str, str], field: str, sv: str, en: str
) -> None:
    await service.put_on(STINA)
    address, before = f"/clients/{service.clients[STINA]}/contact", await seq(service)
    for language, sentence in (("sv", sv), ("en", en)):
        answer = await saved(anna, f"{address}?lang={language}", note="Åt lite", **given)
        assert answer.status_code == 422
        assert f'id="e-{field}"' in answer.text
        assert sentence in words(answer)
        assert typed(answer, "note") == "Åt lite"
        for name, value in given.items():
            kept = chosen(answer, name) or [typed(answer, name)]
            assert kept == [value] or name == "basis", name
    assert await seq(service) == before


async def test_off_the_board_there_is_no_rating_and_no_visit_to_plan(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    page = await anna.get(f"/clients/{service.clients[STINA]}/contact")
    assert 'name="contact"' in page.text
    for name in ("rating", "basis", "next_day"):
        assert f'name="{name}"' not in page.text


async def test_for_a_colleague_it_is_theirs(service: Service, lars: httpx2.AsyncClient) -> None:
    page = await lars.get(f"/clients/{service.clients[STINA]}/contact?by=anna")
    assert re.search(r'<option value="anna" selected>', page.text.partition('name="by"')[2])
