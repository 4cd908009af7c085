"""Planned care: what is written about a client, every version of it, and drafts; locks, and what was opened."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client", sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_client_locked", "client", ["team", "locked"], unique=False)
    op.add_column("client", sa.Column("contact_due", sa.Text()))
    op.create_index("ix_client_contact_due", "client", ["contact_due"], unique=False)
    op.create_table(
        "opening",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "client", name=op.f("pk_opening")),
    )
    op.create_table(
        "document",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("newest", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", "client", "ref", "version", name=op.f("pk_document")),
    )
    op.create_index("ix_document_kind", "document", ["team", "kind", "newest"], unique=False)
    op.create_index("ix_document_seq", "document", ["team", "seq"], unique=False)
    op.create_table(
        "draft",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("began", sa.Text(), nullable=False),
        sa.Column("saved", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "client", "ref", "user", name=op.f("pk_draft")),
    )
