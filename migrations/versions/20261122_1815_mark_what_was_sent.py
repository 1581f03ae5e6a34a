"""What a form brought when it was carried out, so that words sent later under its key are not taken for the same."""

import sqlalchemy as sa
from alembic import op

revision = "b83e5f0c2d64"
down_revision = "a47d0c9e5b31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("act_receipt", sa.Column("sent", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("act_receipt", "sent")
