"""How facts become episodes: one at a time as they are written, or a whole story after something was undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from factboard.domain import events as e
from factboard.domain.statistics.course import Course, evolve, fold, name
from factboard.domain.statistics.episodes import Admission, Ending, InCare, InTeam, Meeting, Stay
from tests.domain.given import CLIENT, NOW, Given, a_client
from tests.domain.statistics.paper import history

HOUR = timedelta(hours=1)


def of(story: Given, shape: type[Stay | InCare | Admission]) -> list[Stay | InCare | Admission]:
    return [one for one in fold(story.story, CLIENT) if isinstance(one, shape)]


def test_what_is_undone_leaves_no_trace_and_what_it_ended_goes_on() -> None:
    there = a_client().on_board()
    returned = there.then(e.Returned("Mår bra"))
    [stay] = of(returned.then(e.Undone(returned.seq, "returned")), Stay)
    assert stay == of(there, Stay)[0]
    assert of(there.then(e.Undone(there.seq, "put_on_board")), Stay) == []


def test_an_enrolment_that_ends_takes_the_time_on_the_board_with_it() -> None:
    for reason, ending in ((e.EndReason.MOVED, Ending.LEFT_CARE), (e.EndReason.DUPLICATE, Ending.IN_ERROR)):
        left = a_client().on_board().then(e.EnrolmentEnded(reason))
        assert [one.ending for one in of(left, Stay) if isinstance(one, Stay)] == [ending]
        assert [one.ended for one in of(left, InCare)] == [NOW]


def test_a_discharge_ends_only_the_admission_that_goes_on() -> None:
    home = a_client().then(e.Admitted("Avd 3", NOW.date())).then(e.Discharged(NOW.date(), "Avd 3"))
    again = home.then(e.Admitted("Avd 4", NOW.date()))
    assert [one.ended is None for one in of(again, Admission)] == [False, True]


def test_a_members_time_changes_only_with_their_role_and_days() -> None:
    anna = e.Member("anna", "anna", "Anna", e.Role.CLINICIAN)
    changes = (
        e.MemberAdded(anna),
        e.MemberChanged(replace(anna, works=(0, 1))),
        e.MemberChanged(replace(anna, works=(0, 1), profession="läkare")),
        e.MemberChanged(replace(anna, works=(0, 1), role=e.Role.LEAD)),
        e.MemberRemoved("anna"),
        e.MemberAdded(anna),
    )
    course = Course()
    for seq, fact in enumerate(changes):
        course.becomes(evolve(course.going_on, e.Recorded(seq, NOW + seq * HOUR, "lars", fact)), anew=False)
    first, second = (one for one in course.changed.values() if isinstance(one, InTeam))
    assert [(post.role, post.days) for post in first.posts] == [("clinician", 5), ("clinician", 2), ("lead", 2)]
    assert (first.ended, second.began, second.ended) == (NOW + 4 * HOUR, NOW + 5 * HOUR, None)


def test_a_meeting_that_nobody_held_is_one_of_its_own() -> None:
    fact = e.MeetingNotHeld(NOW, e.NotHeld.NOT_OPENED)
    [missed] = evolve((), e.Recorded(1, NOW + HOUR, "factboard", fact))
    assert isinstance(missed, Meeting)
    assert (missed.began, missed.ended, missed.opened, missed.held) == (NOW, NOW, False, False)


def test_fact_by_fact_and_the_whole_story_come_to_the_same() -> None:
    stories: dict[str, list[e.Recorded]] = {}
    for row in history():
        if row.client:
            stories.setdefault(row.client, []).append(row)
    for story in stories.values():
        course, whose = Course(), story[0].client or ""
        for number, row in enumerate(story, 1):
            undone = isinstance(row.fact, e.Undone)
            course.becomes(fold(story[:number], whose) if undone else evolve(course.going_on, row), anew=undone)
        assert {name(one): one for one in fold(story, whose)} == course.changed
