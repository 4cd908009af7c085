"""The chain finds every single change of what has happened, and says where (hazard H12)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from factboard.domain.chain import GENESIS, Broken, How, Row, hash_of, linked, verify

COLUMNS = tuple(field.name for field in fields(Row))


def a_chain(length: int, seed: int = 1, team: str = "kusten") -> list[Row]:
    pick, rows, previous = random.Random(seed), [], GENESIS
    for seq in range(1, length + 1):
        row = linked(
            previous,
            team=team,
            seq=seq,
            at=f"2026-11-{pick.randrange(10, 30)}T08:40:00.000000Z",
            actor=pick.choice(("anna", "lars")),
            kind=pick.choice(("rated", "taken")),
            version=pick.choice((1, 2)),
            client=pick.choice((None, "", "stina", "olle")),
            placement=pick.choice((None, "p1")),
            payload=pick.choice(("{}", '{"reason":"Sover inte"}', '{"reason":"Å 👍"}')),
            salt=f"{pick.getrandbits(64):016x}",
        )
        rows.append(row)
        previous = row.hash
    return rows


CHAIN = a_chain(40)
HEAD = (len(CHAIN), CHAIN[-1].hash)


def test_an_untouched_chain_verifies() -> None:
    assert verify(CHAIN, HEAD) is None
    assert verify([], (0, GENESIS)) is None
    assert verify(iter(a_chain(1))) is None


def other(value: object, pick: random.Random) -> object:
    """Something else than this, of the kind an edit would leave."""
    if isinstance(value, int):
        return pick.choice((value + 1, value - 1, -value, f"{value}x", None))
    if value is None:
        return pick.choice(("", "x"))
    text = str(value)
    at = pick.randrange(len(text) + 1)
    changed = [None, "", text + " ", text[:at] + "x" + text[at:], text.upper(), text[1:], text.encode()]
    return pick.choice([one for one in changed if one != value])


def edited(rows: list[Row], pick: random.Random) -> list[Row]:
    at, column = pick.randrange(len(rows)), pick.choice(COLUMNS)
    return [*rows[:at], replace(rows[at], **{column: other(getattr(rows[at], column), pick)}), *rows[at + 1 :]]


def deleted(rows: list[Row], pick: random.Random) -> list[Row]:
    at = pick.randrange(len(rows))
    return rows[:at] + rows[at + 1 :]


def deleted_and_renumbered(rows: list[Row], pick: random.Random) -> list[Row]:
    at = pick.randrange(len(rows))
    return rows[:at] + [replace(row, seq=row.seq - 1) for row in rows[at + 1 :]]


def inserted(rows: list[Row], pick: random.Random) -> list[Row]:
    """A row of the right form, hashed rightly, with those after it moved on."""
    at = pick.randrange(len(rows) + 1)
    previous = rows[at - 1].hash if at else GENESIS
    new = linked(
        previous, team="kusten", seq=at + 1, at="2026-11-23T08:40:00.000000Z", actor="anna", kind="returned",
        version=1, client="stina", placement="p1", payload="{}", salt="s",
    )  # fmt: skip
    return [*rows[:at], new, *(replace(row, seq=row.seq + 1) for row in rows[at:])]


def swapped(rows: list[Row], pick: random.Random) -> list[Row]:
    one, two = sorted(pick.sample(range(len(rows)), 2))
    changed = list(rows)
    changed[one], changed[two] = replace(rows[two], seq=one + 1), replace(rows[one], seq=two + 1)
    return changed


def reordered(rows: list[Row], pick: random.Random) -> list[Row]:
    at = pick.randrange(len(rows) - 1)
    return [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]


def rehashed(rows: list[Row], pick: random.Random) -> list[Row]:
    """One row rewritten, with its own digest and hash made to fit."""
    at = pick.randrange(len(rows))
    row = rows[at]
    new = linked(
        row.previous, team=row.team, seq=row.seq, at=row.at, actor="eva", kind=row.kind, version=row.version,
        client=row.client, placement=row.placement, payload="{}", salt="s",
    )  # fmt: skip
    return [*rows[:at], new, *rows[at + 1 :]]


def cut_off(rows: list[Row], pick: random.Random) -> list[Row]:
    return rows[: pick.randrange(len(rows))]


def doubled(rows: list[Row], pick: random.Random) -> list[Row]:
    at = pick.randrange(len(rows))
    return [*rows[: at + 1], rows[at], *rows[at + 1 :]]


def lengthened(rows: list[Row], pick: random.Random) -> list[Row]:
    """A row added after the last one, without the stream's own note of it."""
    last = a_chain(1, pick.randrange(100))[0]
    columns = {name: getattr(last, name) for name in COLUMNS[:10] if name not in ("seq", "team")}
    return [*rows, linked(rows[-1].hash, team="kusten", seq=len(rows) + 1, **columns)]  # type: ignore[arg-type]


