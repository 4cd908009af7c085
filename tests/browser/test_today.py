"""A day on the phone: done with one touch, rated, and seen at once by all others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from factboard.domain import enrolment, placement, visits
from factboard.domain import events as e
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_look import judged
from tests.conftest import Clock
from tests.service import OWN, Service, a_service
from tests.web.reading import client as client_of

MONDAY = date(2026, 11, 23)
LATER = MONDAY + timedelta(days=8)


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    """Anna visits Stina at ten and calls her sister; nobody goes to Åke."""
    async with a_service(Store(sqlite_url), clock) as running:
        change, stina = running.recorder.change, running.clients["Stina Exempel"]
        await running.put_on("Stina Exempel")
        await running.put_on("Åke Provström")
        await change(OWN, "lars", visits.plan_visit, client=stina, who="anna", day=MONDAY, at=time(10))
        await change(OWN, "lars", placement.add_action, client=stina, text="Ring syster", owner="anna", due=MONDAY)
        yield running


async def phone(
    service: Service,
    new_page: NewPage,
    username: str,
    path: str = "/today?lang=en",
    width: int = 390,
    height: int = 844,
    *,
    live: bool = True,
) -> Page:
    page = await new_page(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True, locale="sv-SE")
    await service.sign_in(page, username)
    await page.goto(service.url + path)
    if live:
        await expect(page.locator("body.is-live")).to_be_attached()
    return page


async def test_done_with_one_touch_is_in_the_grid_at_once(service: Service, new_page: NewPage) -> None:
    lars = await new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    await service.sign_in(lars, "lars")
    await lars.goto(f"{service.url}/visits?lang=en")
    await expect(lars.locator("body.is-live")).to_be_attached()
    anna = await phone(service, new_page, "anna")
    await anna.locator("button[value=better]").click()
    await expect(anna.locator("#list-done")).to_contain_text("Stina Exempel")
    await expect(anna.locator("#list-calls li")).to_have_count(0)
    await expect(lars.locator(".call.is-made")).to_contain_text("10:00 Anna")
    await anna.locator(".toast button").click()  # undo
    await expect(anna.locator("#list-calls li")).to_have_count(1)
    await expect(lars.locator(".call.is-made")).to_have_count(0)
    for page in (anna, lars):
        assert page.errors == []  # type: ignore[attr-defined]


async def test_an_action_and_a_client_whom_nobody_visits_are_one_touch_each(
    service: Service, new_page: NewPage
) -> None:
    anna = await phone(service, new_page, "anna")
    await anna.get_by_role("button", name="Done: Ring syster").click()
    await expect(anna.locator("#list-done")).to_contain_text("Ring syster")
    await expect(anna.locator(".tick-it")).to_have_accessible_name("Done: Write a crisis plan with the patient")
    await anna.get_by_role("button", name="I'll go").click()
    await expect(anna.locator("#list-calls")).to_contain_text("Åke Provström")
    await expect(anna.locator("#nobody-goes")).to_have_count(0)


async def test_a_colleagues_day_follows_what_they_do(service: Service, new_page: NewPage) -> None:
    anna = await phone(service, new_page, "anna")
    lars = await phone(service, new_page, "lars", "/today?person=anna&lang=en")
    await expect(lars.locator("h1")).to_contain_text("Anna's day")
    await anna.locator("button[value=tried]").click()
    await expect(lars.locator("#list-calls")).to_contain_text("not home")
    await lars.locator("button[value=done]").click()  # Anna has called: Lars types, Anna had the contact
    await expect(anna.locator("#list-done")).to_contain_text("Stina Exempel")


async def own(service: Service, username: str, name: str = "Åke Provström") -> str:
    """Make somebody answer for a client; the client's id."""
    known = await client_of(service, name)
    details = replace(known.details, case_manager=username)
    await service.recorder.change(OWN, "lars", enrolment.correct, client=known.id, details=details)
    return known.id


