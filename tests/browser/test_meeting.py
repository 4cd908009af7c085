"""The meeting in a real browser: chair, wall and phone in step; one key a client; nothing lost, no wrong person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from statistics import median
from time import perf_counter

import pytest
import pytest_asyncio
from playwright.async_api import Page

from factboard.domain import enrolment, placement, visits
from factboard.domain import events as e
from factboard.domain.state import Meeting
from factboard.storage import projections
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_live_page import until
from tests.browser.test_look import judged
from tests.conftest import NOW, Clock
from tests.service import OWN, Service, a_service

LAPTOP, PHONE, WALL = {"width": 1280, "height": 800}, {"width": 390, "height": 844}, {"width": 1920, "height": 1080}
FIRST = ("Aino", "Bertil", "Cecilia", "Aleksanteri", "محمد", "Annikki-Helena")
UP = "(document.querySelector('#view .focus')?.id ?? '')"
PAUSE = 450  # ms after which a press is another one, and no double tap
HELD = "() => { const now = performance.now(); performance.now = () => now; }"
RUNNING = "delete performance.now"


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


async def on_the_board(service: Service, count: int, *, visit: bool = True) -> None:
    """So many clients on the board, all taken and, with `visit`, all to be visited today."""
    categories = ("short_intensive", "crisis_prevention", "long_intensive", "hard_to_reach", "new_client")
    async with service.recorder.together(OWN, "lars") as desk:
        for number in range(count):
            details = e.Details(f"Provsson{number:02}", FIRST[number % len(FIRST)])
            client = (await desk.decide(enrolment.enrol, details=details)).client
            why = {"category": categories[number % len(categories)], "reason": "Sover inte, ringer om nätterna"}
            await desk.decide(placement.put_on_board, client=client, **why)
            await desk.decide(placement.take, client=client)
            if visit:
                await desk.decide(visits.plan_visit, client=client, who="anna", day=NOW.date(), backup="lars")
    service.app.state.clock.forward(minutes=5)  # all that was before the meeting


async def opened(
    service: Service, new_page: NewPage, who: str, path: str, size: dict[str, int], **more: object
) -> Page:
    page = await new_page(viewport=size, locale="sv-SE", **more)
    await service.sign_in(page, who)
    await page.goto(f"{service.url}{path}")
    return page


async def begun(service: Service, new_page: NewPage) -> Page:
    """Anna's laptop, in the chair of a meeting that she has just begun."""
    page = await opened(service, new_page, "anna", "/meeting", LAPTOP)
    await page.click("main form.start button.primary")
    await until(page, "document.body.classList.contains('is-chair')", 5)
    await until(page, "document.body.classList.contains('is-live')", 10)
    return page


async def state(service: Service, id: str = "") -> Meeting:
    async with service.app.state.store.reading() as connection:
        here = await projections.team(connection, OWN)
        assert here
        found = await projections.meeting(connection, OWN, id or here.meeting or "")
    assert found
    return found


async def shows(page: Page, client: str | None, seconds: float = 5) -> None:
    wanted = f"focus-{client}" if client else ""
    await until(page, f"{UP} === '{wanted}'" if client else f"!{UP}.startsWith('focus-')", seconds)


async def press(page: Page, key: str) -> None:
    """One key, pressed on purpose, and wait for the screen to have followed."""
    await page.wait_for_timeout(PAUSE)
    before = await page.evaluate(UP)
    await page.keyboard.press(key)
    await until(page, f"{UP} !== '{before}'", 5)


