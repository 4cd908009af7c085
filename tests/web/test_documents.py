"""What is written about planned care: read, written, kept as a draft, compared; two at once lose nothing."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from factboard.domain import documents as rules
from factboard.domain.events.contents import CONTENTS, MANY, Kind, Together, WrittenCrisisPlan
from factboard.storage import documents
from factboard.web.documents.labels import ALONE
from factboard.web.documents.telling import pieces
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import fields, looks, words

ME = {"who_i_am": "Jag målar om nätterna", "matters": "Min syster\nAtt få vara ifred", "together": "together"}


def plan(service: Service, document: str = "about", name: str = "Stina Exempel") -> str:
    return f"/clients/{service.clients[name]}/plans/{document}"


async def write(who: httpx2.AsyncClient, at: str, **said: Any) -> httpx2.Response:
    """As somebody who opens the form, types and saves."""
    form = fields(await who.get(f"{at}/edit"))
    return await who.post(f"{at}/edit", data=form | {"anchored": "yes"} | said)


async def test_what_is_not_written_yet_says_so_and_leads_to_its_form(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    page = await anna.get(plan(service))
    assert "Inget är skrivet ännu" in words(page)
    assert f'href="{plan(service)}/edit"' in page.text


async def test_a_version_is_written_read_and_stands_in_the_history(service: Service, anna: httpx2.AsyncClient) -> None:
    saved = await write(anna, plan(service), **ME)
    assert saved.status_code == 303
    page = words(await anna.get(saved.headers["location"]))
    for said in ("Jag målar om nätterna", "Min syster", "Version 1", "Anna Test", "tillsammans med"):
        assert said in page
    story = words(await anna.get(f"/clients/{service.clients['Stina Exempel']}"))
    assert "Anna Test skrev för Stina Exempel" in story
    assert ("anna", "read", "document", service.clients["Stina Exempel"]) in await looks(service)


@pytest.mark.parametrize("kind", sorted(CONTENTS))
async def test_every_kind_has_a_form_that_says_what_is_missing_in_it(
    service: Service, anna: httpx2.AsyncClient, kind: Kind
) -> None:
    at = plan(service, f"{kind.value}.a1" if (many := hasattr(CONTENTS[kind](), "on")) else kind.value)
    form = await anna.get(f"{at}/edit")
    assert form.status_code == 200
    empty = await anna.post(f"{at}/edit", data=fields(form) | ({} if kind in ALONE else {"together": "without"}))
    assert empty.status_code == 422
    assert many is (kind in MANY)


async def test_wrong_input_stands_beside_its_field_and_nothing_typed_is_lost(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    at = plan(service, "care_plan")
    wrong = {"goals-0-goal": "Bo själv", "goals-0-by": "i vår", "contacts-0-every_days": "ofta", "together": ""}
    again = await write(anna, at, **wrong)
    assert again.status_code == 422
    page = words(again)
    for said in ("Välj ett alternativ.", "Det här är inget datum", "Ange ett heltal", "Bo själv"):
        assert said in page
    for kept in ('value="i vår"', 'value="ofta"'):
        assert kept in again.text
    assert (await anna.get(at)).status_code == 200
    async with service.app.state.store.reading() as connection:
        assert await documents.of_client(connection, OWN, service.clients["Stina Exempel"]) == []


async def test_a_row_is_added_without_script_and_taken_away_by_a_tick(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    at = plan(service, "care_plan")
    await write(anna, at, **{"goals-0-goal": "Bo själv", "together": "together"})
    more = await write(anna, at, more="goals")
    assert more.status_code == 200
    assert 'name="goals-1-goal"' in more.text
    both = {"goals-0-gone": "yes", "goals-1-id": "", "goals-1-goal": "Sova", "together": "together"}
    await write(anna, at, **both)
    page = words(await anna.get(at))
    assert "Sova" in page
    assert "Bo själv" not in page


async def test_what_is_typed_is_kept_as_a_draft_that_only_its_writer_sees(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    at = plan(service)
    form = fields(await anna.get(f"{at}/edit"))
    kept = await anna.post(f"{at}/draft", data=form | {"who_i_am": "Halvfärdigt 👍 \n med rader"})
    assert "Utkastet sparat" in words(kept)
    again = await anna.get(f"{at}/edit")
    assert "Det här är ditt utkast" in words(again)
    assert fields(again)["who_i_am"] == "Halvfärdigt 👍 \n med rader"
    theirs = await lars.get(f"{at}/edit")
    assert "Anna Test ändrar också här" in words(theirs)
    assert "Halvfärdigt" not in theirs.text
    assert "ditt utkast" in words(await anna.get(f"/clients/{service.clients['Stina Exempel']}/plans"))
    assert (await anna.post(f"{at}/draft/throw-away")).status_code == 303
    assert "ditt utkast" not in words(await anna.get(f"{at}/edit"))


async def test_another_window_of_the_same_person_writes_nothing_over(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    at = plan(service)
    form = fields(await anna.get(f"{at}/edit"))
    await anna.post(f"{at}/draft", data=form | {"who_i_am": "I det ena fönstret"})
    other = await anna.post(f"{at}/draft", data=form | {"who_i_am": "I det andra"})
    assert other.status_code == 409
    assert "ett annat fönster" in words(other)
    assert fields(await anna.get(f"{at}/edit"))["who_i_am"] == "I det ena fönstret"


async def test_an_earlier_sending_that_was_slow_writes_nothing_over(service: Service, anna: httpx2.AsyncClient) -> None:
    """What leaves with the page may come before what left while one typed, and the page has then seen neither."""
    at = plan(service)
    form = fields(await anna.get(f"{at}/edit"))
    for turn, who in ((1, "Jag"), (3, "Jag målar om nätterna"), (2, "Jag målar")):
        kept = await anna.post(f"{at}/draft", data=form | {"who_i_am": who, "turn": str(turn)})
        assert kept.status_code == 200
    assert fields(await anna.get(f"{at}/edit"))["who_i_am"] == "Jag målar om nätterna"
    other = await anna.post(f"{at}/draft", data=form | {"who_i_am": "Annat", "page": "another", "turn": "9"})
    assert other.status_code == 409


async def test_saving_takes_the_draft_with_it(service: Service, anna: httpx2.AsyncClient) -> None:
    at = plan(service)
    form = fields(await anna.get(f"{at}/edit"))
    await anna.post(f"{at}/draft", data=form | ME)
    assert (await write(anna, at, **ME)).status_code == 303
    assert "ditt utkast" not in words(await anna.get(f"{at}/edit"))


async def test_two_who_write_at_once_are_both_kept_and_brought_together(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    at = plan(service)
    await write(anna, at, **ME)
    mine = fields(await anna.get(f"{at}/edit"))
    await write(lars, at, who_i_am="Jag målar på dagarna", meet_me="Ring först", together="read")
    told = await anna.post(f"{at}/draft", data=mine | {"who_i_am": "Jag målar jämt", "together": "together"})
    assert "Lars Test sparade version 2" in words(told)
    twice = await anna.post(f"{at}/edit", data=mine | {"who_i_am": "Jag målar jämt", "together": "together"})
    assert twice.status_code == 409
    assert "Två har skrivit" in words(twice)
    assert "<del>på dagarna</del>" in twice.text.replace("\n", "")
    joined = fields(twice)
    assert (joined["who_i_am"], joined["meet_me"]) == ("Jag målar jämt", "Ring först")
    assert (await anna.post(f"{at}/edit", data=joined)).status_code == 303
    versions = words(await anna.get(f"{at}/versions"))
    assert all(f"Version {number}" in versions for number in (1, 2, 3))
    assert "på dagarna" in words(await anna.get(f"{at}?version=2"))


async def test_an_old_version_is_read_and_written_again(service: Service, anna: httpx2.AsyncClient) -> None:
    at = plan(service)
    await write(anna, at, **ME)
    await write(anna, at, who_i_am="Något helt annat", together="without")
    old = await anna.get(f"{at}?version=1")
    assert "Det är inte längre så" in words(old)
    again = await anna.post(f"{at}/edit", data=fields(await anna.get(f"{at}/edit?version=1")) | {"together": "read"})
    page = words(await anna.get(again.headers["location"]))
    assert "Jag målar om nätterna" in page
    assert "lyder som version 1" in page
    assert (await anna.get(f"{at}?version=9")).status_code == 404
    begun = fields(await anna.get(f"{at}/edit?version=2"))
    changed = await anna.post(f"{at}/edit", data=begun | {"together": "read", "who_i_am": "Något tredje"})
    page = words(await anna.get(changed.headers["location"]))
    assert "Något tredje" in page
    assert "lyder som" not in page  # it began with an old version, and does not read as that one


async def test_one_of_several_is_taken_away_with_a_reason(service: Service, anna: httpx2.AsyncClient) -> None:
    at = plan(service, "advocacy.a1")
    said = {"on": "2026-11-20", "towards": "Hyresvärden", "about": "Skulden", "mandate_of": "asked"}
    await write(anna, at, **said, together="together")
    form = fields(await anna.get(f"{at}/withdraw"))
    assert (await anna.post(f"{at}/withdraw", data=form)).status_code == 422
    assert (await anna.post(f"{at}/withdraw", data=form | {"reason": "Fel person"})).status_code == 303
    assert (await anna.get(at)).status_code == 404
    assert "Hyresvärden" in words(await anna.get(f"{at}?version=1"))
    assert (await anna.get(f"{plan(service)}/withdraw")).status_code == 404


async def test_the_same_form_sent_twice_is_one_version(service: Service, anna: httpx2.AsyncClient) -> None:
    at = plan(service)
    form = fields(await anna.get(f"{at}/edit")) | ME
    first, second = [await anna.post(f"{at}/edit", data=form) for _ in range(2)]
    assert first.headers["location"] == second.headers["location"]


async def test_another_teams_plans_are_nobodys(service: Service, bo: httpx2.AsyncClient) -> None:
    assert (await bo.get(plan(service))).status_code == 404
    assert (await bo.get(f"{plan(service)}/edit")).status_code == 404


@pytest.mark.parametrize("seed", range(50))
def test_a_difference_put_together_again_is_both_texts_to_the_letter(seed: int) -> None:
    pick = random.Random(seed)
    signs = "ab åé👍\n.,-"
    before, after = ("".join(pick.choice(signs) for _ in range(pick.randrange(60))) for _ in range(2))
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.how != "added") == before
    assert "".join(piece.text for piece in found if piece.how != "gone") == after


async def test_what_is_wrong_with_a_row_is_told_beside_it_though_rows_before_it_say_nothing(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    at = plan(service, "resource_group")
    rows = {"members-0-kind": "", "members-2-name": "Nils", "members-2-gone": "yes"}
    wrong = {"members-4-name": "Eva", "members-4-told": "plan", "works_for": "Måla"}
    answer = await write(anna, at, **rows, **wrong, together="together")
    assert answer.status_code == 422
    assert 'id="e-members-0-consent_on"' in answer.text
    assert fields(answer)["members-0-name"] == "Eva"
    assert "Nils" not in answer.text


@pytest.mark.parametrize("odd", ["", "a\x00b", "a" * 200], ids=["empty", "nul", "long"])
async def test_an_id_of_a_request_that_is_none_is_taken_for_none(
    service: Service, anna: httpx2.AsyncClient, odd: str
) -> None:
    for words_of_hers in ("Jag målar", "Jag sjunger"):
        saved = await write(anna, plan(service), **ME | {"who_i_am": words_of_hers}, request_id=odd)
        assert saved.status_code == 303


async def test_what_is_only_chosen_in_a_row_is_kept_and_what_is_missing_is_named_with_its_row(
    service: Service, anna: httpx2.AsyncClient
) -> None:
    at = plan(service, "resource_group")
    chosen = {"members-1-name": "Eva", "members-3-kind": "private", "together": "together"}
    answer = await write(anna, at, **chosen)
    assert answer.status_code == 422
    assert "Medlem 2, Namn: " in words(answer)
    assert fields(answer)["members-1-kind"] == "private"


async def test_a_review_day_that_has_passed_does_not_stay_in_the_form(
    service: Service, clock: Clock, anna: httpx2.AsyncClient
) -> None:
    now = clock.now
    written = clock.forward(days=-40).date()
    await service.recorder.change(
        OWN,
        "anna",
        rules.write,
        client=service.clients["Stina Exempel"],
        of_document="crisis_plan",
        ref="crisis_plan",
        content=WrittenCrisisPlan(signs=("Sover inte",)),
        together=Together.TOGETHER,
        based_on=0,
        review_by=written + timedelta(days=30),
    )
    clock.now = now
    form = await anna.get(f"{plan(service, 'crisis_plan')}/edit")
    assert fields(form)["review_by"] == (now.date() + timedelta(days=30)).isoformat()
    assert "har passerat" in words(form)


async def test_a_clients_page_has_the_goals_of_both_plans(service: Service, anna: httpx2.AsyncClient) -> None:
    for kind, goal in (("care_plan", "Sova om natten"), ("social_plan", "Egen lägenhet")):
        await write(anna, plan(service, kind), **{"goals-0-goal": goal, "together": "together"})
    page = words(await anna.get(f"/clients/{service.clients['Stina Exempel']}"))
    assert "Sova om natten" in page
    assert "Egen lägenhet" in page
