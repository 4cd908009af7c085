"""The flag page in a real Chromium, as on a phone: few touches, one state at a time, one flag whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, Route, expect

from factboard.domain import enrolment, placement, team
from factboard.domain.events import Details
from factboard.storage import projections
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_live_page import until
from tests.browser.test_look import judged
from tests.conftest import Clock
from tests.service import OWN, Service, a_service
from tests.web.reading import client, facts, looks

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "locale": "sv-SE",
    "service_workers": "block",  # it sends what waits by itself; here the page does
}
FEELING = "navigator.vibrate = (what) => { (window.felt ??= []).push(what); return true; }"
SMALL = """() => [...document.querySelectorAll(
    "main a, main button, main .choice, main .chip, main summary, main input[type=search], main textarea, main select"
  )].filter((one) => one.checkVisibility() && !one.closest(".alarm, .call, .beside p:not(:has(button))"))
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([html]) => html)"""


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    """Anna's own client has much to be known, and the team says whom to call."""
    async with a_service(Store(sqlite_url), clock) as running:
        change = running.recorder.change
        async with running.app.state.store.reading() as connection:
            here = await projections.team(connection, OWN)
        assert here
        settings = replace(here.settings, out_of_hours="Jouren 070-174 06 28", phrases=("Ringde i natt", "Öppnar inte"))
        await change(OWN, "lars", team.change_settings, settings=settings)
        known = await client(running, "Åke Provström")
        details = replace(known.details, helps="Tala lugnt", warnings="Två går tillsammans", phone="070-174 06 99")
        await change(OWN, "lars", enrolment.correct, client=known.id, details=details)
        hidden = await client(running, "Vilma Skyddsson")
        own = replace(hidden.details, case_manager="anna", phone="070-174 06 77")
        await change(OWN, "lars", enrolment.correct, client=hidden.id, details=own)
        yield running


async def opened(service: Service, new_page: NewPage, path: str = "/flag", **options: Any) -> Page:
    page = await new_page(**(PHONE | options))
    await page.add_init_script(FEELING)
    await service.sign_in(page, "anna")
    await page.goto(service.url + path)
    return page


def row(page: Page, name: str = "Åke Provström") -> Locator:
    return page.locator("#flag .found", has_text=name)


def send(page: Page) -> Locator:
    return page.locator("#flag .send .primary")


async def filled(page: Page, reason: str = "Sover inte") -> None:
    await row(page).tap()
    await page.locator("#f-reason").fill(reason)


async def shows(page: Page, state: str) -> Locator:
    """Exactly this stands there, and nothing else that says what has become of it."""
    place = page.locator(f"#flag-state [data-state={state}]")
    await expect(place).to_be_visible()
    await expect(page.locator("#flag-state [data-state]:visible")).to_have_count(1)
    await expect(page.locator("#flag")).to_be_hidden()
    return place


async def flags(service: Service) -> list[str]:
    return [one.fact.kind for one in await facts(service) if one.fact.kind in ("put_on_board", "flagged_again")]


def unasked(page: Page) -> list[str]:
    """Console errors that were not this test's own doing."""
    own = ("Failed to load resource", "Failed to fetch")
    return [error for error in page.errors if not any(part in error for part in own)]  # type: ignore[attr-defined]


Answer = Callable[[Route], Any]


def away(route: Route) -> Any:
    return route.abort()


async def lost(route: Route) -> None:
    """It arrives, and its answer does not come back."""
    await route.fetch()
    await route.abort()


def unavailable(route: Route) -> Any:
    return route.fulfill(status=503, content_type="text/html", body="<h1>503</h1>")


def a_proxys_page(route: Route) -> Any:
    return route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")


def a_guest_network(route: Route) -> Any:
    return route.fulfill(status=200, content_type="text/html", body="<h1>Välkommen till Gäst-wifi</h1>")


async def when_posted(page: Page, answer: Answer) -> None:
    async def handle(route: Route) -> None:
        await (answer(route) if route.request.method == "POST" else route.continue_())

    await page.route("**/flag", handle)