async def test_thirty_clients_take_one_key_each_and_every_screen_is_in_step(
    service: Service, new_page: NewPage
) -> None:
    await on_the_board(service, 30)
    chair = await begun(service, new_page)
    wall = await opened(service, new_page, "lars", "/wall/here", WALL)
    phone = await opened(service, new_page, "lars", "/meeting", PHONE, has_touch=True)
    first = await state(service)
    for page in (wall, phone):
        await shows(page, first.focus, 10)
    assert not await phone.is_visible("#lead"), "the chair's keys are the chair's"
    took = []
    for place in range(30):
        following = first.agenda[place + 1].client if place < 29 else None
        began = perf_counter()
        await chair.keyboard.press("n")
        pressed = perf_counter()  # the page has the key by now, however late it came
        for page in (chair, wall, phone):
            await shows(page, following)
        took.append(perf_counter() - began)
        await chair.wait_for_timeout(max(0, PAUSE - 1_000 * (perf_counter() - pressed)))
    assert median(took) < 1, "in step within a second"
    done = await state(service)
    assert all(done.item(item.client).no_change for item in done.agenda)
    await chair.click("#to-close")
    await chair.click("form.closing button.primary")
    await until(phone, "document.body.classList.contains('is-over')", 5)
    closed = await state(service, first.id)
    assert (closed.held, closed.reason) == (True, "")
    for page in (chair, wall, phone):
        assert [error for error in page.errors if "404" not in error] == []  # type: ignore[attr-defined]


async def test_next_back_and_the_list_lead_and_a_key_in_a_field_is_a_letter(
    service: Service, new_page: NewPage
) -> None:
    await on_the_board(service, 4)
    chair = await begun(service, new_page)
    order = [item.client for item in (await state(service)).agenda]
    await shows(chair, order[0])
    for key, place in (("ArrowRight", 1), (" ", 2), ("PageDown", 3), ("ArrowLeft", 2), ("PageUp", 1)):
        await press(chair, key)
        await shows(chair, order[place])
    await chair.wait_for_timeout(PAUSE)
    await chair.click(f"#turn-{order[3]} button")
    await shows(chair, order[3])
    await chair.wait_for_timeout(PAUSE)
    await chair.keyboard.press(" ")  # not the list's button again, and on to the round after the agenda
    await shows(chair, None)
    await chair.wait_for_timeout(PAUSE)
    await chair.click(f"#turn-{order[0]} button")
    await shows(chair, order[0])
    await chair.fill("#note-text", "")
    await chair.type("#note-text", "nn ny dos")
    assert await chair.input_value("#note-text") == "nn ny dos"
    await chair.focus("body")
    await chair.click(f"#focus-{order[0]} a[href$='/rate']")
    await until(chair, "document.querySelector('#dialog').open", 5)
    await chair.focus("#dialog-title")
    await chair.keyboard.press("n")
    assert (await state(service)).focus == order[0], "an open dialog has the keys"
    after = await state(service)
    assert not any(map(after.discussed, order))


async def test_the_space_bar_does_what_has_the_focus_and_leads_only_where_nothing_has(
    service: Service, new_page: NewPage
) -> None:
    await on_the_board(service, 4)
    chair = await begun(service, new_page)
    order = [item.client for item in (await state(service)).agenda]
    await shows(chair, order[0])
    asked: list[str] = []
    chair.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    await press(chair, "ArrowRight")
    await chair.focus("#back")
    await press(chair, " ")
    await shows(chair, order[0])
    await chair.focus(f"#turn-{order[2]} button")
    await press(chair, " ")
    await shows(chair, order[2])
    assert len(asked) == 3, "one request each"
    await chair.wait_for_timeout(PAUSE)
    await chair.keyboard.press("Tab")
    await chair.focus(".doings a[data-dialog]")
    await chair.keyboard.press(" ")
    await chair.focus("#note [name=part]")
    await chair.keyboard.press(" ")
    assert await chair.is_checked("#note [name=part] >> nth=0")
    await chair.focus("#note-text")
    await chair.keyboard.press(" ")
    assert await chair.input_value("#note-text") == " "
    assert len(asked) == 3, "none of these leads"
    await chair.evaluate("document.activeElement.blur()")
    await press(chair, " ")
    await shows(chair, order[3])


