"""Many teams with ten years each, in one SQLite database: one team's years are made through the recorder, the others'
are copies of them.

A copy has the same facts under another team's name, so its chain is linked anew and holds; its read tables are copied
as they are. The large team begins like the others, and then has the facts about its clients again and again, each time
about other clients: for finding, verifying and exporting. Nobody asks for its figures or its past.
"""

from __future__ import annotations

import random
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from factboard.domain import enrolment, events, meeting, placement, team
from factboard.domain.chain import Row, hash_of
from factboard.recorder import Recorder
from factboard.storage import accounts, projections
from factboard.storage.engine import Store
from factboard.storage.tables import history

MODEL, LARGE = "model", "large"
STAFF = ("anna", "lars", "elin", "johan")
CLIENTS = 60
LAST = date(2026, 11, 20)
WEEK = timedelta(weeks=1)
AT_ONCE = 20_000  # rows in one statement
COPIED = {  # the read tables, and the columns that hold a state in which the team's own id stands
    "team": ("state",),
    "membership": (),
    "client": (),
    "meeting": (),
    "notice": (),
    "mark": (),
    "episode": (),
    "contact": (),
    "keyframe": (),  # packed: see `_tables`
}
COLUMNS = tuple(column.name for column in history.c)


class Hands:
    """A clock that stands where it was put (UTC)."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def model(store: Store, years: int, password: str) -> None:
    """A small team's life, week by week: who is worse is put on, taken, met, rated, and returns some weeks later; now
    and then a board meeting. About 375 facts a year: 400 such teams have 1.5 million in ten.
    """
    first = LAST - WEEK * 52 * years
    hands = Hands(datetime.combine(first, time(8), UTC))
    recorder, chance = Recorder(store, hands), random.Random(1)
    await recorder.found_team("command_line", MODEL, events.Settings(name="Team Mätning"))
    for user in STAFF:
        async with recorder.system(
            "command_line", events.UserAdded(user, user, f"{user.title()} Mätare")
        ) as connection:
            await accounts.add(connection, user, user, f"{user.title()} Mätare", password)
        role = events.Role.LEAD if user == "anna" else events.Role.CLINICIAN
        member = events.Member(user, user, f"{user.title()} Mätare", role)
        await recorder.change(MODEL, "command_line", team.set_member, member=member)
    codes = [category.code for category in team.STANDARD_CATEGORIES]
    clients, there = list[str](), list[str]()
    for week in range(52 * years):
        monday = datetime.combine(first + WEEK * week, time(8), UTC)
        async with recorder.together(MODEL, "anna") as desk:

            async def at(hours: float, rule: object, client: str | None = None, **what: object) -> str:
                hands.now = monday + timedelta(hours=hours)  # noqa: B023  the week that it is
                return str((await desk.decide(rule, actor=chance.choice(STAFF), client=client, **what)).client)  # type: ignore[arg-type]

            while len(clients) < CLIENTS and (week == 0 or not there):
                details = events.Details(f"Mätberg{len(clients):03d}", "Stina", case_manager=STAFF[len(clients) % 4])
                clients.append(await at(0, enrolment.enrol, details=details))
            if len(there) < 4:
                one = chance.choice([id for id in clients if id not in there])
                there.append(one)
                reason = chance.choice(("Sover dåligt sedan i helgen", "Svarar inte i telefon", "Ringer ofta, orolig"))
                await at(1, placement.put_on_board, one, category=chance.choice(codes), reason=reason)
                await at(1.4, placement.take, one)
            for place, one in enumerate(chance.sample(there, min(1 + week % 2, len(there)))):
                await at(25 + place, placement.log_contact, one, contact=events.ContactKind.HOME)
            if week % 2:
                await at(30, placement.rate, chance.choice(there), rating=events.Rating.USUAL, basis=events.Basis.SEEN)
                await at(31, placement.log_contact, chance.choice(clients), contact=events.ContactKind.PHONE)
            if len(there) == 4 and week % 2:
                await at(50, placement.return_to_planned_care, there.pop(0), reason="Som vanligt igen")
        if week % 12 == 11:
            await _meets(recorder, hands, monday + timedelta(hours=72))


async def _meets(recorder: Recorder, hands: Hands, at: datetime) -> None:
    hands.now = at
    await recorder.change(MODEL, "anna", meeting.open_meeting, with_all=True, present=STAFF)
    hands.now = at + timedelta(minutes=12)
    async with recorder.store.reading() as connection:
        here = await projections.team(connection, MODEL)
    of = here.meeting if here else None
    await recorder.change(MODEL, "anna", meeting.close, of_meeting=of, with_all=True, reason="Tiden var ute")


class Copies:
    """Writes copies of the model with plain sqlite3, on the file that the store has migrated."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        for pragma in ("synchronous=OFF", "cache_size=-400000", "temp_store=MEMORY", "wal_autocheckpoint=50000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.create_function("renamed", 3, _renamed)
        self._db.create_function("named", 2, _named, deterministic=True)
        query = f"SELECT {', '.join(COLUMNS)} FROM history WHERE team = ? ORDER BY seq"
        self._facts = [Row(*row) for row in self._db.execute(query, (MODEL,))]
        self._read = {table: [row[1] for row in self._db.execute(f"PRAGMA table_info({table})")] for table in COPIED}

    @property
    def facts(self) -> int:
        """How many the model has."""
        return len(self._facts)

    def team(self, id: str) -> None:
        """One more team with the model's years."""
        self._db.execute("BEGIN")
        end = self._write(id, ((row.at, row, "") for row in self._facts))
        self._tables(id, end)
        self._db.execute("COMMIT")

    def large(self, id: str, facts: int) -> None:
        """A team with so many facts: the model's years in the first of them, then more clients, day after day."""
        about = [row for row in self._facts if row.client]
        again = ((row, copy) for copy in range(1, facts) for row in about)
        began = datetime.fromisoformat(self._facts[0].at)
        whole = datetime.combine(LAST, time(20), UTC) - began

        def all_facts() -> Iterator[tuple[str, Row, str]]:
            for number, row in enumerate(self._facts):
                yield _text(began + whole * (number / facts)), row, ""
            for number, (row, copy) in enumerate(islice(again, facts - len(self._facts)), len(self._facts)):
                yield _text(began + whole * (number / facts)), row, f"-{copy}"

        self._db.execute("BEGIN")
        self._tables(id, self._write(id, all_facts()))
        # What the facts of the other clients can be found by.
        where = {row.seq: place for place, row in enumerate(about)}
        marks = self._db.execute("SELECT name, value, seq FROM mark WHERE team = ?", (MODEL,)).fetchall()
        said = dict(self._db.execute("SELECT seq, text FROM said WHERE team = ? ORDER BY seq", (MODEL,)))
        last = len(self._facts)
        for first in range(len(self._facts), facts, len(about)):
            new = [(id, name, value, first + where[seq] + 1) for name, value, seq in marks if seq in where]
            self._db.executemany("INSERT INTO mark VALUES (?, ?, ?, ?)", [row for row in new if row[3] <= facts])
            texts = [(id, first + where[seq] + 1, text) for seq, text in said.items() if seq in where]
            some = [row for row in texts if row[1] <= facts]
            self._db.executemany("INSERT INTO said (team, seq, text) VALUES (?, ?, ?)", some)
            last = first
        assert last < facts
        self._db.execute("COMMIT")

    def count(self) -> int:
        """Facts in the whole database."""
        return int(self._db.execute("SELECT sum(seq) FROM stream").fetchone()[0])

    def close(self) -> None:
        self._db.execute("PRAGMA optimize")
        self._db.close()

    def _write(self, id: str, facts: Iterator[tuple[str, Row, str]]) -> tuple[int, str]:
        """Link and write; the chain's end."""
        seq, previous = 0, "0" * 64
        places = ", ".join("?" * len(COLUMNS))
        while some := list(islice(facts, AT_ONCE)):
            rows = []
            for at, row, more in some:
                seq += 1
                client = row.client + more if row.client else row.client
                stay = row.placement + more if row.placement else row.placement
                hash = hash_of(previous, id, seq, at, row.actor, row.kind, row.version, client, stay, row.digest)
                named = (id, seq, at, row.actor, row.kind, row.version, client, stay)
                rows.append((*named, row.payload, row.salt, row.digest, previous, hash))
                previous = hash
            self._db.executemany(f"INSERT INTO history ({', '.join(COLUMNS)}) VALUES ({places})", rows)
        return seq, previous

    def _tables(self, id: str, end: tuple[int, str]) -> None:
        self._db.execute("INSERT INTO stream (team, seq, hash) VALUES (?, ?, ?)", (id, *end))
        for table, states in COPIED.items():
            own = "id" if table == "team" else "team"
            values = [self._value(column, own, states) for column in self._read[table]]
            self._db.execute(
                f"INSERT INTO {table} SELECT {', '.join(values)} FROM {table} WHERE {own} = :model",
                {"model": MODEL, "id": id},
            )
        kept = "UPDATE keyframe SET state = renamed(state, ?, ?) WHERE team = ? AND subject = ''"
        self._db.execute(kept, (f'"id":"{MODEL}"', f'"id":"{id}"', id))
        self._db.execute(
            "INSERT INTO said (team, seq, text) SELECT ?, seq, text FROM said WHERE team = ? ORDER BY seq", (id, MODEL)
        )

    def _value(self, column: str, own: str, states: Sequence[str]) -> str:
        if column == own:
            return ":id"
        return f"named({column}, :id)" if column in states else f'"{column}"'


def _renamed(state: bytes, was: str, now: str) -> bytes:
    return zlib.compress(zlib.decompress(state).replace(was.encode(), now.encode()))


def _named(state: str | bytes, team: str) -> str | bytes:
    """A team's state with its own id in it; a client's as it is."""
    was, now = f'"id":"{MODEL}"', f'"id":"{team}"'
    if isinstance(state, str):
        return state.replace(was, now)
    text = zlib.decompress(state).decode()
    return zlib.compress(text.replace(was, now).encode()) if was in text else state


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
