"""The read tables: what the history adds up to, made anew from it at will."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from factboard.storage.tables.metadata import Packed, metadata

CLOCKS = ("review", "unseen", "taken", "returns", "follow_up", "contact")  # of a client: domain.stepdown.Dues

team = Table(
    "team",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),  # domain.state.Team as JSON
    Column("due", Text),  # when something of the team's own next falls due by itself; NULL: nothing does
    Column("sheet_due", Text),  # when the next sheet for paper does, for a service that writes them
    Column("retention_years", Integer),  # what ended longer ago is taken away; NULL: kept
    Index("ix_team_due", "due"),
    Index("ix_team_sheet_due", "sheet_due"),
)

membership = Table(
    "membership",
    metadata,
    Column("team", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("role", Text, nullable=False),
    PrimaryKeyConstraint("team", "user"),
    Index("ix_membership_user", "user"),
)

client = Table(
    "client",
    metadata,
    Column("team", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("seq", Integer, nullable=False),  # the state's: a reader that has this state need not read it again
    Column("search", Text, nullable=False),  # names as people compare them: see domain.text.folded
    Column("code", Text, nullable=False),  # what a card may show instead of a name
    Column("enrolled", Boolean, nullable=False),
    Column("on_board", Boolean, nullable=False),
    Column("name", Text, nullable=False),  # the full name as people compare it
    Column("state", Text, nullable=False),  # domain.state.Client as JSON
    Column("in_sight", Boolean, nullable=False),  # on the wall though not on the board: admitted, a legal measure
    Column("left_board", Text),  # when the newest time on the board ended; NULL for who is on it, or never was
    Column("waits", Boolean, nullable=False),  # for the follow-up of a return
    Column("locked", Boolean, nullable=False),  # something of theirs is, for somebody: an inner lock
    Column("ended", Text),  # when the enrolment did; NULL while it goes on
    # When each clock next has something to be written: three for what is too long, one for the announced return, one
    # for its follow-up. Whoever looks for what is due reads these and no state.
    Column("review_due", Text),
    Column("unseen_due", Text),
    Column("taken_due", Text),
    Column("returns_due", Text),
    Column("follow_up_due", Text),
    Column("contact_due", Text),
    PrimaryKeyConstraint("team", "id"),
    Index("ix_client_on_board", "team", "on_board"),
    Index("ix_client_name", "team", "name"),
    Index("ix_client_in_sight", "team", "in_sight"),
    Index("ix_client_left_board", "team", "left_board"),
    Index("ix_client_waits", "team", "waits"),
    Index("ix_client_ended", "team", "ended"),
    Index("ix_client_locked", "team", "locked"),
    *(Index(f"ix_client_{clock}_due", f"{clock}_due") for clock in CLOCKS),
)

meeting = Table(
    "meeting",
    metadata,
    Column("team", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("opened", Text, nullable=False),
    Column("closed", Text),
    Column("held", Boolean, nullable=False),
    Column("state", Text, nullable=False),  # domain.state.Meeting as JSON
    PrimaryKeyConstraint("team", "id"),
    Index("ix_meeting_opened", "team", "opened"),
)

notice = Table(
    "notice",
    metadata,
    Column("team", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("client", Text, nullable=False),
    Column("read", Boolean, nullable=False),
    PrimaryKeyConstraint("team", "user", "seq"),
)

mark = Table(  # what a fact can be found by that does not stand in its row: its category, its meeting
    "mark",
    metadata,
    Column("team", Text, nullable=False),
    Column("name", Text, nullable=False),  # domain.finding.Marked
    Column("value", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("team", "name", "value", "seq"),
    Index("ix_mark_seq", "team", "seq"),
)

said = Table(  # the words that people wrote in a fact; the index of them stands beside it (see `engine`)
    "said",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),  # in a team it grows as the facts' numbers do
    Column("team", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("text", Text, nullable=False),  # domain.finding.said
    UniqueConstraint("team", "seq"),
)

episode = Table(  # what begins and ends for a client: times on the board, admissions, being enrolled
    "episode",
    metadata,
    Column("team", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("began", Text, nullable=False),  # UTC
    Column("ended", Text),  # UTC; NULL: it goes on
    Column("state", Text, nullable=False),  # domain.statistics.Episode as JSON
    PrimaryKeyConstraint("team", "kind", "id"),
    Index("ix_episode_began", "team", "kind", "began"),
    Index("ix_episode_client", "team", "client", "ended"),
)

contact = Table(  # every contact and attempt, for the statistics
    "contact",
    metadata,
    Column("team", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("client", Text, nullable=False),
    Column("happened", Text, nullable=False),  # UTC
    Column("kind", Text, nullable=False),
    Column("staff", Text, nullable=False),  # JSON: everybody who was there
    PrimaryKeyConstraint("team", "seq"),
    Index("ix_contact_happened", "team", "happened"),
    Index("ix_contact_client", "team", "client", "happened"),
)

keyframe = Table(  # a state as it was after a fact: the past is folded from the newest one before its moment
    "keyframe",
    metadata,
    Column("team", Text, nullable=False),
    Column("subject", Text, nullable=False),  # a client's id; empty: the team itself
    Column("seq", Integer, nullable=False),
    Column("enrolled", Boolean, nullable=False),  # the client, from here to the next one
    Column("state", Packed, nullable=False),  # domain.state.Client or Team as JSON
    PrimaryKeyConstraint("team", "subject", "seq"),
)

document = Table(  # every version of everything written about a client's planned care
    "document",
    metadata,
    Column("team", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("ref", Text, nullable=False),  # domain.documents.Ref: which document of the client's
    Column("version", Integer, nullable=False),  # from 1
    Column("seq", Integer, nullable=False),  # of the fact that wrote it
    Column("kind", Text, nullable=False),
    Column("newest", Boolean, nullable=False),  # and not taken away as entered in error
    Column("state", Text, nullable=False),  # domain.documents.Version as JSON
    PrimaryKeyConstraint("team", "client", "ref", "version"),
    Index("ix_document_kind", "team", "kind", "newest"),
    Index("ix_document_seq", "team", "seq"),
)
