"""Keep the dossier figures that others took the place of."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBERS = (
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
        "replaced_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in NUMBERS),
        sa.Column("source", sa.String(500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_by", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["figure_id"], ["dossier_figure.id"], name=op.f("fk_replaced_figure_figure_id_dossier_figure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replaced_figure")),
    )
    op.create_index(op.f("ix_replaced_figure_figure_id_replaced_at"), "replaced_figure", ["figure_id", "replaced_at"])


def downgrade() -> None:
    op.drop_table("replaced_figure")
