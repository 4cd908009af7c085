"""What the demo team writes: a bank of synthetic sentences in the team's own language, kept in `phrases.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from random import Random
from typing import Any


@cache
def bank() -> dict[str, Any]:
    """The whole bank, as the file has it."""
    return tomllib.loads(resources.files(__package__).joinpath("phrases.toml").read_text("utf-8"))


def pick(chance: Random, group: str, key: str, fallback: str = "") -> str:
    """One sentence of a group; where the bank has no such key, one of `fallback`."""
    sentences = bank()[group]
    return str(chance.choice(sentences.get(key) or sentences[fallback]))
