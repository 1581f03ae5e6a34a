"""Every table of the house as it first stood, and the walls around its log."""

import sqlalchemy as sa
from alembic import op

from roadmap.history.triggers import install, remove

revision = "5d0c4a1f7b26"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
    )
    op.create_index(op.f("ix_outbox_mail_due_at"), "outbox_mail", ["due_at"], unique=False)
    op.create_index(op.f("ix_outbox_mail_sent_at"), "outbox_mail", ["sent_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("theme", sa.String(length=5), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
    )
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("province", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("zone", sa.String(length=4), nullable=False),
        sa.Column("planning_agency", sa.String(length=200), nullable=False),
        sa.Column("leader_name", sa.String(length=200), nullable=True),
        sa.Column("has_consultation", sa.Boolean(), nullable=False),
        sa.Column("has_review", sa.Boolean(), nullable=False),
        sa.Column("has_verification", sa.Boolean(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("slug", name=op.f("uq_region_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_region_uid")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index("ix_sign_in_attempt_address", "sign_in_attempt", ["address_hash", "at"], unique=False)
    op.create_index(op.f("ix_sign_in_attempt_at"), "sign_in_attempt", ["at"], unique=False)
    op.create_index("ix_sign_in_attempt_email", "sign_in_attempt", ["email_hash", "at"], unique=False)
    op.create_table(
        "act_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("act_key", sa.String(length=64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_act_receipt_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_receipt")),
        sa.UniqueConstraint("person_id", "act_key", name=op.f("uq_act_receipt_person_id_act_key")),
    )
    op.create_index(op.f("ix_act_receipt_at"), "act_receipt", ["at"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("actor_uid", sa.String(length=36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("object_uid", sa.String(length=36), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_audit_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_region_id"), "audit", ["region_id"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("abbreviation", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=True),
        sa.Column("merged_into", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["organisation.uid"], name=op.f("fk_organisation_merged_into_organisation")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_organisation_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisation_uid")),
    )
    op.create_index(op.f("ix_organisation_region_id"), "organisation", ["region_id"], unique=False)
    op.create_table(
        "roadmap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_digest", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("slug", sa.String(length=160), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_roadmap_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap")),
        sa.UniqueConstraint("region_id", "slug", name=op.f("uq_roadmap_region_id_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_roadmap_uid")),
    )
    op.create_index(op.f("ix_roadmap_region_id"), "roadmap", ["region_id"], unique=False)
    op.create_table(
        "signed_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signed_in_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signed_in_token_hash")),
    )
    op.create_index(op.f("ix_signed_in_person_id"), "signed_in", ["person_id"], unique=False)
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("vocabulary", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("label_en", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_term_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("uid", name=op.f("uq_term_uid")),
        sa.UniqueConstraint(
            "vocabulary", "code", "region_id", name=op.f("uq_term_vocabulary_code_region_id")
        ),
    )
    op.create_index(op.f("ix_term_region_id"), "term", ["region_id"], unique=False)
    op.create_index(op.f("ix_term_vocabulary"), "term", ["vocabulary"], unique=False)
    op.create_table(
        "action",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("expected_result", sa.Text(), nullable=False),
        sa.Column("success_criteria", sa.Text(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("modalities", sa.JSON(), nullable=False),
        sa.Column("lead", sa.String(length=36), nullable=True),
        sa.Column("supporting", sa.JSON(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("priority", sa.String(length=20), nullable=True),
        sa.Column("budget", sa.JSON(), nullable=False),
        sa.Column("subactivity_codes", sa.JSON(), nullable=False),
        sa.Column("planning_links", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=30), nullable=True),
        sa.Column("origin_reference", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("superseded_by", sa.String(length=36), nullable=True),
        sa.Column("realisation", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead"], ["organisation.uid"], name=op.f("fk_action_lead_organisation")),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_action_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("uid", name=op.f("uq_action_uid")),
    )
    op.create_index(op.f("ix_action_lead"), "action", ["lead"], unique=False)
    op.create_index(op.f("ix_action_roadmap_id"), "action", ["roadmap_id"], unique=False)
    op.create_table(
        "changeset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("actor_uid", sa.String(length=36), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=300), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_salt", sa.String(length=32), nullable=True),
        sa.Column("reason_hash", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("previous_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_changeset_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changeset")),
        sa.UniqueConstraint("roadmap_id", "seq", name=op.f("uq_changeset_roadmap_id_seq")),
    )
    op.create_index(op.f("ix_changeset_actor_uid"), "changeset", ["actor_uid"], unique=False)
    op.create_table(
        "cover",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("year_from", sa.Integer(), nullable=True),
        sa.Column("year_to", sa.Integer(), nullable=True),
        sa.Column("vision", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("rpjmd", sa.Text(), nullable=False),
        sa.Column("easy_read", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_cover_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
        sa.UniqueConstraint("uid", name=op.f("uq_cover_uid")),
    )
    op.create_index(op.f("ix_cover_roadmap_id"), "cover", ["roadmap_id"], unique=False)
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_edition_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("roadmap_id", "number", name=op.f("uq_edition_roadmap_id_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_edition_uid")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=True),
        sa.Column("organisation_uid", sa.String(length=36), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name=op.f("fk_invitation_invited_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_uid"],
            ["organisation.uid"],
            name=op.f("fk_invitation_organisation_uid_organisation"),
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_invitation_region_id_region")),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name=op.f("fk_invitation_roadmap_id_roadmap")
        ),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_invitation_used_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        sa.UniqueConstraint("uid", name=op.f("uq_invitation_uid")),
    )
    op.create_index(op.f("ix_invitation_email"), "invitation", ["email"], unique=False)
    op.create_index(op.f("ix_invitation_region_id"), "invitation", ["region_id"], unique=False)
    op.create_table(
        "kept_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=True),
        sa.Column("item_kind", sa.String(length=20), nullable=True),
        sa.Column("item_uid", sa.String(length=36), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_words_person_id_person")),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name=op.f("fk_kept_words_roadmap_id_roadmap")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_words")),
        sa.UniqueConstraint("uid", name=op.f("uq_kept_words_uid")),
    )
    op.create_index("ix_kept_words_item", "kept_words", ["item_uid"], unique=False)
    op.create_index(op.f("ix_kept_words_person_id"), "kept_words", ["person_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_uid", sa.String(length=36), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_uid"],
            ["organisation.uid"],
            name=op.f("fk_membership_organisation_uid_organisation"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_membership_region_id_region")),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name=op.f("fk_membership_roadmap_id_roadmap")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("uid", name=op.f("uq_membership_uid")),
    )
    op.create_index("ix_membership_person_region", "membership", ["person_id", "region_id"], unique=False)
    op.create_index(op.f("ix_membership_region_id"), "membership", ["region_id"], unique=False)
    op.create_index(op.f("ix_membership_roadmap_id"), "membership", ["roadmap_id"], unique=False)
    op.create_table(
        "modality",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("modality_kind", sa.String(length=30), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("owner", sa.String(length=36), nullable=True),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["organisation.uid"], name=op.f("fk_modality_owner_organisation")),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_modality_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modality")),
        sa.UniqueConstraint("uid", name=op.f("uq_modality_uid")),
    )
    op.create_index(op.f("ix_modality_roadmap_id"), "modality", ["roadmap_id"], unique=False)
    op.create_table(
        "problem",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("baseline", sa.String(length=60), nullable=True),
        sa.Column("baseline_unit", sa.String(length=200), nullable=False),
        sa.Column("baseline_year", sa.Integer(), nullable=True),
        sa.Column("baseline_source", sa.Text(), nullable=False),
        sa.Column("modalities", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_problem_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
        sa.UniqueConstraint("uid", name=op.f("uq_problem_uid")),
    )
    op.create_index(op.f("ix_problem_roadmap_id"), "problem", ["roadmap_id"], unique=False)
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_seq", sa.Integer(), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consultation_until", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_round_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("uid", name=op.f("uq_round_uid")),
    )
    op.create_index(op.f("ix_round_roadmap_id"), "round", ["roadmap_id"], unique=False)
    op.create_table(
        "section",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_section_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("uid", name=op.f("uq_section_uid")),
    )
    op.create_index(op.f("ix_section_roadmap_id"), "section", ["roadmap_id"], unique=False)
    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_adoption_edition_id_edition")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_adoption_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_adoption_edition_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_adoption_uid")),
    )
    op.create_table(
        "indicator",
        sa.Column("action", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("indicator_kind", sa.String(length=20), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("direction", sa.String(length=20), nullable=True),
        sa.Column("baseline", sa.String(length=60), nullable=True),
        sa.Column("baseline_year", sa.Integer(), nullable=True),
        sa.Column("baseline_source", sa.Text(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("aggregation", sa.String(length=20), nullable=True),
        sa.Column("party", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["action.uid"], name=op.f("fk_indicator_action_action")),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_indicator_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("uid", name=op.f("uq_indicator_uid")),
    )
    op.create_index(op.f("ix_indicator_action"), "indicator", ["action"], unique=False)
    op.create_index(op.f("ix_indicator_roadmap_id"), "indicator", ["roadmap_id"], unique=False)
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changeset_id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("item_uid", sa.String(length=36), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("snapshot_hash", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["changeset_id"], ["changeset.id"], name=op.f("fk_revision_changeset_id_changeset")
        ),
        sa.ForeignKeyConstraint(["roadmap_id"], ["roadmap.id"], name=op.f("fk_revision_roadmap_id_roadmap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint(
            "changeset_id", "kind", "item_id", name=op.f("uq_revision_changeset_id_kind_item_id")
        ),
        sa.UniqueConstraint(
            "kind", "item_id", "item_version", name=op.f("uq_revision_kind_item_id_item_version")
        ),
    )
    op.create_index("ix_revision_story", "revision", ["roadmap_id", "kind", "item_id", "seq"], unique=False)
    op.create_index("ix_revision_uid", "revision", ["item_uid", "item_version"], unique=False)
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name=op.f("fk_submission_roadmap_id_roadmap")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_submission_round_id_round")),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["person.id"], name=op.f("fk_submission_submitted_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("uid", name=op.f("uq_submission_uid")),
    )
    op.create_index(op.f("ix_submission_roadmap_id"), "submission", ["roadmap_id"], unique=False)
    op.create_index(op.f("ix_submission_round_id"), "submission", ["round_id"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("judgement", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=300), nullable=True),
        sa.Column("basis", sa.String(length=30), nullable=True),
        sa.Column("basis_number", sa.String(length=200), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("scan", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_verdict_person_id_person")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_verdict_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_verdict_submission_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_verdict_uid")),
    )
    install(op.get_bind())


def downgrade() -> None:
    remove(op.get_bind())
    op.drop_table("verdict")
    op.drop_index(op.f("ix_submission_round_id"), table_name="submission")
    op.drop_index(op.f("ix_submission_roadmap_id"), table_name="submission")
    op.drop_table("submission")
    op.drop_index("ix_revision_uid", table_name="revision")
    op.drop_index("ix_revision_story", table_name="revision")
    op.drop_table("revision")
    op.drop_index(op.f("ix_indicator_roadmap_id"), table_name="indicator")
    op.drop_index(op.f("ix_indicator_action"), table_name="indicator")
    op.drop_table("indicator")
    op.drop_table("adoption")
    op.drop_index(op.f("ix_section_roadmap_id"), table_name="section")
    op.drop_table("section")
    op.drop_index(op.f("ix_round_roadmap_id"), table_name="round")
    op.drop_table("round")
    op.drop_index(op.f("ix_problem_roadmap_id"), table_name="problem")
    op.drop_table("problem")
    op.drop_index(op.f("ix_modality_roadmap_id"), table_name="modality")
    op.drop_table("modality")
    op.drop_index(op.f("ix_membership_roadmap_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_region_id"), table_name="membership")
    op.drop_index("ix_membership_person_region", table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_kept_words_person_id"), table_name="kept_words")
    op.drop_index("ix_kept_words_item", table_name="kept_words")
    op.drop_table("kept_words")
    op.drop_index(op.f("ix_invitation_region_id"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_email"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_table("edition")
    op.drop_index(op.f("ix_cover_roadmap_id"), table_name="cover")
    op.drop_table("cover")
    op.drop_index(op.f("ix_changeset_actor_uid"), table_name="changeset")
    op.drop_table("changeset")
    op.drop_index(op.f("ix_action_roadmap_id"), table_name="action")
    op.drop_index(op.f("ix_action_lead"), table_name="action")
    op.drop_table("action")
    op.drop_index(op.f("ix_term_vocabulary"), table_name="term")
    op.drop_index(op.f("ix_term_region_id"), table_name="term")
    op.drop_table("term")
    op.drop_index(op.f("ix_signed_in_person_id"), table_name="signed_in")
    op.drop_table("signed_in")
    op.drop_index(op.f("ix_roadmap_region_id"), table_name="roadmap")
    op.drop_table("roadmap")
    op.drop_index(op.f("ix_organisation_region_id"), table_name="organisation")
    op.drop_table("organisation")
    op.drop_index(op.f("ix_audit_region_id"), table_name="audit")
    op.drop_index(op.f("ix_audit_at"), table_name="audit")
    op.drop_table("audit")
    op.drop_index(op.f("ix_act_receipt_at"), table_name="act_receipt")
    op.drop_table("act_receipt")
    op.drop_index("ix_sign_in_attempt_email", table_name="sign_in_attempt")
    op.drop_index(op.f("ix_sign_in_attempt_at"), table_name="sign_in_attempt")
    op.drop_index("ix_sign_in_attempt_address", table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("region")
    op.drop_table("person")
    op.drop_index(op.f("ix_outbox_mail_sent_at"), table_name="outbox_mail")
    op.drop_index(op.f("ix_outbox_mail_due_at"), table_name="outbox_mail")
    op.drop_table("outbox_mail")
