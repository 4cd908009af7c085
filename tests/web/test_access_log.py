"""`/access-log`: looks found again by day, person, client and kind; the extract that a client may ask for."""

from __future__ import annotations

import ast
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from factboard.domain import enrolment
from factboard.domain.events import Details
from factboard.domain.people import alias
from factboard.storage import access
from factboard.storage.access import Look
from factboard.storage.codec import instant_to_text
from factboard.web.access_log.said import DONE, VIEWS
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import typed, words

PACKAGE = Path(__file__).parents[2] / "factboard"


@pytest_asyncio.fixture
async def maria(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """The team's auditor."""
    async with service.person("maria", "en") as client:
        yield client


async def looked(service: Service, clock: Clock, *looks: tuple[float, str, str, str, tuple[str, ...]]) -> None:
    """(hours ago, who, how, what, whom) as the log keeps them."""
    rows = []
    for ago, actor, action, view, whom in looks:
        at = instant_to_text(clock.now.__class__.fromtimestamp(clock.now.timestamp() - ago * 3600, clock.now.tzinfo))
        rows += [Look(at, OWN, actor, action, view, service.clients.get(name)) for name in whom]
    async with service.app.state.store.writing() as connection:
        await access.append(connection, rows)


def codes(service: Service, *names: str) -> list[str]:
    return [alias(service.clients[name]) for name in names]


async def test_a_look_is_one_line_with_everybody_on_it(service: Service, clock: Clock, maria) -> None:
    await looked(
        service,
        clock,
        (2, "anna", "read", "board", ("Stina Exempel", "Åke Provström")),
        (1, "lars", "export", "sheet", ("Stina Exempel",)),
    )
    page = await maria.get("/access-log")
    said = words(page)
    assert said.index("Lars Test (Team lead, Team Kusten) printed a sheet") < said.index(
        "Anna Test (Clinician, Team Kusten) looked at the board"
    )
    for known in codes(service, "Stina Exempel", "Åke Provström"):
        assert f"patient {known}" in said
    assert "Stina" not in page.text


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"person": "anna"}, {"board"}),
        ({"client": "Åke Provström"}, {"board"}),
        ({"view": "sheet"}, {"sheet"}),
        ({"action": "export"}, {"sheet"}),
        ({"first": "2026-11-23"}, {"board", "sheet"}),
        ({"last": "2026-11-22"}, {"client"}),
        ({"first": "2026-11-22", "last": "2026-11-22", "person": "lars"}, set()),
    ],
    ids=lambda one: str(sorted(one)) if isinstance(one, set) else str(one),  # the same in each process
)
async def test_each_filter_finds_its_own(service: Service, clock: Clock, maria, asked, shown) -> None:
    await looked(
        service,
        clock,
        (24, "anna", "read", "client", ("Stina Exempel",)),
        (2, "anna", "stream", "board", ("Stina Exempel", "Åke Provström")),
        (1, "lars", "export", "sheet", ("Stina Exempel",)),
    )
    if "client" in asked:
        asked = asked | {"client": codes(service, asked["client"])[0].lower()}
    said = words(await maria.get("/access-log", params=asked))
    told = {"board": "by itself: the board", "sheet": "printed a sheet", "client": "looked at the page about one"}
    # what was seen in order to find it stands in the log too, and is left out here
    wanted = shown | ({"client"} if asked == {"person": "anna"} else set())
    assert {view for view, word in told.items() if word in said} == wanted


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"first": "igår"}, "first"),
        ({"first": "2026-11-23", "last": "2026-11-22"}, "last"),
        ({"person": "olle"}, "person"),
        ({"client": "ZZZZ"}, "client"),
        ({"client": "\x00'"}, "client"),
        ({"view": "attic"}, "view"),
        ({"action": "steal"}, "action"),
    ],
    ids=str,
)
async def test_what_cannot_be_meant_is_told_beside_its_field_and_kept(service: Service, maria, asked, field) -> None:
    page = await maria.get("/access-log", params=asked)
    assert page.status_code == 422
    assert f'id="e-{field}"' in page.text


async def test_files_of_the_history_are_asked_for_together(service: Service, clock: Clock, maria) -> None:
    await looked(
        service,
        clock,
        (3, "anna", "exported", "history.csv", ("Stina Exempel",)),
        (2, "lars", "exported", "history.xlsx", ("Stina Exempel",)),
        (1, "anna", "read", "client", ("Stina Exempel",)),
    )
    page = await maria.get("/access-log")
    offered = re.findall(r'<option value="([^"]*)"[^>]*>The history as a file</option>', page.text)
    assert len(offered) == 1
    said = words(await maria.get("/access-log", params={"view": offered[0]}))
    assert said.count("took out on paper or as a file: the history as a file") == 2
    assert "looked at the page" not in said


