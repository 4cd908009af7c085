"""The meeting and the wall

The read tables get new columns and their states new fields: `migrate` makes them anew from the history afterwards.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client", sa.Column("in_sight", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("client", sa.Column("left_board", sa.Text(), nullable=True))
    op.create_index("ix_client_in_sight", "client", ["team", "in_sight"], unique=False)
    op.create_index("ix_client_left_board", "client", ["team", "left_board"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=False),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", "id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_opened", "meeting", ["team", "opened"], unique=False)
    op.create_table(
        "device",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("screen", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("code", name=op.f("uq_device_code")),
    )
    op.create_index("ix_device_screen", "device", ["team", "screen"], unique=False)