# --- three touches and a sentence -----------------------------------------------------------------------------


async def test_three_touches_and_a_sentence_from_opening_the_app(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page, "/")
    await page.locator("a[href='/flag']:visible").first.tap()  # 1
    await row(page).tap()  # 2
    await expect(page.locator("#beside")).to_contain_text("Två går tillsammans")
    await page.locator("#f-reason").fill("Ringde och grät")
    await send(page).tap()  # 3
    saved = await shows(page, "saved")
    await expect(saved.locator("h2")).to_have_text("Sparat 09:40:00")
    await expect(saved).to_contain_text("Skickat till 0 anslutna skärmar.")
    await expect(saved).to_contain_text("Ingen har tagit det ännu.")
    await expect(saved.locator("[data-slot=category]")).to_have_text("Krisförebyggande")
    await expect(saved.locator("h2")).to_be_focused()
    assert await page.evaluate("felt") == [80]
    stay = (await client(service, "Åke Provström")).stay
    assert stay
    assert (stay.reason, stay.category) == ("Ringde och grät", "crisis_prevention")
    await service.recorder.change(OWN, "lars", placement.take, client=service.clients["Åke Provström"])
    await expect(saved).to_contain_text("Tagen av Lars Test kl. 09:40", timeout=10_000)
    assert unasked(page) == []


async def test_a_ready_reason_is_enough_and_can_be_added_to(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page)
    await row(page).tap()
    await page.locator(".chip", has_text="Ringde i natt").tap()
    await send(page).tap()
    await shows(page, "saved")
    await page.locator("[data-state=saved] [data-anew]").tap()
    await row(page).tap()
    await page.locator(".chip", has_text="Öppnar inte").tap()
    await page.locator("#f-reason").press_sequentially(", hunden skäller")
    await send(page).tap()
    await shows(page, "saved")
    stay = (await client(service, "Åke Provström")).stay
    assert stay
    assert stay.reason == "Öppnar inte, hunden skäller"
    assert await flags(service) == ["put_on_board", "flagged_again"]


async def test_whom_to_call_and_what_helps_stand_there_once_the_client_is_chosen(
    service: Service, new_page: NewPage
) -> None:
    page = await opened(service, new_page)
    await row(page).tap()
    beside = page.locator("#beside")
    await expect(beside.locator(".careful")).to_have_text("Två går tillsammans")
    await expect(beside).to_contain_text("Tala lugnt")
    await expect(beside.locator("a[href='tel:0701740699']")).to_be_visible()
    await expect(page.locator("#flag .found:visible")).to_have_count(1)
    await expect(page.locator("#about")).to_have_text("Åke Provström 1971-02-03 · Krisförebyggande")
    await page.locator("#else").tap()
    await page.locator("#f-q").fill("exem")
    await row(page, "Stina Exempel").tap()
    await expect(beside).not_to_contain_text("Tala lugnt")
    await expect(page.locator("#about")).to_contain_text("Stina Exempel")


async def test_a_protected_identity_shows_itself_only_to_who_asks(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page)
    vilma = service.clients["Vilma Skyddsson"]
    await row(page, "Skyddad identitet").tap()
    await expect(page.locator("#beside")).to_contain_text("Skyddad identitet")
    await expect(page.locator("#beside")).not_to_contain_text("070-174 06 77")
    assert ("anna", "revealed", "flag", vilma) not in await looks(service)
    await page.locator("#f-reason").fill("Hörs inte av")
    await page.locator("#beside button").tap()
    await expect(page.locator("#beside")).to_contain_text("070-174 06 77")
    await expect(page.locator("#f-reason")).to_have_value("Hörs inte av")
    assert ("anna", "revealed", "flag", vilma) in await looks(service)
    assert "Vilma" not in await page.locator("#flag").inner_text()


