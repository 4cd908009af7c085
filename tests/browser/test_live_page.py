"""The watchdog in a real browser: a board that may be wrong never looks right (hazard H1)."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from time import perf_counter

import httpx2
import pytest
from playwright.async_api import Error, Page

from tests.browser.conftest import NewPage
from tests.live.house import House, build
from tests.live.proxy import Proxy, proxied
from tests.live.serving import serving

STATES = ("waiting", "live", "restarting", "late", "frozen")


async def state(page: Page) -> str:
    classes = (await page.evaluate("document.body.className")).split()
    (shown,) = [name for name in STATES if f"is-{name}" in classes]
    return shown


async def until(page: Page, expression: str, seconds: float) -> float:
    """Wait until the expression is true in the page; how long it took. Fails when it takes longer.

    Asks from outside: Playwright's own waiting evaluates strings in the page, which our policy forbids.
    """
    started = perf_counter()
    while perf_counter() - started < seconds:
        with contextlib.suppress(Error):  # between two pages there is nobody to ask
            if await page.evaluate(expression):
                return perf_counter() - started
        await asyncio.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {expression}; the page says {await page.inner_text('body')!r}")


async def reaches(page: Page, wanted: str, seconds: float) -> float:
    return await until(page, f"document.body.classList.contains('is-{wanted}')", seconds)


async def put(url: str, card: str) -> None:
    async with httpx2.AsyncClient() as client:
        await client.post(f"{url}/put", params={"card": card})


class Process:
    """The house in a process of its own, which may be killed and started again on the same port."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._running: asyncio.subprocess.Process

    async def start(self) -> None:
        command = (sys.executable, "-m", "tests.live.house", str(self.port))
        self._running = await asyncio.create_subprocess_exec(*command)
        async with asyncio.timeout(20), httpx2.AsyncClient() as client:
            while True:
                with contextlib.suppress(httpx2.TransportError):
                    await client.get(self.url)
                    return
                await asyncio.sleep(0.05)

    async def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        if self._running.returncode is None:
            self._running.send_signal(how)
            await self._running.wait()


@pytest.fixture
async def process() -> AsyncIterator[Process]:
    started = Process()
    await started.start()
    yield started
    await started.end()


async def test_a_change_shows_within_a_second_and_the_page_says_live(new_page: NewPage) -> None:
    async with serving(build(House())) as (url, _):
        page = await new_page()
        await page.goto(url)
        assert await reaches(page, "live", 3) < 3
        assert await page.inner_text("#live-state") == "Live"
        started = perf_counter()
        await put(url, "Synthetic Three")
        await page.get_by_text("Synthetic Three").wait_for(timeout=1000)
        assert perf_counter() - started < 1
        assert page.errors == []  # type: ignore[attr-defined]


async def test_what_somebody_is_doing_survives_a_change(new_page: NewPage) -> None:
    house = House(cards=[f"Synthetic {n}" for n in range(80)])
    async with serving(build(house)) as (url, _):
        page = await new_page(viewport={"width": 800, "height": 500})
        await page.goto(url)
        await reaches(page, "live", 3)
        await page.evaluate("document.getElementById('form').showModal()")
        await page.fill("textarea", "half a sen")
        await page.evaluate("document.getElementById('form').close()")
        await page.fill("#card-70 input", "typed in the view")
        await page.evaluate("document.querySelector('#card-70 input').setSelectionRange(3, 5)")
        await page.evaluate("document.querySelector('#card-3 details').open = true; scrollTo(0, 600)")
        before = await page.evaluate("scrollY")
        await page.evaluate("document.getElementById('form').showModal()")
        await page.focus("textarea")
        await put(url, "Synthetic newcomer")
        await page.wait_for_selector("#card-80", state="attached")
        assert await page.input_value("textarea") == "half a sen"
        assert await page.evaluate("document.activeElement.name") == "reason"
        assert await page.evaluate("document.getElementById('form').open")
        assert await page.input_value("#card-70 input") == "typed in the view"
        assert await page.evaluate("document.querySelector('#card-70 input').selectionStart") == 3
        assert await page.evaluate("document.querySelector('#card-3 details').open")
        assert await page.evaluate("scrollY") == before > 0


