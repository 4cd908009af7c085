"""A hundred edits of one document, and several people at the same one: nothing that anybody wrote is lost."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import httpx2
import pytest

from factboard.domain import documents as rules
from factboard.domain.documents import differences
from factboard.domain.events.contents import CarePlan, Goal, Kind, Together
from factboard.storage import documents, drafts
from tests.service import OWN, Service
from tests.web.reading import fields, words

WRITERS = ("anna", "lars")
RACES = 12  # of two people, in `make test`; 300 with --full


def plan(service: Service, document: str = "about") -> str:
    return f"/clients/{service.clients['Stina Exempel']}/plans/{document}"


async def a_hundred_edits(service: Service) -> list[CarePlan]:
    """The contents that were written, in their order."""
    pick, wrote, content = random.Random(7), [], CarePlan(note="Börjar här")
    client = service.clients["Stina Exempel"]
    for number in range(1, 101):
        goals = list(content.goals)
        place = pick.randrange(len(goals) + 1)
        if place == len(goals):
            goals.append(Goal(goal=f"Mål {number}, med ord och tecken: å, ä, ö"))
        elif pick.random() < 0.3:
            goals.pop(place)
        else:
            goals[place] = replace(goals[place], goal=f"{goals[place].goal} och {number}", subgoals=(f"Steg {number}",))
        content = replace(content, goals=tuple(goals), note=f"Börjar här och går vidare {number} gånger")
        await service.recorder.change(
            OWN,
            pick.choice(WRITERS),
            rules.write,
            client=client,
            of_document="care_plan",
            ref="care_plan",
            content=content,
            together=Together.TOGETHER,
            based_on=number - 1,
        )
        async with service.app.state.store.reading() as connection:
            known = await documents.newest(connection, OWN, client, "care_plan")
        assert known
        assert isinstance(known.content, CarePlan)
        content = known.content
        wrote.append(content)
    return wrote


async def test_each_of_a_hundred_versions_is_read_as_it_was_written(service: Service, anna: httpx2.AsyncClient) -> None:
    wrote = await a_hundred_edits(service)
    client = service.clients["Stina Exempel"]
    async with service.app.state.store.reading() as connection:
        kept = await documents.versions(connection, OWN, client, "care_plan")
    assert [one.content for one in reversed(kept)] == wrote
    for before, after in pairwise(wrote):
        found = differences(before, after)
        assert found
        assert {one.path[0] for one in found} <= {"goals", "note"}
        for one in found:  # and what it says was so
            if one.path == ("note",):
                assert (one.before, one.after) == (before.note, after.note)
            else:
                old, new = ({goal.id: goal for goal in side.goals} for side in (before, after))
                name = one.path[2] if len(one.path) > 2 else None
                sides = [side.get(one.path[1]) for side in (old, new)]
                assert [one.before, one.after] == [getattr(side, name) if name and side else side for side in sides]
    page = await anna.get(f"{plan(service, 'care_plan')}/versions")
    assert page.text.count("<del>") >= 100
    assert all(f"Version {number}," in words(page) for number in (1, 50, 100))
    assert wrote[41].note in words(await anna.get(f"{plan(service, 'care_plan')}?version=42"))


@pytest.mark.parametrize("seed", range(RACES))
async def test_two_who_write_at_once_lose_no_word(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, seed: int
) -> None:
    await race(service, {"anna": anna, "lars": lars}, seed)


@pytest.mark.full
async def test_three_hundred_races_lose_no_word(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    for seed in range(RACES, 300):
        await race(service, {"anna": anna, "lars": lars}, seed)


async def race(service: Service, people: dict[str, httpx2.AsyncClient], seed: int) -> None:
    """Each opens, types, leaves, comes back and saves as it comes. At the end each word that somebody typed stands in a
    version or in their draft: words are only added, so none may be missing.
    """
    pick = random.Random(seed)
    at = plan(service, f"education.r{seed}")
    client, ref = service.clients["Stina Exempel"], f"education.r{seed}"
    open_forms: dict[str, dict[str, str]] = {}
    typed: list[str] = []
    for step in range(30):
        who = pick.choice(WRITERS)
        mine = open_forms.get(who)
        if mine is None or pick.random() < 0.15:  # opens it, or comes back to it
            open_forms[who] = fields(await people[who].get(f"{at}/edit"))
            continue
        if pick.random() < 0.25:  # saves
            answer = await people[who].post(f"{at}/edit", data=mine | {"together": "together"})
            assert answer.status_code in (303, 409, 422), answer.status_code
            if answer.status_code == 303:
                del open_forms[who]
            else:
                open_forms[who] = fields(answer)
            continue
        name = pick.choice(("about", "practised", "home_task", "followed_up"))
        word = f"{who}{seed}x{step}"
        mine[name] = f"{mine.get(name, '')} {word}".strip()
        kept = await people[who].post(f"{at}/draft", data=mine)
        assert kept.status_code == 200
        typed.append(word)
        mine["draft"] = kept.text.split('data-token="')[1].split('"')[0]
    async with service.app.state.store.reading() as connection:
        versions = await documents.versions(connection, OWN, client, ref)
        left = [await drafts.draft(connection, OWN, client, ref, who) for who in WRITERS]
    everything = " ".join([str(one.content) for one in versions] + [str(one.typed) for one in left if one])
    assert [word for word in typed if word not in everything] == []
    assert typed
    assert {one.kind for one in versions} <= {Kind.EDUCATION}
