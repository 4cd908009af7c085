"""Notifications on a phone, in the browser: turned on by a touch, shown by the worker, opened by another touch."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from factboard.domain.events import News
from factboard.pushing.words import payload
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage, a_browser
from tests.browser.test_live_page import until as until_in
from tests.conftest import Clock, until
from tests.domain.given import TEAM
from tests.push.service import Phone, PushService, a_push_service
from tests.service import Service, a_service

PHONE: Any = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "sv-SE"}

# No push service of a browser's maker is asked in a test: the browser's part of it is played, the rest is real.
SUBSCRIBES = """(given) => {
  window.wishes = [];
  const subscription = {
    endpoint: given.endpoint,
    toJSON: () => ({ endpoint: given.endpoint, keys: { p256dh: given.p256dh, auth: given.auth } }),
    unsubscribe: async () => { localStorage.removeItem("played"); return true; },
  };
  PushManager.prototype.subscribe = async function (wish) {
    window.wishes.push([...wish.applicationServerKey]);
    localStorage.setItem("played", "yes");
    return subscription;
  };
  PushManager.prototype.getSubscription = async () => (localStorage.getItem("played") ? subscription : null);
}"""

SHOWN = """async () => {
  const all = await (await navigator.serviceWorker.ready).getNotifications();
  const names = ["title", "body", "tag", "lang", "requireInteraction", "data"];
  return all.map((one) => Object.fromEntries(names.map((name) => [name, one[name]])));
}"""


TOUCHED = """async () => {
  const opened = [];
  self.clients.openWindow = async (url) => opened.push(url);
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  await new Promise((done) => setTimeout(done, 300));
  return { opened, left: (await self.registration.getNotifications()).length };
}"""


@pytest_asyncio.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A whole one: only that shows notifications."""
    async with a_browser(whole=True) as running:
        yield running


@pytest_asyncio.fixture
async def pushes() -> AsyncIterator[PushService]:
    async with a_push_service() as service:
        yield service


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock, pushes: PushService) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock, push_services=pushes.url) as running:
        yield running


async def opened(service: Service, new_page: NewPage, phone: Phone | None = None, *, allowed: bool = True) -> Page:
    page = await new_page(**PHONE)
    if allowed:
        await page.context.grant_permissions(["notifications"], origin=service.url)
    if phone:
        await page.add_init_script(f"({SUBSCRIBES})({json.dumps(phone.subscription)})")
    await service.sign_in(page, "lars")
    await page.goto(f"{service.url}/phone")
    return page


async def test_one_touch_turns_them_on_and_a_flag_comes_and_another_touch_turns_them_off(
    service: Service, pushes: PushService, new_page: NewPage
) -> None:
    phone = pushes.phone()
    page = await opened(service, new_page, phone)
    assert await page.evaluate("window.wishes") == []  # the browser is asked after a touch only
    await page.tap("[data-push=on]")
    await page.wait_for_selector("[data-state=on]:not([hidden])")
    await service.put_on("Stina Exempel", actor="anna")
    await until(lambda: phone.messages)
    await page.tap("[data-state=on] form[action$=test] button")
    await page.wait_for_selector("[data-state=on] [role=status]")
    await until(lambda: len(phone.messages) == 2)
    await page.tap("[data-push=off]")
    await page.wait_for_selector("[data-state=off]:not([hidden])")
    await until_in(page, "localStorage.getItem('played') === null", 5)
    await service.put_on("Åke Provström", actor="anna")
    await service.app.state.pusher.run()
    assert len(phone.messages) == 2
    assert page.errors == []  # type: ignore[attr-defined]


async def test_an_address_that_the_browser_has_changed_is_told_on_the_next_visit(
    service: Service, pushes: PushService, new_page: NewPage
) -> None:
    old, new = pushes.phone(), pushes.phone()
    page = await opened(service, new_page, old)
    await page.tap("[data-push=on]")
    await page.wait_for_selector("[data-state=on]:not([hidden])")
    await page.add_init_script(f"({SUBSCRIBES})({json.dumps(new.subscription)})")
    async with page.expect_response("**/phone/push"):
        await page.goto(f"{service.url}/phone")
    await service.put_on("Stina Exempel", actor="anna")
    await until(lambda: new.messages)
    assert old.messages == []