async def outage(page: Page, begin: object, mend: object, *, frozen: bool) -> None:
    """Live, then LATE within 15 seconds, (FROZEN within 33), and live within 10 of the mending, with the newest."""
    await reaches(page, "live", 5)
    started = perf_counter()
    await begin()  # type: ignore[operator]
    await reaches(page, "late", 15)
    assert "Not live since" in await page.inner_text("#live-state")
    assert await page.locator("#view #cards li").count() >= 2  # no error page has replaced the board
    if frozen:
        await reaches(page, "frozen", 33 - (perf_counter() - started))
        assert "Frozen since" in await page.inner_text("#live-state")
    await mend()  # type: ignore[operator]
    assert await reaches(page, "live", 10) < 10


@contextlib.asynccontextmanager
async def house_behind_proxy() -> AsyncIterator[tuple[Process, Proxy, str]]:
    process = Process()
    await process.start()
    try:
        async with proxied(process.port) as proxy:
            yield process, proxy, f"http://127.0.0.1:{proxy.port}"
    finally:
        await process.end()


async def killed(new_page: NewPage, frozen: bool) -> None:
    process = Process()
    await process.start()
    page = await new_page()
    await page.goto(process.url)
    await outage(page, process.end, process.start, frozen=frozen)
    await process.end()


async def killed_behind_a_proxy(new_page: NewPage, frozen: bool) -> None:
    async with house_behind_proxy() as (process, _, url):
        page = await new_page()
        await page.goto(url)
        await outage(page, process.end, process.start, frozen=frozen)


async def gone_silent(new_page: NewPage, frozen: bool) -> None:
    async with house_behind_proxy() as (process, proxy, url):
        page = await new_page()
        await page.goto(url)

        async def begin() -> None:
            proxy.silent = True

        async def mend() -> None:
            await put(process.url, "Synthetic, put on meanwhile")
            proxy.silent = False

        await outage(page, begin, mend, frozen=frozen)
        await page.get_by_text("Synthetic, put on meanwhile").wait_for(timeout=1000)


async def blocked(new_page: NewPage, frozen: bool) -> None:
    """The server lives and holds its connections, but its event loop stands still."""
    process = Process()
    await process.start()
    page = await new_page()
    await page.goto(process.url)
    seconds = 40 if frozen else 20
    blocking: list[asyncio.Task[object]] = []

    async def block() -> None:
        async with httpx2.AsyncClient(timeout=60) as client:
            await client.post(f"{process.url}/block", params={"seconds": seconds})

    async def begin() -> None:
        blocking.append(asyncio.create_task(block()))

    async def mend() -> None:
        await blocking[0]

    await outage(page, begin, mend, frozen=frozen)
    await process.end()


async def test_every_kind_of_outage_is_said_and_healed_without_a_human(new_page: NewPage, full: bool) -> None:
    kinds = (killed, killed_behind_a_proxy, gone_silent, blocked)
    await asyncio.gather(*(kind(new_page, full) for kind in kinds))


async def test_a_frame_that_does_not_come_is_noticed_though_the_beat_goes_on(new_page: NewPage) -> None:
    house = House()
    async with serving(build(house)) as (url, _):
        page = await new_page()
        await page.goto(url)
        await reaches(page, "live", 3)
        house.broken = True
        await put(url, "Synthetic Three")
        await reaches(page, "late", 11)
        house.broken = False
        await reaches(page, "live", 10)
        assert await page.get_by_text("Synthetic Three").count() == 1


async def test_a_stopping_server_is_said_at_once_and_the_board_stays(new_page: NewPage, process: Process) -> None:
    page = await new_page()
    await page.goto(process.url)
    await reaches(page, "live", 3)
    await process.end(signal.SIGTERM)
    assert await reaches(page, "restarting", 1) < 1
    assert await page.locator("#view li").count() == 2
    await process.start()
    await reaches(page, "live", 10)


async def test_names_go_when_the_session_ends_under_an_open_page(new_page: NewPage) -> None:
    house = House()
    async with serving(build(house)) as (url, _):
        page = await new_page()
        await page.goto(url)
        await reaches(page, "live", 3)
        house.sessions.remove("anna")
        await page.wait_for_url("**/login?next=%2F", timeout=5000)


