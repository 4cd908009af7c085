"""A small team's history, written so that each of its figures can be worked out on paper.

Seven synthetic clients from October 2026 to February 2027: over the end of summer time (25 October) and the year's end.
Instants are local, as the team's clock shows them. The days of each time on the board:

    ada   short_intensive             5 Oct 10:00 - 26 Oct 13:00   by the rule
    ada   crisis_prevention          16 Nov 09:00 - 30 Nov 10:00   by hand
    bo    long, from 9 Nov short     24 Oct 12:00 - 11 Jan 13:00   by the rule
    cia   hard_to_reach               1 Oct 12:00 - goes on        brought in on 13 Oct
    dan   short_intensive            19 Oct, entered in error
    eva   new_client                  3 Dec 15:00 - 14 Dec 15:00   did not want it; again on 5 Feb
    gun   legal_measure               9 Nov 09:00 - 16 Nov 10:00   the enrolment ended
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from factboard.domain import events as e
from factboard.domain.people import SYSTEM
from factboard.domain.statistics import Period, Words
from factboard.domain.team import STANDARD_CATEGORIES

TEAM = "liten"
SETTINGS = e.Settings("Team Liten", meeting_days=(0, 3), meeting_time=time(8, 30))
AUTUMN = Period(date(2026, 10, 12), date(2026, 12, 7))  # eight weeks
WINTER = Period(date(2026, 12, 7), date(2027, 2, 1))  # the eight weeks after them
WORDS = Words(reasons=("Sover inte", "Slutat med medicin"), signs=("Isolerar sig", "Sover lite"))


def at(local: str) -> datetime:
    """A local time of the team, as "2026-10-05 10:00", in UTC."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(SETTINGS.time_zone)).astimezone(UTC)


NOW = at("2027-02-10 12:00")


class Paper:
    """Facts in any order; `rows` puts them into the order of a history."""

    def __init__(self) -> None:
        self._facts: list[tuple[datetime, str, e.Fact, str | None, str | None]] = []
        self._undone: list[tuple[datetime, e.Fact, str]] = []

    def fact(
        self, when: str, fact: e.Fact, client: str | None = None, stay: str | None = None, by: str = "anna"
    ) -> None:
        self._facts.append((at(when), by, fact, client, stay))

    def undone(self, when: str, fact: e.Fact, client: str, stay: str | None = None) -> None:
        """A fact, and its undoing within the same minute."""
        self.fact(when, fact, client, stay)
        self._undone.append((at(when).replace(second=30), fact, client))

    def rows(self) -> list[e.Recorded]:
        taken_back = [(when, "anna", fact, client, None) for when, fact, client in self._undone]
        found: list[e.Recorded] = []
        known: dict[int, int] = {}
        in_time = sorted([*self._facts, *taken_back], key=lambda one: one[0])
        for seq, (when, by, fact, client, stay) in enumerate(in_time, 1):
            written = e.Undone(known[id(fact)], fact.kind) if id(fact) in known else fact
            known.setdefault(id(fact), seq)
            found.append(e.Recorded(seq, when, by, written, client, stay))
        return found


def contact(paper: Paper, client: str, when: str, kind: str, *staff: str) -> None:
    by, *others = staff
    paper.fact(when, e.ContactLogged(e.ContactKind(kind), by, at(when), tuple(others)), client, by=by)


def history() -> list[e.Recorded]:
    paper = Paper()
    _the_team(paper)
    _in_care(paper)
    _on_board(paper)
    _contacts(paper)
    _meetings(paper)
    _hospital(paper)
    return paper.rows()


def _the_team(paper: Paper) -> None:
    paper.fact("2026-08-31 08:00", e.HistoryStarted("Team Liten"))
    paper.fact("2026-08-31 08:01", e.TeamSettingsChanged(SETTINGS))
    for number, category in enumerate(STANDARD_CATEGORIES):
        paper.fact(f"2026-08-31 08:{number + 2:02}", e.CategoryChanged(category))
    for user, role in (("anna", "clinician"), ("lars", "lead"), ("maria", "clinician"), ("olle", "auditor")):
        paper.fact("2026-08-31 09:00", e.MemberAdded(e.Member(user, user, user.title(), e.Role(role))))
    part_time = e.Member("maria", "maria", "Maria", e.Role.CLINICIAN, works=(0, 1, 2))
    paper.fact("2026-11-01 09:00", e.MemberChanged(part_time))
    paper.fact("2026-11-02 09:00", e.MemberChanged(replace(part_time, profession="sjuksköterska")))


