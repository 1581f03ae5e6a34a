"""Threads and comments, notes on items and their answers, named moments, visits, kept views; who may know of an act."""

import sqlalchemy as sa
from alembic import op

revision = "2a7d9c40e1b8"
down_revision = "8e31b7f2c905"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pin",
        sa.Column("moment", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["person.uid"], name=op.f("fk_pin_author_person")),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_pin_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin")),
        sa.UniqueConstraint("uid", name=op.f("uq_pin_uid")),
    )
    with op.batch_alter_table("pin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pin_roadmap_id"), ["roadmap_id"], unique=False)

    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_view_person_id_person")),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name=op.f("fk_saved_view_roadmap_id_roadmap")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "person_id", "roadmap_id", "name", name=op.f("uq_saved_view_person_id_roadmap_id_name")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_view_uid")),
    )
    op.create_table(
        "thread",
        sa.Column("about_kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("about_version", sa.Integer(), nullable=True),
        sa.Column("nature", sa.String(length=20), nullable=False),
        sa.Column("visibility", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=36), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("is_resolved", sa.Boolean(), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["person.uid"], name=op.f("fk_thread_author_person")),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.uid"], name=op.f("fk_thread_organisation_organisation")
        ),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_thread_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("uid", name=op.f("uq_thread_uid")),
    )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index("ix_thread_about", ["roadmap_id", "about"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_author"), ["author"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_roadmap_id"), ["roadmap_id"], unique=False)

    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before_seq", sa.Integer(), nullable=True),
        sa.Column("before_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_person_id_person")),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_visit_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("person_id", "roadmap_id", name=op.f("uq_visit_person_id_roadmap_id")),
    )
    op.create_table(
        "comment",
        sa.Column("thread", sa.String(length=36), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=36), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("notified", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["person.uid"], name=op.f("fk_comment_author_person")),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.uid"], name=op.f("fk_comment_organisation_organisation")
        ),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_comment_roadmap_id_roadmap")),
        sa.ForeignKeyConstraint(["thread"], ["thread.uid"], name=op.f("fk_comment_thread_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("uid", name=op.f("uq_comment_uid")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_author"), ["author"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_roadmap_id"), ["roadmap_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_thread"), ["thread"], unique=False)

    op.create_table(
        "thread_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_thread_read_person_id_person")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_read_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_read")),
        sa.UniqueConstraint("person_id", "thread_id", name=op.f("uq_thread_read_person_id_thread_id")),
    )
    op.create_table(
        "verdict_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("item_kind", sa.String(length=20), nullable=False),
        sa.Column("item_uid", sa.String(length=36), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name=op.f("fk_verdict_note_roadmap_id_roadmap")
        ),
        sa.ForeignKeyConstraint(
            ["verdict_id"], ["verdict.id"], name=op.f("fk_verdict_note_verdict_id_verdict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict_note")),
        sa.UniqueConstraint("uid", name=op.f("uq_verdict_note_uid")),
        sa.UniqueConstraint("verdict_id", "item_uid", name=op.f("uq_verdict_note_verdict_id_item_uid")),
    )
    with op.batch_alter_table("verdict_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verdict_note_roadmap_id"), ["roadmap_id"], unique=False)

    op.create_table(
        "note_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["verdict_note.id"], name=op.f("fk_note_answer_note_id_verdict_note")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_answer_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_answer")),
        sa.UniqueConstraint("uid", name=op.f("uq_note_answer_uid")),
    )
    with op.batch_alter_table("note_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_answer_note_id"), ["note_id"], unique=False)

    # Added in place: SQLite keeps the triggers on a table that it does not make anew.
    op.add_column("changeset", sa.Column("audience", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("changeset", "audience")

    with op.batch_alter_table("note_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_answer_note_id"))

    op.drop_table("note_answer")
    with op.batch_alter_table("verdict_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verdict_note_roadmap_id"))

    op.drop_table("verdict_note")
    op.drop_table("thread_read")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_thread"))
        batch_op.drop_index(batch_op.f("ix_comment_roadmap_id"))
        batch_op.drop_index(batch_op.f("ix_comment_author"))

    op.drop_table("comment")
    op.drop_table("visit")
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_roadmap_id"))
        batch_op.drop_index(batch_op.f("ix_thread_author"))
        batch_op.drop_index("ix_thread_about")

    op.drop_table("thread")
    op.drop_table("saved_view")
    with op.batch_alter_table("pin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pin_roadmap_id"))

    op.drop_table("pin")
