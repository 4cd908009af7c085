"""Forms in a real Chromium: what did not go through says so and stays, what did is told and can be undone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, Page, Route, expect

from factboard.domain import care, placement
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "sv-SE"}


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


async def away(route: Route) -> None:
    """The network is gone for what is sent; pages still come."""
    await (route.abort() if route.request.method == "POST" else route.continue_())


def unasked(page: Page) -> list[str]:
    """Console errors that were not this test's own doing."""
    own = ("Failed to load resource", "Failed to fetch")
    return [error for error in page.errors if not any(part in error for part in own)]  # type: ignore[attr-defined]


async def test_a_form_in_the_dialog_keeps_its_text_through_mistake_conflict_and_outage(
    service: Service, new_page: NewPage
) -> None:
    await service.put_on("Stina Exempel")
    page = await new_page(locale="sv-SE")
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/clients/{service.clients['Stina Exempel']}")
    await page.locator(".acts summary").click()
    await page.locator(".acts a", has_text="Tillbaka till planerade insatser").click()
    reason, send = page.locator("#dialog [name=reason]"), page.locator("#dialog form button.primary")
    await send.click()
    await expect(page.locator("#dialog .problems")).to_contain_text("Varför nu")
    await reason.fill("Lugnt i går")
    await page.locator("#dialog [name=anchored][value=yes]").check()
    await service.put_on("Stina Exempel", reason="Har slutat äta")
    await send.click()
    await expect(page.locator("#dialog .meanwhile")).to_contain_text("Har slutat äta")
    await page.route("**/return", away)
    await send.click()
    await expect(page.locator("#dialog-unsaved")).to_contain_text("inte är sparat")
    await expect(reason).to_have_value("Lugnt i går")
    await page.unroute("**/return")
    await send.click()
    await expect(page.locator("#dialog")).to_be_hidden()
    await expect(page.locator("#head-board")).to_have_text("Inte på tavlan")
    await page.locator(".toast button").click()
    await expect(page.locator("#head-board")).to_have_text("På tavlan")
    assert unasked(page) == []


async def test_the_caseload_is_searched_while_one_types_and_no_name_stands_in_the_address(
    service: Service, new_page: NewPage
) -> None:
    page = await new_page(locale="sv-SE")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/clients")
    await page.locator("#f-q").press_sequentially("provs")
    await expect(page.locator(".people li")).to_have_count(1)
    await expect(page.locator("#f-q")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("Åke Provström")
    assert not [url for url in asked if "prov" in url.lower()]
    assert unasked(page) == []


async def drag_taller(field: Locator) -> None:
    """By its corner: the browser then gives it a style attribute of its own."""
    box = await field.bounding_box()
    assert box
    mouse, x, y = field.page.mouse, box["x"] + box["width"] - 4, box["y"] + box["height"] - 4
    await mouse.move(x, y)
    await mouse.down()
    await mouse.move(x, y + 40, steps=4)
    await mouse.up()
    assert "height" in (await field.get_attribute("style") or "")


async def test_forms_are_sent_and_swapped_without_a_word_in_the_console(service: Service, new_page: NewPage) -> None:
    await service.put_on("Stina Exempel")
    await service.put_on("Åke Provström")
    page = await new_page(locale="sv-SE")
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/board")
    for count, (name, note) in enumerate((("Stina Exempel", "Åt lite"), ("Åke Provström", "Sov gott")), 1):
        card = page.locator(".card", has_text=name)
        await card.get_by_role("link", name="Kontakt").click()
        for folded in ("Andra från teamet", "Inte nu"):
            await page.locator("#dialog summary", has_text=folded).click()
        others = page.locator("#dialog .choice:has([name=others]):visible")
        await expect(others).to_have_text(["Lars Test"])  # not who had the contact
        await page.locator("#dialog [name=by]").select_option("lars")
        await expect(others).to_have_text(["Anna Test"])
        await page.locator("#dialog [name=note]").fill(note)
        await drag_taller(page.locator("#dialog [name=note]"))
        await page.locator("#dialog [name=day]").fill("2027-01-01")
        await page.locator("#dialog form button.primary").click()
        await expect(page.locator("#dialog .problems")).to_contain_text("framtiden")
        await page.locator("#dialog [name=day]").fill("")
        await page.locator("#dialog form button.primary").click()
        await expect(page.locator("#dialog")).to_be_hidden()
        await expect(page.locator(".toast button")).to_have_count(count)  # each with its own way back
        await expect(page.locator(".toast").last).to_contain_text(f"{name}: kontakten är sparad.")
    await page.goto(f"{service.url}/flag")
    await page.locator("#f-q").press_sequentially("exem")
    await expect(page.locator("#found .choice")).to_have_count(1)
    await page.locator("#found .choice").click()
    await expect(page.locator("#beside")).to_contain_text("Krisplan")  # it moves what stands below
    await drag_taller(page.locator("#flag [name=reason]"))
    await page.locator("#flag [name=reason]").fill("å" * 501)
    await page.locator("#flag .send button.primary").click()
    await expect(page.locator("#flag .problems")).to_be_focused()
    own = "the server responded with a status of 422"  # the browser's own word for a mistake in a form
    assert [error for error in page.errors if own not in error] == []  # type: ignore[attr-defined]


async def test_a_form_that_could_not_be_opened_is_not_called_unsaved(service: Service, new_page: NewPage) -> None:
    await service.put_on("Stina Exempel")
    page = await new_page(locale="sv-SE")
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/board")
    await page.route("**/contact", lambda route: route.abort())
    await page.locator(".card").get_by_role("link", name="Kontakt").click()
    await expect(page.locator(".toast.is-wrong")).to_have_text("Det kunde inte öppnas. Försök igen.")
    assert unasked(page) == []


async def test_what_is_touched_on_a_card_is_as_large_as_a_thumb(service: Service, new_page: NewPage) -> None:
    await service.put_on("Stina Exempel")
    narrow = {"viewport": {"width": 390, "height": 844}, "locale": "sv-SE"}
    for screen in (PHONE, narrow, PHONE | {"viewport": {"width": 1024, "height": 768}}):
        page = await new_page(**screen)
        await service.sign_in(page, "anna")
        await page.goto(f"{service.url}/board")
        links = page.locator(".card footer a")
        boxes = [await link.bounding_box() for link in await links.all()]
        assert len(boxes) == 3
        assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes), boxes