def _in_care(paper: Paper) -> None:
    for client in ("ada", "bo", "cia", "dan", "eva", "gun"):
        paper.fact("2026-09-01 09:00", e.ClientEnrolled(e.Details("Exempel", client.title())), client)
    paper.fact("2026-11-02 10:00", e.ClientEnrolled(e.Details("Exempel", "Fia")), "fia")
    paper.fact("2026-10-20 08:00", e.ClientEnrolled(e.Details("Exempel", "Ada")), "hal")
    paper.fact("2026-10-21 08:00", e.EnrolmentEnded(e.EndReason.DUPLICATE), "hal")


def put_on(category: str, reason: str, review_by: str | None = None, *signs: str, **more: object) -> e.PutOnBoard:
    day = date.fromisoformat(review_by) if review_by else None
    return e.PutOnBoard(category, reason, signs, review_by=day, **more)  # type: ignore[arg-type]


def kept(until: str) -> e.ReturnHeld:
    return e.ReturnHeld(date.fromisoformat(until), "Vi väntar")


def _on_board(paper: Paper) -> None:
    f, yes, no, not_possible = paper.fact, e.Informed.YES, e.Informed.NO, e.Informed.NOT_POSSIBLE

    f("2026-10-05 10:00", put_on("short_intensive", "Sover inte", "2026-10-19", informed=yes), "ada", "s1")
    f("2026-10-05 10:20", e.Taken(), "ada", "s1")
    f("2026-10-14 09:00", kept("2026-10-16"), "ada", "s1")
    f("2026-10-20 09:00", kept("2026-10-22"), "ada", "s1")
    f("2026-10-22 10:00", e.CrisisPlanReviewed(date(2026, 10, 22), True), "ada", "s1")
    f("2026-10-26 13:00", e.Returned("Som vanligt"), "ada", "s1", by=SYSTEM)
    f("2026-11-10 09:00", e.CrisisPlanReviewed(date(2026, 11, 10), True), "ada")  # between two times: of neither

    signs = ("Isolerar sig", "sover lite")
    f("2026-11-16 09:00", put_on("crisis_prevention", "Sover inte", "2026-11-30", *signs, informed=no), "ada", "s2")
    f("2026-11-16 09:45", e.Taken(), "ada", "s2")
    f("2026-11-18 23:30", e.FlaggedAgain("SOVER INTE", informed=yes, source=e.Source.RELATIVE), "ada", "s2")
    f("2026-11-19 08:00", e.Taken(), "ada", "s2", by="maria")
    f("2026-11-30 10:00", e.Returned("Mår bra"), "ada", "s2")

    paper.undone("2026-10-20 09:00", put_on("short_intensive", "Fel person"), "bo", "s0")
    began = put_on("long_intensive", "Slutat med medicin", "2026-11-14", "Isolerar sig", informed=not_possible)
    moved = e.Recategorised("short_intensive", "long_intensive", review_by=date(2026, 11, 23))
    f("2026-10-24 12:00", began, "bo", "s3")
    f("2026-10-26 08:15", e.Taken(), "bo", "s3")
    f("2026-11-09 09:00", moved, "bo", "s3")
    f("2026-11-27 10:00", e.ReviewSet(date(2026, 12, 21)), "bo", "s3")
    for day in ("2026-12-01", "2026-12-22", "2027-01-05", "2027-01-07", "2027-01-08"):
        f(f"{day} 09:00", kept(day), "bo", "s3")
    f("2026-12-20 10:00", e.CrisisPlanReviewed(date(2026, 12, 20), False), "bo", "s3")
    f("2027-01-11 13:00", e.Returned("Som vanligt"), "bo", "s3", by=SYSTEM)

    since = {"since": at("2026-10-01 12:00"), "source": e.Source.IMPORT}
    f("2026-10-13 09:00", put_on("hard_to_reach", "Enligt listan", "2026-10-15", **since), "cia", "s4")
    f("2026-10-20 10:00", e.ReviewSet(date(2026, 12, 10)), "cia", "s4")

    f("2026-10-19 10:00", put_on("short_intensive", "Sover inte", informed=yes), "dan", "s5")
    f("2026-10-19 11:00", e.EnteredInError("Fel person"), "dan", "s5")

    own = {"informed": no, "source": e.Source.CLIENT}
    f("2026-12-03 15:00", put_on("new_client", "Sover inte", "2026-12-17", **own), "eva", "s6")
    f("2026-12-03 15:05", e.Taken(), "eva", "s6")
    f("2026-12-14 15:00", e.Returned("Vill inte", agreed_with="lars"), "eva", "s6")
    f("2027-02-05 10:00", put_on("crisis_prevention", "Sover inte"), "eva", "s8")

    began = put_on("legal_measure", "Hörs inte av", "2026-12-07", "Ringer mycket", informed=yes)
    f("2026-11-09 09:00", began, "gun", "s7")
    f("2026-11-16 10:00", e.EnrolmentEnded(e.EndReason.MOVED), "gun", "s7")


