"""What a phone's queue sends: for whom, how long ago, anyway; and every answer that it knows what to do with."""

from __future__ import annotations

from datetime import timedelta

import httpx2
import pytest

from factboard.domain import placement, team, visits
from factboard.domain.events import Member, Recorded, Role
from factboard.domain.people import SYSTEM
from factboard.recorder.users import close_user
from tests import conftest
from tests.conftest import Clock
from tests.service import OTHER, OWN, Service
from tests.web.reading import JSON, client, facts, looks, seq, words

NOW = conftest.NOW + timedelta(days=1)  # the day after everybody was enrolled
HOUR = 60 * 60 * 1000  # in milliseconds
MADE = NOW - timedelta(hours=1)
SHAPE = {"saved", "request_id", "said", "errors", "refused", "anyway", "meanwhile"}
PROMISED = {"seq", "at", "client", "placement", "kinds", "screens", "repeated", "request_id"}
STINA = "Stina Exempel"


@pytest.fixture(autouse=True)
def _a_day_later(service: Service, clock: Clock) -> None:
    clock.now = NOW


def queued(user: str = "anna", where: str = OWN, age: object = HOUR, *, anyway: bool = False) -> dict[str, str]:
    """The headers with which a phone's queue sends."""
    for_whom = {"Factboard-For": f"{user} {where}", "Factboard-Age": str(age)}
    return JSON | for_whom | ({"Factboard-Anyway": "yes"} if anyway else {})


def a_flag(service: Service, name: str = STINA, **what: object) -> dict[str, object]:
    given = {"client": service.clients[name], "category": "short_intensive", "reason": "Hör röster", "request_id": "q1"}
    return given | what


def of(service: Service, act: str, name: str = STINA) -> str:
    return f"/clients/{service.clients[name]}/{act}"


def asks(answer: httpx2.Response, status: int, key: str | None, request_id: str | None = "q1") -> dict[str, object]:
    """The answer is one about which the queue asks its person: it says so in words, and to which try."""
    assert answer.status_code == status, answer.text
    problem: dict[str, object] = answer.json()
    assert set(problem) == SHAPE
    assert (problem["saved"], problem["request_id"], problem["refused"]) == (False, request_id, key)
    assert problem["said"]
    return problem


async def put_back(service: Service, clock: Clock, name: str = STINA, actor: str = "lars") -> None:
    """Returned to planned care half an hour ago, from a time on the board that began long before."""
    clock.now = NOW - timedelta(hours=20)
    await service.put_on(name)
    clock.now = NOW - timedelta(minutes=30)
    what = {"client": service.clients[name], "reason": "Mår bra"}
    await service.recorder.change(OWN, actor, placement.return_to_planned_care, **what)
    clock.now = NOW


async def newest(service: Service, many: int) -> list[Recorded]:
    """The newest facts that people wrote; a flag without a crisis plan brings a task with it."""
    return [fact for fact in await facts(service) if fact.actor != SYSTEM][-many:]


