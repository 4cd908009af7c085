"""The way back in the meeting, in a real browser: what may not be passed over, and a page that loses nothing typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Page

from factboard.domain import events as e
from factboard.domain import placement
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_live_page import until
from tests.browser.test_look import judged
from tests.browser.test_meeting import LAPTOP, PAUSE, PHONE, WALL, opened, shows, state
from tests.conftest import Clock
from tests.service import OWN, Service, a_service
from tests.web import way_back

WEDNESDAY = datetime(2026, 11, 25, 7, 40, tzinfo=UTC)  # 08:40 in Stockholm
STINA, AKE, VILMA, JOHAN = "Stina Exempel", "Åke Provström", "Vilma Skyddsson", "Johan Testberg"


@pytest.fixture
def clock() -> Clock:
    return Clock(WEDNESDAY)


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


@pytest_asyncio.fixture
async def held(service: Service, clock: Clock) -> str:
    """Stina was announced yesterday, Åke is ready, both were up; nobody has taken Vilma; nobody has seen Johan for
    three weeks.
    """
    await way_back.announced(service, clock, STINA)
    await way_back.ready(service, clock, AKE)
    clock.now = WEDNESDAY - timedelta(days=21)
    await service.put_on(JOHAN, category="long_intensive")
    clock.now = WEDNESDAY - timedelta(minutes=5)
    await service.put_on(VILMA)
    clock.now = WEDNESDAY
    await service.recorder.change(OWN, "lars", placement.take, client=service.clients[JOHAN])
    id = await way_back.begun(service)
    await way_back.discussed(service, id, service.clients[STINA], service.clients[AKE])
    return id


async def focus(page: Page, client: str) -> None:
    await page.wait_for_timeout(PAUSE)
    await page.click(f"#turn-{client} button")
    await shows(page, client)


async def test_no_change_for_one_unseen_for_too_long_is_refused_in_words_that_the_chair_sees(
    service: Service, new_page: NewPage, held: str
) -> None:
    johan = service.clients[JOHAN]
    chair = await opened(service, new_page, "anna", "/meeting", LAPTOP)
    await until(chair, "document.body.classList.contains('is-live')", 10)
    await focus(chair, johan)
    assert await chair.is_visible("#focus-must")
    await chair.wait_for_timeout(PAUSE)
    await chair.keyboard.press("n")
    await until(chair, "document.querySelector('#toasts .is-wrong')?.textContent.includes('för länge')", 5)
    assert (await state(service)).focus == johan
    await chair.click("#focus-must a.loud")
    await chair.select_option("#dialog select[name=who]", "lars")
    await chair.fill("#dialog [name=day]", "2026-11-26")
    await chair.click("#dialog button.primary")
    await until(chair, "!document.querySelector('#focus-must')", 5)
    await until(chair, "!document.querySelector('#dialog').open", 5)  # it has the keys until its own answer comes
    await chair.wait_for_timeout(PAUSE)
    await chair.keyboard.press("n")
    await until(chair, f"document.querySelector('.focus')?.id !== 'focus-{johan}'", 5)


async def test_what_was_typed_stays_while_something_is_done_in_the_dialog_and_while_one_looks_again(
    service: Service, new_page: NewPage, held: str
) -> None:
    stina, vilma = service.clients[STINA], service.clients[VILMA]
    chair = await opened(service, new_page, "anna", f"/meeting/{held}/close", LAPTOP)
    reason = f"#f-reason-{stina}"
    assert not await chair.is_visible(reason), "asked for where somebody is kept on"
    await chair.check(f"#f-keep-{stina}")
    await chair.fill(reason, "Flyttar på lördag")
    await chair.fill("#f-reason", "Tiden är slut")
    await chair.click(f'.closing a[href="/clients/{vilma}/take"]')
    await chair.click("#dialog button.primary")
    await until(chair, "!document.querySelector('#dialog').open", 5)
    assert await chair.input_value(reason) == "Flyttar på lördag"
    async with chair.expect_navigation(timeout=10_000):
        await chair.click("button[name=again]")
    assert await chair.locator(f'.closing a[href="/clients/{vilma}/take"]').count() == 0, "it is taken"
    assert await chair.is_visible(reason)
    assert await chair.input_value(reason) == "Flyttar på lördag"
    assert await chair.input_value("#f-reason") == "Tiden är slut"
    await chair.click("form.closing button.primary")
    await chair.wait_for_url(f"**/meetings/{held}")
    stay = (await way_back.the_client(service, stina)).stay
    assert stay
    assert stay.kept
    assert stay.announced is None
    assert [error for error in chair.errors if "404" not in error] == []  # type: ignore[attr-defined]


async def test_the_key_enter_in_a_field_closes_no_meeting(service: Service, new_page: NewPage, held: str) -> None:
    stina = service.clients[STINA]
    chair = await opened(service, new_page, "anna", f"/meeting/{held}/close", LAPTOP)
    await chair.check(f"#f-keep-{stina}")
    await chair.fill(f"#f-reason-{stina}", "Flyttar")
    async with chair.expect_navigation(timeout=10_000):
        await chair.press(f"#f-reason-{stina}", "Enter")
    assert await chair.input_value(f"#f-reason-{stina}") == "Flyttar"
    assert not (await state(service, held)).closed


async def test_whoever_agrees_is_seen_by_all_in_the_meeting(service: Service, new_page: NewPage, held: str) -> None:
    await pause(service)
    chair = await opened(service, new_page, "anna", "/meeting", LAPTOP)
    phone = await opened(service, new_page, "lars", "/meeting", PHONE, has_touch=True)
    for page in (chair, phone):
        await until(page, "document.body.classList.contains('is-live')", 10)
    await phone.click("#paused button")
    for page in (chair, phone):
        await until(page, "document.querySelector('#paused')?.textContent.includes('1 av 2')", 5)
    await chair.click("#paused button")
    await until(chair, "document.querySelector('#paused')?.textContent.includes('2 av 2')", 5)


async def pause(service: Service) -> None:
    async with service.recorder.together(OWN, "factboard") as desk:
        await desk.decide(lambda case: [e.Entry(e.ReturnsPaused(e.Pause.MANY, 6, 20))])


@pytest.mark.parametrize(
    ("size", "theme", "language"),
    [
        pytest.param(PHONE, "dark", "sv", id="phone-dark"),
        pytest.param(LAPTOP, "light", "en", id="laptop-light"),
        pytest.param(WALL, "dark", "sv", id="wall-dark"),
        *(
            pytest.param(size, theme, language, id=f"{name}-{theme}-{language}", marks=[pytest.mark.full])
            for name, size in (("phone", PHONE), ("laptop", LAPTOP), ("wall", WALL))
            for theme, language in (("light", "sv"), ("dark", "en"))
        ),
    ],
)
async def test_every_part_of_the_way_back_is_readable_by_all(
    service: Service, new_page: NewPage, held: str, size: dict[str, int], theme: str, language: str
) -> None:
    await pause(service)
    page = await opened(service, new_page, "anna", f"/meeting?lang={language}", size, color_scheme=theme)
    await until(page, "document.body.classList.contains('is-live')", 10)
    wrong = []
    for name in (STINA, AKE, JOHAN):
        await focus(page, service.clients[name])
        wrong += await judged(page)
    await page.goto(f"{service.url}/meeting/{held}/close")
    wrong += await judged(page)
    await page.check(f"#f-keep-{service.clients[STINA]}")
    async with page.expect_navigation(timeout=10_000):
        await page.click("form.closing button.primary")
    await until(page, "document.querySelector('.problems')", 5)
    wrong += await judged(page)
    assert wrong == []