async def test_a_contact_is_two_touches(service: Service, new_page: NewPage) -> None:
    ake = await own(service, "anna")
    anna = await phone(service, new_page, "anna", "/?lang=en")
    row = anna.locator(f"#mine-{ake}")
    await expect(row).to_contain_text("Not seen yet")
    await row.get_by_role("link", name="Contact").tap()  # one
    save = anna.locator("#dialog .buttons .primary")
    await expect(save).to_be_in_viewport(ratio=1)
    await expect(anna.locator("#dialog [name=contact]:checked")).to_have_value("home")
    await expect(anna.locator("#dialog .basis")).to_be_hidden()
    await save.tap()  # two
    await expect(row).to_contain_text("Seen today")
    known = await client_of(service, "Åke Provström")
    assert [(one.kind, one.by) for one in known.contacts] == [(e.ContactKind.HOME, "anna")]
    assert anna.errors == []  # type: ignore[attr-defined]


async def test_a_contact_with_whoever_one_looks_for_and_the_next_visit_with_it(
    service: Service, new_page: NewPage
) -> None:
    anna = await phone(service, new_page, "anna", "/?lang=en")
    await anna.locator(".hand").get_by_role("link", name="Log a contact").tap()
    await expect(anna.locator("#dialog .choose a").first).to_contain_text("Stina Exempel")  # today's visit
    await anna.locator("#f-q").press_sequentially("provst")
    await anna.locator("#whom a", has_text="Åke Provström").tap()
    await anna.locator("#dialog .chip", has_text="Phone").tap()
    await anna.locator("#dialog .chip", has_text="Better").tap()
    await anna.locator("#dialog .basis .chip", has_text="Told by others").tap()
    await anna.locator("#dialog summary", has_text="Next visit").tap()
    await anna.locator("[name=next_day]").fill(MONDAY.isoformat())
    await anna.locator("[name=next_at]").fill("15:30")
    await anna.locator("#dialog .buttons .primary").tap()
    await expect(anna.locator("#list-calls")).to_contain_text("15:30")
    known = await client_of(service, "Åke Provström")
    assert known.stay
    assert [(one.rating, one.basis) for one in known.stay.ratings] == [(e.Rating.BETTER, e.Basis.TOLD)]
    await anna.locator(".toast button").tap()  # undo: all three
    await expect(anna.locator("#list-calls")).not_to_contain_text("15:30")
    assert anna.errors == []  # type: ignore[attr-defined]


async def test_an_attempt_asks_for_no_rating(service: Service, new_page: NewPage) -> None:
    ake = await own(service, "anna")
    anna = await phone(service, new_page, "anna", f"/clients/{ake}/contact?lang=en", live=False)
    await expect(anna.locator(".rated")).to_be_visible()
    await anna.locator("[value=tried_and_missed]").check()
    await expect(anna.locator(".rated")).to_be_hidden()
    await anna.locator("[value=home]").check()
    await anna.locator("[value=better]").check()
    await anna.locator("[value=tried_and_missed]").check()
    await expect(anna.locator(".rated")).to_be_visible()  # what was chosen is never out of sight


async def test_ones_clients_are_live_when_somebody_flags(service: Service, new_page: NewPage) -> None:
    johan = await own(service, "anna", "Johan Testberg")
    anna = await phone(service, new_page, "anna", "/?lang=en")
    row = anna.locator(f"#mine-{johan}")
    await expect(row).to_be_hidden()  # nothing due: folded away
    await service.put_on("Johan Testberg", "lars")
    await expect(anna.locator(f"#list-mine #mine-{johan}")).to_be_visible()
    await expect(row).to_contain_text("Nobody has taken this")
    await expect(anna.locator("#news")).to_contain_text("Johan Testberg")
    assert anna.errors == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (844, 390)], ids=lambda size: str(size))
