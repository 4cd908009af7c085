"""A lead sets when a category's clients go back, sees first what it would do today, and ends a pause.

Stina and Åke came up twenty days ago with a crisis; Anna and Lars have seen both as usual since. Both are ready.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from factboard.domain import crisis_plan, enrolment, placement, planned_care
from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.case import Case
from factboard.domain.state import Team
from factboard.domain.stepdown import State, standing
from factboard.storage import projections
from tests.conftest import NOW, Clock
from tests.service import OTHER, OWN, Service
from tests.web.reading import JSON, client, facts, looks, seq, typed, words

STINA, AKE, VILMA = "Stina Exempel", "Åke Provström", "Vilma Skyddsson"
CRISIS = "/settings/categories/short_intensive"
FIELDS = (
    "was", "code", "name", "order", "review_days", "contacts_a_week", "unseen_days", "stable_ratings", "raters",
    "stable_days", "return_time",
)  # fmt: skip
TUESDAY_13 = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def team(service: Service, id: str = OWN) -> Team:
    async with service.app.state.store.reading() as connection:
        known = await projections.team(connection, id)
    assert known
    return known


async def stable(service: Service, clock: Clock, *names: str) -> None:
    """Twenty days of these: all that the standard policy of a crisis asks is so, but for who answers for them."""
    change, ids = service.recorder.change, [service.clients[name] for name in names]
    began = clock.now
    for name in names:
        await service.put_on(name)
    for id in ids:
        await change(OWN, "lars", placement.take, client=id)
    for day, by in ((3, "anna"), (11, "lars"), (15, "anna"), (16, "lars"), (17, "anna"), (18, "lars"), (19, "anna")):
        clock.now = began + timedelta(days=day)
        rating = {"rating": e.Rating.USUAL} if day in (3, 11, 19) else {}
        for id in ids:
            await change(OWN, by, placement.log_contact, client=id, contact=e.ContactKind.HOME, **rating)
    for id in ids:
        await change(OWN, "lars", crisis_plan.review_crisis_plan, client=id, with_client=True)
        plan = {"who": "lars", "every_days": 14, "next": NOW.date() + timedelta(days=4)}
        await change(OWN, "lars", planned_care.set_planned_contact, client=id, **plan)
    clock.now = began + timedelta(days=20)


def announced(case: Case) -> list[e.Entry]:
    grounds = e.Grounds(1, 1, "test")
    said = (e.Mode.AUTOMATIC, TUESDAY_13, "lars", None, e.Informed.YES, "")
    return [case.about(e.ReturnAnnounced("m1", *said, grounds))]


class Ready:
    """After those twenty days."""

    @pytest.fixture
    def clock(self) -> Clock:
        return Clock(NOW - timedelta(days=20))

    @pytest_asyncio.fixture
    async def service(self, service: Service, clock: Clock) -> Service:
        await stable(service, clock, STINA, AKE)
        return service


@pytest_asyncio.fixture
async def lars(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    async with service.person("lars", "en") as browser:
        yield browser


async def form(lars: httpx2.AsyncClient, path: str = CRISIS, **changed: Any) -> dict[str, Any]:
    """The category's form as the page shows it, with these fields changed."""
    page = (await lars.get(path)).text
    sent: dict[str, Any] = {name: typed(httpx2.Response(200, text=page), name) for name in FIELDS}
    for name in ("mode", "colour", "shape"):
        [sent[name]] = re.findall(rf'name="{name}" value="(\w+)"[^>]*checked', page)
    sent["blockers"] = re.findall(r'name="blockers" value="(\w+)"[^>]*checked', page)
    return sent | {"shown": "yes"} | changed


async def post(lars: httpx2.AsyncClient, sent: dict[str, Any], **how: Any) -> httpx2.Response:
    return await lars.post("/settings/categories", data=sent, **how)


async def asks(service: Service, code: str = "short_intensive") -> e.Policy:
    return (await team(service)).categories[code].policy


