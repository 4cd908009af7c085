"""Every table. `history` and `access_log` are append-only: triggers refuse UPDATE and DELETE (see `engine`)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

CLOCKS = ("review", "unseen", "taken", "returns", "follow_up")  # of a client: domain.stepdown.Dues

# --- the history: the truth -------------------------------------------------------------------------------

stream = Table(  # the end of each team's chain; locked by whoever appends
    "stream",
    metadata,
    Column("team", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

history = Table(
    "history",
    metadata,
    Column("team", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Text, nullable=False),  # UTC, ISO 8601, microseconds, Z: hashed as it stands
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("client", Text),
    Column("placement", Text),
    Column("payload", Text),  # JSON, hashed as it stands; NULL when redacted
    Column("salt", Text),
    Column("digest", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("team", "seq"),
    Index("ix_history_client", "team", "client", "seq"),
    Index("ix_history_kind", "team", "kind", "at"),
)

# --- projections: what the history adds up to; rebuilt from it at will -------------------------------------

team = Table(
    "team",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),  # domain.state.Team as JSON
    Column("due", Text),  # when something of the team's own next falls due by itself; NULL: nothing does
    Column("sheet_due", Text),  # when the next sheet for paper does, for a service that writes them
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
    # When each clock next has something to be written: three for what is too long, one for the announced return, one
    # for its follow-up. Whoever looks for what is due reads these and no state.
    Column("review_due", Text),
    Column("unseen_due", Text),
    Column("taken_due", Text),
    Column("returns_due", Text),
    Column("follow_up_due", Text),
    PrimaryKeyConstraint("team", "id"),
    Index("ix_client_on_board", "team", "on_board"),
    Index("ix_client_name", "team", "name"),
    Index("ix_client_in_sight", "team", "in_sight"),
    Index("ix_client_left_board", "team", "left_board"),
    Index("ix_client_waits", "team", "waits"),
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

# --- beside the history ------------------------------------------------------------------------------------

request = Table(  # one answer a request_id: the same request twice is one fact
    "request",
    metadata,
    Column("actor", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("answer", Text, nullable=False),
    PrimaryKeyConstraint("actor", "request_id"),
)

user = Table(
    "user",
    metadata,
    Column("id", Text, primary_key=True),
    Column("username", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("password", Text, nullable=False),  # argon2id
    Column("admin", Boolean, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("language", Text),
    Column("quiet_from", Text),  # HH:MM in the team's zone; NULL: told at any hour
    Column("quiet_to", Text),
    UniqueConstraint("username"),
)

session = Table(
    "session",
    metadata,
    Column("id", Text, primary_key=True),  # SHA-256 of the cookie's token
    Column("user", Text, nullable=False),
    Column("team", Text),
    Column("created", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("ended", Boolean, nullable=False),
    Index("ix_session_user", "user"),
)

device = Table(  # a wall screen's key: what it may show stands in the team's history
    "device",
    metadata,
    Column("id", Text, primary_key=True),  # keyed digest of the cookie's token
    Column("code", Text),  # shown until somebody pairs it
    Column("made", Text, nullable=False),
    Column("team", Text),
    Column("screen", Text),
    UniqueConstraint("code"),
    Index("ix_device_screen", "team", "screen"),
)

push_subscription = Table(  # where a person's phone is reached, by its maker's push service
    "push_subscription",
    metadata,
    Column("id", Text, primary_key=True),  # keyed digest of the token that the phone's browser keeps in a cookie
    Column("user", Text, nullable=False),
    Column("session", Text, nullable=False),  # the newest one in that browser: signing out of it ends the pushing
    Column("endpoint", Text, nullable=False),
    Column("p256dh", Text, nullable=False),  # the browser's public key, and
    Column("auth", Text, nullable=False),  # its shared secret: only it can read what is pushed
    Column("device", Text, nullable=False),  # what the person may know it by
    Column("language", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("reached", Text),  # when its push service last took a message
    UniqueConstraint("endpoint"),
    Index("ix_push_subscription_user", "user"),
)

push = Table(  # what is to be pushed, one row a phone: written with the notice, deleted when it is sent or of no use
    "push",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subscription", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("seq", Integer, nullable=False),  # the fact's number; 0 for a test, which tells of none
    Column("client", Text),
    Column("kind", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("due", Text, nullable=False),  # when to try next; whoever tries moves it on first, so that nobody else does
    Column("until", Text, nullable=False),  # after this it is of no use
    Column("tries", Integer, nullable=False),
    Index("ix_push_due", "due"),
    Index("ix_push_subscription", "subscription"),
)

access_log = Table(  # who saw whom: Patientdatalagen and HSLF-FS 2016:40 ch. 4 s. 9
    "access_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("team", Text),
    Column("actor", Text),
    Column("action", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("client", Text),
    Column("detail", Text),
    Index("ix_access_log_client", "team", "client", "at"),
    Index("ix_access_log_actor", "team", "actor", "at"),
)

meta = Table(  # facts about this database itself: its epoch, whether the demo made it
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