async def test_whoever_comes_up_is_read_by_name_first(service: Service, new_page: NewPage) -> None:
    await on_the_board(service, 12)
    chair = await begun(service, new_page)
    phone = await opened(service, new_page, "lars", "/meeting", PHONE, has_touch=True)
    order = [item.client for item in (await state(service)).agenda]
    await shows(phone, order[0])
    await phone.evaluate("document.querySelector('#agenda .last').scrollIntoView()")
    await press(chair, "ArrowRight")
    await shows(phone, order[1])
    await until(phone, "document.querySelector('#focus-name').getBoundingClientRect().top > 0", 2)
    under = "document.querySelector('#focus-name').getBoundingClientRect().bottom < innerHeight"
    assert await phone.evaluate(under)


async def test_the_board_says_that_a_meeting_is_under_way_as_it_begins(service: Service, new_page: NewPage) -> None:
    await on_the_board(service, 1)
    board = await opened(service, new_page, "lars", "/board", LAPTOP)
    await until(board, "document.body.classList.contains('is-live')", 10)
    assert await board.locator("#under-way").count() == 0
    async with service.person("anna") as anna:
        assert (await anna.post("/meeting", data={"request_id": "1"})).status_code == 303
    await board.click("#under-way", timeout=5_000)
    await shows(board, (await state(service)).focus, 10)


async def test_a_double_tap_on_a_fast_network_says_nothing_about_the_next_one(
    service: Service, new_page: NewPage
) -> None:
    await on_the_board(service, 4)
    chair = await begun(service, new_page)
    order = [item.client for item in (await state(service)).agenda]
    await shows(chair, order[0])
    for key in ("n", "ArrowRight"):
        before = (await state(service)).focus
        await chair.wait_for_timeout(PAUSE)
        await chair.evaluate(HELD)  # or a slow machine would make two presses of a double tap
        await chair.keyboard.press(key)
        await until(chair, f"{UP} !== 'focus-{before}'", 5)  # the screen has followed
        await chair.keyboard.press(key)
        await chair.evaluate(RUNNING)
    await chair.wait_for_timeout(PAUSE)
    after = await state(service)
    assert after.focus == order[2]
    assert [client for client in order if after.discussed(client)] == order[:1]


async def test_no_change_pressed_twice_in_haste_skips_nobody(service: Service, new_page: NewPage) -> None:
    await on_the_board(service, 6)
    chair = await begun(service, new_page)
    order = [item.client for item in (await state(service)).agenda]
    await shows(chair, order[0])
    await chair.keyboard.press("n")
    await chair.keyboard.press("n")
    await until(chair, f"{UP} !== 'focus-{order[0]}'", 5)
    await chair.wait_for_timeout(300)  # what a second press would have done has been done by now
    after = await state(service)
    passed = order[: order.index(after.focus or "")]
    assert passed
    assert all(after.discussed(client) for client in passed)


async def test_a_late_joiner_sees_what_is_and_a_line_typed_on_the_phone_shows_on_all(
    service: Service, new_page: NewPage
) -> None:
    await on_the_board(service, 5)
    chair = await begun(service, new_page)
    order = [item.client for item in (await state(service)).agenda]
    await shows(chair, order[0])
    await press(chair, "n")
    await press(chair, "ArrowRight")
    phone = await opened(service, new_page, "lars", "/meeting", PHONE, has_touch=True)
    await shows(phone, order[2])
    assert await phone.inner_text("#progress b") == await chair.inner_text("#progress b")
    await phone.fill("#note-text", "Systern ringde i morse")
    await phone.click("#note .line button")
    await until(chair, "document.querySelector('#focus-lines')?.innerText.includes('Systern ringde') ?? false", 5)
    assert "Lars" in await chair.inner_text("#focus-lines"), "it shows who wrote it"
    # The board's stream may be faster than the answer to the one who wrote.
    await until(phone, "document.querySelector('#note-text').value === ''", 5)


