"""Let the office bear a logo."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_logo",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_office_logo")),
    )
    with op.batch_alter_table("office") as office:
        office.add_column(sa.Column("logo_hash", sa.String(64), nullable=True))
        office.create_foreign_key(op.f("fk_office_logo_hash_office_logo"), "office_logo", ["logo_hash"], ["hash"])


def downgrade() -> None:
    with op.batch_alter_table("office") as office:
        office.drop_constraint(op.f("fk_office_logo_hash_office_logo"), type_="foreignkey")
        office.drop_column("logo_hash")
    op.drop_table("office_logo")