async def test_a_flag_is_taken_over_from_the_menu_of_a_card(service: Service, new_page: NewPage) -> None:
    await service.put_on("Stina Exempel")
    page = await new_page(locale="sv-SE")
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/board")
    over = page.locator("#card-menu [data-act=take]")
    await page.locator(".card [data-menu]").click()
    await expect(page.locator("#card-menu")).to_be_visible()
    await expect(over).to_be_hidden()  # nobody has it: the card itself asks
    await page.keyboard.press("Escape")
    await service.recorder.change(OWN, "lars", placement.take, client=service.clients["Stina Exempel"])
    await expect(page.locator(".card .untaken")).to_have_count(0)
    await page.locator(".card [data-menu]").click()
    await over.click()
    await expect(page.locator("#dialog")).to_contain_text("Lars Test har tagit det")
    await page.locator("#dialog form button.primary").click()
    await expect(page.locator(".card")).to_contain_text("Tagen av Anna")
    assert unasked(page) == []


async def test_the_menu_of_a_card_offers_what_fits_now(service: Service, new_page: NewPage) -> None:
    await service.put_on("Stina Exempel", "lars")
    page = await new_page()
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/board")
    acts = ("admitted", "admission", "discharged", "legal-start", "legal-prolong", "legal-end")

    async def offered() -> list[str]:
        await page.locator(".card [data-menu]").click()
        await expect(page.locator("#card-menu [data-act='']")).to_be_visible()
        shown = [act for act in acts if await page.locator(f"#card-menu [data-act={act}]").is_visible()]
        await page.keyboard.press("Escape")
        return shown

    assert await offered() == ["admitted", "legal-start"]
    stina = service.clients["Stina Exempel"]
    await service.recorder.change(OWN, "lars", care.start_legal_measure, client=stina, name="LRV")
    await service.recorder.change(OWN, "lars", care.admit, client=stina, ward="Avdelning 51")
    await expect(page.locator(".card")).to_contain_text("Avdelning 51")
    assert await offered() == ["admission", "discharged", "legal-start", "legal-prolong", "legal-end"]
    assert not unasked(page)