async def test_the_chairs_laptop_dies_and_another_goes_on_where_it_stood(service: Service, new_page: NewPage) -> None:
    await on_the_board(service, 5)
    chair = await begun(service, new_page)
    phone = await opened(service, new_page, "lars", "/meeting", PHONE, has_touch=True)
    before = await state(service)
    await shows(chair, before.agenda[0].client)
    await chair.fill("#note-text", "Ny dos från torsdag")
    await chair.keyboard.press("Enter")
    await until(chair, "document.querySelector('#focus-lines') !== null", 5)
    await chair.focus("body")
    await chair.evaluate("document.activeElement.blur()")
    await press(chair, "n")
    await chair.context.close()
    await shows(phone, before.agenda[1].client)
    await phone.click(".only-others")
    await phone.click("#dialog button.primary")
    await until(phone, "document.body.classList.contains('is-chair')", 5)
    await until(phone, "!document.querySelector('#dialog').open", 5)
    await phone.click("#no-change")
    await shows(phone, before.agenda[2].client)
    after = await state(service)
    assert after.chair == "lars"
    assert [after.discussed(item.client) for item in after.agenda] == [True, True, False, False, False]
    assert after.item(before.agenda[0].client).lines[0].text == "Ny dos från torsdag"


async def test_who_loses_the_chair_is_told_who_leads_and_again_when_they_press(
    service: Service, new_page: NewPage
) -> None:
    await on_the_board(service, 3)
    chair = await begun(service, new_page)
    before = await state(service)
    async with service.person("lars") as lars:
        await lars.post(f"/meeting/{before.id}/chair", data={"chair": "lars", "previous": "anna"})
    told = "document.querySelector('#chair-says').textContent.includes('Lars')"
    await until(chair, told, 5)
    assert await chair.is_visible("#chair-says")
    await chair.evaluate("document.querySelector('#chair-says').textContent = ''")
    await chair.keyboard.press("n")
    await until(chair, told, 5)
    assert (await state(service)).focus == before.focus
    async with service.person("lars") as lars:
        await lars.post(f"/meeting/{before.id}/chair", data={"chair": "anna", "previous": "lars"})
    await until(chair, "document.querySelector('#chair-says').textContent === ''", 5)


async def test_what_changes_a_client_is_on_the_first_screen_of_a_laptop(service: Service, new_page: NewPage) -> None:
    await on_the_board(service, 12, visit=False)
    chair = await begun(service, new_page)
    bottom = await chair.evaluate("document.querySelector('#focus-changes').getBoundingClientRect().bottom")
    assert bottom < await chair.evaluate("document.querySelector('.hands').getBoundingClientRect().top")


async def test_text_begun_for_one_client_stays_with_them_and_says_so_by_name(
    service: Service, new_page: NewPage
) -> None:
    await on_the_board(service, 4)
    chair = await begun(service, new_page)
    phone = await opened(service, new_page, "lars", "/meeting", PHONE, has_touch=True)
    first, second, third, _ = [item.client for item in (await state(service)).agenda]
    await shows(phone, first)
    name = await phone.inner_text("#note-of")
    await press(chair, "ArrowRight")
    await shows(phone, second)
    assert await phone.inner_text("#note-of") != name, "nothing was typed: it goes with the meeting"
    name = await phone.inner_text("#note-of")
    await phone.fill("#note-text", "Läkartid på torsdag")
    await press(chair, "ArrowRight")
    await shows(phone, third)
    assert await phone.inner_text("#note-of") == name
    assert name in await phone.inner_text("#note-bound")
    assert await phone.input_value("#note-text") == "Läkartid på torsdag"
    await phone.click("#note .line button")
    await until(phone, "document.querySelector('#note-text').value === ''", 5)
    noted = await state(service)
    assert [line.text for line in noted.item(second).lines] == ["Läkartid på torsdag"]
    assert noted.item(third).lines == ()
    assert await phone.input_value("#note [name=client]") == third, "the next line is about who is up"
    await phone.fill("#note-text", "Hämtar själv")
    await press(chair, "ArrowLeft")
    await shows(phone, second)
    await phone.click("#note-rebind")
    assert await phone.input_value("#note [name=client]") == second
    await phone.keyboard.press("Enter")
    await until(phone, "document.querySelector('#note-text').value === ''", 5)
    assert [line.text for line in (await state(service)).item(second).lines] == ["Läkartid på torsdag", "Hämtar själv"]


