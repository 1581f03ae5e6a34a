"""What is being typed and not saved yet, who is here, and how eagerly a person's pages follow what others save."""

import sqlalchemy as sa
from alembic import op

revision = "f1c64b8e2a97"
down_revision = "e5a90c3d7b18"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "working_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=True),
        sa.Column("item_kind", sa.String(20), nullable=True),
        sa.Column("item_uid", sa.String(36), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
        sa.UniqueConstraint("person_id", "address"),
    )
    op.create_index("ix_working_copy_person_id", "working_copy", ["person_id"])
    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("tab", sa.String(36), nullable=False),
        sa.Column("item_kind", sa.String(20), nullable=False),
        sa.Column("item_uid", sa.String(36), nullable=False),
        sa.Column("editing_since", MOMENT, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "tab"),
    )
    op.create_index("ix_presence_roadmap_seen", "presence", ["roadmap_id", "seen_at"])
    op.add_column("person", sa.Column("live_updates", sa.String(5), nullable=False, server_default="biasa"))


def downgrade() -> None:
    op.drop_column("person", "live_updates")
    op.drop_index("ix_presence_roadmap_seen", "presence")
    op.drop_table("presence")
    op.drop_index("ix_working_copy_person_id", "working_copy")
    op.drop_table("working_copy")
