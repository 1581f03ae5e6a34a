"""When an edition's document was last written: a text may be closed in it, and copies of it must be let go of."""

import sqlalchemy as sa
from alembic import op

revision = "b7d2e94f6a10"
down_revision = "c41e7a90d5f3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nothing is filled in: an edition without it has the document it was approved with.
    op.add_column("edition", sa.Column("document_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("edition", "document_at")
