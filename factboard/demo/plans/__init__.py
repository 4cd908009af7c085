"""What is written about the demo's clients: made-up lives in their own words, and the plans that follow from them.

Each client has one of the lives of `lives.toml`; not all that could be written is: a team has people of whom it knows
little yet. Everything is drawn from the seed and the client alone, so that it disturbs no other chance of the demo.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from factboard.demo.day import Day
from factboard.demo.phrases import bank
from factboard.demo.plans import writing
from factboard.domain import documents
from factboard.domain.events.contents import MANY, Content, Kind, Together
from factboard.domain.state import Client
from factboard.domain.versions import Ref

SHARE = {  # of the caseload for whom it is written
    Kind.ABOUT: 0.8,
    Kind.CARE_PLAN: 0.9,
    Kind.CRISIS_PLAN: 0.75,
    Kind.SOCIAL_PLAN: 0.3,
    Kind.RESOURCE_GROUP: 0.35,
    Kind.NETWORK: 0.4,
    Kind.STRENGTHS: 0.35,
    Kind.WISH: 0.3,
    Kind.SIP: 0.25,
    Kind.SUPERVISION: 0.2,
}
HOW = (Together.TOGETHER, Together.TOGETHER, Together.TOGETHER, Together.READ, Together.WITHOUT)
DATED_ITSELF = (Kind.SIP, Kind.SUPERVISION)  # say themselves when they are followed up
WITHIN = (175, 365)  # days after it is written until it is looked at again


@cache
def lives() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(resources.files(__package__).joinpath("lives.toml").read_text("utf-8"))[
        "lives"
    ]
    return found


async def write_plans(day: Day, client: str) -> None:
    """What there is about a client when the demo begins."""
    known = await day.state(client)
    if known is None or known.details.case_manager is None:
        return
    chance = Random(f"{day.seed} {client} life")
    life = chance.choice(lives())
    for kind, content in _contents(known, life, chance, day):
        day.hands.now += timedelta(seconds=1)
        ref = str(Ref(kind, "1" if kind in MANY else ""))
        review = day.day + timedelta(days=chance.randint(*WITHIN))
        await day.do(
            known.details.case_manager,
            documents.write,
            client,
            of_document=ref,
            ref=ref,
            content=content,
            together=Together.WITHOUT if kind is Kind.SUPERVISION else chance.choice(HOW),
            based_on=0,
            review_by=None if kind in DATED_ITSELF else review,
        )


def _contents(client: Client, life: dict[str, Any], chance: Random, day: Day) -> Iterator[tuple[Kind, Content]]:
    names = [one for one in bank()["clients"]["first_names"] if one != client.details.first_name]
    for kind, share in SHARE.items():
        if chance.random() < share:
            yield kind, writing.WRITE[kind](life, client, chance.sample(names, 6), day.day)
