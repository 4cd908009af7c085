"""What somebody does on a phone, what happens meanwhile, and how it is put right: tests/phone/storm.py has which."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

from playwright.async_api import Error

from factboard.domain import placement
from factboard.domain.refusal import Refused
from tests.phone.line import Fault, posts
from tests.phone.storm import Act, Hand, Kind, Meanwhile
from tests.phone.world import LOOKED_AT, SHELLS, World, Written
from tests.service import OTHER, OWN

DAY = timedelta(days=1)

# Of these a browser makes no page of ours: it follows the one away, and never finishes the other.
NO_PAGE = (Fault.PORTAL, Fault.CUT_IN_ANSWER)

# Has it been tried, whatever came of it?
TRIED = """(id) => Promise.all([outbox.done(id), outbox.look()]).then(([done, rows]) =>
  done || rows.some((row) => row.id === id && (row.why || row.state === "asks")))"""
PUT = """(id) => Promise.all([outbox.done(id), outbox.look()]).then(([done, rows]) =>
  done || rows.some((row) => row.id === id))"""
OFFERED = "(team) => outbox.recall('clients').then((kept) => kept?.team === team)"
TAPPED = """(button, taps) => {
  while (taps--) button.click();
  return button.form.elements.request_id.value;
}"""
STATE = """async (id) => [
  document.querySelector("#flag-state [data-state]:not([hidden])").dataset.state,
  (await outbox.list()).find((one) => one.id === id)?.state ?? ((await outbox.done(id)) ? "saved" : "lost")]"""
COUNTED = """() => outbox.count().then((count) => {
  const said = [...document.querySelectorAll("#unsent a")].map((one) => Number(one.textContent.match(/\\d+/)));
  return said.reduce((one, other) => one + other, 0) === count;
})"""


async def write(world: World, act: Act, canary: str, client: str) -> Written:
    """Everything but the tap; on the page that the phone keeps, where there is no server already."""
    page, where = world.phone.page, OTHER if act.elsewhere else OWN
    if act.kind is Kind.FLAG:
        await world.open_in(where, "/flag")
        await world.phone.until(SHELLS)  # somebody who writes stays that long
        if act.without_a_server:
            await world.phone.until(OFFERED, arg=where)
            fails(world, act)
            await world.open("/flag")
            assert await page.evaluate("document.body.dataset.shell") == ""
        await page.locator(f"#flag [name=client][value='{client}']").evaluate("(radio) => radio.click()")
        await page.fill("#flag [name=reason]", canary)
        if not await page.locator("#flag [name=category]:checked").count():
            await page.locator("#flag [name=category]").first.check(force=True)
    else:
        with contextlib.suppress(Refused):
            await world.service.recorder.change(
                where,
                "anna",
                placement.put_on_board,
                client=client,
                category="short_intensive",
                reason="Sover inte",
            )
        await world.open_in(where, f"/clients/{client}/{'rate' if act.kind is Kind.WORSE else 'keep'}")
        if act.kind is Kind.WORSE:
            await page.check("main [name=rating][value=worse]", force=True)
            await page.check("main [name=basis][value=seen]", force=True)
        else:
            await page.fill("main [name=reason]", canary)
    one = Written(act, "", canary, client, where, world.clock())
    world.written.append(one)
    return one


def fails(world: World, act: Act) -> None:
    world.line.when = (lambda method, path: True) if act.all_of_it and act.fault not in NO_PAGE else posts
    world.line.fault = act.fault


async def tap(world: World, one: Written) -> None:
    page, act = world.phone.page, one.act
    fails(world, act)
    taps = 2 if act.hand is Hand.DOUBLE_TAP else 1
    button = page.locator("#flag .send .primary, main form[data-outbox]:not(#flag) button.primary").first
    one.id = await button.evaluate(TAPPED, taps)
    await world.phone.until(PUT, arg=one.id)
    if act.fault is Fault.BLACK_HOLE and act.hand not in (Hand.KILLS, Hand.CLOSES):
        world.line.fault = Fault.REFUSED  # the hole is left
    match act.hand:
        case Hand.STAYS | Hand.DOUBLE_TAP:
            await world.phone.until(TRIED, arg=one.id)
            await shows(world, one)
        case Hand.CLOSES:
            world.phone.page = await world.phone.context.new_page()
            await page.close()
        case Hand.KILLS:
            await world.phone.kill()
            await world.phone.on()
        case Hand.RELOADS:
            with contextlib.suppress(Error):
                await page.reload(wait_until="domcontentloaded")
        case Hand.GOES_BACK:
            with contextlib.suppress(Error):
                await page.go_back(wait_until="domcontentloaded")
        case Hand.TRIES_AGAIN:
            with contextlib.suppress(Error):
                await world.open("/waiting")
                for again in await page.query_selector_all(".entry button[value=try]"):
                    with contextlib.suppress(Error):
                        await again.click(timeout=300)


async def shows(world: World, one: Written) -> None:
    """The page says of it what is so."""
    if one.act.kind is Kind.FLAG:
        await world.phone.until("document.querySelector('#flag-state [data-state]:not([hidden])') !== null")
        shown, now = await world.phone.page.evaluate(STATE, one.id)
        assert shown == now
    await counted(world)


async def counted(world: World) -> None:
    """The banner counts all that waits. What is just being sent speaks for itself."""
    await world.phone.until(COUNTED, 12)


# --- meanwhile --------------------------------------------------------------------------------------------


async def happens(world: World, one: Written) -> None:
    world.line.fault = Fault.NONE if one.act.fault is Fault.NONE else Fault.REFUSED
    world.line.when = posts  # pages can be had; nothing can be sent
    await world.open("/waiting")
    change, lead = world.service.recorder.change, "lars" if one.team == OWN else "ingrid"
    match one.act.meanwhile:
        case Meanwhile.AN_HOUR:
            await world.passes(timedelta(hours=1))
        case Meanwhile.CLOCK_WAS_AHEAD | Meanwhile.CLOCK_WAS_BEHIND as way:
            await world.clock_was(DAY if way is Meanwhile.CLOCK_WAS_AHEAD else -DAY)
        case Meanwhile.SESSION_OVER:
            await world.phone.context.clear_cookies(name="factboard")
            world.line.fault = Fault.NONE
            await waits_for_them(world, "/waiting")
        case Meanwhile.SOMEBODY_ELSE:
            await world.sign_in("lars")
            world.line.fault = Fault.NONE
            await waits_for_them(world, "/board")
        case Meanwhile.OTHER_TEAM:
            await world.sign_in("anna")
            world.line.fault = Fault.NONE
            await world.open_in(OWN if one.team == OTHER else OTHER, "/board")
        case Meanwhile.COLLEAGUE_FLAGS | Meanwhile.COLLEAGUE_RETURNS as what:
            await world.passes(timedelta(minutes=2))
            with contextlib.suppress(Refused):
                if what is Meanwhile.COLLEAGUE_FLAGS:
                    told: dict[str, Any] = {"category": "short_intensive", "reason": "Ringde själv"}
                    await change(one.team, lead, placement.put_on_board, client=one.client, **told)
                else:
                    rule = placement.return_to_planned_care
                    await change(one.team, lead, rule, client=one.client, reason="Mår bra")
            await world.passes(timedelta(minutes=2))
        case Meanwhile.RESTART:
            await world.stop()
            with contextlib.suppress(Error):
                await world.phone.page.goto(f"{world.line.url}/board")
            await world.start()
            await world.open("/board")
        case Meanwhile.SECOND_TAB:
            world.line.fault = Fault.NONE
            other = await world.phone.context.new_page()
            for page in (other, world.phone.page):
                with contextlib.suppress(Error):
                    await page.goto(f"{world.line.url}/waiting", wait_until="commit")
            await world.phone.until(LOOKED_AT)
            await other.close()


async def waits_for_them(world: World, path: str) -> None:
    """Nobody, or somebody else, is signed in: what waits stays, and is shown, however often it is tried."""
    await world.open(path)
    count = await world.phone.page.evaluate("outbox.count()")
    await world.phone.page.evaluate("outbox.tryAll()")
    assert await world.phone.page.evaluate("outbox.count()") == count
    await counted(world)


# --- and in the end ---------------------------------------------------------------------------------------


async def recover(world: World) -> None:
    """The coverage is back, and whoever wrote it signs in: it is sent by itself. Then what needs it is decided."""
    world.line.fault = Fault.NONE
    await world.sign_in("anna")
    await world.open("/")  # as signing in leads there
    still = "() => outbox.look().then((rows) => rows.every((row) => row.state === 'asks'))"
    await world.phone.until(f"() => {{ dispatchEvent(new Event('online')); return ({still})(); }}", 20)
    left = await world.phone.page.evaluate("outbox.list()")
    if left:
        await world.open("/waiting")
    for row in left:
        one = next(one for one in world.written if one.id == row["id"])
        await decide(world, one, bool(row["problem"]["anyway"]) and not one.act.throws_away)
    await world.phone.until("() => outbox.count().then((count) => count === 0)")
    await counted(world)


async def decide(world: World, one: Written, anyway: bool) -> None:
    entry = world.phone.page.locator(f".entry[data-id='{one.id}']")
    if anyway:
        await entry.locator("button[value=anyway]").click()
    else:
        one.gone = True
        await entry.locator("button[value=throw]").click()
        await entry.locator("button[value=gone]").click()
    await entry.wait_for(state="detached")
