"""Let votes be weighed and looked at again: how they came, what is in doubt, what a person decided; add portals."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CHECKS = {
    "doubt": "doubt IN ('budget', 'browser')",
    "channel": "channel IN ('site', 'embed')",
    "fill_seconds": "fill_seconds >= 0",
}


def upgrade() -> None:
    op.add_column("poll", sa.Column("portals", sa.Text(), nullable=True))
    _widen_vote()
    _create_counters()
    _create_findings()
    op.create_table(
        "vote_standing",
        sa.Column("vote_id", sa.String(36), nullable=False),
        sa.Column("tier", sa.String(12), nullable=False),
        sa.CheckConstraint("tier IN ('clean', 'suspicious')", name=op.f("ck_vote_standing_tier")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_standing_vote_id_vote")),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_vote_standing")),
    )


def downgrade() -> None:
    for table in (
        "vote_standing",
        "poll_verdict",
        "poll_finding_vote",
        "poll_finding",
        "poll_traffic",
        "poll_network",
    ):
        op.drop_table(table)
    with op.batch_alter_table("vote") as vote:
        vote.drop_constraint(op.f("uq_vote_receipt"), type_="unique")
        for name in CHECKS:
            vote.drop_constraint(op.f(f"ck_vote_{name}"), type_="check")
        for name in ("doubt", "channel", "network", "fill_seconds", "receipt"):
            vote.drop_column(name)
    with op.batch_alter_table("poll") as poll:
        poll.drop_column("portals")


def _widen_vote() -> None:
    with op.batch_alter_table("vote") as vote:
        vote.add_column(sa.Column("doubt", sa.String(10), nullable=True))
        vote.add_column(sa.Column("channel", sa.String(8), nullable=True))
        vote.add_column(sa.Column("network", sa.String(16), nullable=True))
        vote.add_column(sa.Column("fill_seconds", sa.SmallInteger(), nullable=True))
        vote.add_column(sa.Column("receipt", sa.String(32), nullable=True))
        for name, words in CHECKS.items():
            vote.create_check_constraint(op.f(f"ck_vote_{name}"), words)
        vote.create_unique_constraint(op.f("uq_vote_receipt"), ["receipt"])


def _create_counters() -> None:
    op.create_table(
        "poll_network",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(16), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.CheckConstraint("votes > 0", name=op.f("ck_poll_network_votes")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_network_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "network", name=op.f("pk_poll_network")),
    )
    op.create_index(op.f("ix_poll_network_counted_on"), "poll_network", ["counted_on"])
    op.create_table(
        "poll_traffic",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("hour_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_poll_traffic_count")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_traffic_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "hour_at", "kind", name=op.f("pk_poll_traffic")),
    )


def _create_findings() -> None:
    op.create_table(
        "poll_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(12), nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_poll_finding_version")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_finding_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_finding")),
        sa.UniqueConstraint("poll_id", "rule", "place", name=op.f("uq_poll_finding_poll_id_rule_place")),
    )
    op.create_table(
        "poll_finding_vote",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["poll_finding.id"], name=op.f("fk_poll_finding_vote_finding_id_poll_finding")
        ),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_poll_finding_vote_vote_id_vote")),
        sa.PrimaryKeyConstraint("finding_id", "vote_id", name=op.f("pk_poll_finding_vote")),
    )
    op.create_index(op.f("ix_poll_finding_vote_vote_id"), "poll_finding_vote", ["vote_id"])
    op.create_table(
        "poll_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(12), nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("decided_by", sa.String(60), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_verdict_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_verdict")),
        sa.UniqueConstraint("poll_id", "rule", "place", name=op.f("uq_poll_verdict_poll_id_rule_place")),
    )
