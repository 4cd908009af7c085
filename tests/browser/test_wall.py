"""The wall in a real browser: every name can be read from five metres, and nothing is pushed off the screen.

The picture is the frame itself, in a page of its own with the wall's style; how it travels is tested with the screens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Route

from factboard.assets import asset_dir
from factboard.domain import events as e
from factboard.domain import visits
from factboard.domain.state import (
    Action,
    Admission,
    Announced,
    Client,
    Contact,
    CrisisPlan,
    FollowUp,
    Item,
    Kept,
    Legal,
    Line,
    Meeting,
    PastStay,
    Paused,
    PlannedContact,
    Rating,
    Stay,
    Team,
    Visit,
)
from factboard.domain.wall import Wall, wall
from factboard.web.pages import render
from tests.browser.conftest import NewPage
from tests.browser.test_look import judged
from tests.domain.given import NOW, TEAM, TODAY

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SCREEN = {"width": 1920, "height": 1080}
SHOTS: Path | None = None  # a folder to look at the pictures in

FIRST = (
    "Aleksanteri",
    "عبد الرحمن",
    "Stina",
    "Åke",
    "Annikki-Helena",
    "محمد",
    "Hilja-Maria",
    "Bo",
    "فاطمة الزهراء",
    "Veikko",
)
SURNAMES = ("Hämäläinen-Kauppinen", "الحسيني", "Exempel", "Öberg", "Wuoristo", "بن علي", "Testberg")
STAFF = ("Anna", "Lars", "Mariam", "Jukka-Pekka", "Gunvor", "Ali", "Therese", "Bosse", "Siv", "Olga", "Nils", "Eva")
WHY = (
    "Har inte sovit på fyra nätter och ringer om nätterna, grannen har hört av sig två gånger",
    "Slutat med medicinen",
    "لا ينام منذ أسبوع ويخاف من الجيران",
    "Orolig inför flytten, drar sig undan sin syster som brukar vara den som når fram",
)
TEAM_OF_TWELVE = replace(
    TEAM,
    members={name.lower(): e.Member(name.lower(), name.lower(), f"{name} Test", e.Role.CLINICIAN) for name in STAFF},
    duty={TODAY: "anna"},
)


def people(count: int) -> list[Client]:
    """So many clients on the board, in every kind of trouble; and some whom the wall shows beside it."""
    found = [on_the_way_back(number) if number % 6 == 3 else on_board(number) for number in range(count)]
    left = PastStay("p", NOW - 40 * DAY, NOW - 9 * DAY, "short_intensive")
    met = (FollowUp(TODAY - 2 * DAY, "anna", left.ended), FollowUp(TODAY, None, left.ended), None)
    found += [replace(planned(500 + number), past=(left,), follow_up=met[number]) for number in range(3)]
    return found


def planned(number: int) -> Client:
    name = e.Details(
        SURNAMES[number % 7],
        FIRST[number % 10],
        birth_date=date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
        protected=number % 23 == 5,
    )
    return Client(f"c{number:03}", 1000 + number, name)


def on_board(number: int) -> Client:
    codes = list(TEAM.categories)[:7]
    since = NOW - (number * 7 % 90) * DAY - 2 * HOUR
    who = [name.lower() for name in STAFF]
    levels = (e.Rating.WORSE, e.Rating.UNCHANGED, e.Rating.BETTER, e.Rating.USUAL)
    ratings = tuple(
        Rating(50 + step, levels[(number + step) % 4], e.Basis.SEEN, who[number % 12], at, at)
        for step in range(number % 5)
        if (at := NOW - (5 - step) * DAY)
    )
    contacts = tuple(
        Contact(60 + step, e.ContactKind.HOME, who[(number + step) % 12], (), at, at, "")
        for step in range(number % 4)
        if (at := NOW - (4 - step) * DAY)
    )
    visit = Visit(900, who[(number * 5) % 12], TODAY + number % 5 * DAY, time(10, 30) if number % 2 else None, "")
    stay = Stay(
        placement="p",
        since=since,
        put_on_by="lars",
        category=codes[number % 7],
        reason=WHY[number % 4],
        warning_signs=("Sover dåligt", "Drar sig undan, svarar inte"),
        needed="Dagliga besök och samtal med systern, avstämning med boendestödet",
        informed=e.Informed.YES,
        source=e.Source.TEAM,
        review_by=TODAY + (number % 9 - 2) * DAY,
        flagged_at=since,
        flagged_by="lars",
        flagged_seq=7,
        taken_by=None if number % 11 == 0 else "anna",
        taken_at=NOW,
        ratings=ratings,
        actions=(Action("a1", 8, "Ring närstående om helgen", "anna", TODAY, number % 6 == 0),)
        if number % 4 == 0
        else (),
    )
    return replace(
        planned(number),
        stay=stay,
        contacts=contacts,
        visits=(visit,) if number % 3 else (),
        admission=Admission("PIVA 12", TODAY - 6 * DAY, TODAY + 8 * DAY, "", NOW - 6 * DAY)
        if number % 10 == 4
        else None,
        legal=(Legal("l", "Öppen psykiatrisk tvångsvård", TODAY, TODAY + number * DAY, ""),)
        if number % 12 == 7
        else (),
        crisis_plan=CrisisPlan(TODAY - 3 * DAY, "anna", True) if number % 2 else None,
    )


def on_the_way_back(number: int) -> Client:
    """Well for weeks: announced, upheld for today, ready or kept on, by turns."""
    known = on_board(number)
    assert known.stay
    days = [(day, STAFF[(number + day) % 12].lower(), NOW - day * DAY - HOUR) for day in (24, 20, 12, 6, 4, 3, 2, 1, 0)]
    ratings = tuple(Rating(50 + day, e.Rating.USUAL, e.Basis.SEEN, who, at, at) for day, who, at in days)
    contacts = tuple(Contact(60 + day, e.ContactKind.HOME, who, (), at, at, "") for day, who, at in days)
    announced = Announced(9, NOW - DAY, "anna", "m0", e.Mode.AUTOMATIC, NOW, e.Informed.YES, "Det känns bra")
    due = replace(announced, upheld="m1", due=NOW + 3 * HOUR)
    ends: list[dict[str, Any]] = [
        {"announced": announced},
        {"announced": due, "review_by": TODAY - 5 * DAY},
        {},
        {"kept": Kept(TODAY + 5 * DAY, "Flyttar på lördag", "lars", NOW), "holds": 2},
    ]
    began = NOW - 30 * DAY
    stay = replace(known.stay, category="short_intensive", since=began, flagged_at=began, ratings=ratings, actions=())
    return replace(
        known,
        details=replace(known.details, case_manager="anna", protected=False),
        stay=replace(stay, **({"taken_by": "anna", "review_by": TODAY + 9 * DAY} | ends[number // 6 % 4])),
        contacts=contacts,
        admission=None,
        legal=(),
        crisis_plan=CrisisPlan(TODAY - 3 * DAY, "anna", True),
        planned=PlannedContact("lars", 14, TODAY + 5 * DAY, "anna", NOW),
    )


def in_every_trouble() -> Client:
    """Somebody of whom there is more to say than any wall has room for."""
    known = on_board(17)
    assert known.stay
    long = "Ring systern och boendestödet i god tid och säg vad som är bestämt om medicinen och om helgen. " * 2
    later = [Visit(900 + day, "anna", TODAY + day * DAY, time(9), "", "jukka-pekka") for day in range(6)]
    tasks = [Action(f"a{number}", number, long, "jukka-pekka", TODAY + DAY, True) for number in range(6)]
    stay = replace(known.stay, reason=long * 3, warning_signs=WHY * 2, needed=long, actions=tuple(tasks))
    known_as = replace(known.details, first_name="Aleksanteri", warnings=long)
    kept = Admission("Psykiatrisk akutvårdsavdelning 12, Sahlgrenska", TODAY, TODAY + 8 * DAY, "", NOW)
    laws = tuple(Legal(f"l{number}", "Öppen psykiatrisk tvångsvård", TODAY, TODAY + DAY, "") for number in range(2))
    return replace(known, details=known_as, stay=stay, visits=tuple(later), admission=kept, legal=laws)


def everything() -> Wall:
    clients = [in_every_trouble() if one.id == "c017" else one for one in people(30)]
    held = meeting(clients, "c017")
    noted = held.item("c017")
    lines = tuple(replace(noted.lines[0], seq=number, text=noted.lines[0].text * 4) for number in range(7))
    items = held.items | {"c017": replace(noted, lines=lines)}
    return wall(TEAM_OF_TWELVE, clients, NOW, meeting=replace(held, items=items))


def meeting(clients: Sequence[Client], focus: str | None) -> Meeting:
    """Half-way through, with what somebody noted about the client in focus."""
    agenda = tuple(e.AgendaItem(client.id, e.AgendaGroup.REST) for client in clients if client.stay)
    done = {item.client: Item(item.client, NOW, "anna") for item in agenda[: len(agenda) // 2]}
    lines = tuple(
        Line(
            number,
            part,
            "Ny dos från torsdag; Jukka-Pekka går med första gången och ringer systern efteråt",
            "lars",
            NOW,
        )
        for number, part in enumerate(e.NotePart)
    )
    noted = {focus: Item(focus, lines=lines)} if focus else {}
    return Meeting(
        "m", 1, 1, NOW, NOW + HOUR, None, "anna", None, ("anna", "lars"), agenda, focus, NOW, done | noted
    )  # fmt: skip


def frame(shown: Wall, team: Team = TEAM_OF_TWELVE, language: str = "sv", now: datetime = NOW) -> str:
    return render("wall/view.html", language, team=team, wall=shown, now=now)


async def hung(page: Page, html: str, theme: str = "light", body: str = "is-live", line: str = "Live") -> None:
    """The frame on a screen of its own."""
    static = asset_dir("static")
    styles = "".join(f"<style>{(static / name).read_text()}</style>" for name in ("tokens.css", "base.css", "wall.css"))
    sprite = (asset_dir("templates") / "macros" / "sprite.html").read_text().split("-#}", 1)[1]
    await page.set_content(
        f'<!doctype html><html lang="sv" data-theme="{theme}"><head><title>Tavlan</title>{styles}</head>'
        f'<body class="wall-page {body}">{sprite}<p id="live-state" role="status">{line}</p>'
        f'<main id="view">{html}</main></body></html>'
    )


MEASURED = """() => {
  const wrong = [];
  const said = (node) => (node.closest("[id]")?.id ?? "") + " " + node.textContent.trim().slice(0, 30);
  for (const name of document.querySelectorAll(".client")) {
    const size = parseFloat(getComputedStyle(name).fontSize);
    if (size < 28) wrong.push(`${size} px: ${said(name)}`);
    for (const part of name.querySelectorAll(".first, .tail")) {
      if (part.scrollWidth > part.clientWidth + 1 && part.clientWidth) wrong.push(`cut: ${said(part)}`);
      const a = part.getBoundingClientRect(), b = name.parentElement.getBoundingClientRect();
      if (a.right > b.right + 1 || a.left < b.left - 1) wrong.push(`pushed out: ${said(part)}`);
    }
  }
  for (const line of document.querySelectorAll(".wall h1, .wall h2, .wall p, .wall li, .wall dd, .wall .pill")) {
    const box = line.getBoundingClientRect();
    if (!box.height) continue;
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) wrong.push(`off the screen: ${said(line)}`);
    const around = line.closest(".tile, .mini, .list, .focus, .wall-head");
    const edge = around?.getBoundingClientRect();
    const out = edge && (box.bottom > edge.bottom + 1 || box.right > edge.right + 1);
    if (out) wrong.push(`out of its box: ${said(line)}`);
    if (line.closest(".side")?.getBoundingClientRect().bottom > innerHeight + 1) wrong.push("the side is too long");
  }
  for (const line of document.querySelectorAll(".tile .where, .tile .marks, .tile .flow, .wall-head")) {
    if (line.scrollWidth > line.clientWidth + 1) wrong.push(`cut unsaid: ${said(line)}`);
  }
  const page = document.documentElement;
  if (page.scrollHeight > innerHeight || page.scrollWidth > innerWidth) wrong.push("it scrolls");
  return [...new Set(wrong)];
}"""


async def on_the_wall(new_page: NewPage, shown: Wall, team: Team = TEAM_OF_TWELVE, **more: Any) -> Page:
    page = await new_page(viewport=more.pop("viewport", SCREEN))
    await hung(page, frame(shown, team, more.pop("language", "sv"), more.pop("now", NOW)), **more)
    return page


AFTERNOON, NIGHT = NOW + 5 * HOUR, NOW + 12 * HOUR
PAUSED = replace(TEAM_OF_TWELVE, paused=Paused(e.Pause.MANY, NOW, 6, 20))
WALLS: dict[str, Callable[[], Wall]] = {
    "nobody": lambda: wall(TEAM_OF_TWELVE, [], NOW),
    "one": lambda: wall(TEAM_OF_TWELVE, people(1), NOW),
    "12": lambda: wall(TEAM_OF_TWELVE, people(12), NOW),
    "20": lambda: wall(TEAM_OF_TWELVE, people(20), NOW),
    "30": lambda: wall(TEAM_OF_TWELVE, people(30), NOW),
    "30 in the afternoon": lambda: wall(TEAM_OF_TWELVE, people(30), AFTERNOON),
    "30 at night": lambda: wall(TEAM_OF_TWELVE, people(30), NIGHT),
    "40": lambda: wall(TEAM_OF_TWELVE, people(40), NOW),
    "60": lambda: wall(TEAM_OF_TWELVE, people(60), NOW),
    "75 on two pages": lambda: wall(TEAM_OF_TWELVE, people(75), NOW),
    "in focus, of 30": lambda: wall(TEAM_OF_TWELVE, people(30), NOW, meeting=meeting(people(30), "c017")),
    "in focus, of 60": lambda: wall(TEAM_OF_TWELVE, people(60), NOW, meeting=meeting(people(60), "c040")),
    "in focus, on the way back": lambda: wall(TEAM_OF_TWELVE, people(30), NOW, meeting=meeting(people(30), "c003")),
    "in focus, not met after a return": lambda: wall(
        TEAM_OF_TWELVE, people(30), NOW, meeting=meeting(people(30), "c500")
    ),
    "in focus, with more to say than there is room": everything,
    "the last round": lambda: wall(
        TEAM_OF_TWELVE,
        people(30),
        NOW,
        meeting=meeting(people(30), None),
        caseload=[*people(30), *map(planned, range(600, 640))],
    ),
}


JUDGED = (
    "nobody",
    "30",
    "60",
    "in focus, of 30",
    "in focus, on the way back",
    "the last round",
)  # by axe, unless all are
WAYS = (("sv", "light"), ("en", "dark"))


@pytest.mark.parametrize("which", WALLS)
async def test_a_wall_is_legible_from_five_metres(new_page: NewPage, which: str, full: bool) -> None:
    place = list(WALLS).index(which)
    for language, theme in WAYS if full else [WAYS[place % 2]]:
        page = await on_the_wall(new_page, WALLS[which](), language=language, theme=theme)
        assert await page.evaluate(MEASURED) == []
        if full or which in JUDGED:
            assert await judged(page) == []


@pytest.mark.parametrize("which", ["30", "in focus, of 30"])
@pytest.mark.parametrize(
    "viewport", [{"width": 390, "height": 844}, {"width": 1280, "height": 800}, {"width": 3840, "height": 2160}]
)
async def test_a_wall_fits_other_screens_too(new_page: NewPage, which: str, viewport: dict[str, int]) -> None:
    page = await on_the_wall(new_page, WALLS[which](), viewport=viewport)
    assert await judged(page) == []


@pytest.mark.parametrize("count", [12, 30, 40, 60])
def test_whom_nobody_goes_to_is_marked_on_every_tile_and_beside_the_one_in_focus(count: int) -> None:
    clients = people(count)
    gaps = {gap.client.id for gap in visits.uncovered(TEAM_OF_TWELVE, clients, NOW)}
    assert any(one.visits for one in clients if one.id in gaps), "some have a later visit"
    tiles = frame(wall(TEAM_OF_TWELVE, clients, NOW), language="en").split('<article class="tile')[1:]
    marked = {
        tile.split('id="tile-')[1].split('"')[0] for tile in tiles if "Nobody goes" in tile.split("</article>")[0]
    }
    assert marked == gaps
    focus = sorted(gaps)[0]
    held = frame(wall(TEAM_OF_TWELVE, clients, NOW, meeting=meeting(clients, focus)), language="en")
    minis = held.split('<li class="mini')[1:]
    assert {mini.split('id="mini-')[1].split('"')[0] for mini in minis if "nobody goes" in mini} == gaps
    assert held.split('id="mini-board"')[0].count("Nobody goes") == 2, "in the pills, and with the visits"


@pytest.mark.parametrize("count", [12, pytest.param(30, marks=pytest.mark.full), 60])
async def test_that_returns_are_paused_stands_across_the_wall(new_page: NewPage, count: int) -> None:
    clients = people(count)
    for shown in (
        wall(PAUSED, clients, NOW),
        wall(PAUSED, clients, NOW, meeting=meeting(clients, "c003")),
        wall(PAUSED, clients, NOW + 10 * HOUR, outside=e.OutsideMeeting.COUNTS),
    ):
        page = await on_the_wall(new_page, shown, PAUSED, language="en" if count > 12 else "sv")
        assert await page.evaluate(MEASURED) == []
        banner = page.locator("#wall-paused b")
        assert await banner.is_visible()
        assert float((await banner.evaluate("node => getComputedStyle(node).fontSize")).removesuffix("px")) >= 28
        if count > 12:
            assert "returns today" not in await page.inner_text("#view"), "nobody does"
    await page.context.close()


@pytest.mark.parametrize("count", [12, 30, 60])
def test_what_stands_out_is_said_on_the_tile_or_counted(count: int) -> None:
    shown = wall(TEAM_OF_TWELVE, people(count), NOW)
    tiles = frame(shown, language="en").split('<article class="tile')[1:]
    for tile, html in zip(shown.tiles, tiles, strict=True):
        marks = html.partition('<p class="marks">')[2].partition("</p>")[0]
        said = marks.count('class="pill ') - marks.count("pill rest") - marks.count("pill loud")
        left_out = int(marks.partition('rest">+')[2].partition("<")[0] or 0)
        assert said + left_out == len(tile.marks)
        assert said or not tile.marks or tile.gap, "the most pressing is never the one left out"
        assert "mark-returns" in marks or not tile.goes_home, "nobody goes home unseen behind a number"


def waited(client: Client) -> Client:
    """Flagged by a phone that had no coverage for an hour."""
    stay = client.stay and replace(client.stay, flagged_made=client.stay.flagged_at - HOUR)
    return replace(client, stay=stay)


@pytest.mark.parametrize("count", [12, pytest.param(30, marks=pytest.mark.full), 60])
@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.full)])
async def test_a_flag_that_waited_says_both_times_where_there_is_room_and_never_instead_of_that_nobody_has_it(
    new_page: NewPage, count: int, language: str
) -> None:
    usual = wall(TEAM_OF_TWELVE, people(count), NOW)
    late = wall(TEAM_OF_TWELVE, [waited(one) for one in people(count)], NOW)
    for name in ("mark-untaken", "alarm-untaken", "alarm-tonight", "mark-returns"):
        assert frame(late, language=language).count(name) == frame(usual, language=language).count(name), name
    assert {"sv": "skrevs", "en": "written"}[language] in frame(late, language=language)
    page = await on_the_wall(new_page, late, language=language)
    assert await page.evaluate(MEASURED) == []
    await page.context.close()


async def test_a_wall_of_numbers_and_a_blank_one_name_nobody(new_page: NewPage) -> None:
    evening = NOW + 10 * HOUR
    numbers = wall(TEAM_OF_TWELVE, people(30), evening, outside=e.OutsideMeeting.COUNTS)
    blanked = replace(TEAM_OF_TWELVE, blank=True)
    for shown, team in ((numbers, TEAM_OF_TWELVE), (wall(blanked, people(30), NOW), blanked)):
        page = await on_the_wall(new_page, shown, team, theme="dark")
        assert await judged(page) == []
        assert await page.evaluate(MEASURED) == []
        assert await page.locator(".client").count() == 0
        said = await page.inner_text("#view")
        assert not [name for name in FIRST if name in said]


@pytest.mark.parametrize("state", ["late", "frozen"])
async def test_a_wall_that_may_be_wrong_says_so_across_the_room(new_page: NewPage, state: str) -> None:
    page = await on_the_wall(new_page, WALLS["30"](), body=f"is-{state}", line="Inte live sedan 09:41")
    assert await page.evaluate(MEASURED) == []
    line = page.locator("#live-state")
    box = await line.bounding_box()
    assert box is not None
    assert box["width"] == SCREEN["width"]
    assert float((await line.evaluate("node => getComputedStyle(node).fontSize")).removesuffix("px")) >= 40
    grey = await page.locator("#wall").evaluate("node => getComputedStyle(node).filter")
    assert ("grayscale" in grey) == (state == "frozen")


async def test_the_page_on_show_is_said_in_words(new_page: NewPage) -> None:
    page = await on_the_wall(new_page, WALLS["75 on two pages"](), language="en")
    assert "of 2, 75 on the board" in await page.inner_text("#wall-page")


async def with_script(new_page: NewPage) -> tuple[Page, list[str]]:
    """A wall with its script, at an address of its own; and what it has posted."""
    page, posted = await new_page(viewport=SCREEN), []

    async def answer(route: Route) -> None:
        if route.request.method == "POST":
            posted.append(route.request.url)
            await route.fulfill(status=200, content_type="application/json", body="{}")
        else:
            await route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Tavlan</title>")

    await page.route("http://127.0.0.1:9/**", answer)
    await page.goto("http://127.0.0.1:9/wall")
    await page.evaluate(
        """() => {
          document.body.innerHTML = `<main id="view"><data id="theme" value="dark" hidden></data></main>
            <form data-blank method="post" action="/wall/blank"><input name="request_id" value="r1"></form>
            <input id="field">`;
          window.asked = 0;
          const request = async () => (window.asked++, { released: false });
          Object.defineProperty(navigator, "wakeLock", { value: { request } });
        }"""
    )
    await page.add_script_tag(path=str(asset_dir("static") / "wall.js"))
    return page, posted


async def test_the_page_takes_the_theme_of_each_frame(new_page: NewPage) -> None:
    page, _ = await with_script(new_page)
    theme = "document.documentElement.dataset.theme"
    assert await page.evaluate(theme) == "dark"
    await page.evaluate("document.getElementById('theme').setAttribute('value', 'light')")
    assert await page.evaluate(f"Promise.resolve().then(() => {theme})") == "light"
    await page.evaluate("document.getElementById('view').innerHTML = '<data id=\"theme\" value=\"dark\"></data>'")
    assert await page.evaluate(f"Promise.resolve().then(() => {theme})") == "dark"


async def test_the_screen_is_kept_awake(new_page: NewPage) -> None:
    page, _ = await with_script(new_page)
    assert await page.evaluate("window.asked") == 1


async def test_the_picture_moves_a_few_pixels_each_minute_and_never_off_the_screen(new_page: NewPage) -> None:
    page = await new_page(viewport=SCREEN)
    await page.clock.install(time=NOW)
    await page.set_content('<main id="view"></main>')
    await page.add_script_tag(path=str(asset_dir("static") / "wall.js"))
    places = set()
    for _ in range(8):
        places.add(await page.evaluate("document.getElementById('view').style.translate"))
        await page.clock.run_for(60_000)
    assert len(places) == 8
    moved = [float(part.removesuffix("px")) for place in places for part in place.split()]
    assert 2 <= max(map(abs, moved)) <= 6


async def test_b_blanks_every_wall_but_not_while_somebody_types(new_page: NewPage) -> None:
    page, posted = await with_script(new_page)
    await page.focus("#field")
    await page.keyboard.press("b")
    await page.locator("#field").evaluate("node => node.blur()")
    await page.keyboard.press("Control+b")
    assert posted == []
    async with page.expect_response("**/wall/blank") as answered:
        await page.keyboard.press("b")
    assert (await answered.value).ok
    assert posted == ["http://127.0.0.1:9/wall/blank"]
