"""The history that proves itself

Ways to find facts, states to replay from, what the statistics count, signed checkpoints, and until when an auditor
sees names. What the engines refuse: a change of checkpoints; of the history anything but a redaction; of the
access log anything but a shortening.
"""

import sqlalchemy as sa
from alembic import op

from factboard.storage.engine import words_index
from factboard.storage.triggers import append_only, redaction, shortening

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("unmasked", sa.Text(), nullable=True))
    op.add_column("team", sa.Column("retention_years", sa.Integer(), nullable=True))
    op.add_column("client", sa.Column("ended", sa.Text(), nullable=True))
    op.create_index("ix_client_ended", "client", ["team", "ended"], unique=False)
    op.drop_index("ix_history_kind", table_name="history")
    op.create_index("ix_history_kind", "history", ["team", "kind", "seq"], unique=False)
    op.create_index("ix_history_actor", "history", ["team", "actor", "seq"], unique=False)
    op.create_index("ix_history_at", "history", ["team", "at", "seq"], unique=False)
    op.create_index("ix_access_log_at", "access_log", ["team", "at"], unique=False)
    op.create_index("ix_access_log_action", "access_log", ["team", "action", "at"], unique=False)
    op.create_index("ix_access_log_view", "access_log", ["team", "view", "at"], unique=False)
    op.create_table(
        "mark",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "name", "value", "seq", name=op.f("pk_mark")),
    )
    op.create_index("ix_mark_seq", "mark", ["team", "seq"], unique=False)
    op.create_table(
        "said",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_said")),
        sa.UniqueConstraint("team", "seq", name=op.f("uq_said_team")),
    )
    for statement in words_index(op.get_bind().dialect.name):
        op.execute(statement)
    op.create_table(
        "episode",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("began", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", "kind", "id", name=op.f("pk_episode")),
    )
    op.create_index("ix_episode_began", "episode", ["team", "kind", "began"], unique=False)
    op.create_index("ix_episode_client", "episode", ["team", "client", "ended"], unique=False)
    op.create_table(
        "contact",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", "seq", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_happened", "contact", ["team", "happened"], unique=False)
    op.create_index("ix_contact_client", "contact", ["team", "client", "happened"], unique=False)
    op.create_table(
        "keyframe",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("enrolled", sa.Boolean(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("team", "subject", "seq", name=op.f("pk_keyframe")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", "seq", name=op.f("pk_checkpoint")),
    )
    dialect = op.get_bind().dialect.name
    for statement in (*append_only(dialect, "checkpoint"), *redaction(dialect), *shortening(dialect)):
        op.execute(statement)
