"""What waits on the phone: kept sealed, sent once, never called saved before the server has it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from factboard.domain import events, visits
from factboard.storage.engine import Store
from tests.browser.conftest import NewPage
from tests.browser.test_live_page import until as until_in
from tests.browser.test_look import judged
from tests.conftest import Clock, until
from tests.phone.line import Fault, Line, on_the_line, posts
from tests.service import OWN, PASSWORD, Service, a_service
from tests.web.reading import facts

REASON = "Ropar i trapphuset, vill inte öppna"
HOUR = 3_600_000  # milliseconds
FAULTS = [fault for fault in Fault if fault not in (Fault.NONE, Fault.BLACK_HOLE)]
ARRIVED = (Fault.CUT_COMING, Fault.CUT_IN_ANSWER)


@pytest_asyncio.fixture
async def service(sqlite_url: str, clock: Clock) -> AsyncIterator[Service]:
    async with a_service(Store(sqlite_url), clock) as running:
        yield running


@pytest_asyncio.fixture
async def line(service: Service) -> AsyncIterator[Line]:
    async with on_the_line(service.url) as between:
        yield between


@pytest.fixture
def phone(service: Service, line: Line, new_page: NewPage) -> Any:
    """`await phone("anna", path)`: a phone on the line, signed in. `page.errors` has what failed requests log too."""

    async def opened(username: str | None = "anna", path: str = "/board", **options: Any) -> Page:
        page = await new_page(viewport={"width": 390, "height": 844}, has_touch=True, locale="sv-SE", **options)
        if username:
            await service.sign_in(page, username)
        await page.goto(f"{line.url}{path}?lang=en")
        return page

    return opened


async def put(page: Page, service: Service, id: str = "flag-1", name: str = "Stina Exempel", **what: Any) -> None:
    fields = {"client": service.clients[name], "category": "short_intensive", "reason": REASON, "request_id": id}
    entry = {"id": id, "url": "/flag", "fields": list(fields.items()), "kind": "flag", "whom": name, "words": REASON}
    await page.evaluate("async (entry) => outbox.put({ ...entry, ...document.body.dataset })", entry | what)


async def tried(page: Page, id: str = "flag-1", **how: Any) -> dict[str, Any]:
    found: dict[str, Any] = await page.evaluate("([id, how]) => outbox.try(id, how)", [id, how])
    return found


async def count(page: Page) -> int:
    return int(await page.evaluate("outbox.count()"))


async def left(page: Page, wanted: int) -> None:
    """So many things wait there now, or soon."""
    await until_in(page, f"outbox.count().then((n) => n === {wanted})", 10)


async def flags(service: Service) -> list[events.Recorded]:
    return [one for one in await facts(service) if one.fact.kind in ("put_on_board", "flagged_again")]


async def back_on(page: Page, line: Line) -> None:
    """The coverage is back, and the browser says so."""
    line.fault = Fault.NONE
    await page.evaluate("dispatchEvent(new Event('online'))")


# --- kept, and sent once ------------------------------------------------------------------------------------


async def test_what_was_put_stands_there_after_the_page_is_loaded_anew(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await page.reload()
    (entry,) = await page.evaluate("outbox.list()")
    assert (entry["kind"], entry["whom"], entry["state"], entry["user"]) == ("flag", "Stina Exempel", "waiting", "anna")
    assert ["reason", REASON] in entry["fields"]


async def test_whatever_happens_on_the_line_it_waits_and_is_sent_once(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when = posts
    for n, fault in enumerate(FAULTS):
        id = f"flag-{n}"
        line.fault = fault
        await put(page, service, id)
        assert (await tried(page, id))["state"] == "waiting", fault
        assert len(await flags(service)) == n + (fault in ARRIVED)
        await expect(page.locator("#unsent")).to_contain_text("NOT SENT: 1")
        await back_on(page, line)
        await expect(page.locator("#unsent")).to_be_empty()
        await expect(page.locator("#toasts .toast").last).to_contain_text("has now been sent and saved: 1")
        assert len(await flags(service)) == n + 1, fault
        assert (await page.evaluate("(id) => outbox.done(id)", id))["seq"] == (await flags(service))[-1].seq
        assert (await tried(page, id))["state"] == "saved"  # a page that was loaded anew may ask
    assert len(await flags(service)) == len(FAULTS)


async def test_a_server_that_never_answers_is_waited_for_no_longer_than_twenty_seconds(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    await page.clock.install()
    line.when, line.fault = posts, Fault.BLACK_HOLE
    await put(page, service)
    await page.evaluate("AbortSignal.timeout = (time) => { self.patience = time; return AbortSignal.abort() }")
    assert await tried(page) == {"state": "waiting", "why": "network"}
    assert await page.evaluate("self.patience") == 20_000


async def test_a_page_that_is_left_while_it_sends_sends_nothing_twice(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    await put(page, service)
    line.when, line.fault = posts, Fault.BLACK_HOLE
    await page.evaluate("void outbox.try('flag-1')")
    await until(lambda: ("POST", "/flag") in line.asked)
    line.when = lambda method, path: False
    await page.reload()
    await left(page, 0)
    assert len(await flags(service)) == 1


async def test_two_open_pages_send_it_once(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    other = await page.context.new_page()
    await other.goto(f"{line.url}/board")
    await put(page, service)
    both = [await one.evaluate_handle("outbox.try('flag-1')") for one in (page, other)]
    assert {(await one.json_value())["state"] for one in both} == {"saved"}
    assert line.asked.count(("POST", "/flag")) == 1
    assert len(await flags(service)) == 1


async def test_the_same_id_put_twice_is_one_thing_as_it_was_first(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await put(page, service, words="other words")
    (entry,) = await page.evaluate("outbox.list()")
    assert entry["words"] == REASON


# --- who it is from -----------------------------------------------------------------------------------------


async def test_signed_out_in_between_it_is_sent_after_signing_in(service: Service, phone: Any, line: Line) -> None:
    page = await phone(path="/notices")  # a page with a stream would leave for the sign-in page
    await until(lambda: ("GET", "/notices/count") in line.delivered)
    await page.context.clear_cookies()
    await put(page, service)
    assert await tried(page) == {"state": "waiting", "why": "sign_in"}
    await expect(page.locator("#unsent")).to_contain_text("Sign in, then it is sent")
    await page.goto(f"{line.url}/login?lang=en")
    await expect(page.locator("#unsent")).to_contain_text("for whoever wrote it: 1")
    service.url, own = line.url, service.url
    await service.sign_in_by_form(page, "anna")
    service.url = own
    await left(page, 0)
    (flag,) = await flags(service)
    assert flag.actor == "anna"


async def test_somebody_else_on_the_phone_sends_nothing_and_sees_nothing_of_it(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await tried(page)
    await service.sign_in(page, "lars")
    line.fault = Fault.NONE
    await page.goto(f"{line.url}/board?lang=en")
    await expect(page.locator("#unsent")).to_contain_text("for whoever wrote it: 1")
    await page.locator("#unsent a").click()
    await expect(page.locator("#waiting-others")).to_contain_text("written here by somebody else")
    assert "Stina" not in await page.locator("body").inner_text()
    assert (await tried(page))["why"] == "sign_in"  # what a worker would try, which knows nobody
    assert await flags(service) == []
    await service.sign_in(page, "anna")
    await page.goto(f"{line.url}/board?lang=en")
    await left(page, 0)
    assert [one.actor for one in await flags(service)] == ["anna"]


async def test_who_signs_in_from_what_waits_has_it_sent(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await page.context.clear_cookies(name="factboard")
    line.fault = Fault.NONE
    await page.goto(f"{line.url}/waiting")
    await page.locator(".entry .sign-in").click()
    await page.fill("[name=username]", "anna")
    await page.fill("[name=password]", PASSWORD)
    await page.click("main form button")
    await left(page, 0)
    assert [one.actor for one in await flags(service)] == ["anna"]


async def test_signing_out_with_something_waiting_asks_first(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when = lambda method, path: (method, path) == ("POST", "/flag")
    line.fault = Fault.UNAVAILABLE
    await put(page, service)
    await page.evaluate("outbox.keep('clients', ['Stina Exempel'], 12)")
    await page.locator(".menu summary").click()
    await page.get_by_role("button", name="Sign out").click()
    await page.wait_for_url("**/waiting#leaving")
    await expect(page.locator("#leaving")).to_contain_text("is sent when you sign in on this device again")
    await page.get_by_role("button", name="Send now, then sign out").click()
    await expect(page.locator("#waiting-said")).to_contain_text("Still NOT SENT")
    await page.get_by_role("button", name="Sign out now").click()
    await page.wait_for_url("**/login")
    assert await count(page) == 1
    assert await page.evaluate("Promise.all([outbox.recall('clients'), outbox.recall('who')])") == [None, None]


async def test_what_waits_can_be_sent_before_signing_out(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await page.goto(f"{line.url}/waiting?lang=en#leaving")
    send = page.get_by_role("button", name="Send now, then sign out")
    await send.click()
    await expect(page.locator("#waiting-said")).to_contain_text("Still NOT SENT")
    line.fault = Fault.NONE
    await send.click()
    await page.wait_for_url("**/login")
    assert await count(page) == 0
    assert len(await flags(service)) == 1


async def test_what_the_server_refused_is_to_be_chosen_about_before_signing_out(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    await put(page, service, fields=[["client", "nobody"], ["reason", REASON], ["request_id", "flag-1"]])
    assert (await tried(page))["state"] == "asks"
    await page.goto(f"{line.url}/waiting?lang=en#leaving")
    leaving = page.locator("#leaving")
    await expect(leaving.locator("a.primary")).to_have_attribute("href", "/flag#again=flag-1")
    await expect(leaving).to_contain_text("It is not sent by itself")
    await expect(leaving.locator(".stays")).to_be_hidden()
    await expect(leaving.get_by_role("button", name="Send now, then sign out")).to_be_hidden()
    await expect(page.locator(".entry").get_by_role("button", name="Try now")).to_be_hidden()
    await expect(page.locator("#waiting-call")).to_contain_text("112")


async def test_nothing_waits_nothing_is_asked(service: Service, phone: Any) -> None:
    page = await phone()
    await page.locator(".menu summary").click()
    await page.get_by_role("button", name="Sign out").click()
    await page.wait_for_url("**/login")


# --- when the server does not take it -----------------------------------------------------------------------


async def older(page: Page, by: int) -> None:
    """Everything that waits was made longer ago, by so many milliseconds."""
    await page.evaluate(
        """(by) => new Promise((resolve) => {
          indexedDB.open("factboard-outbox").onsuccess = ({ target }) => {
            const changes = target.result.transaction("entries", "readwrite");
            const entries = changes.objectStore("entries");
            entries.getAll().onsuccess = ({ target }) => {
              for (const row of target.result) entries.put({ ...row, made: row.made - by });
            };
            changes.oncomplete = () => { target.result.close(); resolve(); };
          };
        })""",
        by,
    )


async def test_what_cannot_be_saved_asks_and_is_not_tried_again_by_itself(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    await put(page, service, fields=[["client", "nobody"], ["reason", REASON], ["request_id", "flag-1"]])
    assert (await tried(page))["state"] == "asks"
    await expect(page.locator("#unsent .asks")).to_contain_text("Not taken by the server: 1")
    asked = line.asked.count(("POST", "/flag"))
    await page.reload()
    await expect(page.locator("#unsent .asks")).to_be_visible()
    assert line.asked.count(("POST", "/flag")) == asked
    await page.locator("#unsent a").click()
    entry = page.locator(".entry")
    await expect(entry).to_contain_text("Put on the board")
    await expect(entry.locator(".told li").first).to_be_visible()
    await expect(entry.get_by_role("link", name="Change it")).to_have_attribute("href", "/flag#again=flag-1")
    await expect(entry.get_by_role("button", name="Send it all the same")).to_be_hidden()


async def test_it_is_thrown_away_only_by_a_second_touch(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await tried(page)
    await page.goto(f"{line.url}/waiting?lang=en")
    await page.get_by_role("button", name="Throw away …").click()
    await page.get_by_role("button", name="Leave it here").click()
    assert await count(page) == 1
    await page.get_by_role("button", name="Throw away …").click()
    await page.get_by_role("button", name="Throw it away for good").click()
    await expect(page.locator("#waiting-said")).to_contain_text("It is not sent again")
    await expect(page.locator("#waiting-none")).to_be_visible()
    assert await count(page) == 0
    assert await flags(service) == []


async def test_tried_by_hand_it_says_when_it_was_saved(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await page.goto(f"{line.url}/waiting?lang=en")
    await page.get_by_role("button", name="Try now").click()
    await expect(page.locator("#waiting-said")).to_contain_text("Still NOT SENT")
    line.fault = Fault.NONE
    await page.get_by_role("button", name="Try now").click()
    seq = [one.seq for one in await flags(service)] or [0]
    await expect(page.locator("#waiting-said")).to_contain_text("Sent and saved")
    seq = [one.seq for one in await flags(service)]
    await expect(page.locator("#waiting-said")).to_contain_text(f"no. {seq[0]} in the history")


# --- a day later --------------------------------------------------------------------------------------------


async def test_after_a_day_every_page_demands_a_decision_but_not_where_somebody_flags(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await page.goto(f"{line.url}/board?lang=en")
    await expect(page.locator("#unsent .waits")).to_be_visible()
    await expect(page.locator("#unsent-old")).to_be_hidden()
    await older(page, 25 * HOUR)
    for _ in range(2):
        await page.goto(f"{line.url}/board?lang=en")
        await expect(page.locator("#unsent-old")).to_be_visible()
    await page.get_by_role("link", name="Put somebody on the board first").click()
    await page.wait_for_url("**/flag")
    await expect(page.locator("#unsent .waits")).to_be_visible()
    await expect(page.locator("#unsent-old")).to_be_hidden()
    await page.goto(f"{line.url}/board?lang=en")
    await page.get_by_role("link", name="See it and decide").click()
    await expect(page.locator(".entry .old")).to_contain_text("more than a day")
    line.fault = Fault.NONE
    await page.get_by_role("button", name="Try now").click()
    await expect(page.locator("#waiting-said")).to_contain_text("Sent and saved")
    await page.goto(f"{line.url}/board?lang=en")
    await expect(page.locator("#unsent")).to_be_empty()
    await expect(page.locator("#unsent-old")).to_be_hidden()


# --- how old ------------------------------------------------------------------------------------------------


async def age_sent(page: Page, line: Line) -> int:
    """What the next try says of the entry's age, in milliseconds."""
    async with page.expect_request(lambda request: request.method == "POST") as asked:
        await tried(page)
    return int((await (await asked.value).all_headers())["factboard-age"])