TAMPERS: tuple[Callable[[list[Row], random.Random], list[Row]], ...] = (
    edited, edited, edited, deleted, deleted_and_renumbered, inserted, swapped, reordered, rehashed, cut_off,
    doubled, lengthened,
)  # fmt: skip


def test_every_single_tamper_is_found(full: bool) -> None:
    for number in range(10_000 if full else 600):
        pick = random.Random(number)
        tamper = TAMPERS[number % len(TAMPERS)]
        rows = tamper(CHAIN, pick)
        assert rows != CHAIN
        assert verify(rows, HEAD), f"{tamper.__name__} with seed {number} was not found"


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("at", [0, 20, 39])
def test_any_change_of_any_column_is_found_in_its_row(column: str, at: int) -> None:
    for seed in range(30):
        changed = replace(CHAIN[at], **{column: other(getattr(CHAIN[at], column), random.Random(seed))})
        found = verify([*CHAIN[:at], changed, *CHAIN[at + 1 :]], HEAD)
        assert found
        assert found.seq == at + 1


def test_a_payload_taken_away_is_found_also_with_its_salt() -> None:
    for gone in ({"payload": None}, {"salt": None}, {"payload": None, "salt": None}):
        rows = [*CHAIN[:5], replace(CHAIN[5], **gone), *CHAIN[6:]]
        assert verify(rows, HEAD) == Broken(6, How.PAYLOAD)


@pytest.mark.parametrize("kept", [0, 1, 39])
def test_an_end_cut_off_is_found_against_the_head_and_not_without_it(kept: int) -> None:
    assert verify(CHAIN[:kept], HEAD) == Broken(kept + 1, How.MISSING)
    assert verify(CHAIN[:kept]) is None  # the chain alone cannot know: hence checkpoints kept elsewhere


def test_the_first_wrong_row_is_named() -> None:
    assert verify([*CHAIN[:9], *CHAIN[10:]], HEAD) == Broken(10, How.MISSING)
    assert verify([*CHAIN[:9], replace(CHAIN[9], actor="eva"), *CHAIN[10:]], HEAD) == Broken(10, How.HASH)
    assert verify([*CHAIN[:9], replace(CHAIN[9], previous=GENESIS), *CHAIN[10:]], HEAD) == Broken(10, How.LINK)
    assert verify(CHAIN, (40, GENESIS)) == Broken(40, How.ORDER)


def test_another_teams_history_does_not_pass_for_this_ones() -> None:
    theirs = [replace(row, team="kusten") for row in a_chain(40, team="skogen")]
    assert verify(theirs, HEAD)


def test_columns_cannot_run_into_each_other() -> None:
    """Text moved from one column to the next must not spell the same row."""
    base = {"previous": GENESIS, "team": "t", "seq": 1, "at": "x", "kind": "k", "version": 1, "digest": "d"}
    spellings = [
        {"actor": "ab", "client": "c", "placement": None},
        {"actor": "a", "client": "bc", "placement": None},
        {"actor": "ab", "client": None, "placement": "c"},
        {"actor": "ab", "client": "c", "placement": ""},
        {"actor": "ab", "client": "", "placement": "c"},
        {"actor": "ab;1:c", "client": None, "placement": None},
        {"actor": "a", "client": "b;1:c", "placement": None},
    ]
    assert len({hash_of(**base, **columns) for columns in spellings}) == len(spellings)  # type: ignore[arg-type]


def test_two_equal_payloads_have_different_digests() -> None:
    same = [row for row in CHAIN if row.payload == "{}"]
    assert len({row.digest for row in same}) == len(same) > 5
