"""The way back to planned care, done on a card: announced, told, kept on, declined, and back up by one touch."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import httpx2
import pytest

from factboard.domain import events as e
from factboard.domain import placement
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web import way_back
from tests.web.reading import FRAGMENT, JSON, client, facts, seq, typed, words

STINA, AKE = "Stina Exempel", "Åke Provström"


def address(service: Service, name: str = STINA) -> str:
    return f"/clients/{service.clients[name]}"


async def off_the_board(service: Service, clock: Clock, days: float = 3) -> str:
    """Stina was on the board for a week, and returned so many days ago."""
    now = clock.now
    clock.forward(days=-days - 7)
    await service.put_on(STINA, category="long_intensive", reason="Sover inte")
    clock.forward(days=7)
    id = service.clients[STINA]
    await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=id, reason="Lugnt")
    clock.now = now
    return address(service)


class TestAnnouncing:
    async def test_somebody_whom_the_last_meeting_discussed_while_ready(self, service: Service, clock: Clock) -> None:
        await way_back.ready(service, clock, STINA, category="asked")
        await way_back.meets(service)
        async with service.person("anna", "en") as anna:
            assert f'href="{address(service)}/announce"' in (await anna.get("/board")).text
            assert "announce" not in not_offered(await anna.get("/board"), service)
            form = await anna.get(f"{address(service)}/announce")
            assert "Back to planned care Tue 24 Nov 13:00" in words(form)
            data = {name: typed(form, name) for name in ("seen", "request_id")}
            given = data | {"informed": "yes", "view": "Vill ha kvar tisdagarna"}
            answer = await anna.post(f"{address(service)}/announce", data=given, headers=JSON)
            assert answer.json()["kinds"] == ["return_announced"]
            board = await anna.get("/board")
            assert "Return planned Tue 24 Nov 13:00" in words(board)
            assert "Patient informed : Vill ha kvar tisdagarna" in words(board)
            assert "announce" in not_offered(board, service)

    async def test_nobody_else(self, service: Service, clock: Clock, anna: httpx2.AsyncClient) -> None:
        """Not ready, not discussed since they are: the form says why, and a page that was open changes nothing."""
        await service.put_on(AKE)
        await way_back.ready(service, clock, STINA, category="asked")
        before = await seq(service)
        for name, key in ((AKE, "not_ready"), (STINA, "not_discussed_while_ready")):
            form = await anna.get(f"{address(service, name)}/announce")
            assert form.status_code == 409
            assert 'name="informed"' not in form.text
            late = await anna.post(f"{address(service, name)}/announce", data={"informed": "yes"}, headers=JSON)
            assert (late.status_code, late.json()["refused"]) == (409, key)
        assert "announce" in not_offered(await anna.get("/board"), service)
        assert await seq(service) == before


def not_offered(board: httpx2.Response, service: Service, name: str = STINA) -> list[str]:
    """What the menu of this card leaves out."""
    return (
        board.text.partition(f'data-menu="{service.clients[name]}"')[2].partition('data-not="')[2].split('"')[0].split()
    )


class TestToldOfTheReturn:
    @pytest.fixture(autouse=True)
    async def _announced(self, service: Service, clock: Clock) -> None:
        clock.forward(days=2)  # a Wednesday
        await way_back.announced(service, clock, STINA)

    async def test_and_what_they_think(self, service: Service) -> None:
        async with service.person("anna", "en") as anna:
            board = words(await anna.get("/board"))
            assert "Not told yet: who tells them before 13:00? Tell" in board
            form = await anna.get(f"{address(service)}/told")
            assert "Return planned Wed 25 Nov 13:00" in words(form)
            data = {"informed": "not_possible", "view": "Svarar inte", "seen": typed(form, "seen")}
            answer = await anna.post(f"{address(service)}/told", data=data, headers=JSON)
            assert answer.json()["kinds"] == ["return_told"]
            assert "Patient could not be informed" in words(await anna.get("/board"))
        stay = (await client(service, STINA)).stay
        assert stay
        assert stay.announced
        assert (stay.announced.informed, stay.announced.view) == (e.Informed.NOT_POSSIBLE, "Svarar inte")

    async def test_what_they_do_not_want_is_the_loudest_thing_on_the_card(self, service: Service) -> None:
        said = {"informed": "yes", "view": "Vill INTE", "objects": "yes"}
        async with service.person("anna", "en") as anna:
            answer = await anna.post(f"{address(service)}/told", data=said, headers=JSON)
            assert answer.json()["kinds"] == ["return_told"]
            board, returns = await anna.get("/board"), await anna.get("/returns")
            page, form = await anna.get(address(service)), await anna.get(f"{address(service)}/told")
        loud = "Does not want to go back: Vill INTE Patient informed Keep on the board Return planned Wed 25 Nov 13:00"
        assert loud in words(board), "before the moment, with what stops it"
        assert 'class="objects"' in board.text
        assert "is-objected" in board.text
        for shown in (returns, page, form):
            assert "Does not want to go back: Vill INTE" in words(shown)
        assert "It stands until" in words(form)

    async def test_it_stands_until_they_think_otherwise(self, service: Service) -> None:
        async with service.person("anna", "en") as anna:
            for said in ({"view": "Vill INTE", "objects": "yes"}, {}):
                await anna.post(f"{address(service)}/told", data={"informed": "yes"} | said, headers=JSON)
                assert "Does not want to go back: Vill INTE" in words(await anna.get("/board"))
            await anna.post(f"{address(service)}/told", data={"informed": "yes", "view": "Helt ok"}, headers=JSON)
            assert "Does not want" not in words(board := await anna.get("/board"))
            assert "Patient informed : Helt ok" in words(board)

    @pytest.mark.parametrize("said", [{"view": "Vill INTE"}, {"objects": "yes"}])
    async def test_nobody_thinks_anything_of_what_they_were_not_told(
        self, service: Service, said: dict[str, str]
    ) -> None:
        before = await seq(service)
        async with service.person("anna", "en") as anna:
            answer = await anna.post(f"{address(service)}/told", data={"informed": "no"} | said)
            assert answer.status_code == 422
            assert "They have said what they think: then they were told." in words(answer)
            assert ("Vill INTE" in answer.text) is ("view" in said)
            ticked = answer.text.partition('id="f-objects"')[2].partition(">")[0]
            assert ("checked" in ticked) is ("objects" in said), "what was typed is kept"
        assert await seq(service) == before

    async def test_called_off_and_announced_anew_what_they_said_is_still_there(
        self, service: Service, clock: Clock
    ) -> None:
        said = {"informed": "yes", "view": "Vill INTE", "objects": "yes"}
        async with service.person("anna", "en") as anna:
            await anna.post(f"{address(service)}/told", data=said, headers=JSON)
            await anna.post(f"{address(service)}/keep", data={"reason": "Väntar", "until": "2026-11-25"})
            before = "Said before (today, Anna): does not want to go back: Vill INTE"
            assert before in words(await anna.get("/board"))
            clock.forward(days=1)
            await way_back.rated(service, service.clients[STINA])
            before = before.replace("today", "yesterday")
            for page in ("/board", "/returns", address(service)):
                assert before in words(await anna.get(page)), page
            await way_back.meets(service)
            for page in ("/board", "/returns", address(service)):
                assert before in words(await anna.get(page)), page
                assert "Not told yet" in words(await anna.get(page)), page

    async def test_kept_on_the_return_is_called_off_in_the_same_breath(self, service: Service) -> None:
        before = await seq(service)
        async with service.person("anna", "en") as anna:
            form = await anna.get(f"{address(service)}/keep")
            assert "Return planned Wed 25 Nov 13:00 . It is called off." in words(form)
            assert typed(form, "until") == "2026-12-02"  # a week
            data = {"reason": "Flyttar på fredag", "until": "2026-11-27", "seen": typed(form, "seen")}
            await anna.post(f"{address(service)}/keep", data=data)
            board = words(await anna.get("/board"))
        assert [fact.fact.kind for fact in await facts(service, before)] == ["return_held", "announcement_withdrawn"]
        for said in ("ept on the board to the end of Fri 27 Nov", "Anna : Flyttar på fredag", "Kept on 1 time"):
            assert said in board, said

    async def test_kept_on_already_the_form_says_until_when_by_whom_and_why(self, service: Service) -> None:
        async with service.person("lars", "en") as lars:
            form = words(await lars.get(f"{address(service)}/keep"))
            assert "Already kept" not in form
            assert "it ends tonight" in form
            assert "We are worried" in form
            await lars.post(f"{address(service)}/keep", data={"reason": "Flyttar", "until": "2026-12-05"})
        async with service.person("anna", "en") as anna:
            form = await anna.get(f"{address(service)}/keep")
            assert "Already kept on the board to the end of Sat 5 Dec. Lars : Flyttar" in words(form)
            assert typed(form, "until") == "2026-12-05"  # who only changes the reason shortens nothing
            await anna.post(f"{address(service)}/keep", data={"reason": "Vill vara kvar", "until": "2026-12-05"})
        stay = (await client(service, STINA)).stay
        assert stay
        assert stay.holds == 1

    async def test_to_tell_of_no_return_makes_no_sense(self, service: Service, anna: httpx2.AsyncClient) -> None:
        await anna.post(f"{address(service)}/keep", data={"reason": "Flyttar"})
        form = await anna.get(f"{address(service)}/told")
        assert form.status_code == 409
        assert 'name="informed"' not in form.text
        assert "told" in not_offered(await anna.get("/board"), service)


class TestAReturnThatIsCalledOff:
    """What calls a planned return off says so where it is answered: nobody looks for it in the history."""

    OFF = "The planned return is called off."
    WORSE: ClassVar = {"rating": "worse", "basis": "seen"}

    @pytest.fixture(autouse=True)
    async def _announced(self, service: Service, clock: Clock) -> None:
        clock.forward(days=2)  # a Wednesday
        await way_back.announced(service, clock, STINA)

    async def test_the_toast_says_so_and_that_undo_does_not_bring_it_back(self, service: Service) -> None:
        async with service.person("anna", "en") as anna:
            toast = words(await anna.post(f"{address(service)}/rate", data=self.WORSE, headers=FRAGMENT))
            assert f"{self.OFF} An undo does not bring it back." in toast
            again = words(await anna.post(f"{address(service)}/rate", data=self.WORSE, headers=FRAGMENT))
        assert self.OFF not in again

    async def test_so_does_the_page_it_leads_to_and_undone_the_return_is_not_back(self, service: Service) -> None:
        async with service.person("anna", "en") as anna:
            answer = await anna.post(f"{address(service)}/rate", data=self.WORSE)
            assert f"{self.OFF} An undo does not bring it back." in words(await anna.get(answer.headers["location"]))
            other = await anna.post(f"{address(service)}/contact", data={"contact": "phone"})
            assert self.OFF not in words(await anna.get(other.headers["location"]))
            number = answer.headers["location"].rpartition("=")[2]
            await anna.post(f"{address(service)}/undo/{number}")
        stay = (await client(service, STINA)).stay
        assert stay
        assert (stay.ratings[-1].rating, stay.announced) == (e.Rating.USUAL, None)

    async def test_so_does_the_receipt_of_a_new_worry(self, service: Service) -> None:
        data = {"client": service.clients[STINA], "category": "easy", "reason": "Ropar", "request_id": "a" * 16}
        async with service.person("anna", "en") as anna:
            receipt = await anna.post("/flag", data=data)
            assert self.OFF in words(await anna.get(receipt.headers["location"]))
            newer = await anna.post("/flag", data=data | {"reason": "Ropar mer", "request_id": "b" * 16})
            assert self.OFF not in words(await anna.get(newer.headers["location"]))


async def test_where_nobody_goes_back_by_itself_nobody_is_kept_on(service: Service, anna: httpx2.AsyncClient) -> None:
    await service.put_on(STINA, category="admitted")
    await service.put_on(AKE)
    board = await anna.get("/board")
    assert "keep" in not_offered(board, service, STINA)
    assert "keep" not in not_offered(board, service, AKE)
    assert f'href="{address(service)}/keep"' not in (await anna.get(address(service))).text
    assert f'href="{address(service, AKE)}/keep"' in (await anna.get(address(service, AKE))).text


class TestBackUpByOneTouch:
    async def test_without_a_form_in_the_same_category_for_the_same_reason(
        self, service: Service, clock: Clock, anna: httpx2.AsyncClient
    ) -> None:
        stina = await off_the_board(service, clock)
        before = await seq(service)
        answer = await anna.post(f"{stina}/back")
        assert answer.headers["location"] == f"{stina}?saved={before + 1}"
        [row] = await facts(service, before)
        assert isinstance(row.fact, e.PutOnBoard)
        assert (row.fact.category, row.fact.reason, row.fact.back) == ("long_intensive", "Sover inte", True)
        assert "Stina Exempel" in words(await anna.get("/board"))

    async def test_the_card_says_that_the_reason_is_an_old_one_until_somebody_writes_a_new_one(
        self, service: Service, clock: Clock
    ) -> None:
        stina = await off_the_board(service, clock)
        async with service.person("anna", "en") as anna:
            toast = await anna.post(f"{stina}/back", headers=FRAGMENT)
            assert f'href="/flag?client={service.clients[STINA]}"' in toast.text
            assert "Write down what has happened" in words(toast)
            assert "Sover inte (same reason as last time)" in words(await anna.get("/board"))
            await service.put_on(STINA, reason="Ropar")
            assert "same reason" not in words(await anna.get("/board"))
            other = await anna.post(f"{stina}/contact", data={"contact": "phone"}, headers=FRAGMENT)
            assert "/flag?client=" not in other.text

    async def test_a_second_touch_says_that_they_are_there(
        self, service: Service, clock: Clock, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
    ) -> None:
        stina = await off_the_board(service, clock)
        seen = await seq(service)
        await lars.post(f"{stina}/back", data={"seen": seen})
        late = await anna.post(f"{stina}/back", data={"seen": seen}, headers=FRAGMENT)
        assert late.status_code == 409
        assert "Lars Test" in words(late)
        assert (await anna.get(f"{stina}/back")).status_code == 409
        assert await seq(service) == seen + 1

    async def test_the_toast_offers_to_undo_it(self, service: Service, clock: Clock, anna: httpx2.AsyncClient) -> None:
        stina = await off_the_board(service, clock)
        toast = await anna.post(f"{stina}/back", headers=FRAGMENT)
        assert f'action="{stina}/undo/{await seq(service)}"' in toast.text

    async def test_the_page_of_it_says_what_it_does(self, service: Service, clock: Clock) -> None:
        stina = await off_the_board(service, clock)
        async with service.person("anna", "en") as anna:
            page = words(await anna.get(f"{stina}/back"))
        for said in ("since Fri 20 Nov, Lars", "Long-term intensive: Sover inte", "Back on the board"):
            assert said in page, said

    async def test_who_has_never_been_on_the_board_cannot_be_put_back(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        assert (await anna.get(f"{address(service)}/back")).status_code == 409
        refused = await anna.post(f"{address(service)}/back", headers=JSON)
        assert refused.json()["refused"] == "never_on_board"

    async def test_another_team_the_signed_out_and_the_auditor_change_nothing(
        self, service: Service, clock: Clock, bo: httpx2.AsyncClient, nobody: httpx2.AsyncClient
    ) -> None:
        stina = await off_the_board(service, clock)
        before = await seq(service)
        async with service.person("maria") as maria:
            answers = [await who.post(f"{stina}/back") for who in (bo, nobody, maria)]
        assert [answer.status_code for answer in answers] == [404, 401, 403]
        assert await seq(service) == before


class TestReturningByHand:
    async def test_a_client_who_declines_leaves_when_two_people_say_so(
        self, service: Service, anna: httpx2.AsyncClient
    ) -> None:
        await service.put_on(STINA)
        form = await anna.get(f"{address(service)}/return")
        offered = form.text.partition('name="agreed_with"')[2].partition("</select>")[0]
        assert 'value="lars"' in offered
        assert 'value="anna"' not in offered  # oneself is no second person
        data = {"reason": "Vill inte", "declined": "yes", "anchored": "yes"}
        alone = await anna.post(f"{address(service)}/return", data=data)
        assert alone.status_code == 422
        assert typed(alone, "reason") == "Vill inte"
        assert "<details open" in alone.text
        before = await seq(service)
        await anna.post(f"{address(service)}/return", data=data | {"agreed_with": "lars"})
        [row] = await facts(service, before)
        assert isinstance(row.fact, e.Returned)
        assert (row.fact.agreed_with, row.actor) == ("lars", "anna")

    async def test_the_form_says_who_meets_them_by_when(self, service: Service) -> None:
        await service.put_on(STINA)
        async with service.person("anna", "en") as anna:
            assert "Follow-up by Mon 30 Nov: Lars Test." in words(await anna.get(f"{address(service)}/return"))
            data = {"who": "anna", "every_days": "7", "next": "2026-11-25", "anchored": "yes"}
            await anna.post(f"{address(service)}/planned-contact", data=data)
            assert "Follow-up by Wed 25 Nov: Anna Test." in words(await anna.get(f"{address(service)}/return"))


class TestPlannedContacts:
    async def test_stand_in_the_form_as_they_are(self, service: Service) -> None:
        async with service.person("anna", "en") as anna:
            first = await anna.get(f"{address(service)}/planned-contact")
            assert '<option value="lars" selected>' in first.text  # the case manager
            assert '<option value="14" selected>Every other week</option>' in first.text
            data = {"who": "anna", "every_days": "10", "next": "2026-12-01", "anchored": "yes"}
            await anna.post(f"{address(service)}/planned-contact", data=data)
            again = await anna.get(f"{address(service)}/planned-contact")
            assert '<option value="10" selected>Every 10 days</option>' in again.text
            assert 'id="f-next" name="next" type="date" value="2026-12-01"' in again.text
        plan = (await client(service, STINA)).planned
        assert plan
        assert (plan.who, plan.every_days, plan.next) == ("anna", 10, date(2026, 12, 1))

    async def test_what_was_typed_is_kept(self, service: Service, anna: httpx2.AsyncClient) -> None:
        data = {"who": "anna", "every_days": "many", "next": "2026-12-01"}
        wrong = await anna.post(f"{address(service)}/planned-contact", data=data)
        assert wrong.status_code == 422
        assert '<option value="many" selected>many</option>' in wrong.text