async def test_page_by_page_no_look_is_lost_or_shown_twice(service: Service, clock: Clock, maria) -> None:
    hours = [n / 100 for n in range(1, 131)]
    await looked(service, clock, *((n, "anna", "read", "client", ("Stina Exempel",)) for n in hours))
    seen, address = 0, "/access-log?person=anna"
    for _ in range(5):
        page = (await maria.get(address)).text
        seen += page.count("looked at the page about one patient")
        if "&amp;before=" not in page:
            break
        address = page.split(">Older<")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert seen == 130


async def test_who_reads_the_log_is_in_it(service: Service, clock: Clock, maria) -> None:
    await looked(service, clock, (1, "anna", "read", "client", ("Stina Exempel",)))
    await maria.get("/access-log")
    await service.app.state.access.flush()
    async with service.app.state.store.reading() as connection:
        newest = (await access.read(connection, OWN, limit=1))[0]
    assert (newest.actor, newest.view, newest.client) == ("maria", "access_log", service.clients["Stina Exempel"])


async def test_the_extract_tells_offices_and_times_and_no_names(service: Service, clock: Clock, maria) -> None:
    await looked(
        service,
        clock,
        (30, "anna", "read", "client", ("Stina Exempel", "Åke Provström")),
        (2, "anna", "read", "board", ("Stina Exempel",)),
        (1, "anna", "read", "board", ("Stina Exempel",)),
        (1, "lars", "read", "client", ("Stina Exempel",)),
    )
    client = service.clients["Stina Exempel"]
    page = words(await maria.get(f"/access-log/clients/{client}"))
    assert "07:40, 08:40 Person 1 (Clinician) looked at the board" in page
    assert "08:40 Person 2 (Team lead) looked at the page about you" in page
    assert "Team Kusten" in page
    assert "Anna" not in page
    assert "Åke" not in page
    await service.app.state.access.flush()
    rows = (await maria.get(f"/access-log/clients/{client}/extract.csv")).content.decode("utf-8-sig").splitlines()
    assert rows[0] == 'Day,Time,Unit,Person no.,"Profession, employer",What was done'
    assert rows[1] == "2026-11-22,03:40,Team Kusten,1,Clinician,looked at the page about you"
    assert len(rows) == 1 + 4 + 2  # the head, four looks, the page that was just read and this file
    await service.app.state.access.flush()
    async with service.app.state.store.reading() as connection:
        newest = (await access.read(connection, OWN, limit=1))[0]
    assert (newest.action, newest.view, newest.client) == ("export", "access_extract", client)


async def test_a_masked_auditor_finds_by_code_and_not_by_name(service: Service, maria) -> None:
    [known] = codes(service, "Stina Exempel")
    by_code = (await maria.post("/access-log/clients", data={"q": known})).text
    by_name = (await maria.post("/access-log/clients", data={"q": "Stina"})).text
    assert f"/access-log/clients/{service.clients['Stina Exempel']}" in by_code
    assert f"<small>{known}</small>" in by_code, "one length of code on every page"
    assert "Nobody was found" in by_name


async def test_a_routine_check_is_drawn_judged_and_written_down(service: Service, clock: Clock, maria) -> None:
    """Sunday's look at somebody else's client is drawn by rule; everything is judged, or nothing is written."""
    await looked(service, clock, (24, "anna", "read", "client", ("Stina Exempel",)))
    days = {"first": "2026-11-16", "last": "2026-11-22", "seed": "frö"}
    page = await maria.get("/access-log/check", params=days)
    assert "Outside working hours, and not on duty" in words(page)
    [look] = re.findall(r'name="drawn" value="(\d+)"', page.text)
    sent = days | {"drawn": look, "request_id": typed(page, "request_id"), "note": "Vecka 47"}
    undone = await maria.post("/access-log/check", data=sent)
    assert undone.status_code == 422
    assert f'id="e-outcome-{look}"' in undone.text
    assert "Vecka 47" in undone.text
    bare = await maria.post("/access-log/check", data=sent | {f"outcome-{look}": "not_explained"})
    assert f'id="e-note-{look}"' in bare.text
    judged = sent | {f"outcome-{look}": "not_explained", f"note-{look}": "Minns inte"}
    done = await maria.post("/access-log/check", data=judged)
    again = await maria.post("/access-log/check", data=judged)
    assert done.status_code == 303
    assert done.headers["location"] == again.headers["location"], "sent twice it is one check"
    saved = await maria.get(done.headers["location"])
    assert f'<a href="/access-log?client={service.clients["Stina Exempel"]}">' in saved.text, "whom the look was at"
    assert f"patient {codes(service, 'Stina Exempel')[0]}" in (told := words(saved))
    assert "Stina" not in told
    for said in ("Maria Test", "2026-11-16 – 2026-11-22", "Not explained : Minns inte", "Vecka 47", "Anna Test"):
        assert said in told
    assert "Drawn 1, not explained 1" in words(await maria.get("/access-log/check"))
    assert "Maria Test checked the access log from Mon 16 Nov to Sun 22 Nov" in words(await maria.get("/history"))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"first": "2026-11-16", "last": "2026-11-23"}, "last"),
        ({"first": "2026-11-22", "last": "2026-11-16"}, "last"),
        ({"first": "2026-01-01", "last": "2026-11-16"}, "first"),
        ({"first": "2026-11-16", "seed": "x" * 41}, "seed"),
        ({"first": "0001-01-01", "last": "0001-01-01"}, ""),
    ],
    ids=str,
)
async def test_days_that_cannot_be_checked_say_why(service: Service, maria, asked, field) -> None:
    page = await maria.get("/access-log/check", params=asked)
    assert (page.status_code, f'id="e-{field}"' in page.text) == ((422, True) if field else (200, False))