async def test_the_category_is_that_of_the_last_time_and_a_touch_of_ones_own_stays(
    service: Service, new_page: NewPage
) -> None:
    await service.put_on("Åke Provström", category="long_intensive")
    await service.recorder.change(
        OWN, "lars", placement.return_to_planned_care, client=service.clients["Åke Provström"], reason="Lugnt"
    )
    page = await opened(service, new_page)
    await row(page).tap()
    await expect(page.locator("[name=category]:checked")).to_have_value("long_intensive")
    await page.locator(".chip", has_text="Svår att nå").tap()
    await page.locator("#else").tap()
    await row(page, "Skyddad identitet").tap()
    await expect(page.locator("[name=category]:checked")).to_have_value("hard_to_reach")


async def test_by_keyboard_alone(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page, has_touch=False, is_mobile=False)
    await page.locator("#f-q").press_sequentially("provs")
    await expect(page.locator("#found .found")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.locator("#found [name=client]")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#f-reason")).to_be_focused()
    await expect(page.locator("#beside")).to_contain_text("Tala lugnt")
    await page.keyboard.type("Sover inte")
    await send(page).focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await shows(page, "saved")
    assert await flags(service) == ["put_on_board"]
    assert unasked(page) == []


async def test_what_is_missing_is_said_beside_it_without_asking_the_server(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    await send(page).tap()
    await expect(page.locator("#m-client")).to_be_visible()
    await expect(page.locator("#m-reason")).to_be_visible()
    await expect(page.locator("#m-category")).to_be_visible()
    await expect(page.locator("#f-client")).to_be_focused()
    await row(page).tap()
    await expect(page.locator("#m-client")).to_be_hidden()
    await expect(page.locator("#m-category")).to_be_hidden()
    await send(page).tap()
    await expect(page.locator("#f-reason")).to_be_focused()
    await page.locator(".chip", has_text="Ringde i natt").tap()
    await expect(page.locator("#m-reason")).to_be_hidden()
    assert asked == []


async def test_what_the_server_does_not_take_is_said_beside_its_field_and_sent_once_mended(
    service: Service, new_page: NewPage
) -> None:
    page = await opened(service, new_page)
    await filled(page, "å" * 501)
    await send(page).tap()
    await expect(page.locator("#e-reason")).to_be_visible()
    await expect(page.locator("#f-reason")).to_have_value("å" * 501)
    await page.locator("#f-reason").fill("Sover inte")
    await send(page).tap()
    await shows(page, "saved")
    assert await flags(service) == ["put_on_board"]
    assert await page.evaluate("outbox.count()") == 0


async def test_the_form_is_usable_before_it_is_known_what_helps(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page)
    await page.route("**/flag/clients/*", lambda route: asyncio.sleep(0))  # never answered
    await filled(page)
    await send(page).tap()
    await shows(page, "saved")
    await page.locator("[data-state=saved] [data-anew]").tap()
    await page.unroute("**/flag/clients/*")
    await page.route("**/flag/clients/*", away)
    await row(page).tap()
    await expect(page.locator("#beside")).to_contain_text("kunde inte hämtas")


# --- certain --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [away, lost, unavailable, a_proxys_page, a_guest_network])
async def test_without_an_answer_it_says_not_sent_and_whom_to_call_and_is_one_flag_in_the_end(
    service: Service, new_page: NewPage, answer: Answer
) -> None:
    page = await opened(service, new_page)
    await filled(page)
    await when_posted(page, answer)
    await send(page).tap()
    not_sent = await shows(page, "waiting")
    await expect(not_sent.locator("h2")).to_have_text("INTE SKICKAT")
    await expect(not_sent.locator("h2")).to_be_focused()
    await expect(not_sent).to_contain_text("Åke Provström 1971-02-03 Krisförebyggande Sover inte")
    await expect(not_sent.locator("a[href='tel:0701740628']")).to_be_visible()
    await expect(not_sent.locator("a[href='tel:112']")).to_be_visible()
    assert await page.evaluate("felt") == [[200, 100, 200]]
    await page.locator("[data-try]").tap()
    await expect(page.locator("[data-try]")).to_have_text("Försök nu")
    await shows(page, "waiting")
    await page.unroute("**/flag")
    await page.locator("[data-try]").tap()
    await shows(page, "saved")
    assert await flags(service) == ["put_on_board"]
    assert await page.evaluate("outbox.count()") == 0


async def test_signed_out_meanwhile_it_waits_for_its_writer(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page)
    await filled(page)
    await page.context.clear_cookies(name="factboard")
    await send(page).tap()
    not_sent = await shows(page, "waiting")
    await expect(not_sent).to_contain_text("inte inloggad längre")
    await expect(not_sent.get_by_role("link", name="Logga in")).to_be_visible()
    await service.sign_in(page, "anna")
    await page.locator("[data-try]").tap()
    await shows(page, "saved")
    assert await flags(service) == ["put_on_board"]


async def test_while_it_is_sent_it_says_so_and_a_second_tap_is_none(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page)
    await filled(page)
    go, sent = asyncio.Event(), 0

    async def slowly(route: Route) -> None:
        nonlocal sent
        sent += 1
        await go.wait()
        await route.continue_()

    await when_posted(page, slowly)
    await page.evaluate("document.querySelector('#flag .send .primary').click()")
    await page.evaluate("document.querySelector('#flag .send .primary').click()")
    await expect(send(page)).to_have_text("Skickar…")
    await expect(page.locator("#flag")).to_have_attribute("inert", "")
    await page.evaluate("document.getElementById('flag').requestSubmit()")
    await expect(page.locator("#flag [data-slow]")).to_be_visible(timeout=6_000)
    go.set()
    await shows(page, "saved")
    assert sent == 1
    assert await flags(service) == ["put_on_board"]


async def test_reload_and_the_back_button_find_what_was_sent(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page)
    await filled(page)
    await expect(send(page)).to_have_text("Sätt upp på tavlan")
    await when_posted(page, away)
    await send(page).tap()
    await shows(page, "waiting")
    await page.reload()
    waiting = await shows(page, "waiting")
    await expect(waiting.locator("[data-slot=category]")).to_have_text("Krisförebyggande")
    await page.unroute("**/flag")
    await page.reload()  # it is tried by itself
    saved = await shows(page, "saved")
    await page.reload()
    await shows(page, "saved")
    await saved.get_by_role("link", name="Till tavlan").tap()
    await page.wait_for_url("**/board")
    await page.go_back()
    await shows(page, "saved")
    await page.locator("[data-state=saved] [data-anew]").tap()
    await expect(page.locator("#flag")).to_be_visible()
    await expect(page.locator("#f-reason")).to_have_value("")
    await filled(page, "Har slutat äta")
    await expect(send(page)).to_have_text("Lägg till en ny oro")  # they are up already
    await send(page).tap()
    await shows(page, "saved")
    assert await flags(service) == ["put_on_board", "flagged_again"]


async def test_a_flag_of_an_open_page_that_another_page_has_sent_is_saved_there_too(
    service: Service, new_page: NewPage
) -> None:
    page = await opened(service, new_page)
    await filled(page)
    await when_posted(page, away)
    await send(page).tap()
    await shows(page, "waiting")
    other = await page.context.new_page()
    await other.goto(f"{service.url}/board")
    await other.evaluate("outbox.tryAll()")
    await shows(page, "saved")
    assert await flags(service) == ["put_on_board"]


async def test_undo_is_offered_while_it_can_be_done(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page)
    await filled(page)
    await send(page).tap()
    saved = await shows(page, "saved")
    await expect(saved.get_by_role("link", name="Kvittot")).to_have_attribute(
        "href", f"/flag/{(await facts(service))[-1].seq}?screens=0"
    )
    await saved.get_by_role("button", name="Ångra").tap()
    await page.wait_for_url("**/clients/*")
    assert (await client(service, "Åke Provström")).stay is None


# --- what a person decides ------------------------------------------------------------------------------------


async def late(route: Route) -> None:
    await route.continue_(headers=await route.request.all_headers() | {"factboard-age": "600000"})


@pytest.mark.parametrize("choice", ["anyway", "leave", "change"])
async def test_when_others_were_first_the_person_sees_it_and_chooses(
    service: Service, new_page: NewPage, choice: str
) -> None:
    page = await opened(service, new_page)
    await filled(page)
    await service.put_on("Åke Provström", reason="Står på torget")
    await when_posted(page, late)
    await send(page).tap()
    asks = await shows(page, "asks")
    await expect(asks).to_contain_text("Lars Test")
    await expect(asks).to_contain_text("Står på torget")
    assert await flags(service) == ["put_on_board"]
    await page.locator(f"[data-{choice}]").tap()
    if choice == "leave":
        await shows(page, "left")
    elif choice == "change":
        await expect(page.locator("#f-reason")).to_have_value("Sover inte")
        await page.unroute("**/flag")
        await page.locator("#f-reason").fill("Sover inte, står på torget")
        await send(page).tap()
    if choice != "leave":
        await shows(page, "saved")
        stay = (await client(service, "Åke Provström")).stay
        assert stay
        assert stay.reason.startswith("Sover inte")
    assert await flags(service) == ["put_on_board"] + ["flagged_again"] * (choice != "leave")
    assert await page.evaluate("outbox.count()") == 0


async def test_one_that_waits_is_written_again_and_the_old_one_goes_once_the_new_one_waits(
    service: Service, new_page: NewPage
) -> None:
    page = await opened(service, new_page)
    await filled(page)
    await page.locator(".chip", has_text="Sover dåligt").tap()
    await when_posted(page, away)
    await send(page).tap()
    await shows(page, "waiting")
    [entry] = await page.evaluate("outbox.list()")
    await page.goto(f"{service.url}/board")
    await page.goto(f"{service.url}/flag#again={entry['id']}")
    await expect(page.locator("#f-reason")).to_have_value("Sover inte")
    await expect(page.locator("[name=warning_signs]:checked")).to_have_count(1)
    await expect(page.locator("#about")).to_contain_text("Åke Provström")
    assert "#" not in page.url
    assert await page.evaluate("outbox.count()") == 1
    await page.locator("#f-reason").fill("Sover inte alls")
    await send(page).tap()
    await shows(page, "waiting")
    [again] = await page.evaluate("outbox.list()")
    assert again["id"] != entry["id"]
    await page.unroute("**/flag")
    await page.locator("[data-try]").tap()
    await shows(page, "saved")
    assert await flags(service) == ["put_on_board"]


# --- without script, with a slow one, where nothing can be kept ------------------------------------------------


async def test_without_script_it_is_found_sent_and_receipted_by_pages(service: Service, new_page: NewPage) -> None:
    page = await opened(service, new_page, java_script_enabled=False)
    await page.locator("#f-q").fill("stina")
    await page.get_by_role("button", name="Sök").tap()
    await row(page, "Stina Exempel").tap()
    await page.locator(".chip", has_text="Kortvarigt intensiv").tap()
    await page.locator("#f-reason").fill("Sover inte")
    await send(page).tap()
    await expect(page.locator(".receipt")).to_contain_text("Sparat")
    assert await flags(service) == ["put_on_board"]


async def test_a_script_that_comes_late_loses_nothing_and_doubles_nothing(service: Service, new_page: NewPage) -> None:
    page = await new_page(**PHONE)
    await service.sign_in(page, "anna")
    come = asyncio.Event()

    async def slowly(route: Route) -> None:
        await come.wait()
        await route.continue_()

    await page.route("**/flag*.js*", slowly)
    await page.goto(f"{service.url}/flag", wait_until="commit")
    await row(page).tap()
    await page.locator(".chip", has_text="Kortvarigt intensiv").tap()
    await page.locator("#f-reason").fill("Sover inte")
    come.set()
    await until(page, "Boolean(self.flag) && document.readyState === 'complete'", 10)
    await expect(page.locator("#f-reason")).to_have_value("Sover inte")
    await expect(page.locator("#about")).to_have_text("Åke Provström 1971-02-03 · Kortvarigt intensiv")
    await send(page).tap()
    await shows(page, "saved")
    assert await flags(service) == ["put_on_board"]


async def test_before_the_script_has_come_the_form_is_a_plain_one(service: Service, new_page: NewPage) -> None:
    page = await new_page(**PHONE)
    await service.sign_in(page, "anna")
    await page.route("**/static/**/*.js*", away)
    await page.route("**/static/*.js*", away)
    await page.goto(f"{service.url}/flag")
    await row(page).tap()
    await page.locator(".chip", has_text="Kortvarigt intensiv").tap()
    await page.locator("#f-reason").fill("Sover inte")
    await send(page).tap()
    await expect(page.locator(".receipt")).to_contain_text("Sparat")
    assert await flags(service) == ["put_on_board"]


@pytest.mark.parametrize("broken", ["delete window.indexedDB", "indexedDB.open = () => { throw new Error('full') }"])
async def test_where_nothing_can_be_kept_it_is_sent_as_before_and_says_when_it_was_not(
    service: Service, new_page: NewPage, broken: str
) -> None:
    page = await new_page(**PHONE)
    await page.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { value: undefined })" if broken.startswith("delete") else broken
    )
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/flag")
    await filled(page)
    await when_posted(page, away)
    await send(page).tap()
    await expect(page.locator("#flag [data-unsaved]")).to_contain_text("inte är sparat")
    await page.unroute("**/flag")
    await send(page).tap()
    await page.wait_for_url("**/flag/*")
    await expect(page.locator(".receipt")).to_contain_text("Sparat")
    assert await flags(service) == ["put_on_board"]


