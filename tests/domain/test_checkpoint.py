"""A checkpoint as a file and on paper: read back as it was written, and nothing else passes for one."""

from __future__ import annotations

import pytest

from factboard.domain.checkpoint import Checkpoint, on_paper, read, same_on_paper

HASH = "3f" * 32
ONE = Checkpoint("kusten", 1234, HASH, "2026-11-23T08:40:00.000000Z", "a2V5", "c2lnbmF0dXJl")


def test_what_was_written_is_read_back() -> None:
    assert read(ONE.file) == ONE
    assert read("\ufeff\n" + ONE.file.replace("\n", "  \r\n") + "\n\n") == ONE  # as an editor or a mail leaves it


def test_what_is_signed_is_all_of_it_but_the_signature() -> None:
    assert ONE.file == ONE.text + "signature: c2lnbmF0dXJl\n"
    for part in ("kusten", "1234", HASH, "2026-11-23T08:40:00.000000Z", "a2V5"):
        assert part in ONE.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        ONE.text,
        ONE.file.replace("checkpoint 1", "checkpoint 2"),
        ONE.file.replace("seq: 1234", "seq: many"),
        ONE.file.replace("seq: 1234", "seq: 12345678901"),
        ONE.file.replace(HASH, HASH[:-1]),
        ONE.file.replace("team: kusten\n", ""),
        ONE.file.replace("team: kusten", "team: "),
        ONE.file + "seq: 1\n",
        ONE.file.replace("team: kusten", "team: kusten\nteam: skogen"),
    ],
)
def test_anything_else_is_no_checkpoint(text: str) -> None:
    with pytest.raises(ValueError, match="not a checkpoint"):
        read(text)


def test_what_stands_on_paper_can_be_typed_off() -> None:
    hash = "0123456789abcdef" * 4
    assert on_paper(hash) == "0123 4567 89ab cdef 0123 4567 89ab cdef"
    assert same_on_paper(on_paper(hash), hash)
    assert same_on_paper("01234567-89ABCDEF 0123456789abcdef", hash)
    assert same_on_paper(hash, hash)
    assert not same_on_paper("0123", hash)  # too few digits say nothing
    assert not same_on_paper("1123 4567 89ab cdef 0123 4567 89ab cdef", hash)
