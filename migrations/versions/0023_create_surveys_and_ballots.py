"""Create the tables of surveys on the web and of ballots for dossiers."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("questionnaire_id", sa.String(60), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("ladder", sa.String(12), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ladder IN ('code-work', 'work', 'code')", name=op.f("ck_survey_ladder")),
        sa.CheckConstraint("quota > 0", name=op.f("ck_survey_quota")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_survey_questionnaire_id_questionnaire")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_survey_unit_id_unit")),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_survey_counter_id_counter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("slug", name=op.f("uq_survey_slug")),
    )
    op.create_index(op.f("ix_survey_unit_id"), "survey", ["unit_id"])
    op.create_index(op.f("ix_survey_questionnaire_id"), "survey", ["questionnaire_id"])
    op.create_table(
        "survey_count",
        sa.Column("survey_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.CheckConstraint("answered >= 0", name=op.f("ck_survey_count_answered")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_count_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_survey_count")),
    )
    op.create_table(
        "ballot",
        sa.Column("dossier_hash", sa.String(64), nullable=False),
        sa.Column("link_hash", sa.String(64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.String(60), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filled", sa.Text(), nullable=False),
        sa.CheckConstraint("length(dossier_hash) = 64 AND length(link_hash) = 64", name=op.f("ck_ballot_hashes")),
        sa.CheckConstraint("expires_at > issued_at", name=op.f("ck_ballot_expiry")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ballot_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_ballot_questionnaire_id_questionnaire")
        ),
        sa.PrimaryKeyConstraint("dossier_hash", name=op.f("pk_ballot")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_ballot_link_hash")),
    )
    op.create_index(op.f("ix_ballot_unit_id_issued_at"), "ballot", ["unit_id", "issued_at"])
    op.create_table(
        "ballot_use",
        sa.Column("dossier_hash", sa.String(64), nullable=False),
        sa.Column("rating_id", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_hash"], ["ballot.dossier_hash"], name=op.f("fk_ballot_use_dossier_hash_ballot")
        ),
        sa.ForeignKeyConstraint(
            ["rating_id"],
            ["rating.id"],
            name=op.f("fk_ballot_use_rating_id_rating"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("dossier_hash", name=op.f("pk_ballot_use")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_ballot_use_rating_id")),
    )


def downgrade() -> None:
    for table in ("ballot_use", "ballot", "survey_count", "survey"):
        op.drop_table(table)