class TestSaved:
    async def test_says_to_what_it_is_an_answer_and_who_has_taken_it(
        self, service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
    ) -> None:
        first = (await anna.post("/flag", data=a_flag(service), headers=queued())).json()
        assert set(first) == PROMISED | {"taken_by"}
        assert (first["request_id"], first["repeated"], first["taken_by"]) == ("q1", False, None)
        await lars.post(of(service, "take"))
        again = (await anna.post("/flag", data=a_flag(service), headers=queued(age=2 * HOUR, anyway=True))).json()
        assert again == first | {"repeated": True, "taken_by": "Lars Test"}

    async def test_says_so_of_every_form_on_a_card(
        self, service: Service, anna: httpx2.AsyncClient, clock: Clock
    ) -> None:
        await service.put_on(STINA)
        clock.forward(hours=2)
        for act, what in (
            ("rate", {"rating": "worse", "basis": "seen"}),
            ("contact", {"contact": "home", "rating": "worse"}),
            ("keep", {"reason": "Sonen flyttar"}),
        ):
            answer = await anna.post(of(service, act), data=what | {"request_id": act}, headers=queued())
            assert answer.status_code == 200, answer.text
            assert set(answer.json()) == PROMISED
            assert answer.json()["request_id"] == act

    async def test_of_a_flag_that_somebody_else_flagged_anew_nobody_has_taken_the_first(
        self, service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
    ) -> None:
        await anna.post("/flag", data=a_flag(service), headers=queued())
        await service.put_on(STINA)
        await anna.post(of(service, "take"))
        again = (await anna.post("/flag", data=a_flag(service), headers=queued())).json()
        assert (again["repeated"], again["taken_by"]) == (True, None)

    async def test_who_has_taken_it_is_told_to_whoever_asks(
        self, service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, bo: httpx2.AsyncClient
    ) -> None:
        flagged = (await anna.post("/flag", data=a_flag(service), headers=queued())).json()
        address = f"/flag/{flagged['seq']}/taken"
        assert (await anna.get(address, headers=JSON)).json() == {"taken_by": None, "at": None, "over": ""}
        await lars.post(of(service, "take"))
        taken = {"taken_by": "Lars Test", "at": "2026-11-24T08:40:00.000000Z", "over": ""}
        assert (await anna.get(address, headers=JSON)).json() == taken
        await service.put_on(STINA)
        assert (await anna.get(address, headers=JSON)).json() == {"taken_by": None, "at": None, "over": "newer"}
        assert (await bo.get(address, headers=JSON)).status_code == 404


