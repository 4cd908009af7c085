"""The resource group: who is in it, what each may be told now, who was there when; its meetings and education."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from factboard.domain import documents
from factboard.domain import events as e
from factboard.domain import resource_group as g
from factboard.domain.events.contents import (
    Attendance,
    Content,
    Education,
    FollowedUp,
    GroupMeeting,
    GroupMember,
    Kind,
    ResourceGroup,
    Together,
)
from factboard.domain.events.contents.words import GoalState, PersonKind, Told
from factboard.domain.refusal import Invalid
from factboard.domain.state import Coming, Dated
from factboard.domain.versions import Version
from tests.domain.given import CLIENT, NOW, TODAY, Refusal, a_client, facts, table

DAY = timedelta(days=1)
SETTINGS = e.Settings(name="Kusten")
EVA = GroupMember("eva", "Eva Exempel", PersonKind.PRIVATE, "syster", told=Told.PLAN, consent_on=TODAY - 9 * DAY)
PER = GroupMember("per", "Per Prov", PersonKind.PROFESSIONAL, "läkare", told=Told.EVERYTHING, consent_on=TODAY)
GROUP = ResourceGroup(members=(PER, EVA), works_for=("Egen lägenhet", "Börja måla"))
MET = GroupMeeting(on=TODAY, people=(Attendance("eva", "Eva Exempel", came=True),), decided="Vi ses igen")
SESSION = Education(on=TODAY, about="Att säga nej", led_by="lars", practised="Rollspel")


def writing(content: Content, ref: str = "") -> dict[str, object]:
    ref = ref or content.document.value + (".a1" if content.document is not Kind.RESOURCE_GROUP else "")
    return {"ref": ref, "content": content, "together": Together.TOGETHER, "based_on": 0}


def one(**other: object) -> ResourceGroup:
    return ResourceGroup(members=(replace(EVA, **other),))  # type: ignore[arg-type]


def version(number: int, content: ResourceGroup, days_ago: int) -> Version:
    return Version(CLIENT, "resource_group", number, number, NOW - days_ago * DAY, "lars", content, Together.TOGETHER)


PLANNED = replace(MET, next=TODAY + 30 * DAY)
IS_PLANNED = replace(
    a_client()
    .then(
        e.DocumentWritten(
            Kind.GROUP_MEETING, "group_meeting.b2", 1, GroupMeeting(on=TODAY + 30 * DAY), Together.WITHOUT
        )
    )
    .case(),
    document=Version(CLIENT, "group_meeting.a1", 1, 30, NOW, "lars", PLANNED, Together.TOGETHER),
)

REFUSALS = [
    Refusal("a member without a name", a_client(), documents.write, writing(one(name="")), "required", Invalid, "members-0-name"),
    Refusal("a member who left before they came", a_client(), documents.write, writing(one(first=TODAY, last=TODAY - DAY)), "ends_before_it_begins", Invalid, "members-0-last"),
    Refusal("something told without a consent", a_client(), documents.write, writing(one(consent_on=None)), "consent_has_a_day", Invalid, "members-0-consent_on"),
    Refusal("a consent of tomorrow", a_client(), documents.write, writing(one(consent_on=TODAY + DAY)), "in_the_future", Invalid, "members-0-consent_on"),
    Refusal("a consent that ends before it is given", a_client(), documents.write, writing(one(consent_until=TODAY - 10 * DAY)), "ends_before_it_begins", Invalid, "members-0-consent_until"),
    Refusal("a consent for three years", a_client(), documents.write, writing(one(consent_until=TODAY + 1000 * DAY)), "period_too_long", Invalid, "members-0-consent_until"),
    Refusal("a meeting on no day", a_client(), documents.write, writing(replace(MET, on=None)), "required", Invalid, "on"),
    Refusal("a meeting in two years", a_client(), documents.write, writing(GroupMeeting(on=TODAY + 700 * DAY)), "day_out_of_range", Invalid, "on"),
    Refusal("having come tomorrow", a_client(), documents.write, writing(replace(MET, on=TODAY + DAY)), "not_come_yet", Invalid, "on"),
    Refusal("somebody there without a name", a_client(), documents.write, writing(replace(MET, people=(Attendance(came=True),))), "required", Invalid, "people-0-name"),
    Refusal("how a goal stands that nobody names", a_client(), documents.write, writing(replace(MET, goals=(FollowedUp(state=GoalState.NEARER),))), "required", Invalid, "goals-0-goal"),
    Refusal("a next meeting before this one", a_client(), documents.write, writing(replace(MET, next=TODAY)), "day_out_of_range", Invalid, "next"),
    Refusal("another next meeting than the one planned", IS_PLANNED, documents.write, writing(replace(PLANNED, next=None)) | {"based_on": 1}, "next_is_planned", Invalid, "next"),
    Refusal("a session on no day", a_client(), documents.write, writing(replace(SESSION, on=None)), "required", Invalid, "on"),
    Refusal("a session in two years", a_client(), documents.write, writing(replace(SESSION, on=TODAY + 700 * DAY)), "day_out_of_range", Invalid, "on"),
    Refusal("followed up before it was", a_client(), documents.write, writing(replace(SESSION, follow_up=TODAY - DAY)), "ends_before_it_begins", Invalid, "follow_up"),
]  # fmt: skip


@table(REFUSALS)
def test_refuses(row: Refusal) -> None:
    row.holds()


@pytest.mark.parametrize(
    ("says", "member", "told"),
    [
        ("agreed to", EVA, Told.PLAN),
        ("agreed to, to the end of today", replace(EVA, consent_until=TODAY), Told.PLAN),
        ("over since yesterday", replace(EVA, consent_until=TODAY - DAY), Told.NOTHING),
        ("no day on which it was agreed to", replace(EVA, consent_on=None), Told.NOTHING),
        ("agreed to from tomorrow", replace(EVA, consent_on=TODAY + DAY), Told.NOTHING),
        ("left yesterday", replace(EVA, last=TODAY - DAY), Told.NOTHING),
        ("leaves today", replace(EVA, last=TODAY), Told.PLAN),
        ("comes tomorrow", replace(EVA, first=TODAY + DAY), Told.NOTHING),
        ("nothing chosen", replace(EVA, told=None), Told.NOTHING),
    ],
)
def test_what_a_member_may_be_told_is_what_the_client_agreed_to_and_no_longer(
    says: str, member: GroupMember, told: Told
) -> None:
    assert g.told_now(member, TODAY) is told, says


def test_private_people_who_may_be_told_come_first_then_professionals_then_who_may_not() -> None:
    over = replace(EVA, id="bo", consent_until=TODAY - DAY)
    left = replace(EVA, id="gone", last=TODAY - DAY)
    found = g.near(ResourceGroup(members=(over, PER, EVA, left)), TODAY)
    assert [(one.member.id, one.in_crisis) for one in found] == [("eva", True), ("per", True), ("bo", False)]
    assert found[2].ended == TODAY - DAY


def test_who_was_there_when_is_read_from_all_versions() -> None:
    left = replace(EVA, last=TODAY - 5 * DAY)
    versions = [
        version(1, ResourceGroup(members=(EVA, PER)), 30),
        version(2, ResourceGroup(members=(left, PER)), 5),
        version(3, ResourceGroup(members=(left,)), 2),
        version(4, ResourceGroup(members=(left, replace(PER, id="ny", first=TODAY))), 0),
    ]
    found = {one.member.id: (one.first, one.last) for one in g.over_time(reversed(versions), TODAY, SETTINGS)}
    assert found == {
        "ny": (TODAY, None),
        "eva": (TODAY - 30 * DAY, TODAY - 5 * DAY),
        "per": (TODAY - 30 * DAY, TODAY - 2 * DAY),  # their row was taken away
    }
    assert next(iter(found)) == "ny"  # who is there now comes first


def test_who_comes_back_is_there_again() -> None:
    versions = [version(1, GROUP, 30), version(2, ResourceGroup(members=(EVA,)), 20), version(3, GROUP, 10)]
    assert {one.member.id: one.last for one in g.over_time(versions, TODAY, SETTINGS)} == {"per": None, "eva": None}


def test_the_day_on_which_somebody_left_is_the_teams_own_after_midnight_too() -> None:
    at = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)  # half past midnight on the second, in the team's summer
    versions = [version(1, GROUP, 400), replace(version(2, ResourceGroup(members=(EVA,)), 0), at=at)]
    (per,) = [one for one in g.over_time(versions, date(2026, 7, 1), SETTINGS) if one.member.id == "per"]
    assert per.last == date(2026, 6, 2)


def test_a_meeting_begins_with_who_is_invited_and_the_goals_that_are_left() -> None:
    last = replace(
        MET,
        goals=(FollowedUp("1", "Egen lägenhet", GoalState.REACHED), FollowedUp("2", "Träna", GoalState.NEARER)),
    )
    begun = g.begun(GROUP, [last], TODAY)
    assert [(one.id, one.came) for one in begun.people] == [("eva", False), ("per", False)]
    assert [one.goal for one in begun.goals] == ["Träna", "Börja måla"]  # what is reached is not asked about again
    assert all(one.state is None for one in begun.goals)
    assert g.begun(None, [], TODAY) == GroupMeeting()


def test_a_meeting_that_names_the_next_one_plans_it_once() -> None:
    following = TODAY + 30 * DAY
    held = replace(MET, next=following, goals=(FollowedUp("1", "Träna", GoalState.NEARER),))
    first, planned = facts(documents.write(a_client().case(), **writing(held)))
    assert isinstance(planned, e.DocumentWritten)
    assert isinstance(planned.content, GroupMeeting)
    assert (planned.document, planned.number, planned.content.on) == (Kind.GROUP_MEETING, 1, following)
    assert planned.ref != first.ref  # type: ignore[attr-defined]
    assert [(one.name, one.came) for one in planned.content.people] == [("Eva Exempel", False)]
    assert [(one.goal, one.state) for one in planned.content.goals] == [("Träna", None)]

    known = Version(CLIENT, "group_meeting.a1", 1, 30, NOW, "lars", held, Together.TOGETHER)
    case = replace(a_client().case(), document=known)
    again = writing(replace(held, decided="Annat", next=following + DAY)) | {"based_on": 1}
    assert len(facts(documents.write(case, **again))) == 1


def test_the_next_meeting_once_planned_is_moved_on_its_own_page() -> None:
    for other in (TODAY + 31 * DAY, None):
        with pytest.raises(Invalid, match="next_is_planned"):
            documents.write(IS_PLANNED, **writing(replace(PLANNED, next=other)) | {"based_on": 1})
    assert documents.write(IS_PLANNED, **writing(replace(PLANNED, decided="Annat")) | {"based_on": 1})


MEETING, TAUGHT, GROUP_REF = "group_meeting.a1", "education.a1", "resource_group"


@pytest.mark.parametrize(
    ("says", "content", "ref", "comes"),
    [
        ("a planned meeting", GroupMeeting(on=TODAY + DAY), MEETING, [(Coming.GROUP_MEETING, TODAY + DAY, "")]),
        (
            "one that nobody has written up",
            GroupMeeting(on=TODAY - DAY),
            MEETING,
            [(Coming.GROUP_MEETING, TODAY - DAY, "")],
        ),
        ("one that is written up", MET, MEETING, []),
        (
            "a planned session",
            Education(on=TODAY + DAY, led_by="lars"),
            TAUGHT,
            [(Coming.EDUCATION, TODAY + DAY, "lars")],
        ),
        ("a session held", SESSION, TAUGHT, []),
        (
            "a home task to ask about",
            replace(SESSION, follow_up=TODAY + DAY),
            TAUGHT,
            [(Coming.EDUCATION_FOLLOW_UP, TODAY + DAY, "lars")],
        ),
        ("one that was asked about", replace(SESSION, follow_up=TODAY + DAY, followed_up="Gick bra"), TAUGHT, []),
        ("a consent that ends", one(consent_until=TODAY), GROUP_REF, [(Coming.CONSENT_ENDS, TODAY, "")]),
        ("the consent of one who left", one(consent_until=TODAY, last=TODAY), GROUP_REF, []),
    ],
)
def test_what_is_written_says_what_is_to_come(
    says: str, content: Content, ref: str, comes: list[tuple[Coming, date, str]]
) -> None:
    fact = e.DocumentWritten(content.document, ref, 1, content, Together.TOGETHER)
    given = a_client().then(fact)
    assert given.client
    assert [(one.what, one.day, one.who) for one in given.client.coming] == comes, says
    assert all(one.ref == ref for one in given.client.coming)


def test_a_newer_version_and_a_taking_away_change_what_is_to_come() -> None:
    def written(content: GroupMeeting, number: int) -> e.DocumentWritten:
        return e.DocumentWritten(Kind.GROUP_MEETING, MEETING, number, content, Together.TOGETHER)

    planned = a_client().then(written(GroupMeeting(on=TODAY + DAY), 1))
    moved = planned.then(written(GroupMeeting(on=TODAY + 2 * DAY), 2))
    gone = moved.then(e.DocumentWithdrawn(Kind.GROUP_MEETING, MEETING, "Fel"))
    assert moved.client
    assert gone.client
    assert moved.client.coming == (Dated(Coming.GROUP_MEETING, TODAY + 2 * DAY, MEETING, Kind.GROUP_MEETING),)
    assert gone.client.coming == ()
