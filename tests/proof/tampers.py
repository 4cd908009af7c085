"""Single tampers, made straight in the database by a hand that nothing stops: each changes one thing, and fits as much
of what is around it as one change can.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from dataclasses import fields

from factboard.domain.chain import GENESIS, Row, digest_of, linked

COLUMNS = tuple(field.name for field in fields(Row))
TEXT = ", ".join(COLUMNS)

Tamper = Callable[[sqlite3.Connection, "list[Row]", random.Random], int]
"""Tampers with the rows of one team, and answers with the number of the fact that is no longer what it was."""


def _set(database: sqlite3.Connection, row: Row, **new: object) -> None:
    names = ", ".join(f"{name} = ?" for name in new)
    where = "WHERE team = ? AND seq = ?"
    database.execute(f"UPDATE history SET {names} {where}", (*new.values(), row.team, row.seq))


def _move(database: sqlite3.Connection, team: str, first: int, by: int) -> None:
    """All from `first` on get other numbers; by way of negative ones, as none may be there twice."""
    database.execute("UPDATE history SET seq = -(seq + ?) WHERE team = ? AND seq >= ?", (by, team, first))
    database.execute("UPDATE history SET seq = -seq WHERE team = ? AND seq < 0", (team,))


def _insert(database: sqlite3.Connection, row: Row) -> None:
    database.execute(f"INSERT INTO history ({TEXT}) VALUES ({', '.join('?' * len(COLUMNS))})", tuple(row))


def other(value: object, pick: random.Random) -> object:
    """Something else than this, of the kind that an edit would leave."""
    if isinstance(value, int):
        return pick.choice((value + 1_000, -value, f"{value}x"))
    if value is None:
        return pick.choice(("", "x"))
    text = str(value)
    at = pick.randrange(len(text) + 1)
    turned = text.swapcase() if text.swapcase() != text else f"{text}."
    changed = ["", f"{text} ", text[:at] + "x" + text[at:], turned, text[1:], text.encode(), b"\xff\xfe"]
    return pick.choice([one for one in changed if one != value])


def edit(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    row, column = pick.choice(rows), pick.choice(COLUMNS)
    _set(database, row, **{column: other(getattr(row, column), pick)})
    return row.seq


def edit_unreadably(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    """Bytes that are no text, called text: the engine itself cannot give them out."""
    row, column = pick.choice(rows), pick.choice(("actor", "kind", "payload", "at"))
    where = "WHERE team = ? AND seq = ?"
    database.execute(f"UPDATE history SET {column} = CAST(x'fffe' AS TEXT) {where}", (row.team, row.seq))
    return row.seq


def edit_and_fit(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    """What a fact says, with a digest, or a digest and a hash, that fit."""
    row, text = pick.choice(rows), '{"reason": "Something else"}'
    digest = digest_of(text, str(row.salt))
    new = linked(row.previous, **{name: getattr(row, name) for name in COLUMNS[:8]}, payload=text, salt=str(row.salt))
    _set(database, row, payload=text, digest=digest)
    if pick.random() < 0.5:
        _set(database, row, hash=new.hash)
    return row.seq


def take_away(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    """As a redaction would, and none says so."""
    row = pick.choice([row for row in rows if row.payload is not None])
    gone = pick.choice(({"payload": None}, {"salt": None}, {"payload": None, "salt": None}))
    _set(database, row, **gone)
    return row.seq


def delete(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    row = pick.choice(rows)
    database.execute("DELETE FROM history WHERE team = ? AND seq = ?", (row.team, row.seq))
    return row.seq


def delete_and_close(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    """All after it move up, and the stream's note with them."""
    first = delete(database, rows, pick)
    _move(database, rows[0].team, first, -1)
    database.execute("UPDATE stream SET seq = seq - 1 WHERE team = ?", (rows[0].team,))
    return first


def insert(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    """A fact that hangs rightly on the one before it; those after it move on."""
    at = pick.randrange(len(rows) + 1)
    previous = rows[at - 1].hash if at else GENESIS
    new = linked(
        previous, team=rows[0].team, seq=at + 1, at="2026-11-23T08:40:00.000000Z", actor="anna", kind="returned",
        version=1, client="stina", placement="p1", payload="{}", salt="s",
    )  # fmt: skip
    _move(database, new.team, at + 1, 1)
    _insert(database, new)
    if pick.random() < 0.5:
        database.execute("UPDATE stream SET seq = seq + 1 WHERE team = ?", (new.team,))
    return at + 1


def swap(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    """Two facts change places, whole or only what they say."""
    one, two = sorted(pick.sample(rows, 2), key=lambda row: row.seq)
    if pick.random() < 0.5 and one.payload and two.payload:
        _set(database, one, payload=two.payload, salt=two.salt)
        _set(database, two, payload=one.payload, salt=one.salt)
        return one.seq
    _set(database, one, seq=-1)
    _set(database, two, seq=one.seq)
    database.execute("UPDATE history SET seq = ? WHERE team = ? AND seq = -1", (two.seq, one.team))
    return one.seq


def reorder(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    """One fact is told later than it happened, those between move up."""
    one, two = sorted(pick.sample(range(len(rows)), 2))
    moved = [*rows[:one], *rows[one + 1 : two + 1], rows[one], *rows[two + 1 :]]
    for row in moved[one : two + 1]:
        _set(database, row, seq=-row.seq)
    for seq, row in enumerate(moved[one : two + 1], start=one + 1):
        database.execute("UPDATE history SET seq = ? WHERE team = ? AND seq = ?", (seq, row.team, -row.seq))
    return one + 1


def lengthen(database: sqlite3.Connection, rows: list[Row], _pick: random.Random) -> int:
    """One more fact at the end, rightly hung on, without the stream's note of it."""
    columns = {name: getattr(rows[-1], name) for name in COLUMNS[2:8]}
    _insert(database, linked(rows[-1].hash, team=rows[0].team, seq=len(rows) + 1, payload="{}", salt="s", **columns))
    return len(rows) + 1


def forge_a_redaction(database: sqlite3.Connection, rows: list[Row], pick: random.Random) -> int:
    """A fact is turned into one that says that another was redacted."""
    gone = pick.choice([row for row in rows[:-1] if row.client and row.payload is not None])
    liar = pick.choice(rows[gone.seq :])
    text = f'{{"rows":[{gone.seq}]}}'
    _set(database, gone, payload=None, salt=None)
    _set(database, liar, kind="redacted", client=gone.client, payload=text, digest=digest_of(text, str(liar.salt)))
    return liar.seq


TAMPERS: tuple[Tamper, ...] = (
    edit, edit, edit, edit, edit_unreadably, edit_and_fit, take_away, delete, delete_and_close, insert, swap, reorder,
    lengthen, forge_a_redaction,
)  # fmt: skip