async def test_how_a_name_is_like_the_lookers_is_not_told_to_who_sees_codes(
    service: Service, clock: Clock, maria
) -> None:
    made = await service.recorder.change(OWN, "lars", enrolment.enrol, details=Details("Test", "Kim"))
    service.clients["Kim Test"] = str(made.client)
    clock.forward(days=1)
    await looked(service, clock, (24, "anna", "read", "client", ("Kim Test",)))
    day = clock.now.date().replace(day=clock.now.day - 1).isoformat()
    address = f"/access-log/check?first={day}&last={day}&seed=a"
    masked = words(await maria.get(address))
    assert "The same surname" not in masked
    assert "Something about the names" in masked
    assert (await maria.post("/unmask", data={"reason": "Granskning", "next": "/access-log"})).status_code == 303
    assert "The same surname" in words(await maria.get(address))


async def test_the_extract_does_not_leave_while_the_log_cannot_be_written(
    service: Service, maria, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise OSError

    address = f"/access-log/clients/{service.clients['Stina Exempel']}/extract.csv"
    with monkeypatch.context() as patch:
        patch.setattr(access, "append", broken)
        assert (await maria.get(address)).status_code == 503
    assert (await maria.get(address)).status_code == 200


async def test_looks_stored_late_are_judged_too(service: Service, clock: Clock, maria) -> None:
    await looked(service, clock, (24, "anna", "read", "client", ("Stina Exempel",)))
    days = {"first": "2026-11-16", "last": "2026-11-22", "seed": "x"}
    [look] = re.findall(r'name="drawn" value="(\d+)"', (await maria.get("/access-log/check", params=days)).text)
    await looked(service, clock, (25, "anna", "read", "client", ("Åke Provström",)))
    page = await maria.post("/access-log/check", data=days | {"drawn": look, f"outcome-{look}": "in_order"})
    assert page.status_code == 422
    assert "some of what is drawn is new" in words(page)


def test_every_view_and_action_that_is_logged_has_its_words() -> None:
    """As they stand in the code: where one is made up on the way, it is said as it is."""
    views, actions = set[str](), set[str]()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in ("saw", "did") and "access" in ast.unparse(node.func.value):
                given = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "action")]
                found = [{one.value for one in ast.walk(part) if isinstance(one, ast.Constant)} for part in given]
                views |= found[0] if found else set()
                actions |= set.union(*found[1:]) if found[1:] else set()
    assert {view for view in views if isinstance(view, str)} - VIEWS.keys() == set()
    assert {action for action in actions if isinstance(action, str)} - DONE.keys() == set()


async def test_the_readers_own_looks_at_the_log_are_left_out_until_they_are_asked_for(
    service: Service, clock: Clock, maria
) -> None:
    await looked(
        service,
        clock,
        (2, "anna", "read", "client", ("Stina Exempel",)),
        (1, "maria", "read", "access_log", ("Stina Exempel",)),
        (1, "gun", "read", "access_log", ("Stina Exempel",)),
    )
    usual, whole = words(await maria.get("/access-log")), words(await maria.get("/access-log?own=yes"))
    assert "Maria Test (Auditor, Team Kusten) looked at the access log" not in usual
    assert "looked at the access log" in usual, "another's are there"
    assert "Maria Test (Auditor, Team Kusten) looked at the access log" in whole
