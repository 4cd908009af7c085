"""The words of the statistics, each a fixed choice: what a figure is called by, counts in, is about, is counted by."""

from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """Figures that are read together, in the order in which they are shown."""

    BOARD = "board"  # who came, who went, how many are there
    TIME = "time"  # how long
    WHY = "why"
    BACK = "back"  # the way back, and coming again
    SPEED = "speed"  # from the flag on
    CONTACT = "contact"
    MEETING = "meeting"
    CARE = "care"  # what is owed to each client on the board
    HOSPITAL = "hospital"
    SIGHT = "sight"  # who has not been met for long
    DACTS = "dacts"


class Key(StrEnum):
    """Every figure there is; `definitions.DEFINITIONS` says the rest, in this order."""

    PUT_ON = "put_on"
    ENDED = "ended"
    OVER_TIME = "over_time"
    ON_BOARD = "on_board"
    CASELOAD_SHARE = "caseload_share"
    BY_CATEGORY = "by_category"

    TIME_ON_BOARD = "time_on_board"
    TIME_SO_FAR = "time_so_far"
    TIME_BY_CATEGORY = "time_by_category"

    REASONS = "reasons"
    WARNING_SIGNS = "warning_signs"
    FLAG_SOURCES = "flag_sources"

    ENDINGS = "endings"
    KEPT_ON = "kept_on"
    AGAIN_30 = "again_30"
    AGAIN_90 = "again_90"

    FLAG_TO_TAKEN = "flag_to_taken"
    FLAG_TO_CONTACT = "flag_to_contact"
    FLAG_TO_SEEN = "flag_to_seen"

    CONTACTS_ON_BOARD = "contacts_on_board"
    CONTACTS_OFF_BOARD = "contacts_off_board"
    SEEN_BY_TWO = "seen_by_two"

    MEETINGS_HELD = "meetings_held"
    MEETING_LENGTH = "meeting_length"
    CLIENTS_DISCUSSED = "clients_discussed"

    CRISIS_PLAN = "crisis_plan"
    INFORMED = "informed"
    INFORMED_HOW = "informed_how"
    REVIEWS_OVERDUE = "reviews_overdue"
    OVERDUE_TIME = "overdue_time"

    ADMISSIONS = "admissions"
    ADMITTED_CLIENTS = "admitted_clients"
    BED_DAYS = "bed_days"

    WITHOUT_CONTACT_ON = "without_contact_on"
    WITHOUT_CONTACT_OFF = "without_contact_off"

    DACTS_H1 = "dacts_h1"
    DACTS_H2 = "dacts_h2"
    DACTS_H3 = "dacts_h3"
    DACTS_H5 = "dacts_h5"
    DACTS_S1 = "dacts_s1"
    DACTS_S2 = "dacts_s2"
    DACTS_S5 = "dacts_s5"


class Unit(StrEnum):
    """What a value counts in. A share is between 0 and 1."""

    COUNT = "count"
    SHARE = "share"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    A_WEEK = "a_week"  # contacts for each client and week
    DAYS_A_WEEK = "days_a_week"  # with a meeting held
    CLIENTS_A_STAFF = "clients_a_staff"  # for each full-time post


class Head(StrEnum):
    """What the lines of a table stand for, or what a column counts."""

    SPAN = "span"  # a line's key is the first local day of a week or month, as ISO writes it
    CATEGORY = "category"  # its code
    REASON = "reason"  # the ready reason; empty: in the person's own words
    WARNING_SIGN = "warning_sign"  # as the team says it; empty: another one
    SOURCE = "source"  # events.Source
    ENDING = "ending"  # episodes.Ending
    TIMES = "times"  # how often kept on: 0, 1, 2, 3, 4 (four or more)
    INFORMED = "informed"  # events.Informed

    PUT_ON = "put_on"
    ENDED = "ended"
    ON_BOARD = "on_board"  # at the end of the span
    STAYS = "stays"
    FLAGS = "flags"
    STAY_DAYS = "stay_days"  # days that clients were on the board
    MEDIAN = "median"
    LOWER = "lower"  # quartile
    UPPER = "upper"
    LONGEST = "longest"


class Kind(StrEnum):
    """What an episode is, and what stands behind a figure."""

    STAY = "stay"  # a time on the board; its id is the placement's
    ADMISSION = "admission"
    IN_CARE = "in_care"  # enrolled in the team
    MEETING = "meeting"
    IN_TEAM = "in_team"  # somebody's time as a member
    CLIENT = "client"  # no episode: a client, where a figure is about them whole


class Rule(StrEnum):
    """How something that a period cuts, or that is not over, is counted: said beside each figure that it concerns."""

    IN_ERROR = "in_error"  # what was entered in error, and what was undone, is left out
    BY_BEGINNING = "by_beginning"  # belongs to the period in which it began
    BY_END = "by_end"  # belongs to the period in which it ended, with its whole length, also before the period
    AT_THE_END = "at_the_end"  # as it stood when the period ended, or now where it has not
    CUT = "cut"  # only what lies inside the period is counted, whether it began before or ended after
    MIDNIGHTS = "midnights"  # days are local midnights passed
    QUARTILES = "quartiles"  # median and quartiles as QUARTILE.INC in a spreadsheet; the tail: nine in ten are shorter
    FOLLOWED = "followed"  # only those who could be followed for all the days; who could not yet is said beside it
    FIRST_ANSWER = "first_answer"  # a flag is answered by the first after it in the same time on the board
    NOT_IMPORTED = "not_imported"  # a list brought in is no flag that anybody had to answer
    THIRTY_DAYS = "thirty_days"  # a contact is waited for so long, and not past the time on the board
    NO_ATTEMPTS = "no_attempts"  # an attempt that met nobody is no contact
    IN_PERSON = "in_person"  # at home, at the office, elsewhere, on a ward: not by telephone or video
    WHOLE_FORTNIGHTS = "whole_fortnights"  # from the period's first day, with the client on the board all through
    PLANNED = "planned"  # by the team's days and times as they were then; one that was cancelled by a day off is none
    STILL_OPEN = "still_open"  # what had not come to its end is left out, and said beside it
    SINCE_ENROLLED = "since_enrolled"  # nobody has met them: counted from when they came into the team's care
    POSTS = "posts"  # five working days a week are one post; clinicians and leads
    NOT_FACTS = "not_facts"  # a band of DACTS, the parent scale, and not of FACTS
    OUR_READING = "our_reading"  # the scale leaves it open, and this is how it is read here
