"""Create dossier figures per unit and period."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PARTS = (
    "received_online",
    "received_in_person",
    "carried_over",
    "resolved",
    "resolved_early",
    "resolved_on_time",
    "resolved_late",
    "pending",
    "pending_in_time",
    "pending_late",
)


def upgrade() -> None:
    op.create_table(
        "dossier_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        *(sa.Column(part, sa.Integer(), nullable=True) for part in PARTS),
        sa.Column("source", sa.String(500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_dossier_figure_period")),
        sa.CheckConstraint("on_time >= 0 AND on_time <= received", name=op.f("ck_dossier_figure_on_time")),
        sa.CheckConstraint(" AND ".join(f"{part} >= 0" for part in PARTS), name=op.f("ck_dossier_figure_parts")),
        sa.CheckConstraint(
            "received = received_online + received_in_person + carried_over", name=op.f("ck_dossier_figure_received")
        ),
        sa.CheckConstraint(
            "resolved = resolved_early + resolved_on_time + resolved_late", name=op.f("ck_dossier_figure_resolved")
        ),
        sa.CheckConstraint("pending = pending_in_time + pending_late", name=op.f("ck_dossier_figure_pending")),
        sa.CheckConstraint("received = resolved + pending", name=op.f("ck_dossier_figure_balance")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_dossier_figure_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_figure")),
        sa.UniqueConstraint(
            *("unit_id", "first_on", "last_on", "field"),
            name=op.f("uq_dossier_figure_unit_id_first_on_last_on_field"),
        ),
    )


def downgrade() -> None:
    op.drop_table("dossier_figure")
