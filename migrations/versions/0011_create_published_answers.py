"""Create published answers, and what the office and its desk keep for the box."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_published_answer()
    _create_answer_word()
    _create_swapped_day()
    _create_deadline_rule()
    _create_box_setting()
    _create_suggestion_draft()
    _create_answer_template()
    _create_saved_view()
    _create_suggestion_review()


def downgrade() -> None:
    op.drop_table("suggestion_review")
    op.drop_table("saved_view")
    op.drop_table("answer_template")
    op.drop_table("suggestion_draft")
    op.drop_table("box_setting")
    op.drop_table("deadline_rule")
    op.drop_table("swapped_day")
    op.drop_table("answer_word")
    op.drop_table("published_answer")


def _create_published_answer() -> None:
    op.create_table(
        "published_answer",
        sa.Column("suggestion_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("late_days", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('idea', 'report', 'proposal', 'praise')", name=op.f("ck_published_answer_kind")),
        sa.CheckConstraint(
            "length(question) <= 12000 AND length(answer) <= 12000", name=op.f("ck_published_answer_texts")
        ),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_published_answer_suggestion_id_suggestion")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_published_answer_unit_id_unit")),
        sa.PrimaryKeyConstraint("suggestion_id", name=op.f("pk_published_answer")),
    )
    op.create_index(
        op.f("ix_published_answer_answered_on_suggestion_id"), "published_answer", ["answered_on", "suggestion_id"]
    )
    op.create_index(
        op.f("ix_published_answer_kind_answered_on_suggestion_id"),
        "published_answer",
        ["kind", "answered_on", "suggestion_id"],
    )
    op.create_index(
        op.f("ix_published_answer_unit_id_answered_on_suggestion_id"),
        "published_answer",
        ["unit_id", "answered_on", "suggestion_id"],
    )


def _create_answer_word() -> None:
    op.create_table(
        "answer_word",
        sa.Column("word", sa.String(32), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["suggestion_id"],
            ["published_answer.suggestion_id"],
            name=op.f("fk_answer_word_suggestion_id_published_answer"),
        ),
        sa.PrimaryKeyConstraint("word", "suggestion_id", name=op.f("pk_answer_word")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_answer_word_suggestion_id"), "answer_word", ["suggestion_id"])


def _create_swapped_day() -> None:
    op.create_table(
        "swapped_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_swapped_day_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swapped_day")),
        sa.UniqueConstraint("day", name=op.f("uq_swapped_day_day")),
    )


def _create_deadline_rule() -> None:
    op.create_table(
        "deadline_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_deadline_rule_account_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_deadline_rule_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rule")),
    )
    op.create_index(op.f("ix_deadline_rule_unit_id"), "deadline_rule", ["unit_id"])
    op.create_index(op.f("ix_deadline_rule_valid_from"), "deadline_rule", ["valid_from"])


def _create_box_setting() -> None:
    op.create_table(
        "box_setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("contact_days", sa.SmallInteger(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("contact_days BETWEEN 1 AND 3650", name=op.f("ck_box_setting_contact_days")),
        sa.CheckConstraint("id = 1", name=op.f("ck_box_setting_only_one")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_box_setting_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_setting")),
    )


def _create_suggestion_draft() -> None:
    op.create_table(
        "suggestion_draft",
        sa.Column("suggestion_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) <= 12000", name=op.f("ck_suggestion_draft_text")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_suggestion_draft_account_id_account")),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_suggestion_draft_suggestion_id_suggestion")
        ),
        sa.PrimaryKeyConstraint("suggestion_id", "account_id", name=op.f("pk_suggestion_draft")),
    )


def _create_answer_template() -> None:
    op.create_table(
        "answer_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_answer_template_account_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_answer_template_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_template")),
    )
    op.create_index(op.f("ix_answer_template_unit_id"), "answer_template", ["unit_id"])


def _create_saved_view() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("filters", sa.String(500), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_account_id_position"), "saved_view", ["account_id", "position"])


def _create_suggestion_review() -> None:
    op.create_table(
        "suggestion_review",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('right', 'shown-again', 'reopened', 'to-improve')", name=op.f("ck_suggestion_review_verdict")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_suggestion_review_account_id_account")),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_suggestion_review_suggestion_id_suggestion")
        ),
        sa.PrimaryKeyConstraint("month", "suggestion_id", name=op.f("pk_suggestion_review")),
    )
    op.create_index(op.f("ix_suggestion_review_suggestion_id"), "suggestion_review", ["suggestion_id"])
