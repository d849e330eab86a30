"""Create the table of procedures, and let QR codes and ratings tell of which one they are."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("folded_name", sa.String(500), nullable=False),
        sa.Column("field", sa.String(120), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("service", sa.String(20), nullable=False),
        sa.Column("limit_days", sa.Integer(), nullable=True),
        sa.Column("fee", sa.String(200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("level IN ('province', 'commune')", name=op.f("ck_procedure_level")),
        sa.CheckConstraint("service IN ('full', 'part', 'none')", name=op.f("ck_procedure_service")),
        sa.CheckConstraint("limit_days > 0", name=op.f("ck_procedure_limit_days")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_procedure_validity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
    )
    op.create_index(op.f("ix_procedure_key_valid_to"), "procedure", ["key", "valid_to"])
    standing = sa.text("valid_to IS NULL")
    op.create_index(
        "uq_procedure_key_standing",
        "procedure",
        ["key"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    with op.batch_alter_table("qr_code") as code:
        code.add_column(sa.Column("procedure_id", sa.Integer(), nullable=True))
        code.create_foreign_key(op.f("fk_qr_code_procedure_id_procedure"), "procedure", ["procedure_id"], ["id"])
    op.add_column("rating", sa.Column("procedure_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("rating", "procedure_id")
    with op.batch_alter_table("qr_code") as code:
        code.drop_constraint(op.f("fk_qr_code_procedure_id_procedure"), type_="foreignkey")
        code.drop_column("procedure_id")
    op.drop_table("procedure")
