"""Every address that shows a person writes the access log: asked from the table of addresses, none left out.

Each address is asked as a page, as a fragment and by a program, by those who may; whoever stands in an answer, by name
or by code, must stand in the log as seen by the one who asked, in their unit. An address that shows nobody says so in
`NOBODY`: a new one has to be given something to show, or its line there.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest_asyncio
from sqlalchemy import func, select

from factboard.addresses import ROUTES, Address
from factboard.domain import care, documents, enrolment, merging, visits
from factboard.domain import events as e
from factboard.domain import meeting as meetings
from factboard.domain import placement as placing
from factboard.domain.access import gathered
from factboard.domain.access.drawing import Drawn, Judged, check_access
from factboard.domain.events.contents import Kind
from factboard.domain.people import Right, code
from factboard.storage import access, accounts, projections
from factboard.storage.access import Look
from factboard.storage.codec import instant_to_text
from factboard.storage.engine import Store
from factboard.storage.tables import access_log, session
from factboard.web.act.forms import ACTS
from factboard.web.live import VIEWS
from tests.conftest import Clock
from tests.filled import written
from tests.moved import asked, somebody, taken_over
from tests.service import OTHER, OWN, Service, a_service
from tests.web.reading import text_of
from tests.web.test_team_policy import form

STINA, AKE, VILMA = "Stina Exempel", "Åke Provström", "Vilma Skyddsson"
LINE, HELPS = "Kanarierad", "Kanariehjälp"  # what is written of Stina
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
FORMS = ({}, {"HX-Request": "true"}, {"Accept": "application/json"})  # a page, a fragment, a program

CHANGES = {  # what is sent where it is not `ANYTHING`
    "POST /access-log/clients": {"q": "Åke"},
    "POST /clients": {"q": "Åke"},
    "POST /clients/new": {"surname": "Exempel", "first_name": "Stina"},
    "POST /contact": {"q": "Åke"},
    "POST /flag/clients": {"q": "Åke"},
    "POST /history/case-pack": {"client": STINA, "first": "2026-11-01", "last": "2026-11-23", "why": "x"},
    "POST /history/clients": {"q": "Åke"},
    "POST /import": {"file": ("lista.csv", "Namn;Född\nExempel, Stina;1980-05-17\n".encode())},
    "POST /meeting/{meeting}/note": {"text": "", "client": STINA},
}
ANYTHING = {  # enough for some forms, too little for others: both answers are looked at
    "reason": "x", "rating": "better", "basis": "seen", "surname": "Exempel", "first_name": "Stina", "text": "x",
    "contact": "home", "by": "anna", "who": "anna", "day": "2026-11-23", "q": "Åke", "name": "x",
}  # fmt: skip
OUTSIDE = ("/login", "/logout", "/team", "/healthz", "/readyz", "/metrics")  # of sessions and of the service itself
NOBODY = {  # what shows no client
    "GET": (
        "/access-log/check", "/access-log/clients", "/admin", "/admin/teams/new", "/moves", "/moves/{move}",
        "/history/proof", "/history/proof/checkpoints/{seq:seq}",
        "/admin/users/{user}", "/clients/new",
        "/flag/{seq:seq}/taken", "/history/clients", "/import", "/manifest.webmanifest", "/meeting/{meeting}/people",
        "/meetings",
        "/notices/count", "/offline", "/pair", "/password", "/phone", "/roster", "/settings",
        "/caseload", "/settings/models/{model}", "/sight", "/settings/sharing",
        "/settings/categories/{code}", "/settings/members/{user}", "/settings/screens/{screen}", "/statistics",
        "/statistics/fidelity.xlsx", "/unmask", "/waiting",
        "/wall/paired", "/wall/shell", "/wall/worker.js", "/worker.js",
    ),
    "POST": (  # most of them answer by leading elsewhere
        "/history/proof", "/history/proof/checkpoint",
        "/admin/teams", "/admin/users", "/admin/users/{user}/close", "/admin/users/{user}/password",
        "/admin/users/{user}/reopen", "/admin/users/{user}/team", "/clients/{client}/correct",
        "/clients/{client}/legal-hold", "/clients/{client}/merged/{seq:seq}", "/moves/{move}", "/moves/{move}/decline",
        "/clients/{client}/plans/{document}/draft",
        "/clients/{client}/plans/{document}/draft/throw-away", "/clients/{client}/emergency",
        "/clients/{client}/visits/{visit:seq}/move", "/language", "/mask", "/meeting", "/meeting/{meeting}/attendance",
        "/meeting/{meeting}/chair", "/meeting/{meeting}/focus", "/meeting/{meeting}/no-change",
        "/meeting/{meeting}/recorder", "/meeting/{meeting}/release", "/meetings/{meeting}/clients/{client}/copied",
        "/meetings/{meeting}/lines/{seq:seq}", "/notices/{seq:seq}/read", "/pair", "/password", "/phone/push",
        "/phone/push/forget", "/phone/push/off", "/phone/push/test", "/phone/quiet", "/roster/absences",
        "/roster/absences/{absence}/remove", "/roster/duty", "/settings", "/settings/members", "/settings/models",
        "/settings/members/{user}/remove", "/settings/returns/pause", "/settings/returns/release", "/settings/sharing",
        "/settings/screens/{screen}", "/settings/screens/{screen}/revoke", "/unmask", "/wall/blank",
        "/wall/show",
    ),
}  # fmt: skip


@dataclass
class House:
    """A running service in which everything is there that an address can name."""

    service: Service
    marks: dict[str, set[str]] = field(default_factory=dict)  # of each client, what nobody else's page says
    masks: set[str] = field(default_factory=set)  # the codes among them
    things: dict[str, list[str]] = field(default_factory=dict)  # what stands in an address's places

    @property
    def store(self) -> Store:
        store: Store = self.service.app.state.store
        return store

    def named(self, text: str) -> set[str]:
        """Names and birth dates in it, which nobody sees who is masked; people's own words may hold them."""
        return {mark for mark in set().union(*self.marks.values()) if mark in text} - self.masks - {LINE, HELPS}

    def shown(self, text: str) -> set[str]:
        return {client for client, marks in self.marks.items() if any(mark in text for mark in marks)}

    async def newest(self) -> int:
        await self.service.app.state.access.flush()
        async with self.store.reading() as connection:
            return await connection.scalar(select(func.max(access_log.c.id))) or 0

    async def seen(self, after: int, who: str) -> set[str]:
        """Whom this person has seen since then, as the log has it; another team's, as that one's log has."""
        await self.service.app.state.access.flush()
        c = access_log.c
        query = select(c.client).where(c.id > after, c.actor == who, c.team.in_((OWN, OTHER)), c.client.is_not(None))
        async with self.store.reading() as connection:
            return {*await connection.scalars(query)}

    async def unmask(self, username: str) -> None:
        async with self.store.writing() as connection:
            for id in list(await connection.scalars(select(session.c.id).where(session.c.user == username))):
                await accounts.unmask(connection, id, datetime.now(UTC) + timedelta(hours=1))

    def concrete(self, address: Address, full: bool) -> list[str]:
        """The address with each thing of ours in its places."""
        found = [address.path]
        things = self.things if full else {**self.things, "{act}": ["rate", "contact"]}
        for place, values in things.items():
            found = [path.replace(place, value) for path in found for value in (values if place in path else [""])]
        assert not any("{" in path for path in found), f"a place without a value: {address.path}"
        past = [f"{path}?at=2026-11-23T08:39:59Z" for path in found] if address.past else []
        return [*found, *past]


