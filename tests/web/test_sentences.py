"""Every kind of fact has its sentence in each language, with the names of whom it is about and nothing of HTML."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from typing import Any, get_type_hints

import pytest

from factboard.domain import events as e
from factboard.domain.chain import Row
from factboard.domain.people import COMMAND_LINE, SYSTEM, Label
from factboard.domain.state import Team
from factboard.domain.team import STANDARD_CATEGORIES
from factboard.domain.undo import RESTS_ON
from factboard.storage.codec import fact_to_text
from factboard.web.language import LANGUAGES
from factboard.web.sentences import Teller, clients_in
from factboard.web.sentences.table import DETAILS, TELLINGS, UNDONE

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
    }  # fmt: skip
    if is_dataclass(hint) and isinstance(hint, type):
        return full(hint)
    if hint is bool and name == "present":  # of a meeting's people it is a list, of one who came a yes
        return False
    if name in by_name:
        return by_name[name]
    choices: dict[Any, Any] = {
        str: "fritext", int: 1204, bool: True, date: date(2026, 12, 3), time: time(13, 30), datetime: AT,
        date | None: date(2026, 12, 3), time | None: time(13, 30), datetime | None: datetime(2025, 3, 1, tzinfo=UTC),
        str | None: "anna", tuple[str, ...]: ("ett", "två"), tuple[date, ...]: (),
    }  # fmt: skip
    return choices[hint] if hint in choices else list(hint)[-1]


def tried() -> e.ContactLogged:
    return e.ContactLogged(e.ContactKind.TRIED, "anna", AT)


def tell(fact: e.Fact, language: str = "sv", client: str | None = "c1", actor: str = "lars") -> str:
    return Teller(language, TEAM, STINA).tell(e.Recorded(7, AT, actor, fact, client, "p1"))


NOBODY_DID_IT = {"not_discussed", "meeting_not_held", "sheet_written"}  # what a clock does, or a form by the way
SAID_OTHERWISE = {
    "contact_logged/tried": tried(),
    "attendance_noted/present": e.AttendanceNoted("m1", "anna", True),
    "chair_changed/taken": e.ChairChanged("m1", "lars", "anna"),
    "focus_moved/round": e.FocusMoved("m1", None),
    "meeting_noted/general": e.MeetingNoted("m1", e.NotePart.DECISION, "Fika"),
    "meeting_note_corrected/general": e.MeetingNoteCorrected("m1", 31, "Fika"),
    "meeting_note_corrected/removed": e.MeetingNoteCorrected("m1", 31, ""),
    "meeting_closed/not_held": e.MeetingClosed("m1", False),
    "duty_set/nobody": e.DutySet(date(2026, 12, 3), None),
}


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
    client = None if way.endswith("/general") else "c1"
    told = tell(SAID_OTHERWISE[way], language, client)
    assert told != tell(full(e.KINDS[way.split("/")[0]]), language, "c1")
    assert told.startswith("Lars Test ")
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
    def row(fact: e.Fact, client: str | None) -> Row:
        return Row("kusten", 7, "x", "lars", fact.kind, 1, client, None, fact_to_text(fact), None, "", "", "")

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
    assert {kind.kind for kind in RESTS_ON} == set(UNDONE)
    assert set(DETAILS) == set(e.Details.__slots__)