def _contacts(paper: Paper) -> None:
    for client, when, kind, *staff in (
        ("ada", "2026-10-01 10:00", "home", "anna"),
        ("ada", "2026-10-12 10:00", "home", "anna"),
        ("ada", "2026-10-15 11:00", "phone", "lars"),
        ("ada", "2026-10-20 10:00", "office", "lars", "maria"),
        ("ada", "2026-11-16 08:30", "phone", "anna"),  # before the flag, which it led to
        ("ada", "2026-11-16 13:00", "phone", "anna"),
        ("ada", "2026-11-17 09:00", "home", "anna", "lars"),
        ("ada", "2026-11-19 08:30", "home", "maria"),
        ("bo", "2026-10-25 12:00", "tried_and_missed", "anna"),
        ("bo", "2026-10-26 13:00", "home", "maria"),
        ("bo", "2026-11-03 10:00", "street", "anna"),
        ("bo", "2026-11-24 10:00", "video", "lars"),
        ("bo", "2026-12-31 23:30", "home", "lars"),
        ("cia", "2026-11-05 10:00", "home", "lars"),
        ("cia", "2026-11-06 10:00", "home", "maria"),
        ("cia", "2027-01-02 12:00", "home", "anna"),
        ("dan", "2026-10-14 10:00", "office", "anna"),
        ("dan", "2026-10-19 10:30", "home", "anna"),  # while on the board in error
        ("dan", "2027-01-01 00:15", "phone", "anna"),
        ("eva", "2026-12-06 23:30", "home", "anna", "maria"),
        ("eva", "2026-12-08 10:00", "office", "lars"),
        ("fia", "2026-11-02 11:00", "office", "maria"),
        ("gun", "2026-11-10 09:00", "phone", "maria"),
    ):
        contact(paper, client, when, kind, *staff)
    undone = e.ContactLogged(e.ContactKind.HOME, "anna", at("2026-11-03 10:00"))
    paper.undone("2026-11-03 10:00", undone, "fia")


def _meetings(paper: Paper) -> None:
    for id, planned, opened, closed, held, discussed, passed in (
        ("m1", "2026-10-12 08:30", "2026-10-12 08:31:00", "2026-10-12 08:46:00", True, 3, 0),
        ("m2", "2026-10-15 08:30", "2026-10-15 08:30:00", "2026-10-15 08:50:00", False, 1, 1),
        ("m3", "2026-10-26 08:30", "2026-10-26 08:30:00", "2026-10-26 08:52:30", True, 2, 1),
        ("m4", None, "2026-12-01 13:00:00", "2026-12-01 13:30:00", True, 2, 0),
        ("m5", "2026-12-07 08:30", "2026-12-07 08:30:00", "2026-12-07 08:45:00", True, 2, 0),
        ("m6", "2027-01-28 08:30", "2027-01-28 08:30:00", None, False, 0, 0),
    ):
        by_plan = at(planned) if planned else None
        paper.fact(opened, e.MeetingOpened(id, "anna", None, ("anna", "lars"), (), at(opened), by_plan))
        if closed:
            paper.fact(closed, e.MeetingClosed(id, held, discussed=discussed, not_discussed=passed))
    for planned, noted, why in (
        ("2026-10-15 08:30", "2026-10-15 08:51", e.NotHeld.TOO_FEW),
        ("2026-10-19 08:30", "2026-10-19 08:46", e.NotHeld.NOT_OPENED),
        ("2026-12-31 08:30", "2026-12-31 08:46", e.NotHeld.NOT_OPENED),
    ):
        paper.fact(noted, e.MeetingNotHeld(at(planned), why), by=SYSTEM)


def _hospital(paper: Paper) -> None:
    for client, on, home in (
        ("dan", "2026-10-20", "2026-10-30"),
        ("fia", "2026-11-30", "2027-01-04"),
        ("gun", "2026-11-13", None),  # and three days later no client of the team's any more
        ("cia", "2027-01-20", None),
    ):
        paper.fact(f"{on} 15:00", e.Admitted("Avdelning 3", date.fromisoformat(on)), client)
        if home:
            paper.fact(f"{home} 11:00", e.Discharged(date.fromisoformat(home), "Avdelning 3"), client)
    paper.undone("2026-10-21 09:00", e.Admitted("Avdelning 3", date(2026, 10, 20)), "eva")