@pytest_asyncio.fixture(scope="module")
async def house(tmp_path_factory: Any, empty_sqlite: Any) -> AsyncIterator[House]:
    path = tmp_path_factory.mktemp("complete") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    clock = Clock(NOW - timedelta(days=3))
    async with a_service(Store(f"sqlite+aiosqlite:///{path}"), clock) as service:
        house = House(service)
        for name, client in service.clients.items():
            born = {"Johan Testberg": "1975-06-30"}.get(name)
            house.marks[client] = {code(client), *(() if name == VILMA else (born or name.split()[1],))}
        house.marks[service.clients[STINA]] |= {LINE, HELPS}
        house.masks = {code(client) for client in service.clients.values()}
        await furnish(house, clock)
        yield house


async def furnish(house: House, clock: Clock) -> None:
    """A morning: three on the board, a visit, an action, an announcement's way, a meeting open, one closed."""
    service, clients = house.service, house.service.clients

    async def do(rule: Any, about: str | None = None, **what: Any) -> Any:
        client = clients[about] if about else None
        return await service.recorder.change(OWN, "lars", rule, client=client, **what)

    helps = e.Details("Exempel", "Stina", birth_date=date(1980, 5, 17), case_manager="lars", helps=HELPS)
    await do(enrolment.correct, STINA, details=helps)
    for name in (STINA, AKE, VILMA):
        await service.put_on(name, actor="anna")
    for _ in range(2):
        await do(placing.rate, VILMA, rating=e.Rating.USUAL, basis=e.Basis.SEEN, by="lars")
        clock.forward(days=1)
    clock.now = NOW
    await do(visits.plan_visit, AKE, who="anna", day=NOW.date())
    visit = await do(visits.plan_visit, STINA, who="lars", day=NOW.date())
    action = await do(placing.add_action, STINA, text="Ringa")
    for kind in (Kind.ABOUT, Kind.ADVOCACY, Kind.RESOURCE_GROUP, Kind.SIP):
        await do(documents.write, STINA, **written(kind))
    await do(care.admit, AKE, ward="Avd 1", expected=date(2026, 12, 1))
    await do(care.start_legal_measure, STINA, name="ÖPT", ends=date(2026, 12, 20))
    await service.put_on("Johan Testberg", actor="anna")
    await do(placing.return_to_planned_care, "Johan Testberg", reason="Mår bättre")
    await service.put_on(STINA, actor="anna", reason="Ringer igen")
    await do(meetings.open_meeting, with_all=True, present=["anna", "lars"])
    async with house.store.reading() as connection:
        here = await projections.team(connection, OWN)
        stina = await projections.client(connection, OWN, clients[STINA])
    assert here
    assert here.meeting
    assert stina
    assert stina.stay
    first: Any = {"of_meeting": here.meeting, "with_all": True}
    note = await do(meetings.note, STINA, of_meeting=here.meeting, part=e.NotePart.DECISION, text=LINE)
    await do(meetings.close, **first, reason="Tiden var ute")
    clock.forward(minutes=5)
    await do(meetings.open_meeting, with_all=True, present=["anna", "lars"])
    async with house.store.reading() as connection:
        again = await projections.team(connection, OWN)
    assert again
    assert again.meeting
    twin = await do(enrolment.enrol, details=e.Details("Exempel", "Kristina"))
    merged = await do(merging.merge, STINA, beside=twin.client, looked=twin.seq, reason="x")
    maj = await somebody(service.recorder, OTHER, "ingrid")
    waits = await asked(service.recorder, OTHER, "ingrid", maj, OWN)
    olle = clients["Olle Främling"]
    await taken_over(service.recorder, OTHER, "ingrid", olle, OWN, "lars", into=clients[STINA])
    house.things = {
        "{move}": [waits],
        "/merged/{seq:seq}": [f"/merged/{merged.seq}"],
        "/checks/{seq:seq}": [f"/checks/{await checked(house)}"],
        "{client}": [clients[STINA]],
        "{act}": [*ACTS],
        "{other}": [clients["Johan Testberg"]],
        "{action}": [stina.stay.actions[0].id],
        "/lines/{seq:seq}": [f"/lines/{note.seq}"],
        "/notices/{seq:seq}": ["/notices/1"],
        "/flag/{seq:seq}": [f"/flag/{service.last_flag}"],
        "{seq:seq}": [str(service.last_flag), str(action.seq)],
        "{visit:seq}": [str(visit.seq)],
        "{user}": ["anna"],
        "{view}": [*VIEWS],
        "{code}": ["short_intensive"],
        "{model}": ["act"],
        "{placement}": [stina.stay.placement],
        "{absence}": ["none"],
        "{screen}": ["nowhere"],
        "{meeting}": [here.meeting, again.meeting],
        "{sheet}": ["morning", "on-call"],
        "{document}": ["about", "advocacy.a1", "resource_group"],
        "{paper}": ["crisis-plan", "crisis-card", "mine"],
        "{member}": ["r1"],
        "{figure}": ["put_on?first=2026-11-01&last=2026-11-30"],
        "{lock}": ["none"],
    }