async def test_a_line_that_did_not_arrive_stays_and_is_not_doubled(service: Service, new_page: NewPage) -> None:
    await on_the_board(service, 2)
    chair = await begun(service, new_page)
    first = (await state(service)).agenda[0].client
    await shows(chair, first)
    lost = []

    async def lose(route: object) -> None:
        """The request arrives, its answer does not."""
        if lost:
            await route.continue_()  # type: ignore[attr-defined]
            return
        lost.append(await route.fetch())  # type: ignore[attr-defined]
        await route.abort()  # type: ignore[attr-defined]

    await chair.route("**/note", lose)
    await chair.fill("#note-text", "Ny dos")
    await chair.keyboard.press("Enter")
    await until(chair, "!document.querySelector('#note [data-unsaved]').hidden", 5)
    assert await chair.input_value("#note-text") == "Ny dos"
    await chair.keyboard.press("Enter")
    await until(chair, "document.querySelector('#note-text').value === ''", 5)
    assert [line.text for line in (await state(service)).item(first).lines] == ["Ny dos"]


async def test_a_quiet_bar_shows_each_ones_share_and_what_is_over(
    service: Service, new_page: NewPage, clock: Clock
) -> None:
    await on_the_board(service, 30)
    chair = await begun(service, new_page)
    await until(chair, "/^0:(29|30) .+ · 14:[45]/.test(document.querySelector('#share span').textContent)", 5)
    assert not await chair.evaluate("document.querySelector('#share').classList.contains('is-used')")
    clock.forward(minutes=17)
    await chair.reload()
    await until(chair, "/^2:0[0-9] [^·]+$/.test(document.querySelector('#share span').textContent)", 5)
    assert await chair.evaluate("document.querySelector('#share').classList.contains('is-used')")
    assert await chair.evaluate("document.getAnimations().length") == 0, "nothing blinks"


async def test_the_others_are_taken_along_when_the_meeting_begins(service: Service, new_page: NewPage) -> None:
    await on_the_board(service, 2)
    phone = await opened(service, new_page, "lars", "/meeting", PHONE, has_touch=True)
    await until(phone, "document.body.classList.contains('is-live')", 10)
    async with service.person("anna") as anna:
        assert (await anna.post("/meeting", data={"request_id": "1"})).status_code == 303
    await shows(phone, (await state(service)).agenda[0].client, 10)


WAYS = (
    *(("phone-dark", PHONE), ("laptop-light", LAPTOP), ("wall-dark", WALL)),
    *(("phone-light", PHONE), ("laptop-dark", LAPTOP), ("wall-light", WALL)),  # with --full
)


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        pytest.param(size, way.split("-")[1], id=way, marks=[pytest.mark.full] if place > 2 else [])
        for place, (way, size) in enumerate(WAYS)
    ],
)
async def test_every_part_is_readable_by_all(
    service: Service, new_page: NewPage, size: dict[str, int], theme: str
) -> None:
    await on_the_board(service, 12, visit=False)
    page = await opened(service, new_page, "anna", "/meeting", size, color_scheme=theme)
    wrong = await judged(page)
    await page.click("main form.start button.primary")
    await until(page, "document.body.classList.contains('is-chair')", 5)  # the page before is live too
    await until(page, "document.body.classList.contains('is-live')", 10)
    wrong += await judged(page)
    await page.click(".doings a[data-dialog]")
    await until(page, "document.querySelector('#dialog').open", 5)
    wrong += await judged(page)
    await page.keyboard.press("Escape")
    await page.fill("#note-text", "Ny dos från torsdag")
    await page.click("#agenda .last button")
    await shows(page, None)
    wrong += await judged(page)
    meeting = (await state(service)).id
    await page.goto(f"{service.url}/meeting/{meeting}/close")
    wrong += await judged(page)
    assert wrong == []
