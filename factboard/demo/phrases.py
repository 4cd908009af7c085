"""What the demo team writes: a bank of synthetic sentences in the team's own language, kept in `phrases.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib import resources
from random import Random
from typing import Any


@cache
def bank() -> dict[str, Any]:
    """The whole bank, as the file has it."""
    return tomllib.loads(resources.files(__package__).joinpath("phrases.toml").read_text("utf-8"))


def pick(chance: Random, group: str, key: str, fallback: str = "", avoid: Collection[str] = ()) -> str:
    """One sentence of a group, if there is one outside `avoid`; where the bank has no such key, of `fallback`."""
    sentences = bank()[group].get(key) or bank()[group][fallback]
    return str(chance.choice([one for one in sentences if one not in avoid] or sentences))