async def checked(house: House) -> int:
    """A routine check that has drawn a look at Stina: its fact's number."""
    at = NOW - timedelta(days=2)
    async with house.store.writing() as connection:
        await access.append(
            connection, [Look(instant_to_text(at), OWN, "anna", "read", "client", house.service.clients[STINA])]
        )
        [row] = await access.oldest(connection, OWN, access.Filter(since=at), 1)
    drawn = [Drawn(one, (e.Because.CHANCE,)) for one in gathered([row])]
    days: dict[str, Any] = {"first": at.date(), "last": at.date(), "seed": "a", "looks": 1, "note": ""}
    judged = {row.id: Judged(e.Outcome.IN_ORDER)}
    done = await house.service.recorder.change(OWN, "maria", check_access, drawn=drawn, judged=judged, **days)
    return int(done.seq)


async def read(
    person: httpx2.AsyncClient, method: str, path: str, headers: dict[str, str], data: Any
) -> tuple[int, str]:
    """How one answer ends, and what it says; of a stream, its first frame."""
    sent = {"files": data} if method == "POST" and path == "/import" else {"data": data}
    async with person.stream(method, path, headers=headers, **sent) as answer:
        assert answer.status_code < 500, (method, path, answer.status_code)
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            text = ""
            async for chunk in answer.aiter_text():
                text += chunk
                if "event: beat" in text:
                    return answer.status_code, text
        return answer.status_code, text_of(await answer.aread())


