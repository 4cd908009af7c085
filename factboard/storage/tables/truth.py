"""The history and what stands beside it for good. Append-only: triggers refuse UPDATE and DELETE (see `engine`)."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from factboard.storage.tables.metadata import metadata

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
    Index("ix_history_kind", "team", "kind", "seq"),
    Index("ix_history_actor", "team", "actor", "seq"),
    Index("ix_history_at", "team", "at", "seq"),
)

checkpoint = Table(  # the end of a chain at a moment, signed; append-only. Copies are kept elsewhere
    "checkpoint",
    metadata,
    Column("team", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC, when it was signed
    Column("key", Text, nullable=False),  # the public key, base64
    Column("signature", Text, nullable=False),  # Ed25519, base64
    PrimaryKeyConstraint("team", "seq"),
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
    Index("ix_access_log_at", "team", "at"),
    Index("ix_access_log_action", "team", "action", "at"),
    Index("ix_access_log_view", "team", "view", "at"),
)
