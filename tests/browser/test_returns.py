"""The way back in a real browser: a planned return kept off in the dialog, somebody back up by one touch, and all of
its pages readable, at each width, in both themes and languages.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Locator, expect

from factboard.domain import events as e
from factboard.domain import meeting, placement
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_look import WAYS, judged
from tests.conftest import Clock
from tests.service import OWN, Service, a_service
from tests.web import way_back

WEDNESDAY = datetime(2026, 11, 25, 7, 40, tzinfo=UTC)  # 08:40 in Stockholm
STINA, AKE, JOHAN, VILMA = "Stina Exempel", "Åke Provström", "Johan Testberg", "Vilma Skyddsson"


@pytest_asyncio.fixture
async def service(tmp_path: Path, empty_sqlite: Path) -> AsyncIterator[Service]:
    """Stina's return is planned, Vilma waits for somebody to announce hers, Johan is overdue, Åke has returned."""
    shutil.copy(empty_sqlite, tmp_path / "factboard.db")
    clock = Clock(WEDNESDAY)
    async with a_service(Store(f"sqlite+aiosqlite:///{tmp_path / 'factboard.db'}"), clock) as running:
        change, clients = running.recorder.change, running.clients
        clock.forward(days=-20)
        for name in (AKE, JOHAN):
            await running.put_on(name, review_by=clock.now.date() + timedelta(days=14))
        clock.forward(days=8)
        await change(OWN, "anna", placement.return_to_planned_care, client=clients[AKE], reason="Sover gott igen")
        clock.forward(days=11)
        await way_back.ready(running, clock, STINA)
        await way_back.ready(running, clock, VILMA, category="asked")
        held = await way_back.begun(running)
        await way_back.discussed(running, held, clients[STINA], clients[VILMA])
        await change(OWN, "anna", meeting.close, of_meeting=held, with_all=True, reason="Hann inte alla")
        clock.now = WEDNESDAY
        yield running


async def pause(service: Service) -> None:
    def rule(_case: object) -> list[e.Entry]:
        return [e.Entry(e.ReturnsPaused(e.Pause.MANY, 6, 27))]

    await service.recorder.change(OWN, "factboard", rule)


async def test_a_planned_return_is_kept_off_from_the_card(service: Service, new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 1280, "height": 800}, locale="en")
    await service.sign_in(page, "anna")
    await page.context.add_cookies([{"name": "lang", "value": "en", "url": service.url}])
    await page.goto(f"{service.url}/board")
    card = page.locator(f"#card-{service.clients[STINA]}")
    await expect(card).to_contain_text("Return planned Wed 25 Nov 13:00")
    await card.get_by_role("link", name="Keep on the board").click()
    await page.get_by_label("Why").fill("Flyttar på fredag")
    await page.locator("#dialog").get_by_role("button", name="Keep on the board").click()
    await expect(card).to_contain_text("Flyttar på fredag")
    await expect(card).not_to_contain_text("Return planned")
    await card.get_by_role("link", name="More").click()
    await expect(page.locator("#card-menu [data-act=told]")).to_be_hidden()
    await expect(page.locator("#card-menu [data-act=keep]")).to_be_visible()
    assert page.errors == []  # type: ignore[attr-defined]


async def test_somebody_who_returned_is_back_on_the_board_by_one_touch_and_undone_by_another(
    service: Service, new_page: NewPage
) -> None:
    page = await new_page(viewport={"width": 1280, "height": 800}, locale="en")
    await service.sign_in(page, "anna")
    await page.context.add_cookies([{"name": "lang", "value": "en", "url": service.url}])
    await page.goto(f"{service.url}/board")
    row, card = page.locator(f"#returned-{service.clients[AKE]}"), page.locator(f"#card-{service.clients[AKE]}")
    await expect(row).to_contain_text("Not met yet: follow-up by Fri 20 Nov")
    await row.get_by_role("button", name="Back on the board").click()
    await expect(card).to_contain_text("Second time within 30 days")
    await expect(row).to_have_count(0)
    await page.locator("#toasts").get_by_role("button", name="Undo").click()
    await expect(row).to_be_visible()
    await expect(card).to_have_count(0)
    assert page.errors == []  # type: ignore[attr-defined]


UNDER = """() => {
  const flag = document.querySelector(".flag").getBoundingClientRect();
  return [...document.querySelectorAll("main a, main button, main p, main li, .foot p")].filter((one) => {
    const box = one.getBoundingClientRect();
    const beside = box.right <= flag.left || box.left >= flag.right;
    return box.height && !beside && box.bottom > flag.top + 1 && box.top < flag.bottom;
  }).map((one) => one.textContent.trim());
}"""


