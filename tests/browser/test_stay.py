"""A whole time on the board, in a real browser: flagged on a Monday, rated through the weeks, announced, kept on once,
announced again, returned by itself, and back up with one touch. The history tells it in both languages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest_asyncio
from playwright.async_api import Page, expect

from factboard.domain.state import Client, Stay
from factboard.storage import projections
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_live_page import until
from tests.conftest import Clock
from tests.service import OWN, Service, a_service

PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
STINA = "Stina Exempel"
LIVE = "document.body.classList.contains('is-live')"


def on(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Of the weeks from Monday 23 November 2026 on, in Stockholm: day 24 is Tuesday, 31 is 1 December."""
    month, of = (11, day) if day <= 30 else (12, day - 30)
    return datetime(2026, month, of, hour - 1, minute, second, tzinfo=UTC)


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


async def passes(service: Service, to: datetime) -> None:
    """Time passes with the service at work; what falls due on the way is done."""
    scheduler = service.app.state.scheduler
    async with scheduler.still:
        service.app.state.clock.now = to
        await scheduler.watchman.leave_sign()
        await scheduler.run_all()


async def stina(service: Service) -> Client:
    async with service.app.state.store.reading() as connection:
        known = await projections.client(connection, OWN, service.clients[STINA])
    assert known
    return known


async def stay_of(service: Service) -> Stay:
    stay = (await stina(service)).stay
    assert stay
    return stay