async def tries(
    house: House, address: Address, person: httpx2.AsyncClient, full: bool
) -> AsyncIterator[tuple[str, dict[str, str], Any]]:
    """The ways to ask an address: its path, its headers, its form."""
    named = f"{address.method} {address.path}"
    for path in house.concrete(address, full):
        if address.method == "GET":
            for headers in FORMS if full else FORMS[:1]:
                yield path, headers, None
        else:
            known = CHANGES.get(named, ANYTHING)
            if named == "POST /settings/categories":
                easy = {"stable_ratings": "1", "raters": "1", "stable_days": "1", "blockers": [], "look": "yes"}
                known = await form(person, "/settings/categories/short_intensive", **easy)
            if "client" in known:
                known = known | {"client": house.service.clients[STINA]}
            for headers in FORMS if full else FORMS[1:2]:
                yield path, headers, known
            if full:
                yield path, FORMS[0], {}


@dataclass(frozen=True)
class Reader:
    """Who asks, by the name in the log, and for which addresses: those of these rights, or these alone."""

    person: httpx2.AsyncClient
    actor: str
    rights: frozenset[Right] = frozenset()
    paths: tuple[str, ...] = ()
    masked: bool = False

    def asks(self, address: Address) -> bool:
        if self.paths:
            return address.path in self.paths
        return address.path not in OUTSIDE and bool({address.right, address.past} & self.rights)


@asynccontextmanager
async def readers(house: House) -> AsyncIterator[list[Reader]]:
    """The lead; a clinician, whose first page is another; the auditor, masked and not; a wall screen."""
    person, audits = house.service.person, frozenset({Right.HISTORY, Right.INQUIRY, Right.AUDIT})
    async with person("lars") as lars, person("anna") as anna, person("maria") as seeing, person(None) as screen:
        await house.unmask("maria")
        async with person("maria") as masked:
            code = (await screen.get("/wall")).text.split('class="code"')[1].split(">")[1].split("<")[0]
            wall = {"name": "Rummet", "naming": "short", "outside": "board", "seen": "yes", "code": code}
            assert (await lars.post("/pair", data=wall)).status_code == 303
            async with house.store.reading() as connection:
                here = await projections.team(connection, OWN)
            assert here
            yield [
                Reader(screen, f"screen:{next(iter(here.screens))}", paths=("/wall", "/live/{view}")),
                Reader(anna, "anna", paths=("/",)),
                Reader(lars, "lars", frozenset(Right)),
                Reader(masked, "maria", audits, masked=True),
                Reader(seeing, "maria", audits),
            ]


async def test_every_address_that_shows_a_person_writes_the_access_log(house: House, full: bool) -> None:
    unlogged, unmasked, showing = [], [], set[str]()
    async with readers(house) as all_of_them:
        for reader in all_of_them:
            for address in sorted(ROUTES, key=lambda one: one.method):  # what changes something comes last
                if not reader.asks(address):
                    continue
                async for path, headers, data in tries(house, address, reader.person, full):
                    before = await house.newest()
                    status, said = await read(reader.person, address.method, path, headers, data)
                    shown = house.shown(said)
                    if reader.masked and (names := house.named(said)):
                        unmasked.append(f"{address.method} {path}: {names}")
                    if "{client}" in address.path and address.method == "GET" and status < 400:
                        shown |= {house.service.clients[STINA]}  # whatever is said, it is said of her
                    if shown:
                        showing.add(f"{address.method} {address.path}")
                    if missing := shown - await house.seen(before, reader.actor):
                        unlogged.append(f"{reader.actor} {address.method} {path} {headers} {data}: {missing}")
    assert unlogged == []
    assert unmasked == [], "an auditor sees codes until they have said why they need names"
    every = {f"{one.method} {one.path}" for one in ROUTES if one.path not in OUTSIDE}
    silent = {f"{method} {path}" for method, paths in NOBODY.items() for path in paths}
    assert sorted(every - showing - silent) == [], "give it something to show, or say in NOBODY that it shows nobody"
    assert full or sorted(silent & showing) == []
