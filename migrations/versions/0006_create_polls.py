"""Create polls, options, votes and their tally."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_poll()
    _create_option()
    _create_vote()
    _create_choice()
    _create_tally()


def downgrade() -> None:
    op.drop_table("poll_tally")
    op.drop_table("vote_choice")
    op.drop_table("vote")
    op.drop_table("poll_option")
    op.drop_table("poll")


def _create_poll() -> None:
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("question_vi", sa.String(300), nullable=False),
        sa.Column("question_en", sa.String(300), nullable=False),
        sa.Column("note_vi", sa.String(600), nullable=False),
        sa.Column("note_en", sa.String(600), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("most_choices", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ladder", sa.String(12), nullable=False),
        sa.Column("results_shown", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('single', 'multiple')", name=op.f("ck_poll_kind")),
        sa.CheckConstraint("status IN ('draft', 'open', 'closed', 'archived')", name=op.f("ck_poll_status")),
        sa.CheckConstraint("ladder IN ('code-work', 'work', 'code')", name=op.f("ck_poll_ladder")),
        sa.CheckConstraint(
            "results_shown IN ('always', 'after-vote', 'after-close')", name=op.f("ck_poll_results_shown")
        ),
        sa.CheckConstraint(
            "most_choices >= 1 AND (kind = 'multiple' OR most_choices = 1)", name=op.f("ck_poll_most_choices")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_poll_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("slug", name=op.f("uq_poll_slug")),
    )
    op.create_index(op.f("ix_poll_status_opens_at"), "poll", ["status", "opens_at"])
    op.create_index(op.f("ix_poll_unit_id"), "poll", ["unit_id"])


def _create_option() -> None:
    op.create_table(
        "poll_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("text_vi", sa.String(200), nullable=False),
        sa.Column("text_en", sa.String(200), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_poll_option_position")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_option_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_option")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_poll_option_poll_id_position")),
    )


def _create_vote() -> None:
    op.create_table(
        "vote",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.CheckConstraint("length(id) = 36", name=op.f("ck_vote_id")),
        sa.CheckConstraint("tier IN ('clean', 'suspicious')", name=op.f("ck_vote_tier")),
        sa.CheckConstraint("length(nonce) = 32 AND length(salt) = 32", name=op.f("ck_vote_nonce")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_vote_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("nonce", name=op.f("uq_vote_nonce")),
    )
    op.create_index(op.f("ix_vote_poll_id_stored_at"), "vote", ["poll_id", "stored_at"])


def _create_choice() -> None:
    op.create_table(
        "vote_choice",
        sa.Column("vote_id", sa.String(36), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_choice_vote_id_vote")),
        sa.ForeignKeyConstraint(["option_id"], ["poll_option.id"], name=op.f("fk_vote_choice_option_id_poll_option")),
        sa.PrimaryKeyConstraint("vote_id", "option_id", name=op.f("pk_vote_choice")),
    )
    op.create_index(op.f("ix_vote_choice_option_id"), "vote_choice", ["option_id"])


def _create_tally() -> None:
    op.create_table(
        "poll_tally",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("tier IN ('clean', 'suspicious')", name=op.f("ck_poll_tally_tier")),
        sa.CheckConstraint("option_id >= 0 AND count >= 0", name=op.f("ck_poll_tally_count")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_tally_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "option_id", "tier", name=op.f("pk_poll_tally")),
    )
