"""Three written stories, day by day, in a world in which every instant is judged: better, silent, in hospital and home.

The team meets at half past eight from Monday to Friday. The category asks for three ratings "as usual" by two people
over seven days and two contacts a week.
"""

from __future__ import annotations

from datetime import date

import pytest

from factboard.domain import care, crisis_plan, louder, meeting, placement, planned_care, signs, stepdown
from factboard.domain import events as e
from factboard.domain.events import AgendaGroup, ContactKind, Informed, Step
from factboard.domain.refusal import Conflict
from factboard.domain.stepdown import State, Told, Wishes
from tests.domain.stepdown.given import BETTER, UNCHANGED, USUAL, WORSE
from tests.domain.stepdown.watched import Watched
from tests.domain.stepdown.world import local

STINA = "stina"


class Weeks(Watched):
    """From Monday the 2nd of November 2026, at seven in the morning."""

    def __init__(self) -> None:
        super().__init__(local("2026-11-02 07:00"))
        self.enrol(STINA)
        self.wakes()

    def on(self, day: str, at: str) -> list[str]:
        """The time passes until "Tue 3 Nov", at that hour; what factboard wrote down meanwhile."""
        weekday, number, month = day.split()
        when = f"2026-{('Nov', 'Dec').index(month) + 11}-{int(number):02}"
        assert date.fromisoformat(when).strftime("%a") == weekday, "the story has its days right"
        return [fact.kind for fact in self.to(f"{when} {at}")]

    @property
    def missing(self) -> dict[str, tuple[int, int]]:
        return {one.need.value: (one.have, one.of) for one in self.standing(STINA).missing}

    @property
    def alarms(self) -> dict[Step, bool]:
        """What is too long, and whether the lead knows."""
        found = louder.alarms(self.here, self.clients[STINA], self.now)
        return {one.step: one.lead for one in found}


def test_a_client_gets_better() -> None:
    team = Weeks()

    team.on("Mon 2 Nov", "09:10")
    team.flag(STINA, by="anna", taken_by="")
    team.on("Mon 2 Nov", "09:25")
    team.do(placement.take, STINA, by="lars")
    assert team.state(STINA) is State.ON_BOARD
    assert team.missing == {
        "ratings": (0, 3), "raters": (0, 2), "days": (0, 7), "crisis_plan": (0, 0), "next_contact": (0, 0),
    }  # fmt: skip

    team.on("Tue 3 Nov", "10:00")
    team.meets(STINA, "fatima", WORSE)
    team.on("Wed 4 Nov", "14:00")
    team.meets(STINA, "lars", UNCHANGED)
    team.on("Thu 5 Nov", "08:30")
    team.meet()
    team.on("Thu 5 Nov", "15:00")
    team.meets(STINA, "anna", BETTER)
    assert team.missing["ratings"] == (0, 3), "better is not yet as usual"

    team.on("Fri 6 Nov", "11:00")
    team.meets(STINA, "lars", USUAL)
    team.on("Mon 9 Nov", "09:30")
    team.meets(STINA, "anna", USUAL, ContactKind.PHONE)
    team.do(crisis_plan.review_crisis_plan, STINA, by="anna", with_client=True)
    team.do(planned_care.set_planned_contact, STINA, by="anna", who="lars", every_days=7, next=date(2026, 11, 19))
    assert team.missing == {"ratings": (2, 3), "days": (3, 7)}

    team.on("Thu 12 Nov", "13:00")
    team.meets(STINA, "fatima", USUAL)
    assert team.missing == {"days": (6, 7)}
    assert team.on("Mon 16 Nov", "09:00") == [], "the days go on, and a day without a rating adds none"
    assert team.missing == {"days": (6, 7)}
    team.meets(STINA, "lars", USUAL)
    assert team.state(STINA) is State.READY
    assert {rating.by for rating in team.standing(STINA).ratings} == {"anna", "lars", "fatima"}

    team.on("Tue 17 Nov", "08:30")
    id = team.opens()
    assert [one.group for one in team.meetings[id].agenda] == [AgendaGroup.READY]
    team.discusses(id, STINA)
    team.closes(id, Wishes(told={STINA: Told(Informed.YES, "Skönt att det blir lugnt")}))
    assert team.state(STINA) is State.ANNOUNCED
    assert team.standing(STINA).returns == local("2026-11-18 13:00")
    assert team.on("Tue 17 Nov", "23:00") == []

    team.on("Wed 18 Nov", "08:30")
    id = team.opens()
    assert [one.group for one in team.meetings[id].agenda] == [AgendaGroup.ANNOUNCED]
    team.discusses(id, STINA)
    team.closes(id)
    assert team.state(STINA) is State.RETURNING
    assert team.on("Wed 18 Nov", "12:59:59") == []
    assert team.on("Wed 18 Nov", "13:00") == ["returned"]
    [returned] = team.of(STINA, e.Returned)
    assert isinstance(returned, e.Returned)
    assert returned.grounds
    assert [one.by for one in returned.grounds.ratings] == ["lars", "anna", "fatima", "lars"]
    assert (returned.who, returned.follow_up) == ("lars", date(2026, 11, 19))

    team.on("Thu 19 Nov", "14:00")
    team.meets(STINA, "lars", None)
    assert planned_care.waits_for_follow_up(team.clients[STINA]) is None
    assert team.state(STINA) is State.RETURNED
    team.on("Thu 26 Nov", "10:00")
    team.meets(STINA, "lars", None)
    assert team.on("Wed 2 Dec", "12:59:59") == []
    assert team.state(STINA) is State.RETURNED
    team.on("Wed 2 Dec", "13:00")
    assert team.state(STINA) is State.PLANNED_CARE
    assert not signs.back_within_30_days(team.clients[STINA])


