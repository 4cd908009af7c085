"""One fact's place in the chain, checked by what stands beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factboard.domain.chain import GENESIS, Row, linked
from factboard.domain.in_chain import place


def chain(many: int = 3) -> list[Row]:
    rows: list[Row] = []
    for seq in range(1, many + 1):
        rows.append(
            linked(
                rows[-1].hash if rows else GENESIS,
                team="kusten",
                seq=seq,
                at="2026-11-23T08:40:00.000000Z",
                actor="anna",
                kind="taken",
                version=1,
                client="stina",
                placement="p1",
                payload="{}",
                salt="s",
            )
        )
    return rows


def test_a_fact_as_it_was_written_is_right() -> None:
    first, middle, last = chain()
    assert place(middle, first, last).right
    assert place(first, None, middle).right
    assert place(last, middle, None).followed is None


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"payload": '{"reason": "another"}'}, "content"),
        ({"actor": "lars"}, "hash"),
        ({"at": "2026-11-22T08:40:00.000000Z"}, "hash"),
        ({"client": None}, "hash"),
        ({"previous": "1" * 64}, "follows"),
    ],
)
def test_a_fact_that_was_changed_says_what_of_it(changed: dict[str, object], found: str) -> None:
    first, middle, last = chain()
    now = place(replace(middle, **changed), first, last)  # type: ignore[arg-type]
    assert not now.right
    assert getattr(now, found) is False


def test_a_fact_that_was_written_anew_whole_is_found_by_the_one_after_it() -> None:
    first, middle, last = chain()
    columns = {name: getattr(middle, name) for name in Row.__slots__[:10] if name != "payload"}
    forged = linked(first.hash, **columns, payload='{"reason": "forged"}')
    now = place(forged, first, last)
    assert (now.content, now.hash, now.follows, now.followed) == (True, True, True, False)


def test_what_was_taken_away_is_neither_right_nor_wrong() -> None:
    first, middle, last = chain()
    now = place(replace(middle, payload=None, salt=None), first, last)
    assert now.content is None
    assert now.right


def test_a_fact_without_the_one_before_it_hangs_in_the_air() -> None:
    _, middle, last = chain()
    assert not place(middle, None, last).follows
