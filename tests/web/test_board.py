"""The board on the screens that share it: why not yet, what grows loud, who returns, who has returned of late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from factboard.domain import events as e
from factboard.domain import placement, planned_care, stepdown, team
from factboard.live.frame import Frame
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web import way_back
from tests.web.reading import looks, words

STINA, AKE, VILMA = "Stina Exempel", "Åke Provström", "Vilma Skyddsson"
WEDNESDAY = datetime(2026, 11, 25, 7, 40, tzinfo=UTC)  # 08:40 in Stockholm
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(WEDNESDAY)


async def frame(service: Service, language: str = "en") -> Frame:
    found: Frame = await service.app.state.board.frame(OWN, language)
    return found


async def board(service: Service, language: str = "en") -> str:
    """What a screen of the team shows."""
    return words(httpx2.Response(200, text=(await frame(service, language)).html))


async def card(service: Service, name: str = STINA, language: str = "en") -> str:
    html = (await frame(service, language)).html
    inside = html.partition(f'id="card-{service.clients[name]}"')[2].partition("</article>")[0]
    return words(httpx2.Response(200, text=f"<article {inside}"))


async def returned(service: Service, clock: Clock, name: str = STINA, *, days: float = 2) -> None:
    """Somebody was on the board for a week, and returned so many days ago."""
    now, id = clock.now, service.clients[name]
    clock.forward(days=-days - 7)
    await service.put_on(name)
    clock.forward(days=7)
    await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=id, reason="Lugnt")
    clock.now = now


async def paused(service: Service, why: e.Pause = e.Pause.MANY) -> None:
    def rule(_case: object) -> list[e.Entry]:
        return [e.Entry(e.ReturnsPaused(why, 6, 27, 7200))]

    await service.recorder.change(OWN, "factboard", rule)


class TestWhyNotYet:
    async def test_stands_on_every_card_with_what_comes_next(self, service: Service) -> None:
        await service.put_on(STINA)
        missing = "0 of 3 ratings as usual: Anna or Lars · crisis plan not reviewed · no next contact planned"
        assert f"Next: {missing}" in await card(service)

    async def test_names_who_could_do_it_where_few_could(self, service: Service) -> None:
        await service.put_on(STINA)
        id = service.clients[STINA]
        await service.recorder.change(OWN, "anna", placement.rate, client=id, rating=e.Rating.USUAL, basis=e.Basis.SEEN)
        missing = "1 of 3 ratings as usual: Lars · one more rating by somebody other than Anna"
        assert f"Next: {missing}" in await card(service)

    async def test_who_is_ready_is_announced_by_the_meeting_or_by_a_person(
        self, service: Service, clock: Clock
    ) -> None:
        await way_back.ready(service, clock, STINA)
        await way_back.ready(service, clock, AKE, category="asked")
        assert "Ready to return · the meeting announces it" in await card(service)
        assert "Ready to return · a named person announces each" in await card(service, AKE)
        assert "2 ready to return" in await board(service)

    async def test_a_planned_return_stands_out_with_its_moment_and_the_way_to_stop_it(
        self, service: Service, clock: Clock
    ) -> None:
        [id] = await way_back.announced(service, clock, STINA)
        asked = "Not told yet: who tells them before 13:00? Tell Keep on the board"
        assert f"Return planned Wed 25 Nov 13:00 {asked}" in await card(service)
        assert "1 return planned" in await board(service)
        html = (await frame(service)).html
        assert f'href="/clients/{id}/keep" data-dialog' in html
        await way_back.meets(service)
        assert "Returns today 13:00" in await card(service)

    async def test_a_rating_that_will_be_too_old_by_then_is_asked_for(self, service: Service, clock: Clock) -> None:
        clock.forward(days=1)  # a Thursday: it is not upheld before Monday, when the rating is of Wednesday
        await way_back.announced(service, clock, STINA)
        assert "needed before then" not in await card(service)
        clock.forward(days=4)
        assert "the newest rating as usual is too old" in await card(service)


class TestWhatHasGoneOnForTooLong:
    async def test_comes_first_on_the_card_with_since_when(self, service: Service, clock: Clock) -> None:
        await service.put_on(STINA, review_by=WEDNESDAY.date())
        await service.recorder.change(OWN, "anna", placement.take, client=service.clients[STINA])
        clock.forward(days=1)
        said = await card(service)
        assert "1 day since Wed 25 Nov Review overdue (since today) Sover inte" in said
        assert "is-long" in (await frame(service)).html

    async def test_a_flag_that_nobody_takes_says_since_when_and_that_it_is_untaken_once(
        self, service: Service, clock: Clock
    ) -> None:
        await service.put_on(STINA)
        assert (await card(service)).count("Nobody has taken this") == 1
        clock.forward(minutes=31)
        said = await card(service)
        assert "Nobody has taken this (since 08:40)" in said
        assert said.count("Nobody has taken this") == 1
        clock.forward(hours=8)
        assert "Who acts tonight? (not taken since 08:40)" in await card(service)

    async def test_who_was_not_seen_is_said_with_the_day_they_were(self, service: Service, clock: Clock) -> None:
        await service.put_on(STINA)
        id = service.clients[STINA]
        await service.recorder.change(OWN, "anna", placement.take, client=id)
        await service.recorder.change(OWN, "anna", placement.log_contact, client=id, contact=e.ContactKind.HOME)
        clock.forward(days=4)
        assert "Nobody has seen them (since Wed 25 Nov)" in await card(service)

    async def test_a_second_time_within_30_days_is_marked(self, service: Service, clock: Clock) -> None:
        await returned(service, clock, days=12)
        await service.put_on(STINA)
        assert "Second time within 30 days left the board Fri 13 Nov" in await card(service)


class TestTheCardThatIsKept:
    """A card is rendered once and kept: an old one that looks right is what may never be (hazard H1)."""

    async def test_is_rendered_anew_at_each_turn(self, service: Service, clock: Clock) -> None:
        await service.put_on(STINA)
        first = await frame(service)
        assert first.valid_until == WEDNESDAY + timedelta(minutes=30)
        clock.forward(minutes=30)
        assert "since 08:40" in (await frame(service)).html
        clock.now = WEDNESDAY  # a clock put back finds no card of the future
        assert "since 08:40" not in (await frame(service)).html

    async def test_and_when_the_team_changes_what_it_asks(self, service: Service, clock: Clock) -> None:
        await way_back.ready(service, clock, STINA)
        assert "Ready to return" in await card(service)
        category = e.Category("easy", "Lätt", "blue", "circle", 9, 60, False, 0, 90, e.Policy())
        await service.recorder.change(OWN, "lars", team.set_category, category=category)
        assert "Ready to return" not in await card(service)

    async def test_and_when_returns_are_paused(self, service: Service, clock: Clock) -> None:
        await way_back.announced(service, clock, STINA)
        assert "paused" not in await card(service)
        await paused(service)
        assert "Return planned Wed 25 Nov 13:00 paused" in await card(service)


class TestAPause:
    async def test_stands_over_the_whole_board_with_why(self, service: Service) -> None:
        assert "paused" not in await board(service)
        await paused(service)
        said = await board(service)
        assert "Automatic returns are paused since Wed 25 Nov 08:40: 6 of 27 would have gone back at once." in said
        assert "The lead, or two clinicians in a held meeting, can let them go on." in said
        assert 'href="/returns"' in (await frame(service)).html

    async def test_of_the_clock_says_by_how_much(self, service: Service) -> None:
        await paused(service, e.Pause.CLOCK)
        assert "the clock jumped by 120 minutes" in await board(service)


class TestRecentlyReturned:
    async def test_stand_below_with_when_by_whom_and_who_meets_them(self, service: Service, clock: Clock) -> None:
        await returned(service, clock)
        said = await board(service)
        assert "Recently returned 1 Stina Exempel since Mon 23 Nov, Lars follow-up by Mon 30 Nov , Lars" in said
        id = service.clients[STINA]
        assert f'form="post" formaction="/clients/{id}/back"' in (await frame(service)).html

    async def test_a_follow_up_that_is_late_is_marked_and_one_that_was_made_is_said(
        self, service: Service, clock: Clock
    ) -> None:
        await returned(service, clock, days=9)
        assert "Not met yet: follow-up by Mon 23 Nov , Lars" in await board(service)
        id = service.clients[STINA]
        await service.recorder.change(OWN, "anna", placement.log_contact, client=id, contact=e.ContactKind.HOME)
        assert "followed up today, Anna" in await board(service)

    async def test_leave_after_14_days_once_somebody_has_met_them(self, service: Service, clock: Clock) -> None:
        await returned(service, clock, days=13)
        id = service.clients[STINA]
        await service.recorder.change(OWN, "anna", placement.log_contact, client=id, contact=e.ContactKind.HOME)
        shown = await frame(service)
        assert shown.clients == {id}
        assert shown.valid_until is not None
        clock.forward(days=1)
        after = await frame(service)
        assert (after.clients, "Recently returned" in after.html) == (frozenset(), False)

    async def test_a_protected_identity_has_its_code(self, service: Service, clock: Clock) -> None:
        await returned(service, clock, VILMA)
        html = (await frame(service)).html
        assert "Protected identity" in html
        assert "Vilma" not in html

    async def test_are_told_from_their_namesakes(self, service: Service, clock: Clock) -> None:
        await returned(service, clock, "Johan Testberg")
        assert "Johan Testberg 1975-06-30 since Mon 23 Nov" in await board(service)

    async def test_stand_in_the_access_log(self, service: Service, clock: Clock, anna: httpx2.AsyncClient) -> None:
        await returned(service, clock)
        await anna.get("/board")
        assert ("anna", "read", "board", service.clients[STINA]) in await looks(service)


async def test_what_a_hold_keeps_is_said_with_by_whom_and_how_often(service: Service, clock: Clock) -> None:
    [id] = await way_back.ready(service, clock, STINA)
    first = {"reason": "Orolig", "until": clock.now.date()}
    await service.recorder.change(OWN, "anna", stepdown.keep_on, client=id, **first)
    clock.forward(days=1)
    await service.recorder.change(OWN, "anna", stepdown.keep_on, client=id, reason="Flyttar på lördag")
    said = await card(service)
    assert "Kept on 2 times" in said
    assert "ept on the board to the end of Thu 3 Dec" in said
    assert "Anna : Flyttar på lördag" in said


async def test_a_plan_alone_puts_nobody_on_it(service: Service) -> None:
    id, day = service.clients[STINA], WEDNESDAY.date() + DAY
    await service.recorder.change(
        OWN, "anna", planned_care.set_planned_contact, client=id, who="anna", every_days=7, next=day
    )
    assert (await frame(service)).clients == frozenset()


async def test_a_frame_is_the_same_for_all_its_readers(service: Service, clock: Clock) -> None:
    """Nothing of one reader: no form with a token, no undo, nobody called "you"."""
    await way_back.announced(service, clock, STINA)
    await returned(service, clock, AKE)
    await paused(service)
    html = (await frame(service)).html
    for one in ("<form", "request_id", "/undo/", "Let returns go on"):
        assert one not in html, one
