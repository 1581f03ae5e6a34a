"""What a judge jots down on an item while reading, until the verdict says it."""

import sqlalchemy as sa
from alembic import op

revision = "6f3b8a15d2c4"
down_revision = "2a7d9c40e1b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("item_kind", sa.String(length=20), nullable=False),
        sa.Column("item_uid", sa.String(length=36), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("needs_mending", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_draft_person_id_person")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_note_draft_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_draft")),
        sa.UniqueConstraint(
            "submission_id",
            "person_id",
            "item_uid",
            name=op.f("uq_note_draft_submission_id_person_id_item_uid"),
        ),
    )
    op.create_index(op.f("ix_note_draft_person_id"), "note_draft", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_note_draft_person_id"), table_name="note_draft")
    op.drop_table("note_draft")