STANDARDS = {
    "crisis_prevention": ["Standard: 7 days.", "Standard: 2.", "Our own: a calm week"],
    "short_intensive": ["Standard: 14 days.", "the red zone", "from memory, unverified"],
    "long_intensive": ["Standard: 21 days.", "About three stable weeks are the field's habit (from memory"],
    "hard_to_reach": ["Standard: 14 days.", "an attempt that reaches nobody does not count"],
    "admitted": ["Standard: never by itself.", "whoever is in a ward's hands"],
    "new_client": ["Standard: 21 days.", "three weeks in which everybody gets to know them"],
    "legal_measure": ["Standard: 28 days.", "Standard: all of them.", "people decide"],
}


class TestTheForm:
    async def test_says_beside_each_field_what_is_standard_and_why(self, lars: httpx2.AsyncClient) -> None:
        for code, said in STANDARDS.items():
            page = words(await lars.get(f"/settings/categories/{code}"))
            assert page.count("Standard: ") == 9
            assert [one for one in said if one not in page] == []
            assert "Always, in every category: as long as they are admitted, and until 14 days have passed" in page

    async def test_standards_are_those_that_the_rules_begin_with(self, lars: httpx2.AsyncClient) -> None:
        for known in rules.STANDARD_CATEGORIES:
            page = words(await lars.get(f"/settings/categories/{known.code}"))
            for days in (known.policy.stable_days, known.unseen_days, known.review_days):
                assert f"Standard: {days} days." in page
            for number in (known.contacts_a_week, known.policy.stable_ratings, known.policy.raters):
                assert f"Standard: {number}." in page

    async def test_a_category_of_ones_own_has_standards_too(self, lars: httpx2.AsyncClient) -> None:
        page = words(await lars.get("/settings/categories/new"))
        assert page.count("Standard: ") == 9
        assert "two weeks, as after a crisis" in page
        assert "See what it changes" not in page  # nobody is in it yet

    async def test_says_who_has_set_it_when_and_with_which_number(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        assert (await post(lars, await form(lars, unseen_days="4"))).status_code == 303
        assert (await team(service)).policies["short_intensive"] == before + 1
        said = f"Set by Lars Test on Mon 23 Nov 2026, no. {before + 1} in the history."
        assert said in words(await lars.get(CRISIS))
        assert "Set by the command line" in words(await lars.get("/settings/categories/admitted"))
        assert "Set by" not in words(await lars.get("/settings/categories/new"))

    async def test_sent_back_unchanged_changes_nothing(self, service: Service, lars: httpx2.AsyncClient) -> None:
        before = await seq(service)
        for known in rules.STANDARD_CATEGORIES:
            sent = await form(lars, f"/settings/categories/{known.code}")
            assert (await post(lars, sent)).status_code == 303
        assert await seq(service) == before


BAD: list[tuple[str, Any, str]] = [
    ("mode", "magic", "unknown_choice"),
    ("stable_ratings", "0", "number_out_of_range"),
    ("stable_ratings", "21", "number_out_of_range"),
    ("raters", "0", "number_out_of_range"),
    ("raters", "4", "more_raters_than_ratings"),
    ("stable_days", "181", "number_out_of_range"),
    ("stable_days", "två veckor", "not_a_number"),
    ("contacts_a_week", "15", "number_out_of_range"),
    ("unseen_days", "0", "number_out_of_range"),
    ("blockers", ["nothing"], "unknown_choice"),
    ("return_time", "08:45", "return_before_meeting_ends"),
    ("return_time", "25:00", "not_a_time"),
]


class TestSaving:
    async def test_a_whole_policy_is_one_fact(self, service: Service, lars: httpx2.AsyncClient) -> None:
        before = await seq(service)
        policy = {
            "mode": "confirm",
            "stable_ratings": "6",
            "raters": "3",
            "stable_days": "30",
            "blockers": ["legal_measure", "next_contact"],
            "return_time": "15:15",
        }
        path = "/settings/categories/long_intensive"
        assert (await post(lars, await form(lars, path, **policy))).status_code == 303
        now = await asks(service, "long_intensive")
        blockers = (e.Blocker.LEGAL, e.Blocker.NEXT_CONTACT)
        assert now == e.Policy(e.Mode.CONFIRM, 6, 3, 30, blockers, time(15, 15))
        assert [row.fact.kind for row in await facts(service, before)] == ["category_changed"]
        assert (await team(service)).categories["long_intensive"].contacts_a_week == 3
        sent = await form(lars, path)
        assert {name: sent[name] for name in policy} == policy
        table = words(await lars.get("/settings"))
        said = "a named person announces each, 15:15 6 ratings by 3 people, over at least 30 days 3 5 days 21 days yes"
        assert f"long-term intensive {said}" in table

    async def test_what_is_left_empty_or_not_sent_stays_as_it_was(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        known = (await team(service)).categories["long_intensive"]
        own = e.Policy(e.Mode.CONFIRM, 6, 3, 30, (e.Blocker.LEGAL,), time(15))
        own_way = replace(known, policy=own, contacts_a_week=1, unseen_days=9)
        await service.recorder.change(OWN, "lars", rules.set_category, category=own_way)
        sent = await form(lars, "/settings/categories/long_intensive")
        empty = dict.fromkeys(("stable_ratings", "raters", "stable_days", "review_days", "unseen_days", "mode"), "")
        looks_only = {name: sent[name] for name in ("was", "code", "name", "order", "colour", "shape")}
        before = await seq(service)
        assert (await post(lars, sent | empty)).status_code == 303
        assert (await post(lars, looks_only)).status_code == 303
        assert await seq(service) == before

    async def test_no_tick_and_no_time_are_meant_where_the_form_asked(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        path = "/settings/categories/long_intensive"
        await post(lars, await form(lars, path, return_time="15:00"))
        await post(lars, await form(lars, path, return_time="", blockers=[]))
        now = await asks(service, "long_intensive")
        assert (now.blockers, now.return_time) == ((), None)

    async def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        for field, value, key in BAD:
            sent = await form(lars, **({"stable_days": "17"} | {field: value}))
            answer = await post(lars, sent)
            assert answer.status_code == 422, field
            assert f'id="e-{field}"' in answer.text
            label = " ".join(answer.text.partition(f'for="f-{field}">')[2].partition("<")[0].split())
            if label and field != "colour":
                assert f'<a href="#f-{field}">{label}: ' in answer.text, "the list of what is wrong names the field"
            if isinstance(value, str) and field != "mode":
                assert typed(answer, field) == value
            if field != "stable_days":
                assert typed(answer, "stable_days") == "17"
            assert (await post(lars, sent, headers=JSON)).json()["errors"] == {field: key}
        assert await seq(service) == before

    async def test_it_is_said_what_was_saved_and_from_when(self, lars: httpx2.AsyncClient) -> None:
        await lars.post("/settings/categories", data=await form(lars, stable_days="17"))
        answer = await post(lars, await form(lars, "/settings/categories/long_intensive", stable_days="22"))
        saved = words(await lars.get(answer.headers["location"]))
        assert "Saved: “long-term intensive”. It holds from now on." in saved
        assert "4 ratings by 2 people, over at least 22 days" in saved, "what is asked, not what is done"
        assert "holds from now on" not in words(await lars.get("/settings?saved=1"))


class TestLessThanTheStandard:
    async def test_is_said_in_what_it_would_do_on_the_form_and_after_saving(self, lars: httpx2.AsyncClient) -> None:
        page = words(await lars.get(CRISIS))
        assert "Less than the standard" not in page
        asked = {
            "stable_ratings": "2", "raters": "1", "stable_days": "1", "contacts_a_week": "0",
            "blockers": ["legal_measure", "urgent_action", "case_manager"],
        }  # fmt: skip
        said = (
            "Less than the standard: 2 ratings instead of 3, one person alone decides, 1 day instead of 14, 0 contacts "
            "a week instead of 5, nobody stays for “crisis plan not reviewed, no next contact planned”."
        )
        seen = await post(lars, await form(lars, look="yes", **asked))
        assert words(seen).count(said) == 1
        done = await post(lars, await form(lars, **asked))
        assert said in words(await lars.get(done.headers["location"]))
        assert said in words(await lars.get(CRISIS))
        wrong = await post(lars, await form(lars, name="x" * 500, **asked))
        assert said in words(wrong)

    async def test_a_category_of_ones_own_is_held_against_what_is_usual(self, lars: httpx2.AsyncClient) -> None:
        new = {"name": "Vår egen", "colour": "blue", "shape": "circle", "look": "yes"}
        path = "/settings/categories/new"
        usual = e.Policy()
        answer = await post(lars, await form(lars, path, **new, stable_days="3"))
        assert f"Less than the standard: 3 days instead of {usual.stable_days}." in words(answer)
        assert "Less than" not in words(await post(lars, await form(lars, path, **new)))
        never = await post(lars, await form(lars, path, **new, stable_days="3", mode="by_hand"))
        assert "Less than" not in words(never), "nobody goes back by it"


class TestSeenFirst(Ready):
    """What moves anybody on today's board is shown before it is saved."""

    async def test_both_are_ready_to_begin_with(self, service: Service) -> None:
        for name in (STINA, AKE):
            assert standing(await team(service), await client(service, name), NOW).state is State.READY

    async def test_the_first_press_shows_who_now_and_then_and_writes_nothing(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        answer = await post(lars, await form(lars, stable_days="21"))
        assert answer.status_code == 409
        said = words(answer)
        assert "What it changes today 2 are ready to return no more" in said
        assert "Stina Exempel 1980-05-17 Ready to return On the board stable 16 of 21 days" in said
        assert "Nothing is saved yet." in said
        assert typed(answer, "stable_days") == "21"
        assert await seq(service) == before

    async def test_the_second_press_saves_exactly_that(self, service: Service, lars: httpx2.AsyncClient) -> None:
        sent = await form(lars, stable_days="21")
        mark = typed(await post(lars, sent), "previewed")
        before = await seq(service)
        assert (await post(lars, sent | {"previewed": mark})).status_code == 303
        assert [row.fact.kind for row in await facts(service, before)] == ["category_changed"]
        assert (await asks(service)).stable_days == 21
        assert standing(await team(service), await client(service, STINA), NOW).state is State.ON_BOARD

    async def test_an_announced_return_that_would_be_called_off_is_named_first_and_why(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        await service.recorder.change(OWN, "lars", announced, client=service.clients[AKE])
        sent = await form(lars, raters="3")
        answer = await post(lars, sent)
        said = words(answer)
        assert "1 planned return is called off 1 is ready to return no more" in said
        assert "Åke Provström 1971-02-03 Return planned Tue 24 Nov 13:00 Return called off On the board" in said
        assert said.index("Åke Provström") < said.index("Stina Exempel")
        before = await seq(service)
        assert (await post(lars, sent | {"previewed": typed(answer, "previewed")})).status_code == 303
        kinds = [(row.fact.kind, row.actor) for row in await facts(service, before)]
        assert kinds == [("category_changed", "lars"), ("announcement_withdrawn", "factboard")]

    async def test_less_asked_shows_who_becomes_ready(self, service: Service, lars: httpx2.AsyncClient) -> None:
        change = service.recorder.change
        await change(OWN, "anna", placement.add_action, client=service.clients[STINA], text="Ring boendet", urgent=True)
        answer = await post(lars, await form(lars, blockers=["crisis_plan"]))
        said = words(answer)
        assert "1 becomes ready to return" in said
        assert "Stina Exempel 1980-05-17 On the board an urgent action is open Ready to return" in said
        assert "Åke" not in said

    async def test_an_alarm_that_begins_or_ends_is_shown(self, service: Service, clock: Clock) -> None:
        clock.forward(days=1)
        async with service.person("lars", "en") as lars:
            said = words(await post(lars, await form(lars, unseen_days="1")))
        assert "2 get louder" in said
        assert "Ready to return Ready to return nobody has seen them" in said
        clock.forward(days=2)
        async with service.person("lars", "en") as lars:
            said = words(await post(lars, await form(lars, unseen_days="5")))
        assert "2 get quieter" in said
        assert "no longer: nobody has seen them" in said

    async def test_a_case_manager_is_needed_where_the_policy_says_so(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        """The client's own details, the policy and the preview together: without Lars, Stina waits for somebody."""
        known = await client(service, STINA)
        gone = replace(known.details, case_manager=None)
        await service.recorder.change(OWN, "lars", enrolment.correct, client=known.id, details=gone)
        answer = await post(lars, await form(lars, blockers=["urgent_action", "crisis_plan", "next_contact"]))
        said = words(answer)
        assert "1 becomes ready to return" in said
        assert "Stina Exempel 1980-05-17 On the board no case manager or substitute is here Ready to return" in said

    async def test_typed_anew_it_is_shown_anew(self, service: Service, lars: httpx2.AsyncClient) -> None:
        sent = await form(lars, stable_days="21")
        mark = typed(await post(lars, sent), "previewed")
        before = await seq(service)
        answer = await post(lars, sent | {"stable_days": "25", "previewed": mark})
        assert answer.status_code == 409
        assert "This is not what you saw before" in words(answer)
        assert "stable 16 of 25 days" in words(answer)
        assert await seq(service) == before

    async def test_a_board_that_has_moved_on_is_shown_anew(self, service: Service, lars: httpx2.AsyncClient) -> None:
        sent = await form(lars, stable_days="21")
        mark = typed(await post(lars, sent), "previewed")
        await service.recorder.change(OWN, "anna", announced, client=service.clients[STINA])
        answer = await post(lars, sent | {"previewed": mark})
        assert answer.status_code == 409
        assert "1 planned return is called off" in words(answer)
        assert (await asks(service)).stable_days == 14
        again = await post(lars, sent | {"previewed": typed(answer, "previewed")})
        assert again.status_code == 303

    async def test_what_moves_nobody_is_saved_at_once(self, service: Service, lars: httpx2.AsyncClient) -> None:
        assert (await post(lars, await form(lars, stable_days="16"))).status_code == 303
        path = "/settings/categories/long_intensive"
        assert (await post(lars, await form(lars, path, stable_days="90"))).status_code == 303
        assert await looks_at_settings(service) == set()

    async def test_the_button_shows_it_at_any_time(self, service: Service, lars: httpx2.AsyncClient) -> None:
        before = await seq(service)
        answer = await post(lars, await form(lars, look="yes"))
        assert answer.status_code == 200
        assert "Of the 2 on the board in it, nobody stands anywhere else today." in words(answer)
        answer = await post(lars, await form(lars, look="yes", mode="by_hand"))
        assert "2 are ready to return no more" in words(answer)
        assert await seq(service) == before
        sent = await form(lars, mode="by_hand", previewed=typed(answer, "previewed"))
        assert (await post(lars, sent)).status_code == 303  # it has been seen
        empty = await post(lars, await form(lars, "/settings/categories/admitted", look="yes"))
        assert "Nobody on the board is in it today." in words(empty)

    async def test_another_leads_change_comes_first(self, service: Service, lars: httpx2.AsyncClient) -> None:
        sent = await form(lars, stable_days="21")
        mark = typed(await post(lars, sent), "previewed")
        known = (await team(service)).categories["short_intensive"]
        await service.recorder.change(OWN, "command_line", rules.set_category, category=replace(known, order=9))
        answer = await post(lars, sent | {"previewed": mark})
        assert answer.status_code == 409
        assert "Somebody else changed this while you had it open" in words(answer)
        assert (await asks(service)).stable_days == 14

    async def test_a_program_is_told_the_same_facts(self, service: Service, lars: httpx2.AsyncClient) -> None:
        sent = await form(lars, stable_days="21")
        answer = await post(lars, sent, headers=JSON)
        said = answer.json()
        assert (answer.status_code, said["saved"], said["refused"], said["on_board"]) == (409, False, "look_first", 2)
        assert {one["client"] for one in said["changes"]} == {service.clients[name] for name in (STINA, AKE)}
        assert {(one["before"], one["after"]) for one in said["changes"]} == {("ready", "on_board")}
        done = await post(lars, sent | {"previewed": said["previewed"]}, headers=JSON)
        assert done.json()["kinds"] == ["category_changed"]


async def looks_at_settings(service: Service) -> set[tuple[str | None, str, str | None]]:
    return {(who, action, id) for who, action, view, id in await looks(service) if view == "settings"}


class TestWho(Ready):
    async def test_each_look_at_a_client_is_logged(self, service: Service, lars: httpx2.AsyncClient) -> None:
        await post(lars, await form(lars, stable_days="21"))
        assert await looks_at_settings(service) == {("lars", "read", service.clients[name]) for name in (STINA, AKE)}

    async def test_a_protected_identity_is_named_by_its_code(
        self, service: Service, clock: Clock, lars: httpx2.AsyncClient
    ) -> None:
        await service.put_on(VILMA)
        clock.forward(days=4)
        async with service.person("lars", "en") as later:
            said = words(await post(later, await form(later, unseen_days="5")))
        assert "Protected identity" in said
        assert "Vilma" not in said
        assert "Skyddsson" not in said

    async def test_only_the_teams_own_lead(
        self, service: Service, lars: httpx2.AsyncClient, nobody: httpx2.AsyncClient
    ) -> None:
        sent, before = await form(lars, stable_days="21"), await seq(service)
        for username in ("anna", "maria"):
            async with service.person(username) as other:
                assert (await other.get(CRISIS)).status_code == 403
                assert (await post(other, sent)).status_code == 403
        assert (await post(nobody, sent)).status_code == 401
        async with service.person("ingrid", "en") as ingrid:
            theirs = await post(ingrid, await form(ingrid, stable_days="21", look="yes"))
            assert "Nobody on the board is in it today." in words(theirs)
            assert "Stina" not in theirs.text
        assert await seq(service) == before


def paused(why: e.Pause = e.Pause.MANY, *, many: int = 7, of: int = 20, jump: int = 0) -> Any:
    return lambda case: [e.Entry(e.ReturnsPaused(why, many, of, jump))]


RELEASE, PAUSE = "/settings/returns/release", "/settings/returns/pause"


class TestAutomaticReturns:
    async def test_run_and_it_is_said_when(self, lars: httpx2.AsyncClient) -> None:
        said = words(await lars.get("/settings"))
        assert "They run. Whoever is ready is announced in a held meeting" in said
        assert "at 13:00 or the category's own time" in said
        assert "let somebody go back: Monday, Tuesday, Wednesday, Thursday. Never on the last working day" in said

    @pytest.mark.parametrize(
        ("pause", "said"),
        [
            (paused(), "7 of 20 on the board would have gone back at once"),
            (paused(e.Pause.CLOCK, many=0, of=0, jump=-3_660), "The server's clock jumped by 61 minutes."),
        ],
    )
    async def test_paused_it_is_said_since_when_and_why(
        self, service: Service, lars: httpx2.AsyncClient, pause: Any, said: str
    ) -> None:
        await service.recorder.change(OWN, "factboard", pause)
        page = words(await lars.get("/settings"))
        assert "Paused since Mon 23 Nov 09:40: nobody goes back by itself." in page
        assert said in page
        assert "They run." not in page
        async with service.person("lars", "sv") as in_swedish:
            assert "23 nov 09:40" in words(await in_swedish.get("/settings"))

    async def test_the_lead_lets_them_go_on_with_a_reason(self, service: Service, lars: httpx2.AsyncClient) -> None:
        await service.recorder.change(OWN, "factboard", paused())
        before = await seq(service)
        answer = await lars.post(RELEASE, data={"reason": "Sju har flyttat till boendet"})
        assert answer.headers["location"] == f"/settings?saved={before + 1}"
        [row] = await facts(service, before)
        assert (row.actor, row.fact) == ("lars", e.ReturnsReleased(("lars",), None, "Sju har flyttat till boendet"))
        assert (await team(service)).paused is None
        assert "They run." in words(await lars.get("/settings"))

    async def test_the_lead_pauses_them_and_everybody_sees_why(
        self, service: Service, lars: httpx2.AsyncClient, anna: httpx2.AsyncClient
    ) -> None:
        without = await lars.post(PAUSE, data={"reason": ""})
        assert without.status_code == 422
        assert 'id="e-reason"' in without.text
        assert (await anna.post(PAUSE, data={"reason": "Influensa"})).status_code == 403
        before = await seq(service)
        answer = await lars.post(PAUSE, data={"reason": "Influensa & vab"})
        assert answer.headers["location"] == f"/settings?saved={before + 1}"
        assert (await lars.post(PAUSE, data={"reason": "Igen"})).status_code == 409
        page = words(await lars.get("/settings"))
        assert "The lead has paused them: Influensa & vab" in page
        assert "clock jumped" not in page
        for path in ("/board", "/returns"):
            said = words(await anna.get(f"{path}?lang=en"))
            assert (
                "lead has paused them ( Influensa & vab )" in said or "lead has paused them (Influensa & vab)" in said
            )
        assert "Influensa" not in words(await anna.get("/wall/here", follow_redirects=True))
        await lars.post(RELEASE, data={"reason": "Friska igen"})
        assert (await team(service)).paused is None
        async with service.person("maria", "en") as maria:
            assert "paused the team's returns: Influensa & vab" in words(await maria.get("/history"))

    async def test_without_a_reason_they_stay_paused_and_it_is_said_beside_the_field(
        self, service: Service, lars: httpx2.AsyncClient
    ) -> None:
        await service.recorder.change(OWN, "factboard", paused())
        before = await seq(service)
        for reason, key in ((" ", "required"), ("x" * 501, "too_long"), ("a\x00b", "control_characters")):
            answer = await lars.post(RELEASE, data={"reason": reason})
            assert answer.status_code == 422
            assert 'id="e-reason"' in answer.text
            said = (await lars.post(RELEASE, data={"reason": reason}, headers=JSON)).json()
            assert said["errors"] == {"reason": key}
        assert await seq(service) == before

    async def test_somebody_else_was_first(self, service: Service, lars: httpx2.AsyncClient) -> None:
        answer = await lars.post(RELEASE, data={"reason": "Allt är bra"})
        assert answer.status_code == 409
        assert "Returns are not paused any more." in words(answer)

    async def test_only_the_teams_own_lead(self, service: Service, nobody: httpx2.AsyncClient) -> None:
        await service.recorder.change(OWN, "factboard", paused())
        before = await seq(service)
        for username, status in (("anna", 403), ("maria", 403), ("bo", 403), ("ingrid", 409), ("admin", 403)):
            async with service.person(username) as other:
                assert (await other.post(RELEASE, data={"reason": "Nu"})).status_code == status, username
        assert (await nobody.post(RELEASE, data={"reason": "Nu"})).status_code == 401
        assert await seq(service) == before
        assert (await team(service)).paused
        assert (await team(service, OTHER)).paused is None

    async def test_who_has_agreed_in_a_meeting_is_named(self, service: Service, lars: httpx2.AsyncClient) -> None:
        await service.recorder.change(OWN, "factboard", paused())
        await service.recorder.change(OWN, "anna", lambda case: [e.Entry(e.ReleaseAgreed("m1"))])
        assert "these have said that returns may go on: Anna Test." in words(await lars.get("/settings"))