CLOCK = "(by) => { const real = Date.now; Date.now = () => real() + by }"


async def test_a_clock_that_is_a_day_wrong_changes_no_age(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    await page.evaluate(CLOCK, 24 * HOUR)
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await older(page, HOUR)
    assert abs(await age_sent(page, line) - HOUR) < 20_000


@pytest.mark.parametrize("set_by", [24 * HOUR, -24 * HOUR])
async def test_a_clock_that_is_set_while_it_waits_changes_no_age(
    service: Service, phone: Any, line: Line, set_by: int
) -> None:
    page = await phone(path="/board")
    await page.evaluate("fetch('/healthz').then(outbox.learn)")  # as the page's own count of notices does
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await older(page, HOUR)
    await page.evaluate(CLOCK, set_by)
    assert abs(await age_sent(page, line) - HOUR) < 20_000


async def test_a_guest_networks_clock_changes_no_age(service: Service, phone: Any, line: Line) -> None:
    page = await phone(path="/board")
    await page.evaluate("fetch('/healthz').then(outbox.learn)")
    wrong = "new Response('', { headers: { Date: 'Thu, 01 Jan 1970 00:00:00 GMT' } })"
    await page.evaluate(f"outbox.learn({wrong})")
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await older(page, HOUR)
    assert abs(await age_sent(page, line) - HOUR) < 20_000


async def test_a_storage_that_the_browser_has_closed_is_opened_again(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await page.evaluate("""() => {
      const real = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (...args) {
        IDBDatabase.prototype.transaction = real;
        this.close();
        return real.apply(this, args);
      };
    }""")
    assert await count(page) == 1
    await back_on(page, line)
    await left(page, 0)
    assert len(await flags(service)) == 1


async def test_no_age_is_negative_where_no_server_has_told_the_time(service: Service, phone: Any, line: Line) -> None:
    page = await phone(None, path="/login")
    await page.evaluate("Object.assign(document.body.dataset, { user: 'anna', team: 'kusten' })")
    line.fault = Fault.REFUSED
    await put(page, service)
    await page.evaluate(CLOCK, -24 * HOUR)
    line.when = lambda method, path: path == "/healthz"
    for _ in range(20):  # it is asked for first
        assert (await tried(page))["why"] == "network"
    assert 0 <= await age_sent(page, line) < 60_000


# --- the forms of a card ------------------------------------------------------------------------------------


async def put_on(service: Service) -> str:
    """Stina is on the board, since five minutes ago: before anything here was written."""
    await service.put_on("Stina Exempel")
    service.app.state.clock.forward(minutes=5)
    return service.clients["Stina Exempel"]


async def rating(page: Page, line: Line, service: Service, how: str = "worse") -> None:
    """The rating's form in the dialog, filled in."""
    if not await flags(service):
        await put_on(service)
    await page.goto(f"{line.url}/board?lang=en")
    client = service.clients["Stina Exempel"]
    await page.locator(f"#card-{client} a[data-menu]").click()
    await page.locator("#card-menu [data-act=rate]").click()
    await page.locator(f"#dialog-body [name=rating][value={how}]").check()
    await page.locator("#dialog-body [name=basis][value=seen]").check()


async def rated(service: Service) -> int:
    return sum(one.fact.kind == "rated" for one in await facts(service))


async def test_a_form_that_goes_through_leaves_nothing_on_the_phone(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    await rating(page, line, service)
    await page.locator("#dialog-body form button.primary").click()
    await expect(page.locator("#toasts .toast")).to_contain_text("history")
    await expect(page.locator("#dialog")).to_be_hidden()
    assert await count(page) == 0
    assert await rated(service) == 1
    assert page.errors == []


async def test_worse_waits_when_it_does_not_go_through(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when = posts
    for n, fault in enumerate(FAULTS):
        await rating(page, line, service)
        line.fault = fault
        await page.locator("#dialog-body form button.primary").click()
        await expect(page.locator("#dialog")).to_be_hidden()
        if fault is Fault.CUT_IN_ANSWER:  # it has said that it is saved, before it broke off
            assert await rated(service) == n + 1
            await left(page, 0)
            line.fault = Fault.NONE
            continue
        await expect(page.locator("#toasts .is-wrong")).to_contain_text("NOT SENT")
        await expect(page.locator("#toasts .is-wrong")).to_have_count(1)
        await expect(page.locator("#unsent")).to_contain_text("NOT SENT: 1")
        (entry,) = await page.evaluate("outbox.list()")
        assert (entry["kind"], entry["whom"]) == ("worse", "Stina Exempel")
        await back_on(page, line)
        await expect(page.locator("#unsent")).to_be_empty()
        assert await rated(service) == n + 1, fault


async def test_only_worse_waits_not_better(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    await rating(page, line, service, "better")
    line.when, line.fault = posts, Fault.REFUSED
    await page.locator("#dialog-body form button.primary").click()
    await expect(page.locator("#dialog-unsaved")).to_contain_text("count this as not saved")
    assert await count(page) == 0


async def test_what_is_wrong_in_a_form_stands_in_the_form_and_nothing_waits(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    await rating(page, line, service)
    await page.locator("#dialog-body [name=basis]:checked").evaluate("(one) => { one.checked = false }")
    await page.locator("#dialog-body form button.primary").click()
    await expect(page.locator("#dialog-body .problems")).to_be_visible()
    await left(page, 0)
    await page.locator("#dialog-body [name=basis][value=seen]").check()
    await page.locator("#dialog-body form button.primary").click()
    await expect(page.locator("#dialog")).to_be_hidden()
    assert await rated(service) == 1


async def test_keep_on_the_board_waits_too_also_from_a_page_of_its_own(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    client = await put_on(service)
    await page.goto(f"{line.url}/clients/{client}/keep?lang=en")
    await page.fill("[name=reason]", REASON)
    line.when, line.fault = posts, Fault.CUT_COMING
    await page.locator("main form button.primary").click()
    await expect(page.locator("#unsent")).to_contain_text("NOT SENT: 1")
    await expect(page.locator(".toast.is-wrong")).to_be_visible()
    await back_on(page, line)
    await expect(page.locator("#unsent")).to_be_empty()
    await expect(page.locator(".toast.is-wrong")).to_have_count(0)  # it is not so any more
    assert sum(one.fact.kind == "return_held" for one in await facts(service)) == 1


async def test_what_was_not_taken_is_changed_in_its_form_and_goes_when_the_new_one_is_put(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    client = await put_on(service)
    fields = [["reason", REASON], ["until", "2020-01-01"], ["request_id", "keep-1"]]
    await put(page, service, "keep-1", kind="keep", url=f"/clients/{client}/keep", fields=fields)
    assert (await tried(page, "keep-1"))["state"] == "asks"
    await page.goto(f"{line.url}/waiting?lang=en")
    await page.get_by_role("link", name="Change it").click()
    await expect(page.locator("[name=reason]")).to_have_value(REASON)
    assert await count(page) == 1
    await page.fill("[name=until]", "")
    await page.locator("main form button.primary").click()
    await page.wait_for_url(f"**/clients/{client}?saved=*")
    assert await count(page) == 0
    assert sum(one.fact.kind == "return_held" for one in await facts(service)) == 1


# --- where nothing can be kept ------------------------------------------------------------------------------


async def test_without_a_storage_the_form_stays_and_says_that_it_was_not_saved(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    await page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('no') }")
    await rating(page, line, service)
    line.when, line.fault = posts, Fault.REFUSED
    await page.locator("#dialog-body form button.primary").click()
    await expect(page.locator("#dialog-unsaved")).to_contain_text("count this as not saved")
    await expect(page.locator("#dialog-body [name=rating]:checked")).to_have_value("worse")
    line.fault = Fault.NONE
    await page.locator("#dialog-body form button.primary").click()
    await expect(page.locator("#dialog")).to_be_hidden()
    assert await rated(service) == 1


async def test_an_entry_whose_key_is_lost_stays_and_is_counted(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await page.evaluate(
        """() => new Promise((resolve) => {
          indexedDB.open("factboard-outbox").onsuccess = ({ target }) => {
            const changes = target.result.transaction("phone", "readwrite");
            changes.objectStore("phone").delete("key");
            changes.oncomplete = resolve;
          };
        })"""
    )
    line.fault = Fault.NONE
    await put(page, service, "flag-2", "Åke Provström")
    assert (await tried(page, "flag-2"))["state"] == "saved"
    await page.reload()
    await expect(page.locator("#unsent .unreadable")).to_be_visible()
    await page.goto(f"{line.url}/waiting?lang=en")
    await expect(page.locator("#unsent")).to_contain_text("can no longer be read: 1")
    await expect(page.locator(".entry")).to_contain_text("has lost its key")
    assert await count(page) == 1


async def test_nothing_on_the_phone_can_be_read(service: Service, phone: Any, line: Line) -> None:
    page = await phone()
    await page.evaluate("outbox.keep('clients', { clients: ['Stina Exempel'] }, 12)")
    await put(page, service, "bad", fields=[["client", "nobody"], ["reason", REASON], ["request_id", "bad"]])
    assert (await tried(page, "bad"))["state"] == "asks"
    await put(page, service, "sent", "Åke Provström")
    assert (await tried(page, "sent"))["state"] == "saved"
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await page.goto(f"{line.url}/waiting?lang=en")
    await expect(page.locator(".entry")).to_have_count(2)
    kept = await page.evaluate(EVERYTHING)
    tokens = [cookie.get("value", "") for cookie in await page.context.cookies() if cookie.get("name") != "lang"]
    for secret in ("Stina", "Exempel", "Provstr", "Ropar", "trapphuset", service.clients["Stina Exempel"], *tokens):
        for form in (secret, secret.encode().hex(), secret.encode("utf-16-le").hex()):
            assert form not in kept, secret
    assert "flag-1" in kept  # that it looked at the right thing


EVERYTHING = """async () => {
  const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const flat = (value) =>
    value instanceof CryptoKey ? `key ${value.extractable}`
    : value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? hex(value.buffer ?? value) + new TextDecoder("latin1").decode(value)
    : value && typeof value === "object" ? Object.entries(value).map(([name, one]) => `${name}=${flat(one)}`).join(" ")
    : String(value);
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = [location.href, ...performance.getEntries().map((one) => one.name)];
  for (const { name } of await indexedDB.databases()) {
    const base = await answer(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      const rows = base.transaction(store).objectStore(store);
      found.push(flat(await answer(rows.getAll())), flat(await answer(rows.getAllKeys())));
    }
    base.close();
  }
  found.push(flat({ ...localStorage }), flat({ ...sessionStorage }));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  if (found.join().includes("key true")) throw new Error("a key that can be read out");
  return found.join("\\n");
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_of_what_waits_is_for_everybody(service: Service, phone: Any, line: Line, scheme: str) -> None:
    page = await phone(color_scheme=scheme)
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await tried(page)
    line.fault = Fault.NONE
    await put(page, service, "bad", fields=[["client", "nobody"], ["reason", REASON], ["request_id", "bad"]])
    await tried(page, "bad")
    line.fault = Fault.REFUSED
    await page.goto(f"{line.url}/waiting?lang=en")
    await expect(page.locator(".entry").first).to_be_visible()
    await page.get_by_role("button", name="Throw away …").first.click()
    assert await judged(page) == []
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await judged(page) == []


async def test_a_visit_rated_worse_waits_as_well(service: Service, phone: Any, line: Line, clock: Clock) -> None:
    plan, client = visits.plan_visit, await put_on(service)
    await service.recorder.change(OWN, "lars", plan, client=client, who="anna", day=clock().date(), at=time(10))
    page = await phone(path="/today")
    line.when, line.fault = posts, Fault.CUT_COMING
    await page.locator("form.done button[value=worse]").click()
    await expect(page.locator("#unsent")).to_contain_text("NOT SENT: 1")
    (entry,) = await page.evaluate("outbox.list()")
    assert ["rating", "worse"] in entry["fields"]
    await back_on(page, line)
    await expect(page.locator("#unsent")).to_be_empty()
    assert await rated(service) == 1


async def test_made_before_but_sent_after_others_have_flagged_the_person_is_asked(
    service: Service, phone: Any, line: Line
) -> None:
    page = await phone()
    line.when, line.fault = posts, Fault.REFUSED
    await put(page, service)
    await older(page, 2 * HOUR)
    await service.put_on("Stina Exempel", reason="Lars var där")
    await back_on(page, line)
    await expect(page.locator("#unsent .asks")).to_be_visible()
    await page.locator("#unsent a").click()
    await expect(page.locator(".entry .since")).to_contain_text("Lars")
    await page.get_by_role("button", name="Send it all the same").click()
    await expect(page.locator("#waiting-said")).to_contain_text("Sent and saved")
    assert [one.fact.kind for one in await flags(service)] == ["put_on_board", "flagged_again"]