async def test_at_the_end_of_a_page_nothing_lies_under_the_button_of_a_phone(
    service: Service, new_page: NewPage
) -> None:
    """Halfway down it is an edge of the screen, as wide as it: beside it stands no half of a button."""
    page = await new_page(viewport={"width": 390, "height": 600}, locale="sv-SE")
    await service.sign_in(page, "anna")
    for path in ("/board", "/returns", f"/clients/{service.clients[STINA]}"):
        await page.goto(service.url + path)
        await page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert await page.evaluate(UNDER) == [], path
        box = await page.locator(".flag").bounding_box()
        assert box, path
        assert (box["x"], box["width"]) == (0, 390), path


async def test_keeping_somebody_on_is_two_touches_and_no_typing(service: Service, new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 390, "height": 844}, locale="sv-SE", has_touch=True)
    await service.sign_in(page, "anna")
    await page.context.add_cookies([{"name": "lang", "value": "en", "url": service.url}])
    await page.goto(f"{service.url}/clients/{service.clients[STINA]}")
    await page.locator("#way").get_by_role("link", name="Keep on the board").tap()
    field = page.get_by_label("Why")
    await page.get_by_role("button", name="Something is coming up").tap()
    await expect(field).to_have_value("Something is coming up")
    await page.get_by_role("button", name="We are worried").tap()
    await expect(field).to_have_value("We are worried")
    await field.fill("Ringde i natt")
    await page.get_by_role("button", name="We are worried").tap()
    await expect(field).to_have_value("Ringde i natt; We are worried")
    await page.locator("#dialog").get_by_role("button", name="Keep on the board").tap()
    await expect(page.locator("#way")).to_contain_text("Ringde i natt; We are worried")
    assert page.errors == []  # type: ignore[attr-defined]


async def tapped(what: Locator) -> None:
    """Touched in the middle of the screen: it may lie under a toast."""
    await what.evaluate("one => one.scrollIntoView({ block: 'center' })")
    await what.tap()


async def test_a_second_tap_where_the_list_has_moved_up_puts_nobody_else_on_the_board(
    service: Service, new_page: NewPage
) -> None:
    """The list rests for three seconds after a touch; two touches after one another are two ways back."""
    clients = service.clients
    johan = clients[JOHAN]
    await service.recorder.change(OWN, "anna", placement.return_to_planned_care, client=johan, reason="Lugnt")
    page = await new_page(viewport={"width": 390, "height": 844}, locale="sv-SE", has_touch=True)
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/board")
    row, other = page.locator(f"#returned-{clients[AKE]}"), page.locator(f"#returned-{johan}")
    undo = page.locator("#toasts").get_by_role("button", name="Ångra")
    await tapped(row.get_by_role("button"))
    await expect(row).to_have_count(0)
    await tapped(other.get_by_role("button"))
    await tapped(other.get_by_role("link", name="Kontakt"))
    await page.wait_for_timeout(500)
    await expect(page.locator(f"#card-{johan}")).to_have_count(0)
    await expect(page.locator("#dialog")).to_be_hidden()
    await expect(page.locator("body.is-settling")).to_have_count(0, timeout=4_000)
    await tapped(other.get_by_role("button"))
    await expect(page.locator(f"#card-{johan}")).to_be_visible()
    await expect(undo).to_have_count(2)
    for place in (0, 1):
        await expect(undo.nth(place)).to_be_in_viewport(ratio=1)
    await undo.first.tap()
    await expect(row).to_be_visible()
    await expect(page.locator(f"#card-{johan}")).to_be_visible()
    assert page.errors == []  # type: ignore[attr-defined]


async def test_the_menu_of_a_card_fits_on_a_small_screen(service: Service, new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 390, "height": 600}, locale="sv-SE")
    await service.sign_in(page, "anna")
    await page.goto(f"{service.url}/board")
    await page.locator(f"#card-{service.clients[JOHAN]} a[data-menu]").click()
    box = await page.locator("#card-menu").bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 600


async def test_its_pages_are_readable_in_every_way(service: Service, new_page: NewPage, full: bool) -> None:
    clients = service.clients
    page = await new_page(locale="sv-SE")
    await service.sign_in(page, "lars")
    wrong: list[str] = []
    paths = [
        "/board",
        "/returns",
        f"/clients/{clients[STINA]}/told",
        f"/clients/{clients[STINA]}/keep",
        f"/clients/{clients[VILMA]}/announce",
        f"/clients/{clients[AKE]}/back",
        *(f"/clients/{clients[name]}" for name in (STINA, AKE, JOHAN)),
    ]
    for paused in (False, True):
        if paused:
            await pause(service)
        ways = WAYS if full else [WAYS[1 if paused else 6], WAYS[8 if paused else 11]]
        for (language, theme, width), path in product(ways, paths[:2] if paused else paths):
            await page.set_viewport_size({"width": width, "height": 900})
            await page.emulate_media(color_scheme=theme)
            await page.context.add_cookies([{"name": "lang", "value": language, "url": service.url}])
            await page.goto(service.url + path)
            wrong += [f"{path} {language} {theme} {width}: {one}" for one in await judged(page)]
    assert wrong == []
    assert page.errors == []  # type: ignore[attr-defined]
