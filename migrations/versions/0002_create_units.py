"""Create units: the tree over time, successions, counters, the office."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = "'province', 'ward', 'commune', 'special-zone', 'agency', 'city', 'town', 'district', 'township'"


def upgrade() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=True),
        sa.Column("identifier", sa.String(20), nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("folded_name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("opening_hours", sa.Text(), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_unit_kind")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name=op.f("ck_unit_validity")
        ),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_unit_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_index(op.f("ix_unit_code_valid_to"), "unit", ["code", "valid_to"])
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"])
    standing = sa.text("valid_to IS NULL")
    op.create_index(
        "uq_unit_code_standing", "unit", ["code"], unique=True, sqlite_where=standing, postgresql_where=standing
    )
    op.create_table(
        "unit_succession",
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("weight_permille", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('merge', 'split', 'rename', 'move')", name=op.f("ck_unit_succession_kind")),
        sa.CheckConstraint("weight_permille BETWEEN 1 AND 1000", name=op.f("ck_unit_succession_weight")),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_unit_succession_other")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["unit.id"], name=op.f("fk_unit_succession_predecessor_id_unit")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_succession_successor_id_unit")),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_unit_succession")),
    )
    op.create_index(op.f("ix_unit_succession_successor_id"), "unit_succession", ["successor_id"])
    op.create_table(
        "counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("field", sa.String(120), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("closed_on IS NULL OR opened_on <= closed_on", name=op.f("ck_counter_validity")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_counter_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
    )
    op.create_index(op.f("ix_counter_unit_id"), "counter", ["unit_id"])
    still_open = sa.text("closed_on IS NULL")
    op.create_index(
        "uq_counter_unit_id_name_open",
        "counter",
        ["unit_id", "name"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("product", sa.String(80), nullable=False),
        sa.Column("office_name", sa.String(160), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_only_one")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_office_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )


def downgrade() -> None:
    op.drop_table("office")
    op.drop_table("counter")
    op.drop_table("unit_succession")
    op.drop_table("unit")