class TestLate:
    async def test_a_flag_carries_when_it_was_written_and_every_screen_says_both(
        self, service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
    ) -> None:
        saved = (await anna.post("/flag", data=a_flag(service), headers=queued())).json()
        [fact] = await newest(service, 1)
        assert (fact.at, fact.fact.made) == (NOW, MADE)
        stay = (await client(service, STINA)).stay
        assert stay
        assert (stay.flagged_at, stay.flagged_made) == (NOW, MADE)
        for address in ("/board", f"/clients/{service.clients[STINA]}", "/wall/here", of(service, "take")):
            page = words(await lars.get(address))
            assert "08:40" in page, address
            assert "09:40" in page, address
            assert "krevs" in page, address
        for address in (f"/flag/{saved['seq']}", f"/clients/{service.clients[STINA]}", "/notices"):
            said = "Skrevs på en telefon utan täckning tis 24 nov 08:40 och kom fram tis 24 nov 09:40."
            assert said in words(await lars.get(address)), address

    async def test_a_day_later_both_times_are_told_with_their_days(
        self, service: Service, lars: httpx2.AsyncClient, anna: httpx2.AsyncClient, clock: Clock
    ) -> None:
        await anna.post("/flag", data=a_flag(service), headers=queued())
        clock.forward(days=1)
        assert "Skrevs i går 08:40 utan täckning, kom fram i går 09:40" in words(await lars.get("/board"))

    @pytest.mark.parametrize(
        "age", ["", "0", "-1", "-99999999999999999999", "29999", "abc", "1.5", "1e9", "٣٠٠٠٠٠", "0x10", "∞", "1" * 5000]
    )
    async def test_an_age_that_says_nothing_is_none(self, service: Service, anna: httpx2.AsyncClient, age: str) -> None:
        headers = [(name.encode(), value.encode()) for name, value in queued(age=age).items()]
        assert (await anna.post("/flag", data=a_flag(service), headers=headers)).status_code == 200
        [fact] = await newest(service, 1)
        assert fact.fact.made in (None, NOW - timedelta(days=30))
        assert (fact.fact.made is None) == (len(age) < 1000)

    @pytest.mark.parametrize(("age", "days"), [(30_000, 0), (31 * 24 * HOUR, 30), (10**14, 30), (10**16, 30)])
    async def test_an_age_is_at_most_thirty_days(
        self, service: Service, anna: httpx2.AsyncClient, age: int, days: int
    ) -> None:
        await anna.post("/flag", data=a_flag(service), headers=queued(age=age))
        [fact] = await newest(service, 1)
        assert fact.fact.made
        assert (NOW - fact.fact.made).days == days

    async def test_worse_puts_back_up_whom_a_meeting_let_go_since(
        self, service: Service, anna: httpx2.AsyncClient, clock: Clock
    ) -> None:
        await put_back(service, clock)
        for act, what, kinds in (
            ("rate", {"rating": "worse", "basis": "seen"}, ["put_on_board", "rated"]),
            ("contact", {"contact": "home", "rating": "worse"}, ["put_on_board", "contact_logged", "rated"]),
            ("keep", {"reason": "Sonen flyttar"}, ["put_on_board", "return_held"]),
        ):
            sent = what | {"request_id": act}
            saved = (await anna.post(of(service, act), data=sent, headers=queued())).json()
            assert (saved["kinds"], saved["repeated"]) == (kinds, False)
            stay = (await client(service, STINA)).stay
            assert stay
            assert (stay.placement, stay.flagged_made) == (saved["placement"], MADE)
            again = (await anna.post(of(service, act), data=sent, headers=queued(age=9 * HOUR, anyway=True))).json()
            assert again == saved | {"repeated": True}
            await put_back(service, clock)

    async def test_so_does_a_visit_that_was_made(
        self, service: Service, anna: httpx2.AsyncClient, clock: Clock
    ) -> None:
        clock.now = NOW - timedelta(hours=20)
        await service.put_on(STINA)
        stina = service.clients[STINA]
        plan = await service.recorder.change(OWN, "anna", visits.plan_visit, client=stina, who="anna", day=NOW.date())
        clock.now = NOW - timedelta(minutes=30)
        await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=stina, reason="Mår bra")
        clock.now = NOW
        sent = {"rating": "worse", "request_id": "q1"}
        address = f"/clients/{stina}/visits/{plan.seq}/done"
        assert (await anna.post(address, data=sent, headers=JSON)).status_code == 409
        saved = (await anna.post(address, data=sent, headers=queued())).json()
        assert saved["kinds"] == ["put_on_board", "contact_logged", "rated"]
        assert saved["request_id"] == "q1"

    async def test_a_time_without_a_day_is_of_the_day_on_which_it_was_written(
        self, service: Service, anna: httpx2.AsyncClient, clock: Clock
    ) -> None:
        clock.now = NOW - timedelta(hours=20)
        await service.put_on(STINA)
        clock.now = NOW
        sent = {"rating": "worse", "basis": "seen", "at": "23:30", "request_id": "q1"}
        late = await anna.post(of(service, "rate"), data=sent, headers=queued(age=10 * HOUR))
        assert late.status_code == 200, late.text
        [fact] = await newest(service, 1)
        assert fact.fact.happened_at.isoformat() == "2026-11-23T22:30:00+00:00"


