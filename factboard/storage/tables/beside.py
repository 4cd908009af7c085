"""What is kept beside the history: people and their sessions, devices and phones, answers already given."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from factboard.storage.tables.metadata import metadata

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
    Column("unmasked", Text),  # until when an auditor sees clients by name; NULL: by their codes
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

opening = Table(  # a client opened in an emergency, past lock and consent, by one session
    "opening",
    metadata,
    Column("session", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("until", Text, nullable=False),  # UTC
    PrimaryKeyConstraint("session", "client"),
)

draft = (
    Table(  # what somebody has typed in a document and not saved yet: nobody's but theirs, and no part of the history
        "draft",
        metadata,
        Column("team", Text, nullable=False),
        Column("client", Text, nullable=False),
        Column("ref", Text, nullable=False),  # domain.documents.Ref
        Column("user", Text, nullable=False),
        Column("based_on", Integer, nullable=False),  # the version that they began to change; 0: none
        Column("began", Text, nullable=False),  # UTC
        Column("saved", Text, nullable=False),  # UTC
        Column("typed", Text, nullable=False),  # the form's fields as JSON, as they were typed
        Column("page", Text, nullable=False),  # the opened form that wrote it last
        Column("turn", Integer, nullable=False),  # which of that form's sendings it was
        PrimaryKeyConstraint("team", "client", "ref", "user"),
    )
)

meta = Table(  # facts about this database itself: its epoch, whether the demo made it
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
