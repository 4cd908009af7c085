"""What is done on a card: each act, what others did meanwhile, bad input, undo, and who may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from factboard.domain import placement
from factboard.domain.events import Basis, ContactLogged, Rated, Rating, Settings
from factboard.domain.refusal import Conflict, Invalid
from factboard.recorder import Receipt
from factboard.web.words import words_for
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import FRAGMENT, JSON, client, facts, looks, seq, typed, words

ASKED = {"anchored": "asked"}  # lars is her case manager
ACTS = {  # what is typed, and the facts that it makes
    "take": ({}, ["taken"]),
    "category": ({"category": "long_intensive", "reason": "Håller i sig"} | ASKED, ["recategorised"]),
    "rate": ({"rating": "better", "basis": "seen", "by": "lars"}, ["rated"]),
    "contact": ({"contact": "home", "others": ["lars"], "note": "Åt lite"}, ["contact_logged"]),
    "visit": ({"who": "lars", "day": "2026-11-24", "at": "13:30"} | ASKED, ["visit_planned"]),
    "action": (
        {"text": "Ring mamman", "owner": "anna", "due": "2026-11-23", "urgent": "yes"} | ASKED,
        ["action_added"],
    ),
    "crisis-plan": ({"with_client": "no", "on": "2026-11-20"}, ["crisis_plan_reviewed"]),
    "review": ({"review_by": "2026-12-01", "reason": "Efter helgen"}, ["review_set"]),
    "keep": ({"reason": "Flyttar på fredag", "until": "2026-11-27"}, ["return_held"]),
    "planned-contact": ({"who": "lars", "every_days": "14", "next": "2026-12-01"} | ASKED, ["planned_contact_set"]),
    "return": ({"reason": "Sover, äter, är som vanligt"} | ASKED, ["returned"]),
    "tip": ({"text": "Han svarar inte", "said_by": "Eva", "relation": "relative"}, ["tip_noted"]),
    "back": ({}, ["put_on_board"]),
    "entered-in-error": ({"reason": "Fel person"}, ["entered_in_error"]),
}


@pytest_asyncio.fixture
async def stina(service: Service) -> AsyncIterator[str]:
    """Somebody on the board, put there by lars."""
    await service.put_on("Stina Exempel", "lars")
    yield f"/clients/{service.clients['Stina Exempel']}"


async def test_each_act_is_one_short_form_and_one_fact(service: Service, anna: httpx2.AsyncClient, stina: str) -> None:
    for act, (given, kinds) in ACTS.items():
        form = await anna.get(f"{stina}/{act}")
        assert form.status_code == 200, act
        assert "Stina Exempel 1980-05-17" in words(form), act
        fragment = await anna.get(f"{stina}/{act}", headers=FRAGMENT)
        assert "<html" not in fragment.text, act
        assert f'action="{stina}/{act}"' in fragment.text, act
        before = await seq(service)
        data = given | {"seen": typed(form, "seen"), "request_id": typed(form, "request_id")}
        answer = await anna.post(f"{stina}/{act}", data=data)
        assert answer.headers.get("location") == f"{stina}?saved={before + 1}", act
        assert f"Nr {before + 1} i historiken" in words(await anna.get(answer.headers["location"])), act
        assert [fact.fact.kind for fact in await facts(service, before)] == kinds, act
        again = await anna.post(f"{stina}/{act}", data=data, headers=JSON)
        assert again.json()["repeated"], act
        assert await seq(service) == before + 1, act


async def test_the_signed_out_another_team_and_the_wrong_role_change_nothing(
    service: Service, stina: str, bo: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    before = await seq(service)
    async with service.person("maria") as maria, service.person("admin") as admin:
        for act, (given, _) in ACTS.items():
            assert (await nobody.get(f"{stina}/{act}")).status_code == 303, act
            assert (await nobody.get(f"{stina}/{act}", headers=FRAGMENT)).status_code == 401, act
            assert (await nobody.post(f"{stina}/{act}", data=given)).status_code == 401, act
            theirs = await bo.post(f"{stina}/{act}", data=given)
            unknown = await bo.post(f"/clients/nobody/{act}", data=given)
            assert theirs.status_code == unknown.status_code == 404, act
            assert theirs.text.replace(stina, "/clients/nobody") == unknown.text, act
            for other in (maria, admin):
                assert (await other.post(f"{stina}/{act}", data=given)).status_code == 403, act
    assert await seq(service) == before


async def test_htmx_gets_a_toast_with_the_number_and_undo(
    service: Service, anna: httpx2.AsyncClient, stina: str
) -> None:
    answer = await anna.post(f"{stina}/take", headers=FRAGMENT)
    number = await seq(service)
    assert answer.headers["hx-trigger"].startswith('{"saved"')
    assert answer.headers["factboard-saved"] == str(number)
    assert f"Stina Exempel: du har tagit det här. Nr {number}" in words(answer)
    assert f'action="{stina}/undo/{number}"' in answer.text
    undone = await anna.post(f"{stina}/undo/{number}", headers=FRAGMENT)
    assert undone.status_code == 200
    stay = (await client(service, "Stina Exempel")).stay
    assert stay
    assert stay.taken_by is None


async def test_the_toast_of_a_protected_identity_names_its_code(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on("Vilma Skyddsson", "lars")
    answer = await anna.post(f"/clients/{service.clients['Vilma Skyddsson']}/take", headers=FRAGMENT)
    assert "Skyddad identitet" in words(answer)
    assert "Vilma" not in answer.text


async def test_a_flag_that_somebody_has_is_taken_over_by_who_is_told_so(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, stina: str
) -> None:
    free = await anna.get(f"{stina}/take")
    assert "Ingen har tagit det här ännu" in words(free)
    assert 'name="over"' not in free.text
    await lars.post(f"{stina}/take")
    assert 'name="over"' not in (await lars.get(f"{stina}/take")).text  # one's own already
    late = await anna.post(f"{stina}/take", data={"seen": typed(free, "seen")})
    assert late.status_code == 409
    form = await anna.get(f"{stina}/take")
    for asked in (late, form):
        assert "Lars Test har tagit det (mån 23 nov 09:40). Vill du ta över?" in words(asked)
    data = {name: typed(form, name) for name in ("over", "seen", "request_id")}
    assert (await anna.post(f"{stina}/take", data=data, headers=JSON)).json()["kinds"] == ["taken"]
    stay = (await client(service, "Stina Exempel")).stay
    assert stay
    assert stay.taken_by == "anna"


async def test_what_is_left_to_do_is_told_when_a_time_on_the_board_ends_and_ticked_after_it(
    service: Service, anna: httpx2.AsyncClient, stina: str
) -> None:
    stay = (await client(service, "Stina Exempel")).stay
    assert stay
    await anna.post(f"{stina}/actions/{stay.actions[0].id}/done")  # to write a crisis plan, which came by itself
    assert "Öppna åtgärder" not in words(await anna.get(f"{stina}/return"))
    for text in ("Ring mamman", "Boka läkartid"):
        await anna.post(f"{stina}/action", data={"text": text} | ASKED)
    stay = (await client(service, "Stina Exempel")).stay
    assert stay
    first, second = (f"{stina}/actions/{action.id}/done" for action in stay.actions if not action.task)
    await anna.post(second)
    for page in ("return", "end"):
        said = words(await anna.get(f"{stina}/{page}"))
        assert "står kvar på patientens sida: Ring mamman" in said
        assert "Boka läkartid" not in said
    await anna.post(f"{stina}/return", data={"reason": "Lugnt"} | ASKED)
    after = await anna.get(stina)
    assert "Kvar att göra" in words(after)
    assert f'formaction="{first}"' in after.text
    await anna.post(first)
    assert "Kvar att göra" not in words(await anna.get(stina))


async def test_a_crisis_plan_from_before_this_time_on_the_board_is_called_so(
    service: Service, anna: httpx2.AsyncClient, stina: str
) -> None:
    assert "krisplanen inte genomgången" in words(await anna.get("/board"))  # among what is missing yet
    await anna.post(f"{stina}/crisis-plan", data={"with_client": "yes", "on": "2026-08-03"})
    assert "Krisplan inte genomgången under den här perioden (senast 3 aug)" in words(await anna.get("/board"))
    await anna.post(f"{stina}/crisis-plan", data={"with_client": "yes"})
    assert "Krisplan genomgången 23 nov" in words(await anna.get("/board"))


async def test_a_contact_with_its_rating_is_undone_as_one(
    service: Service, anna: httpx2.AsyncClient, stina: str
) -> None:
    before = await seq(service)
    answer = await anna.post(f"{stina}/contact", data={"contact": "phone", "rating": "worse"}, headers=FRAGMENT)
    contact, rating = await facts(service, before)
    assert isinstance(contact.fact, ContactLogged)
    assert isinstance(rating.fact, Rated)
    assert (rating.fact.rating, rating.fact.basis) == (Rating.WORSE, Basis.SPOKEN_WITH)
    assert f"/undo/{contact.seq}" in answer.text
    await anna.post(f"{stina}/undo/{contact.seq}")
    known = await client(service, "Stina Exempel")
    assert known.stay
    assert (known.contacts, known.stay.ratings) == ((), ())


async def test_undo_is_ones_own_and_within_a_minute(
    service: Service,
    clock: Clock,
    anna: httpx2.AsyncClient,
    lars: httpx2.AsyncClient,
    bo: httpx2.AsyncClient,
    stina: str,
) -> None:
    number = (await anna.post(f"{stina}/take", headers=JSON)).json()["seq"]
    assert (await lars.post(f"{stina}/undo/{number}")).status_code == 403
    assert (await bo.post(f"{stina}/undo/{number}")).status_code == 404
    assert f"{stina}/undo/{number}" in (await anna.get(stina)).text
    clock.forward(seconds=61)
    late = await anna.post(f"{stina}/undo/{number}")
    assert late.status_code == 409
    assert words_for(Settings(""), "sv").problem("undo_too_late") in words(late)
    assert f"{stina}/undo/{number}" not in (await anna.get(stina)).text
    assert (await anna.post(f"{stina}/undo/{10**18}")).status_code == 404
    assert await seq(service) == number


async def test_an_action_is_ticked_with_one_touch(service: Service, anna: httpx2.AsyncClient, stina: str) -> None:
    await anna.post(f"{stina}/action", data={"text": "Ring mamman"} | ASKED)
    stay = (await client(service, "Stina Exempel")).stay
    assert stay
    done = f"{stina}/actions/{stay.actions[0].id}/done"
    assert (await anna.post(done, headers=JSON)).json()["kinds"] == ["action_done"]
    async with service.person("lars", "en") as lars:
        second = await lars.post(done, headers=FRAGMENT)
    assert second.status_code == 409
    assert "Anna Test has already done this" in words(second)


async def test_the_second_one_to_take_sees_who_was_first(
    service: Service, anna: httpx2.AsyncClient, stina: str
) -> None:
    seen = await seq(service)
    await service.recorder.change(OWN, "lars", placement.take, client=service.clients["Stina Exempel"])
    before = await seq(service)
    answer = await anna.post(f"{stina}/take", data={"seen": seen}, headers=FRAGMENT)
    assert answer.status_code == 409
    assert "Lars Test" in words(answer)
    assert await seq(service) == before


async def test_nobody_takes_what_they_have_not_read(service: Service, anna: httpx2.AsyncClient, stina: str) -> None:
    seen = await seq(service)
    await service.put_on("Stina Exempel", "lars", reason="Har slutat äta")
    answer = await anna.post(f"{stina}/take", data={"seen": seen}, headers=FRAGMENT)
    assert answer.status_code == 409
    assert "Har slutat äta" in words(answer)
    again = await anna.post(f"{stina}/take", data={"seen": typed(answer, "seen")}, headers=JSON)
    assert again.json()["kinds"] == ["taken"]


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_a_return_on_an_old_view_shows_what_happened_keeps_the_text_and_can_be_sent_again(
    service: Service, clock: Clock, stina: str, language: str
) -> None:
    async with service.person("anna", language) as anna:
        form = await anna.get(f"{stina}/return")
        clock.forward(minutes=3)
        await service.put_on("Stina Exempel", "lars", reason="Har slutat äta")
        before = await seq(service)
        data = {"reason": "Lugnt i går", "seen": typed(form, "seen"), "request_id": typed(form, "request_id")} | ASKED
        program = await anna.post(f"{stina}/return", data=data, headers=JSON)
        assert program.json()["refused"] == "flagged_meanwhile"
        assert [fact["kind"] for fact in program.json()["meanwhile"]] == ["flagged_again"]
        page = await anna.post(f"{stina}/return", data=data)
        assert page.status_code == 409
        for said in ("Lars Test", "09:43", "Har slutat äta"):
            assert said in words(page)
        assert typed(page, "reason") == "Lugnt i går"
        assert await seq(service) == before
        second = data | {"seen": typed(page, "seen"), "request_id": typed(page, "request_id")}
        assert (await anna.post(f"{stina}/return", data=second, headers=JSON)).json()["kinds"] == ["returned"]


async def test_what_comes_in_after_the_refusal_is_not_taken_for_read(
    service: Service, anna: httpx2.AsyncClient, stina: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await anna.get(f"{stina}/return")
    data = {"reason": "Lugnt i går", "seen": typed(form, "seen"), "request_id": typed(form, "request_id")} | ASKED
    await service.put_on("Stina Exempel", reason="Ringer om nätterna")
    change = service.recorder.change

    async def refused_and_flagged(*given: Any, **what: Any) -> Receipt:
        try:
            return await change(*given, **what)
        except Conflict:
            monkeypatch.undo()
            await service.put_on("Stina Exempel", reason="Svarar inte längre")
            raise

    monkeypatch.setattr(service.recorder, "change", refused_and_flagged)
    first = await anna.post(f"{stina}/return", data=data)
    assert "Svarar inte längre" not in words(first)
    next_try = {"seen": typed(first, "seen"), "request_id": typed(first, "request_id")}
    second = await anna.post(f"{stina}/return", data=data | next_try)
    assert second.status_code == 409
    assert "Svarar inte längre" in words(second)


@pytest.mark.parametrize(
    ("act", "first", "second"),
    [
        ("category", {"category": "long_intensive"}, {"category": "crisis_prevention", "reason": "Lugnare nu"}),
        ("review", {"review_by": "2026-12-01"}, {"review_by": "2026-12-02", "reason": "Efter läkarbesöket"}),
    ],
)
async def test_two_at_once_nothing_is_overwritten_unseen(
    service: Service,
    anna: httpx2.AsyncClient,
    lars: httpx2.AsyncClient,
    stina: str,
    act: str,
    first: dict[str, str],
    second: dict[str, str],
) -> None:
    seen = typed(await anna.get(f"{stina}/{act}"), "seen")
    await lars.post(f"{stina}/{act}", data=first | {"seen": seen})
    before = await seq(service)
    answer = await anna.post(f"{stina}/{act}", data=second | {"seen": seen})
    assert answer.status_code == 409
    assert "Lars Test" in words(answer)
    assert typed(answer, "reason") == second["reason"]
    assert await seq(service) == before


async def test_a_rating_for_somebody_just_returned_keeps_the_contact(
    service: Service, anna: httpx2.AsyncClient, stina: str
) -> None:
    await service.recorder.change(
        OWN, "lars", placement.return_to_planned_care, client=service.clients["Stina Exempel"], reason="Lugnt"
    )
    assert (await anna.get(f"{stina}/rate")).status_code == 409
    data = {"contact": "home", "rating": "better", "note": "Åt lite"}
    answer = await anna.post(f"{stina}/contact", data=data)
    assert answer.status_code == 409
    assert typed(answer, "note") == "Åt lite"
    assert (await anna.post(f"{stina}/contact", data={"contact": "home"}, headers=JSON)).json()["kinds"] == [
        "contact_logged"
    ]


async def test_days_and_times_are_the_teams_own(service: Service, anna: httpx2.AsyncClient, stina: str) -> None:
    before = await seq(service)
    for day, at in (("", ""), ("2026-11-23", "08:15"), ("2026-10-24", "08:15"), ("2026-11-20", "")):
        assert (await anna.post(f"{stina}/contact", data={"contact": "home", "day": day, "at": at})).status_code == 303
    happened = [fact.fact.happened_at for fact in await facts(service, before)]
    assert happened == [
        datetime(2026, 11, 23, 8, 40, tzinfo=UTC),  # now
        datetime(2026, 11, 23, 7, 15, tzinfo=UTC),  # winter
        datetime(2026, 10, 24, 6, 15, tzinfo=UTC),  # the last day of summer time
        datetime(2026, 11, 20, 11, 0, tzinfo=UTC),  # a day without a time is its noon
    ]


BAD = {
    ("category", "same"): ({"category": "short_intensive"}, Invalid("same_category", "category")),
    ("category", "another team's"): ({"category": "theirs"}, Invalid("unknown_category", "category")),
    ("category", "none"): ({}, Invalid("choose_one", "category")),
    ("rate", "none"): ({"basis": "seen"}, Invalid("choose_one", "rating")),
    ("rate", "unknown"): ({"rating": "splendid", "basis": "seen"}, Invalid("unknown_choice", "rating")),
    ("rate", "no basis"): ({"rating": "better", "basis": "none"}, Invalid("rating_needs_basis", "basis")),
    ("rate", "stranger"): ({"rating": "better", "basis": "seen", "by": "bo"}, Invalid("unknown_member", "by")),
    ("contact", "none"): ({}, Invalid("choose_one", "contact")),
    ("contact", "tomorrow"): ({"contact": "home", "day": "2026-11-24"}, Invalid("in_the_future", "day")),
    ("contact", "in an hour"): ({"contact": "home", "at": "10:40"}, Invalid("in_the_future", "day")),
    ("contact", "years ago"): ({"contact": "home", "day": "0001-01-01"}, Invalid("day_out_of_range", "day")),
    ("contact", "31 February"): ({"contact": "home", "day": "2026-02-31"}, Invalid("not_a_date", "day")),
    ("contact", "25 o'clock"): ({"contact": "home", "at": "25:00"}, Invalid("not_a_time", "at")),
    ("contact", "in Tokyo"): ({"contact": "home", "at": "13:00+09:00"}, Invalid("not_a_time", "at")),
    ("contact", "long"): (
        {"contact": "home", "note": "x" * 2001},
        Invalid("too_long", "note", limit=2000, length=2001),
    ),
    ("contact", "with a stranger"): ({"contact": "home", "others": ["bo"]}, Invalid("unknown_member", "others")),
    ("contact", "not met"): (
        {"contact": "tried_and_missed", "rating": "better"},
        Invalid("attempt_is_no_evidence", "rating"),
    ),
    ("visit", "yesterday"): ({"who": "anna", "day": "2026-11-22"}, Invalid("day_out_of_range", "day")),
    ("visit", "nobody"): ({"day": "2026-11-24"}, Invalid("choose_one", "who")),
    ("visit", "no day"): ({"who": "anna"}, Invalid("required", "day")),
    ("action", "nothing"): ({"text": " "}, Invalid("required", "text")),
    ("action", "control"): ({"text": "a\x07"}, Invalid("control_characters", "text")),
    ("action", "far away"): ({"text": "Ring", "due": "9999-12-31"}, Invalid("day_out_of_range", "due")),
    ("crisis-plan", "not said"): ({}, Invalid("choose_one", "with_client")),
    ("crisis-plan", "unknown"): ({"with_client": "maybe"}, Invalid("unknown_choice", "with_client")),
    ("crisis-plan", "tomorrow"): ({"with_client": "yes", "on": "2026-11-24"}, Invalid("day_out_of_range", "on")),
    ("review", "past"): ({"review_by": "2026-11-01"}, Invalid("day_out_of_range", "review_by")),
    ("keep", "no reason"): ({"until": "2026-11-27"}, Invalid("required", "reason")),
    ("keep", "15 days"): ({"reason": "x", "until": "2026-12-08"}, Invalid("kept_too_long", "until", days=14)),
    ("keep", "yesterday"): ({"reason": "x", "until": "2026-11-22"}, Invalid("kept_too_long", "until", days=14)),
    ("keep", "31 November"): ({"reason": "x", "until": "2026-11-31"}, Invalid("not_a_date", "until")),
    ("announce", "not said"): ({"view": "x"}, Invalid("choose_one", "informed")),
    ("announce", "not known"): ({"informed": "unknown"}, Invalid("unknown_choice", "informed")),
    ("told", "not said"): ({}, Invalid("choose_one", "informed")),
    ("told", "not known"): ({"informed": "unknown"}, Invalid("unknown_choice", "informed")),
    ("planned-contact", "nobody"): ({"every_days": "14", "next": "2026-12-01"}, Invalid("choose_one", "who")),
    ("planned-contact", "a stranger"): (
        {"who": "bo", "every_days": "14", "next": "2026-12-01"},
        Invalid("unknown_member", "who"),
    ),
    ("planned-contact", "an auditor"): (
        {"who": "maria", "every_days": "14", "next": "2026-12-01"},
        Invalid("unknown_member", "who"),
    ),
    ("planned-contact", "never"): (
        {"who": "anna", "every_days": "0", "next": "2026-12-01"},
        Invalid("number_out_of_range", "every_days", low=1, high=366),
    ),
    ("planned-contact", "often"): (
        {"who": "anna", "every_days": "often", "next": "2026-12-01"},
        Invalid("not_a_number", "every_days"),
    ),
    ("planned-contact", "yesterday"): (
        {"who": "anna", "every_days": "14", "next": "2026-11-22"},
        Invalid("day_out_of_range", "next"),
    ),
    ("return", "declined, alone"): ({"reason": "x", "declined": "yes"}, Invalid("choose_one", "agreed_with")),
    ("return", "declined, with oneself"): (
        {"reason": "x", "declined": "yes", "agreed_with": "anna"},
        Invalid("two_people_agree", "agreed_with"),
    ),
    ("return", "no reason"): ({"reason": ""}, Invalid("required", "reason")),
    ("return", "long"): ({"reason": "x" * 501}, Invalid("too_long", "reason", limit=500, length=501)),
    ("entered-in-error", "no reason"): ({}, Invalid("required", "reason")),
    ("take", "no number"): ({"seen": "newest"}, Invalid("not_a_number", "seen")),
    ("take", "no id"): ({"request_id": "x" * 101}, Invalid("not_understood", "request_id")),
}


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_bad_input_gets_a_clear_message_and_changes_nothing(service: Service, stina: str, language: str) -> None:
    before, said = await seq(service), words_for(Settings(""), language)
    async with service.person("anna", language) as anna:
        for (act, case), (given, why) in BAD.items():
            page = await anna.post(f"{stina}/{act}", data=given)
            program = await anna.post(f"{stina}/{act}", data=given, headers=JSON)
            assert page.status_code == program.status_code == 422, (act, case)
            assert program.json().items() >= {"saved": False, "errors": {why.field: why.key}}.items(), (act, case)
            assert said.refusal(why) in words(page), (act, case)
            for name in {"reason", "note", "text"} & set(given):
                assert typed(page, name) == given[name], (act, case)
    assert await seq(service) == before


async def test_an_unknown_act_and_an_unknown_action_are_not_there(
    service: Service, anna: httpx2.AsyncClient, stina: str
) -> None:
    before = await seq(service)
    assert (await anna.get(f"{stina}/dance")).status_code == 404
    assert (await anna.post(f"{stina}/dance")).status_code == 404
    assert (await anna.post(f"{stina}/actions/nothing/done")).status_code == 409
    assert await seq(service) == before


async def test_each_form_stands_in_the_access_log(service: Service, anna: httpx2.AsyncClient, stina: str) -> None:
    await anna.get(f"{stina}/rate")
    assert ("anna", "read", "card", service.clients["Stina Exempel"]) in await looks(service)