class TestAsks:
    async def test_where_others_were_quicker_with_what_they_did_and_takes_it_anyway(
        self, service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
    ) -> None:
        flagged = (await service.put_on(STINA, reason="Ringde i natt")).seq
        before = await seq(service)
        problem = asks(await anna.post("/flag", data=a_flag(service), headers=queued()), 409, "changed_since_written")
        assert problem["anyway"] is True
        assert "Lars Test" in problem["said"][0]
        theirs, _task = problem["meanwhile"]
        assert (theirs["seq"], theirs["actor"], theirs["kind"]) == (flagged, "lars", "put_on_board")
        assert "Lars Test satte" in theirs["told"]
        assert "Stina Exempel" in theirs["told"]
        assert "Ringde i natt" in theirs["told"]
        assert await seq(service) == before
        assert ("anna", "read", "flag", service.clients[STINA]) in await looks(service)
        saved = (await anna.post("/flag", data=a_flag(service), headers=queued(anyway=True))).json()
        assert (saved["kinds"], saved["request_id"]) == (["flagged_again"], "q1")

    async def test_in_the_readers_language(self, service: Service) -> None:
        await service.put_on(STINA, reason="Ringde i natt")
        async with service.person("anna", "en") as english:
            problem = asks(
                await english.post("/flag", data=a_flag(service), headers=queued()), 409, "changed_since_written"
            )
        assert problem["said"] == [
            "Lars Test has changed what the board says of the patient since you wrote this. Look at it, then choose."
        ]
        assert problem["meanwhile"][0]["told"].startswith("Lars Test put Stina Exempel")

    @pytest.mark.parametrize(
        ("act", "what"),
        [
            ("rate", {"rating": "worse", "basis": "seen"}),
            ("contact", {"contact": "home", "rating": "worse"}),
            ("keep", {"reason": "Sonen flyttar"}),
        ],
    )
    async def test_about_worse_and_keep_where_others_have_put_them_on_again(
        self, service: Service, anna: httpx2.AsyncClient, clock: Clock, act: str, what: dict[str, str]
    ) -> None:
        await put_back(service, clock)
        await service.put_on(STINA, reason="Ringde i natt")
        sent = what | {"request_id": "q1"}
        problem = asks(await anna.post(of(service, act), data=sent, headers=queued()), 409, "put_on_since_written")
        assert problem["anyway"] is True
        assert [fact["kind"] for fact in problem["meanwhile"]] == ["returned", "put_on_board"]
        assert (await anna.post(of(service, act), data=sent, headers=queued(anyway=True))).status_code == 200

    async def test_about_what_can_not_be_sent_anyway(
        self, service: Service, anna: httpx2.AsyncClient, clock: Clock
    ) -> None:
        worse = {"rating": "worse", "basis": "seen", "request_id": "q1"}
        for headers in (queued(), queued(anyway=True)):  # never on the board: the usual answer
            problem = asks(await anna.post(of(service, "rate"), data=worse, headers=headers), 409, "not_on_board")
            assert problem["anyway"] is False
        gone = asks(await anna.post("/flag", data=a_flag(service, category="gone"), headers=queued()), 422, None)
        assert gone["errors"] == {"category": "unknown_category"}
        nobody = asks(await anna.post("/flag", data=a_flag(service, client="nobody"), headers=queued()), 422, None)
        assert nobody["errors"] == {"client": "unknown_client"}

    async def test_about_a_client_whom_nobody_knows(self, service: Service, anna: httpx2.AsyncClient) -> None:
        worse = {"rating": "worse", "basis": "seen", "request_id": "q1"}
        asks(await anna.post("/clients/nobody/rate", data=worse, headers=queued()), 404, "unknown_client")
        theirs = service.clients["Olle Främling"]
        asks(await anna.post(f"/clients/{theirs}/rate", data=worse, headers=queued()), 404, "unknown_client")

    async def test_about_rights_that_are_lost(
        self, service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
    ) -> None:
        await service.put_on(STINA)
        before = await seq(service)
        await service.recorder.change(OWN, "lars", team.remove_member, user="anna")
        for path, data in (
            ("/flag", a_flag(service)),
            (of(service, "rate"), {"rating": "worse", "basis": "seen", "request_id": "q1"}),
        ):
            problem = asks(await anna.post(path, data=data, headers=queued()), 403, "not_in_that_team")
            assert problem["meanwhile"] == []
            assert "Stina" not in str(problem)
        assert await seq(service) == before + 1  # her leaving

    async def test_about_another_role_than_that_in_which_it_was_written(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        member = Member("anna", "anna", "Anna Test", Role.AUDITOR)
        await service.recorder.change(OWN, "lars", team.set_member, member=member)
        asks(await anna.post("/flag", data=a_flag(service), headers=queued()), 403, "not_in_that_team")

    async def test_only_an_id_that_can_be_one_is_said_again(self, service: Service, anna: httpx2.AsyncClient) -> None:
        for wrong in ("", "<b>", "x" * 101, "å\n"):
            answer = await anna.post("/flag", data=a_flag(service, request_id=wrong), headers=queued())
            asks(answer, 422, None, request_id=None)
        asks(await anna.post("/clients/nobody/rate", headers=queued()), 404, "unknown_client", request_id=None)


class TestWaits:
    """401: it is not for whoever is signed in here now."""

    async def test_for_the_one_who_wrote_it(
        self, service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, nobody: httpx2.AsyncClient
    ) -> None:
        before = await seq(service)
        for browser in (lars, nobody):
            for path in ("/flag", of(service, "rate"), of(service, "keep")):
                answer = await browser.post(path, data=a_flag(service), headers=queued("anna"))
                assert (answer.status_code, answer.json()["refused"]) == (401, "signed_out"), path
        assert await seq(service) == before
        assert (await anna.post("/flag", data=a_flag(service), headers=queued("anna"))).status_code == 200

    async def test_for_an_account_that_is_closed(self, service: Service, anna: httpx2.AsyncClient) -> None:
        await close_user(service.recorder, "admin", "anna")
        assert (await anna.post("/flag", data=a_flag(service), headers=queued())).status_code == 401

    async def test_what_names_nobody_is_of_whoever_is_signed_in(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        for number, for_whom in enumerate(("", "anna")):
            headers = queued() | {"Factboard-For": for_whom}
            answer = await anna.post("/flag", data=a_flag(service, request_id=f"q{number}"), headers=headers)
            assert answer.status_code == 200, for_whom

    @pytest.mark.parametrize("for_whom", ["%", "anna " + "x" * 500, "ännä kusten", "anna kusten skogen", ";--"])
    async def test_what_makes_no_sense_writes_nothing_and_breaks_nothing(
        self, service: Service, anna: httpx2.AsyncClient, for_whom: str
    ) -> None:
        before = await seq(service)
        headers = [*((n.encode(), v.encode()) for n, v in JSON.items()), (b"Factboard-For", for_whom.encode())]
        answer = await anna.post("/flag", data=a_flag(service), headers=headers)
        assert answer.status_code in (401, 403)
        assert await seq(service) == before


class TestAnotherTeam:
    async def test_of_the_same_person_is_where_it_is_written_though_they_work_elsewhere_now(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        await service.recorder.change(
            OTHER, "ingrid", team.set_member, member=Member("anna", "anna", "Anna Test", Role.LEAD)
        )
        await anna.post("/team", data={"team": OTHER})
        assert "Team Skogen" in (await anna.get("/board")).text
        saved = (await anna.post("/flag", data=a_flag(service), headers=queued(where=OWN))).json()
        assert (await client(service, STINA)).stay
        assert saved["request_id"] == "q1"
        theirs = a_flag(service, "Olle Främling", request_id="q2")
        asks(await anna.post("/flag", data=theirs, headers=queued(where=OWN)), 422, None, "q2")
        assert (await anna.post("/flag", data=theirs, headers=queued(where=OTHER))).status_code == 200
        assert "Team Skogen" in (await anna.get("/board")).text  # where they work now has not changed

    async def test_is_written_with_the_right_that_they_have_there(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        await service.recorder.change(
            OTHER, "ingrid", team.set_member, member=Member("anna", "anna", "Anna Test", Role.AUDITOR)
        )
        theirs = a_flag(service, "Olle Främling")
        asks(await anna.post("/flag", data=theirs, headers=queued(where=OTHER)), 403, "not_in_that_team")

    async def test_in_which_they_do_not_work_is_like_none(self, service: Service, anna: httpx2.AsyncClient) -> None:
        before = await seq(service, OTHER)
        theirs = a_flag(service, "Olle Främling")
        there = asks(await anna.post("/flag", data=theirs, headers=queued(where=OTHER)), 403, "not_in_that_team")
        nowhere = asks(await anna.post("/flag", data=theirs, headers=queued(where="nowhere")), 403, "not_in_that_team")
        assert there == nowhere
        assert await seq(service, OTHER) == before

    async def test_makes_no_administrator_a_clinician(self, service: Service) -> None:
        async with service.person("admin") as admin:
            answer = await admin.post("/flag", data=a_flag(service), headers=queued("admin", OWN))
        asks(answer, 403, "not_in_that_team")