async def sent(page: Page, path: str, **typed: str) -> None:
    """One short form, as a page: what is chosen and typed, and the answer that it is saved."""
    await page.goto(path)
    for name, value in typed.items():
        field = page.locator(f"main [name={name}]")
        kind = await field.first.get_attribute("type")
        if kind == "radio":
            await page.locator(f"main [name={name}][value='{value}']").check()
        elif await field.first.evaluate("one => one.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)
    await page.click("main form button.primary")
    await page.wait_for_url("**saved=*")


async def met(page: Page, service: Service, rating: str) -> None:
    await sent(page, f"{service.url}/clients/{service.clients[STINA]}/contact", contact="home", rating=rating)


async def a_meeting(page: Page, service: Service, *, keep: str = "") -> str:
    """Lars leads it: nothing changes for anybody, and it is closed; what the closing page said of returns."""
    await page.goto(f"{service.url}/meeting")
    await page.locator("input[name=present][value=anna]").check()
    await page.click("main form.start button.primary")
    await until(page, "document.body.classList.contains('is-chair')", 5)  # the page before is live too
    await until(page, LIVE, 10)
    await page.keyboard.press("n")
    await until(page, "!document.querySelector('#view .focus[id^=focus-]')", 5)
    await page.click("#to-close")
    await page.wait_for_selector("form.closing")
    returns = page.locator("#returns")
    said = await returns.inner_text() if await returns.count() else ""
    if keep:
        client = service.clients[STINA]
        await page.locator(f"[name=keep-{client}]").check()
        await page.fill(f"[name=reason-{client}]", keep)
        await page.fill(f"[name=until-{client}]", "2026-12-04")
    reason = page.locator("form.closing [name=reason]:not([type=hidden])")
    if await reason.count():
        await reason.fill("Besöken planeras efter mötet")
    await page.click("form.closing .buttons button.primary")
    await page.wait_for_url("**/meetings/*")
    return said


async def board(page: Page, service: Service) -> str:
    await page.goto(f"{service.url}/board")
    await until(page, LIVE, 10)
    return await page.locator("#view").inner_text()


async def test_a_whole_stay(service: Service, new_page: NewPage) -> None:
    client = service.clients[STINA]
    phone = await new_page(viewport=PHONE, locale="sv-SE")
    laptop = await new_page(viewport=LAPTOP, locale="sv-SE")
    await service.sign_in(phone, "anna")
    await service.sign_in(laptop, "lars")

    # Monday: flagged on a phone, taken on a laptop.
    await phone.goto(f"{service.url}/flag?client={client}")
    await phone.locator("[name=category][value=crisis_prevention]").check()
    await phone.fill("[name=reason]", "Årsdagen närmar sig, vill ha tätare kontakt")
    await phone.click("#flag button.primary")
    await expect(phone.locator("#flag-state [data-state=saved]")).to_be_visible()
    await sent(laptop, f"{service.url}/clients/{client}/take")
    assert "0 av 2 bedömningar som vanligt" in await board(laptop, service)

    # Rated through the weeks, by two people; the plan and the crisis plan in their places.
    await passes(service, on(24, 14))
    await met(phone, service, "at_usual_level")
    await sent(laptop, f"{service.url}/clients/{client}/crisis-plan", with_client="yes")
    await sent(
        laptop, f"{service.url}/clients/{client}/planned-contact", who="lars", every_days="14", next="2026-12-14"
    )
    await passes(service, on(27, 14))
    await met(phone, service, "better")
    said = await board(laptop, service)
    assert "av någon annan än Anna: Lars" in said
    assert "stabil 0 av 7 dagar" in said
    await passes(service, on(31, 14))
    await met(laptop, service, "at_usual_level")
    assert "redo att återgå" in (await board(laptop, service)).casefold()

    # Wednesday: announced for Thursday at one. Thursday: kept on all the same.
    await passes(service, on(32, 8, 30))
    assert "i morgon 13:00" in await a_meeting(laptop, service)
    announced = (await stay_of(service)).announced
    assert announced
    assert announced.planned == on(33, 13)
    assert "Planerad återgång tors 3 dec 13:00" in await board(phone, service)
    await passes(service, on(33, 8, 30))
    assert "i dag" in (await a_meeting(laptop, service, keep="Vill ha en vecka till")).casefold()
    stay = await stay_of(service)
    assert (stay.announced, stay.holds) == (None, 1)
    await passes(service, on(33, 13, 1))
    assert (await stina(service)).stay, "kept on, and gone all the same"

    # The hold runs out; seen meanwhile, ready again, announced again, and this time nobody stops it.
    for day in (34, 36):
        await passes(service, on(day, 14))
        await met(phone, service, "at_usual_level")
    await passes(service, on(37, 8, 30))
    assert "i morgon 13:00" in await a_meeting(laptop, service)
    await sent(phone, f"{service.url}/clients/{client}/told", informed="yes", view="Känns bra")
    await passes(service, on(38, 8, 30))
    assert "i dag" in (await a_meeting(laptop, service)).casefold()
    assert (await stay_of(service)).announced.due == on(38, 13)  # type: ignore[union-attr]
    await passes(service, on(38, 12, 59, 59))
    assert (await stina(service)).stay, "before its time"
    await board(phone, service)
    await passes(service, on(38, 13, 0, 4))
    known = await stina(service)
    assert known.stay is None
    assert known.past[-1].by == "factboard"
    assert known.follow_up
    assert (known.follow_up.who, str(known.follow_up.due)) == ("lars", "2026-12-14")

    # Every open board sees it; on Wednesday she is back up with one touch.
    await until(phone, f"document.querySelector('#returned-{client}') && !document.querySelector('#card-{client}')", 10)
    await passes(service, on(39, 10))
    await board(phone, service)
    await phone.click(f"#returned-{client} button")
    await until(phone, f"document.querySelector('#card-{client}')", 10)
    again = await stay_of(service)
    assert (again.category, again.reason) == ("crisis_prevention", "Årsdagen närmar sig, vill ha tätare kontakt")
    assert phone.errors == []  # type: ignore[attr-defined]

    for language, sentences in TOLD.items():
        told = await the_history(service, new_page, language)
        for sentence in sentences:
            assert sentence in told, (language, sentence, told)


async def the_history(service: Service, new_page: NewPage, language: str) -> str:
    page = await new_page(viewport=LAPTOP)
    await service.sign_in(page, "lars")
    await page.goto(f"{service.url}/history?lang={language}")
    return await page.locator("main").inner_text()


TOLD = {  # what the history must say of it, in order
    "sv": (
        "satte upp Stina Exempel på tavlan",
        "Tavelmötet meddelade att Stina Exempel återgår till planerade insatser",
        "höll kvar Stina Exempel på tavlan till och med fre 4 dec: Vill ha en vecka till",
        "Återgången för Stina Exempel ställdes in: kvar på tavlan",
        "Patienten tycker: Känns bra",
        "Tavelmötet stod fast vid återgången för Stina Exempel tis 8 dec 13:00",
        "Stina Exempel gick tillbaka till planerade insatser tis 8 dec 13:00, enligt tavelmötenas beslut",
        "satte upp Stina Exempel på tavlan igen",
    ),
    "en": (
        "put Stina Exempel on the board",
        "announced the return of Stina Exempel",
        "kept Stina Exempel on the board to the end of Fri 4 Dec: Vill ha en vecka till",
        "The return of Stina Exempel was called off: kept on the board",
        "The patient thinks: Känns bra",
        "upheld the return of Stina Exempel",
        "Stina Exempel returned to planned care on Tue 8 Dec 13:00, as board meetings had announced",
        "put Stina Exempel back on the board",
    ),
}