def test_nobody_says_anything() -> None:
    team = Weeks()

    team.on("Mon 2 Nov", "15:50")
    team.flag(STINA, by="anna", taken_by="")
    assert team.on("Mon 2 Nov", "16:29") == ["flag_untaken"]
    assert team.alarms == {Step.UNTAKEN: False}
    assert team.on("Mon 2 Nov", "16:30") == ["flag_untaken"], "who acts tonight?"
    assert team.alarms == {Step.TONIGHT: False}
    assert team.on("Tue 3 Nov", "08:20") == ["flag_untaken"], "half an hour of work more, and the lead is told"
    assert team.alarms == {Step.UNTAKEN: True}
    team.do(placement.take, STINA, by="lars")
    assert team.alarms == {}

    team.on("Tue 3 Nov", "10:00")
    team.meets(STINA, "lars", UNCHANGED)
    assert team.on("Sun 8 Nov", "23:59") == []
    assert team.on("Mon 9 Nov", "00:00") == ["unseen_too_long"], "five days are over, and nobody has seen her"
    assert team.alarms == {Step.UNSEEN: False}

    team.on("Mon 9 Nov", "08:30")
    id = team.opens()
    assert [one.group for one in team.meetings[id].agenda] == [AgendaGroup.UNSEEN]
    team.do(meeting.move_focus, of_meeting=id, to=None)
    team.do(meeting.move_focus, of_meeting=id, to=STINA)
    with pytest.raises(Conflict, match="decide_what_is_done"):
        team.do(meeting.no_change, of_meeting=id, of=STINA)
    team.do(placement.add_action, STINA, text="Åk dit", owner="fatima", due=date(2026, 11, 10))
    team.do(meeting.no_change, of_meeting=id, of=STINA)
    team.closes(id)

    assert team.on("Fri 13 Nov", "23:59") == []
    assert team.on("Sat 14 Nov", "00:00") == ["unseen_too_long"], "twice as long: the lead is told"
    assert team.alarms == {Step.UNSEEN: True}
    assert team.on("Tue 17 Nov", "00:00") == ["review_fell_due"]
    assert team.alarms == {Step.UNSEEN: True, Step.REVIEW: False}
    assert team.on("Tue 1 Dec", "00:00") == ["review_fell_due"]
    assert team.alarms == {Step.UNSEEN: True, Step.REVIEW: True}

    assert team.on("Thu 31 Dec", "12:00") == [], "it has been said to everybody whom it can be said to"
    assert team.alarms == {Step.UNSEEN: True, Step.REVIEW: True}
    assert team.state(STINA) is State.ON_BOARD
    assert team.missing["ratings"] == (0, 3)
    assert not team.of(STINA, e.ReturnAnnounced, e.Returned, e.EnteredInError)


