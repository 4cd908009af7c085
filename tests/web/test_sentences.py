"""Every kind of fact has its sentence in each language, with the names of whom it is about and nothing of HTML."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import pytest

from factboard.domain import events as e
from factboard.domain.chain import Row
from factboard.domain.events.contents import About, Content
from factboard.domain.people import COMMAND_LINE, SYSTEM, Label
from factboard.domain.state import Team
from factboard.domain.team import STANDARD_CATEGORIES
from factboard.domain.undo import BESIDE, RESTS_ON
from factboard.storage.codec import fact_to_text
from factboard.web.language import LANGUAGES
from factboard.web.sentences import Teller, clients_in
from factboard.web.sentences.table import ASKED_OF, DETAILS, TELLINGS, UNDONE

AT = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
TEAM = Team(
    "kusten",
    9,
    e.Settings("Team Kusten", warning_signs=()),
    {category.code: category for category in STANDARD_CATEGORIES},
    {user: e.Member(user, user, name, e.Role.CLINICIAN) for user, name in (("anna", "Anna Ek"), ("lars", "Lars Test"))},
)
STINA = {"c1": Label("Stina Exempel"), "c2": Label("Stina Exempel", "1980-05-06"), "c3": Label("", "K3F7", hidden=True)}


def full(kind: type[Any]) -> Any:
    """A fact, or a part of one, in which every field says something."""
    hints = get_type_hints(kind)
    return kind(**{field.name: some(field.name, hints[field.name]) for field in fields(kind)})


def some(name: str, hint: Any) -> Any:
    by_name = {
        "by": "anna", "who": "anna", "owner": "anna", "user": "anna", "others": ("lars",), "category": "admitted",
        "previous": "new_client", "colour": "blue", "shape": "star", "changed": ("phone", "notes"),
        "undone_kind": "taken", "meeting_days": (0, 4), "closed_days": (), "language": "sv",
        "time_zone": "Europe/Stockholm", "focus": "c1", "chair": "anna", "recorder": "anna", "backup": "anna",
        "present": ("lars",), "agenda": (e.AgendaItem("c1", e.AgendaGroup.REST),),
        "ratings": (e.Evidence(31, "anna", AT, e.Basis.SEEN),), "contacts": (32, 33), "agreed_with": "lars",
        "lost": (e.Need.AT_HOME, e.Need.CASE_MANAGER), "blockers": (e.Blocker.URGENT, e.Blocker.LEGAL),
        "mode": e.Mode.CONFIRM, "step": e.Step.REVIEW, "anchored": e.Anchored.ASKED, "answer": e.Answer.AGREES,
        "task": None, "asked_by": "anna", "of_kind": "visit_planned",
        "drawn": (e.Checked(7, AT, "anna", "read", "client", (e.Because.CHANCE,), e.Outcome.IN_ORDER),),
    }  # fmt: skip
    if is_dataclass(hint) and isinstance(hint, type):
        return full(hint)
    if hint is bool and name == "present":  # of a meeting's people it is a list, of one who came a yes
        return False
    if hint == Content:
        return About(who_i_am="fritext")
    if name in by_name:
        return by_name[name]
    choices: dict[Any, Any] = {
        str: "fritext", int: 1204, bool: True, date: date(2026, 12, 3), time: time(13, 30), datetime: AT,
        date | None: date(2026, 12, 3), time | None: time(13, 30), datetime | None: datetime(2025, 3, 1, tzinfo=UTC),
        str | None: "anna", tuple[str, ...]: ("ett", "två"), tuple[date, ...]: (), int | None: 1204,
        e.Grounds | None: GROUNDS, e.Carried | None: e.Carried("skogen", "c9", 7, 2, "Bo Test", AT),
    }  # fmt: skip
    if hint in choices:
        return choices[hint]
    if isinstance(hint, UnionType):  # what may be left out
        return some(name, next(part for part in get_args(hint) if part is not NoneType))
    return list(hint)[-1]


RATED = tuple(
    e.Evidence(seq, by, datetime(2026, 11, day, 9, tzinfo=UTC), basis)
    for seq, by, day, basis in ((31, "anna", 12, e.Basis.SEEN), (34, "lars", 15, e.Basis.SPOKEN_WITH))
)
GROUNDS = e.Grounds(1, 5, "0.3", RATED, (30, 33))


def announced(mode: e.Mode, **more: Any) -> e.ReturnAnnounced:
    planned = datetime(2026, 11, 26, 12, tzinfo=UTC)
    known = {"informed": e.Informed.NO, "view": ""} | more
    return e.ReturnAnnounced("m1", mode, planned, "lars", date(2026, 12, 3), grounds=GROUNDS, **known)


def tried() -> e.ContactLogged:
    return e.ContactLogged(e.ContactKind.TRIED, "anna", AT)


def tell(fact: e.Fact, language: str = "sv", client: str | None = "c1", actor: str = "lars") -> str:
    return Teller(language, TEAM, STINA).tell(e.Recorded(7, AT, actor, fact, client, "p1"))


NOBODY_DID_IT = {  # what a clock does, or a meeting, or a form by the way
    "not_discussed", "meeting_not_held", "sheet_written", "return_announced/meeting", "return_upheld",
    "return_postponed", "announcement_withdrawn", "returned/by_itself", "returns_paused", "returns_paused/clock",
    "returns_released", "returns_released/meeting", "service_was_down", "review_fell_due", "review_fell_due/lead",
    "unseen_too_long", "unseen_too_long/lead", "flag_untaken", "flag_untaken/tonight", "flag_untaken/lead",
    "follow_up_missed", "follow_up_missed/lead", "planned_contact_missed", "planned_contact_missed/lead",
    "access_log_shortened", "action_added/task",
}  # fmt: skip
SAID_OTHERWISE = {
    "anchoring_answered/objects": e.AnchoringAnswered(31, "taken", "anna", e.Answer.OBJECTS, "Vill inte"),
    "anchoring_answered/talk": e.AnchoringAnswered(31, "taken", "anna", e.Answer.TALK, talk=AT),
    "action_added/task": e.ActionAdded("a1", "", "anna", date(2026, 11, 30), task=e.Task.CRISIS_PLAN),
    "action_done/task": e.ActionDone("a1", "", e.Task.CRISIS_PLAN),
    "contact_logged/tried": tried(),
    "attendance_noted/present": e.AttendanceNoted("m1", "anna", True),
    "chair_changed/taken": e.ChairChanged("m1", "lars", "anna"),
    "focus_moved/round": e.FocusMoved("m1", None),
    "meeting_noted/general": e.MeetingNoted("m1", e.NotePart.DECISION, "Fika"),
    "meeting_note_corrected/general": e.MeetingNoteCorrected("m1", 31, "Fika"),
    "meeting_note_corrected/removed": e.MeetingNoteCorrected("m1", 31, ""),
    "meeting_closed/not_held": e.MeetingClosed("m1", False),
    "move_withdrawn/of_the_team": e.MoveWithdrawn("f1", "skogen", "Team Skogen"),
    "move_declined/of_the_team": e.MoveDeclined("f1", "skogen", "Team Skogen"),
    "duty_set/nobody": e.DutySet(date(2026, 12, 3), None),
    "category_changed/by_hand": e.CategoryChanged(e.Category("admitted", policy=e.Policy(mode=e.Mode.BY_HAND))),
    "put_on_board/back": e.PutOnBoard("admitted", "Sover inte", back=True),
    "return_announced/meeting": announced(e.Mode.AUTOMATIC),
    "returned/declined": e.Returned("Vill inte", agreed_with="anna"),
    "returned/by_itself": e.Returned("", AT, GROUNDS, date(2026, 12, 3), "anna"),
    "returns_paused/clock": e.ReturnsPaused(e.Pause.CLOCK, jump=-3600),
    "returns_paused/people": e.ReturnsPaused(e.Pause.PEOPLE, reason="Influensa i teamet"),
    "returns_released/meeting": e.ReturnsReleased(("anna", "lars"), "m1"),
    "care_model_set/unused": e.CareModelSet(e.CareModel("broker", used=False)),
    "intensity_changed/up": e.IntensityChanged("anna", 7, 14, date(2026, 12, 3), "Orolig"),
    "case_manager_changed/first": e.CaseManagerChanged("anna", None, "Ny"),
    "review_fell_due/lead": e.ReviewFellDue(AT, e.Step.REVIEW_LEAD),
    "unseen_too_long/lead": e.UnseenTooLong(AT, e.Step.UNSEEN_LEAD),
    "flag_untaken/tonight": e.FlagUntaken(AT, e.Step.TONIGHT),
    "flag_untaken/lead": e.FlagUntaken(AT, e.Step.UNTAKEN_LEAD),
    "follow_up_missed/lead": e.FollowUpMissed(AT, e.Step.FOLLOW_UP_LEAD),
    "planned_contact_missed/lead": e.PlannedContactMissed(AT, e.Step.CONTACT_LEAD, "anna", AT.date()),
}


def test_whatever_may_be_asked_about_has_a_name_in_the_answer() -> None:
    asked = {kind for kind, shape in e.KINDS.items() if "anchored" in {known.name for known in fields(shape)}}
    assert asked - set(ASKED_OF) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", e.KINDS)
def test_every_kind_has_its_sentence_in_each_language(kind: str, language: str) -> None:
    told = tell(full(e.KINDS[kind]), language)
    assert told.startswith("Lars Test ") or kind in NOBODY_DID_IT
    assert told.endswith(".")
    assert "%(" not in told
    assert "  " not in told
    assert ".." not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", SAID_OTHERWISE)
def test_a_fact_that_says_another_thing_has_a_sentence_of_its_own(way: str, language: str) -> None:
    client = None if way.endswith(("/general", "/of_the_team")) else "c1"
    told = tell(SAID_OTHERWISE[way], language, client)
    assert told != tell(full(e.KINDS[way.split("/")[0]]), language, "c1")
    assert told.startswith("Lars Test ") or way in NOBODY_DID_IT
    assert "%(" not in told


def test_every_other_sentence_is_told_by_some_fact() -> None:
    assert {kind for kind in TELLINGS if "/" in kind} == set(SAID_OTHERWISE)
    assert set(TELLINGS) - set(SAID_OTHERWISE) == set(e.KINDS)


@pytest.mark.parametrize("kind", [kind for kind, shape in e.KINDS.items() if "client" not in kind])
def test_swedish_is_not_english(kind: str) -> None:
    assert tell(full(e.KINDS[kind]), "sv") != tell(full(e.KINDS[kind]), "en")


def test_a_flag_says_why_and_everything_else_that_was_typed() -> None:
    fact = e.PutOnBoard(
        "short_intensive", "Sover inte", ("Sover dåligt",), "Besök i dag", e.Informed.YES, e.Source.RELATIVE,
        review_by=date(2026, 12, 7),
    )  # fmt: skip
    assert tell(fact) == (
        "Lars Test satte upp Stina Exempel på tavlan (kortvarigt intensiv): Sover inte. "
        "Varningstecken: Sover dåligt. Behov: Besök i dag. Patienten: informerad. Uppgiften kom från närstående. "
        "Ny bedömning senast mån 7 dec."
    )
    assert tell(e.PutOnBoard("short_intensive", "Sover inte"), "en") == (
        "Lars Test put Stina Exempel on the board (short-term intensive): Sover inte."
    )


def test_days_of_another_year_carry_their_year_and_times_are_the_teams() -> None:
    told = tell(e.Rated(e.Rating.WORSE, e.Basis.SEEN, "anna", datetime(2025, 12, 31, 23, 30, tzinfo=UTC)), "en")
    assert told == "Lars Test rated Stina Exempel: worse (seen; Anna Ek, Thu 1 Jan 00:30)."
    assert "2025" in tell(e.PutOnBoard("admitted", "x", since=datetime(2025, 3, 1, 11, tzinfo=UTC)))


def test_clients_are_told_apart_and_a_protected_identity_is_not_named() -> None:
    assert "Stina Exempel (1980-05-06)" in tell(e.Taken(), client="c2")
    assert "K3F7" in tell(e.Taken(), client="c3")
    assert "Stina" not in tell(e.Taken(), client="c3")
    assert "Stina" not in tell(e.Taken(), client="somebody else")


def test_what_acts_by_itself_has_a_name_and_so_have_those_who_left() -> None:
    assert tell(e.Taken(), "en", actor=SYSTEM).startswith("factboard took on")
    assert tell(e.Taken(), "en", actor=COMMAND_LINE).startswith("The command line took on")
    row = e.Recorded(1, AT, "u9", e.TeamAdded("kusten", "Team Kusten"))
    assert Teller("en", None, {}, {"u9": "Adam Test"}).tell(row) == "Adam Test added the team Team Kusten (kusten)."


def test_a_meeting_is_told_with_its_people_and_who_came_up() -> None:
    agenda = tuple(e.AgendaItem(client, e.AgendaGroup.REST) for client in ("c1", "c2"))
    opened = e.MeetingOpened("m1", "lars", "anna", ("lars", "anna"), agenda, AT)
    assert tell(opened, "en", None) == (
        "Lars Test opened the board meeting; Lars Test is in the chair. Anna Ek writes. "
        "Present: Lars Test, Anna Ek. On the agenda: 2."
    )
    gave = "Lars Test gave the chair from Lars Test to Anna Ek."
    assert tell(e.ChairChanged("m1", "anna", "lars"), "en", None) == gave
    took = "Anna Ek took over the chair from Lars Test."
    assert tell(e.ChairChanged("m1", "anna", "lars"), "en", None, actor="anna") == took
    assert tell(e.FocusMoved("m1", "c2"), "en", None) == (
        "Lars Test went on in the meeting to Stina Exempel (1980-05-06)."
    )
    discussed = tell(e.ClientDiscussed("m1", no_change=True), "en")
    assert discussed == "Lars Test noted that Stina Exempel was discussed at the meeting. No change: the plan stands."
    assert "No change" not in tell(e.ClientDiscussed("m1"), "en")
    assert tell(e.MeetingClosed("m1", True), "en", None).endswith("It counts as held.")
    assert tell(e.MeetingClosed("m1", False), "en", None).endswith("It does not count as held.")


def test_a_category_and_a_chair_may_both_be_previous_ones() -> None:
    moved = tell(e.Recategorised("admitted", "new_client"), "en")
    assert moved == "Lars Test moved Stina Exempel from new patient to admitted."


def test_whom_sentences_name_is_known_before_they_are_told() -> None:
    at = "2026-11-23T08:41:00.000000Z"

    def row(fact: e.Fact, client: str | None) -> Row:
        return Row("kusten", 7, at, "lars", fact.kind, 1, client, None, fact_to_text(fact), None, "", "", "")

    rows = [row(e.FocusMoved("m1", "c2"), None), row(e.FocusMoved("m1", None), None), row(e.Taken(), "c1")]
    assert clients_in(rows) == {"c1", "c2"}


def test_text_is_told_as_it_stands_on_one_line() -> None:
    told = tell(e.Returned("<b>100 %</b> %(actor)s\n\nmår bra!"))
    assert told.endswith(": <b>100 %</b> %(actor)s mår bra!")


def test_a_redacted_row_has_its_own_sentence() -> None:
    row = Row("kusten", 7, "2026-11-23T08:41:00.000000Z", "lars", "taken", 1, "c1", None, None, None, "", "", "")
    told = Teller("sv", TEAM, STINA).tell_row(row)
    assert told.startswith("Lars Test ")
    assert "taken" in told
    whole = Row(**{name: getattr(row, name) for name in Row.__slots__} | {"payload": fact_to_text(e.Taken())})
    assert Teller("sv", TEAM, STINA).tell_row(whole) == tell(e.Taken())


def test_what_can_be_undone_and_corrected_has_its_words() -> None:
    separated = {"merged", "merged_into", "client_corrected"}  # domain.merging.separate
    assert {kind.kind for kind in (*RESTS_ON, *BESIDE)} | separated == set(UNDONE)
    assert set(DETAILS) == set(e.Details.__slots__)


class TestTheWayBack:
    EVIDENCE = (
        "Rated as usual: Anna Ek Thu 12 Nov (seen), Lars Test Sun 15 Nov (spoken with). "
        "Contacts that counted: no. 30, 33. Rule 1, policy no. 5, factboard 0.3."
    )

    def test_an_announcement_tells_who_made_it_when_it_is_planned_and_what_it_rests_on(self) -> None:
        planned = "Planned for Thu 26 Nov 13:00. Planned contact: Lars Test. Next contact: Thu 3 Dec."
        assert tell(announced(e.Mode.AUTOMATIC), "en") == (
            "The board meeting announced the return of Stina Exempel to planned care; Lars Test was in the chair. "
            f"{planned} The patient: not informed. {self.EVIDENCE}"
        )
        asked = announced(e.Mode.CONFIRM, informed=e.Informed.YES, view="Känns bra")
        assert tell(asked, "en") == (
            "Lars Test announced the return of Stina Exempel to planned care. "
            f"{planned} The patient: informed. The patient thinks: Känns bra. {self.EVIDENCE}"
        )
        empty = e.ReturnAnnounced(
            "m1", e.Mode.CONFIRM, None, None, None, e.Informed.UNKNOWN, "", e.Grounds(1, 5, "0.3")
        )
        assert tell(empty, "en") == (
            "Lars Test announced the return of Stina Exempel to planned care. Rule 1, policy no. 5, factboard 0.3."
        )

    def test_a_return_tells_whose_it_was_and_who_follows_up(self) -> None:
        due, week = datetime(2026, 11, 26, 12, tzinfo=UTC), date(2026, 12, 3)
        assert tell(e.Returned("", due, GROUNDS, week, "anna"), "en", actor=SYSTEM) == (
            "Stina Exempel returned to planned care on Thu 26 Nov 13:00, as board meetings had announced and upheld. "
            f"{self.EVIDENCE} Follow-up at the latest Thu 3 Dec. Anna Ek makes it."
        )
        assert tell(e.Returned("Mår bra", follow_up=week), "en") == (
            "Lars Test returned Stina Exempel to planned care: Mår bra. Follow-up at the latest Thu 3 Dec."
        )
        assert tell(e.Returned("Vill inte", follow_up=week, who="lars", agreed_with="anna"), "en") == (
            "Lars Test returned Stina Exempel, who declined to be on the board, to planned care: Vill inte. "
            "Anna Ek agreed. Follow-up at the latest Thu 3 Dec. Lars Test makes it."
        )

    def test_what_is_called_off_says_why_and_by_what(self) -> None:
        lost = (e.Need.RATINGS, e.Need.CASE_MANAGER)
        assert tell(e.AnnouncementWithdrawn(lost, AT, 1, 5, "0.3", 1204), "en", actor=SYSTEM) == (
            "The return of Stina Exempel was called off: too few ratings as usual, no case manager or substitute is "
            "here. Since Mon 23 Nov 09:41. See no. 1,204. Rule 1, policy no. 5, factboard 0.3."
        )
        by_time = tell(e.AnnouncementWithdrawn((e.Need.FRESH,), AT, 1, 5, "0.3"), "en", actor=SYSTEM)
        assert "the newest rating as usual is too old" in by_time
        assert "See no." not in by_time

    @pytest.mark.parametrize(
        ("fact", "says"),
        [
            (e.PlannedContactSet("anna", 7, date(2026, 12, 3)),
             "Lars Test set the planned contact with Stina Exempel: Anna Ek, every 7 days, next on Thu 3 Dec."),
            (e.ReturnTold(e.Informed.NOT_POSSIBLE, ""),
             "Lars Test noted what Stina Exempel knows of the planned return. The patient: could not be informed."),
            (e.ReturnTold(e.Informed.YES, "Vill INTE", objects=True),
             "Lars Test noted what Stina Exempel knows of the planned return. The patient: informed. "
             "The patient does not want to go back. The patient thinks: Vill INTE."),
            (e.ReturnUpheld("m1", datetime(2026, 11, 23, 12, tzinfo=UTC)),
             "The board meeting upheld the return of Stina Exempel on Mon 23 Nov 13:00; Lars Test was in the chair."),
            (e.ReturnPostponed(AT, e.Postponed.DAY_PASSED),
             "The return of Stina Exempel on Mon 23 Nov 09:41 waits for the next board meeting that is held: "
             "the day had passed."),
            (e.ReturnPostponed(AT, e.Postponed.SERVICE_DOWN),
             "The return of Stina Exempel on Mon 23 Nov 09:41 waits for the next board meeting that is held: "
             "factboard was down in the hour before, so nobody could have stopped it."),
            (e.ReturnPostponed(AT, e.Postponed.DAYS_OFF),
             "The return of Stina Exempel on Mon 23 Nov 09:41 waits for the next board meeting that is held: "
             "the days after it are days off now."),
            (e.ReturnHeld(date(2026, 11, 30), "Sonen flyttar"),
             "Lars Test kept Stina Exempel on the board to the end of Mon 30 Nov: Sonen flyttar."),
            (e.PutOnBoard("short_intensive", "Sover inte", back=True),
             "Lars Test put Stina Exempel back on the board (short-term intensive): Sover inte."),
            (e.ClientDiscussed("m1", ready=True),
             "Lars Test noted that Stina Exempel was discussed at the meeting. Ready to return: all that the category "
             "asks was so."),
            (e.ReviewFellDue(AT, e.Step.REVIEW),
             "The review of Stina Exempel is overdue, from Mon 23 Nov 09:41 on."),
            (e.ReviewFellDue(AT, e.Step.REVIEW_LEAD),
             "The review of Stina Exempel is still overdue: from Mon 23 Nov 09:41 on the lead is told."),
            (e.UnseenTooLong(AT, e.Step.UNSEEN),
             "Nobody has seen Stina Exempel for longer than the category allows, from Mon 23 Nov 09:41 on: the meeting "
             "decides what is done."),
            (e.UnseenTooLong(AT, e.Step.UNSEEN_LEAD),
             "Nobody has seen Stina Exempel for twice as long as the category allows: from Mon 23 Nov 09:41 on the "
             "lead is told."),
            (e.FlagUntaken(AT, e.Step.UNTAKEN), "By Mon 23 Nov 09:41 nobody had taken Stina Exempel."),
            (e.FlagUntaken(AT, e.Step.TONIGHT),
             "Who acts tonight for Stina Exempel? By Mon 23 Nov 09:41, when the team is not here, nobody had taken it. "
             "The lead and whoever is on duty are told."),
            (e.FlagUntaken(AT, e.Step.UNTAKEN_LEAD),
             "By Mon 23 Nov 09:41, twice as long as it should take, nobody had taken Stina Exempel: the lead is told."),
            (e.FollowUpMissed(AT, e.Step.FOLLOW_UP),
             "By Mon 23 Nov 09:41 nobody had met Stina Exempel since the return: the follow-up comes first at the next "
             "meeting."),
            (e.FollowUpMissed(AT, e.Step.FOLLOW_UP_LEAD),
             "By Mon 23 Nov 09:41 still nobody had met Stina Exempel since the return: the lead is told."),
            (e.PlannedContactMissed(AT, e.Step.CONTACT, "anna", AT.date()),
             "The contact with Stina Exempel that was planned for Anna Ek on Mon 23 Nov was not made."),
            (e.PlannedContactMissed(AT, e.Step.CONTACT_LEAD, "anna", AT.date()),
             "The contact with Stina Exempel that was planned for Anna Ek on Mon 23 Nov is still not made: from Mon 23 "
             "Nov 09:41 on the lead is told."),
        ],
        ids=lambda value: getattr(value, "kind", ""),
    )  # fmt: skip
    def test_is_told_in_one_sentence(self, fact: e.Fact, says: str) -> None:
        assert tell(fact, "en") == says

    @pytest.mark.parametrize(
        ("fact", "says"),
        [
            (e.ReturnsPaused(e.Pause.MANY, 6, 20),
             "The team's returns are paused: 6 of 20 on the board would have gone back at once. They go on when the "
             "lead says so, or two people at a board meeting."),
            (e.ReturnsPaused(e.Pause.CLOCK, jump=5 * 86_400), "The team's returns are paused: the clock jumped forward "
             "by 5 days. They go on when the lead says so, or two people at a board meeting."),
            (e.ReturnsPaused(e.Pause.CLOCK, jump=-3_600), "The team's returns are paused: the clock jumped back by "
             "1 hour. They go on when the lead says so, or two people at a board meeting."),
            (e.ReturnsPaused(e.Pause.PEOPLE, reason="Influensa i teamet"),
             "Lars Test paused the team's returns: Influensa i teamet."),
            (e.ReleaseAgreed("m1"), "Lars Test said at the board meeting that returns may go on; it takes two."),
            (e.ReturnsReleased(("lars",), None, "Klockan stämmer"),
             "Lars Test let the team's returns go on: Klockan stämmer."),
            (e.ReturnsReleased(("anna", "lars"), "m1"),
             "The board meeting let the team's returns go on, said by Anna Ek, Lars Test."),
            (e.MeetingClosed("m1", True, announced=2, returning=1),
             "Lars Test closed the board meeting: discussed 0, not discussed 0, not taken 0, visits not covered 0. "
             "Returns announced: 2. Returning the same day: 1. It counts as held."),
            (e.MeetingClosed("m1", True),
             "Lars Test closed the board meeting: discussed 0, not discussed 0, not taken 0, visits not covered 0. "
             "It counts as held."),
        ],
        ids=lambda value: getattr(value, "kind", ""),
    )  # fmt: skip
    def test_of_the_whole_team_is_told_too(self, fact: e.Fact, says: str) -> None:
        assert tell(fact, "en", None) == says

    def test_the_service_tells_when_it_was_down(self) -> None:
        row = e.Recorded(1, AT, SYSTEM, e.ServiceWasDown(AT, datetime(2026, 11, 23, 20, 41, tzinfo=UTC)))
        assert Teller("en").tell(row) == (
            "Nobody was served from Mon 23 Nov 09:41 to Mon 23 Nov 21:41, as far as factboard can tell: returns due "
            "then wait."
        )

    def test_a_category_tells_its_policy(self) -> None:
        blockers = (e.Blocker.URGENT, e.Blocker.CASE_MANAGER)
        policy = e.Policy(e.Mode.CONFIRM, 3, 2, 14, blockers, time(13, 30))
        assert tell(e.CategoryChanged(e.Category("short_intensive", colour="red", policy=policy)), "en", None) == (
            "Lars Test saved the category short-term intensive: red, circle, review after 14 days. "
            "Contacts a week: 2; unseen at most 7 days. Back to planned care: a named person announces each. "
            "It takes ratings as usual: 3, people who rated: 2, over 14 days. "
            "Nobody goes back while: an urgent action is open, no case manager or substitute is here. Returns at 13:30."
        )
        by_hand = e.Category("admitted", policy=e.Policy(mode=e.Mode.BY_HAND), retired=True)
        assert tell(e.CategoryChanged(by_hand), "en", None) == (
            "Lars Test saved the category admitted: grey, circle, review after 14 days. It is no longer in use. "
            "Contacts a week: 2; unseen at most 7 days. Back to planned care: never by itself."
        )