async def test_names_go_before_the_sign_in_page_comes(new_page: NewPage) -> None:
    house = House(login_takes=1)
    async with serving(build(house)) as (url, _):
        page = await new_page()
        seen: list[dict[str, object]] = []
        await page.expose_function("report", lambda report: seen.append(report))
        await page.goto(url)
        await reaches(page, "live", 3)
        await page.evaluate(
            """() => {
                const view = document.getElementById("view");
                new MutationObserver(() => report({
                    children: view.childNodes.length,
                    over: document.querySelectorAll("dialog, [popover]").length,
                    says: document.getElementById("live-state").textContent,
                })).observe(view, { childList: true });
            }"""
        )
        house.sessions.remove("anna")
        await page.wait_for_url("**/login?next=%2F", timeout=5000)
    assert seen == [{"children": 0, "over": 0, "says": "Signed out"}]


async def test_a_page_whose_stream_is_refused_at_once_goes_to_the_sign_in_page(new_page: NewPage) -> None:
    async with serving(build(House(sessions=set()))) as (url, _):
        page = await new_page()
        await page.goto(url)
        await page.wait_for_url("**/login?next=%2F", timeout=5000)


async def counting_frames(page: Page) -> None:
    """`window.frames_` counts the frames that come, from the page's first moment on."""
    await page.add_init_script(
        """window.frames_ = 0;
        addEventListener("htmx:sse:before:message", (event) => { if (!event.detail.message.event) frames_ += 1; });"""
    )


async def test_what_stands_on_the_screen_is_not_sent_again(new_page: NewPage) -> None:
    async with house_behind_proxy() as (process, proxy, url):
        page = await new_page()
        await counting_frames(page)
        await page.goto(url)
        await reaches(page, "live", 3)
        assert await page.evaluate("frames_") == 0, "the page came with the newest view in it"
        await put(process.url, "Synthetic Three")
        await page.get_by_text("Synthetic Three").wait_for(timeout=1000)
        assert await page.evaluate("frames_") == 1
        for meanwhile, frames in ((False, 1), (True, 2)):
            proxy.cut()
            if meanwhile:
                await put(process.url, "Synthetic Four")
            await page.evaluate("document.dispatchEvent(new Event('resume'))")  # nothing from before proves anything
            assert await state(page) == "waiting"
            await reaches(page, "live", 6)
            assert await page.evaluate("frames_") == frames
        assert await page.get_by_text("Synthetic Four").count() == 1


async def test_a_frame_that_broke_off_in_the_swap_is_sent_again(new_page: NewPage) -> None:
    house = House()
    async with serving(build(house)) as (url, _):
        page = await new_page()
        await page.goto(url)
        await reaches(page, "live", 3)
        await page.evaluate(
            """() => {
                const mark = () => document.querySelector("#view > #frame").value;
                const put = Node.prototype.insertBefore;
                const before = mark();
                window.broke = null;
                Node.prototype.insertBefore = function (node, next) {
                    if (node.id !== "card-3") return put.call(this, node, next);
                    Node.prototype.insertBefore = put;
                    broke = { half: Boolean(document.getElementById("card-2")), old: mark() === before };
                    throw new Error("it broke off");
                };
            }"""
        )
        house.commit("Synthetic Three")
        await put(url, "Synthetic Four")
        await page.get_by_text("Synthetic Four").wait_for(timeout=5000)
        await reaches(page, "live", 5)
        assert await page.evaluate("broke") == {"half": True, "old": True}


async def test_a_screen_whose_session_ended_while_the_server_was_away(new_page: NewPage, process: Process) -> None:
    page = await new_page()
    await page.goto(process.url)
    await reaches(page, "live", 3)
    await process.end()
    await process.start()
    async with httpx2.AsyncClient() as client:
        await client.post(f"{process.url}/sign-out", params={"who": "anna"})
    await page.wait_for_url("**/login?next=%2F", timeout=10_000)


async def test_a_restored_database_makes_every_page_reload(new_page: NewPage) -> None:
    house = House()
    async with serving(build(house)) as (url, _):
        page = await new_page()
        await page.goto(url)
        await reaches(page, "live", 3)
        await page.evaluate("window.before = true")
    house.epoch = "second"
    async with serving(build(house), int(url.rsplit(":", 1)[1])):
        await until(page, "window.before === undefined", 10)
        await reaches(page, "live", 5)


