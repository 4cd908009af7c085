"""What another policy, or other numbers, of a category would do to today's board, before it is saved.

Stina came up twenty days ago with a crisis; Anna and Lars have seen her at her usual level over sixteen days.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.events import Mode, Need, Policy, Step
from factboard.domain.stepdown import Effect, Preview, State, preview, standing
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client, nobody

DAY = timedelta(days=1)
CRISIS = TEAM.categories["short_intensive"]
SEEN = ((17, "anna"), (9, "lars"), (1, "anna"))  # days ago, and by whom: at her usual level
TUESDAY_13 = datetime(2026, 11, 24, 12, tzinfo=UTC)


def seen(given: Given, days: float, by: str) -> Given:
    ago = days * DAY
    met = e.ContactLogged(e.ContactKind.HOME, by, NOW - ago)
    return given.then(met, by=by, ago=ago).then(e.Rated(e.Rating.USUAL, e.Basis.SEEN, by, NOW - ago), by=by, ago=ago)


def stable(category: str = "short_intensive", *, contacts: int = 5) -> Given:
    """All that the standard policy asks is so, where there are five contacts."""
    given = a_client(case_manager="lars").on_board(category, by="lars", ago=20 * DAY)
    given = given.then(e.Taken(), by="lars", ago=20 * DAY)
    for days, by in SEEN[:-1]:
        given = seen(given, days, by)
    for n in range(contacts - 1):
        met = e.ContactLogged(e.ContactKind.PHONE, "anna", NOW - (5 - n) * DAY)
        given = given.then(met, by="anna", ago=(5 - n) * DAY)
    given = seen(given, *SEEN[-1])
    given = given.then(e.CrisisPlanReviewed(TODAY - 3 * DAY, with_client=True), ago=3 * DAY)
    return given.then(e.PlannedContactSet("lars", 14, TODAY + 2 * DAY), ago=DAY)


def announced(given: Given) -> Given:
    fact = e.ReturnAnnounced(
        meeting="m1",
        mode=Mode.AUTOMATIC,
        planned=TUESDAY_13,
        who="lars",
        next=None,
        informed=e.Informed.YES,
        view="",
        grounds=e.Grounds(1, 1, "test"),
    )
    return given.then(fact, ago=timedelta(minutes=30))


def would(given: Given, *, policy: Policy | None = None, now: datetime = NOW, **numbers: int) -> Preview:
    """The preview of this policy, or these numbers, for her category."""
    client = given.client
    assert client
    assert client.stay
    category = replace(TEAM.categories[client.stay.category], **numbers)  # type: ignore[arg-type]
    return preview(TEAM, replace(category, policy=policy or category.policy), [client], now)


def the_one(found: Preview) -> Effect:
    [effect] = found.effects
    return effect


def policy(**changed: object) -> Policy:
    return replace(CRISIS.policy, **changed)  # type: ignore[arg-type]


def test_she_is_ready_as_things_stand() -> None:
    client = stable().client
    assert client
    assert standing(TEAM, client, NOW).state is State.READY


def test_the_same_policy_changes_nothing() -> None:
    assert would(stable()) == Preview(of=1)
    assert would(announced(stable())) == Preview(of=1)


class TestReady:
    def test_less_asked_makes_ready_and_says_what_was_missing(self) -> None:
        waiting = stable(contacts=3)
        found = would(waiting, contacts_a_week=3)
        effect = the_one(found)
        assert (effect.before.state, effect.after.state) == (State.ON_BOARD, State.READY)
        assert [(one.need, one.have, one.of) for one in effect.before.missing] == [(Need.CONTACTS, 3, 5)]
        assert effect.after.missing == ()
        assert (found.ready, found.ready_no_more, found.called_off, found.of) == (1, 0, 0, 1)

    @pytest.mark.parametrize(
        ("asked", "missing"),
        [
            ({"stable_days": 17}, {Need.DAYS}),
            ({"stable_ratings": 4}, {Need.RATINGS}),
            ({"raters": 3, "stable_ratings": 3}, {Need.RATERS}),
            ({"mode": Mode.BY_HAND}, {Need.BY_ITSELF}),
            ({"stable_days": 21, "stable_ratings": 5}, {Need.DAYS, Need.RATINGS}),
        ],
    )
    def test_more_asked_makes_ready_no_more(self, asked: dict[str, object], missing: set[Need]) -> None:
        found = would(stable(), policy=policy(**asked))
        effect = the_one(found)
        assert (effect.before.state, effect.after.state) == (State.READY, State.ON_BOARD)
        assert {one.need for one in effect.after.missing} == missing
        assert effect.called_off == ()
        assert (found.ready, found.ready_no_more) == (0, 1)

    def test_a_legal_measure_blocks_where_the_category_comes_to_say_so(self) -> None:
        given = stable().then(e.LegalMeasureStarted("l1", "ÖPT", TODAY - DAY), ago=DAY)
        effect = the_one(would(given, policy=policy(blockers=(e.Blocker.LEGAL,))))
        assert [one.need for one in effect.after.missing] == [Need.LEGAL]

    def test_a_blocker_taken_away_lets_through(self) -> None:
        given = stable().then(e.ActionAdded("a1", "Ring boendet", urgent=True), ago=DAY)
        assert the_one(would(given, policy=policy(blockers=()))).becomes_ready

    def test_an_admission_and_the_two_weeks_after_a_discharge_block_whatever_is_ticked(self) -> None:
        admitted = stable().then(e.Admitted("Avdelning 51", TODAY), ago=timedelta(hours=1))
        home = admitted.then(e.Discharged(TODAY, "Avdelning 51"))
        for given in (admitted, home):
            free = policy(blockers=(), stable_ratings=1, raters=1, stable_days=1)
            assert would(given, policy=free, contacts_a_week=0).ready == 0

    def test_whoever_is_kept_on_the_board_stays_so(self) -> None:
        kept = stable(contacts=3).then(e.ReturnHeld(TODAY + 3 * DAY, "Flyttar"), ago=DAY)
        assert would(kept, contacts_a_week=0) == Preview(of=1, further=1)

    def test_what_moves_nobody_says_for_how_many_something_else_is_missing(self) -> None:
        assert would(stable(contacts=3), policy=policy(stable_days=21)) == Preview(of=1, further=1)


class TestAnAnnouncedReturn:
    def test_is_called_off_and_it_is_said_why(self) -> None:
        found = would(announced(stable()), policy=policy(stable_days=21), contacts_a_week=6)
        effect = the_one(found)
        assert (effect.before.state, effect.after.state) == (State.ANNOUNCED, State.ON_BOARD)
        assert effect.called_off == (Need.DAYS, Need.CONTACTS)
        assert (found.called_off, found.ready_no_more) == (1, 0)

    def test_is_called_off_on_its_very_day(self) -> None:
        later = NOW + timedelta(days=1)
        given = announced(stable()).then(e.ReturnUpheld("m2", TUESDAY_13), ago=-DAY)
        effect = the_one(would(given, policy=policy(raters=3), now=later))
        assert (effect.before.state, effect.called_off) == (State.RETURNING, (Need.RATERS,))

    def test_is_called_off_by_what_was_too_little_for_a_while_though_it_is_enough_now(self) -> None:
        """Saving it calls the return off, so the look before says so."""
        given, later, hour = announced(stable()), NOW + 3 * DAY - timedelta(hours=1), timedelta(hours=1)
        for at in (NOW + 2 * DAY - hour, later - hour):  # between them one left the week: it was five, and is six
            given = given.then(e.ContactLogged(e.ContactKind.PHONE, "anna", at), ago=NOW - at)
        assert would(given, now=later).effects == ()
        found = would(given, now=later, contacts_a_week=6)
        effect = the_one(found)
        assert (effect.before.state, effect.after.state) == (State.ANNOUNCED, State.READY)
        assert effect.called_off == (Need.CONTACTS,)
        assert (found.called_off, found.ready) == (1, 0)

    def test_gets_another_moment_with_another_return_time(self) -> None:
        found = would(announced(stable()), policy=policy(return_time=time(15)))
        effect = the_one(found)
        assert (effect.before.returns, effect.after.returns) == (TUESDAY_13, TUESDAY_13 + timedelta(hours=2))
        assert effect.moves
        assert (found.moved, found.called_off) == (1, 0)

    def test_keeps_the_moment_that_a_meeting_has_upheld(self) -> None:
        given = announced(stable()).then(e.ReturnUpheld("m2", TUESDAY_13), ago=-DAY)
        assert would(given, policy=policy(return_time=time(15)), now=NOW + DAY).effects == ()

    def test_stays_announced_in_another_mode(self) -> None:
        assert would(announced(stable()), policy=policy(mode=Mode.CONFIRM)).effects == ()


def test_whoever_is_ready_and_stays_so_is_told_to_be_announced_another_way() -> None:
    found = would(stable(), policy=policy(mode=Mode.CONFIRM))
    effect = the_one(found)
    assert (effect.before.state, effect.after.state, effect.mode) == (State.READY, State.READY, Mode.CONFIRM)
    assert (found.announced_otherwise, found.ready, found.ready_no_more) == (1, 0, 0)


class TestAlarms:
    def unseen(self) -> Given:
        return a_client().on_board(ago=7 * DAY).then(e.Taken(), ago=7 * DAY)

    def test_one_appears_where_less_silence_is_borne(self) -> None:
        calm = a_client().on_board("long_intensive", ago=4 * DAY).then(e.Taken(), ago=4 * DAY)
        found = would(calm, unseen_days=3)
        effect = the_one(found)
        assert [one.step for one in effect.louder] == [Step.UNSEEN]
        assert (found.louder, found.quieter) == (1, 0)

    def test_one_goes_where_more_is_borne(self) -> None:
        effect = the_one(would(self.unseen(), unseen_days=7))
        assert [one.step for one in effect.quieter] == [Step.UNSEEN]
        assert effect.louder == ()

    def test_one_that_tells_the_lead_no_more_is_quieter(self) -> None:
        given = a_client().on_board(ago=8 * DAY).then(e.Taken(), ago=8 * DAY)  # more than twice three days
        effect = the_one(would(given, unseen_days=5))
        assert [(one.step, one.lead) for one in effect.quieter] == [(Step.UNSEEN, True)]
        assert effect.louder == ()

    def test_one_that_comes_to_tell_the_lead_is_louder_and_never_quieter(self) -> None:
        given = a_client().on_board(ago=4 * DAY, review_by=TODAY - 3 * DAY).then(e.Taken(), ago=4 * DAY)
        effect = the_one(would(given, review_days=2))
        assert [(one.step, one.lead) for one in effect.louder] == [(Step.REVIEW, True)]
        assert effect.quieter == ()
        assert effect.before.state is effect.after.state


class TestWho:
    def test_only_those_of_the_category_who_are_on_the_board(self) -> None:
        here, other, away, gone = (
            replace(one.client, id=f"client {n}")
            for n, one in enumerate(
                (stable(), stable("long_intensive"), a_client(), stable().then(e.EnrolmentEnded(e.EndReason.MOVED)))
            )
            if one.client
        )
        found = preview(TEAM, replace(CRISIS, policy=policy(stable_ratings=4)), [gone, other, away, here], NOW)
        assert [one.client.id for one in found.effects] == ["client 0"]
        assert found.of == 1

    def test_a_new_category_has_nobody(self) -> None:
        client = stable().client
        assert client
        assert preview(TEAM, e.Category("own", "Egen"), [client], NOW) == Preview()

    def test_those_come_first_whose_return_would_be_called_off(self) -> None:
        ready, coming = (
            replace(one.client, id=id) for id, one in (("a", stable()), ("b", announced(stable()))) if one.client
        )
        found = preview(TEAM, replace(CRISIS, policy=policy(stable_days=30)), [ready, coming], NOW)
        assert [one.client.id for one in found.effects] == ["b", "a"]

    def test_nothing_is_changed_by_asking(self) -> None:
        before = repr(nobody().team)
        would(stable(), policy=policy(stable_days=30))
        assert repr(TEAM) == before


class TestTheSign:
    def test_is_the_same_for_a_second_look_that_says_the_same(self) -> None:
        asked = policy(stable_days=30)
        first, later = (the_one(would(stable(), policy=asked, now=NOW + n * timedelta(minutes=5))) for n in (0, 1))
        assert first.sign == later.sign

    def test_is_another_where_something_else_would_happen(self) -> None:
        asked = policy(stable_days=30)
        signs = {the_one(would(given, policy=asked)).sign for given in (stable(), announced(stable()))}
        signs.add(the_one(would(announced(stable()), policy=policy(raters=3))).sign)
        moments = (time(15), time(16))
        signs |= {the_one(would(announced(stable()), policy=policy(return_time=at))).sign for at in moments}
        assert len(signs) == 5
