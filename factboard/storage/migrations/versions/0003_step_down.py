"""Step-down

When each clock of a client, and a team's own, next falls due: `migrate` fills these from the history afterwards.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CLOCKS = ("review_due", "unseen_due", "taken_due", "returns_due", "follow_up_due")


def upgrade() -> None:
    op.add_column("client", sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_client_waits", "client", ["team", "waits"], unique=False)
    for clock in CLOCKS:
        op.add_column("client", sa.Column(clock, sa.Text(), nullable=True))
        op.create_index(f"ix_client_{clock}", "client", [clock], unique=False)
    for column in ("due", "sheet_due"):
        op.add_column("team", sa.Column(column, sa.Text(), nullable=True))
        op.create_index(f"ix_team_{column}", "team", [column], unique=False)