async def test_a_screen_whose_clock_is_wrong_is_live_and_tells_the_servers_time(
    new_page: NewPage, process: Process
) -> None:
    page = await new_page(timezone_id="Asia/Tokyo")
    await page.add_init_script("const now = Date.now.bind(Date); Date.now = () => now() + 3_600_000;")
    await page.goto(process.url)
    await reaches(page, "live", 3)
    await asyncio.sleep(7)
    assert await state(page) == "live"
    await process.end()
    await reaches(page, "late", 15)
    assert (await page.inner_text("#live-state")).startswith("Not live since 09:40")


async def test_after_sleep_nothing_looks_right_until_a_fresh_beat(new_page: NewPage) -> None:
    """On Linux the monotonic clock stands still in sleep: only the wall clock tells of it."""
    async with serving(build(House())) as (url, _):
        page = await new_page()
        await page.goto(url)
        await reaches(page, "live", 3)
        await page.evaluate(
            """() => {
                window.states = [];
                new MutationObserver(() => states.push(document.body.className))
                    .observe(document.body, { attributeFilter: ["class"] });
                const now = Date.now.bind(Date);
                Date.now = () => now() + 3_600_000;
            }"""
        )
        await until(page, "states.length > 0", 1.5)
        await reaches(page, "live", 3)
        seen = await page.evaluate("states")
    assert seen[0] == "is-frozen"
    assert seen.count("is-live") == 1
    assert seen[-1] == "is-live"


async def test_a_hidden_page_that_comes_back_asks_first(new_page: NewPage) -> None:
    house = House()
    async with serving(build(house)) as (url, server):
        page = await new_page()
        await page.goto(url)
        await reaches(page, "live", 3)
        hide = """hidden => {
            Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
            document.dispatchEvent(new Event("visibilitychange"));
            return document.body.className;
        }"""
        assert "is-waiting" in await page.evaluate(hide, True)
        async with asyncio.timeout(2):
            while server.config.app.state.hub.open_streams():  # type: ignore[union-attr]
                await asyncio.sleep(0.05)
        await put(url, "Synthetic Three")
        assert "is-live" not in await page.evaluate(hide, False)
        await reaches(page, "live", 3)
        assert await page.get_by_text("Synthetic Three").count() == 1


async def test_a_page_whose_script_stood_still_reconnects(new_page: NewPage) -> None:
    async with serving(build(House())) as (url, _):
        page = await new_page()
        await page.goto(url)
        await reaches(page, "live", 3)
        streams: list[str] = []
        page.on("request", lambda request: streams.append(request.url))
        await page.evaluate("() => { const end = performance.now() + 6000; while (performance.now() < end); }")
        await asyncio.sleep(2)
        await reaches(page, "live", 3)
        assert any("/live/board" in url for url in streams)


@pytest.mark.full
async def test_a_page_that_got_only_half_of_its_scripts_helps_itself(new_page: NewPage) -> None:
    async with serving(build(House())) as (url, _):
        page = await new_page()
        await page.route("**/htmx.js", lambda route: route.abort(), times=1)
        await page.goto(url)
        await reaches(page, "frozen", 33)
        await reaches(page, "live", 33)


async def test_midnight_passes_and_the_days_turn_by_themselves(new_page: NewPage) -> None:
    house = House(valid_until=House.now + timedelta(hours=15))
    async with serving(build(house)) as (url, _):
        page = await new_page()
        await page.goto(url)
        await reaches(page, "live", 3)
        house.now, house.valid_until = house.now + timedelta(hours=24), None
        await until(page, "document.getElementById('days').textContent === '1'", 4)


async def test_an_idle_page_raises_no_false_alarm(new_page: NewPage, full: bool) -> None:
    async with serving(build(House())) as (url, _):
        page = await new_page()
        await page.goto(url)
        await reaches(page, "live", 3)
        await page.evaluate(
            """() => {
                window.alarms = [];
                new MutationObserver(() => {
                    if (!document.body.classList.contains("is-live")) alarms.push(document.body.className);
                }).observe(document.body, { attributeFilter: ["class"] });
            }"""
        )
        await asyncio.sleep(3600 if full else 15)
        assert await page.evaluate("alarms") == []
        assert await state(page) == "live"
        assert page.errors == []  # type: ignore[attr-defined]
