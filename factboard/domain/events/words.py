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
