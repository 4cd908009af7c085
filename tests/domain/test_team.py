"""A team's own way of working: settings, categories, members."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from factboard.domain import events as e
from factboard.domain import team
from factboard.domain.case import Case
from factboard.domain.events import AgendaGroup as Group
from factboard.domain.refusal import Conflict, Forbidden, Invalid
from tests.domain.given import SETTINGS, TEAM, Refusal, facts, nobody, table

ADMITTED = TEAM.categories["admitted"]
ANNA = TEAM.members["anna"]
BO = e.Member("bo", "bo", "Bo Test", e.Role.CLINICIAN)


INGRID = e.Member("ingrid", "ingrid", "Ingrid Test", e.Role.LEAD, employer="Kommunen")
PETRA = e.Member("petra", "petra", "Petra Test", e.Role.CLINICIAN, employer="Kommunen")
HOUSE = {user: replace(one, employer="Regionen") for user, one in TEAM.members.items()}
SHARED = nobody().with_team(employer="Regionen", members=HOUSE | {"ingrid": INGRID, "petra": PETRA})


def settings(**changed: object) -> dict[str, object]:
    return {"settings": replace(SETTINGS, **changed)}  # type: ignore[arg-type]


def category(**changed: object) -> dict[str, object]:
    return {"category": replace(ADMITTED, **changed)}  # type: ignore[arg-type]


def policy(**changed: object) -> dict[str, object]:
    return category(policy=replace(ADMITTED.policy, **changed))  # type: ignore[arg-type]


def ordered(case: Case, *, places: dict[e.AgendaGroup, int]) -> list[e.Entry]:
    return team.change_settings(case, settings=replace(SETTINGS, agenda=team.agenda_order(places)))


REFUSALS = [
    Refusal("retiring the last category", replace(nobody(), team=replace(TEAM, categories={"admitted": ADMITTED})), team.set_category, category(retired=True), "last_category", Invalid, "retired"),
    Refusal("a team without a name", nobody(), team.change_settings, settings(name=" "), "required", Invalid, "name"),
    Refusal("an empty warning sign", nobody(), team.change_settings, settings(warning_signs=("sömn", "")), "required", Invalid, "warning_signs"),
    Refusal("41 warning signs", nobody(), team.change_settings, settings(warning_signs=tuple(map(str, range(41)))), "too_many", Invalid, "warning_signs"),
    Refusal("a ready reason that is a paragraph", nobody(), team.change_settings, settings(phrases=("x" * 81,)), "too_long", Invalid, "phrases"),
    Refusal("an empty ready reason", nobody(), team.change_settings, settings(phrases=("Sover inte", " ")), "required", Invalid, "phrases"),
    Refusal("21 ready reasons", nobody(), team.change_settings, settings(phrases=tuple(map(str, range(21)))), "too_many", Invalid, "phrases"),
    Refusal("an eighth weekday", nobody(), team.change_settings, settings(meeting_days=(0, 7)), "day_out_of_range", Invalid, "meeting_days"),
    Refusal("a meeting of no minutes", nobody(), team.change_settings, settings(meeting_minutes=0), "number_out_of_range", Invalid, "meeting_minutes"),
    Refusal("a meeting of five hours", nobody(), team.change_settings, settings(meeting_minutes=300), "number_out_of_range", Invalid, "meeting_minutes"),
    Refusal("a wall that shows clients all day", nobody(), team.change_settings, settings(wall_before=721), "number_out_of_range", Invalid, "wall_before"),
    Refusal("a wall that hides before the end", nobody(), team.change_settings, settings(wall_after=-1), "number_out_of_range", Invalid, "wall_after"),
    Refusal("no visits a day", nobody(), team.change_settings, settings(most_visits=0), "number_out_of_range", Invalid, "most_visits"),
    Refusal("a flag that is to be taken at once", nobody(), team.change_settings, settings(taken_minutes=0), "number_out_of_range", Invalid, "taken_minutes"),
    Refusal("a flag that may wait for longer than a day's work", nobody(), team.change_settings, settings(taken_minutes=721), "number_out_of_range", Invalid, "taken_minutes"),
    Refusal("going home before the day begins", nobody(), team.change_settings, settings(day_ends=time(7, 59)), "ends_before_it_begins", Invalid, "day_ends"),
    Refusal("a working day of no length", nobody(), team.change_settings, settings(day_begins=time(16, 30)), "ends_before_it_begins", Invalid, "day_ends"),
    Refusal("returning before the meeting", nobody(), team.change_settings, settings(return_time=time(8)), "return_before_meeting_ends", Invalid, "return_time"),
    Refusal("returning as the meeting ends", nobody(), team.change_settings, settings(return_time=time(8, 45)), "return_before_meeting_ends", Invalid, "return_time"),
    Refusal("a meeting moved to after the return time", nobody(), team.change_settings, settings(meeting_time=time(13)), "return_before_meeting_ends", Invalid, "return_time"),
    Refusal("a meeting over midnight, after which no return is the same day", nobody(), team.change_settings, settings(meeting_time=time(23, 50), return_time=time(23, 59)), "return_before_meeting_ends", Invalid, "return_time"),
    *(
        Refusal(f"the folder {folder!r}", nobody(), team.change_settings, settings(sheet_folder=folder), "not_a_folder_name", Invalid, "sheet_folder")
        for folder in ("../etc", "a/b", "a\\b", "C:", ".", "a\nb")
    ),
    Refusal("a folder with a long name", nobody(), team.change_settings, settings(sheet_folder="x" * 61), "too_long", Invalid, "sheet_folder"),
    Refusal("a whole letter for out of hours", nobody(), team.change_settings, settings(out_of_hours="x" * 501), "too_long", Invalid, "out_of_hours"),
    Refusal("the hundredth place on the agenda", nobody(), ordered, {"places": {Group.CRISIS: 100}}, "number_out_of_range", Invalid, "agenda_crisis"),
    Refusal("no place on the agenda", nobody(), ordered, {"places": {Group.LONG: 0}}, "number_out_of_range", Invalid, "agenda_long"),
    Refusal("a language nobody here speaks", nobody(), team.change_settings, settings(language="tlh"), "unknown_choice", Invalid, "language"),
    Refusal("no country", nobody(), team.change_settings, settings(country="Sverige"), "unknown_choice", Invalid, "country"),
    Refusal("an unknown word for the client", nobody(), team.change_settings, settings(client_word="kund"), "unknown_choice", Invalid, "client_word"),
    Refusal("an unknown word for the case manager", nobody(), team.change_settings, settings(case_manager_word="chef"), "unknown_choice", Invalid, "case_manager_word"),
    *(
        Refusal(f"the time zone {zone!r}", nobody(), team.change_settings, settings(time_zone=zone), "unknown_choice", Invalid, "time_zone")
        for zone in ("Europe/Atlantis", "", "../../etc/passwd", "Europe", "a\0b", "x" * 5_000)
    ),
    Refusal("a category without a code", nobody(), team.set_category, category(code=""), "required", Invalid, "code"),
    Refusal("a category of too long a code", nobody(), team.set_category, category(code="x" * 41), "required", Invalid, "code"),
    Refusal("a category of one's own without a name", nobody(), team.set_category, category(code="own"), "required", Invalid, "name"),
    Refusal("a category with a long name", nobody(), team.set_category, category(name="x" * 61), "too_long", Invalid, "name"),
    Refusal("an unknown colour", nobody(), team.set_category, category(colour="#ff0000"), "unknown_choice", Invalid, "colour"),
    Refusal("an unknown shape", nobody(), team.set_category, category(shape="blob"), "unknown_choice", Invalid, "shape"),
    Refusal("a review after no days", nobody(), team.set_category, category(review_days=0), "number_out_of_range", Invalid, "review_days"),
    Refusal("a review after years", nobody(), team.set_category, category(review_days=367), "number_out_of_range", Invalid, "review_days"),
    Refusal("fifteen contacts a week", nobody(), team.set_category, category(contacts_a_week=15), "number_out_of_range", Invalid, "contacts_a_week"),
    Refusal("unseen at once", nobody(), team.set_category, category(unseen_days=0), "number_out_of_range", Invalid, "unseen_days"),
    Refusal("unseen for a season", nobody(), team.set_category, category(unseen_days=91), "number_out_of_range", Invalid, "unseen_days"),
    *(
        Refusal(f"{name} {number}", nobody(), team.set_category, policy(**{name: number}), "number_out_of_range", Invalid, name)
        for name, numbers in (("stable_ratings", (0, 21)), ("raters", (0, 11)), ("stable_days", (0, 181)))
        for number in numbers
    ),
    Refusal("more people than ratings", nobody(), team.set_category, policy(stable_ratings=2, raters=3), "more_raters_than_ratings", Invalid, "raters"),
    Refusal("a category that returns before the meeting is over", nobody(), team.set_category, policy(return_time=time(8, 45)), "return_before_meeting_ends", Invalid, "return_time"),
    Refusal("a member who works on an eighth weekday", nobody(), team.set_member, {"member": replace(BO, works=(7,))}, "day_out_of_range", Invalid, "works"),
    Refusal("a long phone number", nobody(), team.set_member, {"member": replace(BO, phone="0" * 61)}, "too_long", Invalid, "phone"),
    Refusal("a member without a name", nobody(), team.set_member, {"member": replace(BO, name="")}, "required", Invalid, "name"),
    Refusal("a long profession", nobody(), team.set_member, {"member": replace(BO, profession="x" * 61)}, "too_long", Invalid, "profession"),
    Refusal("a long employer", nobody(), team.set_member, {"member": replace(BO, employer="x" * 61)}, "too_long", Invalid, "employer"),
    Refusal("an administrator in a team", nobody(), team.set_member, {"member": replace(BO, role=e.Role.ADMIN)}, "unknown_choice", Invalid, "role"),
    Refusal("making oneself lead", nobody().case("anna"), team.set_member, {"member": replace(ANNA, role=e.Role.LEAD)}, "not_own_role", Forbidden),
    *(
        Refusal(f"a lead of another employer {said}", SHARED.case("ingrid"), team.set_member, {"member": member}, "principal_decides", Forbidden)
        for said, member in (
            ("making oneself one of the house", replace(INGRID, employer="Regionen")),
            ("taking somebody of the house for their own", replace(ANNA, employer="Kommunen")),
            ("bringing in one of the house", replace(BO, employer="Regionen")),
            ("making a colleague an auditor", replace(PETRA, role=e.Role.AUDITOR)),
            ("bringing in an auditor", replace(BO, employer="Kommunen", role=e.Role.AUDITOR)),
        )
    ),
    Refusal("removing oneself", nobody().case("lars"), team.remove_member, {"user": "lars"}, "not_own_role", Forbidden),
    Refusal("removing a stranger", nobody(), team.remove_member, {"user": "bo"}, "member_has_left", Conflict),
    Refusal("removing one who left", nobody(), team.remove_member, {"user": "greta"}, "member_has_left", Conflict),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_a_new_team_starts_with_the_standard_categories() -> None:
    new = nobody().with_team(settings=e.Settings("Team Kusten"), categories={})
    written = facts(team.found(new.case(), settings=e.Settings("Team Kusten", language="en")))
    assert written[0] == e.TeamSettingsChanged(e.Settings("Team Kusten", language="en"))
    assert [fact.category for fact in written[1:]] == list(team.STANDARD_CATEGORIES)


def test_standard_categories_are_told_apart_by_shape_and_by_colour() -> None:
    for field in ("code", "shape", "colour", "order"):
        assert len({getattr(known, field) for known in team.STANDARD_CATEGORIES}) == len(team.STANDARD_CATEGORIES)
    for known in team.STANDARD_CATEGORIES:
        assert team.set_category(nobody().with_team(categories={}).case(), category=known)


def test_settings_are_kept_in_order_and_once() -> None:
    typed = replace(
        SETTINGS,
        meeting_days=(4, 0, 4),
        closed_days=(date(2026, 12, 25), date(2026, 12, 24), date(2026, 12, 25)),
        warning_signs=("sömn", " sömn "),
        phrases=("Sämre; ringde i natt", " Sover inte ", "Sover inte"),
    )
    [changed] = facts(team.change_settings(nobody().case(), settings=typed))
    assert changed.settings.meeting_days == (0, 4)
    assert changed.settings.closed_days == (date(2026, 12, 24), date(2026, 12, 25))
    assert changed.settings.warning_signs == ("sömn",)
    assert changed.settings.phrases == ("Sämre, ringde i natt", "Sover inte")


class TestTheOrderOfAMeeting:
    def test_by_number_and_equal_ones_as_they_stand_now(self) -> None:
        places = {group: place for place, group in enumerate(team.PLACED, 1)}
        assert team.agenda_order(places) == e.AGENDA
        assert team.agenda_order(places | {Group.LEGAL: 2})[:3] == (Group.UNTAKEN, Group.CHANGED, Group.LEGAL)
        now = (Group.LONG, Group.CRISIS, Group.REST)
        assert team.agenda_order({Group.CRISIS: 3, Group.LONG: 3}, now) == now
        assert team.agenda_order({Group.LONG: 3, Group.UNTAKEN: 3}, now) == (Group.LONG, Group.UNTAKEN, Group.REST)

    def test_a_group_left_out_comes_with_the_others_who_are_always_last(self) -> None:
        assert team.agenda_order({Group.CRISIS: 7}) == (Group.CRISIS, Group.REST)
        assert team.agenda_order({}) == (Group.REST,)
        assert team.agenda_order({Group.REST: 1, Group.CRISIS: 2}) == (Group.CRISIS, Group.REST)

    def test_is_kept_with_each_group_once_and_nobody_lost(self) -> None:
        odd = (Group.PASSED_OVER, Group.REST, Group.LONG, Group.CRISIS, Group.LONG)
        [changed] = facts(team.change_settings(nobody().case(), settings=replace(SETTINGS, agenda=odd)))
        assert changed.settings.agenda == (Group.LONG, Group.CRISIS, Group.REST)


def test_a_folder_has_a_plain_name_in_any_language() -> None:
    for folder in ("", "Morgonblad", "Blad till jouren_2", "Äldre-blad"):
        typed = replace(SETTINGS, sheet_folder=folder, out_of_hours="Jouren")
        [changed] = facts(team.change_settings(nobody().case(), settings=typed))
        assert changed.settings.sheet_folder == folder


@pytest.mark.parametrize(
    ("rule", "typed"),
    [
        (team.change_settings, {"settings": SETTINGS}),
        (team.set_category, {"category": ADMITTED}),
        (team.set_member, {"member": ANNA}),
    ],
)
def test_nothing_changed_is_no_fact(rule, typed) -> None:
    assert rule(nobody().case("lars"), **typed) == []


def test_a_category_is_edited_retired_and_taken_back() -> None:
    [retired] = facts(team.set_category(nobody().case(), **category(retired=True, name="På avdelning")))
    assert (retired.category.retired, retired.category.name) == (True, "På avdelning")
    [back] = facts(
        team.set_category(nobody().with_team(categories={"admitted": retired.category}).case(), category=ADMITTED)
    )
    assert back.category == ADMITTED


def test_the_limits_of_a_policy_themselves_are_allowed() -> None:
    for asked in (
        {"stable_ratings": 1, "raters": 1, "stable_days": 1},
        {"stable_ratings": 20, "raters": 10, "stable_days": 180, "return_time": time(8, 46)},
        {"mode": e.Mode.CONFIRM, "blockers": ()},
    ):
        [changed] = facts(team.set_category(nobody().case(), **policy(**asked)))
        assert changed.category.policy == replace(ADMITTED.policy, **asked)


def test_what_blocks_is_kept_once_and_in_order() -> None:
    mixed = (e.Blocker.NEXT_CONTACT, e.Blocker.LEGAL, e.Blocker.NEXT_CONTACT)
    [changed] = facts(team.set_category(nobody().case(), **policy(blockers=mixed)))
    assert changed.category.policy.blockers == (e.Blocker.LEGAL, e.Blocker.NEXT_CONTACT)


def test_the_hours_of_a_team_and_its_holidays_are_settings_like_others() -> None:
    own = replace(SETTINGS, day_begins=time(7), day_ends=time(20), taken_minutes=720, public_holidays=False)
    own = replace(own, return_time=time(8, 46))
    [changed] = facts(team.change_settings(nobody().case(), settings=own))
    assert changed.settings == own


def test_every_standard_category_asks_for_what_its_own_rule_allows() -> None:
    for known in team.STANDARD_CATEGORIES:
        asks = known.policy
        assert asks.raters >= 2, known.code  # no one person decides it alone
        assert (asks.mode is e.Mode.BY_HAND) == (known.code == "admitted")
        assert (e.Blocker.LEGAL in asks.blockers) == (known.code == "legal_measure")
    days = {known.code: known.policy.stable_days for known in team.STANDARD_CATEGORIES}
    assert [days[code] for code in ("crisis_prevention", "short_intensive", "long_intensive")] == [7, 14, 21]


def test_members_come_change_leave_and_come_back() -> None:
    case = nobody().case("lars")
    assert facts(team.set_member(case, member=BO)) == [e.MemberAdded(BO)]
    promoted = replace(ANNA, role=e.Role.LEAD)
    assert facts(team.set_member(case, member=promoted)) == [e.MemberChanged(promoted)]
    assert facts(team.remove_member(case, user="anna")) == [e.MemberRemoved("anna")]
    back = replace(TEAM.members["greta"], left=False)
    assert facts(team.set_member(case, member=back)) == [e.MemberAdded(back)]


def test_one_may_change_ones_own_profession() -> None:
    nurse = replace(ANNA, profession="sjuksköterska")
    assert facts(team.set_member(nobody().case("anna"), member=nurse)) == [e.MemberChanged(nurse)]


def test_a_lead_of_another_employer_brings_in_and_changes_their_own_people() -> None:
    """Not who sees whole records: that is said by whose records they are."""
    case = SHARED.case("ingrid")
    colleague = replace(BO, employer="kommunen")
    assert facts(team.set_member(case, member=colleague)) == [e.MemberAdded(colleague)]
    nurse = replace(HOUSE["anna"], profession="sjuksköterska")
    assert facts(team.set_member(case, member=nurse)) == [e.MemberChanged(nurse)]
    moved = replace(PETRA, employer="Regionen")
    assert facts(team.set_member(SHARED.case("lars"), member=moved)) == [e.MemberChanged(moved)]
    assert facts(team.set_member(SHARED.case("command_line"), member=moved)) == [e.MemberChanged(moved)]