async def test_what_is_done_most_is_in_the_thumbs_reach_however_the_phone_is_held(
    service: Service, new_page: NewPage, width: int, height: int
) -> None:
    anna = await phone(service, new_page, "anna", "/?lang=sv", width, height)
    for name in ("Sätt upp på tavlan", "Notera en kontakt"):
        link = anna.locator(".hand").get_by_role("link", name=name)
        await expect(link).to_be_in_viewport(ratio=1)
        box = await link.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["y"] > height / 2
    await anna.evaluate("scrollTo(0, document.body.scrollHeight)")
    foot, hand = await anna.locator(".foot p").bounding_box(), await anna.locator(".hand").bounding_box()
    assert foot
    assert hand
    assert foot["y"] + foot["height"] <= hand["y"], "the last line can be read"


async def test_large_text_stays_within_the_screen(service: Service, new_page: NewPage) -> None:
    await own(service, "anna")
    anna = await phone(service, new_page, "anna", "/?lang=sv", width=320)
    await anna.evaluate("document.documentElement.style.fontSize = '200%'")
    assert await anna.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await anna.locator(".mine").first.get_by_role("link", name="Kontakt").tap()
    await expect(anna.locator("#dialog .buttons .primary")).to_be_in_viewport(ratio=1)
    assert await anna.evaluate("document.getElementById('dialog').scrollWidth <= innerWidth")


async def test_the_form_is_in_order_for_every_eye(service: Service, new_page: NewPage) -> None:
    ake = await own(service, "anna")
    anna = await phone(service, new_page, "anna", "/?lang=sv", width=320)
    for opens in (f"#mine-{ake} .button", ".hand .button:not(.primary)"):
        await anna.locator(opens).first.tap()
        await expect(anna.locator("#dialog-title")).to_be_visible()
        sizes = await anna.locator("#dialog a, #dialog button, #dialog .chip, #dialog summary").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).map((one) => Math.round(one.offsetHeight))"
        )
        assert min(sizes) >= 44
        assert await judged(anna) == []
        await anna.locator("#dialog [data-close]").first.tap()


async def test_one_hand_and_every_eye(service: Service, new_page: NewPage) -> None:
    for width in (320, 390):
        anna = await phone(service, new_page, "anna", width=width)
        assert await anna.evaluate("document.documentElement.scrollWidth <= innerWidth")
        sizes = await anna.locator("#view button, #view a.button").evaluate_all(
            "all => all.map((one) => Math.round(Math.min(one.offsetHeight, one.offsetWidth)))"
        )
        assert sizes
        assert min(sizes) >= 44
        assert await judged(anna) == []


async def test_without_script_a_day_is_plain_forms(service: Service, new_page: NewPage) -> None:
    page = await new_page(java_script_enabled=False, locale="sv-SE")
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/today?lang=en")
    await page.locator("button[value=better]").click()
    await page.wait_for_url("**/clients/*?saved=*")
    await page.goto(f"{service.url}/today?lang=en")
    await expect(page.locator("#list-done")).to_contain_text("Stina Exempel")


async def test_what_is_older_stays_unfolded_while_the_day_goes_on(service: Service, new_page: NewPage) -> None:
    change, stina = service.recorder.change, service.clients["Stina Exempel"]
    for number in range(6):
        left: dict[str, object] = {"owner": "anna", "due": MONDAY + timedelta(days=number)}
        await change(OWN, "lars", placement.add_action, client=stina, text=f"Ring {number}", **left)
    await change(OWN, "lars", visits.plan_visit, client=stina, who="anna", day=LATER, at=time(10))
    await change(
        OWN, "lars", visits.plan_visit, client=service.clients["Åke Provström"], who="anna", day=LATER, at=time(10)
    )
    service.app.state.clock.forward(days=8)
    anna = await phone(service, new_page, "anna")
    await expect(anna.locator("#list-late > li")).to_have_count(3)
    await expect(anna.locator("#list-calls .mark.late")).to_have_count(2)
    old = anna.locator("#older > ul > li")
    await expect(old.first).to_be_hidden()
    await anna.locator("#older summary").click()
    await expect(old.first).to_be_visible()
    many = await old.count()
    await old.last.locator("button").first.click()
    await expect(old).to_have_count(many - 1)
    await expect(old.first).to_be_visible()
    assert anna.errors == []  # type: ignore[attr-defined]
