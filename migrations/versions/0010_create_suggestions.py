"""Create suggestions, their texts, steps, files and contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATES = (
    "state IN ('received', 'assigned', 'transferred', 'asked', 'explained', 'answered', "
    "'approved', 'published', 'refused', 'merged', 'reopened', 'closed')"
)
REFUSALS = (
    "refusal IN ('complaint', 'denunciation', 'unclear', 'repeated', "
    "'not-ours', 'personal-data', 'insult', 'no-sender')"
)


def upgrade() -> None:
    _create_box_opening()
    _create_suggestion()
    _create_suggestion_text()
    _create_suggestion_step()
    _create_suggestion_word()
    _create_suggestion_contact()
    _create_suggestion_file()


def downgrade() -> None:
    op.drop_table("suggestion_file")
    op.drop_table("suggestion_contact")
    op.drop_table("suggestion_word")
    op.drop_table("suggestion_step")
    op.drop_table("suggestion_text")
    op.drop_table("suggestion")
    op.drop_table("box_opening")


def _create_box_opening() -> None:
    op.create_table(
        "box_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("place", sa.String(160), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("slips", sa.SmallInteger(), nullable=False),
        sa.Column("blank", sa.SmallInteger(), nullable=False),
        sa.Column("legal", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("blank + legal <= slips", name=op.f("ck_box_opening_classes")),
        sa.CheckConstraint("slips >= 0 AND blank >= 0 AND legal >= 0", name=op.f("ck_box_opening_slips")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_box_opening_account_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_box_opening_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_opening")),
    )
    op.create_index(op.f("ix_box_opening_unit_id_opened_at"), "box_opening", ["unit_id", "opened_at"])


def _create_suggestion() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_hash", sa.String(64), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=True),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("topic", sa.String(12), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("rating_id", sa.String(36), nullable=True),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("first_unit_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("procedure", sa.String(200), nullable=False),
        sa.Column("is_about_staff", sa.Boolean(), nullable=False),
        sa.Column("is_public_wished", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("suspicion", sa.String(20), nullable=True),
        sa.Column("refusal", sa.String(20), nullable=True),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("clock_from", sa.Date(), nullable=False),
        sa.Column("refuse_by", sa.Date(), nullable=True),
        sa.Column("ask_by", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("publish_by", sa.Date(), nullable=True),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("pauses", sa.SmallInteger(), nullable=False),
        sa.Column("paused_days", sa.SmallInteger(), nullable=False),
        sa.Column("extended_days", sa.SmallInteger(), nullable=False),
        sa.Column("escalation", sa.SmallInteger(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_days", sa.Integer(), nullable=True),
        sa.Column("is_on_time", sa.Boolean(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopenings", sa.SmallInteger(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.CheckConstraint("channel IN ('web', 'kiosk', 'qr', 'paper', 'phone')", name=op.f("ck_suggestion_channel")),
        sa.CheckConstraint("kind IN ('idea', 'report', 'proposal', 'praise')", name=op.f("ck_suggestion_kind")),
        sa.CheckConstraint("language IN ('vi', 'en', 'bru', 'pac')", name=op.f("ck_suggestion_language")),
        sa.CheckConstraint(
            REFUSALS,
            name=op.f("ck_suggestion_refusal"),
        ),
        sa.CheckConstraint(
            STATES,
            name=op.f("ck_suggestion_state"),
        ),
        sa.CheckConstraint("suspicion IN ('complaint', 'denunciation')", name=op.f("ck_suggestion_suspicion")),
        sa.CheckConstraint("topic IN ('regulation', 'conduct', 'other')", name=op.f("ck_suggestion_topic")),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_on IS NULL)", name=op.f("ck_suggestion_answered")),
        sa.CheckConstraint("escalation >= 0 AND reopenings >= 0", name=op.f("ck_suggestion_counts")),
        sa.CheckConstraint("length(code_hash) = 64", name=op.f("ck_suggestion_code_hash")),
        sa.CheckConstraint("length(salt) = 32", name=op.f("ck_suggestion_salt")),
        sa.CheckConstraint(
            "length(submission_hash) = 64 AND length(content_hash) = 64", name=op.f("ck_suggestion_submission")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_suggestion_level")),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_suggestion_merged")),
        sa.CheckConstraint("pauses >= 0 AND paused_days >= 0 AND extended_days >= 0", name=op.f("ck_suggestion_clock")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_suggestion_version")),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_suggestion_counter_id_counter")),
        sa.ForeignKeyConstraint(["first_unit_id"], ["unit.id"], name=op.f("fk_suggestion_first_unit_id_unit")),
        sa.ForeignKeyConstraint(["handler_id"], ["account.id"], name=op.f("fk_suggestion_handler_id_account")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["suggestion.id"], name=op.f("fk_suggestion_merged_into_id_suggestion")
        ),
        sa.ForeignKeyConstraint(["opening_id"], ["box_opening.id"], name=op.f("fk_suggestion_opening_id_box_opening")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_suggestion_rating_id_rating")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_suggestion_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_suggestion_code_hash")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_suggestion_rating_id")),
        sa.UniqueConstraint("submission_hash", name=op.f("uq_suggestion_submission_hash")),
    )
    op.create_index(op.f("ix_suggestion_answered_on_is_on_time"), "suggestion", ["answered_on", "is_on_time"])
    op.create_index(
        op.f("ix_suggestion_channel_is_open_due_on_id"), "suggestion", ["channel", "is_open", "due_on", "id"]
    )
    op.create_index(op.f("ix_suggestion_closed_at"), "suggestion", ["closed_at"])
    op.create_index(
        op.f("ix_suggestion_counter_id_is_open_due_on_id"), "suggestion", ["counter_id", "is_open", "due_on", "id"]
    )
    op.create_index(
        op.f("ix_suggestion_handler_id_is_open_due_on_id"), "suggestion", ["handler_id", "is_open", "due_on", "id"]
    )
    op.create_index(op.f("ix_suggestion_is_hidden_due_on_id"), "suggestion", ["is_hidden", "due_on", "id"])
    op.create_index(op.f("ix_suggestion_is_open_due_on_id"), "suggestion", ["is_open", "due_on", "id"])
    op.create_index(op.f("ix_suggestion_kind_is_open_due_on_id"), "suggestion", ["kind", "is_open", "due_on", "id"])
    op.create_index(op.f("ix_suggestion_level_rated_at"), "suggestion", ["level", "rated_at"])
    op.create_index(op.f("ix_suggestion_merged_into_id"), "suggestion", ["merged_into_id"])
    op.create_index(op.f("ix_suggestion_opening_id"), "suggestion", ["opening_id"])
    op.create_index(op.f("ix_suggestion_state_due_on_id"), "suggestion", ["state", "due_on", "id"])
    op.create_index(
        op.f("ix_suggestion_unit_id_is_open_due_on_id"), "suggestion", ["unit_id", "is_open", "due_on", "id"]
    )


def _create_suggestion_text() -> None:
    op.create_table(
        "suggestion_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("masks", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) <= 12000", name=op.f("ck_suggestion_text_text")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_suggestion_text_number")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_suggestion_text_account_id_account")),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_suggestion_text_suggestion_id_suggestion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_text")),
        sa.UniqueConstraint("suggestion_id", "number", name=op.f("uq_suggestion_text_suggestion_id_number")),
    )


def _create_suggestion_step() -> None:
    op.create_table(
        "suggestion_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(60), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            STATES,
            name=op.f("ck_suggestion_step_state"),
        ),
        sa.CheckConstraint("length(text) <= 12000", name=op.f("ck_suggestion_step_text")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_suggestion_step_number")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_suggestion_step_account_id_account")),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_suggestion_step_suggestion_id_suggestion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_step")),
        sa.UniqueConstraint("suggestion_id", "number", name=op.f("uq_suggestion_step_suggestion_id_number")),
    )


def _create_suggestion_word() -> None:
    op.create_table(
        "suggestion_word",
        sa.Column("word", sa.String(32), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_suggestion_word_suggestion_id_suggestion")
        ),
        sa.PrimaryKeyConstraint("word", "suggestion_id", name=op.f("pk_suggestion_word")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_suggestion_word_suggestion_id"), "suggestion_word", ["suggestion_id"])


def _create_suggestion_contact() -> None:
    op.create_table(
        "suggestion_contact",
        sa.Column("suggestion_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_name", sa.String(12), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(key_name) = 12", name=op.f("ck_suggestion_contact_key_name")),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_suggestion_contact_suggestion_id_suggestion")
        ),
        sa.PrimaryKeyConstraint("suggestion_id", name=op.f("pk_suggestion_contact")),
    )


def _create_suggestion_file() -> None:
    op.create_table(
        "suggestion_file",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=True),
        sa.Column("step_number", sa.Integer(), nullable=True),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("media_type", sa.String(20), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')",
            name=op.f("ck_suggestion_file_media_type"),
        ),
        sa.CheckConstraint("(suggestion_id IS NULL) <> (opening_id IS NULL)", name=op.f("ck_suggestion_file_owner")),
        sa.CheckConstraint("(suggestion_id IS NULL) = (step_number IS NULL)", name=op.f("ck_suggestion_file_step")),
        sa.CheckConstraint("length(id) = 36 AND length(sha256) = 64", name=op.f("ck_suggestion_file_id")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_suggestion_file_size")),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["box_opening.id"], name=op.f("fk_suggestion_file_opening_id_box_opening")
        ),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_suggestion_file_suggestion_id_suggestion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_file")),
    )
    op.create_index(op.f("ix_suggestion_file_opening_id"), "suggestion_file", ["opening_id"])
    op.create_index(op.f("ix_suggestion_file_suggestion_id"), "suggestion_file", ["suggestion_id"])
