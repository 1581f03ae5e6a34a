"""Which opened form wrote a working copy, and when its owner was told that old words will go."""

import sqlalchemy as sa
from alembic import op

revision = "a47d0c9e5b31"
down_revision = "f1c64b8e2a97"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("working_copy", sa.Column("form_key", sa.String(64), nullable=False, server_default=""))
    op.add_column("working_copy", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("kept_words", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("kept_words", "told_at")
    op.drop_column("working_copy", "told_at")
    op.drop_column("working_copy", "form_key")