# --- who reads it when ----------------------------------------------------------------------------------------


async def test_a_form_that_stays_open_says_when_the_team_has_gone_home(service: Service, new_page: NewPage) -> None:
    page = await new_page(**PHONE)
    await service.sign_in(page, "anna")
    await page.clock.install()
    await page.goto(f"{service.url}/flag")
    await expect(page.locator(".alarm:visible")).to_contain_text("Inte det enda larmet")
    await page.clock.fast_forward("07:00:00")  # to 16:40
    await expect(page.locator(".alarm:visible")).to_have_count(1)
    await expect(page.locator(".alarm:visible")).to_contain_text("Tavlan läses nästa gång i morgon kl. 08:00")


# --- one hand, any phone --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "height", "text"), [(320, 640, 100), (390, 844, 200), (844, 390, 100), (320, 640, 200)]
)
async def test_it_fits_every_phone_with_large_text_and_a_thumb(
    service: Service, new_page: NewPage, width: int, height: int, text: int
) -> None:
    long = Details("Attrappströmsdotter-Platshållare", "Gun-Britt", case_manager="anna", helps="Lugn " * 60)
    added = await service.recorder.change(OWN, "lars", enrolment.enrol, details=long)
    assert added.client
    page = await opened(service, new_page, viewport={"width": width, "height": height}, bypass_csp=True)

    async def sound(where: str) -> None:
        await page.add_style_tag(content=f"html {{ font-size: {text}% }}")
        await page.evaluate("scrollTo(0, document.body.scrollHeight)")  # what the send bar covers has been seen before
        assert await judged(page) == [], where
        assert await page.evaluate(SMALL) == [], where

    await sound("to choose from")
    await row(page, "Gun-Britt").tap()
    await expect(page.locator("#beside")).to_contain_text("Lugn")
    await sound("chosen")
    await expect(send(page)).to_be_in_viewport(ratio=1)
    await page.locator(".chip", has_text="Ringde i natt").tap()
    await when_posted(page, away)
    await send(page).tap()
    await shows(page, "waiting")
    await sound("not sent")
    await page.unroute("**/flag")
    await page.locator("[data-try]").tap()
    await shows(page, "saved")
    await sound("saved")
    assert unasked(page) == []
