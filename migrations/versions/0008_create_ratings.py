"""Create ratings, their comments, the quarantine and the tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('kiosk', 'web', 'qr', 'paper', 'phone')"
TIERS = "tier IN ('dossier', 'kiosk', 'web', 'suspicious')"


def upgrade() -> None:
    _create_rating()
    _create_comment()
    _create_quarantine()
    _create_rating_tally()
    _create_choice_tally()


def downgrade() -> None:
    op.drop_table("choice_tally")
    op.drop_table("rating_tally")
    op.drop_table("rating_quarantine")
    op.drop_table("rating_comment")
    op.drop_table("rating")


def _create_rating() -> None:
    op.create_table(
        "rating",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kiosk_id", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("clock", sa.String(10), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("levels", sa.SmallInteger(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("ballot_hash", sa.String(64), nullable=True),
        sa.CheckConstraint("length(id) = 36", name=op.f("ck_rating_id")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_rating_sequence")),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_rating_channel")),
        sa.CheckConstraint(TIERS, name=op.f("ck_rating_tier")),
        sa.CheckConstraint("language IN ('vi', 'en', 'bru', 'pac')", name=op.f("ck_rating_language")),
        sa.CheckConstraint("clock IN ('right', 'future', 'ancient')", name=op.f("ck_rating_clock")),
        sa.CheckConstraint("levels IN (3, 5)", name=op.f("ck_rating_levels")),
        sa.CheckConstraint("level >= 1 AND level <= levels", name=op.f("ck_rating_level")),
        sa.CheckConstraint("(level IS NULL) = (levels IS NULL)", name=op.f("ck_rating_level_of_levels")),
        sa.CheckConstraint("length(fingerprint) = 64 AND length(salt) = 32", name=op.f("ck_rating_fingerprint")),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosk.id"], name=op.f("fk_rating_kiosk_id_kiosk")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rating_unit_id_unit")),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_rating_counter_id_counter")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_rating_version_id_questionnaire_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
    )
    op.create_index(op.f("ix_rating_unit_id_counted_on"), "rating", ["unit_id", "counted_on"])
    op.create_index(op.f("ix_rating_kiosk_id_sequence"), "rating", ["kiosk_id", "sequence"])


def _create_comment() -> None:
    op.create_table(
        "rating_comment",
        sa.Column("rating_id", sa.String(36), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("salt", sa.String(32), nullable=True),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.CheckConstraint("length(text) >= 1 AND length(text) <= 2000", name=op.f("ck_rating_comment_text")),
        sa.CheckConstraint("(text IS NULL) = (salt IS NULL)", name=op.f("ck_rating_comment_salt")),
        sa.CheckConstraint("length(seal) = 64", name=op.f("ck_rating_comment_seal")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_comment_rating_id_rating")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rating_comment_unit_id_unit")),
        sa.PrimaryKeyConstraint("rating_id", name=op.f("pk_rating_comment")),
    )
    op.create_index(op.f("ix_rating_comment_unit_id_written_at"), "rating_comment", ["unit_id", "written_at"])


def _create_quarantine() -> None:
    op.create_table(
        "rating_quarantine",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kiosk_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("faults", sa.Text(), nullable=False),
        sa.CheckConstraint("length(id) = 64", name=op.f("ck_rating_quarantine_id")),
        sa.CheckConstraint("code IN ('invalid', 'not-found', 'conflict')", name=op.f("ck_rating_quarantine_code")),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosk.id"], name=op.f("fk_rating_quarantine_kiosk_id_kiosk")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rating_quarantine_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_quarantine")),
    )
    op.create_index(op.f("ix_rating_quarantine_unit_id_refused_at"), "rating_quarantine", ["unit_id", "refused_at"])


def _create_rating_tally() -> None:
    op.create_table(
        "rating_tally",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(60), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        *(sa.Column(f"level_{level}", sa.Integer(), nullable=False) for level in range(1, 6)),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_rating_tally_channel")),
        sa.CheckConstraint(TIERS, name=op.f("ck_rating_tally_tier")),
        sa.CheckConstraint(
            "level_1 >= 0 AND level_2 >= 0 AND level_3 >= 0 AND level_4 >= 0 AND level_5 >= 0",
            name=op.f("ck_rating_tally_levels"),
        ),
        sa.CheckConstraint(
            "total = level_1 + level_2 + level_3 + level_4 + level_5", name=op.f("ck_rating_tally_total")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rating_tally_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_rating_tally_version_id_questionnaire_version")
        ),
        sa.PrimaryKeyConstraint(
            *("unit_id", "day", "counter_id", "version_id", "question", "channel", "tier"),
            name=op.f("pk_rating_tally"),
        ),
        sqlite_with_rowid=False,
    )


def _create_choice_tally() -> None:
    op.create_table(
        "choice_tally",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(60), nullable=False),
        sa.Column("value", sa.String(60), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_choice_tally_channel")),
        sa.CheckConstraint(TIERS, name=op.f("ck_choice_tally_tier")),
        sa.CheckConstraint("count >= 0", name=op.f("ck_choice_tally_count")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_choice_tally_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_choice_tally_version_id_questionnaire_version")
        ),
        sa.PrimaryKeyConstraint(
            *("unit_id", "day", "counter_id", "version_id", "question", "value", "channel", "tier"),
            name=op.f("pk_choice_tally"),
        ),
        sqlite_with_rowid=False,
    )
