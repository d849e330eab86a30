"""Create the ledger: entries, and the head of each lane."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LANES = 9


def upgrade() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("lane", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column("actor", sa.String(60), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.String(80), nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("lane >= 0 AND lane < 64", name=op.f("ck_ledger_entry_lane")),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_ledger_entry_sequence")),
        sa.CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name=op.f("ck_ledger_entry_hash")),
        sa.PrimaryKeyConstraint("lane", "sequence", name=op.f("pk_ledger_entry")),
    )
    op.create_index(op.f("ix_ledger_entry_subject_kind_subject_id"), "ledger_entry", ["subject_kind", "subject_id"])
    op.create_index(op.f("ix_ledger_entry_at"), "ledger_entry", ["at"])
    lane = op.create_table(
        "ledger_lane",
        sa.Column("lane", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("lane >= 0 AND lane < 64", name=op.f("ck_ledger_lane_lane")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_ledger_lane_sequence")),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_ledger_lane")),
    )
    op.bulk_insert(lane, [{"lane": number, "sequence": 0, "hash": "0" * 64} for number in range(LANES)])


def downgrade() -> None:
    op.drop_table("ledger_lane")
    op.drop_table("ledger_entry")