def test_a_client_is_admitted_and_comes_home() -> None:
    team = Weeks()
    team.flag(STINA)
    team.do(crisis_plan.review_crisis_plan, STINA, with_client=False)
    for day, by in (("Tue 3 Nov", "anna"), ("Fri 6 Nov", "lars"), ("Tue 10 Nov", "anna"), ("Thu 12 Nov", "fatima")):
        team.on(day, "10:00")
        team.meets(STINA, by)
    team.do(planned_care.set_planned_contact, STINA, who="anna", every_days=7, next=date(2026, 11, 18))
    team.on("Mon 16 Nov", "08:30")
    team.meet()
    assert team.state(STINA) is State.ANNOUNCED

    team.on("Mon 16 Nov", "22:40")
    done = team.do(care.admit, STINA, by="lars", ward="Avd 5", expected=date(2026, 11, 20))
    assert [fact.kind for fact in done] == ["admitted", "announcement_withdrawn"]
    assert team.state(STINA) is State.ON_BOARD
    assert team.missing == {"at_home": (0, 0)}

    team.on("Tue 17 Nov", "08:30")
    team.meet()
    team.on("Tue 17 Nov", "13:00")
    assert team.state(STINA) is State.ON_BOARD
    assert not team.of(STINA, e.Returned), "it was announced for this very moment"
    team.on("Thu 19 Nov", "15:00")
    team.meets(STINA, "anna", USUAL, ContactKind.WARD)
    assert Step.UNSEEN not in team.alarms

    team.on("Fri 20 Nov", "13:00")
    team.do(care.discharge, STINA, by="anna")
    assert team.missing["ratings"] == (0, 3), "the evidence begins again at home"
    assert team.missing["settled"] == (0, 14)
    with pytest.raises(Conflict, match="not_ready"):
        team.do(stepdown.announce, STINA)

    for day, by in (("Mon 23 Nov", "lars"), ("Thu 26 Nov", "anna"), ("Tue 1 Dec", "fatima"), ("Thu 3 Dec", "lars")):
        team.on(day, "10:00")
        team.meets(STINA, by)
        team.do(planned_care.set_planned_contact, STINA, who="anna", every_days=7, next=date(2026, 12, 9))
    assert team.missing == {"settled": (13, 14)}
    team.on("Thu 3 Dec", "23:59")
    assert team.state(STINA) is State.ON_BOARD
    team.on("Fri 4 Dec", "00:00")
    assert team.state(STINA) is State.READY, "two weeks at home"

    team.on("Fri 4 Dec", "08:30")
    team.meet()
    assert team.standing(STINA).returns == local("2026-12-07 13:00"), "over the weekend nobody goes"
    team.on("Sat 5 Dec", "10:00")
    team.meets(STINA, "fatima", USUAL, ContactKind.PHONE)
    team.on("Mon 7 Dec", "08:30")
    team.meet()
    assert team.on("Mon 7 Dec", "13:00") == ["returned"]
    [returned] = team.of(STINA, e.Returned)
    assert isinstance(returned, e.Returned)
    assert returned.grounds
    assert min(one.at for one in returned.grounds.ratings) == local("2026-11-23 10:00")
    assert (returned.who, returned.follow_up) == ("anna", date(2026, 12, 9))
    assert team.state(STINA) is State.RETURNED