class TestWhereItCannotBe:
    async def test_a_browser_that_may_not_says_where_to_change_it(self, service: Service, new_page: NewPage) -> None:
        page = await new_page(**PHONE)
        await page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
        await service.sign_in(page, "lars")
        await page.goto(f"{service.url}/phone")
        assert await states(page) == ["blocked"]

    async def test_an_iphone_says_that_it_must_be_on_the_home_screen(self, service: Service, new_page: NewPage) -> None:
        iphone = PHONE | {
            "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604"
        }
        page = await new_page(**iphone)
        await page.add_init_script("delete window.PushManager")
        await service.sign_in(page, "lars")
        await page.goto(f"{service.url}/phone")
        assert await states(page) == ["home"]

    async def test_a_browser_without_push_says_so(self, service: Service, new_page: NewPage) -> None:
        page = await new_page(**PHONE)
        await page.add_init_script("delete window.PushManager")
        await service.sign_in(page, "lars")
        await page.goto(f"{service.url}/phone")
        assert await states(page) == ["impossible"]

    async def test_a_push_service_that_is_not_reached_says_that_it_is_not_on(
        self, service: Service, new_page: NewPage
    ) -> None:
        page = await opened(service, new_page)
        fails = "() => { PushManager.prototype.subscribe = () => Promise.reject(new DOMException('', 'AbortError')); }"
        await page.evaluate(fails)
        await page.tap("[data-push=on]")
        await page.wait_for_selector("[data-state=failed]:not([hidden])")
        assert await states(page) == ["off", "failed"]

    async def test_without_script_the_quiet_hours_are_a_plain_form(self, service: Service, new_page: NewPage) -> None:
        page = await new_page(**PHONE, java_script_enabled=False)
        await service.sign_in(page, "lars")
        await page.goto(f"{service.url}/phone")
        await page.fill("[name=quiet_from]", "22:00")
        await page.fill("[name=quiet_to]", "07:00")
        await page.click("form[action$=quiet] button")
        assert await page.input_value("[name=quiet_from]") == "22:00"
        assert await page.is_visible(".saved")


async def states(page: Page) -> list[str]:
    found: list[str] = await page.eval_on_selector_all(
        "[data-state]", "all => all.filter((one) => !one.hidden).map((one) => one.dataset.state)"
    )
    return found


class TestTheWorker:
    """What comes is shown, and opens factboard when it is touched."""

    @pytest.fixture
    async def page(self, service: Service, new_page: NewPage) -> Page:
        page = await opened(service, new_page)
        await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return page

    async def deliver(self, service: Service, page: Page, data: str) -> None:
        cdp = await page.context.new_cdp_session(page)
        found: list[str] = []
        cdp.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
        )
        await cdp.send("ServiceWorker.enable")
        await until(lambda: found)
        for registration in dict.fromkeys(found):
            await cdp.send(
                "ServiceWorker.deliverPushMessage",
                {"origin": service.url, "registrationId": registration, "data": data},
            )

    async def shown(self, page: Page, many: int) -> list[dict[str, Any]]:
        """What stands on the phone, once so many do."""
        await until_in(page, f"({SHOWN})().then((all) => all.length === {many})", 10)
        found: list[dict[str, Any]] = await page.evaluate(SHOWN)
        return found

    @pytest.mark.parametrize("kind", News)
    async def test_shows_each_kind(self, service: Service, page: Page, kind: News) -> None:
        await self.deliver(service, page, payload(kind, TEAM, "sv").decode())
        [shown] = await self.shown(page, 1)
        said = json.loads(payload(kind, TEAM, "sv"))
        assert shown == {
            "title": "Team Kusten",
            "body": said["body"],
            "tag": said["tag"],
            "lang": "sv",
            "requireInteraction": kind is News.UNTAKEN,
            "data": {"url": "/notices"},
        }

    async def test_shows_several_of_a_kind_as_one_and_two_kinds_as_two(self, service: Service, page: Page) -> None:
        for kind in (News.FLAG, News.FLAG, News.UNTAKEN):
            await self.deliver(service, page, payload(kind, TEAM, "sv").decode())
        await self.shown(page, 2)

    async def test_shows_something_even_when_it_cannot_be_read(self, service: Service, page: Page) -> None:
        await self.deliver(service, page, "not ours")
        await self.shown(page, 1)

    async def test_a_touch_opens_the_notices_beside_what_is_open_already(self, service: Service, page: Page) -> None:
        await self.deliver(service, page, payload(News.UNTAKEN, TEAM, "sv").decode())
        await self.shown(page, 1)
        [worker] = page.context.service_workers
        assert await worker.evaluate(TOUCHED) == {"opened": [f"{service.url}/notices"], "left": 0}
        assert page.url.endswith("/phone"), "what somebody has open is never taken away from them"
