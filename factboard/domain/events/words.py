"""The words that facts are made of: the field's own, each a fixed choice."""

from __future__ import annotations

from enum import StrEnum


class Rating(StrEnum):
    """How the client is, by the person who had the contact (design 5)."""

    WORSE = "worse"
    UNCHANGED = "unchanged"
    BETTER = "better"
    USUAL = "at_usual_level"
    NOT_ASSESSED = "not_assessed"


class Basis(StrEnum):
    """What a rating rests on; only the first two can be evidence of stability."""

    SEEN = "seen"
    SPOKEN_WITH = "spoken_with"
    TOLD = "told_by_others"
    NONE = "none"


class ContactKind(StrEnum):
    """Where and how; `TRIED` is an attempt, never a contact."""

    HOME = "home"
    OFFICE = "office"
    STREET = "street"
    WARD = "ward"
    PHONE = "phone"
    VIDEO = "video"
    TRIED = "tried_and_missed"


class Informed(StrEnum):
    """Does the client know that they are on the board?"""

    YES = "yes"
    NO = "no"
    NOT_POSSIBLE = "not_possible"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """Where the worry, or the row, came from (domain page, section 1.3)."""

    TEAM = "team"
    CLIENT = "client"
    RELATIVE = "relative"
    WARD = "ward"
    ON_CALL = "on_call"
    OTHER = "other"
    IMPORT = "import"


class EndReason(StrEnum):
    """Why an enrolment ended."""

    MOVED = "moved"
    DIED = "died"
    COMPLETED = "completed"
    OTHER_TEAM = "other_team"
    DUPLICATE = "duplicate"  # enrolled by mistake, or a second time
    OTHER = "other"


class Role(StrEnum):
    """What a person is in a team; what each may do stands in `people.RIGHTS`."""

    CLINICIAN = "clinician"
    LEAD = "lead"
    AUDITOR = "auditor"
    ADMIN = "admin"
    WALL = "wall"  # a paired screen, never a person


class NotePart(StrEnum):
    """The parts of a note, after SBARD: what is so, what we make of it, what we do (domain page, section 2)."""

    SITUATION = "situation"
    ASSESSMENT = "assessment"
    DECISION = "decision"


class AgendaGroup(StrEnum):
    """Why a client comes up when they do; the team sets the order."""

    PASSED_OVER = "passed_over"  # not discussed last time: always first
    UNTAKEN = "untaken"
    CHANGED = "changed"
    CRISIS = "crisis"
    UNSEEN = "unseen"
    ADMITTED = "admitted"
    LEGAL = "legal"
    LONG = "long"
    REST = "rest"


class NotHeld(StrEnum):
    """Why a planned meeting does not count as held."""

    NOT_OPENED = "not_opened"
    TOO_FEW = "too_few"  # fewer than two clinicians
    NOT_CLOSED = "not_closed"


class Naming(StrEnum):
    """What a wall screen calls a client; equal ones are told apart, a protected identity has its code."""

    INITIALS = "initials"
    SHORT = "short"
    FIRST = "first"


class OutsideMeeting(StrEnum):
    """What a wall screen shows outside the meeting window."""

    COUNTS = "counts"
    BLANK = "blank"
    BOARD = "board"


class Sheet(StrEnum):
    """A page for paper."""

    MORNING = "morning"  # the whole board, for a meeting without a network
    ON_CALL = "on_call"  # for the weekend or holiday
