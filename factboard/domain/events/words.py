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
    MANAGER = "manager"  # of the unit: figures, flows and history of the teams they are in
    AUDITOR = "auditor"  # from outside the team: sees codes for clients
    ADMIN = "admin"
    WALL = "wall"  # a paired screen, never a person


class News(StrEnum):
    """What people are told at once, as a team's rules name it."""

    FLAG = "flag"  # put on the board, or flagged again
    UNTAKEN = "untaken"  # a flag that nobody has taken
    ANNOUNCED = "announced"
    RETURNED = "returned"


class Audience(StrEnum):
    """Whom a team may tell at once."""

    ON_DUTY = "on_duty"  # today
    CASE_MANAGER = "case_manager"  # while they are away, the substitute
    LEAD = "lead"


class Task(StrEnum):
    """What an action that came by itself is about: its words are made when it is read."""

    CRISIS_PLAN = "crisis_plan"  # write one, with the client


class NotePart(StrEnum):
    """The parts of a note, after SBARD: what is so, what we make of it, what we do (domain page, section 2)."""

    SITUATION = "situation"
    ASSESSMENT = "assessment"
    DECISION = "decision"


class AgendaGroup(StrEnum):
    """Why a client comes up when they do; the team sets the order, but for the first two."""

    FOLLOW_UP = "follow_up"  # back in planned care, and nobody has met them: before everybody
    PASSED_OVER = "passed_over"  # not discussed last time: first of those on the board
    UNTAKEN = "untaken"
    CHANGED = "changed"
    CRISIS = "crisis"
    UNSEEN = "unseen"
    ADMITTED = "admitted"
    LEGAL = "legal"
    LONG = "long"
    READY = "ready"  # the policy is met: the meeting may announce their return
    ANNOUNCED = "announced"
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


class Mode(StrEnum):
    """How a category's clients go back to planned care once its policy is met (design 5)."""

    AUTOMATIC = "automatic"  # a held meeting announces, unless somebody keeps them on
    CONFIRM = "confirm"  # a named clinician announces each
    BY_HAND = "by_hand"  # never by itself


class Blocker(StrEnum):
    """What keeps a client on the board while it is so, where the category's policy says so.

    An admission, and the two weeks after a discharge, always do.
    """

    LEGAL = "legal_measure"
    URGENT = "urgent_action"
    CRISIS_PLAN = "crisis_plan"
    CASE_MANAGER = "case_manager"
    NEXT_CONTACT = "next_contact"


class Need(StrEnum):
    """What the rule of step-down asks of a client, each by itself (design 5)."""

    BY_ITSELF = "by_itself"  # the category lets its clients return by the rule at all
    AT_HOME = "at_home"
    SETTLED = "settled"  # home from hospital for two weeks
    NOT_KEPT = "not_kept"
    RATINGS = "ratings"
    RATERS = "raters"
    DAYS = "days"
    CONTACTS = "contacts"
    LEGAL = "legal_measure"
    URGENT = "urgent_action"
    CRISIS_PLAN = "crisis_plan"
    CASE_MANAGER = "case_manager"
    NEXT_CONTACT = "next_contact"
    FRESH = "fresh"  # at the moment of the return: the newest stable rating is of these days


class Postponed(StrEnum):
    """Why a return that a meeting had upheld for today waits for the next held meeting."""

    SERVICE_DOWN = "service_down"  # for some of the hour before: nobody could have stopped it
    DAY_PASSED = "day_passed"
    DAYS_OFF = "days_off"  # the days after it were closed meanwhile


class Pause(StrEnum):
    """Why nobody returns by itself until people say so."""

    CLOCK = "clock"  # it jumped
    MANY = "many"  # more of a board at once than anybody decides on one day
    PEOPLE = "people"  # the lead said so, with a reason


class Step(StrEnum):
    """What has gone on for too long, and whom it is told: each has an instant at which it falls due (design 5)."""

    REVIEW = "review"
    REVIEW_LEAD = "review_lead"
    UNSEEN = "unseen"
    UNSEEN_LEAD = "unseen_lead"
    UNTAKEN = "untaken"
    TONIGHT = "tonight"  # the team goes home, and nobody has the flag
    UNTAKEN_LEAD = "untaken_lead"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_LEAD = "follow_up_lead"
    CONTACT = "contact"  # planned, off the board, and nobody has made it
    CONTACT_LEAD = "contact_lead"


class Moved(StrEnum):
    """Where a planned contact goes that would fall on a day without the team."""

    AFTER = "after"  # the next working day
    BEFORE = "before"  # the last one before
    STAYS = "stays"


class Because(StrEnum):
    """Why a routine check of the access log drew a look (`domain.access.checking`)."""

    NOT_OWN = "not_own"
    SURNAME = "same_surname"
    COLLEAGUE = "colleague"
    PROTECTED = "protected"
    ENDED = "ended"
    ODD_HOURS = "odd_hours"
    MANY = "many"
    TAKEN_OUT = "taken_out"
    CHANCE = "chance"


class Outcome(StrEnum):
    """What a routine check found about a look."""

    IN_ORDER = "in_order"
    NOT_EXPLAINED = "not_explained"
    TO_FOLLOW_UP = "to_follow_up"
